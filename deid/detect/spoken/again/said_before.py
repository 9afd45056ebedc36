"""The beginning of a code, said before the code: asked about, begun and broken off, half read out.

"Was that D N fourteen or D N four?" / "Fourteen. D N fourteen, six B T"; "does it begin O T
something?" / "O, T, three one, ..."; "six oh two, hang on, six oh two, five five one nine". What
was found later tells what was meant before. Only its own beginning, only shortly before, and two
letters only where they were said singly; never a number that the code does not begin with.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.known import Known, covered, known
from deid.detect.spoken.heard.lexicon import CHUNK, LETTER, NATO, NUMERAL
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.transcript import EntityType

NAME = "spoken-again"
_REACH, _BESIDE, _MOST_LINES, _MOST_AHEAD = 30, 4, 3, 4
_FEWEST, _MIXED, _AREA = 2, 3, 2
_DIGITS_TOO = frozenset({EntityType.STAFF_REGISTRATION, EntityType.MEDICAL_RECORD})
_NEVER = frozenset({EntityType.DATE_OF_BIRTH, EntityType.CREDIT_CARD})
_PHONE, _ASKED = 4, 8


def said_before(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for beginnings of the codes among ``hits`` that stand before them."""
    codes = sorted(
        (each for each in known(reading, hits) if each.entity_type not in _NEVER),
        key=lambda each: each.first,
    )
    if not codes:
        return
    taken = covered(reading, hits)
    words, firsts = reading.words, [code.first for code in codes]
    before: tuple[Segment, EntityType] | None = None
    last = -_REACH
    for segment in reading.segments:
        beside = segment.first - last <= _BESIDE and taken[last - 1] and words.skip(last)[1]
        last = segment.last
        if all(taken[segment.first : segment.last]):
            continue
        place = bisect_left(firsts, segment.last)
        kind = next(
            (
                code.entity_type
                for code in codes[place : place + _MOST_AHEAD]
                if _begins(reading, segment, code) or (beside and _ends_put_right(segment, code))
            ),
            None,
        )
        if kind is None and before is not None and _is_other(reading, before[0], segment):
            kind = before[1]
        if kind is not None:
            before = (segment, kind)
            yield reading.hit(segment.first, segment.last, kind, 0.65, (NAME, "before"))


def _begins(reading: Reading, segment: Segment, code: Known) -> bool:
    apart, chars = code.first - segment.last, segment.chars
    if apart > _REACH or len(chars) < _FEWEST or len(chars) >= len(code.chars):
        return False
    if reading.lines_between(segment.last - 1, code.first) > _MOST_LINES:
        return False
    if not code.chars.startswith(chars):
        beside = apart <= 1 and reading.starts_turn(segment.first)
        beside = beside and not code.chars.isdigit() and chars.isdigit() and chars in code.chars
        return beside or (_misheard(chars, code) and _spelt(reading, segment))
    if chars.isdigit():
        beside = apart <= _BESIDE and code.entity_type in _DIGITS_TOO
        beside = beside and len(chars) >= _MIXED and not segment.quantity
        return beside or _begins_phone(chars, code, apart)
    if chars.isalpha():
        return _spelt(reading, segment)
    return len(chars) >= _MIXED


def _begins_phone(chars: str, code: Known, apart: int) -> bool:
    """As in "is it oh seven double three you're on?" before the whole number."""
    phone = code.entity_type is EntityType.PHONE_NUMBER and chars.startswith("0")
    return phone and len(chars) >= _PHONE and apart <= _ASKED


def _ends_put_right(segment: Segment, code: Known) -> bool:
    """As in "double five, no, five seven seven eight" right after what was found of it."""
    chars = segment.chars
    if not _MIXED <= len(chars) < len(code.chars) or not code.chars.endswith(chars):
        return False
    return not segment.quantity and code.first - segment.last <= _REACH


def _misheard(chars: str, code: Known) -> bool:
    """As in "is that S K nine?" / "no, S K one, three P F": another district of the same area."""
    area = chars.rstrip("0123456789")
    district = code.entity_type is EntityType.UK_POSTCODE and 1 <= len(chars) - len(area) <= _AREA
    return district and len(area) == _AREA and area.isalpha() and code.chars.startswith(area)


def _spelt(reading: Reading, segment: Segment) -> bool:
    """Letters said singly, up to a pause, or to "something"."""
    words, last = reading.words, segment.last
    said = LETTER | NATO | CHUNK | NUMERAL
    singly = all(kind & said for kind in words.kinds[segment.first : last])
    closed = words.closes(last)
    return singly and (closed or words.words[last] == "something")


def _is_other(reading: Reading, one: Segment, other: Segment) -> bool:
    """As in "D N fourteen or D N four": the same letters, other digits."""
    words = reading.words.words[one.last : other.first]
    letters = one.chars.rstrip("0123456789")
    rest = other.chars[len(letters) :]
    return words == ["or"] and bool(letters) and other.chars.startswith(letters) and rest.isdigit()
