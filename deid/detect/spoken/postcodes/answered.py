"""A postcode as it answers the question for it, in whatever order and with whatever between.

"Nine D S, and the front half is S W one X", "F K, then 3, then 8, letters JY", "see be six, four ar
eggs": after the question, and where a half has been given and the other is asked for, characters
with nothing but what people say between them are a postcode if they hold one of its halves whole.
Words that sound like a letter are one only here. Never an amount, or what follows a clause about
something else.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deid.detect.speech import Hit
from deid.detect.spoken.heard.amounts import is_weight
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.giving import turns
from deid.detect.spoken.heard.lexicon import LETTER, NUMERAL, SKIP, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.units import Unit, unit_at
from deid.detect.spoken.heard.words import LINE, SPACE, Words
from deid.detect.spoken.postcodes.shapes import INWARD, outward
from deid.transcript import EntityType

NAME = "spoken-postcodes"
_SOUNDS: dict[str, str] = data("context")["letter_sounds"]
_GLUE = frozenset(data("context")["postcode_glue"])
_HALVES = frozenset(data("context")["postcode_halves"])
_ASKING, _LEADS, _BETWEEN, _LATER, _TALK = 14, 10, 8, 3, 40
_LONGEST, _AREA, _WRITTEN, _FEWEST_HEARD = 10, 2, (2, 3), 3


class _Question(NamedTuple):
    """Tokens (half-open) of a question; ``half`` asks for a half, ``near`` one was given before."""

    first: int
    last: int
    half: bool
    near: bool


def answered_postcodes(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for answers to a question for a postcode or for a half of one, and for its half."""
    words = reading.words
    spans = list(turns(words))
    firsts = [first for first, _ in spans]
    for question in _questions(reading, hits, spans):
        asked = question.last
        place = bisect_left(firsts, asked) - 1
        own = [] if question.half else [(asked, spans[place][1])]
        for first, last in [*own, *spans[place + 1 : place + 1 + _LATER]]:
            units = _answer(words, first, last)
            if not units or not _holds(_once("".join(unit.chars for unit in units)), question):
                continue
            yield _hit(reading, units[0].first, units[-1].last, "answered")
            if question.half:
                yield from _asked_with(reading, question)
            break


def _questions(
    reading: Reading, hits: Sequence[Hit], spans: Sequence[tuple[int, int]]
) -> Iterator[_Question]:
    """Questions for a postcode, and for a half of one, whether or not the other is known."""
    words = reading.words
    for cue in reading.cues.of(CueKind.POSTCODE):
        yield _Question(cue.first, cue.last, half=False, near=True)
    ends = sorted(
        bisect_left(words.starts, hit.end)
        for hit in hits
        if hit.entity_type is EntityType.UK_POSTCODE
    )
    for first, last in spans:
        end = words.starts[last] if last < len(words.words) else len(words.text)
        if "?" in words.text[words.ends[last - 1] : end] and not _HALVES.isdisjoint(
            words.words[max(first, last - _ASKING) : last]
        ):
            near = bisect_left(ends, max(0, first - _TALK)) < bisect_left(ends, last + 1)
            yield _Question(first, last, half=True, near=near)


def _asked_with(reading: Reading, question: _Question) -> Iterator[Hit]:
    """The half that the question tells: "I've got CT6, what's the end of it?"."""
    low, high = (
        bisect_left(reading.stretches, token, key=lambda each: each.first)
        for token in (question.first, question.last)
    )
    for stretch in reading.stretches[low:high]:
        if outward().fullmatch(stretch.chars):
            yield _hit(reading, stretch.first, stretch.last, "asked-with")


def _hit(reading: Reading, first: int, last: int, rule: str) -> Hit:
    return reading.hit(first, last, EntityType.UK_POSTCODE, 0.7, (NAME, rule))


def _answer(words: Words, first: int, last: int) -> list[Unit]:
    """The characters with which a turn answers, after a few words of lead."""
    for begin in range(first, min(first + _LEADS, last)):
        cry = words.words[begin] == "oh" and words.closes(begin + 1)
        unit = None if cry else _unit(words, begin, inside=False)
        if unit is not None:
            units = _units(words, unit, last)
            if is_weight(words, units[-1].last):
                return []
            heard = any(words.words[each.first] in _SOUNDS for each in units)
            return units if not heard or len(units) >= _FEWEST_HEARD else []
    return []


def _units(words: Words, unit: Unit, last: int) -> list[Unit]:
    """All the characters from a first unit on."""
    units, token, passed = [unit], unit.last, 0
    while token < last and passed <= _BETWEEN:
        following = _unit(words, token, inside=True)
        if following is not None and not _is_pronoun(words, token):
            units.append(following)
            token, passed = following.last, 0
        elif words.words[token - 1 : token + 1] == ["i", "think"]:
            break
        elif words.words[token] in _GLUE or words.kinds[token] & SKIP:
            token, passed = token + 1, passed + 1
        else:
            break
    return units


def _unit(words: Words, token: int, *, inside: bool) -> Unit | None:
    """The unit at a token: characters said or written, or a word that sounds like a letter."""
    word = words.words[token]
    if word == "double" and words.words[token + 1 : token + 2] == ["you"]:
        return Unit("W", token, token + 2)
    unit = unit_at(words, token, inside=inside)
    if unit is not None:
        return unit
    if word in _SOUNDS and (inside or _beside(words, token)):
        return Unit(_SOUNDS[word], token, token + 1)
    written = words.text[words.starts[token] : words.ends[token]]
    if len(word) in _WRITTEN and words.cased and written.isupper() and written.isalpha():
        return Unit(written, token, token + 1)
    return None


def _is_pronoun(words: Words, token: int) -> bool:
    """Whether "I" or "a" goes on with a word that is no character: "T Y I think"."""
    word, after = words.words[token], token + 1
    if word not in ("i", "a") or after >= len(words.words) or words.gap(after) != SPACE:
        return False
    return _unit(words, after, inside=True) is None


def _beside(words: Words, token: int) -> bool:
    """Whether a word that sounds like a letter stands before another character."""
    after = token + 1
    if after >= len(words.words) or words.gap(after) == LINE:
        return False
    return words.words[after] in _SOUNDS or bool(words.kinds[after] & (LETTER | NUMERAL))


def _once(chars: str) -> str:
    """What is said, without saying it again: "four, L, N. Four, L for lima, N for November"."""
    half = len(chars) // 2
    return chars[:half] if chars[:half] == chars[half:] else chars


def _holds(chars: str, question: _Question) -> bool:
    """Whether characters are a postcode, by a half of it that is whole among them."""
    if len(chars) > _LONGEST or chars.isdigit() or chars.isalpha():
        return False
    if not question.near:
        area = chars[:_AREA].isalpha() and outward().fullmatch(chars)
        return bool(area or INWARD.fullmatch(chars))
    return any(
        pattern.match(chars, place)
        for place in range(len(chars))
        for pattern in (outward(), INWARD)
    )
