"""Capitals that what follows, or what they are written for, tells to be somebody's name.

"Shell, love, have you a pen?": who is called love. "Patience could drive. That's my daughter.": who
is explained at once. "Ezra and Autumn": a season has a capital for nobody but its namesake. "I've
got Mali, she's six": no country. Never "Well, love", "in Autumn", "moved to Mali, she's there".
"""

from deid.detect.names.answers import OF_SOMEBODY
from deid.detect.words.cues import POSSESSIVES, roles
from deid.detect.words.evidence import FAIR, STRONG_NAME, Evidence
from deid.detect.words.frames import DATING, DETERMINERS, MONTHS, before
from deid.detect.words.gazetteer import WEEKDAYS
from deid.detect.words.tokens import Case, Tokens

_DEAR = frozenset({"love", "darling", "sweetheart", "mate", "pal", "hun", "duck", "pet", "dear"})
_SEASONS = frozenset({"summer", "autumn"})
_NEAR = 9


def is_told_whose(evidence: Evidence, place: int) -> bool:
    """Whether a word with a capital that is a first name too is somebody's here."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if tokens.case(place) is not Case.MIXED or not tokens.capital(place) or place in evidence.firm:
        return False
    if low in _SEASONS:
        return _is_namesake(evidence, place)
    if not tokens.initial(place):
        child = _named_after(tokens, place) and place not in evidence.kept
        return child or _goes_on_about(evidence, place)
    first = low in evidence.words.first and low not in evidence.words.function
    named = first and evidence.entry(place).given >= STRONG_NAME
    return named and (_dear(tokens, place) or _explained(tokens, place))


def _is_namesake(evidence: Evidence, place: int) -> bool:
    """Whether a season's capital is somebody's: behind a name, or where no time is told."""
    lead, first = before(evidence.tokens, place)
    beside = evidence.lexicon.entry(first)
    named = lead == "and" and beside.tier == 0 and beside.given >= FAIR
    return named or not (evidence.tokens.initial(place) or lead in _DATED)


_DATED = DATING | DETERMINERS | {"indian", "whole", "winter", "spring"}


def _named_after(tokens: Tokens, place: int) -> bool:
    """Whether a child is named for its kin: "Harshvardhan, after his granddad"."""
    said = tokens.lows[place + 1 : place + 4]
    kin = said[:1] == ["after"] and said[1:2] != [] and said[1] in POSSESSIVES
    return kin and said[2:] != [] and said[2] in roles().family and tokens.after(place) == ", "


def _goes_on_about(evidence: Evidence, place: int) -> bool:
    """Whether "she's" goes on from a first name that a country has too."""
    tokens, entry = evidence.tokens, evidence.entry(place)
    after = tokens.forms[place + 1 : place + 2]
    told = after != [] and after[0] in OF_SOMEBODY and tokens.after(place) == ", "
    day = tokens.lows[place] in WEEKDAYS | MONTHS
    named = entry.tier == 0 and entry.given >= STRONG_NAME and not day
    return told and named and before(tokens, place)[0] not in _WHERE


_WHERE = frozenset({"in", "to", "from", "at", "near", "of", "for", "about", "left", "like"})


def _dear(tokens: Tokens, place: int) -> bool:
    """Whether an endearment follows the word between marks: "Shell, love,"."""
    dear = place + 1
    said = dear < len(tokens) and tokens.gap(dear) == ", " and tokens.lows[dear] in _DEAR
    return said and tokens.after(dear).strip()[:1] in {",", "?", "!", ".", ""}


def _explained(tokens: Tokens, place: int) -> bool:
    """Whether the next sentence says whose: "That's my daughter"."""
    for step in range(place + 1, min(len(tokens) - 2, place + _NEAR)):
        if tokens.turns[step] != tokens.turns[place]:
            return False
        if tokens.initial(step):
            kin = tokens.lows[step + 2]
            return tokens.forms[step : step + 2] == ["that's", "my"] and kin in roles().family
    return False
