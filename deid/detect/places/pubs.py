"""Public houses by their common names: "in the dog and duck", "the Red Lion", "the old swan".

Beasts and crowns are things as well, so that a name needs capitals, a way to it, or drinking spoken
of; two things that "and" joins call hardly anything else. Who has a rank ("the Duke of York") is
a house only where somebody goes or is.
"""

from functools import cache

from deid.detect.places.wider import goes_on
from deid.detect.places.written import SIDES, ends, inns, names, written_so
from deid.detect.words.allow import phrase_end
from deid.detect.words.evidence import COMMONEST, FAIR, Evidence
from deid.detect.words.gazetteer import Phrases, phrase_table, sections
from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Case

_OUT = frozenset(
    {"in", "at", "to", "from", "outside", "down", "up", "past", "behind", "opposite", "by", "near",
     "above", "beside", "round", "into"}
)  # fmt: skip
_ROOMS = SIDES | {
    "park", "opposite", "bar", "room", "snug", "lounge", "cellar", "kitchen", "landlord",
    "landlady", "barmaid", "manager", "function"
}  # fmt: skip
"""What a house has: "the car park of the bull", "in the back room of the white swan"."""
_BOOKED = frozenset({"voucher", "vouchers", "menu", "table", "booking", "reservation"})
_PLAYED = frozenset({"darts", "skittles", "dominoes", "pool", "plays", "played", "playing"})
_KEPT = frozenset(
    {"had", "has", "have", "ran", "run", "runs", "kept", "keeps", "owned", "owns", "took"}
)
_RAN = frozenset({"ran", "runs", "run", "owned", "owns", "managed"})
_RANKS = frozenset({"prince", "princess", "duke", "king", "queen", "lord", "lady", "sir"})
_FABLES = frozenset(
    {"hare and tortoise", "cat and mouse", "cat and fiddle", "george and dragon", "lion and lamb",
     "lamb and lion", "bat and ball", "square and compass", "lion and unicorn", "live and let live"}
)  # fmt: skip
_OLD = frozenset({"old", "olde", "new", "little"})
_SPOKEN_OF = 60  # words back within which a pub is the subject


def pub(evidence: Evidence, article: int) -> int | None:
    """The last word of "in the dog and duck": a public house by its common name."""
    tokens, place = evidence.tokens, article + 1
    if place >= len(tokens) or not tokens.joined(place):
        return None
    first, second = before(tokens, article)
    led = first in _OUT or (first == "of" and second in _ROOMS)
    led = led or (first == "for" and second in _BOOKED | _PLAYED)
    last = phrase_end(tokens, _pubs(), place)
    if led and tokens.lows[place] in _OLD and place + 1 < len(tokens) and tokens.joined(place + 1):
        older = phrase_end(tokens, _pubs(), place + 1)  # "the old bull's head", no old bull
        last = older if older is not None else last
    if tokens.case(place) is not Case.MIXED:
        ran = first in _RAN and last != place  # "her dad ran the white hart"
        known = last is not None and (led or ran or _bare(evidence, article, last))
        return last if known else None
    if last is None or not tokens.capital(last):
        kept = first in _KEPT and tokens.lows[place] in inns()  # "had the Crown and Mitre"
        both = _two_things(evidence, place) if led or kept or first in {"was", "were"} else None
        alone = both is None and _one_written(evidence, article, led=led or first in _KEPT)
        return place if alone else both
    return last if led or first in {"was", "were"} or _written(evidence, article, last) else None


def _written(evidence: Evidence, article: int, last: int) -> bool:
    """Whether capitals alone tell it: "he said the Coach and Horses", no title and nobody's."""
    tokens, place = evidence.tokens, article + 1
    titled = tokens.capital(article) and not tokens.initial(article)
    longer = last + 1 < len(tokens) and tokens.joined(last + 1) and tokens.capital(last + 1)
    rank = tokens.forms[place] in _RANKS
    return tokens.words[place].istitle() and not (titled or longer or rank)


def _one_written(evidence: Evidence, article: int, *, led: bool) -> bool:
    """Whether a capital of its own makes a common sign one: "ran the Greyhound", no Bell Jar."""
    tokens, place = evidence.tokens, article + 1
    if tokens.case(place) is not Case.MIXED or tokens.lows[place] not in inns() | _signs():
        return False
    titled = tokens.capital(article) and not tokens.initial(article)
    alone = place + 1 >= len(tokens) or not (tokens.joined(place + 1) and tokens.capital(place + 1))
    known = place in evidence.firm and (not led or tokens.possessive(place))  # "the Bell's palsy"
    other = titled or known
    return tokens.words[place].istitle() and alone and not other


def _bare(evidence: Evidence, article: int, last: int) -> bool:
    """Without capitals or a way to it: what hardly is a thing, or opens a turn of talk of pubs."""
    tokens = evidence.tokens
    acts = last + 1 < len(tokens) and tokens.lows[last + 1] in _DOES
    if not (goes_on(evidence, last) or acts):
        return False
    said = tokens.lows[article + 1 : last + 1]
    name = " ".join(said)
    if name not in _FABLES and (acts or name not in _plain()):
        return True
    opens = article == 0 or tokens.turns[article - 1] != tokens.turns[article]
    return opens and not {"pub", "pubs"}.isdisjoint(
        tokens.lows[max(0, article - _SPOKEN_OF) : article]
    )


def _two_things(evidence: Evidence, place: int) -> int | None:
    """The last word of "the Frog and Onion": two common nouns with capitals that nothing joins."""
    tokens, last = evidence.tokens, place + 2
    if last >= len(tokens) or tokens.lows[place + 1] not in {"and", "n"}:
        return None
    whole = tokens.joined(place + 1) and tokens.joined(last)
    inn = tokens.lows[place] in inns() and evidence.entry(last).given < FAIR  # "Bell and Pump"
    things = all(
        (inn and written_so(tokens, step))
        or (names(evidence, step) and evidence.entry(step).tier > COMMONEST)
        for step in (place, last)
    )
    last += last + 1 < len(tokens) and tokens.joined(last + 1) and written_so(tokens, last + 1)
    return last if whole and things and (inn or ends(tokens, last)) else None


_DOES = frozenset({"shut", "shuts", "closed", "does", "serves", "served"})


@cache
def _signs() -> frozenset[str]:
    return frozenset(sections("place_kinds.txt")["signs"])


@cache
def _plain() -> frozenset[str]:
    return frozenset(sections("place_kinds.txt")["pubs-plain"])


@cache
def _pubs() -> Phrases:
    return phrase_table(sections("place_kinds.txt")["pubs"])
