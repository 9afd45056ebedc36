"""A thing found once is masked wherever it is said again, whole or by a part of a name.

A word that is ordinary English ("will", "rose") is masked only where it stands as a name would:
with a capital inside a sentence. What counts as ordinary is the caller's to say.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from deid.naming import TITLES, without_ending
from deid.standing import stands_as_name
from deid.transcript import Annotation, Detection, EntityType, Part, Place, Transcript
from deid.visible import visible

_NOT_REPEATED = frozenset({EntityType.AGE, EntityType.DATE_TIME})
_PARTICLES = frozenset(
    {"van", "von", "der", "den", "ter", "de", "la", "le", "du", "di", "da", "del", "dos", "st"}
    | {"bin", "ibn", "ben", "abu", "al", "el", "ap", "ab", "mc", "mac", "o"}
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SHORTEST_NAME_PART = 3
_LONGEST_REPEAT = 8
_FEWEST_REPEATED_DIGITS = 4


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    folded: str
    capital: bool
    named: bool


@dataclass(frozen=True, slots=True)
class Sought:
    """What is masked wherever its words stand; ``needs_capital`` spares ordinary words."""

    entity_type: EntityType
    score: float
    rule: str
    needs_capital: bool


def repeated(
    transcript: Transcript,
    annotations: Iterable[Annotation],
    is_common: Callable[[str], bool],
) -> Iterator[Detection]:
    """Every further place where something already found stands, whole or by a part of a name."""
    yield from repeats(transcript, _sought(transcript, annotations, is_common), "resolve")


def repeats(
    transcript: Transcript, sought: Mapping[tuple[str, ...], Sought], recogniser: str
) -> Iterator[Detection]:
    """Every place of a transcript where words that are sought stand, the longest run first.

    Args:
        transcript: Searched in all parts of all turns.
        sought: By folded words.
        recogniser: Named in the detections.
    """
    if not sought:
        return
    longest = max(len(key) for key in sought)
    for turn in transcript.turns:
        for part in Part:
            words = _words(turn.part(part))
            for first in range(len(words)):
                for count in range(min(longest, len(words) - first), 0, -1):
                    run = words[first : first + count]
                    found = _lookup(sought, tuple(word.folded for word in run))
                    if found and (not found.needs_capital or _stands_as_name(run)):
                        yield Detection(
                            Place(turn.number, part, run[0].start, run[-1].end),
                            found.entity_type,
                            found.score,
                            recogniser,
                            found.rule,
                        )
                        break


def _lookup(sought: Mapping[tuple[str, ...], Sought], key: tuple[str, ...]) -> Sought | None:
    """What is sought by these words, or by the singular of the last ("the Hargreaveses")."""
    found = sought.get(key)
    for ending in ("s", "es"):
        if found is None and key[-1].endswith(ending):
            one = sought.get((*key[:-1], key[-1].removesuffix(ending)))
            found = one if one and one.entity_type is EntityType.PERSON else None
    return found


def _stands_as_name(run: Sequence[_Word]) -> bool:
    """Whether ordinary words stand as a name would: with capitals, inside a sentence, no month."""
    return all(word.capital for word in run) and (len(run) > 1 or run[0].named)


def _sought(
    transcript: Transcript, annotations: Iterable[Annotation], is_common: Callable[[str], bool]
) -> dict[tuple[str, ...], Sought]:
    sought: dict[tuple[str, ...], Sought] = {}
    for each in sorted(annotations, key=lambda one: -one.score):
        if each.entity_type in _NOT_REPEATED:
            continue
        text = transcript.turns[each.place.turn].part(each.place.part)
        said = text[each.place.start : each.place.end]
        for key, rule in keys(said, each.entity_type, is_common):
            common = all(is_common(word) for word in key)
            if key not in sought:
                sought[key] = Sought(each.entity_type, each.score, rule, common)
    return sought


def keys(
    said: str, entity_type: EntityType, is_common: Callable[[str], bool]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """The folded words by which a found thing is recognised elsewhere, each with its rule."""
    words = _words(said)
    whole = tuple(word.folded for word in words)
    person = entity_type is EntityType.PERSON
    if 1 < len(whole) <= _LONGEST_REPEAT or (whole and _tells(words[0], person, is_common)):
        yield whole, "repeat"
    if person and len(whole) > 1:
        titled = words[0].folded in TITLES and is_common(words[0].folded)
        for word in words[1:] if titled else words:
            if word.folded not in _PARTICLES and _tells(word, person, is_common):
                yield (word.folded,), "part-of-name"


def _tells(word: _Word, person: bool, is_common: Callable[[str], bool]) -> bool:
    """Whether a single word says enough to be masked where it stands again.

    A person's name that is ordinary English does, where it stands as a name.
    """
    if any(map(str.isdigit, word.folded)):
        return sum(map(str.isdigit, word.folded)) >= _FEWEST_REPEATED_DIGITS
    if len(word.folded) < _SHORTEST_NAME_PART:
        return False
    return not is_common(word.folded) or (person and word.capital)


def _words(text: str) -> list[_Word]:
    """Words of the visible text with their offsets in the source, the possessive left off."""
    view = visible(text)
    words = []
    for match in _WORD.finditer(view.text):
        word = without_ending(match.group())
        shown = match.start(), match.start() + len(word)
        start, end = view.source(*shown)
        named = word[:1].isupper() and stands_as_name(view.text, *shown)
        words.append(_Word(start, end, word.casefold(), word[:1].isupper(), named))
    return words
