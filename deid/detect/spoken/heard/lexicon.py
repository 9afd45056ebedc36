"""What single words mean to the spoken family: digits, letters, fillers, months, streets, cues.

Knowledge is in ``deid/data/spoken_*``; this module only turns it into dictionaries, once. A word's
meaning is a set of bits, so that a whole transcript is classified by one dictionary look-up a
distinct word. It must never look at context: that is the business of the modules which read.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

DIGIT: Final = 1
TEEN: Final = 1 << 1
TENS: Final = 1 << 2
SCALE: Final = 1 << 3
FIGURE: Final = 1 << 4
MIXED: Final = 1 << 5
LETTER: Final = 1 << 6
NATO: Final = 1 << 7
MULTIPLE: Final = 1 << 8
CHUNK: Final = 1 << 9
ORDINAL: Final = 1 << 10
MONTH: Final = 1 << 11
STREET: Final = 1 << 12
CUE: Final = 1 << 13
SKIP: Final = 1 << 14
PRONOUN: Final = 1 << 15
SHORT: Final = 1 << 16
DWELLING: Final = 1 << 17

NUMERAL: Final = DIGIT | TEEN | TENS | FIGURE
STARTS_STRETCH: Final = NUMERAL | MIXED | LETTER | NATO | MULTIPLE | CHUNK

_QUANTITY = re.compile(
    r"\d+(?:mgs?|mls?|mcg|kgs?|g|cms?|mm|am|pm|s|k|m|x|hrs?|lbs?|oz|ft|in|bn|p|d|w|yo|yrs?|y|o)"
)
_ORDINAL_FIGURE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_CODE_LIKE = re.compile(r"(?=[a-z0-9]*\d)[a-z0-9]{2,16}")
_CONSONANTS = re.compile(r"[b-df-hj-np-tv-xz]{3}")
_LONGEST_FIGURE = 20


@cache
def data(name: str) -> Mapping[str, Any]:
    """One of this family's YAML files, by the middle of its name ("lexicon", "cues", "streets")."""
    path = files("deid") / "data" / f"spoken_{name}.yaml"
    quick = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times, where it was built
    loaded: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=quick)  # noqa: S506 - safe
    return loaded


@cache
def postcode_districts() -> Mapping[str, frozenset[int]]:
    """The numbers of the districts in use, by area in upper case: "BS" has 16, and no 80."""
    found = {}
    for line in _lines("spoken_postcode_districts.txt"):
        area, *ranges = line.split()
        ends = [[int(end) for end in numbers.split("-")] for numbers in ranges]
        found[area] = frozenset(n for each in ends for n in range(each[0], each[-1] + 1))
    return found


@cache
def postcode_areas() -> frozenset[str]:
    """The areas in use ("BS", "W"), upper case."""
    return frozenset(postcode_districts())


@cache
def domain_endings() -> Mapping[str, bool]:
    """The endings of web addresses ("com", "ca"), and whether each is no word of talk as well."""
    entries = [entry for line in _lines("domain_endings.txt") for entry in line.split()]
    return {entry.removesuffix("*"): not entry.endswith("*") for entry in entries}


def _lines(name: str) -> Iterable[str]:
    """The lines of a file of data, comments left out."""
    text = (files("deid") / "data" / name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if not line.startswith("#"))


def phrases(entries: Iterable[str]) -> dict[str, list[tuple[str, ...]]]:
    """Phrases as tuples of tokens by their first token, longest first."""
    table: dict[str, list[tuple[str, ...]]] = {}
    for entry in entries:
        tokens = tuple(re.findall(r"[a-z0-9']+", entry.lower()))
        table.setdefault(tokens[0], []).append(tokens)
    for alternatives in table.values():
        alternatives.sort(key=len, reverse=True)
    return table


_LEXICON = data("lexicon")
DIGITS: Final[Mapping[str, str]] = _LEXICON["digits"]
VALUES: Final[Mapping[str, int]] = {
    **{word: int(digit) for word, digit in DIGITS.items()},
    **{word: number for number, word in enumerate(_LEXICON["teens"], start=10)},
    **_LEXICON["tens"],
    **_LEXICON["scales"],
}
ORDINALS: Final[Mapping[str, int]] = {
    **{word: number for number, word in enumerate(_LEXICON["ordinals"], start=1)},
    **_LEXICON["tens_ordinals"],
}
MULTIPLES: Final[Mapping[str, int]] = _LEXICON["multiples"]
MONTHS: Final[Mapping[str, int]] = _LEXICON["months"]
ALPHABET: Final[Mapping[str, str]] = _LEXICON["alphabet"]
UNITS: Final[frozenset[str]] = frozenset(_LEXICON["units"])
SHORT_WORDS: Final[frozenset[str]] = frozenset(_LEXICON["short_words"])
CONTRACTIONS: Final[Mapping[str, str]] = _LEXICON["contractions"]
ONE_CASE_CONTRACTIONS: Final[Mapping[str, str]] = {
    **CONTRACTIONS,
    **_LEXICON["one_case_contractions"],
}
CORRECTIONS: Final = phrases(_LEXICON["corrections"])
FILLERS: Final = phrases([*_LEXICON["fillers"], *_LEXICON["backchannels"]])
BACKCHANNELS: Final = phrases(_LEXICON["backchannels"])

STRONG_STREETS: Final[frozenset[str]] = frozenset(data("streets")["strong"])
WEAK_STREETS: Final[frozenset[str]] = frozenset(data("streets")["weak"])
DWELLINGS: Final[frozenset[str]] = frozenset(data("streets")["dwellings"])


def _street_areas() -> Iterable[str]:
    """Abbreviated street types that are postcode areas too and no words: "pl"."""
    streets = STRONG_STREETS | WEAK_STREETS
    return (word for word in streets - SHORT_WORDS if word.upper() in postcode_areas())


def _table() -> dict[str, int]:
    table: dict[str, int] = {}
    groups: list[tuple[int, Iterable[str]]] = [
        (DIGIT, DIGITS),
        (TEEN, _LEXICON["teens"]),
        (TENS, _LEXICON["tens"]),
        (SCALE, _LEXICON["scales"]),
        (MULTIPLE, MULTIPLES),
        (ORDINAL, ORDINALS),
        (MONTH, MONTHS),
        (NATO, ALPHABET),
        (SKIP, CORRECTIONS),
        (SKIP, FILLERS),
        (SHORT, SHORT_WORDS),
        (CHUNK, _street_areas()),
        (STREET, STRONG_STREETS | WEAK_STREETS),
        (DWELLING, DWELLINGS),
        (LETTER, "bcdefghjklmnopqrstuvwxyz"),
        (PRONOUN | LETTER, "ai"),
    ]
    for bit, words in groups:
        for word in words:
            table[word] = table.get(word, 0) | bit
    return table


_BITS = _table()


def classify(word: str) -> int:
    """The bits of one lower-case token; 0 for a word that means nothing here."""
    known = _BITS.get(word, 0)
    if known or not word.isascii():
        return known
    if not word.isalpha():
        return _classify_figures(word)
    return CHUNK if len(word) == 2 or _CONSONANTS.fullmatch(word) else 0  # noqa: PLR2004 - two letters


def _classify_figures(word: str) -> int:
    if word.isdecimal():
        return FIGURE if len(word) <= _LONGEST_FIGURE else 0
    if _ORDINAL_FIGURE.fullmatch(word):
        return ORDINAL
    return MIXED if _CODE_LIKE.fullmatch(word) and not _QUANTITY.fullmatch(word) else 0


def ordinal_value(word: str) -> int | None:
    """The day an ordinal names ("twelfth", "12th"); None for another word."""
    if word in ORDINALS:
        return ORDINALS[word]
    figure = _ORDINAL_FIGURE.fullmatch(word)
    return int(figure[1]) if figure else None
