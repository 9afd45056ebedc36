"""The exchange in which an address is given, from the question to some turns behind it.

Where mail is asked for or an address was found, the talk is of an address for a while: "It's
enquiries." / "With an E or an I?" / "E. E N Q." What is unmistakable there (``exchange_shapes``) is
a piece of it, and so is a clause that the other voice says back at once or that is spelt at once
(``exchange_echo``), and what is said again of all that (``parts_again``). Never talk in between,
nor what is said back when the address is complete.
"""

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.giving import asks, only_hears, turns
from deid.detect.spoken.heard.lexicon import DIGITS, NUMERAL
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, Words
from deid.detect.spoken.web.domains import ending_size, ends_clause
from deid.detect.spoken.web.exchange_echo import echoes, goes_on, spelt_at_once, whole_pieces
from deid.detect.spoken.web.exchange_letters import letters_checked
from deid.detect.spoken.web.exchange_shapes import Piece, of_the_state, shapes, signs_alone
from deid.detect.spoken.web.parts_again import parts_in
from deid.transcript import EntityType

_CLAIM, _SCORE, _TOLD = ("spoken-mail", "exchange"), 0.6, 0.85
_MAIL = EntityType.EMAIL_ADDRESS
_BACK, _UNASKED, _BEHIND, _BEFORE, _MOST_IDLE, _LONGEST = 14, 10, 4, 2, 2, 40
_SEEN = 60
"""Words of a turn that are looked at, its last, so that cost stays in proportion."""


class _Exchange(NamedTuple):
    """The turns of an exchange, half-open, its first token, and where the address is complete."""

    first: int
    last: int
    begun: int
    done: int


def exchange(reading: Reading, hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits, and one for each piece of an address in the exchanges around those of mail."""
    found = list(hits)
    yield from found
    words = reading.words
    said = [(max(first, last - _SEEN), last) for first, last in turns(words)]
    spans = {words.span(hit.start, hit.end) for hit in found if hit.entity_type is _MAIL}
    known = sorted({each for span in spans for each in _without_nods(words, *span)})
    for each in _exchanges(reading, said, known):
        window = (each.begun, said[each.last - 1][1])
        inside = known[bisect_left(known, (window[0],)) : bisect_left(known, (window[1],))]
        pieces = list(_pieces(words, said, each))
        dictated = list(_dictated(words, said, each))
        for first, last in dictated:
            yield reading.hit(first, last, _MAIL, _TOLD, _CLAIM)
        pieces += dictated
        letters = {each for piece in (*inside, *pieces) for each in _characters(words, piece)}
        for place in range(each.first, each.last):
            first, last = said[place]
            pieces += letters_checked(words, max(first, each.begun), last, letters)
        pieces += parts_in(words, sorted({*inside, *pieces}), window)
        for first, last in {*_bridged(words, sorted({*inside, *pieces}))} - {*inside}:
            yield reading.hit(first, last, _MAIL, _SCORE, _CLAIM)


def _without_nods(words: Words, first: int, last: int) -> Iterator[Piece]:
    """What an address over several turns has in each, without "Mm-hmm." between."""
    begin = first
    for token in range(first + 1, last + 1):
        if token == last or words.gap(token) == LINE:
            if begin == first or not only_hears(words, begin, token):
                yield begin, token
            begin = token


def _characters(words: Words, piece: Piece) -> Iterator[str]:
    """The letters and figures of a piece, a figure that is said as one too."""
    for word in words.words[slice(*piece)]:
        yield from word
        yield from DIGITS.get(word, "")


def _bridged(words: Words, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, two with only "or" between as one: "dot com or dot co dot uk?"."""
    before: Piece | None = None
    for piece in pieces:
        first, last = piece
        if before and words.words[before[1] : first] == ["or"]:
            first = before[0]
        yield first, last
        before = (first, last) if before is None or last >= before[1] else before


def _pieces(words: Words, said: Sequence[Piece], each: _Exchange) -> Iterator[Piece]:
    """The pieces that the turns of an exchange give."""
    for place in range(each.first, each.last):
        first, last = max(said[place][0], each.begun), said[place][1]
        if first >= last:
            continue
        yield from shapes(words, first, last, given=min(last, each.done))
        after = said[place + 1] if place + 1 < each.last else (last, last)
        yield from spelt_at_once(words, (first, last), after)
        if first < each.done:
            yield from echoes(words, (first, min(last, each.done)), after)


def _dictated(words: Words, said: Sequence[Piece], each: _Exchange) -> Iterator[Piece]:
    """The clauses of whoever ends the domain and gave a sign in a turn before it.

    "It's lab." / "Yes." / "Forms." / "Together?" / "Together. At." ... "Dot org."
    """
    given = range(each.first, each.last)
    ended = next((place for place in given if said[place][1] >= each.done), each.first)
    signs = [
        place
        for place in given
        if place <= ended
        and signs_alone(words, *said[place])
        and said[place][1] > each.begun
        and not asks(words, said[place][1], said[place][1])
    ]
    places = range(signs[0] - (signs[0] - each.first) // 2 * 2, ended + 1, 2) if signs else ()
    for place in places:
        first, last = max(said[place][0], each.begun), min(said[place][1], each.done)
        if first >= last:
            continue
        if signs_alone(words, first, last) or not only_hears(words, first, last):
            yield from whole_pieces(words, first, last)


def _exchanges(
    reading: Reading, said: Sequence[Piece], known: Sequence[Piece]
) -> Iterator[_Exchange]:
    """The exchanges, in order and disjoint."""
    anchors = deque(sorted(_anchors(reading, said, known).items()))
    free = 0
    while anchors:
        place, done = anchors.popleft()
        begun = max(_begin(reading, said, place, done), said[free][0])
        first = next(at for at in range(place, -1, -1) if said[at][0] <= begun or not at)
        free = min(len(said), place + 1 + _BEHIND)
        while anchors:
            complete = _is_complete(reading.words, done)
            soon = anchors[0][0] < (free if complete else place + _BACK)
            if not soon or anchors[0][0] - first > _LONGEST:
                break
            place, end = anchors.popleft()
            done = done if complete else end
            free = min(len(said), place + 1 + _BEHIND)
        yield _Exchange(first, free, begun, done)
        free = min(free, len(said) - 1)


def _is_complete(words: Words, done: int) -> bool:
    """Whether a domain ends there."""
    return words.between(done - 1) == "." or any(
        words.words[done - size - 1] == "dot" and ending_size(words, done - size) == size
        for size in (1, 2, 3)
        if done > size
    )


def _anchors(reading: Reading, said: Sequence[Piece], known: Sequence[Piece]) -> dict[int, int]:
    """Turns that hold an address or end a domain -> the token behind it."""
    words, free, signed = reading.words, 0, -_BACK
    found: dict[int, int] = {}
    for place, (first, last) in enumerate(said):
        signed = place if signs_alone(words, first, last) else signed
        if place > 1 and goes_on(words, said[place - 2], said[place - 1], said[place]):
            signed = place  # "Info" / "Info." / "at Kavanagh"
        while free < len(known) and known[free][0] < last:
            if known[free][0] >= first:
                found[place] = known[free][1]
            free += 1
        for token in range(first, last - 1):
            end = ends_clause(words, token + 1) if words.words[token] == "dot" else 0
            if not end or not words.closes(end) or of_the_state(words, token):
                continue
            if place - signed < _BACK or _asked_near(reading, said, place):
                found[place] = max(found.get(place, 0), end)
    return found


def _asked_near(reading: Reading, said: Sequence[Piece], place: int) -> bool:
    first, last = said[max(0, place - _BACK)][0], said[place][1]
    return reading.cues.before(CueKind.EMAIL, last, reach=last - first) is not None


def _begin(reading: Reading, said: Sequence[Piece], place: int, done: int) -> int:
    """The token behind the question for mail; where none is, where shapes begin."""
    words = reading.words
    first, last = said[max(0, place - _BACK)][0], said[place][0]
    cue = reading.cues.before(CueKind.EMAIL, last, reach=last - first)
    if cue is not None:
        return last - cue
    cue = reading.cues.before(CueKind.EMAIL, done, reach=done - last)
    if cue is not None:
        return done - cue
    begun, idle = place, 0
    for at in range(place - 1, max(-1, place - 1 - _UNASKED), -1):
        figures = any(words.kinds[token] & NUMERAL for token in range(*said[at]))
        figures = figures or only_hears(words, *said[at])
        given = idle <= _MOST_IDLE and any(True for _ in shapes(words, *said[at]))
        if given or signs_alone(words, *said[at]):
            begun, idle = at, 0
        else:
            idle += not figures
    return said[max(0, begun - _BEFORE)][0]
