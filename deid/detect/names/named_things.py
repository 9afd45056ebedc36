"""Names of things: storms, spacecraft, species, films, ships; one decision for a whole transcript.

"The Calyptra mission", "an app called Mendelo", "Beauveria bassiana" say what a name is of, and it
is of that wherever it comes again. Only a word that no list knows as a name or a place is ever
kept, and none that stands for somebody anywhere in the transcript: by a title, kin, a label, an
answer, a first name beside it, or by what only people do.
"""

from collections.abc import Iterator
from functools import cache

from deid.detect.names.people_here import ENDS_A_NOUN, LONGEST_PHRASE, noun_from, somebody_here
from deid.detect.words.evidence import COMMONEST, FAIR, Evidence
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens

_ARTICLES = frozenset({"a", "an", "the", "this", "that", "another", "its"})
_GOING_ON = frozenset(
    {"by", "where", "that", "which", "about", "with", "and", "we", "i", "you", "for", "on", "from"}
)
_BEHIND = 2
_NEW = frozenset({"a", "an", "another", "this", "some", "any"})
_IS = frozenset({"is", "was"})
_NAMED = frozenset({"called", "named"})
_SHORTEST_LATIN, _SHORTEST = 5, 4
_OPENING = frozenset(
    {"", "and", "but", "so", "because", "cos", "well", "yeah", "yes", "no", "then", "if", "oh"}
)
_NOT_NAMES = frozenset({"me", "him", "her", "us", "them", "you", "it", "round", "over", "back"})


@cache
def _kinds(section: str) -> frozenset[str]:
    return frozenset(sections("thing_kinds.txt")[section])


@cache
def _endings(section: str) -> tuple[str, ...]:
    return tuple(sections("thing_kinds.txt")[section])


def named_things(evidence: Evidence) -> frozenset[int]:
    """The places of all words that are things' names in this transcript."""
    tokens = evidence.tokens
    works = frozenset(_works(evidence))
    known = {tokens.lows[place] for place in _told(evidence)}
    if not known:
        return works
    found = [place for place, low in enumerate(tokens.lows) if low in known]
    people = {tokens.lows[place] for place in found if somebody_here(evidence, place)}
    return works.union(place for place in found if tokens.lows[place] not in people)


def _works(evidence: Evidence) -> Iterator[int]:
    """The words of "Second Breakfast, the podcast", "The Glass Palace, the novel by"."""
    tokens, sorts = evidence.tokens, _kinds("works")
    for kind, low in enumerate(tokens.lows):
        if low not in sorts or kind <= _BEHIND or tokens.lows[kind - 1] != "the":
            continue
        if tokens.gap(kind - 1) != ", " or tokens.gap(kind) != " " or not _no_more(tokens, kind):
            continue
        last = first = kind - _BEHIND
        while first > 0 and tokens.joined(first) and _titled(evidence, first - 1):
            first -= 1
        if last > first and _titled(evidence, last):
            yield from range(first, last + 1)


def _titled(evidence: Evidence, place: int) -> bool:
    """Whether a word with a capital may be of a work's title: a word, and nobody's first name."""
    tokens = evidence.tokens
    listed = evidence.lexicon.entry(tokens.lows[place])
    written = tokens.case(place) is Case.MIXED and tokens.capital(place)
    return written and listed.tier > 0 and listed.given < FAIR


def _no_more(tokens: Tokens, kind: int) -> bool:
    """Whether the kind is all there is: "the film by", not "the film star"."""
    return tokens.closes(kind) or following(tokens, kind)[0] in _GOING_ON


def _told(evidence: Evidence) -> Iterator[int]:
    """The words that a transcript says to be a thing's name."""
    tokens = evidence.tokens
    for place in range(len(tokens)):
        written = tokens.case(place) is Case.MIXED and tokens.capital(place)
        if written and _open(evidence, place) and _is_told(evidence, place):
            yield place


def _open(evidence: Evidence, place: int) -> bool:
    """Whether lists know no person and no place by the word, and nothing spells it as a name."""
    low = evidence.tokens.lows[place]
    listed = evidence.lexicon.entry(low)
    if len(low) < _SHORTEST or listed.name or listed.place or 0 < listed.tier <= COMMONEST:
        return False
    named = low in evidence.labels or low in evidence.words.function
    return not named and not evidence.words.spelt_as_name(low)


def _is_told(evidence: Evidence, place: int) -> bool:
    tokens = evidence.tokens
    headed = place > 0 and tokens.joined(place) and tokens.capital(place - 1)
    if headed and tokens.lows[place - 1] in _kinds("heads"):
        return True
    told = _before_kind(tokens, place) or _is_one(tokens, place) or _called(tokens, place)
    return told or _behind_kind(tokens, place) or _aboard(tokens, place) or _latin(evidence, place)


def _before_kind(tokens: Tokens, place: int) -> bool:
    """As in "the Calyptra mission"; "the Calyptra mission leader" too."""
    first, _ = before(tokens, place)
    behind = tokens.after(place) == " " and following(tokens, place)[0] in _kinds("behind")
    return behind and first in _ARTICLES and not tokens.possessive(place)


def _behind_kind(tokens: Tokens, place: int) -> bool:
    """As in "I saw the film Amorosia."; in "the film Kiyomi made" somebody made it."""
    first, second = before(tokens, place)
    whole = tokens.gap(place) == " " and tokens.closes(place) and not tokens.possessive(place)
    return whole and first in _kinds("shown") and second in _ARTICLES


def _aboard(tokens: Tokens, place: int) -> bool:
    """As in "we sailed on the Calantha", "he served aboard the Calantha"."""
    if before(tokens, place) not in {("the", "on"), ("the", "aboard")}:
        return False
    low = max(0, place - _REACH)
    sailed = (step for step in range(low, place - 2) if tokens.lows[step] in _SAILED)
    alone = not (tokens.after(place) == " " and tokens.capital(place + 1))
    return alone and any(tokens.turns[step] == tokens.turns[place] for step in sailed)


_SAILED = frozenset(
    {"sailed", "sailing", "sail", "served", "serving", "cruised", "crossed", "crew", "stoker",
     "embarked", "passage", "voyage", "torpedoed", "seaman"}
)  # fmt: skip
_REACH = 6


def _is_one(tokens: Tokens, place: int) -> bool:
    """As in "X is a NASA spacecraft that", "X, which is a game."; never "a game designer"."""
    if tokens.possessive(place):
        return False
    if before(tokens, place)[0] == "the" and following(tokens, place)[0] in {"a", "an"}:
        return noun_from(tokens, place + 2) in _kinds("said")  # "the Auriga, an Italian ship"
    step = place + 1
    if following(tokens, place)[0] == "which":
        step += 1
    elif tokens.after(place) != " ":
        return False
    if step + 1 >= len(tokens) or tokens.lows[step] not in _IS:
        return False
    return tokens.lows[step + 1] in {"a", "an", "the"} and (
        noun_from(tokens, step + 2) in _kinds("said")
    )


def _called(tokens: Tokens, place: int) -> bool:
    """As in "an app called X", "the boat was called X"."""
    if not tokens.joined(place) or tokens.lows[place] in _NOT_NAMES:
        return False
    verb = place - 1
    if verb < 1 or tokens.lows[verb] not in _NAMED or not tokens.joined(verb):
        return False
    kind = verb - 1
    is_ = tokens.lows[kind] in _IS
    if is_:
        kind -= 1
    kinds = _kinds("said") | _kinds("called")
    if kind < 1 or tokens.lows[kind] not in kinds or not tokens.joined(kind):
        return False
    return _whole(tokens, kind, whole=is_)


def _whole(tokens: Tokens, kind: int, *, whole: bool) -> bool:
    """Whether the kind is all that is called so: "who made the app is called X" names somebody."""
    for step in range(kind - 1, max(-1, kind - 2 - LONGEST_PHRASE), -1):
        if not whole and tokens.lows[step] in _NEW:
            return True
        if whole and tokens.lows[step] in _OWNING:
            return before(tokens, step)[0] in _OPENING
        if not tokens.joined(step) or tokens.lows[step] in ENDS_A_NOUN:
            return False
    return False


_OWNING = frozenset({"a", "the", "my", "our", "his", "her", "their", "your", "this", "that"})


def _latin(evidence: Evidence, place: int) -> bool:
    """As in "Beauveria bassiana": a genus with its capital, and an epithet that is no word."""
    tokens, second = evidence.tokens, place + 1
    if second >= len(tokens) or not tokens.joined(second) or tokens.possessive(place):
        return False
    low, epithet = tokens.lows[place], tokens.lows[second]
    if tokens.capital(second) or min(len(low), len(epithet)) < _SHORTEST_LATIN:
        return False
    unknown = evidence.lexicon.entry(epithet).unknown and epithet.isalpha()
    latin = low.endswith(_endings("genera")) and epithet.endswith(_endings("epithets"))
    return unknown and latin and epithet not in evidence.lists.words
