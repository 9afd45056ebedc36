"""What is said while an identifier is being given: the last resort of the family.

"It's in my head. Romeo Sierra." / "Mm-hm." / "Seven one, eight eight, oh two." / "And the letter?"
/ "Charlie." Between the question for an identifier, or its first part, and the next question about
something else, whatever stands alone in its clause and is nothing but letters or digits belongs to
it, in whatever order or number of pieces. Never an amount, a lone digit that nobody asked for, an
abbreviation, or what follows a question of another kind.
"""

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from deid.detect.speech import Hit
from deid.detect.spoken.again.dictated import ended, led
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.known import covered, known
from deid.detect.spoken.heard.lexicon import (
    CHUNK,
    DIGIT,
    LETTER,
    NATO,
    SCALE,
    SKIP,
    TENS,
    postcode_areas,
)
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.ringing import only_rung
from deid.detect.spoken.heard.segments import Segment
from deid.detect.spoken.heard.sentences import INSIDE, LEADS, SMALL, Sentence, sentences
from deid.detect.spoken.heard.words import SPACE
from deid.detect.spoken.letters.lessons import abbreviations
from deid.transcript import EntityType

NAME = "spoken-exchanges"
_MOST_IDLE, _MOST_TOLD, _FEWEST, _LONGEST, _LINKED = 3, 5, 2, 16, 4
_MOST_IN_PASSING, _YEAR_WORDS, _ARTICLE, _AREA, _COUNTED, _PLATE_DIGITS = 1, 3, 2, 2, 4, 4
_YEAR = re.compile("(?:19|20)[0-9]{2}")
_SPINE = re.compile("[CLST][0-9]{1,2}")
_DISHES = (["a", "plate"], ["the", "plate"], ["my", "plate"])
_COUNTS = frozenset({"9", "10", "11", "12"})
"""As in "that's ten", said of how many digits a number has."""
_NUMBERS = {
    CueKind.NHS: EntityType.UK_NHS,
    CueKind.CHI: EntityType.UK_CHI,
    CueKind.HSC: EntityType.UK_HSC,
    CueKind.PHONE: EntityType.PHONE_NUMBER,
    CueKind.EXTENSION: EntityType.PHONE_NUMBER,
    CueKind.CARD: EntityType.CREDIT_CARD,
    CueKind.BANK: EntityType.BANK_ACCOUNT,
}
_CODES = {
    CueKind.RECORD: EntityType.MEDICAL_RECORD,
    CueKind.NINO: EntityType.UK_NINO,
    CueKind.GMC: EntityType.STAFF_REGISTRATION,
    CueKind.NMC: EntityType.STAFF_REGISTRATION,
    CueKind.HCPC: EntityType.STAFF_REGISTRATION,
    CueKind.STAFF: EntityType.STAFF_REGISTRATION,
    CueKind.VEHICLE: EntityType.UK_VEHICLE_REGISTRATION,
    CueKind.POSTCODE: EntityType.UK_POSTCODE,
}
CUES = _NUMBERS | _CODES
_WITH_LETTERS = frozenset(_CODES.values())
_OTHERS = (CueKind.BIRTH, CueKind.AGE, CueKind.ADDRESS, CueKind.EMAIL, CueKind.HANDLE, CueKind.NAME)
_LONG = 5
_WHOLE = {
    EntityType.UK_NHS: 10,
    EntityType.UK_CHI: 10,
    EntityType.UK_HSC: 10,
    EntityType.PHONE_NUMBER: 10,
    EntityType.UK_NINO: 9,
    EntityType.UK_VEHICLE_REGISTRATION: 7,
}
"""Characters of an identifier that has been given as a whole."""


class _Opening(NamedTuple):
    """From a token on, an identifier is being given (or one of another family, then None)."""

    token: int
    kind: EntityType | None
    whole: bool = False


@dataclass
class _Talk:
    """Of which identifier the talk is, for how many turns nothing more of it was given, and how.

    Once all of it was given only the next turn may say some of it again.
    """

    openings: deque[_Opening]
    kind: EntityType | None = None
    whole: bool = False
    idle: int = 0

    def hear(self, token: int) -> None:
        """Take what opens the talk, or another one, up to a token."""
        while self.openings and self.openings[0].token <= token:
            _, self.kind, self.whole = self.openings.popleft()
            self.idle = 0

    def enter(self, sentence: Sentence) -> None:
        """Close the talk where a sentence is of another matter, or comes too late."""
        self.idle += sentence.starts_turn
        most = 0 if sentence.asks or self.whole else _MOST_TOLD
        if sentence.told > most or self.idle > (1 if self.whole else _MOST_IDLE):
            self.kind = None

    def takes(self) -> EntityType | None:
        """What is being given here."""
        return None if self.whole and not self.idle else self.kind


def exchanges(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for what stands alone while an identifier is given, and no hit covers."""
    if not hits and not any(reading.cues.of(kind) for kind in CUES):
        return
    taken = covered(reading, hits)
    said = list(sentences(reading, taken))
    openings = [*_cued(reading, said), *_found(reading, hits)]
    if not openings:
        return
    talk = _Talk(deque(sorted(openings, key=lambda each: each.token)))
    segments, at = reading.segments, 0
    asked = asks = False
    for sentence in said:
        talk.enter(sentence)
        if sentence.starts_turn:
            asked, asks = asks, False
        asks = asks or sentence.asks_part
        if (kind := talk.takes()) is not None and not taken[sentence.last - 1]:
            lone = kind is EntityType.UK_NINO and sentence.last - sentence.first == 1
            part = _letter(reading, sentence, kind) if asked or asks or lone else None
            part = part or _area(reading, sentence, kind)
            if part is not None:
                yield reading.hit(*part, kind, 0.6, (NAME, "part"))
                talk.idle = 0
        given = sentence.first
        while at < len(segments) and segments[at].first < sentence.last:
            segment, at = segments[at], at + 1
            talk.hear(segment.first)
            kind, left = talk.takes(), _left(reading, segment, taken)
            lone = asked or asks or _linked(reading, sentence, given, segment.first)
            if left is None:
                given = segment.last
            elif kind is not None and _belongs(reading, segment, kind, lone=lone):
                yield reading.hit(*left, kind, 0.6, (NAME, "alone"))
                given, talk.idle = segment.last, 0
        talk.hear(sentence.last)


def _letter(reading: Reading, sentence: Sentence, kind: EntityType) -> tuple[int, int] | None:
    """The letter, if that was asked for: "and the letter?" / "Charlie."; "the last letter's a"."""
    words, token = reading.words, sentence.last - 1
    spelt = words.kinds[token] & (LETTER | NATO) and kind in _WITH_LETTERS
    first = token == sentence.first or words.words[token - 1] in LEADS
    alone = first and led(reading, token)
    return (token, token + 1) if spelt and alone else None


def _area(reading: Reading, sentence: Sentence, kind: EntityType) -> tuple[int, int] | None:
    """The area, if a postcode is begun with it: "LN, I forget", "it's n r for norwich"."""
    words, first = reading.words, sentence.first
    while first < sentence.last and (words.words[first] in LEADS or words.kinds[first] & SKIP):
        first += 1
    last = first
    while last < sentence.last and last - first < _AREA and words.kinds[last] & (LETTER | CHUNK):
        if last > first and words.gap(last) != SPACE:
            break
        last += 1
    if kind is not EntityType.UK_POSTCODE or last == first or not sentence.starts_turn:
        return None
    closed = words.closes(last) or words.words[last] == "for"
    known = "".join(words.words[first:last]).upper() in postcode_areas()
    return (first, last) if closed and known else None


def _cued(reading: Reading, said: Sequence[Sentence]) -> Iterator[_Opening]:
    """Cues, unless they are named in passing ("her mobile was in the van") or are spelt letters."""
    firsts = [sentence.first for sentence in said]
    starts = [segment.first for segment in reading.segments]
    for cue_kind in (*CUES, *_OTHERS):
        for cue in reading.cues.of(cue_kind):
            sentence = said[bisect_right(firsts, cue.first) - 1]
            spelt = bisect_right(starts, cue.first) - 1
            inside = spelt >= 0 and reading.segments[spelt].last > cue.last
            pointing = cue_kind is CueKind.NAME and reading.words.words[cue.first] in SMALL
            passing = not sentence.asks and sentence.told > _MOST_IN_PASSING
            passing = passing or only_rung(reading.words, cue, sentence.first, sentence.last)
            dished = reading.words.words[max(0, cue.first - 1) : cue.last] in _DISHES
            passing = passing or (dished and not sentence.asks)
            if not (pointing or passing or inside):
                yield _Opening(cue.last, CUES.get(cue_kind))


def _found(reading: Reading, hits: Sequence[Hit]) -> Iterator[_Opening]:
    for each in known(reading, hits):
        kind = each.entity_type if each.entity_type in CUES.values() else None
        whole = len(each.chars) >= _WHOLE.get(each.entity_type, _LONG)
        yield _Opening(each.last, kind, whole)


def _left(reading: Reading, segment: Segment, taken: bytearray) -> tuple[int, int] | None:
    """The tokens of a segment without what is covered, or skipped, at either end; None for none."""
    kinds = reading.words.kinds
    left = [
        token
        for token in range(segment.first, segment.last)
        if not (taken[token] or kinds[token] & SKIP)
    ]
    return (left[0], left[-1] + 1) if left else None


def _linked(reading: Reading, sentence: Sentence, given: int, first: int) -> bool:
    """Whether only "and then it's" and the like parts it from what was given just before."""
    between = reading.words.words[given:first]
    return given > sentence.first and len(between) <= _LINKED and LEADS.issuperset(between)


def _belongs(reading: Reading, segment: Segment, kind: EntityType, *, lone: bool) -> bool:
    """Whether a segment stands alone in its clause and may be of an identifier of this kind."""
    chars, words = segment.chars, reading.words
    if segment.quantity or not (_FEWEST - lone) <= len(chars) <= _LONGEST:
        return False
    plate = kind is EntityType.UK_VEHICLE_REGISTRATION
    if plate and chars.isdigit() and len(chars) > _PLATE_DIGITS:
        return False
    counted = chars in _COUNTS and segment.last - segment.first == 1
    if kind not in _WITH_LETTERS and (not chars.isdigit() or counted):
        return False
    inside = segment.first > 0 and words.between(segment.first) in INSIDE
    if inside or _is_scaled(reading, segment):
        return False
    if _is_other(reading, segment):
        return False
    return led(reading, segment.first) and ended(reading, segment.last)


def _is_scaled(reading: Reading, segment: Segment) -> bool:
    """Whether hundreds or thousands are said; not "eighty-nine hundred", as few count."""
    words, first = reading.words, segment.first
    fourfold = words.words[first + 2 : segment.last] == ["hundred"]
    if fourfold and words.kinds[first] & TENS and words.kinds[first + 1] & DIGIT:
        return False
    return any(each & SCALE for each in words.kinds[first : segment.last])


def _is_other(reading: Reading, segment: Segment) -> bool:
    """As in "nineteen seventy-eight", "T four" of a spine, "M R I", "Oh.", "with a Z"."""
    words = reading.words.words[segment.first : segment.last]
    year = len(words) <= _YEAR_WORDS and _YEAR.fullmatch(segment.chars)
    if year or _SPINE.fullmatch(segment.chars) or segment.chars in abbreviations():
        return True
    if len(words) >= _COUNTED and all(map(str.isdecimal, words)):
        steps = {int(later) - int(earlier) for earlier, later in pairwise(words)}
        return len(steps) == 1  # "93, 86, 79, 72, 65"
    return words == ["oh"] or (words[0] == "a" and len(words) == _ARTICLE)
