"""How well identifiers are found, in figures that anyone can repeat on their own gold texts.

The same items go through this project's detection and, side by side in the same run, through
stock Presidio. Figures carry no speech; only the HTML page does, and says so.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from deid.evaluate.gold import predictions_from, read_gold
from deid.evaluate.measure import measure
from deid.evaluate.page import write_html
from deid.evaluate.report import render_table, to_json
from deid.evaluate.scores import Evaluation
from deid.evaluate.values import GoldError, Item, Predict, PredictedSpan

__all__ = [
    "Evaluation",
    "GoldError",
    "Item",
    "Predict",
    "PredictedSpan",
    "evaluate",
    "predictions_from",
    "render_table",
    "to_json",
    "write_html",
]


def evaluate(
    gold: Path | Sequence[Path],
    *,
    predict: Predict,
    name: str = "deid",
    baselines: Mapping[str, Predict] | None = None,
) -> Evaluation:
    """Run every system over the same gold and score it.

    Args:
        gold: One or more gold files (JSON Lines).
        predict: The system under test, such as ``predictions_from(path)``.
        name: What the tables call it.
        baselines: Further systems by name, such as ``{"presidio": presidio}``.

    Raises:
        GoldError: A gold or predictions file is broken; the message says where.
    """
    items = read_gold([gold] if isinstance(gold, Path) else list(gold))
    systems = {name: predict, **(baselines or {})}
    return Evaluation(
        items=len(items),
        systems=tuple(measure(system, items, answer(items)) for system, answer in systems.items()),
    )
