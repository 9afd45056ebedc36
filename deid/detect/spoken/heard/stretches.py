"""Stretches: runs of said characters, joined over fillers, pauses and turns, mapped to the source.

This is the normaliser. "nine four three, um, double seven" becomes the characters 94377, each with
the source offsets of the words that say it; identifier patterns run on the characters. It never
joins across a word that is neither a character nor a filler, so the speech of others is never
inside a stretch, save a short "yep".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from deid.detect.spoken.heard.amounts import is_amount, is_weight
from deid.detect.spoken.heard.explaining import explained, joined
from deid.detect.spoken.heard.lexicon import (
    CHUNK,
    CUE,
    DIGIT,
    FIGURE,
    LETTER,
    MIXED,
    MULTIPLE,
    NATO,
    NUMERAL,
    ORDINAL,
    PRONOUN,
    SHORT,
    SKIP,
    STARTS_STRETCH,
    TEEN,
    TENS,
    UNITS,
    classify,
)
from deid.detect.spoken.heard.no_characters import NO_CHARACTER, is_interjection
from deid.detect.spoken.heard.results import is_tested
from deid.detect.spoken.heard.unit_endings import ends_plate, ends_postcode, past_article
from deid.detect.spoken.heard.units import Unit, unit_at
from deid.detect.spoken.heard.words import BREAK, HYPHEN, LINE, PAUSE, SLASH, SPACE, STOP, Words

CORRECTED, INNER = "!", "="
_LONGEST, _LONG = 400, 6
_NUMBERS = DIGIT | TEEN | TENS | FIGURE
_ASIDES = (PAUSE, STOP, LINE, CORRECTED)
_SPELT_CUES = frozenset(
    {"GMC", "NMC", "HCPC", "NHS", "CHI", "MRN", "GDC", "GPHC", "NI", "GP", "D0B"}
)
_AMOUNTS = frozenset({"so", "more", "less", "fewer", "a", "thereabouts", "something", "maybe", ""})
_COUNTED, _MOST_COUNTED = frozenset({"last", "first", "next", "final"}), 4


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters and where they were said.

    Attributes:
        chars: Upper-case letters and digits; "oh" is "0".
        units: For each character the index of its unit in ``spans``.
        spans: For each unit its tokens, half-open.
        breaks: For each unit what stood before it: a gap of :mod:`.words`, or CORRECTED.
        quantity: Whether a unit of measure follows ("milligrams", "out of").
    """

    chars: str = field(repr=False)
    units: tuple[int, ...] = field(repr=False)
    spans: tuple[tuple[int, int], ...]
    breaks: str
    quantity: bool

    @property
    def first(self) -> int:
        """The first token."""
        return self.spans[0][0]

    @property
    def last(self) -> int:
        """The token after the last."""
        return self.spans[-1][1]

    def tokens(self, start: int, end: int) -> tuple[int, int]:
        """The tokens that say the characters ``start`` to ``end``, half-open."""
        return self.spans[self.units[start]][0], self.spans[self.units[end - 1]][1]

    def whole_units(self, start: int, end: int) -> bool:
        """Whether a match of the characters begins and ends where units do."""
        before = start == 0 or self.units[start - 1] != self.units[start]
        return before and (end == len(self.chars) or self.units[end - 1] != self.units[end])

    def matches(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Where a pattern matches from one unit boundary to another, left to right, disjoint."""
        place = 0
        while place < len(self.chars):
            found = pattern.match(self.chars, place)
            if found and found.end() > place and self.whole_units(place, found.end()):
                yield place, found.end()
                place = found.end()
                continue
            place = self._next_unit(place)

    def _next_unit(self, place: int) -> int:
        unit = self.units[place]
        while place < len(self.chars) and self.units[place] == unit:
            place += 1
        return place

    def breaks_in(self, start: int, end: int) -> str:
        """What stood before each unit of a match but its first."""
        return self.breaks[self.units[start] + 1 : self.units[end - 1] + 1]


def stretches(words: Words) -> tuple[Stretch, ...]:
    """All stretches of a text, in order and disjoint. Linear in the number of tokens."""
    found: list[Stretch] = []
    kinds, free = words.kinds, 0
    starts = [
        token
        for token, kind in enumerate(kinds)
        if kind & STARTS_STRETCH or (kind & SHORT and words.cased)
    ]
    for token in starts:
        if token < free or not _may_start(words, token):
            continue
        stretch = _read(words, token)
        if stretch is not None:
            found.append(stretch)
            free = stretch.last
    return tuple(found)


def _may_start(words: Words, token: int) -> bool:
    """Cheap refusal of most lone "a", "I" and "so"."""
    kind = words.kinds[token]
    if kind & CHUNK and kind & CUE:
        return False
    word = words.words[token]
    refuse = NO_CHARACTER.get(word)
    if refuse is not None and refuse(words, token):
        return False
    counted = kind & NUMERAL and not (word.isdigit() and len(word) > _MOST_COUNTED)
    if counted and token and words.words[token - 1] in _COUNTED:
        return joined(words, token + 1) and bool(words.kinds[token + 1] & STARTS_STRETCH)
    if not kind & (PRONOUN | SHORT | CHUNK):
        return True
    if token + 1 >= len(words.words):
        return False
    following = words.kinds[token + 1]
    goes_on = STARTS_STRETCH & ~PRONOUN | (SKIP if kind & CHUNK else 0)
    told = explained(words, token) > token + 1
    spelt = (kind & PRONOUN and (following or told)) or (kind & CHUNK and told)
    return bool(following & goes_on) or bool(spelt) or _begins_dictation(words, token)


def _begins_dictation(words: Words, token: int) -> bool:
    """As in "It's oh." / "Yep." / "One.": a number given digit by digit, over the listener."""
    if words.words[token] != "oh" or words.gap(token + 1) not in (LINE, STOP):
        return False
    place, _ = words.skip(token + 1)
    return place < len(words.words) and bool(words.kinds[place] & NUMERAL)


def _read(words: Words, token: int) -> Stretch | None:
    units: list[Unit] = []
    breaks: list[str] = []
    following, gap = token, SPACE
    while len(units) < _LONGEST:
        if units:
            following = past_article(words, units, following, gap)
        unit = unit_at(words, following, inside=bool(units))
        if unit is None and units and ends_plate(words, units, following, gap):
            unit = Unit(words.words[following].upper(), following, following + 1)
        if unit is None or (gap in (LINE, STOP) and is_interjection(words, following)):
            break
        units.append(unit)
        breaks.append(gap)
        if ends_postcode(words, units, corrected=gap == CORRECTED):
            last = units[-1].last
            units.append(Unit(words.words[last].upper(), last, last + 1))
            breaks.append(SPACE)
        following, gap = _go_on(words, units[-1].last)
        if gap in (LINE, STOP) and "".join(unit.chars for unit in units) in _SPELT_CUES:
            break
        if following < 0 or _named_insurance(words, units, following):
            break
    if not units:
        return None
    return _stretch(words, units, breaks)


def _go_on(words: Words, token: int) -> tuple[int, str]:
    """The token where the next unit may begin and the gap before it; -1 where the stretch ends."""
    total = len(words.words)
    if token >= total:
        return -1, BREAK
    if _is_stroke(words, token):
        return token + 1, SLASH
    following, corrected = words.skip(token)
    if following >= total:
        return -1, BREAK
    gaps = [_gap(words, each) for each in range(token, following + 1)]
    summing_up = following > token and words.words[token] == "so" and gaps[0] == LINE
    if BREAK in gaps or summing_up:
        return -1, BREAK
    if corrected:
        return following, CORRECTED
    marks = [mark for mark in (LINE, STOP, PAUSE, HYPHEN, SLASH) if mark in gaps]
    return following, marks[0] if marks else SPACE if following == token else PAUSE


def _gap(words: Words, token: int) -> str:
    """As the words have it; a colon between groups is a pause: "Lima: four oh: eight oh"."""
    gap = words.gap(token)
    return (
        PAUSE
        if gap == BREAK and words.between(token).strip() == ":" != words.between(token)
        else gap
    )


def _named_insurance(words: Words, units: list[Unit], following: int) -> bool:
    """Whether the letters are those of "N I JN 27 43 43 D", for no number begins with them."""
    if len(units) != len("ni") or [unit.chars for unit in units] != ["N", "I"]:
        return False
    return words.words[following][0].isalpha() and bool(words.kinds[following] & (MIXED | CHUNK))


def _is_stroke(words: Words, token: int) -> bool:
    """Whether "stroke" or "oblique" parts what is written with a slash: "four stroke B".

    Letters stand before it where two and more are said singly: "A B stroke four", never "a stroke".
    """
    if words.words[token] not in ("stroke", "oblique") or token + 1 >= len(words.words):
        return False
    beside = words.gap(token) in (SPACE, PAUSE) and words.gap(token + 1) in (SPACE, PAUSE)
    number = words.kinds[token - 1] & _NUMBERS
    letters = [bool(kind & (LETTER | NATO)) for kind in words.kinds[max(0, token - 2) : token]]
    spelt = letters == [True, True] and words.kinds[token + 1] & (_NUMBERS | MULTIPLE)
    parted = number and words.kinds[token + 1] & (_NUMBERS | MULTIPLE | LETTER | NATO)
    return beside and bool(spelt or parted)


def _stretch(words: Words, units: list[Unit], breaks: list[str]) -> Stretch:
    while len(units) > 1 and _is_pronoun_tail(words, units[-1], breaks[-1]):
        units.pop()
        breaks.pop()
    quantity = _measured(words, units[-1].last)
    if quantity and breaks[-1] in _ASIDES and _is_long(units[:-1]):
        units.pop()  # "..., oh two seven, and three weeks": the number ends before the amount
        breaks.pop()
        quantity = False
    chars = "".join(unit.chars for unit in units)
    first, last = units[0].first, units[-1].last
    quantity = quantity or is_amount(words, first, last, len(units))
    return Stretch(
        chars=chars,
        units=tuple(index for index, unit in enumerate(units) for _ in unit.chars),
        spans=tuple((unit.first, unit.last) for unit in units),
        breaks="".join(breaks),
        quantity=quantity or is_tested(words, first, chars.rstrip("AI")),
    )


def _measured(words: Words, last: int) -> bool:
    """Whether a unit of measure follows."""
    after = words.words[last] if last < len(words.words) else ""
    unit = after in UNITS and words.gap(last) in (SPACE, "-")
    unit = unit and words.words[last : last + 2] != ["or", "rather"]
    unit = unit and not (after == "or" and _asks(words, last + 1))
    return unit or is_weight(words, last) or _signed(words, last)


def _asks(words: Words, token: int) -> bool:
    """Whether "or" leads to no other amount: "... or is that an old one?"."""
    after = words.words[token] if token < len(words.words) else ""
    return not (after in _AMOUNTS or classify(after) & (NUMERAL | ORDINAL | MIXED))


def _is_long(units: list[Unit]) -> bool:
    """Whether they are a number or code of some length, said one by one."""
    singly = all(len(set(unit.chars)) == 1 for unit in units)
    return singly and sum(len(unit.chars) for unit in units) >= _LONG


def _is_pronoun_tail(words: Words, unit: Unit, gap: str) -> bool:
    kind = words.kinds[unit.first]
    alone = unit.last - unit.first == 1
    last = unit.last
    if words.words[unit.first] == "a" and (
        last >= len(words.words) or words.gap(last) in (STOP, LINE, PAUSE)
    ):
        return False  # no article at the end of a clause
    return alone and bool(kind & PRONOUN) and gap in (STOP, LINE, ",", CORRECTED)


def _signed(words: Words, last: int) -> bool:
    tail = words.folded[words.ends[last - 1] : words.ends[last - 1] + 2].strip()
    return tail[:1] in ("%", "°") or bool(
        words.kinds[last - 1] & (FIGURE | MIXED | LETTER) and tail[:1] == ":"
    )
