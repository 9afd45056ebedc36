"""A handle's words said again, with other signs and figures: "second hyphen walk ninety nine"."""

from collections.abc import Iterator, Sequence

from deid.detect.spoken.heard.lexicon import MULTIPLE, NUMERAL
from deid.detect.spoken.heard.words import PAUSE, SPACE, Words
from deid.detect.spoken.web.mail_parts import JOINTS

THE_NUMBER = ["the", "number"]
_REACH, _PAIR = 120, 2


def said_again(words: Words, last: int, plain: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The tokens of the same words soon behind a handle that ends at ``last``, "at" included."""
    if len(plain) < _PAIR:
        return
    token = last
    while token < min(len(words.words), last + _REACH):
        end = _said_end(words, token, plain) if words.words[token] == plain[0] else 0
        if end:
            yield token - (words.words[token - 1] == "at"), end
        token = end or token + 1


def _said_end(words: Words, token: int, plain: Sequence[str]) -> int:
    """The token after the same words, signs between them and figures behind; 0 for others."""
    for word in plain:
        while words.words[token : token + 1] != [word]:
            if token >= len(words.words) or words.words[token] not in JOINTS:
                return 0
            token += 1
        token += 1
    while token < len(words.words) and words.gap(token) in (SPACE, PAUSE):
        number = _PAIR * (words.words[token : token + _PAIR] == THE_NUMBER)
        if token + number >= len(words.words):
            break
        if not words.kinds[token + number] & (NUMERAL | MULTIPLE):
            break
        token += number + 1
    return token
