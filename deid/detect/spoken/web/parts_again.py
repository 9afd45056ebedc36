"""Parts of an address or a handle that are said again soon after: "Fenn dash S N T?", "i o yeah".

"... at kitchen on cross street dot org" / "Kitchen on Cross Street, it's long"; "at zoho dot eu" /
"z o h o". At the start of a clause, behind small words: parts with the sign between, a whole name
of several words, letters that are a whole word of it, or a word that nobody knows. What counts is
how it is written, so that "five K" is "5k" and "hyphen" is "dash". Never a plain word of it alone,
nor plain words that a clause goes on with.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import DIGITS, SKIP, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, LINE, PAUSE, SPACE, Words
from deid.detect.spoken.web.mail_parts import STATE
from deid.detect.spoken.web.names_spelt import letters_said
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

_TYPES = frozenset({EntityType.EMAIL_ADDRESS, EntityType.URL, EntityType.SOCIAL_HANDLE})
_LEADS = frozenset(data("context")["check_leads"]) | {"then", "at"}
_SIGNS = {
    "dot": ".", "point": ".", "dash": "-", "hyphen": "-", "minus": "-", "underscore": "_",
    "at": "@", "slash": "/",
}  # fmt: skip
_REACH, _MOST_TURNS, _MOST_WORDS, _MOST_LEADS = 70, 4, 10, 5
_FEWEST, _SHORTEST, _RARE = 2, 3, 60
_SPELLS = frozenset({"spelt", "spelled", "that's", "is"})


class _Written(NamedTuple):
    """How an address is written, and where its words, and its names between signs, lie in it."""

    text: str
    starts: tuple[int, ...]
    ends: frozenset[int]
    name_starts: frozenset[int]
    name_ends: frozenset[int]


def parts_again(reading: Reading, hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits, and one for each part of an address or a handle that is said again."""
    words, known = reading.words, set()
    for hit in hits:
        yield hit
        if hit.entity_type not in _TYPES or (hit.start, hit.end) in known:
            continue
        known.add((hit.start, hit.end))
        first, last = bisect_left(words.starts, hit.start), bisect_left(words.starts, hit.end)
        if sum(word not in _SIGNS for word in words.words[first:last]) < _FEWEST:
            continue
        written = _written(words.words[first:last])
        for begin, end in _again(words, written, last):
            yield reading.hit(begin, end, hit.entity_type, 0.8, (hit.recogniser, "part-again"))


def _written(said: list[str]) -> _Written:
    text, starts, ends, signs = "", [], [], []
    for word in said:
        starts.append(len(text))
        if word in _SIGNS:
            signs.append(len(text))
        text += _as_written(word)
        ends.append(len(text))
    name_starts = frozenset({0, *(sign + 1 for sign in signs)})
    return _Written(
        text, tuple(starts), frozenset(ends), name_starts, frozenset({len(text), *signs})
    )


def _as_written(word: str) -> str:
    """A word as a sign or a figure; nought and the letter are one ("oh seven", "O seven")."""
    return _SIGNS.get(word) or DIGITS.get(word, word).replace("0", "o")


def _again(words: Words, written: _Written, last: int) -> Iterator[tuple[int, int]]:
    """Tokens of the parts in the few turns from ``last`` on."""
    lines, leads, token = 0, 0, last
    limit = min(len(words.words), last + _REACH)
    while token < limit:
        gap = words.gap(token)
        lines += gap == LINE
        if lines > _MOST_TURNS:
            return
        leads = 0 if gap not in (SPACE, HYPHEN) else leads
        end = _part_end(words, written, token) if 0 <= leads < _MOST_LEADS else 0
        if end:
            yield token, end
        skipped = words.skip(token)[0] if words.kinds[token] & SKIP else token
        leads += leads >= 0
        if end or not (skipped > token or words.words[token] in _LEADS):
            leads = -1
        token = end or max(skipped, token + 1)


def _part_end(words: Words, written: _Written, first: int) -> int:
    """The token after the longest part that begins there; 0 where none does."""
    if spelt := _spelt_end(words, written, first):
        return spelt
    said, best = "", 0
    for token in range(first, min(len(words.words), first + _MOST_WORDS)):
        if token > first and words.gap(token) not in (SPACE, HYPHEN, PAUSE):
            break
        said += _as_written(words.words[token])
        places = [at for at in written.starts if written.text.startswith(said, at)]
        if not places:
            break
        if any(_is_part(words, written, (at, at + len(said)), (first, token + 1)) for at in places):
            best = token + 1
    return best


def _is_part(
    words: Words, written: _Written, place: tuple[int, int], tokens: tuple[int, int]
) -> bool:
    """Whether tokens are a part by themselves, at a place (half-open) of what is written."""
    begin, end = place
    said = words.words[slice(*tokens)]
    if end not in written.ends or said[-1] == "at":
        return False
    named = end in written.name_ends
    if not _SIGNS.keys().isdisjoint(said):
        return len(said) >= _FEWEST and (said[0] != "at" or named)
    if all(len(word) == 1 for word in said):
        return len(said) >= _FEWEST and not _goes_on(words, tokens[1])
    if len(said) == 1:
        known = said[0] in STATE or not lexicon().entry(said[0]).unknown
        return len(said[0]) >= _SHORTEST and said[0].isalpha() and not known
    if not (begin in written.name_starts and named):
        return False
    return words.closes(tokens[1]) or any(map(_is_odd, said))


def _is_odd(word: str) -> bool:
    """Whether a word is no plain one: "loz and co is that ...", not "the blue door on the left"."""
    return not 0 < lexicon().entry(word).tier < _RARE


def _goes_on(words: Words, token: int) -> bool:
    """Whether another letter follows: "q q r"."""
    near = token < len(words.words) and words.gap(token) in (SPACE, HYPHEN, PAUSE)
    return near and len(words.words[token]) == 1


def _spelt_end(words: Words, written: _Written, first: int) -> int:
    """The token after a word of the address and the letters of it: "paws, P A W S"; or 0."""
    word, letters = words.words[first], first + 1
    if len(word) < _SHORTEST or letters >= len(words.words) or word not in written.text:
        return 0
    letters += words.words[letters] in _SPELLS
    near = letters < len(words.words) and words.gap(first + 1) in (SPACE, PAUSE)
    whole, end = letters_said(words, letters) if near else ("", 0)
    return end if whole == word else 0
