"""Houses by their names: those that are asked for or told, Welsh ones, "the Old" this or that.

"What's the house called?" / "Hillcrest. Hillcrest, Moor Lane."; "we live on a boat, the Lady Jane";
"Tyddyn Bach"; "at the Old Manse". Without capitals only right after such words, or where the name
is all that the clause holds.
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.dwellings import DESCRIBING, NOT_NAMES, address_hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import NUMERAL, SKIP, data, phrases
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, LINE, PAUSE, SPACE, STOP, Words

_HOMES = frozenset(
    {"house", "house's", "cottage", "bungalow", "farm", "farmhouse", "barn", "croft", "lodge",
     "home", "boat", "boat's", "narrowboat", "houseboat", "barge", "caravan", "chalet"}
)  # fmt: skip
_CALLED, _PARTICLES = (
    frozenset({"called", "named"}),
    frozenset({"na", "nan", "y", "yr", "an", "of", "the"}),
)
_GOING_ON = frozenset({"it's", "that's", "there's", "you", "on", "off", "near", "by", "but"})
_WHERE = frozenset({"where", "whereabouts", "address", "name", "called"})
_OLD = phrases(data("streets")["old_houses"])
_GROWN = frozenset(data("streets")["house_plurals"])
_WELSH = frozenset(data("streets")["welsh_houses"])
_WELSH_ENDS = frozenset(data("streets")["welsh_ends"])
_WELSH_SMALL = frozenset({"y", "yr", "ar", "i"})
_ASKED, _REACH, _LONGEST, _NUMBERLESS = 4, 2, 4, 6


def house_names(reading: Reading) -> Iterator[Hit]:
    """Houses that need neither a street nor a number."""
    yield from _called(reading)
    yield from _old(reading)
    yield from _welsh(reading)
    yield from _grown(reading)
    yield from _by_place(reading)


def _old(reading: Reading) -> Iterator[Hit]:
    """As in "at the Old Manse"; without capitals "the old forge" right after "i'm at"."""
    words = reading.words
    for token in range(len(words.words) - 1):
        if words.words[token] != "old" or words.gap(token + 1) != SPACE:
            continue
        last = token + 1 + words.phrase(token + 1, _OLD)
        the = token > 0 and words.words[token - 1] == "the"
        if last == token + 1 or not (the and words.gap(token) == SPACE):
            continue
        if words.cased:
            longer = last < len(words.words) and words.gap(last) == SPACE and words.capital(last)
            if not longer and all(map(words.capital, range(token, last))):
                first = token - words.capital(token - 1)  # "The Old Forge, Mill Lane"
                yield address_hit(reading, first, last, 0.65, "house-old")
        elif reading.cues.before(CueKind.ADDRESS, token - 1, reach=1) is not None:
            yield address_hit(reading, token - 1, last, 0.7, "house-old")


def _grown(reading: Reading) -> Iterator[Hit]:
    """As in "at The Limes": trees with a capital, and "the" before them."""
    words = reading.words
    for token in range(1, len(words.words)) if words.cased else ():
        if words.words[token] not in _GROWN or not words.capital(token):
            continue
        last = token + 1
        longer = last < len(words.words) and words.gap(last) == SPACE and words.capital(last)
        if words.words[token - 1] == "the" and words.gap(token) == SPACE and not longer:
            yield address_hit(reading, token - 1, last, 0.6, "house-grown")


def _by_place(reading: Reading) -> Iterator[Hit]:
    """As in "The Bungalow, Blaencwm": all capitals, and a place behind a comma."""
    words = reading.words
    for token in range(1, len(words.words) - 1) if words.cased else ():
        if words.words[token] not in _LONE or words.words[token - 1] != "the":
            continue
        whole = words.gap(token) == SPACE and words.gap(token + 1) == PAUSE
        if whole and all(map(words.capital, range(token - 1, token + 2))):
            yield address_hit(reading, token - 1, token + 1, 0.6, "house-by-place")


_LONE = frozenset(
    {"bungalow", "cottage", "lodge", "farm", "farmhouse", "vicarage", "rectory", "manse", "barn",
     "forge", "granary", "stables", "gatehouse", "schoolhouse", "croft", "mill", "orchard",
     "annexe", "steading", "smithy", "bothy", "hall", "haven", "retreat", "gables", "nook"}
)  # fmt: skip


def _welsh(reading: Reading) -> Iterator[Hit]:
    """As in "Tyddyn Bach", "Hafod y Coed": how Welsh houses begin, and a particle or an end."""
    words = reading.words
    for first in range(len(words.words) - 1) if words.cased else ():
        if words.words[first] not in _WELSH or not words.capital(first):
            continue
        small = words.words[first + 1] in _WELSH_SMALL and not words.capital(first + 1)
        last = first + 1 + small
        if last >= len(words.words) or {words.gap(first + 1), words.gap(last)} - {SPACE, HYPHEN}:
            continue
        end = words.words[last] in _WELSH_ENDS
        if words.capital(last) and (end or (small and words.words[first + 1] != "i")):
            yield address_hit(reading, first, last + 1, 0.65, "house-welsh")


def _called(reading: Reading) -> Iterator[Hit]:
    """Names of houses after "called", "a boat, the" or "the cottage is"."""
    words = reading.words
    for token, word in enumerate(words.words):
        if _told(words, token):
            last = _name_end(words, token + 2)
            if last > token + 2:
                yield address_hit(reading, token + 2, last, 0.6, "house-told")
            continue
        if word not in _CALLED or not (_of_home(words, token) or _answers(reading, token)):
            continue
        begin, _ = words.skip(token + 1)
        if begin < len(words.words) and words.gap(begin) in (SPACE, LINE, STOP, ","):
            lead = words.words[begin] in ("it's", "that's") and begin + 1 < len(words.words)
            first = begin + lead
            last = _name_end(words, first)
            if last > first:
                yield address_hit(reading, first, last, 0.65, "house-called")


def _told(words: Words, token: int) -> bool:
    """Whether "boat, the" or "cottage is" stands at a token, and a name with capitals after it.

    Of two words behind "is", which also leads to "Victorian"; it ends its clause.
    """
    name = token + 2
    if not words.cased or words.words[token] not in _HOMES or name >= len(words.words):
        return False
    last = _name_end(words, name)
    the = words.words[token + 1] == "the" and words.gap(token + 1) == PAUSE and words.closes(last)
    called = words.words[token + 1] == "is" and last - name > 1 and words.capital(last - 1)
    called = called and (words.closes(last) or words.words[last] in _GOING_ON)
    return (the or called) and words.gap(name) == SPACE and words.capital(name)


def _of_home(words: Words, token: int) -> bool:
    """As in "the cottage is called X", "we've got no number, it's just called X"."""
    said = words.words[max(0, token - _NUMBERLESS) : token]
    told = bool(said) and words.cased and said[-1] in _JUST
    while said and said[-1] in _JUST:
        said.pop()
    numberless = told and said[-2:] == ["no", "number"]
    return numberless or not _HOMES.isdisjoint(words.words[max(0, token - _REACH) : token])


_JUST = frozenset({"it's", "it", "is", "its", "just", "only"})


def _answers(reading: Reading, token: int) -> bool:
    """As in "house name or number" / "it's called the hollies"."""
    words, turn = reading.words, token - 1
    if turn < 1 or words.words[turn] != "it's" or not reading.starts_turn(turn):
        return False
    turn = words.skip_back(turn - 1) + 1
    distance = reading.cues.before(CueKind.ADDRESS, turn, reach=_ASKED)
    return distance is not None and asks_where(words, turn - distance, turn)


def asks_where(words: Words, cue: int, turn: int) -> bool:
    """Whether a turn asks for a place: the cue that ends before ``cue`` is not "live alone"."""
    return not _WHERE.isdisjoint(words.words[max(0, cue - _ASKED) : turn])


def _name_end(words: Words, first: int) -> int:
    last = first
    while last < len(words.words) and last - first < _LONGEST:
        if last > first and words.gap(last) not in (SPACE, HYPHEN):
            break
        if not _in_name(words, first, last):
            break
        last += 1
    while last > first and words.words[last - 1] in _PARTICLES:
        last -= 1
    ends = words.closes(last)
    ends = ends or (last - first > 1 and words.words[last] in _GOING_ON)
    return last if words.cased or ends else first


def _counts(words: Words, token: int) -> bool:
    """Whether a number opens the name of a house: "Four Winds", "seven oaks"."""
    name = token + 1
    if name >= len(words.words) or words.gap(name) != SPACE or words.kinds[name] & NUMERAL:
        return False
    many = words.words[name].endswith("s") and words.words[name] not in _NO_NAMES
    return many and (not words.cased or (words.capital(token) and words.capital(name)))


_NO_NAMES = frozenset(
    {"times", "years", "days", "things", "names", "ways", "hours", "weeks", "words"}
)


def _in_name(words: Words, first: int, token: int) -> bool:
    word, kind = words.words[token], words.kinds[token]
    if word == "the" and token == first and token + 1 < len(words.words):
        return words.gap(token + 1) == SPACE and _in_name(words, first, token + 1)
    counted = token == first and kind & NUMERAL and _counts(words, token)
    if not counted and (word in NOT_NAMES or kind & (NUMERAL | SKIP) or "'" in word):
        return False
    if words.cased:
        return words.capital(token) or (token > first and word in _PARTICLES)
    return word not in DESCRIBING or word in _PARTICLES
