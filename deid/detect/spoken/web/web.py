"""Web addresses and social handles, said or written."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from deid.detect.speech import Hit, Speech
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import NUMERAL
from deid.detect.spoken.heard.reading import Reading, read
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, SPACE, STOP, Words
from deid.detect.spoken.web.begun_before import begun_before
from deid.detect.spoken.web.checked_after import checked_after
from deid.detect.spoken.web.domains import ENDINGS
from deid.detect.spoken.web.ends_added import ends_added
from deid.detect.spoken.web.handles_answered import handles_answered
from deid.detect.spoken.web.handles_asked import handles_asked
from deid.detect.spoken.web.handles_bare import handles_bare
from deid.detect.spoken.web.handles_given import handles_given
from deid.detect.spoken.web.handles_in_turns import handles_in_turns
from deid.detect.spoken.web.handles_looked import handles_looked
from deid.detect.spoken.web.handles_opening import handles_opening
from deid.detect.spoken.web.handles_told import handles_told
from deid.detect.spoken.web.handles_written import handles_written, joined_by_lines
from deid.detect.spoken.web.hosts import HOST_JOINTS
from deid.detect.spoken.web.links import spoken_links
from deid.detect.spoken.web.links_thought import links_thought
from deid.detect.spoken.web.links_torn import links_torn
from deid.detect.spoken.web.links_written import links_written
from deid.detect.spoken.web.mail_before import dotted
from deid.detect.spoken.web.mail_firsts import ONE_WORD, said_as_one
from deid.detect.spoken.web.mail_parts import NOT_JOINED, STOPS, joins
from deid.detect.spoken.web.parts_again import parts_again
from deid.detect.spoken.web.paths import later_paths, path_end
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

NAME = "spoken-web"
# Bounded, so that no text makes it slow.
_HANDLE = re.compile(r"(?<![\w@.])@[a-z0-9_](?:[a-z0-9_.]{1,29}[a-z0-9_])(?!\w)")
_IN_HANDLES = frozenset({"underscore", "hyphen", "dash"})
_HANDLE_JOINTS = frozenset({"underscore", "dot", "dash"})
_LEADS = frozenset({"handle", "name", "account", "is", "it's", "called", "at", "as", "under"})
_COUNTED = frozenset({"an", "single", "double", "triple"})
_PAIR, _TALK = 2, 30
_LONGEST_HANDLE, _LONGEST_HOST, _REACH, _BEHIND = 10, 4, 12, 8


def find_web(speech: Speech, *, record_cues: tuple[str, ...] = ()) -> Iterable[Hit]:
    """URLs and handles."""
    reading = read(speech.text, record_cues)
    found = begun_before(reading, ends_added(reading, _found(reading)))
    return parts_again(reading, checked_after(reading, found))


def _found(reading: Reading) -> Iterator[Hit]:
    folded = reading.words.folded
    if "@" in folded:
        for match in _HANDLE.finditer(folded):
            yield Hit(*match.span(), EntityType.SOCIAL_HANDLE, 0.8, NAME, "written")
    yield from _with_paths(reading, links_written(reading.words))
    links = list(spoken_links(reading))
    yield from links
    yield from links_torn(reading)
    yield from links_thought(reading)
    yield from _handles(reading)
    yield from _handles_of_words(reading)
    yield from handles_told(reading)
    yield from handles_opening(reading)
    yield from handles_answered(reading)
    yield from handles_asked(reading)
    yield from handles_bare(reading)
    yield from handles_given(reading)
    yield from handles_in_turns(reading)
    yield from handles_looked(reading)
    yield from handles_written(reading)
    yield from joined_by_lines(reading)
    yield from _handles_in_one(reading)


def _with_paths(reading: Reading, links: Iterable[Hit]) -> Iterator[Hit]:
    """Written links, and the paths that are said behind them: "pennine.com slash start"."""
    words = reading.words
    for link in links:
        yield link
        last = bisect_left(words.starts, link.end)
        end = path_end(words, last)
        for first, behind in [(last, end)][: end > last] + list(later_paths(reading, end)):
            yield reading.hit(first, behind, EntityType.URL, 0.8, (NAME, "path"))


def _handles(reading: Reading) -> Iterator[Hit]:
    """As in "my insta is at jo underscore b", "jo underscore b on Twitter"."""
    words = reading.words
    taken = 0
    for token, word in enumerate(words.words):
        if word not in _IN_HANDLES and not _dotted_handle(words, token):
            continue
        if token < taken or not 0 < token < len(words.words) - 1:
            continue
        if words.words[token - 1] in _COUNTED:
            continue
        cued = reading.cues.near(CueKind.HANDLE, token, token + 1, reach=_REACH, ahead=_BEHIND)
        sure = word == "underscore" or (
            cued and ("at" in words.words[max(0, token - 3) : token] or _told_as(reading, token))
        )
        if not sure or not (cued or joins(words, token) or _doubled(words, token)):
            continue
        first = token - 1
        said = 1
        while cued and first > 0 and said < _LONGEST_HOST and _in_handle(words, first):
            if reading.cues.before(CueKind.HANDLE, first, reach=0) == 0:
                break
            first -= 1
            said += len(words.words[first]) > 1
        first = _after_at(words, first)
        taken = _to_remark(words, _to_site(reading, _handle_end(words, token)))
        yield reading.hit(first, taken, EntityType.SOCIAL_HANDLE, 0.7, (NAME, "spoken"))


def _doubled(words: Words, token: int) -> bool:
    """Whether two said underscores end a clause behind a word that nobody knows: a handle's end."""
    word, last = words.words[token - 1], token + _PAIR
    pair = words.words[token:last] == ["underscore"] * _PAIR and words.closes(last)
    return pair and words.gap(token) == SPACE and lexicon().entry(word).unknown


def _handles_in_one(reading: Reading) -> Iterator[Hit]:
    """As in "look me up, rusty anchor sixty, no spaces", where the talk is of a site."""
    words = reading.words
    for token in range(1, len(words.words)):
        remark = words.phrase(token, ONE_WORD)
        if not remark or words.gap(token) not in (SPACE, PAUSE):
            continue
        site = words.words[token + remark : token + remark + 1] == ["dot"]  # "... dot org"
        before = words.words[token - 1]
        if site or before in _NO_HANDLE or "'" in before:
            continue
        first = token - 1
        while first > 0 and token - first < _LONGEST_HOST and words.gap(first) == SPACE:
            if words.words[first - 1] in STOPS and words.words[first - 1] not in ("at", "the"):
                break
            first -= 1
        if not _of_a_site(reading, first) or words.words[first : first + 1] in (["it's"], ["is"]):
            continue
        last = token + remark
        while last < len(words.words) and not words.closes(last) and words.kinds[last] & NUMERAL:
            last += 1
        yield reading.hit(first, last, EntityType.SOCIAL_HANDLE, 0.75, (NAME, "in-one"))


_NO_HANDLE = frozenset({"all", "that", "this", "it", "no"})  # "Is that all lower case?"


def _of_a_site(reading: Reading, first: int) -> bool:
    """Whether a site, an account or followers were spoken of before, and no mail."""
    words, cues = reading.words, reading.cues
    if cues.before(CueKind.EMAIL, first, reach=_TALK) is not None:
        return False
    if cues.before(CueKind.HANDLE, first, reach=_TALK) is not None:
        return True
    near = range(max(0, first - _TALK), first)
    said = {words.words[at] for at in near if words.words[at + 1] not in ("up", "ups")}
    return not _SITES.isdisjoint(said)


_SITES = frozenset(
    {"follow", "followers", "follows", "page", "account", "online", "posted", "posts"}
)


def _dotted_handle(words: Words, token: int) -> bool:
    """Whether a dot joins a handle and no address: "at miss jo dot b"."""
    after = words.words[token + 1 : token + 2]
    return words.words[token] == "dot" and after != [] and after[0] not in {*ENDINGS, "dot"}


def _told_as(reading: Reading, joint: int) -> bool:
    """Whether a site stands right before what is joined: "my insta's jen dot paints dot stuff"."""
    words, first = reading.words, joint - 1
    while first > 0 and words.gap(first) in (SPACE, PAUSE):
        if reading.cues.before(CueKind.HANDLE, first, reach=0) == 0:
            return words.gap(joint) == SPACE
        if words.words[first - 1] not in _LEADS:
            break
        first -= 1
    return False


def _to_remark(words: Words, last: int) -> int:
    """Where a handle of more words ends with "all lower case"; ``last`` without a remark."""
    for token in range(last, min(len(words.words), last + _LONGEST_HOST)):
        if remark := words.phrase(token, ONE_WORD):
            return token + remark
        if words.gap(token) != SPACE:
            break
    return last


def _handles_of_words(reading: Reading) -> Iterator[Hit]:
    """As in "insta at knitting jo, all one word", "on there it's at leek vets brew"."""
    words, cues = reading.words, reading.cues
    for token, word in enumerate(words.words):
        there = words.words[max(0, token - 3) : token] == ["on", "there", "it's"]
        reach = _TALK if there else _REACH
        if word != "at" or not cues.near(CueKind.HANDLE, token, token + 1, reach=reach):
            continue
        last = _words_end(words, token + 1)
        if last == token + 1 or words.kinds[token + 1] & NUMERAL:
            continue
        called = words.words[max(0, token - 2) : token]
        named = len(called) == _PAIR and called[1] in ("it's", "is", "i'm")
        named = named and (there or cues.before(CueKind.HANDLE, token - 1, reach=0) is not None)
        closed = last >= len(words.words) or words.gap(last) != SPACE
        if said_as_one(words, last) or (named and closed and last - token > _PAIR):
            yield reading.hit(token, last, EntityType.SOCIAL_HANDLE, 0.96, (NAME, "words"))


def _words_end(words: Words, first: int) -> int:
    """The token after the words that may be a handle; ``first`` where they do not end in reach."""
    for last in range(first, min(len(words.words), first + _LONGEST_HOST + 1)):
        word = words.words[last]
        if words.gap(last) != SPACE or words.phrase(last, ONE_WORD):
            return last
        if word in STOPS or word in NOT_JOINED or word in HOST_JOINTS or "'" in word:
            return first
    return len(words.words) if len(words.words) - first <= _LONGEST_HOST else first


def _to_site(reading: Reading, last: int) -> int:
    """Where "at leek underscore moss side on insta" ends before "on"; ``last`` without it."""
    words = reading.words
    for token in range(last, min(len(words.words) - 1, last + _PAIR + 1)):
        if words.gap(token) != SPACE:
            break
        if words.words[token] == "on":
            site = reading.cues.after(CueKind.HANDLE, token + 1, reach=0)
            return last if site is None else token
        if words.words[token] in STOPS or words.words[token] in NOT_JOINED:
            break
    return last


def _after_at(words: Words, first: int) -> int:
    """Where "at jazzy spoons underscore ..." begins, given a word of it; ``first`` without "at"."""
    for token in range(first - 1, max(-1, first - _LONGEST_HOST), -1):
        if words.gap(token + 1) != SPACE:
            return first
        if words.words[token] == "at":
            return token
        if words.words[token] in STOPS:
            return first
    return first


def _in_handle(words: Words, token: int) -> bool:
    """Whether the word before a token belongs to the same handle."""
    previous = words.words[token - 1]
    joined = words.gap(token) in (SPACE, "-") or dotted(words, token)
    if joined and len(previous) == len(words.words[token]) == 1:
        return True
    return joined and previous not in STOPS and previous not in _LEADS


def _counts_letters(words: Words, token: int) -> bool:
    """As in "tilly underscore tremors, two Ls"."""
    after = "".join(words.words[token + 1 : token + 2]).replace("'", "")
    return len(after) == _PAIR and after[1] == "s" and words.gap(token) == PAUSE


def _handle_end(words: Words, joint: int) -> int:
    """After the last joint's word, with numbers that follow it."""
    if joint + 1 < len(words.words) and words.gap(joint + 1) == LINE:
        return joint + 1
    last = joint + 2
    for place in range(last, min(len(words.words), joint + _LONGEST_HANDLE)):
        if place < last:
            continue
        if words.gap(place) in (STOP, LINE, BREAK):
            break
        if words.words[place] in _HANDLE_JOINTS and place + 1 < len(words.words):
            last = place + 2
        elif words.kinds[place] & NUMERAL and not _counts_letters(words, place):
            last = place + 1
        else:
            break
    return min(last, len(words.words))
