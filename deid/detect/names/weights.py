"""What speaks for a word with a capital letter being a person's name, and what against it.

Sums of hand-set weights; ``capital`` adds them up.
"""

from deid.detect.words.cues import Cue
from deid.detect.words.evidence import (
    COMMON_TIER,
    FAIR,
    PART,
    SHORTEST_UNKNOWN,
    STRONG_NAME,
    TOWN,
    Evidence,
)
from deid.detect.words.frames import DETERMINERS, FELT, free_after
from deid.detect.words.gazetteer import Entry
from deid.detect.words.neighbours import acting, before, located, place_cued, subject
from deid.detect.words.tokens import Tokens
from deid.transcript import EntityType

_ARTICLES = frozenset({"a", "an", "the", "another", "any", "every", "some"})
_SHORTEST_HUMPED = 6
_LONG = 6


def by_lists(evidence: Evidence, place: int, entry: Entry) -> float:
    """From 0.1 for a plain word to 0.8 for a given name; less where a sentence opens."""
    initial = evidence.tokens.initial(place)
    if evidence.plain_name(place, entry):
        opening = 0.25 if entry.unknown else 0.1 if entry.given < FAIR else 0.0
        low = evidence.tokens.lows[place]
        if entry.family and not (entry.place or entry.tier) and low.isalpha() and len(low) >= _LONG:
            opening = 0.0  # "Raghunathan? It's on the app."
        if 0 < entry.tier <= COMMON_TIER and low not in evidence.words.bare:
            opening = 0.35
        return _plain_score(entry) - opening * initial
    if entry.given >= FAIR:
        score = 0.55
    elif entry.family >= STRONG_NAME:
        score = 0.45
    else:
        score = 0.15 if entry.name >= PART else 0.1
    mostly = entry.given > STRONG_NAME and entry.tier >= COMMON_TIER
    return score - (0.3 if mostly else 0.4) * initial


def _plain_score(entry: Entry) -> float:
    """For a word that is hardly anything but a name, or is on no list at all (0.35)."""
    if entry.given >= PART:
        return 0.8 if entry.given >= FAIR else 0.6
    if entry.family:
        return 0.7 if entry.family >= STRONG_NAME else 0.55
    if entry.place:
        return 0.2
    return 0.5 if entry.given else 0.35


def by_network(entry: Entry, seen: EntityType | None) -> float:
    """What the network says of it: for a person, and against one where it saw a place."""
    if seen is EntityType.PERSON:
        return 0.3
    if seen is None:
        return -0.1 * entry.unknown
    if seen is EntityType.LOCATION and entry.place >= TOWN:
        return -0.5
    return -0.1 * (entry.given < FAIR)


def by_company(evidence: Evidence, place: int, entry: Entry, cue: Cue | None) -> float:
    """A verb of people after it, a possessive, an article before it."""
    tokens = evidence.tokens
    score = 0.0
    if tokens.initial(place):
        alone = tokens.after(place)[:1] in {".", "?", "!"} and place not in evidence.kept
        praise = tokens.lows[place] in _PRAISING or _a_virtue(tokens, place)
        score += 0.1 * (alone and entry.given >= STRONG_NAME and not praise)
        score += 0.6 * (alone and _asked_of(tokens, place))
        score += 0.3 * (alone and humped(tokens.words[place]))
        if subject(tokens, place):
            long = len(tokens.words[place]) >= SHORTEST_UNKNOWN
            score += 0.5 * long if entry.unknown else 0.2 * (entry.given >= FAIR)
    elif entry.unknown and (cue or tokens.possessive(place)):
        score += 0.1 + 0.1 * tokens.possessive(place)
    elif entry.tier >= COMMON_TIER and entry.name >= PART and _stands_alone(evidence, place):
        score += 0.35
    article = tokens.lows[place - 1] if place else ""
    if article in _ARTICLES and (entry.tier or (article in {"a", "an"} and entry.given < FAIR)):
        score -= 0.3
    return score


def _stands_alone(evidence: Evidence, place: int) -> bool:
    """Whether a rare word alone has a capital inside a sentence: "because Thatcher had"."""
    tokens, after = evidence.tokens, place + 1
    if place in evidence.kept or before(tokens, place)[0] in DETERMINERS:
        return False
    led = tokens.joined(place) and tokens.capital(place - 1) and not tokens.initial(place - 1)
    longer = after < len(tokens) and tokens.joined(after) and tokens.capital(after)
    return not (led or longer) and free_after(tokens, place)


_PRAISING = frozenset({"marvellous", "precious", "goodness", "splendid", "mercy", "gift"})
"""What is said of things, as in "Marvellous."."""


def _a_virtue(tokens: Tokens, place: int) -> bool:
    """Whether the next sentence says that it is a thing: "Patience. That's what he said."."""
    after = tokens.forms[place + 1] if place + 1 < len(tokens) else ""
    return after in _OF_IT and tokens.lows[place] in FELT | _VIRTUES


_OF_IT = frozenset({"it", "it's", "that's", "which"})
_VIRTUES = frozenset({"justice", "liberty", "harmony", "prudence", "mercy", "serenity", "wisdom"})


def humped(word: str) -> bool:
    """Whether a word has a capital within, as only surnames have: "McGroarty", "O'Hagan"."""
    inner = word[2:4] if word.startswith("Mc") else word[2:3] if word[1:2] in "'\u2019" else ""
    return inner[:1].isupper() and word[-1:].islower() and len(word) >= _SHORTEST_HUMPED


def _asked_of(tokens: Tokens, place: int) -> bool:
    """Whether somebody is turned to and then spoken of: "Denz? He wants to know"."""
    called = tokens.after(place).strip() == "?" and place + 1 < len(tokens)
    same = called and tokens.turns[place + 1] == tokens.turns[place]
    return same and tokens.forms[place + 1] in _SOMEBODY


_SOMEBODY = frozenset({"he", "she", "he's", "she's", "he'd", "she'd", "he'll", "she'll"})


def against(evidence: Evidence, place: int, entry: Entry, *, likely: bool) -> float:
    """Allowed words, doses, and towns."""
    tokens = evidence.tokens
    score = 0.0
    if place in evidence.kept:
        article = place > 0 and tokens.lows[place - 1] in _ARTICLES
        fits = likely and not tokens.initial(place) and not article
        score += 0.2 if acting(tokens, place) else 0.45 if fits else 0.7
        score += 0.3 * _exclaimed(tokens, place)
    if entry.given < STRONG_NAME:
        score += 0.4 * evidence.dosed(place) + 0.4 * (entry.place >= TOWN)
    if entry.place and located(tokens, place) and not likely:
        score += 0.5
    elif entry.place > entry.name - 2 and entry.place and place_cued(tokens, place):
        score += 0.35
    return score


def _exclaimed(tokens: Tokens, place: int) -> bool:
    """Whether the word opens a sentence and is cut off from what follows: "Jesus, it hurt"."""
    return tokens.initial(place) and tokens.closes(place)
