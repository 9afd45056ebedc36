"""A transcript as words, the way rules about names want to look at it.

Words are kept in parallel lists, since everything here runs once a word. A possessive or
contracted ending is no part of a word ("Sarah's" and "Sarah'll" are the word "Sarah"). How a turn
is written decides what a capital letter means: in ordinary writing much, in a turn without
capitals or all in capitals nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from deid.detect.speech import Speech
from deid.detect.words.tags import brackets

# a code ("B12"), or letters and combining accents, goes on after single apostrophes or hyphens
_WORD = re.compile(
    r"(?:[^\W\d_]{1,3}\d[^\W_]*|[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*)"
    r"(?:['\u2019\-\u2010\u2011](?:[^\W_]|[\u0300-\u036f])+)*"
)
_APOSTROPHES = ("'", "\u2019")
_ARABIC = frozenset(
    {"al-", "el-", "ul-", "as-", "ar-", "an-", "ad-", "az-", "at-", "ur-", "ud-", "ut-", "uz-"}
)
_CLITIC = re.compile(r"['\u2019](?:s|d|ll)\Z", re.IGNORECASE)
_CLOSING = frozenset({",", ".", "?", "!", "\n", ""})
_STOPS = frozenset('.?!\u2026\n:;"\u201c\u2014')
_ABBREVIATED = frozenset({"dr", "mr", "mrs", "ms", "st", "prof", "rev", "sr", "jr", "sgt", "mt"})
_SHOUTED = 0.7


class Case(StrEnum):
    """How a turn is written."""

    MIXED = "mixed"
    LOWER = "lower"
    UPPER = "upper"


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words in order; every list has the same length. Offsets count in the joined text.

    Attributes:
        text: The joined text.
        starts: Where each word starts.
        ends: Where it ends, without a possessive "'s".
        tails: Where it ends with it.
        words: As written, without the possessive.
        lows: In lower case, apostrophes straight.
        forms: As ``lows``, with the possessive "'s".
        turns: The number of each word's turn.
        cases: How each turn is written, by turn number.
        apostrophes: Whether the text has any: a machine may leave all of them out ("joyces coat").
        preceding: What :func:`deid.detect.words.neighbours.before` found, as it is asked often.
        following: What :func:`deid.detect.words.neighbours.following` found.
    """

    text: str = field(repr=False)
    starts: list[int] = field(repr=False)
    ends: list[int] = field(repr=False)
    tails: list[int] = field(repr=False)
    words: list[str] = field(repr=False)
    lows: list[str] = field(repr=False)
    forms: list[str] = field(repr=False)
    turns: list[int] = field(repr=False)
    cases: list[Case] = field(repr=False)
    apostrophes: bool = True
    preceding: dict[int, tuple[str, str]] = field(default_factory=dict, repr=False)
    following: dict[int, tuple[str, str]] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        """How many words."""
        return len(self.words)

    def unmarked(self, place: int) -> bool:
        """Whether a machine may have left an apostrophe out: no word of the text has one."""
        return not self.apostrophes and self.case(place) is not Case.MIXED

    def case(self, place: int) -> Case:
        """How the turn of a word is written."""
        return self.cases[self.turns[place]]

    def capital(self, place: int) -> bool:
        """Whether the word starts with a capital letter."""
        word = self.words[place]
        if word[0].isupper():
            return True
        if word[1:2] in _APOSTROPHES:
            return word[2:3].isupper()
        return word[2:3] == "-" and word[:3] in _ARABIC and word[3:4].isupper()

    def gap(self, place: int) -> str:
        """What stands between the word before and this one; a line feed before the first."""
        return self.text[self.tails[place - 1] : self.starts[place]] if place else "\n"

    def after(self, place: int) -> str:
        """What stands between this word (with its possessive) and the next.

        Behind the last word no blank does: whoever finds one may look at the next word.
        """
        if place + 1 == len(self.words):
            return self.text[self.tails[place] :].rstrip()
        return self.text[self.tails[place] : self.starts[place + 1]]

    def closes(self, place: int) -> bool:
        """Whether a clause, or the text, ends with this word."""
        return self.after(place)[:1] in _CLOSING

    def possessive(self, place: int) -> bool:
        """Whether "'s" follows (a possessive, or "is")."""
        return self.tails[place] > self.ends[place]

    def initial(self, place: int) -> bool:
        """Whether the word opens a sentence, so that its capital letter says nothing."""
        gap = self.gap(place)
        if not _STOPS.intersection(gap):
            return False
        before = self.lows[place - 1] if place else ""
        abbreviation = before in _ABBREVIATED or (len(before) == 1 and before not in "aik")
        return not (abbreviation and gap.strip(" ") == ".")

    def _abbreviates(self, place: int) -> bool:
        """Whether the word is one letter that may stand for a name; "I" stands for somebody."""
        return len(self.words[place]) == 1 and self.lows[place] != "i"

    def joined(self, place: int) -> bool:
        """Whether nothing but a space (or an abbreviation's full stop) parts it from the last."""
        gap = self.gap(place)
        return gap in {" ", "] ", " [", "_"} or (
            gap in {". ", ".", ".] "}
            and (self._abbreviates(place - 1) or self.lows[place - 1] in _ABBREVIATED)
        )


def tokens_of(speech: Speech) -> Tokens:
    """Cut a transcript into words; a transcriber's tags are left out.

    A note in brackets is read, but does not tell how the turn is written.
    """
    text = speech.text
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    tails: list[int] = []
    turns: list[int] = []
    cases: list[Case] = []
    for number in range(len(speech.starts)):
        low, high = speech.turn_span(number)
        first = len(words)
        apart = list(brackets(text, low, high))
        for start, tail, word in _words(text, low, high, [each[:2] for each in apart if each[2]]):
            clitic = None if word.isalpha() else _CLITIC.search(word)
            end = start + clitic.start() if clitic else tail
            starts.append(start)
            tails.append(tail)
            ends.append(end)
            words.append(word[: end - start])
        turns.extend([number] * (len(words) - first))
        said = words[first:]
        if any(not is_tag for *_, is_tag in apart):
            outside = _words(text, low, high, [each[:2] for each in apart])
            said = [word for *_, word in outside] or said
        cases.append(_case_of(said))
    lows = [word.lower().replace("\u2019", "'") for word in words]
    forms = [
        low if tail == end else low + text[end:tail].lower().replace("\u2019", "'")
        for low, tail, end in zip(lows, tails, ends, strict=True)
    ]
    apostrophes = "'" in text or "\u2019" in text
    return Tokens(text, starts, ends, tails, words, lows, forms, turns, cases, apostrophes)


def _words(
    text: str, low: int, high: int, passed: list[tuple[int, int]]
) -> Iterator[tuple[int, int, str]]:
    """The words of a stretch, but for those in the stretches passed over."""
    at = 0
    for match in _WORD.finditer(text, low, high):
        start, end = match.span()
        while at < len(passed) and passed[at][1] <= start:
            at += 1
        if at == len(passed) or start < passed[at][0]:
            yield start, end, match.group()


def _case_of(words: list[str]) -> Case:
    capitals = [word for word in words if word[0].isupper() and word != "I" and word[:2] != "I'"]
    if not capitals:
        return Case.LOWER
    shouted = sum(len(word) > 1 and word.isupper() for word in capitals)
    long = sum(len(word) > 1 for word in words)
    return Case.UPPER if shouted > 1 and shouted >= _SHOUTED * long else Case.MIXED
