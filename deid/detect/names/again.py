"""A name that was found, where it comes again: alone, shortened, or at the head of a sentence.

What is surely somebody's name in a transcript is theirs in its other places too, unless these speak
against it; a word that is a name and something else needs a place that fits.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from deid.detect.names.courtesies import spoken_to_by_name
from deid.detect.names.plainly import is_plainly_word
from deid.detect.names.slots import slot_at
from deid.detect.names.votes import voted
from deid.detect.words.contexts import AGAIN, LIKELY, naming
from deid.detect.words.evidence import (
    COMMON_TIER,
    FAIR,
    PLAIN_TIER,
    STRONG_NAME,
    SURE,
    Evidence,
    Verdict,
)
from deid.detect.words.frames import (
    DATING,
    MODALS,
    MONTHS,
    PAST,
    PERSONAL_VERBS,
    again,
    frame_at,
    is_modal,
    verbal,
)
from deid.detect.words.neighbours import before, following, place_cued, subject
from deid.detect.words.tokens import Case
from deid.transcript import EntityType


def repeat(evidence: Evidence, verdicts: dict[int, Verdict], chosen: dict[int, Verdict]) -> None:
    """A name known for sure in this transcript is the same name where it comes again."""
    tokens = evidence.tokens
    known = {
        tokens.lows[place]
        for place, found in chosen.items()
        if found.score >= SURE and _repeatable(evidence, place, found)
    }
    known |= _told_twice(evidence, chosen) | voted(evidence) | _labelled(evidence)
    for place in verdicts.keys() - chosen.keys():
        if tokens.lows[place] in known and _again(evidence, place):
            chosen[place] = Verdict(SURE, "repeated")


def _labelled(evidence: Evidence) -> frozenset[str]:
    """Those who speak under a name that is a small word: "Hope:", "will:"."""
    return evidence.labels & evidence.words.function & evidence.words.first


def _told_twice(evidence: Evidence, chosen: dict[int, Verdict]) -> set[str]:
    """First names that are words too, found twice in a text of one case: "rusty", "skip"."""
    tokens = evidence.tokens
    told = Counter(
        tokens.lows[place]
        for place in chosen
        if tokens.case(place) is not Case.MIXED and evidence.entry(place).given >= STRONG_NAME
    )
    return {low for low, times in told.items() if times > 1}


def shorten(evidence: Evidence, verdicts: dict[int, Verdict], chosen: dict[int, Verdict]) -> None:
    """A word that no list knows, and that begins a longer name known here: "Ais" for Aisling."""
    tokens = evidence.tokens
    known = {tokens.lows[place] for place in chosen} | evidence.labels
    begun = {low[:long] for low in known for long in range(_SHORTEST, len(low) - 1)}
    for place in verdicts.keys() - chosen.keys():
        tier = evidence.entry(place).tier
        if tokens.lows[place] not in begun or 0 < tier < COMMON_TIER:
            continue
        if _cut_off(evidence, place) and _again(evidence, place):
            chosen[place] = Verdict(SURE, "short-form")


_SHORTEST, _SHORTEST_SMALL = 3, 4


def _cut_off(evidence: Evidence, place: int) -> bool:
    """Whether it is written as a name, or is all of a sentence, or of no list."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if tokens.after(place)[:1] in {"-", "\u2013", "\u2014"}:
        return False
    if tokens.case(place) is not Case.MIXED:
        return len(low) >= _SHORTEST_SMALL and evidence.entry(place).tier == 0
    if tokens.words[place].isupper() or not tokens.capital(place):
        return False
    return tokens.closes(place) or not tokens.initial(place) or evidence.entry(place).unknown


def _again(evidence: Evidence, place: int) -> bool:
    """Whether nothing here speaks against the word's being the name that it was elsewhere."""
    tokens = evidence.tokens
    if place in evidence.claimed or place in evidence.firm:
        return False
    if place in evidence.kept and tokens.case(place) is Case.MIXED:
        return False
    if evidence.network.get(place) is EntityType.LOCATION and place_cued(tokens, place):
        return False
    tier = evidence.entry(place).tier
    if tokens.case(place) is not Case.MIXED:
        word = tier or tokens.lows[place] in MONTHS
        if word and is_plainly_word(tokens, place):
            return False
        kept = place in evidence.kept and evidence.entry(place).given < STRONG_NAME
        return (tier == 0 or again(tokens, place) or _slotted(evidence, place)) and not kept
    return tokens.capital(place) and not (tokens.initial(place) and 0 < tier <= PLAIN_TIER)


def _slotted(evidence: Evidence, place: int) -> bool:
    """Whether people stand there, so that it is the one known here: "does mark help"."""
    tokens, (after, _) = evidence.tokens, following(evidence.tokens, place)
    odds = naming(tokens, place)
    first, second = before(tokens, place)
    if spoken_to_by_name(tokens, place) or (first == "what" and after in PAST | PERSONAL_VERBS):
        return True
    if verbal(tokens, place) or after in _THEY:
        return odds >= LIKELY and not is_modal(tokens, place)
    if tokens.lows[place] not in MONTHS and tokens.after(place) == " ":
        if first in _ASKING and after in _DOING:
            return True
        if first in _BEFORE_A_CLAUSE and after.endswith("s") and after.removesuffix("s") in _DOING:
            return True
    if (second, first) == ("it", "was") and after in _SURELY:
        return True
    slot = slot_at(tokens, place) is not None or frame_at(tokens, place) is not None
    return slot or odds >= (LIKELY if tokens.lows[place] in MODALS else AGAIN)


_ASKERS = frozenset({"i", "we", "you", "they"})
_THEY = frozenset({"he", "she", "they", "there", "him", "her"})
_ASKING = frozenset({"does", "did", "can", "could", "would", "has"})
_BEFORE_A_CLAUSE = frozenset({"", "yeah", "and", "but", "so", "because", "cos", "when", "if"})
_SURELY = frozenset({"really", "mostly", "mainly", "actually", "again"})
_DOING = frozenset(
    {"help", "know", "come", "do", "doe", "get", "like", "still", "ever", "go", "goe", "work",
     "live", "drive", "have", "take", "make", "mind", "think", "want", "been", "got", "say", "see",
     "stay", "ring", "need", "love", "look", "cook", "keep", "feel", "sleep", "eat", "read"}
)  # fmt: skip


def reopen(evidence: Evidence, verdicts: dict[int, Verdict], chosen: dict[int, Verdict]) -> None:
    """Somebody here is called Will or Hope: a sentence that opens with the name means them.

    Only where what follows does not fit the plain word: "Will's", "Hope.", "Hope Adeyemi".
    """
    tokens, words = evidence.tokens, evidence.words.function
    known = {tokens.lows[place] for place in chosen if evidence.entry(place).tier}
    known |= {tokens.lows[place] for place in chosen} & MONTHS
    known |= evidence.labels & words
    known |= {tokens.lows[place] for place in _months_with_surnames(evidence, verdicts, chosen)}
    for place in verdicts.keys() - chosen.keys():
        if _with_another(evidence, place, chosen):
            chosen[place] = Verdict(SURE, "named-with")
        if tokens.lows[place] not in known or not tokens.capital(place):
            continue
        if tokens.case(place) is not Case.MIXED and (
            _felt(evidence, place) or is_plainly_word(tokens, place)
        ):
            continue
        if tokens.lows[place] in MODALS and following(tokens, place)[0] in _ASKERS:
            continue  # "May I ask?"
        after = place + 1
        named = after in chosen and tokens.joined(after) and not evidence.entry(after).tier
        ends = tokens.possessive(place) or tokens.after(place)[:1] in {".", ",", "?"}
        inside = not tokens.initial(place)
        if place in evidence.kept:
            ends = inside = _no_month(evidence, place)
        if named or ends or inside or subject(tokens, place):
            chosen[place] = Verdict(SURE, "repeated")


def _with_another(evidence: Evidence, place: int, chosen: Mapping[int, Verdict]) -> bool:
    """Whether a sentence begins with two people: "Will and Olly get on"."""
    tokens = evidence.tokens
    if tokens.lows[place] not in MODALS or tokens.case(place) is not Case.MIXED:
        return False
    pair = place + 2 in chosen and tokens.capital(place) and tokens.forms[place + 1] == "and"
    return pair and tokens.joined(place + 1) and tokens.joined(place + 2)


def _months_with_surnames(
    evidence: Evidence, verdicts: dict[int, Verdict], chosen: dict[int, Verdict]
) -> Iterator[int]:
    """The first names of "May Sugrue" and "June Abara": no month stands before a surname."""
    tokens = evidence.tokens
    for place in verdicts.keys() - chosen.keys():
        after = place + 1
        if tokens.lows[place] not in MONTHS or after not in chosen or not tokens.joined(after):
            continue
        dated = before(tokens, place)[0] in DATING or tokens.possessive(place)
        if tokens.capital(place) and not dated and not evidence.entry(after).tier:
            yield place


def _felt(evidence: Evidence, place: int) -> bool:
    """Whether it stands as the plain word: "I HOPE SO", "SHE HAS NO GRACE", "NOT SO SUNNY"."""
    led = before(evidence.tokens, place)[0] in _MEASURING
    return verbal(evidence.tokens, place) or (led and evidence.entry(place).tier > 0)


_MEASURING = frozenset(
    {"a", "an", "no", "some", "any", "such", "much", "more", "so", "very", "too", "quite", "rather",
     "enough", "pretty", "really"}
)  # fmt: skip


def _no_month(evidence: Evidence, place: int) -> bool:
    """Whether June, who was named, is here and not the month: "Blow June a kiss"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    numbers = any(map(str.isdigit, tokens.gap(place) + tokens.after(place)))
    return low in MONTHS and not numbers and before(tokens, place)[0] not in DATING


def _repeatable(evidence: Evidence, place: int, found: Verdict) -> bool:
    """Whether the word is so much of a name that it can only be this name when it comes again."""
    low, entry = evidence.tokens.lows[place], evidence.entry(place)
    if evidence.tokens.case(place) is not Case.MIXED:
        return entry.tier == 0 or found.rule in _PROOF
    if low in evidence.words.function:
        return False
    if entry.tier == 0 or entry.name >= FAIR:
        return True
    return low in evidence.labels or found.rule in {"cue-introduction", "cue-title"}


_PROOF = frozenset(
    {"frame-proven", "cue-introduction", "cue-called", "cue-title", "cue-kin", "cue-name-answer",
     "context-telling", "presented", "whole-name"}
)  # fmt: skip
