"""What a word with a capital is when it is nobody: acronyms, roles, offices, parts of what stays.

Asked by ``capital``; some of it gives way to a title or an introduction, and says so.
"""

from deid.detect.names.courtesies import thanking
from deid.detect.names.weights import humped
from deid.detect.words.cues import STRONG, Cue, role_words, roles
from deid.detect.words.evidence import (
    COMMONEST,
    FAIR,
    PART,
    STRONG_NAME,
    Evidence,
    word_names,
)
from deid.detect.words.frames import DETERMINERS
from deid.detect.words.gazetteer import Entry
from deid.detect.words.neighbours import before

_VERY_STRONG = frozenset({Cue.INTRODUCTION, Cue.TITLE})
_PRESENTED = STRONG | {Cue.I_AM, Cue.ADDRESS}
_LONGEST_ACRONYM, _SHORTEST_STRESSED = 5, 4


def ruled_out(evidence: Evidence, place: int, entry: Entry) -> bool:
    """Acronyms, "I'm", parts of allowed phrases and places, allowed words that name few people."""
    word = evidence.tokens.words[place]
    contraction = word[1:2] in "'\u2019" and not humped(word)  # "I'm", not "O'Hagan"
    if len(word) == 1 or contraction or (word[:-1].isupper() and entry.given < FAIR):
        return True
    if place in evidence.firm or place in evidence.claimed:
        return True
    if evidence.tokens.lows[place] in roles().labels and entry.name < FAIR:
        return True
    if _ends_title(evidence, place, entry):
        return True
    low = evidence.tokens.lows[place]
    return place in evidence.kept and (entry.given < FAIR or "-" in low)  # "Wi-Fi"


def _ends_title(evidence: Evidence, place: int, entry: Entry) -> bool:
    """Whether a word ends what is no name though in capitals: "the Pain Team said"."""
    tokens, first = evidence.tokens, place - 1
    word = entry.tier > 0 and entry.given < FAIR
    if not word or first < 1 or not (tokens.joined(place) and tokens.capital(first)):
        return False
    titled = tokens.lows[first] in roles().titles or evidence.entry(first).given >= FAIR
    return not titled and before(tokens, first)[0] in DETERMINERS


def hopeless(word: str, entry: Entry, cue: Cue | None) -> bool:
    """Single letters, "I'm", acronyms, and the commonest words that nobody is called."""
    if len(word) == 1 or (word[0] == "I" and word[1] in "'\u2019"):
        return True
    if entry.tier == COMMONEST and entry.given < FAIR:
        titled = cue is Cue.TITLE and (entry.family >= PART or word.lower() in word_names().titled)
        return not titled and (entry.family < STRONG_NAME or cue not in STRONG)
    acronym = word.isupper() and len(word) <= _LONGEST_ACRONYM
    first = entry.given >= STRONG_NAME and len(word) >= _SHORTEST_STRESSED
    named = entry.name >= (PART if cue is Cue.TITLE else FAIR)
    return acronym and not (first or (cue in _PRESENTED and named))


def barred(evidence: Evidence, place: int, entry: Entry, cue: Cue | None) -> bool:
    """Roles, parts of allowed phrases and of places; only a title or an introduction lifts it."""
    low = evidence.tokens.lows[place]
    if low in roles().titles or low in roles().kin:
        return not (cue is Cue.TITLE and entry.family)
    if cue in _VERY_STRONG:
        return {place, place - 1} <= evidence.firm and cue is Cue.TITLE
    if place in evidence.claimed or place in evidence.firm or _office(evidence, place):
        return True
    if low in roles().labels and not entry.name and cue is not Cue.CALLED:
        return True  # "Volunteer Coordinator rang"
    plural = entry.unknown and low.endswith("s")
    if cue not in STRONG and (entry.tier or plural) and _cause(evidence, place):
        return True
    return place in evidence.kept and entry.given < FAIR


def _office(evidence: Evidence, place: int) -> bool:
    """Whether it is what somebody does and nobody's name: "the Bosun", "thank you, Deputy"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    listed = evidence.lexicon.entry(low)
    role = low in roles().labels and listed.name <= PART and not listed.given
    led = before(tokens, place)[0] in {"the", "a", "our", "my", "as"}
    led = led or (listed.tier > 0 and thanking(tokens, place))
    after = place + 1
    longer = after < len(tokens) and tokens.joined(after) and tokens.capital(after)
    return role and led and not longer


def _cause(evidence: Evidence, place: int) -> bool:
    """Whether it is what a body in capitals is for or of: "Families for Justice"."""
    tokens, head = evidence.tokens, place - 2
    if head < 0 or tokens.lows[place - 1] not in {"for", "of"} or tokens.initial(head):
        return False
    if not (tokens.joined(place) and tokens.joined(place - 1) and tokens.capital(head)):
        return False
    body = evidence.entry(head)
    thanked = tokens.lows[head] == "god"  # "Thank God for Yaw"
    somebody = thanked or tokens.lows[head] in role_words("kin", "titles")
    return body.tier > 0 and body.name < FAIR and not somebody
