"""Places told by few words of any subject: "Rock Ferry born and bred", "from Bertolli's along".

And the initials of what was said in full: "the Carse Institute. The CI, we call it". Without a list
or the full name before, initials say nothing ("the TV"), nor does a sort ("a country girl").
"""

from deid.detect.words.allow import phrase_end
from deid.detect.words.cues import role_words
from deid.detect.words.evidence import COMMON_TIER, FAIR, PART, Evidence
from deid.detect.words.gazetteer import WEEKDAYS, sections
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens

_BRED = ["born", "and", "bred"]
_SOMEBODY = frozenset(
    {"i'm", "im", "am", "i", "he's", "she's", "we're", "they're", "was", "were", "is", "are", "a",
     "proper", "hes", "shes"}
)  # fmt: skip


def born_and_bred(evidence: Evidence, place: int) -> int | None:
    """The last word of "i'm rock ferry born and bred": a listed place right before."""
    tokens = evidence.tokens
    ahead = tokens.lows[place + 1 : place + 1 + _FARTHEST]
    if "bred" not in ahead:
        return None
    last = phrase_end(tokens, evidence.lexicon.place_phrases, place)
    if last is None:
        entry = evidence.lexicon.entry(tokens.lows[place])
        if entry.place < PART or place in evidence.kept:
            return None
        last = place
    if tokens.case(place) is Case.MIXED and not tokens.capital(last):
        return None
    led = before(tokens, place)[0] in _SOMEBODY | {""}
    return last if led and tokens.lows[last + 1 : last + 4] == _BRED else None


_FARTHEST = 6


def owned_along(evidence: Evidence, place: int) -> int | None:
    """The word of "from Bertolli's along the prom": whose house it is, and the way on from it."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if not tokens.possessive(place) or before(tokens, place)[0] not in {"from", "past"}:
        return None
    entry = evidence.lexicon.entry(low)
    said = low in role_words("kin", "titles", "labels") or evidence.taken(place)
    named = entry.given >= FAIR or entry.tier > 0 or low in WEEKDAYS
    on = following(tokens, place)[0] in _WAYS
    return place if on and tokens.words[place][:1].isupper() and not (said or named) else None


_WAYS = frozenset({"along", "down", "up", "round", "past", "across", "to"})


def told_is(evidence: Evidence, article: int) -> int | None:
    """The last word of "in the rendezvous it's a café": a rare word, and what it is behind it."""
    tokens, last = evidence.tokens, article + 1
    if before(tokens, article)[0] not in _INTO or not _rare(evidence, last):
        return None
    if tokens.turns[last] != tokens.turns[article]:
        return None
    told = last + 1
    same = told + 2 < len(tokens) and tokens.turns[told + 2] == tokens.turns[article]
    is_one = same and tokens.forms[told] in {"it's", "its", "that's"}
    is_one = is_one and tokens.lows[told + 1] in {"a", "the"}
    return last if is_one and tokens.lows[told + 2] in _HOUSES else None


def _rare(evidence: Evidence, place: int) -> bool:
    """Whether a word may call a house: hardly a word, and no kind, role or part of a building."""
    tokens = evidence.tokens
    if place >= len(tokens) or not tokens.joined(place) or evidence.taken(place):
        return False
    low, tier = tokens.lows[place], evidence.entry(place).tier
    small = tokens.case(place) is Case.MIXED and not tokens.capital(place)
    return (not tier or tier >= COMMON_TIER) and not small and low not in _SORTS | _PARTS


_INTO = frozenset({"in", "at", "to", "from", "down"})
_HOUSES = frozenset(
    {"café", "cafe", "caff", "pub", "restaurant", "club", "hotel", "chippy", "bar", "tearoom"}
)
_PARTS = frozenset(
    {"basement", "arcade", "precinct", "cellar", "foyer", "lobby", "annexe", "attic", "marina",
     "quay", "outskirts", "suburbs", "alley"}
)  # fmt: skip


def initials(evidence: Evidence, article: int) -> int | None:
    """The word of "the Carse Institute. The CI": letters of a venue told in full before."""
    tokens, place = evidence.tokens, article + 1
    if place >= len(tokens) or not tokens.joined(place):
        return None
    word = tokens.words[place]
    if tokens.case(place) is not Case.MIXED or not (word.isupper() and word.isalpha()):
        return None
    if not _FEWEST <= len(word) <= _MOST:
        return None
    letters = word.lower()
    firsts = (at for at in range(max(0, article - _BACK), article - len(word) + 1))
    return place if any(_full(evidence, at, letters) for at in firsts) else None


def _full(evidence: Evidence, first: int, letters: str) -> bool:
    """Whether words with capitals that begin so stand there, a kind of venue last."""
    tokens = evidence.tokens
    if tokens.lows[first][0] != letters[0]:
        return False
    words = range(first, first + len(letters))
    begin = all(
        tokens.lows[step][0] == letter and tokens.words[step].istitle()
        for step, letter in zip(words, letters, strict=True)
    )
    joined = begin and all(tokens.joined(step) for step in words[1:])
    kind = joined and tokens.lows[words[-1]] in _KINDS
    return kind and any(_own(tokens, step) and step not in evidence.kept for step in words[:-1])


def _own(tokens: Tokens, place: int) -> bool:
    """Whether a word says which one it is, and not what sort."""
    return tokens.lows[place] not in _SORTS


_FEWEST, _MOST, _BACK = 2, 5, 80
_KIND_LISTS = sections("place_kinds.txt")
_KINDS = frozenset(_KIND_LISTS["kinds"]).union(_KIND_LISTS["venues"]) | {"institute", "academy"}
_SORTS = frozenset(sections("roles.txt")["sorts"]).union(
    _KIND_LISTS["attributes"], _KIND_LISTS["kinds"], sections("roles.txt")["capital-heads"]
)
