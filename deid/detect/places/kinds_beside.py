"""Places whose kind stands beside a name: "the river Vistula", "Hull Fair", "Hamilton House".

The kind and the name are one place, even where the name is a person's elsewhere. Without a capital
the name must be no English word: "the river ran", "the isle of plenty".
"""

from deid.detect.places.wider import goes_on
from deid.detect.words.cues import role_words, roles
from deid.detect.words.evidence import COMMONEST, FAIR, PART, PLAIN_TIER, RARE_TIER, Evidence
from deid.detect.words.frames import DETERMINERS, free_after
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case

_SORTS = frozenset(sections("roles.txt")["sorts"]) | frozenset(
    {"opera", "full", "open", "big", "white", "public", "council", "manor", "town", "country",
     "tree", "halfway", "upper", "lower", "power", "green", "safe", "school", "custom", "bank"}
)  # fmt: skip
_WRITTEN = frozenset(
    {"fair", "festival", "corner", "junction", "estuary", "channel", "elementary", "secondary",
     "grammar", "stadium", "show", "carnival", "middle", "high"}
)  # fmt: skip
_BARE = frozenset({"estuary", "elementary", "grammar", "junction", "channel", "services"})
_SHORT = frozenset({"middle", "high"})
"""Kinds that are plain words, so that nothing may go on from them: "She's at Lincoln Middle."."""
_AT = frozenset({"at", "to", "in", "from", "near", "outside", "behind", "opposite"})
_LONGEST_COUNTRY = 4


def named_water(evidence: Evidence, place: int) -> int | None:
    """The last word of "river Vistula", "isle of May"."""
    tokens = evidence.tokens
    isle = tokens.lows[place] in {"isle", "isles"}
    last = place + 1 + isle
    if (tokens.lows[place] != "river" and not isle) or last >= len(tokens):
        return None
    whole = all(tokens.joined(step) for step in range(place + 1, last + 1))
    if not whole or tokens.turns[last] != tokens.turns[place]:
        return None
    if isle and tokens.lows[place + 1] != "of":
        return None
    entry, low = evidence.entry(last), tokens.lows[last]
    if low in evidence.words.function and not isle:
        return None
    if tokens.case(last) is Case.MIXED:
        return last if tokens.capital(last) and (isle or entry.tier != COMMONEST) else None
    foreign = entry.tier == 0 and (evidence.lexicon.entry(low).unknown or entry.place > 0)
    return last if (isle and low not in {"the", "a", "my"}) or foreign else None


def kind_after(evidence: Evidence, place: int) -> int | None:
    """The last word of "Hull Fair", "Porus Elementary", "Humber estuary"."""
    tokens, last = evidence.tokens, place + 1
    if last >= len(tokens) or tokens.lows[last] not in _WRITTEN or not tokens.joined(last):
        return None
    goes_on = tokens.lows[last] in _SHORT and not free_after(tokens, last)
    if tokens.turns[last] != tokens.turns[place] or place in evidence.kept or goes_on:
        return None
    listed = evidence.lexicon.entry(tokens.lows[place])
    if tokens.case(place) is not Case.MIXED:
        rare = listed.tier == 0 or listed.tier >= RARE_TIER
        to = tokens.lows[last] == "secondary" and following(tokens, last)[0] == "to"
        kinds = _BARE | {"secondary"}
        return (
            last
            if listed.place >= PART and rare and tokens.lows[last] in kinds and not to
            else None
        )
    if not tokens.capital(place) or tokens.possessive(place):
        return None
    small = not tokens.capital(last) and tokens.lows[last] not in {"estuary", "channel"}
    said = tokens.lows[place] in roles().titles | _SORTS
    if small or said or not (listed.place >= PART or listed.unknown):
        return None
    return None if tokens.initial(place) and listed.tier and listed.place < FAIR else last


def county(evidence: Evidence, place: int) -> int | None:
    """The last word of "Otero County", "San Juan County"; "the County", "County Hall" are none."""
    tokens, last = evidence.tokens, place + 1
    if "County" not in tokens.words[last : last + 2] or tokens.case(place) is not Case.MIXED:
        return None
    if not _calls_a_county(evidence, place):
        return None
    if last + 1 < len(tokens) and tokens.joined(last) and _calls_a_county(evidence, last):
        last += 1
    if last >= len(tokens) or tokens.words[last] != "County" or not tokens.joined(last):
        return None
    longer = last + 1 < len(tokens) and tokens.joined(last + 1) and tokens.capital(last + 1)
    listed = evidence.lexicon.entry(tokens.lows[place])
    plain = 0 < listed.tier <= PLAIN_TIER and max(listed.name, listed.place) < FAIR
    opens = tokens.initial(place) and plain  # "Local County", not "Cook County"
    return None if longer or opens or last in evidence.firm else last


def _calls_a_county(evidence: Evidence, place: int) -> bool:
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if not tokens.words[place].istitle() or low == "county" or tokens.possessive(place):
        return False
    said = low in evidence.words.function or low in DETERMINERS or low in roles().titles
    said = said or low in roles().labels or low in roles().heads
    return not (said or low in _SORTS or place in evidence.firm)


def services(evidence: Evidence, place: int) -> int | None:
    """The last word of "broke down at Keele services": a stop on a motorway, and its village."""
    tokens, last = evidence.tokens, place + 1
    if last >= len(tokens) or tokens.lows[last] != "services" or not tokens.joined(last):
        return None
    there = before(tokens, place)[0] in _AT | {"past"} and free_after(tokens, last)
    small = tokens.case(place) is Case.MIXED and not tokens.capital(place)
    listed = evidence.lexicon.entry(tokens.lows[place])
    named = listed.place >= PART or (
        (listed.name or listed.unknown) and not evidence.taken(place)
    )  # a university too, Keele is allowed
    named = named and place not in evidence.firm
    rare = listed.tier == 0 or listed.tier >= RARE_TIER or listed.place >= PART
    return last if there and not small and named and rare else None


def house_written(evidence: Evidence, place: int) -> int | None:
    """The last word of "at Hamilton House": with capitals, no article, no sort of house."""
    tokens, last = evidence.tokens, place + 1
    most = min(place + _LONGEST_COUNTRY, len(tokens))
    while place in evidence.firm and last in evidence.firm and last < most and tokens.joined(last):
        last += 1  # "New Zealand House"
    if last >= len(tokens) or tokens.lows[last] != "house" or not tokens.joined(last):
        return None
    both = tokens.capital(place) and tokens.capital(last) and not tokens.possessive(place)
    if not both or tokens.case(place) is not Case.MIXED or last in evidence.firm:
        return None
    low = tokens.lows[place]
    sort = low in _SORTS and last == place + 1
    said = sort or low in role_words("kin", "titles")
    return last if not said and before(tokens, place)[0] in _AT | _TELLING else None


_TELLING = frozenset({"and", "or", "that's", "it's", "is"})


def homes_written(evidence: Evidence, place: int) -> int | None:
    """The last word of "at Crown Cottages": a row of homes, which a sort of body may call too."""
    tokens, last = evidence.tokens, place + 1
    if last >= len(tokens) or tokens.lows[last] not in _ROWS or not tokens.joined(last):
        return None
    low = tokens.lows[place]
    if tokens.case(place) is Case.MIXED:
        both = tokens.words[place].istitle() and tokens.words[last].istitle()
        both = both and not tokens.initial(place)
    else:
        plain = low in DETERMINERS | _COTTAGES or low in evidence.words.function
        both = tokens.turns[place] == tokens.turns[last] and not plain and goes_on(evidence, last)
    sort = low in _NO_ROWS | roles().titles or tokens.possessive(place)
    led = before(tokens, place)[0] in _AT | {"on", "by", "past"}
    return last if both and led and not sort else None


_ROWS = frozenset({"cottages", "almshouses", "villas", "mansions"})
_COTTAGES = frozenset(
    {"terraced", "tied", "thatched", "rented", "little", "tiny", "stone", "farm", "workers",
     "miners", "country", "seaside", "small", "new", "nice", "other", "different", "luxury",
     "red", "brick", "more", "some", "many", "empty"}
)  # fmt: skip
_NO_ROWS = frozenset({"holiday", "the", "these", "those", "our", "old", "council", "two", "three"})
