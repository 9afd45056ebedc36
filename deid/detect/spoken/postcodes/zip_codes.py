"""Postal codes of the United States: "Columbus, Ohio, 43210", "Portland, OR 97205".

Five digits behind a state whose codes begin with the first of them, or behind "zip code"; said in
digits or in figures, with or without the four more. Never people or miles of a state ("in Texas
40000 turned up", "Ohio, 2019").
"""

from collections.abc import Iterator
from typing import Final

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import DIGIT, FIGURE, MULTIPLE, data
from deid.detect.spoken.heard.pieces import Piece, pieces
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, PAUSE, SPACE
from deid.transcript import EntityType

_STATES: Final = {
    name: digit for digit, names in data("context")["zip_states"].items() for name in names
}
_SHORT, _LENGTHS, _REACH, _LONGEST_NAME = 2, (5, 9), 6, 3
_ZIPS = frozenset({"zip", "zipcode", "zips"})


def zip_codes(reading: Reading) -> Iterator[Hit]:
    """Hits for them, with a state of two letters."""
    for piece in pieces(reading):
        sized = len(piece.digits) in _LENGTHS and not piece.quantity
        if not sized or not _is_single(reading, piece):
            continue
        first = _state(reading, piece)
        if first >= 0 or _is_asked(reading, piece):
            said_by = ("spoken-postcodes", "zip")
            short = first >= 0 and len(reading.words.words[first]) == _SHORT
            begin = first if short else piece.first
            yield reading.hit(begin, piece.last, EntityType.UK_POSTCODE, 0.85, said_by)


def _is_single(reading: Reading, piece: Piece) -> bool:
    """Whether it is figures or digits said one by one, in a breath or in groups as written."""
    kinds, stretch = reading.words.kinds, piece.stretch
    units = dict.fromkeys(stretch.units[piece.start : piece.end])
    said = (kinds[stretch.spans[unit][0]] & (DIGIT | MULTIPLE | FIGURE) for unit in units)
    breaks = set(stretch.breaks_in(piece.start, piece.end))
    return all(said) and breaks <= {SPACE, HYPHEN, PAUSE}


def _state(reading: Reading, piece: Piece) -> int:
    """The first token of the state before a piece that may be its code; -1 where none is."""
    words, last = reading.words, piece.first
    if last == 0 or words.gap(last) not in (SPACE, PAUSE):
        return -1
    for first in range(last - 1, max(-1, last - 1 - _LONGEST_NAME), -1):
        if _STATES.get(" ".join(words.words[first:last])) != piece.digits[0]:
            continue
        listed = first > 0 and words.gap(first) == PAUSE
        if last == first + 1 and len(words.words[first]) == _SHORT:  # never "or", "in"
            written = words.text[words.starts[first] : words.ends[first]]
            return first if listed and written.isupper() else -1
        listed = listed and words.gap(last) == PAUSE
        closed = words.closes(piece.last) and not piece.digits.endswith("000")
        return first if listed or closed or len(piece.digits) > min(_LENGTHS) else -1
    return -1


def _is_asked(reading: Reading, piece: Piece) -> bool:
    """Whether "zip", "zip code" or a question for it stands shortly before."""
    words = reading.words
    near = words.words[max(0, piece.first - _REACH) : piece.first]
    zips = any(word.removesuffix("'s") in _ZIPS for word in near) and "file" not in near
    return zips and reading.lines_between(max(0, piece.first - _REACH), piece.first) <= 1
