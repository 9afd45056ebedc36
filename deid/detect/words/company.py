"""Names that are also a brand, a programme, a star sign, a device or a cheese: which is it here?

"A Stanley knife", "watching Vera", "a Foley catheter", "typical Leo" are kept; "my sister Vera",
"Stanley said" are people, and so is every such word that stands without telling company. Nothing
outside keep_both.txt is ever kept here, save a capital word before the name of a disease.
"""

from collections.abc import Iterator
from functools import cache

from deid.detect.words.cues import POSSESSIVES, role_words, roles
from deid.detect.words.frames import PERSONAL_VERBS
from deid.detect.words.gazetteer import lexicon, sections
from deid.detect.words.neighbours import before, following
from deid.detect.words.peoples import of_people
from deid.detect.words.scales import names_a_scale, scored
from deid.detect.words.tables import AFTER_WARE, ARTICLES, HOLDERS, TAKING, WARES
from deid.detect.words.tokens import Case, Tokens

_OWNING = POSSESSIVES | {"me", "mum's", "dad's"}
_INTRODUCING = frozenset(
    {"called", "named", "hi", "hiya", "hello", "thanks", "dear", "our", "i'm", "name's", "is",
     "was", "he's", "she's", "who's", "cheers", "bye", "me", "aunty", "auntie"}
)  # fmt: skip
_VIEWING = frozenset(
    {"watch", "watching", "watched", "watches", "binged", "bingeing", "binging", "rewatching",
     "recorded", "recording", "streaming", "streamed"}
)  # fmt: skip
_PARTS = frozenset({"episode", "episodes", "series", "season", "repeats", "rerun", "reruns", "set"})
_STAGED = frozenset(
    {"musical", "film", "movie", "series", "boxset", "repeats", "dvd", "dvds", "soundtrack",
     "episode", "episodes", "omnibus", "remake", "reboot", "sequel"}
)  # fmt: skip
_AIRED = frozenset({"telly", "tv", "itv", "netflix", "iplayer", "bbc", "dave", "dvd", "sky"})
_AFTER_SHOW = frozenset({"and", "or", "on", "last", "again", "tonight", "instead", "is", "for"})
_DEVICES = frozenset(
    {"line", "catheter", "tube", "test", "tests", "sign", "score", "scores", "scale", "criteria",
     "classification", "frame", "exercises", "technique", "manoeuvre", "maneuver", "procedure",
     "operation", "repair", "disease", "syndrome", "palsy", "cyst", "fracture", "valve", "stent",
     "drain", "collar", "brace", "splint", "bandage", "forceps", "speculum", "diet", "method",
     "reflex", "questionnaire", "index", "chart", "grade", "stage", "competence", "competent",
     "guidelines", "phenomenon", "contracture", "node", "nodes", "tumour", "lymphoma", "ataxia",
     "chorea", "thyroiditis", "oesophagus", "nurse", "hip", "lamp", "inventory", "ganglion",
     "neuroma", "hoist", "stedy", "positioning", "coma", "scales"}
)  # fmt: skip
_DISEASES = frozenset(
    {"syndrome", "disease", "palsy", "manoeuvre", "contracture", "lymphoma", "sarcoma", "ataxia",
     "chorea", "thyroiditis", "phenomenon", "catheter", "malformation", "oesophagus", "neuroma",
     "dystrophy", "encephalopathy", "tumour", "anomaly", "criteria", "ganglion"}
)  # fmt: skip
_TABLE = frozenset(
    {"cheese", "cheeses", "cheesy", "grated", "crackers", "slice", "slices", "toast", "toastie",
     "chutney", "pickle", "mature", "crumbly", "sandwich", "sandwiches", "cheeseboard", "brie",
     "camembert", "biscuits", "rarebit", "port", "melted"}
)  # fmt: skip
_BORN = frozenset({"typical", "star", "horoscope", "horoscopes", "zodiac", "cusp"})
_DATES = frozenset({"last", "next", "every", "since", "until", "till", "early", "late", "mid"})
_DAYS = frozenset({"april", "may", "june", "august", "sunday", "friday", "summer", "autumn"})
_ON_A = frozenset({"on", "a", "any", "each", "this", "that"})
_WEEKDAYS = frozenset({"sunday", "friday"})
_TELLING_DAY = frozenset(
    {"it's", "its", "was", "say", "till", "by", "the", "night", "evening", "morning", "afternoon"}
)
_WEATHER = frozenset(
    {"colder", "warmer", "wetter", "hotter", "drier", "milder", "sunnier", "coldest", "wettest",
     "warmest", "hottest", "driest", "freezing", "rainy", "sunny"}
)  # fmt: skip
_OUTSIDE = _WEATHER | {"cold", "warm", "hot", "chilly", "snowing", "raining"}
_NEAR, _SHOW_REACH, _WEATHER_REACH, _GIVEN = 4, 8, 4, 4


@cache
def both() -> dict[str, frozenset[str]]:
    """Lower-case word -> the sorts of thing that it names besides people and places."""
    found: dict[str, set[str]] = {}
    for sort, entries in sections("keep_both.txt").items():
        for entry in entries:
            found.setdefault(entry, set()).add(sort)
    return {word: frozenset(sorts) for word, sorts in found.items()}


def things(tokens: Tokens, listed: frozenset[int], shows: frozenset[int]) -> Iterator[int]:
    """The places of words that are a thing here.

    Args:
        tokens: The words.
        listed: Places of brands and foods that are nothing else.
        shows: Places of programmes, films and books that are nothing else.
    """
    table, found = both(), set(shows)
    for place, low in enumerate(tokens.lows):
        if tokens.case(place) is Case.MIXED and not tokens.capital(place):
            continue
        if _dated(tokens, place) or scored(tokens, place):
            yield place
            continue
        if _storm(tokens, place):
            yield from (place - 1, place)
            continue
        sorts = table.get(low) or table.get(tokens.forms[place])
        if _ailing(tokens, place) and sorts is None:
            yield place
        if sorts is None or _someone(tokens, place, table):
            continue
        if _is_thing(tokens, place, sorts, listed):
            yield place
        elif "shows" in sorts and _shown(tokens, place, found):
            found.add(place)
            yield place


def _someone(tokens: Tokens, place: int, table: dict[str, frozenset[str]]) -> bool:
    """Whether a person is introduced, owned, addressed or says something here."""
    first, _ = before(tokens, place)
    after = following(tokens, place)[0]
    if after in WARES or after in _DEVICES:
        owner = after in WARES and tokens.possessive(place) and tokens.forms[place] not in table
        return owner or first in roles().titles
    if first in role_words("kin", "titles") | _INTRODUCING or after in PERSONAL_VERBS:
        return True
    whole = tokens.forms[place] in table or after in {"on", "a"}
    return tokens.possessive(place) and not whole


def _is_thing(tokens: Tokens, place: int, sorts: frozenset[str], listed: frozenset[int]) -> bool:
    return (
        ("goods" in sorts and _bought(tokens, place, listed))
        or ("devices" in sorts and following(tokens, place)[0] in _DEVICES)
        or (
            "devices" in sorts
            and following(tokens, place)[0] in _ONES
            and _said_of_them(tokens, place)
        )
        or ("amounts" in sorts and before(tokens, place)[0] in _QUANTITIES)
        or ("devices" in sorts and tokens.lows[place] in _INSERTED and _article(tokens, place))
        or ("pills" in sorts and _taken(tokens, place))
        or ("helpers" in sorts and before(tokens, place)[0] in _ASKING)
        or ("signs" in sorts and _sign(tokens, place))
        or ("cheeses" in sorts and _beside(tokens, place, _TABLE, _NEAR))
        or ("peoples" in sorts and of_people(tokens, place))
    )


def _said_of_them(tokens: Tokens, place: int) -> bool:
    """As in "they're McKenzie ones"."""
    said = before(tokens, place)[0] in {"they're", "it's", "are"}
    return said and following(tokens, place)[0] in _ONES


_QUANTITIES = frozenset(
    {"some", "any", "no", "less", "more", "much", "got", "hot", "yellow", "juicy", "all", "soft",
     "have", "take", "doing"}
)  # fmt: skip
_ASKING = frozenset({"ask", "asking", "hey", "tell", "telling", "okay", "the", "an", "my", "your"})
_INSERTED = frozenset({"foley", "hickman", "charnley", "quinton", "holter", "doppler", "mowbray"})


def _taken(tokens: Tokens, place: int) -> bool:
    """Whether the word stands for a medicine: "I take Yasmin", "on Gina," but "on Gina's knee"."""
    care = sections("keep_medicine.txt")
    first, after = before(tokens, place)[0], following(tokens, place)[0]
    if after in care["medicine-words"] or (first == "the" and not _capital_after(tokens, place)):
        return True
    closes = tokens.closes(place)
    clear = closes or after in AFTER_WARE | {"for"}
    return first in {"on", *care["medicine-verbs"]} and clear and not tokens.possessive(place)


def _article(tokens: Tokens, place: int) -> bool:
    return before(tokens, place)[0] in ARTICLES | _OWNING


def _bought(tokens: Tokens, place: int, listed: frozenset[int]) -> bool:
    """Whether the word stands for a brand: an article, a container, a use, a ware, a rival."""
    first, second = before(tokens, place)
    after = following(tokens, place)[0]
    if after in WARES or (after in _ONES and first in ARTICLES):
        return True
    if _capital_after(tokens, place):
        return False
    if first == "of" and second in HOLDERS:
        return True
    entry = lexicon().entry(tokens.lows[place])
    also = entry.tier > 0 and entry.given >= _GIVEN
    there = first == "the" and entry.place > 0 and also  # "up on the Heath"
    if first in ARTICLES and not there and second not in {"with", "to", "is", "was", "called"}:
        return not _family(tokens, place, after)
    closes = tokens.closes(place) or after in AFTER_WARE
    if first in TAKING and closes:
        return True
    return _chosen(tokens, place, listed) or (
        first in _GETTING and closes and _among_wares(place, listed)
    )


_ONES = frozenset({"one", "ones"})
_GETTING = frozenset({"buy", "bought", "get", "got", "grab", "pass", "have", "had", "ordered"})
_WARES_NEAR = 12


def _among_wares(place: int, listed: frozenset[int]) -> bool:
    """Whether wares that are nothing else are spoken of: "the Velveeta? I got Colby."."""
    near = range(place - _WARES_NEAR, place + _WARES_NEAR + 1)
    return any(step in listed for step in near)


def _capital_after(tokens: Tokens, place: int) -> bool:
    """Whether a surname may follow ("the Taylor Swift thing")."""
    mixed = tokens.case(place) is Case.MIXED and place + 1 < len(tokens)
    return mixed and tokens.joined(place + 1) and tokens.capital(place + 1)


def _family(tokens: Tokens, place: int, after: str) -> bool:
    """Whether "the" or "a" brings in a person or a family: "the Jacobs", "a Stanley who"."""
    if after in {"i", "who", "who's"} and tokens.closes(place):
        return False  # "it's the Lipton, I ran out of the other"
    return after in _KINDRED or (tokens.case(place) is not Case.MIXED and after in roles().kin)


_KINDRED = frozenset(
    {"family", "who", "who's", "i", "boys", "girls", "brothers", "lot", "boy", "girl", "lad",
     "lass", "kid", "kids", "twins", "sisters", "couple", "woman", "man", "lads", "clan"}
)  # fmt: skip


def _chosen(tokens: Tokens, place: int, listed: frozenset[int]) -> bool:
    """Whether it is one of two brands: "is it Persil or is it Ariel"."""
    for step in range(max(0, place - _NEAR), min(len(tokens), place + _NEAR + 1)):
        if step in listed and tokens.turns[step] == tokens.turns[place]:
            between = range(min(step, place) + 1, max(step, place))
            return any(tokens.lows[each] in {"or", "and"} for each in between)
    return False


def _shown(tokens: Tokens, place: int, shows: set[int]) -> bool:
    """Whether the word is watched, broadcast or staged, or listed beside another programme."""
    first, second = before(tokens, place)
    after, further = following(tokens, place)
    closes = tokens.closes(place)
    if after == "on" and further in _AIRED | {"the", "at", "tonight"}:
        return further != "the" or _beside(tokens, place, _AIRED, _NEAR)
    if first in _VIEWING or (first == "of" and second in _PARTS):
        return closes or after in _AFTER_SHOW
    if after in _STAGED or (after == "the" and further in _STAGED):
        return True
    near = range(max(0, place - _SHOW_REACH), min(len(tokens), place + _SHOW_REACH))
    beside = any(step in shows and tokens.turns[step] == tokens.turns[place] for step in near)
    joined = first in {"and", "or", "like", ""} or tokens.gap(place).strip() == ","
    return beside and joined and (closes or after in {"and", "or"})


def _sign(tokens: Tokens, place: int) -> bool:
    first, _ = before(tokens, place)
    return first in {"a", "an", "typical"} or _beside(tokens, place, _BORN, _NEAR)


def _ailing(tokens: Tokens, place: int) -> bool:
    """A capital word that a disease or scale has: "Smith-Magenis syndrome", "Abbey pain scale"."""
    first = before(tokens, place)[0]
    if tokens.case(place) is not Case.MIXED or tokens.initial(place) or first in roles().titles:
        return False
    told = following(tokens, place)[0] in _DISEASES or names_a_scale(tokens, place)
    return told and tokens.joined(place + 1)


def _storm(tokens: Tokens, place: int) -> bool:
    """The name of a storm: "when Storm Ciarán hit", "Hurricane Fiona"; not "Storm Davies rang"."""
    kind = tokens.words[place - 1] if place > 0 and tokens.joined(place) else ""
    if kind != "Storm" and kind.lower() not in _STORMS:
        return False
    entry = lexicon().entry(tokens.lows[place])
    written = tokens.case(place) is Case.MIXED and following(tokens, place)[0]
    longer = written and tokens.joined(place + 1) and tokens.capital(place + 1)
    first = entry.given >= _FIRST or not entry.family
    return first and not longer and following(tokens, place)[0] not in PERSONAL_VERBS


_STORMS = frozenset({"hurricane", "cyclone", "typhoon"})
_FIRST = 2


def _dated(tokens: Tokens, place: int) -> bool:
    """A month or day that is also a name, in the calendar: "last Sunday", "may was colder"."""
    if tokens.lows[place] not in _DAYS:
        return False
    first, after = before(tokens, place)[0], following(tokens, place)[0]
    weekday = tokens.lows[place] in _WEEKDAYS
    if first in _DATES or (weekday and first in _ON_A | _TELLING_DAY):
        return True
    if first in {"it's", "its"} and after in {"but", "and", "already", "now", "nearly"}:
        return _beside(tokens, place, _OUTSIDE, _WEATHER_REACH)
    return after in {"was", "is", "were"} and _beside(tokens, place, _WEATHER, _WEATHER_REACH)


def _beside(tokens: Tokens, place: int, words: frozenset[str], reach: int) -> bool:
    """Whether one of the words stands within reach, in the same turn."""
    near = range(max(0, place - reach), min(len(tokens), place + reach + 1))
    turn = tokens.turns[place]
    return any(tokens.lows[step] in words and tokens.turns[step] == turn for step in near)
