"""Which words are worth a judgement, and which judge sees them.

No way of knowing decides alone. In ordinary writing a capital letter inside a sentence says that
a word is a name of something, so the question is of what (``names_capital``); in a turn without
capitals, or all in capitals, only the lists and the words around can tell (``names_bare``).
"""

from collections.abc import Iterator

from deid.detect.names.answers import is_whole_answer
from deid.detect.names.bare import judge_bare
from deid.detect.names.beside import NAMING_BEHIND
from deid.detect.names.capital import judge_capital
from deid.detect.names.households import is_plural_family
from deid.detect.names.in_context import behind_name
from deid.detect.names.never import nobody
from deid.detect.names.phrased import phrased, stands_out
from deid.detect.names.stated import in_full_name, is_stated_surname, is_titled_word
from deid.detect.words.cues import roles
from deid.detect.words.evidence import FAIR, STRONG_NAME, Evidence, Verdict
from deid.detect.words.frames import Frame
from deid.detect.words.tokens import Case


def judge(evidence: Evidence, place: int) -> Verdict:
    """The verdict on one word, without regard to its neighbours' verdicts."""
    certain = _certain(evidence, place)
    if certain is not None:
        return certain
    if evidence.tokens.case(place) is Case.MIXED and evidence.tokens.capital(place):
        return judge_capital(evidence, place)
    return judge_bare(evidence, place)


def _certain(evidence: Evidence, place: int) -> Verdict | None:
    """The verdict where the place alone decides, whatever else the word is."""
    if is_whole_answer(evidence, place):
        return Verdict(0.85, "cue-name-answer")
    if is_stated_surname(evidence, place) or is_titled_word(evidence, place):
        return Verdict(0.85, "surname")
    if in_full_name(evidence, place):
        return Verdict(0.75, "whole-name")
    return Verdict(0.75, "family") if is_plural_family(evidence, place) else None


def candidates(evidence: Evidence) -> Iterator[int]:
    """The places worth judging: capitals in ordinary writing; elsewhere all but plain words."""
    tokens, lexicon = evidence.tokens, evidence.lexicon
    behind = [place for place, low in enumerate(tokens.lows) if low in NAMING_BEHIND]
    named = {place - step for place in behind for step in (2, 3)}
    named.update(place - 1 for place, low in enumerate(tokens.lows) if low == "family")
    for place, low in enumerate(tokens.lows):
        if _certain(evidence, place) is not None:
            yield place
            continue
        if nobody(tokens, place):
            continue
        if tokens.case(place) is Case.MIXED and tokens.capital(place):
            yield place
            continue
        entry = lexicon.entry(low)
        listed = entry.tier == 0 or entry.given >= FAIR or entry.family >= STRONG_NAME
        told = place in named or behind_name(evidence, place)
        if listed or told or (stands_out(entry) and _announced(evidence, place)):
            yield place


def _announced(evidence: Evidence, place: int) -> bool:
    """Whether the word is often a first name, or what stands around it announces one."""
    if evidence.tokens.lows[place] in evidence.words.first:
        return True
    if phrased(evidence.tokens, place) is Frame.PROVEN:
        return True
    before = evidence.tokens.lows[place - 1] if place else ""
    return before in roles().titles | roles().family or before in _ANNOUNCING


_ANNOUNCING = frozenset({"me", "him", "her", "called", "named", "is", "it's", "i'm"})
