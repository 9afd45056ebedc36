"""Handles that somebody gives for their own, and handles that are read back.

"Are you on Twitter?" / "I was, yeah, I was jo.marsh3"; "I'm priya marsh five three two on pretty
much everything"; "at the bakers, double underscore"; "@fishface457" / "fish face four five seven?".
Figures, a joint or what is said back tell the name; never "I'm fifty-three on there".
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import DIGIT, DIGITS, FIGURE, LETTER, MULTIPLE
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, STOP, Words
from deid.detect.spoken.web.hosts import is_hard
from deid.detect.words.allow import allowed
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

_RULE = "spoken-web"
_WRITTEN = re.compile(r"(?<![\w@.])[a-z]{2,20}(?:\.[a-z]{2,20})?[._]?\d{1,4}(?![\w@]|\.\w)")
_MARKED = re.compile(r"(?<![\w@.])@([a-z][a-z0-9_.]{4,30})")
_LEADS = frozenset({"i'm", "called", "was", "am", "it's", "under", "as", "is", "me"})
_OWN = frozenset({"i'm", "was", "am", "it's"})
_EVERYWHERE = frozenset({"everything", "there", "everywhere", "most", "all"})
_ASKED, _LONGEST, _FEWEST_DIGITS, _AGAIN, _MOST_SAID = 24, 4, 2, 40, 9


def handles_answered(reading: Reading) -> Iterator[Hit]:
    """Hits for all of them."""
    words = reading.words
    if reading.cues.of(CueKind.HANDLE):
        yield from _with_figures(reading)
        yield from _with_digits(reading)
    for token, word in enumerate(words.words):
        if word == "on" and words.gap(token) == SPACE and words.kinds[token - 1] & (DIGIT | FIGURE):
            yield from _numbered(reading, token)
        elif word == "underscore" and words.words[token - 1 : token] in (["double"], ["triple"]):
            yield from _doubled(reading, token)
        elif word == "underscore" and token and words.kinds[token - 1] & LETTER:
            yield from _spelt(reading, token)
    if "@" in words.folded:
        yield from _read_back(reading)


def _hit(reading: Reading, first: int, last: int) -> Hit:
    """A hit that is stronger than the names in it."""
    return reading.hit(first, last, EntityType.SOCIAL_HANDLE, 0.96, (_RULE, "answered"))


def _with_figures(reading: Reading) -> Iterator[Hit]:
    """As in "I was jo.marsh3", "it was called nanapat07", where the talk is of a site."""
    words = reading.words
    for match in _WRITTEN.finditer(words.folded):
        first = bisect_left(words.starts, match.start())
        lead = words.words[first - 1] if first else ""
        told = lead in _LEADS and words.gap(first) == SPACE
        stem = match.group().rstrip("0123456789")
        known = stem in allowed().words or not lexicon().entry(stem).unknown
        last = bisect_left(words.starts, match.end())
        ends = words.closes(last) or words.words[last] == "on"
        told = told and ends and not (stem.isalpha() and (known or len(stem) < _LONGEST))
        if told and reading.cues.before(CueKind.HANDLE, first, reach=_ASKED) is not None:
            yield Hit(*match.span(), EntityType.SOCIAL_HANDLE, 0.96, _RULE, "answered")


def _numbered(reading: Reading, on: int) -> Iterator[Hit]:
    """As in "I'm priya marsh five three two on pretty much everything", "... on insta"."""
    words, first = reading.words, on
    site = reading.cues.after(CueKind.HANDLE, on + 1, reach=1) is not None
    if not (site or _EVERYWHERE.intersection(words.words[on + 1 : on + 4])):
        return
    while first > 0 and words.kinds[first - 1] & (DIGIT | FIGURE) and words.gap(first) == SPACE:
        first -= 1
    digits = sum(len(DIGITS.get(word, word)) for word in words.words[first:on])
    begin = _name_start(words, first)
    if begin < first and digits >= _FEWEST_DIGITS and words.words[begin - 1] in _OWN:
        yield _hit(reading, begin, on)


def _with_digits(reading: Reading) -> Iterator[Hit]:
    """As in "are you on twitter?" / "i was, i was priya marsh three four"."""
    words = reading.words
    for segment in reading.segments:
        first, last = segment.first, segment.last
        singly = all(kind & (DIGIT | FIGURE) for kind in words.kinds[first:last])
        if not singly or len(segment.chars) < _FEWEST_DIGITS or not words.closes(last):
            continue
        begin = _name_start(words, first)
        own = first - begin > 1 and words.words[begin - 1] in _OWN
        if own and reading.cues.before(CueKind.HANDLE, begin, reach=_ASKED) is not None:
            yield _hit(reading, begin, last)


def _name_start(words: Words, first: int) -> int:
    """Where the words right before a token begin that are no talk."""
    begin = first
    while begin > 0 and first - begin < _LONGEST and words.gap(begin) == SPACE:
        word = words.words[begin - 1]
        if is_hard(word) or word in _LEADS or "'" in word:
            return begin
        begin -= 1
    return first


def _doubled(reading: Reading, joint: int) -> Iterator[Hit]:
    """As in "at the bakers, double underscore"."""
    words, first = reading.words, joint - 1
    while first > 0 and joint - first <= _LONGEST + 1:
        if words.gap(first) not in (SPACE, PAUSE):
            return
        first -= 1
        if words.words[first] == "at":
            yield _hit(reading, first, joint + 1)
            return


def _spelt(reading: Reading, joint: int) -> Iterator[Hit]:
    """As in "C-H-L-O-E underscore two"."""
    words, first = reading.words, joint
    while first > 0 and words.kinds[first - 1] & LETTER and words.gap(first) not in (STOP, LINE):
        first -= 1
    last = joint + 1
    if joint - first < _LONGEST or last >= len(words.words) or words.gap(last) != SPACE:
        return
    last += 1
    while last < len(words.words) and words.kinds[last] & (DIGIT | FIGURE | MULTIPLE):
        last += 1
    yield _hit(reading, first, last)


def _read_back(reading: Reading) -> Iterator[Hit]:
    """As in "it's @fishface457" / "fish face four five seven?"."""
    words = reading.words
    for match in _MARKED.finditer(words.folded):
        wanted = re.sub(r"[._]", "", match[1])
        begin = bisect_left(words.starts, match.end())
        for first in range(begin, min(len(words.words), begin + _AGAIN)):
            if wanted.startswith(words.words[first]):
                last = _said_end(words, first, wanted)
                if last > first:
                    yield _hit(reading, first, last)


def _said_end(words: Words, first: int, wanted: str) -> int:
    """The token after words that together are what is wanted; ``first`` for others."""
    said = ""
    for last in range(first, min(len(words.words), first + _MOST_SAID)):
        word = words.words[last]
        said += "" if word in ("underscore", "dot") else DIGITS.get(word, word)
        if not wanted.startswith(said) or (last > first and words.gap(last) == LINE):
            return first
        if said == wanted:
            return last + 1
    return first
