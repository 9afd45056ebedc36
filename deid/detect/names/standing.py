"""Where a word before leads to a person: "trained under X", "shout for X to come", "so did X".

Beside ``frames`` and ``slots``, with the same two degrees of sureness; here stand also the few
places that take an article or "only" before a name ("a X at ten and another X at half past").
Nothing is decided here.
"""

from deid.detect.names.things import ABSTRACT
from deid.detect.words.frames import Frame, frame_at
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Tokens

_LEADING = {
    ("trained", "under"): Frame.PROVEN,
    ("studied", "under"): Frame.PROVEN,
    ("apprenticed", "to"): Frame.PROVEN,
    ("shout", "for"): Frame.PROVEN,
    ("shouted", "for"): Frame.PROVEN,
    ("shouting", "for"): Frame.PROVEN,
    ("hello", "to"): Frame.PROVEN,
    ("love", "to"): Frame.LIKELY,
    ("regards", "to"): Frame.PROVEN,
    ("look", "after"): Frame.LIKELY,
    ("looks", "after"): Frame.LIKELY,
    ("looked", "after"): Frame.LIKELY,
    ("looking", "after"): Frame.LIKELY,
    ("covering", "for"): Frame.LIKELY,
    ("we", "lost"): Frame.LIKELY,
    ("i", "lost"): Frame.LIKELY,
    ("they", "lost"): Frame.LIKELY,
    ("couldn't", "find"): Frame.LIKELY,
    ("can't", "find"): Frame.LIKELY,
    ("i'd", "ring"): Frame.LIKELY,
    ("i'll", "ring"): Frame.LIKELY,
    ("i'd", "phone"): Frame.LIKELY,
    ("we'd", "ring"): Frame.LIKELY,
}
_INVERTED = frozenset({"did", "does", "has", "was", "is", "had", "would", "will", "can"})
_TOO = frozenset({"so", "neither", "nor"})
_USUAL = frozenset({"usually", "normally", "mostly", "generally"})
_IT_IS = frozenset({"it's", "its", "it", "is", "was", "that's"})
_GOING_ON = frozenset({"", "but", "and", "or", "who", "she", "he", "at", "on", "in", "today"})
_OFTEN = frozenset({"every", "most", "twice", "once", "regularly", "weekly"})
_ERRANDS = frozenset(
    {"come", "ring", "phone", "finish", "pick", "bring", "take", "tell", "call", "arrive", "wake",
     "answer", "fetch", "drive", "collect", "turn", "get", "go"}
)  # fmt: skip
_NOTICED = frozenset(
    {"hear", "heard", "got", "had", "saw", "see", "have", "watch", "watched", "left", "found",
     "remember", "with", "and", "hearing", "watching"}
)  # fmt: skip
_VOICED = frozenset(
    {"saying", "coughing", "snoring", "shouting", "laughing", "crying", "singing", "moaning",
     "talking", "sobbing", "screaming", "whistling", "telling", "nagging", "sneezing", "hovering"}
)  # fmt: skip
_SHARED = frozenset(
    {"office", "room", "bedroom", "flat", "desk", "house", "bed", "tent", "cell", "cabin",
     "kitchen", "ward", "locker", "caravan", "studio", "bunk"}
)  # fmt: skip
_ASKING = frozenset({"did", "does", "has", "would", "will", "can", "could", "didn't", "hasn't"})
_WH = frozenset({"", "what", "when", "where", "why", "how", "and", "so", "but", "who"})
_ANSWERING = frozenset({"say", "tell", "ring", "phone", "reckon", "cook", "drive", "mention"})
_ARRIVING = frozenset(
    {("come", "with"), ("come", "round"), ("come", "over"), ("come", "in"), ("been", "in"),
     ("been", "round"), ("been", "over"), ("been", "back"), ("go", "with"), ("get", "back"),
     ("give", "you"), ("help", "you"), ("been", "to"), ("want", "to"), ("know", "about")}
)  # fmt: skip
_WISHES = frozenset({"hope", "bless", "may", "will", "mark", "trust", "love", "pray", "rob", "sue"})
_SAID = frozenset({"said", "says", "goes"})
_SAYERS = frozenset({"he", "she", "i", "they", "mum", "dad", "we"})
_TO_YOU = frozenset({"you", "you've", "you're", "you'll", "you'd"})


def stands_at(tokens: Tokens, place: int, *, named: bool) -> Frame | None:
    """Whether people stand where this word stands, by what leads to it or what it does.

    Behind an article only such words count as are mostly names (``named``).
    """
    return frame_at(tokens, place) or _led_to(tokens, place, named=named)


def _led_to(tokens: Tokens, place: int, *, named: bool) -> Frame | None:
    """Whether what stands before the word leads to a person and hardly to anything else."""
    first, second = before(tokens, place)
    if not first:
        return None
    if tokens.possessive(place):
        return Frame.LIKELY if following(tokens, place)[0] in _HOME_MADE else None
    known = _LEADING.get((second, first))
    if known is not None:
        return None if known is Frame.LIKELY and tokens.lows[place] in ABSTRACT else known
    if first in _ARTICLES:
        return _counted(tokens, place) if named else None
    proven = (
        _inverted(tokens, place, first, second)
        or _asked_of(tokens, place, first, second)
        or _spared(tokens, place, first, second)
        or _said_to(tokens, place, first, second)
        or _noticed(tokens, place, first)
        or (first == "with" and second in _SHARED)
        or (first == "just" and second == "always")
    )
    if proven:
        return Frame.PROVEN
    return Frame.LIKELY if _likely(tokens, place, first, second) else None


_HOME_MADE = frozenset({"cooking", "baking", "driving", "singing", "snoring", "knitting"})
_ARTICLES = frozenset({"a", "an", "another"})


def _inverted(tokens: Tokens, place: int, first: str, second: str) -> bool:
    """Somebody too: "so did X", "neither has X"."""
    return first in _INVERTED and second in _TOO and tokens.closes(place)


def _asked_of(tokens: Tokens, place: int, first: str, second: str) -> bool:
    """Somebody's doings: "what did X say", "has X been in", "did X come with you"."""
    if first not in _ASKING or second not in _WH or tokens.after(place) != " ":
        return False
    after, further = following(tokens, place)
    return after in _ANSWERING or (after, further) in _ARRIVING


def _spared(tokens: Tokens, place: int, first: str, second: str) -> bool:
    """Whose help it was: "if it hadn't been for X, I'd"."""
    if (second, first) != ("been", "for"):
        return False
    third = before(tokens, place - 1)[1] if place > 1 else ""
    return third in {"hadn't", "not"} and tokens.lows[place] not in ABSTRACT


def _said_to(tokens: Tokens, place: int, first: str, second: str) -> bool:
    """Words told to somebody: "he said X you can't go on"; "she said hope you" is a wish."""
    told = first in _SAID and second in _SAYERS and following(tokens, place)[0] in _TO_YOU
    return told and tokens.lows[place] not in _WISHES


def _noticed(tokens: Tokens, place: int, first: str) -> bool:
    """Heard or had doing what people do: "I could hear X coughing", "you've got X saying"."""
    return first in _NOTICED and following(tokens, place)[0] in _VOICED


def _likely(tokens: Tokens, place: int, first: str, second: str) -> bool:
    after, further = following(tokens, place)
    ends = tokens.closes(place)
    if first in _USUAL:
        return second in _IT_IS and (ends or after in _GOING_ON)
    if first == "only":
        return ends and second in {"", "no", "well", "and", "maybe"}
    if first == "see":
        return second in {"i", "we"} and after in _OFTEN
    if first == "for":
        return after == "to" and further in _ERRANDS and tokens.lows[place] not in ABSTRACT
    if first == "me" and second in {"was", "just", "with", "be"}:
        return "and" in {after, further} and tokens.lows[place] not in ABSTRACT
    left = (second, first) == ("left", "to")
    return left and (ends or after in {"and", "who"})


def _counted(tokens: Tokens, place: int) -> Frame | None:
    """Behind an article: "a X at ten", "there was a X and a Y and they left you these".

    The word has a capital that tells, or stands where hardly a thing can; who asks sees to that.
    """
    after, further = following(tokens, place)
    if after == "at" and (further in _HOURS or further[:1].isdigit()):
        return Frame.PROVEN
    if after in _CALLING and before(tokens, place)[1] in _THERE:
        return Frame.PROVEN
    step = place + 3 if (after, further[:1]) == ("and", "a") else 0
    if step and step < len(tokens) and following(tokens, step)[0] == "and":
        return Frame.LIKELY if following(tokens, step)[1] in _BOTH else None
    if after == "and" and further in _BOTH:
        return Frame.LIKELY
    return None


_HOURS = frozenset(
    {"one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
     "twelve", "half", "quarter", "twenty", "noon"}
)  # fmt: skip
_THERE = frozenset({"was", "is", "there's", "had", "have", "got"})
_CALLING = frozenset({"rang", "phoned", "asking", "ringing", "waiting", "called"})
_BOTH = frozenset({"they", "both", "they've", "they're"})
