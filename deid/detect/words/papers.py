"""Newspapers by the town or county that reads them: "the Craven Herald", "the bolton evening news".

A paper is a thing that everybody there has, and is kept whole. Only its kind tells, behind a name
with a capital or a listed place; the kinds that are everyday words too ("Post", "Echo") need "the"
and the place before them, so that "Up Hatherley Post Office" and "an echo" are none.
"""

from collections.abc import Iterator

from deid.detect.words.gazetteer import lexicon
from deid.detect.words.tokens import Case, Tokens

_SURE = frozenset(
    {"herald", "gazette", "argus", "chronicle", "advertiser", "telegraph", "courier", "observer",
     "examiner", "mercury"}
)  # fmt: skip
_ALSO = frozenset(
    {"echo", "post", "press", "news", "times", "journal", "mail", "express", "star", "standard",
     "guardian", "citizen", "sentinel", "reporter", "independent"}
)  # fmt: skip
_PERIODS = frozenset({"evening", "weekly", "daily", "sunday"})
_LONGEST, _LISTED, _GIVEN = 3, 2, 4


def papers(tokens: Tokens) -> Iterator[int]:
    """The places of the words of all newspapers, without the article."""
    for last, low in enumerate(tokens.lows):
        if low in _SURE or low in _ALSO:
            yield from _words(tokens, last)


def _words(tokens: Tokens, last: int) -> range:
    """The words of the newspaper that ends with a word; none where it is no paper."""
    mixed = tokens.case(last) is Case.MIXED
    if mixed and not (tokens.capital(last) and _ends_name(tokens, last)):
        return range(0)
    first, periodic = last, False
    while first > 0 and last - first < _LONGEST and _joined(tokens, first):
        before = tokens.lows[first - 1]
        named = tokens.capital(first - 1) if mixed else first == last or periodic
        if before in _ARTICLES or not named:
            break
        periodic = before in _PERIODS
        first -= 1
    name = first + (first < last and tokens.lows[first] in _PERIODS)
    if name == last or name >= last or tokens.possessive(name):
        return range(0)
    return range(first, last + 1) if _reads(tokens, first, last, mixed=mixed) else range(0)


_ARTICLES = frozenset({"the", "a", "in't", "t", "our"})


def _reads(tokens: Tokens, first: int, last: int, *, mixed: bool) -> bool:
    """Whether what stands before the kind may be where the paper is read."""
    entry = lexicon().entry(tokens.lows[first])
    article = first > 0 and _joined(tokens, first) and tokens.lows[first - 1] in _ARTICLES
    listed = entry.place >= _LISTED or _phrase(tokens, first, last)
    if not mixed and tokens.lows[last] in _ALSO and tokens.lows[last - 1] not in _PERIODS:
        return False
    if not mixed or tokens.lows[last] in _ALSO:
        return article and listed
    return article or (listed and entry.given < _GIVEN)


def _phrase(tokens: Tokens, first: int, last: int) -> bool:
    seconds = lexicon().place_phrases.get(tokens.lows[first], {})
    return last - first > 1 and tokens.lows[first + 1] in seconds


def _joined(tokens: Tokens, place: int) -> bool:
    return tokens.joined(place) and tokens.turns[place] == tokens.turns[place - 1]


def _ends_name(tokens: Tokens, last: int) -> bool:
    """Whether no further word with a capital goes on with the name: "Hatherley Post Office"."""
    after = last + 1
    return after >= len(tokens) or not (_joined(tokens, after) and tokens.capital(after))
