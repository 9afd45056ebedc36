"""Two readings of one part in a question of its own: "was that four or oh?", "17th or 7th, sorry?".

A turn that asks which of two was said, and nothing else. Never what is counted ("two or three a
day", "six or eight weeks"), nor a time or a day to come at ("at six or eight", "on the 5th").
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from deid.detect.spoken.heard.explaining import joined
from deid.detect.spoken.heard.lexicon import (
    FIGURE,
    LETTER,
    MIXED,
    MONTH,
    MONTHS,
    MULTIPLE,
    NATO,
    NUMERAL,
    ORDINAL,
    SCALE,
    SKIP,
    data,
)
from deid.detect.spoken.heard.numerals import ordinal_at
from deid.detect.spoken.heard.units import unit_at
from deid.detect.spoken.heard.words import Words

ASKING = frozenset(data("context")["digit_asking"])
_PLACES = frozenset(data("context")["digit_places"])
_TO_PLACES, _ARTICLES = frozenset({"in", "at", "on"}), frozenset({"a", "an", "the"})
_PART = NUMERAL | LETTER | NATO | MULTIPLE | MIXED | SCALE | ORDINAL | MONTH
_MOST_PARTS, _LONGEST, _SHORT_FIGURE = 6, 30, 2


@dataclass(frozen=True, slots=True)
class Pair:
    """Both readings: their tokens (half-open, with the "or" between) and what each of them says.

    Attributes:
        one: What the first says.
        other: What the second says.
        first: The token it begins with.
        last: The token after the second.
        dated: Whether a month or an ordinal is among them.
    """

    one: str = field(repr=False)
    other: str = field(repr=False)
    first: int
    last: int
    dated: bool


def pair_in(words: Words, first: int, last: int) -> Pair | None:
    """The pair of a turn that asks for nothing else; None for another."""
    if last - first > _LONGEST:
        return None
    for token in range(first + 1, last - 1):
        pair = _pair(words, token, first, last) if words.words[token] == "or" else None
        if pair is not None and _asks_only(words, pair, first, last):
            return pair
    return None


def said(words: Words, first: int, last: int) -> list[str]:
    """What tokens say, unit by unit: digits, letters, the number of a day or month."""
    return list(_units(words, first, last))


def part_end(words: Words, first: int, last: int) -> int:
    """The token after the parts that are said in one breath from a token on."""
    limit, token = min(last, first + _MOST_PARTS), first
    while token < limit and words.kinds[token] & _PART and (token == first or joined(words, token)):
        token += 1
    return token


def _units(words: Words, token: int, last: int) -> Iterator[str]:
    while token < last:
        day = ordinal_at(words, token)
        unit = None if day else unit_at(words, token, inside=True)
        if day is not None:
            yield str(day.value)
        elif words.kinds[token] & MONTH:
            yield str(MONTHS[words.words[token]])
        elif unit is not None:
            yield (unit.chars.lstrip("0") or "0") if _is_figure(words, token) else unit.chars
        token = day.last if day else unit.last if unit else token + 1


def _is_figure(words: Words, token: int) -> bool:
    """Whether a day or month of two figures stands there: "07" is the seventh."""
    return bool(words.kinds[token] & FIGURE) and len(words.words[token]) <= _SHORT_FIGURE


def _pair(words: Words, either: int, first: int, last: int) -> Pair | None:
    """The pair around an "or", within a turn."""
    begin, low = either, max(first, either - _MOST_PARTS)
    while begin > low and words.kinds[begin - 1] & _PART:
        begin -= 1
        if not joined(words, begin):
            break
    if either - begin > 1 and words.words[begin] in _ARTICLES:
        begin += 1
    after = either + 1
    if after + 1 < last and words.words[after] in _ARTICLES and words.kinds[after + 1] & _PART:
        after += 1
    end = part_end(words, after, last)
    if begin == either or end == after:
        return None
    one, other = "".join(said(words, begin, either)), "".join(said(words, after, end))
    kinds = words.kinds[begin:either] + words.kinds[after:end]
    return Pair(one, other, begin, end, any(kind & (ORDINAL | MONTH) for kind in kinds))


def _asks_only(words: Words, pair: Pair, first: int, last: int) -> bool:
    """Whether all the rest of a turn asks which of the two was said, and counts nothing."""
    lead = words.words[pair.first - 1] if pair.first > first else ""
    before = words.words[pair.first - 2] if pair.first - 1 > first else ""
    if lead in _TO_PLACES or (lead == "the" and before in _TO_PLACES):
        return False
    if pair.last < last:
        follows = words.words[pair.last]
        if follows in ("a", "an") or follows in _PLACES - _TO_PLACES:
            return False  # "two or three a day", "six or eight digits"
    rest = [*range(first, pair.first), *range(pair.last, last)]
    return all(
        words.words[each] in ASKING or words.words[each] in _PLACES or words.kinds[each] & SKIP
        for each in rest
    )
