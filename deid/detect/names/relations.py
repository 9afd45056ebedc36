"""People by whom they belong to: "X and his sister", "X is my eldest", "X and me", "X is four".

Beside ``slots``, with the same two degrees of sureness. Nothing is decided here.
"""

from deid.detect.words.cues import POSSESSIVES, role_words, roles
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Tokens

_COMPANIONS = frozenset({"me", "i", "him", "her", "myself"})
_CIRCLES = frozenset({"lot", "kids", "girls", "boys", "twins", "family", "others", "rest"})


def with_kin(tokens: Tokens, place: int) -> bool:
    """With family of his or hers: "X and his sister came"; never "brother and his wife"."""
    if following(tokens, place) not in {("and", "his"), ("and", "her")}:
        return False
    whose = tokens.after(place) == " " and tokens.lows[place] not in role_words("kin", "labels")
    return whose and following(tokens, place + 2)[0] in roles().family


def is_kin(tokens: Tokens, place: int) -> bool:
    """Whether somebody's child or age is told: "X is my eldest", "X's my niece", "X is four."."""
    after, further = following(tokens, place)
    if tokens.possessive(place) and after in POSSESSIVES and not before(tokens, place)[0]:
        return further in roles().family
    if after not in {"is", "was"} or tokens.after(place) != " " or before(tokens, place)[0]:
        return False
    if further in POSSESSIVES:
        whose = following(tokens, place + 2)[0]
        return whose in roles().family or whose in _OVER_US
    ends = place + 2 < len(tokens) and tokens.after(place + 2)[:1] in {".", ",", "\n", ""}
    return further in _CHILDS_AGES and (ends or following(tokens, place + 2)[0] == "now")


_OVER_US = frozenset(
    {"foreman", "boss", "manager", "supervisor", "teacher", "headteacher", "headmaster", "tutor",
     "lecturer", "gaffer", "landlord", "landlady", "solicitor", "consultant", "surgeon", "gp",
     "sergeant", "captain", "coach", "neighbour", "lodger", "midwife", "carer", "physio",
     "keyworker", "therapist", "counsellor", "mentor", "apprentice", "colleague", "partner",
     "forewoman"}
)  # fmt: skip
_CHILDS_AGES = frozenset(
    {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
     "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"}
)  # fmt: skip


def companion(tokens: Tokens, place: int) -> bool:
    """In company: "X and me", "X and that lot"."""
    after, further = following(tokens, place)
    if after != "and" or tokens.after(place) != " ":
        return False
    third = following(tokens, place + 2)[0] if further else ""
    if further in {"that", "the", "them"}:
        return third in _CIRCLES
    return further in _COMPANIONS and (further != "i" or third in _JOINTLY)


_JOINTLY = frozenset(
    {"are", "were", "have", "had", "went", "both", "used", "met", "always", "got", "go", "live"}
)
