"""Addresses that are no street's: boats, units of industrial estates, a flat that is only numbered.

"The narrowboat Kingfisher, Foxton Wharf"; "Unit nine, Old Quarry Industrial Estate"; "No, a flat.
Flat twelve."; in captions "weaver's cottage, bampton", "at rose cottage bampton". Never a boat
without a name, an estate that no unit leads to, or "flat two" of a score.
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.dwellings import DESCRIBING, NOT_NAMES, address_hit, flat_before
from deid.detect.spoken.addresses.towns import listed, towns
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import (
    DWELLING,
    LETTER,
    MIXED,
    NUMERAL,
    SKIP,
    STRONG_STREETS,
    data,
)
from deid.detect.spoken.heard.numerals import numeral_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, STOP, Words

_BOATS = frozenset({"narrowboat", "houseboat", "widebeam", "canalboat", "barge", "nb"})
_MOORINGS = frozenset(
    {"wharf", "marina", "basin", "lock", "locks", "moorings", "mooring", "quay", "boatyard", "dock",
     "docks", "harbour", "bridge", "cut", "creek"}
)  # fmt: skip
_SORTS = frozenset({"industrial", "business", "trading", "retail", "enterprise"})
_SITES = frozenset({"estate", "park", "centre", "village"})
_SURE_HOUSES = frozenset(data("streets")["sure_houses"])
_HOME_TALK = frozenset({"house", "flat", "apartment", "bungalow"})
_KIN = frozenset(
    {"mum's", "dad's", "nan's", "gran's", "mother's", "father's", "son's", "daughter's", "it's",
     "sister's", "brother's", "that's", "neighbour's", "friend's", "there's", "here's", "who's",
     "what's", "where's", "she's", "he's", "let's", "one's", "parents'", "uncle's", "auntie's"}
)  # fmt: skip
_REACH, _LONGEST, _ASKED, _LETTERS = 6, 4, 12, 4


def unusual_homes(reading: Reading) -> Iterator[Hit]:
    """Hits for all of them."""
    words = reading.words
    for token, word in enumerate(words.words):
        if word in _BOATS:
            yield from _boat(reading, token)
        elif word in _SITES and token and words.words[token - 1] in _SORTS:
            yield from _estate(reading, token)
        elif word in _SURE_HOUSES and token and not words.cased and _calls(words, token - 1):
            yield from _somebodys(reading, token)
    for token in reading.dwellings:
        yield from _numbered(reading, token)
    for token in reading.streets:
        if first := _the_house(reading, token):
            yield address_hit(reading, first - 1, token + 1, 0.7, "the-house-street")
            yield from towns(reading, token + 1)
        if _after_spelling(words, token):
            yield address_hit(reading, token, token + 1, 0.6, "type-after-spelling")


def _the_house(reading: Reading, street: int) -> int:
    """The word after "the" of "THE MANSE, SHORE STREET", opening a sentence, in one case; or 0."""
    words = reading.words
    if words.cased or words.words[street] not in STRONG_STREETS or words.gap(street) != SPACE:
        return 0
    for house in range(street - 2, max(0, street - _LONGEST), -1):
        if not _named(words, house + 1) or words.gap(house + 1) not in (SPACE, PAUSE):
            return 0
        the = house - 1 - (words.words[house - 1] == "old")
        if words.words[house] in _BY_ARTICLE and words.words[the] == "the":
            begins = words.gap(the) == STOP or reading.starts_turn(the)
            begins = begins or words.words[max(0, the - 1)] in _SAYING
            return the + 1 if begins and words.gap(house) == SPACE else 0
        if words.gap(house + 1) == PAUSE:
            return 0
    return 0


_SAYING = frozenset({"it's", "that's", "at", "from"})
_BY_ARTICLE = frozenset(data("streets")["houses"]).union(data("streets")["old_houses"]) - {"house"}


def _after_spelling(words: Words, street: int) -> bool:
    """As in "how are you spelling that?" / "H-A-W-T-H-O-R-N, then Way."."""
    led = words.words[max(0, street - 1)] in ("then", "and") and words.gap(street) == SPACE
    begin = street - 1 - _LETTERS
    spelt = led and begin >= 0 and all(kind & LETTER for kind in words.kinds[begin : street - 1])
    capital = not words.cased or words.capital(street)
    return spelt and capital and words.closes(street + 1)


def _named(words: Words, token: int) -> bool:
    word = words.words[token]
    plain = word in DESCRIBING or word in NOT_NAMES or words.kinds[token] & (NUMERAL | SKIP)
    return not plain and (words.capital(token) if words.cased else True)


def _boat(reading: Reading, token: int) -> Iterator[Hit]:
    """As in "narrowboat Kingfisher, Foxton Wharf"."""
    words, last = reading.words, token + 1
    while last < len(words.words) and last - token <= _LONGEST and words.gap(last) == SPACE:
        if not _named(words, last):
            break
        last += 1
    moored = _mooring(words, last)
    told = reading.cues.before(CueKind.ADDRESS, token, reach=_REACH) is not None
    if last == token + 1 or not (words.cased or moored > last or (told and words.closes(last))):
        return
    yield address_hit(reading, token, moored, 0.65, "boat")


def _mooring(words: Words, last: int) -> int:
    """The token after ", Foxton Wharf"; ``last`` where none follows."""
    for place in range(last + 1, min(len(words.words), last + _LONGEST)):
        if words.gap(place) != SPACE or not _named(words, place - 1):
            return last
        if words.words[place] in _MOORINGS and words.gap(last) == PAUSE:
            return place + 1
    return last


def _estate(reading: Reading, token: int) -> Iterator[Hit]:
    """As in "Unit nine, Old Quarry Industrial Estate"."""
    words, first = reading.words, token - 1
    while first > 0 and token - first <= _LONGEST and words.gap(first) == SPACE:
        before = first - 1
        if words.kinds[before] & (NUMERAL | MIXED | DWELLING) or words.words[before] == "the":
            break
        if words.cased and not words.capital(before):
            break
        first = before
    begin = flat_before(reading, first)
    if first < token - 1 and begin < first and words.kinds[begin] & DWELLING:
        yield address_hit(reading, begin, token + 1, 0.8, "estate")


def _somebodys(reading: Reading, token: int) -> Iterator[Hit]:
    """As in "weaver's cottage, bampton" in captions, where a listed place follows."""
    words, last = reading.words, token + 1
    if last >= len(words.words):
        return
    joined = words.gap(token) == SPACE and words.gap(last) in (SPACE, PAUSE)
    if joined and listed(words, last) > last:
        yield address_hit(reading, token - 1, last, 0.6, "house-of")


def _calls(words: Words, token: int) -> bool:
    """Whether "weaver's" stands there, or a word that "at" leads to: "at rose cottage bampton"."""
    word = words.words[token]
    if word.endswith("'s"):
        return word not in _KIN
    led = token > 0 and words.gap(token) == SPACE and words.words[token - 1] in _LEADS
    return led and _named(words, token) and word not in _SORTS_OF_HOUSE


_LEADS = frozenset({"at", "to", "from", "outside", "it's", "is"})
_SORTS_OF_HOUSE = frozenset(
    {"holiday", "dairy", "home", "sheep", "pig", "fish", "wind", "city", "hunting", "tied",
     "council", "detached", "rented", "organic", "family", "health", "fishing", "solar"}
)  # fmt: skip


def _numbered(reading: Reading, token: int) -> Iterator[Hit]:
    """As in "is that a house?" / "No, a flat. Flat twelve."."""
    words, after = reading.words, token + 1
    if after >= len(words.words) or words.gap(after) != SPACE or words.words[token] != "flat":
        return
    begins = token > 0 and words.gap(token) in (STOP, LINE)
    numeral = numeral_at(words, after) if words.kinds[after] & NUMERAL else None
    last = numeral.last if numeral else after + 1
    if not begins or not (numeral or words.kinds[after] & MIXED) or not words.closes(last):
        return
    if not _HOME_TALK.isdisjoint(words.words[max(0, token - _ASKED) : token]):
        yield address_hit(reading, token, last, 0.6, "flat-told")
