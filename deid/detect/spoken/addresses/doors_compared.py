"""Door numbers that are told apart, near the address that one of them belongs to.

"I'm 9 so he's 11. 11 Maes y Coed."; "80. The other one's 18."; "Mr Sethi at 14 and Maureen at 22,
both Baker Street"; "is it thirteen or thirty" / "thirty. Thirty Mill Lane". Each needs that
address, or a question for a door: never ages, times or scores, which no address holds.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.doors_again import numbers_in
from deid.detect.spoken.addresses.dwellings import DESCRIBING, NOT_NAMES, address_hit
from deid.detect.spoken.heard.lexicon import DWELLING, MIXED, MONTH, NUMERAL, STREET, UNITS
from deid.detect.spoken.heard.numerals import Numeral, numeral_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, STOP, Words
from deid.transcript import EntityType

_ADDRESS = EntityType.STREET_ADDRESS
_OURS = frozenset(
    {"i'm", "we're", "he's", "she's", "they're", "mine's", "ours", "hers", "theirs", "one's"}
)
_WENT = frozenset({"went", "goes", "go", "came", "comes", "gone", "delivered", "posted", "sent"})
_SENT = frozenset({"to", "from"})
_THEN = frozenset({"so", "and", "not", "now", "but", "both", "because", "again"}) | _OURS
_AGES = frozenset(
    {"years", "year", "old", "age", "aged", "ages", "stone", "kilos", "birthday", "born", "older",
     "younger", "lads", "kids", "sons", "daughters", "children", "boys", "girls", "twins"}
)  # fmt: skip
_HOUSES = frozenset({"house", "door", "flat", "street", "road", "bungalow", "houses", "gate"})
_BOTH, _WITHIN = frozenset({"both", "all"}), frozenset({"of", "them", "us", "on", "in", "from"})
_CHOOSING = frozenset({"it", "that", "is", "it's", "number", "you", "was", "at"})
_REACH, _BESIDE, _SENTENCE, _HIGHEST, _LONGEST, _ASK = 20, 10, 18, 2999, 3, 12


def doors_compared(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for the numbers around the addresses among ``hits``."""
    words = reading.words
    spans = sorted(
        (bisect_left(words.starts, hit.start), bisect_left(words.starts, hit.end))
        for hit in hits
        if hit.entity_type is _ADDRESS
    )
    for first, last in spans:
        yield from _told_apart(reading, first, last)
        yield from _other_one(reading, first, last)
    yield from _same_flat(reading, spans)
    yield from _asked(reading)
    yield from _shared(reading, spans)
    yield from _either(reading, spans)


def _told_apart(reading: Reading, first: int, last: int) -> Iterator[Hit]:
    """As in "it went to 83, we're 38": one of the two is the address's."""
    words = reading.words
    known = set(numbers_in(words, first, last))
    if not known:
        return
    begin, end = max(0, first - _REACH), min(len(words.words), last + _REACH)
    led = [each for each in _led(words, begin, end) if not first <= each[0] < last]
    same = [token for token, _, digits in led if digits in known]
    if first and words.words[first - 1] in _OURS and words.gap(first) == SPACE:
        same.append(first)
    if not same or not _AGES.isdisjoint(words.words[begin:end]):
        return
    for token, after, _ in led:
        if any(abs(token - other) <= _BESIDE for other in same):
            yield address_hit(reading, token, after, 0.65, "door-told-apart")


def _led(words: Words, begin: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The numbers behind "I'm", "Daddy's in", "it went to": their tokens and their digits."""
    for token in range(max(2, begin), end):
        if not words.kinds[token] & (NUMERAL | MIXED) or words.gap(token) != SPACE:
            continue
        lead, second = words.words[token - 1], words.words[token - 2]
        close = words.gap(token - 1) == SPACE
        there = close and lead in {"in", "at"} and second.endswith(("'s", "'m", "'re"))
        if not (lead in _OURS or there or (close and lead in _SENT and second in _WENT)):
            continue
        numeral = numeral_at(words, token)
        after = numeral.last if numeral else token + 1
        if words.closes(after) or words.words[after] in _THEN:
            yield token, after, str(numeral.value) if numeral else words.words[token]


def _other_one(reading: Reading, first: int, last: int) -> Iterator[Hit]:
    """As in "80. The other one's 18.": right behind a number that was told to be a door's."""
    words, other = reading.words, last
    if last - first > _LONGEST or not all(
        words.kinds[token] & (NUMERAL | MIXED) or words.words[token] in {"number", "and"}
        for token in range(first, last)
    ):
        return
    other += words.words[other : other + 1] in (["and"], ["but"])
    other += words.words[other : other + 1] == ["the"]
    said = words.words[other : other + 2]
    if said[:1] not in (["other"], ["other's"]) or words.gap(last) == LINE:
        return
    token = other + 1 + (said[1:] in (["one's"], ["is"], ["was"]))
    token += token == other + 2 and words.words[token : token + 1] in (["is"], ["was"])
    numeral = numeral_at(words, token) if token < len(words.words) else None
    if token > other + (said[0] == "other") and numeral and words.closes(numeral.last):
        yield address_hit(reading, numeral.first, numeral.last, 0.65, "door-other")


def _same_flat(reading: Reading, spans: Sequence[tuple[int, int]]) -> Iterator[Hit]:
    """As in "still Flat 3, 40 Cooper Street?" / "I'm Flat 3, 42 now": a flat that was told."""
    words, told = reading.words, set[tuple[str, ...]]()
    for first, last in spans:
        if not words.kinds[first] & DWELLING:
            continue
        flat = tuple(words.words[first : first + 2])
        alone = last < len(words.words) and last - first == len(flat) and words.gap(last) == PAUSE
        numeral = numeral_at(words, last) if alone and flat in told else None
        now = numeral and (words.closes(numeral.last) or words.words[numeral.last] == "now")
        if numeral and now:
            yield address_hit(reading, first, numeral.last, 0.65, "flat-again")
        if last - first > len(flat):
            told.add(flat)


def _asked(reading: Reading) -> Iterator[Hit]:
    """As in "what number is his house?" / "I'm 9 so he's 11."."""
    words = reading.words
    for token, word in enumerate(words.words):
        if word != "number" or not token or words.words[token - 1] not in {"what", "which"}:
            continue
        near = range(token + 1, min(len(words.words), token + _ASK))
        turn = next((each for each in near if words.gap(each) == LINE), 0)
        if not turn or _HOUSES.isdisjoint(words.words[token:turn]):
            continue
        end = turn + 1
        while end < len(words.words) and end - turn < _ASK and words.gap(end) != LINE:
            end += 1
        for first, last, _ in _led(words, turn, end):
            yield address_hit(reading, first, last, 0.65, "door-told-apart")


def _shared(reading: Reading, spans: Sequence[tuple[int, int]]) -> Iterator[Hit]:
    """As in "Mr Sethi at 14, and Maureen at 22, both Baker Street": and that street."""
    words = reading.words
    inside = {token for first, last in spans for token in range(first, last)}
    for both in (token for token, word in enumerate(words.words) if word in _BOTH):
        street = both + 1
        while street < len(words.words) and words.words[street] in _WITHIN:
            street += 1
        weak = _capitals_to_type(words, street)
        if street not in inside and not weak:
            continue
        numbers = list(_at_before(words, both))
        if weak and (numbers or words.words[both] == "both"):
            yield address_hit(reading, street, weak, 0.6, "street-shared")
        for first, last in numbers:
            yield address_hit(reading, first, last, 0.6, "door-shared")


def _capitals_to_type(words: Words, first: int) -> int:
    """The token after "Fosse Way": one or two names and a type, all with capitals; else 0."""
    if not words.cased:
        return 0
    for token in range(first, min(len(words.words), first + _LONGEST)):
        plain = words.words[token] in DESCRIBING and not words.kinds[token] & STREET
        if not words.capital(token) or plain or (token > first and words.gap(token) != SPACE):
            return 0
        if token > first and words.kinds[token] & STREET:
            return token + 1
    return 0


def _at_before(words: Words, both: int) -> Iterator[tuple[int, int]]:
    """The numbers behind "at" in the sentence before a token, each ending its clause."""
    first = both
    while first > 0 and both - first < _SENTENCE and words.gap(first) not in (LINE, STOP):
        first -= 1
    for token in range(first + 1, both):
        if words.words[token - 1] != "at" or not words.kinds[token] & (NUMERAL | MIXED):
            continue
        numeral = numeral_at(words, token)
        last = numeral.last if numeral else token + 1
        if last <= both and (words.closes(last) or words.words[last] in {"and", *_BOTH}):
            yield token, last


def _either(reading: Reading, spans: Sequence[tuple[int, int]]) -> Iterator[Hit]:
    """As in "elm bank is it fifteen or fifty" / "fifteen fifteen elm bank": and that street."""
    words, starts = reading.words, dict(spans)
    for token in (each for each, word in enumerate(words.words) if word == "or"):
        pair = _pair(reading, token)
        if pair is None:
            continue
        low, high = pair
        begin = words.skip(high.last)[0] if high.last < len(words.words) else 0
        if not begin or words.gap(high.last) != LINE or begin >= len(words.words):
            continue
        said = numeral_at(words, begin)
        if said is None or said.value not in (low.value, high.value):
            continue
        again = numeral_at(words, said.last) if said.last < len(words.words) else None
        name = again.last if again and again.value == said.value else said.last
        last = max(starts.get(begin, 0), starts.get(said.last, 0)) or _captioned(words, name)
        if last > name:
            yield address_hit(reading, low.first, high.last, 0.6, "door-either")
            yield address_hit(reading, begin, last, 0.6, "door-either")
            yield from _said_before(reading, (name, last), low.first)


def _pair(reading: Reading, token: int) -> tuple[Numeral, Numeral] | None:
    """The numbers of "is it fifteen or fifty" around "or"."""
    words = reading.words
    place = bisect_left(reading.numerals, token, key=lambda numeral: numeral.last)
    if place + 1 >= len(reading.numerals):
        return None
    low, high = reading.numerals[place : place + 2]
    whole = low.last == token and high.first == token + 1 and low.value != high.value
    led = low.first > 0 and words.words[low.first - 1] in _CHOOSING
    return (low, high) if whole and led and max(low.value, high.value) <= _HIGHEST else None


def _captioned(words: Words, first: int) -> int:
    """The token after "elm bank" in captions, where a number said twice leads to it; else 0."""
    for token in range(first, min(len(words.words), first + _LONGEST)):
        plain = words.words[token] in DESCRIBING or words.words[token] in NOT_NAMES
        other = words.kinds[token] & (NUMERAL | MONTH) or words.words[token] in UNITS
        if words.cased or plain or other or words.gap(token) not in (SPACE, PAUSE):
            return 0
        if token > first and words.kinds[token] & STREET:
            return token + 1
    return 0


def _said_before(reading: Reading, name: tuple[int, int], end: int) -> Iterator[Hit]:
    """The same street in the question, before ``end``."""
    words, said = reading.words, reading.words.words[name[0] : name[1]]
    for first in range(max(0, end - _SENTENCE), end - len(said) + 1):
        if words.words[first : first + len(said)] == said:
            yield address_hit(reading, first, first + len(said), 0.6, "door-either")
