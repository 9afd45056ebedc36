"""What looks like a code and is none: "vitamin B6", "between L4 and L5", "your HbA1c was".

Vertebrae are cervical, thoracic, lumbar or sacral, C1 to S5; whoever speaks of one names discs,
joints or nerves beside it. Never a whole postcode, and never what answers for one.
"""

import re

from deid.detect.spoken.heard.lexicon import data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.results import MEASURED
from deid.detect.spoken.heard.stretches import Stretch

_LEVELS = re.compile(r"(?:C[1-7]|T(?:1[0-2]|[1-9])|L[1-5]|S[1-5]){1,3}")
_VITAMINS = re.compile(r"(?:[A-K]\d{0,2}){1,4}")
_OF_VITAMINS = frozenset({"vitamin", "vitamins", "vit"})
_OF_SPINES = frozenset(data("context")["of_spines"])
_REACH, _BEFORE = 8, 4


def is_level(reading: Reading, stretch: Stretch) -> bool:
    """Whether vitamins, vertebrae or what the laboratory measures are told."""
    words, first = reading.words.words, stretch.first
    if _VITAMINS.fullmatch(stretch.chars):
        said = words[max(0, first - _BEFORE) : first]
        if not _OF_VITAMINS.isdisjoint(said) and not reading.starts_turn(first):
            return True
    if stretch.last - first == 1 and words[first] in MEASURED:
        return True
    if reading.starts_turn(first) or not _LEVELS.fullmatch(stretch.chars):
        return False
    near = words[max(0, first - _REACH) : stretch.last + _REACH]
    return not _OF_SPINES.isdisjoint(near)
