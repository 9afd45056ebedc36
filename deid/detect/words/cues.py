"""What stands beside a word and makes it a name: introductions, titles, kin, greetings, verbs.

Only the words around a candidate are looked at, a few steps back and one ahead, so that the cost
grows with the number of candidates and not with the length of the speech.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from deid.detect.words.gazetteer import sections
from deid.detect.words.tokens import Case, Tokens


class Cue(StrEnum):
    """Why a word is in a name's place, the strongest first."""

    INTRODUCTION = "introduction"
    TITLE = "title"
    CALLED = "called"
    ANSWER = "name-answer"
    KIN = "kin"
    I_AM = "i-am"
    ADDRESS = "address"
    SLOT = "slot"


STRONG = frozenset({Cue.INTRODUCTION, Cue.TITLE, Cue.CALLED, Cue.ANSWER, Cue.KIN})
FILLERS = frozenset(
    {"um", "uh", "hh", "hhh", "er", "erm", "uhm", "mm", "umm", "like", "actually", "well", "just"}
)
_NAME_WORDS = frozenset({"name", "surname", "nickname", "firstname", "lastname", "names"})
COURTESIES = frozenset({"mr", "mrs", "ms", "mx", "mister", "missus"})
POSSESSIVES = frozenset({"my", "our", "his", "her", "your", "their"})
_OWNERS = frozenset(
    {"my", "ma", "me", "mi", "your", "his", "her", "our", "their", "the", "a", "another",
     "little", "older", "eldest", "oldest", "big", "good", "wee",
     "younger", "youngest", "old", "late", "lovely", "poor", "other", "best", "that"}
)  # fmt: skip
_CALLED = frozenset({"called", "named", "call", "nicknamed", "christened"})
_CALLING = _CALLED | {"calls", "calling"}
_PEOPLE = frozenset(
    {"he", "she", "he's", "she's", "i'm", "am", "who's", "who", "guy", "bloke", "lady", "chap",
     "fella", "gentleman", "kid", "someone", "somebody", "girl", "boy", "lad", "lass", "they're",
     "everyone", "they", "people", "you", "we", "woman", "man", "wifie", "wifey", "mannie",
     "quine", "loon", "dude", "geezer", "baby", "child", "youngster", "pensioner", "colleague"}
)  # fmt: skip
_CALL_OBJECTS = frozenset({"me", "him", "her", "them", "us", "himself", "herself"})
_DIRECT_GREETINGS = frozenset(
    {"hi", "hiya", "hello", "hey", "bye", "goodbye", "cheers", "thanks", "dear", "morning",
     "afternoon", "evening", "welcome", "ta"}
)  # fmt: skip
_SLOT_VERBS = frozenset(
    {"told", "met", "rang", "phoned", "asked", "ask", "married", "with", "thank", "texted", "tell",
     "emailed", "messaged", "visited", "invited", "remember", "contact", "miss", "saw", "meet"}
)  # fmt: skip
PARTICLES = frozenset(
    {"van", "von", "der", "den", "de", "la", "le", "di", "da", "dos", "das", "del", "dela", "della",
     "du", "ap", "ab", "bin", "bint", "ibn", "al", "el", "abu", "ben", "ter", "ten", "san", "st",
     "mac", "mc", "o", "\u00f3", "ni", "n\u00ed", "nic", "ua", "u\u00ed", "mhic", "y"}
)  # fmt: skip
BEING = frozenset(
    {"was", "is", "has", "had", "came", "went", "did", "didn't", "used", "got", "and"}
)
SPEECH_VERBS = frozenset(
    {"said", "says", "told", "tells", "reckons", "reckoned", "thinks", "rang", "rings", "asked",
     "asks", "phoned", "texted", "wants", "wanted", "knows", "knew", "died", "loves", "loved",
     "lives", "lived", "helped", "mentioned", "brought", "bought", "sent", "gave", "picked",
     "drove", "cried", "laughed", "promised", "insisted", "swears", "drives", "runs", "came",
     "turned", "thought", "looked", "suggested", "introduced", "who", "who's", "goes"}
)  # fmt: skip
SURNAME_PARTICLES = PARTICLES - {"la", "st", "ten", "o", "y", "da", "ab"}
_ADDRESSES = frozenset({("thank", "you"), ("all", "right"), ("ok", "then"), ("right", "then")})
_TOGETHER = frozenset(
    {("me", "and"), ("i", "and"), ("talking", "to"), ("spoke", "to"), ("speak", "to"),
     ("says", "to"), ("said", "to"), ("married", "to"), ("spoken", "to"), ("listen", "to"),
     ("went", "with")}
)  # fmt: skip
_BACK, _FARTHEST = 4, 12


@dataclass(frozen=True, slots=True)
class Roles:
    """Word lists about people's roles, in lower case."""

    titles: frozenset[str] = field(repr=False)
    kin: frozenset[str] = field(repr=False)
    labels: frozenset[str] = field(repr=False)
    heads: frozenset[str] = field(repr=False)
    family: frozenset[str] = field(repr=False)
    desks: frozenset[str] = field(repr=False)


@cache
def roles() -> Roles:
    """The lists of roles.txt, read on first use."""
    found = sections("roles.txt")
    return Roles(
        *(frozenset(found[key]) for key in ("titles", "kin", "labels", "heads", "family", "desks"))
    )


@cache
def role_words(*kinds: str) -> frozenset[str]:
    """The words of several of those lists together, joined once: they are asked once a word."""
    return frozenset().union(*(getattr(roles(), kind) for kind in kinds))


def cue_at(tokens: Tokens, place: int, answers: frozenset[int]) -> Cue | None:
    """The strongest cue for the word at ``place``; ``answers`` are turns that answer for a name."""
    before = _before(tokens, place)
    if before:
        found = _from_before(tokens, before, place)
        if found is not None:
            return found
    cried = not before and "!" in tokens.gap(place)  # "That's Mateus! Vai!"
    if tokens.turns[place] in answers and len(before) < _BACK and not cried:
        return Cue.ANSWER
    if _vocative(tokens, place):
        return Cue.ADDRESS
    after = tokens.lows[place + 1] if place + 1 < len(tokens) else ""
    if after in SPEECH_VERBS or (before and before[0] in _SLOT_VERBS):
        return Cue.SLOT
    return None


def _before(tokens: Tokens, place: int) -> list[str]:
    """Up to four words before, nearest first, in the same turn and sentence, without fillers."""
    found: list[str] = []
    step = place
    while place - _FARTHEST < step and step > 0 and len(found) < _BACK:
        gap = tokens.gap(step)
        broken = any(mark in gap for mark in "?!\n") or ("." in gap and tokens.initial(step))
        if broken or tokens.turns[step - 1] != tokens.turns[place]:
            break
        step -= 1
        if not found and _particle(tokens, step):
            continue
        if tokens.lows[step] not in FILLERS or not found:
            low = tokens.lows[step]
            if low in FILLERS and low != "like":
                continue
            found.append(f"{low}'s" if tokens.possessive(step) else low)
    return found


def _particle(tokens: Tokens, place: int) -> bool:
    """Whether it leads a surname: "de Souza", "de la Mare"."""
    low = tokens.lows[place]
    return low in SURNAME_PARTICLES or (low == "la" and tokens.lows[place - 1] == "de")


_OF_A_THING = frozenset({"brand", "trade", "drug", "generic", "product", "medical"})
"""What has a name that is nobody's: "the brand name is"."""


def _from_before(tokens: Tokens, before: list[str], place: int) -> Cue | None:
    """Which cue the words before make; ``before`` has the nearest first."""
    first, second, third = (*before, "", "", "")[:3]
    if (
        (first in ("name's", "surname's", "nickname's") and second not in _OF_A_THING)
        or (first, second) == ("names", "my")
        or (
            first in ("is", "was", "being", "it's")
            and (second in _NAME_WORDS or third in _NAME_WORDS)
            and third not in _OF_A_THING
        )
        or before[:4] == ["of", "name", "the", "by"]
        or first in ("née", "nee")
    ):
        return Cue.INTRODUCTION
    verb = first == "miss" and second in _MISSING
    if first in roles().titles and not verb and _beside_title(tokens.gap(place)):
        return Cue.TITLE
    if first in roles().kin and (second in _OWNERS or second.endswith("'s")):
        return Cue.KIN
    if first in ("was", "is", "being") and second in roles().family and third in _OWNERS:
        return Cue.KIN if tokens.capital(place) and tokens.case(place) is Case.MIXED else None
    known = first == "as" and second in _KNOWN and tokens.capital(place)
    if known or first in _CALLED or (first in _CALL_OBJECTS and second in _CALLING):
        somebody = known or first in _CALL_OBJECTS or _person(second.removesuffix("'s"))
        somebody = somebody or _person(second) or _person(third)
        somebody = somebody and not (first in _CALLED and third == "what")  # "what you call X"
        return Cue.CALLED if somebody else Cue.SLOT
    return _weak_before(first, second)


_KNOWN = frozenset({"known", "me", "him", "her"})


def _beside_title(gap: str) -> bool:
    return "." in gap or "," not in gap


_MISSING = frozenset(
    {"i", "you", "we", "they", "i'll", "you'll", "we'll", "i'd", "you'd", "we'd", "they'd", "to",
     "don't", "didn't", "do", "did", "really", "always", "never", "still", "will", "would", "might",
     "must", "just", "and", "also", "dearly"}
)  # fmt: skip


def _weak_before(first: str, second: str) -> Cue | None:
    if first in ("i'm", "im") or (first == "am" and second == "i") or first in ("this's", "it's"):
        return Cue.I_AM
    if first == "is" and second in ("this", "it", "that", "here"):
        return Cue.I_AM
    if first in _DIRECT_GREETINGS or (second, first) in _ADDRESSES:
        return Cue.ADDRESS
    return Cue.SLOT if (second, first) in _TOGETHER else None


def _person(word: str) -> bool:
    """Whether the word before "called" stands for somebody ("she's called", "a lady called")."""
    return word in _PEOPLE or word in roles().kin


def _vocative(tokens: Tokens, place: int) -> bool:
    """Set off by commas at the edge of a clause: "thanks, Bev." / "Bev, can you"."""
    gap, after = tokens.gap(place), tokens.after(place)
    closes = after[:1] in {",", ".", "?", "!", "\n", ""}
    if closes and gap.strip() == ",":
        return True
    return after[:1] == "," and tokens.initial(place)
