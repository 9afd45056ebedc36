"""Hospitals as the subject of what is told, and by their letters: "the BRI were good", "the R-A-H".

Beside ``hospitals``, which needs a preposition. What only a hospital does tells one here, or
letters that are no word; "the general was a hard man" and "the royal family" stay. A rare word
with a capital is a place of care where care is spoken of: "one GP at Evergreen", "in Pilgrim".
"""

import re
from collections.abc import Iterator
from functools import cache

from deid.detect.hospital_names import after_at, short_names
from deid.detect.hospitals import alone, caring
from deid.detect.names.spans import Named
from deid.detect.words.allow import phrase_end
from deid.detect.words.cues import role_words
from deid.detect.words.evidence import COMMON_TIER, FAIR, RARE_TIER, RAREST_TIER, Evidence
from deid.detect.words.gazetteer import sections
from deid.detect.words.neighbours import before, following
from deid.detect.words.tokens import Case, Tokens

_DOING = frozenset(
    {"rang", "lost", "saved", "discharged", "kept", "took", "did", "do", "does", "sent", "gave",
     "had", "have", "has", "said", "wrote", "phoned", "referred", "admitted", "cancelled", "want",
     "wanted", "got", "shut", "closed", "were", "are", "weren't", "aren't", "didn't", "don't",
     "won't", "haven't"}
)  # fmt: skip
_MANY = frozenset({"were", "are", "have", "weren't", "aren't", "haven't"})
_UNDER = frozenset({"at", "in", "under", "from", "to", "by", "with", "for", "all", "near"})
_LONGEST, _INITIALS = 4, 5


def framed_hospitals(evidence: Evidence) -> Iterator[Named]:
    """All of them."""
    tokens = evidence.tokens
    for place in range(len(tokens)):
        article = place > 0 and tokens.lows[place - 1] == "the" and tokens.joined(place)
        last = _letters(tokens, place)
        if last is not None and (article or before(tokens, place)[0] in _UNDER):
            yield Named(place, last, 0.9, "hospital")
        elif _trust(evidence, place) or (article and _subject(evidence, place)):
            yield Named(place, place, 0.85, "hospital")
        elif article and _visited(evidence, place):
            yield Named(place, place, 0.8, "hospital")
        elif article and (last := _renamed(evidence, place)) is not None:
            yield Named(place, last, 0.8, "hospital")
        elif article and (last := _pointed_out(evidence, place)) is not None:
            yield Named(place, last, 0.75, "hospital")
        elif article and (last := _guessed(evidence, place)) is not None:
            yield Named(place, last, 0.8, "hospital")
        elif _asked(evidence, place):
            yield Named(place, place, 0.85, "hospital")
        elif not article and _cared_at(evidence, place):
            yield Named(place, place, 0.6, "place-of-care")


@cache
def _spelt() -> frozenset[str]:
    """The letters of short names that are initials: "rah", "rdande"."""
    found = sections("hospitals.txt")
    names = (*found["after-the"], *found["named"], *found["trusts"])
    bare = (name.replace(" ", "") for name in names if _are_initials(name))
    return frozenset(each for each in bare if each.isalpha())


def _are_initials(name: str) -> bool:
    parts = [part for part in name.split() if part != "and"]
    return all(len(part) == 1 or not set(part) & set("aeiouy") for part in parts) or (
        len(name) <= _INITIALS and " " not in name
    )


def _letters(tokens: Tokens, place: int) -> int | None:
    """The last word of letters that are a hospital's: "R-A-H", "r d and e"; not one word alone."""
    low = tokens.lows[place]
    if "-" in low:
        apart = all(len(part) == 1 for part in low.split("-"))
        return place if apart and low.replace("-", "") in _spelt() else None
    said, found = low, None
    if len(low) > 1 and not tokens.words[place].isupper():
        return None
    for step in range(place + 1, min(len(tokens), place + _LONGEST)):
        letter = len(tokens.lows[step]) == 1 or tokens.lows[step] == "and"
        if not letter or not tokens.joined(step) or tokens.turns[step] != tokens.turns[place]:
            break
        said += tokens.lows[step]
        found = step if said in _spelt() else found
    return found


@cache
def _trusts() -> frozenset[str]:
    return frozenset(sections("hospitals.txt")["trusts"])


def _trust(evidence: Evidence, place: int) -> bool:
    """Whether a trust's initials stand there in capitals: "I was under NBT"."""
    tokens = evidence.tokens
    written = tokens.case(place) is Case.MIXED and tokens.words[place].isupper()
    known = written and tokens.lows[place] in _trusts() and place not in evidence.kept
    return known and before(tokens, place)[0] in _UNDER | {"the", "then", "and"}


def _subject(evidence: Evidence, place: int) -> bool:
    """Whether "the X" does what a hospital does: "the ruh lost my notes", "the Royal were good"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if low not in short_names()[1] or place in evidence.firm:
        return False
    mixed = tokens.case(place) is Case.MIXED
    if mixed and not tokens.capital(place):
        return False
    after = following(tokens, place)[0]
    entry = evidence.lexicon.entry(low)
    letters = (mixed and tokens.words[place].isupper()) or len(low) < _INITIALS
    letters = letters and len(low) > 1 and low not in _NICKNAMES
    odd = not entry.tier and entry.given <= 1
    if letters or odd or low == "infirmary" or caring(evidence, place):
        return (after in _SAID_OF) if tokens.possessive(place) else after in _DOING | _BEING
    if tokens.possessive(place) or tokens.after(place) != " ":
        return False
    many = after in _MANY and not low.endswith("s")
    return many or (after in _DOING and (not entry.tier or entry.tier >= RARE_TIER))


_NICKNAMES = frozenset({"vic", "alex", "bro", "vale", "erne", "heath"})
_BEING = frozenset({"was", "is", "isn't", "wasn't"})
_SAID_OF = frozenset(
    {"shut", "closed", "massive", "huge", "miles", "not", "got", "full", "useless", "brilliant",
     "good", "better", "worse", "nearer", "further", "lovely"}
)  # fmt: skip


def _visited(evidence: Evidence, place: int) -> bool:
    """Whether somebody is under the care of "the X", or did it: "under the christie"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    first, second = before(tokens, place)
    if first != "the" or low not in short_names()[1] or place in evidence.firm:
        return False
    ends = tokens.closes(place)
    ends = ends or following(tokens, place)[0] in _ON
    capital = tokens.case(place) is Case.MIXED and tokens.capital(place)
    tier = evidence.lexicon.entry(low).tier
    odd = not tier or tier >= RAREST_TIER or low == "infirmary"
    going = second == "to" and before(tokens, place - 2)[0] in _GOING
    if capital:
        listed = tokens.words[place].isupper() and second in {"then", "and", "or"}
        return ends and (second in {"did", "under", "built", "rang"} or going or listed)
    if tokens.case(place) is Case.MIXED:
        return False
    return ends and odd and (second in {"under", "did", "rang", "at", "in"} or going)


def _short_end(tokens: Tokens, place: int) -> int | None:
    """The last word of a hospital's short name, "royal" or "queen mary"; None for no name."""
    _, short, _, phrases, _ = short_names()
    last = phrase_end(tokens, phrases, place)
    return place if last is None and tokens.lows[place] in short else last


def _renamed(evidence: Evidence, place: int) -> int | None:
    """The last word of "it's the Queen Mary now", "I call it the Southern", "the, the Royal"."""
    tokens, last = evidence.tokens, _short_end(evidence.tokens, place)
    if last is None:
        return None
    kept = place in evidence.firm and last == place  # "the Queen Elizabeth" is more than the Queen
    if tokens.case(place) is not Case.MIXED or not tokens.capital(place) or kept:
        return None
    first, second = before(tokens, place - 1)
    calls = first == "it" and second in {"call", "called", "calls", "calling"}
    now = first in {"it's", "that's", "its"} and following(tokens, last)[0] in {"now", "then"}
    was = (second, first) == ("it", "was") and (last > place or tokens.closes(last))
    now = now or ((was or (first == "it's" and tokens.closes(last))) and caring(evidence, place))
    taken = first == "the" and tokens.closes(last) and tokens.gap(place - 1) == ", "
    return last if (calls and tokens.closes(last)) or now or taken else None


def _pointed_out(evidence: Evidence, place: int) -> int | None:
    """The last word of "it's basically the QE", or of "The Queen Elizabeth." that answers.

    By its letters, or by two words and more; the ship that answers what one sailed on is none.
    """
    tokens, (_, short, _, phrases, _) = evidence.tokens, short_names()
    last = phrase_end(tokens, phrases, place)
    letters = tokens.words[place].isupper() and tokens.lows[place] in short
    if tokens.case(place) is not Case.MIXED or not (last is not None or letters):
        return None
    last = place if last is None else last
    article, ends = place - 1, tokens.closes(last) and not tokens.possessive(last)
    if place in evidence.kept and last == place:
        return None
    if letters and last == place and before(tokens, article)[0] in _POINTING:
        return last if ends else None
    opens = article > 0 and tokens.turns[article - 1] != tokens.turns[article]
    if not (opens and ends and last > place and tokens.capital(last)):
        return None
    question = tokens.text[max(0, tokens.starts[article] - _QUESTION) : tokens.starts[article]]
    return last if _QUESTIONED.search(question) and not _AT_SEA.search(question) else None


_POINTING = frozenset({"it's", "that's", "basically", "just", "really", "only"})
_QUESTIONED = re.compile(r"\?\s*(?:[^\n?]{1,30}:\s*)?\Z")
_AT_SEA = re.compile(r"\b(?:sail|ship|cruis|boat|liner|pub|drink|who|name)", re.IGNORECASE)


def _guessed(evidence: Evidence, place: int) -> int | None:
    """The last word of "which hospital, was it the royal?", or of "naw the queen elizabeth"."""
    tokens, last = evidence.tokens, _short_end(evidence.tokens, place)
    if last is None:
        return None
    if tokens.case(place) is Case.MIXED and not tokens.capital(last):
        return None
    article = place - 1
    turn, first = tokens.turns[place], article
    while first > 0 and tokens.turns[first - 1] == turn and article - first < _LEADS:
        first -= 1
    led = tokens.forms[first:article]
    opens = (first == 0 or tokens.turns[first - 1] != turn) and _ANSWERING.issuperset(led)
    if opens:
        start = tokens.starts[first]
        asked = _ASKS.search(tokens.text, max(0, start - _QUESTION), start)
        return last if asked and (last > place or alone(evidence, place)) else None
    said = tokens.forms[max(0, article - _REACH) : article]
    return last if led[-2:] in (["was", "it"], ["is", "it"]) and "hospital" in said else None


_ANSWERING = frozenset(
    {"naw", "no", "nah", "yeah", "yes", "aye", "oh", "um", "er", "erm", "well", "it", "was", "is",
     "it's", "that", "think", "i"}
)  # fmt: skip
_LEADS, _REACH = 5, 8


def _asked(evidence: Evidence, place: int) -> bool:
    """Whether it opens the answer to a question for a hospital: "which hospital" / "king's"."""
    tokens = evidence.tokens
    if place < 1 or tokens.turns[place - 1] == tokens.turns[place]:
        return False
    form = tokens.forms[place]
    named, short, *_ = short_names()
    owned = tokens.possessive(place) and form in named | short | after_at()
    start = tokens.starts[place]
    return owned and _ASKS.search(tokens.text, max(0, start - _QUESTION), start) is not None


_ASKS = re.compile(
    r"\b(?:(?:which|what) hospital[a-z',? ]{0,32}|in hospital|"
    r"(?:was|is) (?:that|it|he|she) (?:at|in) (?!(?:an?|the|your|my|his|her|that)\b)[a-z' ]{3,25}|"
    r"where did (?:you|he|she|they) (?:go|have|get) (?:for )?(?:that|it|treatment|your|his|her"
    r"|him|them)\b[a-z', ]{0,25})\??\s*\Z",
    re.IGNORECASE,
)
_QUESTION = 65


def _cared_at(evidence: Evidence, place: int) -> bool:
    """Whether somebody was cared for there: a rare word, in or at it, and care around it."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if before(tokens, place)[0] not in {"at", "in"} or evidence.taken(place):
        return False
    entry, written = evidence.entry(place), tokens.case(place) is Case.MIXED
    written = written and tokens.words[place].istitle() and not tokens.possessive(place)
    named = entry.tier >= COMMON_TIER and entry.name < FAIR and low not in _sorts()
    ends = tokens.closes(place) or following(tokens, place)[0] in _ON | {"now", "last", "so"}
    cared = written and named and ends and not evidence.dosed(place)
    return cared and caring(evidence, place)


@cache
def _sorts() -> frozenset[str]:
    found = sections("roles.txt")
    plain = role_words("kin", "titles", "labels", "heads")
    return plain.union(found["sorts"], found["capital-heads"])


_GOING = frozenset({"up", "down", "over", "go", "going", "went", "goes", "sent", "in", "round"})
_ON = frozenset({"anyway", "and", "with", "for", "again", "on", "the", "when", "because", "first"})
