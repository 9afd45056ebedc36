"""The answer to a question for an address, whatever its form.

"And the village?" / "Nether Thorling. There's a gate."; "what's the house number" / "one three
seven"; "Address?" / "Unit 6, Old Tannery, Sudbury." After such a question each clause that begins
the answer is of the address as long as it holds a number, a street or a name, and nothing that is
talk. Never "same as before", "at work", "two minutes away".
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.dwellings import DESCRIBING
from deid.detect.spoken.addresses.roads import PUBLIC
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import (
    DWELLING,
    LETTER,
    MIXED,
    MULTIPLE,
    NATO,
    NUMERAL,
    SCALE,
    STREET,
    data,
    phrases,
)
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, LINE, PAUSE, SLASH, SPACE, Words
from deid.detect.words.allow import allowed
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

NAME = "spoken-addresses"
_CONTEXT = data("context")
_ASKED = phrases(_CONTEXT["address_asked"])
_DOORS = phrases(_CONTEXT["address_asked_door"])
_NAMES = phrases(_CONTEXT["address_asked_name"])
_TOLD_BY = phrases(_CONTEXT["address_told_by"])
_LEADS = frozenset(_CONTEXT["addresses_answer_leads"]) | {
    "called",
    "that'd",
    "it'd",
    "so",
    "well",
    "she's",
}
_TALK = frozenset(_CONTEXT["address_talk"])
_PARTICLES = frozenset({"of", "the", "upon", "on", "le", "la", "y", "yr", "na", "nan", "an", "by"})
_OF_DOORS = frozenset({"number", "stroke", "slash", "dash", "floor"})
_RANKED = frozenset({"on", "to"})
_REACH, _LONGEST, _MOST_DIGITS, _RARE, _SHORTEST, _NEAR = 8, 8, 6, 50, 4, 2
_NUMBERED = NUMERAL | STREET | DWELLING
_TOLD = NUMERAL | MIXED | LETTER | NATO | MULTIPLE | STREET | DWELLING
_OTHERS = (CueKind.NAME, CueKind.BIRTH, CueKind.EMAIL)


class _Start(NamedTuple):
    """Where an address may begin: its token, what was asked for, or whether a home is told."""

    token: int
    door: bool = False
    name: bool = False
    told: bool = False


def address_answers(reading: Reading) -> Iterator[Hit]:
    """Hits for the clauses with which answers begin, or what follows "I live at"."""
    words = reading.words
    for asked in (*_answering(reading), *_telling(words)):
        begin = asked.token if asked.told else _past_leads(words, asked.token)
        first = _past_home(words, begin)
        start = asked._replace(token=first) if first > begin else asked
        clauses = list(_clauses(words, first))
        while clauses and not _is_address(words, *clauses[-1], start):
            clauses.pop()
        named = any(not _only_number(words, *clause) for clause in clauses)
        if clauses and (named or start.door or start.told):
            last = clauses[-1][1]
            numbered = any(kind & _NUMBERED for kind in words.kinds[first:last])
            street = numbered or start.told or start.door or start.name
            kind = EntityType.STREET_ADDRESS if street else EntityType.LOCATION
            yield reading.hit(first, last, kind, 0.6, (NAME, "answer"))


def _answering(reading: Reading) -> Iterator[_Start]:
    """Turns that answer a question for an address."""
    words, begin = reading.words, 0
    for token in range(1, len(words.words)):
        if words.gap(token) != LINE:
            continue
        asked = range(max(begin, token - _REACH), token)
        mark = words.between(token)
        ends = "?" in mark or not mark.strip()
        name = any(words.phrase(each, _NAMES) for each in asked)
        other = reading.cues.nearest(_OTHERS, token, token, reach=token - begin, ahead=0)
        if other is not None and not name:
            begin = token
            continue
        door = any(_ends_near(words, each, token) for each in asked)
        if ends and (door or name or any(words.phrase(each, _ASKED) for each in asked)):
            yield _Start(token, door=door, name=name)
        begin = token


def _ends_near(words: Words, token: int, turn: int) -> bool:
    """Whether a question for a door begins at a token and hardly anything follows it."""
    size = words.phrase(token, _DOORS)
    return size > 0 and token + size > turn - _NEAR and words.words[turn - 1] not in _RANKED


def _telling(words: Words) -> Iterator[_Start]:
    """What follows "I live at", "the address is" in the same clause."""
    for token in range(len(words.words)):
        size = words.phrase(token, _TOLD_BY)
        first = token + size
        if size and first < len(words.words) and words.gap(first) == SPACE:
            yield _Start(first, told=True)


def _past_leads(words: Words, first: int) -> int:
    """The first token of an answer after fillers and "it's", "we're at"."""
    start = first
    while first < len(words.words) and first - start < _LONGEST:
        if first > start and words.gap(first) == LINE and not words.only_skipped(start, first):
            return start
        after = words.skip(first)[0]
        after += after < len(words.words) and words.words[after] in _LEADS and after == first
        if after == first:
            break
        first = after
    return first


def _past_home(words: Words, first: int) -> int:
    """The token after "a flat on", which is of no address by itself."""
    said = words.words[first : first + 3]
    led = said[:1] == ["a"] and said[2:] in (["on"], ["in"], ["at"])
    return first + 3 if led and words.kinds[first + 1] & (DWELLING | STREET) else first


def _clauses(words: Words, first: int) -> Iterator[tuple[int, int]]:
    """The clauses from a token on of which each word may be of an address."""
    while first < len(words.words):
        last = _clause_end(words, first)
        if last == first:
            return
        yield first, last
        if last >= len(words.words) or words.gap(last) != PAUSE:
            return
        first = last


def _clause_end(words: Words, first: int) -> int:
    """The token after what may be of an address, up to the end of its clause."""
    last = first
    while last < len(words.words) and last - first < _LONGEST:
        if last > first and words.gap(last) not in (SPACE, HYPHEN, SLASH):
            break
        word, kind = words.words[last], words.kinds[last]
        hundred = word == "and" and last > first and words.kinds[last - 1] & SCALE
        base = word.removesuffix("'s")
        opens = last == first and word in DESCRIBING and not (kind & _TOLD or words.cased)
        if opens and word != "the":
            break
        if (word in _TALK and not hundred) or "'" in base or (base != word and base in _TALK):
            break
        small = words.cased and not (words.capital(last) or kind & _TOLD or kind & SCALE)
        if small and word not in _PARTICLES and word not in _OF_DOORS and not hundred:
            break
        last += 1
    while last > first + 1 and _is_tail(words, first, last - 1):
        last -= 1
    return last


def _is_tail(words: Words, first: int, token: int) -> bool:
    """Whether a particle, or a letter that no number stands before, ends what was read."""
    lone = words.kinds[token] & LETTER and len(words.words[token]) == 1
    lettered = token > first and words.kinds[token - 1] & (NUMERAL | MIXED | DWELLING)
    return words.words[token] in _PARTICLES or bool(lone and not lettered)


def _only_number(words: Words, first: int, last: int) -> bool:
    told = NUMERAL | MIXED | MULTIPLE | SCALE
    return all(
        words.kinds[token] & told
        or len(words.words[token]) == 1
        or words.words[token] in ("and", "number")
        for token in range(first, last)
    )


def _is_address(words: Words, first: int, last: int, start: _Start) -> bool:
    """Whether a clause holds a street, a number that was asked for, or a name."""
    whole = words.closes(last)
    if _only_number(words, first, last):
        numbered = start.door or (start.told and words.words[first] == "number")
        return numbered and whole and last - first <= _MOST_DIGITS
    if any(tuple(words.words[token : token + 2]) in PUBLIC for token in range(first, last)):
        return False
    tokens = range(first, last)
    numbered = any(words.kinds[token] & (NUMERAL | DWELLING) for token in tokens)
    street = any(_is_street(words, first, token) for token in range(first + 1, last))
    if start.told and first == start.token:
        dwelling = words.kinds[first] & DWELLING or words.words[first] == "number"
        return numbered and (
            street or bool(whole and (dwelling or _door_named(words, first, last)))
        )
    told = words.capital(first) if words.cased else words.words[start.token] not in ("no", "not")
    if start.name and whole and told:
        return True
    if words.cased:
        names = sum(words.capital(token) for token in tokens)
        typed = street or numbered
        return (names > 1 and (typed or whole)) or any(_is_name(words, token) for token in tokens)
    return street or any(_is_name(words, token) for token in tokens)


def _door_named(words: Words, first: int, last: int) -> bool:
    """Whether it is a number and names with capitals: "2 Lower Bullring"."""
    name = first + 1
    numbered = bool(words.kinds[first] & (NUMERAL | MIXED)) and name < last
    return (
        words.cased
        and numbered
        and all(words.capital(token) or words.kinds[token] & NUMERAL for token in range(name, last))
    )


def _is_street(words: Words, first: int, token: int) -> bool:
    """Whether a word is the type of a street with a name: "duck street", not "the long road"."""
    name = words.words[token - 1]
    plain = name in DESCRIBING and (token - 1 == first or words.words[token - 2] in DESCRIBING)
    return bool(words.kinds[token] & STREET) and not plain


def _is_name(words: Words, token: int) -> bool:
    """Whether a word is no English, or hardly ever said, and stays nowhere: "the pregabalin"."""
    word = words.words[token].removesuffix("'s")
    if word in allowed().words and not lexicon().entry(word).place:
        return False
    plain = words.kinds[token] & _TOLD or word in DESCRIBING or len(word) < _SHORTEST
    return not plain and not 0 < _tier(word) < _RARE


@cache
def _tier(word: str) -> int:
    return lexicon().entry(word).tier
