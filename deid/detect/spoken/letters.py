"""Names spelt out: "that's S M I T H", "S-M-I-T-H", "M for mother, A, double T".

The rule: letters said singly are a spelt-out name when there are two or more and a word of naming
or spelling stands close before ("spelt", "surname", "that's"), when a name with the same first
letter does, or when each is explained ("S for sugar"); five or more are one anywhere. Known
abbreviations (M R I) never are.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from deid.detect.allow import allowed
from deid.detect.gazetteer import lexicon
from deid.detect.speech import Hit, Speech
from deid.detect.spoken.cues import CueKind
from deid.detect.spoken.lexicon import CHUNK, LETTER, MIXED, NATO, data
from deid.detect.spoken.reading import Reading, read
from deid.detect.spoken.stretches import Stretch
from deid.transcript import EntityType

NAME = "spoken-letters"
_REACH, _FEWEST, _CERTAIN = 10, 2, 5
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@cache
def _abbreviations() -> frozenset[str]:
    return frozenset(word.upper().replace("O", "0") for word in data("abbreviations")["said"])


def find_letters(speech: Speech, *, record_cues: tuple[str, ...] = ()) -> Iterable[Hit]:
    """Names spelt out letter by letter."""
    reading = read(speech.text, record_cues)
    for stretch in reading.stretches:
        if len(stretch.chars) >= _FEWEST:
            for start, end in _runs(reading, stretch):
                rule = _rule(reading, stretch, start, end)
                if rule:
                    first, last = stretch.spans[start][0], stretch.spans[end - 1][1]
                    yield reading.hit(first, last, EntityType.PERSON, 0.8, (NAME, rule))


def _runs(reading: Reading, stretch: Stretch) -> Iterator[tuple[int, int]]:
    """Maximal runs of letter units, as half-open ranges of ``stretch.spans``."""
    begin: int | None = None
    for unit in range(len(stretch.spans) + 1):
        is_letter = unit < len(stretch.spans) and _is_letter(reading, stretch, unit)
        if is_letter and begin is not None and _joined_by_and(reading, stretch, unit):
            yield begin, unit
            begin = None
        if is_letter and begin is None:
            begin = unit
        elif not is_letter and begin is not None:
            yield begin, unit
            begin = None


def _joined_by_and(reading: Reading, stretch: Stretch, unit: int) -> bool:
    before, here = stretch.spans[unit - 1][1], stretch.spans[unit][0]
    return bool({"and", "then"} & set(reading.words.words[before:here]))


def _is_letter(reading: Reading, stretch: Stretch, unit: int) -> bool:
    first, last = stretch.spans[unit]
    kind = reading.words.kinds[first]
    if last - first == 1:
        if kind & (CHUNK | MIXED):
            return False
        return bool(kind & (LETTER | NATO)) and reading.words.words[first] != "oh"
    token = reading.words.kinds[first + 1]
    return bool(kind & LETTER) or bool(token & (LETTER | NATO))


def _chars(stretch: Stretch, start: int, end: int) -> str:
    return "".join(
        char for char, unit in zip(stretch.chars, stretch.units, strict=True) if start <= unit < end
    )


def _rule(reading: Reading, stretch: Stretch, start: int, end: int) -> str:
    chars = _chars(stretch, start, end)
    stutter = len(set(chars)) == 1 and len(chars) > _FEWEST  # "I, I, I"
    if (
        stutter
        or len(chars) < _FEWEST
        or chars in _abbreviations()
        or _is_thing(chars)
        or chars.replace("0", "O") in _ALPHABET
    ):
        return ""
    if any(char.isdigit() and char != "0" for char in stretch.chars):
        return ""
    first = stretch.spans[start][0]
    explained = sum(
        1
        for low, high in stretch.spans[start:end]
        if high - low > 2  # noqa: PLR2004 - "S for sugar"
    )
    if explained >= _FEWEST:
        return "explained"
    distance = reading.cues.before(CueKind.NAME, first, reach=_REACH)
    if distance is not None and len(chars) > _FEWEST and not _only_known(chars):
        return "spelt"
    if len(chars) > _FEWEST and not _only_known(chars) and _after_name(reading, first, chars):
        return "after-name"
    return "letters" if len(chars) >= _CERTAIN and not _only_known(chars) else ""


def _is_thing(chars: str) -> bool:
    """Whether a medicine, a brand or a condition is spelt, and nobody's name."""
    low = chars.replace("0", "O").lower()
    known = low in allowed().words and lexicon().entry(low).name < _FEW_PEOPLE
    return len(low) >= _CERTAIN and (known or allowed().term_like(low))


_FEW_PEOPLE = 2


def _only_known(chars: str) -> bool:
    """Whether the letters are abbreviations one after the other ("M R I, C T", "a C T")."""
    if chars[0] in "AI" and chars[1:] in _abbreviations():
        return True
    for size in range(1, len(chars)):
        if chars[:size] in _abbreviations() and chars[size:] in _abbreviations():
            return True
    return False


def _after_name(reading: Reading, first: int, chars: str) -> bool:
    words = reading.words
    before = words.skip_back(first - 1)
    if before < 0 or len(words.words[before]) < len(chars) - 1:
        return False
    return words.words[before][:1].upper() == chars[:1]
