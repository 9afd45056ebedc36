"""Dates of birth in each form of speech: a day between 1921 and 2006."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random

from bench import words
from bench.data import lists

type Said = Callable[[Random], list[str]]

MONTHS = lists("said")["months"]
_FIRST, _DAYS = date(1921, 1, 1), 31_000
_LOW_YEAR = 10


def birthday(rng: Random) -> date:
    """A day of birth of someone who could be interviewed."""
    return _FIRST + timedelta(days=rng.randrange(_DAYS))


def _year(day: date, rng: Random) -> str:
    century, rest = divmod(day.year, 100)
    hyphen = rng.choice((True, False))
    if century == 20:  # noqa: PLR2004  this century
        return rng.choice(("two thousand", "two thousand and", "twenty oh")[: 3 if rest else 1]) + (
            f" {words.number(rest)}" if rest else ""
        )
    if rest == 0:
        return "nineteen hundred"
    tail = f"oh {words.UNITS[rest]}" if rest < _LOW_YEAR else words.number(rest, hyphen=hyphen)
    return f"nineteen {tail}"


def _day(day: date, rng: Random) -> str:
    said = words.ordinal(day.day, hyphen=rng.choice((True, False)))
    return rng.choice((f"the {said} of", f"{said} of", said))


def _small(value: int, rng: Random) -> str:
    if value < _LOW_YEAR and rng.random() < 0.5:  # noqa: PLR2004  "oh three" beside "three"
        return f"oh {words.UNITS[value]}"
    return words.number(value)


def _written(rng: Random) -> list[str]:
    day = birthday(rng)
    month = MONTHS[day.month - 1]
    return [
        rng.choice(
            (
                f"{day:%d/%m/%Y}",
                f"{day:%d.%m.%y}",
                f"{day.day}-{day.month}-{day.year}",
                f"{day:%d/%m/%y}",
                f"{day.day} {month} {day.year}",
                f"{day:%Y-%m-%d}",
            )
        )
    ]


def _ordinal_figures(rng: Random) -> list[str]:
    day = birthday(rng)
    ending = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}.get(day.day, "th")
    month = MONTHS[day.month - 1]
    said = f"{day.day}{ending}"
    return [
        rng.choice(
            (
                f"{said} of {month} {day.year}",
                f"the {said} of {month}, {day.year}",
                f"{said} {month} {day.year % 100:02d}",
            )
        )
    ]


def _in_words(rng: Random) -> list[str]:
    day = birthday(rng)
    month = MONTHS[day.month - 1]
    return [f"{_day(day, rng)} {month}{rng.choice((' ', ', '))}{_year(day, rng)}"]


def _year_first(rng: Random) -> list[str]:
    day = birthday(rng)
    return [f"{_year(day, rng)}, {_day(day, rng)} {MONTHS[day.month - 1]}"]


def _month_first(rng: Random) -> list[str]:
    day = birthday(rng)
    said = words.ordinal(day.day)
    article = rng.choice(("the ", ""))
    return [f"{MONTHS[day.month - 1]} {article}{said}, {_year(day, rng)}"]


def _numbers(rng: Random) -> list[str]:
    day = birthday(rng)
    rest = day.year % 100
    year = f"oh {words.UNITS[rest]}" if rest < _LOW_YEAR else words.number(rest)
    year = rng.choice((year, _year(day, rng)))
    return [
        rng.choice((", ", " ", ", ")).join((_small(day.day, rng), _small(day.month, rng), year))
    ]


def _filled(rng: Random) -> list[str]:
    day = birthday(rng)
    filler = rng.choice(words.FILLERS)
    return [f"{_day(day, rng)} {MONTHS[day.month - 1]}{filler}{_year(day, rng)}"]


def _corrected(rng: Random) -> list[str]:
    day, slip = birthday(rng), birthday(rng)
    wrong = words.ordinal(slip.day)
    month = MONTHS[day.month - 1]
    repair = rng.choice(words.REPAIRS)
    return [f"the {wrong}{repair}the {words.ordinal(day.day)} of {month}, {_year(day, rng)}"]


def _turns(rng: Random) -> list[str]:
    day = birthday(rng)
    return [f"{_day(day, rng)} {MONTHS[day.month - 1]}", _year(day, rng)]


DOB_FORMS: Mapping[str, Said] = {
    "written": _written,
    "ordinal figures": _ordinal_figures,
    "words": _in_words,
    "year first": _year_first,
    "month first": _month_first,
    "numbers in words": _numbers,
    "fillers": _filled,
    "correction": _corrected,
    "turns": _turns,
    "no cue": _in_words,
}
