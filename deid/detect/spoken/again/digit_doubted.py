"""One digit or letter of an identifier that the listener did not catch, and the answer.

"... four seven oh." / "You broke up. Was that four or oh?" / "Oh." Both are masked with what they
are a part of: right behind an identifier, in a turn that asks for nothing else. Never "one or two
tablets", nor where nothing was given before.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.giving import turns
from deid.detect.spoken.heard.known import TYPES
from deid.detect.spoken.heard.lexicon import DIGIT, FIGURE, LETTER, NATO, SKIP, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import Words
from deid.transcript import EntityType

NAME = "spoken-again"
_NOT = frozenset({EntityType.DATE_OF_BIRTH})
_SINGLE = DIGIT | FIGURE | LETTER | NATO
_ASKING = frozenset(data("context")["digit_asking"])
_MOST_LINES, _LONGEST_ANSWER = 2, 4


def digit_doubted(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for the two that are asked about, and for the one that answers."""
    words = reading.words
    numbers = sorted(
        (hit for hit in hits if hit.entity_type in TYPES - _NOT), key=lambda hit: hit.end
    )
    if not numbers or "or" not in words.words:
        return
    ends = [hit.end for hit in numbers]
    said = list(turns(words))
    for place, (first, last) in enumerate(said):
        token = _either(words, first, last)
        if not token:
            continue
        before = bisect_left(ends, words.starts[first]) - 1
        if before < 0 or not _is_near(words, ends[before], first):
            continue
        kind, claim = numbers[before].entity_type, (NAME, "digit-doubted")
        yield reading.hit(token - 1, token + 2, kind, 0.65, claim)
        following = said[place + 1] if place + 1 < len(said) else None
        answer = _answer(words, following, frozenset(words.words[token - 1 : token + 2 : 2]))
        if answer:
            yield reading.hit(answer - 1, answer, kind, 0.65, claim)


def _either(words: Words, first: int, last: int) -> int:
    """The "or" of "was that four or oh?", where a turn says nothing else; 0 for none."""
    for token in range(first + 1, last - 1):
        if words.words[token] != "or":
            continue
        both = words.kinds[token - 1] & _SINGLE and words.kinds[token + 1] & _SINGLE
        if words.words[token + 2 : token + 3] == ["a"]:
            continue  # "two or three a day"
        rest = [*range(first, token - 1), *range(token + 2, last)]
        if both and all(words.words[each] in _ASKING or words.kinds[each] & SKIP for each in rest):
            return token
    return 0


def _is_near(words: Words, end: int, first: int) -> bool:
    """Whether an identifier ended in the turn before."""
    return words.text.count("\n", end, words.starts[first]) <= _MOST_LINES


def _answer(words: Words, turn: tuple[int, int] | None, asked: frozenset[str]) -> int:
    """The token after the answer that opens a turn; 0 for another."""
    first, last = turn or (0, 0)
    for token in range(first, min(last, first + _LONGEST_ANSWER)):
        if words.words[token] in asked:
            return token + 1 if words.closes(token + 1) else 0
        if not words.kinds[token] & SKIP:
            return 0
    return 0
