"""Where the part before "at" truly begins, when small words or turns stand inside it.

"The old barn leek, all one word, at ...": said to be one word, or given as the answer to "email?",
it goes back over "the", "of" and "and" to where the clause or what leads in begins. Dictated in
pieces ("teal" / "yeah" / "nineteen" / "at ..."), back to the question. Unasked, over "and the",
"to five" to a name or to what leads in: "get me on dara and the lads at ...". Never over a lead-in,
nor "ring the office at ...".
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import LETTER, NUMERAL, SKIP, data, phrases
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, LINE, PAUSE, SPACE, STOP, Words
from deid.detect.spoken.web.mail_parts import JOINTS, NOT_JOINED, STOPS, Mail
from deid.detect.spoken.web.names_spelt import spelt_from
from deid.detect.words.gazetteer import lexicon

ONE_WORD = phrases(data("context")["mail_one_word"])
_SMALL = frozenset(data("context")["mail_small"])
_NEVER_FIRST = frozenset({"and", "of", "in", "n"})
_CALLS = frozenset({"it's", "is", "that's", "email's", "name's", "mine's", "one's"})
_LEADS = frozenset({"um", "uh", "er", "erm", "ah", "oh", "well", "hmm", "so", "yeah", "yes", "yep"})
IN_NAMES = frozenset(
    {"big", "black", "blue", "green", "little", "new", "old", "red", "small", "tiny", "white"}
    | {"yellow", "one", "two", "three"}
)
"""Words of talk that the first part of an address begins with all the same."""
_TALK = NOT_JOINED - _SMALL - IN_NAMES
_VERBS = frozenset(data("context")["host_verbs"])
_BRIDGE_LEADS = _CALLS | {"i'm", "he's", "she's", "we're", "they're", "me", "on", "from", "to"}
_BRIDGE_LEADS |= {"via", "use", "email", "mail", "by", "under"}
_NOT_CALLED = frozenset(
    {"just", "still", "with", "on", "in", "now", "a", "via", "through", "under", "also", "probably",
     "going", "my", "his", "her", "at", "simply", "actually", "down", "always", "usually", "the"}
)  # fmt: skip
_MOST_BRIDGES, _BRIDGED, _COMMON, _CALLED = 3, 3, 30, 7
_EXPLAINED = 2
_LONGEST_REMARK, _MOST_WORDS, _ASKED, _MOST_TURNS, _LONGEST_PIECE = 5, 8, 12, 8, 4


def said_as_one(words: Words, token: int) -> bool:
    """Whether "all one word" and the like end right before a token, or begin there."""
    if token < len(words.words) and words.gap(token) != LINE and words.phrase(token, ONE_WORD):
        return True
    return any(
        first + words.phrase(first, ONE_WORD) == token
        for first in range(max(0, token - _LONGEST_REMARK), token)
    )


def true_first(reading: Reading, first: int, at: int, last: int) -> int:
    """Where the local part that was found from ``first`` to ``at`` begins."""
    words = reading.words
    first = spelt_from(words, _over_spelling(reading, _over_turns(reading, first)))
    as_one = said_as_one(words, at) or said_as_one(words, last)
    if as_one or _answers(reading, first) or _is_pair(words, first):
        first = _over_small(words, first, as_one=as_one)
    return over_letter(words, _behind_called(reading, _over_bridges(words, first)))


def is_talk(words: Words, first: int, last: int) -> bool:
    """Whether a turn is talk and no piece of an address: "Take your time", "a joke from her"."""
    said = words.words[first:last]
    yours = words.gap(first) == SPACE and words.words[first - 1] == "your"
    signed = not JOINTS.isdisjoint(said) or any(
        words.kinds[token] & NUMERAL for token in range(first, last)
    )
    return yours or not (signed or _TALK.isdisjoint(said))


def given_anew(words: Words, mails: Sequence[Mail]) -> Iterator[tuple[int, int]]:
    """Tokens of a first part alone, soon after an address: "no, it's tansy bee, all one word"."""
    lasts = [mail.last for mail in mails]
    for token, word in enumerate(words.words if mails else ()):
        if word not in _ONE or not token or not words.phrase(token, ONE_WORD):
            continue
        nearest = bisect_right(lasts, token) - 1
        told = nearest >= 0 and 0 < token - lasts[nearest] <= _ANEW
        part_of_next = nearest + 1 < len(mails) and mails[nearest + 1].first < token
        if not told or part_of_next or words.gap(token) not in (SPACE, PAUSE):
            continue
        last = words.words[token - 1]
        if last in STOPS or last in _TALK or "'" in last or token - 1 < lasts[nearest]:
            continue
        if words.kinds[token - 1] & LETTER and not words.kinds[token - 2] & LETTER:
            continue  # "row f all together"
        first = max(_over_small(words, token - 1, as_one=True), lasts[nearest])
        if token - first <= _LONGEST_PIECE:
            yield first, token


_ONE, _ANEW = frozenset({"all", "one"}), 80


def _over_spelling(reading: Reading, first: int) -> int:
    """Back over letters that are explained, and the joints between: "L for Lucy, E, dot, C ..."."""
    words, token = reading.words, first
    for _ in range(_MOST_TURNS):
        at = bisect_right(reading.stretches, token, key=lambda each: each.first) - 1
        stretch = reading.stretches[at] if at >= 0 else None
        if stretch is None or not stretch.first <= token <= stretch.last + 1:
            break
        spelt = [low for low, high in stretch.spans if high - low > _EXPLAINED]
        if len(spelt) < _EXPLAINED or LINE in stretch.breaks[1:]:
            break
        first = min(first, stretch.first)
        token = first - 1
        if token < 1 or words.words[token] not in JOINTS:
            break
        token -= 1
    return first


def _is_pair(words: Words, first: int) -> bool:
    """Whether "ron and" alone stands before it in its clause, as in "ron and vi at ..."."""
    begin = first - 2
    if begin < 0 or words.words[first - 1] not in ("and", "the") or words.gap(first) != SPACE:
        return False
    if words.words[first - 1] == "the":
        return words.gap(first - 1) != SPACE  # "So, the hargreaves at ..."
    return words.gap(first - 1) == SPACE and (begin == 0 or words.gap(begin) != SPACE)


def _behind_called(reading: Reading, first: int) -> int:
    """The token behind "my email's" where that leads to the words before; else ``first``.

    So do "it's" and a turn's beginning that answer the question, "it's the", and "my brother's is"
    beside another address.
    """
    words = reading.words
    for token in range(first - 1, max(-1, first - _CALLED), -1):
        if words.gap(token + 1) != SPACE:
            whole = token + 1 < first and words.gap(token + 1) == LINE
            return token + 1 if whole and _is_all_given(reading, token + 1, first) else first
        said, lead = words.words[token], words.words[max(0, token - 1)]
        near = token > 0 and words.gap(token) == SPACE
        led = near and (lead in ("email", "mail", "address") or lead.endswith("'s"))
        opens = said in ("it's", "its") and not near
        the = words.words[token + 1] == "the" and first == token + 2
        answers = opens and (the or _answers(reading, token))
        if said == "email's" or (said in ("is", "it's", "its") and led) or answers:
            called = words.words[token + 1] not in _NOT_CALLED or (the and said != "email's")
            return token + 1 if called else first
        if "'" in said and (said in _ITS or not said.endswith("'s")):
            break  # "email's grand, it's ...", "I'm on the phone to ..."
    return first


_ITS = frozenset({"it's", "that's", "he's", "she's", "there's", "what's", "who's"})


def _is_all_given(reading: Reading, first: int, last: int) -> bool:
    """Whether a turn that answers begins with the address: "Kev on a bike at ..."."""
    words = reading.words
    said = words.words[first:last]
    talk = any(
        _is_of_talk(word) and (word not in _BETWEEN or place == 0)
        for place, word in enumerate(said)
    )
    leads = said[0] in _NOT_CALLED or said[0] in _BRIDGE_LEADS or words.kinds[first] & SKIP
    return not (talk or leads) and _answers(reading, first)


def _is_of_talk(word: str) -> bool:
    return word in STOPS or word in _TALK or word in _VERBS or "'" in word


_BETWEEN = frozenset({"on", "in", "by", "of", "with", "for"})
"""What stands inside a name of several words: "kev on a bike"."""


def over_letter(words: Words, first: int) -> int:
    """Back over the letter that a word stands for: "F, F for Fiona, dot, ..."."""
    letter = words.words[first][:1]
    if words.words[max(0, first - 2) : first] != [letter, "for"] or words.gap(first) != SPACE:
        return first
    first -= 2
    again = first > 0 and words.words[first - 1] == letter and words.gap(first) == PAUSE
    return first - again


def _over_bridges(words: Words, first: int) -> int:
    """Back over "and", "and the", "the", "to five" to the words before them, where those name."""
    for _ in range(_MOST_BRIDGES):
        begin = _before_bridge(words, first)
        if begin == first:
            break
        first = begin
    return first


def _before_bridge(words: Words, first: int) -> int:
    """Where the words before one bridge begin; ``first`` where there is none."""
    token, bridge = first, _bridge(words, first)
    begin = token = first - bridge
    while bridge and token and begin - token < _BRIDGED and words.gap(token) in (SPACE, HYPHEN):
        word = words.words[token - 1]
        if word in STOPS or word in _TALK or "'" in word or word in _VERBS:
            break
        token -= 1
    if token == begin:
        return first
    entry = lexicon().entry(words.words[begin - 1])
    named = (entry.name > 0 and not 0 < entry.tier <= _COMMON) or entry.unknown
    led = token == 0 or words.gap(token) != SPACE or words.words[token - 1] in _BRIDGE_LEADS
    joined = words.words[begin] != "the"
    return token if named or (led and joined) else first


def _bridge(words: Words, first: int) -> int:
    """Tokens of "and", "and the", "the", "to" (before a number) right before a token; or 0."""
    before = words.words[max(0, first - 2) : first]
    if (
        before in (["and", "the"], ["n", "the"])
        and words.gap(first - 1) == words.gap(first) == SPACE
    ):
        return 2
    number = before[-1:] == ["to"] and bool(words.kinds[first] & NUMERAL)
    known = before[-1:] in (["and"], ["n"], ["the"]) or number
    return int(known and words.gap(first) == words.gap(first - 1) == SPACE)


def _answers(reading: Reading, token: int) -> bool:
    """Whether e-mail is asked for right before."""
    return reading.cues.before(CueKind.EMAIL, token, reach=_ASKED) is not None


def _over_small(words: Words, first: int, *, as_one: bool) -> int:
    """Back over small words to the clause's beginning or "it's"; ``first`` if neither comes."""
    token = first
    while token > 0 and first - token < _MOST_WORDS:
        if words.gap(token) not in (SPACE, HYPHEN):
            break
        word = words.words[token - 1]
        if word in _CALLS or word in _LEADS or (as_one and word in STOPS and word not in _SMALL):
            break
        if "'" in word or (word in STOPS and word not in _SMALL) or word in _TALK:
            return first
        token -= 1
    else:
        if token > 0:
            return first
    while token < first and words.words[token] in _NEVER_FIRST:
        token += 1
    return token


def _over_turns(reading: Reading, first: int) -> int:
    """Back over short turns and the listener's "yeah" to the turn that asks for the address."""
    words, token, begins = reading.words, first, first
    for _ in range(_MOST_TURNS):
        if not token or words.gap(token) != LINE:
            return first
        start = token - 1
        while start > 0 and words.gap(start) != LINE:
            start -= 1
        if reading.cues.before(CueKind.EMAIL, token, reach=token - start - 1) is not None:
            return begins
        if not words.only_skipped(start, token) and not _explains(words, start, token):
            if not _is_piece(words, start, token):
                return first
            begins = start
        token = start
    return first


def _explains(words: Words, first: int, last: int) -> bool:
    """Whether a turn is the listener's "as in one nine"."""
    return words.words[first : first + 2] == ["as", "in"] and all(
        words.kinds[token] & (NUMERAL | LETTER) for token in range(first + 2, last)
    )


def _is_piece(words: Words, first: int, last: int) -> bool:
    """Whether a turn may be a piece of an address: few words, none of them talk."""
    if last - first > _LONGEST_PIECE or "?" in words.between(last):
        return False
    return all(
        (words.kinds[token] & (NUMERAL | LETTER))
        or (
            words.words[token] not in STOPS
            and words.words[token] not in _TALK
            and "'" not in words.words[token]
            and not words.only_skipped(token, token + 1)
        )
        for token in range(first, last)
    ) and all(words.gap(token) not in (STOP, PAUSE) for token in range(first + 1, last))
