"""Addresses given a piece a turn, whoever asked for them and however: told by their shape.

"So it starts eighty-three." / "Lovely, what else?" / "And then Mill Terrace."; "Flat twenty." /
"Was that flat twenty?" / "Yeah, 65 Mill Road.". Nobody counts or doses so: turns that hold nothing
but a number or a flat, then turns that only hear it, say it again or ask for more, then a street
that begins its turn. A street alone so in its turn is one that its town follows. Never an amount,
an age or a time that was asked for ("How many?" / "Six." / "Okay." / "Mill Road was busy.").
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.doors_again import AMOUNTS, LETTERS, said_numbers
from deid.detect.spoken.addresses.dwellings import DESCRIBING, NOT_NAMES, address_hit
from deid.detect.spoken.addresses.roads import PUBLIC
from deid.detect.spoken.addresses.towns import listed
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.giving import asks, closes, nods, past_leads, turns
from deid.detect.spoken.heard.lexicon import DWELLING, MIXED, MONTH, NUMERAL, SKIP, STREET, UNITS
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, SPACE, Words

_LONGEST_NAME, _LONGEST_ASK, _LONGEST_ECHO, _HIGHEST, _SHORTEST = 3, 12, 8, 2999, 3
_LATER = 2
_OTHER = (
    CueKind.EMAIL, CueKind.PHONE, CueKind.NHS, CueKind.POSTCODE, CueKind.BIRTH, CueKind.AGE,
    CueKind.RECORD, CueKind.VEHICLE, CueKind.BANK,
)  # fmt: skip
_ECHOING = frozenset(
    {"was", "that", "is", "it", "did", "you", "say", "sorry", "so", "that's", "it's", "just"}
)
_ASKING_ON = frozenset(
    {"the", "street", "road", "name", "house", "what", "what's", "which", "of", "all", "it", "that",
     "and", "is", "line", "rest", "bit", "address", "for", "me", "then", "first", "there", "where"}
)  # fmt: skip


class _Piece(NamedTuple):
    """Tokens (half-open) of a part of an address, and whether a street ends it."""

    first: int
    last: int
    street: bool


def in_turns(reading: Reading) -> Iterator[Hit]:
    """Hits for the doors and flats, for what says them again, and for the street."""
    words, doors, before = reading.words, list[_Piece](), 0
    heard, alone, spans = False, None, list(turns(words))
    for place, (first, last) in enumerate(spans):
        token = past_leads(words, first, last)
        door, street = _door(words, token, last), _street(words, token, last)
        if alone and _town(words, token, last):
            yield address_hit(reading, alone.first, alone.last, 0.6, "in-turns-town")
        if street or not nods(reading, first, last):
            alone = street if street and closes(words, street.last, last) else None
        if door and not street:
            told = doors and (heard or _says_again(words, door, doors))
            doors = doors if told else []
            if told or not _of_amounts(reading, before, first):
                doors.append(door)
                heard = False
        elif doors and street:
            for piece in (*doors, street):
                yield address_hit(reading, piece.first, piece.last, 0.65, "in-turns")
            yield from _said_back(reading, street, spans[place + 1 : place + 1 + _LATER])
            doors = []
        elif doors and (echo := _echo(words, first, last, doors)):
            doors.append(echo)
            heard = True
        elif doors and _hears(reading, first, last):
            heard = True
        else:
            doors = []
        before = first


def _door(words: Words, token: int, last: int) -> _Piece | None:
    """The number or the flat that is all that a turn gives from a token on."""
    flat = token < last - 1 and words.kinds[token] & DWELLING and words.gap(token + 1) == SPACE
    number = token + bool(flat)
    if words.words[number : number + 1] == ["number"]:
        number += 1
    end = _number_end(words, number, last)
    if flat and end:
        end = _number_end(words, end, last) or end  # "flat 10, 155"
    if not end or not closes(words, end, last):
        return None
    return _Piece(token, end, street=False)


def _number_end(words: Words, token: int, last: int) -> int:
    """The token after the longest house number that begins at one, with its letter; else 0."""
    if token >= last:
        return 0
    if words.kinds[token] & MIXED:
        return token + 1 if words.words[token][:-1].isdigit() else 0
    hundred = words.words[token : token + 2] == ["a", "hundred"]
    ends = [
        end
        for end, digits in said_numbers(words, token + hundred)
        if end <= last and 0 < int(digits) <= _HIGHEST
    ]
    if not ends:
        return 0
    end = max(ends)
    lettered = end < last and words.words[end] in LETTERS and words.gap(end) == SPACE
    return end + lettered


def _street(words: Words, token: int, last: int) -> _Piece | None:
    """The street, with its number, with which a turn begins behind its leads."""
    first, name = token, token
    flat = name < last and words.kinds[name] & DWELLING
    name = _number_end(words, name + bool(flat), last) or name
    for street in range(name + 1, min(last, name + _LONGEST_NAME + 1)):
        if words.gap(street) not in (SPACE, HYPHEN) or not _may_name(words, street - 1):
            return None
        ends = words.closes(street + 1) or words.words[street + 1] in _AFTER
        ends = ends and not asks(words, street + 1, street + 1)
        if words.kinds[street] & STREET and ends:
            public = tuple(words.words[name : street + 1]) in PUBLIC
            written = not words.cased or words.capital(street)
            return None if public or not written else _Piece(first, street + 1, street=True)
    return None


def _town(words: Words, token: int, last: int) -> bool:
    """Whether a listed place is all that a turn gives."""
    if token >= last or (words.cased and not words.capital(token)):
        return False
    end = listed(words, token)
    return end > token and closes(words, end, last)


_AFTER = frozenset({"and", "please", "lovely", "in", "that's", "yeah", "yes", "is", "so"})


def _may_name(words: Words, token: int) -> bool:
    word, kind = words.words[token], words.kinds[token]
    plain = word in DESCRIBING or word in NOT_NAMES or word in UNITS or len(word) < _SHORTEST
    written = not words.cased or words.capital(token)
    own = "'" in word and not word.endswith("'s")
    return written and not (plain or own or kind & (NUMERAL | MONTH | SKIP))


def _echo(words: Words, first: int, last: int, doors: Sequence[_Piece]) -> _Piece | None:
    """The words of the last door in a turn that says little else: "Was that flat twenty?"."""
    said = words.words[doors[-1].first : doors[-1].last]
    if last - first > len(said) + _LONGEST_ECHO:
        return None
    for token in range(first, last - len(said) + 1):
        if words.words[token : token + len(said)] == said:
            rest = [*range(first, token), *range(token + len(said), last)]
            small = all(
                words.kinds[each] & SKIP or words.words[each] in _ECHOING | _ASKING_ON
                for each in rest
            )
            return _Piece(token, token + len(said), street=False) if small else None
    return None


def _said_back(reading: Reading, street: _Piece, later: Sequence[tuple[int, int]]) -> Iterator[Hit]:
    """The street where a turn soon after begins with it: "mill road and the town"."""
    words = reading.words
    said = words.words[street.first : street.last]
    for first, last in later:
        token = past_leads(words, first, last)
        if words.words[token : min(last, token + len(said))] == said:
            yield address_hit(reading, token, token + len(said), 0.6, "in-turns-again")


def _says_again(words: Words, door: _Piece, doors: Sequence[_Piece]) -> bool:
    """Whether a door's words are the last of the door before: "flat twenty" / "twenty"."""
    last, again = doors[-1].last, words.words[door.first : door.last]
    return words.words[max(0, last - len(again)) : last] == again


def _hears(reading: Reading, first: int, last: int) -> bool:
    """Whether a turn only hears, or asks for more: "Is that all of it?", "And the street?"."""
    words = reading.words
    if nods(reading, first, last):
        return True
    return last - first <= _LONGEST_ASK and all(
        words.kinds[token] & SKIP or words.words[token] in _ASKING_ON
        for token in range(first, last)
    )


def _of_amounts(reading: Reading, first: int, turn: int) -> bool:
    """Whether the turn before asks for an amount, an age, a time or another number."""
    words = reading.words
    asked = (word.removesuffix("'s") for word in words.words[first:turn])
    other = reading.cues.nearest(_OTHER, turn, turn, reach=_LONGEST_ASK, ahead=0)
    return other is not None or not AMOUNTS.isdisjoint(asked)
