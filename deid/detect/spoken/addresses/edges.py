"""What belongs to an address at its edges: "no. 1 Windmill Terrace", "Mill Street bus station"."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from deid.detect.speech import Hit
from deid.transcript import EntityType

_BEFORE = re.compile(
    r"(?:(?<!\w)no\.? ?|(?<!\w)number |(?<![\w/])\d{1,4} ?/ ?(?:\d{1,2}, ?)?"
    r"|(?<!\w)\d{1,2}f\d{1,2},? |(?<!\w)(?:(?:a|one|two|three) )?hundred and "
    r"|(?<!\w)(?:one|two|three|four|[1-4]) up,? (?:left|right),? "
    r"|(?<!\w)(?:top|ground|basement)(?: floor)? (?:left|right|front|back|middle),? )\Z",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r",? (?:flat|apartment|apt|unit|room|berth|pitch|plot|mooring|chalet) (?:number )?"
    r"(?:\d{1,4}[a-z]?(?!\w)|[a-h](?= ?(?:[.,;:?!]|\n|\Z))"
    r"|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven"
    r"|eigh|nine)teen|(?:twenty|thirty|forty)(?:[- ](?:one|two|three|four|five|six|seven|eight"
    r"|nine))?)(?!\w))(?:(?:/| stroke | slash )(?:\d{1,2}|one|two|three|four|five|six)(?!\w))?"
    r"|,? (?:on the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
    r"|tenth|eleventh|twelfth|top|ground|\d{1,2}(?:st|nd|rd|th)) floor(?: flat)?"
    r"(?:,? (?:left|right|front|back))?(?!\w)"
    r"| (?:bus|tram|train|railway|tube|coach|metro|underground) (?:station|stop)(?!\w)",
    re.IGNORECASE,
)
_REACH = 24


def with_edges(text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """The same hits, each street address with its door's number and flat."""
    for hit in hits:
        if hit.entity_type is not EntityType.STREET_ADDRESS:
            yield hit
            continue
        base = max(0, hit.start - _REACH)
        before, behind = _BEFORE.search(text[base : hit.start]), _BEHIND.match(text, hit.end)
        start = base + before.start() if before and text[hit.start].isalnum() else hit.start
        yield replace(hit, start=start, end=behind.end() if behind else hit.end)
