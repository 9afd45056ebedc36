"""Telephone numbers of the time of exchanges: "our telephone was Penshurst 42", "Knowle four oh".

A place and two to four digits, told as the telephone's number, and others of that exchange later.
Never a model ("my phone was a Nokia 3310"), nor a place and a number of anything else.
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import Cue, CueKind
from deid.detect.spoken.heard.lexicon import DIGIT, FIGURE, MULTIPLE
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

_PHONE = EntityType.PHONE_NUMBER
_AGAIN, _LONGEST, _MOST_NAMES = 60, 4, 2
_IS = frozenset({"was", "is", "were"})
_THING = frozenset({"phone", "mobile", "cell", "cellphone", "landline"})


def old_exchanges(reading: Reading) -> Iterator[Hit]:
    """Hits for the numbers; the exchange is a place's name, which others know."""
    cues = [*reading.cues.of(CueKind.PHONE), *reading.cues.of(CueKind.NUMBER)]
    if not cues:
        return
    segments = {segment.first: segment for segment in reading.segments}
    for cue in cues:
        told = _told(reading, cue, segments)
        if told is None:
            continue
        first, number = told
        yield _hit(reading, number)
        name = reading.words.words[first : number.first]
        for token in range(number.last, min(number.last + _AGAIN, len(reading.words.words))):
            again = segments.get(token)
            begin = token - len(name)
            same = again and (again.chars == number.chars or _is_number(reading, again))
            if again and same and reading.words.words[begin:token] == name:
                yield _hit(reading, again)


def _hit(reading: Reading, number: Segment) -> Hit:
    claim = ("spoken-numbers", "old-exchange")
    return reading.hit(number.first, number.last, _PHONE, 0.7, claim)


def _told(reading: Reading, cue: Cue, segments: dict[int, Segment]) -> tuple[int, Segment] | None:
    """The token of the exchange's name, and its number."""
    words, first = reading.words, cue.last + 1
    if first >= len(words.words) or words.words[cue.last] not in _IS:
        return None
    for size in range(1, _MOST_NAMES + 1):
        number = segments.get(first + size)
        if number is not None:
            named = all(_is_name(reading, cue, token) for token in range(first, first + size))
            return (first, number) if named and _is_number(reading, number) else None
    return None


def _is_number(reading: Reading, number: Segment) -> bool:
    kinds = reading.words.kinds[number.first : number.last]
    singly = all(kind & (DIGIT | MULTIPLE | FIGURE) for kind in kinds)
    short = number.chars.isdigit() and len(number.chars) <= _LONGEST
    return short and singly and not number.quantity and reading.words.closes(number.last)


def _is_name(reading: Reading, cue: Cue, token: int) -> bool:
    """A name in capitals; a place that is known where capitals tell nothing, or of a thing."""
    words = reading.words
    if words.kinds[token]:
        return False
    if words.cased and not words.capital(token):
        return False
    thing = cue.last - cue.first == 1 and words.words[cue.first] in _THING
    known = lexicon().entry(words.words[token]).place > 0
    return known or (words.cased and not thing)
