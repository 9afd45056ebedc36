"""A day of birth put right: "they've written it as the first", "not the twelfth, the twenty-first".

After a date of birth a lone day of the month may say what it is or is not. Only where a date of
birth was found shortly before, and only where the words lead up to it; never "the first time". In a
turn of its own right behind the date no article is needed: "No, 5th, not 9th." / "Oh, 5th, sorry."
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.dates.days_again import said_at
from deid.detect.spoken.heard.giving import only_hears, turns
from deid.detect.spoken.heard.lexicon import MONTH, NUMERAL, ORDINAL, SKIP
from deid.detect.spoken.heard.numerals import ordinal_at
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, STOP, Words
from deid.transcript import EntityType

NAME = "spoken-dates"
_REACH, _CLOSE, _LAST_DAY = 60, 16, 31
_LEADS = frozenset(
    {"as", "to", "not", "says", "said", "say", "put", "puts", "or", "meant", "mean", "wrote"}
    | {"writes", "write", "written"}
)
_SOMEBODY = frozenset({"you're", "i'm", "we're", "they're", "he's", "she's", "are", "am", "was"})
_CLOSE_LEADS = frozenset({"it's", "is", "was", "no", "sorry", "actually", "well"})
_TAKING_BACK = frozenset({"no", "not", "sorry"})
_AROUND = _CLOSE_LEADS | frozenset({"not", "oh", "the", "of", "that's", "its", "it", "i", "said"})
_MOST_LINES, _LONGEST = 2, 14


def put_right(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Lone days of the month said about the dates of birth among ``hits``."""
    words = reading.words
    ends = sorted(hit.end for hit in hits if hit.entity_type is EntityType.DATE_OF_BIRTH)
    lasts = [bisect_left(words.starts, end) for end in ends]
    free = 0
    for last in lasts:
        for token in range(max(last, free), min(len(words.words), last + _REACH)):
            free = token + 1
            if not words.kinds[token] & ORDINAL:
                continue
            first = _day_start(reading, token)
            if first is not None and _led(reading, first, apart=token - last):
                claim = (NAME, "put-right")
                yield reading.hit(first, token + 1, EntityType.DATE_OF_BIRTH, 0.65, claim)
    yield from _turns_put_right(reading, lasts)


def _turns_put_right(reading: Reading, lasts: list[int]) -> Iterator[Hit]:
    """Days, months and years of turns that do nothing but put the date right, and their echo."""
    words, told, heard = reading.words, -1, frozenset[str]()
    for first, last in turns(words) if lasts else ():
        place = bisect_left(lasts, first + 1) - 1
        date = max(told, lasts[place] if place >= 0 else -1)
        near = 0 < date <= first <= date + _REACH
        near = near and reading.lines_between(date - 1, first) <= _MOST_LINES
        if not near or not only_hears(words, date, first):
            continue
        parts = _parts(words, first, last)
        said = frozenset(" ".join(words.words[low:high]) for low, high in parts)
        echoed = date == told and said <= heard
        if parts and (echoed or not _TAKING_BACK.isdisjoint(words.words[first : parts[-1][1] + 1])):
            told, heard = parts[-1][1], said
            for low, high in parts:
                claim = (NAME, "put-right-alone")
                yield reading.hit(low, high, EntityType.DATE_OF_BIRTH, 0.65, claim)


def _parts(words: Words, first: int, last: int) -> list[tuple[int, int]]:
    """The parts of a date in the sentences a turn begins with; none where more is said in them."""
    found: list[tuple[int, int]] = []
    token, closed = first, 0
    denied = "not" in words.words[first : min(last, first + _LONGEST)]
    while token < min(last, first + _LONGEST):
        if words.gap(token) == STOP:
            closed = len(found)
        numbers = words.kinds[token] & (ORDINAL | (NUMERAL if denied else 0))
        said = said_at(words, token) if numbers else None
        if said is not None or words.kinds[token] & MONTH:
            high = said.last if said is not None else token + 1
            found.append((token, high))
            token = high
        elif words.words[token] in _AROUND or words.kinds[token] & SKIP:
            token += 1
        else:
            return found[:closed]
    return found if token >= last else found[:closed]


def _day_start(reading: Reading, token: int) -> int | None:
    """Where the day that ends with this ordinal begins; None where the clause goes on."""
    words, after = reading.words, token + 1
    if after < len(words.words) and words.gap(after) not in (STOP, LINE, PAUSE, BREAK):
        return None
    for first in (token - 1, token):
        day = ordinal_at(words, first) if first >= 0 else None
        if day is not None and day.last == after and day.value <= _LAST_DAY:
            return first
    return None


def _led(reading: Reading, first: int, *, apart: int) -> bool:
    words = reading.words.words
    if first < 2 or words[first - 1] != "the":  # noqa: PLR2004 - a lead and the article
        return False
    if words[first - 2] == "not" and first > 2 and words[first - 3] in _SOMEBODY:  # noqa: PLR2004
        return False  # "you're not the first"
    return words[first - 2] in _LEADS or (apart <= _CLOSE and words[first - 2] in _CLOSE_LEADS)
