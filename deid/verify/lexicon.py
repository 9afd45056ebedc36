"""What the leak check knows of kinds of value and of ordinary language.

A table says how the values of each kind are taken apart; a short list of its own and whatever its
caller adds say which words are too common to be evidence. Nothing here may hold a value.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache
from importlib import resources

from deid.transcript import EntityType

SHORTEST_PART = 3
"""Letters of the shortest word that is searched whatever its case."""
SHORTEST_RARE = 6
"""Letters of the shortest name that is rare enough to tell of somebody by itself."""
_LONGEST_NAME = 40


class Family(Enum):
    """How the values of a kind are taken apart."""

    NAME = auto()
    PLACE = auto()
    CODE = auto()
    CONTACT = auto()
    TIME = auto()


FAMILY = {
    EntityType.PERSON: Family.NAME,
    EntityType.LOCATION: Family.PLACE,
    EntityType.STREET_ADDRESS: Family.PLACE,
    EntityType.UK_POSTCODE: Family.CODE,
    EntityType.ORGANIZATION: Family.PLACE,
    EntityType.UK_NHS: Family.CODE,
    EntityType.UK_CHI: Family.CODE,
    EntityType.UK_HSC: Family.CODE,
    EntityType.MEDICAL_RECORD: Family.CODE,
    EntityType.UK_NINO: Family.CODE,
    EntityType.STAFF_REGISTRATION: Family.CODE,
    EntityType.PHONE_NUMBER: Family.CODE,
    EntityType.EMAIL_ADDRESS: Family.CONTACT,
    EntityType.URL: Family.CONTACT,
    EntityType.SOCIAL_HANDLE: Family.CONTACT,
    EntityType.UK_VEHICLE_REGISTRATION: Family.CODE,
    EntityType.BANK_ACCOUNT: Family.CODE,
    EntityType.CREDIT_CARD: Family.CODE,
    EntityType.DATE_OF_BIRTH: Family.TIME,
    EntityType.DATE_TIME: Family.TIME,
    EntityType.AGE: Family.TIME,
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the check knows of ordinary language.

    Attributes:
        is_common: Whether a folded word is an ordinary one.
        is_word: Whether it is any word of the language, or one that the policy keeps.
        kept: Folded phrases that the policy keeps, such as ``"parkinson s disease"``.
        kept_words: The words of those phrases.
    """

    is_common: Callable[[str], bool]
    is_word: Callable[[str], bool]
    kept: Collection[str] = field(repr=False)
    kept_words: frozenset[str] = field(repr=False)

    def all_common(self, tokens: Collection[str]) -> bool:
        """Whether nothing in these words could tell one person from another."""
        return all(self.is_common(t) or t.isdecimal() or len(t) < SHORTEST_PART for t in tokens)

    def is_everyday(self, word: str) -> bool:
        """Whether a word stands for itself, however much it looks like a name."""
        return self.is_common(word) or word in self.kept_words or self.is_word(word)

    def is_regular(self, word: str) -> bool:
        """Whether a word with an s is the plural of the word: "carters", but not "less"."""
        return self.is_word(word) and not common_word(word + "s")

    def is_unusual(self, word: str) -> bool:
        """Whether a word may be somebody's name, mistyped or misheard."""
        return (
            SHORTEST_RARE - 1 <= len(word) <= _LONGEST_NAME
            and word.isalpha()
            and not self.is_everyday(word)
        )

    def says_little(self, family: Family, tokens: Collection[str]) -> bool:
        """The same for a value; in a number or an address, short pieces and figures do tell."""
        if family in {Family.CODE, Family.CONTACT}:
            return all(map(self.is_common, tokens)) and (family is Family.CODE or len(tokens) == 1)
        return self.all_common(tokens)


@cache
def word_lists() -> dict[str, frozenset[str]]:
    """The lists of ``data/verify_common.txt`` by heading."""
    lists: dict[str, set[str]] = {}
    heading = ""
    text = (resources.files("deid") / "data" / "verify_common.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("["):
            heading = line.strip("[]")
        elif not line.startswith("#"):
            lists.setdefault(heading, set()).update(line.split())
    return {name: frozenset(words) for name, words in lists.items()}


def common_word(word: str) -> bool:
    """Whether the check's own list holds a folded word."""
    return any(word in words for words in word_lists().values())
