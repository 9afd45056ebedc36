"""The article of a day: "born on the third of May" is masked from "the" on, "the last day of" too.

What stands for it then reads: "born on [date of birth]", "since March 2024"; and whoever counts
"the third of May" as the date finds all of it masked.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from deid.detect.speech import Hit
from deid.transcript import EntityType

_DATES = frozenset({EntityType.DATE_OF_BIRTH, EntityType.DATE_TIME})
_THE = re.compile(r"(?<!\w)(?:the )?(?:(?:last|first|final) day (?:of|in) )?\Z", re.IGNORECASE)
_LONG = 20


def with_articles(text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """The same hits, each date with the article right before it."""
    for hit in hits:
        led = None
        if hit.entity_type in _DATES:
            led = _THE.search(text, max(0, hit.start - _LONG), hit.start)
        yield replace(hit, start=led.start()) if led else hit
