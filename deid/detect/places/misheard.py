"""Places as captions mishear them: split in two ("hinching brook"), or no word at all, lived in.

Only in turns of one case, where a machine may have written what it could not know.
"""

import re
from functools import cache

from deid.detect.words.evidence import (
    FAIR,
    PART,
    RARE_TIER,
    Evidence,
    approach,
    contracted,
    place_cued,
)
from deid.detect.words.frames import DETERMINERS, before, following
from deid.detect.words.gazetteer import lexicon
from deid.detect.words.tokens import Case

_LLAN = frozenset({"clan", "lan", "thlan", "hlan", "chlan"})
_SHORTEST = 6
_AT = frozenset({"at", "in", "from", "near", "outside", "around", "through", "past"})
_MOVED = frozenset({"moved", "went", "going", "back", "over", "up", "down", "drove", "came"})
_DOING = frozenset({"go", "see", "get", "be", "do", "have", "take", "come", "stay", "work"})
_LIVED = frozenset(
    {"live", "lives", "lived", "living", "born", "raised", "house", "flat", "bungalow", "moved",
     "home", "move", "school"}
)  # fmt: skip
_GREW = frozenset({"grew", "grow", "growing", "brought", "brung"})


def split(evidence: Evidence, place: int) -> int | None:
    """The last word of a listed place that was heard as two: "at hinching brook", "in red car"."""
    tokens, last = evidence.tokens, place + 1
    if last >= len(tokens) or tokens.case(place) is Case.MIXED or tokens.possessive(place):
        return None
    if tokens.gap(last) != " " or tokens.turns[last] != tokens.turns[place]:
        return None
    words = tokens.lows[place], tokens.lows[last]
    way = following(tokens, last)[0] == "way"
    if len("".join(words)) < _SHORTEST or not (way or place_cued(tokens, place)):
        return None
    if evidence.lexicon.entry(words[0]).place >= FAIR or {place, last} <= evidence.firm:
        return None  # "northumbria an all": a place already
    odd = any(evidence.lexicon.entry(word).tier == 0 for word in words)
    start = approach(tokens, place)
    first, second = before(tokens, start)
    moved = first == "to" and second in _MOVED and words[0] not in _DOING
    way = way and first in {"out", "over", "down", "up"}
    told = way or (place_cued(tokens, place) and (odd or moved or first in _AT))
    return last if told and _joined(evidence, *words) else None


def _joined(evidence: Evidence, one: str, other: str) -> bool:
    """Whether two words are one listed place, and no plain word or name, when written together."""
    begun = [one, "llan"] if one in _LLAN else [one]
    for start in begun:
        for whole in (start + other, f"{start}{other}e", start + other.removesuffix("e")):
            entry = evidence.lexicon.entry(whole)
            plain = 0 < entry.tier < RARE_TIER
            least = PART if len(whole) >= _LONG else _LEAST
            if entry.place >= least and not plain:
                return True
    key = _sound(one + other)
    return len(key) >= _SHORTEST and key in _sounds()


_LEAST, _LONG = 3, 10
_DOUBLED = re.compile(r"(.)\1")


def _sound(word: str) -> str:
    """How a place sounds, about: "brinmawr" is Brynmawr, "cownas" Kaunas."""
    for said, heard in (
        ("ph", "f"),
        ("ck", "k"),
        ("c", "k"),
        ("ey", "i"),
        ("ow", "au"),
        ("y", "i"),
    ):
        word = word.replace(said, heard)
    return _DOUBLED.sub(r"\1", word).removesuffix("e")


@cache
def _sounds() -> frozenset[str]:
    """How every listed place sounds that is no plain word."""
    listed, words = lexicon().places, lexicon().words
    names = (name for name, weight in listed.items() if weight >= _LEAST and name not in words)
    return frozenset(map(_sound, names))


def lived(evidence: Evidence, place: int) -> int | None:
    """The last word of "i live in trewy pendrock": words of no list, where somebody lives."""
    tokens = evidence.tokens
    if tokens.case(place) is Case.MIXED or not _odd(evidence, place):
        return None
    first, second = before(tokens, place)
    third = before(tokens, place - 2)[0] if place > 1 else ""
    grew = second == "up" and third in _GREW
    if first not in {"in", "at", "to", "near"} or not (second in _LIVED or grew):
        return None
    last = place
    while last + 1 < len(tokens) and tokens.gap(last + 1) == " " and _odd(evidence, last + 1):
        if tokens.turns[last + 1] != tokens.turns[place]:
            break
        last += 1
    return last


def _odd(evidence: Evidence, place: int) -> bool:
    """Whether a word is in no list of plain words, and nothing small or allowed."""
    low = evidence.tokens.lows[place]
    small = low in DETERMINERS or contracted(low) or low in evidence.words.function
    known = evidence.lexicon.entry(low)
    unlisted = known.tier == 0 and known.given < FAIR
    return unlisted and not small and not evidence.taken(place) and len(low) > PART
