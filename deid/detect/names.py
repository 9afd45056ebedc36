"""Which words are people's names: the lists, the network and the cues weighed together.

No way of knowing decides alone. In ordinary writing a capital letter inside a sentence says that
a word is a name of something, so the question is of what; in a turn without capitals (automatic
captions) or all in capitals only the lists and the words around can tell. Scores run from 0 to 1
and a word from ``THRESHOLD`` on is a name. The weights were set on speech that is not in the
evaluation sets; tests/regression/names_*.yaml holds the cases they answer for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from deid.detect.allow import Allowed, allowed
from deid.detect.cues import STRONG, Cue, cue_at, roles
from deid.detect.gazetteer import Entry, Lexicon, lexicon, sections
from deid.detect.names_tokens import Case, Tokens
from deid.transcript import EntityType

THRESHOLD = 0.5
SURE = 0.6


@dataclass(frozen=True, slots=True)
class WordNames:
    """Words that are names and something else; see word_names.txt."""

    first: frozenset[str] = field(repr=False)
    bare: frozenset[str] = field(repr=False)
    function: frozenset[str] = field(repr=False)


@cache
def word_names() -> WordNames:
    """The lists of word_names.txt, read on first use."""
    found = sections("word_names.txt")
    return WordNames(*(frozenset(found[key]) for key in ("names-first", "bare-names", "function")))


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that is known about the words of one transcript before names are decided.

    Attributes:
        tokens: The words.
        network: Word place -> what the network took it for.
        kept: Places of allowed words.
        answers: Turns that answer a question for a name.
        labels: Lower-case words that stand in speaker labels as names.
        claimed: Places of words that belong to a listed place or a named organisation.
    """

    tokens: Tokens
    network: Mapping[int, EntityType] = field(repr=False)
    kept: frozenset[int] = field(repr=False)
    answers: frozenset[int]
    labels: frozenset[str] = field(repr=False)
    claimed: frozenset[int] = frozenset()
    lexicon: Lexicon = field(default_factory=lexicon, repr=False)
    lists: Allowed = field(default_factory=allowed, repr=False)
    words: WordNames = field(default_factory=word_names, repr=False)

    def entry(self, place: int) -> Entry:
        """What the lists say about the word at a place; of a double name, its best part."""
        low = self.tokens.lows[place]
        found = self.lexicon.entry(low)
        if "-" in low and not found.name:
            parts = [self.lexicon.entry(part) for part in low.split("-") if part]
            if len(parts) > 1 and all(part.name >= _PART for part in parts):
                return max(parts, key=lambda part: part.name)
        return found

    def plain_name(self, place: int, entry: Entry) -> bool:
        """Whether the word is hardly ever anything but a name."""
        if entry.tier == 0:
            return True
        low = self.tokens.lows[place]
        rare = entry.tier >= _RARE_TIER and entry.name >= _FAIR
        return rare or (low in self.words.first and low not in self.words.function)

    def dosed(self, place: int) -> bool:
        """Whether the word stands where a medicine stands, or is spelt like one."""
        tokens, lists = self.tokens, self.lists
        if lists.term_like(tokens.lows[place]):
            return True
        after = tokens.lows[place + 1] if place + 1 < len(tokens) else ""
        return after in lists.dose_words or (
            place > 0 and tokens.lows[place - 1] in lists.dose_verbs
        )


_TOWN = 7
_PART, _FAIR, _STRONG_NAME, _RARE_TIER, _COMMON_TIER, _COMMONEST = 2, 4, 5, 40, 35, 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """How sure we are that a word is a name, and by which rule."""

    score: float
    rule: str


def judge(evidence: Evidence, place: int) -> Verdict:
    """The verdict on one word, without regard to its neighbours' verdicts."""
    if evidence.tokens.case(place) is Case.MIXED and evidence.tokens.capital(place):
        return _judge_capital(evidence, place)
    return _judge_bare(evidence, place)


def _judge_capital(evidence: Evidence, place: int) -> Verdict:
    tokens, entry = evidence.tokens, evidence.entry(place)
    word, low = tokens.words[place], tokens.lows[place]
    cue = cue_at(tokens, place, evidence.answers)
    kept = place in evidence.kept
    initial = tokens.initial(place)
    if low in evidence.labels and not (initial and low in evidence.words.function):
        return Verdict(0.9, "speaker-label")
    if _hopeless(word, entry, cue) or low in roles().titles or low in roles().kin:
        return _NONE
    if place in evidence.claimed and cue not in _VERY_STRONG:
        return _NONE
    if cue in STRONG and _takes_cue(evidence, place, entry, cue):
        return Verdict(0.95, f"cue-{cue}")
    score = _list_score(evidence, place, entry, initial=initial)
    if entry.place >= _TOWN and entry.given < _STRONG_NAME:
        score -= 0.4
    rule = "list"
    seen = evidence.network.get(place)
    if seen is EntityType.PERSON:
        score, rule = score + 0.3, "network-and-list" if entry.name else "network"
    elif seen is not None:
        score -= 0.5 if seen is EntityType.LOCATION and entry.place >= _TOWN else 0.1
    elif entry.unknown:
        score -= 0.1
    score += _CUE_WEIGHT.get(cue, 0.0) if cue else 0.0
    if cue and score >= THRESHOLD > score - _CUE_WEIGHT.get(cue, 0.0):
        rule = f"cue-{cue}"
    score -= 0.7 * kept + 0.4 * (evidence.dosed(place) and entry.given < _STRONG_NAME)
    if entry.place and place_cued(tokens, place) and entry.place > entry.name - 2:
        score -= 0.35
    return Verdict(max(0.0, min(score, 0.95)), rule)


_NONE = Verdict(0.0, "")
_VERY_STRONG = frozenset({Cue.INTRODUCTION, Cue.TITLE})
_CUE_WEIGHT = {Cue.I_AM: 0.3, Cue.ADDRESS: 0.25, Cue.SLOT: 0.15}
_LONGEST_ACRONYM = 5


def _hopeless(word: str, entry: Entry, cue: Cue | None) -> bool:
    """Single letters, "I'm", acronyms, and the commonest words that nobody is called."""
    if len(word) == 1 or (word[0] == "I" and word[1] in "'\u2019"):
        return True
    if entry.tier == _COMMONEST and entry.given < _FAIR and entry.family < _STRONG_NAME:
        return True
    if entry.tier == _COMMONEST and entry.given < _FAIR and cue not in STRONG:
        return True
    acronym = word.isupper() and len(word) <= _LONGEST_ACRONYM
    return acronym and not (cue in STRONG and entry.name >= _FAIR)


def _takes_cue(evidence: Evidence, place: int, entry: Entry, cue: Cue) -> bool:
    """Whether a strong cue before this word is about this word."""
    low = evidence.tokens.lows[place]
    if place in evidence.kept:
        return entry.name >= _FAIR and cue is not Cue.ANSWER
    if entry.tier == 0 or low in evidence.words.first:
        return cue is not Cue.ANSWER or not evidence.dosed(place)
    if cue in (Cue.ANSWER, Cue.KIN) and evidence.tokens.initial(place):
        return entry.given >= _STRONG_NAME and low not in evidence.words.function
    if low in evidence.words.function:
        return entry.given >= _STRONG_NAME or entry.family >= _STRONG_NAME
    return entry.name >= _PART


def _list_score(evidence: Evidence, place: int, entry: Entry, *, initial: bool) -> float:
    if evidence.plain_name(place, entry):
        score = _plain_score(entry)
        opening = 0.25 if entry.unknown else 0.1 if entry.given < _FAIR else 0.0
        return score - opening * initial
    if entry.given >= _FAIR:
        score = 0.55
    elif entry.family >= _STRONG_NAME:
        score = 0.45
    else:
        score = 0.15 if entry.name >= _PART else 0.1
    return score - 0.4 * initial


def _plain_score(entry: Entry) -> float:
    if entry.given >= _FAIR:
        return 0.8
    if entry.given >= _PART:
        return 0.6
    if entry.family >= _STRONG_NAME:
        return 0.7
    if entry.family:
        return 0.55
    if entry.place:
        return 0.2
    return 0.45 if entry.given else 0.35


def _judge_bare(evidence: Evidence, place: int) -> Verdict:
    """Without capitals: a name that is nothing else, or a name in a name's place."""
    tokens, entry, low = evidence.tokens, evidence.entry(place), evidence.tokens.lows[place]
    mixed = tokens.case(place) is Case.MIXED
    if low in evidence.labels and not mixed and low not in evidence.words.function:
        return Verdict(0.85, "speaker-label")
    if len(low) < 2 or place in evidence.kept | evidence.claimed or (entry.tier and not entry.name):  # noqa: PLR2004 - one letter is no word
        return _NONE
    if low in evidence.words.function and entry.given < _FAIR:
        return _NONE
    plain = entry.tier == 0 or low in evidence.words.bare
    if mixed:
        sure = plain and entry.given > _STRONG_NAME and len(low) > 3  # noqa: PLR2004
        return Verdict(0.55, "list-no-capital") if sure else _NONE
    cue = cue_at(tokens, place, evidence.answers)
    strong = _bare_cue(evidence, place, entry, cue) if cue else None
    if strong is not None:
        return strong
    score = _bare_score(entry, plain=plain)
    if evidence.network.get(place) is EntityType.PERSON:
        score += 0.2
    score += {Cue.ADDRESS: 0.1, Cue.SLOT: 0.05}.get(cue, 0.0) if cue and plain else 0.0
    score -= 0.4 * (evidence.dosed(place) and entry.given < _STRONG_NAME)
    if entry.place and place_cued(tokens, place) and entry.place > entry.given - 2:
        score -= 0.35
    return Verdict(max(0.0, min(score, 0.9)), "list-no-capital")


def _bare_score(entry: Entry, *, plain: bool) -> float:
    if not plain:
        return 0.3 if entry.given >= _STRONG_NAME else 0.1
    if entry.given >= _FAIR:
        return 0.75
    if entry.given >= _PART:
        return 0.55
    return 0.45 if entry.name else 0.15


def _bare_cue(evidence: Evidence, place: int, entry: Entry, cue: Cue) -> Verdict | None:
    low = evidence.tokens.lows[place]
    free = entry.tier == 0 or low in evidence.words.first
    if low in evidence.words.function:
        named = cue in (Cue.INTRODUCTION, Cue.CALLED) and entry.given >= _STRONG_NAME
        return Verdict(0.7, f"cue-{cue}") if named else None
    if cue in (Cue.INTRODUCTION, Cue.CALLED, Cue.TITLE):
        fits = free or entry.given >= _FAIR or entry.family >= _STRONG_NAME
        return Verdict(0.9, f"cue-{cue}") if fits and not evidence.dosed(place) else None
    if cue in (Cue.KIN, Cue.ANSWER):
        fits = (free and entry.name >= _PART) or (cue is Cue.KIN and entry.unknown)
        return Verdict(0.8, f"cue-{cue}") if fits else None
    if cue is Cue.I_AM and free and entry.name > _PART:
        return Verdict(0.7, f"cue-{cue}")
    return None


_PLACE_CUES = frozenset(
    {"in", "near", "at", "from", "around", "outside", "towards", "through", "into", "via", "past",
     "to", "of", "over", "up", "down", "across", "round"}
)  # fmt: skip


def place_cued(tokens: Tokens, place: int) -> bool:
    """Whether "in", "near", "from" ... stands right before the word."""
    return place > 0 and tokens.gap(place) == " " and tokens.lows[place - 1] in _PLACE_CUES


def candidates(evidence: Evidence) -> Iterator[int]:
    """The places worth judging: capitals in ordinary writing; elsewhere all but plain words."""
    tokens, lexicon_ = evidence.tokens, evidence.lexicon
    for place, word in enumerate(tokens.words):
        if word[0].isupper() and tokens.case(place) is Case.MIXED:
            yield place
            continue
        entry = lexicon_.entry(tokens.lows[place])
        if entry.tier == 0 or entry.given >= _FAIR or entry.family >= _STRONG_NAME:
            yield place
