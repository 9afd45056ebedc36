"""Two towns that are words, one by the other: "ham near sandwich", "Wool, near Wareham".

Neither says much alone; that one is near the other, with no article before either, says it of both.
"""

from collections.abc import Iterator

from deid.detect.places.word_company import ISLANDS, TOWNS
from deid.detect.words.evidence import PART, TOWN, Evidence
from deid.detect.words.frames import DETERMINERS, free_after
from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Case

_TOLD = TOWNS | ISLANDS
_NEAR = frozenset({"near", "outside"})


def near(evidence: Evidence, place: int) -> Iterator[int]:
    """Both words of "ham near sandwich", given the place of the first; none where it is no town."""
    tokens, other = evidence.tokens, place + 2
    if other >= len(tokens) or tokens.lows[place + 1] not in _NEAR:
        return
    whole = tokens.turns[other] == tokens.turns[place] and tokens.joined(other)
    whole = whole and tokens.after(place) in {" ", ", "} and free_after(tokens, other)
    bare = tokens.case(place) is not Case.MIXED
    written = bare or (tokens.capital(place) and tokens.capital(other))
    towns = tokens.lows[place] in _TOLD and _is_town(evidence, other)
    led = before(tokens, place)[0] in DETERMINERS
    if whole and written and towns and not led:
        yield from (place, other)


def _is_town(evidence: Evidence, place: int) -> bool:
    """Whether it is a town of some size, or one of those that are words."""
    low = evidence.tokens.lows[place]
    entry = evidence.lexicon.entry(low)
    return low in _TOLD or entry.place >= (PART if entry.tier == 0 else TOWN)
