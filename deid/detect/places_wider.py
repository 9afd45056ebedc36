"""What belongs to a place beside its name: "south Leeds", "Keynsham library".

A place that was found tells too much with its part or its venue left standing. Only what stands
right beside the name is taken, and never a country's part: "the south of England" stays.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from deid.detect.names_evidence import Evidence
from deid.detect.names_frames import before
from deid.detect.names_spans import Named
from deid.detect.names_tokens import Case, Tokens

COMPASS = frozenset(
    {"north", "south", "east", "west", "north-east", "north-west", "south-east", "south-west",
     "northeast", "northwest", "southeast", "southwest"}
)  # fmt: skip
_HEADING = frozenset(
    {"due", "further", "farther", "head", "headed", "heading", "facing", "go", "going", "went",
     "drive", "drove", "driving", "miles", "moved", "fly", "flew"}
)  # fmt: skip
_VENUES = frozenset({"library", "museum", "cathedral", "mosque", "gurdwara", "crematorium"})
_VENUES_OF_TWO = frozenset(
    {("community", "centre"), ("community", "center"), ("community", "hall"), ("village", "hall"),
     ("town", "hall"), ("church", "hall"), ("parish", "hall"), ("memorial", "hall"),
     ("methodist", "hall"), ("methodist", "church"), ("methodist", "chapel"), ("baptist", "church"),
     ("baptist", "chapel"), ("parish", "church"), ("leisure", "centre"), ("leisure", "center"),
     ("sports", "centre"), ("sports", "hall"), ("arts", "centre"), ("health", "centre"),
     ("medical", "centre"), ("community", "hub"), ("resource", "centre"), ("job", "centre"),
     ("police", "station"), ("fire", "station"), ("cottage", "hospital"),
     ("community", "hospital"), ("community", "library"), ("swimming", "baths"),
     ("swimming", "pool"), ("rugby", "club"), ("bowls", "club"), ("bowling", "club"),
     ("working", "men's"), ("miners", "welfare"), ("day", "centre"), ("family", "centre"),
     ("children's", "centre"), ("garden", "centre"), ("shopping", "centre")}
)  # fmt: skip
_LONGEST = 4


def wider(evidence: Evidence, found: Iterable[Named]) -> Iterator[Named]:
    """The same places, each with its part of the compass and its venue."""
    for name in found:
        first = _with_compass(evidence, name.first)
        last = _with_venue(evidence.tokens, name.last)
        if last > name.last:
            first = min(first, _with_name(evidence, name.first))
        yield replace(name, first=first, last=last)


def _with_compass(evidence: Evidence, place: int) -> int:
    """Where "south east London" begins; "it's further south. Leeds" keeps its south."""
    tokens, first = evidence.tokens, place
    while first and _beside(tokens, first) and tokens.lows[first - 1] in COMPASS:
        first -= 1
    return place if first < place and before(tokens, first)[0] in _HEADING else first


def has_venue(tokens: Tokens, place: int) -> bool:
    """Whether a venue follows, so that a name of plain words is one: "Long Lane village hall"."""
    return _with_venue(tokens, place) > place


def _with_venue(tokens: Tokens, place: int) -> int:
    """The last word of "Keynsham library", "Yate community centre"."""
    if tokens.possessive(place) or place + 1 >= len(tokens) or not _beside(tokens, place + 1):
        return place
    pair = (tokens.lows[place + 1], tokens.forms[place + 2] if place + 2 < len(tokens) else "")
    if pair in _VENUES_OF_TWO and _beside(tokens, place + 2):
        return place + 2
    return place + 1 if tokens.lows[place + 1] in _VENUES else place


def _with_name(evidence: Evidence, place: int) -> int:
    """The first word with a capital of a venue's name: "Marsh" of "Marsh Yate village hall"."""
    tokens, first = evidence.tokens, place
    if tokens.case(place) is not Case.MIXED:
        return place
    while first and _beside(tokens, first) and place - first < _LONGEST:
        step = first - 1
        if not tokens.capital(step) or tokens.initial(step) or step in evidence.kept:
            break
        first = step
    return first


def _beside(tokens: Tokens, place: int) -> bool:
    """Whether nothing but a space or a hyphen parts a word from the one before, in its turn."""
    whole = tokens.joined(place) or tokens.gap(place) == "-"
    return whole and tokens.turns[place] == tokens.turns[place - 1]
