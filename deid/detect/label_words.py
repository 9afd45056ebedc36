"""Whether one word of a speaker label is (part of) a name, by the words around it in the label.

"Housing officer", "day senior", "Voice from the back" name nobody; "Amber Hand", "Mrs Wickes" and
"tone" somebody. ``speakers`` puts the words together; it fails closed, and so does this.
"""

import re

from deid.detect.words.allow import allowed
from deid.detect.words.cues import PARTICLES, role_words, roles
from deid.detect.words.gazetteer import lexicon
from deid.naming import EPITHETS

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
_COMMON_TIER, _FAIR = 35, 4
_PRACTISING, _SHORTEST_TRADE = ("ist", "ician", "grapher"), 6


def is_name(label: str, words: list[re.Match[str]], number: int) -> bool:
    """Whether a word of a label is (part of) a name: whatever is no role and describes none."""
    word = words[number].group()
    low = low_of(word)
    entry = lexicon().entry(low)
    titled = number > 0 and low_of(words[number - 1].group()) in _HONORIFICS
    if len(low) == 1:
        return titled or bool(re.search(rf"\b{re.escape(word)}\s*[A-Z][a-z]", label))
    lone = len(words) == 1 and low not in role_words("kin", "labels", "desks")
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
    after = low_of(words[1].group())
    staff = after == "senior" or after in roles().labels
    return beside and staff and low_of(words[0].group()) in _SHIFTS


_SHIFTS = frozenset(
    {"day", "night", "twilight", "late", "early", "weekend", "duty", "bank", "agency"}
)


def _goes_on(label: str, words: list[re.Match[str]], number: int) -> bool:
    """Whether a word that is no role ends a name: "Amber Hand", "Mr Ten Brink", "Lena du Plessis".

    "Doctor Two" and "Ann online" end none.
    """
    low, first = low_of(words[number].group()), number
    role = role_words("labels", "heads", "desks") | allowed().acronyms
    while first and label[words[first - 1].end() : words[first].start()] == " ":
        first -= 1
        if first + 1 < number and low_of(words[first + 1].group()) not in PARTICLES:
            return False
        before = words[first].group()
        if _given(before) or low_of(before) in _HONORIFICS:
            break
    else:
        return False
    if low in PARTICLES:
        return number + 1 < len(words) and not _says_who(low_of(words[number + 1].group()))
    return low not in role | role_words("kin", "titles") | _JOINING


def _leads(label: str, words: list[re.Match[str]], number: int) -> bool:
    """Whether a surname follows a first name that describes elsewhere: "Junior Beckford"."""
    if (
        number
        or len(words) != len(("first", "last"))
        or label[words[0].end() : words[1].start()] != " "
    ):
        return False
    first, last = (low_of(each.group()) for each in words)
    given = first in _JOINING and lexicon().entry(first).given >= _FAIR
    entry = lexicon().entry(last)
    return given and not _says_who(last) and entry.tier == 0 and entry.family > 0


def _called(label: str, words: list[re.Match[str]], number: int) -> bool:
    """Whether a word that is no role stands with a given name: "Young, Grace", "Wee Tam"."""
    low = low_of(words[number].group())
    if low in EPITHETS and number + 1 < len(words) and _given(words[number + 1].group()):
        return True
    role = low in role_words("kin", "titles", "labels", "desks")
    inverted = not role and _INVERTED.fullmatch(label.strip()) is not None
    return inverted and any(_given(each.group()) for each in words)


def low_of(word: str) -> str:
    """A word of a label as lists have it: in small letters, without full stop and possessive."""
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
    low, known = low_of(word), roles()
    role = low in known.labels | known.titles | known.kin | known.desks | _JOINING
    if role or not word[0].isupper() or (word.isupper() and not label.isupper()):
        return False
    if low not in allowed().words:
        return False
    alone, entry = label.strip() == word, lexicon().entry(low)
    if (alone and entry.name and not entry.tier) or (
        number > 0 and low_of(words[number - 1].group()) in _HONORIFICS
    ):
        return True
    for step in (number - 1, number + 1):
        if 0 <= step < len(words):
            first, second = sorted((step, number))
            beside = not label[words[first].end() : words[second].start()].strip()
            other = words[step].group()
            near = lexicon().entry(low_of(other))
            named = len(other) > len("Mr.") and (near.tier == 0 or near.given >= _FAIR)
            if beside and named and other[0].isupper() and not _says_who(low_of(other)):
                return True
    return False


def _given(word: str) -> bool:
    """Whether the word before is a given name and no role, so that a surname may follow."""
    low = low_of(word)
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
            low = low_of(words[step].group())
            entry = lexicon().entry(low)
            plain = (entry.tier > 0 and entry.given < _FAIR) or low in roles().labels
            if beside and low not in _HONORIFICS and plain:
                return True
    return False


_DOING = ("er", "or", "ist", "ian", "ant", "ee", "man", "woman", "men", "women", "people", "person")
"""Endings of who does something; roles.txt holds all the other words that labels are."""
