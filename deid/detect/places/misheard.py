"""Places as captions mishear them: split in two or three ("hinching brook"), or no word, lived in.

Only in turns of one case, where a machine may have written what it could not know.
"""

import re
from functools import cache

from deid.detect.words.evidence import FAIR, PART, RARE_TIER, TOWN, Evidence, contracted
from deid.detect.words.frames import DETERMINERS
from deid.detect.words.gazetteer import lexicon
from deid.detect.words.neighbours import approach, before, following, place_cued
from deid.detect.words.tokens import Case, Tokens

_LLAN = frozenset({"clan", "lan", "thlan", "hlan", "chlan"})
_SHORTEST = 6
_AT = frozenset({"at", "in", "from", "near", "outside", "around", "through", "past"})
_MOVED = frozenset(
    {"moved", "went", "going", "back", "over", "up", "down", "drove", "came", "boat", "bus",
     "train", "ferry", "trip", "road"}
)  # fmt: skip
_DOING = frozenset({"go", "see", "get", "be", "do", "have", "take", "come", "stay", "work"})
_LIVED = frozenset(
    {"live", "lives", "lived", "living", "born", "raised", "house", "flat", "bungalow", "moved",
     "home", "move", "school"}
)  # fmt: skip
_GREW = frozenset({"grew", "grow", "growing", "brought", "brung"})


def split(evidence: Evidence, place: int) -> int | None:
    """The last word of a listed place that was heard as two or three: "at hinching brook".

    Only exactly, and with a part that is no word, where nothing leads to it: "i do cumber nauld".
    """
    tokens = evidence.tokens
    if tokens.case(place) is Case.MIXED:
        return None
    for last in range(place + _MOST, place, -1):
        if not _run(tokens, place, last) or {place, last} <= evidence.firm:
            continue
        words = tokens.lows[place : last + 1]
        if len("".join(words)) >= _SHORTEST and (
            _no_words(evidence, words) or (_led(evidence, place, last) and _joined(evidence, words))
        ):
            return last
    return None


_MOST = 2


def _run(tokens: Tokens, place: int, last: int) -> bool:
    """Whether nothing but spaces parts the words, in their turn."""
    if last >= len(tokens) or tokens.turns[last] != tokens.turns[place]:
        return False
    words = range(place + 1, last + 1)
    return all(tokens.gap(step) == " " and not tokens.possessive(step - 1) for step in words)


def _led(evidence: Evidence, place: int, last: int) -> bool:
    """Whether a place's company leads to the words, or another town does: "there's hull red car".

    Never where the first is a place already: "northumbria an all".
    """
    tokens, words = evidence.tokens, evidence.tokens.lows[place : last + 1]
    odd = any(evidence.lexicon.entry(word).tier == 0 for word in words)
    small = [word in evidence.words.function for word in words]
    town = evidence.lexicon.entry(words[0]).place >= FAIR
    plain = sum(small) > 1 or (small[-1] and len(words) == _PAIR and not odd)  # "at hall and"
    if plain or (town and evidence.lexicon.entry("".join(words)).place < TOWN):
        return False
    first, second = before(tokens, approach(tokens, place))
    if following(tokens, last)[0] == "way" and first in {"out", "over", "down", "up"}:
        return True
    if not place_cued(tokens, place):
        return _row(evidence, place, last)
    moved = first == "to" and second in _MOVED and words[0] not in _DOING
    return odd or moved or first in _AT


def _row(evidence: Evidence, place: int, last: int) -> bool:
    """Whether a town stands right before, as in a list that a machine wrote without commas."""
    tokens, words = evidence.tokens, evidence.tokens.lows[place : last + 1]
    if not place or tokens.gap(place) != " " or tokens.turns[place - 1] != tokens.turns[place]:
        return False
    town = evidence.lexicon.entry(tokens.lows[place - 1])
    listed = town.place >= TOWN and town.tier == 0 and town.given < FAIR
    return listed and not any(word in evidence.words.function for word in words)


def _no_words(evidence: Evidence, words: list[str]) -> bool:
    """Whether two words make no sense but as one listed place: "aber dare", "glam organ"."""
    if "".join(words) not in evidence.lexicon.places:
        return False
    whole = evidence.lexicon.entry("".join(words))
    if len(words) > _PAIR or whole.tier or whole.place < _LEAST:
        return False
    if any(word in evidence.words.function or len(word) < PART for word in words):
        return False
    tiers = [evidence.lexicon.entry(word).tier for word in words]
    return 0 in tiers or (whole.place >= TOWN and max(tiers) >= _HARDLY_A_WORD)


_PAIR, _HARDLY_A_WORD = 2, 55


def _joined(evidence: Evidence, words: list[str]) -> bool:
    """Whether words are one listed place, and no plain word or name, when written together."""
    begun = [words, ["llan", *words[1:]]] if words[0] in _LLAN else [words]
    for said in begun:
        start, other = "".join(said[:-1]), said[-1]
        for whole in (start + other, f"{start}{other}e", start + other.removesuffix("e")):
            entry = evidence.lexicon.entry(whole)
            plain = 0 < entry.tier < RARE_TIER
            least = PART if len(whole) >= _LONG else _LEAST
            if entry.place >= least and not plain:
                return True
    if len(words) > _PAIR and _phrase(evidence, words):
        return True
    key = _sound("".join(words))
    return len(key) >= _SHORTEST_SOUND and key in _sounds()


def _phrase(evidence: Evidence, words: list[str]) -> bool:
    """Whether two of three make one word of a listed name: "hay wards heath", "milton key nes"."""
    first, second, third = words
    table = evidence.lexicon.place_phrases
    return () in table.get(first + second, {}).get(third, ()) or () in table.get(first, {}).get(
        second + third, ()
    )


_SHORTEST_SOUND = 5
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
        ("ee", "i"),
        ("ea", "i"),
        ("ough", "uh"),
        ("y", "i"),
    ):
        word = word.replace(said, heard)
    return _DOUBLED.sub(r"\1", word).removesuffix("e")


@cache
def _sounds() -> frozenset[str]:
    """How every listed place sounds that is no plain word."""
    listed, words = lexicon().places, lexicon().words
    names = (
        name
        for name, weight in listed.items()
        if weight >= (PART if len(name) >= _LONG else _LEAST) and name not in words
    )
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
