"""Whole phrases in which a person stands: "do you mind if X sits in", "X spoke to you".

They are data (``said_of_people.txt``): words before a blank, words behind it, alternatives for one
word. Looked up by the word right beside the blank, so that a table of any length costs the same.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from deid.detect.words.evidence import COMMONEST, FAIR, PART, RARE_TIER
from deid.detect.words.frames import DETERMINERS, Frame
from deid.detect.words.gazetteer import Entry, sections
from deid.detect.words.tokens import Tokens

_BLANK = "_"
type Words = tuple[frozenset[str], ...]


class _Phrase(NamedTuple):
    """The words before the blank, the nearest first, and behind it, each with alternatives."""

    before: Words
    behind: Words
    frame: Frame


def phrased(tokens: Tokens, place: int) -> Frame | None:
    """What the phrase around a word says of it, or None; a turn's end ends a phrase."""
    by_before, by_behind = _table()
    if tokens.lows[place] in _replies():
        return None
    near = tokens.lows[place - 1] if _joined(tokens, place) else ""
    far = tokens.lows[place + 1] if _joined(tokens, place + 1) else ""
    found = None
    thing = near in DETERMINERS and near not in OF_PEOPLE_TOO  # "the ground bless him"
    for phrase in (*by_before.get(near, ()), *by_behind.get(far, ())):
        if (phrase.before or not thing) and _stands(tokens, place, phrase):
            if phrase.frame is Frame.PROVEN:
                return phrase.frame
            found = phrase.frame
    return found


OF_PEOPLE_TOO = frozenset({"little", "all", "that"})
"""What stands before a name as well: "little rose bless her", "that mark bless him"."""


def stands_out(entry: Entry) -> bool:
    """Whether a word may be the name in such a phrase: a name too, or a rare word."""
    least = FAIR if entry.tier == COMMONEST else PART  # "the one that starts with an N"
    return entry.name >= least or entry.tier > RARE_TIER


@cache
def _replies() -> frozenset[str]:
    """What says that all is well: "okay perfect so", "right lovely let's"."""
    return frozenset(sections("roles.txt")["replies"])


def _joined(tokens: Tokens, place: int) -> bool:
    """Whether a word follows the one before it in the same turn."""
    return 0 < place < len(tokens) and tokens.turns[place] == tokens.turns[place - 1]


def _stands(tokens: Tokens, place: int, phrase: _Phrase) -> bool:
    first, last = place - len(phrase.before), place + len(phrase.behind)
    if first < 0 or last >= len(tokens) or tokens.turns[first] != tokens.turns[last]:
        return False
    lows = tokens.lows
    return all(lows[place - 1 - at] in words for at, words in enumerate(phrase.before)) and all(
        lows[place + 1 + at] in words for at, words in enumerate(phrase.behind)
    )


@cache
def _table() -> tuple[dict[str, list[_Phrase]], dict[str, list[_Phrase]]]:
    """The phrases by the word right before the blank; those without one by the word behind it."""
    by_before: dict[str, list[_Phrase]] = defaultdict(list)
    by_behind: dict[str, list[_Phrase]] = defaultdict(list)
    for frame in (Frame.PROVEN, Frame.LIKELY):
        for line in sections("said_of_people.txt")[str(frame)]:
            phrase = _phrase(line.split(), frame)
            table, beside = (
                (by_before, phrase.before) if phrase.before else (by_behind, phrase.behind)
            )
            for word in beside[0]:
                table[word].append(phrase)
    return by_before, by_behind


def _phrase(words: Sequence[str], frame: Frame) -> _Phrase:
    blank = words.index(_BLANK)
    alternatives = [frozenset(word.split("|")) for word in words]
    return _Phrase(tuple(reversed(alternatives[:blank])), tuple(alternatives[blank + 1 :]), frame)
