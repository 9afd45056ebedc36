"""E-mail addresses dictated after the question for them, a piece a turn.

"What's your e-mail?" / "reggae" / "Reggae, like the music?" / "Like the music. Reggae dave." / "At
outlook dot com": where a clause begins with the domain, the first part was given since the
question. Whoever was asked gives its pieces, a clause each, and whoever asked says them again. So
may the domain be given: "at penhale" / "Got it." / "dot org". Never what is said of it: "like the
music", "it's long", "all in numbers".
"""

from collections.abc import Iterator, Sequence

from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.giving import only_hears, past_leads
from deid.detect.spoken.heard.lexicon import LETTER, NUMERAL, SKIP
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, PAUSE, STOP, Words
from deid.detect.spoken.web.domains import ending_size
from deid.detect.spoken.web.mail_firsts import IN_NAMES, ONE_WORD
from deid.detect.spoken.web.mail_parts import JOINTS, NOT_JOINED, STOPS
from deid.detect.words.cues import POSSESSIVES
from deid.detect.words.gazetteer import lexicon

type Piece = tuple[int, int]
"""Tokens, half-open."""

_MOST_TURNS, _LONGEST, _OF_ARTICLE, _RARE = 11, 8, 3, 40
_LONGEST_HOST, _SOON, _FARTHEST = 20, 3, 120
_SMALL = IN_NAMES | {"by", "and", "n", "of", "on"}
_OPENING = frozenset(
    {"it's", "then", "and", "its", "is", "that's", "just", "mine's", "it", "no", "sure"}
)
SAID_OF_IT = frozenset(
    {"long", "short", "easy", "silly", "stupid", "complicated", "awkward", "funny", "weird", "fun",
     "simple", "embarrassing", "old", "ancient", "rest", "that", "right", "numbers", "later",
     "nice", "huh", "please", "away", "plural", "singular"}
)  # fmt: skip
_ARTICLES = frozenset({"a", "an", "the"})


def dictated(reading: Reading, said: Sequence[Piece], place: int, at: int) -> list[Piece]:
    """The pieces before the domain at ``at`` in the turn ``place``; none where nobody asked."""
    found: list[Piece] = []
    asked = _asked(reading, said, place, at)
    for turn in range(asked + 1, place + 1) if asked >= 0 else ():
        first, last = said[turn]
        given = (turn - asked) % 2 == 1
        if given and only_hears(reading.words, first, last):
            continue
        for begin, end in clauses(reading.words, first, min(last, at)):
            token = past_opening(reading.words, begin, end)
            likened = token > begin and reading.words.words[token - 1] == "like"  # "like the river"
            last = piece_end(reading.words, token, end) if given and not likened else token
            last = last if given else echo_end(reading.words, token, end, found)
            found += [(token, last)] if last > token else []
    return found


def torn_domains(reading: Reading, said: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces of addresses whose domain is given over turns, and of what comes before it."""
    words = reading.words
    for place, (first, last) in enumerate(said):
        opening = words.words[first : min(last, past_opening(words, first, last) + 1)]
        at = first + opening.index("at") if "at" in opening else last
        if not 1 < last - at <= _LONGEST_HOST:
            continue
        later = said[place + 1 : place + 1 + _SOON]
        ending = next((found for turn in later if (found := _ending(words, *turn))), None)
        before = dictated(reading, said, place, at) if ending else []
        if not ending or not before:
            continue
        yield from (*before, (at, last), ending)
        for begin, end in later:
            token = past_opening(words, begin, end)
            if token < ending[0] and (again := echo_end(words, token, end, [(at, last)])) > token:
                yield token, again


def _ending(words: Words, first: int, last: int) -> Piece | None:
    """The "dot org", "shef dot ac dot uk" with which a turn begins."""
    begin = token = past_opening(words, first, last)
    token += words.words[token + 1 : token + 2] == ["dot"]
    end = 0
    while token + 1 < last and words.words[token] == "dot":
        size = ending_size(words, token + 1)
        if not size:
            break
        token = end = token + 1 + size
    return (begin, end) if end else None


def _asked(reading: Reading, said: Sequence[Piece], place: int, at: int) -> int:
    """The turn in which mail was asked for; -1 for none, or where another turn gives a domain."""
    words = reading.words
    for turn in range(place - 1, max(-1, place - _MOST_TURNS), -1):
        first, last = said[turn]
        if at - last > _FARTHEST:
            break
        first = max(first, last - _FARTHEST)
        if reading.cues.before(CueKind.EMAIL, last, reach=last - first - 1) is not None:
            end = words.starts[last] if last < len(words.words) else len(words.text)
            asks = "?" in words.text[words.starts[first] : end] or not words.cased
            return turn if asks else -1
        said_at = "dot" in words.words[first:last] and "at" in words.words[first:last]
        if said_at or "@" in words.text[words.starts[first] : words.ends[last - 1]]:
            break  # another address
    return -1


def clauses(words: Words, first: int, last: int) -> Iterator[Piece]:
    """The clauses of a turn, in order."""
    begin = first
    for token in range(first + 1, last + 1):
        if token == last or words.gap(token) in (STOP, PAUSE, BREAK):
            yield begin, token
            begin = token


def past_opening(words: Words, first: int, last: int) -> int:
    """The token after what leads to a piece: "okay, it's", "and then"."""
    token, begin = first, -1
    while token < last and token != begin:
        begin, token = token, past_leads(words, token, last)
        token += token < last and words.words[token] in _OPENING
    token -= token > first and words.words[token - 1] in JOINTS
    return token


def piece_end(words: Words, first: int, last: int) -> int:
    """The token after a piece that begins there; ``first`` where the clause is of something else.

    All of the clause is one; of a clause that goes on with talk, what no talk begins with.
    """
    if any(words.phrase(token, ONE_WORD) for token in range(first, last)):
        return first
    end = first
    while end < last and may_belong(words, end, _SMALL):
        end += 1
    led = end > first and words.words[first] in _ARTICLES
    plain = not holds_sign(words, first + led, end)
    said = words.words[first:end]
    remark = said[-1:] and (said[-1] in SAID_OF_IT or said[0] in POSSESSIVES)
    remark = plain and (remark or (led and end - first < _OF_ARTICLE))
    if remark or end - first > _LONGEST:
        return first
    return end if end == last or (end > first and _stands_out(words, first)) else first


def echo_end(words: Words, first: int, last: int, found: Sequence[Piece]) -> int:
    """The token after what was said in a piece: the whole piece, or the whole clause."""
    best = first
    for begin, end in found:
        for start in range(begin, end):
            same = 0
            while first + same < last and start + same < end:
                if words.words[first + same] != words.words[start + same]:
                    break
                same += 1
            if same == end - begin or first + same == last:
                best = max(best, first + same)
    return best


def _stands_out(words: Words, token: int) -> bool:
    """Whether a word is hardly said in talk: "anselm with two ls"."""
    rare = not 0 < lexicon().entry(words.words[token]).tier < _RARE
    return holds_sign(words, token, token + 1) or (rare and len(words.words[token]) > 1)


def is_sign(words: Words, token: int) -> bool:
    """Whether a word is a letter, a figure or a joint."""
    return words.words[token] in JOINTS or bool(words.kinds[token] & (LETTER | NUMERAL))


def holds_sign(words: Words, first: int, last: int) -> bool:
    """Whether one of the words is a sign and no word as well, as "a" and "i" are."""
    return any(
        is_sign(words, token) and words.words[token] not in {"a", "i"}
        for token in range(first, last)
    )


def may_belong(words: Words, token: int, small: frozenset[str]) -> bool:
    """Whether a word is a character, one of the small words, or no word of talk."""
    word = words.words[token]
    if word in JOINTS or word in small or words.kinds[token] & (LETTER | NUMERAL):
        return True
    talk = word in STOPS or word in NOT_JOINED or words.kinds[token] & SKIP
    return not talk and "'" not in word
