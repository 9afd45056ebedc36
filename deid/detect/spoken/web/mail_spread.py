"""E-mail addresses spread over many short turns, with remarks between.

"It's info." / "Info." / "At." / "Yes." / "Malvern stroke." / "As in, a stroke?" / "Yes. And then
it's club." / "All joined up?" / "All joined. Dot org.": where a sign is a clause of its own, or a
turn trails off with one, and the same voice ends a domain in one of its next turns, that voice's
clauses between are pieces, and those before, back to the question for mail or to other talk. The
listener may say them back. Never "What were you looking at?", "It's Monday." / "At?" / "Nine.".
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.giving import asks, nods, only_hears, turns
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import Words
from deid.detect.spoken.web.domains import ends_clause
from deid.detect.spoken.web.mail_asked import (
    Piece,
    clauses,
    echo_end,
    may_belong,
    past_opening,
    piece_end,
)
from deid.detect.spoken.web.mail_parts import JOINTS
from deid.detect.spoken.web.names_spelt import letters_said
from deid.transcript import EntityType

_CLAIM = ("spoken-mail", "spread")
_SIGNS = JOINTS | {"at"}
_ARTICLES = frozenset({"a", "an", "the", "that", "it", "this"})
_OF_SPELLING = frozenset(
    {"word", "words", "letter", "letters", "number", "together", "singular", "capital", "capitals",
     "joined", "both", "sorry", "way", "whole", "shorter", "longer", "different", "pen"}
)  # fmt: skip
_HEARD, _TALK, _HOST, _PAIR, _AHEAD, _BACK, _NEAR = 8, 12, 4, 2, 12, 10, 40
_BEHIND = 2
"""Turns behind the domain in which it may be said back."""
_SEEN = 60
"""Words of a turn that are looked at, its last, so that cost stays in proportion."""


class _Sign(NamedTuple):
    """A sign: its turn, its clause, and whether that is the sign alone or trails off with it."""

    place: int
    clause: Piece
    lone: bool


def mail_spread(reading: Reading) -> Iterator[Hit]:
    """Hits for the pieces, what is said back of them, the signs and the domain."""
    words = reading.words
    if "dot" not in words.words:
        return
    said = [(max(first, last - _SEEN), last) for first, last in turns(words)]
    for place in range(len(said)):
        for sign in _signs(words, said, place):
            domain = _domain_turn(words, said, sign)
            if domain is None:
                continue
            first, asked = _first_turn(reading, said, sign)
            pieces = _pieces(words, said, first, sign, domain)
            before = any(piece[1] <= sign.clause[0] for piece in pieces)
            trails = sign.clause[1] - sign.clause[0] > 1 and sign.lone
            told = trails or (before if sign.lone else _is_echoed(words, pieces, sign))
            if not (asked or told):
                continue
            for piece in pieces:
                yield reading.hit(*piece, EntityType.EMAIL_ADDRESS, 0.75, _CLAIM)


def _is_echoed(words: Words, pieces: Sequence[Piece], sign: _Sign) -> bool:
    """Whether a piece before a sign was said back, so that "at Kavanagh" goes on from it."""
    said = [words.words[begin:end] for begin, end in pieces if end <= sign.clause[0]]
    return any(said.count(each) > 1 for each in said)


def _signs(words: Words, said: Sequence[Piece], place: int) -> Iterator[_Sign]:
    """The signs of a turn: "At.", "info at", "At weir lane."; none of "at five"."""
    first, last = said[place]
    if _SIGNS.isdisjoint(words.words[first:last]):
        return
    for begin, end in clauses(words, first, last):
        pair = end - begin == _PAIR and words.words[end - 1] in _SIGNS  # "big dot"
        token = begin if pair else _opening(words, begin, end)
        said_so = words.words[token:end]
        lone = len(said_so) == 1 and said_so[0] in _SIGNS and not asks(words, end, end)
        trails = end == last and words.words[end - 1] in _SIGNS and _trails(words, token, end)
        named = said_so[:1] == ["at"] and _is_name(words, token + 1, end)
        if lone or trails or (named and len(said_so) <= _HOST):
            yield _Sign(place, (token, end), lone=lone or trails)


def _opening(words: Words, first: int, last: int) -> int:
    """The token after what leads to a piece, "at" no lead."""
    token = past_opening(words, first, last)
    return token - (token > first and words.words[token - 1] == "at")


def _trails(words: Words, first: int, last: int) -> bool:
    """Whether few words of an address stand before the sign with which a turn ends."""
    if asks(words, last, last) or words.words[first] in _ARTICLES:
        return False
    short = last - first == _PAIR  # "big dot"
    return short or (last - first <= _HOST + 1 and piece_end(words, first, last - 1) == last - 1)


def _is_name(words: Words, first: int, last: int) -> bool:
    return first < last and all(may_belong(words, each, frozenset()) for each in range(first, last))


def _domain_turn(words: Words, said: Sequence[Piece], sign: _Sign) -> tuple[int, Piece] | None:
    """The turn of the same voice that ends the domain, and the tokens of what it says of it."""
    for place in range(sign.place, min(len(said), sign.place + _AHEAD), 2):
        first, last = said[place]
        first = max(first, sign.clause[1]) if place == sign.place else first
        for begin, end in clauses(words, first, last):
            if found := _domain(words, _opening(words, begin, end), end):
                return place, found
        if last - first > _TALK:
            return None
    return None


def _domain(words: Words, first: int, last: int) -> Piece | None:
    """The "dot org", "leisure dot co dot uk" with which a clause ends; None for none."""
    dots = [token for token in range(first, last - 1) if words.words[token] == "dot"]
    while dots and ends_clause(words, dots[-1] + 1) != last:
        dots.pop()
    if not dots or not words.closes(last):
        return None
    host = first if words.words[first] != "at" else first + 1
    named = dots[0] - host <= _HOST and _is_name(words, host, dots[0])
    return (first, last) if named or dots[0] == host else (dots[0], last)


def _first_turn(reading: Reading, said: Sequence[Piece], sign: _Sign) -> tuple[int, bool]:
    """The first token of the dictation, and whether mail was asked for or spoken of there."""
    words, begun = reading.words, said[sign.place][0]
    for place in range(sign.place, max(-1, sign.place - _BACK), -1):
        first, last = said[place]
        end = min(last, sign.clause[0])
        cue = reading.cues.before(CueKind.EMAIL, end, reach=end - first - 1)
        cue = cue if end > first else None
        given = (sign.place - place) % 2 == 0
        if cue is not None:
            return (end - cue if given else last), True
        heard = last - first <= _HEARD or nods(reading, first, last)
        if place != sign.place and not (_gives(words, first, last) if given else heard):
            back = _said_back(words, said[place], said[place + 1]) if given else 0
            begun = back or begun
            break
        begun = _last_clause(words, first, end) if given and end > first else begun
    return begun, reading.cues.before(CueKind.EMAIL, begun, reach=_NEAR) is not None


def _said_back(words: Words, turn: Piece, answer: Piece) -> int:
    """Where the end of a turn begins that the next one says back: "We use scanning"; or 0."""
    first = past_opening(words, *answer)
    size = min(answer[1] - first, _HOST)
    same = size > 0 and words.words[turn[1] - size : turn[1]] == words.words[first : first + size]
    return turn[1] - size if same and turn[1] - size > turn[0] else 0


def _last_clause(words: Words, first: int, last: int) -> int:
    """Where the last clause of a turn begins: "Typical. It's rosters."."""
    return max(begin for begin, _ in clauses(words, first, last))


def _gives(words: Words, first: int, last: int) -> bool:
    """Whether one of the clauses of a short turn is a piece."""
    if last - first > _TALK:
        return False
    openings = ((past_opening(words, *clause), clause[1]) for clause in clauses(words, first, last))
    return any(begin < end and piece_end(words, begin, end) == end for begin, end in openings)


def _pieces(
    words: Words, said: Sequence[Piece], begun: int, sign: _Sign, domain: tuple[int, Piece]
) -> list[Piece]:
    """What is given from a token on up to the domain, and what is said back of it."""
    found: list[Piece] = []
    for place in range(max(0, sign.place - _BACK), min(len(said), domain[0] + _BEHIND + 1)):
        first, last = said[place]
        if last <= begun:
            continue
        given = (sign.place - place) % 2 == 0
        only = place != sign.place and only_hears(words, first, last)
        if given and place <= domain[0] and only:
            continue
        for begin, end in clauses(words, max(first, begun), last):
            if given and place == domain[0] and end >= domain[1][1]:
                found.append(domain[1])
                break
            token = begin if (begin, end) == sign.clause else _opening(words, begin, end)
            if given and place <= domain[0]:
                spelling = words.words[begin] in {"no", "with"} and end - begin == _PAIR  # "no S"
                found += [] if spelling else _given(words, sign, token, end)
            else:
                echoes = (
                    (at, _echoed(words, at, end, found)) for at in dict.fromkeys((begin, token))
                )
                found += [(at, echo) for at, echo in echoes if echo > at][:1]
    return found


def _given(words: Words, sign: _Sign, first: int, last: int) -> Iterator[Piece]:
    """A clause of whoever gives the address, if it is a piece, and the sign's."""
    if (first, last) == sign.clause:
        yield first, last
        return
    likened = "like" in words.words[max(0, first - _PAIR) : first + 1]  # "like what horses eat"
    if first >= last or likened or words.words[last - 1] in _OF_SPELLING:
        return
    at = first + (words.words[first] == "at")
    if at == last or words.words[first:last] == ["dot"] or piece_end(words, at, last) == last:
        yield first, last


def _echoed(words: Words, first: int, last: int, found: Sequence[Piece]) -> int:
    """The token after what a listener says of the pieces, one after another, or spells of one."""
    token, end = first, -1
    while token < last and end != token:
        end, token = token, echo_end(words, token, last, found)
    whole, spelt = letters_said(words, first)
    same = any(words.words[end - 1] == whole for _, end in found)
    if token - first == 1 and token < last and len(words.words[first]) == 1:
        token = first  # "I could've got that"
    return spelt if same and spelt <= last else token
