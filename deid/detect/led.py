"""Where a place stands and hardly a person: "from Gweedore", "Welbeck, the country park".

For names that lists and the network leave open (:mod:`deid.detect.sorting`).
"""

from deid.detect.hospitals import MOVING
from deid.detect.names.spans import Named
from deid.detect.spoken.heard.lexicon import STRONG_STREETS
from deid.detect.words.cues import roles
from deid.detect.words.evidence import (
    FAIR,
    PART,
    RARE_TIER,
    STRONG_NAME,
    TOWN,
    Evidence,
    acting,
)
from deid.detect.words.frames import before, following
from deid.detect.words.gazetteer import sections

TO_PLACES = frozenset({"to", "from", "in", "at"})
_WITHIN = frozenset({"in", "near", "outside", "around", "into", "round"})
_BEING = frozenset(
    {"i'm", "he's", "she's", "they're", "we're", "you're", "am", "was", "is", "are", "were",
     "originally", "come", "comes", "came", "lad", "girl", "family", "bloke", "fella", "woman",
     "man", "lady", "walking", "people", "mum's", "dad's", "up", "down", "over", "back", "here",
     "all", "miles", "wife's", "husband's", "far", "away", "hour", "hours", "minutes"}
)  # fmt: skip
_AIMED = frozenset(
    {"look", "looking", "looked", "looks", "laugh", "laughing", "laughed", "shout", "shouting",
     "shouted", "stare", "staring", "stared", "angry", "mad", "cross", "swear", "swearing", "go",
     "going", "goes", "went", "had", "having", "smile", "smiled", "smiling", "scream", "screaming",
     "annoyed", "furious", "on", "pointing", "pointed", "aimed", "nagging", "keep", "get",
     "getting"}
)  # fmt: skip


_OUT = frozenset({("out", "of"), ("far", "as")})


def there(evidence: Evidence, name: Named) -> bool:
    """Whether a place stands here: "from Gweedore", "in Chengdu", "moved to Brid"."""
    tokens, place = evidence.tokens, name.first
    if tokens.possessive(name.last) or acting(tokens, name.last) or titled(evidence, name):
        return False
    entry = evidence.entry(place)
    first, second = before(tokens, place)
    listed = evidence.lexicon.entry(tokens.lows[place]).place > 0
    someone = entry.given >= (STRONG_NAME if listed else FAIR)
    families = tokens.lows[name.last].endswith("s")  # "from the Hargreaveses"
    craft = second == "on" and name.last > name.first  # "on the Piper Alpha"
    within = first == "the" and (second in _BEFORE_THE or craft) and not families
    within = within or _of_the_member(evidence, name) or _in_a_region(evidence, name)
    between = (first, second) == ("and", "here") and (listed or not entry.name)
    if (
        within
        or between
        or _explained(evidence, name)
        or _listing(evidence, name)
        or _native(evidence, name)
    ):
        return True
    if first in _WITHIN or (second, first) in _OUT:
        return (
            not someone
            or (first not in _WITHIN and listed)
            or (listed and (entry.tier == 0 or entry.tier >= RARE_TIER))
        )
    if first == "from":
        return (not someone or listed) and (second in _BEING or not entry.name or listed)
    if first == "to":
        return (not someone or listed) and (second in MOVING or second == "there")
    nobody = not evidence.lexicon.entry(tokens.lows[place]).name
    at = first == "at" and (listed or nobody) and not someone and second not in _AIMED
    at = at or (first == "at" and listed and second in {"off", "changed", "change", "alight"})
    return at or (first in _ALONG and not entry.given)


_BEFORE_THE = (
    _WITHIN
    | TO_PLACES
    | {"by", "behind", "with", "under", "through", "up", "down", "along", "across", "past", "onto"}
)


def _explained(evidence: Evidence, name: Named) -> bool:
    """Whether it is said at once what sort of place it is: "I like Welbeck, the country park"."""
    tokens, last = evidence.tokens, name.last
    if tokens.after(last) != ", " or last + 1 >= len(tokens) or tokens.lows[last + 1] != "the":
        return False
    ahead = tokens.lows[last + 2 : last + 2 + _SORT_REACH]
    return any(low in _SORTS_OF_PLACES for low in ahead)


_SORT_REACH = 2
_SORTS_OF_PLACES = frozenset(
    {"park", "centre", "school", "village", "estate", "hospital", "surgery", "church", "pub",
     "club", "hall", "island", "town", "prison", "college", "farm", "museum", "beach", "station",
     "hospice", "home", "garden", "gardens", "castle", "lake", "river", "hill", "moor", "woods"}
)  # fmt: skip


def _native(evidence: Evidence, name: Named) -> bool:
    """Whether somebody is of that place: "he's a Fermanagh man", "a Barnsley lass"."""
    first, second = before(evidence.tokens, name.first)
    listed = evidence.lexicon.entry(evidence.tokens.lows[name.first]).place > 0
    article = first in {"a", "an"} or (first in _TRUE and second in {"a", "an"})
    return listed and article and following(evidence.tokens, name.last)[0] in _PEOPLE


_TRUE = frozenset({"proper", "real", "born", "old", "true", "typical"})
_PEOPLE = frozenset(
    {"man", "woman", "lad", "lass", "girl", "boy", "bloke", "family", "accent", "people", "fella"}
)


_ALONG = frozenset({"on", "past", "through", "via", "towards", "across"})


def _in_a_region(evidence: Evidence, name: Named) -> bool:
    """Whether the region follows: "in Harold, California", "from Selleck, Washington"."""
    tokens, region = evidence.tokens, name.last + 1
    first = before(tokens, name.first)[0]
    if first not in {"in", "near", "from", "at"} or region >= len(tokens):
        return False
    listed = evidence.lexicon.entry(tokens.lows[region])
    named = tokens.capital(region) and tokens.turns[region] == tokens.turns[name.last]
    return tokens.after(name.last) == ", " and named and listed.place >= TOWN > listed.family


def _of_the_member(evidence: Evidence, name: Named) -> bool:
    """Whether an MP's name follows the constituency: "South Dannet MP Craig McKinley"."""
    tokens, mp = evidence.tokens, name.last + 1
    if mp + 1 >= len(tokens) or tokens.lows[mp] not in {"mp", "msp", "ms", "td", "mla"}:
        return False
    both = tokens.joined(mp) and tokens.joined(mp + 1) and tokens.words[mp].isupper()
    return both and tokens.capital(mp + 1) and tokens.turns[mp + 1] == tokens.turns[name.last]


def is_river(evidence: Evidence, name: Named) -> bool:
    """Whether "the" makes it a water: "the source of the Nile"; never "the Trent boys"."""
    tokens, place = evidence.tokens, name.first
    if name.first != name.last or tokens.lows[place] not in _RIVERS or tokens.possessive(place):
        return False
    goes_on = tokens.closes(place) or following(tokens, place)[0] in _AFTER_WATER
    return before(tokens, place)[0] == "the" and goes_on


_RIVERS = frozenset(sections("places_said.txt")["rivers"])
_AFTER_WATER = frozenset(
    {"and", "or", "in", "at", "is", "was", "from", "to", "with", "on", "near", "by", "when",
     "where", "because", "then", "there", "but", "for", "that", "valley", "estuary", "bridge",
     "delta", "flooded", "froze", "runs", "ran", "burst", "had", "has", "i", "we", "you"}
)  # fmt: skip


def titled(evidence: Evidence, name: Named) -> bool:
    """Whether a title or kin stands before the name."""
    return before(evidence.tokens, name.first)[0] in roles().titles | roles().kin


def _listing(evidence: Evidence, name: Named) -> bool:
    """Whether it is one of a list of places, or follows its street: "Southall, Hayes"."""
    tokens, lexicon = evidence.tokens, evidence.lexicon
    if not lexicon.entry(tokens.lows[name.last]).place or name.last > name.first + 1:
        return False
    if evidence.entry(name.first).given >= STRONG_NAME:
        return False
    back, ahead = name.first - 1, name.last + 1
    if back >= 0 and tokens.gap(name.first).strip() == "," and _placed(evidence, back):
        return True
    if ahead < len(tokens) and tokens.after(name.last).strip() == ",":
        return _placed(evidence, ahead)
    return False


def _placed(evidence: Evidence, place: int) -> bool:
    tokens = evidence.tokens
    if tokens.lows[place] in STRONG_STREETS | {"cottage", "grange", "farm"}:
        return True
    entry = evidence.lexicon.entry(tokens.lows[place])
    return entry.place >= PART and entry.given < FAIR and tokens.capital(place)
