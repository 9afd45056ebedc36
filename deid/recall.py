"""What the study has shown: a name found in one transcript is masked in those that come after.

Only what is distinctive is carried over: several words, or one rare long one. "Will" of one
interview says nothing about the next. Transcripts are finished in an order that does not depend
on timing, so what is remembered at each of them does not either.
"""

from collections.abc import Callable, Iterable, Iterator

from deid.repeats import Sought, Wanted, keys, repeats
from deid.transcript import Annotation, Detection, EntityType, Transcript

_RARE_LENGTH = 6
_SCORE = 0.6
_RECOGNISER = "recall"
_FORGOTTEN = frozenset({EntityType.AGE, EntityType.DATE_TIME, EntityType.DATE_OF_BIRTH})


class StudyMemory:
    """Distinctive originals of all transcripts so far."""

    def __init__(self, is_common: Callable[[str], bool]) -> None:
        self._is_common = is_common
        self._sought = Wanted()

    def learn(self, originals: Iterable[tuple[EntityType, str]]) -> None:
        """Add what was replaced: entity type and text."""
        for entity_type, text in originals:
            if entity_type not in _FORGOTTEN:
                for key, _ in keys(text, entity_type, self._is_common):
                    if self._is_distinctive(key):
                        self._sought.add(
                            key, Sought(entity_type, _SCORE, "study", needs_capital=False)
                        )

    def detections(self, transcript: Transcript) -> Iterator[Detection]:
        """Where a transcript has what the study knows."""
        return repeats(transcript, self._sought, _RECOGNISER)

    def _is_distinctive(self, key: tuple[str, ...]) -> bool:
        telling = [word for word in key if not self._is_common(word)]
        return len(telling) > 1 or any(len(word) >= _RARE_LENGTH for word in telling)


def is_recalled(annotation: Annotation) -> bool:
    """Whether only the memory found it; such a find is no reason to remember it further."""
    return all(rule.startswith(f"{_RECOGNISER}/") for rule in annotation.rules)
