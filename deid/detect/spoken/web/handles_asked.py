"""Handles after "at" that somebody asked for, gives for the name on a site, or says back.

"And your username?" / "at beryl, erm, five two"; "tag me, sadiqpaints88"; "just search for AT JO
DOT P NINE"; "so that's at mcrae seven?". Over turns too: "at knots" / "go on" / "and underscore
fay". A single word needs the question or the lead; never "what are you called?" / "at work, Bob".
"""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import LETTER, MULTIPLE, NATO, NUMERAL, UNITS, data, phrases
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, HYPHEN, LINE, PAUSE, SPACE, STOP, Words
from deid.detect.spoken.web.asides import past_remarks
from deid.detect.spoken.web.domains import ENDINGS
from deid.detect.spoken.web.handles_told import NEVER_AFTER_AT
from deid.detect.spoken.web.hosts import is_hard
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

_LEADS = phrases(data("context")["handle_led"])
_ASKS = phrases(data("context")["handle_asks"])
_JOINTS = phrases(data("context")["handle_joints"])
_SIGNS = frozenset({"symbol", "sign"})
_SMALL = frozenset({"it's", "is", "so", "that's", "under", "as", "back", "check", "and", "i'm"})
_DOTS = frozenset({"dot", "stop", "point"})
_NODS = frozenset({"yes", "yeah", "yep", "right", "okay", "um", "er", "erm"})
_LATER = frozenset({"and", "then", "it's"})
_LONG, _NEAR, _ASKED, _MOST_PLAIN, _MOST_TURNS, _NOD = 5, 60, 14, 3, 4, 4
_WRITTEN_LENGTH = 5


class _Body(NamedTuple):
    """The tokens of a handle (half-open), and whether a joint, figures or spelling prove it."""

    first: int
    last: int
    proved: bool


def handles_asked(reading: Reading) -> Iterator[Hit]:
    """Hits for them, and for what follows of them in later turns."""
    words = reading.words
    led = frozenset(_lead_ends(words))
    near = _near(reading, led)
    taken = 0
    for at in range(len(words.words) - 1 if near else 0):
        if at < taken:
            continue
        first = _after_sign(words, at)
        if not first and at in led and _is_written(words, at):
            first = at
        if not first or first >= len(words.words):
            continue
        body = _body(words, first)
        strong = at in led or _is_asked(words, at)
        said_back = _said_back(words, at) and _is_near(near, at)
        if not _holds(reading, body, strong=strong, near=said_back):
            continue
        yield _hit(reading, at, body.last)
        taken = body.last
        for part in later_parts(words, body.last) if strong or body.proved else ():
            yield _hit(reading, part.first, part.last)


def _hit(reading: Reading, first: int, last: int) -> Hit:
    """A hit that is stronger than the names in it, with ", all one word" behind it."""
    last = past_remarks(reading.words, last)
    return reading.hit(first, last, EntityType.SOCIAL_HANDLE, 0.97, ("spoken-web", "asked"))


def _lead_ends(words: Words) -> Iterator[int]:
    """The tokens right after "username is", "tag me", "just search for"."""
    for token, word in enumerate(words.words):
        if word in _LEADS and (size := words.phrase(token, _LEADS)):
            last = token + size
            if last < len(words.words) and (
                words.gap(last) in (SPACE, PAUSE) or "@" in words.between(last)
            ):
                yield words.skip(last)[0]


def _near(reading: Reading, led: frozenset[int]) -> list[int]:
    """Where a site, a lead or a question for a name stands, in order."""
    words = reading.words
    asks = [at for at, word in enumerate(words.words) if word in _ASKS and words.phrase(at, _ASKS)]
    return sorted([*(cue.last for cue in reading.cues.of(CueKind.HANDLE)), *led, *asks])


def _is_near(near: list[int], at: int) -> bool:
    """Whether one of them stands not far before a token."""
    last = bisect_right(near, at)
    return last > 0 and at - near[last - 1] < _NEAR


def _after_sign(words: Words, at: int) -> int:
    """The token after "at", "at symbol" or a sign; 0 where none stands there."""
    if words.words[at] == "at":
        first = at + 1 + (words.words[at + 1] in _SIGNS)
        return first if first == at + 1 or words.gap(at + 1) == SPACE else 0
    return at if words.between(at).endswith(("@ ", "@")) and words.between(at)[:1] != "@" else 0


def _is_written(words: Words, at: int) -> bool:
    """Whether a word has letters and figures in it: "sadiqpaints88"."""
    word = words.words[at]
    return len(word) > _WRITTEN_LENGTH and word[:3].isalpha() and word[-1].isdigit()


def _said_back(words: Words, at: int) -> bool:
    """Whether a turn begins there, or "so that's", "let me check" leads to it."""
    return at == 0 or words.gap(at) != SPACE or words.words[words.skip_back(at - 1)] in _SMALL


def _is_asked(words: Words, at: int) -> bool:
    """Whether a turn begins there, or before small words, and the turn before asked for a name."""
    token = words.skip_back(at - 1) + 1
    while token > 0 and words.gap(token) in (SPACE, PAUSE) and words.words[token - 1] in _SMALL:
        token = words.skip_back(token - 2) + 1
    if not (token <= 0 or words.gap(token) == LINE or LINE in map(words.gap, range(token, at + 1))):
        return False
    return any(
        words.words[each] in _ASKS and words.phrase(each, _ASKS)
        for each in range(max(0, token - _ASKED), token)
    )


def _body(words: Words, first: int) -> _Body:
    """What of the tokens from ``first`` on belongs to a handle."""
    token, plain, proved = first, 0, False
    while token < len(words.words) and (token == first or _goes_on(words, token)):
        if after := _sure_end(words, token):
            token, plain, proved = after, 0, True
        elif after := _past_thought(words, token):
            token, plain = after, 0
        elif plain < _MOST_PLAIN and _is_plain(words, first, token):
            proved = proved or not words.words[token].isalpha() or words.gap(token) == STOP
            token, plain = token + 1, plain + 1
        else:
            break
    return _Body(first, min(token, len(words.words)), proved)


def _sure_end(words: Words, token: int) -> int:
    """The token after a joint, a number or a letter by itself; 0 for other words."""
    kind, after = words.kinds[token], words.words[token + 1 : token + 2]
    if joint := _joint(words, token):
        return token + joint
    if kind & LETTER and after in (["for"], ["as"]):
        return token + 3
    measured = kind & NUMERAL and not UNITS.isdisjoint(after) and words.gap(token + 1) == SPACE
    return token + 1 if kind & (NUMERAL | LETTER | NATO | MULTIPLE) and not measured else 0


def _is_plain(words: Words, first: int, token: int) -> bool:
    """Whether a word may be one of a handle: no talk, and not after its figures or a pause."""
    word = words.words[token]
    if "'" in word or (is_hard(word) and word != "by"):
        return False
    return token == first or not (words.gap(token) == PAUSE or words.kinds[token - 1] & NUMERAL)


def _goes_on(words: Words, token: int) -> bool:
    """Whether nothing ends the handle before a token: "nigel.okoro", "davemakes... four"."""
    gap = words.gap(token)
    if gap == STOP:
        between = words.between(token).strip()
        numeral = bool(words.kinds[token] & (NUMERAL | LETTER))
        inside = between == "." and len(words.between(token)) == 1
        return inside or (between.startswith("..") and numeral)
    return gap in (SPACE, PAUSE, HYPHEN)


def _joint(words: Words, token: int) -> int:
    """Tokens of "under score", "with two dots", where a word of the same clause follows."""
    size = words.phrase(token, _JOINTS)
    after = token + size
    return size if size and after < len(words.words) and words.gap(after) == SPACE else 0


def _past_thought(words: Words, token: int) -> int:
    """The token after "erm", "no, wait, at", "that's" before what a handle goes on with; or 0."""
    after = words.skip(token)[0]
    if after == token and words.words[token] == "that's":
        after = token + 1
    if after == token or after >= len(words.words) or words.gap(after) not in (SPACE, PAUSE):
        return 0
    if words.words[after] == "at" and after + 1 < len(words.words):
        return after + 1
    proves = words.kinds[after] & (NUMERAL | LETTER) or words.phrase(after, _JOINTS)
    return after if proves else 0


def _holds(reading: Reading, body: _Body, *, strong: bool, near: bool) -> bool:
    """Whether what was found is a handle, by its words, its end and what was said before."""
    words = reading.words
    if body.last <= body.first or not (strong or near):
        return False
    said = words.words[body.first : body.last]
    if said[0] in NEVER_AFTER_AT or words.kinds[body.first] & NUMERAL:
        return False
    if any(one in _DOTS and two in ENDINGS for one, two in pairwise(said)):
        return False  # "at gmail dot com"
    after = words.words[body.last : body.last + 1]
    if after in (["dot"], ["at"]) and words.gap(body.last) != LINE:
        return False
    closed = words.closes(body.last) or words.words[body.last] in _NODS
    unknown = len(said[0]) >= _LONG and lexicon().entry(said[0]).unknown
    if strong:
        return body.proved or unknown or (closed and len(said) == 1)
    inside = range(body.first, body.last)
    joined = body.proved and any(words.phrase(token, _JOINTS) for token in inside)
    spelt = len(said) > _LONG and bool(words.kinds[body.first] & (LETTER | NATO))
    return closed and (
        (body.proved and (unknown or spelt)) or joined or (unknown and len(said) == 1)
    )


def later_parts(words: Words, last: int) -> Iterator[_Body]:
    """The parts in the next turns, past turns that only nod: "and underscore fay", "five one"."""
    token = last
    for _ in range(_MOST_TURNS):
        ahead = range(token, min(len(words.words), token + _NOD + 1))
        turn = next((each for each in ahead if words.gap(each) == LINE), len(words.words))
        if turn >= len(words.words):
            return
        token = words.skip(turn)[0]
        while token < len(words.words) and words.words[token] in _LATER:
            token = words.skip(token + 1)[0]
        if token >= len(words.words) or words.gap(token) == BREAK:
            return
        first = token
        if not (words.phrase(first, _JOINTS) or words.kinds[first] & NUMERAL):
            token = turn + 1
            continue
        body = _body(words, first)
        if body.last > first and body.proved and words.closes(body.last):
            yield body
            token = body.last
        else:
            return
