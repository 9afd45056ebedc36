"""How much a word of no list looks like a name, letter by letter.

Lists of names end, names do not: "Kantilal" and "Harbhajan" stand in none, but are built like
those that do. This is a hint of the weakest kind and only for words that no list knows; brands and
dialect look like names too, so it never decides against an allowed word. See shapes.tsv.gz.
"""

import gzip
from functools import cache, lru_cache
from importlib import resources

from deid.detect.words.gazetteer import plain

_LONGEST_RUN, _SHORTEST = 4, 4
_NOTHING = -10.0


@cache
def _runs() -> dict[str, int]:
    """Run of letters -> tenths (of a natural logarithm) by which it is likelier in a name."""
    packed = resources.files("deid.data").joinpath("shapes.tsv.gz").read_bytes()
    rows = (line.split("\t") for line in gzip.decompress(packed).decode().splitlines())
    return {run: int(tenths) for run, tenths in rows}


@lru_cache(maxsize=20_000)
def likeness(low: str) -> float:
    """How much likelier a letter of a folded word is in names than in words; about -3 to 3.

    Above 0.35 lie three in four unlisted names and one in forty unlisted English words. Short
    words, and such as are not of Latin letters alone, are like nothing.
    """
    word = plain(low)
    if len(word) < _SHORTEST or not (word.isascii() and word.isalpha()):
        return _NOTHING
    text, runs, total = f"^{word}$", _runs(), 0
    for last in range(2, len(text) + 1):
        for first in range(max(0, last - _LONGEST_RUN), last):
            if text[first:last] in runs:
                total += runs[text[first:last]]
                break
    return total / 10 / (len(text) - 1)
