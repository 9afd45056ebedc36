"""Capitals that no rule explains, on rare words: "What about Nibs?", "down in Roundup".

Whoever types a transcript gives a capital inside a sentence to what has a name. One that is left
standing by itself is somebody, somewhere or something called so, and nobody can tell which; it is
masked as a body, whose type says least. Never a word that the same talk writes small.
"""

from collections.abc import Iterator

from deid.detect.names.spans import Named
from deid.detect.spoken.heard.lexicon import VALUES
from deid.detect.words.cues import role_words
from deid.detect.words.evidence import COMMON_TIER, Evidence, contracted
from deid.detect.words.frames import DETERMINERS, MONTHS
from deid.detect.words.gazetteer import MONTHS_SHORT, WEEKDAYS
from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Case, Tokens

_SHORTEST = 3
_DAYS = WEEKDAYS | MONTHS | MONTHS_SHORT
_SUBJECTS = ("ing", "ics", "oid", "ies", "ment", "tion", "ity", "ism", "logy", "osis", "itis")
"""What sciences, complaints and courses end in, to which a typist gives a capital as well."""
_ROLES = ("kin", "titles", "labels", "heads", "family", "desks")


def capitals_alone(evidence: Evidence, taken: frozenset[int]) -> Iterator[Named]:
    """Every place of such a word, at the beginning of a sentence too; none of ``taken``."""
    tokens = evidence.tokens
    written = [place for place in range(len(tokens)) if tokens.case(place) is Case.MIXED]
    small = {tokens.lows[place] for place in written if not tokens.capital(place)}
    alone = {
        tokens.lows[place]
        for place in written
        if place not in taken and tokens.lows[place] not in small and _is_alone(evidence, place)
    }
    settled = taken | evidence.kept
    for place in written:
        if tokens.lows[place] in alone and place not in settled:
            yield Named(_first(tokens, place), place, 0.5, "capital-alone")


def _first(tokens: Tokens, place: int) -> int:
    """The word before where it is a number with a capital: "the Nine Arches"."""
    number = place > 0 and tokens.lows[place - 1] in VALUES and tokens.joined(place)
    written = number and tokens.capital(place - 1) and not tokens.initial(place - 1)
    return place - 1 if written else place


def _is_alone(evidence: Evidence, place: int) -> bool:
    """Whether a capital stands inside a sentence, beside no other, on a word that may be a name."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if not tokens.words[place].istitle() or not low.isalpha() or len(low) < _SHORTEST:
        return False
    if tokens.initial(place) or tokens.gap(place) not in {" ", ", "} or place in evidence.kept:
        return False
    if before(tokens, place)[0] in DETERMINERS or _beside_capital(evidence, place):
        return False
    entry = evidence.lexicon.entry(low)
    listed = entry.tier >= COMMON_TIER or (entry.tier == 0 and (entry.name or entry.place))
    said = low in role_words(*_ROLES) or low in _DAYS or contracted(low) or low.endswith(_SUBJECTS)
    return bool(listed) and not (said or evidence.dosed(place))


def _beside_capital(evidence: Evidence, place: int) -> bool:
    """Whether another capital stands right before or behind: a title of several words."""
    tokens = evidence.tokens
    led = tokens.gap(place) == " " and tokens.capital(place - 1)
    led = led and tokens.lows[place - 1] not in evidence.words.function
    behind = place + 1 < len(tokens) and tokens.joined(place + 1) and tokens.capital(place + 1)
    return led or behind
