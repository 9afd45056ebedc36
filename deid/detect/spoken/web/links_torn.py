"""Web addresses over turns: "Yes, hillcroft walkers" / "and then?" / "dot scot".

A turn that begins with "dot" and a domain's ending goes on with the name that ends one of the turns
before, past turns that only nod or ask. Only where a website was asked for or told of before the
name; else mail, handles and talk have rules of their own.
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, SPACE, Words
from deid.detect.spoken.web.domains import ending_size
from deid.detect.spoken.web.hosts import host_start, is_hard
from deid.detect.spoken.web.paths import later_paths, path_end
from deid.transcript import EntityType

_LEADS = frozenset({"then", "and", "it's", "so", "that's"})
_NOUNS = frozenset(data("context")["host_nouns"]) | {"url"}
_REACH, _AGAIN, _MOST_TURNS, _LONGEST_NOD = 16, 24, 4, 4


def links_torn(reading: Reading) -> Iterator[Hit]:
    """Hits for the name and for what later turns add to it."""
    words = reading.words
    for dot, word in enumerate(words.words):
        if word != "dot" or not _begins_turn(words, dot) or not ending_size(words, dot + 1):
            continue
        name, last = _name_before(words, dot), _ending_end(words, dot)
        if "dot" in words.words[max(0, dot - _AGAIN) : dot] and words.closes(last):
            yield _hit(reading, dot, last)  # "... dot org." / "It's dot org dot uk, Carol."
            continue
        if name is None or not _told(words, name[0]):
            continue
        yield _hit(reading, *name)
        yield _hit(reading, dot, last)
        for first, end in later_paths(reading, last):
            yield _hit(reading, first, end)


def _hit(reading: Reading, first: int, last: int) -> Hit:
    return reading.hit(first, last, EntityType.URL, 0.8, ("spoken-web", "torn"))


def _begins_turn(words: Words, token: int) -> bool:
    """Whether nothing but "and then" stands before a token in its turn."""
    while token > 0 and words.gap(token) != LINE and words.words[token - 1] in _LEADS:
        token -= 1
    return token > 0 and words.gap(token) == LINE


def _ending_end(words: Words, dot: int) -> int:
    """The token after "dot org dot uk" and the path behind it."""
    last = dot
    while last < len(words.words) and words.words[last] == "dot":
        size = ending_size(words, last + 1)
        if not size or (last > dot and words.gap(last) == LINE):
            break
        last += 1 + size
    return path_end(words, last)


def _name_before(words: Words, dot: int) -> tuple[int, int] | None:
    """The tokens of the name that ends the nearest turn before which is no nod."""
    last = dot
    while last > 0 and words.gap(last) != LINE:
        last -= 1
    for _ in range(_MOST_TURNS):
        begin = last - 1
        while begin > 0 and words.gap(begin) != LINE:
            begin -= 1
        nod = words.only_skipped(begin, last) or "?" in words.between(last)
        if begin <= 0 or not (nod and last - begin <= _LONGEST_NOD):
            break
        last = begin
    if last <= 0 or is_hard(words.words[last - 1]):
        return None
    first = last - 1
    while first > 0 and words.gap(first) == SPACE and len(words.words[first - 1]) == 1:
        first -= 1
    return host_start(words, first), last


def _told(words: Words, first: int) -> bool:
    """Whether a website is spoken of before a name."""
    near = words.words[max(0, first - _REACH) : first]
    return not _NOUNS.isdisjoint(word.removesuffix("'s") for word in near) and "email" not in near
