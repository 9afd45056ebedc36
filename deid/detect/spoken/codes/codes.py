"""Codes of letters and digits: hospital, NI, staff registration and vehicle numbers.

Near its cue a code is redacted in whatever state it was said. Without one only the patterns that
nothing else has are: a whole NI number, a current number plate, the trust's own hospital number.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from deid.detect.speech import Hit, Speech
from deid.detect.spoken.codes.edges import is_put_right_inside, worn_edges
from deid.detect.spoken.codes.plate_parts import figures_in_plate, is_no_plate, rest_of_plates
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.levels import is_level
from deid.detect.spoken.heard.lexicon import LETTER, MULTIPLE, NATO, NUMERAL, data
from deid.detect.spoken.heard.pieces import Piece, is_count
from deid.detect.spoken.heard.reading import Reading, read
from deid.detect.spoken.heard.results import is_result
from deid.detect.spoken.heard.stretches import CORRECTED, Stretch
from deid.detect.spoken.heard.words import LINE, PAUSE, STOP
from deid.transcript import EntityType

NAME = "spoken-codes"
_REACH, _MOST_LINES = 20, 4
_CLOSE, _AT_ONCE, _SHORTEST = 8, 3, 3


class _Code(NamedTuple):
    cue: CueKind
    entity_type: EntityType
    whole: re.Pattern[str]
    loose: re.Pattern[str]
    alone: bool


def _code(cue: CueKind, entity_type: EntityType, whole: str, loose: str, *, alone: bool) -> _Code:
    return _Code(cue, entity_type, re.compile(whole), re.compile(loose), alone)


# Sources: HMRC NIM39110 (NI numbers; QQ is the prefix of printed examples); the regulators'
# registers (GMC, GDC, GPhC seven digits, NMC PIN 00A0000A, HCPC letters and five to six
# digits); DVLA INF104 (number plates).
_STAFF = EntityType.STAFF_REGISTRATION
_CODES = (
    _code(
        CueKind.NINO,
        EntityType.UK_NINO,
        r"(?:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z0]|QQ)\d{6}[A-D]",
        r"[A-Z0]{0,3}\d{4,8}[A-Z]?",
        alone=True,
    ),
    _code(CueKind.NMC, _STAFF, r"\d{2}[A-L]\d{4}[A-Z0]", r"[A-Z\d]{6,9}", alone=True),
    _code(CueKind.GMC, _STAFF, r"C?\d{7}", r"\d{5,8}", alone=False),
    _code(CueKind.HCPC, _STAFF, r"[A-Z0]{2,3}\d{5,6}", r"[A-Z]{0,3}\d{4,7}", alone=False),
    _code(CueKind.STAFF, _STAFF, r"[A-Z]{0,3}\d{5,8}[A-Z]?", r"[A-Z\d]{5,10}", alone=False),
    _code(
        CueKind.VEHICLE,
        EntityType.UK_VEHICLE_REGISTRATION,
        r"[A-Z0]{2}\d{2}(?!0{3})[A-Z0]{3}",
        r"[A-Z0]{2}\d{2}[A-Z]{3}|[A-Z]0[A-Z]\d{2,4}|[A-Z0]{1,3}\d{1,4}[A-Z]{1,3}|[A-Z]{3}\d{1,4}[A-Z]?|[A-Z]{1,3}\d{1,4}|\d{1,4}[A-Z]{3}",
        alone=True,
    ),
)
_RECORD_LOOSE = re.compile(r"(?=[A-Z]*\d[A-Z]*\d[A-Z]*\d)[A-Z\d]{4,18}")
_RECORD_LETTERS = re.compile(r"[A-Z]{2,4}\d{2,8}")
_RECORD_WHOLE = re.compile(r"[A-Z]\d{6,7}|\d{7,8}")
_RECORD_SHAPE = re.compile(r"[A-Z]{1,3}\d{6,8}")
_PIN = re.compile(r"\d{2}[A-L]\d{4}[A-Z0]")
_PLATE_BEGINS = re.compile(r"[A-Z0]{2}\d{2}")
_MOST_TAKEN_BACK = 6
_SET_OFF = (LINE, STOP, PAUSE)
_PLACED = frozenset(data("context")["codes_placed"])
_LONG_FIGURES, _REACH_SHAPED = 9, 60


def find_codes(
    speech: Speech,
    *,
    record_patterns: tuple[re.Pattern[str], ...] = (),
    record_cues: tuple[str, ...] = (),
) -> Iterable[Hit]:
    """Hospital, NI, staff registration and vehicle numbers.

    Args:
        speech: The transcript.
        record_patterns: The trust's own hospital numbers, masked wherever they stand.
        record_cues: Its own words near which a number is one.
    """
    reading = read(speech.text, record_cues)
    for stretch in reading.stretches:
        if len(stretch.chars) < _SHORTEST or not any(map(str.isdigit, stretch.chars)):
            continue
        if is_level(reading, stretch):
            continue
        yield from _in_stretch(reading, stretch, record_patterns)
    yield from rest_of_plates(reading)


def _in_stretch(
    reading: Reading, stretch: Stretch, own: tuple[re.Pattern[str], ...]
) -> Iterator[Hit]:
    record = EntityType.MEDICAL_RECORD
    whole = (0, len(stretch.chars))
    matches = [match for pattern in own for match in stretch.matches(pattern)]
    for match in matches:
        yield _hit(reading, stretch, match, (record, 0.95, "record-pattern"))
    if whole in matches:
        return
    cue = reading.cues.nearest(_CUES, stretch.first, stretch.last, reach=_REACH)
    if cue is CueKind.RECORD or (cue is None and _lettered(reading, stretch)):
        made = list(_record(reading, stretch))
        yield from made or _by_shape(reading, stretch)
        return
    if len(stretch.chars) <= _SHORTEST:
        return
    if _shaped(reading, stretch):
        yield _hit(reading, stretch, whole, (record, 0.7, "record-shape"))
        return
    if cue in (CueKind.VEHICLE, CueKind.STAFF) and _PIN.fullmatch(stretch.chars):
        yield _hit(reading, stretch, whole, (_STAFF, 0.9, "nmc-registration"))
        return
    for code in _CODES:
        if cue is code.cue:
            yield from _near(reading, stretch, code)
            return
    yield from _by_shape(reading, stretch)


def _lettered(reading: Reading, stretch: Stretch) -> bool:
    """Whether letters and digits answer an earlier question for a record's number."""
    if not _RECORD_LETTERS.fullmatch(stretch.chars) or stretch.quantity:
        return False
    distance = reading.cues.before(CueKind.RECORD, stretch.first, reach=_REACH_SHAPED)
    if distance is None:
        return False
    asked = stretch.first - distance - 1
    return reading.lines_between(max(0, asked), stretch.first) <= _MOST_LINES


def _by_shape(reading: Reading, stretch: Stretch) -> Iterator[Hit]:
    """What no other number looks like, wherever it stands."""
    for code in _CODES:
        for match in stretch.matches(code.whole) if code.alone else ():
            if code.cue is CueKind.VEHICLE and figures_in_plate(reading, stretch, match[0]):
                continue
            if _stands_alone(reading, stretch, *match):
                yield _hit(reading, stretch, match, (code.entity_type, 0.7, "shape"))


def _shaped(reading: Reading, stretch: Stretch) -> bool:
    """One to three letters and six to eight digits, while the talk is of a number of that sort."""
    if not _RECORD_SHAPE.fullmatch(stretch.chars) or stretch.quantity:
        return False
    kinds = (CueKind.RECORD, CueKind.NUMBER)
    first, last = stretch.first, stretch.last
    return any(reading.cues.near(kind, first, last, reach=_REACH_SHAPED) for kind in kinds)


_CUES = (
    *(code.cue for code in _CODES),
    CueKind.RECORD,
    CueKind.NHS,
    CueKind.CHI,
    CueKind.HSC,
    CueKind.PHONE,
    CueKind.BANK,
    CueKind.CARD,
    CueKind.POSTCODE,
    CueKind.BIRTH,
)


def _near(reading: Reading, stretch: Stretch, code: _Code) -> Iterator[Hit]:
    whole = list(_whole(stretch, code.whole))
    for start, end in whole:
        yield _hit(reading, stretch, (start, end), (code.entity_type, 0.95, f"{code.cue}-whole"))
        yield from worn_edges(reading, code.entity_type, *stretch.tokens(start, end))
        yield from _taken_back(reading, stretch, start, code)
        yield from _put_right(reading, stretch, end, code)
    halves = stretch.matches(_PLATE_BEGINS) if whole and code.cue is CueKind.VEHICLE else ()
    for start, end in halves:
        if not any(low < end and start < high for low, high in whole):
            yield _hit(reading, stretch, (start, end), (code.entity_type, 0.75, "vehicle-half"))
    close = reading.cues.near(code.cue, stretch.first, stretch.last, reach=_CLOSE)
    if whole or not close or stretch.quantity:
        return
    if _restarted(stretch, code.loose) or is_put_right_inside(stretch, code.whole):
        everything = (0, len(stretch.chars))
        yield _hit(reading, stretch, everything, (code.entity_type, 0.75, f"{code.cue}-restarted"))
        return
    for start, end in stretch.matches(code.loose):
        if code.cue is CueKind.VEHICLE and is_no_plate(reading, stretch, (start, end)):
            continue
        yield _hit(reading, stretch, (start, end), (code.entity_type, 0.75, f"{code.cue}-loose"))
        yield from worn_edges(reading, code.entity_type, *stretch.tokens(start, end))
        yield from _put_right(reading, stretch, end, code)


def _restarted(stretch: Stretch, pattern: re.Pattern[str]) -> bool:
    """As in "H two, what is it, H two two four J C F": begun, and begun again after a pause."""
    chars = stretch.chars
    return any(
        chars.startswith(chars[:size], size)
        and stretch.breaks[stretch.units[size]] == PAUSE
        and pattern.fullmatch(chars, size) is not None
        for size in range(2, min(_SHORTEST + 2, len(chars) // 2 + 1))
    )


def _taken_back(reading: Reading, stretch: Stretch, start: int, code: _Code) -> Iterator[Hit]:
    """The beginning that was put right: "M X, no, X M, three seven", "T N, er, T M, four"."""
    before = stretch.breaks[1 : stretch.units[start] + 1]
    stammered = stretch.chars[:start].isalpha() and stretch.chars[0] == stretch.chars[start]
    if start and start <= _MOST_TAKEN_BACK and (CORRECTED in before or stammered):
        claim = (code.entity_type, 0.75, f"{code.cue}-taken-back")
        yield _hit(reading, stretch, (0, start), claim)


def _put_right(reading: Reading, stretch: Stretch, end: int, code: _Code) -> Iterator[Hit]:
    """The end that is said anew: "K O two three, K O M, I mean, C O M"."""
    rest = len(stretch.chars) - end
    if 0 < rest <= _MOST_TAKEN_BACK and stretch.breaks[stretch.units[end]] == CORRECTED:
        claim = (code.entity_type, 0.75, f"{code.cue}-put-right")
        yield _hit(reading, stretch, (end, len(stretch.chars)), claim)


def _whole(stretch: Stretch, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Whole codes; the one that the last turn or sentence holds rather than one across them."""
    breaks = (unit for unit, gap in enumerate(stretch.breaks) if unit and gap in (LINE, STOP))
    start = stretch.units.index(max(breaks, default=0))
    one = start and pattern.fullmatch(stretch.chars, start)
    if one and not pattern.fullmatch(stretch.chars[:start]):
        return iter([(start, len(stretch.chars))])
    return stretch.matches(pattern)


def _record(reading: Reading, stretch: Stretch) -> Iterator[Hit]:
    record = EntityType.MEDICAL_RECORD
    counted = stretch.chars.isdigit() and is_count(Piece.of(stretch, 0, len(stretch.chars)))
    if stretch.quantity or counted or _is_placed(reading, stretch):
        return
    if is_result(reading.words, stretch.first, stretch.chars):
        return
    whole = (0, len(stretch.chars))
    if _RECORD_WHOLE.fullmatch(stretch.chars):
        yield _hit(reading, stretch, whole, (record, 0.9, "record-whole"))
        yield from worn_edges(reading, record, stretch.first, stretch.last)
        return
    lines = reading.lines_between(max(0, stretch.first - _CLOSE), stretch.first)
    if lines > _MOST_LINES:
        return
    close = reading.cues.before(CueKind.RECORD, stretch.first, reach=_AT_ONCE) is not None
    short = close and len(stretch.spans) == len(stretch.chars) == _SHORTEST
    if short or _RECORD_LOOSE.fullmatch(stretch.chars) or _is_long(stretch.chars):
        yield _hit(reading, stretch, whole, (record, 0.75, "record-cue"))


def _is_long(chars: str) -> bool:
    """Whether they are many, and not all letters: in "F-F-O-U-L-K-E-S" the O counts as a nought."""
    return len(chars) >= _LONG_FIGURES and not chars.replace("0", "").isalpha()


def _is_placed(reading: Reading, stretch: Stretch) -> bool:
    """As in "room 1204", "the 1204 bus", "worth 224000": what the figures are is said."""
    words = reading.words
    before = words.words[max(0, stretch.first - 1) : stretch.first]
    after = words.words[stretch.last : stretch.last + 1]
    return bool(_PLACED.intersection(before) or {"bus", "train"}.intersection(after))


def _stands_alone(reading: Reading, stretch: Stretch, start: int, end: int) -> bool:
    """From pause to pause, said letter by letter or written in capitals."""
    begin, after = stretch.units[start], stretch.units[end - 1] + 1
    apart = begin == 0 or stretch.breaks[begin] in _SET_OFF
    if not apart or stretch.breaks[after : after + 1] not in ("", *_SET_OFF):
        return False
    words = reading.words
    first, last = stretch.tokens(start, end)
    written = words.text[words.starts[first] : words.ends[last - 1]]
    singly = all(
        last - first == 1 or words.kinds[first] & (NUMERAL | MULTIPLE | LETTER | NATO)
        for first, last in stretch.spans[begin:after]
    )
    return written.upper() == written or singly


def _hit(
    reading: Reading, stretch: Stretch, match: tuple[int, int], claim: tuple[EntityType, float, str]
) -> Hit:
    """The characters of a match; ``claim`` is its type, score and rule."""
    first, last = stretch.tokens(*match)
    entity_type, score, rule = claim
    return reading.hit(first, last, entity_type, score, (NAME, rule))
