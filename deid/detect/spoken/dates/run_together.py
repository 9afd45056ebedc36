"""A date of birth in eight figures, said in one breath: "oh four zero five nineteen sixty one".

Day, month and year as forms want them. Nothing else has eight figures of this shape, and no word of
another number may stand near.
"""

import re
from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE
from deid.transcript import EntityType

_DAY = re.compile(r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])((?:19|20)\d\d)")
_OTHERS = (
    CueKind.NHS, CueKind.CHI, CueKind.HSC, CueKind.PHONE, CueKind.CARD, CueKind.BANK,
    CueKind.RECORD, CueKind.STAFF, CueKind.NUMBER,
)  # fmt: skip
_REACH, _GROWN = 12, 14


def run_together(reading: Reading, *, reference_year: int) -> Iterator[Hit]:
    """Hits for them."""
    for stretch in reading.stretches:
        match = _DAY.fullmatch(stretch.chars)
        if match is None or stretch.quantity or LINE in stretch.breaks[1:]:
            continue
        other = reading.cues.nearest(_OTHERS, stretch.first, stretch.last, reach=_REACH)
        if other is None and int(match[1]) <= reference_year - _GROWN:
            rule = ("spoken-dates", "run-together")
            yield reading.hit(stretch.first, stretch.last, EntityType.DATE_OF_BIRTH, 0.75, rule)
