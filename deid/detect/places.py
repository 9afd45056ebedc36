"""Which words are places below a country: towns, villages, quarters, regions, towns abroad.

Half the villages of Britain are also surnames, and many towns are plain words (Bath, Reading,
Deal), so a place needs a capital letter or a place's company ("lives in", "near", "from").
Countries, peoples and languages are allowed words and never come here.
"""

from collections.abc import Iterator

from deid.detect.agreeing import opens_answer
from deid.detect.allow import phrase_end
from deid.detect.gazetteer import Entry, Phrases
from deid.detect.names_evidence import (
    COMMONEST,
    COMPASS,
    PLAIN_TIER,
    THRESHOLD,
    Evidence,
    located,
    place_cued,
)
from deid.detect.names_frames import MONTHS, free_after
from deid.detect.names_spans import Named
from deid.detect.names_tokens import Case, Tokens
from deid.detect.places_joined import bare_land, owned_land, part_of_town, route
from deid.detect.places_land import LANDSCAPES, landscape
from deid.detect.places_wider import has_venue, wider
from deid.detect.places_written import headed, pub, the_called, written
from deid.transcript import EntityType

_TOWN, _FAIR, _STRONG_NAME, _RARE_TIER, _PART = 7, 4, 5, 40, 2
_LIVING = frozenset(
    {"live", "lives", "lived", "living", "moved", "move", "born", "grew", "raised", "based",
     "stay", "staying", "stayed", "am", "i'm", "comes", "came", "come", "over", "up", "down",
     "out", "back", "travel", "travelled", "drive", "drove", "shopping", "house", "flat", "im",
     "hes", "shes", "theyre", "near", "place", "bungalow"}
)  # fmt: skip
_LONGER = 3
_SAINTS = frozenset({"st", "saint", "saints"})


def phrases(
    evidence: Evidence, table: Phrases, *, barred: frozenset[int]
) -> Iterator[tuple[int, int]]:
    """``(first, last)`` words of listed phrases; with capitals where the turn has them."""
    tokens = evidence.tokens
    until = -1
    for place in range(len(tokens)):
        if place <= until:
            continue
        last = phrase_end(tokens, table, place)
        if last is None or _barred(evidence, barred, range(place, last + 1)):
            continue
        if _spelt(tokens, place, last):
            until = last
            yield place, last


def _barred(evidence: Evidence, barred: frozenset[int], words: range) -> bool:
    """Whether allowed words speak against a phrase; some may open one: "May Pen", "Da Nang".

    A longer name, written with capitals, is more than what is allowed in it: "Robin Hood's Bay".
    So is a country's listed part: "South Wales".
    """
    seen = barred.intersection(words)
    if not seen:
        return False
    if len(words) >= _LONGER and words[-1] not in seen:
        known = evidence.lexicon.entry(evidence.tokens.lows[words.start]).tier > 0
        return evidence.tokens.case(words.start) is not Case.MIXED and known
    low, firm = evidence.tokens.lows[words.start], words.start in evidence.firm
    if low in COMPASS and not firm and not evidence.firm.intersection(words):
        return False
    written = evidence.tokens.case(words.start) is Case.MIXED and len(low) < _LONGER
    odd = evidence.lexicon.entry(evidence.tokens.lows[words[-1]]).tier == 0
    opens = (low in MONTHS or written or odd) and not firm
    return bool(seen - {words.start} if opens else seen)


def _spelt(tokens: Tokens, first: int, last: int) -> bool:
    """Whether nothing but spaces parts the words, and both ends have capitals where they should."""
    if any(not tokens.joined(step) for step in range(first + 1, last + 1)):
        return False
    if tokens.case(first) is not Case.MIXED:
        return True
    start = first + 1 if tokens.lows[first] in _SMALL_FIRST else first
    return tokens.capital(start) and tokens.capital(last)


_SMALL_FIRST = COMPASS | {"the", "county"}


def places(evidence: Evidence) -> Iterator[Named]:
    """All places of a transcript, with what belongs to them beside their names."""
    return wider(evidence, _found(evidence))


def _found(evidence: Evidence) -> Iterator[Named]:
    """Listed phrases, saints, kinds of land, then single words."""
    for first, last in phrases(evidence, evidence.lexicon.place_phrases, barred=evidence.kept):
        score = _phrase_score(evidence, first, last)
        if score >= THRESHOLD:
            yield Named(first, last, score, "list-phrase")
    for place in range(len(evidence.tokens)):
        yield from _of_kind(evidence, place)
    yield from _single(evidence)


def _of_kind(evidence: Evidence, place: int) -> Iterator[Named]:
    """What begins at a word, or around it, and is a place by its own words."""
    low = evidence.tokens.lows[place]
    if low in _SAINTS and _saint(evidence, place):
        yield Named(place, place + 1, 0.75, "saint")
    else:
        yield from (
            Named(place, end, score, rule)
            for find, score, rule in _KINDS
            if (end := find(evidence, place)) is not None
        )
    if low == "to":
        yield from (Named(stop, stop, 0.8, "route") for stop in route(evidence, place))
    elif low == "the" and (end := the_called(evidence, place)) is not None:
        yield Named(end, end, 0.6, "called-the")
    elif low == "the" and (end := pub(evidence, place)) is not None:
        yield Named(place + 1, end, 0.7, "public-house")


_KINDS = (
    (landscape, 0.65, "kind-of-place"),
    (part_of_town, 0.8, "kind-of-place"),
    (owned_land, 0.8, "kind-of-place"),
    (bare_land, 0.6, "kind-of-place"),
    (written, 0.7, "written-as-place"),
    (headed, 0.7, "written-as-place"),
)


def _single(evidence: Evidence) -> Iterator[Named]:
    """Places of one word, and where a sure one comes again."""
    scores = {
        place: _score(evidence, place)
        for place in range(len(evidence.tokens))
        if _worth(evidence, place)
    }
    sure = {
        evidence.tokens.lows[place]
        for place, score in scores.items()
        if score >= (_SURE if evidence.tokens.case(place) is Case.MIXED else _SURE_BARE)
    }
    for place, score in scores.items():
        if score >= THRESHOLD:
            yield Named(place, place, score, "list-and-company")
        elif evidence.tokens.lows[place] in sure and _repeatable(evidence, place):
            yield Named(place, place, THRESHOLD, "repeated")


_SURE, _SURE_BARE = 0.8, 0.6


def _repeatable(evidence: Evidence, place: int) -> bool:
    """Whether a place known in this transcript is it here too: "Fishponds, yes"; not "Reading"."""
    entry = evidence.entry(place)
    named = entry.given >= _FAIR or entry.family >= _STRONG_NAME
    word = 0 < entry.tier < _RARE_TIER and not _as_town(evidence, place)
    plain = named or (word and not _in_town(evidence, place))
    barred = place in evidence.kept or evidence.network.get(place) is EntityType.PERSON
    return not (plain or barred)


def _in_town(evidence: Evidence, place: int) -> bool:
    """Whether a town that is a word, without capitals, is where something was: "in deal itself"."""
    bare = evidence.tokens.case(place) is not Case.MIXED
    return bare and evidence.entry(place).place >= _TOWN and located(evidence.tokens, place)


def _as_town(evidence: Evidence, place: int) -> bool:
    """Whether a town that is a word has a capital in a sentence: "since Bath was"."""
    tokens = evidence.tokens
    mixed = tokens.case(place) is Case.MIXED and not tokens.initial(place)
    return mixed and tokens.capital(place) and evidence.entry(place).place >= _TOWN


def _phrase_score(evidence: Evidence, first: int, last: int) -> float:
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
    cued = place_cued(tokens, first)
    if tiers[0] >= _RARE_TIER and tokens.lows[last] in LANDSCAPES:
        return 0.6
    if cued and tiers[0] > PLAIN_TIER:
        return 0.6
    return 0.6 if cued and _living(tokens, first) else 0.2


def _saint(evidence: Evidence, place: int) -> bool:
    tokens = evidence.tokens
    if place + 1 >= len(tokens) or not tokens.joined(place + 1) or place in evidence.kept:
        return False
    if tokens.turns[place] != tokens.turns[place + 1]:
        return False
    if tokens.case(place) is Case.MIXED:
        return tokens.capital(place) and tokens.capital(place + 1)
    entry = evidence.entry(place + 1)
    return entry.given >= _FAIR or entry.tier == 0


def _worth(evidence: Evidence, place: int) -> bool:
    """Listed, named by the network, or in a place's company and on no list at all."""
    tokens = evidence.tokens
    mixed = tokens.case(place) is Case.MIXED
    if mixed and not tokens.capital(place):
        return False
    if evidence.network.get(place) is EntityType.LOCATION:
        return True
    if mixed and evidence.entry(place).unknown and (located(tokens, place) or _home(tokens, place)):
        return True
    return evidence.lexicon.entry(tokens.lows[place]).place > 0


def _score(evidence: Evidence, place: int) -> float:
    tokens, entry = evidence.tokens, evidence.lexicon.entry(evidence.tokens.lows[place])
    if place in evidence.kept or len(tokens.lows[place]) < _SHORTEST:
        return 0.0
    mixed = tokens.case(place) is Case.MIXED
    score = _mixed_score(evidence, place, entry) if mixed else _bare_score(tokens, place, entry)
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
    if not tokens.capital(place) or tokens.words[place].isupper():
        return 0.0
    if not entry.place:
        score = 0.3 if entry.unknown else 0.0
    elif entry.tier and entry.tier < _RARE_TIER:
        score = 0.45 if entry.place >= _TOWN else 0.2
        if _quarter(entry):
            score = 0.5
        score -= 0.3 * tokens.initial(place)
    else:
        score = 0.75 if entry.place >= _TOWN else 0.4 if entry.place >= _FAIR else 0.3
        score = max(
            score, 0.5 * (entry.name < _PART and (entry.tier == 0 or not tokens.initial(place)))
        )
        score -= 0.1 * (tokens.initial(place) and entry.place < _TOWN and entry.name >= _PART)
    if entry.place < _TOWN and entry.name >= _STRONG_NAME:
        score -= 0.1
    if _answers(evidence, place, entry):
        return score + 0.65
    if located(tokens, place):
        return score + (0.5 if entry.place and _living(tokens, place) else 0.35)
    return score + (0.35 if _home(tokens, place) else 0.25 * place_cued(tokens, place))


def _bare_town(tokens: Tokens, place: int) -> bool:
    """Whether a word that is a town too stands as no word would: "in sale on a thursday"."""
    if tokens.lows[place] in _WITHOUT_ARTICLE or not located(tokens, place):
        return False
    return free_after(tokens, place)


_WITHOUT_ARTICLE = frozenset(
    {"bath", "church", "dollar", "march", "reading", "rugby", "sandwich", "stone", "rye", "cork"}
)


def _quarter(entry: Entry) -> bool:
    """Whether a capital inside a sentence makes it one: Hackney is hardly a horse or anybody."""
    return entry.place >= _FAIR and entry.tier > PLAIN_TIER and entry.name <= _PART


def _answers(evidence: Evidence, place: int, entry: Entry) -> bool:
    """Whether it is the answer to "where are you from?", as in "Cults. By the river"."""
    tokens = evidence.tokens
    listed = entry.place and (entry.tier != COMMONEST or entry.place >= _TOWN)
    whole = tokens.after(place)[:1] in {".", ",", "?", "!", "\n", ""}
    return bool(listed) and whole and opens_answer(evidence, place)


def _bare_score(tokens: Tokens, place: int, entry: Entry) -> float:
    cued = place_cued(tokens, place)
    if entry.tier and entry.place < _TOWN and tokens.lows[place - 1] == "of":
        return 0.0
    if entry.tier and entry.tier < _RARE_TIER:
        there = cued and (_living(tokens, place) or _bare_town(tokens, place))
        return 0.6 if entry.place >= _TOWN and there else 0.0
    if entry.place >= _TOWN:
        return 0.7 if entry.given < _STRONG_NAME or cued else 0.4
    if entry.place >= _FAIR and (not entry.name or has_venue(tokens, place)):
        return 0.5 + 0.1 * cued
    if entry.place:
        return 0.25 + 0.3 * cued + 0.1 * (cued and _living(tokens, place))
    return 0.0


def _home(tokens: Tokens, place: int) -> bool:
    """Whether somebody is from there: "I'm from Ballyhea", not "it came from Horizon"."""
    if place < _BACK or tokens.lows[place - 1] != "from" or not place_cued(tokens, place):
        return False
    return tokens.forms[place - _BACK] in _SOMEBODY_IS


def _living(tokens: Tokens, place: int) -> bool:
    """Whether somebody lives, moves or comes there: "moved to", "live up in"."""
    if place < _BACK:
        return False
    return _home(tokens, place) or bool(
        _LIVING.intersection(tokens.lows[place - _BACK : place - 1])
    )


_BACK = 2
_SOMEBODY_IS = frozenset(
    {"he's", "she's", "they're", "we're", "you're", "i'm", "am", "im", "originally", "people"}
)
