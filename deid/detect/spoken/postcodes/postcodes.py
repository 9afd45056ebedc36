"""Postcodes: written in any case and spacing, spoken letter by letter, half-said, invented.

Without a cue only a whole postcode of an area in use is one; after "and your postcode?" whatever
letters and digits come are. What a whole one looks like is in :mod:`.shapes`.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from deid.detect.speech import Hit, Speech
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.levels import is_level
from deid.detect.spoken.heard.lexicon import NUMERAL, SHORT, STREET, data, postcode_areas
from deid.detect.spoken.heard.reading import Reading, read
from deid.detect.spoken.heard.stretches import CORRECTED, Stretch
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, STOP
from deid.detect.spoken.postcodes.shapes import INWARD, begun, is_area, outward, whole_ones
from deid.transcript import EntityType

NAME = "spoken-postcodes"
_REACH, _REACH_ADDRESS, _REACH_WAY, _REACH_BEHIND = 16, 14, 40, 16
_LONGEST, _SHORTEST, _CLOSE = 8, 2, 8
_MOST_LINES, _BETWEEN, _INWARD = 4, 14, 3
_OF_THE_CLOCK = re.compile(r"\d{1,2}[AP]M")  # "nine a m": no postcode ends in M
_ANY = re.compile(r"(?=[A-Z0]*[1-9])(?=\d*[A-Z])[A-Z\d]{2,8}")
_BEFORE_AREA = frozenset(
    {"is", "it", "that", "at", "in", "so", "postcode", "um", "uh", "er", "erm"}
)
_HALVES = frozenset({"bit", "first", "half", "part", "rest", "whole", "part's", "half's", "bit's"})
_WAY = frozenset(data("context")["postcode_way"])
_LEADS = frozenset(
    {"in", "around", "near", "from", "to", "of", "round", "outside", "over", "into", "i'm", "we're"}
)


def find_postcodes(speech: Speech, *, record_cues: tuple[str, ...] = ()) -> Iterable[Hit]:
    """Whole, half-said and misheard postcodes."""
    reading = read(speech.text, record_cues)
    yield from _halves(reading)
    for stretch in reading.stretches:
        if len(stretch.chars) >= _SHORTEST and any(map(str.isalpha, stretch.chars)):
            yield from _in_stretch(reading, stretch)
        elif _short_area(reading, stretch.first) and _half_said(reading, stretch):
            yield _hit(reading, stretch, (0, len(stretch.chars)), 0.65, "cue-short-area")


def _halves(reading: Reading) -> Iterator[Hit]:
    """As in "... C W nine" / "what's the rest of it?" / "eight R P": each half ends its turn."""
    for one, other in pairwise(reading.stretches):
        apart = 0 < reading.lines_between(one.last - 1, other.first) <= _MOST_LINES
        if not apart or other.first - one.last > _BETWEEN or one.quantity or other.quantity:
            continue
        halves = begun().fullmatch(one.chars) and _is_inward(reading, other)
        if halves and _ends_turn(reading, one.last) and _answers(reading, other):
            yield _hit(reading, one, (0, len(one.chars)), 0.75, "halves")
            yield _hit(reading, other, (0, len(other.chars)), 0.75, "halves")


def _is_inward(reading: Reading, stretch: Stretch) -> bool:
    """Whether it is an inward half, once or said again, behind a cry: "oh zero L Q, oh L Q"."""
    chars = stretch.chars
    cry = reading.words.words[stretch.first] == "oh" and chars[1:2].isdigit()
    half = chars[cry : cry + _INWARD]
    return bool(INWARD.fullmatch(half)) and not chars[cry:].replace(half, "")


def _ends_turn(reading: Reading, last: int) -> bool:
    words = reading.words
    after, _ = words.skip(last)
    after += words.words[after : after + 1] == ["what"]
    return after >= len(words.words) or LINE in (words.gap(last), words.gap(after))


def _answers(reading: Reading, stretch: Stretch) -> bool:
    """Whether it is all that its turn holds, but for "it's"."""
    words, first = reading.words, stretch.first
    if first and words.gap(first) == SPACE and words.words[first - 1] in ("it's", "is", "it"):
        first -= 1
    return reading.starts_turn(first) and _ends_turn(reading, stretch.last)


def _half_said(reading: Reading, stretch: Stretch) -> bool:
    """Whether figures alone end a clause near a cue, as in "it's hr six."."""
    ends = _ends_clause(reading, stretch.last)
    near = reading.cues.before(CueKind.POSTCODE, stretch.first, reach=_REACH) is not None
    return ends and near and len(stretch.chars) <= 2  # noqa: PLR2004 - the figures of a district


def _in_stretch(reading: Reading, stretch: Stretch) -> Iterator[Hit]:
    if _OF_THE_CLOCK.fullmatch(stretch.chars) or is_level(reading, stretch):
        return
    cued = reading.cues.near(CueKind.POSTCODE, stretch.first, stretch.last, reach=_REACH)
    articles = {reading.words.words[first] for first, _ in stretch.spans if first} >= {"a"}
    articles = articles and set(filter(str.isalpha, stretch.chars)) == {"A"}  # "a four. No, a five"
    if cued and not articles and CORRECTED in stretch.breaks and len(stretch.chars) <= 3 * _LONGEST:
        yield _hit(reading, stretch, (0, len(stretch.chars)), 0.8, "cue-corrected")
        return
    whole = list(whole_ones(reading, stretch, cued=cued))
    for start, end in whole:
        yield _hit(reading, stretch, (start, end), 0.95 if cued else 0.85, "whole")
    if whole and cued:
        yield from _left_over(reading, stretch, whole)
    if whole:
        return
    if cued and _is_area_asked_for(reading, stretch):
        yield _hit(reading, stretch, (0, len(stretch.chars)), 0.6, "cue-area")
        return
    told = not stretch.quantity or sum(map(str.isalpha, stretch.chars)) >= _SHORTEST
    if cued and told and len(stretch.chars) <= 3 * _LONGEST:
        match = _ANY.fullmatch(stretch.chars)
        if match:
            yield _hit(reading, stretch, (0, len(stretch.chars)), 0.75, "cue")
        else:
            for start, end in stretch.matches(_ANY):
                yield _hit(reading, stretch, (start, end), 0.65, "cue-part")
        return
    yield from _half(reading, stretch)


def _is_area_asked_for(reading: Reading, stretch: Stretch) -> bool:
    """Whether an area's two letters begin the answer: "the first bit?" / "C B" / "C B what?"."""
    asked = reading.cues.before(CueKind.POSTCODE, stretch.first, reach=_CLOSE) is not None
    return asked and is_area(stretch.chars) and reading.starts_turn(stretch.first)


def _left_over(reading: Reading, stretch: Stretch, whole: list[tuple[int, int]]) -> Iterator[Hit]:
    """What stands before, between and after whole ones near a cue: a half of it said again."""
    ends = [0, *(end for _, end in whole)]
    begins = [*(start for start, _ in whole), len(stretch.chars)]
    for start, end in zip(ends, begins, strict=True):
        units = {stretch.units[place] for place in range(start, end)}
        said = [stretch.spans[unit] for unit in units]
        explained = bool(said) and all(last - first > _SHORTEST for first, last in said)
        left = stretch.chars[start:end]
        half = len(left) >= _SHORTEST and _ANY.fullmatch(left) and not _OF_THE_CLOCK.fullmatch(left)
        if explained or half:
            yield _hit(reading, stretch, (start, end), 0.65, "cue-left-over")


def _half(reading: Reading, stretch: Stretch) -> Iterator[Hit]:
    """The outward part alone: near an address, written after "in", or told to be a half."""
    if told := _half_told(reading, stretch):
        yield _hit(reading, stretch, (0, told), 0.7, "half-told")
        return
    if not outward().fullmatch(stretch.chars) or stretch.quantity:
        return
    words = reading.words
    two_letters = stretch.chars[1].isalpha()
    address = reading.cues.before(CueKind.ADDRESS, stretch.first, reach=_REACH_ADDRESS) is not None
    lead = stretch.first > 0 and words.words[stretch.first - 1] in _LEADS
    one_token = stretch.last - stretch.first == 1
    written = words.text[words.starts[stretch.first] : words.ends[stretch.last - 1]]
    street = stretch.first > 0 and words.kinds[stretch.first - 1] & STREET
    if (lead and address) or (street and two_letters):
        yield _hit(reading, stretch, (0, len(stretch.chars)), 0.7, "half-address")
    elif lead and two_letters and one_token and (written.isupper() or not words.cased):
        yield _hit(reading, stretch, (0, len(stretch.chars)), 0.6, "half-written")
    elif two_letters and _is_spelt_area(reading, stretch) and (lead or _is_way(reading, stretch)):
        yield _hit(reading, stretch, (0, len(stretch.chars)), 0.6, "half-spelt")
    elif address and two_letters and len(stretch.spans) > 1:
        yield _hit(reading, stretch, (0, len(stretch.chars)), 0.6, "half-address")


def _half_told(reading: Reading, stretch: Stretch) -> int:
    """Characters of the half of "N thirty-two, I never remember the other half of the postcode"."""
    words, spans = reading.words, stretch.spans
    pronoun = len(spans) > 1 and words.words[spans[-1][0]] == "i"
    end = len(stretch.chars) - pronoun
    last = spans[-2][1] if pronoun else stretch.last
    behind = reading.cues.after(CueKind.POSTCODE, last, reach=_REACH_BEHIND)
    if behind is None or outward().fullmatch(stretch.chars[:end]) is None:
        return 0
    before = words.words[max(0, stretch.first - _CLOSE) : stretch.first]
    level = stretch.chars[1:end].isdigit()  # "B12", "L4" may be a vitamin or a vertebra
    near = before if level else [*before, *words.words[last : last + behind]]
    told = words.closes(last) or words.words[last] in ("i", "that's", "it's")
    return end if told and not (_HALVES.isdisjoint(near) or stretch.quantity) else 0


def _is_way(reading: Reading, stretch: Stretch) -> bool:
    """As in "the entrance with the fountain?" / "It's H X three": where to go is spoken of."""
    words, first = reading.words, stretch.first
    told = first > 0 and words.words[first - 1] in ("it's", "that's") and words.closes(stretch.last)
    return told and not _WAY.isdisjoint(words.words[max(0, first - _REACH_WAY) : first])


def _is_spelt_area(reading: Reading, stretch: Stretch) -> bool:
    """As in "she's in K W one five": both letters said singly, and the clause ends after it."""
    letters = [reading.words.words[first] for first, _ in stretch.spans[:_SHORTEST]]
    return all(len(letter) == 1 for letter in letters) and _ends_clause(reading, stretch.last)


def _ends_clause(reading: Reading, last: int) -> bool:
    words = reading.words
    return last >= len(words.words) or words.gap(last) in (STOP, LINE, PAUSE)


def _short_area(reading: Reading, first: int) -> int:
    """1 where the area before a number is a word too ("me seven") in a text of one case, else 0."""
    words, area = reading.words, first - 1
    if words.cased or area < 0 or words.gap(first) not in (SPACE, PAUSE):
        return 0
    if not words.kinds[area] & SHORT or words.words[area].upper() not in postcode_areas():
        return 0
    begins = reading.starts_turn(area) or words.words[area - 1].removesuffix("'s") in _BEFORE_AREA
    return int(begins and bool(words.kinds[first] & NUMERAL))


def _hit(
    reading: Reading, stretch: Stretch, match: tuple[int, int], score: float, rule: str
) -> Hit:
    first, last = stretch.tokens(*match)
    if rule.startswith("cue") and not match[0]:
        first -= _short_area(reading, first)
    return reading.hit(first, last, EntityType.UK_POSTCODE, score, (NAME, rule))
