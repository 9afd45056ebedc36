"""What is said again of an address or a handle soon after: "Fenn dash S N T?", "five one", "i o".

What counts is how it is written: "knit two live" is "knit to live", "five K" is "5k", "fifty-one"
is "five one", and the letters said singly are the word. At the start of a clause, behind small
words, what is said again has to be a run of what was said before, in which are a sign, letters,
all the figures that stand together, or words up to an end of the address or the handle. A word of
its own is no talk, or all that the next turn begins with. Never plain words that a clause goes on
with.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import SKIP, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, LINE, PAUSE, SPACE, STOP, Words
from deid.detect.spoken.web.asides import remark_size
from deid.detect.spoken.web.mail_parts import NOT_JOINED, STATE
from deid.detect.spoken.web.names_spelt import letters_said
from deid.detect.spoken.web.parts_written import SIGNS, Written, piece_at, written_as
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

type Span = tuple[int, int]
"""Tokens, half-open."""

_TYPES = frozenset({EntityType.EMAIL_ADDRESS, EntityType.URL, EntityType.SOCIAL_HANDLE})
_LEADS = frozenset(data("context")["check_leads"]) | {"then", "at", "i've", "you've", "we've"}
_REACH, _MOST_TURNS, _MOST_PIECES, _MOST_LEADS = 70, 4, 24, 5
_FEWEST, _SHORTEST, _SPELT, _JOINED, _LONG, _RARE, _REMARK = 2, 3, 3, 8, 12, 60, 5
_MOST_KNOWN, _RATHER_LONG = 60, 6
_SPELLS = frozenset({"spelt", "spelled", "that's", "is"})


@dataclass(slots=True)
class _Said:
    """What was read of a run so far.

    Attributes:
        chars: As in :class:`Written`.
        pieces: How many pieces say them.
        signs: How many signs are among them.
        words: How many of the pieces are whole words.
        odd: Whether a word of them is hardly said in talk.
    """

    chars: str = field(default="", repr=False)
    pieces: int = 0
    signs: int = 0
    words: int = 0
    odd: bool = False


def parts_again(reading: Reading, hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits, and one for each part of an address or a handle that is said again."""
    words, known = reading.words, set()
    for hit in hits:
        yield hit
        if hit.entity_type not in _TYPES or (hit.start, hit.end) in known:
            continue
        known.add((hit.start, hit.end))
        first, last = bisect_left(words.starts, hit.start), bisect_left(words.starts, hit.end)
        if sum(word not in SIGNS for word in words.words[first:last]) < _FEWEST:
            continue
        limit = min(len(words.words), last + _REACH)
        written = written_as(words, first, last)
        for begin, end in _again(words, written, (last, limit), turns=_MOST_TURNS):
            yield reading.hit(begin, end, hit.entity_type, 0.8, (hit.recogniser, "part-again"))


def parts_in(words: Words, pieces: Sequence[Span], window: Span) -> Iterator[Span]:
    """The parts in a window of tokens of what its pieces are together, those of old ones apart."""
    whole = Written("", frozenset(), frozenset(), frozenset({0}), frozenset())
    for piece in pieces[-_MOST_KNOWN:]:
        written = written_as(words, *piece)
        if written.chars not in whole.chars:
            whole = whole.and_then(written)
    if len(whole.chars) >= _SHORTEST:
        for begin, end in _again(words, whole, window, turns=None):
            yield begin, _before_remark(words, begin, end)


def _before_remark(words: Words, first: int, last: int) -> int:
    """Where a part ends before ", all one word"."""
    sizes = ((at, remark_size(words, at)) for at in range(max(first + 1, last - _REMARK), last))
    return next((at for at, size in sizes if at + size == last), last)


def _again(words: Words, written: Written, window: Span, *, turns: int | None) -> Iterator[Span]:
    """Tokens of the parts in a window, in so many turns of it."""
    lines, leads, (token, limit) = 0, 0, window
    while token < limit:
        gap = words.gap(token)
        lines += gap == LINE
        if turns is not None and lines > turns:
            return
        leads = 0 if gap not in (SPACE, HYPHEN) else leads
        soon = gap == LINE and lines == 1 if turns else gap in (LINE, STOP)
        end = _part_end(words, written, token, soon=soon) if 0 <= leads < _MOST_LEADS else 0
        if not end and turns is None and _is_nobodys(words.words[token], written):
            end = token + 1
        if end:
            yield token, end
        skipped = words.skip(token)[0] if words.kinds[token] & SKIP else token
        skipped = max(skipped, token + remark_size(words, token))
        leads += leads >= 0
        if end or not (skipped > token or words.words[token] in _LEADS):
            leads = -1
        token = end or max(skipped, token + 1)


def _part_end(words: Words, written: Written, first: int, *, soon: bool) -> int:
    """The token after the longest part that begins there; 0 where none does."""
    if spelt := _spelt_end(words, written, first):
        return spelt
    if _begins_none(words, first):
        return 0
    if len(words.words[first]) >= _JOINED and words.words[first] in written.names:
        return first + 1
    said, best, token = _Said(), 0, first
    places = sorted(written.starts)
    while token < len(words.words) and said.pieces < _MOST_PIECES:
        if token > first and words.gap(token) not in (SPACE, HYPHEN, PAUSE):
            break
        piece = piece_at(words, token)
        token = piece.last
        said.pieces += 1
        if piece.sign:
            size = len(said.chars)
            places = [at for at in places if at + size in written.signs]
            said.signs += 1
        elif piece.chars:
            said.chars += piece.chars
            said.words += piece.is_word
            said.odd |= piece.is_word and _is_odd(words.words[token - 1])
            places = [at for at in places if written.chars.startswith(said.chars, at)]
        if not places or not (said.chars or said.signs):
            break  # not said before; or a remark, which leads to a part and begins none
        tokens = (first, token)
        if any(_is_part(words, written, said, at, tokens, soon=soon) for at in places):
            best = token
    return best


def _is_nobodys(word: str, written: Written) -> bool:
    """Whether a piece is a word that nobody knows: "I knew some Gostlings"."""
    if len(word) < _RATHER_LONG or not word.isalpha() or word not in written.chars:
        return False
    at = written.chars.find(word)
    whole = at in written.starts and at + len(word) in written.ends
    return whole and lexicon().entry(word).unknown


def _begins_none(words: Words, token: int) -> bool:
    """Whether it is "a" of "with a hyphen", or "No, straight through." behind "with a dash?"."""
    word, after = words.words[token], words.words[token + 1 : token + 2]
    sign = word in ("a", "an", "the") and bool(after) and after[0] in SIGNS
    return sign or (word == "no" and words.closes(token + 1))


def _is_part(
    words: Words, written: Written, said: _Said, begin: int, tokens: tuple[int, int], *, soon: bool
) -> bool:
    """Whether a run is a part by itself, where it begins at a place of what is written."""
    first, last = tokens
    end = begin + len(said.chars)
    if not (said.words or said.signs):
        return _is_spelt(words, written, (begin, end), last, pieces=said.pieces)
    if words.words[last - 1] == "at" or end not in written.ends or not said.chars:
        return False
    if said.signs:
        named = words.words[first] != "at" or end in written.signs
        return said.pieces >= _FEWEST and named
    if said.pieces == 1:
        return _is_name(words, first, soon=soon and begin in written.signs)
    begun, named, spelt = begin in written.signs, end in written.signs, said.pieces - said.words
    if words.closes(last) or spelt > _SPELT:
        return begun or named or spelt > 0
    return begun and named and (said.odd or end - begin >= _LONG)


def _is_name(words: Words, token: int, *, soon: bool) -> bool:
    """Whether one word is a part: no word of talk, or the first of it that is said back at once."""
    word = words.words[token]
    if len(word) < _SHORTEST or not word.isalpha():
        return False
    known = word in STATE or not lexicon().entry(word).unknown
    talk = words.kinds[token] & SKIP or word in NOT_JOINED
    return not known or (soon and len(word) > _SHORTEST and not talk and words.closes(token + 1))


def _is_spelt(
    words: Words, written: Written, place: tuple[int, int], last: int, *, pieces: int
) -> bool:
    """Whether letters and figures alone are a part: a few letters, or figures that are a whole."""
    begin, end = place
    chars = written.chars[begin:end]
    if _goes_on(words, last) or pieces < _FEWEST:
        return False
    figures = chars.replace("o", "0")
    if figures.isdigit():
        around = written.chars[max(0, begin - 1) : begin] + written.chars[end : end + 1]
        return not any(map(str.isdigit, around)) and words.closes(last)
    return end in written.ends or len(chars) >= _SPELT


def _is_odd(word: str) -> bool:
    """Whether a word is no plain one: "loz and co is that ...", not "the blue door on the left"."""
    return not 0 < lexicon().entry(word).tier < _RARE


def _goes_on(words: Words, token: int) -> bool:
    """Whether another letter follows: "q q r"."""
    near = token < len(words.words) and words.gap(token) in (SPACE, HYPHEN, PAUSE)
    return near and len(words.words[token]) == 1


def _spelt_end(words: Words, written: Written, first: int) -> int:
    """The token after a word of the address and the letters of it: "paws, P A W S"; or 0."""
    word, letters = words.words[first], first + 1
    if len(word) < _SHORTEST or letters >= len(words.words) or word not in written.chars:
        return 0
    letters += words.words[letters] in _SPELLS
    near = letters < len(words.words) and words.gap(first + 1) in (SPACE, PAUSE)
    whole, end = letters_said(words, letters) if near else ("", 0)
    return end if whole == word else 0
