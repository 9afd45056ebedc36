"""Which words are worth a judgement, and which judge sees them.

No way of knowing decides alone. In ordinary writing a capital letter inside a sentence says that
a word is a name of something, so the question is of what (``capital``); in a turn without
capitals, or all in capitals, only the lists and the words around can tell (``bare``).
"""

from collections.abc import Iterator

from deid.detect.names.answers import is_whole_answer
from deid.detect.names.bare import judge_bare
from deid.detect.names.beside import NAMING_BEHIND
from deid.detect.names.by_surname import is_recommended
from deid.detect.names.capital import judge_capital
from deid.detect.names.households import is_plural_family
from deid.detect.names.in_context import behind_name
from deid.detect.names.never import nobody
from deid.detect.names.phrased import phrased, stands_out
from deid.detect.names.plainly import is_open_about
from deid.detect.names.presented import is_presented
from deid.detect.names.stated import in_full_name, is_stated_surname, is_titled_word
from deid.detect.names.told_whose import is_told_whose
from deid.detect.words.cues import role_words
from deid.detect.words.evidence import FAIR, STRONG_NAME, Evidence, Verdict
from deid.detect.words.frames import Frame
from deid.detect.words.tokens import Case


def judge(evidence: Evidence) -> Iterator[tuple[int, Verdict]]:
    """Each place worth judging with its verdict, without regard to its neighbours' verdicts."""
    behind = [place for place, low in enumerate(evidence.tokens.lows) if low in NAMING_BEHIND]
    named = {place - step for place in behind for step in (2, 3)}
    named.update(place - 1 for place, low in enumerate(evidence.tokens.lows) if low == "family")
    for place in range(len(evidence.tokens)):
        certain = _certain(evidence, place)
        if certain is not None:
            yield place, certain
        elif _may_name(evidence, place, told=place in named):
            yield place, _judged(evidence, place)


def _judged(evidence: Evidence, place: int) -> Verdict:
    """The verdict on a word that its place alone does not decide."""
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
    if is_presented(evidence, place):
        return Verdict(0.75, "presented")
    return (
        Verdict(0.7, "told-whose")
        if is_told_whose(evidence, place)
        else _of_family(evidence, place)
    )


def _of_family(evidence: Evidence, place: int) -> Verdict | None:
    """The verdict on a family name that its place alone decides."""
    if is_plural_family(evidence, place):
        return Verdict(0.75, "family")
    return Verdict(0.75, "recommended") if is_recommended(evidence, place) else None


def _may_name(evidence: Evidence, place: int, *, told: bool) -> bool:
    """Whether it is worth a judgement: a capital in ordinary writing; elsewhere no plain word."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if nobody(tokens, place) or is_open_about(tokens, place):
        return False
    if tokens.case(place) is Case.MIXED and tokens.capital(place):
        return True
    entry = evidence.lexicon.entry(low)
    if entry.tier == 0 or entry.given >= FAIR or entry.family >= STRONG_NAME:
        return True
    if low in evidence.labels:
        return True  # who speaks here: "hey, tone"
    told = told or behind_name(evidence, place)
    return told or (stands_out(entry) and _announced(evidence, place))


def _announced(evidence: Evidence, place: int) -> bool:
    """Whether the word is often a first name, or what stands around it announces one."""
    if evidence.tokens.lows[place] in evidence.words.first:
        return True
    if phrased(evidence.tokens, place) is Frame.PROVEN:
        return True
    before = evidence.tokens.lows[place - 1] if place else ""
    return before in role_words("titles", "family") or before in _ANNOUNCING


_ANNOUNCING = frozenset({"me", "him", "her", "called", "named", "is", "it's", "i'm"})
