"""Words that are names too, where they are things or deeds: "a robin", "she wanted to sue".

For turns without telling capitals, where a word's neighbours are all that tell.
"""

from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Tokens

ARTICLES = frozenset({"a", "an", "the", "some", "any", "another", "every", "each", "no"})
_POINTING = frozenset({"this", "that", "one", "these", "those"})
_ASKED_WHO = frozenset(
    {"is", "was", "isn't", "wasn't", "who's", "know", "think", "say", "said", ""}
)
_UNABLE = frozenset(
    {"can't", "don't", "didn't", "won't", "couldn't", "wouldn't", "cannot", "could", "can"}
)
_WANTING = frozenset(
    {"going", "want", "wants", "wanted", "try", "trying", "tried", "like", "need", "able", "used",
     "gonna", "threatened", "decided", "love", "hate", "ought", "supposed"}
)  # fmt: skip


def is_thing(tokens: Tokens, place: int) -> bool:
    """Whether an article stands before it, or a word that points: "that robin was there"."""
    first, second = before(tokens, place)
    pointed = first in ARTICLES or (first in _POINTING and second not in _ASKED_WHO)
    return pointed or _is_herb(tokens, place)


def _is_herb(tokens: Tokens, place: int) -> bool:
    """Whether it is cooked with or grows: "basil and dill", "planted ivy", "sage and onion"."""
    if tokens.lows[place] not in HERBS:
        return False
    first, second = before(tokens, place)
    after, further = following(tokens, place)
    if first in _GROWING or after in _COOKED or (after in _JOINING and further in _KITCHEN):
        return True
    beside = first in _KITCHEN and tokens.gap(place).strip() == ","
    return beside or (first in _JOINING and second in _KITCHEN)


ABSTRACT = frozenset(
    {"hope", "faith", "joy", "grace", "patience", "mercy", "charity", "art", "summer", "winter",
     "autumn", "dawn", "sky", "love", "trust", "comfort", "fortune", "justice", "destiny", "will",
     "may", "june", "april", "august", "heath", "forest", "storm", "chance", "liberty", "harmony",
     "melody", "blessing", "constance", "prudence", "temperance", "goodness",
     "trinity", "honor", "miracle", "wisdom", "favour", "serenity"}
)  # fmt: skip
"""What is felt, hoped for or comes with the year, and a first name too."""
HERBS = frozenset({"basil", "rosemary", "sage", "ginger", "ivy", "heather", "lavender", "jasmine"})
GROWN = HERBS | {
    "honey", "cherry", "holly", "olive", "hazel", "clover", "amber", "coral", "sandy", "robin",
    "candy",
}  # fmt: skip
_KITCHEN = HERBS | {
    "dill", "parsley", "thyme", "mint", "coriander", "garlic", "chives", "oregano", "tarragon",
    "fennel", "cumin", "turmeric", "tomato", "tomatoes", "onion", "onions", "lemon", "mozzarella",
    "pepper", "salt", "honey", "chilli", "butter", "feta", "camomile", "chamomile",
}  # fmt: skip
_GROWING = frozenset(
    {"planted", "planting", "plant", "grow", "grew", "growing", "fresh", "dried", "chopped", "thai"}
)
_COOKED = frozenset({"leaves", "leaf", "sprigs", "sprig", "pesto", "plant", "plants", "tea", "oil"})
_JOINING = frozenset({"and", "or", "with"})


def is_verb(tokens: Tokens, place: int) -> bool:
    """Whether a word stands as a verb does: "you can't jack it in", "want to sue"."""
    first, second = before(tokens, place)
    if first in _UNABLE or (first == "to" and second in _WANTING):
        return True
    done_to = following(tokens, place)[0] in _OBJECTS
    return done_to and (first in _WOULD or (first == "even" and second in _UNABLE))


_WOULD = frozenset({"they'd", "he'd", "she'd", "i'd", "you'd", "we'd", "they'll", "i'll", "would"})
_OBJECTS = frozenset({"them", "him", "you", "me", "us", "it"})
