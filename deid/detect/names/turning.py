"""Where somebody known by a name that is a word is turned to: "hope give my love", "thanks april".

Asked only for words that are somebody's name in the talk already: that a turn opens with the word
and bids, or ends with it behind thanks or a greeting, says that she or he is meant. Never "hope to
see you", "mark my words", "no hope".
"""

from deid.detect.words.frames import MODALS, before, following
from deid.detect.words.tokens import Tokens


def spoken_to_by_name(tokens: Tokens, place: int) -> bool:
    """Whether the word opens its turn before what one bids people, or ends it behind thanks."""
    first, second = before(tokens, place)
    after, further = following(tokens, place)
    opens = place == 0 or tokens.turns[place - 1] != tokens.turns[place]
    led = not opens and first in _LEADING and second == ""
    if opens or led:
        asked = after in _ASKING and further == "you" and tokens.lows[place] not in MODALS
        bidden = after in _BIDDING and (after, further) not in _NO_BIDDING
        return tokens.after(place)[:1] in {" ", ","} and (asked or bidden)
    thanked = (second, first) == ("thank", "you") or first in _GREETING
    return thanked and (tokens.after(place)[:1] in {"\n", ""} or after in _PARTING)


_LEADING = frozenset({"okay", "ok", "right", "oh", "so", "yeah", "now", "well", "sorry"})
_ASKING = frozenset({"can", "could", "would", "do", "did", "are", "have", "what", "how"})
_BIDDING = frozenset(
    {"come", "give", "put", "tell", "sit", "look", "listen", "stop", "leave", "wait", "hang",
     "have", "pass", "hold", "bring", "take", "get", "go", "say", "show", "don't", "please", "love"}
)  # fmt: skip
_NO_BIDDING = frozenset({("have", "you"), ("love", "to"), ("love", "it"), ("go", "on")})
_GREETING = frozenset({"thanks", "cheers", "hello", "hi", "hiya", "bye", "ta", "goodbye"})
_PARTING = frozenset({"bye", "cheers", "love", "see", "thanks", "thank", "take", "how", "how's"})
