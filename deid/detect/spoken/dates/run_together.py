"""A date of birth in figures without a gap: "oh four zero five nineteen sixty one", "310763".

Day, month and year as forms want them. Nothing else has eight figures of this shape, and no word of
another number may stand near. Six are a date only beside another of that month and year.
"""

import re
from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.dates.figures import figure_days
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE
from deid.transcript import EntityType

_DAY = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])((?:19|20)\d\d)")
_SHORT = re.compile(r"(?:0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])(\d\d)")
_OTHERS = (
    CueKind.NHS, CueKind.CHI, CueKind.HSC, CueKind.PHONE, CueKind.CARD, CueKind.BANK,
    CueKind.RECORD, CueKind.STAFF, CueKind.NUMBER,
)  # fmt: skip
_REACH, _GROWN = 12, 14


def run_together(reading: Reading, *, reference_year: int) -> Iterator[Hit]:
    """Hits for them."""
    yield from _six_figures(reading)
    for stretch in reading.stretches:
        match = _DAY.fullmatch(stretch.chars)
        if match is None or stretch.quantity or LINE in stretch.breaks[1:]:
            continue
        other = reading.cues.nearest(_OTHERS, stretch.first, stretch.last, reach=_REACH)
        if other is None and int(match[1]) <= reference_year - _GROWN:
            rule = ("spoken-dates", "run-together")
            yield reading.hit(stretch.first, stretch.last, EntityType.DATE_OF_BIRTH, 0.75, rule)


def _six_figures(reading: Reading) -> Iterator[Hit]:
    """As in "I've 310763 on the form and 13/07/63 on the system"."""
    said = [
        (segment, match)
        for segment in reading.segments
        if segment.last - segment.first == 1 and (match := _SHORT.fullmatch(segment.chars))
    ]
    told = {(day.month, day.year % 100) for day in figure_days(reading)} if said else set()
    for segment, match in said:
        if (int(match[1]), int(match[2])) in told and not segment.quantity:
            rule = ("spoken-dates", "six-figures")
            yield reading.hit(segment.first, segment.last, EntityType.DATE_OF_BIRTH, 0.7, rule)
