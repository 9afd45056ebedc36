"""Speaker labels: which of them are names, and which only say who somebody is.

A label is not speech, so it has its own rules and they fail closed: whatever is no role, number
or code is taken for a name, because a transcriber who wrote a word before a colon named somebody.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from deid.detect.words.allow import allowed
from deid.detect.words.cues import PARTICLES, roles
from deid.detect.words.gazetteer import lexicon
from deid.naming import EPITHETS, KIN
from deid.transcript import Detection, EntityType, Part, Place, Transcript, Turn

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\-.][^\W\d_]+)*\.?")
_CODE = re.compile(r"([A-Za-z]{0,4})[-_ ]?\d+[A-Za-z]?|[A-Z]{1,3}|[a-z]", re.ASCII)
_NUMBERED = re.compile(r"[^\W\d_]+[ #]*\d+")
_JOINING = frozenset(
    {"and", "&", "with", "the", "of", "from", "to", "on", "in", "at", "for", "a", "an", "one",
     "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "no", "number", "new",
     "first", "second", "third", "by", "via", "phone", "online", "video", "voice", "head", "senior",
     "junior", "lead", "clinical", "research", "pain", "community", "team", "main", "former",
     "young", "older", "younger", "elder", "next", "same", "another", "back", "front"}
)  # fmt: skip
_INITIALS = 3
_INVERTED = re.compile(
    r"[^\W\d_][\w'\u2019-]{1,40}, [^\W\d_][\w'\u2019-]{1,40}(?: [\w'\u2019-]{1,40})?"
)
_COMMON_TIER, _FAIR, _LONGEST = 35, 4, 240
_PRACTISING, _SHORTEST_TRADE = ("ist", "ician", "grapher"), 6


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
        trailing = start >= 0 and not apart and len(match.group().rstrip(".")) == 1
        if not trailing and not _is_name(label, words, number):
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


def _kin_start(label: str, words: list[re.Match[str]], number: int) -> int:
    """Where a name begins, with the kin word that opens the label: "Aunty Vie", not "Vie"."""
    first, here = words[0], words[number].start()
    opens = number == 1 and not label[: first.start()].strip()
    beside = opens and not label[first.end() : here].strip()
    return first.start() if beside and _low(first.group()) in KIN else here


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
    words = {_low(word.group()) for word in _WORD.finditer(meaning)}
    said = words & (roles().labels | roles().kin) or meaning.strip().lower() in roles().labels
    return bool(said) and next(_name_spans(meaning), None) is None


def _coded(label: str) -> bool:
    """Whether a label is a role or a code ("P3", "fe008"); "Sam2" and "JB" are neither."""
    low = label.lower()
    if low in roles().labels | roles().desks:
        return True
    code = _CODE.fullmatch(label)
    if code is None:
        return False
    letters = code[1]
    if letters is None:
        return len(label) == 1
    return letters.isupper() or lexicon().entry(letters.lower()).given < _FAIR


def _is_name(label: str, words: list[re.Match[str]], number: int) -> bool:
    """Whether a word of a label is (part of) a name: whatever is no role and describes none."""
    word = words[number].group()
    low = _low(word)
    entry = lexicon().entry(low)
    titled = number > 0 and _low(words[number - 1].group()) in _HONORIFICS
    if len(low) == 1:
        return titled or bool(re.search(rf"\b{re.escape(word)}\s*[A-Z][a-z]", label))
    lone = len(words) == 1 and low not in roles().labels | roles().kin | roles().desks
    initials = lone and word.isupper() and word == label.strip() and len(word) <= _INITIALS
    if initials or _called(label, words, number) or _leads(label, words, number):
        return True  # "DA": a body's letters too, but a label is somebody's
    if _kept_beside_a_name(label, words, number) or _goes_on(label, words, number):
        return True
    if _says_who(low) or (low in roles().heads and entry.given < _FAIR):
        surname = lone or titled or (number > 0 and _given(words[number - 1].group()))
        return surname and entry.family >= _FAIR and number + 1 == len(words)
    if entry.tier and entry.given < _FAIR and _NUMBERED.fullmatch(label):
        return False
    common = 0 < entry.tier <= _COMMON_TIER and (entry.name < _FAIR or low in roles().heads)
    described = common and _describes(label, words, number)
    return not (described or _of_a_shift(label, words, number))


def _of_a_shift(label: str, words: list[re.Match[str]], number: int) -> bool:
    """Whether the first word says which of the staff it is: "day senior", "Twilight nurse"."""
    if number or len(words) == 1 or label[: words[0].start()].strip():
        return False
    beside = label[words[0].end() : words[1].start()] in {" ", "-"}
    after = _low(words[1].group())
    staff = after == "senior" or after in roles().labels
    return beside and staff and _low(words[0].group()) in _SHIFTS


_SHIFTS = frozenset(
    {"day", "night", "twilight", "late", "early", "weekend", "duty", "bank", "agency"}
)


def _goes_on(label: str, words: list[re.Match[str]], number: int) -> bool:
    """Whether a word that is no role ends a name: "Amber Hand", "Mr Ten Brink", "Lena du Plessis".

    "Doctor Two" and "Ann online" end none.
    """
    low, first = _low(words[number].group()), number
    role = roles().labels | roles().desks | roles().heads | allowed().acronyms
    while first and label[words[first - 1].end() : words[first].start()] == " ":
        first -= 1
        if first + 1 < number and _low(words[first + 1].group()) not in PARTICLES:
            return False
        before = words[first].group()
        if _given(before) or _low(before) in _HONORIFICS:
            break
    else:
        return False
    if low in PARTICLES:
        return number + 1 < len(words) and not _says_who(_low(words[number + 1].group()))
    return low not in role | roles().kin | roles().titles | _JOINING


def _leads(label: str, words: list[re.Match[str]], number: int) -> bool:
    """Whether a surname follows a first name that describes elsewhere: "Junior Beckford"."""
    if (
        number
        or len(words) != len(("first", "last"))
        or label[words[0].end() : words[1].start()] != " "
    ):
        return False
    first, last = (_low(each.group()) for each in words)
    given = first in _JOINING and lexicon().entry(first).given >= _FAIR
    entry = lexicon().entry(last)
    return given and not _says_who(last) and entry.tier == 0 and entry.family > 0


def _called(label: str, words: list[re.Match[str]], number: int) -> bool:
    """Whether a word that is no role stands with a given name: "Young, Grace", "Wee Tam"."""
    low = _low(words[number].group())
    if low in EPITHETS and number + 1 < len(words) and _given(words[number + 1].group()):
        return True
    role = low in roles().labels | roles().kin | roles().desks | roles().titles
    inverted = not role and _INVERTED.fullmatch(label.strip()) is not None
    return inverted and any(_given(each.group()) for each in words)


def _low(word: str) -> str:
    return word.lower().rstrip(".").replace("\u2019", "'").removesuffix("'s")


def _says_who(low: str) -> bool:
    """Whether a word is a role, joins roles, or is allowed in speech and names few people."""
    known = roles()
    if low in known.labels or low in known.titles or low in known.kin or low in known.desks:
        return True
    if low.endswith(_PRACTISING) and len(low) > _SHORTEST_TRADE and not lexicon().entry(low).name:
        return True  # "Biochemist"
    if low in _JOINING or low.removeprefix("ex-").removeprefix("co-") in known.labels:
        return True
    said = low in allowed().words or low in allowed().acronyms
    return said and lexicon().entry(low).given < _FAIR


def _kept_beside_a_name(label: str, words: list[re.Match[str]], number: int) -> bool:
    """Whether what stays in speech is somebody's in a label: "Tui Ranginui", "Mrs Wickes"."""
    word = words[number].group()
    low, known = _low(word), roles()
    role = low in known.labels | known.titles | known.kin | known.desks | _JOINING
    if role or not word[0].isupper() or (word.isupper() and not label.isupper()):
        return False
    if low not in allowed().words:
        return False
    alone, entry = label.strip() == word, lexicon().entry(low)
    if (alone and entry.name and not entry.tier) or (
        number > 0 and _low(words[number - 1].group()) in _HONORIFICS
    ):
        return True
    for step in (number - 1, number + 1):
        if 0 <= step < len(words):
            first, second = sorted((step, number))
            beside = not label[words[first].end() : words[second].start()].strip()
            other = words[step].group()
            near = lexicon().entry(_low(other))
            named = len(other) > len("Mr.") and (near.tier == 0 or near.given >= _FAIR)
            if beside and named and other[0].isupper() and not _says_who(_low(other)):
                return True
    return False


def _given(word: str) -> bool:
    """Whether the word before is a given name and no role, so that a surname may follow."""
    low = _low(word)
    return not _says_who(low) and lexicon().entry(low).given >= _FAIR


_HONORIFICS = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "doctor"})


def _describes(label: str, words: list[re.Match[str]], number: int) -> bool:
    """Whether an everyday word says what somebody is: by its ending, or by a role beside it.

    "groomer", "Housing officer", "Voice from the back"; alone ("Spud", "tone") it is a name.
    """
    if words[number].group()[0].islower():
        return len(words) > 1 or words[number].group().endswith(_DOING)
    for step in (number - 1, number + 1):
        if 0 <= step < len(words):
            first, second = sorted((words[step], words[number]), key=lambda word: word.start())
            beside = not label[first.end() : second.start()].strip()
            low = _low(words[step].group())
            entry = lexicon().entry(low)
            plain = (entry.tier > 0 and entry.given < _FAIR) or low in roles().labels
            if beside and low not in _HONORIFICS and plain:
                return True
    return False


_DOING = ("er", "or", "ist", "ian", "ant", "ee", "man", "woman", "men", "women", "people", "person")
"""Endings of who does something; roles.txt holds all the other words that labels are."""
