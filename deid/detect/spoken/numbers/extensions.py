"""Extensions, bleeps and pagers: digits beside the word that tells them, before it or behind.

"Extension seven one four", "what extension?" / "I'm on sixty-five thirty", "I've got five five
eight eight down here as your extension". Never what a house's extension cost, or when it was built.
"""

from dataclasses import replace

from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import NUMERAL, SCALE, data
from deid.detect.spoken.heard.pieces import Piece
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.detect.spoken.heard.words import LINE, SPACE, STOP

_FEWEST, _LONGEST, _LONGEST_ASKED, _CLOSE, _BEHIND, _ASKED_FOR, _ASKED_ON = 3, 7, 6, 5, 6, 6, 12
_TO_EXTENSION = frozenset(data("context")["extension_behind"])
_TO_WORD = frozenset({"and", "then", "ask", "for", "it's", "on"})


def extension(reading: Reading, piece: Piece) -> Piece | None:
    """The extension that a piece near its word is, with the word where a number stands before."""
    piece = _once(piece)
    close = reading.cues.before(CueKind.EXTENSION, piece.first, reach=_CLOSE) is not None
    if not close or len(piece.digits) > _LONGEST_ASKED or _is_of_building(reading, piece):
        return None
    return _with_word(reading, piece)


def asked_extension(reading: Reading, piece: Piece) -> Piece | None:
    """As in "which extension do I ring back on?" / "I'm on eighty-one, sixteen.": few digits."""
    piece, words = _once(piece), reading.words
    asked = reading.cues.before(CueKind.EXTENSION, piece.first, reach=_ASKED_ON) is not None
    led = words.words[max(0, piece.first - 2) : piece.first] == ["i'm", "on"]
    few = len(piece.digits) <= _LONGEST_ASKED and words.closes(piece.last)
    return piece if asked and led and few else None


def is_extension(reading: Reading, segment: Segment, taken: bytearray) -> bool:
    """Whether digits are told as one before or behind: "three oh nine, that's the extension"."""
    words, cues, first = reading.words, reading.cues, segment.first
    if segment.quantity or not segment.chars.isdigit():
        return False
    if not _FEWEST <= len(segment.chars) <= _LONGEST:
        return False
    before = cues.before(CueKind.EXTENSION, first, reach=1) is not None
    after = cues.after(CueKind.EXTENSION, segment.last, reach=_BEHIND)
    between = words.words[segment.last : segment.last + (after or 0)]
    scaled = any(kind & SCALE for kind in words.kinds[first : segment.last])
    told = all(word in _TO_EXTENSION or word.endswith("'s") for word in between)
    behind = bool(between) and not scaled and told
    lead = words.words[max(0, first - 2) : first]
    low = max(0, first - _ASKED_FOR)
    rung = any(taken[low : first - 2]) or "switchboard" in words.words[low:first]
    asked = lead == ["ask", "for"] and rung
    return before or behind or asked or lead == ["switchboard", "for"]


def _once(piece: Piece) -> Piece:
    """The first turn of a long one: "sixty-five thirty" / "Six five three oh", and not both."""
    for place in range(piece.start + 1, piece.end) if len(piece.digits) > _LONGEST_ASKED else ():
        unit = piece.stretch.units[place]
        if piece.stretch.breaks[unit] == LINE and piece.stretch.units[place - 1] != unit:
            return Piece.of(piece.stretch, piece.start, place)
    return piece


def _is_of_building(reading: Reading, piece: Piece) -> bool:
    """As in "the extension cost us sixty-five thousand", "an extension built in ninety-four"."""
    words, before = reading.words.words, reading.words.words[piece.first - 1]
    thousand = "thousand" in words[piece.first : piece.last + 1]
    return before == "in" or (thousand and before in ("cost", "for", "us"))


def _with_word(reading: Reading, piece: Piece) -> Piece:
    """An extension with its word, which is all that parts it from the number before."""
    lead = piece.first - 1
    words = reading.words
    asked = words.gap(piece.first) == LINE or (
        words.gap(piece.first) == STOP and words.words[lead] != "ext"
    )
    if lead < 0 or asked or words.words[lead] not in {"extension", "ext"}:
        return piece
    word = lead
    while lead > 0 and words.words[lead - 1] in _TO_WORD and words.gap(lead) == SPACE:
        lead -= 1
    after_number = lead > 0 and bool(words.kinds[lead - 1] & NUMERAL)
    return replace(piece, first=lead if after_number else word)
