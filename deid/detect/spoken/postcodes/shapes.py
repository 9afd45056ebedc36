"""What a whole postcode looks like, and where such characters are one.

Areas come from the list in use, districts are not checked, and an inward part that no postcode has
("6MT", "5OM", misheard or made up) is one all the same: a check raises the score and never vetoes.
Only it has to stand by itself then, so that "B twelve, two a.m." and "the M62, four km" are none.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from deid.detect.spoken.heard.lexicon import (
    DIGIT,
    FIGURE,
    LETTER,
    MIXED,
    NATO,
    SHORT,
    SHORT_WORDS,
    UNITS,
    data,
    postcode_areas,
)
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.stretches import CORRECTED, Stretch
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, STOP, Words

# The inward part never has C I K M O V (Royal Mail PAF Programmers' Guide); "oh" is read as 0.
_OFFICIAL = r"\d[ABD-HJLNP-UW-Z]{2}"
_ODD = r"\d(?:[A-Z][A-Z0]|0[A-Z])"
INWARD: Final = re.compile(_ODD)
_INWARD_SIZE, _TWO = 3, 2
_TIMES = frozenset({"AM", "PM"})


@cache
def _areas() -> str:
    ordered = sorted(postcode_areas(), key=lambda area: (-len(area), area))
    return "|".join(area.replace("O", "[O0]") for area in ordered)


@cache
def official() -> re.Pattern[str]:
    """A whole postcode with an inward part that one may have."""
    return re.compile(rf"(?:(?:{_areas()})\d[\dA-Z]?{_OFFICIAL}|GIR0AA)")


@cache
def _odd() -> re.Pattern[str]:
    return re.compile(rf"(?:{_areas()})\d[\dA-Z]?{_ODD}")


@cache
def _read_back() -> re.Pattern[str]:
    return re.compile(
        rf"((?:{_areas()})\d[\dA-Z]?\d?)\1{{1,3}}(?:\d[A-Z])?\d?(?:[A-Z][A-Z0]|0[A-Z])"
    )


@cache
def _stammered() -> re.Pattern[str]:
    return re.compile(rf"(?:{_areas()})\d[\dA-Z]?(\d)\1[ABD-HJLNP-UW-Z]{{2}}")


@cache
def outward() -> re.Pattern[str]:
    """An area in use and a district."""
    return re.compile(rf"(?:{_areas()})\d[\dA-Z]?")


@cache
def begun() -> re.Pattern[str]:
    """An outward part, said again or with the digit after it: "L S six" / "L S six, three"."""
    return re.compile(rf"(?:(?:{_areas()})\d[\dA-Z]?\d?){{1,4}}\d?")


def with_letter(chars: str) -> str:
    """The characters with the O of an area that was heard as a nought: "Y O two", "O X four"."""
    area = chars[:_TWO].replace("0", "O")
    heard = "0" in chars[:_TWO] and area in postcode_areas()
    return area + chars[_TWO:] if heard else chars


def is_area(chars: str) -> bool:
    """Whether the characters are an area of two letters in use, once or said again."""
    area, times = chars[:_TWO], len(chars) // _TWO
    return area * times == chars and area.replace("0", "O") in postcode_areas()


@cache
def _not_inward() -> frozenset[str]:
    """Two letters that after a number mean something else: "a.m.", "km", "CT", "IV"."""
    words = [*UNITS, *data("abbreviations")["said"], "im", "iv", "sc", "ok", "km", "mi", "cc"]
    return frozenset(word.upper().replace("O", "0") for word in words if len(word) == _TWO)


def whole_ones(reading: Reading, stretch: Stretch, *, cued: bool) -> Iterator[tuple[int, int]]:
    """Half-open ranges of ``stretch.chars`` that are whole postcodes, disjoint and in order."""
    chars, place = stretch.chars, 0
    while place < len(chars):
        end = _end(reading, stretch, place, cued=cued)
        if end:
            yield place, end
        place = end or _next_unit(stretch, place)


def _next_unit(stretch: Stretch, place: int) -> int:
    unit = stretch.units[place]
    while place < len(stretch.chars) and stretch.units[place] == unit:
        place += 1
    return place


def _end(reading: Reading, stretch: Stretch, start: int, *, cued: bool) -> int:
    """Where the postcode that begins at a character ends; 0 where none begins."""
    for pattern, holds in (
        (_read_back(), _is_read_back),
        (official(), _is_credible),
        (_odd(), _is_set_off),
        (_stammered(), _is_stammered),
    ):
        found = pattern.match(stretch.chars, start)
        if found is None or not stretch.whole_units(start, found.end()):
            continue
        match = (start, found.end())
        if _divides(stretch, found.end()) and (cued or holds(reading, stretch, match)):
            return found.end()
    return 0


def _divides(stretch: Stretch, end: int) -> bool:
    """Whether the inward part begins a unit, or is written with the outward one."""
    place = end - _INWARD_SIZE
    unit = stretch.units[place]
    if stretch.units[place - 1] != unit:
        return True
    said = (char for char, each in zip(stretch.chars, stretch.units, strict=True) if each == unit)
    return not "".join(said).isdigit()


def _is_read_back(_: Reading, stretch: Stretch, match: tuple[int, int]) -> bool:
    """As in "N E four five" / "N E four five, yes?" / "two X C"."""
    breaks = stretch.breaks_in(*match)
    return CORRECTED not in breaks and (LINE in breaks or STOP in breaks or PAUSE in breaks)


def _is_stammered(reading: Reading, stretch: Stretch, match: tuple[int, int]) -> bool:
    """As in "N E twenty-nine, seven, um, seven L B": the digit said twice, each by itself."""
    digit = match[1] - _INWARD_SIZE
    apart = stretch.units[digit] != stretch.units[digit - 1]
    return apart and _is_credible(reading, stretch, match)


def _is_credible(reading: Reading, stretch: Stretch, match: tuple[int, int]) -> bool:
    """Not a sentence that happens to give such characters ("B twelve, two at night")."""
    words = reading.words
    if CORRECTED in stretch.breaks_in(*match) or _is_stopped(words, stretch, match):
        return False
    first, last = stretch.tokens(*match)
    said = stretch.spans[stretch.units[match[0]] : stretch.units[match[1] - 1] + 1]
    shorts = [
        low for low, _ in said if words.kinds[low] & SHORT and not words.kinds[low] & DIGIT
    ]  # not the "as in" of an explanation
    if not all(words.text[words.starts[each] : words.ends[each]].isupper() for each in shorts):
        return False
    singles = sum(1 for token in range(first, last) if words.kinds[token] & (MIXED | FIGURE))
    if singles or words.words[last - 1] not in ("a", "i"):
        return True
    closed = last >= len(words.words) or words.gap(last) != SPACE
    return closed and bool(words.kinds[last - 2] & LETTER)


def _is_stopped(words: Words, stretch: Stretch, match: tuple[int, int]) -> bool:
    """Whether a sentence ends inside: not "H.U.5 3.R.S", not "FK8, one... 1TB"."""
    start, end = match
    for unit in range(stretch.units[start] + 1, stretch.units[end - 1] + 1):
        between = words.between(stretch.spans[unit][0])
        if stretch.breaks[unit] == STOP and between != "." and ".." not in between:
            return "\u2026" not in between
    return False


def _is_set_off(reading: Reading, stretch: Stretch, match: tuple[int, int]) -> bool:
    """An inward part that does not exist: nothing else may be said in one breath with it."""
    start, end = match
    letters, area = stretch.chars[end - _TWO : end], stretch.chars[start + 1].isalpha()
    if not _is_credible(reading, stretch, match):
        return False
    known = letters in _not_inward() and not _is_spelt(reading, stretch, end)
    if known and (
        not area or letters in _TIMES or stretch.units[end - 1] == stretch.units[end - _INWARD_SIZE]
    ):
        return False
    if not area and (LINE in stretch.breaks_in(*match) or _is_word(letters)):
        return False
    begin, after = stretch.units[start], stretch.units[end - 1] + 1
    before = begin == 0 or stretch.breaks[begin] != SPACE
    return before and stretch.breaks[after : after + 1] != SPACE and not stretch.quantity


def _is_spelt(reading: Reading, stretch: Stretch, end: int) -> bool:
    """Whether the last two letters are said in the spelling alphabet or explained."""
    spans = [stretch.spans[stretch.units[place]] for place in (end - _TWO, end - 1)]
    kinds = reading.words.kinds
    return all(last - first > _TWO or kinds[first] & NATO for first, last in spans)


def _is_word(letters: str) -> bool:
    return letters.replace("0", "O").lower() in SHORT_WORDS
