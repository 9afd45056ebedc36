"""Whether a word with a capital is somebody who is spoken to, asked after, or owned.

"Thank you, X.", "Is it X?", "Did X get back?", "my mate X": inside a sentence the capital says
that the word is a name, and these places say of whom. Asked by ``capital``.
"""

from deid.detect.names.courtesies import thanking, turned_to
from deid.detect.words.cues import POSSESSIVES, Cue, roles
from deid.detect.words.evidence import FAIR, PART, STRONG_NAME, Evidence
from deid.detect.words.gazetteer import Entry
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Tokens


def spoken_to(evidence: Evidence, place: int, entry: Entry, cue: Cue | None) -> bool:
    """Whether somebody is thanked or greeted by the word, or owned: "my mate X", "our X"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    first = before(tokens, place)[0]
    if cue is Cue.ADDRESS and thanking(tokens, place):
        return place not in evidence.kept or low in evidence.words.first
    if _asked_for(evidence, place) or _asked_about(evidence, place) or _hailed(evidence, place):
        return True
    if turned_to(tokens, place):
        return entry.given >= STRONG_NAME and (entry.tier == 0 or low in evidence.words.first)
    if cue is Cue.CALLED or (cue is Cue.KIN and first in {"was", "is", *roles().family}):
        return low not in evidence.words.function and place not in evidence.kept
    if cue is Cue.TITLE and first in roles().family and _owned(tokens, place):
        return low not in evidence.words.function
    listed = entry.tier == 0 or entry.given >= STRONG_NAME
    return first == "our" and listed and not evidence.dosed(place)


def _hailed(evidence: Evidence, place: int) -> bool:
    """Whether somebody is cried out to: "Oh, Shell! That's wonderful"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    cried = before(tokens, place)[0] in _CRIES and tokens.after(place).startswith("!")
    first = low in evidence.words.first and low not in evidence.words.function
    return cried and first and low not in _PRAISED


_CRIES = frozenset({"oh", "aw", "aww", "ah", "oi", "hey", "hiya"})
_PRAISED = frozenset({"mercy", "joy", "goodness", "glory"})


def _owned(tokens: Tokens, place: int) -> bool:
    """Whether it is somebody's relative: "my sister Memory", not "Sister Memory"."""
    return before(tokens, place)[1] in _OWNING


_OWNING = POSSESSIVES | {"me", "ma"}


def _asked_for(evidence: Evidence, place: int) -> bool:
    """As in "Hello! Is it Summer?": a season or a virtue has no capital there, a month has."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    asked = before(tokens, place) == ("it", "is") and tokens.after(place)[:1] in {"?", ","}
    return asked and low in evidence.words.first and low not in _ALWAYS_CAPITAL


def _asked_about(evidence: Evidence, place: int) -> bool:
    """As in "Did Young get back to you?", "Is Plug meeting us?": after a question's verb."""
    tokens, entry = evidence.tokens, evidence.entry(place)
    verb = tokens.lows[place - 1] if place > 0 and tokens.initial(place - 1) else ""
    if not tokens.joined(place) or place in evidence.kept or evidence.dosed(place):
        return False
    if verb in _ASKING:
        return entry.name >= FAIR or entry.unknown
    after = following(tokens, place)[0]
    told = after in _ABOUT_PEOPLE or (after == "with" and entry.given >= PART)
    return verb in _BEING and (told or (after.endswith("ing") and len(after) > FAIR))


_ASKING = frozenset({"did", "does", "has", "had", "hasn't", "didn't", "doesn't", "can", "could"})
_BEING = frozenset({"is", "isn't", "was", "wasn't"})
_ABOUT_PEOPLE = frozenset({"your", "still", "here", "there", "okay", "ok", "alright", "about"})
_ALWAYS_CAPITAL = frozenset({"april", "may", "june", "january", "august", "sunday", "friday"})
