"""How one name is said in several ways: folding, short forms, and what the ear confuses."""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources

import jellyfish
from rapidfuzz.distance import JaroWinkler

from deid.visible import visible

KIN = frozenset(
    {"auntie", "aunty", "aunt", "uncle", "nan", "nana", "gran", "grandma", "grandad", "granny"}
)
"""Relatives as they are called with their names: "Auntie Bev"."""

TITLES = KIN | frozenset(
    {"mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "professor", "sir", "dame", "lady"}
    | {"lord", "nurse", "sister", "matron", "father", "reverend", "rev"}
)
"""Words before a name that are no part of it."""

EPITHETS = frozenset(
    {"wee", "muckle", "big", "little", "fat", "mad", "daft", "ginger", "gentleman"}
    | {"tall", "beardy", "gobby", "lanky", "skinny", "baldy", "speccy"}
    | {"old", "young", "other"}
)
"""Words before a name that tell two of one name apart ("Big Sarah") and alone name nobody."""

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_ENDING = re.compile(r"'(?:s|d|ll|ve|re|m)?$", re.IGNORECASE)
_NEAR = 0.88
_SHORTEST_NEAR = 4


def without_ending(word: str) -> str:
    """A word without possessive or contraction: "Sarah's", "Will'd", "Bev'll"."""
    return _ENDING.sub("", word) if "'" in word else word


def name_words(name: str) -> tuple[str, ...]:
    """A name as words: visible form, case folded, accents, titles and possessive left off."""
    words: list[str] = []
    for match in _WORD.finditer(visible(name).text):
        word = plain(without_ending(match.group()).casefold()).replace("'", "")
        if word and not (word in TITLES and not words):
            words.append(word)
    return tuple(words)


@cache
def plain(word: str) -> str:
    """A folded word without its accents."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def is_short_form(one: str, other: str) -> bool:
    """Whether two folded given names may be one person's: Bev and Beverley, Liz and Beth."""
    forms = _full_forms()
    return bool(forms.get(one, frozenset({one})) & forms.get(other, frozenset({other})))


def sounds_like(one: str, other: str) -> bool:
    """Whether two folded words may be the same name misheard.

    Both have four letters or more, the same Metaphone code, a last syllable of one kind (Maria is
    not Mario) and a Jaro-Winkler similarity of at least 0.88; each test alone takes far too many
    names for one another.
    """
    return (
        min(len(one), len(other)) >= _SHORTEST_NEAR
        and sound(one) == sound(other)
        and _last_vowel(one) == _last_vowel(other)
        and JaroWinkler.similarity(one, other) >= _NEAR
    )


@lru_cache(maxsize=1 << 16)
def sound(word: str) -> str:
    """A folded word's Metaphone code; whatever :func:`sounds_like` each other has one code."""
    return str(jellyfish.metaphone(word))


def heard(word: str) -> str:
    """What two folded words have in common wherever :func:`sounds_like` holds, in one string."""
    return f"{sound(word)} {_last_vowel(word)}"


def _last_vowel(word: str) -> str:
    """The vowel that is heard at a name's end, which Metaphone leaves out: a, o, i or ""."""
    heard = word.removesuffix("h")
    if heard.endswith(("a", "o")):
        return heard[-1]
    return "i" if heard.endswith(("i", "y", "ie", "ee")) else ""


@cache
def _full_forms() -> Mapping[str, frozenset[str]]:
    """Each name of the list with the full forms that it can stand for, itself among them."""
    forms: dict[str, set[str]] = {}
    text = (resources.files("deid") / "data" / "nicknames.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        full, colon, short = line.partition(":")
        if line.startswith("#") or not colon:
            continue
        names = full.split()
        for name in names:
            forms.setdefault(name, set()).add(name)
        for name in short.split():
            forms.setdefault(name, {name}).update(names)
    return {name: frozenset(full) for name, full in forms.items()}
