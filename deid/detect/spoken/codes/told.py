"""Secrets and references that are told at once after their word, of whatever shape.

"My PIN is two two oh eight"; "the code for the door?" / "C two two oh eight"; "my gas account is
8500 4471 2098"; "the ref at the top is QX7 4LP"; "it said RA9 447120 on the sticker". Their words
are everyday ones, so that nothing but "is" may stand between: never "pins and needles, four out of
ten", "my case was in twenty nineteen", an amount, or a year that nothing ties to the word.
"""

import re
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.known import covered
from deid.detect.spoken.heard.lexicon import SCALE, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.detect.spoken.heard.words import LINE, PAUSE, STOP
from deid.detect.words.cues import POSSESSIVES
from deid.transcript import EntityType

NAME = "spoken-codes"
_RECORD = EntityType.MEDICAL_RECORD
_AT_ONCE, _LONGEST, _LONGEST_SECRET, _FEWEST_BEFORE = 6, 21, 20, 4
_SECRET = re.compile(r"(?=(?:[A-Z]*\d){3})[A-Z\d]+|(?=(?:\d*[A-Z]){4})(?=(?:[A-Z]*\d){2})[A-Z\d]+")
_PIN = re.compile(r"\d{4}")
_REFERENCE = re.compile(
    r"\d{5,}|(?=\d*[A-Z])(?=(?:[A-Z]*\d){3})[A-Z\d]{4,}"
    r"|(?=(?:\d*[A-Z]){2})(?=(?:[A-Z]*\d){2})[A-Z\d]{5,}"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+")
_BETWEEN = frozenset(data("context")["ident_between"])
_BETWEEN_TOLD = _BETWEEN | frozenset(data("context")["told_between"])
_PLACES = frozenset(data("context")["told_places"])
_OWN = POSSESSIVES | {"the"}
_PUBLIC = frozenset(data("context")["public_numbers"])


def told_codes(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for secrets and references that ``hits`` do not cover."""
    if not any(reading.cues.of(kind) for kind in (CueKind.ACCESS, CueKind.REFERENCE)):
        return
    taken = covered(reading, hits)
    for segment in reading.segments:
        amount = segment.quantity or _is_amount(reading, segment)
        if amount or all(taken[segment.first : segment.last]):
            continue
        for rule, told in (("secret", _is_secret), ("reference", _is_reference)):
            if told(reading, segment):
                yield reading.hit(segment.first, segment.last, _RECORD, 0.75, (NAME, rule))
                break


def _is_amount(reading: Reading, segment: Segment) -> bool:
    """As in "£12,500", "twelve thousand"."""
    words = reading.words
    low, high = words.starts[segment.first], words.ends[segment.last - 1]
    scales = [bool(kind & SCALE) for kind in words.kinds[segment.first : segment.last]]
    scaled = any(scales) and scales.index(True) < _FEWEST_BEFORE  # "nine four, two hundred"
    money = words.text[max(0, low - 1) : low] in ("£", "$", "€")
    return scaled or money or _THOUSANDS.fullmatch(words.text, low, high) is not None


def _is_secret(reading: Reading, segment: Segment) -> bool:
    if _SECRET.fullmatch(segment.chars) is None or len(segment.chars) > _LONGEST_SECRET:
        return False
    if segment.chars in _PUBLIC:
        return False
    return _told(reading, segment, CueKind.ACCESS) or _is_named_after(reading, segment)


def _is_reference(reading: Reading, segment: Segment) -> bool:
    if _REFERENCE.fullmatch(segment.chars) is None or len(segment.chars) > _LONGEST:
        return False
    return _told(reading, segment, CueKind.REFERENCE) or _is_on_a_label(reading, segment)


def _told(reading: Reading, segment: Segment, kind: CueKind) -> bool:
    """Whether nothing but "is", "on the back is" stands between the word and the characters."""
    words, first = reading.words, segment.first
    distance = reading.cues.before(kind, first, reach=_AT_ONCE)
    if distance is None:
        return False
    between = words.words[first - distance : first]
    if not _BETWEEN_TOLD.issuperset(between):
        return False
    gaps = {words.gap(token) for token in range(first - distance, first + 1)}
    asked = LINE in gaps or words.words[first - distance - 1].endswith("'s")
    loose = _YEAR.fullmatch(segment.chars) and not between and not asked
    return not loose and (asked or STOP not in gaps)


def _is_named_after(reading: Reading, segment: Segment) -> bool:
    """As in "it's two two oh eight, my pin": what it is follows and ends the clause."""
    words, last = reading.words, segment.last
    if not _PIN.fullmatch(segment.chars) or words.words[last : last + 1] == []:
        return False
    led = segment.first > 0 and words.words[segment.first - 1] in _BETWEEN
    owned = words.gap(last) == PAUSE and words.words[last] in _OWN
    if not led or not owned or reading.cues.after(CueKind.ACCESS, last + 1, reach=0) is None:
        return False
    end = last + 2
    return words.closes(end)


def _is_on_a_label(reading: Reading, segment: Segment) -> bool:
    """As in "it said RA9 447120 on the sticker"."""
    on, whose, place = (*reading.words.words[segment.last : segment.last + 3], "", "", "")[:3]
    return on == "on" and whose in _OWN and place in _PLACES
