"""Sentences of a turn, and how much each of them tells besides an identifier.

Whether an exchange about an identifier still goes on depends on what else is said: "and the last
two?" belongs to it, "and how's the pain?" does not.
"""

from collections.abc import Iterator
from typing import NamedTuple

from deid.detect.spoken.heard.lexicon import CUE, SCALE, SKIP, STARTS_STRETCH, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, STOP

_CONTEXT = data("context")
_ASKING = frozenset(_CONTEXT["exchange_asking"])
_GOING_ON = frozenset({"and", "so", "any", "your", "the"})
_ASKED_EARLY = 3
PARTS = frozenset([*_CONTEXT["asked_parts"], *_CONTEXT["exchange_parts"]])
LEADS = frozenset(_CONTEXT["dictated_leads"])
SMALL = PARTS.union(
    *(_CONTEXT[name] for name in ("dictated_leads", "dictated_tails", "exchange_small"))
)
"""Words of giving an identifier, of asking for it and of hearing it."""
INSIDE = frozenset({".", ":"})
"""What stands between the figures of one number or time: "8.17"."""


class Sentence(NamedTuple):
    """A sentence of a turn.

    Attributes:
        first: Its first token.
        last: The token after its last.
        told: How many of its words are of another matter.
        asks: Whether it asks for something, as far as marks and words show.
        asks_part: Whether a word such as "letter", "end", "rest" stands in it.
        starts_turn: Whether a turn begins with it.
    """

    first: int
    last: int
    told: int
    asks: bool
    asks_part: bool
    starts_turn: bool


def sentences(reading: Reading, taken: bytearray) -> Iterator[Sentence]:
    """All of them in order; ``taken`` flags the tokens of identifiers that were found."""
    words, first, begins = reading.words, 0, True
    for token in range(1, len(words.words) + 1):
        last = token == len(words.words)
        gap = LINE if last else words.gap(token)
        if gap in (LINE, STOP) and (last or words.between(token) not in INSIDE):
            yield _sentence(reading, first, token, taken, starts_turn=begins)
            first, begins = token, gap == LINE


def _sentence(
    reading: Reading, first: int, last: int, taken: bytearray, *, starts_turn: bool
) -> Sentence:
    words, said = reading.words, reading.words.words[first:last]
    end = words.starts[last] if last < len(words.words) else len(words.text)
    mark = words.text[words.ends[last - 1] : end]
    caption = not mark.strip() and "\n" in mark and not any(taken[first:last])
    asks = "?" in mark or not _ASKING.isdisjoint(said if caption else said[:_ASKED_EARLY])
    small = STARTS_STRETCH | SKIP | CUE | SCALE
    told = sum(
        not (taken[token] or words.kinds[token] & small or words.words[token] in SMALL)
        for token in range(first, last)
    )
    return Sentence(
        first=first,
        last=last,
        told=told,
        asks=asks or (caption and said[0] in _GOING_ON),
        asks_part=not PARTS.isdisjoint(said),
        starts_turn=starts_turn,
    )
