"""Whether an ordinary English word, written with a capital, stands where a name would.

"Will" is a name inside a sentence and, at its beginning, unless what follows shows the verb ("Will
you", "Hope it helps"). A month is none where a date would have it ("in May", "May 2019"). Asked
only of words that are known to be somebody's name in the transcript or the register.
"""

import re

_ENDS_SENTENCE = frozenset('.!?:;"()[]\n\u2013\u2014\u2026')
_MONTH_NAMES = frozenset({"april", "may", "june", "august", "jan"})
_BEFORE_A_MONTH = frozenset(
    {"about", "after", "and", "around", "before", "by", "during", "early", "every", "for", "from"}
    | {
        "been",
        "in",
        "last",
        "late",
        "mid",
        "next",
        "of",
        "on",
        "or",
        "since",
        "the",
        "this",
        "till",
        "to",
    }
    | {"until"}
)
_AFTER_THE_WORD = frozenset(
    {
        "i",
        "you",
        "he",
        "she",
        "it",
        "we",
        "they",
        "me",
        "him",
        "us",
        "them",
        "there",
        "this",
        "that",
    }
    | {"these", "those", "the", "a", "an", "my", "your", "his", "her", "our", "their", "its"}
    | {
        "one",
        "of",
        "for",
        "to",
        "so",
        "be",
        "not",
        "out",
        "up",
        "down",
        "on",
        "all",
        "any",
        "some",
        "no",
    }
    | {"everyone", "everybody", "anyone", "anybody", "people", "somebody", "someone", "have"}
)
_ADDRESSED = re.compile(
    r"(?:\b(?:thank you|thanks|cheers|bye|goodbye|hello|hi|hiya|ta|mr|mrs|ms|miss|doctor|dr|nurse)"
    r",? )\Z",
    re.IGNORECASE,
)
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_REACH = 24


def stands_as_name(text: str, start: int, end: int) -> bool:
    """Whether the capitalised ordinary word at these offsets is a name, it being one elsewhere.

    Args:
        text: The visible text of one turn, or of many joined by line feeds.
        start: Where the word begins.
        end: Where it ends, without possessive or contraction.
    """
    before = text[max(0, start - _REACH) : start].rstrip(" ")
    after = text[end : end + _REACH]
    if not before or before[-1] in _ENDS_SENTENCE:
        following = _NEXT_WORD.match(after)
        return following is None or following[1].casefold() not in _AFTER_THE_WORD
    if text[start:end].casefold() not in _MONTH_NAMES:
        return True
    last = before.rsplit(maxsplit=1)[-1].casefold()
    dated = after.lstrip()[:1].isdigit() or last[-3:-2].isdigit()
    return last not in _BEFORE_A_MONTH and not dated


def is_addressed(text: str, start: int, end: int) -> bool:
    """Whether the word is whom somebody thanks, greets or gives a title ("thank you, king").

    For texts without telling capitals; the word is a name elsewhere in the transcript.
    """
    closes = text[end : end + 1] in {"", ".", ",", "!", "?", "\n"}
    return closes and _ADDRESSED.search(text[max(0, start - _REACH) : start]) is not None
