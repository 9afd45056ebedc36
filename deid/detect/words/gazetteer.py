"""What official lists know about a word: is it a given name, a family name, a place, a plain word?

A list is a hint and never a verdict: most British names and villages are also English words.
This module only looks words up; weighing them is the business of ``names`` and ``places``.
Weights run from 0 (not listed) to 9 (very common); sources stand in deid/data/README.md.
"""

import gzip
import unicodedata
from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

type Phrases = dict[str, dict[str, tuple[tuple[str, ...], ...]]]
"""First word of a phrase -> second word -> the words that may follow these, longest first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lists say about one word, in lower case.

    Attributes:
        given: Weight as a given name.
        family: Weight as a family name.
        place: Weight as a place of one word (9 a city, 7 a town, 2 a hamlet).
        tier: How common it is as a plain English word: 10 the commonest, 60 rare, 0 no word.
    """

    given: int
    family: int
    place: int
    tier: int

    @property
    def name(self) -> int:
        """Weight as a name of either sort."""
        return max(self.given, self.family)

    @property
    def unknown(self) -> bool:
        """On no list at all."""
        return not (self.given or self.family or self.place or self.tier)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The reduced lists, held once in a process (about 60 MB)."""

    names: dict[str, tuple[int, int]] = field(repr=False)
    words: dict[str, int] = field(repr=False)
    places: dict[str, int] = field(repr=False)
    place_phrases: Phrases = field(repr=False)
    town_phrases: frozenset[tuple[str, ...]] = field(repr=False)
    word_phrases: frozenset[tuple[str, ...]] = field(repr=False)
    site_phrases: Phrases = field(repr=False)
    _seen: dict[str, Entry] = field(default_factory=dict, repr=False)

    def entry(self, low: str) -> Entry:
        """What is known of a folded word; words with accents are tried without them too."""
        found = self._seen.get(low)
        if found is None:
            found = self._look_up(low)
            if len(self._seen) < _MOST_SEEN:
                self._seen[low] = found
        return found

    def _look_up(self, low: str) -> Entry:
        forms = (low, plain(low)) if not low.isascii() else (low,)
        called = (*forms, low.removesuffix("-o"))  # "Steve-o"
        given, family = max(self.names.get(form, (0, 0)) for form in called)
        return Entry(
            given=given,
            family=family,
            place=max(self.places.get(form, 0) for form in forms),
            tier=next((self.words[form] for form in forms if form in self.words), 0)
            or self._dropping(low, given, family),
        )

    def _dropping(self, low: str, given: int, family: int) -> int:
        """The tier of words in "-ing" said without the g, "campin", where they name few people."""
        bare = low.removesuffix("'")
        tier = self.words.get(f"{bare}g", 0) if bare.endswith("in") else 0
        everyday = tier == _SIZES[0] and given < _FOREMOST_GIVEN
        return tier if family <= _RARE_NAME and (everyday or not given) else 0


_MOST_SEEN, _RARE_NAME, _FOREMOST_GIVEN = 50_000, 2, 5
_SIZES = (10, 35, 55)


def plain(low: str) -> str:
    """Without accents: "siân" -> "sian"."""
    decomposed = unicodedata.normalize("NFKD", low.translate(_STROKES))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


_STROKES = str.maketrans(
    {"\u00f8": "o", "\u0142": "l", "\u0111": "d", "\u00f0": "d", "\u00fe": "th", "\u00df": "ss"}
    | {"\u00e6": "ae", "\u0131": "i"}
)


def phrase_table(phrases: Iterable[str]) -> Phrases:
    """Phrases of two words or more, by first word. A hyphen counts as part of a word."""
    table: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        first, *rest = phrase.split()
        if rest:
            seconds = table.setdefault(first, {})
            seconds[rest[0]] = (*seconds.get(rest[0], ()), tuple(rest[1:]))
    return table


def sections(name: str) -> dict[str, tuple[str, ...]]:
    """A hand-written list of deid/data: ``[section]`` heads, entries separated by commas."""
    found: dict[str, list[str]] = {}
    entries: list[str] = []
    for line in _data(name).decode().splitlines():
        if line.startswith("["):
            entries = found.setdefault(line.strip("[]"), [])
        elif not line.startswith("#"):
            entries.extend(part.strip().lower() for part in line.split(",") if part.strip())
    return {section: tuple(dict.fromkeys(entries)) for section, entries in found.items()}


def _data(name: str) -> bytes:
    return resources.files("deid.data").joinpath(name).read_bytes()


def _rows(name: str, columns: int = 0) -> Iterator[list[str]]:
    for line in gzip.decompress(_data(name)).decode().splitlines():
        yield line.split("\t", columns - 1)


@cache
def _pair(weights: str) -> tuple[int, int]:
    """Two weights; the few pairs there are stand for all 200,000 names, in memory as well."""
    given, family = weights.split("\t")
    return int(given), int(family)


@cache
def medicines() -> frozenset[str]:
    """Medicines by every name that DrugBank and MeSH hold and no list of names or words does."""
    return frozenset(low for (low,) in _rows("medicines.txt.gz"))


def brands() -> tuple[str, ...]:
    """Chains of shops, and things that a dictionary writes with a capital, of any length."""
    return tuple(low for (low,) in _rows("brands.txt.gz"))


def _phrase_forms(name: str) -> Iterator[str]:
    """A place of several words, and "stoke-on-trent" as captions write it."""
    if " " in name:
        yield name
    elif name.count("-") > 1:
        yield name.replace("-", " ")


def _shortened(names: Iterable[str]) -> Iterator[str]:
    """How villages of two parts are called by those near: "Upper Vobster", "Ruan Magna"."""
    for name in names:
        first, _, rest = name.partition(" ")
        if first in _BEFORE_VILLAGE and " " not in rest:
            yield rest
        elif rest.partition(" ")[0] in _AFTER_VILLAGE:
            yield first


_BEFORE_VILLAGE = frozenset(
    {"upper", "lower", "great", "little", "nether", "over", "east", "west", "north", "south", "old",
     "higher", "market", "chipping", "kings", "bishops", "abbots"}
)  # fmt: skip
_AFTER_VILLAGE = frozenset(
    {"magna", "parva", "st", "upon", "on", "le", "by", "in", "with", "under", "de", "cum", "regis",
     "abbot", "abbas", "episcopi", "monachorum"}
)  # fmt: skip
_TOWN, _VILLAGE, _HAMLET = 7, 3, 2
_SAID = {
    "places_said.txt": {"towns": 7, "quarters": 4, "abroad": 7},
    "places_told.txt": {"england": 3, "nations": 3, "venues": 3},
}


def _word_phrases(places: Mapping[str, int], words: Container[str]) -> Iterator[tuple[str, ...]]:
    """Villages and quarters of plain words that are said of little else: "forest gate"."""
    plain = set(sections("place_kinds.txt")["said-otherwise"])
    for name, weight in places.items():
        if weight < _VILLAGE or name.startswith("the "):
            continue
        for form in _phrase_forms(name):
            parts = tuple(form.split())
            if form not in plain and all(part in words for part in parts):
                yield parts


@cache
def lexicon() -> Lexicon:
    """The lists of this installation, read on first use."""
    every_place = {name: int(weight) for name, weight in _rows("cities.tsv.gz")}
    every_place |= {name: int(weight) for name, weight in _rows("places.tsv.gz")}
    for listed, weights in _SAID.items():
        found = sections(listed)
        for section, weight in weights.items():
            for name in found.get(section, ()):
                every_place[name] = max(weight, every_place.get(name, 0))
    names = {name: _pair(weights) for name, weights in _rows("names.tsv.gz", columns=2)}
    words = {word: int(tier) for word, tier in _rows("words.tsv.gz")}
    single = {name: weight for name, weight in every_place.items() if " " not in name}
    return Lexicon(
        names=names,
        words=words,
        places={name: _HAMLET for name in _shortened(every_place) if name not in words} | single,
        place_phrases=phrase_table(form for name in every_place for form in _phrase_forms(name)),
        town_phrases=frozenset(
            tuple(form.split())
            for name, weight in every_place.items()
            if weight >= _TOWN and not name.startswith("the ")
            for form in _phrase_forms(name)
        ),
        word_phrases=frozenset(_word_phrases(every_place, words)),
        site_phrases=phrase_table(row[0] for row in _rows("sites.txt.gz")),
    )


def is_common(low: str) -> bool:
    """Whether a folded word is ordinary English, so that it is no name wherever it stands.

    By SCOWL size, held against the weight as a name: everyday words are common, rarer ones
    (smith, jack, khan) only where they are not foremost a name.
    """
    entry = lexicon().entry(low)
    if low in MONTHS_SHORT or low in WEEKDAYS:
        return True
    return entry.tier > 0 and entry.name < _FOREMOST_A_NAME[bisect_left(_SIZES, entry.tier)]


MONTHS_SHORT = frozenset({"jan", "dec"})
"""Months as people write them that somebody is called too; both are hardly ever said."""
WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_FOREMOST_A_NAME = (10, 9, 7, 1)
"""The weight from which a word of up to each size, and of more, is a name before it is a word."""
