"""Initials that a transcript itself ties to a name: "Philippa Oyelaran (PO)" ... "PO opened".

Letters in capitals are mostly a body's or an illness's; where they stand in brackets right behind
the name that they begin, they are that person's, there and wherever they come again. A letter by
itself is whoever is addressed by it, where it ends a sentence and begins the name of somebody who
speaks or is spoken of: "You look well, D."; never the last of a list ("B, C, D"). In captions a
letter behind a title is a name as well: "mrs e".
"""

from collections.abc import Iterator, Sequence

from deid.detect.names.spans import Named
from deid.detect.words.evidence import FAIR, Evidence
from deid.detect.words.tokens import Case, Tokens

_FEWEST, _MOST = 2, 4


def initials(evidence: Evidence, people: Sequence[Named]) -> Iterator[Named]:
    """The initials of these people, where they are told and where they come again."""
    tokens = evidence.tokens
    yield from _addressed(evidence, people)
    yield from _titled(tokens)
    yield from _between(evidence, people)
    yield from _behind(evidence, people)
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


def _addressed(evidence: Evidence, people: Sequence[Named]) -> Iterator[Named]:
    """Single letters by which somebody known here is addressed at the end of a sentence."""
    tokens = evidence.tokens
    letters = [
        place
        for place, word in enumerate(tokens.words)
        if len(word) == 1
        and word.isupper()
        and word not in _PRONOUNS
        and _ends_address(tokens, place)
    ]
    if not letters:
        return
    known = {tokens.lows[name.first][0] for name in people} | {each[0] for each in evidence.labels}
    for place in letters:
        if tokens.lows[place] in known and tokens.case(place) is Case.MIXED:
            yield Named(place, place, 0.6, "initials")


def _titled(tokens: Tokens) -> Iterator[Named]:
    """As in captions "she called me mrs e"; "Mrs E" is told by its capital."""
    for place in range(1, len(tokens)):
        if len(tokens.words[place]) > 1 or tokens.lows[place - 1] not in _TITLES:
            continue
        whole = tokens.joined(place) and tokens.lows[place].isalpha()
        spelt = place + 1 < len(tokens) and len(tokens.words[place + 1]) == 1
        said = tokens.words[place].upper() in _PRONOUNS or tokens.case(place) is Case.MIXED
        if whole and not said and not spelt:
            yield Named(place, place, 0.7, "initials")


def _between(evidence: Evidence, people: Sequence[Named]) -> Iterator[Named]:
    """As in captions "with william g stewart": a letter right between two names."""
    tokens = evidence.tokens
    firsts = {name.first for name in people}
    for place in {name.last + 1 for name in people}:
        letter = place + 1 in firsts and len(tokens.words[place]) == 1
        whole = letter and tokens.joined(place) and tokens.joined(place + 1)
        if whole and tokens.words[place].isalpha() and tokens.lows[place] not in {"i", "a"}:
            yield Named(place, place, 0.7, "initials")


def _behind(evidence: Evidence, people: Sequence[Named]) -> Iterator[Named]:
    """As in captions "we had sarah w and sarah b": a letter that tells apart two of one name."""
    tokens = evidence.tokens
    for name in people:
        place = name.last + 1
        if place >= len(tokens) or tokens.case(place) is Case.MIXED or name.first != name.last:
            continue
        letter = len(tokens.words[place]) == 1 and tokens.lows[place] in _TELLING_APART
        given = evidence.entry(name.first).given >= FAIR and not tokens.possessive(name.last)
        spelt = place + 1 < len(tokens) and len(tokens.words[place + 1]) == 1
        if letter and given and tokens.joined(place) and not spelt:
            yield Named(name.first, place, 0.7, "initials")


_TELLING_APART = frozenset("bcdefghjklmnpqrtvwxyz")
"""Not "a", "i" and "o", which are words, nor the s of "hannah s", which is its owner's."""
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "mister", "missus"})
_PRONOUNS = frozenset({"A", "I", "O"})
_SENTENCE = frozenset({".", "!", "?"})


def _ends_address(tokens: Tokens, place: int) -> bool:
    """Whether a comma leads to the letter, a sentence ends with it and no list goes before."""
    led = place > 1 and tokens.gap(place) == ", " and len(tokens.words[place - 1]) > 1
    if not led or tokens.turns[place - 2] != tokens.turns[place]:
        return False
    last = place + 1 == len(tokens) or tokens.turns[place + 1] != tokens.turns[place]
    ends = last or tokens.after(place).strip()[:1] in _SENTENCE
    return ends and tokens.words[place - 1].islower()
