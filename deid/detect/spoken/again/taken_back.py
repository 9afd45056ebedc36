"""What was begun and taken back before an identifier, with the words that take it back.

"B S five, er, six something, hang on, B S five six P X"; "the eleventh, no, I tell a lie,
twelfth of June 1966"; "TA1 3FE, no, that's the old house, TA2 3FR". Half of a number tells as
much as half of it; so what leads from the slip to what is meant is one with both.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from deid.detect.speech import Hit
from deid.detect.spoken.heard.known import alike, covered
from deid.detect.spoken.heard.lexicon import (
    CORRECTIONS,
    DIGIT,
    FIGURE,
    LETTER,
    MIXED,
    MONTH,
    MULTIPLE,
    NATO,
    NUMERAL,
    ORDINAL,
    SKIP,
)
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, SPACE, STOP, Words
from deid.transcript import EntityType

NAME = "spoken-again"
_KINDS = frozenset(
    {
        EntityType.UK_NHS,
        EntityType.UK_CHI,
        EntityType.UK_HSC,
        EntityType.UK_NINO,
        EntityType.UK_POSTCODE,
        EntityType.UK_VEHICLE_REGISTRATION,
        EntityType.PHONE_NUMBER,
        EntityType.MEDICAL_RECORD,
        EntityType.STAFF_REGISTRATION,
        EntityType.BANK_ACCOUNT,
        EntityType.CREDIT_CARD,
        EntityType.DATE_OF_BIRTH,
        EntityType.DATE_TIME,
    }
)
_DAYS = frozenset({EntityType.DATE_OF_BIRTH, EntityType.DATE_TIME})
_SAID = NUMERAL | DIGIT | FIGURE | MIXED | LETTER | NATO | MULTIPLE
_OF_DAYS = ORDINAL | MONTH | NUMERAL | FIGURE
_BETWEEN = frozenset({"of", "the", "for", "as", "in", "something", "summat", "and"})
_AHEAD, _BACK, _FEWEST = 10, 16, 3
_NO_BEGINNING = frozenset({"a", "oh", "i"})
_HANGING = frozenset({"hang", "hold", "wait", "no", "sorry", "actually"})


def taken_back(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """A hit over each slip before one of the hits, up to that hit."""
    words = reading.words
    found = sorted((hit for hit in hits if hit.entity_type in _KINDS), key=lambda hit: hit.start)
    starts = [hit.start for hit in found]
    for token, kind in enumerate(words.kinds):
        if not kind & SKIP or not _takes_back(words, token):
            continue
        place = bisect_left(starts, words.starts[token])
        if place == len(found):
            break
        meant = found[place]
        begins = bisect_left(words.starts, meant.start)
        if begins - token > _AHEAD or not _one_turn(words, token, begins):
            continue
        first = _slip(words, token, meant.entity_type)
        whole = place > 0 and found[place - 1].entity_type is meant.entity_type
        whole = whole and first is not None and found[place - 1].end >= words.ends[token - 1]
        if first is None:
            continue
        if whole or _alike(words, first, token, begins, meant.entity_type):
            claim = (NAME, "taken-back")
            yield reading.hit(first, begins, meant.entity_type, meant.score, claim)


def begun_again(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """A hit over what was begun with the same word: "third of the, third of", "third third of"."""
    words = reading.words
    for hit in hits:
        first = bisect_left(words.starts, hit.start)
        if hit.entity_type not in _DAYS or not first:
            continue
        stammered = words.gap(first) == SPACE and words.words[first - 1] == words.words[first]
        if words.gap(first) != PAUSE and not stammered:
            continue
        begun = max(0, first - _MOST_BEGUN)
        again = [at for at in range(begun, first) if words.words[at] == words.words[first]]
        if again and all(_may_stand(words, at, _OF_DAYS) for at in range(again[0], first)):
            claim = (NAME, "begun-again")
            yield reading.hit(again[0], first, hit.entity_type, hit.score, claim)


def put_anew(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """A hit over a group put otherwise after it: "three two four, is it, three four two"."""
    taken = covered(reading, hits)
    starts = {hit.start: hit.entity_type for hit in hits if hit.entity_type in _KINDS - _DAYS}
    for one, other in pairwise(reading.segments):
        apart = other.first - one.last
        kind = starts.get(reading.words.starts[other.first])
        if kind is None or not 0 < apart <= _MOST_ANEW or taken[one.first]:
            continue
        size, said = len(one.chars), one.chars + other.chars
        group = _FEWEST <= size <= len(other.chars) and said.isdigit() and not one.quantity
        group = group and _one_turn(reading.words, one.last, other.first)
        if group and alike(one.chars, other.chars[:size]):
            yield reading.hit(one.first, one.last, kind, 0.6, (NAME, "put-anew"))


_MOST_BEGUN, _MOST_ANEW = 6, 8


def _may_stand(words: Words, token: int, bits: int) -> bool:
    """Whether a word is of the kind, a filler, or small and between two that are."""
    return bool(words.kinds[token] & (bits | SKIP)) or words.words[token] in _BETWEEN


def _takes_back(words: Words, token: int) -> bool:
    if words.words[token] in _HANGING:
        return True
    return words.phrase(token, CORRECTIONS) > 0


def _one_turn(words: Words, first: int, last: int) -> bool:
    return all(words.gap(each) != LINE for each in range(first, last + 1))


def _slip(words: Words, token: int, kind: EntityType) -> int | None:
    """Where what was said right before ``token`` begins; None where nothing of the kind was."""
    bits = _OF_DAYS if kind in _DAYS else _SAID
    first, place = None, token - 1
    while place >= 0 and token - place < _BACK:
        if not _may_stand(words, place, bits):
            break
        if words.kinds[place] & bits and words.words[place] not in _NO_BEGINNING:
            first = place
        if words.gap(place) in (LINE, STOP, BREAK):
            break
        place -= 1
    return first


def _alike(words: Words, first: int, token: int, begins: int, kind: EntityType) -> bool:
    """Whether the slip begins as the identifier does, or is of some length, or both are days."""
    slip, meant = words.words[first], words.words[begins]
    if any(words.kinds[each] & NUMERAL for each in range(token + 1, begins)):
        return False
    said = sum(bool(words.kinds[each] & _SAID) for each in range(first, token))
    return kind in _DAYS or said >= _FEWEST or slip[0] == meant[0]
