"""Names as lists file them, the family name first: "PRICE, Joy (Mrs)", "it's under Bird, Mark".

The given name is found by its own rules; a family name before its comma that is a word besides
("Bird", "Price") is not. It is taken along where its writing tells it from an exclamation ("Great,
Mark"): all in capitals where the given name is not, or with a capital that no start of a sentence
explains.
"""

from deid.detect.words.cues import role_words
from deid.detect.words.evidence import FAIR, PART, Evidence, Verdict
from deid.detect.words.frames import DETERMINERS
from deid.detect.words.neighbours import before, place_cued
from deid.detect.words.tokens import Case

_FILED = Verdict(0.6, "filed")
_CLOSING = frozenset({".", ",", ";", "(", ")", "\n", ""})
_SHORTEST = 4


def filed(evidence: Evidence, chosen: dict[int, Verdict]) -> None:
    """Take along the family name before a comma and somebody's given name."""
    initials = [place for place, word in enumerate(evidence.tokens.words) if _initial(word)]
    for place in sorted({*chosen, *initials}):
        family = place - 1
        if place and family not in chosen and _filed(evidence, family):
            chosen[family] = _FILED


def _initial(word: str) -> bool:
    return len(word) == 1 and word.isupper() and word not in {"A", "I"}


def _filed(evidence: Evidence, family: int) -> bool:
    tokens, given = evidence.tokens, family + 1
    if tokens.after(family) != ", ":
        return False
    if tokens.after(given).lstrip(" ")[:1] not in _CLOSING or tokens.possessive(given):
        return False
    lettered = _initial(tokens.words[given]) and tokens.after(given)[:1] == "."  # "Price, D."
    if evidence.entry(family).family < (FAIR if lettered else PART):
        return False
    if evidence.entry(given).given < FAIR and not lettered:
        return False
    return _written_as_name(evidence, family) and not _something_else(evidence, family)


def _written_as_name(evidence: Evidence, family: int) -> bool:
    tokens, word = evidence.tokens, evidence.tokens.words[family]
    if len(word) < _SHORTEST:
        return False
    if word.isupper() and tokens.words[family + 1].istitle():
        return True
    mixed = tokens.case(family) is Case.MIXED
    return mixed and tokens.capital(family) and not tokens.initial(family)


def _something_else(evidence: Evidence, family: int) -> bool:
    """Whether it is kept, a place, an office, or follows an article: "the Church, Mark"."""
    tokens = evidence.tokens
    if evidence.taken(family) or tokens.lows[family] in role_words("titles", "labels"):
        return True
    return place_cued(tokens, family) or before(tokens, family)[0] in DETERMINERS
