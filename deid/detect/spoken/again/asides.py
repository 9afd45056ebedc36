"""What somebody says to others, or to themselves, while an identifier is given.

"Oh one one seven, not now, love, I'm on the phone, four nine six ..."; "eighth of February, you'd
think I'd know it by now, fifty". Pieces of one turn that together make one identifier of the kind
that was found, or asked for, are one with what lies between them. Never pieces that together make
none, and never over a line: what another says stays.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.giving import JOINING
from deid.detect.spoken.heard.known import covered
from deid.detect.spoken.heard.lexicon import MONTH, ORDINAL
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.detect.spoken.postcodes.shapes import official
from deid.transcript import EntityType

NAME = "spoken-again"
_APART, _MOST_PIECES, _LONGEST, _CUE_REACH, _FEWEST = 16, 12, 14, 40, 2
_HEALTH = re.compile(r"\d{9,11}")
_STAFF = re.compile(r"\d\d[A-L]\d{4}[A-Z0]|C?\d{7}")
_WHOLE = {
    EntityType.UK_NHS: _HEALTH,
    EntityType.UK_CHI: _HEALTH,
    EntityType.UK_HSC: _HEALTH,
    EntityType.PHONE_NUMBER: re.compile(r"(?:0|440?)\d{9,10}"),
    EntityType.UK_NINO: re.compile(r"[A-Z]{2}[\dO]{6}[A-D]"),
    EntityType.STAFF_REGISTRATION: _STAFF,
    EntityType.UK_VEHICLE_REGISTRATION: re.compile(
        r"[A-Z0]{2}\d\d[A-Z0]{3}|[A-Z]\d{1,3}[A-Z]{3}|[A-Z]{3}\d{1,3}[A-Z]"
    ),
    EntityType.UK_POSTCODE: official(),
    EntityType.MEDICAL_RECORD: re.compile(r"(?=(?:[A-Z]*\d){4})[A-Z\d]{6,10}"),
}
_ASKED = (
    (CueKind.NHS, EntityType.UK_NHS),
    (CueKind.CHI, EntityType.UK_CHI),
    (CueKind.HSC, EntityType.UK_HSC),
    (CueKind.PHONE, EntityType.PHONE_NUMBER),
    (CueKind.NINO, EntityType.UK_NINO),
    (CueKind.NMC, EntityType.STAFF_REGISTRATION),
    (CueKind.GMC, EntityType.STAFF_REGISTRATION),
    (CueKind.VEHICLE, EntityType.UK_VEHICLE_REGISTRATION),
    (CueKind.POSTCODE, EntityType.UK_POSTCODE),
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_BORN = re.compile(r"(?:19|20)?\d\d")


def asides(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """A hit over each identifier of which ``hits`` hold pieces, or nothing though it was asked."""
    found = sorted((hit for hit in hits if hit.entity_type in _WHOLE), key=lambda hit: hit.start)
    taken = covered(reading, hits)
    done = 0
    for place, piece in enumerate(reading.segments):
        if piece.first < done:
            continue
        for group, chars in _grown(reading, place):
            told = range(group[0].first, group[-1].last)
            if all(taken[each] or reading.words.words[each] in JOINING for each in told):
                continue
            kind, seen = _kind(reading, found, group)
            whole = kind is not None and _WHOLE[kind].fullmatch(chars)
            if kind and whole and (seen or len(chars) >= _FEWEST_ASKED) and _is_given(kind, group):
                done = group[-1].last
                yield reading.hit(piece.first, done, kind, 0.75, (NAME, "aside"))
                break
    yield from _of_births(reading, hits)


def _grown(reading: Reading, place: int) -> Iterator[tuple[list[Segment], str]]:
    """The pieces of a turn from one on, two and more, with what they say together."""
    group = [reading.segments[place]]
    chars = group[0].chars
    for piece in reading.segments[place + 1 : place + _MOST_PIECES]:
        before = group[-1]
        apart = piece.first - before.last
        other = before.quantity or piece.quantity or bool(_YEAR.fullmatch(piece.chars))
        if other or apart > _APART or reading.lines_between(before.last - 1, piece.first):
            return
        if not _OTHERS.isdisjoint(reading.words.words[before.last : piece.first]):
            return
        if apart and reading.cues.after(CueKind.RECORD, before.last, reach=apart - 1) is not None:
            return
        if _is_moment(reading, piece):
            continue
        group.append(piece)
        if chars.endswith(piece.chars) and len(piece.chars) >= _FEWEST:
            continue  # said again
        chars = piece.chars if piece.chars.startswith(chars) else chars + piece.chars
        if len(chars) > _LONGEST:
            return
        if len(piece.chars) >= _FEWEST or piece.chars.isalpha():
            yield group, chars


def _is_moment(reading: Reading, piece: Segment) -> bool:
    """Whether "one" is of "one sec", or "a", "I" and "oh" are an article and a cry."""
    said = reading.words.words[piece.first : piece.last + 1]
    alone = piece.last - piece.first == 1
    return alone and (said[0] in {"a", "i", "oh"} or (piece.chars == "1" and said[-1] in _MOMENTS))


_OTHERS = frozenset({"or", "mine", "yours", "his", "hers", "theirs"})
"""What tells of two numbers: "one's five six one, and mine ends in forty-three"."""
_MOMENTS = frozenset({"sec", "second", "minute", "moment", "mo", "tick"})


def _kind(
    reading: Reading, found: Sequence[Hit], group: Sequence[Segment]
) -> tuple[EntityType | None, bool]:
    """Of what kind the pieces are, and whether any was found to be; else what was asked for."""
    words = reading.words
    start, end = words.starts[group[0].first], words.ends[group[-1].last - 1]
    low = bisect_left(found, start, key=lambda hit: hit.start)
    high = bisect_left(found, end, key=lambda hit: hit.start)
    kinds = {hit.entity_type for hit in found[max(0, low - 1) : high] if hit.end > start}
    if len(kinds) == 1:
        return kinds.pop(), True
    asked = [
        (distance, kind)
        for cue, kind in _ASKED
        if (distance := reading.cues.before(cue, group[0].first, reach=_CUE_REACH)) is not None
    ]
    kind = min(asked)[1] if asked else None
    return (kind, bool(kinds)) if not kinds or kind in kinds else (None, False)


def _is_given(kind: EntityType, group: Sequence[Segment]) -> bool:
    """Whether the pieces may be of such a number: "one" begins none ("it's one digit short").

    A number of no fixed length has digits on both sides, and no whole one on either.
    """
    ends = group[0].chars, group[-1].chars
    if kind is not EntityType.MEDICAL_RECORD:
        return len(ends[0]) >= _FEWEST or ends[0].isalpha()
    digits = [sum(map(str.isdigit, chars)) for chars in ends]
    begun = group[0].explained and digits[1] >= _DIGITS
    short = max(map(len, ends)) < _WHOLE_RECORD
    return short and digits[1] >= _FEWEST and (digits[0] >= _FEWEST or begun)


_WHOLE_RECORD, _DIGITS, _FEWEST_ASKED = 7, 4, 7
"""What was only asked for, and found nowhere, has seven: fewer may be a day, a dose, a room."""


def _of_births(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """A day and a month, an aside, and the year."""
    words = reading.words
    firsts = [segment.first for segment in reading.segments]
    for hit in hits:
        if hit.entity_type is not EntityType.DATE_OF_BIRTH:
            continue
        last = bisect_left(words.starts, hit.end)
        if not words.kinds[last - 1] & (MONTH | ORDINAL):
            continue
        place = bisect_left(firsts, last)
        while place < len(firsts) and _is_moment(reading, reading.segments[place]):
            place += 1
        if place == len(firsts) or firsts[place] - last > _APART:
            continue
        year = reading.segments[place]
        said = _BORN.fullmatch(year.chars) and not year.quantity and words.closes(year.last)
        days = any(kind & (MONTH | ORDINAL) for kind in words.kinds[last : year.first])
        if said and not days and not reading.lines_between(last - 1, year.first):
            first = bisect_left(words.starts, hit.start)
            yield reading.hit(first, year.last, hit.entity_type, hit.score, (NAME, "aside"))
