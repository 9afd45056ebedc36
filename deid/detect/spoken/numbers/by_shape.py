"""Numbers without a cue, known by their shape or a valid check digit alone; never a count."""

from collections.abc import Iterator

from deid.detect.spoken.heard.checks import (
    FREEPHONE,
    is_phone_shaped,
    is_valid_health,
    is_valid_phone,
    luhn,
    region,
)
from deid.detect.spoken.heard.lexicon import DIGIT
from deid.detect.spoken.heard.pieces import Piece, is_count, is_list_of_amounts
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.stretches import CORRECTED
from deid.detect.spoken.numbers.health_forms import is_grouped, meant_by
from deid.transcript import EntityType

_HEALTH_DIGITS, _LONGEST_PHONE, _AREA, _BEGUN = 10, 11, 5, 8
_PUT_RIGHT = 17  # digits of a telephone number with a group said twice


def by_shape(reading: Reading, piece: Piece) -> Iterator[tuple[Piece, EntityType, float, str]]:
    """No cue: only what is valid of its kind."""
    cut = _without_one(piece.cut((_HEALTH_DIGITS, _LONGEST_PHONE)))
    digits = cut.digits
    half = len(digits) // 2
    if half >= _HEALTH_DIGITS and digits[:half] == digits[-half:]:
        digits = digits[:half]  # said twice
    nought = digits[:1] == "0" and reading.words.kinds[cut.first] & DIGIT  # begins no amount
    if _is_begun(cut):
        yield cut, EntityType.PHONE_NUMBER, 0.6, "begun"
    amounts = not nought and is_list_of_amounts(reading, cut) and not is_grouped(cut)
    if len(digits) < _HEALTH_DIGITS or is_count(cut) or amounts:
        return
    if is_phone_shaped(digits):
        if not digits.startswith(FREEPHONE):
            score = 0.85 if is_valid_phone(digits) else 0.6
            yield cut, EntityType.PHONE_NUMBER, score, "shape"
    elif len(digits) == _HEALTH_DIGITS and is_valid_health(digits):
        yield cut, region(digits), 0.85 if cut.grouping() == [3, 3, 4] else 0.75, "valid"
    elif cut.corrected and (told := _begun_anew(cut) or _put_right(digits)) is not None:
        yield cut, told, 0.6, "corrected-valid"
    elif meant := meant_by(cut):
        yield cut, region(meant), 0.6, "corrected-valid"
    elif 13 <= len(digits) <= 19 and luhn(digits):  # noqa: PLR2004 - ISO/IEC 7812
        yield cut, EntityType.CREDIT_CARD, 0.8, "luhn"


def _is_begun(piece: Piece) -> bool:
    """As in "it's 01382 496 0, no, that's the old one": an area in figures and a few more."""
    area = piece.units()[0]
    return (
        len(area) == _AREA
        and area.startswith("01")
        and _BEGUN <= len(piece.digits) < _HEALTH_DIGITS
    )


def _begun_anew(piece: Piece) -> EntityType | None:
    """As in "oh nine four, I beg your pardon, oh seven four three ...": whole behind the slip."""
    units, breaks = piece.stretch.units, piece.stretch.breaks
    begins = (
        place
        for place in range(piece.start + 1, piece.end)
        if units[place] != units[place - 1] and breaks[units[place]] == CORRECTED
    )
    anew = [piece.stretch.chars[place : piece.end] for place in begins]
    whole = any(is_phone_shaped(digits) and is_valid_phone(digits) for digits in anew)
    return EntityType.PHONE_NUMBER if whole else None


def _put_right(digits: str) -> EntityType | None:
    """What digits with a group said twice are: a telephone number, or valid at their end."""
    begins = digits[0] == "0" and digits[1] in "1237"
    if begins and _LONGEST_PHONE < len(digits) <= _PUT_RIGHT:
        return EntityType.PHONE_NUMBER
    ends = len(digits) <= 2 * _HEALTH_DIGITS and is_valid_health(digits[-_HEALTH_DIGITS:])
    return region(digits[-_HEALTH_DIGITS:]) if ends else None


def _without_one(piece: Piece) -> Piece:
    """The number of "the 01632 960417 one": the last word stands for "number"."""
    size, whole = piece.end - piece.start, piece.stretch.whole_units(piece.start, piece.end - 1)
    if size != _LONGEST_PHONE + 1 or not whole or piece.digits[-1] != "1":
        return piece
    return Piece.of(piece.stretch, piece.start, piece.end - 1)
