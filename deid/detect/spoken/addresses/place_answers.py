"""Answers that are a street or a house alone, and a house number that is put right.

"And the street?" / "Camberwell New Road"; "where do you live" / "chy an mor just off the ...";
"flat two beech court" / "yeah" / "mill street bury"; "seven Coton Close" / "it's seventeen, not
seven". Only after such a question or such an address.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.dwellings import DESCRIBING, NOT_NAMES, ROAD_LEADS, address_hit
from deid.detect.spoken.addresses.house_names import asks_where
from deid.detect.spoken.addresses.roads import PUBLIC
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import DWELLING, LETTER, NUMERAL, SKIP, STRONG_STREETS
from deid.detect.spoken.heard.numerals import Numeral, numeral_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, STOP, Words
from deid.detect.words.evidence import TOWN
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

_STREETS = frozenset({"street", "road", "lane", "avenue"})
_ASKING = frozenset({"the", "which", "what", "your", "what's"})
_LEADS = frozenset({"it's", "that's", "on", "is"})
_INSIDE = frozenset({"new", "old", "high", "long", "low", "main", "back"})
_AGREED = frozenset(
    {"yes", "yeah", "yep", "is", "isn't", "right", "and", "thanks", "postcode", "postcode's"}
)
_PLACED = frozenset({"just", "off", "near", "on", "up", "down", "opposite", "behind"})
_NOT_IN_NAMES = DESCRIBING | NOT_NAMES | ROAD_LEADS
_HOMES = frozenset(
    {"house", "cottage", "bungalow", "caravan", "hostel", "farm", "home", "place", "somewhere",
     "here", "nowhere", "supported", "lodgings", "digs", "sheltered"}
)  # fmt: skip
_GOING = frozenset({"going", "off", "headed", "heading", "driving"})
_WHO_GOES = frozenset({("am", "i"), ("are", "we"), ("is", "he"), ("is", "she"), ("are", "they")})
_LONGEST_ASK, _LONGEST_NAME, _LONGEST_HOUSE, _TO_STREET = 8, 3, 4, 7
_LONGEST_WHERE, _WHERE = 6, 4
_BEHIND = 6
_ASKED, _SAID_BACK, _PUT_RIGHT, _RARE, _HIGHEST, _SHORTEST_RARE = 5, 16, 20, 35, 2999, 3


def places_answered(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Streets and houses in answer to a question, and numbers put right."""
    yield from _streets(reading, hits)
    yield from _houses(reading, hits)
    yield from _put_right(reading, hits)


def _streets(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    words = reading.words
    ends = {hit.end for hit in hits if hit.entity_type is EntityType.STREET_ADDRESS}
    for street in reading.streets:
        if words.words[street] not in STRONG_STREETS:
            continue
        first = _name_start(words, street)
        led = first > 0 and words.gap(first) == SPACE and words.words[first - 1] in _LEADS
        turn = first - led
        public = tuple(words.words[first : street + 1]) in PUBLIC
        if first == street or public or not reading.starts_turn(turn):
            continue
        turn = words.skip_back(turn - 1) + 1
        asked = (_asks_street(words, turn) or _asks_where(words, turn)) and _goes_no_further(
            words, street + 1
        )
        goes_on = turn > 0 and words.ends[turn - 1] in ends and _ends_or_town(words, street + 1)
        if asked or goes_on or _said_back(reading, turn, street + 1):
            yield address_hit(reading, first, street + 1, 0.6, "street-answered")


def _name_start(words: Words, street: int) -> int:
    """Where the one to three words before a street type begin, none of them describing.

    "Camberwell New Road": one that describes may stand right before the type, not first.
    """
    first = street
    while first > 0 and street - first < _LONGEST_NAME and words.gap(first) == SPACE:
        word, kind = words.words[first - 1], words.kinds[first - 1]
        inside = first == street and word in _INSIDE
        skipped = kind & SKIP and words.only_skipped(first - 1, first)
        if not inside and (kind & NUMERAL or skipped or word in _NOT_IN_NAMES):
            break
        first -= 1
    return street if words.words[first] in _INSIDE else first


def _asks_street(words: Words, turn: int) -> bool:
    """Whether the turn before ends in "and the street?", "what's the name of the road"."""
    last = turn - 1
    if last > 0 and words.words[last] in ("name", "called") and words.gap(last) == SPACE:
        last -= 1
    if last < 1 or words.words[last] not in _STREETS or words.words[last - 1] not in _ASKING:
        return False
    near = range(max(0, last - _LONGEST_ASK), last)
    return last <= _LONGEST_ASK or any(words.gap(token) == LINE for token in near)


def _asks_where(words: Words, turn: int) -> bool:
    """Whether the turn before ends in "where are you?", "say just where you are"."""
    begin = max(0, turn - 1)
    while begin > 0 and turn - begin < _LONGEST_WHERE and words.gap(begin) != LINE:
        begin -= 1
    said = words.words[begin:turn]
    if "where" not in said:
        return False
    after = said[said.index("where") + 1 :]
    led = after[:2] in (["are", "you"], ["you", "are"], ["do", "you"]) or after[:1] == ["to"]
    going = not _GOING.isdisjoint(after[2:]) and tuple(after[:2]) in _WHO_GOES
    return (led or going) and len(after) <= _WHERE


def _goes_no_further(words: Words, last: int) -> bool:
    """Whether a clause, or a postcode's letters, or "yes" follow a street."""
    if words.closes(last):
        return True
    return bool(words.kinds[last] & LETTER) or words.words[last] in _AGREED


def _ends_or_town(words: Words, last: int) -> bool:
    """Whether the street ends its clause, or its town ends it: "spinner street oldham"."""
    if words.closes(last):
        return True
    return lexicon().entry(words.words[last]).place >= TOWN and words.closes(last + 1)


def _said_back(reading: Reading, turn: int, last: int) -> bool:
    """As in "what's your postcode?" / "P E two ..." / "Oundle Road, yes?", by who looked it up."""
    words = reading.words
    if turn == 0 or last >= len(words.words) or words.words[last] not in ("yes", "yeah", "is"):
        return False
    return reading.cues.before(CueKind.POSTCODE, turn, reach=_SAID_BACK) is not None


def _houses(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """As in "where do you live" / "chy an mor just off the coverack road"."""
    words = reading.words
    starts = [hit.start for hit in hits if hit.entity_type is EntityType.STREET_ADDRESS]
    for cue in reading.cues.of(CueKind.ADDRESS):
        asked = range(cue.last, min(len(words.words), cue.last + _ASKED))
        turn = next((token for token in asked if words.gap(token) == LINE), 0)
        if not turn or not asks_where(words, cue.last, turn):
            continue
        first, _ = words.skip(turn)
        last = _house_end(words, first)
        if last == first or not any(_is_rare(words.words[each]) for each in range(first, last)):
            continue
        named = words.words[cue.last - 1] in ("name", "called") and words.closes(last)
        if named or _before_street(words, last, starts):
            yield address_hit(reading, first, last, 0.6, "house-answered")


def _house_end(words: Words, first: int) -> int:
    last = first
    while last < len(words.words) and last - first <= _LONGEST_HOUSE:
        word, kind = words.words[last], words.kinds[last]
        if last > first and (words.gap(last) != SPACE or word in _PLACED):
            break
        small = word == "the" and last == first
        small = small or (last > first and word in ("an", "na", "nan", "y", "yr", "of"))
        if word in _HOMES or kind & (NUMERAL | DWELLING) or "'" in word or len(word) == 1:
            return first
        if not small and (word in DESCRIBING or word in NOT_NAMES or kind & SKIP):
            return first
        last += 1
    return last if last - first <= _LONGEST_HOUSE else first


def _is_rare(word: str) -> bool:
    tier = lexicon().entry(word).tier
    return len(word) >= _SHORTEST_RARE and (not tier or tier >= _RARE)


def _before_street(words: Words, last: int, starts: Sequence[int]) -> bool:
    """Whether "just off the" and a street that was found follow."""
    if last >= len(words.words) or words.words[last] not in _PLACED or words.gap(last) == LINE:
        return False
    place = bisect_left(starts, words.starts[last])
    reach = min(len(words.words) - 1, last + _TO_STREET)
    return place < len(starts) and starts[place] <= words.starts[reach]


def _put_right(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """As in "seven Coton Close" / "it's seventeen not seven": one of the two is the address's."""
    words = reading.words
    for token in (each for each, word in enumerate(words.words) if word == "not"):
        low, high = _numeral_before(reading, token), None
        if token + 1 < len(words.words) and words.gap(token + 1) == SPACE:
            high = numeral_at(words, token + 1)
        if low is None or high is None or not words.closes(high.last):
            continue
        if not low.value <= _HIGHEST or low.value == high.value:
            continue
        start, end = words.starts[max(0, low.first - _PUT_RIGHT)], words.starts[low.first]
        behind = range(words.ends[high.last - 1], words.ends[high.last - 1] + _BEHIND)
        if any(
            (start <= hit.end <= end or hit.start in behind)
            and _holds(reading, hit, (low.value, high.value))
            for hit in hits
            if hit.entity_type is EntityType.STREET_ADDRESS
        ):
            yield address_hit(reading, low.first, low.last, 0.6, "number-put-right")
            yield address_hit(reading, high.first, high.last, 0.6, "number-put-right")


def _numeral_before(reading: Reading, token: int) -> Numeral | None:
    place = bisect_left(reading.numerals, token, key=lambda numeral: numeral.last)
    if place == len(reading.numerals) or reading.numerals[place].last != token:
        return None
    return reading.numerals[place] if reading.words.gap(token) in (SPACE, PAUSE, STOP) else None


def _holds(reading: Reading, hit: Hit, values: tuple[int, int]) -> bool:
    words = reading.words
    first, last = bisect_left(words.starts, hit.start), bisect_left(words.starts, hit.end)
    return any(
        numeral.value in values
        for numeral in reading.numerals
        if first <= numeral.first and numeral.last <= last
    )
