"""What one said unit stands for: "double seven" is 77, "sixty-two" 62, "S for sugar" S.

A unit is the smallest piece of an identifier that a speaker says as one; it may be several words.
It crosses no pause, because a pause is where people begin the next unit, but to explain the letter
before it: "P, P for Peter" is one P.
"""

import re
from typing import NamedTuple

from deid.detect.spoken.heard.explaining import explained, explained_again, is_x_ray, joined
from deid.detect.spoken.heard.lexicon import (
    ALPHABET,
    CHUNK,
    CUE,
    DIGIT,
    DIGITS,
    FIGURE,
    LETTER,
    MIXED,
    MULTIPLE,
    MULTIPLES,
    NATO,
    NUMERAL,
    PRONOUN,
    SHORT,
    STARTS_STRETCH,
    TEEN,
    TENS,
    VALUES,
    postcode_areas,
)
from deid.detect.spoken.heard.results import MEASURED
from deid.detect.spoken.heard.words import BREAK, HYPHEN, LINE, PAUSE, SPACE, STOP, Words

_OUTWARD = re.compile(r"[a-z]{1,2}\d[a-z\d]?")
_INWARD = re.compile(r"\d[a-z]{2}")
_CUT_INWARD = re.compile(r"\d[a-z]")
"""As in "SE8, 4P for Peter, J"."""
_SEVERAL = (2, 3, 4)
_SCALES = {"hundred": 100, "thousand": 1000}


class Unit(NamedTuple):
    """Characters said as one, and the tokens (half-open) that say them."""

    chars: str
    first: int
    last: int


def unit_at(words: Words, token: int, *, inside: bool) -> Unit | None:
    """The unit that begins at a token, or None.

    Args:
        words: The text.
        token: Where to read.
        inside: Whether a unit stands before it, so that "a", "I" and "mike" may be letters.
    """
    kind = words.kinds[token]
    if kind & NUMERAL and not kind & LETTER:
        by_mouth = words.words[token : token + 2] == ["nil", "by"]
        return None if by_mouth else _number(words, token)
    if kind & MULTIPLE:
        return _multiple(words, token)
    if kind & (LETTER | NATO):
        read = _a_hundred(words, token, inside=inside) or _area(words, token)
        return read or _letter(words, token, inside=inside)
    as_written = (
        (kind & MIXED and words.words[token] not in MEASURED)
        or (kind & CHUNK and not kind & CUE)
        or (kind & SHORT and _is_capital_chunk(words, token))
        or (inside and _ends_postcode(words, token))
    )
    if inside and _CUT_INWARD.fullmatch(words.words[token]):
        last = explained(words, token)
        if last > token + 1:
            return Unit(words.words[token].upper(), token, last)
    if not as_written:
        return _last_digit(words, token) if inside else None
    last = explained(words, token) if kind & CHUNK else token + 1
    return Unit(words.words[token].upper(), token, last)


def _last_digit(words: Words, token: int) -> Unit | None:
    """As in "bleep two one four's at lunch"."""
    word = words.words[token]
    digit = DIGITS.get(word[:-2]) if word.endswith("'s") else None
    after = digit and words.kinds[token - 1] & (DIGIT | MULTIPLE)
    return Unit(digit, token, token + 1) if digit and after else None


def _area(words: Words, token: int) -> Unit | None:
    """The area of "EX 4", where "ex" is a letter elsewhere."""
    area = words.words[token].upper()
    known = area in postcode_areas() and _is_capital_chunk(words, token)
    return Unit(area, token, token + 1) if known else None


def _number(words: Words, token: int) -> Unit:
    word, kind = words.words[token], words.kinds[token]
    if kind & FIGURE:
        return Unit(word, token, token + 1)
    last = token + 1
    value = VALUES[word]
    if kind & TENS and joined(words, last) and words.kinds[last] & DIGIT:
        unit = VALUES[words.words[last]]
        if unit:
            value, last = value + unit, last + 1
    if kind & DIGIT and value in _SEVERAL and joined(words, last):
        digit = DIGITS.get(words.words[last].removesuffix("s"))
        if digit and words.words[last].endswith("s"):
            return Unit(digit * value, token, last + 1)  # "three eights"
        if _letters_follow(words, last):
            return Unit(words.words[last][0].upper() * value, token, last + 1)  # "two Fs"
    hundreds = kind & TENS and value % 10 and words.words[last : last + 1] == ["hundred"]
    if (kind & (DIGIT | TEEN) or hundreds) and value and joined(words, last):
        scaled = _scaled(words, value, last)
        if scaled:
            return Unit(scaled.chars, token, scaled.last)
    return Unit(DIGITS.get(word) or str(value), token, last)


def _a_hundred(words: Words, token: int, *, inside: bool) -> Unit | None:
    """As in "zero five a hundred and forty-nine": among numbers, never where a thing is counted.

    None for "... one two three, a hundred percent", and for "a hundred of them".
    """
    if words.words[token : token + 2] != ["a", "hundred"] or not joined(words, token + 1):
        return None
    scaled = _scaled(words, 1, token + 1)
    if scaled is None:
        return None
    after = scaled.last
    goes_on = _goes_on(words, after)
    begins = goes_on and scaled.chars != "100"
    given = inside and (goes_on or words.closes(after))
    return Unit(scaled.chars, token, after) if given or begins else None


def _letters_follow(words: Words, token: int) -> bool:
    """Whether a letter in the plural stands there, and its word is spelt on: "two Rs, I, N, G"."""
    plural, after = words.words[token].replace("'", ""), token + 1
    several = len(plural) == len("fs") and plural[1] == "s" and plural[0] not in _VOWELS
    goes_on = after < len(words.words) and words.gap(after) in (SPACE, PAUSE, HYPHEN)
    return several and goes_on and bool(words.kinds[after] & LETTER)


_VOWELS = frozenset("aeiou")


def _scaled(words: Words, value: int, scale: int) -> Unit | None:
    """As in "nine hundred", "two thousand and five"; ``scale`` is the token after the value.

    "Seven thousand nine hundred fifty one" is one number; so is "three hundred thirteen", but not
    "oh eight hundred, twenty ..." of a telephone number.
    """
    by = _SCALES.get(words.words[scale])
    if by is None:
        return None
    value, last = value * by, scale + 1
    hundreds = joined(words, last + 1) and words.words[last + 1] == "hundred"
    if words.words[scale] == "thousand" and hundreds and words.kinds[last] & DIGIT:
        value, last = value + VALUES[words.words[last]] * _SCALES["hundred"], last + 2
    linked = joined(words, last) and words.words[last] == "and"
    rest = last + linked
    if joined(words, rest):
        kind = words.kinds[rest]
        wanted = DIGIT | TEEN | TENS if linked else TEEN | TENS
        free = words.words[scale - 2 : scale - 1] not in (["oh"], ["zero"], ["0"], ["nought"])
        if kind & wanted and not kind & LETTER and (linked or free):
            more = _below_hundred(words, rest)
            return Unit(str(value + int(more.chars)), scale, more.last)
    return Unit(str(value), scale, last)


def _below_hundred(words: Words, token: int) -> Unit:
    value, last = VALUES[words.words[token]], token + 1
    next_hundred = words.words[last + 1 : last + 2] == ["hundred"]  # "and thirty four hundred ..."
    if next_hundred or not joined(words, last):
        return Unit(str(value), token, last)
    if words.kinds[token] & TENS and words.kinds[last] & DIGIT:
        value, last = value + VALUES[words.words[last]], last + 1
    return Unit(str(value), token, last)


def _multiple(words: Words, token: int) -> Unit | None:
    after = token + 1
    if after >= len(words.words) or words.gap(after) == BREAK:
        return None
    kind, word = words.kinds[after], words.words[after]
    times = MULTIPLES[words.words[token]]
    if word == "u" and times == 2:  # noqa: PLR2004 - "double u" is the letter W
        return Unit("W", token, after + 1)
    char = ""
    if kind & DIGIT:
        char = DIGITS[word]
    elif kind & LETTER or (kind & FIGURE and len(word) == 1):
        char = word.upper()
    elif kind & NATO:
        char = ALPHABET[word]
    if char.isdigit() and joined(words, after + 1) and words.words[after + 1] == "hundred":
        return Unit(char * times + "00", token, after + 2)
    return Unit(char * times, token, after + 1) if char else None


def _letter(words: Words, token: int, *, inside: bool) -> Unit | None:
    word, kind = words.words[token], words.kinds[token]
    if word == "x" and is_x_ray(words, token) and (inside or _goes_on(words, token + 2)):
        return Unit("X", token, token + 2)
    after = explained_again(words, token) if kind & LETTER else token + 1
    if after == token + 1 and not _stands_for_letter(words, token, inside=inside):
        return None
    said_for = after > token + 1
    char = "0" if kind & DIGIT and not said_for else word
    return Unit(ALPHABET[word] if kind & NATO and not kind & LETTER else char.upper(), token, after)


def _goes_on(words: Words, token: int) -> bool:
    """Whether a number or a word of the spelling alphabet follows."""
    follows = token < len(words.words) and words.gap(token) in (SPACE, PAUSE, HYPHEN)
    return follows and bool(words.kinds[token] & (NUMERAL | NATO))


def _stands_for_letter(words: Words, token: int, *, inside: bool) -> bool:
    """Not the article, the pronoun or a word such as "mike" on its own."""
    word, kind, after = words.words[token], words.kinds[token], token + 1
    follows = after < len(words.words) and words.gap(after) not in (BREAK, STOP)
    next_kind = words.kinds[after] if follows else 0
    if kind & NATO and after < len(words.words) and words.gap(after) == STOP:
        next_kind = words.kinds[after] & NATO  # "Bravo. Alpha. One."
    goes_on = bool(next_kind & STARTS_STRETCH)
    if kind & PRONOUN:
        if inside and word == "a" and words.gap(token) == STOP and words.closes(after):
            return True  # "Five six. A, if that's any use."
        if not inside or words.gap(token) in (STOP, LINE):
            return goes_on
        return not (follows and not next_kind and words.gap(after) == SPACE)
    return inside or goes_on or bool(kind & LETTER)


def _ends_postcode(words: Words, token: int) -> bool:
    """As in "1ST" or "5LB" after an outward part, which elsewhere is a day or a weight."""
    if not _INWARD.fullmatch(words.words[token]):
        return False
    if words.cased and words.text[words.starts[token] : words.ends[token]].isupper():
        return words.words[token][1:] not in ("am", "pm")  # "7LB, I tell a lie, 3LB"
    before = words.words[token - 1]
    apart = words.kinds[token - 1] & FIGURE and words.kinds[token - 2] & (CHUNK | LETTER)
    return bool(apart or _OUTWARD.fullmatch(before)) and words.gap(token) != STOP


def _is_capital_chunk(words: Words, token: int) -> bool:
    """As in "ME" or "SO" in capitals before a number, in a text where capitals tell something."""
    after = token + 1
    stretch = words.text[words.starts[token] : words.ends[token]]
    return (
        words.cased
        and stretch.isupper()
        and stretch != "ID"
        and len(stretch) == 2  # noqa: PLR2004 - a postcode area has at most two letters
        and (
            (after < len(words.words) and bool(words.kinds[after] & (NUMERAL | MIXED)))
            or (token > 0 and bool(words.kinds[token - 1] & (NUMERAL | MIXED)))
        )
    )
