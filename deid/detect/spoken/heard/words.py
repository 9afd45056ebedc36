"""One tokenisation of a transcript for the whole family, with the way back to its characters.

Offsets count in the text as given. Transcriber tags ("[inaudible 00:12:03]") are read as blank;
a note in brackets that may hold more is read.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from deid.detect.spoken.heard.lexicon import (
    BACKCHANNELS,
    CONTRACTIONS,
    CORRECTIONS,
    CUE,
    FILLERS,
    NUMERAL,
    ONE_CASE_CONTRACTIONS,
    SKIP,
    classify,
)
from deid.detect.spoken.heard.signs import signs_as_one
from deid.detect.words.tags import brackets

_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_AMOUNT = re.compile(r"[£$€]\s?\d[\d.,]*")
_CAPITAL = re.compile(r"[A-Z]")
_SMALL = re.compile(r"[a-z]")
_FEWEST_CAPITALS, _MOST_CAPITALS = 0.004, 0.4
_MOST_SKIPPED = 10

LINE, STOP, PAUSE, HYPHEN, SLASH, SPACE, BREAK = "|", ".", ",", "-", "/", " ", "#"
_MARKS = {
    ",": PAUSE,
    ";": PAUSE,
    "-": HYPHEN,
    "/": SLASH,
    ".": STOP,
    "?": STOP,
    "!": STOP,
    "\n": LINE,
}
_OPEN = frozenset(" \t\r\n,-/.?!'\"()_\u2026\u2013\u2014*+\u00a0\u2212")
_CLOSING = (STOP, LINE, PAUSE, BREAK)
_RANK = "|.,-/ "
_LINKING = frozenset({"so", "well", "then", "like"}).union(
    word for each in BACKCHANNELS.values() for phrase in each for word in phrase
)
_LAST_OF_FILLERS = frozenset(phrase[-1] for each in FILLERS.values() for phrase in each)
_LONGEST_FILLER = max(len(phrase) for each in FILLERS.values() for phrase in each)


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of one text, in order.

    Attributes:
        text: As given.
        folded: Lower case, tags blanked, same length as ``text``.
        words: The tokens, lower case, contractions with their apostrophe ("hes" is "he's"), signs
            in one word ("full stop com" is "dot com").
        starts: Offset of each token's first character; same length as ``words``.
        ends: Offset after each token's last character.
        kinds: Bits of each token, see :mod:`deid.detect.spoken.heard.lexicon`; none of an amount
            of money in figures.
        cased: Whether capitals tell anything here (not in captions of one case).
    """

    text: str = field(repr=False)
    folded: str = field(repr=False)
    words: list[str] = field(repr=False)
    starts: list[int] = field(repr=False)
    ends: list[int] = field(repr=False)
    kinds: list[int] = field(repr=False)
    cased: bool

    @classmethod
    def of(cls, text: str, *, cue_heads: frozenset[str]) -> "Words":
        """Tokenise; ``cue_heads`` are words that begin a cue and are flagged as such."""
        folded = _fold(text)
        words: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for match in _WORD.finditer(folded):
            words.append(match.group())
            start, end = match.span()
            starts.append(start)
            ends.append(end)
        words, starts, ends = signs_as_one(words, starts, ends)
        cased = is_cased(text)
        words = _with_apostrophes(words, cased=cased)
        bits = {word: _bits(word, cue_heads) for word in set(words)}
        kinds = list(map(bits.__getitem__, words))
        for match in _AMOUNT.finditer(folded):
            first = bisect_left(starts, match.start())
            for token in range(first, bisect_left(starts, match.end())):
                kinds[token] = 0
        return cls(text, folded, words, starts, ends, kinds, cased)

    def capital(self, token: int) -> bool:
        """Whether the token begins with a capital."""
        return self.text[self.starts[token]].isupper()

    def between(self, token: int) -> str:
        """What stands between the token before and this one."""
        return self.text[self.ends[token - 1] if token else 0 : self.starts[token]]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The tokens, half-open, of a stretch of characters."""
        return bisect_left(self.starts, start), bisect_left(self.starts, end)

    def gap(self, token: int) -> str:
        """How this token is set off from the one before: one of LINE, STOP, PAUSE ... BREAK."""
        between = self.folded[self.ends[token - 1] : self.starts[token]] if token else ""
        if between in (" ", "") or (between == ". " and self._saint(token - 1)):
            return SPACE
        marks = {_MARKS.get(mark, SPACE if mark in _OPEN else BREAK) for mark in between}
        if BREAK in marks:
            return BREAK
        return min(marks, key=_RANK.index)

    def _saint(self, token: int) -> bool:
        """Whether "St." is a saint's: "on St. Bernard Avenue", not "Mill St. Bernard said"."""
        if self.words[token] != "st" or not token:
            return False
        street = self.capital(token - 1) and self.starts[token] - self.ends[token - 1] == 1
        return self.capital(token) and not street

    def closes(self, token: int) -> bool:
        """Whether a clause ends before the token, or the text does."""
        return token >= len(self.words) or self.gap(token) in _CLOSING

    def skip(self, token: int) -> tuple[int, bool]:
        """Past the fillers, backchannels and corrections from ``token`` on.

        Returns:
            The first token after them (``token`` itself when there are none), and whether one of
            them takes back what was said before.
        """
        corrected = False
        first = token
        while token < len(self.words) and token - first < _MOST_SKIPPED:
            if not self.kinds[token] & SKIP:
                break
            back = self.in_one_breath(token, CORRECTIONS)
            taken = max(back, self.in_one_breath(token, FILLERS))
            corrected = corrected or 0 < back == taken  # "wait", but not "wait a minute"
            if not taken:
                break
            token += taken
        return token, corrected

    def skip_back(self, token: int) -> int:
        """The last token at or before ``token`` that ends no filler."""
        first = token
        while token >= 0 and first - token < _MOST_SKIPPED:
            size = self._filler_before(token + 1)
            if not size:
                break
            token -= size
        return token

    def _filler_before(self, token: int) -> int:
        """Tokens of the filler that ends right before ``token``; 0 for none."""
        if self.words[token - 1] not in _LAST_OF_FILLERS:
            return 0
        for size in range(min(token, _LONGEST_FILLER), 0, -1):
            first = token - size
            if self.in_one_breath(first, FILLERS) == size:
                return size
        return 0

    def only_skipped(self, first: int, last: int) -> bool:
        """Whether the tokens (half-open) are nothing but fillers and backchannels."""
        while first < last:
            after, _ = self.skip(first)
            if after == first:
                return False
            first = after
        return True

    def hesitates(self, first: int, last: int) -> bool:
        """Whether fillers (half-open) hold one that only hesitates: "um", "you know", not "and"."""
        return not _LINKING.issuperset(self.words[first:last])

    def in_one_breath(self, token: int, table: dict[str, list[tuple[str, ...]]]) -> int:
        """As :meth:`phrase`, but "two oh." / "No, ..." is no "oh no"."""
        size = self.phrase(token, table)
        if size > 1 and any(
            self.gap(each) in (LINE, STOP) for each in range(token + 1, token + size)
        ):
            return 1 if (self.words[token],) in table[self.words[token]] else 0
        return size

    def phrase(self, token: int, table: dict[str, list[tuple[str, ...]]]) -> int:
        """Tokens of the longest phrase of a table that begins at ``token``; 0 for none."""
        for phrase in table.get(self.words[token], ()):
            if len(phrase) == 1 or tuple(self.words[token : token + len(phrase)]) == phrase:
                return len(phrase)
        return 0


def _with_apostrophes(words: list[str], *, cased: bool) -> list[str]:
    """The words, contractions with an apostrophe; "im" before a number may be an area."""
    table = CONTRACTIONS if cased else ONE_CASE_CONTRACTIONS
    if table.keys().isdisjoint(words):
        return words
    return [
        word if word == "im" and classify(after) & NUMERAL else table.get(word, word)
        for word, after in zip(words, [*words[1:], ""], strict=True)
    ]


def _bits(word: str, cue_heads: frozenset[str]) -> int:
    cue = word in cue_heads or word.removesuffix("'s") in cue_heads
    return classify(word) | (CUE if cue else 0)


def _fold(text: str) -> str:
    folded = text.lower()
    if len(folded) != len(text):
        folded = "".join(
            low if len(low := character.lower()) == 1 else character for character in text
        )
    pieces, done = [], 0
    for start, end, is_tag in brackets(text, 0, len(text)):
        if is_tag:
            pieces += [folded[done:start], " " * (end - start)]
            done = end
    return "".join([*pieces, folded[done:]])


def is_cased(text: str) -> bool:
    """Whether capitals tell anything in a text."""
    capitals = len(_CAPITAL.findall(text))
    letters = capitals + len(_SMALL.findall(text))
    return _FEWEST_CAPITALS * letters < capitals < _MOST_CAPITALS * letters
