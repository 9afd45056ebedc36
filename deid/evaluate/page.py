"""Scores -> one HTML page without scripts or outside files, for people inside the trust only.

The page shows missed and needless spans in context: it is raw speech. It says so at its head, is
readable by its owner alone, and must never be written into an outbox.
"""

import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from jinja2 import Environment, PackageLoader, StrictUndefined

from deid.evaluate import plots, report
from deid.evaluate.scores import Evaluation
from deid.evaluate.values import GoldError

NAME = "evaluation.html"
LIMIT = 500
"""Examples shown a list; the page says how many there are in all."""


def write_html(evaluation: Evaluation, folder: Path) -> Path:
    """Write the page, whole or not at all, mode 0600; return its path.

    Raises:
        GoldError: The folder cannot be made or written.
    """
    page = _environment().get_template("report.html.j2").render(**_values(evaluation))
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(
            "w", encoding="utf-8", dir=folder, prefix=".", delete=False
        ) as temporary:
            temporary.write(page)
            temporary.flush()
            os.fsync(temporary.fileno())
        return Path(temporary.name).replace(folder / NAME)
    except OSError:
        raise GoldError("the report's folder cannot be written") from None


def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("deid.evaluate"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _values(evaluation: Evaluation) -> dict[str, object]:
    shown = [plots.by_type(evaluation)]
    shown += [
        plots.by_axis(evaluation, axis, rows)
        for axis in report.AXES
        if (rows := report.cuts(evaluation, axis))
    ]
    return {
        "systems": evaluation.systems,
        "labels": report.labels(evaluation),
        "whole": report.whole(evaluation),
        "axes": [(axis, rows) for axis in report.AXES if (rows := report.cuts(evaluation, axis))],
        "plots": shown,
        "left": plots.LEFT,
        "width": plots.WIDTH,
        "bar": plots.BAR,
        "recall": report.recall,
        "percent": report.percent,
        "limit": LIMIT,
    }
