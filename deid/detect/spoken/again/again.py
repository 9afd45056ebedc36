"""Said again: what was found once is masked wherever its characters stand, in any form.

"K for kilo, double three, one..." / "K331052"; "was it four two six?" / "no, four six two";
"what was the last one?" / "Nine."; "Eight at the end". Six characters are enough anywhere; fewer
only while the talk is still about the number. Runs after the recognisers that found it; never
turns a number that no identifier holds, or nearly holds, into one.
"""

import re
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.again.dictated import led
from deid.detect.spoken.again.edges_put_right import at_an_end
from deid.detect.spoken.heard.anywhere import anywhere
from deid.detect.spoken.heard.known import SURE, Known, covered, known, sure_parts
from deid.detect.spoken.heard.lexicon import CUE, MONTH, SCALE, TEEN, TENS, data
from deid.detect.spoken.heard.pieces import ABOUT
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.segments import Segment
from deid.detect.spoken.heard.words import LINE, STOP
from deid.detect.spoken.letters.lessons import abbreviations
from deid.transcript import EntityType

NAME = "spoken-again"
_REACH, _CLOSE, _RECENT = 110, 28, 8
_FEWEST, _LINKED, _LONG, _END, _INWARD = 3, 18, 6, 2, 3
_HALF = re.compile(r"\d[A-Z]{2}")
_HALVES_OF_DAYS = frozenset({"AM", "PM"})
_MISHEARD = re.compile(r"(?:1[3-9]|[3-9]0)(?:\d\d)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE_YEAR = frozenset(
    {"after", "before", "by", "during", "from", "of", "since", "till", "until"}
)
_READINGS = frozenset(data("context")["not_ages_readings"])
_LINKS = frozenset(data("context")["again_links"])
_DOUBTS = frozenset(data("context")["again_doubts"])


def said_again(reading: Reading, hits: Sequence[Hit]) -> Iterator[Hit]:
    """Hits for what ``hits`` found and is said again, of the same entity type."""
    found = known(reading, hits)
    if not found:
        return
    taken = covered(reading, hits)
    whole = []
    for (first, last), entity_type in anywhere(reading.stretches, sure_parts(found), taken):
        if not all(taken[first:last]):
            taken[first:last] = b"\1" * (last - first)
            whole.append(reading.hit(first, last, entity_type, 0.7, (NAME, "whole")))
    yield from whole
    talk = _Talk(reading, known(reading, [*hits, *whole]) if whole else found)
    for segment in reading.segments:
        claim = talk.judge(segment)
        if claim is not None and not all(taken[segment.first : segment.last]):
            entity_type, rule = claim
            yield reading.hit(segment.first, segment.last, entity_type, 0.7, (NAME, rule))


class _Talk:
    """Which identifiers the talk is about, as the segments are read in order."""

    def __init__(self, reading: Reading, found: list[Known]) -> None:
        self._reading = reading
        self._found = found
        self._next = 0
        self._recent: list[tuple[Known, int]] = []
        self._rest = ""
        self._rest_last = 0

    def judge(self, segment: Segment) -> tuple[EntityType, str] | None:
        """The type and rule of a segment that says an identifier of the talk again."""
        self._listen(segment.first)
        if segment.quantity or self._is_estimate(segment) or self._is_other(segment):
            return None
        for place in range(len(self._recent) - 1, -1, -1):
            one, last = self._recent[place]
            if one.entity_type is EntityType.DATE_OF_BIRTH and self._dates_event(segment):
                continue
            rule = self._rule(segment, one, segment.first - last)
            if rule:
                self._recent[place] = (one, segment.last)
                self._note_rest(segment, one)
                return one.entity_type, rule
        return None

    def _is_estimate(self, segment: Segment) -> bool:
        """As in "there's about nine hundred following it"."""
        words = self._reading.words
        scaled = any(kind & SCALE for kind in words.kinds[segment.first : segment.last])
        return scaled and words.words[max(0, segment.first - 1)] in ABOUT

    def _is_other(self, segment: Segment) -> bool:
        """As in "pulse 106", "the four oh nine if I can": a reading, or what has such a name."""
        words, first, last = self._reading.words, segment.first, segment.last
        before = words.words[max(0, first - 1)]
        if len(segment.chars) > _FEWEST or not segment.chars.isdigit():
            return False
        goes_on = not words.closes(last) and words.skip(last)[0] == last
        called = before == "the" and goes_on and not words.kinds[last] & CUE
        return before in _READINGS or called or before.endswith("'d")

    def _dates_event(self, segment: Segment) -> bool:
        """As in "since May of 2020", "in June 2020": a year that tells when something was."""
        words = self._reading.words
        before = max(0, segment.first - 1)
        told = words.kinds[before] & MONTH or words.words[before] in _BEFORE_YEAR
        return bool(told) and _YEAR.fullmatch(segment.chars) is not None

    def _note_rest(self, segment: Segment, one: Known) -> None:
        """Remember what is missing of an identifier that was said but for its end."""
        if len(segment.chars) >= _FEWEST and one.chars.startswith(segment.chars):
            self._rest = one.chars[len(segment.chars) :] or self._rest
        self._rest_last = segment.last

    def _listen(self, token: int) -> None:
        while self._next < len(self._found) and self._found[self._next].last <= token:
            one = self._found[self._next]
            self._recent = [*self._recent[1 - _RECENT :], (one, one.last)]
            self._next += 1

    def _rule(self, segment: Segment, one: Known, apart: int) -> str:
        if apart > _REACH:
            return ""
        if apart <= _CLOSE and self._says_end(segment, one):
            return "end"
        if len(segment.chars) >= _FEWEST:
            close = apart <= _CLOSE and not self._told_amid(segment)
            again = _repetition(segment.chars, one, close=close)
            edge = not again and apart <= _CLOSE and self._at_an_edge(segment, one)
            return "edge" if edge else again
        rules = {
            "explained": segment.explained
            and set(_folded(segment.chars)) <= set(_folded(one.chars)),
            "edge": self._at_an_edge(segment, one),
            "sounds-alike": self._sounds_alike(segment, one),
            "letters": self._says_letters(segment, one),
            "missing-end": self._is_missing_end(segment),
            "doubted": apart <= _LINKED and self._doubted(segment, one, apart),
        }
        return next((rule for rule, holds in rules.items() if holds), "") if apart <= _CLOSE else ""

    def _told_amid(self, segment: Segment) -> bool:
        """As in "I'm free at break ten forty": teens and tens amid a clause about other things."""
        words = self._reading.words
        said = any(kind & (TEEN | TENS) for kind in words.kinds[segment.first : segment.last])
        return said and not led(self._reading, segment.first)

    def _at_an_edge(self, segment: Segment, one: Known) -> bool:
        """As in "eight at the end"."""
        if not at_an_end(self._reading.words, segment.last):
            return False
        chars = segment.chars
        edges = (one.chars[: len(chars)], one.chars[-len(chars) :])
        return chars in edges or (
            len(chars) >= _FEWEST and any(_one_apart(chars, e) for e in edges)
        )

    def _says_letters(self, segment: Segment, one: Known) -> bool:
        """As in "S, L" / "speech and language", "this says N, M": the letters of a code alone."""
        chars, words = segment.chars, self._reading.words
        own = one.chars[: len(chars)]
        if not (chars.isalpha() and own.isalpha() and len(chars) > 1) or len(own) == len(one.chars):
            return False
        if segment.last < len(words.words) and words.gap(segment.last) not in (STOP, LINE):
            return False
        if chars == own:
            return self._reading.starts_turn(segment.first)
        return _one_apart(chars, own) and words.words[segment.first - 1] in _LINKS

    def _says_end(self, segment: Segment, one: Known) -> bool:
        """As in "L B or L P?", "H D, D for delta", "I've written four L P": how it ends."""
        words, chars, end = self._reading.words, segment.chars, one.chars[-_END:]
        if one.entity_type is not EntityType.UK_POSTCODE or not end.isalpha():
            return False
        if _HALF.fullmatch(chars) and chars[1:] not in _HALVES_OF_DAYS:
            return _one_apart(chars, one.chars[-len(chars) :])
        if not chars.isalpha():
            return False
        if not _END <= len(chars) <= _FEWEST or chars in abbreviations():
            return False
        asked = words.words[segment.first - 1] in ("or", "not")
        said = chars[:_END] == end or _one_apart(chars[:_END], end)
        return said and (asked or self._reading.starts_turn(segment.first))

    def _sounds_alike(self, segment: Segment, one: Known) -> bool:
        """As in "Fifteen. Not fifty.": what was misheard of it, said first or after "not"."""
        words, chars = self._reading.words, segment.chars
        kinds = words.kinds[segment.first : segment.last]
        if not chars.isdigit() or not all(kind & (TEEN | TENS) for kind in kinds):
            return False
        if len(one.chars) <= _LONG or not _MISHEARD.fullmatch(chars):
            return False
        if segment.first > 0 and words.words[segment.first - 1] == "not":
            return chars in one.chars
        other = chars[1] + "0" if chars[0] == "1" else "1" + chars[0]
        return other + chars[2:] in one.chars and self._reading.starts_turn(segment.first)

    def _is_missing_end(self, segment: Segment) -> bool:
        """As in "nine one oh, what was the last one?" / "Nine." / "Nine."."""
        near = self._rest and segment.first - self._rest_last <= _CLOSE
        return bool(near) and segment.chars == self._rest and self._alone(segment)

    def _alone(self, segment: Segment) -> bool:
        words = self._reading.words
        ends = segment.last >= len(words.words) or words.gap(segment.last) in (STOP, LINE)
        return ends and self._reading.starts_turn(segment.first)

    def _doubted(self, segment: Segment, one: Known, apart: int) -> bool:
        """As in "... is that a seven, or no, it's a four", "it's D W, or is it W D"."""
        between = set(self._reading.words.words[segment.first - apart : segment.first])
        if not between or not between <= _LINKS:
            return False
        if segment.chars.isalpha():
            return sorted(segment.chars) == sorted(one.chars[-len(segment.chars) :])
        return bool(between & _DOUBTS) and segment.chars.isdigit()


def _one_apart(one: str, other: str) -> bool:
    """Whether one digit was put right."""
    pairs = zip(one, other, strict=False)
    return len(one) == len(other) and sum(a != b for a, b in pairs) == 1


def _folded(chars: str) -> str:
    """The letter O and the digit are said alike."""
    return chars.replace("O", "0")


def _repetition(chars: str, one: Known, *, close: bool) -> str:
    if _folded(chars) in _folded(one.chars) and len(one.chars) > _FEWEST:
        return "repeats"
    part = len(chars) < len(one.chars) or len(chars) == len(one.chars) >= SURE
    sector = one.entity_type is EntityType.UK_POSTCODE and chars[:-1] == one.chars[:-_INWARD]
    if close and sector and chars[-1].isdigit():
        return "sector"  # "B N two, five X P" / "is it B N two, nine?"
    digits = close and chars.isdigit() and part
    return "nearly" if digits and one.nearly_says(chars) else ""
