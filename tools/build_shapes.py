# ruff: noqa: INP001 - a script to run by hand, not a package
"""Makes deid/data/shapes.tsv.gz: which runs of letters are of names, and which of other words.

Run by hand when names, words or the lists of what is kept change, never at run time:

    python tools/build_shapes.py

Two letter models (runs of up to four, each smoothed by the shorter ones) are counted, one on the
names that are nothing else, one on English words and on drugs, brands and the like; what is kept
is how much likelier a letter is in a name than in a word after the three before it, in tenths of
a natural logarithm. The output is byte for byte the same for the same lists.
"""

import gzip
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from deid.detect.words.allow import allowed
from deid.detect.words.gazetteer import lexicon

DATA = Path(__file__).resolve().parent.parent / "deid" / "data"
LONGEST_RUN, SMOOTHING, ALPHABET = 4, 5, 27
KEPT_WEIGHT = 15  # some 2,000 drugs and brands beside 100,000 words
FEWEST, NEAR = 6, 2  # a run is kept if seen so often and so many tenths off its shorter one


def marked(word: str) -> str:
    """With its beginning and its end."""
    return f"^{word}$"


def counted(words: Iterable[tuple[str, int]]) -> Counter[str]:
    """How often each run of letters stands in the words; "" counts all letters."""
    runs: Counter[str] = Counter()
    for word, weight in words:
        text = marked(word)
        for length in range(1, LONGEST_RUN + 1):
            for start in range(len(text) - length + 1):
                runs[text[start : start + length]] += weight
        runs[""] += weight * len(text)
    return runs


def likelihood(runs: Counter[str], run: str) -> float:
    """How likely the last letter of a run is after the others, shorter runs weighed in."""
    found = 1 / ALPHABET
    for length in range(1, len(run) + 1):
        tail = run[-length:]
        found = (runs[tail] + SMOOTHING * found) / (runs[tail[:-1]] + SMOOTHING)
    return found


def plain_words(words: Iterable[str]) -> Iterator[str]:
    """Those of letters alone, long enough to have a shape."""
    return (word for word in sorted(words) if word.isascii() and word.isalpha() and len(word) > 2)  # noqa: PLR2004  two letters have none


def shapes() -> dict[str, int]:
    """Run -> tenths by which its last letter is likelier in a name."""
    lists, kept = lexicon(), allowed().words
    names = counted(
        (word, 1)
        for word in plain_words(lists.names)
        if word not in lists.words and word not in kept
    )
    others = counted(
        [(word, 1) for word in plain_words(lists.words) if word not in lists.names]
        + [(word, KEPT_WEIGHT) for word in plain_words(kept) if word not in lists.names]
    )
    found: dict[str, int] = {}
    for run in sorted(names.keys() | others.keys(), key=lambda run: (len(run), run)):
        if not run or names[run] + others[run] < FEWEST:
            continue
        tenths = round(10 * math.log(likelihood(names, run) / likelihood(others, run)))
        if len(run) == 1 or abs(tenths - shorter(found, run)) >= NEAR:
            found[run] = tenths
    return found


def shorter(found: dict[str, int], run: str) -> int:
    """What is kept of the longest ending of a run."""
    return next((found[run[cut:]] for cut in range(1, len(run)) if run[cut:] in found), 0)


def main() -> None:
    """Write the list."""
    text = "".join(f"{run}\t{tenths}\n" for run, tenths in sorted(shapes().items()))
    with (
        (DATA / "shapes.tsv.gz").open("wb") as raw,
        gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as packed,
    ):
        packed.write(text.encode())


if __name__ == "__main__":
    main()
