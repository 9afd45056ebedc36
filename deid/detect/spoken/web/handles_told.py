"""Handles and groups of several words, after the site that they are on.

"Her instagram's at tiny teal owl"; "there's a lad on YouTube, Knee Man Talks"; "a facebook group,
salford gout survivors"; "who do you follow?" / "at slow lane sue". Only where the words before tell
that a name follows: never "I'm on facebook, at the library", "twitter's at it again".
"""

from collections.abc import Iterator

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import NUMERAL, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, LINE, PAUSE, SPACE, STOP, Words
from deid.detect.spoken.web.hosts import SMALL, is_hard
from deid.detect.spoken.web.mail_firsts import ONE_WORD
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

_NAME = "spoken-web"
_TELLERS = frozenset(data("context")["handle_tellers"])
_FOLLOWS = frozenset({"follow", "follows", "following", "handle", "username", "tweet"})
_POSTS = frozenset({"tweet", "tweets", "post", "posts", "stream", "streams"})
_LEADS = frozenset({"it's", "is", "called", "she's", "he's", "i'm", "we're", "they're", "that's"})
_NEVER_FIRST = frozenset(
    {"it", "a", "an", "all", "one", "two", "three", "you", "me", "no", "not", "number"}
)
_INSIDE = frozenset({"by", "does", "mine", "my", "the", "with"})
"""Words of talk that handles hold all the same: "bakes by bron"."""
_FOLLOWED = frozenset({"us", "me", "him", "her", "them", "up"})
_TIMES = frozenset(
    {"breakfast", "lunch", "dinner", "tea", "half", "night", "christmas", "weekends", "first",
     "last", "least", "home", "work", "school", "uni", "college", "church", "hospital", "bedtime",
     "once", "times", "present", "that", "this", "my", "his", "her", "your", "our", "their"}
)  # fmt: skip
_TIME = frozenset(
    {"time", "times", "hour", "hours", "day", "days", "week", "weeks", "year", "price"}
)
_COUNTED = frozenset(
    {"number", "page", "stage", "step", "level", "point", "risk", "minute", "line", "chapter",
     "junction", "desk", "room", "platform"}
)  # fmt: skip
NEVER_AFTER_AT = _TIMES | _NEVER_FIRST | _COUNTED
_TAKE_AT = frozenset(data("context")["at_verbs"])
_ASKS_PLACE = frozenset({"where", "where's", "when", "often"})
_VISITS = frozenset(data("context")["handle_visits"])
_BUILDINGS = frozenset(data("context")["handle_buildings"])
_CRIES = frozenset({"oh", "ooh", "um", "uh", "er", "erm", "yeah", "and"})
_LONGEST, _FEWEST, _FEWEST_PLAIN, _BACK, _ASKED = 6, 2, 3, 7, 10
_SAME, _TALK, _LONG_WORD = 14, 30, 9


def handles_told(reading: Reading) -> Iterator[Hit]:
    """Hits for names after "at", and after the site itself."""
    words = reading.words
    for token, word in enumerate(words.words[:-1]):
        if word == "at" and _leads(reading, token):
            last = _end(words, token + 1)
            if _may_be(words, token + 1, last) and not is_held(words, token, last):
                yield _hit(reading, token, last)
        if word == "at" and _is_unknown(reading, token):
            yield _hit(reading, token, token + 2)
    for cue in reading.cues.of(CueKind.HANDLE):
        first = _after_site(words, cue.last)
        if first and _told(words, cue.first, first):
            last = _end(words, first)
            if _is_name(words, first, last):
                yield _hit(reading, first, last)


def is_held(words: Words, at: int, last: int) -> bool:
    """Whether the handle is a door's: "the door handle's at waist height", "at the top of"."""
    near = words.words[max(0, at - _NEAR) : at]
    where = words.words[at + 1 : at + 2] == ["the"] and "of" in words.words[at + 1 : last]
    return bool({"handle", "handle's"}.intersection(near)) and (
        where or not _HELD.isdisjoint(near) or "waist" in words.words[at + 1 : last]
    )


_NEAR = 3
_HELD = frozenset(
    {"door", "pump", "pan", "knife", "car", "window", "toilet", "spade", "gear", "kettle", "bag",
     "drawer", "cupboard", "broom", "bike", "mug", "cup", "frame", "chair", "tap"}
)  # fmt: skip


def _is_unknown(reading: Reading, at: int) -> bool:
    """As in "on the Instagram, at foylepainers": a long word that nobody knows."""
    words, word = reading.words, reading.words.words[at + 1]
    site = reading.cues.before(CueKind.HANDLE, at, reach=0) is not None
    apart = words.gap(at) in (SPACE, PAUSE) and words.gap(at + 1) == SPACE
    long = len(word) >= _LONG_WORD and word.isalpha() and lexicon().entry(word).unknown
    return site and apart and long and words.closes(at + 2)


def _hit(reading: Reading, first: int, last: int) -> Hit:
    """A hit; two words may be a person's name, which then goes before it."""
    score = 0.9 if last - first > _FEWEST else 0.6
    return reading.hit(first, last, EntityType.SOCIAL_HANDLE, score, (_NAME, "told"))


def _leads(reading: Reading, at: int) -> bool:
    """Whether a site, or a question for a name on one, stands right before "at"."""
    words, cues = reading.words, reading.cues
    spaced = at > 0 and words.gap(at) == SPACE
    if spaced and words.words[at - 1] in _FOLLOWED:
        return at > 1 and words.words[at - 2] in _FOLLOWS | {"find", "look", "tag", "search"}
    if spaced:
        return _leads_closely(reading, at)
    if at and words.gap(at) == PAUSE:
        site = cues.before(CueKind.HANDLE, at, reach=0) == 0
        asked = words.words[max(0, at - _ASKED) : at]
        named = site and (_told(words, at - 1, at) or _names_page(words, at))
        return named or not _FOLLOWS.isdisjoint(asked)
    asked = words.words[max(0, at - _ASKED) : at]
    if reading.starts_turn(at) and not _FOLLOWS.isdisjoint(asked):
        return True
    said = cues.before(CueKind.HANDLE, at, reach=_SAME) is not None
    talk = goes_on_with_at(words, at) or is_visit(words, at + 1)
    return at > 0 and words.gap(at) == STOP and said and not talk


def goes_on_with_at(words: Words, at: int) -> bool:
    """Whether somebody asked where or when, or does something at something: "I shout at it."."""
    first = at - 1
    while first > max(0, at - _SAME) and words.gap(first) not in (STOP, LINE):
        first -= 1
    asked = not _ASKS_PLACE.isdisjoint(words.words[max(0, at - _SAME) : at])
    return asked or not _TAKE_AT.isdisjoint(words.words[max(0, first) : at])


def is_visit(words: Words, first: int) -> bool:
    """Whether a time, a place or a manner of talk stands behind "at": "the weekend", "random"."""
    the = words.words[first : first + 1] == ["the"]
    return not _VISITS.isdisjoint(words.words[first + the : first + the + 1])


def is_building(words: Words, last: int) -> bool:
    """Whether words that end there are a place's: "leeds infirmary", "the new leisure centre"."""
    return words.words[last - 1] in _BUILDINGS


def _leads_closely(reading: Reading, at: int) -> bool:
    """Whether "insta's", "insta is", "tag us it's", "we tweet as" stands before "at"."""
    words, cues, lead = reading.words, reading.cues, at - 1
    if words.words[lead].endswith("'s") and cues.before(CueKind.HANDLE, at, reach=0) == 0:
        return True
    if words.words[lead] == "as":
        return words.words[lead - 1] in _POSTS
    told = cues.before(CueKind.HANDLE, lead, reach=0) == 0
    told = told or words.words[max(0, lead - 2) : lead] in (["tag", "us"], ["tag", "me"])
    return words.words[lead] in _LEADS and (told or _on_site_behind(reading, at))


def _on_site_behind(reading: Reading, at: int) -> bool:
    """Whether "on instagram", "on the facebook", "on there" follows the words after "at"."""
    words, last = reading.words, _end(reading.words, at + 1)
    if words.words[last : last + 1] != ["on"] or words.gap(last) not in (SPACE, PAUSE):
        return False
    site = last + 1 + (words.words[last + 1 : last + 2] == ["all"])
    site += words.words[site : site + 1] == ["the"]
    if reading.cues.after(CueKind.HANDLE, site, reach=0) is not None:
        return True
    there = words.words[site : site + 1] == ["there"]
    return there and reading.cues.before(CueKind.HANDLE, at, reach=_TALK) is not None


def _names_page(words: Words, at: int) -> bool:
    """Whether "at hillside student lets" behind "on Instagram," names a page, and no place or time.

    Three words, none small, none of time.
    """
    said = words.words[at + 1 : _end(words, at + 1)]
    return len(said) > _FEWEST and SMALL.isdisjoint(said) and _TIME.isdisjoint(said)


def _end(words: Words, first: int) -> int:
    """The token after the words that may be a name: a clause, or up to talk."""
    last = first
    while last < len(words.words) and last - first < _LONGEST:
        word = words.words[last]
        if last > first and words.gap(last) not in (SPACE, HYPHEN):
            break
        if words.phrase(last, ONE_WORD):
            break
        titled = words.cased and words.capital(last)
        hard = is_hard(word) and word not in _INSIDE
        written = words.folded[words.starts[last] : words.ends[last]]  # "student lets"
        if not titled and (hard or written.endswith("'s") or word in _CRIES):
            break
        last += 1
    return last


def _may_be(words: Words, first: int, last: int) -> bool:
    """Whether the words after "at" may be a handle."""
    fewest = _FEWEST + (words.words[first] == "the") if first < len(words.words) else _FEWEST
    if last - first < fewest or words.words[first] in NEVER_AFTER_AT:
        return False
    closed = last >= len(words.words) or words.gap(last) in (STOP, LINE, PAUSE)
    closed = closed or words.words[last] in _CRIES | {"on"} or words.phrase(last, ONE_WORD) > 0
    return closed and not words.kinds[first] & NUMERAL


def _after_site(words: Words, last: int) -> int:
    """Where the clause after "on facebook" or "a facebook group" begins; 0 where none does."""
    last += words.words[last : last + 1] in (["group"], ["page"], ["account"], ["channel"])
    if last >= len(words.words):
        return 0
    if words.words[last] == "called" and words.gap(last) == SPACE:
        return last + 1 if last + 1 < len(words.words) else 0
    return last if words.gap(last) in (PAUSE, STOP) else 0


def _told(words: Words, site: int, first: int) -> bool:
    """Whether "there's a lad on", "it's a" or "it's on" stands before a site."""
    begin = max(0, site - _BACK)
    before = words.words[begin:site]
    if words.words[site - 1 : site] == ["on"]:
        teller = not _TELLERS.isdisjoint(before) and not {"there's", "is"}.isdisjoint(before)
        named = before[-2:] == ["it's", "on"] and words.cased
        return teller or (named and words.gap(first) == STOP)
    group = words.words[first - 1] in ("group", "page", "channel", "account", "called")
    return group and before[-1:] in (["a"], ["the"], ["this"])


def _is_name(words: Words, first: int, last: int) -> bool:
    """Whether the words after a site are all of a clause, and a name by their capitals if any."""
    if last < len(words.words) and words.gap(last) not in (STOP, LINE, PAUSE):
        return False
    if not words.cased:
        return last - first >= _FEWEST_PLAIN and words.words[first] not in _NEVER_FIRST
    return last - first >= _FEWEST and all(
        words.capital(token) or words.words[token] in SMALL for token in range(first, last)
    )
