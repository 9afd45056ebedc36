"""Names with "of" in them, and names set apart: "Prince of Wales Road", "Mains of Cairnhill".

No list has every Scots farm nor every street that is called after a duke. A street's type, or a
head that farms and hamlets have, makes one name of both sides of "of"; a settlement before it, or a
comma behind "a little place", tells a name by its capitals alone. "The bank of the river" and "the
state of the road" name nothing.
"""

from deid.detect.places.bare_streets import SURE_STREETS
from deid.detect.words.cues import roles
from deid.detect.words.evidence import COMMONEST, FAIR, RARE_TIER, Evidence
from deid.detect.words.frames import DETERMINERS, free_after
from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Case, Tokens

_RANKS = frozenset(
    {"prince", "princess", "king", "queen", "duke", "duchess", "earl", "lord", "lady", "marquis",
     "marquess", "marquise", "countess", "isle", "isles", "mount", "vale", "bridge", "rose", "star"}
)  # fmt: skip
_STREETS = SURE_STREETS | {
    "way", "drive", "close", "gardens", "court", "place", "square", "hill", "row", "walk", "mews"
}  # fmt: skip
_FARMS = frozenset(
    {"newton", "milltown", "castleton", "avenue",
     "mains", "mill", "milton", "millton", "kirkton", "bridge", "brig", "boat", "brae",
     "braes", "haugh", "kirk", "cotton", "den", "water", "mouth", "vale", "forest", "carse", "howe",
     "muir", "moss", "newmill", "knock", "cove", "point", "sound", "kyle", "kyles", "mull", "ring",
     "burn", "hill", "castle", "nether", "upper", "bogs", "bog", "links", "craigs", "inch"}
)  # fmt: skip
_SURE_FARMS = frozenset({"mains", "milton", "kirkton", "braes", "haugh", "howe", "newmill"})
_SETTLED = frozenset({"hamlet", "village", "town", "township", "townland", "parish", "suburb"})
_SORTS = _SETTLED | {
    "place", "farm", "croft", "estate", "island", "pub", "school", "colliery", "pit", "cottage",
    "farmhouse", "smallholding", "hospital", "hall", "mill", "valley", "moor", "beach"
}  # fmt: skip
_ARTICLES = frozenset({"a", "an", "another", "this"})
_LONGEST, _REACH = 3, 4


def street_of(evidence: Evidence, place: int) -> int | None:
    """The last word of "Prince of Wales Road", "duke of york street"."""
    tokens, inner = evidence.tokens, place + 2
    if not _of(tokens, place) or tokens.possessive(place) or tokens.lows[inner] in DETERMINERS:
        return None
    mixed = tokens.case(place) is Case.MIXED
    rank = tokens.lows[place] in _RANKS
    if (mixed and not tokens.capital(place)) or not (rank or (mixed and _led(tokens, place))):
        return None
    for last in range(inner + 1, min(len(tokens), inner + _LONGEST)):
        if not tokens.joined(last) or (mixed and not tokens.capital(last - 1)):
            return None
        if tokens.lows[last] in (_STREETS if mixed else SURE_STREETS):
            return last if not mixed or tokens.capital(last) else None
    return None


def _led(tokens: Tokens, place: int) -> bool:
    """Whether somebody lives or goes there: "down Mount of Olives Lane"."""
    return place > 0 and tokens.gap(place) == " " and tokens.lows[place - 1] in _ALONG


_ALONG = frozenset({"on", "in", "off", "down", "up", "along", "at", "to", "from"})


def farm_of(evidence: Evidence, place: int) -> int | None:
    """The last word of "Mains of Cairnhill", "Mill of Kincraig", "bridge of marnoch"."""
    tokens, last = evidence.tokens, place + 2
    if tokens.lows[place] not in _FARMS or not _of(tokens, place) or evidence.taken(last):
        return None
    entry, low = evidence.lexicon.entry(tokens.lows[last]), tokens.lows[last]
    if low in roles().kin or low in evidence.words.function or tokens.possessive(place):
        return None
    named = entry.tier == 0 or entry.tier >= RARE_TIER or entry.place >= FAIR
    if tokens.case(place) is Case.MIXED:
        both = tokens.capital(place) and tokens.capital(last)
        return last if both and (named or not tokens.initial(place)) else None
    sure = tokens.lows[place] in _SURE_FARMS
    return last if entry.tier == 0 and (sure or entry.place > 0) else None


def shrine_of(evidence: Evidence, place: int) -> int | None:
    """The last word of "Basilica of Bom Jesus", "the Abbey of the Holy Rood"."""
    tokens, name = evidence.tokens, place + 2
    if tokens.lows[place] not in _SHRINES or not _of(tokens, place):
        return None
    name += tokens.lows[name] in {"the", "our"}
    if name >= len(tokens) or not (tokens.capital(place) and _written(evidence, name)):
        return None
    last = name
    while last + 1 < len(tokens) and tokens.joined(last + 1) and tokens.words[last + 1].istitle():
        last += 1  # "Bom Jesus", an allowed word among them
    return None if last == name and evidence.entry(name).tier == COMMONEST else last  # "of Rest"


_SHRINES = frozenset(
    {"basilica", "cathedral", "abbey", "shrine", "priory", "monastery", "convent", "chapel",
     "sanctuary"}
)  # fmt: skip


def _of(tokens: Tokens, place: int) -> bool:
    """Whether "of" and a word follow in one breath."""
    if place + 2 >= len(tokens) or tokens.lows[place + 1] not in {"of", "o", "o'"}:
        return False
    whole = tokens.joined(place + 1) and tokens.gap(place + 2) in {" ", "' "}
    return whole and tokens.turns[place + 2] == tokens.turns[place]


def venue_of(evidence: Evidence, place: int) -> int | None:
    """The last word of "the Prince of Orange.", "the Queen Margaret", "Our Lady of Lourdes".

    People of rank take no article before their names; inns and hospitals that are called after
    them do.
    """
    tokens, low, name = evidence.tokens, evidence.tokens.lows[place], place + 1
    if low == "our":
        return _our_lady(evidence, place)
    if low not in _TITLES or name >= len(tokens) or not tokens.joined(name):
        return None
    article = place > 0 and tokens.joined(place) and tokens.lows[place - 1] == "the"
    if not article or tokens.possessive(place) or not tokens.words[place].istitle():
        return None
    if _of(tokens, place) and _written(evidence, place + 2):
        last = _last(evidence, place + 2) if before(tokens, place)[1] in _WHERE else -1
    elif evidence.entry(name).given >= FAIR and _written(evidence, name):
        last = name
    else:
        return None
    ends = last > 0 and free_after(tokens, last) and not tokens.possessive(last)
    return last if ends else None


def _our_lady(evidence: Evidence, place: int) -> int | None:
    """The last word of "Our Lady of Lourdes"."""
    tokens, name = evidence.tokens, place + 1
    lady = name < len(tokens) and tokens.lows[name] == "lady" and tokens.joined(name)
    if not lady or tokens.possessive(place) or not _of(tokens, name):
        return None
    return _last(evidence, name + 2) if _written(evidence, name + 2) else name + 2


_WHERE = frozenset(
    {"at", "in", "into", "to", "from", "behind", "outside", "opposite", "up", "down", "near",
     "round", "by", "past"}
)  # fmt: skip
_TITLES = frozenset(
    {"prince", "princess", "king", "queen", "duke", "duchess", "lord", "lady", "earl", "admiral",
     "marquis", "marquess", "countess", "sir", "bunch", "rose", "pride", "hand"}
)  # fmt: skip


def told_apart(evidence: Evidence, place: int) -> int | None:
    """The last word of "a little place, Fruitful Vale.", "the hamlet of Winter"."""
    tokens = evidence.tokens
    if place < 2:  # noqa: PLR2004 - a sort and "of" before
        return None
    of = tokens.lows[place - 1] == "of" and tokens.lows[place - 2] in _SETTLED
    if not (of or tokens.lows[place - 1] in _SORTS) or not _written(evidence, place):
        return None
    if of and tokens.gap(place) == " " and tokens.gap(place - 1) == " ":
        return _last(evidence, place)  # even "the hamlet of Winter"
    if place in evidence.kept:
        return None
    sort = tokens.lows[place - 1] in _SORTS and tokens.gap(place) == ", "
    if not sort or tokens.turns[place - 1] != tokens.turns[place]:
        return None
    article = not _ARTICLES.isdisjoint(tokens.lows[max(0, place - 1 - _REACH) : place - 1])
    last = _last(evidence, place)
    nobody = last > place or evidence.entry(place).given < FAIR
    return last if article and nobody and tokens.closes(last) else None


def _last(evidence: Evidence, place: int) -> int:
    """The last of the words with capitals from here on."""
    tokens, last = evidence.tokens, place
    while last + 1 < len(tokens) and last - place < _LONGEST and tokens.joined(last + 1):
        if last + 1 in evidence.kept or not _written(evidence, last + 1):
            break
        last += 1
    return last


def _written(evidence: Evidence, place: int) -> bool:
    """Whether a word with a capital may be in a place's name."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if tokens.case(place) is not Case.MIXED or not tokens.words[place].istitle():
        return False
    said = low in roles().kin or low in roles().titles or low in evidence.words.function
    long = len(low) > 1 and not evidence.dosed(place)
    return long and not said and place not in evidence.firm
