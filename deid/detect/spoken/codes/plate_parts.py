"""Parts of number plates: what a witness remembers, and plates whose letters make a word.

"Delta Romeo five, something", "ended with KUV", "AJZ six two oh seven", "LK19, and
then?" / "V, T, R". Near a word of vehicles, or where both halves are said; never a road, a place or
three letters that only follow one another.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import DIGIT, FIGURE, LETTER, NATO, SKIP, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.detect.spoken.heard.stretches import Stretch
from deid.detect.spoken.heard.words import PAUSE, SPACE, Words
from deid.transcript import EntityType

NAME = "spoken-codes"
_PLATE = EntityType.UK_VEHICLE_REGISTRATION
_REACH, _CLOSE, _APART, _LETTERS, _MOST_LINES = 20, 6, 12, 3, 1
_BEGUN, _HALF, _REST = (
    re.compile(r"[A-Z]{2}\d"),
    re.compile(r"[A-Z]{2}\d{2}"),
    re.compile("[A-Z0]{3}"),
)
_WHOLE = re.compile(r"[A-Z]{2}\d{2}[A-Z]{3}")
_NORTHERN = re.compile(r"\d{3,4}")
_NORTHERN_WHOLE = re.compile(r"(?=[A-Z]*[IZ])[A-Z]{3}\d{3,4}")
_READINGS = frozenset(
    [word.upper() for word in data("context")["plate_engines"]]
    + ["BP", "HR", "CT", "CRP", "INR", "BM", "ECG", "PSA", "TSH", "GCS", "MPH", "KPH", "MPG", "BHP"]
)
_ENDING = re.compile(r"[A-Z0]{2}\d{2}$")
_ENDS = frozenset({"ends", "ended", "ending", "finished", "finishes"})
_BETWEEN = frozenset({"in", "with", "on"})
_WORDS = frozenset(data("lexicon")["three_letter_words"])


def plate_parts(reading: Reading) -> Iterator[Hit]:
    """Hits for parts of plates."""
    said = reading.segments
    for one, other in pairwise(said):
        if _halves(reading, one, other):
            for half in (one, other):
                yield reading.hit(half.first, half.last, _PLATE, 0.7, (NAME, "plate-halves"))
    yield from _spelt_northern(reading, said)
    yield from _repeated(reading, said)
    if not reading.cues.of(CueKind.VEHICLE):
        return
    for part in said:
        if not reading.cues.near(CueKind.VEHICLE, part.first, part.last, reach=_REACH):
            continue
        if _BEGUN.fullmatch(part.chars) and _spelt(reading, part):
            yield reading.hit(part.first, part.last, _PLATE, 0.65, (NAME, "plate-begun"))
        elif _NORTHERN.fullmatch(part.chars) and not part.quantity and part.first:
            apart = reading.words.gap(part.first) in (SPACE, PAUSE)
            if apart and (_letters(reading.words, part.first - 1) or _northern_word(reading, part)):
                yield reading.hit(part.first - 1, part.last, _PLATE, 0.7, (NAME, "plate-northern"))
    yield from _endings(reading)


def _halves(reading: Reading, one: Segment, other: Segment) -> bool:
    """The age mark as one speaker says it, and the three letters as the other answers."""
    if not (_HALF.fullmatch(one.chars) and _REST.fullmatch(other.chars)):
        return False
    apart = reading.lines_between(one.last - 1, other.first)
    if apart != _MOST_LINES or other.first - one.last > _APART or one.quantity:
        return False
    alone = reading.starts_turn(other.first) and _closed(reading.words, other.last)
    return alone and _spelt(reading, other)


def _spelt(reading: Reading, part: Segment) -> bool:
    """Whether the letters are said singly, and the clause ends with them."""
    kinds = reading.words.kinds[part.first : part.last]
    letters = sum(1 for kind in kinds if kind & (LETTER | NATO))
    known = all(kind & (LETTER | NATO | DIGIT | FIGURE | SKIP) for kind in kinds)
    return known and letters > 1 and _closed(reading.words, part.last)


def _spelt_northern(reading: Reading, said: Sequence[Segment]) -> Iterator[Hit]:
    """As in "November Echo Zulu 2891", with nothing said of a car: three letters said as words."""
    for part in said:
        spelt = [kind & NATO for kind in reading.words.kinds[part.first : part.first + _LETTERS]]
        if _NORTHERN_WHOLE.fullmatch(part.chars) and all(spelt) and not part.quantity:
            yield reading.hit(part.first, part.last, _PLATE, 0.7, (NAME, "plate-spelt"))


def _repeated(reading: Reading, said: Sequence[Segment]) -> Iterator[Hit]:
    """The letters of a plate said again as a word: "EVK, that's what it says"."""
    words = reading.words
    for part in said:
        word = words.words[part.last - 1]
        if len(word) != _LETTERS or not _WHOLE.fullmatch(part.chars) or word in _WORDS:
            continue
        for token in range(part.last, min(len(words.words), part.last + _APART)):
            if words.words[token] == word:
                yield reading.hit(token, token + 1, _PLATE, 0.65, (NAME, "plate-again"))


def _closed(words: Words, last: int) -> bool:
    return words.closes(last)


def _letters(words: Words, token: int) -> bool:
    """Three letters that are no word: capitals where they tell something."""
    word = words.words[token]
    if len(word) != _LETTERS or not word.isalpha() or word in _WORDS:
        return False
    return not words.cased or words.text[words.starts[token] : words.ends[token]].isupper()


def _northern_word(reading: Reading, figures: Segment) -> bool:
    """As in "it's a northern plate, RIG 4187": a word in capitals that has an I or a Z."""
    words, token = reading.words, figures.first - 1
    word = words.words[token]
    shown = words.cased and words.text[words.starts[token] : words.ends[token]].isupper()
    if not shown or len(word) != _LETTERS or {"i", "z"}.isdisjoint(word) or not word.isalpha():
        return False
    near = reading.cues.before(CueKind.VEHICLE, token, reach=_CLOSE) is not None
    return near and words.closes(figures.last)


def _endings(reading: Reading) -> Iterator[Hit]:
    """As in "ended with KUV"."""
    words = reading.words
    for cue in reading.cues.of(CueKind.VEHICLE):
        for token in range(cue.last, min(len(words.words) - 2, cue.last + _REACH)):
            if words.words[token] not in _ENDS:
                continue
            place = token + 1 + (words.words[token + 1] in _BETWEEN)
            if _letters(words, place) and words.cased and _closed(words, place + 1):
                yield reading.hit(place, place + 1, _PLATE, 0.65, (NAME, "plate-ending"))


def rest_of_plates(reading: Reading) -> Iterator[Hit]:
    """As in "S J six eight, something, ends in V K O": the letters after half a number plate."""
    for one, other in pairwise(reading.stretches):
        halves = _ENDING.search(one.chars) and _REST.fullmatch(other.chars)
        if not halves or other.first - one.last > _APART or one.quantity:
            continue
        if reading.cues.near(CueKind.VEHICLE, one.first, one.last, reach=_REACH):
            yield reading.hit(other.first, other.last, _PLATE, 0.75, (NAME, "vehicle-rest"))


def is_no_plate(reading: Reading, stretch: Stretch, match: tuple[int, int]) -> bool:
    """As in "on the A1307", "a 307", "BP one twenty": a road, a model, or a reading."""
    chars = stretch.chars[slice(*match)]
    first, _ = stretch.tokens(*match)
    road = chars[0] in "ABM" and chars[1:].isdigit()
    words = reading.words
    road = road and first > 0 and words.words[first - 1] in ("the", "on")
    model = words.text.startswith("a ", words.starts[first]) and chars[1:].isdigit()
    return road or model or chars.strip("0123456789") in _READINGS


def figures_in_plate(reading: Reading, stretch: Stretch, start: int) -> bool:
    """Whether a zero that is no "o" stands where a number plate has letters."""
    places = (start, start + 1, start + 4, start + 5, start + 6)
    zeros = (at for at in places if at < len(stretch.chars) and stretch.chars[at] == "0")
    words = reading.words.words
    return any(words[stretch.spans[stretch.units[at]][0]] != "o" for at in zeros)
