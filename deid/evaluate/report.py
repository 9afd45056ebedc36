"""Scores -> a terminal table and JSON. Figures only: neither holds a word of the texts."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Group
from rich.table import Table

from deid.evaluate.scores import Evaluation, Slice, SystemScore, Tally, TypeScore
from deid.evaluate.values import DIRECT, GoldLabel

SCHEMA = 1
AXES = ("source", "format", "case", "form", "origin", "origin and case")


def render_table(evaluation: Evaluation) -> Group:
    """Tables for ``rich``: the types, the whole, and one for each way of cutting."""
    cuts = (_cut_table(evaluation, axis) for axis in AXES)
    return Group(
        _type_table(evaluation), _whole_table(evaluation), *(table for table in cuts if table)
    )


def to_json(evaluation: Evaluation) -> str:
    """Every figure as JSON, keys sorted, without any text or item id."""
    return json.dumps(
        {
            "schema": SCHEMA,
            "items": evaluation.items,
            "systems": [_system(system) for system in evaluation.systems],
        },
        indent=2,
        sort_keys=True,
    )


def labels(evaluation: Evaluation) -> Sequence[GoldLabel]:
    """The gold labels that any system has a row for, in the order of their table."""
    return [
        label for label in GoldLabel if any(label in system.types for system in evaluation.systems)
    ]


def cuts(evaluation: Evaluation, axis: str) -> Sequence[Slice]:
    """The rows of one axis, the same for all systems."""
    return [cut for cut in evaluation.systems[0].slices if cut.axis == axis]


def percent(value: float | None, *, places: int = 1) -> str:
    """A share for people; a dash where there is none."""
    return "-" if value is None else f"{100 * value:.{places}f}%"


def recall(tally: Tally) -> str:
    """Recall with its interval and counts for people."""
    if not tally.total:
        return "-"
    low, high = (f"{100 * bound:.1f}" for bound in tally.interval)
    return f"{percent(tally.recall)} [{low} to {high}] {tally.caught}/{tally.total}"


def whole(evaluation: Evaluation) -> Sequence[tuple[str, Sequence[str]]]:
    """The figures of the whole run: what it is, and each system's value."""
    systems = evaluation.systems
    return [
        ("direct identifiers caught", [recall(one.direct) for one in systems]),
        ("missed per 10,000 words", [f"{one.missed_per_10000:.2f}" for one in systems]),
        (
            "plain words removed",
            [f"{percent(one.removed_share, places=2)} ({one.removed})" for one in systems],
        ),
        ("plain words masked beside an identifier", [str(one.spilt) for one in systems]),
        ("words", [str(one.words) for one in systems]),
        ("items", [str(evaluation.items) for _ in systems]),
    ]


def _type_table(evaluation: Evaluation) -> Table:
    table = Table(title="By type (recall with Wilson 95% interval)")
    table.add_column("type")
    for system in evaluation.systems:
        table.add_column(f"{system.name} recall")
        for figure in ("precision", "F2"):
            table.add_column(f"{system.name} {figure}", justify="right")
    for label in labels(evaluation):
        cells: list[str] = []
        for system in evaluation.systems:
            cells += _type_cells(system.types.get(label))
        table.add_row(label.value + ("" if label in DIRECT else " (not direct)"), *cells)
    return table


def _type_cells(score: TypeScore | None) -> list[str]:
    if score is None:
        return ["-", "-", "-"]
    f2 = "-" if score.f2 is None else f"{score.f2:.3f}"
    return [recall(score.mentions), percent(score.precision), f2]


def _whole_table(evaluation: Evaluation) -> Table:
    table = Table(title="As a whole")
    table.add_column("figure")
    for system in evaluation.systems:
        table.add_column(system.name)
    for name, values in whole(evaluation):
        table.add_row(name, *values)
    return table


def _cut_table(evaluation: Evaluation, axis: str) -> Table | None:
    rows = cuts(evaluation, axis)
    if not rows:
        return None
    table = Table(title=f"Recall by {axis}")
    table.add_column(axis)
    table.add_column("type")
    for system in evaluation.systems:
        table.add_column(system.name)
    for row in rows:
        tallies = [system.slices[row] for system in evaluation.systems]
        table.add_row(row.value, row.label.value, *(recall(tally) for tally in tallies))
    return table


def _system(system: SystemScore) -> dict[str, Any]:
    return {
        "name": system.name,
        "types": {label.value: _type(score) for label, score in system.types.items()},
        "direct": _tally(system.direct),
        "missed_per_10000_words": system.missed_per_10000,
        "words": system.words,
        "plain_words": system.plain_words,
        "plain_words_removed": system.removed,
        "plain_words_removed_share": system.removed_share,
        "plain_words_beside_identifiers": system.spilt,
        "slices": list(_slices(system)),
    }


def _type(score: TypeScore) -> dict[str, Any]:
    return {
        **_tally(score.mentions),
        "predicted": score.predicted,
        "right": score.right,
        "useful": score.useful,
        "precision": score.precision,
        "f2": score.f2,
    }


def _slices(system: SystemScore) -> Iterator[dict[str, Any]]:
    for cut, tally in system.slices.items():
        yield {"axis": cut.axis, "value": cut.value, "label": cut.label.value, **_tally(tally)}


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "caught": tally.caught,
        "total": tally.total,
        "recall": tally.recall,
        "interval": list(tally.interval),
    }
