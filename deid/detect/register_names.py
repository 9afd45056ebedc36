"""The register, looked for the way people say its names, places and identifiers.

A whole name is found in any case. A single name that is ordinary English is taken only with a
capital inside a sentence; every near match says in its rule why it was taken.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from deid.detect.speech import Hit, Speech
from deid.detect.spoken.heard.reading import read
from deid.naming import is_short_form, name_words, plain, sounds_like, without_ending
from deid.register import Register
from deid.standing import is_short_name, stands_as_name
from deid.transcript import EntityType

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_NAME = "register"
_EXACT, _SHORT, _NEAR = 0.95, 0.85, 0.7
_SHORTEST = 3
_SHORTEST_PART = 6
_LIST_REACH = 4
_MAKES_A_VERB = frozenset(
    {"i", "we", "you", "they", "he", "she", "to", "not", "no", "of", "the", "a", "my", "your"}
    | {"his", "her", "our", "their", "this", "that", "some", "any", "in", "with", "who", "people"}
)
_SHORTEST_CODE = 5
_CODES = {
    "nhs_number": EntityType.UK_NHS,
    "telephone": EntityType.PHONE_NUMBER,
    "postcode": EntityType.UK_POSTCODE,
}


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    folded: str
    capital: bool


class RegisterNames:
    """A recogniser for one register; cheap to call, as most words are looked up once.

    Args:
        register: Who is known.
        is_common: Whether a folded word is ordinary English.
    """

    def __init__(self, register: Register, is_common: Callable[[str], bool]) -> None:
        self._is_common = is_common
        names = {name for person in register.people for name in person.names()}
        places = {name_words(place) for person in register.people for place in person.places}
        self._phrases = dict.fromkeys((words for words in places if words), EntityType.LOCATION)
        self._phrases |= dict.fromkeys(
            (words for words in names if len(words) > 1), EntityType.PERSON
        )
        self._longest = max(map(len, self._phrases), default=0)
        self._single = frozenset(words[0] for words in names if len(words) == 1)
        self._codes = {
            code: entity_type
            for person in register.people
            for column, entity_type in _CODES.items()
            if _is_code(code := _bare(person.identifiers.get(column, "")))
        }
        self._emails = tuple(
            re.compile(re.escape(email), re.IGNORECASE)
            for person in register.people
            if "@" in (email := person.identifiers.get("email", ""))
        )
        self._judged: dict[str, tuple[float, str] | None] = {}

    def __call__(self, speech: Speech) -> Iterator[Hit]:
        """Every place where a name, place or identifier of the register is said."""
        if not (self._single or self._phrases or self._codes or self._emails):
            return  # nobody is known
        words = list(_words(speech.text))
        yield from self._whole(words)
        yield from self._names(speech.text, words)
        yield from self._identifiers(speech.text)

    def _whole(self, words: list[_Word]) -> Iterator[Hit]:
        for first in range(len(words)):
            for count in range(min(self._longest, len(words) - first), 0, -1):
                run = words[first : first + count]
                entity_type = self._phrases.get(tuple(word.folded for word in run))
                if entity_type and (
                    count > 1 or run[0].capital or not self._is_common(run[0].folded)
                ):
                    yield Hit(run[0].start, run[-1].end, entity_type, _EXACT, _NAME, "whole")
                    break

    def _names(self, text: str, words: list[_Word]) -> Iterator[Hit]:
        for place, word in enumerate(words):
            judged = self._judged_word(word.folded)
            if judged is None:
                continue
            score, rule = judged
            common = self._is_ordinary(word.folded)
            if not word.capital and common and rule == "name" and self._is_listed(words, place):
                yield Hit(word.start, word.end, EntityType.PERSON, score, _NAME, "listed")
                continue
            if (common or rule != "name") and not word.capital:
                if self._is_short(word, text):
                    yield Hit(word.start, word.end, EntityType.PERSON, score, _NAME, "short")
                continue
            if common and not stands_as_name(text, word.start, word.end):
                continue
            yield Hit(word.start, word.end, EntityType.PERSON, score, _NAME, rule)

    def _judged_word(self, word: str) -> tuple[float, str] | None:
        if word not in self._judged:
            self._judged[word] = self._judge(word)
        return self._judged[word]

    def _is_ordinary(self, word: str) -> bool:
        return len(word) < _SHORTEST or self._is_common(word)

    def _is_short(self, word: _Word, text: str) -> bool:
        """Whether a whole name of two letters is said without its capital, and is no word."""
        return (
            len(word.folded) == _SHORTEST - 1
            and word.folded in self._single
            and not self._is_common(word.folded)
            and is_short_name(text, word.start, word.end)
        )

    def _is_listed(self, words: list[_Word], place: int) -> bool:
        """Whether an ordinary word without a capital stands in a list of people ("hope and zofia").

        It is joined by "and" to a name that is nothing else, and no pronoun makes it a verb.
        """
        before, after = words[max(0, place - 2) : place], words[place + 1 : place + 1 + _LIST_REACH]
        if before and before[-1].folded in _MAKES_A_VERB:
            return False
        if after and after[0].folded == "and" and any(map(self._only_a_name, after[1:])):
            return True
        return len(before) > 1 and before[1].folded == "and" and self._only_a_name(before[0])

    def _only_a_name(self, word: _Word) -> bool:
        singular = word.folded.removesuffix("s")
        return any(
            form in self._single and not self._is_ordinary(form) for form in (word.folded, singular)
        )

    def _judge(self, word: str) -> tuple[float, str] | None:
        """How a word names somebody of the register: score and rule, or None."""
        if word in self._single:
            return (_EXACT, "name") if len(word) > 1 else None
        if len(word) < _SHORTEST or self._is_common(word):
            return None
        if any(is_short_form(word, name) for name in self._single):
            return _SHORT, "short-form"
        if any(sounds_like(word, name) for name in self._single):
            return _NEAR, "sounds-like"
        return None

    def _identifiers(self, text: str) -> Iterator[Hit]:
        """Numbers and postcodes, written or said, whole or six characters of them; e-mails."""
        reading = read(text)
        for stretch in reading.stretches:
            for code, entity_type in self._codes.items():
                for shared in _shared(code, stretch.chars):
                    first, last = stretch.tokens(*shared)
                    yield reading.hit(first, last, entity_type, _EXACT, (_NAME, "identifier"))
        for email in self._emails:
            for match in email.finditer(text):
                yield Hit(
                    match.start(), match.end(), EntityType.EMAIL_ADDRESS, _EXACT, _NAME, "e-mail"
                )


def _shared(code: str, said: str) -> Iterator[tuple[int, int]]:
    """Where a code stands in what was said, or where all that was said is a part of the code."""
    if len(said) >= _SHORTEST_PART and said in code:
        yield 0, len(said)
        return
    place = said.find(code)
    while place >= 0:
        yield place, place + len(code)
        place = said.find(code, place + len(code))


def _is_code(bare: str) -> bool:
    """Whether it can be a number or a postcode, and not "none" or "n/a"."""
    return len(bare) >= _SHORTEST_CODE and any(map(str.isdigit, bare))


def _bare(code: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", code).upper()


def _words(text: str) -> Iterator[_Word]:
    for match in _WORD.finditer(text):
        word = without_ending(match.group())
        yield _Word(
            start=match.start(),
            end=match.start() + len(word),
            folded=plain(word.casefold()).replace("'", ""),
            capital=word[:1].isupper(),
        )
