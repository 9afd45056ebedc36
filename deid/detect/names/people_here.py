"""Whether a person stands at a word, by its company and whatever it is a name of.

For names of which lists and the network leave open what they are: a storm, a county, a firm.
"""

from functools import cache

from deid.detect.names.courtesies import thanking, turned_to
from deid.detect.names.relations import companion
from deid.detect.names.slots import slot_at
from deid.detect.words.cues import STRONG, cue_at, role_words, roles
from deid.detect.words.evidence import FAIR, PART, Evidence
from deid.detect.words.frames import PERSONAL_VERBS, Frame, frame_at
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Tokens

LONGEST_PHRASE = 3
"""How many words may stand before the noun of what something is said to be."""
ENDS_A_NOUN = frozenset(
    {"that", "which", "about", "for", "of", "by", "in", "on", "with", "from", "made", "called",
     "where", "and", "but", "you", "to", "at", "launched", "used", "based", "when", "so", "or"}
)  # fmt: skip
_SOMEBODY = frozenset({"who", "who's", "he", "she", "he's", "she's", "himself", "herself", "i"})
_LIVING = frozenset(
    {"sat", "slept", "ate", "walked", "talked", "talks", "spoke", "speaks", "hugged", "kissed",
     "drank", "cooked", "sang", "smoked", "wept", "shouted", "whispered", "apologised", "owns",
     "owned", "wrote", "directed", "founded", "invented", "designed", "married"}
)  # fmt: skip
_MADE = frozenset(
    {"made", "written", "directed", "run", "founded", "designed", "owned", "invented", "drawn",
     "painted", "sung", "film", "book", "novel", "song", "album", "poem", "play"}
)  # fmt: skip
_IS = frozenset({"is", "was"})


def somebody_here(evidence: Evidence, place: int) -> bool:
    """Whether somebody stands here by that name."""
    tokens = evidence.tokens
    if tokens.lows[place] in evidence.labels or cue_at(tokens, place, evidence.answers) in STRONG:
        return True
    if thanking(tokens, place) or turned_to(tokens, place) or frame_at(tokens, place) is not None:
        return True
    return _acts(tokens, place) or _has_role(tokens, place) or _beside(evidence, place)


def _acts(tokens: Tokens, place: int) -> bool:
    """Whether it does what only people do, or has family; a storm too has been, a county too."""
    after = following(tokens, place)[0]
    first, second = before(tokens, place)
    asked = first in {"who's", "whos"} or (first == "by" and second in _MADE)
    living = after in _SOMEBODY or after in PERSONAL_VERBS or after in _LIVING
    if asked or living or companion(tokens, place):
        return True
    if tokens.possessive(place) and after in roles().family:
        return True
    return after not in _ANYTHING and slot_at(tokens, place) is Frame.PROVEN


def _has_role(tokens: Tokens, place: int) -> bool:
    """Whether a role is told: "nurse X", "X is a nurse", "X is our new cleaner"."""
    role = _roles()
    first = before(tokens, place)[0]
    told = following(tokens, place)[0] in _IS and noun_from(tokens, place + 3) in role
    return told or (first in role and len(first) > 1)


@cache
def _roles() -> frozenset[str]:
    """What people are; "film" labels a speaker too and is a thing."""
    kinds = sections("thing_kinds.txt")
    things = frozenset(kinds["said"] + kinds["called"] + kinds["shown"] + kinds["behind"])
    return role_words("kin", "titles") | (roles().labels - things)


_ANYTHING = frozenset(
    {"has", "had", "will", "does", "gets", "made", "helps", "helped", "keeps", "kept", "went",
     "works", "worked", "brought", "gave", "took", "takes", "found", "won't", "doesn't", "didn't",
     "can", "could", "can't", "couldn't",
     "isn't", "wasn't", "hasn't", "hadn't", "wouldn't", "refused", "refuses", "on", "in", "at",
     "over", "with"}
)  # fmt: skip


def noun_from(tokens: Tokens, first: int) -> str:
    """The noun that a phrase from here ends with, with what qualifies it; "" where none does."""
    for place in range(first, min(len(tokens), first + LONGEST_PHRASE + 1)):
        low = tokens.lows[place]
        if not tokens.joined(place) or low in ENDS_A_NOUN or tokens.possessive(place):
            return ""
        if tokens.closes(place) or following(tokens, place)[0] in ENDS_A_NOUN:
            return low
    return ""


def _beside(evidence: Evidence, place: int) -> bool:
    """Whether a name stands right beside it: "Rick Santorum", "Jim and Zarko"."""
    tokens = evidence.tokens
    near = [place - 1] if place > 0 and tokens.joined(place) else []
    if place + 1 < len(tokens) and tokens.joined(place + 1) and not tokens.possessive(place):
        near.append(place + 1)
    for step in near:
        joining = tokens.lows[step] in {"and", "or"}
        other = 2 * step - place if joining else step
        if not 0 <= other < len(tokens) or tokens.turns[other] != tokens.turns[place]:
            continue
        entry = evidence.entry(other)
        named = entry.given >= FAIR or (entry.family >= PART and entry.tier == 0)
        if tokens.capital(other) and named and other not in evidence.kept:
            return True
    return False
