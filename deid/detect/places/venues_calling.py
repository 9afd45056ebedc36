"""Surgeries, churches and hotels by how they are spoken of: who rings, whose, where.

"Calling from the grange practice", "good afternoon the mill surgery can i help": a word of land or
of a house names a practice there, though elsewhere it is a sort. "Up to Holy Cross", "at sacred
heart", "Our Lady and St Brendan": never "a holy family", "the practice is closed".
"""

from deid.detect.places.venues import CARE, GROUNDS, SURGERIES, all_said, calls
from deid.detect.places.written import in_town
from deid.detect.words.evidence import Evidence
from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Case, Tokens

_RINGING = frozenset({"calling", "ringing", "phoning", "speaking", "call", "called", "rang"})
_GREETING = frozenset({"good", "morning", "afternoon", "evening", "hello", "hi", "hiya"})
_HOLY = frozenset({"holy", "sacred", "blessed", "immaculate"})
_DEDICATED = frozenset(
    {"rosary", "family", "cross", "trinity", "redeemer", "heart", "hearts", "rood", "name", "souls",
     "apostles", "sacrament", "conception", "innocents", "child"}
)  # fmt: skip
_THERE = frozenset({"at", "to", "from", "near", "outside", "behind", "opposite", "in", "by"})
_SORTS = frozenset({"doctors", "gps", "dentists", "vets", "gp", "patients", "vet", "new", "old"})
_PRAYING = frozenset({"pray", "prays", "prayed", "praying", "prayer", "prayers", "devoted"})
_LONGEST, _PATRONS, _LONGEST_GREETING = 3, 4, 4


def surgery_calling(evidence: Evidence, place: int) -> int | None:
    """The last word of "the lodge practice" in a turn of one case, given its first name."""
    tokens = evidence.tokens
    if tokens.case(place) is Case.MIXED:
        return None
    first, second = before(tokens, place)
    lead = place - (first == "the")
    if first == "the":
        first, second = before(tokens, lead)
    ringing = first == "from" and second in _RINGING
    greeting = first in _GREETING and _opens(tokens, lead)
    if not (ringing or greeting):
        return None
    for kind in range(place + 1, min(place + _LONGEST + 1, len(tokens))):
        said = tokens.lows[kind - 1] in GROUNDS | {"old"} and tokens.gap(kind) == " "
        aged = tokens.lows[kind - 1] == "old" and tokens.lows[kind] in GROUNDS
        if tokens.lows[kind - 1] in _SORTS and not aged:
            return None
        if not (said or calls(evidence, kind - 1)) or tokens.turns[kind] != tokens.turns[place]:
            return None
        double = " ".join(tokens.lows[kind : kind + 2]) in SURGERIES
        if double or tokens.lows[kind] in CARE:
            last = kind + double
            return last if ringing or all_said(evidence, last) else None
    return None


def _opens(tokens: Tokens, last: int) -> bool:
    """Whether only a greeting stands between the beginning of a turn and a word."""
    first = last
    while first > 0 and tokens.turns[first - 1] == tokens.turns[last]:
        if tokens.lows[first - 1] not in _GREETING or last - first == _LONGEST_GREETING:
            return False
        first -= 1
    return first < last


def dedicated(evidence: Evidence, place: int) -> int | None:
    """The last word of "to Holy Cross", "at sacred heart", "Our Lady and St Brendan"."""
    tokens, last = evidence.tokens, place + 1
    if last >= len(tokens) or not tokens.joined(last) or tokens.turns[last] != tokens.turns[place]:
        return None
    mixed = tokens.case(place) is Case.MIXED
    written = not mixed or (tokens.capital(place) and tokens.capital(last))
    if tokens.lows[place] in _HOLY and tokens.lows[last] in _DEDICATED:
        return last if written and before(tokens, place)[0] in _THERE else None
    patrons = tokens.lows[place : place + _PATRONS]
    both = patrons[:3] == ["our", "lady", "and"] and patrons[3:] in (["st"], ["saint"])
    last = place + _PATRONS
    whole = both and last < len(tokens) and tokens.joined(last) and tokens.joined(last - 1)
    whole = whole and before(tokens, place)[1] not in _PRAYING
    return last if whole and (not mixed or tokens.capital(last)) else None


def hotel_in_town(evidence: Evidence, place: int) -> int | None:
    """The word of "at the Novotel in Leeds": a chain's hotel is a place where its town follows."""
    tokens = evidence.tokens
    small = tokens.case(place) is Case.MIXED and not tokens.capital(place)
    if tokens.lows[place] not in _HOTELS or small or tokens.possessive(place):
        return None
    if before(tokens, place)[0] != "the":
        return None
    town = place + 2
    village = town < len(tokens) and tokens.capital(town) and tokens.lows[place + 1] == "in"
    village = village and town not in evidence.kept and evidence.entry(town).place > 0
    return place if village or in_town(evidence, place) else None


_HOTELS = frozenset(
    {"britannia", "hilton", "hyatt", "ibis", "jurys", "marriott", "mercure", "novotel", "radisson",
     "ramada", "sheraton", "travelodge"}
)  # fmt: skip
