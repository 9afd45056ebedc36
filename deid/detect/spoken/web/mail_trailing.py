"""E-mail addresses of which a turn trails off with a sign: "info at" / "Yep." / "Mill Road Bees".

A turn of few words that ends in "at", "dot" or another sign is dictation, if the end of a domain
comes in one of the few turns of whoever gave it: "Tamar dot" / "Like the river?" / "Like the river.
Ben David" / "Yep." / "at gmail dot com". Between stand its further pieces, a clause each, and a
listener who nods, asks shortly or says a piece again. Never "What were you looking at?".
"""

from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.giving import asks, nods, turns
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, PAUSE, STOP, Words
from deid.detect.spoken.web.domains import ending_size
from deid.detect.spoken.web.mail_parts import JOINTS
from deid.detect.spoken.web.mail_pieces import piece_of, pieces_before
from deid.transcript import EntityType

type Piece = tuple[int, int]
"""Tokens, half-open."""

_TRAILING = JOINTS | {"at"}
_ARTICLES = frozenset({"a", "an", "the", "that", "it", "this"})
_LATER, _LONGEST_HEARD, _LONGEST_DOMAIN, _PAIR = 8, 6, 8, 2


def mail_trailing(reading: Reading) -> Iterator[Hit]:
    """Hits for the pieces, what is said back of them, and the domain."""
    words = reading.words
    if "dot" not in words.words:
        return
    said = list(turns(words))
    for place, turn in enumerate(said):
        if words.words[turn[1] - 1] not in _TRAILING:
            continue
        piece = _trailing(words, *turn)
        rest = _rest(reading, piece, said[place + 1 : place + 1 + _LATER]) if piece else []
        before = pieces_before(reading, said, place) if rest else []
        for first, last in [*before, piece, *rest] if piece and rest else ():
            said_by = ("spoken-mail", "trailing")
            yield reading.hit(first, last, EntityType.EMAIL_ADDRESS, 0.75, said_by)


def _trailing(words: Words, first: int, last: int) -> Piece | None:
    """The last clause of a turn, if it is a piece and the sign behind it."""
    begin = _clauses(words, first, last)[-1][0]
    if last - begin == _PAIR and words.words[begin] not in _ARTICLES:
        return begin, last  # "big dot"
    piece = piece_of(words, begin, last - 1) if last - 1 > begin else None
    whole = piece is not None and piece[1] == last - 1
    return (piece[0], last) if piece and whole and not asks(words, last, last) else None


def _rest(reading: Reading, trailing: Piece, later: Sequence[Piece]) -> list[Piece]:
    """What follows in the next turns up to the domain; none where talk or no domain comes."""
    words, found = reading.words, [trailing]
    for step, (first, last) in enumerate(later):
        begin = _clauses(words, first, last)[-1][0]
        if step % 2 == 0:
            echoes = list(_echoes(words, found, first, last))
            if not (echoes or last - first <= _LONGEST_HEARD or nods(reading, first, last)):
                return []
            found += echoes
        elif domain := _domain(words, begin, last):
            return [*found[1:], *domain]
        elif piece := piece_of(words, begin, last):
            found.append(piece)
        elif not nods(reading, first, last):
            return []
    return []


def _domain(words: Words, first: int, last: int) -> list[Piece]:
    """The domain that ends a clause, with the name before it if that is all of the clause."""
    dot, end = last, last
    while dot - 2 >= first:
        size = next((size for size in (1, 2, 3) if _ends(words, dot - 1 - size, size)), 0)
        if not size:
            break
        dot -= 1 + size
    if dot == end:
        return []
    host = piece_of(words, first, dot) if dot > first else None
    named = host is not None and host[1] == dot and end - host[0] <= _LONGEST_DOMAIN
    at = next((token for token in range(first, dot) if words.words[token] == "at"), dot)
    return [(host[0] if host and named else at, end)]


def _ends(words: Words, dot: int, size: int) -> bool:
    """Whether a "dot" and an ending of that many tokens stand there."""
    return dot >= 0 and words.words[dot] == "dot" and ending_size(words, dot + 1) == size


def _echoes(words: Words, found: Sequence[Piece], first: int, last: int) -> Iterator[Piece]:
    """What a listener's turn says again of the pieces, two words of them or all of one."""
    for begin, end in found:
        size = end - begin - (words.words[end - 1] in _TRAILING)
        for token in range(first, last - size + 1):
            if size and words.words[token : token + size] == words.words[begin : begin + size]:
                yield token, token + size
                break


def _clauses(words: Words, first: int, last: int) -> list[Piece]:
    """A turn's clauses, in order."""
    inner = range(first + 1, last)
    starts = [first, *(token for token in inner if words.gap(token) in (STOP, PAUSE, BREAK))]
    return list(zip(starts, [*starts[1:], last], strict=True))
