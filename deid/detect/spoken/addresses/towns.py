"""The places named straight after a street address: "..., Fishponds, Bristol".

Capitals tell where they are used. In captions without them the gazetteer does: a word is a town
there only where it is a listed place and hardly a word otherwise, or a town set off by pauses.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import DIGIT, DWELLING, MIXED, NUMERAL, SKIP, STREET, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, HYPHEN, LINE, PAUSE, SPACE, STOP, Words
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

_RULE = ("spoken-addresses", "after-address")
_NOT_TOWNS = frozenset(data("context")["addresses_not_towns"])
_COUNTY = frozenset({"county", "co"})
_SAID_OF_IT = frozenset({"that's", "in"})
_SOMEBODY = frozenset({"she's", "he's", "i'm", "we're", "they're", "it's", "that's", "in", "at"})
_MOST_TOWNS, _SHORTEST_TOWN, _LONGEST_TOWN = 3, 3, 4
_MARK = re.compile(r"\.\.\.|\u2026|\s[-\u2013\u2014]\s|[()]")
_LONGEST_ASIDE = 8
_COMMONEST, _RARE_WORD, _TOWN = 10, 35, 6


def towns(reading: Reading, last: int) -> Iterator[Hit]:
    """The places after an address that ends before the token ``last``."""
    words, token = reading.words, last
    if token + 1 < len(words.words) and words.words[token] in _SAID_OF_IT:
        token += _known(words, token + 1) and words.gap(token) in (SPACE, PAUSE)
    for place in range(_MOST_TOWNS):
        if token >= len(words.words):
            return
        gap = words.gap(token)
        if gap == LINE and not place:  # "... Mill Row." / "Yep." / "Didcot."
            token, _ = words.skip(token)
            if token >= len(words.words) or words.gap(token) != LINE or not _known(words, token):
                return
        aside = _past_aside(words, token)
        if aside == token and gap not in (PAUSE, SPACE) and (place or gap != LINE):
            return
        name = aside if aside > token else _hesitated(words, token)
        end = _place_end(words, name)
        if end <= name or _is_street(words, end):
            return
        yield reading.hit(token, end, EntityType.LOCATION, 0.6, _RULE)
        token = end


def _is_street(words: Words, token: int) -> bool:
    """Whether the next word makes a street of the place: the street said back, "melton road"."""
    beside = token < len(words.words) and words.gap(token) == SPACE
    return beside and bool(words.kinds[token] & STREET)


def _past_aside(words: Words, token: int) -> int:
    """The token of the place in "... where's my glasses... Didcot, Oxon"; ``token`` for none."""
    if not _MARK.search(words.between(token)):
        return token
    for at in range(token + 1, min(len(words.words), token + _LONGEST_ASIDE)):
        if words.gap(at) == LINE or words.kinds[at] & NUMERAL:
            break
        if not _MARK.search(words.between(at)) or (words.cased and not words.capital(at)):
            continue
        end = _place_end(words, at)
        beside = end < len(words.words) and words.gap(end) == PAUSE and _known(words, end)
        return at if end > at and (_known(words, at) or beside) else token
    return token


def _hesitated(words: Words, token: int) -> int:
    """The token of the place in "um, you know, Didcot", "no wait, Didcot"; or ``token``."""
    name, corrected = words.skip(token)
    if name in (token, len(words.words)) or not (corrected or words.hesitates(token, name)):
        return token
    within = all(words.gap(each) in (SPACE, PAUSE) for each in range(token + 1, name + 1))
    written = not words.cased or words.capital(name)
    end = _place_end(words, name) if within and written and _known(words, name) else name
    goes_on = end > name and not words.cased and not words.closes(end) and _known(words, end)
    return name if end > name and (goes_on or words.closes(end)) else token


def towns_before(reading: Reading, hits: Iterable[Hit]) -> Iterator[Hit]:
    """The listed place of "she's bearwood flat six hadley court", in a text of one case."""
    words = reading.words
    for hit in hits if not words.cased else ():
        flat = bisect_left(words.starts, hit.start)
        if not flat or not words.kinds[flat] & DWELLING:
            continue
        place, entry = flat - 1, lexicon().entry(words.words[flat - 1])
        led = place > 0 and words.words[place - 1] in _SOMEBODY and words.gap(place) == SPACE
        rare = entry.place > 0 and (not entry.tier or entry.tier >= _RARE_WORD)
        if led and rare and words.gap(flat) == SPACE and words.words[place] not in _NOT_TOWNS:
            yield reading.hit(place, flat, EntityType.LOCATION, 0.6, _RULE)


def _place_end(words: Words, token: int) -> int:
    """The token after a place, "County" or "co" before it with it; ``token`` where none begins."""
    written = words.cased and (words.capital(token) or words.capital(max(0, token - 1)))
    end = _capitals(words, token) if written else listed(words, token)
    if end > token or words.words[token] not in _COUNTY or words.closes(token + 1):
        return end
    end = _capitals(words, token + 1) if words.cased else listed(words, token + 1)
    return end if end > token + 1 else token


def _known(words: Words, token: int) -> bool:
    """Whether the gazetteer has a town of this name, or one that begins so."""
    lists, word = lexicon(), words.words[token]
    entry = lists.entry(word)
    if entry.tier == _COMMONEST and entry.place < _TOWN:
        return False
    return entry.place > 0 or word in lists.place_phrases


def _capitals(words: Words, first: int) -> int:
    """The token after the capitalised words from ``first`` on; ``first`` where none is a place."""
    if words.words[first] in _NOT_TOWNS or not _town_word(words, first):
        return first
    if words.gap(first) == SPACE:
        return first + 1 if lexicon().entry(words.words[first]).place else first
    token = first + 1
    while (
        token < len(words.words)
        and words.gap(token) in (SPACE, HYPHEN)
        and _town_word(words, token)
        and token - first < _LONGEST_TOWN
    ):
        token += 1
    ends = (
        token >= len(words.words)
        or words.gap(token) in (PAUSE, STOP, LINE, BREAK)
        or bool(words.kinds[token] & MIXED)
        or bool(lexicon().entry(words.words[first]).place)
    )
    return token if ends else first


def _town_word(words: Words, token: int) -> bool:
    word = words.words[token]
    plain = word.isalpha() and not words.kinds[token] & DIGIT
    return plain and len(word) >= _SHORTEST_TOWN and words.capital(token)


def listed(words: Words, first: int) -> int:
    """The token after a listed place in a text of one case; ``first`` where none begins."""
    if end := listed_phrase(words, first):
        return end
    word = words.words[first]
    entry = lexicon().entry(word)
    if word in _NOT_TOWNS or words.kinds[first] & SKIP or not entry.place:
        return first
    after = first + 1
    set_off = words.gap(first) in (PAUSE, LINE) and (
        after >= len(words.words) or words.gap(after) in (PAUSE, STOP, LINE)
    )
    rare = not entry.tier or entry.tier >= _RARE_WORD
    return after if rare or (set_off and entry.place >= _TOWN) else first


def listed_phrase(words: Words, first: int) -> int:
    """The token after a listed place of several words that begins at ``first``; 0 for none."""
    seconds = lexicon().place_phrases.get(words.words[first], {})
    for rest in seconds.get(_word(words, first + 1), ()):
        end = first + 2 + len(rest)
        if tuple(words.words[first + 2 : end]) == rest:
            return end
    return 0


def _word(words: Words, token: int) -> str:
    return words.words[token] if token < len(words.words) else ""
