"""Whether a word with a capital letter, in a turn that has small letters too, is a person's name.

Scores add up: what the lists say, what the network says, the word's company, and what speaks
against it (an allowed word, a dose, a preposition before a town). The weights were set by hand on
speech of the project's own, on the development corpora and on the samples, so what is measured on
these says less than a figure on other speech; tests/regression/names_*.yaml holds what they answer
for.
"""

from deid.detect.names.answers import is_told
from deid.detect.names.barred import barred, hopeless, ruled_out
from deid.detect.names.beside import byname
from deid.detect.names.by_letters import is_called_by_letters
from deid.detect.names.by_surname import is_by_surname
from deid.detect.names.courtesies import thanking
from deid.detect.names.families import is_family
from deid.detect.names.phrased import phrased, stands_out
from deid.detect.names.slots import slot_at
from deid.detect.names.spoken_to import spoken_to
from deid.detect.names.standing import stands_at
from deid.detect.names.weights import against, by_company, by_lists, by_network
from deid.detect.names.whole import begins_name
from deid.detect.words.cues import (
    COURTESIES,
    STRONG,
    SURNAME_PARTICLES,
    Cue,
    cue_at,
    role_words,
    roles,
)
from deid.detect.words.evidence import (
    COMMON_TIER,
    FAIR,
    NO_NAME,
    PART,
    RARE_TIER,
    SHORTEST_UNKNOWN,
    STRONG_NAME,
    THRESHOLD,
    Evidence,
    Verdict,
    contracted,
    sound,
)
from deid.detect.words.frames import MONTHS, Frame
from deid.detect.words.gazetteer import Entry
from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Tokens
from deid.transcript import EntityType

_FOREMOST = 8
"""The weight of the commonest surnames: "Smith wants his tablets", "Brown said no"."""
_SPEAKING_BODIES = frozenset({"ward", "church", "bank", "hall", "court", "law", "page", "cook"})
_CUE_WEIGHT = {Cue.I_AM: 0.3, Cue.ADDRESS: 0.25, Cue.SLOT: 0.15}


def judge_capital(evidence: Evidence, place: int) -> Verdict:
    """The verdict on one word, without regard to its neighbours' verdicts."""
    tokens, entry = evidence.tokens, evidence.entry(place)
    low = tokens.lows[place]
    cue = cue_at(tokens, place, evidence.answers)
    if low in evidence.labels and not (tokens.initial(place) and low in evidence.words.function):
        return Verdict(0.9, "speaker-label")
    framed = _framed(evidence, place, entry, cue)
    if framed is not None:
        return framed
    noise = (
        (place in evidence.kept and _treaty(tokens, place))
        or contracted(low)
        or sound(low, evidence.lexicon.entry(low))
    )
    if noise or _verb(evidence, place, entry):
        return NO_NAME
    if hopeless(tokens.words[place], entry, cue) or barred(evidence, place, entry, cue):
        return NO_NAME
    if cue in STRONG and _takes_cue(evidence, place, entry, cue):
        return Verdict(0.95, f"cue-{cue}")
    return _weighed(evidence, place, entry, cue)


def _treaty(tokens: Tokens, place: int) -> bool:
    """Whether states have something with it, so that it is the country: "trade with India"."""
    first, second = before(tokens, place)
    if first not in {"with", "between", "against"}:
        return False
    pact = second in _PACTS and before(tokens, place - 1)[1] in _OF_STATES
    return pact or second in _BETWEEN_STATES


_BETWEEN_STATES = frozenset(
    {"trade", "treaty", "war", "border", "diplomacy", "tariffs", "exports", "imports", "sanctions"}
)
_PACTS = frozenset({"agreement", "deal", "talks", "relations", "pact", "negotiations"})
_OF_STATES = frozenset({"trade", "peace", "diplomatic", "bilateral", "visa", "nuclear", "defence"})


def _verb(evidence: Evidence, place: int, entry: Entry) -> bool:
    """Whether it is a verb, whatever its letter: "we Drew it", "Will anyone hear this?"."""
    tokens = evidence.tokens
    told = place > 0 and tokens.gap(place) == " " and tokens.forms[place - 1] in {"i", "we"}
    opens = tokens.gap(place) != " "  # after a full stop, or "(laughs)"
    asks = tokens.lows[place] in {"will", "may"} and opens
    asks = asks and tokens.after(place) == " " and tokens.lows[place + 1] in _ANYBODY
    return asks or (told and 0 < entry.tier <= COMMON_TIER)


_ANYBODY = frozenset(
    {"anyone", "anybody", "someone", "somebody", "everyone", "everybody", "people", "anything",
     "something", "nobody", "there", "this", "that", "these", "those", "it", "you", "we", "they"}
)  # fmt: skip


def _framed(evidence: Evidence, place: int, entry: Entry, cue: Cue | None) -> Verdict | None:
    """The verdict that a person's place in a sentence gives, or None.

    Inside a sentence the capital says that the word is a name of something, so a place of people
    makes it theirs, listed or not; a sentence's first word has to be a given name as well.
    """
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    titled = _courtesy(tokens, place) or before(tokens, place)[0] == "miss"
    letter = len(low) == 1 and (low not in "aix" or _before_surname(tokens, place))
    if letter and cue is Cue.TITLE and titled:
        return Verdict(0.7, "cue-title")
    rule = _by_name(evidence, place, cue)
    if rule is not None:
        return Verdict(0.75, rule)
    kin = low in roles().kin and low not in evidence.words.first  # "Buddy" is a name as well
    if ruled_out(evidence, place, entry) or kin or low in roles().titles:
        return None
    inside = not tokens.initial(place)
    if inside and spoken_to(evidence, place, entry, cue):
        return Verdict(0.7, f"cue-{cue or Cue.KIN}")
    likely = entry.given >= (PART + 1 if low in evidence.words.first else STRONG_NAME)
    likely = likely or (entry.family >= _FOREMOST and low not in _SPEAKING_BODIES | roles().labels)
    mostly = entry.tier == 0 or entry.name >= STRONG_NAME
    frame = stands_at(tokens, place, named=mostly) if inside or likely else None
    first = low in evidence.words.first and low not in evidence.words.function
    in_phrase = inside and stands_out(entry) and phrased(tokens, place) is Frame.PROVEN
    only = not (entry.tier or entry.place or place in evidence.kept)
    odd = entry.unknown and len(low) >= SHORTEST_UNKNOWN and low.isalpha()
    named = first or odd or entry.given >= FAIR or (only and entry.name >= PART)
    if in_phrase or (named and is_told(evidence, place)):
        frame = Frame.PROVEN
    if frame is not Frame.PROVEN:
        frame = _slotted(evidence, place, entry, likely=likely) or frame
    if frame is None or (evidence.dosed(place) and entry.given < FAIR):
        return None
    listed = entry.tier == 0 or entry.name >= PART
    somebody = listed or evidence.network.get(place) is EntityType.PERSON
    fits = somebody if inside else frame is Frame.PROVEN
    return Verdict(0.7, f"frame-{frame}") if fits else None


def _before_surname(tokens: Tokens, place: int) -> bool:
    """Whether "A" is an initial and no article: "a Mrs A Bassett", not "a Mrs A while back"."""
    after = place + 1
    return after < len(tokens) and tokens.joined(after) and tokens.capital(after)


def _by_name(evidence: Evidence, place: int, cue: Cue | None) -> str | None:
    """The rule by which it is a name of somebody or a family: "they call him X", "van den X"."""
    month = evidence.tokens.lows[place] in MONTHS and cue is Cue.CALLED
    if month or byname(evidence, place) or is_called_by_letters(evidence, place):
        return f"cue-{Cue.CALLED}"
    if is_family(evidence, place):
        return "family"
    if is_by_surname(evidence, place):
        return "surname"
    if begins_name(evidence, place):
        return "whole-name"
    first, second = before(evidence.tokens, place)
    led = (second, first) in _PARTICLES
    titled = first in SURNAME_PARTICLES and second in role_words("titles", "family")
    titled = titled or (first == "da" and second in COURTESIES)  # "Nurse de Wet", "Mrs da Costa"
    return "particles" if evidence.tokens.joined(place) and (led or titled) else None


_PARTICLES = frozenset({("van", "der"), ("van", "den"), ("van", "de"), ("von", "der")})


def _slotted(evidence: Evidence, place: int, entry: Entry, *, likely: bool) -> Frame | None:
    """The frame that its slot gives: sure for any name, else for what is mostly a first name."""
    long = len(evidence.tokens.lows[place]) >= _SHORTEST_SLOTTED
    if not likely and not (entry.tier == 0 and long and place not in evidence.kept):
        return None
    frame = slot_at(evidence.tokens, place)
    unlikely = not likely or entry.place > entry.given or evidence.tokens.initial(place)
    return None if frame is Frame.LIKELY and unlikely else frame


_SHORTEST_SLOTTED = 3


def _takes_cue(evidence: Evidence, place: int, entry: Entry, cue: Cue) -> bool:
    """Whether a strong cue before this word is about this word."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if cue is Cue.TITLE and _courtesy(tokens, place):
        return True
    if cue is Cue.INTRODUCTION and not tokens.initial(place):
        said = low in evidence.words.function and entry.tier < RARE_TIER  # "his name's Ducky"
        return not said or entry.given >= FAIR
    if place in evidence.kept:
        return entry.name >= FAIR and cue is not Cue.ANSWER
    if entry.tier == 0 or low in evidence.words.first:
        return cue not in (Cue.ANSWER, Cue.KIN) or not evidence.dosed(place)
    if cue in (Cue.ANSWER, Cue.KIN) and tokens.initial(place):
        return entry.given >= STRONG_NAME and low not in evidence.words.function
    titled = cue is Cue.TITLE and low in evidence.words.titled
    least = STRONG_NAME if low in evidence.words.function and not titled else PART
    return entry.name >= least


def _courtesy(tokens: Tokens, place: int) -> bool:
    """Whether "Mr", "Mrs", "Dr" ... stands right before: these never stand without a name."""
    if place == 0 or tokens.initial(place):
        return False
    return tokens.lows[place - 1] in COURTESIES or tokens.words[place - 1] == "Dr"


def _weighed(evidence: Evidence, place: int, entry: Entry, cue: Cue | None) -> Verdict:
    """The sum of everything for and against."""
    seen = evidence.network.get(place)
    for_it = by_lists(evidence, place, entry) + by_network(entry, seen)
    addressed = cue is not Cue.ADDRESS or thanking(evidence.tokens, place)
    if cue is Cue.I_AM and place in evidence.kept and before(evidence.tokens, place)[0] in _IT_IS:
        cue = None  # "it's Sunday"
    likely = (cue is not None and addressed) or seen is EntityType.PERSON
    less = against(evidence, place, entry, likely=likely)
    without_cue = for_it + by_company(evidence, place, entry, cue) - less
    score = without_cue + (_CUE_WEIGHT.get(cue, 0.0) if cue else 0.0)
    rule = "list"
    if seen is EntityType.PERSON:
        rule = "network-and-list" if entry.name else "network"
    if score >= THRESHOLD > without_cue:
        rule = f"cue-{cue}"
    return Verdict(max(0.0, min(score, 0.95)), rule)


_IT_IS = frozenset({"it's", "this's", "is"})
