"""Ways to a place, and how villages sound: "moved her to Holt", "flying out of Shannon"."""

import re

from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Tokens


def taken_there(tokens: Tokens, place: int) -> bool:
    """Whether somebody is taken there: "they moved her to Singleton", "took me to Holt"."""
    said = tokens.lows[max(0, place - _TAKEN) : place - 1]
    return len(said) == _TAKEN - 1 and said[-1] in _WHOM and said[0] in _TAKING


_TAKEN = 3
_WHOM = frozenset({"me", "him", "her", "them", "us", "you", "it"})
_TAKING = frozenset(
    {"moved", "move", "took", "take", "taken", "sent", "send", "transferred", "transfer", "rushed",
     "drove", "drive", "refer", "referred", "brought", "flew", "shipped", "discharged"}
)  # fmt: skip


def flown_to(tokens: Tokens, place: int) -> bool:
    """Whether one flies or sails there: "flying out of Shannon", "flights from Luton"."""
    first = before(tokens, place)[0]
    if first not in {"of", "from", "into", "to"} or (first == "of" and place < len(("out", "of"))):
        return False
    back = tokens.lows[max(0, place - len(("flying", "out", "of"))) : place - 1]
    return not _FLYING.isdisjoint(back) and (first != "of" or back[-1] == "out")


_FLYING = frozenset({"fly", "flying", "flew", "flight", "flights", "flies", "sailed", "sailing"})


def sounds_placed(low: str, first: str) -> bool:
    """Whether a word that no list knows ends as villages do, behind what leads to them."""
    return first in _LEADING and _VILLAGE.fullmatch(low) is not None


_LEADING = frozenset(
    {"in", "near", "outside", "around", "into", "round", "to", "from", "at", "there's", "off", "by",
     "over", "through", "of", "for"}
)  # fmt: skip
_VILLAGE = re.compile(
    r"[a-z]{3,}(?:ham|gate|more|bury|worth|wick|combe|coombe|dale|thorpe|hurst|leigh|mere|minster"
    r"|burgh|borough|chester|pool|mouth|stead|stow|hithe|holme|toft|firth|kirk|glen|loch"
    r"|head|ford|field|wood|brook|bridge|bourne|wich|cote|ness)"
)
"""Endings of English and Scots names of places (Key to English Place-Names, Nottingham)."""
