"""Codes as they are written, near their cue: "NMC pin 04g 8997 e", "reg?" / "upj 546v", "ec2a oqf".

The normaliser reads what is said; a transcriber's own hand has small letters, an o for a nought, a
stop or a comma between the groups, and "04g" looks like a dose. Near the cue its shape is enough.
Whole codes only; without a cue only an NI number, which nothing else looks like.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deid.detect.speech import Hit
from deid.detect.spoken.codes.printed import is_acronym
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.known import covered
from deid.detect.spoken.heard.lexicon import data, postcode_areas
from deid.detect.spoken.heard.reading import Reading
from deid.transcript import EntityType

NAME = "spoken-codes"
_REACH, _MOST_LINES, _WHOLE = 16, 3, 9
_GAP = r"[ .,-]{0,3}"
_NINO = re.compile(
    rf"(?<!\w)(?!bg|ng|gb|kn|nk|nt|tn|zz)(?:[abceghj-prstw-z]{{2}}|qq){_GAP}(?:[\do]{{2}}{_GAP}){{3}}[a-d](?!\w)"
)


_STOPPED = re.compile(r"(?<!\w)(?P<area>[A-Z]{1,2})\d[A-Z\d]?\. \d[ABD-HJLNP-UW-Z]{2}(?!\w)")


_ENGINES = frozenset(data("context")["plate_engines"])


class _Written(NamedTuple):
    cue: CueKind
    kind: EntityType
    pattern: re.Pattern[str]


_STAFF, _PLATE = EntityType.STAFF_REGISTRATION, EntityType.UK_VEHICLE_REGISTRATION
_WRITTEN = (
    _Written(CueKind.NINO, EntityType.UK_NINO, _NINO),
    *(
        _Written(cue, _STAFF, re.compile(rf"(?<!\w)\d\d[a-l]{_GAP}\d{{4}}{_GAP}[a-z0](?!\w)"))
        for cue in (CueKind.NMC, CueKind.STAFF)
    ),
    _Written(
        CueKind.GMC,
        _STAFF,
        re.compile(r"(?<![\w£$€])c?(?=[o\d ]*\d[o\d ]*\d)[o\d]{3} ?[o\d]{4}(?!\w)"),
    ),
    _Written(
        CueKind.NHS,
        EntityType.UK_NHS,
        re.compile(r"(?<!\w)(?=(?:[o -]*\d){6})[o\d]{3}([ -]?)[o\d]{3}\1[o\d]{4}(?!\w)"),
    ),
    _Written(
        CueKind.PHONE,
        EntityType.PHONE_NUMBER,
        re.compile(r"(?<!\w)(?=(?:[o -]*\d){6})[0o][\do]{2,4}[ -]?[\do]{3}[ -]?[\do]{3,4}(?!\w)"),
    ),
    _Written(
        CueKind.RECORD,
        EntityType.MEDICAL_RECORD,
        re.compile(
            r"(?<![\w£$€.])(?:[a-z]{1,3}[.-]?\d{5,8}[a-z]?|\d{3}\.\d{3}\.[a-z]|\d{5,8}[a-z])(?![\w%])"
        ),
    ),
    _Written(
        CueKind.VEHICLE,
        _PLATE,
        re.compile(
            r"(?<!\w)(?:(?P<letters>(?=[a-hj-y]{0,2}[iz])[a-z]{3})(?: |\.{3} ?)?"
            r"(?!(?:19|20)\d\d)\d{1,4}"
            r"|(?P<head>[a-z]{3}) ?\d{1,3}[a-z]|"
            r"(?:[a-z]{2}\d\d|[a-hj-npr-y]\d{1,3}) ?(?P<tail>[a-z]{3}))(?!\w)"
        ),
    ),
    _Written(
        CueKind.POSTCODE,
        EntityType.UK_POSTCODE,
        re.compile(r"(?<!\w)(?P<area>[a-z]{1,2})\d[a-z\d]?\.? ?[o\d][abd-hjlnp-uw-z]{2}(?!\w)"),
    ),
)


def cued_codes(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for written codes that ``hits`` do not cover, after the cue of their kind."""
    taken = covered(reading, hits)

    def is_new(match: re.Match[str]) -> bool:
        first = bisect_right(reading.words.starts, match.start()) - 1
        return not all(taken[first : bisect_left(reading.words.starts, match.end())])

    for written in _WRITTEN:
        if not reading.cues.of(written.cue):
            continue
        for match in written.pattern.finditer(reading.words.folded):
            if is_new(match) and _is_near(reading, written, match):
                yield Hit(*match.span(), written.kind, 0.8, NAME, "written-near-cue")
    for match in _NINO.finditer(reading.words.folded):
        said = reading.words.text[match.start() : match.end()]
        sure = reading.words.cased or len(said) == _WHOLE
        if sure and said.isupper() and is_new(match):
            yield Hit(*match.span(), EntityType.UK_NINO, 0.75, NAME, "nino-written")
    for match in _STOPPED.finditer(reading.words.text):
        if match["area"] in postcode_areas() and is_new(match):
            yield Hit(*match.span(), EntityType.UK_POSTCODE, 0.75, NAME, "postcode-stopped")


def _is_near(reading: Reading, written: _Written, match: re.Match[str]) -> bool:
    words = reading.words
    first = bisect_right(words.starts, match.start()) - 1
    distance = reading.cues.before(written.cue, first, reach=_REACH)
    if distance is None or reading.lines_between(first - distance - 1, first) > _MOST_LINES:
        return False
    if written.cue is CueKind.POSTCODE:
        return match["area"].upper() in postcode_areas()
    if written.cue is CueKind.VEHICLE:
        word = is_acronym(match["letters"] or match["head"] or match["tail"])
        return not (word or match["tail"] in _ENGINES) or "..." in match.group()
    return True
