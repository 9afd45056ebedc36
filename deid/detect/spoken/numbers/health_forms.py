"""Health numbers that look like something else: in pairs, in tens, or with a group put right.

"67, 77, 60, 61, 06"; "seven forty, 225, eighty-eight thirty-one"; "717, 319, oh no, 317, 6182". The
check digit tells them from lists of amounts.
"""

from deid.detect.spoken.heard.checks import is_valid_health
from deid.detect.spoken.heard.pieces import Piece
from deid.detect.spoken.heard.stretches import CORRECTED

_PAIRS, _PAIR, _GROUPS, _DIGITS = 5, 2, (3, 4), 10


def is_grouped(piece: Piece) -> bool:
    """As in "seven forty, 225, eighty-eight thirty-one", or five pairs: valid, and never a list."""
    units = piece.units()
    pairs = len(units) == _PAIRS and all(len(unit) == _PAIR for unit in units)
    pairs = pairs and units not in (sorted(units), sorted(units, reverse=True))
    return (pairs or piece.grouping() == [3, 3, 4]) and is_valid_health(piece.digits)


def meant_by(piece: Piece) -> str:
    """The number of "717, 319, oh no, 317, 6182": without the group that is taken back."""
    stretch = piece.stretch
    for place in range(piece.start + 1, piece.end):
        unit = stretch.units[place]
        if stretch.breaks[unit] != CORRECTED or stretch.units[place - 1] == unit:
            continue
        for size in _GROUPS:
            digits = stretch.chars[piece.start : place - size] + stretch.chars[place : piece.end]
            if len(digits) == _DIGITS and is_valid_health(digits):
                return digits
    return ""
