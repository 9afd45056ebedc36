"""Numbers as values: days, years, ages, house numbers. What they mean is decided elsewhere."""

from typing import NamedTuple

from deid.detect.spoken.heard.explaining import joined
from deid.detect.spoken.heard.lexicon import (
    DIGIT,
    FIGURE,
    LETTER,
    ORDINAL,
    TEEN,
    TENS,
    VALUES,
    data,
    ordinal_value,
)
from deid.detect.spoken.heard.words import BREAK, PAUSE, SPACE, Words

_LONGEST_VALUE = 4
_CENTURIES = {"eighteen": 1800, "nineteen": 1900, "twenty": 2000, "19": 1900, "20": 2000}
_EARLIEST, _LATEST = 1880, 2039
_LAST_DAY = 31
_HESITATIONS = tuple(tuple(each.split()) for each in data("context")["dates_hesitations"])


class Numeral(NamedTuple):
    """A value and the tokens (half-open) that say it."""

    value: int
    first: int
    last: int


def numeral_at(words: Words, token: int) -> Numeral | None:
    """A cardinal below ten thousand: "forty-five", "a hundred" not; None where none begins."""
    word, kind = words.words[token], words.kinds[token]
    if word == "hundred" and token and words.words[token - 1] == "a":
        return _with_hundred(words, 1, token - 1, token)
    if kind & FIGURE:
        return Numeral(int(word), token, token + 1) if len(word) <= _LONGEST_VALUE else None
    if not kind & (DIGIT | TEEN | TENS) or kind & LETTER:
        return None
    value, last = VALUES[word], token + 1
    if kind & TENS and joined(words, last) and words.kinds[last] & DIGIT:
        unit = VALUES[words.words[last]]
        if unit:
            value, last = value + unit, last + 1
    if not joined(words, last):
        return Numeral(value, token, last)
    if words.words[last] == "hundred":
        return _with_hundred(words, value, token, last)
    return Numeral(value, token, last)


def _with_hundred(words: Words, hundreds: int, first: int, hundred: int) -> Numeral:
    last = hundred + 1
    if last + 1 < len(words.words) and words.words[last] == "and":
        rest = numeral_at(words, last + 1)
        if rest and rest.value < 100:  # noqa: PLR2004 - what may follow "hundred and"
            return Numeral(100 * hundreds + rest.value, first, rest.last)
    return Numeral(100 * hundreds, first, last)


def ordinal_at(words: Words, token: int) -> Numeral | None:
    """An ordinal: "thirty first", "12th", "second"."""
    if token >= len(words.words):
        return None
    kind = words.kinds[token]
    if kind & ORDINAL:
        value = ordinal_value(words.words[token])
        return None if value is None else Numeral(value, token, token + 1)
    if kind & TENS and joined(words, token + 1) and words.kinds[token + 1] & ORDINAL:
        unit = ordinal_value(words.words[token + 1])
        if unit is not None and unit < 10:  # noqa: PLR2004 - only units follow tens
            return Numeral(VALUES[words.words[token]] + unit, token, token + 2)
    return None


def day_at(words: Words, token: int) -> Numeral | None:
    """A day of the month, ordinal or cardinal."""
    if token >= len(words.words):
        return None
    day = ordinal_at(words, token) or numeral_at(words, token)
    return day if day and 1 <= day.value <= _LAST_DAY else None


def day_before(words: Words, token: int) -> Numeral | None:
    """The day of the month whose last token is the one before ``token``."""
    compound = (
        token > 1
        and words.kinds[token - 2] & TENS
        and words.kinds[token - 1] & (DIGIT | ORDINAL)
        and joined(words, token - 1)
    )
    for first in (token - 2,) if compound else (token - 1,):
        if first >= 0 and (day := day_at(words, first)) is not None and day.last == token:
            return day
    return None


def before_hesitation(words: Words, place: int) -> int:
    """The token of "of" in "the twentieth of... I want to say September"; else ``place``."""
    for said in _HESITATIONS:
        first = place - len(said) + 1
        if first > 0 and tuple(words.words[first : place + 1]) == said:
            before = words.skip_back(first - 1)
            return before if before >= 0 and words.words[before] == "of" else place
    return place


def is_ordinal(words: Words, numeral: Numeral) -> bool:
    """Whether a day was said as an ordinal."""
    return bool(words.kinds[numeral.last - 1] & ORDINAL)


def year_at(words: Words, token: int, *, short: bool) -> Numeral | None:
    """A year.

    Args:
        words: The text.
        token: Where it begins.
        short: Whether two digits are enough ("fifty eight", "'58", "oh nine").
    """
    if token >= len(words.words):
        return None
    return (
        _year_figure(words, token, short=short)
        or _year_in_centuries(words, token)
        or _year_in_thousands(words, token)
        or _year_by_digits(words, token)
        or (_two_digits(words, token) if short else None)
    )


def year_before(words: Words, token: int) -> Numeral | None:
    """The full year whose last token is the one before ``token``."""
    for first in range(max(0, token - 6), token):
        year = year_at(words, first, short=False)
        if year is not None and year.last == token:
            return year
    return None


def full_year(value: int, *, reference: int) -> int:
    """A two-digit year in the century that makes it past; longer ones unchanged."""
    if value >= 100:  # noqa: PLR2004 - already has its century
        return value
    return 2000 + value if 2000 + value <= reference else 1900 + value


def _year_figure(words: Words, token: int, *, short: bool) -> Numeral | None:
    word = words.words[token]
    if not words.kinds[token] & FIGURE:
        return None
    if len(word) == _LONGEST_VALUE and _EARLIEST <= int(word) <= _LATEST:
        return Numeral(int(word), token, token + 1)
    apostrophe = words.text[words.starts[token] - 1 : words.starts[token]] == "'"
    if len(word) == 2 and (short or apostrophe) and word not in ("19", "20"):  # noqa: PLR2004
        return Numeral(int(word), token, token + 1)
    if len(word) == 2 and short and not _two_digits(words, token + 1):  # noqa: PLR2004
        return Numeral(int(word), token, token + 1)
    return None


def _year_in_centuries(words: Words, token: int) -> Numeral | None:
    century = _CENTURIES.get(words.words[token])
    if century is None or token + 1 >= len(words.words):
        return None
    after, _ = words.skip(token + 1)
    if after >= len(words.words) or words.gap(token + 1) == BREAK:
        return None
    if words.words[after] == "hundred":
        rest_at, _ = words.skip(after + 1)
        rest = _two_digits(words, rest_at) if joined(words, after + 1) else None
        last = rest.last if rest else after + 1
        return Numeral(century + (rest.value if rest else 0), token, last)
    rest = _two_digits(words, after)
    if rest is None or not _EARLIEST <= century + rest.value <= _LATEST:
        return None
    return Numeral(century + rest.value, token, rest.last)


def _two_digits(words: Words, token: int) -> Numeral | None:
    """As in "ninety one", "twelve", "oh five", "05", "double four"; not a lone digit."""
    if token >= len(words.words):
        return None
    word, kind = words.words[token], words.kinds[token]
    if kind & FIGURE and len(word) == 2:  # noqa: PLR2004 - two digits
        return Numeral(int(word), token, token + 1)
    if kind & (TENS | TEEN):
        numeral = numeral_at(words, token)
        if numeral is None or numeral.value >= 100:  # noqa: PLR2004 - two digits
            return None
        return _paused_unit(words, numeral) if kind & TENS else numeral
    nought = kind & DIGIT and VALUES[word] == 0
    if not (nought or word == "double") or token + 1 >= len(words.words):
        return None
    digit = words.kinds[token + 1] & DIGIT and words.gap(token + 1) in (SPACE, PAUSE, "-")
    times = 1 if nought else 11  # "oh four", "double four"
    return Numeral(times * VALUES[words.words[token + 1]], token, token + 2) if digit else None


def _paused_unit(words: Words, tens: Numeral) -> Numeral:
    """As in "nineteen ninety, er, one": the unit after a filler."""
    after, corrected = words.skip(tens.last)
    lone = tens.value % 10 == 0 and after > tens.last and not corrected
    if lone and after < len(words.words) and words.kinds[after] & DIGIT and after - tens.last == 1:
        unit = VALUES[words.words[after]]
        filler = words.words[tens.last] in ("um", "uh", "er", "erm")
        if unit and filler:
            return Numeral(tens.value + unit, tens.first, after + 1)
    return tens


def _year_in_thousands(words: Words, token: int) -> Numeral | None:
    if words.words[token] != "two" or not joined(words, token + 1):
        return None
    if words.words[token + 1] != "thousand":
        return None
    last = token + 2
    rest_at = last + 1 if last < len(words.words) and words.words[last] == "and" else last
    if rest_at < len(words.words) and joined(words, rest_at):
        rest = numeral_at(words, rest_at)
        if rest and 0 < rest.value <= _LATEST - 2000:
            return Numeral(2000 + rest.value, token, rest.last)
    return Numeral(2000, token, last)


def _year_by_digits(words: Words, token: int) -> Numeral | None:
    run = words.kinds[token : token + 4]
    if len(run) < _LONGEST_VALUE or not all(kind & DIGIT for kind in run):
        return None
    value = int("".join(str(VALUES[word]) for word in words.words[token : token + 4]))
    if any(words.gap(each) not in (SPACE, PAUSE, "-") for each in range(token + 1, token + 4)):
        return None
    return Numeral(value, token, token + 4) if _EARLIEST <= value <= _LATEST else None
