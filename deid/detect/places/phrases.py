"""Listed names of several words, in the text: places, towns, sites of the health service.

A phrase counts unless it holds an allowed word ("in May Hill", "Spring Bank Holiday"); capitals, or
a word that is nothing else, tell the longer name from it.
"""

from collections.abc import Iterator

from deid.detect.spoken.heard.lexicon import VALUES
from deid.detect.words.allow import phrase_end
from deid.detect.words.evidence import COMMONEST, Evidence
from deid.detect.words.frames import MONTHS
from deid.detect.words.gazetteer import Phrases
from deid.detect.words.neighbours import COMPASS
from deid.detect.words.tokens import Case, Tokens

_LONGER = 3


def phrases(
    evidence: Evidence, table: Phrases, *, barred: frozenset[int]
) -> Iterator[tuple[int, int]]:
    """``(first, last)`` words of listed phrases; with capitals where the turn has them."""
    tokens = evidence.tokens
    until = -1
    for place in range(len(tokens)):
        if place <= until:
            continue
        last = phrase_end(tokens, table, place)
        if last is None or _barred(evidence, barred, range(place, last + 1)):
            continue
        if _spelt(tokens, place, last):
            until = last
            yield place, last


def _barred(evidence: Evidence, barred: frozenset[int], words: range) -> bool:
    """Whether allowed words speak against a phrase; some may open one: "May Pen", "Da Nang".

    A name that is written with capitals is more than what is allowed in it: "Denmark Hill", "Robin
    Hood's Bay". So is a country's listed part: "South Wales", "new mexico".
    """
    if all(evidence.tokens.lows[step] in VALUES for step in words):
        return True  # "in ninety six", a year and no town
    seen = barred.intersection(words)
    if not seen or _whole(evidence, words, seen):
        return False
    if len(words) >= _LONGER and words[-1] not in seen:
        known = evidence.lexicon.entry(evidence.tokens.lows[words.start]).tier > 0
        return evidence.tokens.case(words.start) is not Case.MIXED and known
    if _odd_town(evidence, words, seen):
        return False
    low, firm = evidence.tokens.lows[words.start], words.start in evidence.firm
    if low in _PARTED and not firm and not evidence.firm.intersection(words):
        return False
    written = evidence.tokens.case(words.start) is Case.MIXED and len(low) < _LONGER
    odd = evidence.lexicon.entry(evidence.tokens.lows[words[-1]]).tier == 0
    opens = (low in MONTHS or written or odd) and not firm
    return bool(seen - {words.start} if opens else seen)


def _whole(evidence: Evidence, words: range, seen: frozenset[int]) -> bool:
    """Whether capitals make one name of the words, and no longer phrase that is allowed holds them.

    Where a sentence begins, a capital says nothing of an allowed word: "Yes Tor", "Good Easter".
    """
    tokens, first, last = evidence.tokens, words.start, words[-1]
    if tokens.case(first) is not Case.MIXED or tokens.lows[first] == "the":
        return False
    said = first in seen or evidence.entry(first).tier == COMMONEST
    if (tokens.initial(first) and said) or evidence.firm.issuperset(words):
        return False
    before, after = first - 1, last + 1
    longer = (before in evidence.firm and first in evidence.firm and tokens.joined(first)) or (
        after in evidence.firm and last in evidence.firm and tokens.joined(after)
    )
    named = all(tokens.capital(step) or tokens.lows[step] in _SMALL_WITHIN for step in words)
    return named and tokens.capital(last) and not longer


_PARTED = COMPASS | {"new", "port", "lake", "river", "fort"}
_SMALL_WITHIN = frozenset(
    {"of", "the", "in", "by", "on", "upon", "under", "next", "and", "le", "la", "de", "del", "da",
     "do", "y", "na", "nan", "super", "cum", "o"}
)  # fmt: skip


def _odd_town(evidence: Evidence, words: range, seen: frozenset[int]) -> bool:
    """Whether a listed town has a word that is nothing else: "Dar es Salaam"."""
    lows = evidence.tokens.lows
    town = tuple(lows[step] for step in words) in evidence.lexicon.town_phrases
    told = town and not evidence.firm.intersection(words)
    return told and any(evidence.lexicon.entry(lows[step]).tier == 0 for step in {*words} - seen)


def _spelt(tokens: Tokens, first: int, last: int) -> bool:
    """Whether nothing but spaces parts the words, and both ends have capitals where they should."""
    if any(not tokens.joined(step) for step in range(first + 1, last + 1)):
        return False
    if tokens.case(first) is not Case.MIXED:
        return True
    start = first + 1 if tokens.lows[first] in _SMALL_FIRST else first
    return tokens.capital(start) and tokens.capital(last)


_SMALL_FIRST = COMPASS | {"the", "county"}
