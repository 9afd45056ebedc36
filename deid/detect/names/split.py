"""Names that a recogniser split: "doctor a hern", "mandy shuffle botham", "mallett hyphen brown".

Two words of a turn without telling capitals that are a family name when joined count behind a
title, or behind a first name that is nothing else, where one of them is hardly a word. What stands
only ever behind one name belongs to it, unless it is what she or he did ("mandy telt me"). Never
"the doctor has an idea" (Hasan), "nurse in charge".
"""

from collections import Counter

from deid.detect.words.cues import COURTESIES, POSSESSIVES
from deid.detect.words.evidence import (
    FAIR,
    PART,
    RARE_TIER,
    STRONG_NAME,
    Evidence,
    Verdict,
    contracted,
)
from deid.detect.words.frames import DETERMINERS
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case

_SPLIT = Verdict(0.7, "split")
_TITLES = COURTESIES | {"doctor", "dr", "nurse", "sister", "professor", "prof", "matron"}
_SHORTEST, _SHORTEST_LAST = 5, 3


def rejoin(evidence: Evidence, chosen: dict[int, Verdict]) -> None:
    """Take the parts of names that were split, and double names said with their hyphen."""
    tokens = evidence.tokens
    lone = _never_alone(evidence, chosen)
    for place in range(len(tokens) - 1):
        if tokens.case(place) is Case.MIXED or not _together(evidence, place):
            continue
        if _in_two(evidence, place, chosen):
            chosen.update({place: _SPLIT, place + 1: _SPLIT})
        elif place in chosen and tokens.lows[place + 1] in lone:
            chosen[place + 1] = _SPLIT
        elif _hyphen(evidence, place) and place - 1 in chosen and _free(evidence, place + 1):
            chosen.update({place: _SPLIT, place + 1: _SPLIT})


def _hyphen(evidence: Evidence, place: int) -> bool:
    """Whether the hyphen of a double name is said right behind its first half."""
    tokens = evidence.tokens
    behind = place > 0 and tokens.lows[place] == "hyphen" and tokens.gap(place) == " "
    return behind and tokens.turns[place - 1] == tokens.turns[place]


def _together(evidence: Evidence, place: int) -> bool:
    """Whether the next word goes on right behind it."""
    tokens = evidence.tokens
    same = tokens.turns[place + 1] == tokens.turns[place] and tokens.gap(place + 1) == " "
    return same and not tokens.possessive(place)


def _free(evidence: Evidence, place: int) -> bool:
    """Whether the word can be the second half of a double name."""
    low = evidence.tokens.lows[place]
    barred = place in evidence.firm or place in evidence.claimed
    return not barred and len(low) >= _SHORTEST_LAST and low not in evidence.words.function


def _in_two(evidence: Evidence, place: int, chosen: dict[int, Verdict]) -> bool:
    """Whether this word and the next, joined, are the family name that its lead announces."""
    tokens, behind = evidence.tokens, place + 1
    if (
        not place
        or {place, behind} <= chosen.keys()
        or {place, behind} & (evidence.firm | evidence.claimed)
    ):
        return False
    if tokens.turns[place - 1] != tokens.turns[place] or tokens.gap(place) != " ":
        return False
    whole = evidence.lexicon.entry(tokens.lows[place] + tokens.lows[behind])
    if whole.tier or len(tokens.lows[place] + tokens.lows[behind]) < _SHORTEST:
        return False
    least = STRONG_NAME if place in chosen else PART
    if tokens.lows[place - 1] in _TITLES:
        owned = before(tokens, place - 1)[0] in DETERMINERS | POSSESSIVES
        return not owned and whole.family >= least and _hardly_words(evidence, place, whole.family)
    first, led = evidence.lexicon.entry(tokens.lows[place - 1]), place - 1 in chosen
    named = led and first.tier == 0 and first.given >= FAIR and not tokens.possessive(place - 1)
    return named and whole.family >= STRONG_NAME and _odd(evidence, place)


def _hardly_words(evidence: Evidence, place: int, family: int) -> bool:
    """Whether one is hardly a word, or neither is a small one: "man sour", never "has an"."""
    small = evidence.words.function.intersection(evidence.tokens.lows[place : place + 2])
    return _odd(evidence, place) or (not small and family >= STRONG_NAME)


def _odd(evidence: Evidence, place: int) -> bool:
    """Whether one of the two is no word, or a rare one."""
    tiers = [
        evidence.lexicon.entry(evidence.tokens.lows[step]).tier
        for step in (place, place + 1)
        if evidence.tokens.lows[step] not in evidence.words.function
    ]
    return any(tier == 0 or tier >= RARE_TIER for tier in tiers)


def _never_alone(evidence: Evidence, chosen: dict[int, Verdict]) -> frozenset[str]:
    """Words of no list of words that only ever stand behind one name here, and are no verb."""
    tokens = evidence.tokens
    times = Counter(tokens.lows)
    behind = Counter(
        (tokens.lows[place], tokens.lows[place + 1])
        for place in chosen
        if place + 1 < len(tokens)
        and tokens.case(place) is not Case.MIXED
        and _together(evidence, place)
        and following(tokens, place + 1)[0] not in _DONE_TO
    )
    return frozenset(
        last
        for (_, last), often in behind.items()
        if 1 < often == times[last]
        and not _done(evidence, last)
        and evidence.lexicon.entry(last).tier == 0
        and len(last) >= _SHORTEST_LAST
        and last.isalpha()
    )


_DONE_TO = frozenset({"me", "him", "them", "us", "it", "my", "the", "a", "to", "come", "go", "get"})


def _done(evidence: Evidence, low: str) -> bool:
    """Whether it is an allowed word that is a verb: "didnae", "whatsapped", "gonnae"."""
    verb = low.endswith(("ed", "nae", "na", "in", "ing")) and low in evidence.lists.words
    return verb or contracted(low) or low in evidence.words.function
