"""Spelling written with hyphens: "S-I-A-N, and the roof", "U-R-Q, then U-H-A-R-T".

Beside ``letters``, which needs what leads in. A transcriber writes hyphens where somebody spells,
so that five letters, a name, or the letters of a word that stands near need nothing else. Those of
an address that was given before, with its digits, are the address again: "Y-A-S, eight eight".
Never "G-C-S-E", "C-O-P-D", nor what is spelt as a lesson ("S-N-I-P").
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import groupby

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import DIGITS, NUMERAL
from deid.detect.spoken.heard.numerals import numeral_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, STOP
from deid.detect.spoken.letters.lessons import abbreviations, is_everyday
from deid.detect.words.allow import allowed
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

_NAME, _RULE = "spoken-letters", "with-hyphens"
_LEADS = frozenset({"then", "and", "and then", "new word", "dash", "hyphen"})
_RUN = re.compile(r"(?<![\w-])[^\W\d_](?:-[^\W\d_]){2,}(?![\w-])")
_ADDRESS = re.compile(r"[\w.+-]{3,40}@|@[\w.]{4,30}|(?:[a-z0-9-]{3,40}\.)+[a-z]{2,6}")
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_SURE, _NEAR, _ADDRESS_NEAR, _REACH, _FEW_PEOPLE = 5, 30, 400, 10, 2
_LONGEST_LEAD = 2


def hyphened_letters(reading: Reading) -> Iterator[Hit]:
    """Hits for names, words and addresses that are spelt so."""
    words = reading.words
    if "-" not in words.folded:
        return
    spelt = 0
    for _, group in groupby(_linked(reading, _runs(reading)), key=lambda each: each[1]):
        spelling = [run for run, _ in group]
        first, last = spelling[0][0], spelling[-1][1]
        parts = ["".join(words.words[low:high]) for low, high in spelling]
        letters = "".join(parts)
        if (end := _address_end(reading, letters, first, last)) > 0:
            yield reading.hit(first, end, EntityType.EMAIL_ADDRESS, 0.8, (_NAME, "address-again"))
        elif _goes_on(reading, spelt, first) or (
            not all(map(_is_known, parts)) and _is_name(reading, letters, first)
        ):
            spelt = last
            yield reading.hit(first, last, EntityType.PERSON, 0.8, (_NAME, _RULE))


def _runs(reading: Reading) -> Iterator[tuple[int, int]]:
    """Tokens of three letters and more that hyphens alone join, half-open."""
    words = reading.words
    for match in _RUN.finditer(words.folded):
        first = bisect_left(words.starts, match.start())
        yield first, first + (len(match.group()) + 1) // 2


def _linked(
    reading: Reading, runs: Iterable[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], int]]:
    """Each run with the number of the spelling that it belongs to."""
    number, end = 0, -1
    for first, last in runs:
        lead = " ".join(reading.words.words[end:first]) if 0 <= first - end <= _LONGEST_LEAD else ""
        near = first == end or lead in _LEADS
        pauses = {reading.words.gap(token) for token in range(end, first + 1)} if near else set()
        if not near or LINE in pauses or STOP in pauses:
            number += 1
        yield (first, last), number
        end = last


def _is_name(reading: Reading, letters: str, first: int) -> bool:
    """Whether the letters are a name's: many, listed, of a word near, or asked for."""
    if _is_known(letters) or letters in allowed().words or letters in _ALPHABET:
        return False
    if len(letters) >= _SURE or lexicon().entry(letters).name > _FEW_PEOPLE:
        return True
    near = reading.words.words[max(0, first - _NEAR) : first]
    return any(len(word) > len(letters) and word.startswith(letters) for word in near) or (
        reading.cues.before(CueKind.NAME, first, reach=_REACH) is not None
    )


def _goes_on(reading: Reading, spelt: int, first: int) -> bool:
    """Whether a name was spelt in the same turn shortly before: "for me S-K-A, for him S-K-I"."""
    words = reading.words
    near = 0 < spelt <= first and first - spelt <= _REACH
    said = {words.words[token] for token in range(spelt, first)}
    return near and "for" in said and not reading.lines_between(spelt - 1, first)


def _is_known(letters: str) -> bool:
    """Whether letters are said for a thing, or spell a word of everyday English."""
    said = letters.upper().replace("O", "0") in abbreviations()
    return said or letters in allowed().acronyms or is_everyday(letters)


def _address_end(reading: Reading, letters: str, first: int, last: int) -> int:
    """The token after the letters and digits of an address that was given before; 0 for none."""
    words = reading.words
    start = words.starts[first]
    given = words.folded[max(0, start - _ADDRESS_NEAR) : start]
    plain = [re.sub(r"[^a-z0-9]", "", each) for each in _ADDRESS.findall(given)]
    if not any(letters in each for each in plain):
        return 0
    digits, end = "", last
    while end < len(words.words) and words.kinds[end] & NUMERAL:
        if words.gap(end) in (LINE, STOP):
            break
        number = numeral_at(words, end)
        digits += DIGITS.get(words.words[end]) or (str(number.value) if number else "")
        end = number.last if number else end + 1
        if any(letters + digits in each for each in plain):
            last = end
    return last
