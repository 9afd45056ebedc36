"""A letter, a figure or a sign of an address that is checked, in the exchange in which it is given.

"With a D?"; "has an E on the end"; "The E's for Elizabeth"; "E or an I?" / "E."; "The number two."
Only characters that a piece of the exchange holds, and only where the clause ends or where it
stands is told: never "a B" of another word, "an A and E".
"""

from collections.abc import Container, Iterator

from deid.detect.spoken.heard.lexicon import DIGITS, LETTER, NUMERAL
from deid.detect.spoken.heard.words import HYPHEN, PAUSE, SPACE, Words
from deid.detect.spoken.web.mail_asked import clauses, past_opening
from deid.detect.spoken.web.mail_parts import JOINTS

type Piece = tuple[int, int]
"""Tokens, half-open."""

_NEAR = (SPACE, HYPHEN, PAUSE)
_ARTICLES = frozenset({"a", "an", "the"})
_PLACED = frozenset({"on", "at", "in", "after", "before", "between", "or", "for"})
_LED = frozenset({"with", "has", "have", "is", "it's", "a", "an", "the", "not", "then", "had"})
_END = (["at", "the", "end"], ["on", "the", "end"])
_PAIR = 2


def letters_checked(words: Words, first: int, last: int, held: Container[str]) -> Iterator[Piece]:
    """The characters of a turn that are checked."""
    openings = {past_opening(words, *clause) for clause in clauses(words, first, last)}
    for token in range(first, last):
        end = _either(words, token, last, held)
        end = end or _numbered(words, token, last, held)
        end = end or _lone(words, token, held, begins=token in openings)
        if end:
            yield token, end


def _either(words: Words, token: int, last: int, held: Container[str]) -> int:
    """The token after "E or an I", "two, or T O", one of which is held; 0 for none."""
    if not _is_character(words, token):
        return 0
    place = token + 1
    place += len(_END[0]) if words.words[place : place + len(_END[0])] in _END else 0
    if words.words[place : place + 1] != ["or"] or words.gap(place) not in _NEAR:
        return 0
    place += 1 + (words.words[place + 1] in _ARTICLES if place + 1 < last else 0)
    end = place
    while end < last and _is_character(words, end) and (end == place or words.gap(end) == SPACE):
        end += 1
    figure = words.kinds[token] & NUMERAL  # no pair behind it: "one or so"
    whole = end == place < last and not figure and len(words.words[place]) == _PAIR  # "or an AH"
    end += whole
    known = any(
        _is_held(words.words[each], held) for each in (token, place, end - 1) if each < last
    )
    return end if end > place and known and words.closes(end) else 0


def _numbered(words: Words, token: int, last: int, held: Container[str]) -> int:
    """The token after "the number two"; 0 for none."""
    place = token + (words.words[token] == "the")
    digit = place + 1
    said = digit < last and words.words[place] == "number" and words.gap(digit) == SPACE
    if not said or not words.kinds[digit] & NUMERAL:
        return 0
    same = token and words.words[token - 1] == words.words[digit]
    known = words.closes(digit + 1) and _is_held(words.words[digit], held)
    return digit + 1 if same or known else 0


def _lone(words: Words, token: int, held: Container[str], *, begins: bool) -> int:
    """The token after a lone character or sign that an article leads to; 0 for none."""
    word, before = words.words[token], words.words[token - 1] if token else ""
    if word.removesuffix("'s") in held and word.endswith("'s"):  # "the E's for Elizabeth"
        return token + 1 if words.words[token + 1 : token + 2] == ["for"] else 0
    if word in JOINTS and before == "a" and words.words[max(0, token - _PAIR)] == "then":
        return token + 1 if words.closes(token + 1) else 0  # "And then a dot."
    if not _is_character(words, token) or not _is_held(word, held):
        return 0
    led = before in _LED and words.gap(token) == SPACE
    alone = begins and words.closes(token + 1) and len(word) == 1 and word != "i"
    after = words.words[token + 1 : token + 2]
    ends = words.closes(token + 1) or (after and after[0] in _PLACED)
    article = word in {"a", "i"} and before not in _ARTICLES
    the_one = word == "one" and before != "a"
    return token + 1 if (led and ends and not (article or the_one)) or alone else 0


def _is_character(words: Words, token: int) -> bool:
    single = len(words.words[token]) == 1 and words.kinds[token] & LETTER
    return bool(single or words.kinds[token] & NUMERAL)


def _is_held(word: str, held: Container[str]) -> bool:
    return word in held or DIGITS.get(word, word) in held
