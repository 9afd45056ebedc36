"""Figures, written and said, as one string of digits.

"999 000 0018", "nine nine nine, triple oh" and "nine hundred" are read as digits; the leak check
compares nothing else of a number.
"""

import re
from collections.abc import Iterator

from deid.verify.dates import TENS, UNITS

_DIGIT = {word: str(value) for value, word in enumerate(UNITS)}
_DIGIT |= dict.fromkeys(("oh", "o", "nought", "naught", "nil"), "0")
_TENS = {word: str(value) for value, word in enumerate(TENS, 2)}
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_FILLER = ("um", "uh", "er", "erm", "and", "yep", "yeah")
_ZEROS = {"hundred": 2, "thousand": 3}
_WORDS = "|".join(sorted({*_DIGIT, *_TENS, *_TIMES, *_ZEROS, *_FILLER}, key=len, reverse=True))
_UNIT, _TEN = "|".join(UNITS[1:]), "|".join(TENS)
_ROUND = re.compile(
    rf"(?:\b(\d+|{_UNIT}) )?\b({'|'.join(_ZEROS)})\b"
    rf"(?:(?: and)? ((?:{_TEN}) (?:{_UNIT})|{_TEN}|{_UNIT})\b)?"
)
_RUN = re.compile(rf"(?: (?:\d+|{_WORDS})(?= ))+")
SHORTEST = 6
"""Fewer digits than these occur by chance in any talk of doses and dates."""


def runs(words: str) -> Iterator[tuple[int, str]]:
    """Each run of numbers in folded words: where it starts, and its digits, six or more."""
    for match in _RUN.finditer(words):
        if match.end() - match.start() > SHORTEST:
            for figures in digits(match.group().split()):
                if len(figures) >= SHORTEST:
                    yield match.start(), figures


def digits(tokens: list[str]) -> tuple[str, ...]:
    """The digits that number words and figures give; every other word gives none.

    "Nine hundred and twelve" is 912, and within a telephone number also 900 12: two answers.
    """
    if _ZEROS.keys().isdisjoint(tokens):
        return (_one_by_one(tokens),)
    said = " ".join(tokens)
    readings = (_ROUND.sub(each, said).split() for each in (_apart, _together))
    return tuple(dict.fromkeys(map(_one_by_one, readings)))


def _apart(match: re.Match[str]) -> str:
    """Nine hundred, three: 900 3."""
    head, size, rest = match.groups()
    return f"{_DIGIT.get(head, head or '1')}{'0' * _ZEROS[size]} {rest or ''}"


def _together(match: re.Match[str]) -> str:
    """Nine hundred and three: 903."""
    head, size, rest = match.groups()
    last = _one_by_one((rest or "").split()).zfill(_ZEROS[size])
    return f"{_DIGIT.get(head, head or '1')}{last}"


def _one_by_one(tokens: list[str]) -> str:
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
