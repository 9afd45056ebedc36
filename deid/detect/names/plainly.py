"""Where a word that is somebody's name in the talk is the plain word: "worth every penny".

Asked before a name known here is taken again, in turns without telling capitals: a measure stands
before it, it takes an object ("mark my homework"), says what somebody is like ("he wasn't rich"),
is a time of day ("since dawn"), or is played on ("young by name"). Before any name is judged, how
somebody talks is told ("frank about it"), and what one longs for ("can't come soon").
"""

from deid.detect.words.cues import POSSESSIVES, roles
from deid.detect.words.frames import FELT
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens


def is_plainly_word(tokens: Tokens, place: int) -> bool:
    """Whether what stands around the word leaves only the plain word."""
    low = tokens.lows[place]
    first, second = before(tokens, place)
    after, further = following(tokens, place)
    if (first in _MEASURES and (first, second) != ("no", "")) or (after, further) in _PLAYED_ON:
        return True
    if low == "dawn" and first in {"since", "until", "till", "at"}:
        return True
    if low in FELT and first in _HAVING and tokens.closes(place):
        return True
    if low in _DONE and after in POSSESSIVES and further not in roles().family:
        return first in _DOING
    return low in _LIKE and said_of(first, second) and (tokens.closes(place) or after in _AND_SO)


_MEASURES = frozenset({"an", "every", "each", "any", "no", "some", "enough"})
_PLAYED_ON = frozenset({("by", "name"), ("by", "nature")})
_HAVING = frozenset({"had", "have", "has", "lost", "without", "giving", "given"})
_DONE = frozenset({"mark", "grant", "chase", "rob", "bill", "jack", "nick", "sue", "pat", "peg"})
"""Names that are verbs with an object: "chase my referral"."""
_DOING = frozenset(
    {"", "or", "and", "to", "you", "i", "we", "they", "please", "can", "could", "will", "would",
     "they'll", "i'll", "you'll", "we'll", "don't", "just", "then", "must", "should", "didn't"}
)  # fmt: skip
_LIKE = frozenset(
    {"frank", "rich", "sunny", "merry", "young", "little", "long", "sharp", "short", "strong",
     "wise", "good", "small", "brown", "green", "black", "white", "gray", "grey", "happy", "bright",
     "sandy", "rusty", "dusty", "rocky", "noble", "savage", "moody", "best", "swift", "lofty",
     "tiny", "lucky", "ginger", "hardy", "gay", "sweet", "stout", "keen", "blunt", "bold", "smart"}
)  # fmt: skip
_SUBJECTS = frozenset({"he", "she", "i", "you", "they", "we", "who"})
_AND_SO = frozenset({"and", "but", "by", "or", "either", "about", "with", "enough", "then", "too"})


def said_of(first: str, second: str) -> bool:
    """Whether a verb of being, or a degree, says what somebody is like."""
    if first in {"wasn't", "isn't", "weren't", "very", "so", "too", "quite", "really", "not"}:
        return True
    return first in {"was", "is", "are", "were"} and second in _SUBJECTS


def is_awaited(tokens: Tokens, place: int) -> bool:
    """Whether it is a time that one longs for: "summer can't come soon enough"."""
    said = tokens.forms[place + 1 : place + 4]
    longed = said[:2] in (["can't", "come"], ["couldn't", "come"])
    return longed and said[2:] != [] and said[2] in {"soon", "quick", "quickly", "fast", "early"}


def is_open_about(tokens: Tokens, place: int) -> bool:
    """Whether it says how somebody talks of a thing: "my dad is frank about it"."""
    told = tokens.lows[place] in _LIKE and tokens.case(place) is not Case.MIXED
    about, what = following(tokens, place)
    return told and about == "about" and what in _TOLD_OF and before(tokens, place)[0] in _BEING


_BEING = frozenset({"is", "was", "are", "were", "be", "been", "being", "he's", "she's"})
_TOLD_OF = frozenset({"it", "that", "this", "things", "everything", "what", "how"})
