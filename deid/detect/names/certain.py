"""Places in a sentence where nothing but a person stands, whatever else the word is.

"Is April coming?", "right then, Will, can you", "that was all Summer's idea": no month, modal or
season can stand there. Beside ``slots``, which asks; nothing is decided here.
"""

from deid.detect.names.courtesies import PUT_TO
from deid.detect.words.frames import MONTHS
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens

_GOING = frozenset(
    {"going", "coming", "joining", "driving", "bringing", "staying", "cooking", "babysitting"}
)
_TURNING = frozenset(
    {"then", "right", "so", "now", "okay", "ok", "well", "sorry", "thanks", "hello", "hi", "yes",
     "no", "yeah", "anyway"}
)  # fmt: skip
_PUT_TO = PUT_TO | {"will", "are", "if", "come", "just"}
_OWNED = frozenset(
    {"idea", "fault", "bedroom", "boyfriend", "girlfriend", "coat", "handwriting", "voice",
     "handbag", "hubby", "ex", "mobile", "signature"}
)  # fmt: skip


def is_asked_after(tokens: Tokens, place: int) -> bool:
    """Whether a question is about somebody's coming: "Is X going?"; "is April going to be hot"."""
    asking = place > 0 and tokens.lows[place - 1] in {"is", "isn't"} and tokens.initial(place - 1)
    if not (asking and tokens.joined(place) and following(tokens, place)[0] in _GOING):
        return False
    ends = tokens.after(place + 1)[:1] in {"?", "\n", ""}
    return ends or (tokens.lows[place] not in MONTHS and following(tokens, place)[1] != "to")


def is_turned_to(tokens: Tokens, place: int) -> bool:
    """Whether somebody is named between commas and asked: "right then, X, can you pop up here"."""
    if tokens.case(place) is not Case.MIXED or not tokens.capital(place):
        return False
    apart = tokens.gap(place) == ", " and tokens.after(place) == ", "
    asked = apart and tokens.lows[place + 1] in _PUT_TO
    return asked and before(tokens, place)[0] in _TURNING


def owns_surely(tokens: Tokens, place: int) -> bool:
    """Whether it owns what only people have: "X's idea", "X's handwriting"."""
    return tokens.possessive(place) and following(tokens, place)[0] in _OWNED
