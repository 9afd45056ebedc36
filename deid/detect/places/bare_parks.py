"""Parks by two words in a turn of one case: "at cannon hill park", "round bar shaw park".

Without an article a park has a name, whatever it is made of; never where a word says what sort it
is ("in secure car park", "near caravan park"), nor where the article leads to it.
"""

from deid.detect.places.bare import MODIFIERS, ON
from deid.detect.places.wider import goes_on
from deid.detect.words.cues import role_words
from deid.detect.words.evidence import Evidence, contracted
from deid.detect.words.frames import DETERMINERS
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Case, Tokens

_SORTS = MODIFIERS | DETERMINERS | role_words("kin", "labels")
_SORTS |= frozenset(sections("place_kinds.txt")["attributes"]) | {
    "amusement", "multi", "storey", "water", "play", "dog", "home", "work", "level", "national",
    "local", "regional", "first", "second", "third"
}  # fmt: skip
_PARTED = 2


def bare_park(evidence: Evidence, place: int) -> int | None:
    """The last word of a park that two words call."""
    tokens, last = evidence.tokens, place + _PARTED
    if last >= len(tokens) or tokens.lows[last] != "park" or tokens.case(place) is Case.MIXED:
        return None
    if before(tokens, place)[0] not in ON - {"off", "past"} or not _whole(tokens, place, last):
        return None
    called = all(_calls(evidence, step) for step in range(place, last))
    return last if called and goes_on(evidence, last) else None


def _whole(tokens: Tokens, place: int, last: int) -> bool:
    steps = range(place, last + 1)
    return tokens.turns[last] == tokens.turns[place - 1] and all(
        tokens.gap(step) == " " and not tokens.possessive(step) for step in steps
    )


def _calls(evidence: Evidence, place: int) -> bool:
    """Whether a word may stand in a park's name."""
    low = evidence.tokens.lows[place]
    small = low in evidence.words.function or contracted(low)
    return not (small or low in _SORTS or place in evidence.firm or low.isdecimal())
