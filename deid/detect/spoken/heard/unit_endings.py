"""The ends of postcodes and number plates that are written or said as a word.

"Six ta", "one er" after an outward part; "MX21, erm, ZTE", "L J one one, EBX" after the age mark of
a number plate, "M 810, YUT" after what an old one begins with. They are characters only there;
never where another word goes on from them.
"""

import re
from collections.abc import Sequence
from typing import Final

from deid.detect.spoken.heard.explaining import joined
from deid.detect.spoken.heard.lexicon import LETTER, SHORT, SKIP, STREET, data
from deid.detect.spoken.heard.units import Unit
from deid.detect.spoken.heard.words import HYPHEN, LINE, PAUSE, SPACE, STOP, Words

_LONGEST: Final = 9
_INWARD = re.compile(r"[abd-hjlnp-uw-z]{2}")
_BEFORE_INWARD = re.compile(r"(?<![A-Z])[A-Z]{1,2}\d[\dA-Z]?\d$")
_LACKS_INWARD = re.compile(r"(?<![A-Z])[A-Z]{1,2}\d[\dA-Z]?\d[A-Z]?$")
_PLATE_LETTERS = re.compile(r"[a-hj-pr-z]{3}")
_BEFORE_LETTERS = re.compile(r"(?<![A-Z0-9])(?:[A-Z][A-Z0]\d{2}|0[A-Z]\d{2}|[A-Z]\d{2,3})$")
_LACKS_LETTER = re.compile(r"(?<![A-Z0-9])[A-Z]{2}\d{2}[A-Z]{2}$")
_WORDS = frozenset(data("lexicon")["three_letter_words"])


def ends_postcode(words: Words, units: Sequence[Unit], *, corrected: bool) -> bool:
    """Whether the next token is the end of a postcode, though it is a word.

    Args:
        words: The text.
        units: What was read so far.
        corrected: Whether the last of them takes something back.
    """
    token = units[-1].last
    if not joined(words, token) or not _INWARD.fullmatch(words.words[token]):
        return False
    if not words.kinds[token] & (SHORT | SKIP | STREET) or len(units[-1].chars) != 1:
        return False
    after = token + 1
    if after < len(words.words) and words.gap(after) not in (STOP, LINE, PAUSE):
        return False
    chars = _said(units)
    return bool(_BEFORE_INWARD.search(chars)) or (
        corrected and chars[-1].isdigit() and not chars.isdigit()
    )


def past_article(words: Words, units: Sequence[Unit], token: int, gap: str) -> int:
    """The token after the article of "B S four, two P, and an H"; ``token`` where it is none.

    "A" is an article in small letters among capitals, or where one letter alone is wanting.
    """
    word = words.words[token]
    if word not in ("a", "an") or gap == LINE or not joined(words, token + 1):
        return token
    lacks = _LACKS_INWARD.search(_said(units))
    letter = len(words.words[token + 1]) == 1 and words.kinds[token + 1] & LETTER
    if lacks is None or not letter or not _closes(words, token + 2):
        return token
    small = words.cased and words.text[words.starts[token]] == "a"
    return token + 1 if word == "an" or small or lacks[0][-1].isalpha() else token


def _closes(words: Words, token: int) -> bool:
    """Whether a clause ends before a token, or one letter more is told."""
    return words.closes(token) or words.words[token : token + 2] in (["and", "a"], ["and", "an"])


def ends_plate(words: Words, units: Sequence[Unit], token: int, gap: str) -> bool:
    """Whether a token is the three letters of a number plate, by capitals or by no meaning."""
    word = words.words[token]
    if word == "a" and gap == SPACE:  # "f y twenty-four t w a, come to ..."
        return _LACKS_LETTER.search(_said(units)) is not None
    if gap not in (SPACE, PAUSE, HYPHEN) or words.kinds[token]:
        return False
    if not _PLATE_LETTERS.fullmatch(word) or not _BEFORE_LETTERS.search(_said(units)):
        return False
    if words.cased:
        return words.text[words.starts[token] : words.ends[token]].isupper()
    after = token + 1
    closed = words.closes(after) or words.words[after] in _AFTER_PLATE
    return closed and word not in _WORDS


_AFTER_PLATE = frozenset({"please", "is", "it's", "and", "on", "that's", "thanks"})


def _said(units: Sequence[Unit]) -> str:
    return "".join(unit.chars for unit in units[-_LONGEST:])
