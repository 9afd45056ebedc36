"""Words that are nobody, however they are written: pronouns, contractions, "gon na".

Recognisers and hurried typists leave full stops out, so that a capital inside a sentence may open
the next one ("she's been quite ill She's not"). Some of these words are surnames elsewhere: after
a courtesy title they are one ("Mrs So"), unless a verb follows ("are you Mrs She said").
"""

from deid.detect.cues import COURTESIES
from deid.detect.names_evidence import contracted, subject
from deid.detect.names_tokens import Tokens

_PRONOUNS = frozenset(
    {"i", "he", "she", "it", "we", "they", "you", "me", "him", "them", "us", "my", "your", "his",
     "her", "our", "their", "this", "that", "there", "so", "and", "but", "because", "if", "the",
     "then", "well", "what", "when", "where", "which", "who", "how", "why", "no", "not", "yes"}
)  # fmt: skip
_ACTING = frozenset({"i", "he", "she", "it", "we", "they", "you", "there", "that", "this", "who"})
_CUT = frozenset({("gon", "na"), ("wan", "na"), ("got", "ta"), ("gim", "me"), ("lem", "me")})


def nobody(tokens: Tokens, place: int) -> bool:
    """Whether the word is a pronoun, a small word or a contraction where no surname can be."""
    low = tokens.lows[place]
    if contracted(low):
        return True
    after = tokens.lows[place + 1] if place + 1 < len(tokens) else ""
    if (low, after) in _CUT and tokens.joined(place + 1):
        return True
    if low not in _PRONOUNS:
        return False
    courtesy = place > 0 and tokens.joined(place) and tokens.lows[place - 1] in COURTESIES
    acting = low in _ACTING and (tokens.possessive(place) or subject(tokens, place))
    return not courtesy or acting
