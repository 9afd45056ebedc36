"""Names that are a firm's by where they stand: "worked for Vickers", "the firm was Hargreaves".

Firms are called after people, so that a name alone says nothing; what stands before it does.
Nothing is let go: what was masked as a person stays masked, as an organisation, with what belongs
to it ("and Sons"). A first name is never a firm's ("I worked for Sheila"), nor the name of anybody
who is spoken of as a person.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from deid.detect.names.agreeing import OPEN
from deid.detect.names.people_here import noun_from, somebody_here
from deid.detect.names.spans import Named
from deid.detect.words.cues import POSSESSIVES, role_words, roles
from deid.detect.words.evidence import FAIR, PART, STRONG_NAME, Evidence
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens

_FIRMS = frozenset(
    {"firm", "company", "employer", "employers", "business", "agency", "supplier", "suppliers",
     "contractor", "contractors", "manufacturer", "brewery", "foundry", "factory", "practice",
     "builders", "accountants", "publisher", "publishers", "retailer", "bookies", "website", "blog",
     "podcast", "newspaper", "magazine", "charity", "startup", "start-up", "band", "sponsor",
     "sponsors", "takeaway", "broadcaster", "organisation", "organization", "broadcasts",
     "supermarket", "chain", "shipyard", "bakery", "pharmacy", "chemist", "chemist's", "station",
     "hauliers", "solicitors", "undertakers", "bookmakers", "mill", "colliery"}
)  # fmt: skip
SONS = frozenset(
    {"sons", "son", "daughters", "daughter", "co", "partners", "bros", "brothers", "associates"}
)
"""What may follow a founder's name and "and"."""
_LIMITED = frozenset({"ltd", "limited", "plc", "llp", "inc"})
_WORKED = frozenset(
    {"worked", "work", "works", "working", "drove", "driving", "drive", "drives", "driven",
     "welded", "rep", "hauled", "hauling", "delivering", "delivered", "delivers", "play", "plays",
     "played", "playing", "signed", "riding", "rode", "umpire", "umpired"}
)  # fmt: skip
_POSTS = frozenset(
    {"job", "jobs", "apprenticeship", "apprentice", "apprenticed", "articled", "placement",
     "traineeship", "contract", "vacancy", "redundant", "pension"}
)  # fmt: skip
_EMPLOYED = (
    _WORKED | _POSTS | {"trained", "started", "years", "employed", "sacked", "does", "shifts"}
)
_IS, _CALLED, _REACH = frozenset({"is", "was"}), frozenset({"called", "named"}), 8
_ASKED_FOR = frozenset(
    {"pharmacy", "chemist", "chemist's", "bank", "supermarket", "solicitor", "solicitors", "agency",
     "undertaker", "undertaker's", "garage", "takeaway", "prescription", "prescriptions", "butcher"}
)  # fmt: skip
_OPENING = frozenset({"it's", "the", "um", "er", "oh", "yeah", "yes", "still", "well", "is", "it"})
_ASKING = 24


def firm_at(evidence: Evidence, name: Named) -> Named | None:
    """The name as a firm's, with "and Sons" and its other partner; None where it is none."""
    tokens = evidence.tokens
    first, last = _with_sons(tokens, name)
    if (first, last) != (name.first, name.last) and (
        tokens.capital(last) or evidence.entry(first).given < STRONG_NAME
    ):
        return replace(name, first=first, last=last, rule="firm")
    if not _may_be(evidence, name):
        return None
    first, last = _partners(evidence, name)
    told = _said_to_be(tokens, first, last) or _is_asked_for(tokens, first)
    told = told or (_employs(tokens, first, pair=first < last) and not _somebody(evidence, name))
    last = _ware(evidence, last) if told else last
    return replace(name, first=first, last=last, rule="firm") if told else None


def firms_again(
    evidence: Evidence, people: Iterable[Named], bodies: Iterable[Named]
) -> Iterator[Named]:
    """Those of the people that are a firm found elsewhere in the transcript, and nobody here."""
    lows = evidence.tokens.lows
    known = {tuple(lows[body.first : body.last + 1]) for body in bodies if body.rule == "firm"}
    for name in people:
        same = name.rule in OPEN and tuple(lows[name.first : name.last + 1]) in known
        if same and not somebody_here(evidence, name.last):
            yield name


def _with_sons(tokens: Tokens, name: Named) -> tuple[int, int]:
    """The first and last words of "Tierney and Sons", "Renwick Ltd", of which the name is one."""
    first, last = name.first, name.last
    if tokens.lows[first] in SONS and first > 1 and tokens.lows[first - 1] == "and":
        joined = tokens.joined(first) and tokens.joined(first - 1)
        return (first - 2 if joined and tokens.capital(first - 2) else first), last
    one, other = following(tokens, last)
    if tokens.possessive(last) or tokens.after(last) not in {" ", " & "}:
        return first, last
    if one in _LIMITED or (one in SONS and tokens.after(last) == " & "):
        return first, last + 1
    sons = one == "and" and other in SONS and tokens.joined(last + 2)
    return first, (last + 2 if sons else last)


def _may_be(evidence: Evidence, name: Named) -> bool:
    """Whether it is a surname, or of no list, and nobody's title stands before it."""
    tokens = evidence.tokens
    if before(tokens, name.first)[0] in role_words("kin", "titles"):
        return False
    first = evidence.entry(name.first)
    return first.given < FAIR or (first.given <= first.family and name.first == name.last)


def _partners(evidence: Evidence, name: Named) -> tuple[int, int]:
    """The first and last words of "Boosey and Hawkes", of which the name is one."""
    tokens = evidence.tokens
    for one, other in ((name.first - 2, name.first), (name.last, name.last + 2)):
        if one < 0 or other >= len(tokens) or tokens.turns[one] != tokens.turns[other]:
            continue
        joined = tokens.joined(one + 1) and tokens.joined(other) and not tokens.possessive(one)
        if not (joined and tokens.lows[one + 1] == "and"):
            continue
        if all(_surname(evidence, each) for each in (one, other)):
            return min(one, name.first), max(other, name.last)
    return name.first, name.last


def _surname(evidence: Evidence, place: int) -> bool:
    entry = evidence.entry(place)
    named = entry.unknown or entry.family >= PART
    written = evidence.tokens.capital(place) or evidence.tokens.case(place) is not Case.MIXED
    return written and entry.given < FAIR and named and place not in evidence.kept


def _said_to_be(tokens: Tokens, first: int, last: int) -> bool:
    """As in "the firm was X", "a company called X", "my employer, X", "the X website"."""
    one, other = before(tokens, first)
    behind = following(tokens, last)[0]
    if tokens.after(last) == " " and (behind in _FIRMS or behind == "fm"):
        return True
    if tokens.gap(first) == " ":
        verb = first - 1
        kind = other if one in _IS | _CALLED else ""
        if one in _CALLED and other in _IS:
            kind = before(tokens, verb)[1]
        if kind in _FIRMS or one in _FIRMS:
            return True
    elif tokens.gap(first) == ", " and one in _FIRMS:
        return other in POSSESSIVES | _KINDS_OF_FIRMS
    return _is_one(tokens, last)


def _is_asked_for(tokens: Tokens, first: int) -> bool:
    """As in "which pharmacy do you use?" / "Cohens.", "the prescription, is it still X and Y?"."""
    begin = first
    while begin > 0 and tokens.lows[begin - 1] in _OPENING and first - begin <= len(_AD):
        begin -= 1
    turn = tokens.turns[first]
    opens = begin == 0 or tokens.turns[begin - 1] != turn
    still = tokens.lows[max(0, first - len(_STILL)) : first] == _STILL
    if not (opens or still):
        return False
    near = range(max(0, begin - _ASKING), begin)
    if not (still or "?" in tokens.gap(begin) or _WHICH & {*tokens.lows[near.start : begin]}):
        return False
    return any(
        tokens.lows[at] in _ASKED_FOR and turn - tokens.turns[at] <= (0 if still else 1)
        for at in near
    )


_WHICH = frozenset({"which", "what", "what's", "who"})
_STILL = ["is", "it", "still"]
_KINDS_OF_FIRMS = frozenset(
    {"the", "a", "big", "local", "old", "same", "outside", "private", "new", "building", "cleaning",
     "security", "removal", "law", "housing", "haulage", "family", "small", "other"}
)  # fmt: skip


def _is_one(tokens: Tokens, last: int) -> bool:
    """As in "X, a printing firm", "X, which is a website", "X is a family business"."""
    step = last + 1
    owned = tokens.possessive(last) and tokens.after(last) != ", "  # "Robb's, the shipyard"
    if owned or step + 1 >= len(tokens) or tokens.after(last) not in {" ", ", "}:
        return False
    if tokens.lows[step] == "which":
        step += 1
    verb = tokens.lows[step] in _IS
    if not verb and tokens.after(last) != ", ":
        return False
    article = step + verb
    if article + 1 >= len(tokens) or tokens.lows[article] not in {"a", "an", "the"}:
        return False
    return noun_from(tokens, article + 1) in _FIRMS


def _ware(evidence: Evidence, last: int) -> int:
    """The last word of "worked for Johnson's Wax": what the firm of that name makes."""
    tokens, ware = evidence.tokens, last + 1
    if not tokens.possessive(last) or ware >= len(tokens) or not tokens.joined(ware):
        return last
    thing = tokens.capital(ware) and evidence.entry(ware).tier > 0
    return ware if thing and tokens.lows[ware] not in roles().kin else last


def _employs(tokens: Tokens, first: int, *, pair: bool) -> bool:
    """As in "worked for X", "a job with X", "twenty years at X", "a firm you know, X and Y"."""
    one, other = before(tokens, first)
    if pair and tokens.gap(first) == ", ":
        near = range(max(0, first - _REACH), first)
        return any(
            tokens.lows[at] in _FIRMS and tokens.turns[at] == tokens.turns[first] for at in near
        )
    if tokens.gap(first) != " " or one not in {"for", "at", "with", "from", "by"}:
        return False
    advertised = tokens.lows[max(0, first - 1 - len(_AD)) : first - 1] == _AD
    if (one == "for" and other in _WORKED) or (one == "with" and other in _trades()):
        return True
    if one == "by" and (other in _BY_FIRMS or advertised):
        return True
    if one != "at":
        return other in _POSTS
    back = range(max(0, first - _REACH), first - 1)
    said = {tokens.lows[step] for step in back if tokens.turns[step] == tokens.turns[first]}
    return not said.isdisjoint(_EMPLOYED) or (other in roles().labels and len(other) > PART)


_BY_FIRMS = frozenset({"sponsored", "manufactured", "supplied"})
_AD = ["brought", "to", "you"]


@cache
def _trades() -> frozenset[str]:
    """What people are by trade: "I'm a structural engineer with Arup"."""
    return frozenset(job.rsplit(" ", 1)[-1] for job in sections("quasi_jobs.txt")["jobs"])


def _somebody(evidence: Evidence, name: Named) -> bool:
    """Whether the name is somebody's in any place: "Vickers rang", "Mr Vickers"."""
    tokens = evidence.tokens
    low = tokens.lows[name.last]
    places = (place for place, each in enumerate(tokens.lows) if each == low)
    inside = range(name.first, name.last + 1)
    return any(somebody_here(evidence, place) for place in places if place not in inside)
