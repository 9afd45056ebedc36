"""Venues in a turn of one case that no way leads to: "we like the phoenix centre", "holt ward is".

Birds, trees, virtues and trades call a hall, a school or a surgery, and nothing else stands so
before such a kind; nor does a rarer name before a kind that would want an article. Never where "a"
makes it one of many ("a rainbow club").
"""

from functools import cache

from deid.detect.places.venues import SURGERIES, calls
from deid.detect.places.wider import goes_on
from deid.detect.words.evidence import COMMON_TIER, PART, STRONG_NAME, Evidence
from deid.detect.words.frames import DETERMINERS, free_after
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before, following
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


def named_alone(evidence: Evidence, place: int) -> int | None:
    """The last word of "they shut holt ward", "it's castle community centre": a name and a kind."""
    tokens, entry, last = evidence.tokens, evidence.entry(place), place + 1
    bare = tokens.case(place) is not Case.MIXED and calls(evidence, place)
    if not bare or evidence.dosed(place) or before(tokens, place)[0] in _OF_MANY | DETERMINERS:
        return None
    double = " ".join(tokens.lows[last : last + 2]) in SURGERIES | _FOR_ALL
    kind = tokens.lows[last]
    named = max(entry.given, entry.family) >= STRONG_NAME or entry.place >= PART
    rare = entry.tier == 0 or entry.tier >= (_RARER if double or kind == "street" else COMMON_TIER)
    last += double
    whole = tokens.joined(last) and (double or kind in _WANTING)
    after = following(tokens, last)[0]
    ends = goes_on(evidence, last) or free_after(tokens, last) or after in _GOING_ON
    return last if named and rare and whole and ends else None


_RARER = 20
_FOR_ALL = frozenset({"community centre", "leisure centre", "village hall", "sports centre"})
_WANTING = frozenset(
    {"school", "primary", "surgery", "clinic", "hall", "lodge", "centre", "library", "estate",
     "ward", "college", "hospital", "academy", "rooms", "court", "street", "infirmary", "theatre",
     "park", "juniors", "infants"}
)  # fmt: skip
_GOING_ON = frozenset(
    {"was", "is", "were", "where", "has", "had", "did", "does", "we", "they", "i", "with", "that"}
)
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
