"""Remarks inside an address on how it is written: ", all one word,", "all lower case", "then"."""

from deid.detect.spoken.heard.lexicon import data, phrases
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, Words
from deid.detect.spoken.web.letters_explained import explained_from
from deid.detect.spoken.web.mail_parts import STOPS

SAID_JOINTS = frozenset(
    {"dot", "underscore", "dash", "hyphen", "point", "plus", "period", "minus", "underline"}
)
"""Words that say a sign in the first part of an address of mail."""
_NAMING = frozenset({"big", "brilliant", "good", "great", "lovely", "perfect"})
_NAMED_BY = frozenset({"underscore", "dash", "hyphen"})
_ASIDES = phrases(data("context")["mail_asides"])
_LONGEST_ASIDE, _REMARK = 4, 2


def past_remarks(words: Words, last: int) -> int:
    """The token after what is remarked on the spelling behind an address: ", all lower case"."""
    while last < len(words.words) and words.gap(last) in (SPACE, PAUSE):
        size = words.phrase(last, _ASIDES)
        if size < _REMARK or words.words[last] in ("and", "then", "the"):
            break
        last += size
    return last


def remark_size(words: Words, token: int) -> int:
    """Tokens of the remark on the spelling that begins at a token: "all one word"; 0 for none."""
    size = words.phrase(token, _ASIDES)
    return size if size >= _REMARK and words.words[token] not in ("and", "then") else 0


def past_asides(words: Words, token: int) -> int:
    """The token after fillers, corrections and remarks on the spelling from ``token`` on."""
    while token < len(words.words):
        after = token + words.phrase(token, _ASIDES)
        after = words.skip(after)[0] if after < len(words.words) else after
        if after == token or words.words[token] in SAID_JOINTS:
            return token
        token = after
    return token


def before_asides(words: Words, token: int, floor: int) -> int:
    """The token after the last one before ``token`` that is no aside; ``token`` if none is."""
    if _names(words, token - 1):
        return token
    while token > floor:
        if (explained := explained_from(words, token, floor)) < token:
            token = explained
            continue
        for size in range(_LONGEST_ASIDE, 0, -1):
            first = token - size
            if first < floor or not SAID_JOINTS.isdisjoint(words.words[first:token]):
                continue
            lead = size == 1 and words.words[first] in STOPS and not _is_turn(words, first)
            if words.phrase(first, _ASIDES) == size or (
                not lead and words.only_skipped(first, token)
            ):
                token = first
                break
        else:
            return token
    return token


def _names(words: Words, token: int) -> bool:
    """Whether a word that else is an aside is part of an address: "big underscore", "big dave"."""
    if token < 0 or words.words[token] not in _NAMING or token + 1 >= len(words.words):
        return False
    big = words.words[token] == "big" and words.gap(token + 1) == SPACE
    return big or words.words[token + 1] in _NAMED_BY


def _is_turn(words: Words, token: int) -> bool:
    """Whether a word is a turn of its own, as the listener's "yeah" is."""
    after = token + 1
    return words.gap(token) == LINE and after < len(words.words) and words.gap(after) == LINE
