"""Names that are words, presented where the plain word could not stand, without capitals.

"I'm will and this is", "my son is mark", "surgery april speaking", "summer was born in June", "how
I got my name and my sister's june": a noun needs an article there, a verb a subject, a month no
telephone. What can also be said of somebody ("I'm frank and", "my son is sunny") is never taken.
"""

from deid.detect.words.cues import POSSESSIVES, roles
from deid.detect.words.evidence import PART, STRONG_NAME, Evidence
from deid.detect.words.frames import DETERMINERS, MONTHS
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens


def is_presented(evidence: Evidence, place: int) -> bool:
    """Whether a word in a turn without telling capitals is presented as somebody's name."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if tokens.case(place) is Case.MIXED or place in evidence.firm | evidence.claimed:
        return False
    if low not in evidence.words.first:
        return _one_of_many(evidence, place)
    if _speaking(tokens, place) or _born(tokens, place) or _namesake(tokens, place):
        return True
    entry = evidence.lexicon.entry(low)
    if low in MONTHS | _SAID_OF_PEOPLE or not entry.tier or entry.given < STRONG_NAME:
        return False
    return (_i_am(tokens, place) or _kin_is(tokens, place)) and not tokens.possessive(place)


def _one_of_many(evidence: Evidence, place: int) -> bool:
    """Whether "a" leads to a plural, as it does only of families: "she was a fields like me"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    first, second = before(tokens, place)
    if first != "a" or second not in _ONE_WAS or place in evidence.kept:
        return False
    if low[-1:] != "s" or low[-2:] == "ss":
        return False
    told = tokens.closes(place) or following(tokens, place)[0] in {"like", "before", "now", "till"}
    many = evidence.lexicon.entry(low).tier > 0 and evidence.lexicon.entry(low[:-1]).tier > 0
    return told and many and evidence.lexicon.entry(low).family >= PART


_ONE_WAS = frozenset({"i'm", "was", "born", "she's", "he's", "not"})
_SAID_OF_PEOPLE = frozenset(
    {"frank", "rich", "christian", "sunny", "merry", "innocent", "noble", "heavenly", "marvellous",
     "precious", "lofty", "mossy", "dusty", "sandy", "misty", "winsome", "rocky", "scarlet", "ruby",
     "amber", "jade", "ebony", "indigo", "sterling", "chalky", "patient", "coral", "violet", "rose",
     "olive", "dean", "duke", "earl", "prince", "princess", "miles", "bear", "roman", "mercy",
     "con", "pat", "win", "wing", "shell", "ginger", "saffron", "sage", "trace", "spud", "smudge",
     "sue", "rob", "chase", "lance", "mike", "star", "sly", "holly", "stew", "wade", "drew", "jack",
     "fortune", "destiny", "barb", "peg", "dot", "sonny", "ace", "tiny", "bonny"}
)  # fmt: skip
"""What somebody is, does or did: no name by itself behind "I'm", "he's" or "my son is"."""


def _i_am(tokens: Tokens, place: int) -> bool:
    """As in "i'm will and that's nasrin", "he's bill" at a turn's end."""
    first, second = before(tokens, place)
    after = following(tokens, place)[0]
    if first in {"i'm", "im"} or (second, first) == ("i", "am"):
        return tokens.closes(place) or after in _GOING_ON
    return first in {"he's", "she's"} and tokens.after(place)[:1] in {"\n", ""}


_GOING_ON = frozenset(
    {"and", "from", "i", "i'm", "this", "that's", "by", "he", "she", "nice", "one", "your", "here",
     "i've", "we", "the", "what", "how"}
)  # fmt: skip


def _kin_is(tokens: Tokens, place: int) -> bool:
    """As in "my son is mark and he's married"."""
    verb, kin = before(tokens, place)
    owner = before(tokens, place - 2)[0] if place > 1 else ""
    told = verb in {"is", "was"} and kin in roles().family and owner in POSSESSIVES
    after = following(tokens, place)[0]
    return told and (tokens.closes(place) or after in _AND_SO)


_AND_SO = frozenset({"and", "he", "she", "he's", "she's", "who", "who's", "but", "then", "from"})


def _speaking(tokens: Tokens, place: int) -> bool:
    """Whether somebody answers the telephone: "good morning surgery april speaking"."""
    first = before(tokens, place)[0]
    return following(tokens, place)[0] == "speaking" and first in _ANSWERING


_ANSWERING = frozenset(
    {"", "surgery", "reception", "practice", "pharmacy", "clinic", "ward", "department", "desk",
     "office", "centre", "it's", "its", "is", "helpline", "trust", "council", "hospital", "unit",
     "hello", "morning", "afternoon", "evening", "line", "services", "care", "team"}
)  # fmt: skip


def _born(tokens: Tokens, place: int) -> bool:
    """As in "and summer was born in the winter"; "a star was born" has an article."""
    first = before(tokens, place)[0]
    born = following(tokens, place) in {("was", "born"), ("were", "born")}
    return born and first not in DETERMINERS | _JOINED_TO


_JOINED_TO = frozenset({"in", "since", "by", "of", "last", "on", "the"})


def _namesake(tokens: Tokens, place: int) -> bool:
    """Whether names are told of, and kin has a month's: "how i got my name, my sister's june"."""
    low, owner = tokens.lows[place], before(tokens, place)[0]
    kin = owner.endswith("'s") and owner[:-2] in roles().family
    if not (low in MONTHS and kin and tokens.after(place)[:1] in {"\n", ""}):
        return False
    back = range(max(0, place - _NEAR), place)
    return any(
        tokens.lows[step] in _NAMES and tokens.turns[step] == tokens.turns[place] for step in back
    )


_NAMES = frozenset({"name", "names", "named", "called"})
_NEAR = 10


def is_told_in_full(evidence: Evidence, place: int) -> bool:
    """Whether kin or company has a first and family name of words: "dad was frank fields he"."""
    tokens, behind = evidence.tokens, place + 1
    if tokens.case(place) is Case.MIXED or tokens.lows[place] not in evidence.words.first:
        return False
    if {place, behind} & (evidence.firm | evidence.claimed):
        return False
    first, second = before(tokens, place)
    told = first in {"is", "was"} and second in roles().family
    ours = second in POSSESSIVES and first not in evidence.words.function | _LIKENED
    one = (second, first) in {("was", "one"), ("there's", "one")}
    after, entry = following(tokens, behind)[0], evidence.entry(behind)
    goes_on = after in _AND_SO - {"and", "but", "then", "from"} or after == tokens.lows[place]
    small = tokens.lows[behind] in evidence.words.function - evidence.words.titled
    surname = entry.family >= (STRONG_NAME if one else PART) and not small
    whole = evidence.entry(place).given >= STRONG_NAME and surname
    return (told or ours or one) and goes_on and whole and tokens.lows[place] not in MONTHS


_LIKENED = frozenset({"own", "first", "last", "new", "old", "best", "favourite", "only", "little"})
