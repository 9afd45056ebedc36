"""Numbers said digit by digit without a cue: somebody's certificate, service or policy number.

"Two two oh, one nine, seven six five, four": six digits or more, said singly or as "double eight"
and in groups, are said so for one purpose only. Never a count, a formation, scores, readings, clock
times or years, and never single digits with a pause after each, which are answers.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import DIGIT, FIGURE, LETTER, MULTIPLE, NATO, SCALE, data
from deid.detect.spoken.heard.pieces import Piece, is_count, pieces
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.stretches import Stretch
from deid.detect.spoken.heard.words import HYPHEN, LINE, SPACE, STOP
from deid.detect.spoken.numbers.american import is_american
from deid.transcript import EntityType

NAME = "spoken-numbers"
_FEWEST, _LONG_FIGURE, _REACH, _SURELY = 6, 7, 12, 9
_HALF, _PAIR, _CLOCK, _PLAYERS, _PHONE = 2, 2, 4, 10, 10
_WRITTEN, _HEALTH, _GAMES = (3, 4), 10, 6
_AREA, _SUBSCRIBER = range(3, 7), range(2, 9)
_CODE, _LONGEST_CODE, _CODE_DIGITS = 8, 20, 5
_PASS, _REACH_PASS = 12, 20
_LEVELS = re.compile(r"(?:[A-Z]\d{1,2})+")
_NOT_OURS = frozenset(data("context")["runs_not_ours"])
_PUBLIC = frozenset(data("context")["public_numbers"])


def digit_runs(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Runs of digits, or digits and letters, that ``hits`` do not cover and that are numbers."""
    starts = sorted(hit.start for hit in hits)
    ends = sorted(hit.end for hit in hits)

    def covered(first: int, last: int) -> bool:
        low, high = reading.words.starts[first], reading.words.ends[last - 1]
        return bisect_left(starts, high) > bisect_right(ends, low)

    for piece in pieces(reading):
        if len(piece.digits) < _FEWEST or piece.quantity:
            continue
        if not (_is_pass(reading, piece) or _is_number(reading, piece)):
            continue
        if not covered(piece.first, piece.last):
            phone = piece.digits.startswith("0") and len(piece.digits) >= _PHONE
            phone = phone or _is_rung_on(reading, piece)
            kind = EntityType.PHONE_NUMBER if phone else EntityType.MEDICAL_RECORD
            yield reading.hit(piece.first, piece.last, kind, 0.6, (NAME, "digit-run"))
    for stretch in reading.stretches:
        if _is_code(reading, stretch) and not covered(stretch.first, stretch.last):
            kind = EntityType.MEDICAL_RECORD
            yield reading.hit(stretch.first, stretch.last, kind, 0.6, (NAME, "code-run"))


def _is_rung_on(reading: Reading, piece: Piece) -> bool:
    """As in "call the office at seven one nine, five five five, oh one four eight"."""
    before = reading.words.words[piece.first - 1 : piece.first]
    return before in (["at"], ["on"]) and is_american(piece.digits.removeprefix("1"))


def _is_code(reading: Reading, stretch: Stretch) -> bool:
    """As in "eight seven two, two two, E C one A": characters said singly, no list of levels."""
    chars, kinds = stretch.chars, reading.words.kinds
    digits = sum(map(str.isdigit, chars))
    if not _CODE <= len(chars) <= _LONGEST_CODE or stretch.quantity or chars.isdigit():
        return False
    if (
        digits < _CODE_DIGITS
        or _LEVELS.fullmatch(chars)
        or not {LINE, STOP}.isdisjoint(stretch.breaks)
    ):
        return False
    near = reading.words.words[max(0, stretch.first - _REACH) : stretch.last + 1]
    groups = sum(gap not in (SPACE, HYPHEN) for gap in stretch.breaks)
    singly = all(kinds[first] & (DIGIT | MULTIPLE | LETTER | NATO) for first, _ in stretch.spans)
    return singly and _HALF * groups <= len(chars) and _NOT_OURS.isdisjoint(near)


def _is_number(reading: Reading, piece: Piece) -> bool:
    words = reading.words
    near = words.words[max(0, piece.first - _REACH) : piece.last + 1]
    if not _NOT_OURS.isdisjoint(near) or "nil" in words.words[piece.first : piece.last]:
        return False
    scaled = any(kind & SCALE for kind in words.kinds[piece.first : piece.last])
    if scaled or is_count(piece) or _is_part(reading, piece):
        return False
    spans = [piece.stretch.spans[unit] for unit in _units(piece)]
    if len(spans) == 1:
        figure = words.kinds[spans[0][0]] & FIGURE > 0
        return figure and _LONG_FIGURE <= len(piece.digits) != _HEALTH
    groups = _groups(piece)
    if piece.digits in _PUBLIC:
        return False
    if all(words.kinds[first] & FIGURE for first, _ in spans) and max(map(len, piece.units())) > 1:
        return _is_written(piece)
    singly = all(words.kinds[first] & (DIGIT | MULTIPLE | FIGURE) for first, _ in spans)
    return singly and _in_groups(groups) and not _is_something_else(groups)


def _is_pass(reading: Reading, piece: Piece) -> bool:
    """As in "the number on your bus pass?" / "6337 4410, 0290, 1172, 08.": as long as a card's."""
    words, groups = reading.words, piece.units()
    before = words.words[max(0, piece.first - _REACH_PASS) : piece.first]
    long = len(piece.digits) >= _PASS and max(map(len, groups)) <= _WRITTEN[1]
    return long and "pass" in before and groups != sorted(groups) and words.closes(piece.last)


def _is_written(piece: Piece) -> bool:
    """As in "619 3048 8815": groups of three or four figures with nothing but a space between.

    Ten figures are a health number, which without a cue only a valid check digit makes. What begins
    as an area code does is a telephone number with a figure too many or too few.
    """
    groups, breaks = piece.units(), piece.stretch.breaks_in(piece.start, piece.end)
    area = groups[0].startswith("0") and len(groups[0]) in _AREA
    sizes = _SUBSCRIBER if area else _WRITTEN
    written = all(len(group) in sizes for group in groups[area:])
    written = written and set(breaks) <= {SPACE, HYPHEN}
    rising = len(groups) > _HALF and groups in (sorted(groups), sorted(groups, reverse=True))
    plain = all(group.endswith("0") for group in groups) or all(map(_is_time_or_year, groups))
    plain = plain or rising
    return written and _SURELY <= len(piece.digits) != _HEALTH and not plain


def _is_part(reading: Reading, piece: Piece) -> bool:
    """Whether letters, a currency or a decimal adjoin."""
    stretch = piece.stretch
    begins = not piece.start or stretch.breaks[stretch.units[piece.start]] in (STOP, LINE)
    whole = begins and piece.end == len(stretch.chars)
    start = reading.words.starts[piece.first]
    before = reading.words.text[max(0, start - 1) : start]
    return not whole or before in ("£", "$", "€", ".", "#", "/", ":")


def _units(piece: Piece) -> list[int]:
    return list(dict.fromkeys(piece.stretch.units[piece.start : piece.end]))


def _groups(piece: Piece) -> list[str]:
    """The digits between pauses."""
    made: list[str] = []
    for unit, said in zip(_units(piece), piece.units(), strict=True):
        if made and piece.stretch.breaks[unit] in (SPACE, HYPHEN):
            made[-1] += said
        else:
            made.append(said)
    return made


def _in_groups(groups: list[str]) -> bool:
    """Whether the digits come in groups and not one by one."""
    digits = sum(map(len, groups))
    return _HALF * len(groups) <= digits and any(len(group) > 1 for group in groups)


def _is_something_else(groups: list[str]) -> bool:
    """Whether the groups are counts, formations, sets of a match, times, years, public numbers."""
    digits = "".join(groups)
    if len(set(digits)) <= _HALF and "0" not in digits:
        return True
    pairs = all(len(group) == _PAIR for group in groups) and len(digits) < _SURELY
    games = [digits[place : place + _PAIR] for place in range(0, len(digits), _PAIR)]
    if all(set(map(len, (games[-1], game))) == {_PAIR} and _is_set(game) for game in games):
        return True  # "six four three six seven five": sets of a match
    players = all(sum(map(int, group)) == _PLAYERS for group in groups)
    return (
        players
        or (pairs and "0" not in digits)
        or (all(map(_counts, groups)) and not _is_long(groups))
        or all(map(_is_time_or_year, groups))
        or all(group in _PUBLIC for group in groups)
    )


def _is_set(game: str) -> bool:
    """Whether two digits are the games of a set at tennis."""
    lost, won = sorted(map(int, game))
    return (won == _GAMES and lost < _GAMES - 1) or (won == _GAMES + 1 and lost >= _GAMES - 1)


def _is_long(groups: list[str]) -> bool:
    """Whether digits that only count in each group are many, and no group comes again."""
    return sum(map(len, groups)) >= _SURELY and len(set(groups)) == len(groups)


def _counts(group: str) -> bool:
    steps = {int(later) - int(earlier) for earlier, later in pairwise(group)}
    return len(group) > 1 and len(steps) == 1 and abs(next(iter(steps))) <= 1


def _is_time_or_year(group: str) -> bool:
    if len(group) != _CLOCK:
        return False
    hours, minutes = int(group[:2]), int(group[2:])
    return hours in (19, 20) or (hours < 24 and minutes < 60)  # noqa: PLR2004 - a day's clock
