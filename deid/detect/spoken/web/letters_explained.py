"""How a name in an address is written, between its parts: "elliot with two ls and two ts dot ...".

"Sandford, that's with an S for Sam, dot"; "garrett two rs eight". Letters that are counted, or that
"with" leads to and a word may explain. Never "with a friend", "two at".
"""

from deid.detect.spoken.heard.lexicon import LETTER
from deid.detect.spoken.heard.words import PAUSE, SPACE, Words

_COUNTS = frozenset({"one", "two", "three", "double", "both"})
_ARTICLES = frozenset({"a", "an", "one", "the"})
_SAYING = frozenset({"that's", "it's", "spelt", "spelled", "which"})
_TALK = frozenset({"is", "as", "us"})
_PLURAL, _EXPLAINED = (2, 3), 3


def explained_from(words: Words, end: int, floor: int) -> int:
    """Where what explains letters and ends before ``end`` begins; ``end`` where nothing does."""
    first, counted = end, True
    while first > floor:
        begin, plural = _item(words, first)
        if begin <= floor:
            break
        first, counted = begin, counted and plural
        if words.words[first - 1] != "and":
            break
        first -= 1
    if first == end:
        return end
    if words.words[first - 1] == "with" and words.gap(first) == SPACE:
        first -= 1
        return first - (words.words[first - 1] in _SAYING and words.gap(first) == SPACE)
    return first if counted and words.words[first] != "and" else end


def _item(words: Words, end: int) -> tuple[int, bool]:
    """Where "two ls" or "an S for Sam" begins that ends before a token, and which; 0 for none."""
    word, before = words.words[end - 1], words.words[max(0, end - _EXPLAINED) : end - 1]
    if len(before) < _EXPLAINED - 1 or words.gap(end - 1) not in (SPACE, PAUSE):
        return 0, False
    if word in _TALK:
        return 0, False  # "the best one is"
    if len(word) in _PLURAL and word[1:] in ("s", "'s") and before[1] in _COUNTS:
        return end - 2, True
    if len(word) == 1 and words.kinds[end - 1] & LETTER and before[1] in _ARTICLES:
        return end - 2, False
    if before[1] != "for" or len(before[0]) > 1 or word[0] != before[0]:
        return 0, False
    first = end - _EXPLAINED
    return first - (first > 0 and words.words[first - 1] in _ARTICLES), False
