"""Speaker labels: which of them are names, and which only say who somebody is.

A label is not speech, so it has its own rules and they fail closed: whatever is no role, number
or code is taken for a name, because a transcriber who wrote a word before a colon named somebody.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from deid.detect.allow import allowed
from deid.detect.cues import roles
from deid.detect.gazetteer import lexicon
from deid.transcript import Detection, EntityType, Part, Place, Transcript

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\-.][^\W\d_]+)*\.?")
_CODE = re.compile(r"[A-Z]{1,4}[-_ ]?\d+[A-Za-z]?|\d+|[A-Z]{1,3}|[a-z]", re.ASCII)
_JOINING = frozenset(
    {"and", "&", "with", "the", "of", "from", "to", "on", "in", "at", "for", "a", "an", "one",
     "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "no", "number", "new",
     "first", "second", "third", "by", "via", "phone", "online", "video", "voice", "head", "senior",
     "junior", "lead", "clinical", "research", "pain", "community", "team", "main", "former"}
)  # fmt: skip
_COMMON_TIER, _FAIR, _LONGEST = 35, 4, 60


def find(transcript: Transcript) -> list[Detection]:
    """A PERSON detection on every label that is or holds a name, the role left out."""
    spans: dict[str, tuple[tuple[int, int], ...]] = {}
    counts = Counter(turn.speaker for turn in transcript.turns)
    for label in counts:
        spans[label] = tuple(_name_spans(label))
    return [
        Detection(
            place=Place(turn.number, Part.SPEAKER, start, end),
            entity_type=EntityType.PERSON,
            score=0.95,
            recogniser="speakers",
            rule="label-name",
        )
        for turn in transcript.turns
        for start, end in spans[turn.speaker]
    ]


@dataclass(frozen=True, slots=True)
class LabelNames:
    """The words of labels that are names, in lower case, camel case taken apart.

    ``others`` holds single words on no list of names: a firm perhaps, masked all the same.
    """

    people: frozenset[str] = field(repr=False)
    others: frozenset[str] = field(repr=False)


def label_names(labels: Iterable[str]) -> LabelNames:
    """What the speaker labels of a transcript tell about the names in its text."""
    people: set[str] = set()
    others: set[str] = set()
    for label in set(labels):
        for start, end in _name_spans(label):
            parts = [part for part in _CAMEL.split(label[start:end]) if len(part) > 1]
            for low in (part.lower() for part in parts):
                entry = lexicon().entry(low)
                lone = len(parts) == 1 and entry.unknown and label[start:end] == label.strip()
                (others if lone else people).add(low)
    return LabelNames(frozenset(people), frozenset(others - people))


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[\s.\-]+")


def _name_spans(label: str) -> Iterator[tuple[int, int]]:
    """The stretches of a label that are names; words next to each other make one."""
    label = label[: _LONGEST * 4]
    if _CODE.fullmatch(label.strip()) or label.strip().lower() in roles().labels:
        return
    start = end = -1
    for match in _WORD.finditer(label):
        trailing = start >= 0 and len(match.group()) == 1 and match.group().isupper()
        if not trailing and not _is_name(match.group(), label):
            if start >= 0:
                yield start, end
            start = -1
            continue
        gap = label[end : match.start()] if start >= 0 else ""
        if start >= 0 and gap.strip(" .'-\u2019"):
            yield start, end
            start = -1
        start = match.start() if start < 0 else start
        end = match.end() - match.group().endswith(".") * (len(match.group()) > _INITIAL)
    if start >= 0:
        yield start, end


_INITIAL = 2


def _is_name(word: str, label: str) -> bool:
    low = word.lower().rstrip(".").replace("\u2019", "'").removesuffix("'s")
    known = roles()
    if low in known.labels or low in known.titles or low in known.kin or low in _JOINING:
        return False
    if low in allowed().words | allowed().acronyms and lexicon().entry(low).given < _FAIR:
        return False
    if len(low) == 1:
        return bool(re.search(rf"\b{re.escape(word)}\s*[A-Z][a-z]", label))
    if low in known.heads:
        return False
    entry = lexicon().entry(low)
    common = 0 < entry.tier <= _COMMON_TIER
    if common and entry.name < _FAIR:
        return len(label.split()) == 1 and word[0].isupper() and entry.name > 0
    return True
