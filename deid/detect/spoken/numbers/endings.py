"""The last digits of a number said alone: "his ends five two nine", "ending seven one eight".

Only where the talk is of numbers: after a cue, after a number that was found, or where "the last
three digits" says it. Never "the trial ends in twenty thirty", "it ends at nine".
"""

from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.known import TYPES
from deid.detect.spoken.heard.lexicon import DIGIT, MULTIPLE, data
from deid.detect.spoken.heard.pieces import Piece, is_count, pieces
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK
from deid.detect.spoken.numbers.split import over
from deid.transcript import EntityType

NAME = "spoken-numbers"
_PHONE = EntityType.PHONE_NUMBER
_ENDS = frozenset({"ends", "ending", "end", "ended", "finishes", "finishing"})
_PARTS = frozenset({"bit", "part"})
_TELEPHONES = frozenset({"number", "number's", "phone", "mobile", "landline", "telephone"})
_DIGITS = frozenset({"digits", "numbers", "figures"})
_LAST_WORDS, _BEFORE_LAST = _DIGITS | {"three", "four", "two"}, frozenset({"last", "three", "four"})
_BETWEEN = frozenset(data("context")["endings_between"])
_NUMBER_CUES = (
    CueKind.NUMBER,
    CueKind.PHONE,
    CueKind.CARD,
    CueKind.BANK,
    CueKind.NHS,
    CueKind.RECORD,
    CueKind.STAFF,
)
_NUMBERS = frozenset({"account", "card", "number", "mobile", "phone", "one's"})
_CLOSE, _CUE_REACH, _HIT_REACH, _LONGEST_END, _MOST_BETWEEN, _SURE_DIGITS, _YEAR, _TALK = (
    4,
    16,
    60,
    6,
    5,
    3,
    4,
    18,
)


def endings(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for last digits that ``hits`` do not cover, of the type of the number talked of."""
    hits = sorted((hit for hit in hits if hit.entity_type in TYPES), key=lambda hit: hit.start)
    ends = [hit.end for hit in hits]
    for piece in pieces(reading):
        either = reading.words.words[piece.last : piece.last + 1] == ["or"]
        amount = piece.quantity and not either
        if len(piece.digits) > _LONGEST_END or amount or is_count(piece):
            continue
        lead = _lead(reading, piece)
        if lead < 0 or not _is_end(reading, piece, lead) or over(reading, piece, hits):
            continue
        kind = _talked_of(reading, lead, hits, ends)
        told = reading.words.words[max(0, lead - _CLOSE) : lead]
        cued = (
            _says_digits(reading, lead)
            or _says_how_many(reading, lead, piece)
            or not _NUMBERS.isdisjoint(told)
        )
        cued = cued or any(
            reading.cues.before(each, piece.first, reach=_CUE_REACH) is not None
            for each in _NUMBER_CUES
        )
        sure = cued and len(piece.digits) >= _SURE_DIGITS
        if kind is None and not (sure or _of_telephone(reading, piece, lead)):
            continue
        yield reading.hit(piece.first, piece.last, kind or _PHONE, 0.7, (NAME, "ending"))


def _lead(reading: Reading, piece: Piece) -> int:
    """The token of "ends in a" or "last three digits are" before a piece; -1 where none is."""
    words = reading.words
    for token in range(piece.first - 1, max(-1, piece.first - _MOST_BETWEEN - 1), -1):
        if words.gap(token + 1) == BREAK:
            return -1
        word = words.words[token]
        if word in _ENDS:
            return -1 if words.words[token - 2 : token] == ["in", "the"] else token
        if word.removesuffix("'s") in _PARTS and words.words[token - 1 : token] == ["last"]:
            return token - 1
        if word in _LAST_WORDS and words.words[token - 1 : token] in (
            ["last"],
            ["three"],
            ["four"],
        ):
            return token - 1
        if word not in _BETWEEN:
            return -1
    return -1


def _of_telephone(reading: Reading, piece: Piece, lead: int) -> bool:
    """Whether a number, a telephone or a mobile is spoken of, and all digits are said singly."""
    words, spans = reading.words, piece.stretch.spans
    singly = all(words.kinds[first] & (DIGIT | MULTIPLE) for first, _ in spans)
    before = words.words[max(0, lead - _TALK) : lead]
    behind = words.words[piece.last : piece.last + _TALK]
    if "the" in words.words[lead - 1 : lead]:  # "the end is six six two where ..., the phone"
        return singly and not _TELEPHONES.isdisjoint([*before, *behind])
    named = words.words[lead - 1 : lead] in (["number"], ["one"], ["mobile"])
    return (singly or named) and not _TELEPHONES.isdisjoint(before)


def _says_digits(reading: Reading, lead: int) -> bool:
    """As in "what are the last three digits?"."""
    return reading.words.words[lead] in _BEFORE_LAST and not _DIGITS.isdisjoint(
        reading.words.words[lead : lead + 3]
    )


def _says_how_many(reading: Reading, lead: int, piece: Piece) -> bool:
    """As in "the last four are oh six one two": as many digits, said one by one."""
    words = reading.words
    said = words.words[lead + 1 : lead + 2]
    singly = all(words.kinds[first] & (DIGIT | MULTIPLE) for first, _ in piece.stretch.spans)
    return (
        words.words[lead] == "last" and said == ["four"] and len(piece.digits) == _YEAR and singly
    )


def _is_end(reading: Reading, piece: Piece, lead: int) -> bool:
    """Not a year, and not the first words of a longer clause ("ends in four two-hour parts")."""
    words, last = reading.words, piece.last
    year = len(piece.digits) == _YEAR and piece.digits[:2] in ("19", "20")
    firsts = [piece.stretch.spans[unit][0] for unit in piece.stretch.units[piece.start : piece.end]]
    singly = all(words.kinds[token] & (DIGIT | MULTIPLE) for token in firsts)
    closed = words.closes(last)
    named = words.words[lead] == "ending" and lead + 1 == piece.first  # "a number ending 593 is it"
    return (not year or singly) and (closed or singly or named)


def _talked_of(
    reading: Reading, token: int, hits: Sequence[Hit], ends: list[int]
) -> EntityType | None:
    """The type of the number said shortly before; dates and postcodes have no such end."""
    words = reading.words
    since = words.starts[max(0, token - _HIT_REACH)]
    for place in range(len(hits) - 1, -1, -1):
        if ends[place] < since:
            return None
        if since <= ends[place] <= words.starts[token]:
            kind = hits[place].entity_type
            if kind not in (EntityType.DATE_OF_BIRTH, EntityType.UK_POSTCODE):
                return kind
    return None
