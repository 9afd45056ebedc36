"""Handles that are all of an answer, thought about, in pieces, and read back.

"What do they call you on there?" / "Look for Toast, dot, G O B L I N"; "what's it under?" / "search
for sunday" / "okay" / "dot lunch"; "Where can I see them?" / "Second dot walk nine nine" / "I've
got second hyphen walk ninety nine?". A sign, or figures behind three words, has to prove it; asked
only where, a sign and figures both. Never an address of mail or the web, nor "it's under the sink".
"""

from collections.abc import Iterator
from typing import NamedTuple

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.giving import asks, past_leads, turns
from deid.detect.spoken.heard.lexicon import LETTER, MULTIPLE, NUMERAL, SKIP, data, phrases
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, LINE, SPACE, STOP, Words
from deid.detect.spoken.web.asides import past_asides
from deid.detect.spoken.web.domains import ENDINGS
from deid.detect.spoken.web.handles_again import THE_NUMBER, said_again
from deid.detect.spoken.web.handles_asked import later_parts
from deid.detect.spoken.web.handles_told import NEVER_AFTER_AT
from deid.detect.spoken.web.hosts import SMALL, is_hard
from deid.detect.spoken.web.mail_parts import JOINTS
from deid.transcript import EntityType

_CONTEXT = data("context")
_ASKS = phrases(
    [*_CONTEXT["handle_asks"], *_CONTEXT["handle_asks_name"], *_CONTEXT["handle_under"]]
)
_LEADS = phrases(_CONTEXT["handle_answers"])
_INSIDE = SMALL | {"in", "by"}
_CLEAR, _ARTICLES = frozenset({"dot", "underscore"}), frozenset({"a", "an", "the"})
_WHERE = frozenset({"where", "where's"})
_CHARACTERS = NUMERAL | LETTER | MULTIPLE
_APART = (STOP, LINE, BREAK)
_AT_END, _SITE, _TURNS, _LONGEST, _MOST_PLAIN, _FEWEST = 8, 6, 6, 24, 5, 3
_PAIR, _TALK = 2, 40


class _Body(NamedTuple):
    """The token after a handle, its signs, whether figures end it, its words."""

    last: int
    signs: int
    figures: bool
    plain: list[str]


def handles_in_turns(reading: Reading) -> Iterator[Hit]:
    """Hits for them, for what later turns add, and for the same words said again."""
    words, left, sure = reading.words, 0, False
    for first, last in turns(words):
        start = _past_leads(words, first, last) if left else last
        if start < last:
            yield from _given(reading, start, last, sure=sure)
        left -= left > 0
        name, where = _is_asked(reading, first, last)
        if name or where:
            left, sure = _TURNS, name


def _is_asked(reading: Reading, first: int, last: int) -> tuple[bool, bool]:
    """Whether a turn asks for a name on a site at its end, and whether where something is."""
    words = reading.words
    near = range(max(first, last - _AT_END), last)
    if reading.cues.before(CueKind.EMAIL, last, reach=last - first) is not None:
        return False, False
    name = any(words.words[at] in _ASKS and words.phrase(at, _ASKS) for at in near)
    reach = min(_SITE, last - first)
    site = reading.cues.before(CueKind.HANDLE, last, reach=reach) is not None
    return name or site, asks(words, last, last) and not _WHERE.isdisjoint(words.words[first:last])


def _past_leads(words: Words, first: int, last: int) -> int:
    """The token after "yeah, look for", "I've got", "my one's" in a turn."""
    token = first
    while token < last:
        after = past_leads(words, token, last)
        after += words.phrase(after, _LEADS) if after < last else 0
        if after == token or words.words[token] in JOINTS:
            break
        token = after
    return token


def _given(reading: Reading, start: int, last: int, *, sure: bool) -> Iterator[Hit]:
    """Hits for a handle that begins at a token, for its later parts, and for it said again."""
    words = reading.words
    body = _body(words, start, last)
    if not body.plain or body.plain[0] in NEVER_AFTER_AT or _is_address(words, start, body.last):
        return
    closed = words.closes(body.last) or words.words[body.last] == "on"
    goes_on = sure and body.last == last and not asks(words, body.last, body.last)
    later = list(later_parts(words, body.last)) if goes_on else []
    if later and words.words[later[0].first] not in JOINTS:
        later = []  # "What name is it under?" / "Lomax." / "The 4th."
    site = reading.cues.before(CueKind.HANDLE, start, reach=_TALK) is not None
    plain = site and body.figures and len(body.plain) >= _FEWEST
    whole = sure and (body.signs > 0 or plain)
    clear = not _CLEAR.isdisjoint(words.words[start : body.last])
    if not closed or not (whole or later or (clear and body.figures)):
        return
    if words.words[start] in _ARTICLES and words.words[start + 1] not in JOINTS:
        return  # "a time thing, dash in, dash out"
    yield _hit(reading, start, body.last)
    for part in later:
        yield _hit(reading, part.first, part.last)
    for again in said_again(words, body.last, body.plain):
        yield _hit(reading, *again)


def _hit(reading: Reading, first: int, last: int) -> Hit:
    """A hit that is stronger than the names in it."""
    return reading.hit(first, last, EntityType.SOCIAL_HANDLE, 0.97, ("spoken-web", "in-turns"))


def _is_address(words: Words, first: int, last: int) -> bool:
    """Whether an address of mail or of the web stands there."""
    ends = (words.words[at - 1] == "dot" for at in range(first + 1, last + 1) if _ends(words, at))
    return any(ends) or words.words[last : last + 1] in (["at"], ["dot"])


def _ends(words: Words, token: int) -> bool:
    return token < len(words.words) and words.words[token] in ENDINGS


def _body(words: Words, start: int, last: int) -> _Body:
    """What begins at a token and is joined by signs, said singly or without a pause."""
    token, signs, figures, plain, joined = start, 0, False, list[str](), True
    while token < min(last, start + _LONGEST) and (
        token == start or words.gap(token) not in _APART
    ):
        word, kind = words.words[token], words.kinds[token]
        if word in JOINTS and start < token < last - 1:
            signs, joined, token = signs + 1, True, past_asides(words, token + 1)
        elif kind & _CHARACTERS and (token > start or kind & LETTER):
            figures, joined, token = figures or not kind & LETTER, False, token + 1
        elif token > start and (after := _past_thought(words, token)) > token:
            joined, token = True, after
        elif not _is_plain(words, token, joined=joined) or len(plain) > _MOST_PLAIN:
            break
        else:
            if plain and joined and word.startswith(plain[-1]):
                plain.pop()  # "the dot mu, sorry, muddy"
            plain.append(word)
            figures = figures and word in _INSIDE  # not "factor fifty and a hat"
            joined, token = False, token + 1
    return _Body(min(token, last), signs, figures, plain)


def _past_thought(words: Words, token: int) -> int:
    """The token after "sorry", "and then", "the number" where the handle goes on; or ``token``."""
    number = words.words[token : token + _PAIR] == THE_NUMBER
    after = token + _PAIR if number else past_asides(words, token)
    goes_on = after < len(words.words) and words.gap(after) not in _APART
    sign = goes_on and (words.kinds[after] & NUMERAL or words.words[after] in JOINTS)
    hesitates = goes_on and not number and words.hesitates(token, after)
    ends = goes_on and (words.closes(after + 1) or words.words[after + 1] in {*JOINTS, "on"})
    return after if sign or (hesitates and words.gap(after) == SPACE and ends) else token


def _is_plain(words: Words, token: int, *, joined: bool) -> bool:
    """Whether a word may be one of a handle: no talk, but "in the" inside one."""
    word, near = words.words[token], joined or words.gap(token) == SPACE
    talk = is_hard(word) or "'" in word or (words.kinds[token] & SKIP and not joined)
    return near and (word in _INSIDE or not talk)
