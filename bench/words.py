"""Digits and letters as people say them in Britain, and as a transcriber then writes them.

Sources are ears, not rules of the recognisers: this side must never import ``deid.detect``.
"""

from collections.abc import Sequence
from itertools import groupby
from random import Random

from bench.data import lists

UNITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEENS = lists("said")["teens"]
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
REPEATS = {2: "double", 3: "triple"}
NOUGHTS = ("oh", "oh", "oh", "zero", "zero", "nought", "o")
ORDINALS = lists("said")["ordinals"]
FILLERS = (", er, ", ", um, ", " uh ", ", erm, ", "... ", ", let me think, ", " um, ", ", like, ")
REPAIRS = (", sorry, ", ", no, ", ", no sorry, ", ", no wait, ", ", I mean ", " - sorry - ")
NODS = ("Yep.", "Mm-hmm.", "Right.", "Okay.", "Yeah.", "Go on.", "Uh-huh.", "Got that.")
NATO = lists("said")["nato"]
FOR_WORDS = lists("said")["for_words"]


def number(value: int, *, hyphen: bool = True) -> str:
    """0 to 99 in words."""
    if value < len(UNITS):
        return UNITS[value]
    if value < 2 * len(UNITS):
        return TEENS[value - 10]
    tens, unit = divmod(value, 10)
    return TENS[tens] + (("-" if hyphen else " ") + UNITS[unit] if unit else "")


def ordinal(value: int, *, hyphen: bool = True) -> str:
    """1 to 31 as an ordinal in words."""
    if value <= len(ORDINALS):
        return ORDINALS[value - 1]
    if value == 30:  # noqa: PLR2004  the one round number past twenty in a month
        return "thirtieth"
    tens, unit = divmod(value, 10)
    return TENS[tens] + ("-" if hyphen else " ") + ORDINALS[unit - 1]


def singly(digits: str, nought: str) -> str:
    """Each digit by itself."""
    return " ".join(nought if digit == "0" else UNITS[int(digit)] for digit in digits)


def doubled(digits: str, nought: str) -> str:
    """Runs of two and three as double and triple, the rest singly."""
    said = []
    for digit, run in groupby(digits):
        length, word = len(list(run)), nought if digit == "0" else UNITS[int(digit)]
        while length:
            step = min(length, 3)
            said.append(f"{REPEATS[step]} {word}" if step in REPEATS else word)
            length -= step
    return " ".join(said)


def by_tens(digits: str, nought: str, *, hyphen: bool = True) -> str:
    """In pairs ("oh seven, forty-six"); an odd digit goes first; round hundreds as such."""
    if len(digits) == 3 and digits.endswith("00") and digits[0] != "0":  # noqa: PLR2004  "nine hundred"
        return f"{UNITS[int(digits[0])]} hundred"
    first = len(digits) % 2
    said = [singly(digits[:first], nought)] if first else []
    for start in range(first, len(digits), 2):
        pair = digits[start : start + 2]
        if pair[0] == "0":
            said.append(doubled(pair, nought))
        else:
            said.append(number(int(pair), hyphen=hyphen))
    return " ".join(said)


def letters(word: str, rng: Random, *, style: str) -> str:
    """A word's letters: "singly", "hyphens", "double", "nato" or "for"."""
    signs = [sign for sign in word.upper() if sign.isalpha() and sign.isascii()]
    if style == "hyphens":
        return "-".join(signs)
    if style == "nato":
        return " ".join(NATO[ord(sign) - 65] for sign in signs)
    if style == "for":
        link = rng.choice(("for", "for", "as in"))
        return ", ".join(f"{sign} {link} {FOR_WORDS[ord(sign) - 65]}" for sign in signs)
    if style == "double":
        runs = [(sign, len(list(run))) for sign, run in groupby(signs)]
        return " ".join(f"double {sign}" if n == 2 else " ".join([sign] * n) for sign, n in runs)  # noqa: PLR2004  double is two
    return " ".join(signs)


def with_filler(groups: Sequence[str], rng: Random) -> str:
    """Groups with one hesitation between two of them, commas elsewhere."""
    where = rng.randrange(1, len(groups))
    said = groups[0]
    for place, group in enumerate(groups[1:], start=1):
        said += (rng.choice(FILLERS) if place == where else ", ") + group
    return said


def corrected(groups: Sequence[str], wrong: str, where: int, rng: Random) -> str:
    """Groups with ``wrong`` said, and taken back, before the group at ``where``."""
    repaired = wrong + rng.choice(REPAIRS) + groups[where]
    return ", ".join([*groups[:where], repaired, *groups[where + 1 :]])
