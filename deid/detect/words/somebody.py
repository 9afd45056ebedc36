"""When a phrase that is kept, of names and nothing else, is people after all.

"Uncle Bob", "Jack and Jill", "John Lewis" are sayings, programmes and shops, and they are uncles,
twins and doctors: "my uncle Bob died", "my twins, Jack and Jill", "John Lewis was my GP". Whoever
gives one for a name has it: "my name is John Doe", "I'm Betty Crocker".
"""

from deid.detect.words.cues import POSSESSIVES, Cue, cue_at, role_words, roles
from deid.detect.words.frames import PAST, PERSONAL_VERBS
from deid.detect.words.gazetteer import lexicon
from deid.detect.words.neighbours import before, following
from deid.detect.words.tables import WARES
from deid.detect.words.tokens import Tokens

_OWNING = POSSESSIVES | {"me", "mi", "ma"}
_TOLD_OF = frozenset(
    {"got", "went", "ran", "fell", "had", "was", "were", "is", "has", "did", "does"}
)
"""What a rhyme, a programme or a saying does too: "Jack and Jill went up the hill"."""
_SOME = frozenset(
    {"twins", "sons", "daughters", "kids", "boys", "girls", "children", "grandkids", "lads",
     "neighbours", "cousins", "brothers", "sisters", "friends", "grandchildren", "triplets"}
)  # fmt: skip
_IS = frozenset({"is", "was", "isn't", "wasn't"})
_ARE = frozenset({"are", "were"})
_WHOSE = _OWNING | {"the", "a", "one"}
_NAMED, _GIVEN = 4, 6
"""The weights, 0 to 9, from which a word is a name, and a first name before anything else."""
_REACH = 3


def is_somebody(tokens: Tokens, first: int, last: int, answers: frozenset[int]) -> bool:
    """Whether the kept phrase from ``first`` to ``last`` is people's names here.

    ``answers`` are the turns that answer a question for a name.
    """
    lows = tokens.lows[first : last + 1]
    whole = last == first + 1 and lexicon().entry(lows[0]).given >= _GIVEN
    if whole and _is_presented(tokens, first, last, answers):
        return True
    led = lows[0] in role_words("kin", "titles")
    joined = "and" in lows
    if _is_name(lows[0]) and _is_a_house(tokens, last):
        return True
    if not all(_is_name(low) for low in lows[led:] if low not in {"and", "or"}):
        return False
    if joined:
        return _several(tokens, first, last)
    return _led(tokens, first, last) if led else _of_a_role(tokens, first, last)


def _is_presented(tokens: Tokens, first: int, last: int, answers: frozenset[int]) -> bool:
    """As in "my name is John Doe", "I'm Betty Crocker", "this is James Bond from the surgery"."""
    cue = cue_at(tokens, first, answers)
    if cue is Cue.I_AM and before(tokens, first)[0] not in _ME:
        return following(tokens, last)[0] in _PRESENTED
    return cue in {Cue.INTRODUCTION, Cue.ANSWER, Cue.I_AM} and not tokens.possessive(last)


_ME = frozenset({"i'm", "im", "am"})
_PRESENTED = frozenset({"from", "here", "speaking", "calling", "ringing", "phoning"})


def _is_a_house(tokens: Tokens, last: int) -> bool:
    """Whether a house or a road is named after somebody: "the Linda McCartney Centre"."""
    after = last + 1
    whole = after < len(tokens) and tokens.joined(after) and tokens.capital(after)
    return whole and not tokens.possessive(last) and tokens.lows[after] in _HOUSES


_HOUSES = frozenset(
    {"centre", "hospital", "house", "hospice", "school", "academy", "ward", "unit", "clinic",
     "road", "street", "court", "building", "wing", "hall", "lodge", "trust", "suite", "library",
     "park"}
)  # fmt: skip


def _is_name(low: str) -> bool:
    return lexicon().entry(low).name >= _NAMED


def _led(tokens: Tokens, first: int, last: int) -> bool:
    """As in "my uncle Bob died", "Doctor Martin rang me", "Uncle Bob's coming"."""
    after = following(tokens, last)[0]
    if after in WARES:
        return False
    if tokens.possessive(last):
        return after.endswith("ing") or after in roles().family
    owned = before(tokens, first)[0] in _OWNING and tokens.lows[first] in roles().kin
    return owned or after in PERSONAL_VERBS or _is_ours(tokens, last)


def _several(tokens: Tokens, first: int, last: int) -> bool:
    """As in "my twins, Jack and Jill", "Jack and Jill came", "Tom, Dick and Harry are my sons"."""
    after, further = following(tokens, last)
    if tokens.after(last) == " " and after in (PAST | PERSONAL_VERBS) - _TOLD_OF:
        return True
    led = before(tokens, first)
    if led[led[0] in _ARE] in _SOME or after in {"live", "lives", "lived"}:
        return True
    return after in _ARE and further in _WHOSE and _role_near(tokens, last + 2)


def _of_a_role(tokens: Tokens, first: int, last: int) -> bool:
    """As in "my GP John Lewis is lovely", "John Lewis was my GP"."""
    role = before(tokens, first)[0] in role_words("kin", "labels")
    return (role and before(tokens, first)[1] in _OWNING) or _is_ours(tokens, last)


def _is_ours(tokens: Tokens, last: int) -> bool:
    """Whether "is my GP", "was our neighbour" follows."""
    after, further = following(tokens, last)
    return after in _IS and further in _OWNING and _role_near(tokens, last + 2)


def _role_near(tokens: Tokens, after: int) -> bool:
    """Whether somebody's role stands among the next words: "my next-door neighbour"."""
    near = range(after + 1, min(len(tokens), after + 1 + _REACH))
    said = [tokens.lows[step] for step in near if tokens.turns[step] == tokens.turns[after]]
    people = role_words("kin", "labels", "family") | _SOME
    return not people.isdisjoint({*said, *(low.removesuffix("s") for low in said)})
