"""Places told by the region behind them: "Selleck, Washington", "Bowling Green, Ohio".

No list holds every hamlet, and many a town bears a person's name; a state or a county right after
a comma says what it is. A first name needs a place's company as well: "I met Harold, Kent".
"""

from deid.detect.names.agreeing import opens_answer
from deid.detect.names.never import nobody
from deid.detect.words.cues import roles
from deid.detect.words.evidence import FAIR, PLAIN_TIER, STRONG_NAME, Evidence
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import COMPASS, before, located
from deid.detect.words.tokens import Tokens

_REGIONS = frozenset(tuple(name.split()) for name in sections("place_kinds.txt")["regions"])
_LONGEST = 3


def of_region(evidence: Evidence, place: int) -> int | None:
    """The last word of a place that begins at ``place`` and has its region behind a comma."""
    last = _before_region(evidence.tokens, place)
    if last is None or not all(_names(evidence, step) for step in range(place, last + 1)):
        return None
    return last if not _goes_back(evidence, place) and _is_place(evidence, place, last) else None


def _before_region(tokens: Tokens, place: int) -> int | None:
    """The last of a few words with capitals from here on, if a comma and a region follow."""
    for last in range(place, min(len(tokens) - 1, place + _LONGEST)):
        if not tokens.capital(last) or (last > place and not tokens.joined(last)):
            return None
        if tokens.after(last) == ", " and _region(tokens, last + 1):
            return last
    return None


def _region(tokens: Tokens, first: int) -> bool:
    """Whether a listed region is written there, with its capitals."""
    if not tokens.capital(first) or tokens.possessive(first):
        return False
    return any(
        tuple(tokens.lows[first : first + size]) in _REGIONS
        and all(tokens.gap(step) == " " for step in range(first + 1, first + size))
        for size in range(min(_LONGEST, len(tokens) - first), 0, -1)
    )


def _names(evidence: Evidence, place: int) -> bool:
    """Whether a word with a capital may be part of a place's name."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if not tokens.capital(place) or len(low) == 1 or tokens.possessive(place):
        return False
    return low not in roles().titles and low not in roles().kin and not nobody(tokens, place)


def _goes_back(evidence: Evidence, place: int) -> bool:
    """Whether the name begins with the word before."""
    before = place - 1
    return before >= 0 and evidence.tokens.joined(place) and _names(evidence, before)


def _reached(evidence: Evidence, first: int, last: int) -> bool:
    """Whether one comes from there or goes there: "Tasha from Madison, Wisconsin".

    A county that children are called by is none: "a letter from Harold, Kent".
    """
    region = evidence.lexicon.entry(evidence.tokens.lows[last + 1])
    led = before(evidence.tokens, first)[0] in {"from", "to", "through", "of"}
    return led and region.given < STRONG_NAME


def _is_place(evidence: Evidence, first: int, last: int) -> bool:
    """Whether it stands where a place does, or is nothing else that lists know."""
    tokens = evidence.tokens
    allowed = any(step in evidence.kept or evidence.dosed(step) for step in range(first, last + 1))
    if located(tokens, first) or opens_answer(evidence, first) or _reached(evidence, first, last):
        return last > first or not allowed  # "in Bowling Green, Ohio", not "on Tuesday, Norfolk"
    if allowed:
        return False
    opens = tokens.initial(first)
    known = [evidence.lexicon.entry(tokens.lows[step]) for step in range(first, last + 1)]
    part = tokens.lows[first] in COMPASS
    if any(entry.given >= FAIR for entry in known) and not part:
        return False
    return not opens or all(entry.tier == 0 or entry.tier > PLAIN_TIER for entry in known)
