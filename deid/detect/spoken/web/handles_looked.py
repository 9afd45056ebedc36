"""Handles that one is to look for, and those that signs alone tell.

"Look for at baking amira, all one word"; "you can follow us, it's at crafts and cake ten all one
word"; "it's all on my page, I'm at swimming dot nadia dot k"; "knots underscore and underscore
tea". Two said underscores are always a handle's. Elsewhere "look for at", or "it's at" where a page
was spoken of, has to lead to it, and a sign, figures or "all one word" to prove it: never "look for
at least two", "I'm at my mum's".
"""

from collections.abc import Iterator
from typing import NamedTuple

from deid.detect.speech import Hit
from deid.detect.spoken.heard.lexicon import LETTER, NUMERAL, SKIP
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import PAUSE, SPACE, Words
from deid.detect.spoken.web.handles_told import NEVER_AFTER_AT
from deid.detect.spoken.web.hosts import is_hard
from deid.detect.spoken.web.mail_firsts import ONE_WORD
from deid.transcript import EntityType

_LOOKS = frozenset({"look", "search", "looking", "searching"})
_OWN = frozenset({"it's", "i'm", "we're", "she's", "he's", "they're", "is", "that's"})
_PAGES = frozenset(
    {"page", "account", "profile", "channel", "group", "follow", "follows", "followers", "posts"}
)
_INSIDE = frozenset({"and", "by", "with", "the", "of", "n", "in", "my", "does", "for", "to"})
_TALK = frozenset({"if", "well", "and", "but", "so", "or", "on", "because", "the", "a", "an"})
_SUBJECTS = frozenset({"i", "we", "they", "you", "she", "he", "i'd", "we'd", "we'll", "always"})
_ENDINGS = frozenset({"com", "co", "uk", "org", "net", "info", "gov", "ac", "nhs", "eu"})
_UNDERSCORE = "underscore"
_JOINTS = frozenset({_UNDERSCORE, "dot"})
_NEAR, _LONGEST, _MOST_PLAIN, _PAIR, _PAGE_BEHIND = 18, 12, 5, 2, 4


class _Body(NamedTuple):
    """The token after a handle, the signs in it, and whether figures end two words or more."""

    last: int
    signs: int
    figures: bool


def handles_looked(reading: Reading) -> Iterator[Hit]:
    """Hits for them, "at" and "all one word" included."""
    words, taken = reading.words, 0
    for token, word in enumerate(words.words):
        if token < taken or token + 1 >= len(words.words):
            continue
        last = 0
        first = token
        if word == "at" and words.gap(token + 1) == SPACE:
            last = _after_at(words, token)
        elif word == _UNDERSCORE and token and _joint(words, token + 2) == _UNDERSCORE:
            first, last = _head(words, token), _signed_end(words, token)
        if last and words.words[last : last + 1] not in (["at"], ["dot"]):
            taken = last
            yield reading.hit(first, last, EntityType.SOCIAL_HANDLE, 0.97, ("spoken-web", "looked"))


def _joint(words: Words, token: int) -> str:
    """The sign that is said at a token, between two words of one breath; "" for none."""
    if not 0 < token < len(words.words) - 1 or words.words[token] not in _JOINTS:
        return ""
    near = words.gap(token) == words.gap(token + 1) == SPACE
    return words.words[token] if near else ""


def _head(words: Words, joint: int) -> int:
    """Where the words before the first underscore begin: what leads in stops them."""
    first = joint - 1
    while first > 0 and joint - first < _PAIR + 1 and words.gap(first) == SPACE:
        if words.words[first - 1] == "at":
            return first - 1
        skipped = words.kinds[first - 1] & SKIP
        if skipped or _is_talk(words, first - 1) or words.words[first - 1] in _INSIDE:
            break
        first -= 1
    return first


def _is_talk(words: Words, token: int) -> bool:
    word = words.words[token]
    return is_hard(word) or "'" in word or word in _LOOKS or word in _TALK


def _signed_end(words: Words, joint: int) -> int:
    """The token after all that signs and figures join, from the first sign on."""
    last = joint
    while _joint(words, last):
        last += _PAIR
    return _to_remark(words, _figures_end(words, last))


def _figures_end(words: Words, last: int) -> int:
    """The token after figures that follow at once: "bev sixty"."""
    while last < len(words.words) and words.gap(last) == SPACE and words.kinds[last] & NUMERAL:
        last += 1
    return last


def _to_remark(words: Words, last: int) -> int:
    """The token after ", all one word" if it follows, else ``last``."""
    if last < len(words.words) and words.gap(last) in (SPACE, PAUSE):
        return last + words.phrase(last, ONE_WORD)
    return last


def _after_at(words: Words, at: int) -> int:
    """The token after the handle that "at" begins; 0 where it begins none."""
    lead = words.words[max(0, at - _PAIR) : at]
    looked = lead[-1:] == ["for"] and lead[0] in _LOOKS and not _tells(words, at - _PAIR)
    own = lead[-1:] != [] and lead[-1] in _OWN
    if not (looked or own) or words.gap(at) not in (SPACE, PAUSE):
        return 0
    body = _body(words, at + 1)
    last = _to_remark(words, body.last)
    if body.last == at + 1:
        return 0
    remarked = last > body.last
    if looked:
        return last if remarked or body.signs or words.closes(last) else 0
    near = words.words[max(0, at - _NEAR) : at]
    paged = any(word.removesuffix("'s") in _PAGES for word in near)
    paged = paged or any(word in _PAGES for word in words.words[last : last + _PAGE_BEHIND])
    return last if body.signs > 1 or (paged and (remarked or body.signs or body.figures)) else 0


def _tells(words: Words, look: int) -> bool:
    """Whether somebody tells what they do: "we look for at risk families"."""
    return look > 0 and words.gap(look) == SPACE and words.words[look - 1] in _SUBJECTS


def _body(words: Words, first: int) -> _Body:
    """The words of a handle from ``first`` on; none where talk begins there."""
    none = _Body(first, 0, figures=False)
    if words.words[first] in NEVER_AFTER_AT or is_hard(words.words[first]):
        return none
    last, plain, signs, figures = first, 0, 0, False
    while last < min(len(words.words), first + _LONGEST):
        if last > first and (words.gap(last) != SPACE or words.phrase(last, ONE_WORD)):
            break
        if last > first and _joint(words, last):
            if words.words[last + 1] in _ENDINGS:
                return none  # an address of mail, or a website
            last, signs, plain = last + _PAIR, signs + 1, 0
        elif words.kinds[last] & (NUMERAL | LETTER) and last > first:
            figures = figures or last - first >= _PAIR
            last += 1
        elif plain < _MOST_PLAIN and _is_plain(words, last):
            last, plain = last + 1, plain + 1
        else:
            break
    while last > first and words.words[last - 1] in _INSIDE and not _joint(words, last - _PAIR):
        last -= 1
    part = words.words[first] == "the" and "of" in words.words[first:last]
    return none if part else _Body(last, signs, figures=figures)  # "at the top of the page"


def _is_plain(words: Words, token: int) -> bool:
    word = words.words[token]
    return "'" not in word and (not is_hard(word) or word in _INSIDE)
