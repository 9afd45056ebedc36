"""Names that are also a people's, a faith's or a language's: is that what is meant here?

"She's Christian", "a Finn", "in Shona", "the Roman baths" are kept; "Roman's idea" is somebody's.
"""

from deid.detect.words.frames import PAST
from deid.detect.words.gazetteer import lexicon
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens

_ARTICLES = frozenset({"a", "an", "the", "some", "any", "those", "these", "other"})
_BEING = frozenset(
    {"is", "are", "was", "were", "he's", "she's", "i'm", "we're", "they're", "half", "being", "not",
     "very", "practising", "devout"}
)  # fmt: skip
_FAMILY = frozenset({"family", "who", "who's", "boys", "girls", "brothers", "lot"})
_SPEAKING = frozenset({"speak", "speaks", "spoke", "speaking", "in", "into", "learn", "learning"})
_OF_PEOPLES = frozenset(
    {"catholic", "catholics", "church", "churches", "group", "school", "aid", "faith", "music",
     "numeral", "numerals", "blind", "blinds", "road", "roads", "villa", "baths", "wall", "ruins",
     "fort", "house", "houses", "times", "rose", "period", "education", "counsellor", "union",
     "fellowship", "values", "community", "temple", "wedding", "language", "interpreter", "speaker",
     "speakers", "people", "woman", "man", "soldiers", "empire", "britain", "remains", "town",
     "site", "style", "beams", "stuff", "beliefs", "camp", "bookshop", "radio", "festival"}
)  # fmt: skip


_MOSTLY_NAMES = frozenset({"shona", "finn", "dane", "krishna", "prasad"})
_GIVEN = 5


def of_people(tokens: Tokens, place: int) -> bool:
    """Whether a listed word stands for a people here; without capitals it mostly does."""
    first, after = before(tokens, place)[0], following(tokens, place)[0]
    if after in _OF_PEOPLES:
        return True
    if tokens.case(place) is not Case.MIXED:
        if _surname(tokens, place):
            return False
        told = first in _ARTICLES | _BEING | _SPEAKING
        return told or (tokens.lows[place] not in _MOSTLY_NAMES and after not in PAST - _BEING)
    if place + 1 < len(tokens) and tokens.joined(place + 1) and tokens.capital(place + 1):
        return False  # "a Christian Ferguson rang"
    being = first in _BEING or (place > 0 and tokens.possessive(place - 1))  # "he's Christian"
    if being and (tokens.closes(place) or after in {"and", "or", "but", "too"}):
        return True
    return first in _SPEAKING or (first in _ARTICLES and after not in _FAMILY)


def _surname(tokens: Tokens, place: int) -> bool:
    """Whether a first name stands right before it: "EIRLYS TUDOR"."""
    if not place or not tokens.joined(place):
        return False
    first = lexicon().entry(tokens.lows[place - 1])
    return first.given >= _GIVEN and first.tier == 0 and not tokens.possessive(place - 1)
