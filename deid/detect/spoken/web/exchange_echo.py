"""What one voice says of an address and the other says back at once, or what is spelt at once.

"It's amara." / "A M A R A."; "the plumber" / "ronnie the plumber"; "leanne with two n's". Only what
may be a part of an address, at the beginning of a clause, and all of the clause on one side. Never
how it is written ("all joined up", "like it sounds"), nor what it is ("the river").
"""

from collections.abc import Iterator

from deid.detect.spoken.heard.giving import asks, only_hears, past_leads
from deid.detect.spoken.heard.lexicon import LETTER, NUMERAL
from deid.detect.spoken.heard.words import PAUSE, SPACE, Words
from deid.detect.spoken.web.exchange_shapes import Piece, opening
from deid.detect.spoken.web.mail_asked import SAID_OF_IT, clauses, may_belong, piece_end
from deid.detect.spoken.web.mail_firsts import ONE_WORD
from deid.detect.spoken.web.mail_parts import JOINTS
from deid.detect.spoken.web.names_spelt import letters_said
from deid.detect.words.cues import POSSESSIVES

_SMALL = frozenset({"and", "the", "of", "by", "n", "in", "on", "my", "me", "at", "big", "little"})
_NOT_FIRST = frozenset({"of", "by", "in", "on", "at"})
_ARTICLES = frozenset({"a", "an", "the"})
_NOT_NAMED = _SMALL | JOINTS | {"a", "i"}
_OF_WRITING = SAID_OF_IT | {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today",
    "tomorrow", "word", "words", "letter", "letters", "together", "joined", "sounds", "stop",
    "same", "capital", "capitals",
}  # fmt: skip
_ALONE = frozenset(
    {"safer", "quicker", "easier", "shorter", "longer", "better", "newer", "older", "simpler"}
)
_NUMBERS = (["the", "number"], ["the", "letter"], ["number"], ["a"], ["an"])
_ASIDE = frozenset({"like", "no", "not", "without"})
_IS = frozenset({"it's", "is", "its"})
_LONGEST, _LONGEST_SAID, _NODDED, _TAIL, _FEWEST = 5, 8, 4, 3, 2
_WITH = frozenset({"with", "has", "that's", "spelt"})
_COUNTS = frozenset({"a", "an", "one", "two", "double", "the", "no"})
_SPELLING = frozenset({"as", "in", "that's", "spelt", "with", "a", "an", "is"})
_MOST_SPELLING = 3


def echoes(words: Words, turn: Piece, after: Piece) -> Iterator[Piece]:
    """The pieces of a turn that the next one says back, and what it says."""
    back = list(_openings(words, *after))
    nodded = after[0] < after[1] and only_hears(words, *after)
    for clause in _openings(words, *turn):
        for said in back:
            yield from _same(words, clause, said)
        short = nodded and clause[1] - clause[0] <= _NODDED and not _is_thing(words, *clause)
        if short and _is_all(words, turn, clause) and _is_piece(words, *clause):
            yield clause


def _is_all(words: Words, turn: Piece, clause: Piece) -> bool:
    """Whether a clause is all of its turn, but for what leads to it, or "it's" tells it last."""
    led = clause[0] > turn[0] and words.words[clause[0] - 1] in _IS
    whole = opening(words, *turn) == clause[0] or past_leads(words, *turn) == clause[0]
    return clause[1] == turn[1] and (whole or led)


def spelt_at_once(words: Words, turn: Piece, after: Piece) -> Iterator[Piece]:
    """Words of a turn that letters right behind them spell, or whose letters are told there."""
    back = list(_openings(words, *after))
    for begin, end in _openings(words, *turn):
        yield from _spelt(words, begin, end, back if end == turn[1] else [])


def whole_pieces(words: Words, first: int, last: int) -> Iterator[Piece]:
    """The clauses of a turn that are pieces and nothing else."""
    for token, end in _openings(words, first, last):
        asked = end == last and asks(words, end, end)
        whole = end == last or words.words[token] in JOINTS or words.phrase(end, ONE_WORD)
        if words.words[token] in {"a", "an"}:
            continue  # "it's a terrible line"
        sign = words.words[token:end] == ["at"]
        whole = whole and not asked and piece_end(words, token, end) == end
        if sign or (whole and _is_piece(words, token, end, signs=True)):
            yield token, end


def goes_on(words: Words, told: Piece, back: Piece, turn: Piece) -> bool:
    """Whether a host is all of a turn, and before it a turn was said back: "info" / "Info."."""
    if words.words[turn[0]] != "at" or not 1 < turn[1] - turn[0] <= _LONGEST:
        return False
    named = all(may_belong(words, each, frozenset()) for each in range(turn[0] + 1, turn[1]))
    told, back = (opening(words, *told), told[1]), (opening(words, *back), back[1])
    said = words.words[slice(*told)]
    return named and said != [] and said == words.words[slice(*back)] and _is_piece(words, *told)


def _openings(words: Words, first: int, last: int) -> Iterator[Piece]:
    """The clauses of a turn from what is said in them on: "two" of "and the number two"."""
    for begin, end in clauses(words, first, last):
        token = opening(words, begin, end)
        if not _ASIDE.isdisjoint(words.words[begin:token]):
            continue  # "like the river", "no hyphen"
        for lead in _NUMBERS:
            behind = token + len(lead)
            if words.words[token:behind] == lead and behind < end and _is_sign(words, behind):
                token = behind
                break
        if token < end:
            yield token, end
        told = [each for each in range(token, end - 1) if words.words[each] in _IS]
        if told and not words.cased:
            yield told[-1] + 1, end  # "it's the group's it's golden hour club"


def _is_sign(words: Words, token: int) -> bool:
    single = len(words.words[token]) == 1 and words.kinds[token] & LETTER
    return bool(single or words.kinds[token] & NUMERAL)


def _same(words: Words, clause: Piece, back: Piece) -> Iterator[Piece]:
    """What both begin with, or a clause that is said back behind what was known: both of them."""
    if words.words[slice(*clause)] == words.words[slice(*back)] == ["at"]:
        yield from (clause, back)
        return
    size, most = 0, min(clause[1] - clause[0], back[1] - back[0], _LONGEST)
    while size < most and words.words[clause[0] + size] == words.words[back[0] + size]:
        size += 1
    while size and words.words[clause[0] + size - 1] in _SMALL - {"me"}:
        size -= 1
    same = (clause[0], clause[0] + size), (back[0], back[0] + size)
    whole = size in (clause[1] - clause[0], back[1] - back[0])
    tail = clause[1] - (back[1] - back[0])
    if not size and clause[0] < tail and words.words[tail : clause[1]] == words.words[slice(*back)]:
        asked = asks(words, back[1], back[1])
        if _is_piece(words, *back) and clause[1] - tail <= _TAIL and not asked:
            yield tail, clause[1]  # "We use scanning" / "Scanning."
            yield back
        return
    if size:
        if whole and _is_piece(words, *same[0]) and not _is_thing(words, *same[0]):
            yield from same
        return
    said, length = words.words[slice(*clause)], clause[1] - clause[0]
    if length > _LONGEST or back[1] - back[0] > _LONGEST_SAID or not _is_piece(words, *clause):
        return
    behind = range(back[0] + 1, back[1] - length + 1)
    if any(words.words[at : at + length] == said for at in behind) and _is_piece(words, *back):
        yield clause
        yield back


def _is_thing(words: Words, first: int, last: int) -> bool:
    """Whether it is one word with its article: "the river"."""
    return last - first == _FEWEST and words.words[first] in _ARTICLES


def _is_piece(words: Words, first: int, last: int, *, signs: bool = False) -> bool:
    """Whether words may be a part of an address, more than small ones."""
    said = words.words[first:last]
    if said[0] in _NOT_FIRST or said[0] in POSSESSIVES or not _OF_WRITING.isdisjoint(said):
        return False
    if any(words.phrase(each, ONE_WORD) for each in range(first, last)):
        return False
    if len(said) == 1 and said[0] in _ALONE:
        return False  # "it's safer"
    if said[-1] == "uk" and "dot" not in said:
        return False
    named = signs or any(word not in _NOT_NAMED for word in said)
    return named and all(may_belong(words, each, _SMALL) for each in range(first, last))


def _spelt(words: Words, first: int, last: int, back: list[Piece]) -> Iterator[Piece]:
    """The clause up to a word that is spelt behind it, and the letters."""
    for end in range(first + 1, min(last, first + _LONGEST) + 1):
        word = words.words[end - 1]
        if (told := _letters_told(words, word, end)) > end and _is_piece(words, first, end):
            yield first, told
            return
        for letters in (*_behind(words, end), *(each for each, _ in back if end == last)):
            said, behind = letters_said(words, letters)
            spells = word == said or (word.startswith(said) or word.endswith(said))
            if len(said) < _FEWEST or not spells or len(word) == 1 or word in JOINTS:
                continue
            if _is_piece(words, first, end):
                yield first, behind if letters < last else end
                yield letters, behind
            elif word == said:
                yield end - 1, behind if letters < last else end
            return
        if not may_belong(words, end - 1, _SMALL | {word} if end == first + 1 else _SMALL):
            return


def _behind(words: Words, token: int) -> Iterator[int]:
    """Where letters may begin behind a word: at once, or behind "as in", "with a"."""
    for letters in range(token, min(len(words.words), token + _MOST_SPELLING)):
        if letters > token and words.words[letters - 1] not in _SPELLING:
            return
        if words.gap(letters) not in (SPACE, PAUSE):
            return
        if len(words.words[letters]) == 1 or words.words[letters] == "double":
            yield letters


def _letters_told(words: Words, word: str, token: int) -> int:
    """The token after "with two n's", "with an i e", "with an H" of a word; ``token`` for none."""
    if token + 2 >= len(words.words) or words.words[token] not in _WITH:
        return token
    if words.words[token + 1] not in _COUNTS or words.gap(token) not in (SPACE, PAUSE):
        return token
    end = token + 2
    while end < len(words.words) and (end == token + 2 or words.gap(end) == SPACE):
        letter = words.words[end].removesuffix("'s")
        letter = letter[0] if len(letter) == _FEWEST and letter[1] == "s" else letter
        if len(letter) != 1 or letter not in word:
            break
        end += 1
    return end if end > token + 2 else token
