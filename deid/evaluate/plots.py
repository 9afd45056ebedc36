"""Recall as bars with intervals, in SVG that a screen reader can read and that needs no script.

Geometry only: the template writes the elements, so that every string is escaped there. Colours
are the page's, by class; each bar's figures also stand in the table beside the plot.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from deid.evaluate.scores import Evaluation, Slice, Tally

ROW, BAR, LEFT, WIDTH = 16, 12, 340, 420


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in pixels: ``system`` picks its colour; ``low`` and ``high`` are the whisker."""

    system: int
    y: float
    width: float
    low: float
    high: float
    says: str


@dataclass(frozen=True, slots=True)
class Group:
    """The bars of one row, one a system, and where their common label stands."""

    label: str
    y: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """A whole drawing."""

    title: str
    height: float
    groups: tuple[Group, ...]


def by_type(evaluation: Evaluation) -> Plot:
    """One row a gold label that occurs; what occurs is the same for all systems."""
    systems = evaluation.systems
    rows = [
        (label.value, [system.types[label].mentions for system in systems])
        for label in systems[0].types
        if systems[0].types[label].mentions.total
    ]
    return _plot("Recall by type", rows, [system.name for system in systems])


def by_axis(evaluation: Evaluation, axis: str, rows: Sequence[Slice]) -> Plot:
    """One row a value and label of the axis."""
    systems = evaluation.systems
    named = [
        (f"{row.value} · {row.label.value}", [system.slices[row] for system in systems])
        for row in rows
    ]
    return _plot(f"Recall by {axis}", named, [system.name for system in systems])


def _plot(title: str, rows: Sequence[tuple[str, list[Tally]]], names: Sequence[str]) -> Plot:
    groups, y = [], 8.0
    for label, tallies in rows:
        bars = [
            _bar(place, tally, y + place * ROW, names[place]) for place, tally in enumerate(tallies)
        ]
        groups.append(Group(label, y + len(bars) * ROW / 2, tuple(bars)))
        y += len(bars) * ROW + 8
    return Plot(title, y + 24, tuple(groups))


def _bar(place: int, tally: Tally, y: float, name: str) -> Bar:
    low, high = tally.interval
    return Bar(
        system=place,
        y=y,
        width=WIDTH * (tally.recall or 0.0),
        low=WIDTH * low,
        high=WIDTH * high,
        says=f"{name}: {tally.caught} of {tally.total}",
    )
