"""Streets in a turn of one case: "as far as penhallick street", "oxford street".

Their name is no English word, a rare one, a town's or a person's, or a noun without an article
where one goes along it. Never a sort: "the main road", "the slow lane".
"""

from deid.detect.names.agreeing import opens_answer
from deid.detect.places.bare import LEAST_RARE, MODIFIERS, ON, THERE, foreign, pair
from deid.detect.places.wider import goes_on
from deid.detect.places.word_company import EVERYDAY
from deid.detect.places.written import ends
from deid.detect.words.evidence import (
    COMMONEST,
    FAIR,
    RAREST_TIER,
    STRONG_NAME,
    TOWN,
    Evidence,
    contracted,
)
from deid.detect.words.frames import free_after
from deid.detect.words.neighbours import before

SURE_STREETS = frozenset({"street", "road", "avenue", "lane", "crescent", "terrace", "grove"})
_STREETS = SURE_STREETS | {
    "gate", "drive", "close", "row", "walk", "way", "hill", "mews", "court", "place"
}  # fmt: skip


def bare_street(evidence: Evidence, place: int) -> int | None:
    """The last word of "as far as penhallick street": its name is no English word."""
    tokens, last = evidence.tokens, place + 1
    if pair(tokens, place, SURE_STREETS) and (
        _named_street(evidence, place)
        or _the_street(evidence, place)
        or _town_street(evidence, place)
        or _answer(evidence, place)
    ):
        return last
    rarest = evidence.entry(place).tier == RAREST_TIER and not evidence.taken(place)
    if not pair(tokens, place, _STREETS) or not (rarest or foreign(evidence, place)):
        return None
    on = before(tokens, place)[0] == "on" or tokens.lows[last] in {"place", "court", "mews"}
    on = on and goes_on(evidence, last)
    led = before(tokens, place)[0] in THERE | ON or before(tokens, place) == ("of", "instead")
    led = led or before(tokens, place)[0] == "both"
    gate = tokens.lows[last] == "gate" and evidence.entry(place).place >= FAIR
    known = gate or on or ends(tokens, last)
    return last if tokens.lows[last] in SURE_STREETS or (led and known) else None


def _answer(evidence: Evidence, place: int) -> bool:
    """Whether a street answers where, and says no more, or its postcode is asked for."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    first = place - (place > 0 and tokens.lows[place - 1] in _GREAT and tokens.joined(place))
    plain = low in MODIFIERS | _SORTS_OF_ROADS or low in evidence.words.function
    named = evidence.entry(place).tier > COMMONEST or evidence.entry(place).tier == 0
    if plain or not named:
        return False
    said = before(tokens, place)[0] in {"the", "a", "what", "which", "your"}
    asked = any(
        tokens.lows[step] == "postcode" and tokens.turns[step] == tokens.turns[place]
        for step in range(place + 2, min(len(tokens), place + 2 + _ASKED))
    )
    answers = tokens.closes(place + 1) and opens_answer(evidence, first)
    return answers or (asked and not said)


_ASKED = 5  # words from a street to its postcode: "canning street and what's the postcode"


_GREAT = frozenset({"great", "little", "upper", "lower", "north", "south", "east", "west"})


def _the_street(evidence: Evidence, place: int) -> bool:
    """Whether a road is called after somebody or somewhere: "the falls and the glen road"."""
    tokens, entry = evidence.tokens, evidence.entry(place)
    article = place > 0 and tokens.gap(place) == " " and tokens.lows[place - 1] == "the"
    rare = entry.tier == 0 or entry.tier >= LEAST_RARE
    named = entry.given >= STRONG_NAME or entry.place >= FAIR
    named = named or (entry.tier == 0 and entry.family >= STRONG_NAME)
    longer = place + 1 in evidence.firm or entry.tier > 0  # "the thornton road", no chocolates
    return article and rare and named and not (longer and evidence.taken(place))


def _town_street(evidence: Evidence, place: int) -> bool:
    """Whether a street is called after a town or county, wherever it is said: "oxford street."."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    town = evidence.lexicon.entry(low).place >= TOWN and low not in EVERYDAY
    own = before(tokens, place)[0] not in {"the", "a", "an", "this", "that", "every"}
    return town and own and free_after(tokens, place + 1) and not evidence.taken(place)


def _named_street(evidence: Evidence, place: int) -> bool:
    """Whether a noun without an article calls a street: "at the top of quarry road"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    plain = low in MODIFIERS | _SORTS_OF_ROADS or low in evidence.words.function
    led = tokens.lows[place - 1] in _ALONG if place and tokens.gap(place) == " " else False
    led = led or before(tokens, place) == ("as", "far")
    led = led or (before(tokens, place)[0] in _WE_ARE and free_after(tokens, place + 1))
    same = led and tokens.turns[place - 1] == tokens.turns[place]
    named = evidence.entry(place).tier > COMMONEST and not evidence.taken(place)
    return same and named and not plain and not contracted(low)


_ALONG = frozenset({"of", "on", "in", "off", "down", "up", "along", "at", "from"})
_WE_ARE = frozenset({"we're", "i'm", "they're"})
_SORTS_OF_ROADS = frozenset(
    {"main", "side", "back", "busy", "country", "dirt", "farm", "ring", "slip", "toll", "trunk",
     "private", "memory", "fast", "slow", "middle", "outside", "inside", "bus", "cycle", "rocky"}
)  # fmt: skip
