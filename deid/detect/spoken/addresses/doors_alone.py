"""Door and flat numbers that no street stands beside: "the woman at number six", "we're number 47".

Told by who lives there, by what is said of a door ("with the blue door"), by the way there ("third
house along, number nine", "I'm on Whitefriargate, number ten"), by living there ("we live at number
three"), behind its street ("on Toller Lane, four eight two."), or by the question before ("Still up
in Glen Park?" / "Aye, number eighty-one."). Never a place in a queue, on a list or in a chart, a
bus, a bed or a room.
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.doors_again import said_numbers
from deid.detect.spoken.addresses.dwellings import DESCRIBING, address_hit
from deid.detect.spoken.heard.lexicon import MIXED, MONTH, NUMERAL, ORDINALS, STRONG_STREETS, UNITS
from deid.detect.spoken.heard.numerals import numeral_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, STOP, Words

_NUMBERED = frozenset({"number", "flat"})
_DWELLERS = frozenset(
    {"woman", "man", "lady", "bloke", "neighbour", "neighbours", "fella", "lad", "chap", "him",
     "her", "them", "people", "couple", "boy", "family", "girl", "folk", "folks", "guy", "lot",
     "lass", "widow", "kids", "old"}
)  # fmt: skip
_TITLES = frozenset({"mr", "mrs", "miss", "ms"})
_OVER = (["over", "the", "road"], ["across", "the", "road"], ["over", "the", "street"])
_NAMED, _ACROSS = 3, 4
_AT = frozenset({"at", "from", "in", "opposite", "outside"})
_WE_ARE = frozenset({"we're", "i'm", "they're", "he's", "she's", "mine's", "ours", "are"})
_OF_DOORS = frozenset(
    {"door", "gate", "ramp", "end", "buzzer", "bell", "house", "flat", "street", "road", "stairs",
     "hedge", "porch", "bungalow", "steps", "corner", "drive", "driveway", "garden", "fence",
     "neighbour", "neighbours", "terrace", "close", "floor", "landing", "curtains", "knock"}
)  # fmt: skip
_WAYS = frozenset({"turn", "turning", "left", "right", "corner", "opposite"})
_ALONG = frozenset({"along", "left", "right", "down", "up", "corner", "in"})
_HOUSES = frozenset(
    {"house", "door", "gate", "bungalow", "lodge", "turning", "turn", "end", "cottage"}
)
_RANKED = frozenset(
    {"queue", "list", "line", "waiting", "team", "table", "chart", "charts", "hit", "bus", "bed",
     "ward", "room", "priority", "fan", "ranked", "seeded", "class", "row", "bay", "theatre",
     "ticket", "rankings", "window", "counter", "stand", "stop", "platform", "called", "race",
     "lane"}
)  # fmt: skip
_HOME = frozenset({"live", "living", "house", "street", "road", "address", "lives", "still"})
_YOU = frozenset({"you", "you're", "your", "they", "she", "he"})
_AGREEING = frozenset({"yes", "yeah", "aye", "yep", "um", "er", "erm", "oh", "it's", "that's"})
_LONGEST_ROAD = 3
_LIVING = frozenset(
    {"live", "lives", "lived", "living", "born", "moved", "grew", "stayed", "lodged", "shop",
     "house", "pub", "office", "surgery", "bungalow", "salon", "premises", "barber's", "butcher's"}
)  # fmt: skip
_THERE = frozenset({"on", "in", "live", "lives", "lived", "off", "it's", "we're", "i'm"})
_AHEAD, _BACK, _HIGHEST, _LONGEST_ASK, _SHORT = 8, 6, 2999, 14, 5


def doors_alone(reading: Reading) -> Iterator[Hit]:
    """Hits over the word "number" or "flat" and the number after it."""
    words = reading.words
    for token in range(len(words.words) - 1):
        if words.words[token] not in _NUMBERED or words.gap(token + 1) != SPACE:
            continue
        last = _number_end(words, token + 1)
        if last and not _of_ranks(words, token, last) and _is_door(words, token, last):
            yield address_hit(reading, token, last, 0.6, "door-alone")
    for street in reading.streets:
        door, last = _behind_street(words, street)
        if last:
            yield address_hit(reading, door, last, 0.6, "door-behind")


def _behind_street(words: Words, street: int) -> tuple[int, int]:
    """The door of "on Toller Lane now, number ten.": its first token and the one after; or 0, 0."""
    door = street + 1
    if words.words[door : door + 1] == ["now"] and words.gap(door) == SPACE:
        door += 1
    token = door + (words.words[door : door + 1] == ["number"])
    if token >= len(words.words) or words.gap(door) != PAUSE or not words.kinds[token] & NUMERAL:
        return 0, 0
    first = street
    while first > 0 and street - first < _LONGEST_ROAD and words.gap(first) == SPACE:
        if words.words[first - 1] in _THERE:
            break
        first -= 1
    led = first < street and words.words[first - 1] in _THERE if first else False
    name = (each for each in range(first, street + 1) if words.words[each] != "of")
    named = all(map(words.capital, name)) or not words.cased
    named = named and words.words[first] not in DESCRIBING
    ends = [last for last, _ in said_numbers(words, token) if words.closes(last)]
    return (door, max(ends)) if led and named and ends else (0, 0)


def _number_end(words: Words, token: int) -> int:
    """The token after the number; 0 for none, for an amount, or for one too high."""
    numeral = numeral_at(words, token) if words.kinds[token] & NUMERAL else None
    if numeral is None:
        return token + 1 if words.kinds[token] & MIXED else 0
    last = numeral.last
    unit = last < len(words.words) and words.gap(last) == SPACE and words.words[last] in UNITS
    return 0 if unit or not 0 < numeral.value <= _HIGHEST else last


def _near(words: Words, token: int, last: int) -> set[str]:
    """The words around a number, in its turn."""
    first, end = token, last
    while first > 0 and token - first < _BACK and words.gap(first) not in (LINE, STOP):
        first -= 1
    while end < len(words.words) and end - last < _AHEAD and words.gap(end) not in (LINE, STOP):
        end += 1
    return {word.removesuffix("'s") for word in (*words.words[first:token], *words.words[last:end])}


def _of_ranks(words: Words, token: int, last: int) -> bool:
    return not _RANKED.isdisjoint(_near(words, token, last))


def _is_door(words: Words, token: int, last: int) -> bool:
    told = _lived(words, token) or _told(words, token, last) or _directed(words, token, last)
    return told or _of_dweller(words, token) or _answers(words, token, last)


def _lived(words: Words, token: int) -> bool:
    """Whether somebody lives or trades there: "we live at number three", "a shop at number 83"."""
    led = token > 1 and words.gap(token) == SPACE and words.words[token - 1] in {"at", "to", "in"}
    there = led and words.gap(token - 1) == SPACE and words.words[token - 2] in _LIVING
    return there and (words.words[token - 1] != "to" or words.words[token - 2] == "moved")


def _of_dweller(words: Words, token: int) -> bool:
    """Whether somebody lives there: "the old boy at number six", "my neighbour, number nine"."""
    if token < 2:  # noqa: PLR2004 - somebody, and a preposition
        return False
    if words.gap(token) == PAUSE:
        return words.words[token - 1] in {"neighbour", "neighbours"}
    led = words.gap(token) == SPACE and words.words[token - 1] in _AT
    if not led or words.gap(token - 1) != SPACE:
        return False
    if words.words[token - 1] == "outside":
        return True
    titled = words.words[max(0, token - _NAMED)] in _TITLES  # "Mrs Gupta at number six"
    across = words.words[max(0, token - _ACROSS) : token - 1] in _OVER
    return titled or across or words.words[token - 2] in _DWELLERS


def _told(words: Words, token: int, last: int) -> bool:
    """Whether somebody's door is told: "we're number 47, with the blue door", "buzz flat four"."""
    if token == 0 or words.gap(token) != SPACE:
        return False
    lead, second = words.words[token - 1], words.words[max(0, token - 2)]
    ours = lead in {"is", "was"} and second in {"ours", "house", "mine"}
    if lead == "buzz" or (ours and words.closes(last)):
        return True
    flat = words.words[token] == "flat" and lead in {"i'm", "we're", "press"}
    near = _near(words, token, last) - {words.words[token]}
    house = not _OF_DOORS.isdisjoint(near)
    if lead == "it's" and words.closes(last) and not _WAYS.isdisjoint(near):
        return True
    return flat or (house and (ours or (lead in _WE_ARE and second not in _YOU)))


def _directed(words: Words, token: int, last: int) -> bool:
    """Whether the way there, or a road, stands before: "third house along, number nine"."""
    paused = token > 1 and words.gap(token) == PAUSE
    if not paused or not words.closes(last):
        return False
    near = _near(words, token, last)
    if "number" in near:
        return False  # "the house, number three, the car"
    if words.words[token - 1] in _ALONG | _HOUSES:
        turn = ORDINALS.keys() if words.words[token - 1] in ("left", "right") else ()
        return not _HOUSES.union(turn).isdisjoint(near)
    first = token - 1
    while first > 0 and token - first < _LONGEST_ROAD and words.capital(first - 1):
        first -= 1
    named = words.cased and words.capital(first) and not words.kinds[first] & MONTH
    led = words.words[max(0, first - 1)]
    before = words.words[max(0, first - 2)]
    there = led == "on" or (led == "the" and before in {"opposite", "by", "past", "behind", "on"})
    return named and there and not words.words[token - 1].endswith("day")


def _answers(words: Words, token: int, last: int) -> bool:
    """Whether "aye, number eighty-one" answers "are you still up in Glen Park?"."""
    first = token
    alone = words.gap(token) == STOP  # "For the minute. Number sixty."
    while first > 0 and words.gap(first) in (SPACE, PAUSE, STOP):
        if words.words[first - 1] not in _AGREEING and not (alone and token - first < _SHORT):
            return False
        first -= 1
    if first == 0 or words.gap(first) != LINE or not words.closes(last):
        return False
    low = first - 1
    while low > 0 and first - low < _LONGEST_ASK and words.gap(low) not in (LINE, STOP):
        low -= 1
    asked = {word.removesuffix("'s") for word in words.words[low:first]}
    street = words.words[first - 1] in STRONG_STREETS and "still" in asked
    home = street or {"same", "address"} <= asked
    home = home or (not _HOME.isdisjoint(asked) and not _YOU.isdisjoint(asked))
    return home and _RANKED.isdisjoint(asked)
