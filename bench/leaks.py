"""How long the leak check takes, and whether its memory grows: ``python -m bench.leaks``.

Listed names and made-up numbers are the vault; the sample transcripts, over and over, with made-up
words strewn in, are the text, so that no two parts are quite the same. Half the text and all of it
are searched in a process each: twice the words may not need more memory. Prints ratios; times
differ from machine to machine.
"""

import argparse
import resource
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path
from random import Random
from string import ascii_lowercase
from time import perf_counter

from rich.console import Console

from deid.detect.words.gazetteer import is_common, lexicon
from deid.ingest import SUFFIXES, Limits, read
from deid.leaks import is_word, kept_phrases
from deid.transcript import EntityType
from deid.verify import Scope, Searcher, SearchValue, Source

SAMPLES = Path("sample_data/inbox")
CELLS = 2_000
"""Turns searched at once, as from one file."""
EVERY = 200
"""In so many words one is made up: a name, a mistyping."""
SEED = 4


def values(count: int) -> Iterator[SearchValue]:
    """What a vault holds: three of four are names."""
    rng = Random(SEED)  # noqa: S311 - the same text every time, no secrets
    names = sorted(name for name in lexicon().names if name.isalpha())
    for number in range(count):
        kind, text = EntityType.PERSON, f"{rng.choice(names)} {rng.choice(names)}"
        if number % 4 == 1:
            kind, text = EntityType.PHONE_NUMBER, f"01632 960{rng.randrange(1000):03}"
        if number % 8 == 1:
            kind, text = EntityType.UK_NHS, f"999{rng.randrange(10**7):07}"
        source = Source.REGISTER if number % 10 == 0 else Source.ORIGINAL
        yield SearchValue(text, kind, source, Scope.STUDY)


def batches(words: int) -> Iterator[list[str]]:
    """So many words of talk, in the amounts in which files are searched."""
    rng = Random(SEED)  # noqa: S311 - the same text every time, no secrets
    paths = sorted(path for path in SAMPLES.iterdir() if path.suffix in SUFFIXES)
    said = [turn.text for path in paths for turn in read(path, limits=Limits()).turns if turn.text]
    done = 0
    while done < words:
        cells = []
        for text in rng.choices(said, k=CELLS):
            spoken = text.split()
            done += len(spoken)
            for at in range(rng.randrange(EVERY), len(spoken), EVERY):
                spoken[at] = "".join(rng.choices(ascii_lowercase, k=rng.randint(4, 9)))
            cells.append(" ".join(spoken))
        yield cells


def measure(job: tuple[int, int]) -> tuple[float, float, int, int]:
    """Seconds to get ready and to search, what was found, and the most memory in mebibytes."""
    count, words = job
    began = perf_counter()
    searcher = Searcher(values(count), is_common=is_common, is_word=is_word, kept=kept_phrases())
    ready = perf_counter()
    found, searching = 0, 0.0
    for cells in batches(words):
        start = perf_counter()
        found += sum(1 for _ in searcher.search(cells))
        searching += perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return ready - began, searching, found, peak


def main() -> None:
    """Search half of the text and all of it, and few values and all of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--values", type=int, default=10_000)
    parser.add_argument("--words", type=int, default=1_000_000)
    asked = parser.parse_args()
    jobs = [
        (asked.values, asked.words),
        (asked.values, asked.words // 2),
        (asked.values // 10, asked.words // 2),
    ]
    with get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        whole, half, few = pool.map(measure, jobs, chunksize=1)
    console = Console()
    console.print(
        f"{asked.values} values, {asked.words} words: ready in {whole[0]:.1f} s, searched in "
        f"{whole[1]:.1f} s ({whole[2]} found), {whole[3]} MiB at most"
    )
    console.print(f"memory for twice the words: {whole[3] / half[3]:.2f} times")
    console.print(f"time for ten times the values: {half[1] / few[1]:.2f} times")


if __name__ == "__main__":
    main()
