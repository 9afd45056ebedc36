"""Numbers inside a house, where the talk is of ringing: "Try 3760", "bleeping 0823 to 5517".

"They're on double four oh one" / "they've moved, they're on four five one six"; "ring the desk.
Three double-oh." Three to five digits said one by one, or as one figure, up to the end of their
clause. Never a dose that somebody is on, a score, a year, steps to try, or a bus to ring about.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.known import covered
from deid.detect.spoken.heard.lexicon import DIGIT, FIGURE, MULTIPLE, SCALE, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.detect.spoken.heard.words import LINE, SPACE, STOP
from deid.transcript import EntityType

NAME = "spoken-numbers"
_PHONE = EntityType.PHONE_NUMBER
_FEWEST, _LONGEST, _YEAR = 3, 5, 4
_TALK, _TOLD, _PAIR, _ORDER, _REACH, _AHEAD = 24, 40, 6, 6, 18, 6
_DIALLED = frozenset({"bleep", "bleeping", "bleeped", "dial", "dialling", "dialled"})
_ENDS = frozenset({"to", "from"})
_RINGING = frozenset(data("context")["switchboard_talk"])
_ORDERS = frozenset(data("context")["switchboard_orders"])
_SOMEBODY = frozenset(data("context")["switchboard_somebody"])
_AFTER = frozenset(data("context")["switchboard_after"])
_NOT_RUNG = frozenset(data("context")["switchboard_not_rung"])
_NOT_OURS = frozenset(data("context")["runs_not_ours"]) | _NOT_RUNG
_PUBLIC = frozenset(data("context")["public_numbers"])


def switchboard(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for such numbers that ``hits`` do not cover."""
    if _RINGING.isdisjoint(reading.words.words):
        return
    taken = covered(reading, hits)
    phones = {hit.start for hit in hits if hit.entity_type is _PHONE}
    told = -_TOLD
    for segment in reading.segments:
        if not _is_short(reading, segment):
            continue
        if any(taken[segment.first : segment.last]):
            if reading.words.starts[segment.first] in phones:
                told = segment.last
            continue
        if rule := _frame(reading, segment, segment.first - told):
            told = segment.last
            yield reading.hit(segment.first, segment.last, _PHONE, 0.65, (NAME, rule))


def lone_extensions(reading: Reading) -> Iterator[Hit]:
    """Hits for extensions of one digit: "ask for extension six", "he's on extension nine"."""
    words = reading.words
    for cue in reading.cues.of(CueKind.EXTENSION):
        token = cue.last + (words.words[cue.last : cue.last + 1] in (["is"], ["number"]))
        said = token < len(words.words) and words.gap(token) == SPACE
        if said and words.kinds[token] & (DIGIT | FIGURE) and words.closes(token + 1):
            yield reading.hit(cue.first, token + 1, _PHONE, 0.7, (NAME, "extension"))


def _is_short(reading: Reading, segment: Segment) -> bool:
    """Three to five digits, said singly or as one figure; no count, year or public number."""
    words, chars = reading.words, segment.chars
    if not chars.isdigit() or not _FEWEST <= len(chars) <= _LONGEST:
        return False
    if segment.quantity and words.words[segment.last] not in _ENDS:
        return False
    kinds = words.kinds[segment.first : segment.last]
    if any(kind & SCALE for kind in kinds) or chars in _PUBLIC:
        return False
    steps = {int(later) - int(earlier) for earlier, later in pairwise(chars)}
    if len(steps) == 1 and abs(next(iter(steps))) == 1:
        return False  # "one, two, three"
    year = len(kinds) == 1 and len(chars) == _YEAR and chars[:2] in ("19", "20")
    singly = all(kind & (DIGIT | MULTIPLE | FIGURE) for kind in kinds)
    near = words.words[max(0, segment.first - _REACH) : segment.first]
    return singly and not year and _NOT_OURS.isdisjoint(near)


def _frame(reading: Reading, segment: Segment, apart: int) -> str:
    """Which words tell that it is rung; "" for none. ``apart``: tokens since the last such."""
    words, first = reading.words, segment.first
    lead = words.words[first - 1] if first else ""
    after = words.words[segment.last] if segment.last < len(words.words) else ""
    closed = words.closes(segment.last)
    if lead in _DIALLED and (closed or after in _ENDS or after == "for"):
        return "bleep"
    if lead in _ENDS and apart <= _PAIR and closed:
        return "bleep-from"
    ends, rung = closed or after in _AFTER, apart <= _TOLD or _is_rung(reading, first)
    if lead == "try" and ends and (rung or _is_rung(reading, segment.last + _AHEAD)):
        return "try-extension"
    sure = len(segment.chars) >= _YEAR or words.kinds[first] & (DIGIT | MULTIPLE)
    plain = words.kinds[first] & FIGURE and segment.chars.endswith("00")
    if not sure or plain:
        return ""
    on = lead == "on" and words.words[first - 2 : first - 1] and words.words[first - 2] in _SOMEBODY
    if on and ends and rung:
        return "reached-on"
    return "after-order" if closed and _is_ordered(reading, first) else ""


def _is_rung(reading: Reading, first: int) -> bool:
    """Whether ringing is spoken of shortly before a token."""
    return not _RINGING.isdisjoint(reading.words.words[max(0, first - _TALK) : first])


def _is_ordered(reading: Reading, first: int) -> bool:
    """Whether the sentence before is an order to ring: "Ring the desk. Three double-oh"."""
    words = reading.words
    if not first or words.gap(first) != STOP:
        return False
    begin = first - 1
    while begin > 0 and words.gap(begin) not in (STOP, LINE) and first - begin < _ORDER:
        begin -= 1
    return words.words[begin] in _ORDERS
