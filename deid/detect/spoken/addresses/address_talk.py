"""A door said again anywhere in the talk about an address, in whatever turn it comes.

"Thirty-one, was it?" / "Thirty-one, yes. Cattle Market Road."; "And that's flat nine?" / "Nine.
Number nine, yeah."; "eighteen a as in the flat"; "I've 121" where 112 was told. An address that was
found opens such talk, for some turns behind it and a few before it, till a date of birth or an age
is asked for. In it the number of a door that was told counts where a clause leads up to it and none
of it is left, "number three" and "flat 2" where their clause ends. Never an amount or a time.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from deid.detect.speech import Hit
from deid.detect.spoken.addresses.doors_again import AMOUNTS, LETTERS, numbers_in, said_numbers
from deid.detect.spoken.addresses.dwellings import address_hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.explaining import explained
from deid.detect.spoken.heard.known import alike, covered
from deid.detect.spoken.heard.lexicon import DWELLING, MIXED, NUMERAL, UNITS, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, SPACE, Words
from deid.transcript import EntityType

_ADDRESS = EntityType.STREET_ADDRESS
_BEHIND, _AHEAD, _ASKED, _SURE, _FLAT_ASKED = 6, 3, 10, 2, 4
_CONTEXT = data("context")
_LEADS = frozenset(_CONTEXT["address_talk_leads"])
_TAILS = frozenset(_CONTEXT["address_talk_tails"])
_HAVING = frozenset(_CONTEXT["address_talk_having"])
_NUMBERED = frozenset({"number", "door"})
_ENDING = (CueKind.BIRTH, CueKind.AGE)


@dataclass(slots=True)
class _Talk:
    """The lines of one talk about addresses, and where which doors were told in it."""

    first: int
    last: int
    known: set[str] = field(default_factory=set)
    told: set[int] = field(default_factory=set)


def address_talk(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for such numbers, none of them in ``hits``."""
    words, lines = reading.words, reading.lines()
    talks = _talks(reading, lines, [hit for hit in hits if hit.entity_type is _ADDRESS])
    if not talks:
        return
    taken, free, place, closed = covered(reading, hits), 0, 0, False
    ending = {cue.first for kind in _ENDING for cue in reading.cues.of(kind)}
    for token, line in enumerate(lines):
        while place < len(talks) and talks[place].last < line:
            place, closed = place + 1, False
        if place == len(talks):
            return
        closed = (closed or token in ending) and not taken[token]
        if closed or token < free or taken[token] or line < talks[place].first:
            continue
        next_turn = line - 1 in talks[place].told
        last = _door(words, token, talks[place].known, read_out=next_turn)
        last = last or _flat_asked(words, token)
        if last and not any(taken[token:last]):
            free = last
            talks[place].known.update(numbers_in(words, token, last))
            yield address_hit(reading, token, last, 0.6, "address-talk")


def _talks(reading: Reading, lines: Sequence[int], addresses: Sequence[Hit]) -> list[_Talk]:
    """The lines around each address, those that overlap as one."""
    words, found = reading.words, list[_Talk]()
    for hit in sorted(addresses, key=lambda each: each.start):
        first, last = words.span(hit.start, hit.end)
        if not found or lines[first] - _AHEAD > found[-1].last:
            found.append(_Talk(lines[first] - _AHEAD, lines[first]))
        found[-1].last = lines[first] + _BEHIND
        found[-1].told.add(lines[last - 1])
        found[-1].known.update(numbers_in(words, first, last))
        mixed = (token for token in range(first, last) if words.kinds[token] & MIXED)
        found[-1].known.update(words.words[token] for token in mixed)
    return found


def _door(words: Words, token: int, known: set[str], *, read_out: bool) -> int:
    """The token after a door that is told in part or again; 0 where none begins.

    Where it may be ``read_out`` from a record, or is put right, "I've got seventeen" and "No, one
    forty-four" are doors whatever was told.
    """
    named = words.words[token] in _NUMBERED or bool(words.kinds[token] & DWELLING)
    there = named and words.words[token - 1] in {"in", "at"}
    if not (there or _led(words, token)) or _of_amounts(words, token):
        return 0
    number = token + named
    if number >= len(words.words) or (named and words.gap(number) != SPACE):
        return 0
    whole = named and words.words[token - 1] != "no"  # "there's no number one"
    number += words.words[number : number + 2] == ["a", "hundred"]
    if words.kinds[number] & MIXED:
        return _mixed(words, number, known, named=whole)
    if not words.kinds[number] & NUMERAL and words.words[number] != "hundred":
        return 0
    having = words.words[token - 1] in _HAVING
    read_out = read_out and (
        words.words[token - 2 : token] in (["i've", "got"], ["we've", "got"])
        or words.words[token - 1] == "no"
    )
    ends = (
        _end(words, last)
        for last, digits in said_numbers(words, number)
        if whole
        or (read_out and len(digits) > 1)
        or digits in known
        or (having and _misheard(digits, known))
    )
    return max(ends, default=0)


def _flat_asked(words: Words, token: int) -> int:
    """The token after the letter that is all of an answer to "flat what, sorry?"; 0 for others."""
    asked = token > 0 and words.gap(token) == LINE
    asked = asked and "flat" in words.words[max(0, token - _FLAT_ASKED) : token]
    return token + 1 if asked and words.words[token] in LETTERS and words.closes(token + 1) else 0


def _end(words: Words, last: int) -> int:
    """The token after a number and its letter, where the clause ends; else 0."""
    lettered = words.words[last : last + 1] != [] and words.words[last] in LETTERS
    after = _past_letter(words, last) if lettered and words.gap(last) == SPACE else last
    return after if _ends(words, after) else last if _ends(words, last) else 0


def _misheard(digits: str, known: set[str]) -> bool:
    """Whether it is a number that was told, but for a digit or two changed about: 121 for 112."""
    return any(len(digits) == len(other) >= _SURE and alike(other, digits) for other in known)


def _mixed(words: Words, number: int, known: set[str], *, named: bool) -> int:
    """The token after "9B", "1F2"; 0 where it is no door that was told, or of no such shape."""
    word, last = words.words[number], explained(words, number) or number + 1
    shape = [letter.isdigit() for letter in word]
    same = any(shape == [letter.isdigit() for letter in other] for other in known)
    return last if _ends(words, last) and (named or word in known or same) else 0


def _past_letter(words: Words, letter: int) -> int:
    """The token after "a" or "a for apple"."""
    if words.words[letter + 1 : letter + 2] in (["for"], ["as"]):
        return max(letter + 1, explained(words, letter))
    return letter + 1


def _led(words: Words, token: int) -> bool:
    """Whether a clause begins there, or "it's", "no", "I've" leads up to it."""
    return not token or words.closes(token) or words.words[token - 1] in _LEADS


def _ends(words: Words, last: int) -> bool:
    """Whether the clause ends there, or goes on with what is no noun."""
    there = words.words[last : last + 3] == ["in", "the", "same"]
    return words.closes(last) or there or words.words[last] in _TAILS - UNITS


def _of_amounts(words: Words, token: int) -> bool:
    """Whether an amount, an age or a time was asked for right before."""
    asked = words.words[max(0, token - _ASKED) : token]
    return not AMOUNTS.isdisjoint(word.removesuffix("'s") for word in asked)
