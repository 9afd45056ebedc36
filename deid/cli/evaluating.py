"""``deid evaluate``: how well identifiers are found, side by side with stock Presidio."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deid import settings
from deid.cli.options import ConfigOption, console
from deid.files import write_atomically
from deid.register import Register

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deid.evaluate import Item, Predict, PredictedSpan


class Baseline(StrEnum):
    """What the detection may be held against."""

    PRESIDIO = "presidio"


def evaluate(
    gold: Annotated[list[Path], typer.Argument(metavar="GOLD.jsonl", help="Gold spans.")],
    config: ConfigOption = None,
    predictions: Annotated[
        Path | None,
        typer.Option("--predictions", help="Score this file of `deid annotate` instead."),
    ] = None,
    baseline: Annotated[
        Baseline | None, typer.Option("--baseline", help="Run this over the same texts too.")
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option("--report", help="Folder for evaluation.json and an HTML page (raw text!)."),
    ] = None,
) -> None:
    """Measure recall, precision and needless removal on texts with gold spans.

    A mention counts as caught only when every word of it is masked. Nothing leaves this machine;
    the HTML page shows raw text and must stay inside the trust.
    """
    from deid import evaluate as evaluation  # noqa: PLC0415 - loads jinja2 and rich plots

    predict = evaluation.predictions_from(predictions) if predictions else _detection(config)
    baselines: dict[str, Predict] = {}
    if baseline is Baseline.PRESIDIO:
        from deid.evaluate.baseline import presidio  # noqa: PLC0415 - loads a whole model

        baselines[baseline.value] = presidio
    result = evaluation.evaluate(gold, predict=predict, baselines=baselines)
    console.print(evaluation.render_table(result))
    if report:
        page = evaluation.write_html(result, report)
        write_atomically(page.with_suffix(".json"), evaluation.to_json(result).encode())
        console.print(f"Report in {report}: holds raw text, keep it inside the trust", markup=False)


def _detection(config: Path | None) -> "Predict":
    from deid.annotating import annotate_text  # noqa: PLC0415 - loads spaCy, which takes seconds
    from deid.detect.engine import Detector  # noqa: PLC0415
    from deid.evaluate import PredictedSpan  # noqa: PLC0415

    detector = Detector(settings.load(config or settings.shipped()), Register())

    def predict(items: "Sequence[Item]") -> "list[list[PredictedSpan]]":
        return [
            [
                PredictedSpan(span.start, span.end, span.label, span.score, span.recogniser)
                for span in annotate_text(item.text, detector)
            ]
            for item in items
        ]

    return predict
