"""The name of a website said again in one word, or in others that sound so: "knit two live".

"www dot sing to breathe dot com" / "all one word?" / "All one word. Singtobreathe."; what counts is
how it is written without blanks, with "to" and "two", "for" and "four" as one.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, PAUSE, STOP, Words
from deid.transcript import EntityType

_SOUNDS = {"two": "2", "to": "2", "too": "2", "four": "4", "for": "4", "one": "1", "won": "1"}
_NO_NAME = frozenset({"www", "w", "dot", "http", "https"})
_SHORTEST, _MOST_WORDS, _REACH = 8, 6, 80


def hosts_again(reading: Reading, links: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for names of ``links`` that come again soon after them."""
    words = reading.words
    for link in links:
        first, last = bisect_left(words.starts, link.start), bisect_left(words.starts, link.end)
        name = _name(words, first, last)
        if len(name) < _SHORTEST:
            continue
        token = last
        while token < min(len(words.words), last + _REACH):
            end = _said_end(words, token, name)
            if end:
                yield reading.hit(token, end, EntityType.URL, 0.8, ("spoken-web", "again"))
            token = end or token + 1


def _name(words: Words, first: int, last: int) -> str:
    """The words of a link before the dot of its ending, run together."""
    while first < last and words.words[first] in _NO_NAME:
        first += 1
    said = words.words[first:last]
    end = said.index("dot") if "dot" in said else 0
    return "".join(map(_sound, said[:end]))


def _sound(word: str) -> str:
    return _SOUNDS.get(word, word)


def _said_end(words: Words, token: int, name: str) -> int:
    """The token after words that together are the name; 0 for others."""
    said = ""
    for last in range(token, min(len(words.words), token + _MOST_WORDS)):
        if last > token and words.gap(last) in (LINE, STOP, PAUSE):
            break
        said += _sound(words.words[last])
        if said == name:
            return last + 1
        if not name.startswith(said):
            break
    return token + 1 if _written(words.words[token], name) else 0


def _written(word: str, name: str) -> bool:
    """Whether a word is the name in one: "singtobreathe" of "sing 2 breathe"."""
    return any(name.replace(sound, said) == word for said, sound in _SOUNDS.items())
