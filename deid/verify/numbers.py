"""Figures, written and said, as one string of digits.

"999 000 0018", "nine nine nine, triple oh" and "ninety-nine nine" are the same digits; the leak
check compares nothing else of a number.
"""

import re
from collections.abc import Iterator

from deid.verify.dates import TENS, UNITS

_DIGIT = {word: str(value) for value, word in enumerate(UNITS)}
_DIGIT |= dict.fromkeys(("oh", "o", "nought", "naught", "nil"), "0")
_TENS = {word: str(value) for value, word in enumerate(TENS, 2)}
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_FILLER = ("um", "uh", "er", "erm", "and", "yep", "yeah")
_WORDS = "|".join(sorted({*_DIGIT, *_TENS, *_TIMES, *_FILLER}, key=len, reverse=True))
_RUN = re.compile(rf"(?: (?:\d+|{_WORDS})(?= ))+")
SHORTEST = 6
"""Fewer digits than these occur by chance in any talk of doses and dates."""


def runs(words: str) -> Iterator[tuple[int, str]]:
    """Each run of numbers in folded words: where it starts, and its digits, six or more."""
    for match in _RUN.finditer(words):
        if match.end() - match.start() > SHORTEST:
            figures = digits(match.group().split())
            if len(figures) >= SHORTEST:
                yield match.start(), figures


def digits(tokens: list[str]) -> str:
    """The digits that number words and figures give; every other word gives none."""
    out: list[str] = []
    times, tens = 1, ""
    for token in tokens:
        figure = _DIGIT.get(token) or (token if token.isdecimal() else "")
        if tens and (len(figure) != 1 or figure == "0"):
            out.append(f"{tens}0")
            tens = ""
        if figure:
            out.append(tens + figure * times)
            times, tens = 1, ""
        elif token in _TENS:
            tens = _TENS[token]
        elif token in _TIMES:
            times = _TIMES[token]
    return "".join([*out, f"{tens}0" if tens else ""])
