"""The first digits of a telephone number said alone, and its last ones put right.

"I think it starts oh one eight six five", "from an oh one six one number": an area or the beginning
of a mobile number. "Is it oh two eight, nine oh for Belfast, or seven one?", "it's plus three
five three, eight seven and I forget the rest". "A number ending 41?" / "It's 14": as many digits
as an ending that was found. Never the numbers that everybody rings ("an 0800 number"), a time or a
count ("plus four, plus two").
"""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.known import covered
from deid.detect.spoken.heard.lexicon import DIGIT, FIGURE, MULTIPLE, data
from deid.detect.spoken.heard.pieces import Piece, pieces
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, STOP
from deid.transcript import EntityType

NAME = "spoken-numbers"
_PHONE = EntityType.PHONE_NUMBER
_FEWEST, _LONGEST = 3, 6
_AREAS, _HOME = ("01", "02", "07"), ("44", "353")
_REACH, _LINES, _LEADS_REACH = 14, 2, 3
_TALK, _OTHER, _FEWEST_ABROAD, _CODE = 60, 5, 4, 2
_BEGUN, _WHOLE = 5, 9
_GIVEN_UP = frozenset({"something", "somethin", "summat", "hang", "oh", "then", "i"})
_ASKED = (CueKind.PHONE, CueKind.NUMBER)
_BEGINS = frozenset(data("context")["phone_begins"])
_BETWEEN = frozenset(data("context")["endings_between"])
_FOLLOWS = frozenset({"number", "numbers", "code"})
_INSTEAD = frozenset(data("context")["endings_instead"])


def phone_parts(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for such digits that ``hits`` do not cover."""
    taken = covered(reading, hits)
    found, starts = pieces(reading), reading.words.starts
    sizes = {piece.first: len(piece.digits) for piece in found}
    told = sorted(
        (bisect_left(starts, hit.end), sizes.get(bisect_left(starts, hit.start), 0))
        for hit in hits
        if hit.rule == "ending"
    )
    phones = sorted(bisect_left(starts, hit.end) for hit in hits if hit.entity_type is _PHONE)
    area = -_TALK
    for piece in found:
        asked = piece.first - area <= _OTHER and _is_either(reading, piece)
        amount = piece.quantity and not _is_either(reading, piece)
        if amount or any(taken[piece.first : piece.last]):
            continue
        if not (_is_single(reading, piece) or piece.digits.startswith(_HOME)):
            continue
        if asked:
            yield reading.hit(piece.first, piece.last, _PHONE, 0.65, (NAME, "area-or"))
        elif _is_beginning(reading, piece):
            yield reading.hit(piece.first, piece.last, _PHONE, 0.65, (NAME, "beginning"))
        elif _is_cut_short(reading, piece):
            yield reading.hit(piece.first, piece.last, _PHONE, 0.6, (NAME, "cut-short"))
        elif _is_abroad(reading, piece):
            yield reading.hit(piece.first - 1, piece.last, _PHONE, 0.65, (NAME, "abroad"))
        elif _is_area(reading, piece, phones):
            area = piece.last
            yield reading.hit(piece.first, piece.last, _PHONE, 0.65, (NAME, "area"))
        elif _is_instead(reading, piece, told):
            insort(told, (piece.last, len(piece.digits)))
            yield reading.hit(piece.first, piece.last, _PHONE, 0.65, (NAME, "ending-put-right"))


def _is_either(reading: Reading, piece: Piece) -> bool:
    """Whether "or" stands before or after: what is doubted is no amount."""
    words = reading.words.words
    beside = (words[piece.first - 1 : piece.first], words[piece.last : piece.last + 1])
    return ["or"] in beside


def _is_area(reading: Reading, piece: Piece, phones: list[int]) -> bool:
    """As in "is it oh two eight, nine oh for Belfast?" while the talk is of a number."""
    words, digits = reading.words, piece.digits
    if not _FEWEST <= len(digits) <= _LONGEST or not digits.startswith(_AREAS[:_CODE]):
        return False
    if not words.kinds[piece.first] & DIGIT and len(piece.units()) > 1:
        return False
    after = words.words[piece.last] if piece.last < len(words.words) else ""
    if after not in ("for", "or") and not words.closes(piece.last):
        return False
    cued = any(reading.cues.before(kind, piece.first, reach=_TALK) is not None for kind in _ASKED)
    before = bisect_right(phones, piece.first)
    return cued or (before > 0 and piece.first - phones[before - 1] <= _TALK)


def _is_cut_short(reading: Reading, piece: Piece) -> bool:
    """As in "it's oh one two five four, hang on", "he's 07700, oh no": begun, and given up."""
    words, digits = reading.words, piece.digits
    begun = _BEGUN <= len(digits) < _WHOLE and digits.startswith(_AREAS)
    after = words.words[piece.last] if piece.last < len(words.words) else ""
    if "." in words.text[words.starts[piece.first] : words.ends[piece.last - 1]]:
        return False
    return begun and (after in _GIVEN_UP or words.closes(piece.last))


def _is_abroad(reading: Reading, piece: Piece) -> bool:
    """As in "it's plus three five three, eight seven": begun, and no sum."""
    words, first = reading.words, piece.first
    if not first or words.words[first - 1] != "plus" or len(piece.digits) < _FEWEST_ABROAD:
        return False
    cued = any(reading.cues.before(kind, first, reach=_TALK) is not None for kind in _ASKED)
    return cued or piece.digits.startswith(_HOME)


def _is_single(reading: Reading, piece: Piece) -> bool:
    """Whether all of the stretch is digits said one by one, or figures."""
    kinds, whole = reading.words.kinds, len(piece.digits) == len(piece.stretch.chars)
    said = (kinds[first] & (DIGIT | MULTIPLE | FIGURE) for first, _ in piece.stretch.spans)
    return whole and all(said)


def _is_beginning(reading: Reading, piece: Piece) -> bool:
    """After "starts", "the code's", "the first part's"; before "number"."""
    words, digits = reading.words, piece.digits
    if not _FEWEST <= len(digits) <= _LONGEST or not digits.startswith(_AREAS):
        return False
    if words.words[piece.last : piece.last + 1] and words.words[piece.last] in _FOLLOWS:
        return True
    for token in range(piece.first - 1, max(-1, piece.first - 1 - _LEADS_REACH), -1):
        if words.gap(token + 1) in (LINE, STOP):
            return False
        if words.words[token].removesuffix("'s") in _BEGINS:
            return True
        if words.words[token] not in _BETWEEN:
            return False
    return False


def _is_instead(reading: Reading, piece: Piece, told: list[tuple[int, int]]) -> bool:
    """As in "it ends four oh instead of oh four", "where mine's six six three", "no, it's 14"."""
    words, first = reading.words, piece.first
    lead = words.words[first - 1] if first else ""
    near = any(
        size == len(piece.digits) and reading.lines_between(last - 1, first) <= _LINES
        for last, size in told[
            bisect_left(told, (first - _REACH, 0)) : bisect_left(told, (first + 1, 0))
        ]
    )
    return near and lead in _INSTEAD
