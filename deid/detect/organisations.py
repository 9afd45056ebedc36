"""Which words are organisations: hospitals, surgeries, schools, named groups, employers.

A generic "the surgery" or "the pain clinic" stays; it needs a name of its own to be one
("the Horfield surgery", "Yate group", "University of Bristol"). The NHS, shops and media are
allowed words.
"""

from collections.abc import Iterator

from deid.detect.named_by_kind import kinds, named_by_kind
from deid.detect.names.spans import Named
from deid.detect.places.land import plain_station
from deid.detect.places.phrases import phrases
from deid.detect.words.cues import role_words, roles
from deid.detect.words.evidence import (
    RARE_TIER,
    Evidence,
    contracted,
)
from deid.detect.words.tokens import Case, Tokens
from deid.transcript import EntityType

_LONGEST, _ACRONYM = 4, 5


def organisations(evidence: Evidence) -> Iterator[Named]:
    """All organisations of a transcript."""
    for first, last in phrases(evidence, evidence.lexicon.site_phrases, barred=frozenset()):
        yield Named(first, last, 0.85, "list-of-sites")
    tokens = evidence.tokens
    for place, low in enumerate(tokens.lows):
        yield from named_by_kind(evidence, place)
        if low == "the" and (end := _called(evidence, place)) is not None:
            yield Named(place + 1, end, 0.6, "named-with-capitals")
        if low == "from" and tokens.case(place) is Case.MIXED:
            yield from _workplace(evidence, place)
    yield from _network(evidence)


def labelled(evidence: Evidence, labels: frozenset[str]) -> Iterator[Named]:
    """Words that label a speaker and are nobody's name on any list (a newspaper, a firm)."""
    tokens = evidence.tokens
    for place, low in enumerate(tokens.lows):
        if low in labels and (tokens.capital(place) or tokens.case(place) is not Case.MIXED):
            yield Named(place, place, 0.7, "speaker-label")


def _called(evidence: Evidence, article: int) -> int | None:
    """The last word of "in the Cross Keys": two capitals and more that say no sort of thing."""
    tokens, first = evidence.tokens, article + 1
    there = article > 0 and tokens.joined(article) and _place_of(tokens, article - 1)
    last = article
    while there and last + 1 < len(tokens) and last - article < _LONGEST:
        step = last + 1
        whole = tokens.joined(step) and tokens.turns[step] == tokens.turns[article]
        if not whole or not tokens.capital(step) or not tokens.words[step].istitle():
            break
        if step in evidence.kept or evidence.dosed(step) or tokens.lows[step] in kinds()[1]:
            return None
        if tokens.lows[step] in role_words("kin", "titles", "heads"):
            return None
        last = step
    written = tokens.case(article) is Case.MIXED and not tokens.capital(article)
    role = all(tokens.lows[step] in roles().labels for step in range(first, last + 1))
    plain = role or plain_station(tokens, last)
    return last if written and last > first and not plain else None


def _place_of(tokens: Tokens, place: int) -> bool:
    """Whether a word leads to a place: "in", "behind", "the back of"."""
    low = tokens.forms[place]
    side = low == "of" and place > 0 and tokens.lows[place - 1] in _SIDES
    return low in _THERE or side


_SIDES = frozenset({"back", "front", "side", "end", "top", "bottom", "outside", "opposite", "out"})
_THERE = frozenset(
    {"in", "at", "to", "from", "outside", "near", "by", "behind", "opposite", "up", "down", "round",
     "towards", "past", "there's", "here's", "into", "closing", "closed", "shutting", "reopened",
     "reopening", "owns", "owned", "runs"}
)  # fmt: skip


def _workplace(evidence: Evidence, place: int) -> Iterator[Named]:
    """Where somebody with a title says they are from ("I'm Dr Jones from Acme at Home")."""
    tokens = evidence.tokens
    before = tokens.lows[max(0, place - _REACH) : place]
    introduced = "i'm" in before or "this" in before or "name" in before
    if not introduced or not roles().titles.intersection(before):
        return
    first = place + 1
    if first >= len(tokens) or not tokens.joined(first) or not tokens.capital(first):
        return
    last = step = first
    while step + 1 < len(tokens) and tokens.joined(step + 1) and step - first < _LONGEST:
        step += 1
        if tokens.capital(step):
            last = step
        elif tokens.lows[step] not in _SMALL:
            break
    if last > first or first not in evidence.kept:
        yield Named(first, last, 0.7, "workplace")


_REACH = 6
_SMALL = frozenset({"at", "of", "the", "and", "in", "for", "on"})


def _network(evidence: Evidence) -> Iterator[Named]:
    """What the network takes for an organisation, where nothing speaks against it."""
    tokens = evidence.tokens
    for place, seen in evidence.network.items():
        if seen is not EntityType.ORGANIZATION or place in evidence.kept:
            continue
        word, entry = tokens.words[place], evidence.entry(place)
        if contracted(tokens.lows[place]) or tokens.lows[place] in role_words("titles", "labels"):
            continue
        if tokens.case(place) is not Case.MIXED or not word[0].isupper() or evidence.dosed(place):
            continue
        acronym = word.isupper() and len(word) <= _ACRONYM
        named = (entry.name or entry.place) and entry.tier >= RARE_TIER  # no "Macroeconomics"
        if not acronym and (not entry.tier or (named and not tokens.initial(place))):
            yield Named(place, place, 0.5, "network")
