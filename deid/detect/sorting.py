"""Person, place or organisation: which of them is a name that lists and the network leave open?

Half of Britain's places are surnames, so a name found for its own sake ("Hayes", "Gorton", "Guy's")
is sorted by where it stands: "from Gorton" and "Robert Street" are places, "at Guy's, on the
ward" is a hospital. Nothing is ever let go here: what was masked stays masked, under another type.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from deid.detect.bars import bar_behind, bar_of
from deid.detect.bodies import body_of
from deid.detect.firms import firms_again
from deid.detect.hospital_names import short_names
from deid.detect.hospitals import MOVING, alone, caring
from deid.detect.led import SETTLEMENTS, TO_PLACES, spoken_of, there, titled
from deid.detect.names.agreeing import LANDS, OPEN, agreed
from deid.detect.names.spans import Named
from deid.detect.places.land_named import named_land
from deid.detect.places.of_regions import of_region
from deid.detect.places.wider import prefixed, wider, with_capitals, with_kind, with_venue
from deid.detect.pointed_out import pointed_out
from deid.detect.rivers import is_river
from deid.detect.spoken.heard.lexicon import STRONG_STREETS, WEAK_STREETS
from deid.detect.words.cues import roles
from deid.detect.words.evidence import FAIR, PART, STRONG_NAME, TOWN, Evidence, contracted
from deid.detect.words.neighbours import acting, before, following
from deid.detect.words.tokens import Case

_HEADED = frozenset({"named-by-kind", "list-of-sites"})
_SURNAMES = frozenset(
    {"lane", "close", "hill", "court", "park", "green", "wood", "field", "street",
     "chase", "parade", "grove", "mount", "bank", "heath", "hall", "house", "barn", "mill", "lea"}
)  # fmt: skip
_BY_ROAD = frozenset(
    {"on", "up", "down", "off", "in", "along", "of", "at", "round", "around", "through", "past",
     "outside", "into", "where's"}
)  # fmt: skip
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Sorted:
    """The names of one transcript by type; spans of different types may overlap."""

    people: list[Named]
    places: list[Named]
    bodies: list[Named]


def sorted_out(
    evidence: Evidence, who: Iterable[Named], where: Iterable[Named], bodies: Iterable[Named]
) -> Sorted:
    """The same names, each under the type that its place in the speech tells."""
    found = Sorted([], [], [_whole(evidence, body) for body in bodies])
    whole = _reach(
        body
        for body in found.bodies
        if body.rule == "hospital" or (body.rule in _HEADED and body.last > body.first)
    )
    for name in who:
        place = _road(evidence, name) or _place(evidence, name)
        if place is not None:
            found.places.append(place)
        elif (body := body_of(evidence, name)) is not None:
            found.bodies.append(body)
        elif name.rule not in OPEN and not _belongs(evidence, name):
            found.people.append(name)
        elif _cared(evidence, name):
            found.bodies.append(_care(evidence, name))
        elif not _inside(name, whole):
            found.people.append(name)
    for name in where:
        if _cared(evidence, name):
            found.bodies.append(_care(evidence, name))
        elif not _inside(name, whole):
            found.places.append(name)
    again = list(firms_again(evidence, found.people, found.bodies))
    found.bodies.extend(replace(name, rule="firm") for name in again)
    found.people[:] = (name for name in found.people if name not in again)
    told = list(agreed(evidence, found.people, found.places))
    found.places.extend(name for name, there in told if there)
    found.people[:] = (name for name, there in told if not there)
    found.places[:] = wider(evidence, found.places)  # those too that were people's until here
    return found


def _care(evidence: Evidence, name: Named) -> Named:
    """The place of care that a name is, with its kind: "manchester children's hospital"."""
    last = with_kind(evidence, with_venue(evidence.tokens, name.last))
    return replace(name, last=last, rule="place-of-care")


def _whole(evidence: Evidence, body: Named) -> Named:
    """What the network took for a body, with the venue that it is: "Summerhill Post Office"."""
    if body.rule != "network":
        return body
    first, last = prefixed(evidence.tokens, body.first), with_venue(evidence.tokens, body.last)
    return replace(body, first=first, last=max(last, with_capitals(evidence, body.last)))


def _place(evidence: Evidence, name: Named) -> Named | None:
    """The name as a place, where what stands before it says that it is one."""
    called = _called(evidence, name)
    behind = bar_behind(evidence, name)
    if called or behind or bar_of(evidence, name):
        return replace(name, last=name.last + behind, rule="place-called" if called else "bar-of")
    headed = evidence.tokens.lows[name.first] in _HEADS and name.last > name.first
    if is_river(evidence, name) or (headed and name.rule in OPEN):
        return replace(name, rule="kind-of-place")
    if _only_there(evidence, name):
        return replace(name, rule="place-by-list")
    land = name.rule in OPEN and named_land(evidence, name.first, name.last)
    free = name.rule in OPEN or name.rule.startswith("frame-")
    told = name.rule in OPEN and pointed_out(evidence, name)
    if land or told or (free and spoken_of(evidence, name)):
        return replace(name, rule="place-by-company")
    from_ = name.rule == "cue-name-answer" and before(evidence.tokens, name.first)[0] == "from"
    open_ = name.rule in OPEN or from_ or _belongs(evidence, name)
    first, last = prefixed(evidence.tokens, name.first), with_venue(evidence.tokens, name.last)
    if open_ and (first < name.first or last > name.last):
        return replace(name, first=first, last=last, rule="place-by-company")
    open_ = open_ or _come_from(evidence, name)
    led = open_ and not _cared(evidence, name) and there(evidence, name)
    return replace(name, rule="place-by-company") if led else None


_HEADS = frozenset({"lake", "loch", "lough", "los", "las"})


def _come_from(evidence: Evidence, name: Named) -> bool:
    """Whether somebody comes from it, whatever follows: "over from Chulmleigh with the twins"."""
    first, second = before(evidence.tokens, name.first)
    return (
        first == "from"
        and second in {"over", "up", "down", "back"}
        and (name.rule.startswith("frame-") and evidence.entry(name.first).given < FAIR)
    )


def _only_there(evidence: Evidence, name: Named) -> bool:
    """Whether lists know one word as a place and nobody's name, and no cue made it a person's."""
    entry = evidence.lexicon.entry(evidence.tokens.lows[name.first])
    listed = entry.place >= PART and not entry.name
    listed = listed or (entry.place >= TOWN and entry.given < PART and entry.family <= PART)
    listed = listed or (entry.place >= FAIR and not entry.given and entry.family <= PART)
    listed = listed and name.first == name.last
    cued = name.rule not in OPEN | {"cue-name-answer", "cue-i-am"} or evidence.tokens.possessive(
        name.last
    )
    if name.rule.startswith("frame-") and before(evidence.tokens, name.first)[0] in TO_PLACES:
        alone = name.first == name.last
        listed = entry.place >= FAIR and entry.given <= PART and entry.place > entry.name and alone
        cued = evidence.tokens.possessive(name.last)
    return listed and not cued and not titled(evidence, name)


def _called(evidence: Evidence, name: Named) -> bool:
    """Whether it is what a place is called: "a village called Marlow", "in Harold, California"."""
    tokens = evidence.tokens
    if of_region(evidence, name.first) == name.last:
        return True
    first, second = before(tokens, name.first)
    if first in {"called", "named"}:
        return second in _PLACES
    if tokens.gap(name.first) != " " or evidence.entry(name.first).given >= FAIR:
        return False
    if first == "of":
        return second in SETTLEMENTS
    unlisted = evidence.lexicon.entry(tokens.lows[name.first]).name < PART
    return first in {"town", "village", "hamlet"} and second not in {"the", "our"} and unlisted


_PLACES = SETTLEMENTS | {
    "place", "area", "estate", "street", "road", "valley", "district", "pub", "beach", "river"
}  # fmt: skip


def _belongs(evidence: Evidence, name: Named) -> bool:
    """Whether "at X's" ends there ("I'm at King's, on the unit") and framed X as a person."""
    framed = name.rule.startswith("frame-") and evidence.tokens.possessive(name.last)
    first = before(evidence.tokens, name.first)[0]
    return framed and first in {"at", "not", "to"} and alone(evidence, name.last, whole=True)


def _reach(bodies: Iterable[Named]) -> dict[int, int]:
    """For each token of these bodies, the last token of the furthest body that holds it."""
    reach: dict[int, int] = {}
    for body in bodies:
        for at in range(body.first, body.last + 1):
            reach[at] = max(reach.get(at, -1), body.last)
    return reach


def _inside(name: Named, reach: Mapping[int, int]) -> bool:
    """Whether a named organisation holds the name ("University of Stirling")."""
    return reach.get(name.first, -1) >= name.last


def _road(evidence: Evidence, name: Named) -> Named | None:
    """A name that a street type ends or follows: "Dormers Wells Lane", "Bramley" + "Grange"."""
    tokens, last = evidence.tokens, name.last
    said_to_be = name.rule == "cue-i-am" and _no_surname(evidence, name)
    if name.rule not in OPEN and not name.rule.startswith(_ROAD_RULES) and not said_to_be:
        return None
    follower = last + 1
    types = STRONG_STREETS | WEAK_STREETS | _HALLS | LANDS
    whole = follower < len(tokens) and tokens.joined(follower) and not tokens.possessive(last)
    if whole and tokens.lows[follower] in types:
        same = tokens.turns[follower] == tokens.turns[last]
        hall = tokens.lows[follower] in _HALLS and before(tokens, name.first)[0] in _TO_HALLS
        hall = hall and tokens.case(last) is Case.MIXED
        if same and (tokens.capital(follower) or hall or tokens.lows[follower] in STRONG_STREETS):
            first = _further(evidence, name.first)
            return replace(name, first=first, last=follower, score=_SURE, rule="street")
    if name.first == last or tokens.lows[last] not in types or tokens.possessive(last):
        return None
    given = evidence.entry(name.first).given >= STRONG_NAME
    surname = given and tokens.lows[last] in _SURNAMES | LANDS
    if surname and (not _by_road(evidence, name) or acting(tokens, last)):
        return None
    return replace(name, first=_further(evidence, name.first), score=_SURE, rule="street")


def _no_surname(evidence: Evidence, name: Named) -> bool:
    """Whether a street is meant that nobody is called by: "it's Springfield Terrace"."""
    tokens, last = evidence.tokens, name.last
    return name.last > name.first and tokens.lows[last] in STRONG_STREETS - _SURNAMES


def _by_road(evidence: Evidence, name: Named) -> bool:
    """Whether a road is meant, and nobody called Lane: "up Star Lane", or where somebody lives."""
    tokens = evidence.tokens
    near, second = before(tokens, name.first)
    calling = near == "from" and second in roles().labels  # "the doctor from Brent Green"
    if near in _BY_ROAD or (near == "to" and second in MOVING) or calling:
        return True
    alone = tokens.initial(name.first) and tokens.closes(name.last)
    ahead = tokens.lows[name.last + 1 : name.last + 1 + _ON_THERE]
    on_it = ("on", "there") in pairwise(ahead)
    street = tokens.lows[name.last] == "street"
    placed = tokens.turns[name.first] in evidence.placing or street
    return (alone and placed) or (on_it and tokens.closes(name.last))


_ON_THERE = 5
_HALLS = frozenset({"hall", "farm", "chapel"})
_TO_HALLS = frozenset({"the", "old", "at", "in"})
_ROAD_RULES = ("cue-slot", "frame-likely", "cue-name-answer")


def _further(evidence: Evidence, first: int) -> int:
    """The first word of a street's name: "Dormers" of "Dormers Wells Lane"."""
    tokens = evidence.tokens
    while first > 0 and tokens.joined(first) and tokens.capital(first - 1):
        entry = evidence.entry(first - 1)
        said = contracted(tokens.lows[first - 1]) or first - 1 in evidence.kept
        if entry.tier or tokens.case(first) is not Case.MIXED or said:
            break
        first -= 1
    return first


_OVER = frozenset({"up", "down", "over", "me", "him", "her"})
_BROUGHT = frozenset({"admitted", "referred", "transferred", "sent", "rushed", "taken"})


def _cared(evidence: Evidence, name: Named) -> bool:
    """Whether it is a hospital or a home: known by its name, or "at X" with care around it."""
    tokens, place = evidence.tokens, name.first
    named = short_names()[0]
    if tokens.lows[place] in named or tokens.forms[place] in named:
        return name.first == name.last
    if tokens.lows[name.last] in STRONG_STREETS:
        return False
    first, second = before(tokens, place)
    if first != "at" and not (
        first == "to" and (second in _OVER or (second in _BROUGHT and tokens.possessive(name.last)))
    ):
        return False
    if titled(evidence, name) or following(tokens, name.last)[0] in roles().kin:
        return False
    return caring(evidence, place)
