"""Words that are part of what somebody is called: "Big Sarah", "wee tam", "Dai Mawr"."""

from deid.detect.words.cues import POSSESSIVES
from deid.detect.words.evidence import COMMON_TIER, FAIR, STRONG_NAME, Evidence
from deid.detect.words.frames import DETERMINERS, PAST, PERSONAL_VERBS
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case
from deid.naming import EPITHETS

_SMALL = frozenset({"wee", "big", "mad", "fat", "muckle"})
_SMALL_TOO = frozenset(
    {"tall", "beardy", "gobby", "lanky", "skinny", "baldy", "speccy", "posh", "little"}
)
"""Where nobody is described by them: not in "he's tall, joe"."""
_OF_ALL = frozenset({"little", "old", "young", "other"})
"""They are part of a name only with a capital inside a sentence: "his father was Old Bill"."""
_WELSH = frozenset({"bach", "fach", "mawr", "fawr", "ddu", "goch"})


def is_epithet(evidence: Evidence, place: int) -> bool:
    """Whether the word before a found name belongs to it: not in "my Little Grace"."""
    tokens, low, name = evidence.tokens, evidence.tokens.lows[place], place + 1
    entry = evidence.entry(name)
    known = entry.given >= FAIR and entry.tier == 0
    if tokens.case(place) is not Case.MIXED:
        acts = following(tokens, name)[0] in PAST | PERSONAL_VERBS  # "big ray bought one"
        hardly = entry.given >= STRONG_NAME and (acts or entry.tier >= COMMON_TIER)
        told = low in _SMALL or (low in _SMALL_TOO and not _describes(evidence, place))
        return (known or hardly) and told
    if low not in EPITHETS or not (tokens.capital(place) and tokens.capital(name)):
        return False
    if low in _OF_ALL:
        owned = place > 0 and tokens.lows[place - 1] in POSSESSIVES | {"the"}
        known = known or (entry.family >= FAIR and entry.tier == 0)  # "my friend Old Wong"
        return (known or entry.given >= STRONG_NAME) and not (owned or tokens.initial(place))
    family = entry.tier == 0 and (entry.family >= FAIR or entry.given > 0)  # "Big Sweeney"
    first = entry.given >= STRONG_NAME and tokens.lows[name] in evidence.words.first
    known = known or (first and low == "big")  # "Big Dusty and Little Dusty"
    return known or family or low in {"wee", "muckle"} or not tokens.initial(place)


def _describes(evidence: Evidence, place: int) -> bool:
    """Whether a verb of being, a degree or an owner stands before: "so tall joe", "my little x"."""
    first, second = before(evidence.tokens, place)
    if (first, second) == ("no", ""):
        return False
    return first in DETERMINERS | POSSESSIVES | _DEGREES or first.endswith(("'s", "'m", "'re"))


_DEGREES = frozenset(
    {"is", "was", "are", "be", "been", "very", "so", "too", "how", "quite", "really", "as", "not",
     "bit", "look", "looks", "looked", "got", "getting", "poor", "sweet", "lovely", "dear", "or",
     "he", "she", "i", "you", "they", "we", "it", "still", "more", "less"}
)  # fmt: skip


def follows_name(evidence: Evidence, place: int) -> bool:
    """Whether a Welsh epithet or a trade follows a first name: "iwan bach", "dai milk"."""
    tokens, first = evidence.tokens, evidence.entry(place - 1)
    whole = tokens.joined(place) and tokens.turns[place] == tokens.turns[place - 1]
    named = first.given >= FAIR and first.tier == 0 and not tokens.possessive(place - 1)
    trade = tokens.lows[place] in _TRADES and tokens.lows[place - 1] in _BY_TRADE
    return (tokens.lows[place] in _WELSH or trade) and whole and named


_TRADES = frozenset(
    {"milk", "post", "bread", "coal", "shop", "fish", "meat", "central", "twice", "pop", "oil",
     "bus", "eggs", "saer", "gof", "crydd", "glo", "bara", "llefrith", "llaeth", "siop"}
)  # fmt: skip
_BY_TRADE = frozenset(
    {"dai", "wil", "ianto", "twm", "dic", "guto", "ifan", "idris", "emrys", "gwyn", "huw", "evan",
     "will", "willie", "tommy", "mair", "meg", "nel"}
)  # fmt: skip
"""Who is told apart by what they sell or do, in Wales."""
