"""Identifiers given a piece a turn, whoever asked for them and however: told by their shape.

"Okay, zero seven eight." / "Got that." / "Eleven seventy-nine." / "Yep." / "And then five thousand
seven hundred and one." Nobody counts, doses or scores so: turns that hold nothing but characters,
and between them turns that only nod, ask for more, or say the piece again. Six characters in all
are an identifier; fewer are one after the cue of one, and parts of a date after a birth is asked.
Never a count ("one" / "two"), a list of levels, or answers to questions.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from deid.detect.speech import Hit
from deid.detect.spoken.again.exchanges import CUES
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.giving import (
    asks,
    asks_on,
    closes,
    nods,
    past_leads,
    spans,
    turns,
)
from deid.detect.spoken.heard.known import covered
from deid.detect.spoken.heard.lexicon import MONTH, ORDINAL, SKIP, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.results import MEASURED, is_tested
from deid.detect.spoken.heard.words import HYPHEN, PAUSE, SPACE, STOP
from deid.detect.spoken.letters.lessons import abbreviations
from deid.transcript import EntityType

NAME = "spoken-exchanges"
_AND = frozenset({"and", "of", "the", "plus"})
_NOT_OURS = frozenset(data("context")["runs_not_ours"])
_PUBLIC = frozenset(data("context")["public_numbers"])
_ENOUGH, _FEWEST, _REACH, _LONGEST = 6, 3, 30, 40
_PHONE, _LETTERS, _PAIR = range(9, 14), 5, 2
_THAT = frozenset({"that", "this", "the", "which", "new", "thats", "that's"})
_NEAR = (SPACE, PAUSE, HYPHEN)
_LEVELS, _COUNTED = re.compile(r"(?:[A-Z]\d{1,2})+"), frozenset({"9", "10", "11", "12"})
_SPELLING = frozenset({"spelling", "spelt", "spelled", *data("context")["lessons_naming"]})
_LAYOUT = ["in", "a"]
"""As in "it's in a three, a three and a four"."""
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_CUES = CUES | {CueKind.BIRTH: EntityType.DATE_OF_BIRTH, CueKind.NAME: EntityType.PERSON}


class _Piece(NamedTuple):
    """What a turn gives: its characters a unit, and the tokens (half-open) that say them."""

    units: tuple[str, ...]
    first: int
    last: int

    @property
    def chars(self) -> str:
        """All its characters."""
        return "".join(self.units)


def turns_dictated(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for pieces, and for what says them again, that ``hits`` do not cover."""
    taken = covered(reading, hits)
    for pieces, echoes in _dictations(reading):
        kind = _kind(reading, pieces)
        if kind is None:
            continue
        counted = kind is not EntityType.DATE_OF_BIRTH and pieces[0].chars in _COUNTED
        for piece in [*pieces[counted:], *echoes]:
            if not all(taken[piece.first : piece.last]):
                yield reading.hit(piece.first, piece.last, kind, 0.6, (NAME, "turns"))


def _dictations(reading: Reading) -> Iterator[tuple[list[_Piece], list[_Piece]]]:
    """Pieces of two turns or more with nothing but nods between, and their echoes."""
    pieces: list[_Piece] = []
    echoes: list[_Piece] = []
    waits = ended = False
    words, given = reading.words, _given(reading)
    for first, last in turns(words):
        if not pieces and bisect_left(given, first) == bisect_left(given, last):
            continue
        piece = _piece(reading, first, last, begun=bool(pieces) and not ended)
        echo = piece is not None and bool(pieces) and piece.chars == pieces[-1].chars
        other = piece is not None and asks(words, piece.last, min(piece.last + 1, last))
        if piece is not None and echo:
            echoes.append(piece)
            waits = True
        elif piece is not None and pieces and not ended and not other:
            pieces.append(piece)
            waits = False
        elif pieces and not (ended or waits) and nods(reading, first, last):
            waits = True
        else:
            if len(pieces) > 1:
                yield pieces, echoes
            opening = _piece(reading, first, last, begun=False)
            pieces, echoes, waits, ended = [opening] if opening else [], [], False, False
        ended = ended or (piece is not None and asks_on(words, piece.last, last))
    if len(pieces) > 1:
        yield pieces, echoes


def _given(reading: Reading) -> list[int]:
    """Tokens that begin a character, a month or a day, in order."""
    said = [low for stretch in reading.stretches for low, _ in stretch.spans]
    days = (at for at, kind in enumerate(reading.words.kinds) if kind & (MONTH | ORDINAL))
    return sorted([*said, *days])


def _piece(reading: Reading, first: int, last: int, *, begun: bool) -> _Piece | None:
    """What a turn gives and nothing else; the first one may end a turn that says more before."""
    words = reading.words
    token = past_leads(words, first, last)
    if (piece := _piece_at(reading, token, last)) is not None:
        return piece
    behind = -1
    for low, high in () if begun else spans(reading, max(first, last - _LONGEST), last):
        opens = (low != behind and words.gap(low) != HYPHEN) or words.gap(low) == STOP
        piece = _piece_at(reading, low, last) if opens else None
        if piece is not None and _may_open(reading, piece):
            return piece
        behind = high
    return None


def _may_open(reading: Reading, piece: _Piece) -> bool:
    """Whether a piece behind other words of its turn may begin an identifier: no year, no day."""
    enough = len(piece.chars) >= _FEWEST - piece.chars.isalpha()
    said = reading.words.words[piece.first : piece.last]
    tested = is_tested(reading.words, piece.first, piece.chars)
    if piece.chars in _PUBLIC:
        return False
    if not enough or tested or not MEASURED.isdisjoint(said):  # "your last HbA1c?"
        return False
    return not (_YEAR.fullmatch(piece.chars) or _is_dated(reading, piece))


def _piece_at(reading: Reading, first: int, last: int) -> _Piece | None:
    """The piece that begins there, if nothing but "got it?" follows it in its clause."""
    words, (first, end) = reading.words, _core(reading, first, last)
    if end == first or not closes(words, end, last):
        return None
    piece = _Piece(_units(reading, first, end), first, end)
    before = words.words[first - 1] if first else ""
    pronoun = words.words[first:end] == ["one"] and before in _THAT  # "That one, yes."
    counted = piece.chars[1:].isdigit() and end - first == _PAIR  # "and a four"
    article = words.words[first] == "a" and (piece.chars.isalpha() or counted) and end - first > 1
    explained = words.words[first + 1 : first + 2] == ["for"]
    layout = words.words[max(0, first - 2) : first] == _LAYOUT
    nothing = pronoun or layout or (article and not explained) or piece.chars in abbreviations()
    return None if nothing else piece


def _core(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """The tokens, from ``first`` on, that are all characters; ``first`` twice for none."""
    words, begin, end = reading.words, first, first
    for low, high in spans(reading, first, min(last, first + _LONGEST)):
        between = range(end, low)
        linked = (words.words[each] in _AND or words.kinds[each] & SKIP for each in between)
        if not all(linked) or "or" in words.words[end:low]:
            break
        inside = range(end, low + 1) if end > first else ()
        if not all(words.gap(each) in _NEAR or "..." in words.between(each) for each in inside):
            break
        if end == first:
            begin = low - (words.words[low - 1 : low] == ["plus"])
        end = high
    return begin, end


def _units(reading: Reading, first: int, last: int) -> tuple[str, ...]:
    """The characters of each unit between two tokens; the words themselves where none has any."""
    at = bisect_left(reading.stretches, first, key=lambda each: each.last)
    said: dict[tuple[int, int], str] = {}
    for stretch in reading.stretches[at : at + 2]:
        for char, unit in zip(stretch.chars, stretch.units, strict=True):
            low, high = stretch.spans[unit]
            if first <= low and high <= last:
                said[low, high] = said.get((low, high), "") + char
    return tuple(said.values()) or tuple(reading.words.words[first:last])


def _kind(reading: Reading, pieces: Sequence[_Piece]) -> EntityType | None:
    """What they are together; None where they are nothing that identifies."""
    chars, first = "".join(piece.chars for piece in pieces), pieces[0].first
    cue = reading.cues.nearest(tuple(CueKind), first, first, reach=_REACH, ahead=0)
    told = _CUES.get(cue) if cue is not None else None
    if told is EntityType.DATE_OF_BIRTH:
        return told
    near = reading.words.words[max(0, first - _REACH) : first]
    dated = any(_is_dated(reading, piece) for piece in pieces)
    if dated or not _NOT_OURS.isdisjoint(near) or _counts(pieces) or not chars.isalnum():
        return None
    if chars.replace("0", "O").isalpha():
        named = len(chars) >= _LETTERS and not _SPELLING.isdisjoint(near)
        return EntityType.PERSON if named else None
    told = told if told is not EntityType.PERSON else None
    if len(chars) < (_FEWEST if told else _ENOUGH) or not (told or any(map(_singly, pieces))):
        return None
    if not told and any(_LEVELS.fullmatch(piece.chars) for piece in pieces):
        return None
    phone = chars.startswith(("0", "44")) and len(chars) in _PHONE
    return told or (EntityType.PHONE_NUMBER if phone else EntityType.MEDICAL_RECORD)


def _is_dated(reading: Reading, piece: _Piece) -> bool:
    """Whether a month or an ordinal stands in it."""
    return any(kind & (MONTH | ORDINAL) for kind in reading.words.kinds[piece.first : piece.last])


def _singly(piece: _Piece) -> bool:
    """Whether a piece is said as no amount is: "seven two oh", "oh five", "fifty-one seven two"."""
    chars = piece.chars
    odd = len(chars) > _FEWEST and not chars.endswith("0")
    return len(piece.units) >= _FEWEST or chars[0] == "0" or odd


def _counts(pieces: Sequence[_Piece]) -> bool:
    """Whether the pieces only count, up or down, in steps of one size."""
    units = [unit for piece in pieces for unit in piece.units]
    values = [int(unit) for unit in units if unit.isdigit()]
    steps = {later - earlier for earlier, later in pairwise(values)}
    return len(values) == len(units) > _PAIR and len(steps) == 1
