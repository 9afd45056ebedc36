"""A date of birth asked for in parts, or given in parts: "and the month?" / "October".

"Which day is your birthday?" / "Um, the twenty-third." / "And the month?"; "born on the twelfth" /
"right you are" / "of November". Only while the talk is of a birth, and only where the part is all
of its clause: never "how was your day?" / "Four tablets".
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import MONTH, NUMERAL, ORDINAL
from deid.detect.spoken.heard.numerals import day_at, ordinal_at
from deid.detect.spoken.heard.pieces import is_asked_of
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, Words
from deid.transcript import EntityType

_BIRTH = EntityType.DATE_OF_BIRTH
_PARTS = frozenset({"day", "month"})
_LEADS = frozenset(
    {"the", "it's", "day's", "month's", "of", "on", "in", "oh", "that's", "was", "born", "i", "is"}
)
_TALK, _BEHIND, _TO_ANSWER, _MOST_LEADS, _MONTHS, _DAYS = 45, 8, 12, 4, 12, 31
_RECENT = 14


def parts_asked(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for such parts."""
    if not reading.cues.of(CueKind.BIRTH):
        return
    words = reading.words
    born = sorted(hit.end for hit in hits if hit.entity_type is _BIRTH)
    found: set[tuple[int, int]] = set()
    for token, word in enumerate(words.words):
        if word in _PARTS and _of_a_birth(reading, token) and not _of_amount(words, token):
            found |= {_part(words, _answer(words, token), word)}
        elif word == "day's" and words.gap(token) == LINE and _of_a_birth(reading, token):
            found |= {_part(words, token, "day")}
        elif word == "of" and token and words.gap(token) == LINE and _after(words, token, born):
            found |= {_part(words, token, "month")}
        elif word == "born" and words.words[token + 1 : token + 2] == ["on"]:
            found |= {_part(words, token + 1, "day")}
    for first, last in sorted(found):
        if last > first:
            yield reading.hit(first, last, _BIRTH, 0.75, ("spoken-dates", "part-asked"))
            born.append(words.ends[last - 1])


def _of_a_birth(reading: Reading, token: int) -> bool:
    before = reading.cues.before(CueKind.BIRTH, token, reach=_TALK) is not None
    return before or reading.cues.after(CueKind.BIRTH, token + 1, reach=_BEHIND) is not None


def _of_amount(words: Words, token: int) -> bool:
    """Whether "how many ... a day" is asked."""
    return is_asked_of(words.words[max(0, token - _TO_ANSWER) : token])


def _answer(words: Words, asked: int) -> int:
    """Where the next turn begins, if it is near; else the end of the text."""
    near = range(asked + 1, min(len(words.words), asked + _TO_ANSWER))
    return next((token for token in near if words.gap(token) == LINE), len(words.words))


def _after(words: Words, token: int, born: list[int]) -> bool:
    """Whether a part of a date of birth was found right before, in a turn of its own."""
    place = bisect_left(born, words.starts[token]) - 1
    return place >= 0 and born[place] >= words.starts[max(0, token - _RECENT)]


def _part(words: Words, begin: int, asked: str) -> tuple[int, int]:
    """The tokens of a day or month that a turn begins with and ends a clause; or none."""
    token, _ = words.skip(begin) if begin < len(words.words) else (begin, False)
    while token < len(words.words) and token - begin < _MOST_LEADS and words.words[token] in _LEADS:
        token, _ = words.skip(token + 1)
    if token >= len(words.words):
        return token, token
    last = _end(words, token, asked)
    closed = words.closes(last)
    return (token, last) if closed else (token, token)


def _end(words: Words, token: int, asked: str) -> int:
    """The token after the part; ``token`` where it is none."""
    if asked == "month" and words.kinds[token] & MONTH:
        return token + 1
    if not words.kinds[token] & (NUMERAL | ORDINAL):
        return token
    day = ordinal_at(words, token) or day_at(words, token)
    most = _MONTHS if asked == "month" else _DAYS
    return day.last if day is not None and 1 <= day.value <= most else token
