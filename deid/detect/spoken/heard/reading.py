"""One reading of a text, shared by the recognisers of the family: words, cues and stretches.

Whichever recogniser comes first pays for it; the last few texts are kept, keyed by the text
itself, so that a thousand transcripts take no more memory than a handful.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import Cues, table
from deid.detect.spoken.heard.lexicon import DWELLING, MONTH, NUMERAL, SCALE, STREET
from deid.detect.spoken.heard.numerals import Numeral, numeral_at
from deid.detect.spoken.heard.segments import Segment, segments
from deid.detect.spoken.heard.stretches import Stretch, stretches
from deid.detect.spoken.heard.words import LINE, Words
from deid.transcript import EntityType

_KEPT = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """What the recognisers share.

    Attributes:
        words: The tokens.
        cues: Where the cues stand.
        stretches: Runs of said characters.
        segments: Those runs between full stops, turns and corrections.
        numerals: Numbers below a thousand with their value, in order and disjoint.
        months: Tokens that are a month's name.
        streets: Tokens that are a street type ("road").
        dwellings: Tokens such as "flat".
    """

    words: Words = field(repr=False)
    cues: Cues = field(repr=False)
    stretches: tuple[Stretch, ...] = field(repr=False)
    segments: tuple[Segment, ...] = field(repr=False)
    numerals: tuple[Numeral, ...] = field(repr=False)
    months: tuple[int, ...]
    streets: tuple[int, ...]
    dwellings: tuple[int, ...]

    def hit(
        self, first: int, last: int, kind: EntityType, score: float, said_by: tuple[str, str]
    ) -> Hit:
        """A hit over the tokens ``first`` to ``last`` (half-open), by a recogniser and its rule."""
        words = self.words
        return Hit(words.starts[first], words.ends[last - 1], kind, score, *said_by)

    def lines_between(self, first: int, last: int) -> int:
        """Line feeds between two tokens."""
        words = self.words
        return words.text.count("\n", words.ends[first], words.starts[last]) if first < last else 0

    def lines(self) -> list[int]:
        """The number of each token's line, from 0 on."""
        words = self.words
        feeds = (words.gap(token) == LINE for token in range(1, len(words.words)))
        return list(accumulate(feeds, initial=0))[: len(words.words)]

    def starts_turn(self, token: int) -> bool:
        """Whether only fillers stand between the token and the beginning of its line."""
        first = self.words.skip_back(token - 1) + 1 if token else 0
        return first == 0 or any(self.words.gap(each) == LINE for each in range(first, token + 1))


@lru_cache(maxsize=_KEPT)
def read(text: str, record_cues: tuple[str, ...] = ()) -> Reading:
    """Read a text. ``record_cues`` are further phrases for hospital numbers."""
    cue_table = table(record_cues)
    words = Words.of(text, cue_heads=frozenset(cue_table))
    kinds, found = words.kinds, stretches(words)
    return Reading(
        words=words,
        cues=Cues(words, cue_table),
        stretches=found,
        segments=tuple(segments(words, found)),
        numerals=tuple(_numerals(words)),
        months=tuple(token for token, kind in enumerate(kinds) if kind & MONTH),
        streets=tuple(token for token, kind in enumerate(kinds) if kind & STREET),
        dwellings=tuple(token for token, kind in enumerate(kinds) if kind & DWELLING),
    )


def _numerals(words: Words) -> Iterator[Numeral]:
    free = 0
    for token, kind in enumerate(words.kinds):
        if token >= free and kind & (NUMERAL | SCALE):
            numeral = numeral_at(words, token)
            if numeral is not None:
                free = numeral.last
                yield numeral
