"""All that is known about the words of a transcript before it is decided which are names.

Nothing is decided here; ``capital`` and ``bare`` weigh what this module gathers.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from deid.detect.words.allow import Allowed, allowed
from deid.detect.words.cues import COURTESIES
from deid.detect.words.derived import american, derived
from deid.detect.words.gazetteer import Entry, Lexicon, lexicon, sections
from deid.detect.words.shapes import likeness
from deid.detect.words.tokens import Case, Tokens
from deid.transcript import EntityType

THRESHOLD = 0.5
SURE = 0.6

# weights of lists (0 to 9) and sizes of the word list (10 to 70) from which something counts
PART, FAIR, STRONG_NAME, TOWN = 2, 4, 5, 7
COMMONEST, PLAIN_TIER, COMMON_TIER, RARE_TIER, RAREST_TIER = 10, 20, 35, 40, 70
SHORTEST_UNKNOWN = 4


@dataclass(frozen=True, slots=True)
class WordNames:
    """Words that are names and something else; see word_names.txt."""

    first: frozenset[str] = field(repr=False)
    bare: frozenset[str] = field(repr=False)
    function: frozenset[str] = field(repr=False)
    cued: frozenset[str] = field(repr=False)
    titled: frozenset[str] = field(repr=False)
    syllables: frozenset[str] = field(repr=False)
    endings: tuple[str, ...]
    beginnings: tuple[str, ...]

    def spelt_as_name(self, low: str) -> bool:
        """Whether an unlisted word is built like a name ("-inder", "-owski", "Mc-")."""
        ends = low.endswith(self.endings) and len(low) >= _LONG_WORD
        return ends or (low.startswith(self.beginnings) and len(low) >= _LONG_WORD)


@cache
def word_names() -> WordNames:
    """The lists of word_names.txt, read on first use."""
    found = sections("word_names.txt")
    keys = ("names-first", "bare-names", "function", "cued-names", "titled-names", "syllables")
    first, bare, function, cued, titled, syllables = (frozenset(found[key]) for key in keys)
    shapes = found["name-endings"], found["name-beginnings"]
    return WordNames(first, bare, function, cued, titled, syllables, *shapes)


_LONG_WORD = 6
_LENGTHENED = re.compile(r"(.)\1\1")
_LIKE_A_NAME = 0.35


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known about the words of one transcript before names are decided.

    Attributes:
        tokens: The words.
        network: Word place -> what the network took it for.
        kept: Places of allowed words.
        firm: Those among them that are part of an allowed phrase.
        answers: Turns that answer a question for a name.
        placing: Turns that answer a question for a place.
        whose: Turns that answer a question that begins with "who".
        naming: Turns that answer a question which only a name answers.
        labels: Lower-case words that stand in speaker labels as names.
        claimed: Places of words that belong to a listed place or a named organisation.
    """

    tokens: Tokens
    network: Mapping[int, EntityType] = field(repr=False)
    kept: frozenset[int] = field(repr=False)
    answers: frozenset[int]
    labels: frozenset[str] = field(repr=False)
    placing: frozenset[int] = frozenset()
    whose: frozenset[int] = frozenset()
    naming: frozenset[int] = frozenset()
    firm: frozenset[int] = frozenset()
    claimed: frozenset[int] = frozenset()
    lexicon: Lexicon = field(default_factory=lexicon, repr=False)
    lists: Allowed = field(default_factory=allowed, repr=False)
    words: WordNames = field(default_factory=word_names, repr=False)

    def entry(self, place: int) -> Entry:
        """What the lists say about the word at a place; of a double name, its best part."""
        low = self.tokens.lows[place]
        found = self.lexicon.entry(low)
        double = self._double(place, low) if "-" in low and not found.name else None
        if double is not None:
            return double
        if not (found.name or found.tier) and low.endswith("s"):
            found = self._owner(place, low) or found
        bare = self.tokens.case(place) is not Case.MIXED
        if bare and not found.tier and found.name <= PART and american(self.lexicon, low):
            return _PLAIN_WORD
        if not found.unknown:
            return found
        if bare and derived(self.lexicon, low):
            return _PLAIN_WORD
        return _SPELT if self._spelt_as_name(place, low) else found

    def _double(self, place: int, low: str) -> Entry | None:
        """What the parts of a word with hyphens say about it; None where they say nothing."""
        if self._of_syllables(place, low):
            return _OF_SYLLABLES
        parts = [self.lexicon.entry(part) for part in low.split("-") if part]
        if len(parts) > 1 and all(part.name >= PART for part in parts):
            double = self.tokens.words[place].istitle() and any(not part.tier for part in parts)
            best = max(parts, key=lambda part: part.name)
            return replace(best, place=0, tier=0) if double else best
        return _PLAIN_WORD if all(part.tier for part in parts) else None

    def _of_syllables(self, place: int, low: str) -> bool:
        """Whether two syllables make a given name: "Wing-kei"; written small, no plain words."""
        parts = low.split("-")
        if len(set(parts)) != _TWO or not self.words.syllables.issuperset(parts):
            return False
        return self.tokens.capital(place) or any(
            not self.lexicon.entry(each).tier for each in parts
        )

    def _spelt_as_name(self, place: int, low: str) -> bool:
        """Whether a word of no list is built like a name, with or without a capital.

        Captions are made of words that exist: one of no list that is built so is hardly another.
        """
        listed = low in self.lists.words or low in self.words.function
        if listed or self.lists.term_like(low) or _LENGTHENED.search(low):
            return False
        if self.words.spelt_as_name(low):
            return True
        mixed = self.tokens.case(place) is Case.MIXED
        plural_acronym = mixed and self.tokens.words[place][1:2].isupper()
        return not plural_acronym and likeness(low) >= _LIKE_A_NAME

    def _owner(self, place: int, low: str) -> Entry | None:
        """The name in "the Hargreaveses", "two Mrs Patels", or in "joyces coat" of a machine."""
        lows, titled = self.tokens.lows, place > 1 and self.tokens.lows[place - 1] in COURTESIES
        many = place > 0 and lows[place - 1 - titled] in _MANY and self.tokens.joined(place)
        for cut in (1, 2) if many else (1,) * self.tokens.unmarked(place):
            entry = self.lexicon.entry(low[:-cut])
            if entry.given >= FAIR or (many and entry.family >= PART and not entry.tier):
                return entry
        return None

    def taken(self, place: int) -> bool:
        """Whether the word is allowed, or belongs to a listed place or a named organisation."""
        return place in self.kept or place in self.claimed or place in self.firm

    def plain_name(self, place: int, entry: Entry) -> bool:
        """Whether the word is hardly ever anything but a name."""
        if entry.tier == 0:
            return True
        low = self.tokens.lows[place]
        rare = entry.tier >= RARE_TIER and entry.name >= FAIR
        return rare or (low in self.words.first and low not in self.words.function)

    def only_name(self, place: int, entry: Entry) -> bool:
        """Whether the word is a name even without a capital: "henry" is a unit, but of names."""
        low = self.tokens.lows[place]
        long = len(low) >= SHORTEST_UNKNOWN
        rarest = entry.tier >= RAREST_TIER and entry.given >= STRONG_NAME and long
        return entry.tier == 0 or rarest or low in self.words.bare

    def dosed(self, place: int) -> bool:
        """Whether the word stands where a medicine stands, or is spelt like one."""
        tokens, lists = self.tokens, self.lists
        low = tokens.lows[place]
        if lists.term_like(low):
            known = self.lexicon.entry(low)  # "Eglitis" is a surname, "Euphemia" a first name
            return known.tier > 0 or known.name < PART
        after = tokens.lows[place + 1] if place + 1 < len(tokens) else ""
        led = place > 0 and not tokens.initial(place)  # not "I have to stop. Renzo would"
        return after in lists.dose_words or (led and tokens.lows[place - 1] in lists.dose_verbs)


_MANY = frozenset({"the", "us", "two", "three", "both", "all", "those", "other"})
_PLAIN_WORD = Entry(given=0, family=0, place=0, tier=60)
_TWO = 2
_OF_SYLLABLES = Entry(given=5, family=0, place=0, tier=0)
_SPELT = Entry(given=3, family=3, place=0, tier=0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How sure we are that a word is a name, and by which rule."""

    score: float
    rule: str


NO_NAME = Verdict(0.0, "")
_CONTRACTED = frozenset({"'ve", "'re", "n't"})
_CUT_SHORT = frozenset(
    {"ive", "youve", "theyve", "weve", "youre", "theyre", "dont", "didnt", "doesnt", "wasnt",
     "isnt", "shes", "hes", "thats", "whats", "theres", "hasnt", "havent", "wouldnt",
     "couldnt", "shouldnt", "theyll", "youll"}
)  # fmt: skip
"""Contractions that a hasty typist writes without the apostrophe, and nobody's name."""
_SCOTS = frozenset(
    stem + ending
    for stem in ("could", "would", "should", "did", "does", "dis", "was", "wis", "wer", "had",
                 "hud", "hiv", "might", "must", "need")
    for ending in ("ny", "nae", "nay", "nie", "na")
)  # fmt: skip
"""The same in Scots: "couldny", "wisnae"."""
_VOWELS = frozenset("aeiouyw")


def contracted(low: str) -> bool:
    """Whether a word is run together with a verb ("we've", "don't"), so that it is no name."""
    return low[-3:] in _CONTRACTED or low.endswith("'m") or low in _CUT_SHORT | _SCOTS


def sound(low: str, entry: Entry) -> bool:
    """Whether a word is a noise and no word: no list has it, it has no vowel or is drawn out."""
    if entry.name or not low.isascii() or len(low) == 1:
        return False
    return not _VOWELS.intersection(low) or _LENGTHENED.search(low) is not None
