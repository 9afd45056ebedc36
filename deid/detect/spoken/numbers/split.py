"""Numbers torn apart by an interruption.

"It's oh one six three two" / "Hang on, let me get my phone. Yeah." / "nine six oh, ...": pieces
that together make a telephone number are one, whatever was said between; so are those that make up
what is missing of a health number. Never pieces of another length together.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.known import TYPES
from deid.detect.spoken.heard.lexicon import data
from deid.detect.spoken.heard.pieces import Piece, is_told_of, pieces
from deid.detect.spoken.heard.reading import Reading
from deid.transcript import EntityType

NAME = "spoken-numbers"
_PHONE, _HEALTH = EntityType.PHONE_NUMBER, frozenset({EntityType.UK_NHS, EntityType.UK_CHI})
_APART, _MOST_LINES, _MOST_PIECES = 30, 6, 5
_SHORTEST_HEAD, _LENGTHS, _HEALTH_DIGITS = 3, (10, 11), 10
_NOT_OURS = frozenset(data("context")["runs_not_ours"])
_SECOND = frozenset("12378")


def split_numbers(reading: Reading, hits: Sequence[Hit]) -> list[Hit]:
    """Hits for the pieces of numbers that ``hits`` do not cover."""
    found = pieces(reading)
    if not found:
        return []
    numbers = sorted((hit for hit in hits if hit.entity_type in TYPES), key=lambda hit: hit.start)
    return [
        hit for place in range(len(found)) for hit in _completed(reading, found, place, numbers)
    ]


def over(reading: Reading, piece: Piece, hits: Sequence[Hit]) -> Hit | None:
    """The hit that covers a piece's beginning."""
    start = reading.words.starts[piece.first]
    place = bisect_left(hits, start + 1, key=lambda hit: hit.start) - 1
    near = hits[max(0, place - _MOST_PIECES) : place + 1]
    return next((hit for hit in reversed(near) if hit.start <= start < hit.end), None)


def _completed(
    reading: Reading, found: list[Piece], place: int, hits: Sequence[Hit]
) -> Iterator[Hit]:
    """The pieces from ``found[place]`` on that together are one number of the right length."""
    first = found[place]
    covering = over(reading, first, hits)
    health = (
        covering is not None
        and covering.entity_type in _HEALTH
        and len(first.digits) < _HEALTH_DIGITS
    )
    other = covering is not None and covering.entity_type is not _PHONE
    if not health and (other or not _begins_phone(first)):
        return
    group, digits = [first], first.digits
    for piece in found[place + 1 : place + _MOST_PIECES]:
        if piece.quantity or is_told_of(reading, piece) or not _near(reading, group[-1], piece):
            return
        group.append(piece)
        digits = _once(digits + piece.digits)
        if len(digits) >= _HEALTH_DIGITS:
            break
    kind = covering.entity_type if health and covering is not None else _PHONE
    lengths = (_HEALTH_DIGITS,) if health else _LENGTHS
    if len(digits) in lengths and len(group) > 1:
        for piece in group:
            if over(reading, piece, hits) is None:
                yield reading.hit(piece.first, piece.last, kind, 0.7, (NAME, "split"))


def _once(digits: str) -> str:
    """A number without what is read back at its end."""
    for length in _LENGTHS:
        rest = digits[length:]
        if len(rest) >= _SHORTEST_HEAD and rest in digits[:length]:
            return digits[:length]
    return digits


def _begins_phone(piece: Piece) -> bool:
    """Whether digits are the dialling code, or a little more, and no whole number."""
    digits = piece.digits
    if piece.start and piece.stretch.chars[piece.start - 1].isalpha():
        return False  # "C H, oh two nine, three one" is a code
    code = _SHORTEST_HEAD <= len(digits) < _LENGTHS[0] and digits[0] == "0" and digits[1] in _SECOND
    return code and not piece.quantity


def _near(reading: Reading, before: Piece, piece: Piece) -> bool:
    lines = reading.lines_between(before.last - 1, piece.first)
    if piece.first - before.last > _APART or lines > _MOST_LINES:
        return False
    return _NOT_OURS.isdisjoint(reading.words.words[before.last : piece.first])
