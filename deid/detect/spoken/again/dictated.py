"""A number dictated over turns, its groups read back by the listener, rightly or wrongly.

"Nine nine nine." / "Nine nine nine." / "Four one two." / "Four two one?" / "No, four one two." /
"Seven oh six three." Groups are told from their echoes by following every way in which the digits
may be new or a read-back; where one of them makes a number of the right length, all groups and all
echoes are masked. Needs the cue of the number, or a part of it that was found; every group has to
stand alone in its clause, so that doses, ages and years near the cue are left as they are.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deid.detect.speech import Hit
from deid.detect.spoken.heard.checks import FREEPHONE
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.known import alike, covered
from deid.detect.spoken.heard.lexicon import SCALE, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.stretches import CORRECTED, Stretch
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, SPACE, STOP
from deid.transcript import EntityType

NAME = "spoken-numbers"
_REACH, _APART, _MOST_LINES, _MOST_GROUPS, _MOST_WAYS = 30, 14, 5, 60, 64
_MOST_LEADS, _MOST_TAILS, _FEWEST_ECHOED, _SHORT = 8, 6, 2, 2
_ENDS = (LINE, STOP, CORRECTED)
_CLOSED = (LINE, STOP, PAUSE, BREAK)
_LEADS = frozenset(data("context")["dictated_leads"])
_TAILS = frozenset(data("context")["dictated_tails"])


class _Sort(NamedTuple):
    """A sort of number: its cue, its type and how many digits it has."""

    cue: CueKind
    entity_type: EntityType
    lengths: tuple[int, ...]


_SORTS = (
    _Sort(CueKind.NHS, EntityType.UK_NHS, (10,)),
    _Sort(CueKind.CHI, EntityType.UK_CHI, (10,)),
    _Sort(CueKind.HSC, EntityType.UK_HSC, (10,)),
    _Sort(CueKind.PHONE, EntityType.PHONE_NUMBER, (10, 11)),
    _Sort(CueKind.CARD, EntityType.CREDIT_CARD, (16,)),
)
_OTHERS = tuple(
    kind
    for kind in CueKind
    if kind
    not in (
        CueKind.NUMBER,
        CueKind.IDENT,
        CueKind.NAME,
        CueKind.ADDRESS,
        CueKind.AGE,
        CueKind.BIRTH,
    )
)


class _Group(NamedTuple):
    """Digits said between full stops, turns and corrections; tokens half-open."""

    digits: str
    first: int
    last: int
    alone: bool


def dictated(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for the groups and read-backs of numbers that were dictated over turns."""
    if not any(reading.cues.of(sort.cue) for sort in _SORTS) and not hits:
        return
    groups = list(_groups(reading))
    numbers = sorted(hits, key=lambda hit: hit.start)
    taken = covered(reading, hits)
    done = 0
    for place, group in enumerate(groups):
        if place < done or not group.digits or _is_pronoun(reading, group):
            continue
        sort = _sort_of(reading, group, numbers)
        if sort is None:
            continue
        last = _follow(reading, groups, place, sort)
        for each in groups[place:last]:
            if not all(taken[each.first : each.last]):
                claim = (NAME, "dictated")
                yield reading.hit(each.first, each.last, sort.entity_type, 0.75, claim)
        done = max(done, last)


def _is_pronoun(reading: Reading, group: _Group) -> bool:
    """Whether it is "the NHS one": the word for what is asked, no digit of it."""
    words, first = reading.words, group.first
    alone = words.words[first : group.last] == ["one"] and first > 0
    return alone and words.gap(first) == SPACE and not led(reading, first)


def _sort_of(reading: Reading, group: _Group, hits: Sequence[Hit]) -> _Sort | None:
    """Which number begins here: by the nearest cue before it, or by what was found."""
    kind = reading.cues.nearest(_OTHERS, group.first, group.last, reach=_REACH, ahead=0)
    for sort in _SORTS:
        if sort.cue is kind:
            return sort
    start = reading.words.starts[group.first]
    at = bisect_left(hits, start + 1, key=lambda hit: hit.start) - 1
    if at < 0 or hits[at].start != start:
        return None
    return next((sort for sort in _SORTS if sort.entity_type is hits[at].entity_type), None)


def _follow(reading: Reading, groups: Sequence[_Group], place: int, sort: _Sort) -> int:
    """The place after the last group of the number that begins at ``place``; ``place`` for none."""
    ways, complete = {""}, place
    for at in range(place, min(len(groups), place + _MOST_GROUPS)):
        group = groups[at]
        if at > place and not _goes_on(reading, groups[at - 1], group, sort):
            break
        ways = set(_ways(ways, group, max(sort.lengths)))
        if not ways:
            break
        if len(ways) > _MOST_WAYS:  # single digits: what matters is how many, and the last of them
            ways = set({(len(way), way[-4:]): way for way in sorted(ways)}.values())
        if any(len(way) in sort.lengths and _plausible(way, sort) for way in ways):
            complete = at + 1
    return complete if complete > place + 1 else place


def _ways(ways: set[str], group: _Group, longest: int) -> Iterator[str]:
    """What may have been said once a group is heard: more of the number, an echo, a correction."""
    for way in ways:
        if (group.alone or not way) and len(way) + len(group.digits) <= longest:
            yield way + group.digits
        if group.alone and _restarts(group, way):
            yield way[:-1] + group.digits
        if way and _echoes(group, way):
            yield way
            if group.alone and len(group.digits) < len(way):
                yield way[: -len(group.digits)] + group.digits


def _restarts(group: _Group, way: str) -> bool:
    """As in "One." / "Hello?" / "One six three.": a group begun, and said again as a whole."""
    return len(way) > _SHORT < len(group.digits) and group.digits.startswith(way[-1])


def _echoes(group: _Group, way: str) -> bool:
    """Whether a group says again what was said: at the end of it, or three digits anywhere."""
    digits, size = group.digits, len(group.digits)
    if way.endswith(digits):
        return group.alone or size > _FEWEST_ECHOED
    if size < _FEWEST_ECHOED or size > len(way):
        return False
    if group.alone and sum(a != b for a, b in zip(way[-size:], digits, strict=True)) <= 1:
        return True
    if size == _FEWEST_ECHOED:
        return group.alone and way[-size:] == digits[::-1]
    windows = (way[start : start + size] for start in range(len(way) - size + 1))
    if not group.alone:
        return digits in way
    return any(alike(window, digits) for window in windows)


def _plausible(way: str, sort: _Sort) -> bool:
    if sort.cue is not CueKind.PHONE:
        return True
    return way.startswith("0") and way[1] in "12378" and not way.startswith(FREEPHONE)


def _goes_on(reading: Reading, before: _Group, group: _Group, sort: _Sort) -> bool:
    apart = group.first - before.last
    if apart > _APART or not group.digits:
        return False
    if reading.lines_between(before.last - 1, group.first) > _MOST_LINES:
        return False
    if min(len(before.digits), len(group.digits)) <= _SHORT and not _only_leads(
        reading, before.last, group.first
    ):
        return False
    return not any(
        reading.cues.before(kind, group.first, reach=apart) is not None
        for kind in _OTHERS
        if kind is not sort.cue
    )


def _only_leads(reading: Reading, first: int, last: int) -> bool:
    """Whether nothing is asked between two digits, so that they are no two answers."""
    words, token = reading.words, first
    while token < last:
        after, _ = words.skip(token)
        if after == token and words.words[token] not in _LEADS | _TAILS:
            return False
        token = max(after, token + 1)
    return True


def _groups(reading: Reading) -> Iterator[_Group]:
    """Groups of digits in order; one without digits stands for what no number goes on over."""
    for stretch in reading.stretches:
        if stretch.chars.isalpha() and len(stretch.chars) == 1:
            continue  # an article or a pronoun
        begin = 0
        for unit in range(1, len(stretch.spans) + 1):
            ends = unit == len(stretch.spans)
            if ends or stretch.breaks[unit] in _ENDS:
                yield _group(reading, stretch, begin, unit)
                begin = unit


def _group(reading: Reading, stretch: Stretch, begin: int, end: int) -> _Group:
    low, high = bisect_left(stretch.units, begin), bisect_left(stretch.units, end)
    first, last = stretch.spans[begin][0], stretch.spans[end - 1][1]
    digits = stretch.chars[low:high]
    amount = (end == len(stretch.spans) and stretch.quantity) or any(
        kind & SCALE for kind in reading.words.kinds[first:last]
    )
    if amount or not digits.isdigit():
        return _Group("", first, last, alone=False)
    return _Group(digits, first, last, alone=led(reading, first) and ended(reading, last))


def led(reading: Reading, first: int) -> bool:
    """Whether only "and then", "no, it's" and the like stand before it in its clause."""
    words = reading.words
    for token in range(first, max(-1, first - _MOST_LEADS), -1):
        if token == 0 or words.gap(token) in _CLOSED:
            return True
        if words.words[token - 1] not in _LEADS:
            return False
    return False


def ended(reading: Reading, last: int) -> bool:
    """Whether only "okay", "at the end" and the like stand after it in its clause."""
    words, token = reading.words, last
    while token < len(words.words) and token - last < _MOST_TAILS:
        if words.gap(token) in _CLOSED:
            return True
        after, _ = words.skip(token)
        if after == token and words.words[token] not in _TAILS:
            return False
        token = max(after, token + 1)
        if any(
            words.gap(each) in _CLOSED for each in range(last + 1, min(token, len(words.words)))
        ):
            return True
    return words.closes(token)
