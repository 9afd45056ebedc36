"""What is checked of an address after it was given: "double N?", "yes, double N".

"... dot com. P for Papa."; "Sorry, was that P for pig?"; "Did you say twenty twelve?" / "N or M?" /
"N."; "Ten in numbers?" / "number three or word?" / "Number three." Right behind it and in the few
turns after: a letter with its word, letters doubled that it holds, its own figures, one letter or
another, and the lone letter that answers that. Only where nothing but small words leads to it and
the clause ends behind it, or how it is written is told: never "double room", "Table for seven?",
nor figures that are not the address's.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby

from deid.detect.speech import Hit
from deid.detect.spoken.heard.giving import asks, closes, turns
from deid.detect.spoken.heard.lexicon import LETTER, MULTIPLE, NUMERAL, SKIP, data, phrases
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import PAUSE, SPACE, STOP, Words
from deid.transcript import EntityType

_TYPES = frozenset({EntityType.EMAIL_ADDRESS, EntityType.SOCIAL_HANDLE})
_LEADS = frozenset(data("context")["check_leads"]) | {"a", "number", "digit"}
_REMARKS = phrases(data("context")["check_remarks"])
_COUNTS = frozenset({"double", "triple"})
_BY_WORD = (["for"], ["like"], ["as", "in"])
_LATER, _MOST_LEADS = 5, 8
_FIGURES = NUMERAL | MULTIPLE


def checked_after(reading: Reading, hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits, and one for each part of an address of mail or a handle that is checked."""
    words = reading.words
    said = list(turns(words))
    firsts = [first for first, _ in said]
    for hit in hits:
        yield hit
        if hit.entity_type not in _TYPES:
            continue
        first, last = bisect_left(words.starts, hit.start), bisect_left(words.starts, hit.end)
        place = bisect_right(firsts, last - 1)
        doubted = asked = False
        end = said[place - 1][1]
        rest = [(last, end)] if last < end and words.gap(last) == STOP else []
        for turn in [*rest, *said[place : place + _LATER]]:
            part = _part(words, (first, last), turn, doubted=doubted)
            lone = part is not None and part[1] == part[0] + 1 and not (doubted or asked)
            remark = _remark(words, part[1]) if part else []
            if part is not None and lone and not (remark or asks(words, part[1], part[1])):
                part = None  # "Table for seven?" / "Yes, seven."
            asked = part is not None
            either = words.words[part[0] + 1 : part[1] - 1] if part else []
            doubted = either == ["or"] or remark[:1] == ["or"]
            if part is not None:
                yield reading.hit(*part, hit.entity_type, 0.7, (hit.recogniser, "checked"))


def _part(
    words: Words, address: tuple[int, int], turn: tuple[int, int], *, doubted: bool
) -> tuple[int, int] | None:
    """The tokens of a part of an address with which a turn begins, behind small words."""
    first, last = turn
    for token in range(first, min(last, first + _MOST_LEADS)):
        end = _letters_end(words, address, token, doubted=doubted)
        end = end or _figures_end(words, address, token, last)
        numbered = doubted and token > first and words.words[token - 1] == "number"
        closed = end and (closes(words, end, last) or numbered or _remark(words, end))
        if closed and end <= last:
            return token - numbered, end
        if not (words.words[token] in _LEADS or words.kinds[token] & SKIP):
            return None
    return None


def _remark(words: Words, token: int) -> list[str]:
    """The words at a token that say how what stands before it is written; none for others."""
    size = words.phrase(token, _REMARKS) if token < len(words.words) else 0
    return words.words[token : token + size] if size and words.gap(token) in (SPACE, PAUSE) else []


def _letters_end(words: Words, address: tuple[int, int], token: int, *, doubted: bool) -> int:
    """The token after a letter that is explained, doubled, or one of two; 0 for none."""
    word, after = words.words[token], words.words[token + 1 : token + 4]
    held = "".join(words.words[slice(*address)])
    if word in _COUNTS and after and words.gap(token + 1) == SPACE:
        return token + 2 if len(after[0]) == 1 and after[0] in held else 0
    if len(word) > 1 or not words.kinds[token] & LETTER:
        return 0
    for by in _BY_WORD[: 1 if word in ("a", "i") else None]:  # "I like it"
        explained = after[: len(by)] == by and after[len(by) : len(by) + 1]
        if explained and explained[0][0] == word and len(explained[0]) > 1:
            return token + len(by) + 2
    if len(after) > 1 and after[0] == "or" and len(after[1]) == 1:
        return token + 3 if word in held or after[1] in held else 0
    return token + 1 if doubted and word in held else 0


def _figures_end(words: Words, address: tuple[int, int], token: int, last: int) -> int:
    """The token after figures that are all of a run of the address's; 0 for others."""
    end = token
    while end < last and words.kinds[end] & _FIGURES:
        end += 1
    said = words.words[token:end]
    runs = groupby(range(*address), key=lambda each: bool(words.kinds[each] & _FIGURES))
    held = ([words.words[each] for each in run] for figures, run in runs if figures)
    return end if said and said in held else 0
