"""Who is in a talk without capitals, by how their name stands in all its places together.

One place says little of "mark" or "grace". But a word that is somebody's name comes again, and its
places add up, while those of the plain word do not: what speaks for a name there is summed over the
talk, as far as it is more than what a plain word has now and then. The same words on both sides
count once, however often somebody says them.
"""

from collections import defaultdict
from typing import Final

from deid.detect.words.contexts import naming
from deid.detect.words.cues import role_words
from deid.detect.words.evidence import STRONG_NAME, Evidence
from deid.detect.words.frames import DATING, MONTHS, is_modal
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case

_NOW_AND_THEN: Final = -2.0
_BY_CHANCE: Final = 0.15
"""What a place of the plain word adds on average, so that "will" said all day is nobody."""
ENOUGH_FIRST, ENOUGH = 1.5, 2.5
"""What the places have to add up to, for a word that is a first name before it is anything else,
and for another. In two sets of captions by unseen writers 87 in a hundred first names reach it and
5 of the words that name nobody there, of other names 65 and 3."""


def voted(evidence: Evidence) -> frozenset[str]:
    """Words of one-case turns that name somebody in this talk, by all their places."""
    tokens, words = evidence.tokens, evidence.words
    other = (words.function - words.first) | role_words("kin", "titles")
    first = words.first - words.function
    votes: dict[str, dict[tuple[str, str], float]] = defaultdict(dict)
    for place, low in enumerate(tokens.lows):
        if low in other or tokens.case(place) is Case.MIXED or evidence.taken(place):
            continue
        entry = evidence.lexicon.entry(low)
        if not entry.tier or max(entry.given, entry.family) < STRONG_NAME:
            continue
        if is_modal(tokens, place) or (low in MONTHS and before(tokens, place)[0] in DATING):
            continue
        beside = before(tokens, place)[0], following(tokens, place)[0]
        votes[low][beside] = max(0.0, naming(tokens, place) - _NOW_AND_THEN)
    return frozenset(
        low
        for low, cast in votes.items()
        if sum(map(bool, cast.values())) > 1
        and sum(cast.values())
        >= (ENOUGH_FIRST if low in first else ENOUGH) + _BY_CHANCE * len(cast)
    )
