"""Number plates as they are written down after they were said: "fd eighteen xko", "lo 24 xko".

The half that is no word, "xko" or "lo", beside the half that is known; plates that a witness leaves
open, "P 3 something K D", "GN12 or GM12". Never a season ("AW24 or SS25") or a financial year.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.known import covered, known
from deid.detect.spoken.heard.lexicon import LETTER, NATO
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.detect.spoken.heard.words import PAUSE, SPACE
from deid.transcript import EntityType

_PLATE = EntityType.UK_VEHICLE_REGISTRATION
_SIZE, _HEAD, _TAIL, _REACH, _CLOSE = 7, 2, 3, 160, 12
_EITHER = re.compile(r"(?<![\w-])([A-Z]{2})(\d{2}),? or ([A-Z]{2})(\d{2})(?![\w-])")
_NO_PLATES = frozenset({"AW", "CT", "FY", "GT", "PM", "SS", "WD"})
_BEGUN, _LETTERS = re.compile(r"[A-Z]{1,3}\d{1,3}"), re.compile(r"[A-Z]{1,3}")
_OPEN = frozenset({"something", "somethin", "summat"})


def plates_said_back(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for such halves and plates."""
    for match in _EITHER.finditer(reading.words.text):
        same = match[1] == match[3] or match[2] == match[4]
        if same and not {match[1], match[3]} & _NO_PLATES and match[2] != "00":
            for start, end in (
                match.span(1)[:1] + match.span(2)[1:],
                match.span(3)[:1] + match.span(4)[1:],
            ):
                yield Hit(start, end, _PLATE, 0.6, "spoken-codes", "plate-or")
    if any(hit.entity_type is _PLATE for hit in hits):
        yield from _halves(reading, hits)
    if reading.cues.of(CueKind.VEHICLE):
        yield from _left_open(reading)


def _halves(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """The letters that are written in one word beside the rest of a plate that was said."""
    words, taken = reading.words, covered(reading, hits)
    said = {
        each.chars.lower().replace("0", "o"): each.last
        for each in known(reading, hits)
        if each.entity_type is _PLATE and len(each.chars) == _SIZE
    }
    for chars, last in said.items():
        for token in range(last, min(last + _REACH, len(words.words))):
            if taken[token] or words.kinds[token] & LETTER:
                continue
            beside = words.gap(token) in (SPACE, PAUSE) and token > 0 and taken[token - 1]
            behind = token + 1 < len(taken) and taken[token + 1]
            behind = behind and words.gap(token + 1) in (SPACE, PAUSE)
            word = words.words[token].replace("0", "o")
            if (word == chars[-_TAIL:] and beside) or (word == chars[:_HEAD] and behind):
                claim = ("spoken-codes", "plate-said-back")
                yield reading.hit(token, token + 1, _PLATE, 0.65, claim)


def _left_open(reading: Reading) -> Iterator[Hit]:
    """As in "a number plate, D 4 something V E"."""
    words = reading.words
    for one, other in pairwise(reading.segments):
        if not (_BEGUN.fullmatch(one.chars) and _LETTERS.fullmatch(other.chars)):
            continue
        joined = other.first == one.last + 1 and words.words[one.last] in _OPEN
        if not joined or one.quantity or not _is_spelt(reading, one, other):
            continue
        if reading.cues.before(CueKind.VEHICLE, one.first, reach=_CLOSE) is not None:
            yield reading.hit(one.first, other.last, _PLATE, 0.65, ("spoken-codes", "plate-open"))


def _is_spelt(reading: Reading, one: Segment, other: Segment) -> bool:
    kinds = reading.words.kinds
    letters = kinds[one.first] & (LETTER | NATO) or len(one.chars) > 1
    ends = all(kind & (LETTER | NATO) for kind in kinds[other.first : other.last])
    return bool(letters) and (ends or reading.words.closes(other.last))
