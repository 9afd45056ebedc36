"""From verdicts on single words to whole names: what each step takes along, and runs of words."""

from collections.abc import Iterator
from dataclasses import dataclass

from deid.detect.names.again import reopen, repeat, shorten
from deid.detect.names.beside import echoed, listed_with
from deid.detect.names.families import byname_end
from deid.detect.names.filed import filed
from deid.detect.names.going_by import go_by
from deid.detect.names.hesitation import paused, stammer
from deid.detect.names.judging import judge
from deid.detect.names.split import rejoin
from deid.detect.names.syllables import of_syllables
from deid.detect.names.widening import BEFORE_SURNAMES, LONGEST_PARTICLES, widen
from deid.detect.words.cues import COURTESIES, PARTICLES, role_words
from deid.detect.words.evidence import (
    FAIR,
    RARE_TIER,
    THRESHOLD,
    Evidence,
    Verdict,
)
from deid.detect.words.tokens import Case, Tokens


@dataclass(frozen=True, slots=True)
class Named:
    """A name over the words ``first`` to ``last`` (both included)."""

    first: int
    last: int
    score: float
    rule: str


def people(evidence: Evidence) -> list[Named]:
    """All people's names of a transcript, in order."""
    verdicts = dict(judge(evidence))
    chosen = {place: found for place, found in verdicts.items() if found.score >= THRESHOLD}
    of_syllables(evidence, chosen)
    widen(evidence, verdicts, chosen)
    repeat(evidence, verdicts, chosen)
    go_by(evidence, chosen)
    listed_with(evidence, chosen)
    filed(evidence, chosen)
    reopen(evidence, verdicts, chosen)
    echoed(evidence, verdicts, chosen)
    shorten(evidence, verdicts, chosen)
    widen(evidence, verdicts, chosen)
    rejoin(evidence, chosen)
    return list(_spans(evidence, chosen))


def _spans(evidence: Evidence, chosen: dict[int, Verdict]) -> Iterator[Named]:
    """Runs of chosen words, with the particles between them."""
    first = last = -1
    for place in sorted(chosen):
        if first >= 0 and (_bridged(evidence, last, place) or paused(evidence, last, place)):
            last = place
            continue
        if first >= 0:
            yield _named(evidence, first, last, chosen)
        first = last = place
        while first > 0 and _leads(evidence, first):
            first -= 1
        led = first < place or evidence.tokens.lows[first] in PARTICLES
        if led and _is_given_before(evidence, first - 1):
            first -= 1
        first = stammer(evidence, first)
    if first >= 0:
        yield _named(evidence, first, last, chosen)


_BRIDGING = PARTICLES | {"bar", "bhai", "behn", "ji", "bibi", "devi"}


def _bridged(evidence: Evidence, last: int, place: int) -> bool:
    """Whether only particles (or nothing) stand between two words of a name."""
    tokens = evidence.tokens
    if place - last > LONGEST_PARTICLES or tokens.possessive(last):
        return False
    between = range(last + 1, place)
    return all(tokens.lows[step] in _BRIDGING for step in between) and all(
        tokens.joined(step) or tokens.gap(step) in {"-", "'"} for step in range(last + 1, place + 1)
    )


def _leads(evidence: Evidence, first: int) -> bool:
    """Whether a particle stands before the name ("Mrs de Souza", "al Rashid")."""
    tokens = evidence.tokens
    low = tokens.lows[first - 1]
    if low in {"da", "ten"} and _titled_particle(tokens, first - 1):
        return True
    if not tokens.joined(first) or low not in PARTICLES or low in {"y", "st", "ten", "o", "da"}:
        return low == "o" and tokens.gap(first) in {"'", "\u2019"}
    return tokens.turns[first - 1] == tokens.turns[first]


def _titled_particle(tokens: Tokens, place: int) -> bool:
    """Whether it is the particle of "Mrs da Silva", "dr ten brink"; never "my da Seamus"."""
    titled = (
        place > 0 and tokens.lows[place - 1] in COURTESIES | {"dr"} and tokens.joined(place + 1)
    )
    return titled and tokens.turns[place - 1] == tokens.turns[place + 1]


def _is_given_before(evidence: Evidence, place: int) -> bool:
    """Whether the word before the particles is the first name: "Chana de Solla asked"."""
    tokens = evidence.tokens
    if place < 0 or not tokens.joined(place + 1) or tokens.possessive(place):
        return False
    low, entry = tokens.lows[place], evidence.entry(place)
    same = tokens.turns[place] == tokens.turns[place + 1]
    title = tokens.case(place) is Case.MIXED and tokens.words[place].istitle()
    rare = entry.tier == 0 or entry.tier >= RARE_TIER
    title = title or (tokens.case(place) is not Case.MIXED and entry.given >= FAIR and rare)
    named = entry.given > 0 or entry.unknown
    plain = low not in evidence.words.function and low not in BEFORE_SURNAMES
    return same and title and named and plain and low not in role_words("kin", "titles")


def _named(evidence: Evidence, first: int, last: int, chosen: dict[int, Verdict]) -> Named:
    best = max(
        (chosen[place] for place in range(first, last + 1) if place in chosen),
        key=lambda found: found.score,
    )
    return Named(first, byname_end(evidence, last), best.score, best.rule)
