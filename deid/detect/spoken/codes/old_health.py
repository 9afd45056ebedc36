"""Health numbers of the old sort: four letters and two to four digits, "L X T B, two oh six".

The registration of 1939 gave them. Letters said singly and digits after them, over "and then";
only where a card or a number is spoken of. Never a word that is spelt, or a list of levels.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from deid.detect.speech import Hit
from deid.detect.spoken.heard.known import covered
from deid.detect.spoken.heard.lexicon import DIGIT, FIGURE, LETTER, MULTIPLE, NATO
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.transcript import EntityType

_WHOLE, _LETTERS, _DIGITS = (
    re.compile(r"[A-Z]{4}\d{2,4}"),
    re.compile("[A-Z]{4}"),
    re.compile(r"\d{2,4}"),
)
_REACH = 30
_TALK = frozenset({"card", "nhs", "number", "registration", "identity"})
_LEADS = frozenset({"and", "then", "number", "it's", "comma", "stroke"})


def old_health(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for such numbers that ``hits`` do not cover."""
    if _TALK.isdisjoint(reading.words.words):
        return
    taken, said = covered(reading, hits), reading.segments
    spans = [
        (each.first, each.last) for each in said if _is_said(reading, each, _WHOLE, LETTER | NATO)
    ]
    for one, other in pairwise(said):
        between = reading.words.words[one.last : other.first]
        if len(between) > len(_LEADS) or not _LEADS.issuperset(between):
            continue
        letters = _is_said(reading, one, _LETTERS, LETTER | NATO)
        if letters and _is_said(reading, other, _DIGITS, DIGIT | MULTIPLE | FIGURE):
            spans.append((one.first, other.last))
    for first, last in spans:
        near = reading.words.words[max(0, first - _REACH) : first]
        if not _TALK.isdisjoint(near) and not all(taken[first:last]) and reading.words.closes(last):
            yield reading.hit(first, last, EntityType.UK_NHS, 0.65, ("spoken-codes", "old-health"))


def _is_said(reading: Reading, segment: Segment, form: re.Pattern[str], kinds: int) -> bool:
    """Whether it has the form, and each word of it is one of the kinds (the first four letters)."""
    if segment.quantity or form.fullmatch(segment.chars) is None:
        return False
    own = reading.words.kinds[segment.first : segment.last]
    return all(kind & kinds for kind in (own[:4] if form is _WHOLE else own))
