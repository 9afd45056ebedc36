"""Where somebody is called by the family name alone, or gives it up for another.

"I trained under X", "he was always just X to us", "how do you say your surname?" / "it's X, just
how it's written", "so I went from X to Y" of a marriage, "we had X he's very thorough". Most of
these names are words too.
"""

from deid.detect.words.cues import roles
from deid.detect.words.evidence import COMMON_TIER, PART, RARE_TIER, STRONG_NAME, Evidence
from deid.detect.words.frames import free_after
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case

_OVER = frozenset(
    {("trained", "under"), ("studied", "under"), ("worked", "under"), ("served", "under"),
     ("seen", "by"), ("referred", "by"), ("be", "under"), ("it's", "under"), ("filed", "under"),
     ("down", "under"), ("booked", "under")}
)  # fmt: skip
_TO_US = frozenset(
    {("to", "us"), ("to", "me"), ("to", "everyone"), ("to", "everybody"), ("to", "them")}
)
_ONLY = frozenset({"just", "only", "plain", "simply"})
_CHANGING = frozenset({"went", "go", "going", "changed", "changing", "switched", "moved"})
_OF_NAMES = frozenset({"name", "surname", "married", "maiden", "wedding", "divorced", "divorce"})
_BACK, _AHEAD = 30, 15


def is_by_surname(evidence: Evidence, place: int) -> bool:
    """Whether a family name stands here alone, by its place in the speech."""
    tokens, entry = evidence.tokens, evidence.entry(place)
    low, written = tokens.lows[place], tokens.case(place) is Case.MIXED
    if evidence.dosed(place) or place in evidence.firm or place in evidence.claimed:
        return False
    if low in evidence.words.function or (written and not tokens.capital(place)):
        return False
    if written and not tokens.initial(place):
        named = entry.name >= PART or entry.tier == 0
    else:
        named = entry.family >= STRONG_NAME or (entry.tier == 0 and entry.name >= PART)
    if not named or low in roles().kin:
        return False
    return _renamed(evidence, place) or _spelt(evidence, place) or _taught(evidence, place)


def is_recommended(evidence: Evidence, place: int) -> bool:
    """Whether one has had them in, and says how they are: "we had X he's very thorough"."""
    tokens, entry = evidence.tokens, evidence.entry(place)
    hardly = entry.tier == 0 or entry.tier > RARE_TIER
    if tokens.case(place) is Case.MIXED or not hardly or entry.family < PART:
        return False
    first, second = before(tokens, place)
    had = second in _WE and first in {"had", "got", "used", "have", "use"}
    after, further = following(tokens, place)
    if not had or after not in {"he's", "she's", "he\u2019s", "she\u2019s"}:
        return False
    behind = tokens.lows[place + 3 : place + 4]
    praised = further in _PRAISE or (further in _DEGREES and behind != [] and behind[0] in _PRAISE)
    return praised and not evidence.taken(place) and not evidence.dosed(place)


_WE = frozenset({"we", "i", "they", "you", "we've", "i've", "she", "he"})
_DEGREES = frozenset({"very", "really", "so", "ever", "dead", "pretty", "quite", "just"})
_PRAISE = frozenset(
    {"thorough", "brilliant", "lovely", "excellent", "reliable", "reasonable", "cheap", "honest",
     "tidy", "quick", "expensive", "dear", "useless", "rubbish", "hopeless", "slow", "good",
     "careful", "professional", "fantastic", "trustworthy", "polite"}
)  # fmt: skip


def _taught(evidence: Evidence, place: int) -> bool:
    """Under whom one trained, by whom one was seen, and what somebody was just called."""
    tokens, entry = evidence.tokens, evidence.entry(place)
    written = tokens.case(place) is Case.MIXED
    if 0 < entry.tier < COMMON_TIER and not written:
        return False
    first, second = before(tokens, place)
    if (second, first) in _OVER:
        return place not in evidence.kept and free_after(tokens, place)
    known = place > 0 and tokens.lows[place - 1] in _ONLY and tokens.gap(place) == " "
    return known and following(tokens, place) in _TO_US


def _spelt(evidence: Evidence, place: int) -> bool:
    """Whether it answers for a surname and something is said of it: "it's X, just how it's"."""
    answers = evidence.tokens.turns[place] in evidence.naming and place not in evidence.kept
    return answers and before(evidence.tokens, place) in {("it's", ""), ("that's", "")}


def _renamed(evidence: Evidence, place: int) -> bool:
    """Whether a name is left or taken and names are spoken of: "I went from X to Y"."""
    tokens = evidence.tokens
    if place in evidence.kept:
        return False  # "from Catholic to Methodist when he married"
    start = place if tokens.lows[place - 1 : place] == ["from"] else place - 2
    if start < 2 or start + 2 >= len(tokens) or tokens.lows[start - 1] != "from":  # noqa: PLR2004
        return False
    if tokens.lows[start + 1] != "to" or tokens.lows[start - 2] not in _CHANGING:
        return False
    turn = tokens.turns[place]
    if any(tokens.turns[step] != turn or not tokens.joined(step) for step in (start, start + 2)):
        return False
    near = range(max(0, place - _BACK), min(len(tokens), place + _AHEAD))
    return any(tokens.forms[step] in _OF_NAMES and tokens.turns[step] >= turn - 1 for step in near)
