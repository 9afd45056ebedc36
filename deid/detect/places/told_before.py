"""Venues by what is said right before them: "from nursery, from Little Acorns", "calling from X Y".

"At the church, New Dawn" too.
Two words or three with capitals that close their clause, for one alone may be a day or a town: "at
school, at Easter". Never what an office or a desk is called ("calling from Human Resources").
"""

from deid.detect.spoken.heard.lexicon import VALUES
from deid.detect.words.cues import role_words, roles
from deid.detect.words.evidence import FAIR, Evidence
from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Case, Tokens

_KINDS = frozenset(
    {"nursery", "preschool", "pre-school", "playgroup", "school", "college", "surgery", "practice",
     "pub", "church", "café", "cafe", "gym", "restaurant", "chemist", "pharmacy", "hospice",
     "hostel"}
)  # fmt: skip
_BLESSED = frozenset({"church", "chapel", "school"})
_HOUSES = _KINDS | _BLESSED | {"mosque", "temple", "hall", "theatre", "cinema", "hotel", "club"}
_PRELATES = frozenset({"bishop", "archbishop", "cardinal"})
_WORKING = frozenset({"nurse", "teacher", "assistant", "manager", "worker", "cook", "cleaner"})
_AT = frozenset({"at", "from", "in", "called", "with"})
_RINGING = frozenset({"calling", "ringing", "phoning"})
_OFFICES = frozenset(
    {"services", "service", "resources", "team", "department", "office", "desk", "head"}
)
_FEWEST, _LONGEST = 2, 3


def told_before(evidence: Evidence, place: int) -> int | None:
    """The last word of the venue that begins at a word with a capital."""
    tokens, lead = evidence.tokens, place - 1
    if tokens.case(place) is not Case.MIXED or lead < 1 or not tokens.words[place].istitle():
        return None
    ringing = tokens.lows[lead] == "from" and tokens.lows[lead - 1] in _RINGING
    beside = _beside(evidence, place)
    if not (beside or (tokens.joined(place) and (ringing or _of_kind(evidence, lead)))):
        return None
    last = place
    while last - place < _LONGEST and _goes_on(tokens, last):
        last += 1
    name = range(place + (beside and tokens.lows[place] in _PRELATES), last + 1)
    office = role_words("titles", "labels", "heads", "desks") | _OFFICES
    numbered = tokens.lows[last] in VALUES  # "at the school, Year Six"
    plain = numbered or any(tokens.lows[step] in office or step in evidence.kept for step in name)
    town = last + 2 < len(tokens) and tokens.lows[last + 1] == "in" and tokens.capital(last + 2)
    whole = _FEWEST <= last + 1 - place <= _LONGEST and (tokens.closes(last) or town)
    return last if whole and not plain else None


def _beside(evidence: Evidence, place: int) -> bool:
    """Whether "at the church," stands before, and no first name: "at the church, New Dawn"."""
    tokens, kind = evidence.tokens, place - 1
    somebody = evidence.entry(place).given >= FAIR or tokens.lows[place] in roles().kin
    answer = tokens.gap(place) == ". " and tokens.initial(kind) and before(tokens, kind)[0] == ""
    if answer and tokens.lows[kind] in _HOUSES:
        return not somebody  # "And work?" / "Nursery. Little Acorns."
    if tokens.gap(place) != ", " or tokens.lows[kind] not in _HOUSES:
        return False
    first, second = before(tokens, kind)
    led = first in {"the", "our", "my"} and second in {"at", "from", "to", "with", "in"}
    prelate = tokens.lows[place] in _PRELATES and tokens.lows[kind] in _BLESSED
    return led and (prelate or not somebody)


def _of_kind(evidence: Evidence, lead: int) -> bool:
    """Whether "nursery," or "nursery nurse," stands before "at", "from"."""
    tokens = evidence.tokens
    if tokens.lows[lead] not in _AT or tokens.gap(lead) not in {", ", ". "}:
        return False
    kind = lead - 1 - (tokens.lows[lead - 1] in _WORKING)
    if tokens.lows[lead] == "with" and _somebody(evidence, lead + 1):
        return False  # "at church, with Susan Hill"
    return kind >= 0 and tokens.lows[kind] in _KINDS and tokens.turns[kind] == tokens.turns[lead]


def _somebody(evidence: Evidence, first: int) -> bool:
    """Whether either of two words is what people are called."""
    both = range(first, min(first + _FEWEST, len(evidence.tokens)))
    return any(evidence.entry(step).name >= FAIR for step in both)


def _goes_on(tokens: Tokens, place: int) -> bool:
    """Whether the next word has a capital too and belongs to the name."""
    after = place + 1
    if after >= len(tokens) or tokens.turns[after] != tokens.turns[place]:
        return False
    return tokens.joined(after) and tokens.words[after].istitle()


def kind_the(evidence: Evidence, article: int) -> int | None:
    """The word of "the mother and baby place, the Barberry.": a kind, and what it is called."""
    tokens, place = evidence.tokens, article + 1
    if article < 1 or place >= len(tokens) or tokens.gap(article) != ", ":
        return None
    if tokens.lows[article - 1] not in _HOUSES | _UNITS or not tokens.joined(place):
        return None
    if tokens.case(place) is not Case.MIXED or not tokens.words[place].istitle():
        return None
    low, known = tokens.lows[place], roles()
    said = low in known.heads | known.titles | known.labels | known.desks or low in _OFFICES
    ends = tokens.closes(place) and not tokens.possessive(place)
    return place if ends and not (said or evidence.taken(place)) else None


_UNITS = frozenset({"place", "unit", "centre", "home", "ward", "group"})
