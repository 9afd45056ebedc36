"""Colours that people are called too, among colours: "Green, you're well. Amber, ring us. Red, …".

Kept only where two other colours stand in the same turn; "Amber and Violet came" are people.
"""

from collections.abc import Iterator

from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Tokens

_NAMES = frozenset(
    {"amber", "ruby", "scarlet", "violet", "jade", "olive", "hazel", "coral", "sienna", "rose"}
)
_COLOURS = frozenset(
    {"red", "green", "blue", "yellow", "orange", "purple", "pink", "black", "white", "brown",
     "grey", "gray", "cream", "beige", "turquoise", "gold", "silver", "navy", "lilac", "teal"}
)  # fmt: skip
_FEWEST, _REACH = 2, 40


def colours(tokens: Tokens) -> Iterator[int]:
    """The places of such words."""
    for place, low in enumerate(tokens.lows):
        if low in _NAMES and not tokens.possessive(place) and _among(tokens, place):
            yield place


def _among(tokens: Tokens, place: int) -> bool:
    """Whether other colours are said near it, and nobody is introduced."""
    near = range(max(0, place - _REACH), min(len(tokens), place + _REACH + 1))
    same = {tokens.lows[step] for step in near if tokens.turns[step] == tokens.turns[place]}
    called = before(tokens, place)[0] in {"called", "named", "is", "i'm", "name's"}
    return len(same & _COLOURS) >= _FEWEST and not called
