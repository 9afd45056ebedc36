"""Names that are a body's rather than somebody's: "up at Treliske", "at Hodgson and Peart".

Nothing is let go: what was masked as a person stays masked, as an organisation.
"""

import re
from dataclasses import replace
from functools import cache

from deid.detect.firms import firm_at
from deid.detect.hospital_names import short_names
from deid.detect.names.agreeing import OPEN
from deid.detect.names.spans import Named
from deid.detect.words.cues import role_words
from deid.detect.words.evidence import FAIR, PART, Evidence
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case


def body_of(evidence: Evidence, name: Named) -> Named | None:
    """The name as that of a hospital or a firm; None where it is a person's."""
    if _is_hospital(evidence, name):
        return replace(name, rule="place-of-care")
    if name.first == name.last and _is_compound(evidence, name.first):
        return replace(name, rule="compound")
    if name.rule in _NAMELY and (firm := firm_at(evidence, name)) is not None:
        return firm
    return replace(name, rule="firm") if _is_firm(evidence, name) else None


_NAMELY = OPEN | {
    "listed-with",
    "cue-slot",
    "frame-likely",
    "frame-proven",
    "cue-called",
    "cue-address",
}


_COMPOUND = re.compile(r"[A-Za-z]?[a-z]{2,}[A-Z][A-Za-z]*")
_NAME_STARTS = frozenset(
    {"Mc", "Mac", "Fitz", "Van", "Von", "Vander", "Den", "Der", "De", "Del", "Della", "Di", "Da",
     "Du", "Des", "Dos", "La", "Le", "Les", "Lo", "Saint", "St", "Ter", "Ten", "Ap", "Ab", "Ni",
     "Bin", "Ibn", "Al", "El", "Abu", "Abd", "Ben", "Bar", "Ka", "Ke", "Sha", "Ja", "Ra", "Ta"}
)  # fmt: skip


def _is_compound(evidence: Evidence, place: int) -> bool:
    """Whether capitals inside one word make it a firm's or a site's: "QuizNook", "LibriVox".

    Names have them too, behind a particle ("McKenzie", "DeShawn") or a first name ("AnnMarie").
    """
    tokens = evidence.tokens
    word = tokens.words[place]
    if tokens.case(place) is not Case.MIXED or _COMPOUND.fullmatch(word) is None:
        return False
    parts = _PARTS.findall(word)
    if parts[0] in _NAME_STARTS or tokens.lows[place] in evidence.labels:
        return False
    first, last = (evidence.lexicon.entry(part.lower()) for part in (parts[0], parts[-1]))
    somebody = first.given >= FAIR and last.name >= PART
    return not somebody and not evidence.lexicon.entry(tokens.lows[place]).name


_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z](?![a-z])")


def _is_hospital(evidence: Evidence, name: Named) -> bool:
    """Whether it is known as a hospital and as nobody's first name, and nobody is meant."""
    tokens = evidence.tokens
    known = name.first == name.last and tokens.lows[name.first] in short_names()[0]
    titled = before(tokens, name.first)[0] in role_words("kin", "titles")
    somebody = titled or evidence.entry(name.first).given >= FAIR
    return known and not somebody and not tokens.possessive(name.last)


def _is_firm(evidence: Evidence, name: Named) -> bool:
    """Whether it is one of two surnames that a firm has: "worked at Hodgson and Peart"."""
    tokens = evidence.tokens
    one = name.first
    if name.rule not in OPEN | {"listed-with"}:
        return False
    if tokens.case(one) is not Case.MIXED:
        return _trading(evidence, name.last)
    if one != name.last:
        return False
    pair = _pair(evidence, one - 2, one) or _pair(evidence, one, one + 2)
    if pair is None or not all(_surname(evidence, each) for each in pair):
        return False
    first, second = before(tokens, pair[0])
    return first in {"at", "for"} or (first in {"with", "from", "by"} and second in _WORKING)


def _trading(evidence: Evidence, place: int) -> bool:
    """Whether what a firm does follows, without capitals: "penwarden steel fabrications"."""
    tokens, low = evidence.tokens, following(evidence.tokens, place)
    if tokens.possessive(place) or not tokens.joined(place + 1 if low[0] else place):
        return False
    return low[0] in _trades() or (low[1] in _trades() and low[0] in _WARES)


@cache
def _trades() -> frozenset[str]:
    return frozenset(sections("roles.txt")["capital-heads"]) - _NO_TRADES | {
        "fabrications",
        "scaffold",
    }


_NO_TRADES = frozenset(
    {"bar", "city", "court", "farm", "hall", "house", "home", "homes", "hill", "general", "party",
     "pit", "pub", "shed", "link", "unit", "ward", "windows", "works", "sons", "brothers", "mill",
     "church", "chapel", "club", "college", "barn", "abbey", "inn", "lodge", "cars", "restaurant",
     "prison", "jail", "travel", "tours", "produce", "heating", "company", "center", "centre"}
)  # fmt: skip
_WARES = frozenset(
    {"steel", "property", "building", "civil", "food", "foods", "home", "care", "and"}
)


def _pair(evidence: Evidence, one: int, other: int) -> tuple[int, int] | None:
    """Two words that nothing but "and" joins, in one turn."""
    tokens = evidence.tokens
    if one < 0 or other >= len(tokens) or tokens.lows[one + 1] not in {"and", "&"}:
        return None
    whole = tokens.joined(one + 1) and tokens.joined(other) and not tokens.possessive(one)
    return (one, other) if whole and tokens.turns[one] == tokens.turns[other] else None


def _surname(evidence: Evidence, place: int) -> bool:
    entry = evidence.entry(place)
    return (
        evidence.tokens.capital(place)
        and entry.given < FAIR
        and (entry.unknown or entry.family >= PART)
    )


_WORKING = frozenset(
    {"worked", "work", "working", "works", "job", "started", "apprenticed", "apprentice",
     "apprenticeship", "trained", "articled", "employed", "years", "solicitors", "sacked"}
)  # fmt: skip
