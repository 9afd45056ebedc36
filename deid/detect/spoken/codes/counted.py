"""Registration and record numbers that are said as counts: "six million and forty-one thousand".

"MRN?" / "Two million, one hundred and forty, no, hang on."; "he said six million and forty-one
thousand, nine hundred and three" after a word for the number; "a number?" / "A number, one hundred
and fifty-two". Up to the end of the clause; never money, people, or what something costs.
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import NUMERAL, SCALE
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, SPACE, STOP
from deid.transcript import EntityType

_RECORD, _STAFF = EntityType.MEDICAL_RECORD, EntityType.STAFF_REGISTRATION
_CUES = {
    CueKind.GMC: _STAFF,
    CueKind.STAFF: _STAFF,
    CueKind.RECORD: _RECORD,
    CueKind.NHS: EntityType.UK_NHS,
    CueKind.IDENT: _RECORD,
}
_REACH, _AHEAD, _FEWEST, _ASKED = 30, 8, 3, 8
_AMOUNTS = frozenset({"about", "around", "cost", "costs", "nearly", "over", "worth", "raised"})


def counted(reading: Reading) -> Iterator[Hit]:
    """Hits for such numbers."""
    words, done = reading.words, 0
    for token, word in enumerate(words.words):
        if word not in ("million", "hundred") or token <= done:
            continue
        first, last = _extent(reading, token)
        done = last - 1
        if last - first < _FEWEST or words.words[last - 1] == "million" or not words.closes(last):
            continue
        if words.words[first - 1] in _AMOUNTS and first:
            continue
        kind = _asked(reading, first, last) if word == "million" else _told(reading, first)
        if kind is not None:
            yield reading.hit(first, last, kind, 0.7, ("spoken-codes", "counted"))


def _extent(reading: Reading, token: int) -> tuple[int, int]:
    """The tokens of the whole number."""
    words, first, last = reading.words, token, token + 1
    while first > 0 and words.gap(first) == SPACE and _is_of_number(reading, first - 1):
        first -= 1
    while last < len(words.words) and _is_of_number(reading, last):
        if words.gap(last) in (STOP, LINE, BREAK):
            break
        last += 1
    while last > first and words.words[last - 1] == "and":
        last -= 1
    while first < last and words.words[first] == "and":
        first += 1
    return first, last


def _is_of_number(reading: Reading, token: int) -> bool:
    words = reading.words
    return bool(words.kinds[token] & (NUMERAL | SCALE)) or words.words[token] == "and"


def _asked(reading: Reading, first: int, last: int) -> EntityType | None:
    """The type of the number whose word stands near."""
    kind = reading.cues.nearest(tuple(_CUES), first, last, reach=_REACH, ahead=_AHEAD)
    return None if kind is None else _CUES[kind]


def _told(reading: Reading, first: int) -> EntityType | None:
    """As in "A number?" / "A number, one hundred and fifty-two"."""
    words, lead = reading.words, first - 2
    if lead < 0 or words.words[lead:first] != ["a", "number"] or words.gap(first) != PAUSE:
        return None
    before = words.words[max(0, lead - _ASKED) : lead]
    asked = words.gap(lead) == LINE and "number" in before
    return _RECORD if asked else None
