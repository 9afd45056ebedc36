"""Groups of characters, and the shapes of identifiers that they make together.

A group is said in one breath: letters and digits (for a birth months and ordinals too) with nothing
but "and", "of the", fillers between. Bare is one that stands alone in its clause, or between the
small words of giving it, and counts nothing: "so then, zero three", never "I've five buckets".
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from deid.detect.spoken.heard.amounts import is_plural
from deid.detect.spoken.heard.lexicon import (
    ALPHABET,
    CHUNK,
    CUE,
    LETTER,
    MONTH,
    NATO,
    ORDINAL,
    SKIP,
    TENS,
    data,
)
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.results import is_result, is_tested
from deid.detect.spoken.heard.sentences import INSIDE
from deid.detect.spoken.heard.words import BREAK, HYPHEN, LINE, PAUSE, SLASH, SPACE, STOP, Words
from deid.detect.spoken.letters.lessons import abbreviations

_CLOSED = (LINE, STOP, PAUSE, BREAK)
_LEADS = frozenset([*data("context")["dictated_leads"], *data("context")["group_leads"]]) - {
    "a",
    "the",
}
_FOLLOW = frozenset([*data("context")["dictated_tails"], *data("context")["group_follow"]])
_NEVER_BEFORE = frozenset(data("context")["group_never_before"])
_LINKS = frozenset({"and", "of", "the"})
_TRAILS = "\u2026"
_ASIDE = re.compile("\u2026|\\s[-\u2013\u2014]\\s|[()]")
_CRIES = frozenset({"oh", "a", "i", "o"})
_MOMENTS = frozenset({"sec", "second", "minute", "moment", "mo", "tick", "of"})
_THREE, _FEWEST_UNITS = 3, 3


class Group(NamedTuple):
    """Characters said in one breath, their tokens (half-open) and what kind of group it is."""

    chars: str
    first: int
    last: int
    bare: bool
    dated: bool


class _Said(NamedTuple):
    chars: str
    first: int
    last: int
    measured: bool = False
    dated: bool = False


def groups(reading: Reading) -> list[Group]:
    """All groups of a text in order; those with a month or an ordinal are dated."""
    made: list[Group] = []
    run: list[_Said] = []
    for each in _units(reading):
        unit = each
        if run and unit.chars == "D" and _is_tens(reading.words, run[-1], unit):
            unit = unit._replace(first=run.pop().first)
        elif run and not _goes_on(reading.words, run[-1], unit):
            made += _group(reading, run)
            run = []
        run.append(unit)
    return [*made, *_group(reading, run)] if run else made


def _units(reading: Reading) -> list[_Said]:
    """What is said as characters, months and ordinals, in order and disjoint."""
    words = reading.words
    taken = bytearray(len(words.words))
    found: list[_Said] = []
    for stretch in reading.stretches:
        said = [""] * len(stretch.spans)
        for char, unit in zip(stretch.chars, stretch.units, strict=True):
            said[unit] += char
        for place, (first, last) in enumerate(stretch.spans):
            ends = place + 1 == len(said)
            found.append(_Said(said[place], first, last, ends and stretch.quantity))
            taken[first:last] = b"\1" * (last - first)
    for token, kind in enumerate(words.kinds):
        if taken[token]:
            continue
        if kind & MONTH:
            found.append(_Said("M", token, token + 1, dated=True))
        elif kind & ORDINAL:
            found.append(_Said("D", token, token + 1, dated=True))
        elif kind & (CHUNK | LETTER | NATO) or len(words.words[token]) <= _THREE:
            found += _letters(words, token)
    return sorted(found, key=lambda each: each.first)


def _letters(words: Words, token: int) -> Iterator[_Said]:
    """Two or three letters that stand alone and are no word: "well it's dt", "COK."."""
    word = words.words[token]
    if not word.isalpha() or word.upper() in abbreviations() or words.kinds[token] & (SKIP | CUE):
        return
    if words.cased:
        shown = words.text[words.starts[token] : words.ends[token]].isupper()
    else:
        shown = bool(words.kinds[token] & CHUNK) or word not in _WORDS
    if shown and (len(word) > 1 or (words.kinds[token] & LETTER and word not in _CRIES)):
        chars = ALPHABET[word] if words.kinds[token] & NATO else word.upper()
        yield _Said(chars, token, token + 1)


_WORDS = frozenset(data("lexicon")["short_words"]) | frozenset(
    data("lexicon")["three_letter_words"]
)


def _is_tens(words: Words, before: _Said, unit: _Said) -> bool:
    """Whether "twenty" stands before "first"."""
    near = before.last == unit.first and words.gap(unit.first) in (SPACE, HYPHEN)
    return near and bool(words.kinds[before.first] & TENS) and unit.dated


def _goes_on(words: Words, before: _Said, unit: _Said) -> bool:
    """Whether a unit is of the same breath as the one before it."""
    gaps = [words.gap(each) for each in range(before.last, unit.first + 1)]
    trails = _TRAILS in words.between(unit.first) or _TRAILS in words.between(before.last)
    if before.measured or trails or any(gap in (LINE, STOP, BREAK) for gap in gaps):
        return False
    between = range(before.last, unit.first)
    said = words.words[before.last : unit.first]
    if before.dated or unit.dated:
        letters = before.chars.isalpha() > before.dated or unit.chars.isalpha() > unit.dated
        return not letters and _LINKS.issuperset(said)
    linked = all(words.kinds[each] & SKIP or words.words[each] in _LINKS for each in between)
    return linked and "or" not in said and not (between and words.skip(before.last)[1])


def _group(reading: Reading, run: list[_Said]) -> Iterator[Group]:
    """The group of a run, and the same without a cry at its end: "L A nine, oh, that'll be ..."."""
    for begin, end in _cuts(reading.words, run):
        said = run[begin:end]
        chars = "".join(unit.chars for unit in said)
        dated = any(unit.dated for unit in said)
        first, last = said[0].first, said[-1].last
        led = _with_article(reading.words, first) if dated else first
        result = is_result(reading.words, first, chars) or is_tested(reading.words, first, chars)
        told = said[-1].measured or result
        bare = not told and _is_bare(reading.words, led, last, len(said))
        first = first if reading.starts_turn(led) else led
        yield Group(chars, first, last, bare, dated)


def _with_article(words: Words, first: int) -> int:
    """The token of "the", of "of" or of both before a day or month."""
    for article in ("the", "of"):
        if first and words.words[first - 1] == article and words.gap(first) == SPACE:
            first -= 1
    return first


def _cuts(words: Words, run: list[_Said]) -> Iterator[tuple[int, int]]:
    """The whole run; and without what may be none of it at an end: "oh", "a", "I".

    So may what is counted behind a filler: "L N, hang on, five pairs".
    """
    yield 0, len(run)
    counts = run[-1].measured and len(run) > 1 and run[-2].last < run[-1].first
    if counts or (len(run) > 1 and words.words[run[-1].last - 1] in _CRIES):
        yield 0, len(run) - 1
    if len(run) > 1 and words.words[run[0].first] in _CRIES:
        yield 1, len(run)


def _is_bare(words: Words, first: int, last: int, units: int) -> bool:
    """Whether nothing before it and nothing behind makes it a part of a clause of other things."""
    return _opens(words, first) and _ends(words, first, last, units)


def _is_set_off(words: Words, token: int) -> bool:
    """Whether what trails off, a dash or a bracket stands before a token."""
    return _ASIDE.search(words.between(token)) is not None


def _opens(words: Words, first: int) -> bool:
    if first == 0 or _is_set_off(words, first):
        return True
    before, gap = words.words[first - 1], words.gap(first)
    if words.between(first) in INSIDE or gap in (SLASH, HYPHEN):
        return False
    if gap in _CLOSED:
        return gap != PAUSE or before not in _NEVER_BEFORE
    if before in _NEVER_BEFORE:
        return False
    if before in _LEADS or words.kinds[first - 1] & (SKIP | CUE) or before.endswith("'s"):
        return True
    return not words.cased


def _ends(words: Words, first: int, last: int, units: int) -> bool:
    if last >= len(words.words) or _is_set_off(words, last):
        return True
    if words.between(last) in INSIDE or words.gap(last) == SLASH:
        return False
    if words.closes(last):
        return True
    return _may_follow(words, first, last, units)


def _may_follow(words: Words, first: int, last: int, units: int) -> bool:
    """Whether the word behind a group may begin something else: never "five buckets", "A or B"."""
    after = words.words[last]
    pronoun = words.words[first:last] == ["one"] and not _led(words, first)
    doubted = after == "or" and words.words[last + 1 : last + 2] != ["rather"]
    if pronoun or doubted or (words.words[first:last] == ["one"] and after in _MOMENTS):
        return False
    if after in _FOLLOW or words.kinds[last] & SKIP or "'" in after or units > _FEWEST_UNITS:
        return True
    return not words.cased and not _is_counted(words, last)


def _led(words: Words, first: int) -> bool:
    """Whether "it's", "then" leads to what is said: "it's one", never "this one"."""
    return first == 0 or words.gap(first) in _CLOSED or words.words[first - 1] in _LEADS_ONE


_LEADS_ONE = frozenset({"it's", "its", "is", "then", "so", "and"})


def _is_counted(words: Words, token: int) -> bool:
    """Whether what follows a number, or a word on, is a plural: "buckets", "trestle tables"."""
    return any(is_plural(word) for word in words.words[token : token + 2])
