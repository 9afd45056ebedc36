"""Venues in a turn of one case by what venues are commonly called: "we like the phoenix centre".

Birds, trees, virtues and trades that call a hall, a school or a surgery need no way to it: nothing
else stands so before such a kind. Never where "a" makes it one of many ("a rainbow club").
"""

from functools import cache

from deid.detect.words.evidence import Evidence
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Case

_LONGEST = 3


def venue_called(evidence: Evidence, place: int) -> int | None:
    """The last word of "beacon medical centre", "the coronation hall"."""
    tokens = evidence.tokens
    bare = tokens.case(place) is not Case.MIXED and tokens.lows[place] in _callers()
    if not bare or before(tokens, place)[0] in _OF_MANY or evidence.dosed(place):
        return None
    for last in range(place + 1, min(place + _LONGEST + 1, len(tokens))):
        if not tokens.joined(last) or tokens.possessive(last - 1):
            break
        double = " ".join(tokens.lows[last : last + 2])
        if double in _compounds() and tokens.joined(last + 1):
            return last + 1
        if tokens.lows[last] in _kinds():
            return last
        if tokens.lows[last] not in _between():
            break
    return None


_OF_MANY = frozenset({"a", "an", "every", "each", "some", "no", "another", "any"})


@cache
def _callers() -> frozenset[str]:
    return frozenset(sections("place_kinds.txt")["callers"])


@cache
def _kinds() -> frozenset[str]:
    found = sections("place_kinds.txt")
    return frozenset(found["houses"]).union(found["called"])


@cache
def _between() -> frozenset[str]:
    return frozenset(sections("place_kinds.txt")["between"])


@cache
def _compounds() -> frozenset[str]:
    return frozenset(kind for kind in sections("place_kinds.txt")["venues"] if " " in kind)
