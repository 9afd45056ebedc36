"""Turns in which something is given a piece at a time, and turns that hear it and ask for more.

"So it starts zero seven eight." / "Got that." / "And then eleven seventy-nine. Is that it?": what
leads to a piece, what may follow it, and what a listener says, for all rules that follow dictation.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from deid.detect.spoken.heard.lexicon import (
    LETTER,
    MONTH,
    MULTIPLE,
    ORDINAL,
    SKIP,
    STARTS_STRETCH,
    data,
)
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.sentences import INSIDE, SMALL
from deid.detect.spoken.heard.words import STOP, Words

PIECE_LEADS = frozenset(data("context")["piece_leads"])
JOINING = frozenset(
    {"and", "then", "the", "last", "other", "rest", "bit", "bit's", "half", "half's"}
)
"""All that may stand between two pieces so that it is no aside: "and the last bit's"."""
_TAILS = frozenset(data("context")["piece_tails"])
_HEARING = SMALL | PIECE_LEADS | _TAILS | frozenset(data("context")["piece_asks"])
_MOST_LEADS, _LONGEST_NOD, _IN_PASSING = 8, 9, 1


def turns(words: Words) -> Iterator[tuple[int, int]]:
    """The tokens of each turn that has any, half-open, in order."""
    first, feed = 0, words.text.find("\n")
    while feed >= 0:
        last = bisect_left(words.starts, feed, lo=first)
        if last > first:
            yield first, last
        first, feed = last, words.text.find("\n", feed + 1)
    if first < len(words.words):
        yield first, len(words.words)


def past_leads(words: Words, token: int, last: int) -> int:
    """The token after "okay, so it starts", "and then it's" from one on."""
    begin = token
    while token < last and token - begin < _MOST_LEADS:
        word, kind = words.words[token], words.kinds[token]
        after = words.kinds[token + 1] if token + 1 < last else 0
        nought = word == "oh" and after & STARTS_STRETCH
        if word in PIECE_LEADS or (kind & SKIP and not nought and not kind & (LETTER | MULTIPLE)):
            token += 1
        else:
            break
    return token


def closes(words: Words, end: int, last: int) -> bool:
    """Whether a turn ends behind its piece, or only "got it?", "and that's it" follows."""
    if end >= last or words.gap(end) == STOP:
        return end >= last or words.between(end) not in INSIDE
    token = end
    while token < last and (words.words[token] in _TAILS or words.kinds[token] & SKIP):
        token += 1
    return token >= last or words.gap(token) == STOP


def spans(reading: Reading, first: int, last: int) -> list[tuple[int, int]]:
    """Tokens that say a character, a month or a day between two tokens, in order."""
    words = reading.words
    found = [
        (low, high)
        for stretch in reading.stretches[
            bisect_left(reading.stretches, first, key=lambda each: each.last) : bisect_right(
                reading.stretches, last, key=lambda each: each.first
            )
        ]
        for low, high in stretch.spans
        if first <= low and high <= last
    ]
    taken = {token for low, high in found for token in range(low, high)}
    days = (
        (token, token + 1)
        for token in range(first, last)
        if words.kinds[token] & (MONTH | ORDINAL) and token not in taken
    )
    return sorted([*found, *days])


def nods(reading: Reading, first: int, last: int) -> bool:
    """Whether a turn only hears, or asks for more of it, and has no characters of its own."""
    words = reading.words
    spoken = (low for low, _ in spans(reading, first, last))
    articles = all(words.kinds[low] & LETTER and len(words.words[low]) == 1 for low in spoken)
    told = sum(
        not (words.kinds[token] & SKIP or words.words[token] in _HEARING)
        for token in range(first, last)
    )
    most = 0 if asks(words, last, last) else _IN_PASSING
    return articles and last - first <= _LONGEST_NOD and told <= most


def only_hears(words: Words, first: int, last: int) -> bool:
    """Whether a turn has nothing but words of hearing and asking on: "I'm with you", "go on"."""
    return all(
        words.kinds[token] & SKIP or words.words[token] in _HEARING for token in range(first, last)
    )


def asks_on(words: Words, first: int, last: int) -> bool:
    """Whether the rest of a turn asks for something else: "Six oh. And that's for how many?"."""
    other = not _HEARING.issuperset(words.words[first:last])
    return other and asks(words, first, last)


def asks(words: Words, first: int, last: int) -> bool:
    """Whether a question mark stands between the token before ``first`` and the one at ``last``."""
    end = words.starts[last] if last < len(words.words) else len(words.text)
    return "?" in words.text[words.ends[first - 1] : end]
