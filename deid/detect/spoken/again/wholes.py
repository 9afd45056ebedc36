"""The shapes of identifiers, and groups of characters that together make a whole one.

Of all ways to put groups together the one is taken that passes over the fewest others, for what
somebody says in passing ("they won four two") stands bare as well.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from deid.detect.spoken.again.groups import Group
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.postcodes.shapes import official
from deid.transcript import EntityType

_BIRTH = EntityType.DATE_OF_BIRTH
_RECORD = EntityType.MEDICAL_RECORD
_DAY, _MONTH, _YEAR = r"(?:D|0?[1-9]|[12]\d|3[01])", r"(?:M|D|0?[1-9]|1[0-2])", r"(?:19|20)?\d\d"


class Sort(NamedTuple):
    """What an identifier is, the shape of all of it, its most characters, whether letters occur."""

    kind: EntityType
    whole: re.Pattern[str]
    longest: int
    lettered: bool


_PHONE = Sort(
    EntityType.PHONE_NUMBER, re.compile(r"0[123578]\d{9}|01\d{8}|440?[12357]\d{9}"), 13, False
)
_STAFF = EntityType.STAFF_REGISTRATION
SORTS = {
    CueKind.NHS: Sort(EntityType.UK_NHS, re.compile(r"\d{10}"), 10, False),
    CueKind.CHI: Sort(EntityType.UK_CHI, re.compile(r"\d{10}"), 10, False),
    CueKind.HSC: Sort(EntityType.UK_HSC, re.compile(r"\d{10}"), 10, False),
    CueKind.PHONE: _PHONE,
    CueKind.EXTENSION: _PHONE,
    CueKind.NINO: Sort(EntityType.UK_NINO, re.compile(r"[A-Z]{2}\d{6}[A-D]"), 9, True),
    CueKind.GMC: Sort(_STAFF, re.compile(r"\d{7}"), 7, False),
    CueKind.NMC: Sort(_STAFF, re.compile(r"\d\d[A-L]\d{4}[A-Z0]"), 8, True),
    CueKind.HCPC: Sort(_STAFF, re.compile(r"[A-Z]{2}\d{5,6}"), 8, True),
    CueKind.VEHICLE: Sort(
        EntityType.UK_VEHICLE_REGISTRATION,
        re.compile(
            r"[A-Z0]{2}\d\d[A-Z0]{3}|[A-Z]\d{1,3}[A-Z]{3}|[A-Z]{3}\d{1,3}[A-Z]|[A-Z]{3}\d{4}"
        ),
        7,
        True,
    ),
    CueKind.POSTCODE: Sort(EntityType.UK_POSTCODE, official(), 7, True),
    CueKind.RECORD: Sort(_RECORD, re.compile(r"[A-Z]{0,2}\d{6,8}[A-Z]?"), 10, True),
    CueKind.BIRTH: Sort(
        _BIRTH,
        re.compile(f"{_DAY}{_MONTH}{_YEAR}|M{_DAY}{_YEAR}|(?:19|20)\\d\\d{_MONTH}{_DAY}"),
        8,
        True,
    ),
}
OLD_PLATE = Sort(
    EntityType.UK_VEHICLE_REGISTRATION,
    re.compile(r"[A-Z]{3}\d{1,3}|\d{1,3}[A-Z]{3}"),
    6,
    True,
)
"""A plate older than the age marks: "ZFB 99", "4 MSR"."""
_APART, _TURNS_APART, _BORN_AT_ONCE, _FIRST_WITHIN = 50, 7, 5, 60
_MOST_GROUPS, _MOST_WAYS, _RIGHT_BEHIND, _SKIPPED, _MOST_COST = 24, 200, 2, 3, 4


class _Way(NamedTuple):
    """Groups that together say some characters, and what was passed over for them."""

    cost: int
    chars: str
    used: tuple[Group, ...]


def whole(
    turn: Callable[[int], int], sort: Sort, mine: Sequence[Group], begins: tuple[int, int]
) -> tuple[Group, ...]:
    """The groups that make a whole identifier with the fewest passed over; none for none.

    The first one is said in the turn of ``begins``, or so many turns behind it.
    """
    ways: list[_Way] = []
    best: _Way | None = None
    fit = [each for each in mine if each.bare and _may_be_of(sort, each)][:_MOST_GROUPS]
    for place, group in enumerate(fit):
        late = turn(group.first) - begins[0] > begins[1]
        fresh = not late and group.first - mine[0].first <= _FIRST_WITHIN
        opened = [_Way(_passed(fit[:place], (), group), "", ())] if fresh else []
        for way in [*ways, *opened]:
            if way.used and not _follows(turn, way.used[-1], group):
                continue
            chars = way.chars + group.chars
            skipped = _passed(fit[:place], way.used, group) if way.used else 0
            again = bool(way.used) and group.chars == way.used[-1].chars
            cost = way.cost + _SKIPPED * skipped + again
            if len(chars) > sort.longest or cost > _MOST_COST:
                continue
            made = _Way(cost, chars, (*way.used, group))
            ways.append(made)
            left = _left_over(fit[place + 1 :], group)
            made = made._replace(cost=cost + _SKIPPED * left)
            if _is_whole(sort, made) and (best is None or _is_better(turn, made, best)):
                best = made
        ways = sorted(ways)[:_MOST_WAYS] if len(ways) > _MOST_WAYS else ways
    return best.used if best is not None else ()


def _is_better(turn: Callable[[int], int], made: _Way, best: _Way) -> bool:
    """Whether less was passed over, or one more letter ends it: "361 798", an aside, "X"."""
    longer = made.used[:-1] == best.used and made.used[-1].chars.isalpha()
    near = turn(made.used[-1].first) == turn(best.used[-1].first)
    return made.cost < best.cost or (made.cost == best.cost and longer and near)


def _may_be_of(sort: Sort, group: Group) -> bool:
    """Whether a group has the characters of such an identifier, and no more than it."""
    if sort.kind is _BIRTH:
        return group.dated or group.chars.isdigit()
    return not group.dated and (sort.lettered or group.chars.isdigit())


def _follows(turn: Callable[[int], int], before: Group, group: Group) -> bool:
    """Whether a group may go on with what was said before it."""
    near = before.last <= group.first <= before.last + _APART
    return near and turn(group.first) - turn(before.first) <= _TURNS_APART


def _passed(fit: Sequence[Group], used: tuple[Group, ...], group: Group) -> int:
    """Groups passed over between the last used one and another: none that only says it again."""
    low = used[-1].last if used else 0
    said = "".join(each.chars for each in used)
    passed = {
        each.first
        for each in fit
        if low <= each.first and each.last <= group.first and not said.endswith(each.chars)
    }
    return len(passed)


def _left_over(rest: Sequence[Group], group: Group) -> int:
    """Whether another group stands right behind, so that it is not all of what is given."""
    return any(0 <= each.first - group.last <= _RIGHT_BEHIND for each in rest)


def _is_whole(sort: Sort, way: _Way) -> bool:
    """Whether the characters are all of one; a birth in one group has a year or a nought.

    Single digits over many turns answer questions of their own: "Feeling down?" / "One."
    """
    if not sort.whole.fullmatch(way.chars):
        return False
    if sort.kind is not _BIRTH and len(way.chars) < len(way.used) * (1.5 if sort.lettered else 2):
        return False
    return sort.kind is not _BIRTH or len(way.used) > 1 or len(way.chars) >= _BORN_AT_ONCE
