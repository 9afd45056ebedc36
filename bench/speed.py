"""How fast detection is, and whether its memory grows: ``make bench``.

Words a second of this project with all its layers on, in one process, against stock Presidio with
the full en_core_web_md, on the same text in the same run, one after the other on each part of it,
so that whatever else the machine does hits both. Each text is read once, so that nothing kept from
an earlier reading can help. Prints ratios; times differ from machine to machine.
"""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from itertools import batched, islice
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter

from presidio_analyzer import AnalyzerEngine
from rich.console import Console

from bench import detection, people
from deid.detect.engine import Detector
from deid.detect.words.gazetteer import is_common
from deid.evaluate.baseline import stock_presidio
from deid.ingest import SUFFIXES, Limits, plain, read
from deid.register import Register
from deid.resolve import resolve
from deid.settings import load, shipped
from deid.transcript import Transcript

SAMPLES = Path("sample_data/inbox")
CORPORA = Path("../shared/corpora")
PAIRS = 6
FEW, MANY = 200, 1_000
DIALOGUES = 5
"""Generated dialogues that make one transcript of the memory run, some 250 words."""
STATUS = Path("/proc/self/statm")


def transcripts() -> list[Transcript]:
    """The samples through the readers, and the corpora where they stand beside the project."""
    files = [path for path in sorted(SAMPLES.iterdir()) if path.suffix in SUFFIXES]
    found = [read(path) for path in files]
    for path in sorted(CORPORA.glob("*.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        found += [_transcript(json.loads(line)["text"]) for line in lines]
    return found


def many() -> Iterator[Transcript]:
    """Transcripts that never repeat, for as long as they are asked for."""
    seed = 0
    while True:
        records = [
            *detection.identifiers(Random(seed)),  # noqa: S311  repeatable, not secret
            *people.names(Random(seed)),  # noqa: S311  repeatable, not secret
        ]
        Random(seed).shuffle(records)  # noqa: S311  repeatable, not secret
        for some in batched(records, DIALOGUES):
            yield _transcript("\n".join(record["text"] for record in some))
        seed += 1


def _transcript(text: str) -> Transcript:
    return plain.read(text.encode(), Limits())


def stock(engine: AnalyzerEngine, some: Sequence[Transcript]) -> None:
    """Presidio as one would run it: a call a turn."""
    for transcript in some:
        for turn in transcript.turns:
            engine.analyze(text=turn.text, language="en")


def ours(detector: Detector, some: Sequence[Transcript]) -> None:
    """All layers on, a call a transcript, found names carried through it."""
    for transcript in some:
        resolve(transcript, detector.detect(transcript), is_common=is_common)


def _seconds(work: Callable[[], None]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def speed(console: Console, detector: Detector) -> None:
    """Pairs over parts of the text, the first of each pair by turns; the median ratio."""
    engine, found = stock_presidio(), transcripts()
    parts = [found[place::PAIRS] for place in range(PAIRS)]
    warm = list(islice(many(), 20))
    ours(detector, warm)
    stock(engine, warm)
    ratios = []
    for number, part in enumerate(parts, start=1):
        runs = [lambda part=part: ours(detector, part), lambda part=part: stock(engine, part)]
        order = (0, 1) if number % 2 else (1, 0)
        took = {place: _seconds(runs[place]) for place in order}
        words = sum(transcript.words for transcript in part)
        ratios.append(took[1] / took[0])
        console.print(
            f"part {number}: {words} words, ours {words / took[0]:,.0f} words/s, "
            f"Presidio {words / took[1]:,.0f} words/s, ratio {ratios[-1]:.2f}"
        )
    console.print(f"speed: median {median(ratios):.2f} times stock Presidio (asked for: 2 or more)")


def memory(console: Console, detector: Detector) -> None:
    """Resident memory after 200 and after 1,000 transcripts."""
    if not STATUS.exists():
        console.print("memory: not measured; this system has no /proc")
        return
    source = many()
    ours(detector, list(islice(source, FEW)))
    few = _resident()
    for transcript in islice(source, MANY - FEW):
        ours(detector, [transcript])
    grown = _resident()
    console.print(
        f"memory: {few / 2**20:.0f} MB after {FEW} transcripts, {grown / 2**20:.0f} MB after "
        f"{MANY}, ratio {grown / few:.3f}"
    )


def _resident() -> int:
    pages = int(STATUS.read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def main() -> None:
    """Print both ratios; memory first, before Presidio's model is in it."""
    console = Console(highlight=False)
    detector = Detector(load(shipped()), Register())
    memory(console, detector)
    speed(console, detector)


if __name__ == "__main__":
    main()
