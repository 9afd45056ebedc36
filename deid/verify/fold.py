"""Text as the leak check reads it: folded words, so that no way of writing hides a value.

Compatibility forms, case, accents, invisible characters, punctuation and spacing are levelled,
character by character, so that the folded form of a text is the folded forms of its characters in
a row. Only the leak check reads it; no output is ever made from it.
"""

import re
import unicodedata
from collections.abc import Callable

CELL = "\x01"
"""Stands between the cells of a batch; no value ever matches across it."""
STOP = "\x02"
"""Stands for a stretch that is no evidence, and in :func:`cased` for the end of a sentence."""

_LETTERS = {
    "\u00e6": "ae",
    "\u0153": "oe",
    "\u00f8": "o",
    "\u0142": "l",
    "\u0111": "d",
    "\u00f0": "d",
    "\u00fe": "th",
    "\u0127": "h",
    "\u0131": "i",
}
_SENTENCE_END = frozenset('.?!:;\u2026"\u201c\u201d\n\r\t\u2013\u2014')
_BRACKET = re.compile(r"\[([A-Za-z][A-Za-z '/-]{0,60}?)(?: \d{1,6})?\]")
_TIME = re.compile(r"\b\d{1,3}:[0-5]\d:[0-5]\d(?:[.,]\d{1,3})?\b")


class _Table(dict[int, str]):
    """A translation table that works each character out when it is first met."""

    def __init__(self, of_character: Callable[[str], str]) -> None:
        super().__init__()
        self._of_character = of_character

    def __missing__(self, code: int) -> str:
        self[code] = folded = self._of_character(chr(code))
        return folded


def folded(text: str) -> str:
    """Words in lower case with a space before and after each; cells and stops stand as words."""
    return _words(text.translate(_FOLDED))


def cased(text: str) -> str:
    """As :func:`folded` with capitals as they are, and a stop where a sentence may end."""
    return _words(text.translate(_CASED))


def without_tags(text: str, is_common: Callable[[str], bool]) -> str:
    """Pseudonyms, tags and recording times exchanged for stops.

    A bracket such as ``[Nurse 2]`` goes only when every word in it is common: a name that stands
    in brackets is still found.
    """

    def stop_or_same(match: re.Match[str]) -> str:
        return STOP if all(is_common(w) for w in folded(match[1]).split()) else match[0]

    return _TIME.sub(STOP, _BRACKET.sub(stop_or_same, text))


def _words(text: str) -> str:
    return f" {' '.join(text.split())} "


def _fold_character(character: str) -> str:
    if character in (CELL, STOP):
        return f" {character} "
    return "".join(_fold_part(part) for part in _parts(character)).casefold()


def _case_character(character: str) -> str:
    if character in (CELL, STOP):
        return f" {character} "
    if character in _SENTENCE_END:
        return f" {STOP} "
    return "".join(map(_fold_part, _parts(character)))


def _parts(character: str) -> str:
    """The character's compatibility decomposition, invisible characters left out."""
    if unicodedata.category(character) == "Cf":
        return ""
    return unicodedata.normalize("NFKD", character)


def _fold_part(part: str) -> str:
    """One decomposed character as letters or a digit, "" for an accent, a space for the rest."""
    if unicodedata.combining(part):
        return ""
    digit = unicodedata.digit(part, None)
    if digit is not None:
        return str(digit)
    if not part.isalnum():
        return " "
    plain = _LETTERS.get(part.lower())
    if plain is None:
        return part
    return plain.capitalize() if part.isupper() else plain


_FOLDED = _Table(_fold_character)
_CASED = _Table(_case_character)
