"""Answers to "date of birth?" in ordinals alone, and years that are asked for on their own.

"Thirty first, twelfth, eighty eight"; "the ninth, twelve, sixty four"; "five, eleven, forty seven"
at the beginning of a turn; "and the year?" / "Nineteen forty. Forty six." Only near a birth cue or
a date of birth that was found.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from deid.detect.speech import Hit
from deid.detect.spoken.dates.birth_forms import birth_forms
from deid.detect.spoken.dates.birth_rests import birth_rests
from deid.detect.spoken.dates.birth_years import birth_years
from deid.detect.spoken.dates.days_again import Said, said_at
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import NUMERAL, ORDINAL, data
from deid.detect.spoken.heard.numerals import day_before, year_at
from deid.detect.spoken.heard.pieces import is_asked_of
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, SPACE, STOP, Words
from deid.transcript import EntityType

NAME = "spoken-dates"
_BIRTH = EntityType.DATE_OF_BIRTH
_REACH, _MOST_LINES, _YEAR_REACH, _TO_ANSWER, _MOST_YEARS, _STUTTER = 25, 5, 30, 8, 4, 7
_MONTHS, _DAYS, _PARTS = 12, 31, 3
_LATER, _OF_BIRTH = 10, 3
_NOW = frozenset(data("context")["birth_year_now"])


def birth_answers(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for answers that ``hits`` do not hold."""
    for cue in reading.cues.of(CueKind.BIRTH):
        yield from _ordinals(reading, cue.last)
        yield from _day_alone(reading, cue.last)
    forms = [
        reading.hit(first, last, _BIRTH, 0.8, (NAME, "birth-form"))
        for first, last in birth_forms(reading)
    ]
    yield from forms
    hits = [*hits, *forms]
    births = [hit for hit in hits if hit.entity_type is _BIRTH]
    yield from _years(reading, births)
    yield from _begun_twice(reading, births)
    yield from birth_rests(reading, births)
    yield from birth_years(reading, births)


def _ordinals(reading: Reading, begin: int) -> Iterator[Hit]:
    words, token = reading.words, begin
    while token < min(len(words.words), begin + _REACH):
        if reading.lines_between(begin - 1, token) > _MOST_LINES:
            return
        ordinal = words.kinds[token] & (ORDINAL | NUMERAL)
        said = said_at(words, token) if ordinal else None
        numbers = said is not None and _is_numbers(reading, said, token)
        of = said is not None and _is_of(reading, said)
        if said is not None and (_is_day(said, of=of) or numbers):
            yield reading.hit(said.first, said.last, _BIRTH, 0.85, (NAME, "birth-ordinals"))
        token = said.last if said is not None else token + 1


def _day_alone(reading: Reading, begin: int) -> Iterator[Hit]:
    """As in "Date of birth?" / "That's twenty-seventh." / "Month?": the day is all of an answer.

    Or the day and the month ("first five"), or one that is taken back: "The sixth, no, third".
    """
    words, token = reading.words, _answer(reading, begin)
    if is_asked_of(words.words[max(0, begin - _STUTTER) : begin]):
        return  # "how many were born?"
    first, place = token, token
    while place < len(words.words):
        article = words.words[place] == "the" and place + 1 < len(words.words)
        said = said_at(words, place + article)
        if said is None or not _is_begun(said):
            return
        if said.last >= len(words.words) or words.gap(said.last) == LINE:
            yield reading.hit(first, said.last, _BIRTH, 0.75, (NAME, "birth-day-alone"))
            return
        place = said.last
        while place < len(words.words) and words.words[place] in _TAKEN_BACK:
            place += 1
        if place == said.last:
            return


def _is_begun(said: Said) -> bool:
    """Whether numbers may be a day, or a day and a month: "first five"."""
    day, month = (*said.values, 1)[:2]
    return len(said.values) < _PARTS and 1 <= day <= _DAYS and 1 <= month <= _MONTHS


_TAKEN_BACK = frozenset({"no", "sorry", "i", "mean", "actually", "er", "um", "uh", "erm", "wait"})


def _is_of(reading: Reading, said: Said) -> bool:
    """Whether "of" joins all that is said: "15 of the tenth.", never "one of the first"."""
    said_words = reading.words.words[said.first : said.last]
    joined = ("of", "the") in pairwise(said_words)
    return said_words[0] != "one" and joined and _closed(reading, said.last)


def _is_day(said: Said, *, of: bool) -> bool:
    """Day and month, one of them an ordinal, with a year, in two ordinals or joined by "of"."""
    if not 0 < said.ordinals < _PARTS <= len(said.values) + 1:
        return False
    day, month = said.values[:2]
    whole = len(said.values) == _PARTS or said.ordinals == len(said.values) or of
    return whole and 1 <= day <= _DAYS and 1 <= month <= _MONTHS


def _is_numbers(reading: Reading, said: Said, token: int) -> bool:
    """Day, month and year in plain numbers, which begin a turn and end its clause."""
    led = reading.starts_turn(token) or reading.words.words[token - 1] in _HAVING
    if said.ordinals or len(said.values) < _PARTS or not led:
        return False
    day, month, year = said.values
    dated = 1 <= day <= _DAYS and 1 <= month <= _MONTHS and (said.full_year or year > _DAYS)
    here = reading.words.words[said.last : said.last + 1] in (["here"], ["down"])
    return dated and (here or _closed(reading, said.last))


_HAVING = frozenset({"got", "have", "has", "says"})


def _years(reading: Reading, births: Sequence[Hit]) -> Iterator[Hit]:
    """As in "and the year?" / "Nineteen forty. Forty six." after a day or a cue."""
    words = reading.words
    ends = sorted(hit.end for hit in births)
    for asked, word in enumerate(words.words):
        if word != "year" or not _spoken_of(reading, asked, ends) or _is_now(words, asked):
            continue
        token, found = _answer(reading, asked + 1), 0
        turn = token
        while token < len(words.words) and found < _MOST_YEARS:
            year = year_at(words, token, short=True)
            if year is None or not _closed(reading, year.last):
                break
            yield reading.hit(year.first, year.last, _BIRTH, 0.75, (NAME, "birth-year-asked"))
            token, found = words.skip(year.last)[0], found + 1
            if token < len(words.words) and words.gap(year.last) == LINE:
                break
        yield from _year_later(reading, turn, token)


def _is_now(words: Words, asked: int) -> bool:
    """As in "what year are we in?", "what year did you qualify?": no date of birth is asked for."""
    after = words.words[asked + 1 : asked + 4]
    return not _NOW.isdisjoint(after) or after[:2] == ["is", "it"] or after[:1] == ["did"]


def _year_later(reading: Reading, turn: int, token: int) -> Iterator[Hit]:
    """As in "Nineteen, eh. The war was finished. Forty-five.": a sentence of the same turn."""
    words = reading.words
    for place in range(token, min(len(words.words), turn + _LATER)):
        if place > turn and words.gap(place) == LINE:
            return
        year = year_at(words, place, short=True) if words.gap(place) == STOP else None
        last = year.last if year else place
        if year and (last >= len(words.words) or words.gap(last) in (STOP, LINE)):
            yield reading.hit(year.first, last, _BIRTH, 0.7, (NAME, "birth-year-later"))
            return


def _spoken_of(reading: Reading, token: int, ends: list[int]) -> bool:
    words = reading.words
    if reading.cues.before(CueKind.BIRTH, token + _OF_BIRTH, reach=_YEAR_REACH) is not None:
        return True
    place = bisect_left(ends, words.starts[token]) - 1
    return place >= 0 and ends[place] >= words.starts[max(0, token - _YEAR_REACH)]


def _answer(reading: Reading, token: int) -> int:
    """The first token of the next turn, if it is near, past fillers; else the end of the text."""
    words = reading.words
    for place in range(token, min(len(words.words), token + _TO_ANSWER)):
        if words.gap(place) == LINE:
            after, _ = words.skip(place)
            for lead in _LED:
                if words.words[after : after + len(lead)] == lead:
                    return words.skip(after + len(lead))[0]
            return after
    return len(words.words)


_LED = tuple(
    said.split()
    for said in (
        "it's", "in", "that's", "i got", "i've got", "we've got", "i said", "ooh it's", "oh it's",
        "yeah it's", "yes it's", "that would be", "that'd be", "it would be", "ooh",
    )
)  # fmt: skip


def _closed(reading: Reading, last: int) -> bool:
    words = reading.words
    return words.closes(last)


def _begun_twice(reading: Reading, births: Sequence[Hit]) -> Iterator[Hit]:
    """As in "the twelfth. The twelfth of the sixth ...": the day said before it is said in full."""
    words = reading.words
    for hit in births:
        first = bisect_left(words.starts, hit.start)
        said = said_at(words, first)
        for token in range(first - 1, max(0, first - _STUTTER), -1):
            if words.gap(token + 1) == LINE:
                break
            day = day_before(words, token) if words.kinds[token - 1] & ORDINAL else None
            if day and said and day.value == said.values[0] and words.gap(token) != SPACE:
                yield reading.hit(day.first, day.last, _BIRTH, 0.6, (NAME, "birth-begun"))
