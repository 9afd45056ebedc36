"""Outward halves by themselves, as people name where they live: "the BS13 lot", "BS4 and BS5".

Written in capitals (small where nothing has one), and where the words beside say that it is a
place: a town, "in", "from", "we cover" before, "area", "lot" or "side" behind, or near a question
for the postcode; one of a list is as good as all. Spelt, a district in use of two letters needs
none of them (as written in :mod:`.two_letters`). Never what such characters are besides ("CO2",
"in N95 masks", "L4 and L5", "B12", "the M32 side").
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.giving import asks
from deid.detect.spoken.heard.lexicon import LETTER, NATO, data, postcode_areas, postcode_districts
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.detect.spoken.heard.words import LINE, SPACE, STOP, Words
from deid.detect.spoken.postcodes.shapes import with_letter
from deid.detect.spoken.postcodes.towns_before import is_after_town, is_by_town, is_place, is_town
from deid.detect.spoken.postcodes.two_letters import AREAS, CARE, goes_on, may_be_lived_in
from deid.transcript import EntityType

_HALF = r"[A-Z]{1,2}\d{1,2}[A-Z]?"
_LIST = re.compile(rf"(?<![\w/.-]){_HALF}(?:(?:,? and |,? or |, | to ){_HALF})*(?![\w/-])")
_ONE = re.compile(r"([A-Z]{1,2})(\d{1,2})[A-Z]?")
_TWO_LETTERS = re.compile(r"([A-Z]{2})(\d{1,2})")
_MANY = re.compile(r"(?:[A-Z]{2}\d{1,2}){2,3}")
_INWARD = re.compile(r",? ?\d[A-Z]{2}\b")
_BEFORE = re.compile(r"(\w+(?:'\w+)?) $")
_AFTER = re.compile(r" (\w+)")
_LEADS = frozenset(data("context")["district_leads"])
_TAILS = frozenset(data("context")["district_tails"])
_NOT_OURS = frozenset(word.upper() for word in data("context")["district_not_ours"])
_SAID = frozenset(word.upper() for word in data("abbreviations")["said"])
_FROM = frozenset({"we're", "i'm", "they're", "she's", "he's"})
_GOING_ON = frozenset(
    {"and", "if", "so", "but", "people", "folk", "anyway", "myself", "too", "it's", "by", "near",
     "now", "which", "where", "because", "cause", "cos"}
)  # fmt: skip
_LEVELS = {"B": 12, "C": 7, "L": 5, "S": 5, "T": 12}
"""Vitamins and vertebrae by their letter: how far they go."""
_REACH = 24
_FEWEST_ASKED = 2
"""Characters that what answers which area has more of: "G forty-two", not "G four"."""
_SO, _IS = "so", frozenset({"it's", "that's", "you're", "it'll", "that'll"})
_LIVING = (
    ("you're", "in"), ("i'm", "in"), ("we're", "in"), ("she's", "in"), ("he's", "in"),
    ("they're", "in"), ("you", "live"), ("i", "live"), ("we", "live"), ("you're", "at"),
)  # fmt: skip


def districts(reading: Reading) -> Iterator[Hit]:
    """Hits for them."""
    words = reading.words
    text = words.text if words.cased else words.folded.upper()
    for match in _LIST.finditer(text):
        ones = list(_ONE.finditer(match.group()))
        before = _BEFORE.search(words.folded, max(0, match.start() - 20), match.start())
        after = _AFTER.match(words.folded, match.end())
        placed = before is not None and before[1] in _LEADS | _FROM
        placed = placed or (after is not None and after[1] in _TAILS)
        token = bisect_left(words.starts, match.start())
        by_town = is_by_town(words, token)
        by_town = by_town or (words.gap(token) == SPACE and is_town(words, token - 1))
        placed = placed or by_town or _asked(reading, match)
        motorway = match.group()[0] == "M" and before is not None and before[1] == "the"
        if not placed or motorway or not all(_is_district(one, by_town=by_town) for one in ones):
            continue
        for one in ones:
            start = match.start() + one.start()
            yield Hit(
                start, start + len(one.group()), EntityType.UK_POSTCODE, 0.65,
                "spoken-postcodes", "district",
            )  # fmt: skip


def districts_said(reading: Reading) -> Iterator[Hit]:
    """Hits for outward halves that are spelt: "I'm from W F ten", "out at Leek, S T nine"."""
    words = reading.words
    for segment in reading.segments:
        if _is_list(words, segment):
            claim = ("spoken-postcodes", "districts-listed")
            yield reading.hit(segment.first, segment.last, EntityType.UK_POSTCODE, 0.6, claim)
        shape = _ONE.fullmatch(with_letter(segment.chars))
        if shape is None:
            continue
        area = len(shape[1]) > 1 and shape[1] in postcode_areas() and not segment.quantity
        if area and _is_lived_in(words, segment):
            claim = ("spoken-postcodes", "district-lived-in")
            yield reading.hit(segment.first, segment.last, EntityType.UK_POSTCODE, 0.7, claim)
        if not _is_spelt(reading, segment.first):
            continue
        if area and is_in_use(shape) and _stands_alone(words, segment, shape):
            claim = ("spoken-postcodes", "district-in-use")
            yield reading.hit(segment.first, segment.last, EntityType.UK_POSTCODE, 0.6, claim)
        lead = words.words[segment.first - 1] if segment.first else ""
        behind = words.words[segment.last] if segment.last < len(words.words) else ""
        if segment.quantity and behind not in _TAILS:
            continue
        ends = words.closes(segment.last) or behind in _TAILS | _GOING_ON
        by_town = _is_by_town(words, segment)
        above = is_in_use(shape) and int(shape[2]) > _LEVELS.get(shape[1], 0)
        two = len(shape[1]) > 1 or behind in _TAILS or by_town or (above and shape[1] not in "MA")
        leads = _LEADS | _FROM | ({"the"} if behind in _TAILS and len(shape[1]) > 1 else set())
        placed = by_town or (lead in leads and words.gap(segment.first) == SPACE)
        asked = len(shape[1] + shape[2]) > _FEWEST_ASKED and _area_asked(words, segment.first)
        two, placed = two or asked, placed or asked
        if shape[1] in postcode_areas() and ends and two and placed:
            claim = ("spoken-postcodes", "district-said")
            yield reading.hit(segment.first, segment.last, EntityType.UK_POSTCODE, 0.6, claim)


def is_in_use(shape: re.Match[str]) -> bool:
    """Whether such a district is there: the area in the first group, its number in the second."""
    return int(shape[2]) in postcode_districts().get(shape[1], frozenset())


def _is_list(words: Words, segment: Segment) -> bool:
    """Whether districts of two letters are said with "and" between: "N E four and N E fifteen"."""
    if _MANY.fullmatch(segment.chars) is None or segment.quantity:
        return False
    between = {"and", "or"}.isdisjoint(words.words[segment.first : segment.last])
    ones = list(_TWO_LETTERS.finditer(segment.chars))
    known = all(is_in_use(one) and one.group() not in CARE | _NOT_OURS for one in ones)
    return not between and known and goes_on(words, segment.last)


def _stands_alone(words: Words, segment: Segment, shape: re.Match[str]) -> bool:
    """Whether two letters and a number are said by themselves: not "M E ten years", "S T three"."""
    said = shape[1] + shape[2]
    letters = [at for at in range(segment.first, segment.last) if words.kinds[at] & LETTER]
    shown = not words.cased or all(words.capital(at) for at in letters)  # "he had a B12"
    free = said not in _NOT_OURS and said not in CARE and not segment.quantity
    free = free and shown and goes_on(words, segment.last)
    return free and may_be_lived_in(words, segment.first, segment.last)


def _area_asked(words: Words, token: int) -> bool:
    """Whether the turn before asks which area is covered: "And the area you cover?"."""
    begin = next(
        (at for at in range(token, max(0, token - _REACH), -1) if words.gap(at) == LINE), 0
    )
    asked = words.words[max(0, begin - _REACH) : begin]
    whole = all(words.gap(at) != STOP for at in range(begin + 1, token + 1))
    return whole and not AREAS.isdisjoint(asked) and asks(words, begin, begin)


def _is_lived_in(words: Words, segment: Segment) -> bool:
    """Whether "you're in" stands behind it, or a place and "so it's" before it."""
    if segment.chars in _NOT_OURS:
        return False
    behind = tuple(words.words[segment.last : segment.last + 2])
    if behind in _LIVING and words.gap(segment.last) == SPACE:
        return words.words[segment.last + 2 : segment.last + 3] != ["the"]
    lead = words.words[max(0, segment.first - 2) : segment.first]
    so = len(lead) > 1 and lead[0] == _SO and lead[1] in _IS
    return so and words.closes(segment.last) and is_place(words, segment.first - 3)


def _is_by_town(words: Words, segment: Segment) -> bool:
    """Whether a place stands right before, or in the sentence before one that is only this."""
    opens = segment.first > 0 and words.gap(segment.first) == STOP
    alone = opens and words.closes(segment.last)
    known = segment.chars in _NOT_OURS or segment.chars[:2] in _SAID
    beside = is_by_town(words, segment.first)
    two = segment.chars[1].isalpha()
    behind = is_after_town(words, segment.first) if two else is_town(words, segment.first - 1)
    return beside or (alone and behind and not known)


def _is_spelt(reading: Reading, token: int) -> bool:
    """Whether a letter is said there, or a word of the spelling alphabet."""
    return bool(reading.words.kinds[token] & (LETTER | NATO))


def _asked(reading: Reading, match: re.Match[str]) -> bool:
    """Whether a postcode was asked for shortly before: "No, BD8, sorry, BD9's the old one"."""
    token = bisect_left(reading.words.starts, match.start())
    whole = _INWARD.match(reading.words.text, match.end())
    return not whole and reading.cues.before(CueKind.POSTCODE, token, reach=_REACH) is not None


def _is_district(one: re.Match[str], *, by_town: bool) -> bool:
    """Whether it is an area in use with a district, and no level, vitamin or chemical."""
    level = int(one[2]) <= _LEVELS.get(one[1], 0)
    ours = by_town or one.group() not in _NOT_OURS  # "Glasgow G20"
    return one[1] in postcode_areas() and not level and ours
