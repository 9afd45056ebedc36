"""Two identifiers that were asked for at once and are given in one breath, in either order.

"NHS number and date of birth?" / "nine nine nine, oh oh oh, oh oh one eight, four three fifty
eight": the run has the shape of neither. It is cut where one part has the shape of the one and the
rest that of the other; a valid health number or a telephone number needs no second question.
Never a run that no cut makes two of, nor amounts, nor what is put right.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate, combinations, pairwise, permutations
from typing import Final, NamedTuple

from deid.detect.speech import Hit
from deid.detect.spoken.heard.checks import is_phone_shaped, is_valid_health
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.known import covered
from deid.detect.spoken.heard.lexicon import FIGURE
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.results import is_result
from deid.detect.spoken.heard.stretches import CORRECTED, Stretch
from deid.detect.spoken.heard.words import HYPHEN, LINE, SLASH, SPACE
from deid.transcript import EntityType

NAME = "spoken-numbers"
_REACH, _TOGETHER, _MOST_LINES, _DATE_UNITS, _TWO, _SHORT = 40, 10, 4, 3, 2, 9
_CODE = r"(?=[A-Z\d]*\d[A-Z\d]*\d[A-Z\d]*\d)(?:\d{5,12}|(?=\d*[A-Z])[A-Z\d]{4,14})"
_STAFF = (EntityType.STAFF_REGISTRATION, re.compile(r"C?\d{6,8}|[A-Z]{2,3}\d{5,6}"))
_SHAPES: Final = {
    CueKind.NHS: (EntityType.UK_NHS, re.compile(r"\d{9,11}")),
    CueKind.CHI: (EntityType.UK_CHI, re.compile(r"\d{9,11}")),
    CueKind.HSC: (EntityType.UK_HSC, re.compile(r"\d{9,11}")),
    CueKind.PHONE: (EntityType.PHONE_NUMBER, re.compile(r"0\d{9,10}|44\d{9,10}|[2-9]\d{5,6}")),
    CueKind.CARD: (EntityType.CREDIT_CARD, re.compile(r"\d{13,19}")),
    CueKind.BANK: (EntityType.BANK_ACCOUNT, re.compile(r"\d{8}|\d{6}|\d{14}")),
    CueKind.NINO: (EntityType.UK_NINO, re.compile(r"[A-Z]{2}\d{6}[A-D]?")),
    CueKind.VEHICLE: (
        EntityType.UK_VEHICLE_REGISTRATION,
        re.compile(r"[A-Z0]{2}\d\d[A-Z]{3}|[A-Z]\d{2,3}[A-Z]{3}"),
    ),
    CueKind.POSTCODE: (EntityType.UK_POSTCODE, re.compile(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}")),
    CueKind.GMC: _STAFF,
    CueKind.HCPC: _STAFF,
    CueKind.STAFF: _STAFF,
    CueKind.IDENT: (EntityType.MEDICAL_RECORD, re.compile(_CODE)),
    CueKind.RECORD: (EntityType.MEDICAL_RECORD, re.compile(_CODE)),
    CueKind.BIRTH: (
        EntityType.DATE_OF_BIRTH,
        re.compile(r"\d{4,8}"),
    ),
    CueKind.AGE: (EntityType.AGE, re.compile(r"\d{1,3}")),
    CueKind.ADDRESS: (EntityType.STREET_ADDRESS, re.compile(r"[1-9]\d{0,2}")),
}
"""What each that is asked for looks like; a day of birth as it is said here, the day first."""
_DAY, _MONTH, _YEAR = (
    re.compile(each) for each in (r"0?[1-9]|[12]\d|3[01]", r"0?[1-9]|1[0-2]", r"(?:19|20)?\d\d")
)
_SMALL = frozenset({CueKind.AGE, CueKind.ADDRESS})
_NUMBERS = (CueKind.NHS, CueKind.CHI, CueKind.HSC, CueKind.PHONE)


class _Part(NamedTuple):
    """Units of a stretch, half-open."""

    stretch: Stretch
    begin: int
    end: int

    @property
    def chars(self) -> str:
        low = bisect_left(self.stretch.units, self.begin)
        return self.stretch.chars[low : bisect_left(self.stretch.units, self.end)]

    @property
    def first(self) -> int:
        return self.stretch.spans[self.begin][0]

    @property
    def last(self) -> int:
        return self.stretch.spans[self.end - 1][1]


type _Claim = tuple[_Part, CueKind]


def asked_together(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for both parts of such answers, and for one by itself that ``hits`` do not cover."""
    taken = covered(reading, hits)
    for stretch in reading.stretches:
        if stretch.quantity or CORRECTED in stretch.breaks:
            continue
        asked = _asked(reading, stretch.first)
        for part in _parts(stretch):
            claims = _cut(reading, part, asked) or _single(reading, part, asked, taken)
            for each, kind in claims:
                claim = (NAME, "asked-together")
                yield reading.hit(each.first, each.last, _SHAPES[kind][0], 0.85, claim)
            if claims:
                break


def _parts(stretch: Stretch) -> Iterator[_Part]:
    """The whole of a stretch, then each turn of it."""
    ends = [unit for unit, gap in enumerate(stretch.breaks) if unit and gap == LINE]
    yield _Part(stretch, 0, len(stretch.spans))
    for low, high in pairwise([0, *ends, len(stretch.spans)] if ends else []):
        yield _Part(stretch, low, high)


def _asked(reading: Reading, first: int) -> list[CueKind]:
    """The kinds that were asked for together, nearest first; one alone where none was beside."""
    near = [
        (distance, kind)
        for kind in _SHAPES
        if (distance := reading.cues.before(kind, first, reach=_REACH)) is not None
        and reading.lines_between(max(0, first - distance - 1), first) <= _MOST_LINES
    ]
    near.sort()
    return [kind for distance, kind in near if distance - near[0][0] <= _TOGETHER]


def _cut(reading: Reading, part: _Part, asked: list[CueKind]) -> list[_Claim]:
    """The two parts of an answer with what they are, by the cut that is most like both."""
    pairs = [pair for pair in permutations(asked, 2) if _are_two(*pair)]
    if CueKind.BIRTH in asked and _fits(reading, part, CueKind.BIRTH):
        return []
    found: list[list[_Claim]] = []
    for cut in range(part.begin + 1, part.end):
        one, other = part._replace(end=cut), part._replace(begin=cut)
        found += (
            [(one, kind), (other, second)]
            for kind, second in pairs
            if _fits(reading, one, kind) and _fits(reading, other, second)
        )
        if (unasked := _unasked(reading, one, other, asked)) is not None:
            found.append([(one, asked[0]), (other, unasked)])
    return max(found, key=_likeness, default=[])


def _likeness(claims: list[_Claim]) -> int:
    """How many signs speak for a cut: a pause, a day in three numbers, a number beyond doubt."""
    (one, kind), (other, second) = claims
    signs = int(other.stretch.breaks[other.begin] not in (SPACE, HYPHEN, SLASH))
    for part, each in ((one, kind), (other, second)):
        if each is CueKind.BIRTH:
            year = part.stretch.units.count(part.end - 1)
            signs += part.end - part.begin == _DATE_UNITS and year > 1
        signs += each in _NUMBERS and _is_sure(part.chars)
    return signs


def _are_two(kind: CueKind, second: CueKind) -> bool:
    """Whether one of the kinds at least is a number of its own, and they are not one number."""
    return not {kind, second} <= _SMALL and _SHAPES[kind][0] is not _SHAPES[second][0]


def _unasked(reading: Reading, one: _Part, other: _Part, asked: list[CueKind]) -> CueKind | None:
    """What the part is that nobody asked for, where a number beyond doubt is one of the two."""
    kind = asked[0] if asked else None
    if kind in _NUMBERS and CueKind.BIRTH not in asked and _is_sure(one.chars):
        return CueKind.BIRTH if _fits(reading, other, CueKind.BIRTH) else None
    if kind in (CueKind.BIRTH, CueKind.AGE) and _fits(reading, one, kind):
        return CueKind.PHONE if _is_sure(other.chars) else None
    return None


def _is_sure(chars: str) -> bool:
    """Whether they are a valid health number, or a telephone number with its area."""
    return is_valid_health(chars) or (len(chars) > _SHORT and is_phone_shaped(chars))


def _single(reading: Reading, part: _Part, asked: list[CueKind], taken: bytearray) -> list[_Claim]:
    """One of the two that stands by itself, with words between it and the other."""
    words = reading.words
    closed = words.closes(part.last)
    if len(asked) < _TWO or not closed or is_result(words, part.first, part.chars):
        return []
    kinds = [kind for kind in asked if kind not in _SMALL and _fits(reading, part, kind)]
    known = any(taken[part.first : part.last]) and CueKind.BIRTH not in kinds[:1]
    return [] if known else [(part, kind) for kind in kinds[:1]]


def _fits(reading: Reading, part: _Part, kind: CueKind) -> bool:
    chars = part.chars
    if _SHAPES[kind][1].fullmatch(chars) is None:
        return False
    if kind in _SMALL:
        return part.end - part.begin == 1
    return kind is not CueKind.BIRTH or _is_day(reading, part)


def _is_day(reading: Reading, part: _Part) -> bool:
    """Whether units say day, month and year, none of them over the end of another."""
    chars, units = part.chars, range(part.begin, part.end)
    if len(units) == 1:
        figure = reading.words.kinds[part.first] & FIGURE and len(chars) in (6, 8)
        return bool(figure) and _are_day(chars[:2], chars[2:4], chars[4:])
    sizes = [part.stretch.units.count(unit) for unit in units]
    ends = list(accumulate(sizes))
    return any(
        _are_day(chars[:one], chars[one:two], chars[two:])
        for one, two in combinations(ends[:-1], 2)
    )


def _are_day(day: str, month: str, year: str) -> bool:
    return all(
        pattern.fullmatch(said) for pattern, said in ((_DAY, day), (_MONTH, month), (_YEAR, year))
    )
