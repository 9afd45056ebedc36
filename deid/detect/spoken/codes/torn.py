"""Numbers of health, insurance, hospitals and staff, and plates, in pieces with others in between.

"Q Q, forty-two, sixteen, is that an eight..." / "Don't rush." / "Eighty-three, C"; "W M" / "W M,
yep" / "six nine" / "and the rest?" / "O E B". The pieces that together make one are masked, what
the listener reads back left out of the count. Never pieces that together make nothing.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deid.detect.speech import Hit
from deid.detect.spoken.heard.checks import is_valid_health
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.giving import PIECE_LEADS
from deid.detect.spoken.heard.known import covered
from deid.detect.spoken.heard.lexicon import LETTER, NATO, SHORT, SKIP
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, PAUSE, STOP
from deid.transcript import EntityType

NAME = "spoken-codes"
_FROM_CUE, _APART, _MOST_LINES, _MOST_PIECES = 30, 24, 4, 12
_NINO, _PLATE = EntityType.UK_NINO, EntityType.UK_VEHICLE_REGISTRATION
_STAFF = EntityType.STAFF_REGISTRATION
_HEALTH, _RECORD = re.compile(r"\d{10}"), re.compile(r"[A-Z]{1,4}\d{6,7}")
# A digit doubted, left out or said twice is one all the same; a plate has to be whole.
_KINDS = (
    (CueKind.NINO, _NINO, re.compile(r"[A-Z]{2}\d{0,6}"), re.compile(r"[A-Z]{2}\d{5,8}[A-D]")),
    (
        CueKind.VEHICLE,
        _PLATE,
        re.compile(r"[A-Z0]{2}\d{0,2}"),
        re.compile(r"[A-Z0]{2}\d{2}[A-Z0]{3}"),
    ),
    (CueKind.GMC, _STAFF, re.compile(r"\d{2,5}"), re.compile(r"\d{7}")),
    (CueKind.NHS, EntityType.UK_NHS, re.compile(r"\d{2,8}"), _HEALTH),
    (
        CueKind.RECORD,
        EntityType.MEDICAL_RECORD,
        re.compile(r"[A-Z]{2,4}\d{0,4}|[A-Z]\d{1,4}"),
        _RECORD,
    ),
)
_LOOSE = (_HEALTH, _RECORD)
"""What any digits may make, so that each piece has to be given and not told of."""
_REST = re.compile(r"\d{6}[A-D]")
_STRICT = re.compile(r"[A-Z]{2}\d{6}[A-D]")
_LONGEST, _ASIDE, _HEAD, _SPELT = 11, 8, 2, 4
_CLOSED = (LINE, STOP, PAUSE)
_YEAR = re.compile(r"(?:19|20)\d\d")


class _Piece(NamedTuple):
    """Characters of one stretch up to the end of a sentence or turn, and their tokens."""

    first: int
    last: int
    chars: str
    quantity: bool


def torn_codes(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for all pieces of a code; of a number of digits alone, for those ``hits`` lack."""
    if not reading.stretches:
        return
    taken = covered(reading, hits)
    yield from _letters_alone(reading)
    pieces = sorted([*_pieces(reading), *_lone_letters(reading)])
    for place, piece in enumerate(pieces):
        following = pieces[place : place + _MOST_PIECES]
        for cue, kind, head, whole in _KINDS:
            if not head.fullmatch(piece.chars):
                continue
            if reading.cues.before(cue, piece.first, reach=_FROM_CUE) is None:
                if kind is not _NINO or not _is_spelt(reading, piece):
                    continue
                whole = _STRICT  # noqa: PLW2901 - nothing but its shape tells
            for part in _group(reading, following, whole):
                if whole in _LOOSE and all(taken[part.first : part.last]):
                    continue
                yield reading.hit(part.first, part.last, kind, 0.7, (NAME, "torn"))


def _is_spelt(reading: Reading, piece: _Piece) -> bool:
    """Whether two letters are told by words: "J for jug, Z for zebra", "Juliet Golf"."""
    if len(piece.chars) != _HEAD:
        return False
    kinds = reading.words.kinds[piece.first : piece.last]
    return len(kinds) > _SPELT or all(kind & NATO for kind in kinds)


def _lone_letters(reading: Reading) -> Iterator[_Piece]:
    """A last letter that is all of a turn, which elsewhere is an article: "And the rest?" / "A"."""
    words = reading.words
    for token, word in enumerate(words.words):
        if word == "a" and words.closes(token + 1) and reading.starts_turn(token):
            yield _Piece(token, token + 1, "A", quantity=False)


def _letters_alone(reading: Reading) -> Iterator[Hit]:
    """As in "it's BT, funny enough, 31 66 08 B": the two letters as they are written, set off."""
    words = reading.words
    for segment in reading.segments:
        if not _REST.fullmatch(segment.chars) or segment.quantity:
            continue
        distance = reading.cues.before(CueKind.NINO, segment.first, reach=_FROM_CUE)
        if distance is None:
            continue
        begin = max(segment.first - distance, segment.first - _ASIDE)
        for token in range(begin, segment.first):
            said = words.text[words.starts[token] : words.ends[token]]
            shown = len(said) == _HEAD and said.isalpha() and said.isupper() and words.cased
            if shown and words.closes(token + 1) and not words.kinds[token] & SHORT:
                yield reading.hit(token, token + 1, _NINO, 0.7, (NAME, "letters-alone"))


def _pieces(reading: Reading) -> Iterator[_Piece]:
    for stretch in reading.stretches:
        begin = 0
        for unit in range(1, len(stretch.spans) + 1):
            ends = unit == len(stretch.spans)
            if ends or stretch.breaks[unit] in (LINE, STOP):
                low, high = bisect_left(stretch.units, begin), bisect_left(stretch.units, unit)
                first, last = stretch.tokens(low, high)
                begin = unit
                cry = reading.words.words[first:last] == ["oh"]
                if cry or (high - low == 1 and reading.words.between(first) == "-"):
                    continue  # "four, three ... Oh, you went off then", "right-o"
                yield _Piece(first, last, stretch.chars[low:high], ends and stretch.quantity)


def _is_led(reading: Reading, piece: _Piece) -> bool:
    """Whether digits are given, and not told of in a clause: "then it's two", "he came at two"."""
    words, token = reading.words, piece.first
    while token and words.gap(token) not in _CLOSED:
        token -= 1
        if words.words[token] not in PIECE_LEADS and not words.kinds[token] & (SKIP | LETTER):
            return False
    return True


def _is_doubted(reading: Reading, piece: _Piece) -> bool:
    """As in "was it a four or a nine": no amount."""
    return reading.words.words[piece.last : piece.last + 1] == ["or"]


def _group(reading: Reading, pieces: list[_Piece], whole: re.Pattern[str]) -> list[_Piece]:
    """The first pieces that together make a code; none where they do not."""
    group, chars = pieces[:1], pieces[0].chars
    for piece in pieces[1:]:
        before = group[-1]
        lines = reading.lines_between(before.last - 1, piece.first)
        if (
            (piece.quantity and not _is_doubted(reading, piece))
            or piece.first - before.last > _APART
            or lines > _MOST_LINES
        ):
            return []
        if _YEAR.fullmatch(piece.chars) and piece.last - piece.first == 1:
            return []
        if piece.chars in ("A", "I") and not whole.fullmatch(chars + piece.chars):
            continue  # an article or a pronoun
        if whole in _LOOSE and not _is_led(reading, piece):
            return []
        group.append(piece)
        chars += "" if chars.endswith(piece.chars) else piece.chars
        if whole.fullmatch(chars):
            return group if whole is not _HEALTH or is_valid_health(chars) else []
        if len(chars) > _LONGEST:
            return []
    return []
