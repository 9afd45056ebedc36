"""Both systems through everything there is gold for: ``python -m bench.examine [FOLDER]``.

The generated examination, the sample transcripts and, where they stand beside the project, the
development corpora. Prints the tables; with a folder, writes figures and page into it.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from bench import detection
from deid.annotating import annotate_text
from deid.detect.engine import Detector
from deid.evaluate import (
    Item,
    PredictedSpan,
    evaluate,
    render_table,
    to_json,
    write_html,
)
from deid.evaluate.baseline import NAME, presidio
from deid.register import Register
from deid.settings import load, shipped

SAMPLES = Path("sample_data/gold")
CORPORA = Path("../shared/corpora")


def ours(items: Sequence[Item]) -> Sequence[Sequence[PredictedSpan]]:
    """Detection as `deid annotate` does it, without a register."""
    detector = Detector(load(shipped()), Register())
    return [
        [
            PredictedSpan(span.start, span.end, span.label, span.score, span.recogniser)
            for span in annotate_text(item.text, detector)
        ]
        for item in items
    ]


def gold(which: str, *, seed: int) -> list[Path]:
    """The gold files of one kind."""
    if which == "generated":
        return detection.make(detection.OUT, seed=seed)
    return sorted((SAMPLES if which == "samples" else CORPORA).glob("*.jsonl"))


def main() -> None:
    """Evaluate and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--seed", type=int, default=detection.SEED)
    parser.add_argument(
        "--gold", nargs="+", default=["generated"], choices=["generated", "samples", "corpora"]
    )
    parser.add_argument("--without-baseline", action="store_true")
    options = parser.parse_args()
    paths = [path for which in options.gold for path in gold(which, seed=options.seed)]
    baselines = {} if options.without_baseline else {NAME: presidio}
    evaluation = evaluate(paths, predict=ours, baselines=baselines)
    Console().print(render_table(evaluation))
    if options.folder:
        page = write_html(evaluation, options.folder)
        page.with_suffix(".json").write_text(to_json(evaluation), encoding="utf-8")


if __name__ == "__main__":
    main()
