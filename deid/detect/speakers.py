"""Speaker labels: which of them are names, and which only say who somebody is.

A label is not speech, so it has its own rules and they fail closed: whatever is no role, number
or code is taken for a name, because a transcriber who wrote a word before a colon named somebody.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from deid.detect.label_words import is_name, low_of
from deid.detect.words.cues import role_words, roles
from deid.detect.words.gazetteer import lexicon
from deid.naming import KIN
from deid.transcript import Detection, EntityType, Part, Place, Transcript, Turn

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\-.][^\W\d_]+)*\.?")
_CODE = re.compile(r"([A-Za-z]{0,4})[-_ ]?\d+[A-Za-z]?|[A-Z]{1,3}|[a-z]", re.ASCII)
_FAIR, _LONGEST = 4, 240


def find(transcript: Transcript) -> list[Detection]:
    """A PERSON detection on every label that is or holds a name, the role left out."""
    labels = {turn.speaker for turn in transcript.turns}
    told = _explained(labels, (turn.text for turn in transcript.turns))
    spans = {label: () if label in told else tuple(_name_spans(label)) for label in labels}
    return [
        in_label(turn, start, end, EntityType.PERSON, "label-name")
        for turn in transcript.turns
        for start, end in spans[turn.speaker]
    ]


def in_label(turn: Turn, start: int, end: int, kind: EntityType, rule: str) -> Detection:
    """What was found in a turn's label, from and to these offsets."""
    return Detection(Place(turn.number, Part.SPEAKER, start, end), kind, 0.95, "speakers", rule)


@dataclass(frozen=True, slots=True)
class LabelNames:
    """The words of labels that are names, in lower case, camel case taken apart.

    ``others`` holds single words on no list of names: a firm perhaps, masked all the same.
    """

    people: frozenset[str] = field(repr=False)
    others: frozenset[str] = field(repr=False)


def label_names(labels: Iterable[str], text: str = "") -> LabelNames:
    """What the speaker labels of a transcript tell about the names in its text.

    Args:
        labels: The labels.
        text: The transcript's text, which may say what a label is short for.
    """
    people: set[str] = set()
    others: set[str] = set()
    distinct = set(labels)
    for label in distinct - _explained(distinct, (text,)):
        for start, end in _name_spans(label):
            parts = [
                part
                for part in _CAMEL.split(label[start:end])
                if len(part) > 1 and part.lower() not in KIN
            ]
            for low in (part.lower() for part in parts):
                entry = lexicon().entry(low)
                lone = len(parts) == 1 and entry.unknown and label[start:end] == label.strip()
                (others if lone else people).add(low)
    return LabelNames(frozenset(people), frozenset(others - people))


_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|[\s.\-]+")


def _name_spans(label: str) -> Iterator[tuple[int, int]]:
    """The stretches of a label that are names; words next to each other make one."""
    if len(label) > _LONGEST:  # no label of this length was seen; it is not read but masked
        yield 0, len(label)
        return
    if _coded(label.strip()):
        return
    words = list(_WORD.finditer(label))
    start = end = -1
    for number, match in enumerate(words):
        gap = label[end : match.start()] if start >= 0 else ""
        apart = bool(gap.strip(" .'-\u2019"))
        trailing = start >= 0 and not apart and _begins_surname(match.group().rstrip("."))
        if not trailing and not is_name(label, words, number):
            if start >= 0:
                yield start, end
            start = -1
            continue
        if start >= 0 and apart:
            yield start, end
            start = -1
        start = _kin_start(label, words, number) if start < 0 else start
        end = match.start() + len(_ENDING.sub("", match.group()))
    if start >= 0:
        yield start, end


def _begins_surname(word: str) -> bool:
    """Whether a surname was cut to its first letters: the "B" of "Tom B", "McC" of "Orla McC"."""
    return len(word) == 1 or _BEGINNING.fullmatch(word) is not None


_BEGINNING = re.compile(r"(?:Ma?c|MA?C|Fitz|O['\u2019])[A-Za-z]?")


def _kin_start(label: str, words: list[re.Match[str]], number: int) -> int:
    """Where a name begins, with the kin word that opens the label: "Aunty Vie", not "Vie"."""
    first, here = words[0], words[number].start()
    opens = number == 1 and not label[: first.start()].strip()
    beside = opens and not label[first.end() : here].strip()
    return first.start() if beside and low_of(first.group()) in KIN else here


_ENDING = re.compile(r"\.\Z|['\u2019]s\Z")


def _explained(labels: Iterable[str], texts: Iterable[str]) -> frozenset[str]:
    """The labels in capitals that the text itself says are roles: "HA = health advisor"."""
    short = {label for label in labels if _SHORT.fullmatch(label)}
    meant = (match for text in texts if short and "=" in text for match in _LEGEND.finditer(text))
    return frozenset(match[1] for match in meant if match[1] in short and _is_role(match[2]))


_SHORT = re.compile(r"[A-Z]{2,5}")
_LEGEND = re.compile(r"\b([A-Z]{2,5}) ?= ?([^\W\d_][^\n=,;.\[\]()]{1,60})")


def _is_role(meaning: str) -> bool:
    """Whether words say what somebody is, and hold nobody's name."""
    words = {low_of(word.group()) for word in _WORD.finditer(meaning)}
    said = words & (role_words("kin", "labels")) or meaning.strip().lower() in roles().labels
    return bool(said) and next(_name_spans(meaning), None) is None


def _coded(label: str) -> bool:
    """Whether a label is a role or a code ("P3", "fe008"); "Sam2" and "JB" are neither."""
    low = label.lower()
    if low in role_words("labels", "desks"):
        return True
    code = _CODE.fullmatch(label)
    if code is None:
        return False
    letters = code[1]
    if letters is None:
        return len(label) == 1
    return letters.isupper() or lexicon().entry(letters.lower()).given < _FAIR
