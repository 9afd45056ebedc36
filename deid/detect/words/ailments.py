"""Diseases that are called after a town and said without "disease": "so it's Lyme".

The town is meant where somebody is there or goes there, and wherever no tick is spoken of.
"""

from collections.abc import Iterator

from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Tokens

_SPOKEN_OF = {
    "lyme": frozenset({"tick", "ticks", "bitten", "rash", "borrelia", "doxycycline", "bullseye"}),
    "coxsackie": frozenset({"virus", "blisters", "spots", "rash", "mouth"}),
    "norwalk": frozenset({"virus", "vomiting", "diarrhoea", "bug"}),
}
_THERE = frozenset(
    {"in", "near", "from", "to", "at", "outside", "into", "around", "through", "of", "via", "past"}
)


def ailments(tokens: Tokens) -> Iterator[int]:
    """The places of words that are a disease here."""
    for place, low in enumerate(tokens.lows):
        signs = _SPOKEN_OF.get(low)
        if signs is None or before(tokens, place)[0] in _THERE:
            continue
        if not signs.isdisjoint(tokens.lows):
            yield place
