"""What follows the name of a website: "dot uk slash p", "slash two oh four" in a later turn.

A part is a word, what signs join to it and the digits behind it; up to three words where the clause
ends with them. In later turns too, and when they are read back: "slash contact, right".
"""

from collections.abc import Iterator

from deid.detect.spoken.heard.lexicon import MIXED, NUMERAL
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, Words
from deid.detect.spoken.web.hosts import HOST_JOINTS, SMALL, is_hard

_SIGNS = HOST_JOINTS - {"slash"} | {"minus"}
_LONGEST_PART, _MOST_TURNS, _LONGEST_NOD = 3, 6, 4
_LEADS = frozenset({"then", "and", "it's", "so"})


def path_end(words: Words, last: int) -> int:
    """The token after the path that follows a host which ends before ``last``; itself if none."""
    while last + 1 < len(words.words) and words.words[last] == "slash":
        if words.gap(last) not in (SPACE, PAUSE) or words.gap(last + 1) not in (SPACE, PAUSE):
            break
        last = _part_end(words, last + 2)
    return last


def later_paths(reading: Reading, last: int) -> Iterator[tuple[int, int]]:
    """Tokens of the paths that the next turns go on with, past turns that only nod or ask."""
    words = reading.words
    for _ in range(_MOST_TURNS):
        limit = min(len(words.words), last + _LONGEST_NOD + 1)
        turn = next((token for token in range(last, limit) if words.gap(token) == LINE), 0)
        if not turn:
            return
        first = _past_leads(words, turn)
        if words.words[first : first + 1] == ["slash"] and (end := path_end_after(words, first)):
            yield first, end
            last = end
        else:
            last = turn + 1


def _past_leads(words: Words, token: int) -> int:
    """The token after "and then", "erm" from one on; a slash is no filler here."""
    while token < len(words.words) and words.words[token] != "slash":
        if words.words[token] not in _LEADS and not words.only_skipped(token, token + 1):
            break
        token += 1
    return token


def path_end_after(words: Words, slash: int) -> int:
    """The token after a path that a turn begins with; 0 where nothing follows the slash in it."""
    if slash + 1 >= len(words.words) or words.gap(slash + 1) not in (SPACE, PAUSE):
        return 0
    return path_end(words, _part_end(words, slash + 2))


def _part_end(words: Words, last: int) -> int:
    """The token after the part of a path whose first word ends before ``last``."""
    joined = _signed_end(words, last)
    if joined > last or words.closes(last) or words.words[last] == "slash":
        return joined
    for token in range(last, min(len(words.words), last + _LONGEST_PART)):
        if words.gap(token) != SPACE or words.words[token] == "slash":
            return _signed_end(words, token)
        if is_hard(words.words[token]) or words.words[token] in SMALL:
            return last
    return len(words.words) if len(words.words) < last + _LONGEST_PART else last


def _signed_end(words: Words, last: int) -> int:
    """The token after what signs and digits join to a part that ends before ``last``."""
    while last < len(words.words) and words.gap(last) in (SPACE, PAUSE):
        sign = words.words[last] in _SIGNS and last + 1 < len(words.words)
        if sign and words.gap(last + 1) == SPACE:
            last += 2
        elif words.kinds[last] & (NUMERAL | MIXED) and words.gap(last) == SPACE:
            last += 1
        else:
            break
    return last
