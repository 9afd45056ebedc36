"""A day or a month told of somebody before the rest of the date: "he's the sixteenth", "I'm June".

Asked for a date of birth, people give a part amid a clause ("it's the, is it the eighth, Bea?"),
break off behind it ("thirtieth of the", "the sixth of something") and add the rest a turn later.
Only in answer to that question, until a whole date has been given or something else is asked for;
never a rank ("he's the second"), nor a part that a noun follows ("the eighth floor").
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.dates.births import OTHER
from deid.detect.spoken.dates.days_again import said_at
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import MONTH, ORDINAL, SKIP
from deid.detect.spoken.heard.numerals import day_before
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, Words
from deid.transcript import EntityType

_BIRTH = EntityType.DATE_OF_BIRTH
_REACH, _MOST_LINES, _DAYS, _NO_RANK, _PARTS, _NEAR = 40, 4, 31, 4, 3, 6
_SOMEBODY = frozenset({"i'm", "he's", "she's", "they're", "he", "she", "was", "is"})
_LEADS = _SOMEBODY | {"it's", "it", "that's", "be", "in", "on", "think"}
_LINKS = frozenset({"of", "the"})
_TOLD = frozenset({"born", "birthday", "birthdays", "came", "along", "world"})
_OPEN = _LINKS | {"something"}


def parts_led(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for such parts."""
    words = reading.words
    born = sorted((hit.start, hit.end) for hit in hits if hit.entity_type is _BIRTH)
    for cue in reading.cues.of(CueKind.BIRTH):
        answer = _answer(words, cue.last)
        if answer == len(words.words):
            continue
        if words.words[cue.last - 1] in _TOLD and "?" not in words.between(answer):
            continue  # "where he was born" / "In August they go back."
        for token in range(answer, _until(reading, answer, born)):
            part = None
            if words.kinds[token] & ORDINAL:
                part = _day(words, token)
            elif words.kinds[token] & MONTH and not reading.lines_between(answer, token):
                part = _month(words, token)
            if part is not None:
                yield reading.hit(*part, _BIRTH, 0.7, ("spoken-dates", "part-led"))


def _answer(words: Words, asked: int) -> int:
    """Where the turn behind a question for a birth begins; else the end of the text."""
    near = range(asked, min(len(words.words), asked + _NEAR))
    return next((token for token in near if words.gap(token) == LINE), len(words.words))


def _until(reading: Reading, first: int, born: Sequence[tuple[int, int]]) -> int:
    """The token up to which the answer goes: to a whole date, another question or many turns."""
    words = reading.words
    last = min(len(words.words), first + _REACH)
    for place in range(bisect_left(born, (words.starts[first], 0)), len(born)):
        start, end = born[place]
        begin = bisect_left(words.starts, start)
        if begin >= last:
            break
        said = said_at(words, begin + (words.words[begin] == "the"))
        if said is None or words.starts[said.last - 1] >= end:
            continue
        if said.full_year or len(said.values) == _PARTS:
            last = begin
    for token in range(first, last):
        other = any(reading.cues.before(kind, token, reach=0) is not None for kind in OTHER)
        if other or reading.lines_between(first, token) >= _MOST_LINES:
            return token
    return last


def _day(words: Words, token: int) -> tuple[int, int] | None:
    """The tokens of a day with what is left open behind it: "the eighth of erm"."""
    day = day_before(words, token + 1)
    if day is None or not 1 <= day.value <= _DAYS:
        return None
    last = day.last
    while last < len(words.words) and not words.closes(last):
        if words.words[last] not in _OPEN and not words.kinds[last] & SKIP:
            return None
        last += 1
    if last < len(words.words) and words.gap(last) != LINE and words.words[last - 1] in _LINKS:
        last = day.last  # "the nineteenth of... hang on"
    first = day.first - (day.first > 0 and words.words[day.first - 1] == "the")
    opens = first == 0 or words.closes(first)
    lead = words.words[first - 1] if first else ""
    open_ended = words.words[day.last : day.last + 1] == ["of"]
    ranked = day.value < _NO_RANK and not open_ended and (opens or lead in _SOMEBODY)
    return (first, last) if (opens or lead in _LEADS) and not ranked else None


def _month(words: Words, token: int) -> tuple[int, int] | None:
    """A month that is all that is told of somebody: "I'm September", "it's in March"."""
    led = token > 0 and not words.closes(token) and words.words[token - 1] in _LEADS
    alone = words.closes(token)
    return (token, token + 1) if (led or alone) and words.closes(token + 1) else None
