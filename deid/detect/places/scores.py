"""How sure it is that listed words, or a word in a place's company, are a place.

Each score is weighed against the threshold by ``places``; in ordinary writing a capital letter
tells much, without capitals only the company does.
"""

import re

from deid.detect.names.agreeing import opens_answer
from deid.detect.places.homes import (
    answers_where,
    is_home,
    is_lived_in,
    is_range,
    is_town_lived_in,
    town_asked,
)
from deid.detect.places.land import LANDSCAPES
from deid.detect.places.ways import sounds_placed
from deid.detect.places.wider import has_venue
from deid.detect.places.word_company import ALSO_VERBS, EVERYDAY, comes_of
from deid.detect.words.cues import roles
from deid.detect.words.evidence import (
    COMMON_TIER,
    COMMONEST,
    FAIR,
    PART,
    PLAIN_TIER,
    RARE_TIER,
    STRONG_NAME,
    TOWN,
    Evidence,
    contracted,
)
from deid.detect.words.frames import DETERMINERS, free_after
from deid.detect.words.gazetteer import Entry
from deid.detect.words.neighbours import COMPASS, approach, before, following, located, place_cued
from deid.detect.words.tokens import Case, Tokens
from deid.transcript import EntityType


def phrase_score(evidence: Evidence, first: int, last: int) -> float:
    """Phrases of plain words ("long lane", "the wells") need a place's company in bare speech."""
    tokens = evidence.tokens
    generic = tokens.lows[first] == "the" and last == first + 1
    if generic and 0 < evidence.lexicon.entry(tokens.lows[last]).tier <= PLAIN_TIER:
        return 0.2  # "the town" is one of them
    if tokens.case(first) is Case.MIXED:
        return 0.8
    town = tuple(tokens.lows[first : last + 1]) in evidence.lexicon.town_phrases
    tiers = [evidence.lexicon.entry(tokens.lows[step]).tier for step in range(first, last + 1)]
    region = tokens.lows[first] in COMPASS and last in evidence.kept
    if town or region or any(tier == 0 for tier in tiers) or has_venue(tokens, last):
        return 0.7
    cued = place_cued(tokens, first) and tokens.lows[first] not in _DETERMINING
    rare = tiers[0] >= RARE_TIER and tokens.lows[last] in LANDSCAPES
    article = first > 0 and tokens.lows[first - 1] == "the" and tokens.joined(first)
    article = article and last - first > 1 and place_cued(tokens, first - 1)  # "stadium of light"
    if rare or article or min(tiers) >= COMMON_TIER:
        return 0.6  # "is that mow cop"
    if cued and (tiers[0] > PLAIN_TIER or free_after(tokens, last) or _goes_on(tokens, last)):
        return 0.6
    alone = tuple(tokens.lows[first : last + 1]) in evidence.lexicon.word_phrases
    led, second = before(tokens, first)
    said = led in DETERMINERS and (led, second) not in _ASKING  # "is that kings heath"
    native = led in {"a", "an"} and following(tokens, last)[0] in _NATIVES  # "a mile cross boy"
    return 0.6 if (alone and (native or not said)) or (cued and is_lived_in(tokens, first)) else 0.2


def _goes_on(tokens: Tokens, last: int) -> bool:
    """Whether a new clause begins after a phrase: "it's in long row it's by the chapel"."""
    return following(tokens, last)[0] in _OPENING_CLAUSE


_ASKING = frozenset({("that", "is"), ("that", "was"), ("this", "is"), ("that", "isn't")})
_OPENING_CLAUSE = frozenset(
    {"it's", "we", "they", "you", "so", "which", "there's", "not", "now", "yeah", "um", "er",
     "like", "just"}
)  # fmt: skip
_DETERMINING = frozenset(
    {"a", "an", "any", "each", "every", "this", "that", "no", "some", "such", "my", "your", "his",
     "her", "their", "its"}
)  # fmt: skip


def worth(evidence: Evidence, place: int) -> bool:
    """Listed, named by the network, or in a place's company and on no list at all."""
    tokens = evidence.tokens
    if contracted(tokens.lows[place]) or tokens.lows[place] == "the":
        return False
    mixed = tokens.case(place) is Case.MIXED
    if mixed and not tokens.capital(place):
        return _forgotten(evidence, place)
    seen = evidence.network.get(place) is EntityType.LOCATION
    odd = mixed and not seen and evidence.entry(place).unknown
    there = odd and (located(tokens, place) or is_home(tokens, place))
    if seen or there or (odd and _leads_alone(tokens, place)):
        return tokens.lows[place] not in roles().titles  # "we went to Mamgu's"
    return evidence.lexicon.entry(tokens.lows[place]).place > 0


def _forgotten(evidence: Evidence, place: int) -> bool:
    """Whether a town stands without its capital among others: "She married him in yarm"."""
    entry = evidence.lexicon.entry(evidence.tokens.lows[place])
    if entry.tier >= COMMON_TIER and entry.place >= TOWN and entry.given < FAIR:
        lows = evidence.tokens.lows
        same = (at for at, low in enumerate(lows) if low == lows[place])
        return place_cued(evidence.tokens, place) and any(_reached(evidence, at) for at in same)
    if entry.tier or entry.place <= PART or entry.given >= FAIR:
        return False
    cued = place_cued if entry.name < PART else located
    return cued(evidence.tokens, place)


def _reached(evidence: Evidence, place: int) -> bool:
    """Whether somebody comes from a town that is a word too: "I drove from limerick tonight"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    first = before(tokens, place)[0]
    led = first in {"from", "in"} and is_lived_in(tokens, place)
    free = free_after(tokens, place) or following(tokens, place)[0] in {"tonight", "this"}
    return led and free and low not in EVERYDAY | _WITHOUT_ARTICLE


def _native(evidence: Evidence, place: int, entry: Entry) -> bool:
    """Whether somebody or something comes from there: "a splott girl"."""
    tokens = evidence.tokens
    listed = entry.tier == 0 and not entry.given and entry.place > 0
    led = listed and before(tokens, place)[0] in {"a", "an", "the"}
    return led and following(tokens, place)[0] in _NATIVES


def score_of(evidence: Evidence, place: int) -> float:
    """How sure a single word is one, from 0 to 0.95."""
    tokens, entry = evidence.tokens, evidence.lexicon.entry(evidence.tokens.lows[place])
    if len(tokens.lows[place]) < _SHORTEST:
        return 0.0
    if place in evidence.kept:
        return 0.75 * (is_town_lived_in(evidence, place) or is_range(evidence, place))
    mixed = tokens.case(place) is Case.MIXED
    if mixed:
        score = _mixed_score(evidence, place, entry)
    else:
        told = _native(evidence, place, entry) or (entry.place > 0 and town_asked(tokens, place))
        score = 0.6 if told else _bare_score(tokens, place, entry)
        score += 0.3 * answers_where(evidence, place)
    if evidence.network.get(place) is EntityType.LOCATION:
        score += 0.3
    if place and tokens.lows[place - 1] in _TASTING:
        score -= 0.7
    return min(score - 0.4 * evidence.dosed(place), 0.95)


_SHORTEST = 3
_TASTING = frozenset(
    {"eat", "eats", "eating", "ate", "eaten", "drink", "drinks", "drank", "drinking", "grated",
     "melted", "mature", "sliced", "tinned", "cooked", "baked", "bake"}
)  # fmt: skip


def _mixed_score(evidence: Evidence, place: int, entry: Entry) -> float:
    tokens = evidence.tokens
    if tokens.words[place].isupper():
        return 0.0
    if not tokens.capital(place):
        return 0.55
    if not entry.place:
        score = 0.3 if entry.unknown else 0.0
    elif entry.tier and entry.tier < RARE_TIER:
        score = 0.45 if entry.place >= TOWN else 0.2
        if _quarter(entry):
            score = 0.5
        score -= 0.3 * tokens.initial(place)
    else:
        score = 0.75 if entry.place >= TOWN else 0.4 if entry.place >= FAIR else 0.3
        score = max(
            score, 0.5 * (entry.name < PART and (entry.tier == 0 or not tokens.initial(place)))
        )
        score -= 0.1 * (tokens.initial(place) and entry.place < TOWN and entry.name >= PART)
    if entry.place < TOWN and entry.name >= STRONG_NAME:
        score -= 0.1
    if _nothing_else(evidence, place, entry):
        score = max(score, 0.35)
    alone = entry.unknown and _leads_alone(tokens, place)
    if alone or _answers(evidence, place, entry) or _before_postcode(tokens, place):
        return score + 0.65
    if located(tokens, place):
        return score + (0.5 if entry.place and is_lived_in(tokens, place) else 0.35)
    return score + (0.35 if is_home(tokens, place) else 0.25 * place_cued(tokens, place))


def _leads_alone(tokens: Tokens, place: int) -> bool:
    """Whether "From Meadowhead?" is all of a sentence, or "at" leads to what a village sounds."""
    first, second = before(tokens, place)
    if not tokens.words[place].istitle():
        return False  # "From GPs, mainly."
    whole = first == "from" and not second and tokens.closes(place)
    beside = first == "at" and second in _BUILT  # "by the chapel at Penhalvean"
    return whole or beside or (first in {"at", "from"} and sounds_placed(tokens.lows[place], first))


_BUILT = frozenset({"chapel", "church", "farm", "mill", "pub", "school", "cottage", "lighthouse"})


def _before_postcode(tokens: Tokens, place: int) -> bool:
    """Whether a postcode goes on from the word: "Bath BA1 1AA"."""
    after = tokens.text[tokens.tails[place] : tokens.tails[place] + _OUTWARD_REACH]
    return _POSTCODE.match(after) is not None


_POSTCODE = re.compile(r",? [A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}(?!\w)")
_OUTWARD_REACH = 12


def _nothing_else(evidence: Evidence, place: int, entry: Entry) -> bool:
    """Whether a capital inside a sentence says that a word is its hamlet: "at Bobbing"."""
    named = entry.name >= PART or evidence.tokens.initial(place)
    return entry.place > PART and entry.tier > PLAIN_TIER and not named


def _bare_town(tokens: Tokens, place: int) -> bool:
    """Whether a word that is a town too stands as no word would: "in sale on a thursday"."""
    start = approach(tokens, place)
    there = located(tokens, place) or (start > 0 and tokens.lows[start - 1] in _NO_VERB_AFTER)
    there = there or (before(tokens, start)[0] == "to" and _sent_there(tokens, start))
    closes = free_after(tokens, place) or _goes_on(tokens, place)
    return there and tokens.lows[place] not in _WITHOUT_ARTICLE and closes


def _verb(tokens: Tokens, place: int) -> bool:
    """Whether "to" and a verb stand there: "sent me to deal with it", "moved to settle down"."""
    to = before(tokens, place)[0] == "to" and tokens.lows[place] in ALSO_VERBS
    return to and following(tokens, place)[0] not in {"", "and", "then", "because", "when"}


def _sent_there(tokens: Tokens, place: int) -> bool:
    """Whether somebody was sent there: "they posted you to hull"."""
    return not _SENDING.isdisjoint(tokens.lows[max(0, place - len(("sent", "you", "to"))) : place])


_SENDING = frozenset({"sent", "took", "drove", "transferred", "moved", "posted", "flew"})


_NO_VERB_AFTER = frozenset({"at", "from", "through", "past", "via", "towards"})


_WITHOUT_ARTICLE = frozenset(
    {"bath", "church", "dollar", "march", "reading", "rugby", "sandwich", "stone", "rye", "cork"}
)


def _quarter(entry: Entry) -> bool:
    """Whether a capital inside a sentence makes it one: Hackney is hardly a horse or anybody."""
    return entry.place >= FAIR and entry.tier > PLAIN_TIER and entry.name <= PART


def _answers(evidence: Evidence, place: int, entry: Entry) -> bool:
    """Whether it is the answer to "where are you from?", as in "Cults. By the river"."""
    tokens = evidence.tokens
    listed = entry.place and (entry.tier != COMMONEST or entry.place >= TOWN)
    listed = listed or (entry.tier == 0 and tokens.case(place) is Case.MIXED)
    whole = tokens.closes(place)
    return bool(listed) and whole and opens_answer(evidence, place)


def _bare_score(tokens: Tokens, place: int, entry: Entry) -> float:
    cued = place_cued(tokens, place)
    first, second = before(tokens, place)
    one = first in {"a", "an"}
    dish = one and following(tokens, place)[0] in _SIDE_DISHES  # "tea and a bakewell and watch"
    if dish or (entry.place < TOWN and (one or (entry.tier and first == "of"))):
        return 0.0
    article = first in {"a", "an", "the"} and second not in {"in", "at", "near", "up", "round"}
    if entry.tier and article and free_after(tokens, place):
        return 0.0  # "there's a derby on"
    if entry.tier and entry.tier < RARE_TIER:
        there = cued and (is_lived_in(tokens, place) or _bare_town(tokens, place))
        there = there and not (_verb(tokens, place) or comes_of(tokens, place))
        return 0.6 if entry.place >= TOWN and there else 0.0
    if entry.place >= TOWN:
        return 0.7 if entry.given < STRONG_NAME or cued else 0.4
    only = entry.place and not entry.name and (entry.place >= FAIR or entry.tier == 0)
    if only or (entry.place >= FAIR and (not entry.given or has_venue(tokens, place))):
        return 0.5 + 0.1 * cued
    return (0.25 + 0.3 * cued + 0.1 * (cued and is_lived_in(tokens, place))) if entry.place else 0.0


_SIDE_DISHES = frozenset({"and", "with", "or", "please", "then"})
_NATIVES = frozenset(
    {"girl", "girls", "lad", "lads", "lass", "boy", "boys", "man", "men", "woman", "women",
     "family", "families", "street", "accent", "folk", "bloke", "people", "lot", "chap", "fella"}
)  # fmt: skip
