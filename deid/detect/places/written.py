"""Places that no list holds, by their capitals: "Weavers Fields", "Burke County", "Fort Garrow".

Needs a capital on both words and a place's company before them, or a first word that only places
begin with; and never a word that says no more than the sort ("in Accident Park", "Central Bank").
"""

from functools import cache

from deid.detect.places.land import plain_station
from deid.detect.words.allow import phrase_end
from deid.detect.words.cues import roles
from deid.detect.words.evidence import (
    COMMON_TIER,
    COMMONEST,
    FAIR,
    RARE_TIER,
    RAREST_TIER,
    TOWN,
    Evidence,
)
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import COMPASS, before, place_cued
from deid.detect.words.tokens import Case, Tokens
from deid.transcript import EntityType

_KINDS = frozenset(sections("place_kinds.txt")["kinds"])
ATTRIBUTES = frozenset(sections("place_kinds.txt")["attributes"])
_HEADS = frozenset({"fort", "mount", "loch", "lough", "glen", "cape"})
_SPANISH = frozenset({"la", "los", "las", "el"})
_AT = frozenset({"at", "on", "near", "from"})
_ON = frozenset(
    {"on", "off", "by", "along", "behind", "opposite", "beside", "between", "across", "past"}
)
_LONGEST = 3


def written(evidence: Evidence, place: int) -> int | None:
    """The last word of a name that begins at ``place`` and says by its last word what it is."""
    tokens = evidence.tokens
    if not names(evidence, place) or tokens.initial(place):
        return None
    there, article = _there(tokens, place), tokens.lows[place - 1] == "the"
    for last in range(place + 1, min(len(tokens), place + _LONGEST + 1)):
        if not tokens.joined(last):
            return None
        if not written_so(tokens, last):
            return last if article and there and _small_hall(evidence, last) else None
        ranges = article and tokens.lows[last] in {"ranges", "isles"}
        if tokens.lows[last] in _KINDS and last not in evidence.firm and (there or ranges):
            longer = (
                last + 1 < len(tokens) and tokens.joined(last + 1) and written_so(tokens, last + 1)
            )
            barred = (longer and tokens.lows[last + 1] not in _KINDS) or plain_station(tokens, last)
            return None if barred else last
        if not names(evidence, last) and tokens.lows[last] not in {"junior", "senior"}:
            return None
    return None


def headed(evidence: Evidence, place: int) -> int | None:
    """The last word of "Fort Garrow", "up at La Honda": the kind or an article, then a name."""
    tokens, last = evidence.tokens, place + 1
    if tokens.lows[place] in _SPANISH and last < len(tokens) and tokens.joined(last):
        both = written_so(tokens, place) and written_so(tokens, last) and last not in evidence.firm
        first, second = before(tokens, place)
        led = first in _AT or (first == "to" and second in _THITHER)
        return last if both and led else None
    if tokens.lows[place] not in _HEADS or last >= len(tokens) or not tokens.joined(last):
        return None
    both = written_so(tokens, place) and written_so(tokens, last)
    return last if both and names(evidence, last) and not tokens.initial(last) else None


_THITHER = frozenset({"here", "there", "back", "over", "went", "go", "going", "moved", "drove"})


def _small_hall(evidence: Evidence, last: int) -> bool:
    """Whether a hall has a small letter behind its name: "at the Shree Prajapati hall".

    A library or a foyer may be called by any word with a capital: "in the Globe library".
    """
    tokens, tier = evidence.tokens, evidence.entry(last - 1).tier
    if tokens.lows[last] in _SMALL_HALLS:
        return not 0 < tier < RARE_TIER
    return tokens.lows[last] in _SMALL_HOUSES and tier != COMMONEST


_SMALL_HALLS = frozenset({"hall", "farm", "chapel"})
_SMALL_HOUSES = frozenset({"library", "foyer", "cinema", "ballroom", "baths", "lido"})


def part_written(evidence: Evidence, place: int) -> int | None:
    """The last word of "North Isles", "Lower Gulf": a part, then what it is the part of."""
    tokens, last = evidence.tokens, place + 1
    if tokens.lows[place] not in COMPASS | {"upper", "lower"} or last >= len(tokens):
        return None
    if not (written_so(tokens, place) and written_so(tokens, last) and tokens.joined(last)):
        return None
    low, longer = tokens.lows[last], last + 1 < len(tokens) and tokens.joined(last + 1)
    named = evidence.entry(last).tier in {0, *range(COMMON_TIER, RAREST_TIER + 1)}
    barred = tokens.initial(place) or evidence.taken(last) or evidence.dosed(last)
    barred = barred or (longer and tokens.capital(last + 1)) or low in roles().kin
    return last if (named or low in _PARTED) and not barred else None


_PARTED = frozenset({"gulf", "coast", "shore", "isles", "island", "islands", "peninsula"})


def crossing(evidence: Evidence, place: int) -> int | None:
    """The last word of "on the corner of Fifth and Madison", "up on Peak and Cervantes"."""
    tokens, last = evidence.tokens, place + 2
    if last >= len(tokens) or tokens.lows[place + 1] != "and" or not written_so(tokens, place):
        return None
    whole = all(tokens.joined(step) for step in (place + 1, last)) and written_so(tokens, last)
    first, second = before(tokens, place)
    corner = first == "of" and second in {"corner", "junction", "intersection"}
    nobody = evidence.entry(place).given < FAIR and evidence.entry(last).given < FAIR
    up = first == "on" and second in {"up", "down", "over", "there", "out"} and nobody
    return last if whole and (corner or up) and not tokens.possessive(last) else None


def on_the(evidence: Evidence, article: int) -> int | None:
    """The word of "on the Mall", "on The Green": a street that is called by its kind alone."""
    tokens, place = evidence.tokens, article + 1
    if place >= len(tokens) or tokens.lows[place] not in _STREETS_ALONE:
        return None
    capital = tokens.joined(place) and written_so(tokens, place)
    along = before(tokens, article)[0] in _ALONG and not tokens.possessive(place)
    return place if capital and along and ends(tokens, place) else None


_ALONG = frozenset({"on", "along", "off", "down", "up", "by", "round", "across", "over"})
_STREETS_ALONE = frozenset(
    {"mall", "green", "parade", "strand", "square", "esplanade", "promenade", "parks", "moor",
     "links", "quay", "avenue", "crescent", "mount", "drive", "close", "lane", "street", "hill",
     "ridgeway", "broadway", "causeway", "headrow", "shambles", "row", "croft", "common"}
)  # fmt: skip


def the_called(evidence: Evidence, article: int) -> int | None:
    """The word of "at the Wellspring.": one word with a capital that a clause ends with."""
    tokens, place = evidence.tokens, article + 1
    if place >= len(tokens) or not tokens.joined(place) or not names(evidence, place):
        return None
    first, second = before(tokens, article)
    back = (first, second) in {("to", "back"), ("to", "up"), ("to", "down"), ("to", "over")}
    house = first in {"was", "there's", "were", "and", "called"} and tokens.lows[place] in inns()
    towards = first in _TOWARDS and tokens.lows[place] not in _generic()
    behind = first == "of" and second in SIDES  # "in the back of the Linnet"
    behind = behind or (second == "out" and first == "of" and tokens.lows[place] in inns())
    there = back or house or towards or behind or first in _BY
    if not there or tokens.capital(article):
        return None
    common = evidence.entry(place).tier == COMMONEST
    abstract = first == "in" and tokens.lows[place].endswith(_ABSTRACT)  # "in the Depression"
    numbered = any(letter.isdigit() for letter in tokens.lows[place])  # "up the A1 and"
    if common or abstract or numbered or tokens.possessive(place):
        return None
    after = tokens.lows[place + 1] if tokens.after(place) == " " else ""
    ended = ends(tokens, place) or after in _OFTEN or tokens.lows[place + 1 : place + 3] == _OF_A
    return place if ended or in_town(evidence, place) else None


_ABSTRACT = ("sion", "tion", "ness", "ism", "ment")
SIDES = frozenset({"back", "front", "side", "outside"})
_OFTEN = frozenset(
    {"every", "sometimes", "most", "always", "often", "but", "or", "tonight", "once", "twice",
     "till", "until", "cos", "where", "anyway", "instead", "again", "we", "i", "he", "she", "they"}
)  # fmt: skip


_OF_A = ["of", "a"]  # "of a Saturday night"


def in_town(evidence: Evidence, last: int, *, least: int = TOWN) -> bool:
    """Whether a town follows: "at the Arches in Glasgow", "the Queen Elizabeth in King's Lynn".

    With a smaller ``least`` a quarter too, which is nothing else: "king george in goodmayes".
    """
    tokens, town = evidence.tokens, last + 2
    if town >= len(tokens) or tokens.lows[last + 1] not in {"in", "at"}:
        return False
    small = tokens.case(town) is Case.MIXED and not tokens.capital(town)
    if small or tokens.after(last) not in {" ", ", "} or not tokens.joined(town):
        return False
    entry = evidence.lexicon.entry(tokens.lows[town])
    known = entry.place >= TOWN or (entry.place >= least and not entry.tier and not entry.given)
    known = known and town not in evidence.kept
    return known or phrase_end(tokens, evidence.lexicon.place_phrases, town) is not None


_BY = frozenset(
    {"at", "in", "near", "outside", "behind", "into", "up", "down", "round", "past", "opposite"}
)


_TOWARDS = frozenset({"to", "from", "by"})


@cache
def _generic() -> frozenset[str]:
    """Kinds of body and of place, which a capital does not make a name: "to the Clinic"."""
    return roles().heads | frozenset(sections("roles.txt")["capital-heads"]) | _KINDS


@cache
def inns() -> frozenset[str]:
    """Public houses that are called by one word."""
    return frozenset(name for name in sections("place_kinds.txt")["pubs"] if " " not in name)


def ends(tokens: Tokens, place: int) -> bool:
    """Whether a clause ends with the word, or goes on without it."""
    after = tokens.lows[place + 1] if place + 1 < len(tokens) else ""
    ends = tokens.closes(place)
    return ends or (tokens.after(place) == " " and after in _GOING_ON)


_GOING_ON = frozenset(
    {"for", "and", "on", "last", "with", "when", "because", "now", "then", "before", "after"}
)


def _there(tokens: Tokens, place: int) -> bool:
    """Whether "in", "at the", "on" ... stands before the word."""
    the = place > 0 and tokens.lows[place - 1] == "the" and not tokens.capital(place - 1)
    step = place - the
    return place_cued(tokens, step) or (
        step > 0 and tokens.gap(step) == " " and tokens.lows[step - 1] in _ON
    )


def names(evidence: Evidence, place: int) -> bool:
    """Whether a word with a capital may be a place's own name, and is no sort, role or brand."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if not written_so(tokens, place) or place in evidence.kept or evidence.dosed(place):
        return False
    said = low in roles().titles or low in roles().kin or low in roles().labels
    person = evidence.network.get(place) is EntityType.PERSON and evidence.entry(place).given
    sort = low in _sorts() or low in ATTRIBUTES
    return not (said or person or sort or tokens.possessive(place))


@cache
def _sorts() -> frozenset[str]:
    return frozenset(sections("roles.txt")["sorts"]) - {"old", "new", "high", "middle"}


def written_so(tokens: Tokens, place: int) -> bool:
    """Whether a word has a capital, and only one, where a capital says something."""
    mixed = tokens.case(place) is Case.MIXED
    return mixed and tokens.words[place].istitle() and len(tokens.words[place]) > 1
