"""Handles in a written word after the site that they are on, with what ends the clause after it.

"My username is knee_62"; "I stream on Twitch as AchyFrances"; "Snapchat?" / "jojo_hurts"; "discord
name is painjo, four four seven one". The word is none that people know, or has figures or a joint
in it. Never "my facebook is rubbish", nor a word that only comes later in the talk.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import Cue, CueKind
from deid.detect.spoken.heard.lexicon import MULTIPLE, NUMERAL, UNITS, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, SPACE, STOP, Words
from deid.detect.spoken.web.hosts import is_hard
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

_HANDLE = EntityType.SOCIAL_HANDLE
_WRITTEN = re.compile(r"(?:u/|@)?[a-z0-9](?:[a-z0-9]|[_.#-](?=[a-z0-9])){3,30}(?![\w@])")
_JOINT = re.compile(r"[a-z0-9][_#][a-z0-9]|^u/|[a-z][.-]?\d|[a-z]\.[a-z]+\.[a-z]")
_PARTS = re.compile(r"[a-z]+")
_LEADS = frozenset(data("context")["handle_leads"])
_BEFORE_NAME = frozenset({"is", "was", "as", "under", "i'm", "called", "it's"})
_UNDERLINED = re.compile(
    r"(?<![\w@.])(?:[a-z0-9]{2,20}\.){0,2}[a-z0-9]{2,20}(?:_[a-z0-9]{1,20}){1,4}(?![\w@])"
)
_MOST_LEADS, _SHORTEST, _MOST_MORE, _NEAR = 4, 6, 2, 12


def handles_written(reading: Reading) -> Iterator[Hit]:
    """Hits for them."""
    words = reading.words
    for cue in reading.cues.of(CueKind.HANDLE):
        first = _after(words, cue)
        match = _WRITTEN.match(words.folded, words.starts[first]) if first else None
        if match is None or not _is_handle(match.group(), led=_is_led(words, cue, first)):
            continue
        start = match.start()
        last = first
        while last < len(words.words) and words.starts[last] < match.end():
            last += 1
        end = words.ends[_rest(words, last) - 1]
        yield Hit(start, max(end, match.end()), _HANDLE, 0.8, "spoken-web", "account")


def joined_by_lines(reading: Reading) -> Iterator[Hit]:
    """Hits for words with an underline in them near a site's word, or with somebody's name."""
    words = reading.words
    for match in _UNDERLINED.finditer(words.folded):
        token = max(0, bisect_right(words.starts, match.start()) - 1)
        near = reading.cues.near(CueKind.HANDLE, token, token + 1, reach=_NEAR, ahead=_NEAR)
        if near or any(_is_name(part) for part in match.group().split("_")):
            yield Hit(*match.span(), _HANDLE, 0.75, "spoken-web", "underlined")


def _is_name(part: str) -> bool:
    """Whether part of a word is a name and no plain word."""
    entry = lexicon().entry(part)
    return entry.name > 0 and not entry.tier


def _after(words: Words, cue: Cue) -> int:
    """The token after a site and what leads to a name, in its turn or first in the next; or 0."""
    token = cue.last
    while token < len(words.words) and token - cue.last < _MOST_LEADS:
        if words.words[token] not in _LEADS or words.gap(token) in (LINE, BREAK):
            break
        token += 1
    if token >= len(words.words) or words.words[token] in _LEADS:
        return 0
    if words.gap(token) == STOP or (words.gap(token) == BREAK and ":" not in words.between(token)):
        return 0
    return token - (words.words[token - 1] == "u" and words.between(token) == "/")


def _is_led(words: Words, cue: Cue, first: int) -> bool:
    """Whether the name is told: "is", "as", "'s", or the site asked for and answered."""
    told = words.words[first - 1] in _BEFORE_NAME or words.words[cue.last - 1].endswith("'s")
    return told or words.gap(first) == LINE or ":" in words.between(first)


def _is_handle(word: str, *, led: bool) -> bool:
    """Whether a joint or figures are in it, or after "is" and "as" nobody knows the word."""
    if _JOINT.search(word):
        return True
    parts = _PARTS.findall(word)
    unknown = len(word) >= _SHORTEST and any(lexicon().entry(part).unknown for part in parts)
    return led and (unknown or (len(parts) > 1 and "." in word))


def _rest(words: Words, last: int) -> int:
    """The token after a second word, or numbers, that end the clause; ``last`` where none do."""
    token = last
    while token < len(words.words) and token - last < _MOST_MORE and words.gap(token) == SPACE:
        if is_hard(words.words[token]) or words.kinds[token] & (NUMERAL | MULTIPLE):
            break
        token += 1
    begin = token
    while (
        token < len(words.words)
        and words.gap(token) in (SPACE, PAUSE)
        and words.kinds[token] & (NUMERAL | MULTIPLE)
    ):
        token += 1
    closed = words.closes(token)
    counted = token < len(words.words) and words.words[token] in UNITS
    return token if closed and not counted and token - begin != 1 else last
