"""Short numbers on which somebody is reached: extensions, bleeps, the old local numbers.

"you can reach theatres on two seven oh six", "bleep three oh four's in clinic"; "and the shop's
number?" / "Double two, nine four." Said one by one, up to the end of the clause, and only after
the words for it; never a time, a bus, a score, or "on two hundred". Numbers without their area,
too: "ring us on 496 0123", "my old number was Knowle 4412", "it's 960412, ask for the desk".
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.known import covered
from deid.detect.spoken.heard.lexicon import DIGIT, FIGURE, MULTIPLE, SCALE, data
from deid.detect.spoken.heard.pieces import Piece, is_count, pieces
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import Words
from deid.detect.spoken.numbers.extensions import is_extension
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

NAME = "spoken-numbers"
_PHONE = EntityType.PHONE_NUMBER
_FEWEST, _LONGEST, _BEFORE, _ASKED, _MORE, _YEAR, _LOCAL = 3, 7, 5, 18, 14, 4, 6
_REACHED = frozenset(data("context")["short_phones_reached"])
_RINGS = frozenset({"she's", "he's", "they're", "surgery", "dial", "text", "dialled"})
_IS = frozenset({"is", "was", "it's", "that's", "just"})
_GIVING = frozenset({"it's", "is", "on"})
_OWN = frozenset({"own", "ours", "old"})
_NOT_OURS = frozenset(data("context")["runs_not_ours"])
_PUBLIC = frozenset(data("context")["public_numbers"])


def short_phones(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for such numbers that ``hits`` do not cover."""
    taken, last = covered(reading, hits), -1
    for segment in reading.segments:
        if is_extension(reading, segment, taken) and not any(taken[segment.first : segment.last]):
            yield reading.hit(segment.first, segment.last, _PHONE, 0.65, (NAME, "extension"))
    for piece in pieces(reading):
        if not _FEWEST <= len(piece.digits) <= _LONGEST or any(taken[piece.first : piece.last]):
            continue
        if not _is_short(reading, piece):
            continue
        if _is_local(reading, piece):
            yield reading.hit(piece.first, piece.last, _PHONE, 0.65, (NAME, "local-phone"))
            continue
        more = last >= 0 and piece.first - last <= _MORE and _is_ours(reading, piece)
        if more or _reached(reading, piece) or _answers(reading, piece):
            last = piece.last
            yield reading.hit(piece.first, piece.last, _PHONE, 0.65, (NAME, "short-phone"))


def _is_short(reading: Reading, piece: Piece) -> bool:
    words, kinds = reading.words, reading.words.kinds
    whole = len(piece.digits) == len(piece.stretch.chars)
    if piece.quantity or not whole or is_count(piece) or piece.digits in _PUBLIC:
        return False
    if "thousand" in words.words[piece.first : piece.last]:
        return False
    steps = {int(later) - int(earlier) for earlier, later in pairwise(piece.digits)}
    if len(steps) == 1 and abs(next(iter(steps))) <= 1:
        return False  # "one, two, three"
    singly = all(kinds[first] & (DIGIT | MULTIPLE | FIGURE) for first, _ in piece.stretch.spans)
    closed = words.closes(piece.last)
    closed = closed or _is_followed(words, piece.last)
    near = words.words[max(0, piece.first - _ASKED) : piece.last]
    return singly and closed and _NOT_OURS.isdisjoint(near)


def _is_local(reading: Reading, piece: Piece) -> bool:
    """Whether it is told as what rings: after "phone's", "ring them on", before "ask for"."""
    words, first = reading.words, piece.first
    said = words.words[max(0, first - _BEFORE) : first]
    scaled = any(kind & SCALE for kind in words.kinds[first : piece.last])
    year = len(piece.digits) == _YEAR and piece.digits[:2] in ("19", "20")
    if len(piece.digits) == _FEWEST or scaled or (year and len(piece.units()) == 1):
        return False
    on = said[-1:] == ["on"] and not (_REACHED | _RINGS).isdisjoint(said[:-1])
    long = len(piece.digits) > _YEAR
    on = on or said[-1:] == ["ring"]  # "ring 496 0123", "give her a ring, 496 0123"
    return (long and (on or _is_followed(words, piece.last))) or _is_told(reading, piece)


def _is_followed(words: Words, last: int) -> bool:
    """As in "... , ask for the desk", "... without the code"."""
    after = words.words[last : last + 3]
    return after[:2] == ["ask", "for"] or after == ["without", "the", "code"]


def _is_told(reading: Reading, piece: Piece) -> bool:
    """As in "ward phone's two three eight seven one", "the phone number was Knowle 4412"."""
    words, end = reading.words, piece.first
    exchange = end > 1 and not words.kinds[end - 1] and words.words[end - 1] not in _IS
    long = len(piece.digits) > _YEAR
    for first in (end, end - 1) if exchange else (end,):
        for kind in (CueKind.PHONE, CueKind.NUMBER):
            distance = reading.cues.before(kind, first, reach=2)
            between = words.words[first - distance : first] if distance is not None else None
            if between is None or not _IS.issuperset(between):
                continue
            named = first == end or words.capital(first) or _is_place(words.words[first])
            told = bool(between) or words.words[first - 1].endswith("'s")
            if named and told and (kind is CueKind.PHONE or first < end or long):
                return True
    return False


def _is_place(word: str) -> bool:
    return lexicon().entry(word).place > 0


def _reached(reading: Reading, piece: Piece) -> bool:
    """As in "reach theatres on two seven oh six": figures are no year or price there."""
    words = reading.words
    said = words.words[max(0, piece.first - _BEFORE - 1) : piece.first]
    spoken = words.kinds[piece.first] & (DIGIT | MULTIPLE)
    return bool(spoken) and said[-1:] == ["on"] and not _REACHED.isdisjoint(said)


def _answers(reading: Reading, piece: Piece) -> bool:
    """Whether it is the first that is said to a question for a telephone number."""
    words, first = reading.words, piece.first
    long = len(piece.digits) > _YEAR
    led = reading.starts_turn(first) or (long and words.words[first - 1] in _GIVING)
    if len(piece.digits) == _FEWEST or not led:
        return False
    distance = reading.cues.before(CueKind.PHONE, first, reach=_ASKED)
    if distance is None and len(piece.digits) >= _LOCAL:
        return _asked_number(reading, first)
    spoken = words.kinds[first] & (DIGIT | MULTIPLE) or (long and words.kinds[first] & FIGURE)
    if distance is None or not spoken:
        return False
    return "number" in words.words[max(0, first - distance - 2) : first]


def _asked_number(reading: Reading, first: int) -> bool:
    """Whether the turn before asks for somebody's number: "what's your number"."""
    words = reading.words
    asked = words.words[max(0, first - _ASKED) : first]
    if "number" not in asked or reading.lines_between(first - len(asked), first) != 1:
        return False
    place = len(asked) - 1 - asked[::-1].index("number")
    whose = asked[max(0, place - 2) : place]
    return not _WHOSE.isdisjoint(whose) and asked[place + 1 : place + 2] != ["of"]


_WHOSE = frozenset({"your", "what", "which", "his", "her", "their", "mobile", "phone"})


def _is_ours(reading: Reading, piece: Piece) -> bool:
    """As in "and ours was double two, one seven"."""
    return not _OWN.isdisjoint(reading.words.words[max(0, piece.first - _BEFORE) : piece.first])
