"""Streets of which towns have one each, with the town: "poplar high street", "Main Street, Comber".

And ways by their capitals: "on Fosse Way", "down the High Street". Without capitals and the town a
high street is everybody's; "in every high street" names none, and "the Third Way" is no road.
"""

from deid.detect.words.evidence import COMMONEST, PART, RARE_TIER, TOWN, Evidence, contracted
from deid.detect.words.frames import DETERMINERS
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens
from deid.transcript import EntityType

_OWN, _ROADS = frozenset({"high", "main"}), frozenset({"street", "road"})
_LEADS = frozenset(
    {"on", "in", "down", "up", "off", "along", "from", "to", "at", "near", "of", "is", "it's", "by",
     "both", "past"}
)  # fmt: skip
_AGES, _ON = frozenset({"new", "old"}), frozenset({"on", "off", "along", "down", "up"})
_GOING_ON = frozenset(
    {"and", "so", "but", "by", "near", "next", "when", "where", "then", "now", "opposite", "in"}
)
_NEVER = frozenset(
    {"british", "english", "local", "main", "typical", "old", "whole", "busy", "your"}
)


def high_street(evidence: Evidence, place: int) -> int | None:
    """The last word of "poplar high street", after a listed place in a turn of one case."""
    tokens, last = evidence.tokens, place + 2
    if last >= len(tokens) or tokens.lows[last] not in _ROADS:
        return None
    later = tokens.lows[place + 1] in _AGES  # "on bury new road"
    if not (later and _placed(tokens, place, last)) and tokens.lows[place + 1] not in _OWN:
        return None
    whole = tokens.joined(place + 1) and tokens.joined(last)
    if not whole or tokens.turns[place] != tokens.turns[last] or tokens.possessive(place):
        return None
    low, listed = tokens.lows[place], evidence.lexicon.entry(tokens.lows[place])
    led = before(tokens, place)[0] in _LEADS or tokens.initial(place) or tokens.gap(place) != " "
    barred = low in DETERMINERS or low in _NEVER or low in evidence.words.function
    return last if led and listed.place >= PART and not (barred or contracted(low)) else None


def _placed(tokens: Tokens, place: int, last: int) -> bool:
    """Whether "on" leads to three words, and nothing that the road belongs to follows."""
    after, ends = following(tokens, last)[0], tokens.closes(last)
    return before(tokens, place)[0] in _ON and (ends or after in _GOING_ON or not after)


_WRITTEN = (["High", "Street"], ["Main", "Street"], ["High", "Road"])


def main_street(evidence: Evidence, place: int) -> int | None:
    """The last word of "Main Street" in capitals, or where a comma and a listed town follow."""
    tokens, town = evidence.tokens, place + 2
    written = tokens.case(place) is Case.MIXED and tokens.words[place:town] in _WRITTEN
    if written and tokens.joined(place + 1) and before(tokens, place)[0] in _LEADS | {"the"}:
        return place + 1
    if tokens.lows[place : place + 2] != ["main", "street"] or town >= len(tokens):
        return None
    mixed = tokens.case(place) is Case.MIXED
    whole = tokens.joined(place + 1) and tokens.after(place + 1) == ", "
    small = mixed and not all(tokens.capital(step) for step in range(place, town + 1))
    listed = evidence.lexicon.entry(tokens.lows[town])
    named = listed.place >= (PART if mixed else TOWN) and listed.tier != COMMONEST
    return place + 1 if whole and named and not small and town not in evidence.kept else None


_WAYS = frozenset({"Way", "Place", "Row", "Walk", "Rise", "Mount", "Vale", "Circus"})


def way_written(evidence: Evidence, place: int) -> int | None:
    """The last word of "on Fosse Way", "off Spillars Place": behind what leads to a road."""
    tokens, last = evidence.tokens, place + 1
    if last >= len(tokens) or tokens.words[last] not in _WAYS or not tokens.joined(last):
        return None
    entry = evidence.lexicon.entry(tokens.lows[place])
    rare = entry.tier == 0 or entry.tier >= RARE_TIER
    person = evidence.network.get(place) is EntityType.PERSON and entry.given
    written = tokens.words[place].istitle() and not tokens.possessive(place)
    led = before(tokens, place)[0] in _LEADS
    return last if rare and written and led and not person and place not in evidence.kept else None
