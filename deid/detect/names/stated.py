"""Names that are words, where the words around them say outright that they are names.

"my name's april, surname cook", "Thank you, Miss Love", "sister best ran that ward", "it was
Pickles this, Pickles that", "hi i'm will strong i'm the new nurse".
"""

from functools import cache

from deid.detect.names.presented import is_told_in_full
from deid.detect.words.cues import COURTESIES, role_words
from deid.detect.words.evidence import COMMON_TIER, FAIR, PART, STRONG_NAME, Evidence
from deid.detect.words.frames import DETERMINERS, MONTHS, PAST, PERSONAL_VERBS
from deid.detect.words.gazetteer import WEEKDAYS, sections
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens


def is_stated_surname(evidence: Evidence, place: int) -> bool:
    """Whether "surname" behind a first name, or a list of complaints, tells: "Pickles this"."""
    tokens = evidence.tokens
    if place < 1 or not tokens.lows[place].isalpha() or place in evidence.firm:
        return False
    if tokens.lows[place - 1] == "surname" and tokens.gap(place) == " ":
        first = place - 2
        told = first >= 0 and tokens.turns[first] == tokens.turns[place]
        named = told and evidence.entry(first).given >= FAIR
        small = tokens.lows[place] in evidence.words.function
        return named and not small and _spoken_of(evidence, place)
    return _complained(evidence, place) or _one_of_them(evidence, place)


def _one_of_them(evidence: Evidence, place: int) -> bool:
    """Whether somebody is of a family: "I'm a Donnelly from Ardoyne", "she married a Swanson"."""
    tokens = evidence.tokens
    if tokens.case(place) is not Case.MIXED or before(tokens, place)[0] != "a":
        return False
    if before(tokens, place)[1] in _MARRIED:
        family = evidence.lexicon.entry(tokens.lows[place]).family >= PART
        return family and tokens.words[place].istitle() and not evidence.taken(place)
    if before(tokens, place)[1] not in _ONE_IS or following(tokens, place)[0] != "from":
        return False
    entry, home = evidence.lexicon.entry(tokens.lows[place]), place + 2
    named = entry.family >= PART and (entry.tier == 0 or entry.tier > COMMON_TIER)
    there = home < len(tokens) and tokens.capital(home)
    return named and there and tokens.words[place].istitle() and not evidence.taken(place)


_MARRIED = frozenset({"married", "marry", "marries", "marrying"})
_ONE_IS = frozenset({"i'm", "am", "was", "she's", "he's", "you're", "is", "were"})


def _spoken_of(evidence: Evidence, place: int) -> bool:
    """Whether the word can be a surname: a capital, or a word that some are called."""
    tokens, entry = evidence.tokens, evidence.entry(place)
    if tokens.case(place) is Case.MIXED:
        return tokens.capital(place)
    return entry.family >= PART or entry.unknown


def _complained(evidence: Evidence, place: int) -> bool:
    """Whether somebody was shouted for all day: "it was Pickles this, Pickles that"."""
    tokens = evidence.tokens
    if tokens.case(place) is not Case.MIXED or not tokens.capital(place):
        return False
    low, after = tokens.lows[place], following(tokens, place)[0]
    step = {"this": 2, "that": -2}.get(after, 0)
    other = place + step
    if not step or not 0 <= other < len(tokens) or tokens.lows[other] != low:
        return False
    if tokens.turns[other] != tokens.turns[place] or low in evidence.words.function:
        return False
    entry = evidence.entry(place)
    return entry.name >= PART and entry.name >= entry.place and tokens.capital(other)


def is_titled_word(evidence: Evidence, place: int) -> bool:
    """Whether a title stands before a word that is a surname: "thank you miss love see you"."""
    tokens = evidence.tokens
    if place < 1 or place in evidence.firm or place in evidence.claimed:
        return False
    if _second_doctor(evidence, place) or _behind_ten(evidence, place):
        return True
    if tokens.turns[place - 1] != tokens.turns[place] or not tokens.joined(place):
        return False
    title = tokens.lows[place - 1]
    if title == "miss":
        return evidence.entry(place).family >= STRONG_NAME and _greeted(tokens, place)
    if title == "dr" and tokens.case(place) is not Case.MIXED:
        opens = before(tokens, place - 1)[0] == "" and not evidence.taken(place)
        return opens and _fits_doctor(evidence, place)
    return title in _TITLES and not tokens.possessive(place - 1) and _of_a_ward(evidence, place)


def _behind_ten(evidence: Evidence, place: int) -> bool:
    """Whether "ten" before it is a particle: "dr ten brink"; never "doctor ten minutes ago"."""
    tokens, low, entry = evidence.tokens, evidence.tokens.lows[place], evidence.entry(place)
    if place < _TEN or tokens.lows[place - 1] != "ten" or tokens.case(place) is Case.MIXED:
        return False
    whole = tokens.turns[place - _TEN] == tokens.turns[place]
    whole = whole and tokens.joined(place) and tokens.joined(place - 1)
    title, owner = tokens.lows[place - _TEN], before(tokens, place - _TEN)[0]
    if not whole or title not in COURTESIES | {"dr", "doctor"} or owner in DETERMINERS:
        return False
    counted = low in _COUNTED or low in evidence.words.function or not low.isalpha()
    counted = counted or evidence.taken(place) or evidence.dosed(place)
    rare = entry.tier >= COMMON_TIER and entry.family >= PART and not low.endswith("s")
    return not counted and (entry.tier == 0 or rare)


_TEN = 2
_COUNTED = frozenset(
    {"quid", "pence", "percent", "per", "grand", "stone", "odd", "mil", "mils", "mg", "mcg", "ml",
     "ish", "past", "kilo", "kilos", "fold", "foot", "acre", "units", "euro", "euros", "dollar"}
)  # fmt: skip


def _of_a_ward(evidence: Evidence, place: int) -> bool:
    """Whether "sister X" opens a clause and does something: "sister best ran that ward"."""
    tokens = evidence.tokens
    rare = tokens.lows[place].endswith("s") and evidence.entry(place).tier >= COMMON_TIER
    least = PART if rare else STRONG_NAME  # "father husbands", not "father figures"
    opens = before(tokens, place - 1)[0] in _OPENING
    acts = following(tokens, place)[0] in _ACTS
    small = tokens.lows[place] in evidence.words.function - evidence.words.titled
    return opens and acts and not small and evidence.entry(place).family >= least


_TITLES = frozenset({"sister", "father", "nurse", "matron", "canon"})
_OPENING = frozenset({"", "and", "so", "then", "when", "because", "cos", "but", "well", "that"})
_ACTS = (PAST | PERSONAL_VERBS) - {"has", "does", "is", "had", "thought", "left"}


def _greeted(tokens: Tokens, place: int) -> bool:
    """Whether Miss X is thanked or greeted, or is written with both capitals."""
    if tokens.case(place) is Case.MIXED:
        return tokens.capital(place) and tokens.capital(place - 1)
    first, second = before(tokens, place - 1)
    return (second, first) == ("thank", "you") or first in _GREETINGS


_GREETINGS = frozenset({"thanks", "morning", "hello", "afternoon", "bye", "cheers", "dear"})


def _second_doctor(evidence: Evidence, place: int) -> bool:
    """Whether another doctor is told right behind one: "dr pound well it was pepper but he"."""
    tokens = evidence.tokens
    first, second = before(tokens, place)
    if (second, first) != ("it", "was") or evidence.entry(place).family < PART:
        return False
    after, further = following(tokens, place)
    if after not in {"but", "until", "till", "before"} or further not in {"he", "she"}:
        return False
    if tokens.case(place) is Case.MIXED and not tokens.capital(place):
        return False
    led = place - 3 - (tokens.lows[place - 3] in {"well", "oh", "no"})
    if led < 1 or tokens.turns[led - 1] != tokens.turns[place]:
        return False
    return tokens.lows[led - 1] in _DOCTORS and _fits_doctor(evidence, led)


def _fits_doctor(evidence: Evidence, place: int) -> bool:
    """Whether the word behind "dr" can be the doctor's name: "dr pound", not "dr said"."""
    low = evidence.tokens.lows[place]
    verb = low in PAST or low in PERSONAL_VERBS or low in evidence.words.function
    return not verb and evidence.entry(place).family >= PART


_DOCTORS = frozenset({"dr", "doctor"})


def in_full_name(evidence: Evidence, place: int) -> bool:
    """Whether the word is the first or second of a full name that its frame gives away."""
    return _full_name(evidence, place) or (place > 0 and _full_name(evidence, place - 1))


def _full_name(evidence: Evidence, place: int) -> bool:
    """Whether a first name begins here that a surname follows: "i'm will strong i'm"."""
    tokens, behind = evidence.tokens, place + 1
    if behind >= len(tokens) or not tokens.joined(behind) or tokens.possessive(place):
        return False
    if place > 0 and tokens.lows[place - 1] in _PRESENTING and tokens.joined(place):
        return _introduced(evidence, place)
    if tokens.turns[behind] == tokens.turns[place] and is_told_in_full(evidence, place):
        return True
    if tokens.turns[behind] != tokens.turns[place]:
        return False
    if tokens.case(place) is Case.MIXED:
        return _written_in_full(evidence, place)
    return _fits_name(evidence, place) and _acts_or_is_fetched(evidence, place)


def _fits_name(evidence: Evidence, place: int) -> bool:
    """Whether the word is a first name by the lists and the next one a family name."""
    behind = place + 1
    low, second = evidence.tokens.lows[place], evidence.tokens.lows[behind]
    if evidence.entry(place).given < FAIR or evidence.entry(behind).family < STRONG_NAME:
        return False
    small = second in evidence.words.function - evidence.words.titled  # "mark he said"
    taken = {place, behind} & (evidence.firm | evidence.claimed)
    return not (small or taken or low in MONTHS)


def _written_in_full(evidence: Evidence, place: int) -> bool:
    """Whether words that are names stand together with capitals: "Rich Stone.", "Grace Field said".

    Never before a noun, to which both may belong ("Will Young people come?").
    """
    tokens, behind = evidence.tokens, place + 1
    written = tokens.words[place].istitle() and tokens.words[behind].istitle()
    named = _fits_name(evidence, place) or _odd_first(evidence, place)
    if not (written and named) or {place, behind} & evidence.kept:
        return False
    if before(tokens, place)[0] in _WHERE or tokens.lows[behind] in _STREETS:
        return False
    verbs = PAST | PERSONAL_VERBS | {"and", "or", "who", "is", "was"}
    ends = tokens.closes(behind) or tokens.possessive(behind)
    return ends or following(tokens, behind)[0] in verbs


def _odd_first(evidence: Evidence, place: int) -> bool:
    """Whether a rare word that some are called stands before a listed name: "Batty Hurley."."""
    first, second = evidence.entry(place), evidence.entry(place + 1)
    odd = first.name >= PART and first.tier > COMMON_TIER
    taken = {place, place + 1} & (evidence.firm | evidence.claimed)
    rare = second.tier == 0 or second.tier > COMMON_TIER
    return odd and rare and second.family >= PART and not taken


_WHERE = frozenset({"from", "in", "at", "to", "near", "on", "off", "past", "through", "around"})
_STREETS = frozenset(
    {"street", "road", "lane", "close", "court", "hall", "house", "park", "school"}
)
"""A few have them as surnames; behind a first name they are a place far more often."""


def _acts_or_is_fetched(evidence: Evidence, place: int) -> bool:
    """Whether a whole name is got for a task, or says something: "got coral long to have"."""
    tokens = evidence.tokens
    first, behind = before(tokens, place)[0], following(tokens, place + 1)
    if first == "got" and behind in _WITH_US | _TO_HAVE:
        return True
    sure = evidence.entry(place).given >= STRONG_NAME and not evidence.taken(place)
    return sure and behind[0] in _SAYING and first not in _NO_NAME_BEHIND


_PRESENTING = frozenset({"i'm", "name's"})
_WITH_US = frozenset({("with", "us"), ("with", "me"), ("here", "with")})
_TO_HAVE = frozenset({("to", "have"), ("to", "come"), ("to", "do"), ("to", "ring"), ("to", "look")})
_SAYING = frozenset({"thinks", "says", "reckons", "told", "said"})
_NO_NAME_BEHIND = frozenset({"i", "you", "we", "they", "he", "she", "it", "a", "an", "the", "to"})


def _introduced(evidence: Evidence, place: int) -> bool:
    """Whether two words behind "i'm" are a full name: more is said of it, or both have capitals."""
    tokens, behind = evidence.tokens, place + 1
    low, entry = tokens.lows[behind], evidence.entry(behind)
    if low in role_words("kin", "titles", "labels") or behind in evidence.firm:
        return False
    own = tokens.lows[place] in evidence.labels and evidence.entry(place).tier == 0
    first = own or evidence.entry(place).given >= STRONG_NAME
    if tokens.turns[behind] != tokens.turns[place] or not first:
        return False
    if tokens.case(place) is Case.MIXED:
        both = tokens.capital(place) and tokens.words[behind].istitle()
        return (
            both
            and entry.given < FAIR
            and tokens.closes(behind)
            and low not in _dates_and_peoples()
        )
    small = low in evidence.words.function - evidence.words.titled
    after = following(tokens, behind)[0]
    return entry.family >= PART and not small and (after in _PRESENTING or after == "and")


@cache
def _dates_and_peoples() -> frozenset[str]:
    """Days, months and peoples that follow a first name: "I'm Anna, Polish"."""
    public = sections("keep_public.txt")
    return WEEKDAYS.union(MONTHS, public["calendar"], public["peoples"], public["faiths"])
