"""Names said with a stammer or a pause: "Na- Nadia", "r rhona", "Eoin, er, Scanlon".

Half of a name tells as much as half of it, so what was begun is masked with the name.
"""

from deid.detect.names.never import nobody
from deid.detect.words.evidence import PART, RAREST_TIER, Evidence
from deid.detect.words.tokens import Case

_BROKEN = frozenset({"- ", "-, ", "-", "\u2013 ", "\u2014 ", "... ", "\u2026 "})
_LONGEST, _LONGEST_SMALL = 6, 3
_PAUSING = frozenset({"er", "erm", "um", "uh", "uhm", "ooh", "ah"})
_PAUSES = frozenset({" ", ", ", ", - ", " - "})


def stammer(evidence: Evidence, first: int) -> int:
    """Where a name begins with what was broken off before it; ``first`` where nothing was."""
    tokens = evidence.tokens
    while first > 0 and tokens.turns[first - 1] == tokens.turns[first]:
        begun, low, gap = tokens.lows[first - 1], tokens.lows[first], tokens.gap(first)
        if len(begun) > _LONGEST or not low.startswith(begun) or begun == low:
            break
        small = tokens.case(first) is not Case.MIXED and gap == " " and begun not in {"a", "i"}
        everyday = begun in evidence.words.function and evidence.entry(first - 1).tier < RAREST_TIER
        small = small and len(begun) <= _LONGEST_SMALL and not everyday
        if gap not in _BROKEN and not small:
            break
        first -= 1
    return first


def paused(evidence: Evidence, last: int, place: int) -> bool:
    """Whether only "er" parts a first name from its surname."""
    tokens = evidence.tokens
    if place - last not in (2, 3) or tokens.possessive(last):
        return False
    if tokens.turns[last] != tokens.turns[place] or nobody(tokens, place):
        return False
    steps = range(last + 1, place + 1)
    between = all(tokens.lows[step] in _PAUSING for step in steps[:-1])
    one, other = evidence.entry(last), evidence.entry(place)
    surname = other.family >= PART > other.given or (other.unknown and tokens.capital(place))
    surname = surname or other.family > other.given or "-" in tokens.lows[place]
    whole = all(tokens.gap(step) in _PAUSES for step in steps)
    return between and whole and surname and (one.given >= PART or one.unknown)
