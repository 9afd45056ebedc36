"""What a transcript says elsewhere about a name that it leaves open here.

A name means one thing in one conversation ("Torry, yes. ... I'm from Torry!"). Where it is surely a
place in one mention, or answers "where?", or goes on with a list of places, its other mentions are
places too, unless somebody is named there. Nothing is let go: what was masked stays masked, under
another type.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from deid.detect.names.people_here import somebody_here
from deid.detect.names.spans import Named
from deid.detect.words.cues import FILLERS, role_words
from deid.detect.words.evidence import FAIR, PART, STRONG_NAME, TOWN, Evidence
from deid.detect.words.neighbours import acting, before, following
from deid.detect.words.tokens import Case

OPEN = frozenset(
    {"list", "network", "network-and-list", "list-no-capital", "repeated", "cue-address"}
)
"""Rules that find a name for its own sake, so that its place in the speech may say what it is."""
LANDS = frozenset({"island", "islands", "isles", "ranges"})
"""Kinds of land that a name may be called by alone, and nobody's surname."""
_PLACED = frozenset(
    {"place-by-company", "place-called", "street", "kind-of-place", "written-as-place", "saint",
     "list-phrase"}
)  # fmt: skip
_SURE, _QUESTION = 0.8, 8


def agreed(
    evidence: Evidence, people: Iterable[Named], places: Iterable[Named]
) -> Iterator[tuple[Named, bool]]:
    """Each of the people, and whether it is rather a place."""
    places = list(places)
    sure = [name for name in places if name.rule in _PLACED or name.score >= _SURE]
    known = {_words(evidence, name) for name in sure}
    ends, starts = {name.last for name in sure}, {name.first for name in places}
    heads = {words[0]: words[1] in LANDS for words in known if len(words) > 1}
    lands = _lands(evidence, known)
    for name in people:
        if name.first == name.last and evidence.tokens.lows[name.first] in lands:
            yield replace(name, rule="place-by-agreement"), True
            continue
        listed = evidence.lexicon.entry(evidence.tokens.lows[name.first]).place >= TOWN
        if name.rule in OPEN and (
            _leads_on(evidence, name, starts) or _half(evidence, name, heads)
        ):
            yield replace(name, rule="place-by-agreement"), True
            continue
        row = listed and name.rule in OPEN and evidence.tokens.gap(name.first) == ", "
        if row and name.first - 1 in ends and not evidence.tokens.possessive(name.last):
            yield replace(name, rule="place-by-agreement"), True  # "Southport, Preston"
            continue
        free = name.rule in OPEN and not _person(evidence, name)
        there = free and (
            _words(evidence, name) in known
            or (_goes_on(evidence, name.first, ends) and not _whole_name(evidence, name))
            or _asks_where(evidence, name)
            or opens_answer(evidence, name.first)
        )
        there = there or (name.rule in OPEN and _answers_where(evidence, name))
        yield (replace(name, rule="place-by-agreement") if there else name), there


def _lands(evidence: Evidence, known: set[tuple[str, ...]]) -> frozenset[str]:
    """Names of towns and counties that are nobody's in this transcript: "Kent reacts to the law".

    Half of them are people's names too, so that something must tell: a mention that is surely a
    place, what only a place has ("Kent MPs"), or that no child is called so.
    """
    tokens = evidence.tokens
    found: dict[str, list[int]] = {}
    for place, low in enumerate(tokens.lows):
        if evidence.lexicon.entry(low).place >= TOWN and place not in evidence.firm:
            found.setdefault(low, []).append(place)
    lived = {tokens.lows[place] for place in range(len(tokens)) if _lived_in(evidence, place)}
    for place, low in enumerate(tokens.lows):
        if low in lived and low not in found:
            known = known | {(low,)}
            found[low] = [at for at in range(place, len(tokens)) if tokens.lows[at] == low]
    return frozenset(
        low
        for low, places in found.items()
        if (
            (low,) in known
            or _hardly_a_name(evidence, low)
            or any(following(tokens, place)[0] in _CIVIC for place in places)
        )
        and not any(somebody_here(evidence, place) for place in places)
    )


def _lived_in(evidence: Evidence, place: int) -> bool:
    """Whether somebody was born, lives or settled in what no list knows: "born in Selleck"."""
    tokens = evidence.tokens
    first, second = before(tokens, place)
    if first != "in" or second not in _LIVING or place in evidence.kept:
        return False
    written = tokens.capital(place) and tokens.case(place) is Case.MIXED
    return written and evidence.entry(place).given < FAIR


_LIVING = frozenset(
    {"born", "live", "lived", "lives", "living", "settled", "grew", "up", "raised", "based"}
)


def _hardly_a_name(evidence: Evidence, low: str) -> bool:
    """Whether few are called so: a county by any name but a child's, a town by no name."""
    entry = evidence.lexicon.entry(low)
    if low in _COUNTIES:
        return entry.given <= STRONG_NAME
    return entry.given < FAIR and entry.family < FAIR and entry.tier == 0


_COUNTIES = frozenset(
    {"kent", "essex", "sussex", "surrey", "norfolk", "suffolk", "cornwall", "dorset", "somerset",
     "rutland", "durham", "cumbria", "lancashire", "yorkshire", "wiltshire", "cheshire",
     "derbyshire", "london"}
)  # fmt: skip
_CIVIC = frozenset(
    {"council", "councils", "police", "constabulary", "mp", "mps", "residents", "councillors",
     "coast", "coastline", "airport", "roads", "beaches", "voters", "farmers", "motorists",
     "commuters",
     "businesses", "schools", "hospitals", "pensioners", "university", "cathedral"}
)  # fmt: skip


def _goes_on(evidence: Evidence, place: int, ends: set[int]) -> bool:
    """Whether it is the next of a list of places: "Strabane and Limavady", "Southall, Hayes"."""
    tokens = evidence.tokens
    if place - 1 in ends:
        return tokens.gap(place) == ", "
    again = place > 1 and tokens.lows[place - 1] == "from" and place - 2 in ends
    if again and tokens.gap(place - 1) == ", ":
        return before(tokens, place - 2)[0] == "from"  # "from Ness, from Lewis"
    joined = place > 1 and tokens.lows[place - 1] in {"and", "or", "to"} and tokens.joined(place)
    return joined and place - 2 in ends and tokens.joined(place - 1)


def _whole_name(evidence: Evidence, name: Named) -> bool:
    """Whether it is a first name and a family name: "from here to Ely, Brad Whitcomb voted no"."""
    given, entry = evidence.entry(name.first).given, evidence.lexicon.entry
    low = evidence.tokens.lows[name.first]
    return name.last > name.first and given >= STRONG_NAME and entry(low).place < PART


def _leads_on(evidence: Evidence, name: Named, starts: set[int]) -> bool:
    """Whether a way goes from it to a place: "between Kendal and Mold", "Bury to Altrincham"."""
    tokens, joining = evidence.tokens, name.last + 1
    listed = evidence.lexicon.entry(tokens.lows[name.first]).place >= PART
    if not listed or name.last + 2 not in starts or tokens.possessive(name.last):
        return False
    whole = tokens.joined(joining) and tokens.joined(joining + 1)
    led = before(tokens, name.first)[0]
    if tokens.lows[joining] == "and":
        return whole and led == "between"
    apart = tokens.gap(name.first) == ", " or led in {"from", "the", *_RIDDEN}
    return whole and tokens.lows[joining] == "to" and apart


_RIDDEN = frozenset({"bus", "train", "tram", "metro", "line", "coach", "ferry"})


def _half(evidence: Evidence, name: Named, heads: Mapping[str, bool]) -> bool:
    """Whether it is half of a place named elsewhere: "is that Orton?" / "Orton Goldhay, yes".

    An island goes by its first word alone, where it is nobody's: "memories of Palm".
    """
    entry = evidence.lexicon.entry(evidence.tokens.lows[name.first])
    asked = evidence.tokens.after(name.last)[:1] == "?"
    head = evidence.tokens.lows[name.first] if name.first == name.last else ""
    if heads.get(head) and entry.given < FAIR:
        return True
    return head in heads and asked and entry.place >= PART and entry.given < STRONG_NAME


def _asks_where(evidence: Evidence, name: Named) -> bool:
    """Whether it is proposed as the answer: "where is she, Laxdale?"."""
    tokens, first = evidence.tokens, name.first
    if tokens.gap(first) != ", " or tokens.after(name.last)[:1] != "?":
        return False
    low = max(0, first - _QUESTION)
    asked = [at for at in range(low, first) if tokens.turns[at] == tokens.turns[first]]
    wheres = [at for at in asked if tokens.forms[at] in {"where", "where's", "whereabouts"}]
    return bool(wheres) and not any("?" in tokens.after(at) for at in asked if at >= wheres[-1])


def _answers_where(evidence: Evidence, name: Named) -> bool:
    """Whether a listed place is the whole answer to "where was that?", whoever is called so too."""
    tokens, turn = evidence.tokens, evidence.tokens.turns[name.first]
    listed = evidence.lexicon.entry(tokens.lows[name.first]).place >= PART
    asked = opens_answer(evidence, name.first) and turn not in evidence.whose | evidence.naming
    whole = tokens.closes(name.last) and not tokens.possessive(name.last)
    return listed and asked and whole and name.first == name.last


def _words(evidence: Evidence, name: Named) -> tuple[str, ...]:
    return tuple(evidence.tokens.lows[name.first : name.last + 1])


def _person(evidence: Evidence, name: Named) -> bool:
    """Whether somebody is meant here: by the name itself, by a title or kin, or by what is done."""
    tokens = evidence.tokens
    first = before(tokens, name.first)[0]
    company = first in role_words("kin", "titles") or tokens.possessive(name.last)
    alone = name.first == name.last
    listed = evidence.lexicon.entry(tokens.lows[name.first])
    given = listed.given >= STRONG_NAME or (listed.given >= FAIR and not listed.place)
    return company or (alone and given) or acting(tokens, name.last)


def opens_answer(evidence: Evidence, place: int) -> bool:
    """Whether the word opens a turn that answers a question for a place."""
    tokens, turn = evidence.tokens, evidence.tokens.turns[place]
    if turn not in evidence.placing:
        return False
    step = place - 1
    while step >= 0 and tokens.turns[step] == turn and tokens.lows[step] in _OPENING:
        step -= 1
    return step < 0 or tokens.turns[step] != turn


_OPENING = FILLERS | {"in", "at", "from", "near", "oh", "i'm", "it's", "just", "to", "ooh", "the"}
