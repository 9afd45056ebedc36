"""What can be nothing but a piece of an address while one is given.

Letters said singly, doubled or each with a word; a sign and what it joins; "dot" and an ending;
"at" and a host that ends its clause; few words that trail off with "at". Never an abbreviation with
its article ("the E C G"), a sign that is spoken of ("is there a dot?", "no hyphen").
"""

from collections.abc import Iterator

from deid.detect.spoken.heard.giving import asks
from deid.detect.spoken.heard.lexicon import LETTER, MULTIPLE, NUMERAL
from deid.detect.spoken.heard.units import unit_at
from deid.detect.spoken.heard.words import HYPHEN, PAUSE, SPACE, Words
from deid.detect.spoken.web.domains import ending_size
from deid.detect.spoken.web.mail_asked import clauses, may_belong, past_opening
from deid.detect.spoken.web.mail_firsts import IN_NAMES
from deid.detect.spoken.web.mail_parts import JOINTS, is_everybodys, is_provider
from deid.detect.spoken.web.names_spelt import letters_said

type Piece = tuple[int, int]
"""Tokens, half-open."""

_SIGNS = JOINTS | {"at"}
_ARTICLES = frozenset({"a", "an", "the"})
_ALSO_WORDS = frozenset({"a", "i", "o"})
_SMALL = frozenset({"and", "the", "of"})
_LETTERS_LED = frozenset({"just", "no", "so", "yeah", "yes", "it's", "that's", "and", "then"})
_LETTERS_LED |= {"is", "in", "sorry", "oh"}
_ENDING_LED = frozenset({"it's", "is", "just", "then", "so", "that's", "and", "or", "yeah"})
_COUNTED = NUMERAL | MULTIPLE
_FEWEST, _LONGEST, _HOST, _MOST, _PAIR = 3, 3, 4, 16, 2
_NEAR = (SPACE, HYPHEN, PAUSE)
_NOT_FIRST = _ARTICLES | {"good", "look", "looking", "there", "not", "no", "stop", "mean"}


def shapes(words: Words, first: int, last: int, *, given: int | None = None) -> Iterator[Piece]:
    """The pieces of a turn, in order and disjoint; names only before ``given``, if that is told."""
    given = last if given is None else given
    openings = {opening(words, *clause) for clause in clauses(words, first, last)}
    openings |= {token for token in range(first, last) if _is_big(words, token)}
    end = first
    for token in range(first, last):
        if token < end:
            continue
        joined = token == end > first and words.gap(token) in _NEAR
        told = token > first and words.words[token - 1].endswith("'s")  # "She's dot moran"
        begins = token in openings
        found = max(
            _letters(words, token, last),
            _explained(words, token, last),
            _ending(words, token, last, opens=begins or joined),
            _letter_joint(words, token, last),
        )
        if token < given and (begins or joined or told):
            found = max(found, _signed(words, token, last), _lone_joint(words, token))
        if token < given and begins:
            found = max(found, _host(words, token, last))
        if begins:
            found = max(found, _trailing(words, token, last))
        if found > token:
            yield token, found
            end = found


def opening(words: Words, first: int, last: int) -> int:
    """The token after what leads to a piece, "at" no lead."""
    token = past_opening(words, first, last)
    return token - (token > first and words.words[token - 1] == "at")


def _is_big(words: Words, token: int) -> bool:
    """Whether "big", else no part of anything, stands alone before a sign: "big dot"."""
    alone = words.words[token] in IN_NAMES and (not token or words.gap(token) != SPACE)
    sign = alone and words.words[token + 1 : token + _PAIR] in (["dot"], ["at"])
    return sign and words.closes(token + _PAIR)


def of_the_state(words: Words, dot: int) -> bool:
    """Whether a dot is that of "gov dot uk", of "not co dot uk", of "no point, dot com"."""
    inner = words.words[max(0, dot - 2) : max(0, dot - 1)] == ["dot"]  # "dot nhs dot uk"
    return words.words[dot] == "dot" and dot > 0 and not inner and is_everybodys(words, dot)


def signs_alone(words: Words, first: int, last: int) -> bool:
    """Whether a clause of a turn is a sign alone, or few words trail off with "at" or a sign."""
    if _SIGNS.isdisjoint(words.words[first:last]):
        return False
    for begin, end in clauses(words, first, last):
        token = opening(words, begin, end)
        if token < end and words.words[end - 1] in _SIGNS:
            lone = _lone_sign(words, token) == end
            if lone or (end == last and _trailing(words, token, last) == end):
                return True
    return False


def _letters(words: Words, token: int, last: int) -> int:
    """The token after three letters or more, two that are all of a clause; ``token`` for fewer."""
    said, end = letters_said(words, token)
    end, before = min(end, last), words.words[token - 1] if token else ""
    near = token > 0 and words.gap(token) in _NEAR
    if len(said) < _PAIR or (near and (before in _ARTICLES or len(before) == 1)):
        return token
    led = not near or before in _LETTERS_LED or words.gap(token) == PAUSE
    short = len(said) < _FEWEST and not (words.closes(end) and led)
    stutter = said.strip("ia") == ""  # "I I"
    return token if short or stutter else end


def _explained(words: Words, token: int, last: int) -> int:
    """The token after "F for Foxtrot", "O, as in zero", "double N"."""
    word = words.words[token]
    if words.kinds[token] & MULTIPLE and token + 1 < last:
        doubled = words.gap(token + 1) == SPACE and len(words.words[token + 1]) == 1
        return token + _PAIR if doubled and words.kinds[token + 1] & LETTER else token
    if len(word) != 1 or not words.kinds[token] & LETTER:
        return token
    by = token + 1 + (words.words[token + 1 : token + 3] == ["as", "in"])
    if by + 1 >= last or words.words[by] not in ("for", "in", "like"):
        return token
    if word in _ALSO_WORDS and words.words[by] != "for":
        return token  # "if I like it"
    explains = words.words[by + 1]
    same = len(explains) > 1 and (explains[0] == word or (word, explains[0]) in _SOUNDS)
    return by + _PAIR if same else token


_SOUNDS = {("o", "z"), ("x", "k"), ("c", "k")}


def _ending(words: Words, token: int, last: int, *, opens: bool) -> int:
    """The token after "dot com", "dot co dot uk", "northumbria dot A C dot uk"."""
    end = token
    if of_the_state(words, token):
        return token
    while end + 1 < last and words.words[end] == "dot":
        size = ending_size(words, end + 1)
        if not size:
            break
        end += 1 + size
    before = words.words[token - 1] if token else ""
    led = opens or before in _ENDING_LED or words.closes(end)
    return end if led and before not in ("not", "no", "a") else token


def _letter_joint(words: Words, token: int, last: int) -> int:
    """The token after "K dot"."""
    joint = token + 1
    if joint >= last or words.words[joint] not in JOINTS or words.gap(joint) not in _NEAR:
        return token
    word = words.words[token]
    single = len(word) == 1 and words.kinds[token] & LETTER and word not in _ALSO_WORDS
    return joint + 1 if single else token


def _signed(words: Words, token: int, last: int) -> int:
    """The token after a sign and what it joins, all of a clause: "dot nant", "underscore o"."""
    denied = token > 0 and words.words[token - 1] in ("no", "not", *_ARTICLES)
    if words.words[token] not in JOINTS or denied:
        return token
    end = _name_end(words, token + 1, last, frozenset(), _LONGEST)
    return end if end > token + 1 and words.closes(end) else token


def _host(words: Words, token: int, last: int) -> int:
    """The token after "at abbott and rowe", "at northumbria dot ac", all of a clause."""
    host = token + 1
    if words.words[token] != "at" or host >= last or words.gap(host) != SPACE:
        return token
    if is_provider(words.words[host]):
        return host + 1
    end = _name_end(words, host, last, _SMALL, _HOST)
    numbers = all(words.kinds[each] & NUMERAL for each in range(host, end))
    place = words.words[host] in _ARTICLES and "dot" not in words.words[host:end]  # "at the end"
    return end if words.closes(end) and not (numbers or place) else token


def _name_end(words: Words, first: int, last: int, small: frozenset[str], most: int) -> int:
    """The token after so many words of a name from one on, signs, letters and figures besides."""
    end, said = first, 0
    while end < last and end - first < _MOST and (end == first or not words.closes(end)):
        unit = unit_at(words, end, inside=True) if words.kinds[end] & _COUNTED else None
        if unit is not None:
            end = unit.last
            continue
        if words.gap(end) not in _NEAR or not may_belong(words, end, small):
            break
        single = len(words.words[end]) == 1
        said += not (single or words.words[end] in JOINTS)
        if said > most:
            break
        end += 1
    return end


def _trailing(words: Words, token: int, last: int) -> int:
    """The token after "Helen at", "hello at, sorry", "Tamar dot", where the clause ends with it."""
    for at in range(token + 1, min(last, token + _HOST)):
        if words.words[at] in _SIGNS:
            closed = words.closes(at + 1) or words.skip(at + 1)[1]
            asked = words.words[at] != "at" and asks(words, at + 1, at + 1)  # "you mean dot?"
            named = closed and not asked and words.words[token] not in _NOT_FIRST
            return at + 1 if named else token
        if not may_belong(words, at - 1, _SMALL | IN_NAMES) or words.gap(at) not in (SPACE, HYPHEN):
            return token
    return token


def _lone_joint(words: Words, token: int) -> int:
    """The token after "Dash.", which nobody asks about."""
    if words.words[token] not in JOINTS or asks(words, token + 1, token + 1):
        return token
    return _lone_sign(words, token)


def _lone_sign(words: Words, token: int) -> int:
    """The token after "At.", "Dash.", a clause of its own that only small words lead to."""
    denied = token > 0 and words.words[token - 1] in ("no", "not")
    sign = words.words[token] == "at" or words.words[token] in JOINTS
    return token + 1 if sign and words.closes(token + 1) and not denied else token
