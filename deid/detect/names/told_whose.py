"""Capitals that what follows, or what they are written for, tells to be somebody's name.

"Shell, love, have you a pen?": who is called love. "Patience could drive. That's my daughter.": who
is explained at once. "Ezra and Autumn": a season has a capital for nobody but its namesake. "I've
got Mali, she's six": no country. "Summer, she's called", "she's a Methodist, is June": who is named
behind. Never "Well, love", "in Autumn", "moved to Mali, she's there", "so it is, June".
"""

from deid.detect.names.answers import OF_SOMEBODY
from deid.detect.names.told_outright import told_outright
from deid.detect.words.cues import POSSESSIVES, roles
from deid.detect.words.evidence import FAIR, PART, STRONG_NAME, Evidence
from deid.detect.words.frames import DATING, DETERMINERS, MONTHS
from deid.detect.words.gazetteer import WEEKDAYS
from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Case, Tokens

_DEAR = frozenset({"love", "darling", "sweetheart", "mate", "pal", "hun", "duck", "pet", "dear"})
_SEASONS = frozenset({"summer", "autumn"})
_NEAR = 9


def is_told_whose(evidence: Evidence, place: int) -> bool:
    """Whether a word with a capital that is a first name too is somebody's here."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if tokens.case(place) is not Case.MIXED or not tokens.capital(place) or place in evidence.firm:
        return False
    first = low in evidence.words.first and low not in evidence.words.function
    if (
        told_outright(evidence, place)
        or _asked_who(evidence, place)
        or _said_slowly(evidence, place)
    ):
        return True
    if low in _SEASONS:
        return _is_namesake(evidence, place)
    if not tokens.initial(place):
        if low not in roles().kin and _named_behind(tokens, place):
            return first or evidence.entry(place).name >= FAIR
        child = _named_after(tokens, place) and place not in evidence.kept
        return child or _goes_on_about(evidence, place)
    given = evidence.entry(place).given
    told = first and given >= STRONG_NAME and (_dear(tokens, place) or _explained(tokens, place))
    return told or (given > STRONG_NAME and _goes_on_about(evidence, place))  # "Kay, she was"


def _said_slowly(evidence: Evidence, place: int) -> bool:
    """Whether syllables tell how a name is said: "Am I saying that right?" / "Voy-chick."."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    parts = low.split("-")
    if len(parts) == 1 or place in evidence.kept or evidence.dosed(place):
        return False
    if evidence.lexicon.entry(low).tier or all(evidence.lexicon.entry(each).tier for each in parts):
        return False
    for step in range(max(1, place - _PRONOUNCED), place):
        pair = tokens.lows[step - 1], tokens.lows[step]
        if tokens.turns[place] - tokens.turns[step] in (0, 1) and pair in _SAYING:
            return "?" in tokens.text[tokens.starts[step] : tokens.ends[place] + 1]
    return False


_SAYING = frozenset(
    (verb, what)
    for verb in ("say", "saying", "pronounce", "pronouncing", "pronounced", "got", "said")
    for what in ("that", "it", "your", "her", "his")
)
_PRONOUNCED = 16


def _asked_who(evidence: Evidence, place: int) -> bool:
    """Whether somebody is asked about by a name that is a rank too: "Who's Major?"."""
    tokens = evidence.tokens
    asks = before(tokens, place)[0] == "who's" or before(tokens, place) == ("is", "who")
    named = evidence.entry(place).name >= PART and tokens.lows[place] not in roles().kin
    return asks and named and tokens.joined(place) and tokens.after(place)[:1] == "?"


def _named_behind(tokens: Tokens, place: int) -> bool:
    """Whether a sentence about her or him says behind a comma who: "she's a star, is June."."""
    verb = place - 1
    told = verb > 0 and tokens.lows[verb] in _SAID_AGAIN and tokens.gap(verb) == ", "
    if not (told and tokens.joined(place) and tokens.closes(place)):
        return False
    start = verb
    while start > 0 and not tokens.initial(start) and tokens.turns[start - 1] == tokens.turns[verb]:
        start -= 1
    return any(form in _OF_THEM for form in tokens.forms[start : min(start + 4, verb)])


_SAID_AGAIN = frozenset({"is", "was", "were", "has", "had", "does", "did", "can", "could", "will"})
_OF_THEM = OF_SOMEBODY | {"they're", "they", "they've"}


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
