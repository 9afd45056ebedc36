"""Venues by what is said right before them: "from nursery, from Little Acorns", "calling from X Y".

Two words or three with capitals that close their clause, for one alone may be a day or a town: "at
school, at Easter". Never what an office or a desk is called ("calling from Human Resources").
"""

from deid.detect.words.cues import roles
from deid.detect.words.evidence import Evidence
from deid.detect.words.tokens import Case, Tokens

_KINDS = frozenset(
    {"nursery", "preschool", "pre-school", "playgroup", "school", "college", "surgery", "practice",
     "pub", "café", "cafe", "gym", "restaurant", "chemist", "pharmacy", "hospice", "hostel"}
)  # fmt: skip
_WORKING = frozenset({"nurse", "teacher", "assistant", "manager", "worker", "cook", "cleaner"})
_AT = frozenset({"at", "from", "in", "called"})
_RINGING = frozenset({"calling", "ringing", "phoning"})
_OFFICES = frozenset({"services", "service", "resources", "team", "department", "office", "desk"})
_FEWEST, _LONGEST = 2, 3


def told_before(evidence: Evidence, place: int) -> int | None:
    """The last word of the venue that begins at a word with a capital."""
    tokens, lead = evidence.tokens, place - 1
    if tokens.case(place) is not Case.MIXED or lead < 1 or not tokens.joined(place):
        return None
    ringing = tokens.lows[lead] == "from" and tokens.lows[lead - 1] in _RINGING
    if not (ringing or _of_kind(tokens, lead)):
        return None
    last = place
    while last - place < _LONGEST and _goes_on(tokens, last):
        last += 1
    name = range(place, last + 1)
    office = roles().desks | roles().heads | roles().labels | roles().titles | _OFFICES
    plain = any(tokens.lows[step] in office or step in evidence.kept for step in name)
    whole = _FEWEST <= len(name) <= _LONGEST and tokens.closes(last)
    return last if whole and tokens.words[place].istitle() and not plain else None


def _of_kind(tokens: Tokens, lead: int) -> bool:
    """Whether "nursery," or "nursery nurse," stands before "at", "from"."""
    if tokens.lows[lead] not in _AT or tokens.gap(lead) != ", ":
        return False
    kind = lead - 1 - (tokens.lows[lead - 1] in _WORKING)
    return kind >= 0 and tokens.lows[kind] in _KINDS and tokens.turns[kind] == tokens.turns[lead]


def _goes_on(tokens: Tokens, place: int) -> bool:
    """Whether the next word has a capital too and belongs to the name."""
    after = place + 1
    if after >= len(tokens) or tokens.turns[after] != tokens.turns[place]:
        return False
    return tokens.joined(after) and tokens.words[after].istitle()
