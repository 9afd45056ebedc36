"""Handles of plain words that a sentence behind a site says, small words and all.

"It's a Mastodon thing. At mending by moonlight."; "I'm on Twitter as well at ms mum of four"; "busy
bee brenda, it's all one word, at busy bee brenda". What other rules take for talk ("at", "of",
"for") may stand inside, so that all of the sentence has to be the handle and no time, place or
manner: never "At night mostly", "At the weekend", "At my age?", "At no point".
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.giving import asks
from deid.detect.spoken.heard.lexicon import NUMERAL, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, STOP, Words
from deid.detect.spoken.web.handles_again import said_again
from deid.detect.spoken.web.handles_told import (
    NEVER_AFTER_AT,
    goes_on_with_at,
    is_building,
    is_visit,
)
from deid.detect.spoken.web.mail_firsts import ONE_WORD
from deid.transcript import EntityType

_TALK = frozenset(
    {"a", "an", "the", "my", "your", "his", "her", "our", "their", "i", "you", "he", "she", "we",
     "they", "it", "me", "us", "them", "this", "that", "is", "was", "were", "are", "be", "or",
     "all", "because", "but", "if", "when", "where", "mostly", "mainly", "sometimes", "usually",
     "really", "anyway", "though", "yes", "yeah", "yep", "please", "thanks", "sorry", "er", "um",
     "then", "now", "again", "years", "months", "weeks", "days", "hours"}
)  # fmt: skip
_DAYS = frozenset(data("context")["lone_days_weekdays"])
_SELVES = frozenset({"i'm", "we're", "she's", "he's", "they're", "am", "are", "it's"})
_NO_SITES = frozenset(
    {"handle", "login", "skype", "skyped", "messenger", "xbox", "playstation", "psn", "vinted",
     "depop", "ebay", "etsy"}
)  # fmt: skip
_TOO = frozenset({"as", "well", "too", "also", "now"})
_FOLLOWED = ({"follow", "us"}, {"follow", "me"})
_NO_TIME = frozenset({"point", "time", "stage", "cost", "risk", "moment", "age"})
_PAIR, _SAME, _FOLLOWS, _LONGEST, _MOST_TOO, _REACH = 2, 14, 10, 6, 3, 10


def handles_opening(reading: Reading) -> Iterator[Hit]:
    """Hits for them, "at" included, and for the same words said again."""
    words = reading.words
    for at in range(len(words.words) - _PAIR):
        if words.words[at] != "at":
            continue
        last = _sentence_end(words, at)
        if not last:
            continue
        if _opens(reading, at, last) or _is_on_site(reading, at):
            yield _hit(reading, at, last)
            for again in said_again(words, last, words.words[at + 1 : last]):
                yield _hit(reading, *again)
        elif first := _said_before(words, at, last):
            yield _hit(reading, first, last)


def _hit(reading: Reading, first: int, last: int) -> Hit:
    return reading.hit(first, last, EntityType.SOCIAL_HANDLE, 0.97, ("spoken-web", "opening"))


def _sentence_end(words: Words, at: int) -> int:
    """The token after the words behind "at" that are the rest of a sentence; 0 for talk."""
    first = last = at + 1
    while last < len(words.words) and (last == first or words.gap(last) == SPACE):
        if last - first >= _LONGEST or words.words[last] in _TALK or "'" in words.words[last]:
            return 0
        last += 1
    if last - first < _PAIR or not (last >= len(words.words) or words.gap(last) in (STOP, LINE)):
        return 0
    said = words.words[first:last]
    denied = said[0] == "no" and (said[1] in _NO_TIME or len(said) == _PAIR)
    never = said[0] != "no" and (said[0] in NEVER_AFTER_AT or is_visit(words, first))
    named = words.cased and words.capital(first)
    dated = any(word.removesuffix("s") in _DAYS for word in said)
    asked = asks(words, last, last)
    return 0 if denied or never or named or dated or asked or words.kinds[first] & NUMERAL else last


def _opens(reading: Reading, at: int, last: int) -> bool:
    """Whether a sentence begins there soon behind a site or "follow us"."""
    words = reading.words
    if not at or words.gap(at) not in (STOP, LINE):
        return False
    if words.gap(at) == LINE and is_building(words, last):
        return False
    if goes_on_with_at(words, at):
        return False
    near = words.words[max(0, at - _FOLLOWS) : at]
    followed = any({*near[place : place + _PAIR]} in _FOLLOWED for place in range(len(near)))
    site = reading.cues.before(CueKind.HANDLE, at, reach=_SAME)
    return followed or (site is not None and words.words[at - site - 1] not in _NO_SITES)


def _is_on_site(reading: Reading, at: int) -> bool:
    """Whether "I'm on Twitter as well" stands before "at" in its sentence."""
    words, site = reading.words, at
    while site and at - site < _MOST_TOO and words.words[site - 1] in _TOO:
        site -= 1
    on = site - _PAIR
    told = on > 0 and words.words[on] == "on" and words.words[on - 1] in _SELVES
    near = words.gap(at) in (SPACE, PAUSE)
    return near and told and reading.cues.before(CueKind.HANDLE, site, reach=0) == 0


def _said_before(words: Words, at: int, last: int) -> int:
    """Where "busy bee brenda, it's all one word" begins that is said again behind "at"; or 0."""
    said = words.words[at + 1 : last]
    for first in range(max(0, at - len(said) - _REACH), at - len(said)):
        remark = first + len(said)
        if words.words[first:remark] == said and remark < at:
            remark += words.words[remark] in ("it's", "that's")
            return first if remark + words.phrase(remark, ONE_WORD) == at > remark else 0
    return 0
