"""Venues that answer where a group meets or somebody was treated: "in the soar, that's the chapel".

The question says that a place comes. Without capitals it has to be a word that is hardly said, of
one to three, that ends before the clause goes on: never "in the church hall", "in the vestry", "at
the back".
"""

import re
from collections.abc import Iterator

from deid.detect.names.spans import Named
from deid.detect.words.cues import FILLERS, roles
from deid.detect.words.evidence import COMMON_TIER, Evidence, contracted
from deid.detect.words.gazetteer import sections
from deid.detect.words.tokens import Case, Tokens

_ASKS = re.compile(
    r"\bwhere(?:'s| is| was| do| did| does| are| were| have| has)\b[a-z' ]{0,40}?"
    r"\b(?:meet|meets|met|meeting|held|hold it|treated|seen|sent|admitted|based|run it|run)\b"
    r"[a-z' ]{0,16}\??\s*\Z",
    re.IGNORECASE,
)
_KINDS = sections("place_kinds.txt")
_PLAIN = frozenset(sections("roles.txt")["sorts"]).union(
    _KINDS["kinds"], _KINDS["houses"], _KINDS["venues"], _KINDS["rooms"], roles().heads
)
_LEADS = FILLERS | {"it's", "we", "they", "meet", "i", "was", "we're", "they're", "it", "mostly"}
_LEADS |= {"in", "at", "up", "down", "over", "to"}
_QUESTION, _MOST_LEADS, _LONGEST = 90, 6, 3


def venues_where(evidence: Evidence) -> Iterator[Named]:
    """What answers where, at the beginning of a turn."""
    tokens = evidence.tokens
    for place in range(1, len(tokens)):
        if tokens.turns[place - 1] == tokens.turns[place]:
            continue
        start = tokens.starts[place]
        if _ASKS.search(tokens.text[max(0, start - _QUESTION) : start].rstrip(" ")):
            article = _article(tokens, place)
            if article is not None and (last := _last(evidence, article + 1)) is not None:
                yield Named(article + 1, last, 0.6, "venue-where")


def _article(tokens: Tokens, first: int) -> int | None:
    """The "the" to which small words lead: "it's in the", "yeah at the", "the"."""
    for place in range(first, min(len(tokens) - 1, first + _MOST_LEADS)):
        if tokens.turns[place] != tokens.turns[first]:
            return None
        low = tokens.forms[place]
        if low == "the":
            return place if tokens.joined(place + 1) else None
        if low not in _LEADS:
            return None
    return None


def _last(evidence: Evidence, first: int) -> int | None:
    """The last word of the name that begins there; None for a plain place."""
    tokens, last = evidence.tokens, first
    while last + 1 < len(tokens) and tokens.joined(last + 1) and not _ends(evidence, last):
        last += 1
        if last - first >= _LONGEST:
            return None
    name = range(first, last + 1)
    if evidence.firm.union(evidence.kept).intersection(name) or tokens.lows[last] in _PLAIN:
        return None
    if tokens.case(first) is Case.MIXED:
        return last if all(tokens.words[step].istitle() for step in name) else None
    rare = any(not 0 < evidence.entry(step).tier < COMMON_TIER for step in name)
    said = any(contracted(tokens.lows[step]) for step in name)
    return last if rare and not said else None


def _ends(evidence: Evidence, place: int) -> bool:
    """Whether a clause ends with the word, or goes on with a word that is in no name."""
    tokens, after = evidence.tokens, place + 1
    if tokens.closes(place) or tokens.turns[after] != tokens.turns[place]:
        return True
    low = tokens.forms[after]
    return low in evidence.words.function or contracted(low) or low.endswith("ly")
