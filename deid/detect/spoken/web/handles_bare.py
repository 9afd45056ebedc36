"""Handles that answer a question for one, and handles that are spelt behind "at".

"What's your username?" / "Um, nkemelu four nine, if you want to look."; "what are you called on
there?" / "The dot real dot Leila"; "I do little videos, at C-U-T-H-B-E-R-T seven one". An answer
needs a joint, figures, letters or to be one word of no list; letters behind "at" have to be many,
or to go on: never "at U C H", "at A and E", nor what an address of mail begins with.
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.giving import asks, past_leads, turns
from deid.detect.spoken.heard.lexicon import LETTER, MULTIPLE, NATO, NUMERAL, data, phrases
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, LINE, PAUSE, SPACE, Words
from deid.detect.spoken.web.domains import ending_size
from deid.detect.spoken.web.handles_told import NEVER_AFTER_AT
from deid.detect.spoken.web.hosts import SMALL, is_hard
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

_ASKS = phrases(data("context")["handle_asks"])
_JOINTS = phrases(data("context")["handle_joints"])
_OWN = frozenset(
    {"i'm", "it's", "it", "just", "my", "name", "is", "under", "at", "handle's", "username's"}
)
_PAGES = frozenset({"page", "account", "profile", "channel"})
_MOST_CALLED, _PAIR = 4, 2
_NEAR = (SPACE, PAUSE, HYPHEN)
_ASKED, _AT_END, _MOST_PLAIN, _MANY, _SOME, _LONG, _LONGEST = 16, 5, 3, 5, 3, 5, 40


def handles_bare(reading: Reading) -> Iterator[Hit]:
    """Hits for them."""
    words = reading.words
    before = 0
    for first, last in turns(words):
        if first and _is_asked(reading, before, first):
            body = _answer(words, first, last)
            if body is not None:
                yield _hit(reading, *body)
        before = first
    for at, word in enumerate(words.words):
        if word != "at" or words.words[at - 1 : at] == ["the"]:
            continue  # "how do you spell what's before the at?"
        if end := _spelt_end(words, at + 1) or _called_end(reading, at):
            yield _hit(reading, at, end)


def _called_end(reading: Reading, at: int) -> int:
    """The token after "we've got a page, it's at long covid voices"; 0 for no such name."""
    words = reading.words
    if at + 1 >= len(words.words) or words.words[at - 1] not in ("it's", "its", "i'm", "we're"):
        return 0
    near = {word.removesuffix("'s") for word in words.words[max(0, at - _ASKED) : at]}
    site = reading.cues.before(CueKind.HANDLE, at, reach=_ASKED) is not None
    if not site and near.isdisjoint(_PAGES):
        return 0
    end = at + 1
    while end < len(words.words) and end - at <= _MOST_CALLED and _is_plain(words, at + 1, end):
        if end > at + 1 and words.gap(end) != SPACE:
            break
        end += 1
    if words.kinds[at + 1] & NUMERAL:
        return 0  # "it's at eighty percent"
    some = _PAIR if words.words[at + 1] not in SMALL else _MOST_CALLED + 1
    last = end == len(words.words) or words.gap(end) == LINE
    return end if last and end - at > some and words.words[at + 1] not in NEVER_AFTER_AT else 0


def _hit(reading: Reading, first: int, last: int) -> Hit:
    return reading.hit(first, last, EntityType.SOCIAL_HANDLE, 0.96, ("spoken-web", "bare"))


def _is_asked(reading: Reading, first: int, last: int) -> bool:
    """Whether the end of a turn asks what somebody is called on a site."""
    words = reading.words
    near = range(max(first, last - _AT_END), last)
    told = any(words.words[at] in _ASKS and words.phrase(at, _ASKS) for at in near)
    cue = reading.cues.before(CueKind.HANDLE, last, reach=min(_ASKED, last - first))
    return told or (cue is not None and asks(words, last, last))


def _answer(words: Words, first: int, last: int) -> tuple[int, int] | None:
    """The tokens of a handle that a turn begins with; "at" before it is part of it."""
    token = past_leads(words, first, last)
    while token < last and words.words[token] in _OWN:
        token += 1
    begin = token - (token > first and words.words[token - 1] == "at")
    end, proved = _body(words, token, last)
    if end == token or words.words[token] in NEVER_AFTER_AT:
        return None
    one = end == token + 1 and len(words.words[token]) >= _LONG
    entry = lexicon().entry(words.words[token])
    named = entry.name > 0 and not entry.tier
    one = words.closes(end) and ((one and entry.unknown) or (named and end - token > 1))
    whole = words.words[end - 1] not in SMALL or words.kinds[end - 1] & NUMERAL
    return (begin, end) if whole and (proved or one) else None


def _body(words: Words, token: int, last: int) -> tuple[int, bool]:
    """The token after a handle, and whether a joint, figures or letters prove it."""
    plain, proved, letters, end, begin = 0, False, 0, token, token
    while token < min(last, begin + _LONGEST):
        if token > begin and words.gap(token) not in _NEAR and words.between(token) != ".":
            break
        joint = words.phrase(token, _JOINTS)
        kind = words.kinds[token]
        if token > begin and joint and token + joint < last:
            token, plain, proved = token + joint, 0, True
            end = token + 1 if not is_hard(words.words[token]) or proved else end
        elif kind & (NUMERAL | MULTIPLE) and not (kind & LETTER) and token > begin:
            proved = proved or not words.kinds[token - 1] & NUMERAL
        elif kind & (LETTER | NATO):
            letters += 1
        elif plain < _MOST_PLAIN and _is_plain(words, begin, token):
            plain += 1
        else:
            break
        token += 1
        end = token
    return end, proved or letters >= _SOME


def _is_plain(words: Words, first: int, token: int) -> bool:
    """Whether a word may be one of a handle that begins at ``first``."""
    word = words.words[token]
    near = token == first or words.gap(token) != PAUSE
    return near and "'" not in word and not is_hard(word)


def _spelt_end(words: Words, first: int) -> int:
    """The token after letters behind "at", and what goes on from them; 0 for other letters."""
    token, letters, proved = first, 0, False
    while token < min(len(words.words), first + _LONGEST):
        if token > first and words.gap(token) not in _NEAR:
            break
        joint = words.phrase(token, _JOINTS)
        letter = words.kinds[token] & LETTER and len(words.words[token]) == 1
        if letter and not (proved and words.gap(token) == PAUSE):
            letters += 1
        elif letters >= _SOME and words.kinds[token] & (NUMERAL | MULTIPLE):
            proved = True
        elif letters >= _SOME and joint and token + joint < len(words.words):
            if words.words[token] == "dot" and ending_size(words, token + 1):
                return 0
            token, proved = token + joint, True
        else:
            break
        token += 1
    mail = words.words[token : token + 1] in (["at"], ["dot"], ["colon"])
    return token if (letters >= _MANY or (proved and letters >= _SOME)) and not mail else 0
