"""Capitals of which it is said outright that they are a name, or that name somebody beside a role.

"Summer, she's called", "Mark's my first name", "do call me Lovey.", "our nurse, June, she'll",
"Summer, the health visitor, is", "a lad, Bright. That was his surname". Never "Well, she's called",
"Summer can't come soon enough".
"""

from deid.detect.names.answers import OF_SOMEBODY
from deid.detect.names.plainly import is_awaited
from deid.detect.words.cues import POSSESSIVES, role_words, roles
from deid.detect.words.evidence import COMMONEST, FAIR, Evidence
from deid.detect.words.frames import MONTHS, PERSONAL_VERBS
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Tokens


def told_outright(evidence: Evidence, place: int) -> bool:
    """Whether a word with a capital is said to be somebody's name."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if _goes_by(evidence, place) and low not in roles().kin | _ADDRESSES:
        return True
    known = low in evidence.words.first
    if (known and _is_my_name(tokens, place)) or (
        (known or low in MONTHS) and _asked_after(tokens, place)
    ):
        return True
    if (known and low not in evidence.words.function) and (
        _called_so(tokens, place) or _beside_role(tokens, place) or _in_apposition(tokens, place)
    ):
        return True
    entry = evidence.entry(place)
    plain = entry.tier == COMMONEST and entry.given < FAIR  # "He won't be in"
    named = entry.name >= FAIR and not plain and place not in evidence.claimed
    return named and (_named_next(tokens, place) or _cannot_come(tokens, place))


def _called_so(tokens: Tokens, place: int) -> bool:
    """Whether it is given out as a name behind it: "Summer, she's called", "Hope, her name is"."""
    if tokens.after(place) != ", ":
        return False
    said = tuple(tokens.forms[place + 1 : place + 4])
    return said[:2] in _CALLED or said in _NAMED


_CALLED = frozenset({("she's", "called"), ("he's", "called")})
_NAMED = frozenset(
    {("her", "name", "is"), ("his", "name", "is"), ("her", "name", "was"), ("his", "name", "was"),
     ("they", "called", "her"), ("they", "called", "him"), ("they", "call", "her"),
     ("they", "call", "him")}
)  # fmt: skip


def _is_my_name(tokens: Tokens, place: int) -> bool:
    """Whether it is whose name: "Mark's my first name", "Hope's her name"."""
    said = tokens.forms[place + 1 : place + 4]
    whose = said[:1] != [] and said[0] in POSSESSIVES
    return tokens.possessive(place) and whose and "name" in said[1:]


def _asked_after(tokens: Tokens, place: int) -> bool:
    """Whether somebody is asked after: "How is June?", "How's May?"."""
    asks = before(tokens, place)[0] == "how's" or before(tokens, place) == ("is", "how")
    return asks and tokens.joined(place) and tokens.after(place)[:1] == "?"


def _goes_by(evidence: Evidence, place: int) -> bool:
    """Whether somebody goes by it, or is told by it: "call me Lovey.", "called him Captain."."""
    tokens = evidence.tokens
    if tokens.initial(place) or not (tokens.closes(place) and tokens.words[place].istitle()):
        return False
    first, second = before(tokens, place)
    theirs = first == "called" and second in OF_SOMEBODY
    if theirs or (first in {"me", "him", "her"} and second in _CALLING[first]):
        return tokens.joined(place) and place not in evidence.firm
    one = second in {"this", "a", "one"} and first in _SOMEONE
    return one and tokens.gap(place) == ", "


_CALLING = {
    "me": frozenset({"call", "calls"}),
    "him": frozenset({"call", "calls", "called"}),
    "her": frozenset({"call", "calls", "called"}),
}
_ADDRESSES = frozenset(
    {"sir", "mister", "miss", "madam", "doctor", "doc", "nurse", "sister", "god"}
)
_SOMEONE = frozenset(
    {"lad", "lass", "girl", "boy", "bloke", "man", "woman", "chap", "fella", "guy", "kid"}
)


def _in_apposition(tokens: Tokens, place: int) -> bool:
    """Whether a role behind it says who she or he is: "Summer, the health visitor, is"."""
    said = tokens.lows[place + 1 : place + 5]
    if tokens.after(place) != ", " or said[:1] == [] or said[0] not in {"the", *POSSESSIVES}:
        return False
    known = role_words("labels", "family")
    ends = [step for step, low in enumerate(said[1:], place + 2) if low in known]
    return bool(ends) and tokens.after(ends[0])[:1] == ","


def _named_next(tokens: Tokens, place: int) -> bool:
    """Whether the next sentence says that it is a name: "a lad, Bright. That was his surname"."""
    said = tokens.forms[place + 1 : place + 6]
    start = 1 if said[:1] == ["that's"] else 2
    that = start == 1 or (said[:1] == ["that"] and said[1:2] in (["was"], ["were"], ["is"]))
    owned = said[start : start + 1] != [] and said[start] in POSSESSIVES
    named = not {"name", "surname", "nickname"}.isdisjoint(said[start + 1 : start + 3])
    return that and owned and named and tokens.after(place)[:1] == "."


def _cannot_come(tokens: Tokens, place: int) -> bool:
    """Whether it opens a sentence and is excused: "Lucky can't come."; never "won't be long"."""
    if tokens.lows[place] in _NEVER_EXCUSED or is_awaited(tokens, place):
        return False
    excuse, absent = following(tokens, place)
    where = following(tokens, place + 1)[1] if absent else ""
    away = absent in {"come", "coming", "here"} or (absent, where) in _AWAY
    return away and excuse in _EXCUSES and tokens.initial(place) and tokens.after(place) == " "


_NEVER_EXCUSED = frozenset(
    {"summer", "autumn", "winter", "spring", "rain", "snow", "frost", "love", "luck"}
)
_EXCUSES = frozenset({"can't", "couldn't", "won't", "isn't", "hasn't"})
_AWAY = frozenset({("make", "it")}) | {
    ("be", where) for where in ("in", "here", "there", "back", "around", "coming", "with", "along")
}


def _beside_role(tokens: Tokens, place: int) -> bool:
    """Whether it stands between a role and what she or he does: "our nurse, June, she'll"."""
    role = place - 1
    apart = tokens.gap(place) == ", " and tokens.after(place) == ", "
    if not (apart and role > 0 and tokens.turns[role] == tokens.turns[place]):
        return False
    known = role_words("kin", "labels")
    said = tokens.forms[place + 1]
    return tokens.lows[role] in known and (said in OF_SOMEBODY or said in PERSONAL_VERBS)
