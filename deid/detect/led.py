"""Where a place stands and hardly a person: "from Gweedore", "Welbeck, the country park".

For names that lists and the network leave open (:mod:`deid.detect.sorting`).
"""

import re

from deid.detect.hospitals import MOVING
from deid.detect.names.families import CHILDREN
from deid.detect.names.people_here import noun_from
from deid.detect.names.spans import Named
from deid.detect.places.ways import flown_to, sounds_placed, taken_there
from deid.detect.spoken.heard.lexicon import STRONG_STREETS
from deid.detect.words.cues import role_words
from deid.detect.words.evidence import FAIR, PART, RARE_TIER, STRONG_NAME, Evidence
from deid.detect.words.neighbours import acting, before, following

SETTLEMENTS = frozenset(
    {"town", "village", "city", "hamlet", "suburb", "island", "townland", "parish", "borough",
     "port"}
)  # fmt: skip
"""What has a name of its own and people in it."""
TO_PLACES = frozenset({"to", "from", "in", "at"})
_WITHIN = frozenset({"in", "near", "outside", "around", "into", "round"})
PUT_IN_PEOPLE = frozenset(
    {"believe", "believed", "trust", "trusted", "confidence", "faith", "interest", "interested",
     "confide", "confided", "confiding", "disappointed", "bring", "brought", "rope", "roped"}
)  # fmt: skip
"""Before "in" and somebody: "I believe in Sarah", "they brought in Kelly"."""
_BEING = frozenset(
    {"i'm", "he's", "she's", "they're", "we're", "you're", "am", "was", "is", "are", "were",
     "originally", "come", "comes", "came", "lad", "girl", "family", "bloke", "fella", "woman",
     "man", "lady", "boy", "guy", "guys", "folks", "chap", "kid", "couple", "walking", "people",
     "mum's", "dad's", "up", "down", "over", "back", "here",
     "all", "miles", "wife's", "husband's", "far", "away", "hour", "hours", "minutes", "mile",
     "kilometres", "kilometers", "km", "k", "ks"}
)  # fmt: skip
_AIMED = frozenset(
    {"look", "looking", "looked", "looks", "laugh", "laughing", "laughed", "shout", "shouting",
     "shouted", "stare", "staring", "stared", "angry", "mad", "cross", "swear", "swearing", "go",
     "going", "goes", "went", "had", "having", "smile", "smiled", "smiling", "scream", "screaming",
     "annoyed", "furious", "on", "pointing", "pointed", "aimed", "nagging", "keep", "get",
     "getting", "yell", "yelled", "yelling", "snap", "snapped", "snapping", "wave", "waved",
     "waving", "wink", "winked", "nod", "nodded", "point", "threw", "throw", "thrown", "throwing",
     "barked", "growled", "sneered", "tutted", "glare", "glared", "glaring", "grin", "grinned",
     "hissed", "moan", "moaned", "moaning", "swore", "complain", "complained", "jumped", "clapped",
     "cursed", "eyes", "tongue", "frowned", "peered", "gawping", "screamed", "it", "that", "them",
     "him", "her", "me"}
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
    after = following(tokens, name.last)[0] if tokens.after(name.last) == " " else ""
    families = tokens.lows[name.last].endswith("s")  # "from the Hargreaveses"
    families = families or after.removesuffix("'s") in CHILDREN  # "outside with the Marchbank boys"
    craft = second == "on" and name.last > name.first  # "on the Piper Alpha"
    within = first == "the" and (second in _BEFORE_THE or craft) and not families
    within = within or _of_the_member(evidence, name)
    unknown = evidence.lexicon.entry(tokens.lows[place]).unknown
    between = (first, second) == ("and", "here") and (listed or not entry.name)
    if (
        within
        or between
        or _explained(evidence, name)
        or _listing(evidence, name)
        or _native(evidence, name)
        or (unknown and sounds_placed(tokens.lows[place], first))
    ):
        return True
    if (first in _WITHIN and second not in PUT_IN_PEOPLE) or (second, first) in _OUT:
        return (
            not someone
            or (first not in _WITHIN and listed)
            or (listed and (entry.tier == 0 or entry.tier >= RARE_TIER))
        )
    if first == "from":
        return (not someone or listed) and (second in _BEING or not entry.name or listed)
    if first == "to":
        moved = second in MOVING or second in _REACHING or taken_there(tokens, place)
        nobody = not entry.given and entry.place > entry.family  # "he wore them to Anfield"
        return nobody or ((not someone or listed) and moved)
    nobody = not evidence.lexicon.entry(tokens.lows[place]).name
    at = first == "at" and (listed or (nobody and not someone)) and second not in _AIMED
    at = at or (first == "at" and listed and second in {"off", "changed", "change", "alight"})
    asked = first == "where's" or (first == "where" and after in {"is", "was"})
    passed = entry.given < FAIR and (asked or first == "past")
    return at or passed or (first in _ALONG and (not entry.given or unknown))


_REACHING = frozenset({"there", "here", "got", "get", "gets", "getting"})


def spoken_of(evidence: Evidence, name: Named) -> bool:
    """Whether what is said fits a place and nobody: "half of Stanley", "Lincoln is where I".

    Whatever found the name, as lists of towns are lists of people too; a title or a verb of people
    beside it says that somebody is meant.
    """
    tokens, entry = evidence.tokens, evidence.entry(name.first)
    if titled(evidence, name) or acting(tokens, name.last):
        return False
    listed = evidence.lexicon.entry(tokens.lows[name.first]).place >= PART
    if listed and _of_a_town(evidence, name):
        return True
    if tokens.possessive(name.last):
        return False
    first, second = before(tokens, name.first)
    near = first == "near" and second in {"that", "it", "is", "anywhere", "somewhere"}
    part = first == "of" and second in _PARTS_OF
    if listed and (near or part or _on_the_bus(evidence, name)):
        return True
    return flown_to(tokens, name.first) or (entry.given < FAIR and _said_to_be(evidence, name))


_PARTS_OF = frozenset(
    {"half", "most", "parts", "outskirts", "edge", "centre", "middle", "whole", "north", "south",
     "east", "west"}
)  # fmt: skip


def _of_a_town(evidence: Evidence, name: Named) -> bool:
    """Whether the clause goes on as of a town: "is where", "was flooded", "had three cinemas"."""
    tokens, after = evidence.tokens, name.last + 1
    owned = tokens.possessive(name.last)
    step = after
    while step < len(tokens) and tokens.joined(step) and tokens.lows[step] in _IS_OR_HAS:
        step += 1
    if (step == after and not owned) or step >= len(tokens):
        return False
    if tokens.turns[step] != tokens.turns[name.last] or not tokens.joined(step):
        return False
    said = tokens.lows[step]
    if said in _DONE_TO_TOWNS or (said == "where" and tokens.lows[step - 1] in {"is", "was"}):
        return True
    if said in {"hit", "battered", "struck"}:
        return not _BY_WEATHER.isdisjoint(tokens.lows[step : step + _CLAUSE])
    noun = noun_from(tokens, step + (said in {"a", "an", "the"}))
    having = not {"had", "has", "got"}.isdisjoint(tokens.lows[after:step])
    return noun in (_TOWNS_HAVE if having else _SORTS_OF_TOWNS)


_CLAUSE = 8
_IS_OR_HAS = frozenset(
    {"is", "was", "has", "had", "been", "got", "being", "only", "really", "badly", "just", "all"}
)
_DONE_TO_TOWNS = frozenset(
    {"flooded", "bombed", "regenerated", "pedestrianised", "gridlocked", "twinned", "evacuated"}
)
_BY_WEATHER = frozenset(
    {"cuts", "storm", "storms", "flood", "floods", "flooding", "snow", "closures", "pandemic",
     "covid", "recession", "weather", "winds", "strikes", "unemployment"}
)  # fmt: skip
_TOWNS_HAVE = frozenset(
    {"cinemas", "beach", "beaches", "cathedral", "trams", "tram", "pits", "mills", "docks",
     "harbour", "pier", "promenade", "castle", "clinic", "hospital", "station", "university"}
)  # fmt: skip
_SORTS_OF_TOWNS = SETTLEMENTS | {"area", "place", "county", "resort", "estate"}


def _on_the_bus(evidence: Evidence, name: Named) -> bool:
    """Whether a bus goes there: "the number 5, Stapleton, back and forth"."""
    tokens, place = evidence.tokens, name.first
    numbered = place > 0 and tokens.lows[place - 1] in {"number", "bus"}
    set_apart = _NUMBER.fullmatch(tokens.gap(place)) and tokens.after(name.last)[:1] == ","
    return numbered and bool(set_apart)


_NUMBER = re.compile(r" \d{1,3}[A-Za-z]?, ")


def _said_to_be(evidence: Evidence, name: Named) -> bool:
    """Whether its sort is told beside it: "an island, Nuru, there", "the town was Onomichi"."""
    tokens, place = evidence.tokens, name.first
    sort = tokens.lows[place - 1] if place else ""
    if sort in _NAMED_BEHIND and tokens.gap(place) == ", " and tokens.closes(name.last):
        return tokens.turns[place - 1] == tokens.turns[place]
    first, second = before(tokens, place)
    if first in {"is", "was"} and second in _LYING:
        return tokens.closes(name.last)
    called = first == "called" and second in {"it's", "is", "was", "its"}
    ahead = tokens.lows[name.last + 1 : name.last + 1 + _CLAUSE]
    return called and not _LYING.isdisjoint(ahead) and tokens.closes(name.last)


_LYING = SETTLEMENTS | {"homeland", "country"}
_NAMED_BEHIND = _LYING | {
    "fort",
    "school",
    "district",
    "hospital",
    "college",
    "pub",
    "farm",
    "beach",
    "prison",
    "estate",
}
"""After what its name stands between commas: "she works in the school, Fulbridge, as a cook"."""


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


def _of_the_member(evidence: Evidence, name: Named) -> bool:
    """Whether an MP's name follows the constituency: "South Dannet MP Craig McKinley"."""
    tokens, mp = evidence.tokens, name.last + 1
    if mp + 1 >= len(tokens) or tokens.lows[mp] not in {"mp", "msp", "ms", "td", "mla"}:
        return False
    both = tokens.joined(mp) and tokens.joined(mp + 1) and tokens.words[mp].isupper()
    return both and tokens.capital(mp + 1) and tokens.turns[mp + 1] == tokens.turns[name.last]


def titled(evidence: Evidence, name: Named) -> bool:
    """Whether a title or kin stands before the name."""
    return before(evidence.tokens, name.first)[0] in role_words("kin", "titles")


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
