"""Who is spoken to: "thank you, Joy", "how are you pearl", "so mark what's your view".

The courtesies of a conversation have an end at which a name stands and hardly anything else does,
and so has the head of a question that is put to one of several people.
"""

from deid.detect.words.frames import FELT, MODALS, MONTHS
from deid.detect.words.gazetteer import WEEKDAYS
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens

_CLOSINGS = frozenset(
    {("how", "are", "you"), ("to", "meet", "you"), ("to", "see", "you"), ("you", "so", "much"),
     ("thanks", "so", "much"), ("you", "very", "much"), ("thanks", "very", "much"),
     ("take", "your", "time"), ("do", "you", "think"), ("do", "you", "reckon"),
     ("what", "about", "you"), ("how", "about", "you"), ("over", "to", "you"),
     ("a", "good", "point"), ("really", "good", "point"), ("are", "you", "okay"),
     ("are", "you", "alright"), ("are", "you", "feeling"), ("are", "you", "doing"),
     ("you", "hear", "me"), ("you", "next", "week"), ("you", "next", "time"),
     ("see", "you", "later"), ("see", "you", "soon"), ("see", "you", "then"),
     ("know", "you", "feel"), ("like", "to", "start"), ("want", "to", "start"),
     ("okay", "with", "you"), ("alright", "with", "you"), ("fine", "with", "you"),
     ("lovely", "to", "hear"), ("good", "to", "hear"), ("of", "course", "you"),
     ("what", "you", "mean"), ("think", "about", "that"), ("feel", "about", "that"),
     ("to", "interrupt", "you"), ("to", "bother", "you"), ("to", "trouble", "you"),
     ("talk", "to", "you"), ("talking", "to", "you"), ("speak", "to", "you"),
     ("speaking", "to", "you")}
)  # fmt: skip
_SEEN_AGAIN = WEEKDAYS | {"tomorrow", "tonight", "there"}
_OPENINGS = frozenset(
    {"so", "right", "okay", "ok", "sorry", "now", "exactly", "thanks", "cheers", "well"}
)
PUT_TO = frozenset(
    {"what", "what's", "how", "how's", "tell", "do", "did", "you", "you've", "you're", "you'd",
     "would", "could", "can", "shall", "let's", "have"}
)  # fmt: skip
_TAKING_YOU = FELT | {"bless", "drew", "mark", "nick", "pat", "rob", "sue"}
_REPORTING = frozenset({"the", "your", "i've", "we've", "that's", "it's"})
_DONE_TO = _TAKING_YOU | {"grant", "chase", "bill", "peg", "trace", "chuck", "may", "will", "frank"}
_MODALS = frozenset({"will", "may"})
_SAYING = frozenset({"were", "was", "said", "mentioned", "wanted", "interrupted", "cut", "had"})
_SIZED = frozenset({"rich", "frank", "merry", "sunny", "happy", "sandy", "sly", "noble"})
_TWO, _THREE = 2, 3


def thanking(tokens: Tokens, place: int) -> bool:
    """Whether somebody is thanked or greeted by this word: "thank you, X." / "bye, X"."""
    first, second = before(tokens, place)
    greeted = first in _COURTEOUS or (second, first) == ("thank", "you")
    hour = tokens.lows[place] in MONTHS and first in _TIMES_OF_DAY
    hour = hour and (second in {"", "good"} or tokens.gap(place - 1)[:1] == ",")
    return tokens.closes(place) and (greeted or hour)


def turned_to(tokens: Tokens, place: int) -> bool:
    """Whether a word is set off in a clause about "you": "you go first, X.", "ask you, X, what"."""
    ends = tokens.after(place)[:1] in {".", "?", "!", "\n", ""}
    written = tokens.case(place) is Case.MIXED and tokens.capital(place)
    asked = written and tokens.after(place) == ", " and following(tokens, place)[0] in _ASKED
    if tokens.gap(place) != ", " or not (ends or asked):
        return False
    first = before(tokens, place)
    if first in {("see", "you"), ("know", "you")} or first[0] in MONTHS:
        return False
    clause = range(max(0, place - _CLAUSE), place)
    turn = tokens.turns[place]
    return any(tokens.lows[step] in _YOU and tokens.turns[step] == turn for step in clause)


_CLAUSE = 6
_TIMES_OF_DAY = frozenset({"morning", "afternoon", "evening"})
_ASKED = frozenset({"what", "how", "when", "where", "who", "why", "if", "whether", "did", "do"})
_YOU = frozenset({"you", "your", "you're", "you've", "you'll", "you'd", "yourself"})
_COURTEOUS = frozenset({"thanks", "cheers", "bye", "goodbye", "hi", "hiya", "hello", "ta", "hey"})


def is_addressed(tokens: Tokens, place: int) -> bool:
    """Whether somebody is spoken to by this word of a turn without capitals."""
    return _closes(tokens, place) or _opens(tokens, place) or _parting(tokens, place)


def _parting(tokens: Tokens, place: int) -> bool:
    """Whether one takes leave of somebody: "take care mags and if"; not "take care mark it"."""
    if place < _TWO or tuple(tokens.forms[place - _TWO : place]) not in _PARTING:
        return False
    whole = tokens.gap(place) == " " and tokens.turns[place - _TWO] == tokens.turns[place]
    after = following(tokens, place)[0]
    return whole and (tokens.closes(place) or after in _LEAVING)


_PARTING = frozenset({("take", "care"), ("no", "problem"), ("no", "worries")})
_LEAVING = frozenset({"and", "i'll", "we'll", "see", "bye", "okay", "take"})


def _closes(tokens: Tokens, place: int) -> bool:
    """Whether a courtesy and its turn, or its sentence, end in the word."""
    if place < _THREE or tokens.turns[place - _THREE] != tokens.turns[place]:
        return False
    if not (tokens.after(place)[:1] in {"", "\n", ".", "?", "!"} and tokens.gap(place) == " "):
        return False
    last = tuple(tokens.forms[place - _THREE : place])
    return last in _CLOSINGS or (last[:2] == ("see", "you") and last[2] in _SEEN_AGAIN)


def _opens(tokens: Tokens, place: int) -> bool:
    """Whether a turn begins by turning to somebody: "right dawn tell me", "sorry will i cut"."""
    low, (after, further) = tokens.lows[place], following(tokens, place)
    if not _second(tokens, place) or tokens.after(place) != " ":
        return False
    if low in _MODALS:
        return after in {"you", "i"} and further in _SAYING
    if tokens.lows[place - 1] == "well":
        return after in _REPORTING and low not in _DONE_TO
    if low in _TAKING_YOU and after in {"you", "you're", "you've", "you'd", "have"}:
        return False
    if tokens.lows[place - 1] == "so" and low in _SIZED:
        return after in {"tell", "what's", "how's"}
    return after in PUT_TO and not (low in MONTHS and after not in {"tell", "what's", "how's"})


def _second(tokens: Tokens, place: int) -> bool:
    """Whether it is the second word of a turn that opens with "right" or "so"."""
    opening = place - 1
    if opening < 0 or tokens.lows[opening] not in _OPENINGS or tokens.gap(place) != " ":
        return False
    return opening == 0 or tokens.turns[opening - 1] != tokens.turns[place]


def spoken_to_by_name(tokens: Tokens, place: int) -> bool:
    """Whether a word that is somebody's name here opens its turn and bids, or ends it with thanks.

    Never "hope to see you", "mark my words".
    """
    first, second = before(tokens, place)
    after, further = following(tokens, place)
    opens = place == 0 or tokens.turns[place - 1] != tokens.turns[place]
    led = not opens and first in _BEFORE_BIDDING and second == ""
    if opens or led:
        asked = after in _CAN_YOU and further == "you" and tokens.lows[place] not in MODALS
        bidden = after in _BIDDING and (after, further) not in _NO_BIDDING
        return tokens.after(place)[:1] in {" ", ","} and (asked or bidden)
    thanked = (second, first) == ("thank", "you") or first in _COURTEOUS
    return thanked and (tokens.after(place)[:1] in {"\n", ""} or after in _BEHIND_THANKS)


_BEFORE_BIDDING = frozenset({"okay", "ok", "right", "oh", "so", "yeah", "now", "well", "sorry"})
_CAN_YOU = frozenset({"can", "could", "would", "do", "did", "are", "have", "what", "how"})
_BIDDING = frozenset(
    {"come", "give", "put", "tell", "sit", "look", "listen", "stop", "leave", "wait", "hang",
     "have", "pass", "hold", "bring", "take", "get", "go", "say", "show", "don't", "please", "love"}
)  # fmt: skip
_NO_BIDDING = frozenset({("have", "you"), ("love", "to"), ("love", "it"), ("go", "on")})
_BEHIND_THANKS = frozenset(
    {"bye", "cheers", "love", "see", "thanks", "thank", "take", "how", "how's"}
)
