"""Who is looked for, thought of or greeted: "where is X?", "because X was ill", "morning, X".

Beside ``slots``, which asks; nothing is decided here.
"""

from deid.detect.names.things import ABSTRACT
from deid.detect.words.frames import MONTHS, PAST, free_after
from deid.detect.words.neighbours import following
from deid.detect.words.tokens import Case, Tokens

_GREETED = frozenset({"morning", "afternoon", "evening", "night", "birthday", "night-night"})
_EXCLAIMED = frozenset(
    {"no", "yes", "yeah", "oh", "on", "listen", "look", "well", "okay", "ok", "now", "honestly",
     "right", "hey", "sorry", "aye", "hang"}
)  # fmt: skip
_ASKED_OF = frozenset(
    {"still", "coming", "there", "here", "around", "about", "in", "up", "home", "asleep", "awake",
     "okay", "ok", "alright", "upstairs", "downstairs", "working", "bringing", "all", "well"}
)  # fmt: skip
_SOUGHT = frozenset({"where's", "how's", "seen", "wheres", "hows", "remember", "tell", "ask"})
_SOUGHT_PAIRS = frozenset(
    {("what", "about"), ("how", "about"), ("you", "know"), ("you", "remember"), ("and", "him"),
     ("him", "and"), ("her", "and"), ("off", "got"), ("next", "to"), ("give", "to"), ("it", "off"),
     ("that", "was"), ("no", "that's"), ("no", "it's"), ("no", "thats"), ("i", "miss"),
     ("know", "if"), ("it", "to"), ("that", "you"), ("room", "for"), ("everything", "to"),
     ("miss", "is"), ("that", "to"), ("this", "to"), ("them", "to"), ("one", "off")}
)  # fmt: skip


def is_sought(tokens: Tokens, place: int, first: str, second: str) -> bool:
    """Asked for: "where's X?", "is X still in bed", "seen X?", "sat next to X", "no, that's X"."""
    after = following(tokens, place)[0]
    if first == "what's":
        return after in {"going", "doing", "saying", "playing"}
    if (second, first) == ("how", "is"):
        return after in {"is", "getting", "doing", "now", "these", "coping"}
    if first == "is" and after in _ASKED_OF:
        return second not in {"it", "that", "this", "there", "he", "she", "what"}
    if first in _SOUGHT or (second, first) in _SOUGHT_PAIRS:
        if (second, first) == ("that", "was") and tokens.lows[place] in MONTHS:
            return False
        goes_on = after in {"doing", "getting", "feeling", "can", "does"} or after in PAST
        return free_after(tokens, place) or goes_on
    return first == "if" and after in {"can", "does", "comes", "has", "is", "rings"}


def is_minded(tokens: Tokens, place: int, first: str) -> bool:
    """By a word before: "because X was ill", "like X does", "not X, the other one", "poor X"."""
    low, (after, further) = tokens.lows[place], following(tokens, place)
    told = first in {"said", "says", "thought", "reckons"} and low not in MONTHS
    told = told and tokens.case(place) is Case.MIXED and tokens.capital(place)
    if told and after in _WAS:
        return True
    if first in _LINKING and after in _WAS:
        return low not in ABSTRACT and not low.endswith("day")
    if first in {"love", "loves", "loved", "adores"}:
        return (after, further) == ("to", "bits")
    ends = tokens.after(place)[:1]
    if first in {"poor", "little", "big", "old", "dear", "wee"} and tokens.capital(place):
        return tokens.case(place) is Case.MIXED
    if first == "poor" and low != "guy":
        return ends in {",", ".", "\n", ""} or after in {"she", "he", "had", "was", "has", "is"}
    return first == "not" and ends == "," and low not in ABSTRACT


_LINKING = frozenset({"because", "cos", "since", "if", "like", "when", "that", "until", "till"})
_WAS = frozenset(
    {"was", "is", "has", "had", "does", "did", "came", "went", "got", "wasn't", "isn't", "can't",
     "passed", "died", "retired"}
)  # fmt: skip


def is_greeted(tokens: Tokens, place: int, first: str, second: str) -> bool:
    """By a greeting: "morning, X.", "happy birthday X!", "no, X, leave it"."""
    ends = tokens.closes(place)
    if not ends:
        return False
    if first in _GREETED:
        return second in {"", "good", "happy", "night"}
    return first in _EXCLAIMED and tokens.gap(place) == ", " and tokens.after(place)[:1] == ","
