"""House numbers, up to the name of the street: "seven, hang on, Larch Grove".

Between the two stand fillers, corrections ("eight, sorry, eighty Castle Street"), a turn's end.
A number said digit by digit ("two three four") is one. It is not decided here if a street follows.
"""

from collections.abc import Iterator
from typing import NamedTuple

from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.explaining import explained
from deid.detect.spoken.heard.lexicon import MIXED
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, HYPHEN, LINE, SPACE, STOP, Words

REACH = 25
_MOST_DIGITS, _HIGHEST, _LONGEST_MIXED = 4, 2999, 5
_LETTERS = frozenset("abcdef")


class Door(NamedTuple):
    """A house number: its tokens (half-open), and whether the name follows it at once."""

    first: int
    last: int
    at_once: bool


def doors(reading: Reading) -> dict[int, Door]:
    """House numbers by the token where the name of a street would begin."""
    words = reading.words
    found: dict[int, Door] = {}
    for first, last in _numbers(reading):
        after, corrected = words.skip(last)
        begin = found[first].first if first in found and not found[first].at_once else first
        if after >= len(words.words) or not _may_follow(reading, last, after):
            continue
        if words.words[after] == "number" and words.gap(after) != LINE:
            after += 1
        if corrected or after not in found:
            found[after] = Door(begin, last, at_once=not corrected and after == last)
    return found


def _numbers(reading: Reading) -> Iterator[tuple[int, int]]:
    """The tokens of each number, with a letter after it; in order."""
    words = reading.words
    spans = [*_joined(reading), *((token, token + 1) for token in _mixed(words))]
    for first, last in sorted(spans):
        lettered = last < len(words.words) and words.words[last] in _LETTERS
        if lettered and words.gap(last) == SPACE and (told := _letter_told(words, last)):
            yield first, told
            continue
        if lettered and words.gap(last) == SPACE and words.words[last] != "a":
            yield first, last + 1
            continue
        yield first, last
        if lettered and words.gap(last) == SPACE:
            yield first, last + 1


def _letter_told(words: Words, token: int) -> int:
    """The token after "A, A for ant" or "B for ball"; 0 where the letter is not explained."""
    again = words.words[token + 1 : token + 2] == [words.words[token]]
    last = explained(words, token + again)
    return last if last > token + again + 1 else 0


def _joined(reading: Reading) -> Iterator[tuple[int, int]]:
    """Numerals that follow at once, as one: "two three four", "one seventeen"."""
    words, begin, digits = reading.words, -1, ""
    single, last, more_of_last = -1, -1, ""
    for numeral in reading.numerals:
        more = str(numeral.value)
        follows = numeral.first == last and words.gap(last) in (SPACE, HYPHEN)
        if follows and more == digits and len(more) > 1:
            pass  # "thirty one thirty one": said twice
        elif follows and len(digits) + len(more) <= _MOST_DIGITS:
            digits += more
        else:
            if begin >= 0:
                yield from _door(begin, single, last, digits, more_of_last)
            begin, digits = numeral.first, more
        single, last, more_of_last = numeral.first, numeral.last, more
    if begin >= 0:
        yield from _door(begin, single, last, digits, more_of_last)


def _door(begin: int, single: int, last: int, digits: str, alone: str) -> Iterator[tuple[int, int]]:
    """All of it, or only what was said last: "june eighty four thirty three Mill Road"."""
    if 0 < int(digits) <= _HIGHEST:
        yield begin, last
    elif 0 < int(alone) <= _HIGHEST:
        yield single, last


def _mixed(words: Words) -> Iterator[int]:
    """Tokens such as "21a"."""
    for token, kind in enumerate(words.kinds):
        short = kind & MIXED and len(words.words[token]) <= _LONGEST_MIXED
        if short and words.words[token][:-1].isdigit():
            yield token


def _may_follow(reading: Reading, last: int, after: int) -> bool:
    """Whether what stands between a number and ``after`` leaves them together."""
    words = reading.words
    for token in range(last, after + 1):
        gap = words.gap(token)
        if gap == BREAK or (gap == STOP and not _trails_off(words, token)):
            return False
        if gap == LINE and reading.cues.before(CueKind.ADDRESS, last, reach=REACH) is None:
            return False
    return True


def _trails_off(words: Words, token: int) -> bool:
    return "..." in words.between(token) or "\u2026" in words.between(token)
