"""Towns that are plain words: "between Bath and Bristol", "Whereabouts?" / "Hull.", "live in ham".

A list and a capital say little of such a word, so it needs more: a sure place beside it, a question
for a place, a verb of living with nothing between, or the town's own name elsewhere in the talk.
Where the common word fits as well ("Bath was cold", "in bed or in the bath") it stays.
"""

from collections.abc import Iterable, Iterator

from deid.detect.names.agreeing import opens_answer
from deid.detect.names.spans import Named
from deid.detect.places.known_towns import chosen, hails, of_venues, part, royal
from deid.detect.places.month_towns import MONTH_TOWNS, month_town
from deid.detect.places.near_towns import near
from deid.detect.places.word_company import (
    ALSO_VERBS,
    EVERYDAY,
    GOING_ON,
    ISLANDS,
    TOWNS,
    comes_of,
    told,
)
from deid.detect.words.contexts import AGAIN, TELLING, placing
from deid.detect.words.cues import BEING, FILLERS, role_words
from deid.detect.words.evidence import (
    COMMON_TIER,
    FAIR,
    PART,
    RARE_TIER,
    TOWN,
    Evidence,
)
from deid.detect.words.frames import free_after
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens
from deid.transcript import EntityType

_TOLD = TOWNS | ISLANDS
_SCORE, _SURE = 0.7, 0.8


def word_towns(evidence: Evidence, found: Iterable[Named]) -> Iterator[Named]:
    """Words that are towns here, given the places that were found without them."""
    places = list(found)
    seen = {step for name in places for step in range(name.first, name.last + 1)}
    open_ = [place for place in _candidates(evidence) if place not in seen]
    sides = {name.first: name.last for name in places}
    new = {place for place in open_ if _told(evidence, place) or _placed(evidence.tokens, place)}
    new |= {side for place in open_ for side in near(evidence, place)}
    months = (at for at, low in enumerate(evidence.tokens.lows) if low in MONTH_TOWNS)
    for place in months:
        if place not in seen and month_town(evidence, place):
            yield Named(place, place, _SCORE, "word-and-town")
    while grown := {
        place
        for place in open_
        if place not in new and beside(evidence, place, sides | {at: at for at in new})
    }:
        new |= grown
    yield from (Named(place, place, _SCORE, "word-and-town") for place in sorted(new))
    here = {evidence.tokens.lows[place] for place in new} | of_venues(evidence.tokens)
    here |= TOWNS & {evidence.tokens.lows[name.first] for name in places if name.first == name.last}
    for place in open_:
        known = place not in new and evidence.tokens.lows[place] in here
        if known and _placed(evidence.tokens, place, AGAIN):
            yield Named(place, place, _SCORE, "word-and-town")
    again = {evidence.tokens.lows[place] for place in new if _written(evidence.tokens, place)}
    again |= {
        evidence.tokens.lows[name.first]
        for name in places
        if name.first == name.last and name.score >= _SURE and _written(evidence.tokens, name.first)
    }
    for place in open_:
        if place not in new and evidence.tokens.lows[place] in again and _again(evidence, place):
            yield Named(place, place, _SCORE, "word-and-town")


def _candidates(evidence: Evidence) -> Iterator[int]:
    """Words that are everyday English and a town's name, with a capital where the turn has them."""
    tokens = evidence.tokens
    for place, low in enumerate(tokens.lows):
        entry = evidence.lexicon.entry(low)
        if not (low in _TOLD or (entry.place >= PART and 0 < entry.tier < RARE_TIER)):
            continue
        barred = place in evidence.kept and low not in _TOLD
        barred = barred or place in evidence.firm or evidence.dosed(place)
        small = tokens.case(place) is Case.MIXED and not tokens.capital(place)
        bare = tokens.case(place) is not Case.MIXED
        town = low in _TOLD or entry.place >= TOWN or entry.tier >= COMMON_TIER
        if small or barred or (bare and not town):
            continue
        if not (bare and low in EVERYDAY):
            yield place


def _written(tokens: Tokens, place: int) -> bool:
    """Whether a capital letter says something there."""
    return tokens.case(place) is Case.MIXED and tokens.capital(place)


def _told(evidence: Evidence, place: int) -> bool:
    """Whether the word's own company tells the town."""
    tokens = evidence.tokens
    if evidence.network.get(place) is EntityType.PERSON and evidence.entry(place).given >= FAIR:
        return False
    if opens_answer(evidence, place) and _whole_answer(tokens, place):
        low = tokens.lows[place]
        return low not in FILLERS and (low not in EVERYDAY or tokens.capital(place))
    if _of_a_name(tokens, place):
        return False
    known = _sure_word(evidence, place)
    if hails(tokens, place) or (known and (royal(tokens, place) or part(tokens, place))):
        return True
    return told(evidence, place, known=known)


def _placed(tokens: Tokens, place: int, least: float = TELLING) -> bool:
    """Without a capital: whether all the small signs around a listed town speak for a place.

    What it calls must not follow ("eye drops"), nor may "to" make a verb of it ("to settle in").
    """
    low, lead = tokens.lows[place], before(tokens, place)[0]
    again = least < TELLING and lead in _OF_A_KNOWN
    if tokens.case(place) is Case.MIXED or low not in TOWNS:
        return False
    after = following(tokens, place)[0]
    if least < TELLING and (lead == "the" or chosen(tokens, place)):
        return lead != "the" or after in _THE_ONE  # "i go to the reading one"
    if not (lead in _THERE or again):
        return False
    if not (free_after(tokens, place) or after in GOING_ON or "'" in after):
        return False
    if comes_of(tokens, place):
        return False
    verb = lead == "to" and low in ALSO_VERBS
    return placing(tokens, place) >= (_NO_VERB if verb else least)


_THERE = frozenset(
    {"in", "from", "to", "at", "near", "outside", "via", "round", "around", "through", "towards"}
)
_OF_A_KNOWN = frozenset({"or", "and", "not", "do", "did", "is", "it's", "past", "by", "oh", "no"})
_THE_ONE = frozenset({"one", "end", "group's", "branch", "lot", "clinic", "hospital", "side"})
_NO_VERB = 2.0


def _sure_word(evidence: Evidence, place: int) -> bool:
    """Whether the word is a town well known, and no sport, church or month at the same time."""
    low, entry = evidence.tokens.lows[place], evidence.lexicon.entry(evidence.tokens.lows[place])
    return low not in EVERYDAY and (low in _TOLD or entry.place >= TOWN)


def _whole_answer(tokens: Tokens, place: int) -> bool:
    """Whether the answer closes with the word: "Reading, then Hull." does at its comma."""
    if tokens.case(place) is Case.MIXED:
        return tokens.closes(place) and not tokens.possessive(place)
    return tokens.closes(place) or following(tokens, place)[0] in {"then", "and"}


def _of_a_name(tokens: Tokens, place: int) -> bool:
    """Whether a capitalised word stands beside it, so that it is part of a longer name."""
    if tokens.case(place) is not Case.MIXED:
        return False
    last = place + 1
    led = place > 0 and tokens.joined(place) and tokens.turns[place - 1] == tokens.turns[place]
    owned = tokens.capital(place - 1) and not tokens.initial(place - 1) if led else False
    titled = led and tokens.lows[place - 1] in role_words("kin", "titles")
    goes_on = last < len(tokens) and tokens.joined(last) and not tokens.possessive(place)
    return owned or titled or (goes_on and tokens.capital(last) and tokens.words[last] != "I")


def beside(evidence: Evidence, place: int, sides: dict[int, int]) -> bool:
    """Whether a sure place stands beside it: "between Bath and Bristol", "Frome, Wells or Bath"."""
    tokens = evidence.tokens
    if _of_a_name(tokens, place) or tokens.possessive(place):
        return False
    if evidence.entry(place).given >= FAIR and tokens.lows[place] not in _TOLD:
        return False
    ends = {last: first for first, last in sides.items()}
    after, low = place + 1, place - 1
    if tokens.case(place) is not Case.MIXED and not _leads(tokens, place, ends):
        return False
    if _pair(evidence, place):
        return True
    filler = tokens.initial(place) and tokens.lows[place] in FILLERS  # "Well, Kent has been"
    commas = (
        not filler
        and _listed(tokens, place)
        and (
            (low in ends and tokens.gap(place) == ", ")
            or (after in sides and tokens.gap(after) == ", ")
        )
    )
    return commas or _joined_to(tokens, low, place, ends) or _joined_to(tokens, after, place, sides)


def _pair(evidence: Evidence, place: int) -> bool:
    """Whether two such towns stand together: "between Bath and Wells", "from bath to wells"."""
    tokens, low = evidence.tokens, evidence.tokens.lows
    for first, second in ((place, place + 2), (place - 2, place)):
        if first < 1 or second >= len(tokens) or tokens.turns[first] != tokens.turns[second]:
            continue
        pair = (low[first - 1], low[first + 1])
        both = all(_sure_word(evidence, each) for each in (first, second))
        capitals = tokens.capital(first) == tokens.capital(second) == tokens.capital(place)
        apart = low[first] != low[second]
        apart = apart and (tokens.case(place) is Case.MIXED or free_after(tokens, second))
        if pair in _PAIRS and both and capitals and apart:
            return True
    return False


_PAIRS = frozenset({("between", "and"), ("from", "to"), ("either", "or")})


def _joined_to(tokens: Tokens, middle: int, place: int, sides: dict[int, int]) -> bool:
    """Whether "and", "or", "to", "then" joins the word to a sure place."""
    other = middle + (middle - place)
    if other not in sides or not 0 <= middle < len(tokens):
        return False
    gaps = (tokens.gap(max(middle, place)), tokens.gap(max(other, middle)))
    same = tokens.turns[other] == tokens.turns[place]
    then = tokens.lows[middle] == "then" and ", " in gaps
    joins = tokens.lows[middle] in _JOINING and gaps == (" ", " ")
    opens = middle > place and tokens.initial(place)
    return same and (joins or then) and not opens


_JOINING = frozenset({"and", "or", "to", "not", "via"})


def _listed(tokens: Tokens, place: int) -> bool:
    """Whether the word is an item of a list and nothing more: a comma or "and" goes on from it."""
    closes = tokens.closes(place)
    return closes or following(tokens, place)[0] in {"and", "or", "then"}


def _leads(tokens: Tokens, place: int, ends: dict[int, int]) -> bool:
    """Without capitals: whether "between", "from", "either" or a place leads to the word."""
    step = place - 1
    if step in ends and tokens.gap(place) == ", ":
        return True
    if step > 0 and tokens.lows[step] in _JOINING and step - 1 in ends:
        return free_after(tokens, place) and _between(tokens, ends[step - 1])
    return _between(tokens, place)


def _between(tokens: Tokens, place: int) -> bool:
    return before(tokens, place)[0] in {"between", "from", "either", "in", "or", "to", "via"}


def _again(evidence: Evidence, place: int) -> bool:
    """Whether a town that is sure in this talk is meant here too: "Bath's got a better one"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if not _written(tokens, place) or _of_a_name(tokens, place):
        return False
    entry = evidence.entry(place)
    named = entry.given >= PART or entry.place < TOWN
    if entry.given >= FAIR or (named and evidence.network.get(place) is EntityType.PERSON):
        return False
    if not tokens.initial(place):
        return True
    told = tokens.possessive(place) or following(tokens, place)[0] in BEING
    return told and not any(word == low for word in tokens.words)
