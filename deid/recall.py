"""What the study has shown: a name found in one transcript is masked in those that come after.

Only what is distinctive is carried over: several words, or one rare long one; the everyday words of
a place or a body ("Shed Club") where they have capitals again. "Will" of one interview says nothing
about the next. Transcripts are finished in an order that does not depend on timing, so what is
remembered at each of them does not either.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import batched

from deid.fingerprints import Words, lengths_of, phrase_key
from deid.repeats import Sought, Wanted, folded_words, keys, repeats_in
from deid.shelf import Entry, Shelves
from deid.transcript import Annotation, Detection, EntityType, Part, Transcript
from deid.visible import visible

_RARE_LENGTH = 6
_SCORE = 0.6
_RECOGNISER = "recall"
_FORGOTTEN = frozenset({EntityType.AGE, EntityType.DATE_TIME, EntityType.DATE_OF_BIRTH})


_TYPES = tuple(EntityType)
_TAG = {entity_type: tag for tag, entity_type in enumerate(_TYPES)}
_PHRASE, _SAME = 1, 2
_ENDINGS = "es"
"""A plural may follow what is known ("the Hargreaveses"); :meth:`Wanted.find` judges of it."""
_AT_ONCE = 1 << 12
_RECENT = 1 << 10


class StudyMemory:
    """Distinctive originals of all transcripts so far, a hundred bytes each.

    They are kept by fingerprint (:mod:`deid.shelf`), and only those that could stand in a
    transcript are looked for there.
    """

    def __init__(self, is_common: Callable[[str], bool]) -> None:
        self._is_common = is_common
        self._shelves = Shelves()
        self._lengths = lengths_of(())
        self._recent = lru_cache(_RECENT)(self._keys)

    def learn(self, originals: Iterable[tuple[EntityType, str]]) -> None:
        """Add what was replaced: entity type and text."""
        told = ((text, _TAG[kind]) for kind, text in originals if kind not in _FORGOTTEN)
        for texts in batched(told, _AT_ONCE):
            same = [(_SAME, text) for text, _ in texts]
            entries: list[Entry] = []
            phrases: set[str] = set()
            for place in self._shelves.unknown(texts, same):
                found = {phrase_key(_spaced(key), _ENDINGS) for key in self._keys(*texts[place])}
                if found:
                    told_by = (same[place], *((_PHRASE, key) for key in found))
                    entries.append(Entry(*texts[place], told_by))
                    phrases |= found
            if entries:
                self._shelves = self._shelves.grown(entries)
                self._lengths = self._lengths | lengths_of(phrases)

    def detections(self, transcript: Transcript) -> Iterator[Detection]:
        """Where a transcript has what the study knows."""
        said = [
            (turn.number, part, view, folded_words(view))
            for turn in transcript.turns
            for part in Part
            for view in [visible(turn.part(part))]
        ]
        wanted = self._wanted(words for *_, words in said)
        for turn, part, view, words in said:
            if any(map(wanted.lengths, words)):
                yield from repeats_in(view, wanted, _RECOGNISER, turn=turn, part=part)

    def _wanted(self, said: Iterable[tuple[str, ...]]) -> Wanted:
        """What could be found there, and perhaps a little more."""
        words = [f" {word}" for some in said for word in (*some, "\0")]
        prints = Words.of(words, _ENDINGS).prints(self._lengths, _PHRASE)
        wanted = Wanted()
        for number in self._shelves.numbers(prints):
            text, tag = self._shelves[number]
            for key in self._recent(text, tag):
                found = Sought.of(key, _TYPES[tag], _SCORE, "study", is_common=self._is_common)
                wanted.add(key, found)
        return wanted

    def _keys(self, text: str, tag: int) -> tuple[tuple[str, ...], ...]:
        """The folded words by which it is recognised, as far as they are distinctive."""
        found = keys(text, _TYPES[tag], self._is_common)
        person = _TYPES[tag] is EntityType.PERSON
        return tuple(key for key, _ in found if self._is_distinctive(key, person=person))

    def _is_distinctive(self, key: tuple[str, ...], *, person: bool) -> bool:
        telling = [word for word in key if not self._is_common(word)]
        several = len(telling) > 1 or (len(key) > 1 and not person)
        return several or any(len(word) >= _RARE_LENGTH for word in telling)


def _spaced(key: Iterable[str]) -> str:
    """Words with a space before each: "w i l l" is not "will"."""
    return "".join(f" {word}" for word in key)


def is_recalled(annotation: Annotation) -> bool:
    """Whether only the memory found it; such a find is no reason to remember it further."""
    return all(rule.startswith(f"{_RECOGNISER}/") for rule in annotation.rules)
