"""What the way leads past and things hang on: "turn at the Three Herons", "before the Drover".

A venue is called by words with capitals there, a rare trade too. In a turn of one case only behind
"turn", and by a number of rare things, by an inn's common name or by a word that is hardly English.
Never lights, roundabouts or a church, nor what is a time ("before the War").
"""

from functools import cache

from deid.detect.places.written import ends
from deid.detect.words.allow import allowed
from deid.detect.words.cues import role_words, roles
from deid.detect.words.evidence import COMMON_TIER, COMMONEST, RARE_TIER, Evidence, contracted
from deid.detect.words.frames import DETERMINERS
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Case, Tokens

_PASSED = frozenset({"past", "opposite", "beside", "facing", "behind", "by", "near"})
_ORDERED = frozenset({"before", "after"})
_TURNS = frozenset({"turn", "turning", "turns", "turned"})
_TURNED = frozenset({"left", "right", "off", "first", "second", "just", "here", "straight"})
_WAYS = frozenset(
    {"turn", "turning", "past", "left", "right", "towpath", "canal", "along", "straight", "lights",
     "opposite", "junction", "roundabout", "bridge", "lock", "lane", "hill", "corner", "second",
     "third"}
)  # fmt: skip
_SIDES = frozenset(
    {"wall", "walls", "steps", "door", "doors", "roof", "window", "windows", "corner", "park",
     "yard", "forecourt", "outside", "gates"}
)  # fmt: skip
_TIMES = frozenset(
    {"war", "election", "elections", "budget", "blitz", "revolution", "depression", "crash",
     "millennium", "olympics", "coronation", "jubilee", "pandemic", "referendum", "covid",
     "troubles", "lockdown", "easter", "christmas", "op", "vote", "games", "euros", "flood",
     "floods"}
)  # fmt: skip
_FEATURES = frozenset(
    {"lights", "light", "roundabout", "roundabouts", "junction", "corner", "crossroads", "crossing",
     "sign", "signs", "signpost", "post", "tree", "trees", "oak", "oaks", "shop", "shops", "garage",
     "garages", "windmill", "railway", "grove", "end", "top", "bottom", "bend", "turning", "turn",
     "gate", "gates", "bollards", "cones", "houses", "house", "cottages", "pylon", "pylons",
     "mast", "chip", "bins", "statue", "memorial", "phone", "box", "level", "zebra", "petrol",
     "fork", "layby", "hydrant", "speed", "cameras", "lamp", "lampposts", "flats", "bungalows",
     "fields", "steps", "hedge", "hedges", "milestone", "bus", "stop", "stops", "taxi", "rank"}
)  # fmt: skip
_ROOMS = frozenset(
    {"lounge", "kitchen", "bathroom", "bedroom", "corridor", "canteen", "reception", "toilets",
     "toilet", "office", "shed", "sluice", "foyer", "unit", "annexe", "conservatory", "hallway"}
)  # fmt: skip
_NUMBERS = frozenset({"two", "three", "four", "five", "six", "seven", "eight"})
_REACH, _LONGEST, _TWO = 9, 3, 2


def landmark(evidence: Evidence, article: int) -> int | None:
    """The last word of what is called behind an article on the way somewhere."""
    tokens, place = evidence.tokens, article + 1
    if place >= len(tokens) or not tokens.joined(place) or tokens.capital(article):
        return _bare(evidence, article) if place < len(tokens) else None
    if tokens.case(place) is not Case.MIXED:
        return _bare(evidence, article)
    if not tokens.capital(place) or not _led(tokens, article):
        return None
    last = place
    while last + 1 < len(tokens) and last - place < _TWO and tokens.joined(last + 1):
        if not tokens.capital(last + 1):
            break
        last += 1
    name = range(place, last + 1)
    done_by = before(tokens, article)[0] in _DOING  # "by the Plumber"
    called = all(_may_call(evidence, step, done_by=done_by) for step in name)
    return last if called and ends(tokens, last) and _tells(evidence, name) else None


def _led(tokens: Tokens, article: int) -> bool:
    """Whether the way, a turning or the side of a building leads to an article."""
    first, second = before(tokens, article)
    if first in _PASSED or (first, second) == ("to", "next"):
        return True
    if first == "of":
        return second in _SIDES
    near = tokens.lows[max(0, article - _REACH) : article - 1]
    return (first in _ORDERED and not _WAYS.isdisjoint(near)) or (
        first == "at" and _turning(tokens, article - 1)
    )


def _turning(tokens: Tokens, lead: int) -> bool:
    """Whether "turn", "turned left" leads to a preposition; "turned at", "turn over at" do not."""
    turn = lead - 1
    while turn >= 0 and lead - turn < _LONGEST and tokens.lows[turn] in _TURNED:
        turn -= 1
    sideways = turn < lead - 1 or tokens.lows[turn] != "turned"
    return turn >= 0 and tokens.lows[turn] in _TURNS and sideways


_DOING = frozenset({"by", "near", "behind", "beside", "of"})


def _may_call(evidence: Evidence, place: int, *, done_by: bool) -> bool:
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    tier = evidence.entry(place).tier
    trade = low in roles().labels and tier < (RARE_TIER if done_by else COMMON_TIER)
    said = trade or low in role_words("kin", "titles") or low in _TIMES or contracted(low)
    written = tokens.words[place].istitle() and not tokens.possessive(place)
    kept = place in evidence.kept and low not in _inns()
    return written and not (said or kept or evidence.dosed(place) or allowed().term_like(low))


def _tells(evidence: Evidence, name: range) -> bool:
    """Whether the words say which venue it is: no kind alone ("the Library"), no everyday word."""
    low = evidence.tokens.lows[name[-1]]
    if low in _inns():
        return True
    if low in _generic() or low in _FEATURES or low in _ROOMS:
        return False
    return len(name) > 1 or evidence.entry(name[0]).tier not in range(COMMONEST, COMMON_TIER)


def _bare(evidence: Evidence, article: int) -> int | None:
    """The last word of "turn at the three herons" in a turn of one case."""
    tokens, place = evidence.tokens, article + 1
    lead = before(tokens, article)[0]
    if tokens.case(place) is Case.MIXED or lead not in _AT_TURN:
        return None
    if lead != "past" and not _turning(tokens, article - 1):
        return None
    last = place
    while not ends(tokens, last):
        last += 1
        if last - place >= _LONGEST or last >= len(tokens) or not tokens.joined(last):
            return None
    name = range(place, last + 1)
    if lead == "past" and not _then_turn(tokens, last) and not _turning(tokens, article - 1):
        return None
    return last if all(_plain(evidence, step) for step in name) and _rare(evidence, name) else None


def _then_turn(tokens: Tokens, last: int) -> bool:
    """Whether "then left", "and turn right" follow: "past the drover then left"."""
    after = tokens.lows[last + 1 : last + 4]
    return after[:1] in (["then"], ["and"]) and not _SIDEWAYS.isdisjoint(after)


_SIDEWAYS = frozenset({"left", "right"})
_AT_TURN = frozenset({"at", "after", "before", "past", "by", "opposite"})


def _plain(evidence: Evidence, place: int) -> bool:
    """Whether a word without capitals may stand in such a name."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    small = low in evidence.words.function and low not in _NUMBERS and low != "and"
    said = small or low in DETERMINERS - _NUMBERS or low in _FEATURES or low in _generic()
    said = said or allowed().term_like(low) or evidence.dosed(place)
    return not said and not tokens.possessive(place) and place not in evidence.kept


def _rare(evidence: Evidence, name: range) -> bool:
    """Whether a number of things, an inn or a rare word calls it."""
    tokens, tier = evidence.tokens, evidence.entry(name[-1]).tier
    if tokens.lows[name[0]] in _NUMBERS:
        return len(name) == _TWO and tokens.lows[name[1]].endswith("s")
    inn = tokens.lows[name[-1]] in _inns()
    return (inn and len(name) <= _TWO) or (len(name) == 1 and (tier == 0 or tier >= RARE_TIER))


@cache
def _generic() -> frozenset[str]:
    """Kinds of place, which name nothing by themselves."""
    kinds = sections("place_kinds.txt")
    heads = roles().heads | frozenset(sections("roles.txt")["capital-heads"])
    return heads.union(kinds["kinds"], kinds["houses"], kinds["venues"]) - {"arms"}


@cache
def _inns() -> frozenset[str]:
    return frozenset(name for name in sections("place_kinds.txt")["pubs"] if " " not in name)
