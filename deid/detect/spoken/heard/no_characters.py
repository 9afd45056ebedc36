"""Words that stand for a character in some places only: "oh", "a", "one".

"Oh, there he is", "a six, seven when I get up", "the NHS one", "a new one oh seven ...".
"""

from deid.detect.spoken.heard.explaining import joined
from deid.detect.spoken.heard.lexicon import (
    BACKCHANNELS,
    CHUNK,
    CORRECTIONS,
    FIGURE,
    LETTER,
    NATO,
    NUMERAL,
    PRONOUN,
    SKIP,
    STARTS_STRETCH,
)
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, SPACE, STOP, Words

_FEW = 6
_BEFORE_ARTICLE = frozenset({"there's", "got", "get", "had", "have", "has", "want", "need"})
_ONES, _NOUGHTS = frozenset({"new", "old", "other", "another", "different"}), (["oh"], ["zero"])
_BEFORE_NUMBER = frozenset({"is", "it's", "was", "that's", "number", "number's", "digit", "ending"})


def is_interjection(words: Words, token: int) -> bool:
    """As in "Oh right, ..." and "Oh, er, B S ..." at the beginning of a turn or sentence."""
    if words.words[token] != "oh" or (token and words.gap(token) not in (LINE, STOP)):
        return False
    after = token + 1
    if after >= len(words.words) or words.gap(after) not in (SPACE, PAUSE):
        return False
    if words.in_one_breath(after, BACKCHANNELS) or words.in_one_breath(after, CORRECTIONS):
        return True
    following, _ = words.skip(after)
    if following >= len(words.words):
        return False
    if following == after:  # "Oh, there he is.", "oh that's helpful", "Oh, 15, or so", "Oh, I love"
        last = after + 1 >= len(words.words) or not words.kinds[after + 1] & STARTS_STRETCH
        apart = words.gap(after) == PAUSE and words.kinds[after] & (PRONOUN | FIGURE)
        return (bool(apart) and last) or not words.kinds[after] & STARTS_STRETCH
    spelt = words.kinds[following] & (LETTER | NATO | CHUNK)
    return following > after and bool(spelt)


def _is_pronoun(words: Words, token: int) -> bool:
    """As in "the NHS one." at the end of a sentence, "the Health and Care one, three six six"."""
    if not token or words.gap(token) != SPACE:
        return False
    after, before = token + 1, token - 1
    if words.words[before] in _ONES and words.words[after : after + 1] in _NOUGHTS:
        return joined(words, after)  # "a new one oh seven ..."
    ends = after >= len(words.words) or words.gap(after) in (STOP, LINE, BREAK)
    said = words.words[max(0, token - _FEW) : token]
    ends = ends or (words.gap(after) == PAUSE and "the" in said and "'" not in said[-1])
    described = words.words[max(0, before - 1)] == "a"  # "a blue one, ZFB"
    ends = ends or (words.gap(after) == PAUSE and described)
    if ends and words.words[max(0, before - 1) : token] in _KINDS_OF_ONE:
        return True
    number = words.words[before] in _BEFORE_NUMBER or words.kinds[before] & (STARTS_STRETCH | SKIP)
    return ends and (words.words[before] in _ONES or not number)


_KINDS_OF_ONE = (["the", "nhs"], ["the", "chi"], ["the", "gp"], ["the", "hospital"])


def _is_article(words: Words, token: int) -> bool:
    """As in "a six, seven when I get up": one number follows at once, and then a pause."""
    kind = words.kinds[token + 1] if joined(words, token + 1) else 0
    if not kind & NUMERAL or kind & LETTER:
        return False  # "A O, one five X Y K"
    if token and words.gap(token) == SPACE and words.words[token - 1] in _BEFORE_ARTICLE:
        return True
    after = token + 2
    return not joined(words, after) or not words.kinds[after] & STARTS_STRETCH


def _is_id(words: Words, token: int) -> bool:
    """The letters of "the hospital I D", which are no beginning of it."""
    first = token - (words.words[token] == "d")
    said = words.words[max(0, first - 1) : first + 2]
    return len(said) == len("xid") and said[1:] == ["i", "d"] and said[0] in _IDENTIFIED


_IDENTIFIED = frozenset(
    {"hospital", "patient", "case", "client", "staff", "study", "trial", "user", "member"}
)
NO_CHARACTER = {
    "a": _is_article,
    "oh": is_interjection,
    "one": _is_pronoun,
    "i": _is_id,
    "d": _is_id,
}
"""Words that stand for a character in some places only, and what tells the others."""
