"""How an address is written that is said: its characters, and where what is in it begins and ends.

"Knit two live" is "knit to live", "five K" is "5k", "fifty-one" is "five one", nought is the
letter, and the letters said singly are the word. Never what is said between: remarks, "then".
"""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from deid.detect.spoken.heard.lexicon import LETTER, MULTIPLE, NUMERAL
from deid.detect.spoken.heard.units import unit_at
from deid.detect.spoken.heard.words import PAUSE, Words
from deid.detect.spoken.web.asides import remark_size

SIGNS = {
    "dot": ".", "point": ".", "dash": "-", "hyphen": "-", "minus": "-", "underscore": "_",
    "at": "@", "slash": "/",
}  # fmt: skip
_JOINING = ("_", "@", ".", "-")
_SOUNDS = {"to": "2", "too": "2", "two": "2", "for": "4", "four": "4", "won": "1", "one": "1"}


class Said(NamedTuple):
    """What a token and perhaps the next say: characters, a sign, or (neither) a remark."""

    chars: str
    sign: str
    last: int
    is_word: bool


@dataclass(frozen=True, slots=True)
class Written:
    """How an address is written without its signs, and where what is in it begins and ends.

    Attributes:
        chars: Small letters and figures; nought is "o".
        starts: Where pieces begin.
        ends: Where pieces end.
        signs: Where signs stand, the beginning and the end among them.
        names: What stands between two signs, figures that sound like words as these too.
    """

    chars: str = field(repr=False)
    starts: frozenset[int]
    ends: frozenset[int]
    signs: frozenset[int]
    names: frozenset[str] = field(repr=False)

    def and_then(self, other: "Written") -> "Written":
        """This and another behind it."""
        size = len(self.chars)
        return Written(
            self.chars + other.chars,
            self.starts | {size + at for at in other.starts},
            self.ends | {size + at for at in other.ends},
            self.signs | {size + at for at in other.signs},
            self.names | other.names,
        )


def written_as(words: Words, first: int, last: int) -> Written:
    """How the tokens of an address or a handle are written."""
    chars, token = "", first
    starts, ends, signs = set(), set(), {0}
    while token < last:
        piece = piece_at(words, token)
        if piece.sign or (token > first and _is_joined(words, token)):
            signs.add(len(chars))
        then = words.words[token] == "then" and words.gap(token) == PAUSE
        if piece.chars and not then:
            starts.add(len(chars))
            chars += piece.chars
            ends.add(len(chars))
        token = piece.last
    signs.add(len(chars))
    names = {chars[begin:end] for begin, end in pairwise(sorted(signs))}
    names |= {name.replace(figure, word) for name in names for word, figure in _SOUNDS.items()}
    return Written(chars, frozenset(starts), frozenset(ends), frozenset(signs), frozenset(names))


def _is_joined(words: Words, token: int) -> bool:
    """Whether a written sign joins two words: "kelp_1974@", not the letters of "K-E-L-P"."""
    singly = len(words.words[token]) == len(words.words[token - 1]) == 1
    return words.folded[words.ends[token - 1] : words.starts[token]] in _JOINING and not singly


def piece_at(words: Words, token: int) -> Said:
    """What is said at a token; nought is the letter, and "two" is "to"."""
    word, kind = words.words[token], words.kinds[token]
    if sign := SIGNS.get(word):
        return Said("", sign, token + 1, is_word=False)
    if remark := remark_size(words, token):
        return Said("", "", token + remark, is_word=False)
    unit = unit_at(words, token, inside=True) if kind & (NUMERAL | MULTIPLE | LETTER) else None
    if unit is not None:
        return Said(unit.chars.lower().replace("0", "o"), "", unit.last, is_word=False)
    return Said(_SOUNDS.get(word, word.replace("'", "")), "", token + 1, is_word=True)
