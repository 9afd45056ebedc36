"""What tells a letter: "S for sugar", "S as in Sam", "T tango", "H Harry E echo".

A word tells the letter before it where it says so, is of the spelling alphabet, or where another
letter and its word, or a number, follow at once: never a name behind its initial alone.
"""

from deid.detect.spoken.heard.lexicon import (
    CUE,
    LETTER,
    MULTIPLE,
    NATO,
    NUMERAL,
    PRONOUN,
    SKIP,
    STARTS_STRETCH,
)
from deid.detect.spoken.heard.words import HYPHEN, PAUSE, SPACE, Words

_JOINED = frozenset({SPACE, HYPHEN})
_SHORTEST_WORD = 3
_HESITATIONS, _LONGEST_STUTTER = frozenset({"um", "uh", "er", "erm"}), 4


def joined(words: Words, token: int) -> bool:
    """Whether a token follows the one before it without a pause."""
    return token < len(words.words) and words.gap(token) in _JOINED


def is_x_ray(words: Words, token: int) -> bool:
    """The word of the spelling alphabet, which is two tokens."""
    return joined(words, token + 1) and words.words[token + 1] == "ray"


def explained(words: Words, token: int) -> int:
    """The token after "S for sugar", "S as in Sam"; ``token + 1`` when nothing is explained."""
    last = token + 1
    letters = (words.words[token][0], words.words[token][-1])  # "KT for tea"
    for lead in (["for"], ["as", "in"], ["like"], ["as"]):
        if words.words[last : last + len(lead)] != lead or not joined(words, last):
            continue
        place = _past_stutter(words, last + len(lead), lead)
        said = words.words[place] if place < len(words.words) else ""
        x_ray = said == "x" and is_x_ray(words, place)
        if (len(said) > 1 or x_ray) and said[0] in letters:
            return place + 1 + x_ray
    return last + _is_spelt_by(words, token)


def _is_spelt_by(words: Words, token: int) -> bool:
    """Whether the word behind a letter tells it: "T tango", "H Harry E echo", "S sugar one"."""
    last, letter = token + 1, words.words[token]
    if not _begins_with(words, last, letter) or len(letter) > 1:
        return False
    if words.kinds[last] & NATO:
        return True
    after = last + 1
    if words.kinds[last] & (STARTS_STRETCH | CUE | SKIP) or not joined(words, after):
        return False
    spelt_on = words.kinds[after] & LETTER and _begins_with(words, after + 1, words.words[after])
    number = words.kinds[after] & (NUMERAL | MULTIPLE) and not words.kinds[token] & PRONOUN
    return bool(spelt_on or number)


def _begins_with(words: Words, token: int, letter: str) -> bool:
    """Whether a word of some letters begins with one, right behind it."""
    if token >= len(words.words) or words.gap(token) != SPACE:
        return False
    said = words.words[token]
    return len(said) >= _SHORTEST_WORD and said[0] == letter and "'" not in said


def explained_again(words: Words, token: int) -> int:
    """As :func:`explained`, or the token after the rest of "S, S for sugar"."""
    again = token + 1
    if again < len(words.words) and words.words[again] == words.words[token]:
        last = explained(words, again) if words.gap(again) in (SPACE, PAUSE) else again + 1
        return last if last > again + 1 else again
    return explained(words, token)


def _past_stutter(words: Words, token: int, lead: list[str]) -> int:
    """The token after "for, um, for" where "for" was said already."""
    limit = token + _LONGEST_STUTTER
    while token < min(limit, len(words.words)) and words.gap(token) in (SPACE, PAUSE):
        if words.words[token] in _HESITATIONS:
            token += 1
        elif words.words[token : token + len(lead)] == lead:
            token += len(lead)
        else:
            break
    return token
