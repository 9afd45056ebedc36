"""Families in the plural, with capitals or without: "camping with the bancrofts every april".

The plural of a name that is no word needs company that families keep; the plural of a word ("the
parks next door took the dog") needs company that nothing else keeps.
"""

from deid.detect.words.allow import allowed
from deid.detect.words.evidence import (
    COMMON_TIER,
    FAIR,
    PART,
    RARE_TIER,
    STRONG_NAME,
    TOWN,
    Evidence,
)
from deid.detect.words.gazetteer import Entry
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens

_SHORTEST = 5
_LEADING = frozenset({"the", "all", "two", "three", "both", "other", "of", "we're", "were"})


def is_plural_family(evidence: Evidence, place: int) -> bool:
    """Whether a word is the plural of a family's name, by what stands around it."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    many = low.endswith("s") or ("-" in low and tokens.possessive(place))
    if place == 0 or not many or len(low) < _SHORTEST or place in evidence.claimed:
        return False
    written = tokens.case(place) is Case.MIXED
    if before(tokens, place)[0] not in _LEADING or (written and not tokens.capital(place)):
        return False
    if _is_double(evidence, place):
        return True
    one = _member(evidence, low) if low.endswith("s") else None
    if one is None:
        plural = written and low.endswith("s")
        return plural and evidence.entry(place).unknown and _regular(evidence, place)
    return _named_so(evidence, place, one)


def _is_double(evidence: Evidence, place: int) -> bool:
    """Whether two family names make one: "it's the Fortescue-Browns", "the mellor-grants aren't".

    Without capitals a town, an illness or a firm before a thing ("the halifax-banks") is none.
    """
    tokens, (first, _, last) = evidence.tokens, evidence.tokens.words[place].partition("-")
    low, written = last.lower(), tokens.case(place) is Case.MIXED
    if written and not (first.istitle() and last.istitle()):
        return False
    one = evidence.lexicon.entry(low) if not low.endswith("s") else _member(evidence, low)
    ware = tokens.lows[place].removesuffix("s") in allowed().words
    head = evidence.lexicon.entry(first.lower())
    known = one is not None and one.family >= FAIR and not ware
    if one is None or not (known and head.family >= PART and head.tier == 0):
        return False
    stays = {first.lower(), low, low.removesuffix("s")} & (allowed().words | _TRADES)
    return written or (not stays and one.family >= STRONG_NAME and head.place < TOWN)


def _named_so(evidence: Evidence, place: int, one: Entry) -> bool:
    """Whether the plural of a name, or of a word that is one, stands where a family does."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    trade = one.tier > 0 and low.endswith("ers")  # "they're all farmers on that side"
    if before(tokens, place) == ("the", "all") and following(tokens, place)[0] in {"are", "were"}:
        written = tokens.case(place) is Case.MIXED and low not in _CLUBS
        return written and one.family >= STRONG_NAME and not evidence.taken(place)
    if _of_one_blood(tokens, place):
        return (one.tier == 0 or one.family >= STRONG_NAME) and not trade
    if tokens.after(place)[:1] in _MARKS and following(tokens, place)[0] in _PETS:
        written = tokens.case(place) is Case.MIXED  # "the Lloyds' dog", not "the farmers' dog"
        return one.tier == 0 or (written and one.family >= STRONG_NAME)
    if trade and before(tokens, place) in _OF_TRADES:
        return False
    word = one.tier > 0 or 0 < evidence.lexicon.entry(low).tier < RARE_TIER
    return _of_words(evidence, place, one) if word else _of_names(evidence, place, one)


def _of_words(evidence: Evidence, place: int, one: Entry) -> bool:
    """Whether the plural of a word is a family: only by what no thing does or has."""
    tokens, strong = evidence.tokens, max(one.given, one.family) >= STRONG_NAME
    if before(tokens, place) == ("the", "with") and _met(evidence, place, one):
        return True
    if strong and _beside(tokens, place):
        return place not in evidence.firm
    told = one.tier >= COMMON_TIER and _told_of(tokens, place)
    return strong and not evidence.taken(place) and told


def _of_names(evidence: Evidence, place: int, one: Entry) -> bool:
    """Whether the plural of a name stands where a family does; of an allowed one, surely."""
    tokens = evidence.tokens
    after = following(tokens, place)[0]
    if _beside(tokens, place):
        return place not in evidence.firm
    if before(tokens, place) == ("the", "with") and one.family >= STRONG_NAME:
        envied = place > _THIRD - 1 and tokens.lows[place - _THIRD] == "up"
        return after not in _SHOWN and not envied  # "keeping up with the Joneses"
    return not evidence.taken(place) and (_company(tokens, place) or _told_of(tokens, place))


_TRADES = frozenset(
    {"walker", "walkers", "ward", "wards", "bank", "banks", "ball", "balls", "cook", "cooks",
     "park", "parks", "street", "streets", "lane", "lanes", "house", "houses", "driver", "drivers",
     "wood", "woods", "field", "fields", "bridge", "bridges", "mill", "mills", "day", "days",
     "wheeler", "wheelers", "ring", "rings", "nurse", "nurses", "rose", "roses", "short", "shorts"}
)  # fmt: skip
_OF_TRADES = frozenset({("of", "generation"), ("of", "generations")})
_CLUBS = frozenset(
    {"tigers", "lions", "saints", "rangers", "wolves", "hornets", "eagles", "bears", "panthers",
     "sharks", "jets", "hawks", "beavers", "rainbows", "ramblers", "walkers", "brownies"}
)  # fmt: skip
_MARKS = frozenset({"'", "\u2019"})


def _member(evidence: Evidence, low: str) -> Entry | None:
    """What the lists say about one of them: hinds of "hindses", mirza of "mirzas"."""
    cuts = (1, 2) if low.endswith("es") else (1,)
    found = [evidence.lexicon.entry(low[:-cut]) for cut in cuts]
    found = [each for each in found if each.family >= PART and each.place <= max(each.family, FAIR)]
    return max(found, key=lambda each: each.family, default=None)


def _of_one_blood(tokens: Tokens, place: int) -> bool:
    """Whether they are all of one name: "we're all X on that side"."""
    first, second = before(tokens, place)
    ours = (second, first) in _ALL_OF_US or first == "we're" or (second, first) == ("we", "were")
    after, further = following(tokens, place)
    return ours and after in {"on", "through"} and further in _SIDES


_ALL_OF_US = frozenset({("we're", "all"), ("were", "all"), ("they're", "all"), ("are", "all")})
_SIDES = frozenset({"that", "my", "mum's", "dad's", "mam's", "both", "his", "her", "this"})


def _met(evidence: Evidence, place: int, one: Entry) -> bool:
    """Whether a capital and company tell: "with the Waddles, erm, yes"; or a habit of both."""
    tokens = evidence.tokens
    written = tokens.case(place) is Case.MIXED
    if evidence.taken(place) or tokens.lows[place] in _CLUBS:
        return False
    if _regular(evidence, place):
        return written or one.family >= STRONG_NAME
    answered = following(tokens, place)[0] in {"yes", "no", "yeah"}
    return written and (answered or tokens.after(place)[:1] in {",", "."})


def _regular(evidence: Evidence, place: int) -> bool:
    """Whether somebody goes away or eats with them: "caravanning with the winters every may"."""
    tokens = evidence.tokens
    if place < _THIRD or evidence.taken(place) or before(tokens, place) != ("the", "with"):
        return False
    after = tokens.lows[place + 1] if place + 1 < len(tokens) else ""
    return after in _YEARLY and tokens.lows[place - _THIRD] in _OUTINGS


_THIRD = 3
_YEARLY = frozenset({"every", "each", "last", "one"})
_OUTINGS = frozenset(
    {"caravanning", "camping", "away", "holiday", "holidays", "out", "swimming", "fishing",
     "lunch", "dinner", "tea", "christmas", "walking", "sailing", "skiing", "stay", "stayed",
     "staying", "went", "go", "abroad", "bingo", "bowling", "dancing", "cards", "bridge", "cruise",
     "cruises"}
)  # fmt: skip
_SHOWN = frozenset({"on", "in", "playing", "theme", "episode", "mug", "dvd"})


def _company(tokens: Tokens, place: int) -> bool:
    """Whether a family stands here that is none of a country or a team."""
    first, second = before(tokens, place)
    if (second, first) in _ALL_OF_US:
        return tokens.closes(place)
    if first != "the":
        return False
    after = following(tokens, place)[0]
    if second in {"with", "to", "and"} and (tokens.closes(place) or after in _YEARLY | {"yes"}):
        return True
    return after in _OWNED or after in _HAVING or following(tokens, place) in _HOMES


_HOMES = frozenset(
    {("next", "door"), ("from", "number"), ("at", "number"), ("over", "the"), ("across", "the"),
     ("down", "the"), ("up", "the"), ("round", "the")}
)  # fmt: skip


def _beside(tokens: Tokens, place: int) -> bool:
    """Whether what lives next door does what people do: "the parks next door took the dog"."""
    if before(tokens, place)[0] != "the":
        return False
    if following(tokens, place)[0] in _PETS:
        return tokens.case(place) is not Case.MIXED or tokens.capital(place)
    home = following(tokens, place) in {("next", "door"), ("from", "number")}
    acting = place + 3 < len(tokens) and tokens.turns[place + 3] == tokens.turns[place]
    return home and acting and tokens.lows[place + 3] in _ACTING


_ACTING = frozenset(
    {"took", "said", "rang", "told", "gave", "lent", "brought", "helped", "knew", "heard", "fed",
     "watched", "invited", "asked", "phoned", "complained", "offered", "kept", "looked", "walked"}
)  # fmt: skip
_PETS = frozenset({"dog", "dogs", "cat", "cats"})
_OWNED = _PETS | frozenset(
    {"car", "caravan", "lad", "lads", "lass", "boy", "boys", "girl",
     "girls", "kids", "son", "sons", "daughter", "daughters", "house", "garden", "hedge", "fence",
     "farm", "shed"}
)  # fmt: skip
_HAVING = frozenset({"all", "had", "have", "were", "used", "lived", "live", "took", "came", "who"})


def _told_of(tokens: Tokens, place: int) -> bool:
    """Whether they are on a list, or are born: "two marshes on the system", "generation of X"."""
    first, second = before(tokens, place)
    if first in {"two", "three", "both", "other"}:
        further = place + 3
        listed = following(tokens, place) in {("on", "the"), ("on", "our"), ("on", "my")}
        return listed and further < len(tokens) and tokens.lows[further] in _LISTS
    return first == "of" and second in {"generation", "generations"}


_LISTS = frozenset({"system", "list", "books", "screen", "computer", "register", "database"})
