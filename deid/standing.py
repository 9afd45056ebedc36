"""Whether an ordinary English word, written with a capital, stands where a name would.

"Will" is a name inside a sentence and, at its beginning, unless what follows shows the verb ("Will
you", "Hope it helps"). A month is none where a date would have it ("in May", "May 2019"). Asked
only of words that are known to be somebody's name in the transcript or the register.
"""

import re

_ENDS_SENTENCE = frozenset('.!?:;"()[]\n\u2013\u2014\u2026')
_MONTH_NAMES = frozenset({"april", "may", "june", "august", "jan", "dec"})
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
_SOMETHING_ELSE = frozenset(
    {"ad", "ai", "al", "da", "de", "di", "du", "ed", "el", "en", "er", "es", "et", "ex", "gp", "id"}
    | {"io", "iv", "la", "le", "li", "ma", "mi", "mo", "ng", "om", "op", "pa", "pe", "ra", "re"}
    | {"si", "ta", "te", "ti", "tv", "ty", "va", "vi", "xi", "ya", "ye", "yo"}
)
"""Two letters that are said for something else: the department, "et al", "half a mo", an NG tube,
part of a foreign name, a numeral."""
_NO_NAME_BEFORE = frozenset(
    {"the", "a", "an", "this", "that", "my", "your", "his", "her", "our", "their", "its", "some"}
    | {"any", "no", "each", "every", "per", "another", "et", "half", "part", "chapter", "stage"}
)
_PLACE_BEFORE = frozenset(
    {"in", "at", "to", "into", "from", "via", "through", "by", "of", "on", "for", "with"}
)
_BEFORE_SOMEBODY = frozenset(
    {"told", "asked", "met", "rang", "phoned", "texted", "married", "called", "named", "i'm", "im"}
    | {"husband", "wife", "partner", "brother", "sister", "son", "daughter", "mum", "dad", "friend"}
    | {"mother", "father", "uncle", "aunt", "auntie", "cousin", "mate", "neighbour", "nephew"}
    | {"niece", "grandson", "granddaughter", "colleague", "boss", "mr", "mrs", "ms", "dr", "hi"}
    | {"hello", "hiya", "bye", "thanks", "cheers"}
)
_ONLY_SOMEBODY_DOES = frozenset(
    {"said", "says", "told", "tells", "asked", "asks", "thinks", "thought", "knows", "knew", "felt"}
    | {"feels", "wants", "wanted", "loves", "loved", "likes", "liked", "lives", "lived", "works"}
    | {"worked", "died", "rang", "phoned", "texted", "came", "comes", "went", "goes", "reckons"}
)
_WORD_BEFORE = re.compile(r"([^\W\d_]+(?:'[^\W\d_]+)?),? \Z")
_WORD_AFTER = re.compile(r"(?:'s)?,? ([^\W\d_]+(?:'[^\W\d_]+)?)")
_IN_A_WORD = re.compile(r"[-_@/&+]|\.\w|\d")
_WITH_ME = re.compile(r"\b(?:me|i) and \Z", re.IGNORECASE)
_AND_ME = re.compile(r" and (?:me|i|my)\b", re.IGNORECASE)


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


def is_dated(text: str, start: int, end: int) -> bool:
    """Whether a month, somebody's name elsewhere, is the month here: "in June", "May 2019"."""
    if text[start:end].casefold() not in _MONTH_NAMES:
        return False
    last = text[max(0, start - _REACH) : start].split()[-1:]
    day = text[end : end + _REACH].lstrip()[:1].isdigit()
    return day or bool(last and last[0].casefold() in _DATING)


_DATING = frozenset(
    {"in", "since", "until", "till", "during", "early", "late", "mid", "every", "an", "a"}
)


def is_addressed(text: str, start: int, end: int) -> bool:
    """Whether the word is whom somebody thanks, greets or gives a title ("thank you, king").

    For texts without telling capitals; the word is a name elsewhere in the transcript.
    """
    closes = text[end : end + 1] in {"", ".", ",", "!", "?", "\n"}
    return closes and _ADDRESSED.search(text[max(0, start - _REACH) : start]) is not None


def is_short_name(text: str, start: int, end: int) -> bool:
    """Whether a name of two letters, in small letters, is one where it stands ("jo said").

    Not where it is the piece of a word ("di- didn't"), nor behind an article. Letters that are said
    for something else, too, are a name only where nothing but somebody could be meant: "ed rang",
    "my brother ed", and not "in ed", "half a mo".
    """
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    if _IN_A_WORD.match(after) or before[-1:] in set("-_@/&+."):
        return False
    said = text[start:end].casefold()
    last, following = (
        found[1].casefold() if found else ""
        for found in (_WORD_BEFORE.search(before), _WORD_AFTER.match(after))
    )
    if last in _NO_NAME_BEFORE or (following != said and following.startswith(said)):
        return False
    if said not in _SOMETHING_ELSE or last in _BEFORE_SOMEBODY:
        return True
    if last in _PLACE_BEFORE:
        return False
    does = following in _ONLY_SOMEBODY_DOES or after.startswith("'s ")
    return does or bool(_WITH_ME.search(before) or _AND_ME.match(after))
