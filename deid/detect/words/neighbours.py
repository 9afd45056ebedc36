"""What stands right before a word and right behind it: "in North Cork", "from, er, Bath", "X said".

Of the words alone, whatever lists and network know of them (:mod:`.evidence`).
"""

from deid.detect.words.cues import BEING, FILLERS, SPEECH_VERBS
from deid.detect.words.tokens import Tokens


def before(tokens: Tokens, place: int) -> tuple[str, str]:
    """The two words before, nearest first, within a sentence; "" where there is none."""
    if place not in tokens.preceding:
        tokens.preceding[place] = _two_before(tokens, place)
    return tokens.preceding[place]


def _two_before(tokens: Tokens, place: int) -> tuple[str, str]:
    found: list[str] = []
    step = place
    while step > 0 and len(found) < 2 and place - step < _REACH:  # noqa: PLR2004  two words
        gap = tokens.gap(step)
        if tokens.turns[step - 1] != tokens.turns[place]:
            break
        if gap != " " and not _ENDS.isdisjoint(gap):
            break
        step -= 1
        if tokens.lows[step] not in FILLERS or tokens.lows[step] == "like":
            found.append(tokens.forms[step])
    return (*found, "", "")[:2]  # type: ignore[return-value]  # two by construction


_REACH = 4
_ENDS = frozenset(".?!\n")


def following(tokens: Tokens, place: int) -> tuple[str, str]:
    """The two words after it in its turn, within the sentence; "" where there is none."""
    if place not in tokens.following:
        tokens.following[place] = _two_following(tokens, place)
    return tokens.following[place]


def _two_following(tokens: Tokens, place: int) -> tuple[str, str]:
    found: list[str] = []
    for step in (place + 1, place + 2):
        if step >= len(tokens) or tokens.turns[step] != tokens.turns[place]:
            break
        gap = tokens.after(step - 1)
        if gap != " " and not _ENDS.isdisjoint(gap):
            break
        found.append(tokens.forms[step])
    return (*found, "", "")[:2]  # type: ignore[return-value]  # two by construction


_PLACE_CUES = frozenset(
    {"in", "near", "at", "from", "around", "outside", "towards", "through", "into", "via", "past",
     "to", "of", "over", "up", "down", "across", "round", "fae", "frae"}
)  # fmt: skip


COMPASS = frozenset(
    {"north", "south", "east", "west", "north-east", "north-west", "south-east", "south-west",
     "northeast", "northwest", "southeast", "southwest"}
)  # fmt: skip


def approach(tokens: Tokens, place: int) -> int:
    """Where what leads to a place begins: "in er Bath", "in North Cork"; else the word itself."""
    first = max(0, place - _MOST_LEADING)
    while place > first and tokens.gap(place) in _BREATHS and _leading(tokens, place):
        if tokens.turns[place - 1] != tokens.turns[place]:
            break
        place -= 1
    return place


def _leading(tokens: Tokens, place: int) -> bool:
    """Whether a filler, or a part of the compass, stands before; "well" by its comma."""
    low = tokens.lows[place - 1]
    return low in _LEADING or (tokens.gap(place) == ", " and low in {"well", "like"})


_MOST_LEADING = 8
"""Fillers and parts of the compass before a place: endless ones would cost their square."""
_BREATHS = frozenset({" ", ", "})
_LEADING = COMPASS | {"er", "erm", "um", "uh", "uhm", "umm"}


def place_cued(tokens: Tokens, place: int) -> bool:
    """Whether "in", "near", "from" ... stands right before the word, but for a filler."""
    start = approach(tokens, place)
    if start == 0 or not _breathes(tokens, start, place):
        return False
    place = start
    return tokens.lows[place - 1] in _PLACE_CUES or _out_by(tokens, place - 1)


def _out_by(tokens: Tokens, place: int) -> bool:
    """Whether "out by", "over by" ... ends at the word: "by" alone is as often of people."""
    led = place > 0 and tokens.lows[place] == "by" and tokens.gap(place) == " "
    return led and tokens.lows[place - 1] in _OUT


_OUT = frozenset({"out", "over", "down", "up", "round"})


_LOCATIVES = frozenset({"in", "near", "outside", "around", "into"})


def located(tokens: Tokens, place: int) -> bool:
    """Whether "in", "near" ... stands right before: of places, hardly of people."""
    start = approach(tokens, place)
    led = start > 0 and _breathes(tokens, start, place)
    return led and tokens.lows[start - 1] in _LOCATIVES


def _breathes(tokens: Tokens, start: int, place: int) -> bool:
    """Whether a space, or the pause of a filler ("in, er, Bath"), parts what leads to a place."""
    paused = tokens.gap(start) == ", " and tokens.lows[start] not in COMPASS
    cut_off = (
        tokens.gap(start) in {"... ", "\u2026 "} and tokens.turns[start - 1] == tokens.turns[start]
    )
    return tokens.gap(start) == " " or (start < place and paused) or cut_off


def subject(tokens: Tokens, place: int) -> bool:
    """Whether a verb that people are the subject of stands right after the word."""
    after = tokens.lows[place + 1] if place + 1 < len(tokens) else ""
    return tokens.after(place) == " " and (after in SPEECH_VERBS or after in BEING)


def acting(tokens: Tokens, place: int) -> bool:
    """Whether that verb is something that only people do ("said", "brought")."""
    return subject(tokens, place) and tokens.lows[place + 1] in SPEECH_VERBS
