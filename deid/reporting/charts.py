"""Bars in SVG that a screen reader can read and that need no script; the geometry only.

Templates write the elements, so that every string is escaped there; each figure also stands beside
its bar as text.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

ROW, HEIGHT, LEFT, WIDTH = 28, 18, 260, 400
COLUMN, TALL = 26, 120


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its count, and where it stands."""

    name: str
    count: float
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing; ``upright`` when its bars stand side by side, as days do."""

    title: str
    width: float
    height: float
    bars: tuple[Bar, ...]
    upright: bool = False


def bars(title: str, counts: Mapping[str, float]) -> Chart:
    """One lying bar for each count, the longest for the largest."""
    most = max(counts.values(), default=0) or 1
    drawn = tuple(
        Bar(name, count, LEFT, place * ROW, count / most * WIDTH, HEIGHT)
        for place, (name, count) in enumerate(counts.items())
    )
    return Chart(title, LEFT + WIDTH + 90, max(1, len(drawn)) * ROW, drawn)


def over_time(title: str, days: Iterable[tuple[date, float]]) -> Chart:
    """One standing bar for each day, in order."""
    told = sorted(days)
    most = max((count for _, count in told), default=0) or 1
    drawn = tuple(
        Bar(
            f"{day:%-d %b %Y}",
            count,
            place * COLUMN,
            TALL - count / most * TALL,
            COLUMN - 6,
            count / most * TALL,
        )
        for place, (day, count) in enumerate(told)
    )
    return Chart(title, max(1, len(drawn)) * COLUMN, TALL, drawn, upright=True)
