"""Digit pieces: runs of digits of one stretch, and what tells that they only count or measure."""

from dataclasses import dataclass, field
from itertools import pairwise

from deid.detect.spoken.heard.layouts import is_layout
from deid.detect.spoken.heard.lexicon import (
    CUE,
    FIGURE,
    MONTH,
    ORDINAL,
    STARTS_STRETCH,
    TEEN,
    TENS,
    data,
)
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.results import is_result
from deid.detect.spoken.heard.stretches import CORRECTED, INNER, Stretch
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, STOP

_FEWEST_DIGITS = 2
_COUNTS = frozenset({"10", "11"})
_STEPS = (0, 1, 2, 3, 5, 7, 10)  # serial threes and sevens test attention
_LONGEST_GAP, _MOST_LINES, _MOST_PIECES = 14, 4, 24
_FEWEST_COUNTED, _TWO, _YEAR, _HEALTH, _PHONE, _LONG_REST = 4, 2, 4, 10, 11, 6
_LEADS = frozenset(data("context")["dictated_leads"])
ABOUT = frozenset({"about", "almost", "around", "nearly", "over"})
"""What leads in an estimate."""
_AMOUNTS = frozenset({"many", "many's", "much", "much's", "long", "old", "often", "far", "tall"})


@dataclass(frozen=True, slots=True)
class Piece:
    """Digits of one stretch, from unit to unit.

    Attributes:
        stretch: Where they were said.
        start: Half-open range in ``stretch.chars``.
        end: Its end.
        first: The tokens that say them, half-open.
        last: Their end.
    """

    stretch: Stretch = field(repr=False)
    start: int
    end: int
    first: int
    last: int

    @classmethod
    def of(cls, stretch: Stretch, start: int, end: int) -> "Piece":
        """The characters ``start`` to ``end`` of a stretch."""
        first, last = stretch.tokens(start, end)
        return cls(stretch, start, end, first, last)

    @property
    def digits(self) -> str:
        """The digits."""
        return self.stretch.chars[self.start : self.end]

    @property
    def corrected(self) -> bool:
        """Whether the speaker takes something back inside it."""
        return CORRECTED in self.stretch.breaks_in(self.start, self.end)

    @property
    def quantity(self) -> bool:
        """Whether a unit of measure follows."""
        return self.stretch.quantity and self.end == len(self.stretch.chars)

    def units(self) -> list[str]:
        """Its digits as they were said, one string a unit."""
        made: dict[int, str] = {}
        for place in range(self.start, self.end):
            unit = self.stretch.units[place]
            made[unit] = made.get(unit, "") + self.stretch.chars[place]
        return list(made.values())

    def grouping(self) -> list[int]:
        """Digits between pauses: 3-3-4 for an NHS number as printed."""
        sizes = [0]
        for place in range(self.start, self.end):
            unit = self.stretch.units[place]
            begins = place == self.start or self.stretch.units[place - 1] != unit
            long_unit = len(self.stretch.spans) and self.stretch.breaks[unit] != INNER
            if begins and place > self.start and long_unit and self._pause(unit):
                sizes.append(0)
            sizes[-1] += 1
        return sizes

    def _pause(self, unit: int) -> bool:
        figures = len(self.units()) <= 4  # noqa: PLR2004 - written in groups
        return self.stretch.breaks[unit] != " " or figures

    def cut(self, lengths: tuple[int, ...]) -> "Piece":
        """The beginning that ends at a full stop or a turn with one of these lengths, best first.

        Only where the whole is longer than any of them, or ends in a quantity; never where the
        speaker takes something back, because then it is meant to be longer.
        """
        if self.corrected or (self.end - self.start <= max(lengths) and not self.quantity):
            return self
        if (whole := self._without_cry(max(lengths))) is not None:
            return whole
        for length in lengths:
            place = self.start + length
            if place >= self.end or self.stretch.units[place - 1] == self.stretch.units[place]:
                continue
            ends = (LINE, STOP, PAUSE) if self._has_amount(place) else (LINE, STOP)
            if self.stretch.breaks[self.stretch.units[place]] in ends:
                return Piece.of(self.stretch, self.start, place)
        return self

    def _without_cry(self, longest: int) -> "Piece | None":
        """Without "oh" behind its last digit: "... fifty seven oh before I forget"."""
        last = self.stretch.units[self.end - 1]
        cry = self.digits[-1] == "0" and self.end - self.start == longest + 1
        one = (
            cry and self.stretch.units[self.end - 2] != last and self.end == len(self.stretch.chars)
        )
        return Piece.of(self.stretch, self.start, self.end - 1) if one else None

    def _has_amount(self, place: int) -> bool:
        """Whether only an amount follows from a place on: "..., two of the fifty microgram"."""
        return self.quantity and len(set(self.stretch.units[place : self.end])) == 1


def pieces(reading: Reading) -> list[Piece]:
    """All runs of at least two digits, in order; results of scales and the laboratory left out."""
    made = []
    for stretch in reading.stretches:
        chars, place = stretch.chars, 0
        if len(chars) < _FEWEST_DIGITS:
            continue
        while place < len(chars):
            if not chars[place].isdigit():
                place += 1
                continue
            end = place
            while end < len(chars) and chars[end].isdigit():
                end += 1
            place = _past_code(stretch, place, end)
            whole = end - place >= _FEWEST_DIGITS and stretch.whole_units(place, end)
            if whole and not is_layout(reading, *stretch.tokens(place, end)):
                piece = _without_one(reading, Piece.of(stretch, place, end))
                piece = _without_lead(_without_date(reading, piece))
                made += [] if is_result(reading.words, piece.first, piece.digits) else [piece]
            place = end
    return made


def _past_code(stretch: Stretch, place: int, end: int) -> int:
    """Where the digits behind a code begin: "down the A57. Oh double seven ..."; else ``place``."""
    unit = stretch.units[place]
    if place == 0 or stretch.units[place - 1] != unit:
        return place
    while place < end and stretch.units[place] == unit:
        place += 1
    return place


def _without_one(reading: Reading, piece: Piece) -> Piece:
    """The number after "try her NHS one." / "Okay, seven oh one ...", where it is a pronoun."""
    words, stretch, place = reading.words, piece.stretch, piece.start + 1
    said = words.words[piece.first] == "one" and piece.first > 0 and place < piece.end
    if not said or words.gap(piece.first) != SPACE or len(piece.digits) not in _WITH_ONE:
        return piece
    stopped = stretch.breaks[stretch.units[place]] in (STOP, LINE)
    return Piece.of(stretch, place, piece.end) if stopped else piece


_WITH_ONE = (_HEALTH + 1, _PHONE + 1)


def _without_date(reading: Reading, piece: Piece) -> Piece:
    """The number after a date's year: "27th of the 2nd 1947. Six eight four, four seven three"."""
    before = reading.words.kinds[piece.first - 1] if piece.first else 0
    if not before & (ORDINAL | MONTH) or len(piece.digits) < _YEAR + _LONG_REST:
        return piece
    units, stretch, place = piece.units(), piece.stretch, piece.start + _YEAR
    if len(piece.digits) == _TWO + _HEALTH and len(units[0]) == _TWO:  # "of the ninth 94, 633 ..."
        place = piece.start + _TWO
        parted = stretch.breaks[stretch.units[place]] in (STOP, LINE, PAUSE)
        return Piece.of(stretch, place, piece.end) if parted else piece
    year = len(units[0]) == _YEAR or len(units[0]) == len(units[1]) == _TWO
    if not (
        year and piece.digits[:_TWO] in ("18", "19", "20") and stretch.whole_units(place, piece.end)
    ):
        return piece
    stopped = stretch.breaks[stretch.units[place]] in (STOP, LINE)
    return Piece.of(stretch, place, piece.end) if stopped else piece


def _without_lead(piece: Piece) -> Piece:
    """The telephone number of "in 1974, oh one two oh six ...", "Seven. Oh seven eight ...".

    With it any number after how many digits it has: "yeah, ten" / "six one oh ...".
    """
    units, stretch = piece.units(), piece.stretch
    rest = piece.digits[-_PHONE:]
    counted = units[0] in _COUNTS and len(piece.digits) == len(units[0]) + int(units[0])
    place = piece.end - (int(units[0]) if counted else _PHONE)
    phone = rest.startswith("0") and rest[1:2] in ("1", "2", "7")
    if place <= piece.start or not stretch.whole_units(place, piece.end):
        return piece
    said, parted = piece.digits[: place - piece.start], stretch.breaks[stretch.units[place]]
    year = phone and len(units[0]) == len(said) == _YEAR and said[:2] in ("19", "20")
    stopped = phone and parted == STOP and len(said) < _YEAR
    counted = counted and parted in (STOP, LINE)
    return Piece.of(stretch, place, piece.end) if year or stopped or counted else piece


def is_told_of(reading: Reading, piece: Piece) -> bool:
    """As in "pain out of ten", "doing about fifty": one number amid a clause about other things."""
    words, kind = reading.words, reading.words.kinds[piece.first]
    if len(piece.digits) < _FEWEST_COUNTED and _is_called(reading, piece):
        return True
    one = len(piece.units()) == 1 and len(piece.digits) == _TWO and kind & (TEEN | TENS)
    inside = piece.first > 0 and words.gap(piece.first) == SPACE
    return bool(one) and inside and words.words[piece.first - 1] not in _LEADS


def _is_called(reading: Reading, piece: Piece) -> bool:
    """As in "the 512 never came", "I get the four oh nine if I can": a bus, a road, a train."""
    words, last = reading.words, piece.last
    if not piece.first or words.words[piece.first - 1] != "the" or last >= len(words.words):
        return False
    apart = words.gap(piece.first) == words.gap(last) == SPACE
    goes_on = apart and words.skip(last)[0] == last
    return goes_on and not words.kinds[last] & (CUE | STARTS_STRETCH)


def is_asked_of(said: list[str]) -> bool:
    """Whether an amount was asked for: "how many's he got?", "how long?"."""
    return any(one == "how" and other in _AMOUNTS for one, other in pairwise(said))


def is_count(piece: Piece) -> bool:
    """Whether the units only count up or down, in ones, in tens, or in the sevens of a test."""
    values = [int(unit) for unit in piece.units() if unit.isdigit()]
    if len(values) < _FEWEST_COUNTED:
        return False
    steps = {later - earlier for earlier, later in pairwise(values)}
    return len(steps) == 1 and abs(next(iter(steps))) in _STEPS


def is_list_of_amounts(reading: Reading, piece: Piece) -> bool:
    """Whether it is mostly teens, tens or years, as in "ten, twenty, thirty"."""
    units = piece.units()
    kinds = reading.words.kinds
    spans = piece.stretch.spans
    unit_ids = dict.fromkeys(piece.stretch.units[piece.start : piece.end])
    said = sum(1 for each in unit_ids if kinds[spans[each][0]] & (TEEN | TENS))
    years = sum(1 for unit in units if len(unit) == 4 and unit[:2] in ("19", "20"))  # noqa: PLR2004
    figures = sum(
        1 for each in unit_ids if kinds[spans[each][0]] & FIGURE and spans[each][1] > spans[each][0]
    )
    short = figures == len(units) and len(units) > 4 and max(map(len, units)) < 3  # noqa: PLR2004
    return 2 * said > len(units) or years == len(units) or (short and min(map(len, units)) == 2)  # noqa: PLR2004
