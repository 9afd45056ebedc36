"""Family names that are words, where a family is spoken of, and bynames after a first name.

"Next to the Frosts from Bury", "the Brights from number nine", "she was a Wise, from
Whitby", "Len the Lamp": a capital inside a sentence, and company that teams, parties and
plain words do not have.
"""

from deid.detect.words.evidence import COMMON_TIER, PART, STRONG_NAME, Evidence
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case
from deid.transcript import EntityType

_MEETING = frozenset({"with", "had", "have", "know", "knew", "met", "asked", "saw", "of", "see"})
_HOSTING = frozenset({"invited", "invite", "visit", "visited", "visiting", "called"})
_ABOUT = frozenset({"round", "over", "across", "opposite", "downstairs", "upstairs"})
_HAVING = frozenset({"have", "had", "would", "used", "were", "who", "said", "upstairs", "came"})
_THEM = frozenset({"the", "that", "them", "those"})
_SHORTEST = 4


def is_family(evidence: Evidence, place: int) -> bool:
    """Whether a word with a capital is the name of a family, or of somebody born to one."""
    tokens = evidence.tokens
    if tokens.initial(place) or not tokens.words[place].istitle() or place in evidence.claimed:
        return False
    if place in evidence.kept or len(tokens.lows[place]) < _SHORTEST:
        return False
    first, second = before(tokens, place)
    if is_household(evidence, place):
        return True
    if first in _THEM and following(tokens, place)[0] == "lot":
        entry = evidence.entry(place)  # "one of the Mindham lot"
        return entry.tier == 0 and entry.family >= entry.place
    if first == "the":
        return _shared(evidence, place) and _household(evidence, place, second)
    born = first == "a" and second in {"was", "is", "were", "born"}
    return born and evidence.entry(place).family >= PART and _born(evidence, place)


def is_household(evidence: Evidence, place: int) -> bool:
    """Whether a family is named, as "the Rooney family", "i'm a cox now", "the little wynn boy"."""
    tokens, entry = evidence.tokens, evidence.entry(place)
    if entry.family < PART or tokens.possessive(place):
        return False
    first, second = before(tokens, place)
    after, further = following(tokens, place)
    if first in {"a", "an"} and second in {"i'm", "was", "born"} and entry.tier == 0:
        told = tokens.closes(place) or after in {"now", "before", "by", "then"}
        return told and not evidence.taken(place) and entry.place < entry.family
    written = tokens.case(place) is Case.MIXED and tokens.capital(place)
    rare = entry.tier >= COMMON_TIER and (written or further in _LIVING)
    named = entry.tier == 0 or entry.family >= STRONG_NAME or rare
    if named and (first, after) == ("the", "family"):
        return further not in _FOR_FAMILIES
    theirs = entry.tier == 0 and entry.family > entry.place and place not in evidence.kept
    young = first in _YOUNG and second in {"the", "that", "them"}
    return theirs and after in CHILDREN and (first in {"the", "them", "those"} or young)


_LIVING = frozenset(
    {"had", "lived", "live", "moved", "were", "who", "next", "came", "owned", "used", "across"}
)
_YOUNG = frozenset({"little", "young", "younger", "older", "oldest", "eldest", "big", "poor"})
CHILDREN = frozenset({"boy", "boys", "girl", "girls", "kid", "kids", "lads", "twins", "brothers"})
"""Whose they are stands before them: "the Marchbank boys"."""


_FOR_FAMILIES = frozenset(
    {"hub", "centre", "centres", "support", "practice", "court", "planning", "history", "doctor",
     "service", "services", "room", "unit", "group", "team", "law", "butcher", "butchers"}
)  # fmt: skip


def _shared(evidence: Evidence, place: int) -> bool:
    """Whether the word is the plural of a family name."""
    low = evidence.tokens.lows[place]
    return any(
        low.endswith("s") and evidence.lexicon.entry(low[:-cut]).family >= PART for cut in (1, 2)
    )


def _household(evidence: Evidence, place: int, second: str) -> bool:
    """Whether people meet, visit or live beside them."""
    tokens = evidence.tokens
    after, further = following(tokens, place)
    beside = second == "to" and before(tokens, place - 1)[1] == "next"
    if second in _HOSTING or (after, further) in {("next", "door"), ("from", "number")}:
        return True
    if second in _MEETING | _HOSTING | {"to", "for", "and", "from"} or after in _HAVING:
        low = tokens.lows[place]
        if max(evidence.lexicon.entry(low[:-cut]).family for cut in (1, 2)) >= STRONG_NAME:
            return True
    near = after in _ABOUT or (after, further) in {("at", "number"), ("up", "the"), ("down", "the")}
    return (beside or second in _MEETING) and (near or after == "from" or beside)


def _born(evidence: Evidence, place: int) -> bool:
    """Whether where they come from, or a marriage, follows: "a Bright before she married"."""
    tokens = evidence.tokens
    if tokens.after(place) == ", ":
        nearby = place + 1 < len(tokens) and tokens.lows[place + 1] == "from"
        return nearby and tokens.turns[place + 1] == tokens.turns[place]
    after, further = following(tokens, place)
    return after in {"before", "by"} and further in {"she", "he", "i", "they", "birth", "we"}


def byname_end(evidence: Evidence, place: int) -> int:
    """The last word of "Len the Lamp" that begins with a first name; the place itself for none."""
    tokens, last = evidence.tokens, place + 2
    if last >= len(tokens) or tokens.lows[place + 1] != "the" or tokens.capital(place + 1):
        return place
    if tokens.possessive(place):
        return place
    if tokens.case(place) is not Case.MIXED:
        return last if _dealt_in(evidence, place) else place
    whole = tokens.joined(place + 1) and tokens.joined(last)
    same = tokens.turns[last] == tokens.turns[place]
    if not (whole and same and tokens.words[last].istitle()):
        return place
    barred = last in evidence.claimed or evidence.entry(last).place >= PART
    seen = evidence.network.get(last) in {EntityType.LOCATION, EntityType.ORGANIZATION}
    elsewhere = seen and not tokens.closes(last)  # "Pat the Post," is no post office
    elsewhere = elsewhere and not (tokens.possessive(last) and tokens.lows[last] in _DEALT_IN)
    named = evidence.entry(place).given >= PART and evidence.entry(last).tier > 0
    return last if named and not (barred or elsewhere) else place


def _dealt_in(evidence: Evidence, place: int) -> bool:
    """Whether somebody goes by what she or he deals in: "barry the blinds", "jones the milk"."""
    tokens, last = evidence.tokens, place + 2
    if tokens.turns[last] != tokens.turns[place] or tokens.possessive(last):
        return False
    first, entry = before(tokens, place)[0], evidence.entry(place)
    named = entry.tier == 0 and (entry.given >= STRONG_NAME or entry.family >= STRONG_NAME)
    spoken_to = first in _TELLING or first == ""
    after = following(tokens, last)[0]
    known = tokens.lows[last] in _DEALT_IN and not spoken_to
    return named and known and (tokens.closes(last) or after in _GOING_ON)


_DEALT_IN = frozenset(
    {"milk", "post", "bread", "meat", "coal", "blinds", "bank", "chips", "fish", "bus", "taxi",
     "shop", "garage", "pub", "van", "roof", "bins", "windows", "paint", "death", "police", "farm",
     "lamp", "light", "sparks", "church", "bible", "organ", "veg", "fruit", "eggs", "spuds", "pop",
     "papers", "paper", "oil", "gas", "wood", "books", "drains", "boats", "pigs", "sheep", "goats",
     "trains", "tiles", "carpets", "keys", "clocks", "boots", "shoes", "hair", "flowers"}
)  # fmt: skip
_TELLING = frozenset(
    {"told", "tell", "asked", "ask", "gave", "give", "got", "get", "bought", "brought", "bring",
     "send", "sent", "show", "showed", "pass", "passed", "made", "cost", "owe", "thanks", "hi",
     "hello", "okay", "no", "sorry", "well", "so", "you", "left", "leave", "buy", "took", "take"}
)  # fmt: skip
_GOING_ON = frozenset(
    {"and", "or", "but", "he", "she", "who", "used", "they", "they've", "yeah", "okay", "next",
     "from", "we", "i", "that's"}
)  # fmt: skip
