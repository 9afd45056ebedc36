"""A part of an identifier that the listener did not catch, asked for with two, and the answer.

"... four seven oh." / "You broke up. Was that four or oh?" / "Oh."; "Say that again, 17th or 7th?";
"4112 or 4712 at the end?" All are masked with what they are a part of: right behind an identifier
that has one of the two, in a turn that asks for nothing else. Never what answers another question,
nor where nothing was given before.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.again.doubted_pairs import ASKING, Pair, pair_in, part_end, said
from deid.detect.spoken.heard.giving import asks_on, only_hears, turns
from deid.detect.spoken.heard.known import TYPES
from deid.detect.spoken.heard.lexicon import SKIP
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import Words
from deid.transcript import EntityType

_CLAIM = ("spoken-again", "digit-doubted")
_BIRTH = EntityType.DATE_OF_BIRTH
_MOST_HITS, _MOST_LINES, _TO_ANSWER, _ANSWERS, _CENTURY = 8, 2, 4, 2, 4
_DOUBT = frozenset({"was", "did", "say", "said", "sorry", "again", "catch", "missed", "hear"})
_TO_SAY = frozenset({"it's", "it", "was", "that's", "that", "the", "said", "i", "a", "an"})


def digit_doubted(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for the two that are asked about, and for the one that answers."""
    words = reading.words
    numbers = sorted(
        (hit for hit in hits if hit.entity_type in TYPES), key=lambda hit: (hit.end, hit.score)
    )
    if not numbers or "or" not in words.words:
        return
    ends = [hit.end for hit in numbers]
    spoken = list(turns(words))
    for place, (first, last) in enumerate(spoken):
        pair = pair_in(words, first, last)
        if pair is None or not _follows(words, spoken, place, ends):
            continue
        before = bisect_left(ends, words.starts[first])
        near = reversed(numbers[max(0, before - _MOST_HITS) : before])
        kind = next((hit.entity_type for hit in near if _has(words, hit, pair, first)), None)
        if kind is None:
            continue
        yield reading.hit(pair.first, pair.last, kind, 0.65, _CLAIM)
        asked = frozenset({pair.one, pair.other})
        for begin, end in spoken[place + 1 : place + 1 + _ANSWERS]:
            low, high = _answer(words, begin, end, asked)
            if high == low:
                break
            yield reading.hit(low, high, kind, 0.65, _CLAIM)
            asked = frozenset({"".join(said(words, low, high))})


def _follows(
    words: Words, spoken: Sequence[tuple[int, int]], place: int, ends: Sequence[int]
) -> bool:
    """Whether an identifier came in the turn before, save a nod, and nothing asked since."""
    first, last = spoken[place]
    before = bisect_left(ends, words.starts[first]) - 1
    if before < 0 or words.text.count("\n", ends[before], words.starts[first]) > _MOST_LINES:
        return False
    token = bisect_left(words.starts, ends[before])
    doubts = not _DOUBT.isdisjoint(words.words[first:last])
    for begin, end in spoken[max(0, place - _MOST_LINES) : place]:
        low = max(begin, token)
        if low < end and (token <= begin or not doubts) and _is_other(words, low, end):
            return False
    return True


def _is_other(words: Words, first: int, last: int) -> bool:
    """Whether a turn, or the rest of one, asks for something else or says it."""
    heard = all(
        words.words[each] in ASKING or only_hears(words, each, each + 1)
        for each in range(first, last)
    )
    return asks_on(words, first, last) or not heard


def _has(words: Words, hit: Hit, pair: Pair, first: int) -> bool:
    """Whether an identifier near enough has one of the two."""
    born = hit.entity_type is _BIRTH
    if pair.dated and not born:
        return False
    if words.text.count("\n", hit.end, words.starts[first]) > _MOST_LINES:
        return False
    units = said(words, bisect_left(words.starts, hit.start), bisect_left(words.starts, hit.end))
    if not born:
        whole = "".join(units)
        return pair.one in whole or pair.other in whole
    runs = {
        "".join(units[low:high])
        for low in range(len(units))
        for high in range(low + 1, min(len(units), low + _CENTURY) + 1)
    }
    runs |= {run[2:] for run in runs if len(run) == _CENTURY}
    return not runs.isdisjoint({pair.one, pair.other})


def _answer(words: Words, first: int, last: int, asked: frozenset[str]) -> tuple[int, int]:
    """The tokens of the answer that opens a turn; none for another."""
    for token in range(first, min(last, first + _TO_ANSWER)):
        end = part_end(words, token, last)
        for high in range(end, token, -1):
            if "".join(said(words, token, high)) in asked and words.closes(high):
                return token, high
        the_one = words.words[token] == "the" and words.words[token + 1 : token + 2] == ["one"]
        if the_one or not (words.kinds[token] & SKIP or words.words[token] in _TO_SAY):
            break
    return first, first
