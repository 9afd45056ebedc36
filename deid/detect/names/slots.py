"""More places where English puts a person: "X from work", "X keeps saying", "X's mum".

Beside ``frames``, with the same two degrees of sureness. What is *proven* here holds where a
sentence opens too, and for words that no list knows; what is only *likely* counts for words that
are first names before they are anything else. Nothing is decided here.
"""

from deid.detect.names.certain import is_asked_after, is_turned_to, owns_surely
from deid.detect.names.doing import NOT_BEFORE_A_SUBJECT, is_acting
from deid.detect.names.phrased import OF_PEOPLE_TOO, phrased
from deid.detect.names.relations import companion, is_kin, with_kin
from deid.detect.names.sought import is_greeted, is_minded, is_sought
from deid.detect.names.things import ABSTRACT, GROWN
from deid.detect.words.cues import roles
from deid.detect.words.frames import DATING, DETERMINERS, MONTHS, Frame
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens

_SWEET = frozenset({"love", "darling", "sweetheart", "babe", "hun", "bless"})
_KIN_AFTER = frozenset(
    {"uncle", "aunty", "auntie", "didi", "bhai", "bhaiya", "ben", "masi", "mausi", "chacha",
     "chachi", "mama", "mami", "mamu", "kaka", "kaki", "bua", "phuppo", "khala", "nana", "nani",
     "anna", "akka", "ji", "apa", "appa", "baji"}
)  # fmt: skip
_HERE = frozenset(
    {"bringing", "driving", "cooking", "ringing", "phoning", "visiting", "staying", "babysitting",
     "expecting", "wearing", "asking", "telling", "saying", "picking", "texting", "upstairs",
     "poorly", "pregnant", "asleep", "having", "working", "moving", "downstairs"}
)  # fmt: skip
_COMES_FROM = frozenset(
    {"work", "school", "church", "college", "uni", "reception", "accounts", "upstairs", "bingo",
     "chapel", "mosque", "temple", "nursery", "payroll", "hr", "next", "number", "choir"}
)  # fmt: skip
_HOUSES = frozenset(
    {"desk", "reception", "office", "ward", "surgery", "chemist", "chemist's", "group", "shop",
     "school", "church", "clinic", "hospital", "practice", "council", "canteen", "kitchen", "till",
     "tills", "door", "pharmacy", "library", "pub", "club", "gym", "salon", "agency", "flat",
     "number", "work", "phones", "front", "centre", "road", "corner", "street", "allotment",
     "committee", "board", "gate", "bus", "market", "stall", "switchboard"}
)  # fmt: skip
_DWELLINGS = _HOUSES | {"house", "cottage", "farm", "bungalow", "flats", "estate", "lodge"}
_WORN = frozenset(
    {"hair", "ponytail", "glasses", "beard", "dog", "tattoo", "tattoos", "van", "hat", "limp",
     "wheelchair", "stick", "kids", "twins", "motorbike", "accent", "moustache"}
)  # fmt: skip
_CALLERS = frozenset({"at", "to", "round", "from", "off", "near", "outside", "up", "over", "by"})
_HOMES = frozenset(
    {"house", "place", "flat", "on", "for", "and", "when", "last", "yesterday", "till", "until",
     "every", "tonight", "tomorrow", "with"}
)  # fmt: skip


_GIVING = frozenset({"give", "gave", "giving", "gives", "given"})
_FAVOURS = frozenset(
    {"lift", "ring", "call", "bell", "shout", "hug", "kiss", "message", "text", "wave", "cuddle",
     "tenner", "fiver", "biscuit", "sandwich"}
)  # fmt: skip
"""What is given to people: "give rose a lift"."""


def slot_at(tokens: Tokens, place: int) -> Frame | None:
    """Whether people stand where this word stands; a determiner before it says no."""
    first, second = before(tokens, place)
    if first in DETERMINERS and first not in OF_PEOPLE_TOO:
        return None
    if tokens.lows[place] in MONTHS and first in DATING:
        return None
    told = phrased(tokens, place)
    if told is Frame.PROVEN:
        return told
    after, further = following(tokens, place)
    if tokens.possessive(place):
        return Frame.PROVEN if is_kin(tokens, place) else _owning(tokens, place, first)
    if (
        (first == "poor" and tokens.case(place) is Case.MIXED and tokens.capital(place))
        or _sure_after(tokens, place, after, further)
        or is_acting(tokens, place)
        or with_kin(tokens, place)
        or is_kin(tokens, place)
        or is_asked_after(tokens, place)
        or is_turned_to(tokens, place)
        or (first in _GIVING and after == "a" and further in _FAVOURS)
    ):
        return Frame.PROVEN
    likely = (
        _asked(tokens, place, after, further)
        or is_sought(tokens, place, first, second)
        or companion(tokens, place)
        or is_minded(tokens, place, first)
        or is_greeted(tokens, place, first, second)
    )
    return Frame.LIKELY if likely else told


def _owning(tokens: Tokens, place: int, first: str) -> Frame | None:
    """As owner: "X's mum", "X's bringing the cake", "round at X's on Monday"."""
    after, further = following(tokens, place)
    if after in roles().family or after in _HERE or (after == "not" and further == "well"):
        return Frame.PROVEN
    if owns_surely(tokens, place) or (after, further) == ("running", "late"):
        return Frame.PROVEN
    if after == "got" and further in _BELONGINGS and not first:
        return None if tokens.lows[place] in ABSTRACT | GROWN else Frame.PROVEN
    ends = tokens.closes(place)
    if first in _CALLERS and (ends or after in _HOMES):
        return Frame.PROVEN
    return Frame.LIKELY if first in {"it's", "its", "is", "was"} and after == "turn" else None


_BLESSED = frozenset({("bless", "her"), ("bless", "him"), ("bless", "them")})
_BELONGINGS = frozenset({"the", "a", "an", "my", "his", "her", "no", "three", "two", "four"})


def _sure_after(tokens: Tokens, place: int, after: str, further: str) -> bool:
    """By what follows: "X love, sit down", "X uncle", "X from work", "X on the desk"."""
    if tokens.after(place) != " ":
        return tokens.after(place) == ", " and (after, further) in _BLESSED
    third, fourth = following(tokens, place + 1)[1], following(tokens, place + 2)[1]
    if after in _SWEET:
        return further in {"her", "him"} or tokens.after(place + 1)[:1] == ","
    if after in _KIN_AFTER:
        return tokens.lows[place] not in DETERMINERS | roles().kin
    if after == "from":
        return further in _COMES_FROM or (further == "the" and bool({third, fourth} & _DWELLINGS))
    if after in {"on", "in", "at", "over"} and further in {"the", "number", "reception"}:
        return third.removesuffix("'ll") in _HOUSES or further != "the"
    worn = after == "with" and further == "the" and not _WORN.isdisjoint((third, fourth))
    return worn or (after, further) == ("next", "door")


def _asked(tokens: Tokens, place: int, after: str, further: str) -> bool:
    """Spoken to, or of as having done it: "X do you want to", "X has done it for years"."""
    if tokens.lows[place] in ABSTRACT or tokens.after(place) != " ":
        return False
    if after in _OFFERING and further == "you":
        return before(tokens, place)[0] not in NOT_BEFORE_A_SUBJECT
    return after in {"has", "had"} and further in _HAVING_DONE


_OFFERING = frozenset({"do", "can", "would", "could", "are", "did", "have", "should"})
_HAVING_DONE = frozenset({"done", "been", "gone", "got", "never", "always", "just", "already"})
