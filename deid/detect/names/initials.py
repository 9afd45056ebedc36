"""Initials that a transcript itself ties to a name: "Philippa Oyelaran (PO)" ... "PO opened".

Letters in capitals are mostly a body's or an illness's; where they stand in brackets right behind
the name that they begin, they are that person's, there and wherever they come again.
"""

from collections.abc import Iterator, Sequence

from deid.detect.names.spans import Named
from deid.detect.words.evidence import Evidence
from deid.detect.words.tokens import Case

_FEWEST, _MOST = 2, 4


def initials(evidence: Evidence, people: Sequence[Named]) -> Iterator[Named]:
    """The initials of these people, where they are told and where they come again."""
    tokens = evidence.tokens
    told: set[str] = set()
    for name in people:
        place = name.last + 1
        if place >= len(tokens) or tokens.gap(place) != " (" or tokens.after(place)[:1] != ")":
            continue
        begun = "".join(tokens.words[step][0] for step in range(name.first, name.last + 1))
        word = tokens.words[place]
        if _FEWEST <= len(word) <= _MOST and word.isupper() and begun.upper() == word:
            told.add(word)
    if not told:
        return
    for place, word in enumerate(tokens.words):
        if word in told and tokens.case(place) is Case.MIXED:
            yield Named(place, place, 0.8, "initials")
