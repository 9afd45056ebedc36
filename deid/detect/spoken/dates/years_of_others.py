"""Years, and counts, that are told after a date of birth was given: they are of another matter.

"Date of birth?" / "The eighth of May, nineteen sixty." / "What year did you qualify?" / "1982.";
"can you count back in sevens?" / "Ninety-three, eighty-six". Never the year that was missing.
"""

import re

from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import MONTH, NUMERAL, ORDINAL
from deid.detect.spoken.heard.numerals import year_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.stretches import Stretch

_YEAR = re.compile(r"(?:19|20)\d\d")
_REACH, _NEAR, _TENS = 25, 3, 20


_EVENTS = frozenset(
    (verb, "in")
    for verb in ("moved", "started", "retired", "married", "qualified", "came", "died", "left",
                 "finished", "diagnosed", "opened", "closed", "began", "joined", "separated")
)  # fmt: skip
"""What is done in a year that nobody was born in: "we moved in two thousand and ten"."""


def is_another(reading: Reading, stretch: Stretch) -> bool:
    """Whether a lone year, or numbers that are no date, follow a whole date of birth."""
    if tuple(reading.words.words[max(0, stretch.first - 2) : stretch.first]) in _EVENTS:
        return True
    distance = reading.cues.before(CueKind.BIRTH, stretch.first, reach=_REACH)
    if distance is None or reading.lines_between(stretch.first - distance, stretch.first) == 0:
        return False
    return _is_of_something(reading, stretch) and _is_given(
        reading, stretch.first - distance, stretch.first
    )


def _is_of_something(reading: Reading, stretch: Stretch) -> bool:
    """Whether it is a year, or groups above twenty, which are neither days nor months."""
    said = [reading.words.kinds[first] & NUMERAL for first, _ in stretch.spans]
    groups = [stretch.chars[at : at + 2] for at in range(0, len(stretch.chars), 2)]
    counted = len(groups) == len(said) and all(int(group) > _TENS for group in groups)
    return _YEAR.fullmatch(stretch.chars) is not None or (counted and len(groups) > 1)


def _is_given(reading: Reading, first: int, last: int) -> bool:
    """Whether a date with its year stands between two tokens."""
    words = reading.words
    for token in range(first, last - 1):
        if words.kinds[token] & (MONTH | ORDINAL):
            after, _ = words.skip(token + 1)
            for place in range(after, min(last - 1, after + _NEAR)):
                short = place == token + 1 or bool(words.kinds[token] & MONTH)
                year = year_at(words, place, short=short)
                if year is not None and year.last < last:
                    return True
    return any(
        first <= each.first < last - 1 and each.last < last and _is_whole(each.chars)
        for each in reading.stretches
    )


def _is_whole(chars: str) -> bool:
    """Whether digits are a day, a month and a year of two or four digits."""
    return chars.isdigit() and len(chars) in (5, 6, 7, 8) and not _YEAR.fullmatch(chars)
