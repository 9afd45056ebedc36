"""The number of a door said alone: asked for after its street, or said again after its address.

"Mill Row." / "Number?" / "A hundred and six."; "27 Mill Row." / "Twenty-seven. And ..."; "first
line of your address?" / "Two B."; "Flat C" after an address. Only right after the address or
the question, at the beginning of a sentence that ends there: never an amount, an age or a time.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.dwellings import address_hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.explaining import explained
from deid.detect.spoken.heard.lexicon import DWELLING, LETTER, MIXED, NUMERAL
from deid.detect.spoken.heard.numerals import numeral_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, LINE, PAUSE, SPACE, STOP, Words
from deid.transcript import EntityType

_ADDRESS = EntityType.STREET_ADDRESS
_NEAR = 9
_REACH, _MOST_LINES, _MOST_DIGITS, _HIGHEST, _ASK, _BACK = 24, 2, 4, 2999, 8, 14
_DOOR_REACH = 6
LETTERS = frozenset("abcdef")
_AGREEING = frozenset(
    {"yes", "yeah", "aye", "yep", "right", "lovely", "okay", "is", "that's", "no"}
)
_OPENING = _AGREEING | {"so", "just", "only"}
AMOUNTS = frozenset(
    {"how", "many", "much", "when", "time", "score", "old", "age", "long", "often", "ten", "scale",
     "dose", "cost", "price", "year", "date"}
)  # fmt: skip
_OF_DOORS = frozenset({"the", "what", "which", "house", "door", "flat", "and", "what's", "street"})
_WHERE = frozenset({"address", "line"})
_OTHER = (CueKind.EMAIL, CueKind.PHONE, CueKind.NHS, CueKind.POSTCODE, CueKind.BIRTH, CueKind.AGE)


def doors_again(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for numbers after the addresses among ``hits``, and in answer for one."""
    words, answers = reading.words, list(_answers(reading))
    yield from answers
    for hit in (*hits, *answers):
        if hit.entity_type is not _ADDRESS:
            continue
        first, last = bisect_left(words.starts, hit.start), bisect_left(words.starts, hit.end)
        known = set(numbers_in(words, first, last))
        yield from _before(reading, first, known)
        for begin, turn, corrected in _openings(words, last):
            number = begin + (words.words[begin : begin + 2] == ["a", "hundred"])
            if words.words[number] == "hundred" or words.kinds[number] & (NUMERAL | MIXED):
                end = _known_end(words, number, known) if not _of_amounts(words, turn) else number
                if end == number and (corrected or (turn and _asks_number(words, turn))):
                    end, value = _number_end(words, number)
                    known.add(value)
                if end > number:
                    yield address_hit(reading, begin, end, 0.6, "door-again")
            elif _is_lettered(words, begin):
                yield address_hit(reading, begin, begin + 2, 0.6, "flat-after")


def door_numbers(reading: Reading) -> Iterator[Hit]:
    """A number after "house number"."""
    words = reading.words
    firsts = [numeral.first for numeral in reading.numerals]
    for cue in reading.cues.of(CueKind.ADDRESS):
        numbered = words.words[cue.last - 1] == "number" and words.gap(cue.last - 1) == SPACE
        if not numbered or words.words[cue.last - 2] not in ("house", "door", "flat"):
            continue
        place = bisect_left(firsts, cue.last)
        if place < len(firsts) and firsts[place] <= cue.last + _DOOR_REACH:
            numeral = reading.numerals[place]
            again = reading.numerals[place + 1 : place + 2]
            stutters = bool(again) and again[0].first == numeral.last + 1
            if stutters and "..." in words.between(again[0].first):
                numeral = numeral._replace(last=again[0].last)
            yield address_hit(reading, numeral.first, numeral.last, 0.7, "door-number")


def _openings(words: Words, last: int) -> Iterator[tuple[int, int, bool]]:
    """Where sentences begin shortly after an address, each with its turn (0 for the same one).

    Also whether "sorry," opens it.
    """
    lines, turn = 0, 0
    for token in range(last, min(len(words.words), last + _REACH)):
        gap = words.gap(token)
        if gap == LINE:
            lines, turn = lines + 1, token
            if lines > _MOST_LINES:
                return
        if gap in (LINE, STOP) or (gap == PAUSE and words.kinds[token] & NUMERAL):
            begin = token
            while begin + 1 < len(words.words) and words.words[begin] in _OPENING:
                begin += 1
                if words.gap(begin) == LINE:
                    break
            after, corrected = words.skip(begin)
            corrected = corrected and gap == STOP and after < len(words.words)
            yield (after if corrected else begin), turn, corrected
        elif gap == SPACE and turn and token > turn and _follows_number(words, token):
            yield token, turn, False


def _before(reading: Reading, first: int, known: set[str]) -> Iterator[Hit]:
    """As in "twenty-nine." / "Twenty-nine?" / "Twenty-nine Mill Row.": alone in its turn."""
    words = reading.words
    for begin in range(max(0, first - _NEAR), first):
        if not words.kinds[begin] & (NUMERAL | MIXED) or not reading.starts_turn(begin):
            continue
        end = _known_end(words, begin, known)
        if begin < end <= first and words.gap(end) == LINE:
            yield address_hit(reading, begin, end, 0.6, "door-before")


def _follows_number(words: Words, token: int) -> bool:
    """As in "sixteen one six": a number right after one; never "we lost six one"."""
    if not words.kinds[token] & NUMERAL or not words.kinds[token - 1] & NUMERAL:
        return False
    first = token - 1
    while first > 0 and words.kinds[first - 1] & NUMERAL and words.gap(first) == SPACE:
        first -= 1
    return words.words[first - 1] not in _SCORED


_SCORED = frozenset({"lost", "won", "drew", "beat", "beaten", "winning", "losing", "finished"})


def numbers_in(words: Words, first: int, last: int) -> Iterator[str]:
    """The numbers of an address, "2b" with and without its letter, runs of them as one."""
    for token in range(first, last):
        if words.kinds[token] & MIXED and words.words[token][:-1].isdigit():
            yield from (words.words[token], words.words[token][:-1])
        for end, digits in said_numbers(words, token):
            if end <= last:
                yield digits
                if end < last and words.words[end] in LETTERS:
                    yield digits + words.words[end]


def said_numbers(words: Words, token: int) -> Iterator[tuple[int, str]]:
    """All numbers that begin at a token: "one", "one oh", "one oh six", each with its end."""
    digits, place = "", token
    if words.words[token : token + 2] == ["hundred", "and"]:
        rest = numeral_at(words, token + 2) if token + 2 < len(words.words) else None
        if rest is not None and rest.value < 100:  # noqa: PLR2004 - what may follow "hundred and"
            yield rest.last, str(100 + rest.value)
        return
    while place < len(words.words) and words.kinds[place] & NUMERAL:
        if place > token and words.gap(place) not in (SPACE, PAUSE, HYPHEN):
            return
        numeral = numeral_at(words, place)
        if numeral is None or len(digits) + len(str(numeral.value)) > _MOST_DIGITS:
            return
        digits, place = digits + str(numeral.value), numeral.last
        yield place, digits


def _known_end(words: Words, token: int, known: set[str]) -> int:
    """The token after a number that was said before; ``token`` itself for another."""
    end = token
    if words.kinds[token] & MIXED:
        last = explained(words, token)  # "9B as in bravo"
        return last if words.words[token] in known and words.closes(last) else token
    for last, digits in said_numbers(words, token):
        if digits not in known:
            continue
        lettered = last < len(words.words) and digits + words.words[last] in known
        after = last + lettered
        if words.closes(after) or words.words[after] in _AGREEING or _follows_number(words, after):
            end = after
        elif _letter_told(words, last):
            end = last + 1  # "twenty two b it's the upstairs flat"
    return end


def _letter_told(words: Words, last: int) -> bool:
    """Whether a flat's letter goes on from a number, and then a clause of its own."""
    if last + 1 >= len(words.words) or words.words[last] not in LETTERS - {"a"}:
        return False
    whole = words.gap(last) == SPACE
    return whole and (words.closes(last + 1) or words.words[last + 1] in _TELLING)


_TELLING = frozenset({"its", "it's", "that's", "thats", "now", "not"})


def _number_end(words: Words, token: int) -> tuple[int, str]:
    """The token after a number that ends its clause, and the number."""
    end, value = token, ""
    for last, digits in said_numbers(words, token):
        lettered = last < len(words.words) and words.words[last] in LETTERS
        lettered = lettered and words.gap(last) == SPACE
        if 0 < int(digits) <= _HIGHEST and words.closes(last + lettered):
            end, value = last + lettered, digits
    return end, value


def _turn_before(words: Words, turn: int) -> list[str]:
    first = turn - 1
    while first > 0 and words.gap(first) != LINE and turn - first < _BACK:
        first -= 1
    return words.words[max(0, first) : turn]


def _of_amounts(words: Words, turn: int) -> bool:
    """Whether the turn before asks for an amount, an age or a time."""
    asked = _turn_before(words, turn) if turn else []
    return not AMOUNTS.isdisjoint(word.removesuffix("'s") for word in asked)


def _asks_number(words: Words, turn: int) -> bool:
    """Whether the turn before asks "number?", "what number is it, love?"."""
    asked = _turn_before(words, turn)
    if "number" not in asked or not AMOUNTS.isdisjoint(asked):
        return False
    place = asked.index("number")
    return not place or asked[place - 1] in _OF_DOORS


def _is_lettered(words: Words, token: int) -> bool:
    """Whether "B" alone follows "flat" or "block"."""
    after = token + 1
    if not words.kinds[token] & DWELLING and words.words[token] != "block":
        return False
    if after >= len(words.words) or words.gap(after) != SPACE:
        return False
    return bool(words.kinds[after] & LETTER) and words.closes(after + 1)


def _answers(reading: Reading) -> Iterator[Hit]:
    """As in "first line of your address?" / "Two B."; "eighty, no, ..." that is taken back."""
    words = reading.words
    for cue in reading.cues.of(CueKind.ADDRESS):
        if _WHERE.isdisjoint(words.words[cue.first : cue.last]):
            continue
        near = range(cue.last, min(len(words.words), cue.last + _ASK))
        turn = next((token for token in near if words.gap(token) == LINE), 0)
        if not turn or _of_amounts(words, turn):
            continue
        begin, _ = words.skip(turn)
        if begin >= len(words.words) or not words.kinds[begin] & (NUMERAL | MIXED):
            continue
        if reading.cues.nearest(_OTHER, turn, turn, reach=_ASK, ahead=0) is not None:
            continue
        if words.kinds[begin] & MIXED and words.closes(begin + 1):
            yield address_hit(reading, begin, begin + 1, 0.6, "door-alone")
        for last, digits in said_numbers(words, begin):
            lettered = last < len(words.words) and words.words[last] in LETTERS
            taken_back = last < len(words.words) and words.skip(last)[1]
            if 0 < int(digits) <= _HIGHEST and (
                taken_back or (lettered and words.gap(last) == SPACE and words.closes(last + 1))
            ):
                yield address_hit(reading, begin, last + lettered, 0.6, "door-alone")
