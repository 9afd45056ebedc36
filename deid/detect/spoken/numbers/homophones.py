"""Numbers that a machine wrote down as the words they sound like: "oh won to to five ate seven".

Nine tokens and more in one breath, all of them digits or words that sound like one: nothing else is
so long. Never "one to one for two", which is shorter.
"""

from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.known import covered
from deid.detect.spoken.heard.lexicon import DIGIT, FIGURE, MULTIPLE
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, PAUSE, SPACE, Words
from deid.transcript import EntityType

_SOUNDS = frozenset({"for", "fore", "to", "too", "won", "ate"})
_TELLING = frozenset({"won", "ate", "oh", "zero", "nought"})
_FEWEST, _LONGEST, _FEWEST_DIGITS, _REACH = 9, 14, 3, 20
_KINDS = (
    (CueKind.NHS, EntityType.UK_NHS),
    (CueKind.CHI, EntityType.UK_CHI),
    (CueKind.PHONE, EntityType.PHONE_NUMBER),
)


def homophones(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for such runs that ``hits`` do not cover."""
    words, taken, free = reading.words, covered(reading, hits), 0
    for token, word in enumerate(words.words):
        if token < free or word not in _SOUNDS:
            continue
        first, last = _run(words, token)
        free = last
        led = last - first > 1 and words.words[first] in _SOUNDS
        if led and words.gap(first + 1) == PAUSE:
            first += 1  # "it's in her diary too, nine nine nine ..."
        run = words.words[first:last]
        digits = sum(bool(words.kinds[each] & DIGIT) for each in range(first, last))
        if not _FEWEST <= last - first <= _LONGEST or digits < _FEWEST_DIGITS:
            continue
        if not all(taken[first:last]) and not _TELLING.isdisjoint(run):
            rule = ("spoken-numbers", "homophones")
            yield reading.hit(first, last, _kind(reading, first), 0.8, rule)


def _run(words: Words, token: int) -> tuple[int, int]:
    """The tokens around a token that all are digits, or sound like one, in one breath."""
    first, last = token, token + 1
    while first > 0 and words.gap(first) in (SPACE, PAUSE, HYPHEN) and _sounds(words, first - 1):
        first -= 1
    while (
        last < len(words.words)
        and words.gap(last) in (SPACE, PAUSE, HYPHEN)
        and _sounds(words, last)
    ):
        last += 1
    return first, last


def _sounds(words: Words, token: int) -> bool:
    return words.words[token] in _SOUNDS or bool(words.kinds[token] & (DIGIT | MULTIPLE | FIGURE))


def _kind(reading: Reading, first: int) -> EntityType:
    for cue, kind in _KINDS:
        if reading.cues.before(cue, first, reach=_REACH) is not None:
            return kind
    return EntityType.PHONE_NUMBER
