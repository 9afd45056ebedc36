"""Places that no list holds, in a turn of one case: "on orchard park", "at bosvarren".

Without a capital only the company tells: a preposition of place before, a kind after, or a word
that is no English word where places are spoken of ("in the trevolgan", "at the pelham"). Streets
stand in ``bare_streets``.
"""

from deid.detect.places.wider import goes_on
from deid.detect.places.word_company import EVERYDAY
from deid.detect.places.written import ATTRIBUTES, ends, in_town
from deid.detect.words.allow import allowed
from deid.detect.words.cues import role_words
from deid.detect.words.evidence import (
    FAIR,
    PART,
    RAREST_TIER,
    STRONG_NAME,
    TOWN,
    Evidence,
    contracted,
)
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import COMPASS, before, following
from deid.detect.words.tokens import Case, Tokens

_ESTATES = frozenset(
    {
        "park",
        "bank",
        "fields",
        "dock",
        "gardens",
        "meadows",
        "market",
        "square",
        "quays",
        "wharf",
        "rock",
        "cove",
        "sands",
        "circus",
        "dyke",
    }
)
ON = frozenset({"on", "in", "round", "near", "at", "off", "past"})
THERE = frozenset(
    {"at", "in", "to", "from", "outside", "near", "behind", "opposite", "past", "down", "up",
     "round", "into", "out"}
)  # fmt: skip
MODIFIERS = ATTRIBUTES.union(sections("place_kinds.txt")["modifiers"])
"""Words that say what sort a place of a kind is, and never which."""
LEAST_RARE, SHORTEST_UNKNOWN, _SHORTEST_PART = 35, 5, 4


def bare_land(evidence: Evidence, place: int) -> int | None:
    """The last word of "on orchard park" in a text of one case: without an article, a name."""
    tokens, last = evidence.tokens, place + 1
    if not place or not pair(tokens, place, _ESTATES):
        return None
    first, second = before(tokens, place)
    end = first == "of" and second in _ENDS_OF_ROADS  # "at the top of bensham bank"
    going = first == "to" and second in _GOING | {"sent"}
    if tokens.lows[place - 1] not in ON and not (going or end):
        return None
    if tokens.turns[place] != tokens.turns[place - 1]:
        return None
    entry, low = evidence.entry(place), tokens.lows[place]
    town = evidence.lexicon.entry(low).place >= TOWN and low not in EVERYDAY  # "at bury market"
    named = town or entry.tier == 0 or entry.tier >= LEAST_RARE or low in COMPASS
    sited = first == "on" and second in _SITED  # "in the church on spring bank"
    named = named or sited
    barred = (
        (place in evidence.kept and not sited)
        or place in evidence.firm
        or low in MODIFIERS - COMPASS
        or tokens.gap(place) != " "
    )
    return last if named and not barred and goes_on(evidence, last) else None


_ENDS_OF_ROADS = frozenset({"top", "bottom", "foot", "head", "end", "corner"})


def bare_the(evidence: Evidence, article: int) -> int | None:
    """The word of "in the trevolgan", "at the pelham": a house by a name that is no English word.

    Or a river: "out along the wharfe", "south of the severn".
    """
    tokens, place = evidence.tokens, article + 1
    if place >= len(tokens) or tokens.case(place) is Case.MIXED or tokens.possessive(place):
        return None
    whole = tokens.joined(place) and tokens.turns[place] == tokens.turns[article]
    low = tokens.lows[place]
    first, second = before(tokens, article)
    river = first in {"along", "across"} or (first == "of" and second in COMPASS)
    if not whole or len(low) < SHORTEST_UNKNOWN or not (river or first in THERE):
        return None
    if river and foreign(evidence, place) and evidence.entry(place).given < FAIR:
        return place if goes_on(evidence, place) and not evidence.dosed(place) else None
    plural = low.endswith("s") or contracted(low) or allowed().term_like(low)
    named = first in _BEING_THERE and _mostly_surname(evidence, place)
    if plural or not (named or _unlisted(evidence, place)):
        return None
    if evidence.taken(place) or evidence.dosed(place):
        return None
    after = following(tokens, place)[0]
    one = after == "one" and foreign(evidence, place)  # of several groups
    goes = after in evidence.words.function and after not in {"of", "one"}
    return place if one or goes or ends(tokens, place) else None


def _mostly_surname(evidence: Evidence, place: int) -> bool:
    """Whether a word is a family name and hardly anything else, so that "the" makes it a house."""
    listed = evidence.lexicon.entry(evidence.tokens.lows[place])
    rare = listed.tier >= RAREST_TIER or (listed.tier >= _SELDOM and listed.family >= STRONG_NAME)
    return listed.family >= PART and (rare or foreign(evidence, place))


_SELDOM = 50


def bare_there(evidence: Evidence, place: int) -> int | None:
    """The word of "she's at bosvarren": no list has it, and somebody is there or goes there.

    Or the rare surname of a few, as half the villages of the world are.
    """
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if tokens.case(place) is Case.MIXED or not foreign(evidence, place):
        return None
    entry = evidence.entry(place)
    plural = (low.endswith("s") and not low.endswith("ss")) or low in _LATIN
    if max(entry.given + 1, entry.family, entry.place) > PART or plural:
        return None
    first, second = before(tokens, place)
    there = first in _BEING_THERE or (first == "to" and second in _GOING)
    there = there or (first, second) == ("of", "out")
    there = there or following(tokens, place)[0] in {"direction", "way"}
    return place if there and not allowed().term_like(low) and not evidence.dosed(place) else None


_LATIN = frozenset({"vitro", "vivo", "utero", "situ", "silico", "toto", "extremis", "absentia"})
_BEING_THERE = frozenset({"at", "in", "from", "near", "outside", "past"})
_GOING = frozenset(
    {"go", "goes", "went", "going", "gone", "came", "come", "been", "moved", "back", "over", "up",
     "down", "out", "drove", "bus", "train", "next", "close"}
)  # fmt: skip


def bare_at(evidence: Evidence, place: int) -> int | None:
    """The word of "at dreamland in margate": no everyday word, and its town right behind."""
    tokens, entry = evidence.tokens, evidence.entry(place)
    if tokens.case(place) is Case.MIXED or before(tokens, place)[0] != "at":
        return None
    rare = entry.tier >= LEAST_RARE and entry.given < FAIR and tokens.gap(place) == " "
    low = tokens.lows[place]
    plain = evidence.taken(place) or low in _NO_NAMES or low.endswith(_TIMES)
    return place if rare and not plain and in_town(evidence, place) else None


_TIMES = ("time", "times", "day", "night", "break", "fall", "point", "group", "school")
_NO_NAMES = MODIFIERS.union(sections("roles.txt")["sorts"], sections("roles.txt")["heads"])


def bare_out(evidence: Evidence, place: int) -> int | None:
    """The word of "over in tupelo", "from out by pickens": hardly a word, and far enough to go."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if tokens.case(place) is Case.MIXED or before(tokens, place) not in _OUT:
        return None
    entry = evidence.entry(place)
    rare = entry.tier in {0, RAREST_TIER} and entry.given < FAIR and len(low) >= SHORTEST_UNKNOWN
    plain = evidence.taken(place) or evidence.dosed(place) or low in role_words("kin", "labels")
    barred = plain or contracted(low) or tokens.possessive(place) or low.endswith(("ing", "ics"))
    return place if rare and not barred and goes_on(evidence, place) else None


_OUT = frozenset(
    (lead, way)
    for lead in ("in", "by", "at", "near", "to")
    for way in ("over", "out", "up", "down")
    if (lead, way) not in {("in", "out"), ("to", "up"), ("to", "down")}
)


def bare_on(evidence: Evidence, place: int) -> int | None:
    """The word of "over on dumaine", "there's a lot on alvarado": a street's name without a kind.

    Somebody may be on a medicine, but not over on one.
    """
    tokens = evidence.tokens
    if tokens.case(place) is Case.MIXED or before(tokens, place)[0] != "on":
        return None
    sited = before(tokens, place)[1] in _SITED and foreign(evidence, place)
    nobody = sited and evidence.entry(place).given < FAIR and not evidence.dosed(place)
    long = len(tokens.lows[place]) >= SHORTEST_UNKNOWN
    return place if nobody and long and not tokens.possessive(place) else None


_SITED = frozenset(
    {"church", "mosque", "chapel", "school", "surgery",
     "over", "lot", "house", "shop", "restaurant", "restaurant's", "shop's", "house's",
     "flat", "place", "office", "corner", "lived", "live", "lives", "store", "apartment", "bar"}
)  # fmt: skip


def bare_part(evidence: Evidence, place: int) -> int | None:
    """The last word of "out by north thrapsley": a part of the compass and a name after it."""
    tokens, last = evidence.tokens, place + 1
    if not pair(tokens, place, frozenset(tokens.lows[last : last + 1])):
        return None
    if tokens.lows[place] not in COMPASS:
        return None
    if not foreign(evidence, last):
        return last if _part_of(evidence, place) else None
    named = evidence.entry(last).given < FAIR and len(tokens.lows[last]) >= _SHORTEST_PART
    led = before(tokens, place)[0] in THERE | ON | {"by"}
    return last if named and led and not evidence.dosed(last) else None


def _part_of(evidence: Evidence, place: int) -> bool:
    """Whether a town that is a word has its part before it: "like west cork"."""
    tokens, last = evidence.tokens, place + 1
    low, entry = tokens.lows[last], evidence.lexicon.entry(tokens.lows[last])
    town = entry.place >= TOWN or (entry.place >= FAIR and entry.tier >= LEAST_RARE)
    led = before(tokens, place)[0] in {"in", "like", "from", "near", "at", "of", "to"}
    return led and town and low not in EVERYDAY and goes_on(evidence, last)


def foreign(evidence: Evidence, place: int) -> bool:
    """Whether a word is no English word, and nothing allowed or claimed."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if evidence.lexicon.entry(low).tier or evidence.taken(place) or tokens.possessive(place):
        return False
    said = low in evidence.words.function or low in role_words("kin", "titles", "labels")
    return (
        evidence.entry(place).tier == 0
        and len(low) >= _SHORTEST_PART
        and not (said or contracted(low))
    )


def _unlisted(evidence: Evidence, place: int) -> bool:
    """Whether a word is on no list, and English does not make it of listed words."""
    listed = evidence.lexicon.entry(evidence.tokens.lows[place])
    return listed.unknown and evidence.entry(place).tier == 0


def pair(tokens: Tokens, place: int, kinds: frozenset[str]) -> bool:
    """Whether the word and a kind of place stand together, without telling capitals."""
    last = place + 1
    if last >= len(tokens) or tokens.lows[last] not in kinds:
        return False
    if tokens.case(place) is Case.MIXED or tokens.possessive(place):
        return False
    return tokens.gap(last) == " " and tokens.turns[last] == tokens.turns[place]
