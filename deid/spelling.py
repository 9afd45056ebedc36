"""Names spelt out: single letters and NATO's words as the name that they make, and back."""

from collections.abc import Iterator, Sequence
from itertools import groupby

SHORTEST_NAME = 3
"""Letters from which a name is sought elsewhere by its letters."""


def joined_letters(words: Sequence[str]) -> str:
    """The name that folded words spell letter by letter, in any of the ways people do; else "".

    "s h e i k h", "double l", "s for sugar", NATO's words; the words between ("for sugar") are
    passed over.
    """
    name, times, step = "", 1, 0
    while step < len(words):
        word = words[step]
        if word in {"for", "as", "in", "like"} and name:
            step += 1 if word == "as" else 2
            continue
        if word in _TIMES:
            times = _TIMES[word]
        elif (len(word) == 1 and word.isalpha()) or word in _NATO:
            name += word[0] * times
            times = 1
        elif word != "ray":
            return ""
        step += 1
    return name if len(name) >= SHORTEST_NAME else ""


def letter_forms(name: str) -> Iterator[tuple[str, ...]]:
    """A folded name in single letters, with double letters said so, and in NATO's words."""
    yield tuple(name)
    runs = [(letter, len(list(run))) for letter, run in groupby(name)]
    if any(length == _TIMES["double"] for _, length in runs):
        yield tuple(
            word
            for letter, length in runs
            for word in (("double", letter) if length == _TIMES["double"] else (letter,) * length)
        )
    if all(letter in _BY_LETTER for letter in name):
        yield tuple(word for letter in name for word in _BY_LETTER[letter])


_TIMES = {"double": 2, "triple": 3, "treble": 3}
_NATO = frozenset(
    {"alpha", "alfa", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india",
     "juliet", "juliett", "kilo", "lima", "mike", "november", "oscar", "papa", "quebec", "romeo",
     "sierra", "tango", "uniform", "victor", "whiskey", "whisky", "xray", "yankee", "zulu"}
)  # fmt: skip
_BY_LETTER = {word[0]: (word,) for word in sorted(_NATO, reverse=True)} | {"x": ("x", "ray")}
