"""Calendar days in figures: "12/03/1958", "1958-03-12", and without a year "23/10", "12/02".

Without a year only what can be no fraction, score or pressure is one: a month of two digits after
a day past any score's ten, or a nought before one of the two. Never "24/7", "120/80", "10/10".
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

from deid.detect.spoken.dates.day import asked_when, goes_on, is_led
from deid.detect.spoken.heard.lexicon import FIGURE, MONTHS
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import Words

_FULL = re.compile(
    r"(?<![\d./-])(?:(\d{1,2})\s?([/.-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})|(\d{4})([/.-])(\d{1,2})\6(\d{1,2}))(?![\d/]|[.-]\d)"
)
_ODD = re.compile(
    r"(?<![\d./\\_-])(\d{1,2})[/.\-\u2013\u2014\\\u00b7_](\d{1,2})[/.\-\u2013\u2014\\\u00b7_](\d{4}|\d\d)"
    r"(?!\d|[.\-/]\d)"
)
_MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_GLUED = re.compile(rf"(?<![^\W_])(\d{{1,2}})({_MONTH_NAMES})[.\s]?(\d{{4}}|\d\d)(?!\d)")
_ROMAN = re.compile(
    r"(?<![^\W_])(\d{1,2})[./ ](i{1,3}|iv|vi{0,3}|ix|xi{0,2})[./ ](\d{4}|\d\d)(?!\d)"
)
_NUMERALS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_CUED = re.compile(
    r"\b(?:born|birthday|dob|admitted|discharged|died|due|seen)(?: is|'s| was|:)?(?: on)? "
    r"(\d{1,2})[/.](\d{1,2})(?![/.\d-])"
)
_OF_THE = re.compile(r"(?<![\d./])(\d{1,2}) of the (\d{1,2}),? (?:of )?(\d{4}|\d\d)(?!\w|[./]\d)")
_EARLIEST = 20
_DATED = frozenset(
    {"discharged", "admitted", "seen", "on", "dated", "dob", "born", "date:", "dob:"}
)
_NUMBERED = frozenset(
    {"section", "version", "v", "chapter", "paragraph", "para", "figure", "table"}
)
_SHORT = re.compile(r"(?<![\d./£$€:-])(\d{1,2})/(\d{2})(?![\d/%]|[.-]\d)")
_SLASHED = re.compile(r"(?<![\d./£$€:-])(\d{1,2})/(\d|1[0-2])(?![\d/%]|[.-]\d)")
_OUT_OF = frozenset({"10"})
_FRACTIONS = frozenset({"1/2", "1/3", "2/3", "1/4", "3/4"})
_AMOUNT_LEADS = frozenset({"from", "by", "was", "it's", "before", "after", "until", "till"})
_MONTHS, _DAYS, _SCORES = 12, 31, 12
_SCORED = frozenset({"a", "an", "scored", "score", "scores", "got", "of", "was", "vision", "gave"})
_SHORTEST_DOTTED = 6


class FigureDay(NamedTuple):
    """Offsets (half-open) and numbers of a day; the year is 0 where none was written."""

    start: int
    end: int
    day: int
    month: int
    year: int


def figure_days(reading: Reading) -> Iterator[FigureDay]:
    """All days in figures, in order within each form."""
    words = reading.words
    yield from _glued(words)
    yield from _with_cue_or_numeral(words)
    if not any(kind & FIGURE for kind in words.kinds):
        return
    yield from _odd(words)
    for match in _FULL.finditer(words.folded):
        parts = [int(part) for part in match.groups() if part and part.isdigit()]
        iso = match[5] is not None
        year = parts[0] if iso else parts[2]
        smaller, larger = sorted(parts[1:] if iso else parts[:2])
        if not (1 <= smaller <= _MONTHS and larger <= _DAYS and larger):
            continue
        dotted = match[2] == "." and not iso
        if dotted and len(match[1] + match[3] + match[4]) < _SHORTEST_DOTTED:
            before = words.folded[max(0, match.start() - 16) : match.start()].split()[-1:]
            told = year >= _EARLIEST or _DATED.intersection(before)
            if not told or _NUMBERED.intersection(before):
                continue
        yield FigureDay(match.start(), match.end(), larger, smaller, year)
    yield from _without_year(words)
    yield from _led_up_to(reading)


def _glued(words: Words) -> Iterator[FigureDay]:
    """As in "4May1961", "04MAY61"."""
    for match in _GLUED.finditer(words.folded):
        day = int(match[1])
        if 1 <= day <= _DAYS:
            yield FigureDay(*match.span(), day, MONTHS[match[2]], int(match[3]))


def _with_cue_or_numeral(words: Words) -> Iterator[FigureDay]:
    """As in "4.v.61", and after "born on": "4/5"."""
    for match in _ROMAN.finditer(words.folded):
        day, month = int(match[1]), _NUMERALS.index(match[2]) + 1
        if 1 <= day <= _DAYS:
            yield FigureDay(match.start(), match.end(), day, month, int(match[3]))
    for match in _OF_THE.finditer(words.folded):  # "29 of the 2, 2016"
        day, month = int(match[1]), int(match[2])
        if 1 <= day <= _DAYS and 1 <= month <= _MONTHS:
            yield FigureDay(match.start(), match.end(), day, month, int(match[3]))
    for match in _CUED.finditer(words.folded):
        smaller, larger = sorted((int(match[1]), int(match[2])))
        if 1 <= smaller <= _MONTHS and larger <= _DAYS:
            yield FigureDay(match.start(1), match.end(), larger, smaller, 0)


def _odd(words: Words) -> Iterator[FigureDay]:
    """With signs that people rarely part a date by, or two different ones: "4_5_1961", "4/5-61"."""
    for match in _ODD.finditer(words.folded):
        smaller, larger = sorted((int(match[1]), int(match[2])))
        if 1 <= smaller <= _MONTHS and larger <= _DAYS and not _FULL.fullmatch(match.group()):
            yield FigureDay(match.start(), match.end(), larger, smaller, int(match[3]))


def _without_year(words: Words) -> Iterator[FigureDay]:
    if "/" not in words.folded:
        return
    for match in _SHORT.finditer(words.folded):
        day, month = int(match[1]), int(match[2])
        if not (1 <= day <= _DAYS and 1 <= month <= _MONTHS):
            continue
        nought = match[1][0] == "0" or match[2][0] == "0"
        before = words.folded[max(0, match.start() - 16) : match.start()].split()[-1:]
        scored = not nought and bool(_SCORED.intersection(before))
        if nought or (day > _SCORES and not scored):
            yield FigureDay(match.start(), match.end(), day, month, 0)


def _led_up_to(reading: Reading) -> Iterator[FigureDay]:
    """As in "due 19/4", "Saturday 8/5 at nine", and where a date was asked for: "27/7"."""
    words = reading.words
    for match in _SLASHED.finditer(words.folded) if "/" in words.folded else ():
        smaller, larger = sorted((int(match[1]), int(match[2])))
        if not (1 <= smaller <= _MONTHS and larger <= _DAYS) or match[2] in _OUT_OF:
            continue
        token = bisect_left(words.starts, match.start())
        lead = words.words[token - 1] if token else ""
        if match.group() in _FRACTIONS and lead in _AMOUNT_LEADS:
            continue
        timed = words.words[token + 2 : token + 3] == ["at"]
        led = is_led(words, token) or asked_when(reading, token) or (timed and larger > _SCORES)
        if led and goes_on(words, token + 2):
            yield FigureDay(match.start(), match.end(), int(match[1]), int(match[2]), 0)
