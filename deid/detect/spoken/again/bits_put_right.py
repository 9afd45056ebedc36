"""A bit of what was just found, put right: "No, my mistake, that bit's oh six", "it should be 82".

The digits are new, so that nothing found holds them; what tells them is that somebody takes
something back right behind a number, and gives a bare group. What the listener says again of it is
masked with it. Never an answer to a question about something else.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.again.groups import Group
from deid.detect.spoken.heard.giving import turns
from deid.detect.spoken.heard.known import TYPES, covered
from deid.detect.spoken.heard.lexicon import data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.sentences import sentences
from deid.transcript import EntityType

NAME = "spoken-again"
_BACK = frozenset(data("context")["bits_taken_back"])
_LEADS = frozenset(data("context")["bits_leads"])
_BIT = frozenset({"bit", "part", "one"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_EARLY, _TURNS, _LONGEST, _FAR = 3, 2, 7, 12


def bits_put_right(reading: Reading, said: Sequence[Group], hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for such groups, and for their next saying."""
    numbers = sorted((hit for hit in hits if hit.entity_type in TYPES), key=lambda hit: hit.end)
    if not numbers:
        return
    words, taken = reading.words, covered(reading, hits)
    begins = [first for first, _ in turns(words)]
    kinds: dict[int, EntityType] = {}
    for hit in numbers:
        kinds[bisect_right(begins, bisect_right(words.starts, hit.end - 1) - 1) - 1] = (
            hit.entity_type
        )
    asking = {
        bisect_right(begins, each.first) - 1 for each in sentences(reading, taken) if each.asks
    }
    told: tuple[int, Group, EntityType] | None = None
    for group in said:
        if not group.bare:
            continue
        turn = bisect_right(begins, group.first) - 1
        if told and turn == told[0] + 1 and group.chars == told[1].chars:
            kind: EntityType | None = told[2]
        else:
            kind = _kind(kinds, asking, turn)
            if kind is None or not _is_bit(reading, begins[turn], group, kind):
                continue
            told = turn, group, kind
        if kind is not None and not all(taken[group.first : group.last]):
            yield reading.hit(group.first, group.last, kind, 0.65, (NAME, "bit"))


def _kind(kinds: dict[int, EntityType], asking: set[int], turn: int) -> EntityType | None:
    """The type of what was found right before a turn, if nothing else was asked since."""
    for before in range(turn - 1, turn - _TURNS - 1, -1):
        if before in kinds:
            return kinds[before]
        if before in asking:
            return None
    return None


def _is_bit(reading: Reading, begin: int, group: Group, kind: EntityType) -> bool:
    """Whether its turn takes something back at once, and leads to the group as to what is meant."""
    words, first, last = reading.words, group.first, group.last
    called = words.words[last : last + 1] == ["the"] and words.words[last + 2 : last + 3] == ["you"]
    called = called and words.words[last + 1] in _BIT  # "it's 87, the bit you said wrong"
    born = kind is EntityType.DATE_OF_BIRTH
    if first == begin or len(group.chars) > _LONGEST or first - begin > _FAR:
        return False
    if group.dated > born:
        return False
    if not (group.dated or called or any(map(str.isdigit, group.chars))):
        return False
    if not born and _YEAR.fullmatch(group.chars):
        return False
    lead = words.words[first - 1] in _LEADS
    return called or (lead and not _BACK.isdisjoint(words.words[begin : begin + _EARLY]))
