"""Web addresses over turns: "Yes, hillcroft walkers" / "and then?" / "dot scot".

A turn that begins with "dot" and a domain's ending goes on with the name that ends one of the turns
before, past turns that only nod or ask. Only where a website was asked for or told of before the
name; else mail, handles and talk have rules of their own.
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.giving import only_hears, past_leads
from deid.detect.spoken.heard.lexicon import SKIP, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, SPACE, Words
from deid.detect.spoken.web.domains import ending_size
from deid.detect.spoken.web.hosts import host_start, is_hard
from deid.detect.spoken.web.paths import later_paths, path_end
from deid.transcript import EntityType

_LEADS = frozenset({"then", "and", "it's", "so", "that's"})
_GOES_ON = frozenset({"then", "and"})
_NOUNS = frozenset(data("context")["host_nouns"]) | {"url"}
_REACH, _AGAIN, _MOST_TURNS, _LONGEST_NOD = 16, 24, 6, 4


def links_torn(reading: Reading) -> Iterator[Hit]:
    """Hits for the name and for what later turns add to it."""
    words = reading.words
    for dot, word in enumerate(words.words):
        if word != "dot" or not _begins_turn(words, dot) or not ending_size(words, dot + 1):
            continue
        last = _ending_end(words, dot)
        if "dot" in words.words[max(0, dot - _AGAIN) : dot] and words.closes(last):
            yield _hit(reading, dot, last)  # "... dot org." / "It's dot org dot uk, Carol."
            continue
        names = list(_names_before(reading, dot))
        again = len(names) > 1 and len({tuple(words.words[slice(*name)]) for name in names}) == 1
        if not names or not (_told(words, names[-1][0]) or (again and words.closes(last))):
            continue
        for name in names:
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


def _names_before(reading: Reading, dot: int) -> Iterator[tuple[int, int]]:
    """The tokens of the name that ends the nearest turn before which is no nod, the nearest first.

    Before it, too, what the listener read back, and what it went on from: "Happy" / "Then Folk".
    """
    words, last, found = reading.words, dot, 0
    said: tuple[int, int] | None = None
    while last > 0 and words.gap(last) != LINE:
        last -= 1
    for _ in range(_MOST_TURNS):
        if last <= 0:
            return
        begin = last - 1
        while begin > 0 and words.gap(begin) != LINE:
            begin -= 1
        asked = "?" in words.between(last)
        nod = asked or only_hears(words, begin, last)
        if nod and last - begin <= _LONGEST_NOD:
            last = begin
            continue
        name = said or _name_in(words, begin, last)
        whole = said or not found or (name and name[0] <= past_leads(words, begin, last))
        if asked or name is None or not whole:
            return
        found += 1
        yield name
        said = _said_before(words, name, begin)
        if words.words[begin] not in _GOES_ON and not said:
            return
        last = begin


def _name_in(words: Words, begin: int, last: int) -> tuple[int, int] | None:
    """The tokens of the name that ends a turn, before "yep", "got it"."""
    end = last
    while end - 1 > begin and words.kinds[end - 1] & SKIP:
        end -= 1
    if is_hard(words.words[end - 1]):
        return None
    first = end - 1
    while first > begin and words.gap(first) == SPACE and len(words.words[first - 1]) == 1:
        first -= 1
    return max(begin, host_start(words, first)), end


def _said_before(words: Words, name: tuple[int, int], begin: int) -> tuple[int, int] | None:
    """The same words at the end of the turn before the one that begins there."""
    first = begin - (name[1] - name[0])
    same = first >= 0 and words.words[first:begin] == words.words[slice(*name)]
    return (first, begin) if same else None


def _told(words: Words, first: int) -> bool:
    """Whether a website is spoken of before a name."""
    near = words.words[max(0, first - _REACH) : first]
    return not _NOUNS.isdisjoint(word.removesuffix("'s") for word in near) and "email" not in near
