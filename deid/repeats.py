"""A thing found once is masked wherever it is said again, whole or by a part of a name.

A word that is ordinary English ("will", "rose") is masked only where it stands as a name would:
with a capital inside a sentence. What counts as ordinary is the caller's to say.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NamedTuple

from deid.naming import EPITHETS, KIN, TITLES, without_ending
from deid.spelling import SHORTEST_NAME, joined_letters, letter_forms
from deid.standing import is_addressed, is_dated, stands_as_name
from deid.transcript import Annotation, Detection, EntityType, Part, Place, Transcript
from deid.visible import Visible, visible

_NOT_REPEATED = frozenset({EntityType.AGE, EntityType.DATE_TIME})
_NAMED = frozenset({EntityType.PERSON, EntityType.LOCATION})
_PARTICLES = frozenset(
    {"van", "von", "der", "den", "ter", "de", "la", "le", "du", "di", "da", "del", "dos", "st"}
    | {"bin", "ibn", "ben", "abu", "al", "el", "ap", "ab", "mc", "mac", "o"}
    | {"erm", "um", "umm", "uhm", "uh", "er", "ooh", "ah"}
)
"""What stands inside a name and is nobody's: "van der", and the pause of "Eoin, erm, Scanlon"."""
_KIN_BEFORE = (KIN | {"great", "step"}) - {"nan", "nana"}
"""Kin that a name may follow; Nan and Nana are first names too."""
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE_YEAR = frozenset(
    {"of", "since", "until", "till", "from", "by", "during", "before", "after"}
    | {"january", "february", "march", "april", "may", "june", "july", "august", "september"}
    | {"october", "november", "december"}
)
_PLURALS = ("s", "es")
_LONGEST_REPEAT = 8
_FEWEST_REPEATED_DIGITS = 4


class _Word(NamedTuple):
    """A word of a visible text; ``shown`` are its offsets there."""

    folded: str
    capital: bool
    shown: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sought:
    """What is masked wherever its words stand, ordinary words with a capital only.

    The plural of a name may be an ordinary word where the name is none: Tim, and "at times".
    """

    entity_type: EntityType
    score: float
    rule: str
    needs_capital: bool
    plural_needs_capital: bool

    @classmethod
    def of(
        cls,
        key: tuple[str, ...],
        entity_type: EntityType,
        score: float,
        rule: str,
        *,
        is_common: Callable[[str], bool],
    ) -> "Sought":
        """The folded words ``key``, found by ``rule``."""
        common = rule != "letters" and all(map(is_common, key))
        plural = common or any(is_common(key[-1] + ending) for ending in _PLURALS)
        return cls(entity_type, score, rule, common, plural)


def repeated(
    transcript: Transcript,
    annotations: Iterable[Annotation],
    is_common: Callable[[str], bool],
) -> Iterator[Detection]:
    """Every further place where something already found stands, whole or by a part of a name."""
    yield from repeats(transcript, _sought(transcript, annotations, is_common), "resolve")


class Wanted:
    """What is sought, by folded words; grows without being gone through again."""

    def __init__(self, sought: Mapping[tuple[str, ...], Sought] | None = None) -> None:
        self._sought: dict[tuple[str, ...], Sought] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}
        for key, each in (sought or {}).items():
            self.add(key, each)

    def add(self, key: tuple[str, ...], sought: Sought) -> None:
        """Seek these words too; what is sought by them already stays as it is."""
        if key in self._sought:
            return
        self._sought[key] = sought
        plurals = (key[0] + ending for ending in _PLURALS) if len(key) == 1 else ()
        for word in (key[0], *plurals):
            known = self._lengths.get(word, ())
            if len(key) not in known:
                self._lengths[word] = tuple(sorted((*known, len(key)), reverse=True))

    def lengths(self, word: str) -> tuple[int, ...]:
        """How many words to try where this one stands first, the most first."""
        return self._lengths.get(word, ())

    def find(self, key: tuple[str, ...]) -> Sought | None:
        """What is sought by these words, or by the singular of the last ("the Hargreaveses")."""
        found = self._sought.get(key)
        for ending in _PLURALS:
            if found is None and key[-1].endswith(ending):
                one = self._sought.get((*key[:-1], key[-1].removesuffix(ending)))
                if one and one.entity_type is EntityType.PERSON:
                    found = replace(one, needs_capital=one.plural_needs_capital)
        return found


def repeats(
    transcript: Transcript, sought: Mapping[tuple[str, ...], Sought] | Wanted, recogniser: str
) -> Iterator[Detection]:
    """Every place of a transcript where words that are sought stand, the longest run first.

    Args:
        transcript: Searched in all parts of all turns.
        sought: By folded words.
        recogniser: Named in the detections.
    """
    wanted = sought if isinstance(sought, Wanted) else Wanted(sought)
    for turn in transcript.turns:
        for part in Part:
            yield from repeats_in(
                visible(turn.part(part)), wanted, recogniser, turn=turn.number, part=part
            )


def repeats_in(
    view: Visible, wanted: Wanted, recogniser: str, *, turn: int, part: Part
) -> Iterator[Detection]:
    """The same in one part of a turn, given as a reader sees it."""
    words = _words(view)
    for first, word in enumerate(words):
        for count in wanted.lengths(word.folded):
            run = words[first : first + count]
            found = wanted.find(tuple(each.folded for each in run))
            if found and (_is_years_own(words, first, found) or _is_month(run, found, view.text)):
                break
            if found and (not found.needs_capital or _stands_as_name(run, view.text)):
                start, end = view.source(run[0].shown[0], run[-1].shown[1])
                yield Detection(
                    Place(turn, part, start, end),
                    found.entity_type,
                    found.score,
                    recogniser,
                    found.rule,
                )
                break


def _is_years_own(words: Sequence[_Word], first: int, found: Sought) -> bool:
    """Whether a year that a date of birth holds too is here an event's: "since May of 2020"."""
    year = found.entity_type is EntityType.DATE_OF_BIRTH and _YEAR.fullmatch(words[first].folded)
    return bool(year) and first > 0 and words[first - 1].folded in _BEFORE_YEAR


def _is_month(run: Sequence[_Word], found: Sought, text: str) -> bool:
    """Whether a month that somebody is called is here the month: "in June"."""
    person = found.entity_type is EntityType.PERSON and len(run) == 1
    return person and is_dated(text, *run[0].shown)


def _stands_as_name(run: Sequence[_Word], text: str) -> bool:
    """Whether ordinary words stand as a name would: with capitals, inside a sentence, no month.

    Where a text has no small letters, or none that are capital, only somebody thanked or greeted
    does.
    """
    if text.isupper() or not any(word.capital for word in run):
        return len(run) == 1 and is_addressed(text, *run[0].shown)
    if not all(word.capital for word in run):
        return False
    return len(run) > 1 or stands_as_name(text, *run[0].shown)


def _sought(
    transcript: Transcript, annotations: Iterable[Annotation], is_common: Callable[[str], bool]
) -> dict[tuple[str, ...], Sought]:
    sought: dict[tuple[str, ...], Sought] = {}
    ordered = sorted(annotations, key=lambda one: -one.score)
    bodies = {
        folded(_said(transcript, each))
        for each in ordered
        if each.entity_type is EntityType.ORGANIZATION and each.place.part is Part.TEXT
    }
    for each in ordered:
        said = _said(transcript, each)
        labels_body = each.place.part is Part.SPEAKER and folded(said) in bodies
        if each.entity_type in _NOT_REPEATED or labels_body:
            continue
        for key, rule in keys(said, each.entity_type, is_common):
            if key not in sought:
                sought[key] = Sought.of(
                    key, each.entity_type, each.score, rule, is_common=is_common
                )
    return sought


def _said(transcript: Transcript, each: Annotation) -> str:
    text = transcript.turns[each.place.turn].part(each.place.part)
    return text[each.place.start : each.place.end]


def keys(
    said: str, entity_type: EntityType, is_common: Callable[[str], bool]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """The folded words by which a found thing is recognised elsewhere, each with its rule."""
    words = _words(visible(said))
    whole = tuple(word.folded for word in words)
    person = entity_type is EntityType.PERSON
    named = entity_type in _NAMED
    if person:
        yield from _spelt(whole)
    year = len(whole) == 1 and _YEAR.fullmatch(whole[0])
    if year and entity_type is not EntityType.DATE_OF_BIRTH:
        return  # a piece of a number that is a year elsewhere
    if 1 < len(whole) <= _LONGEST_REPEAT or (whole and _tells(words[0], named, is_common)):
        yield whole, "repeat"
    if person and len(whole) > 1:
        titles = takewhile(lambda word: _is_title(word.folded, is_common), words[:-1])
        for word in words[len(list(titles)) :]:
            if word.folded not in _PARTICLES and _tells(word, person, is_common):
                yield (word.folded,), "part-of-name"


def _is_title(word: str, is_common: Callable[[str], bool]) -> bool:
    """Whether a word before a name is no part of it: "Great-Grandad Herman"."""
    return (word in TITLES | EPITHETS and is_common(word)) or word in _KIN_BEFORE


def _tells(word: _Word, named: bool, is_common: Callable[[str], bool]) -> bool:
    """Whether a single word says enough to be masked where it stands again.

    A person's or a place's name that is ordinary English does, where it stands as a name.
    """
    if any(map(str.isdigit, word.folded)):
        return sum(map(str.isdigit, word.folded)) >= _FEWEST_REPEATED_DIGITS
    if len(word.folded) < SHORTEST_NAME:
        return False
    return not is_common(word.folded) or (named and word.capital)


def _spelt(whole: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """A name said in letters, joined; a name joined, in single letters and in NATO's words."""
    name = joined_letters(whole)
    if name:
        yield (name,), "spelt"
    for word in whole if not name else (name,):
        if word.isascii() and word.isalpha() and len(word) >= SHORTEST_NAME:
            for key in letter_forms(word):
                yield key, "letters"


def folded(said: str) -> tuple[str, ...]:
    """The words of a text as they are compared: visible, case-folded, without possessive."""
    return folded_words(visible(said))


def folded_words(view: Visible) -> tuple[str, ...]:
    """The same of a text that is visible already."""
    return tuple(without_ending(word).casefold() for word in _WORD.findall(view.text))


def _words(view: Visible) -> list[_Word]:
    """Words of the visible text, the possessive left off."""
    words = []
    for match in _WORD.finditer(view.text):
        word, start = without_ending(match.group()), match.start()
        words.append(_Word(word.casefold(), word[:1].isupper(), (start, start + len(word))))
    return words
