"""Whether a word without a telling capital letter is a person's name.

For turns without capitals (automatic captions) and all in capitals: a word counts when it is a
name and nothing else, or when it is in a name's place. What is also an English word needs a cue.
"""

from deid.detect.names.framed import framed_small
from deid.detect.names.in_context import OBJECTS, by_context
from deid.detect.names.things import ARTICLES, is_thing, is_verb
from deid.detect.names.whole import is_announced_name
from deid.detect.words.contexts import HARDLY, naming
from deid.detect.words.cues import COURTESIES, POSSESSIVES, STRONG, Cue, cue_at, roles
from deid.detect.words.evidence import (
    COMMONEST,
    FAIR,
    NO_NAME,
    PART,
    RARE_TIER,
    SHORTEST_UNKNOWN,
    STRONG_NAME,
    Evidence,
    Verdict,
    contracted,
    sound,
)
from deid.detect.words.frames import DETERMINERS, MODALS, MONTHS, PAST, PERSONAL_VERBS, free_after
from deid.detect.words.gazetteer import WEEKDAYS, Entry
from deid.detect.words.neighbours import before, following, place_cued
from deid.detect.words.tokens import Case
from deid.transcript import EntityType

_RULE = "list-no-capital"
_SMALL_WEIGHT = {Cue.ADDRESS: 0.1, Cue.SLOT: 0.05}


def judge_bare(evidence: Evidence, place: int) -> Verdict:
    """The verdict on one word, without regard to its neighbours' verdicts."""
    tokens, entry, low = evidence.tokens, evidence.entry(place), evidence.tokens.lows[place]
    if tokens.case(place) is Case.MIXED:
        return _judge_small(evidence, place, entry)
    if low in evidence.labels and low not in evidence.words.function:
        word = entry.tier and naming(tokens, place) < HARDLY
        return NO_NAME if word else Verdict(0.85, "speaker-label")
    framed = framed_small(evidence, place, entry) or _kept_name(evidence, place, entry)
    if framed is not None:
        return framed
    cue = cue_at(tokens, place, evidence.answers)
    if cue is Cue.SLOT and entry.tier and is_thing(tokens, place):
        cue = None  # "keith's got the van who"
    if cue is Cue.KIN and low in roles().kin and before(tokens, place)[0] in _PETS:
        cue = None  # "he's a dog nan"
    grandma = low in roles().kin and cue is None  # "that's claudia nan"
    if grandma or sound(low, entry):
        return NO_NAME
    if _hopeless(evidence, place, entry, cue):
        return NO_NAME if low not in MONTHS else by_context(evidence, place, entry)
    told = by_context(evidence, place, entry)
    listed = Verdict(max(0.0, min(_weight(evidence, place, entry, cue), 0.9)), _RULE)
    strong = _by_cue(evidence, place, entry, cue) if cue else None
    return strong or max(listed, told, key=lambda verdict: verdict.score)


def _kept_name(evidence: Evidence, place: int, entry: Entry) -> Verdict | None:
    """The verdict on a first name that is an allowed word too: "georgia rang me"; or None."""
    free = place not in evidence.firm and place not in evidence.claimed
    both = place in evidence.kept and free and entry.tier == 0 and entry.given >= STRONG_NAME
    low = evidence.tokens.lows[place]
    other = low in MONTHS or low in roles().kin or low in WEEKDAYS
    told = both and not other and naming(evidence.tokens, place) >= _KEPT_ODDS
    return Verdict(0.65, "context-telling") if told else None


_KEPT_ODDS = 0.5
_PETS = frozenset({"dog", "cat", "budgie", "rabbit", "hamster", "horse", "pony"})


def _judge_small(evidence: Evidence, place: int, entry: Entry) -> Verdict:
    """A name that somebody forgot to write with a capital: only the surest, or after a cue."""
    short = len(evidence.tokens.lows[place]) < SHORTEST_UNKNOWN
    if short or entry.tier or place in evidence.kept or place in evidence.claimed:
        return NO_NAME
    if entry.given > STRONG_NAME:
        return Verdict(0.55, _RULE)
    cue = cue_at(evidence.tokens, place, evidence.answers)
    told = cue in STRONG and entry.name >= PART and not evidence.dosed(place)
    return Verdict(0.7, f"cue-{cue}") if told else NO_NAME


_SHORTEST_FAMILY = 8
_STATES = frozenset(
    {"rich", "frank", "merry", "innocent", "noble", "sly", "able", "grand", "free", "viral", "gray"}
)


_WEATHER = frozenset({"sunny", "misty", "stormy", "merry", "summer", "dusty"})
_TIMES = frozenset({"day", "morning", "afternoon", "evening", "weather", "night", "week", "walk"})


def _hopeless(evidence: Evidence, place: int, entry: Entry, cue: Cue | None) -> bool:
    low = evidence.tokens.lows[place]
    titled = cue is Cue.TITLE and low in evidence.words.titled
    courtesy = cue is Cue.TITLE and before(evidence.tokens, place)[0] in COURTESIES
    titled = titled or (courtesy and low not in evidence.words.function)
    titled = titled or (cue is Cue.TITLE and not entry.tier and entry.family >= PART)
    named = titled or (cue in _NAMING | _PRESENTING and entry.name >= FAIR)
    if len(low) == 1 or place in evidence.firm or place in evidence.claimed:
        return True
    if contracted(low) or (low in roles().titles and entry.name < FAIR):
        return True
    fine = low in _WEATHER and before(evidence.tokens, place)[0] in _TIMES  # "A LOVELY DAY, SUNNY"
    fine = fine and cue is Cue.ADDRESS
    fine = fine or (low in _WEATHER and before(evidence.tokens, place)[0] == "it's")
    if (cue is Cue.I_AM and low in _STATES) or fine:
        return True
    if place in evidence.kept and not named:
        return True
    if entry.tier and not entry.name:
        return True
    return low in evidence.words.function and entry.given < FAIR and not titled


def _weight(evidence: Evidence, place: int, entry: Entry, cue: Cue | None) -> float:
    """What lists, network and company add up to."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    plain = evidence.only_name(place, entry)
    score = _list_score(entry, plain=plain, long=len(low) >= SHORTEST_UNKNOWN and low.isalpha())
    if entry.unknown and low.endswith("s") and len(low) >= _SHORTEST_FAMILY:
        one = evidence.lexicon.entry(low[:-1])  # "we were steinbergs"
        nobodys = one.place and before(tokens, place)[0] != "the"
        score = max(score, 0.5 * (one.tier == 0 and one.family >= PART and not nobodys))
    if evidence.network.get(place) is EntityType.PERSON:
        score += 0.4 if entry.unknown and len(low) >= SHORTEST_UNKNOWN else 0.2
    if cue and plain:
        score += _SMALL_WEIGHT.get(cue, 0.0)
    article = before(tokens, place)[0]
    family = article == "the" and low.endswith("s")  # "the cuthbertsons"
    thing = entry.tier and (is_thing(tokens, place) or is_verb(tokens, place))
    thing = thing and not _in_clause(evidence, place, entry)
    if not family and (thing or (entry.name < FAIR and article in ARTICLES)):
        score -= 0.6 if thing else 0.4
    if not plain and _before_surname(evidence, place, entry):
        score += 0.3
    if not plain and following(tokens, place)[0] in OBJECTS:
        score -= 0.3
    if entry.given < STRONG_NAME:
        score -= 0.4 * evidence.dosed(place)
    if entry.place > entry.given - 2 and entry.place and place_cued(tokens, place):
        score -= 0.35
    return score


def _in_clause(evidence: Evidence, place: int, entry: Entry) -> bool:
    """Whether "that" opens a clause about what is hardly a word: "the cake that anna made"."""
    (first, second), after = before(evidence.tokens, place), following(evidence.tokens, place)[0]
    acts = after in PAST or after in PERSONAL_VERBS
    acts = acts and (after not in {"was", "is", "were"} or second in _TELLING_THAT)
    return first == "that" and acts and entry.tier > RARE_TIER and entry.given > STRONG_NAME


_TELLING_THAT = frozenset(
    {"said", "says", "say", "think", "thought", "know", "knew", "knows", "told", "me", "him",
     "her", "us", "them", "hope", "heard", "believe", "sure", "guess", "suppose", "reckon"}
)  # fmt: skip


def _list_score(entry: Entry, *, plain: bool, long: bool) -> float:
    """What the lists alone say; a rare surname of some length is enough where no place has it."""
    if not plain:
        return 0.3 if entry.given >= STRONG_NAME else 0.1
    if entry.given >= PART:
        return 0.75 if entry.given >= FAIR else 0.55
    if entry.family >= STRONG_NAME and not entry.place:
        return 0.5
    if entry.given or (long and entry.family >= PART and not entry.place):
        return 0.5
    return 0.45 if entry.name else 0.15


def _before_surname(evidence: Evidence, place: int, entry: Entry) -> bool:
    """A first name that is also a word, right before a family name: "grace bell", "will trevelyan".

    The commonest words need one that is nobody's first name: "will james come" is a question.
    """
    tokens, after = evidence.tokens, place + 1
    if entry.given < STRONG_NAME or after >= len(tokens) or tokens.possessive(place):
        return False
    if not tokens.joined(after) or tokens.turns[after] != tokens.turns[place]:
        return False
    low, follower = tokens.lows[after], evidence.entry(after)
    if low == "im" and tokens.lows[place] in MODALS:
        return False  # "i will im off today"
    surname = follower.given < FAIR or follower.family >= follower.given
    if follower.tier == 0 and surname and after not in evidence.kept:
        return follower.family >= PART
    acts = following(tokens, after)[0] in PERSONAL_VERBS
    first = tokens.lows[place] in evidence.words.first and low not in evidence.words.function
    return (first or acts) and follower.family > STRONG_NAME


def _by_cue(evidence: Evidence, place: int, entry: Entry, cue: Cue) -> Verdict | None:
    """The verdict that a cue gives by itself, or None."""
    low = evidence.tokens.lows[place]
    if cue is Cue.TITLE and low in PAST and before(evidence.tokens, place)[0] in roles().family:
        return None  # "my nan ran the shop"
    verdict = Verdict(_CUE_SCORE.get(cue, 0.6), f"cue-{cue}")
    if cue is Cue.TITLE and _titled(evidence, place, entry):
        return verdict
    if _presented(evidence, place, entry, cue):
        return verdict
    if low in evidence.words.function:
        telling = low in evidence.words.cued and cue in _TELLING
        named = (cue in _NAMING or telling) and entry.given >= STRONG_NAME
        return verdict if named else None
    return verdict if _fits(evidence, place, entry, cue) else None


def _presented(evidence: Evidence, place: int, entry: Entry, cue: Cue) -> bool:
    """A first name that is a word, after kin or "I'm", where it cannot be a verb: "i'm hope,"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if cue not in (Cue.KIN, Cue.I_AM) or low in PERSONAL_VERBS or low in PAST:
        return False
    if cue is Cue.KIN and entry.given and _did(evidence, place):
        return True
    if entry.given < STRONG_NAME:
        return False
    closes = tokens.closes(place)
    kin = cue is Cue.KIN and before(tokens, place)[0] in roles().family
    if kin and following(tokens, place)[0] in {"had", "has", "was", "is"}:
        return True
    return closes or (kin and free_after(tokens, place))


def _did(evidence: Evidence, place: int) -> bool:
    """Whether somebody's kin of this name did something: "my cousin merry got engaged"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    kin = before(tokens, place)[0] in roles().family
    adverb = low.endswith("ly") or low in evidence.words.function
    return kin and not adverb and following(tokens, place)[0] in PAST | PERSONAL_VERBS


def _titled(evidence: Evidence, place: int, entry: Entry) -> bool:
    """Whether the word after a title is a surname: "mrs day", "doctor good who", "nurse best"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if entry.family >= STRONG_NAME and entry.tier != COMMONEST:
        return True
    if low in evidence.words.function and low not in evidence.words.titled:
        return False
    title, first = before(tokens, place)
    if title in COURTESIES:
        return entry.name >= PART
    some = title == "dr" and first == "a"  # "it's a dr young that does them"
    owned = first in DETERMINERS or first in POSSESSIVES
    plain = title in _PROFESSIONS and (some or not owned)
    amount = (low, following(tokens, place)[0]) == ("little", "bit") or low == "im"
    surname = entry.family >= STRONG_NAME and not amount
    surname = surname or (entry.name >= PART and free_after(tokens, place))
    return plain and surname


_PROFESSIONS = frozenset({"dr", "doctor", "nurse", "prof", "professor", "sister", "matron"})
_NAMING = frozenset({Cue.INTRODUCTION, Cue.CALLED})
_PRESENTING = frozenset({Cue.KIN, Cue.I_AM, Cue.TITLE})
_TELLING = frozenset({Cue.ADDRESS, Cue.SLOT, Cue.KIN})
_CUE_SCORE = {
    Cue.INTRODUCTION: 0.9,
    Cue.CALLED: 0.9,
    Cue.TITLE: 0.9,
    Cue.KIN: 0.8,
    Cue.ANSWER: 0.8,
    Cue.I_AM: 0.7,
}


def _fits(evidence: Evidence, place: int, entry: Entry, cue: Cue) -> bool:
    """Whether the word can be what the cue announces."""
    free = evidence.plain_name(place, entry) or evidence.tokens.lows[place] in evidence.words.first
    if cue in _NAMING or cue is Cue.TITLE:
        rare = entry.tier >= RARE_TIER and entry.name >= PART
        likely = free or rare or entry.given >= FAIR or entry.family >= STRONG_NAME
        whole = cue in _NAMING and is_announced_name(evidence, place)
        return (likely or whole) and not evidence.dosed(place)
    if cue is Cue.KIN:
        listed = entry.name >= PART or (entry.tier == 0 and entry.name > 0)
        return (free and listed) or entry.unknown
    if cue is Cue.ANSWER:
        counted = before(evidence.tokens, place)[0] in DETERMINERS  # "his name was ray" / "a ray"
        return free and entry.name >= PART and not counted
    if cue is Cue.I_AM:
        return free and entry.name > PART
    return bool(entry.tier) and free and entry.given >= FAIR
