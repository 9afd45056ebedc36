"""Places given as three words: "what three words?" / "filled dot count dot soap".

Three words name a square of three metres, which is more than an address. Only near the service's
name, or behind its three slashes; never three words that merely follow each other.
"""

import re
from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, SPACE
from deid.detect.spoken.web.mail_before import dotted
from deid.transcript import EntityType

NAME = "spoken-web"
_WRITTEN = re.compile(r"///\s?[a-z]{2,20}[. ][a-z]{2,20}[. ][a-z]{2,20}(?![\w])")
_SPOKEN, _REACH, _WORDS = ("what", "three", "words"), 40, 3
_WRITTEN_CUES = frozenset({"what3words", "w3w"})


def three_words(reading: Reading) -> Iterator[Hit]:
    """Addresses of three words."""
    words = reading.words
    if "///" in words.folded:
        for match in _WRITTEN.finditer(words.folded):
            yield Hit(*match.span(), EntityType.LOCATION, 0.9, NAME, "three-words")
    for token, word in enumerate(words.words):
        spoken = word == _SPOKEN[0] and tuple(words.words[token : token + _WORDS]) == _SPOKEN
        if not spoken and word not in _WRITTEN_CUES:
            continue
        begin = token + (_WORDS if spoken else 1)
        for first in range(begin, min(begin + _REACH, len(words.words) - _WORDS + 1)):
            last = _end(reading, first)
            if last:
                yield reading.hit(first, last, EntityType.LOCATION, 0.8, (NAME, "three-words"))
                break


def _end(reading: Reading, first: int) -> int:
    """The token after "filled dot count dot soap", "slash slash slash index home raft", or 0."""
    words, tokens = reading.words, reading.words.words
    if tokens[first : first + _WORDS] == ["slash"] * _WORDS:
        last = first + 2 * _WORDS
        return last if last <= len(tokens) else 0
    token = first
    for _ in range(_WORDS - 1):
        said = tokens[token + 1 : token + 2] == ["dot"]
        if not said and not (token + 1 < len(tokens) and dotted(words, token + 1)):
            return 0
        token += 1 + said
        if token >= len(tokens) or words.gap(token) == BREAK or tokens[token] == "dot":
            return 0
    led = words.gap(first) in (SPACE, *"|.,-") or words.between(first).strip() == ":"
    return token + 1 if token > first and led else 0
