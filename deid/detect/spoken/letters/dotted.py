"""A name spelt out with full stops: "G. W. Y. N. E. T. H." An acronym is written without spaces."""

import re
from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.words.allow import allowed
from deid.transcript import EntityType

_LETTERS = re.compile(r"(?<![\w.])(?:[A-Z]\. ){3,24}[A-Z](?!\w)")


def dotted_letters(text: str) -> Iterator[Hit]:
    """Hits for four letters and more."""
    for match in _LETTERS.finditer(text):
        low = match.group().replace(". ", "").lower()
        if low not in allowed().acronyms and low not in allowed().words:
            yield Hit(*match.span(), EntityType.PERSON, 0.75, "spoken-letters", "with-full-stops")
