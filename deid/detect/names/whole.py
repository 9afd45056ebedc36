"""First and family name side by side where both are words: "June Wise. She's", "called skip fox".

In ordinary writing the second capital tells, even where the first opens a sentence; elsewhere the
pair has to be announced. What follows the pair must not be part of a title or a heading.
"""

from functools import cache

from deid.detect.words.cues import role_words
from deid.detect.words.evidence import PART, STRONG_NAME, Evidence
from deid.detect.words.frames import DATING, MONTHS, free_after
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Case
from deid.transcript import EntityType

_ELSEWHERE = frozenset({EntityType.LOCATION, EntityType.ORGANIZATION})


def begins_name(evidence: Evidence, place: int) -> bool:
    """Whether a word with a capital is a first name and the next one its family name."""
    tokens, behind = evidence.tokens, place + 1
    if not _beside(evidence, place) or tokens.case(place) is not Case.MIXED:
        return False
    if not (tokens.capital(place) and tokens.words[behind].istitle()):
        return False
    if tokens.lows[place] in MONTHS and before(tokens, place)[0] in DATING - {"and"}:
        return False
    if {evidence.network.get(place), evidence.network.get(behind)} & _ELSEWHERE:
        return False
    if not evidence.lexicon.entry(tokens.lows[place]).tier and place not in evidence.kept:
        return False  # what is a name and nothing else is found by itself
    first, further = tokens.lows[place] in evidence.words.first, behind + 1
    longer = further < len(tokens) and tokens.joined(further) and tokens.capital(further)
    return not longer and (first or evidence.entry(place).given >= STRONG_NAME)


def is_announced_name(evidence: Evidence, place: int) -> bool:
    """Whether a word that few are called has a family name behind it, and that ends the name."""
    if not _beside(evidence, place) or evidence.entry(place).name < PART:
        return False
    return free_after(evidence.tokens, place + 1)


@cache
def _kinds() -> frozenset[str]:
    """What places and streets end with: "Rose Hill", "Summer Lane"."""
    return frozenset(sections("place_kinds.txt")["kinds"]) | _STREETS


_STREETS = frozenset(
    {"street", "road", "lane", "avenue", "drive", "close", "way", "court", "place", "crescent",
     "terrace", "house", "cottage", "lodge", "farm", "barn", "church", "school", "club", "day"}
)  # fmt: skip


def _beside(evidence: Evidence, place: int) -> bool:
    """Whether a family name stands right behind the word, and neither belongs elsewhere."""
    tokens, behind = evidence.tokens, place + 1
    if behind >= len(tokens) or not tokens.joined(behind) or tokens.possessive(place):
        return False
    if tokens.turns[behind] != tokens.turns[place] or evidence.taken(behind):
        return False
    if place in evidence.firm or place in evidence.claimed:
        return False
    low = tokens.lows[behind]
    barred = low in evidence.words.function and low not in evidence.words.titled
    role = low in role_words("kin", "titles", "labels")
    return not (barred or role or low in _kinds()) and evidence.entry(behind).family >= STRONG_NAME
