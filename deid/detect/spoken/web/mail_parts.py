"""Parts of e-mail addresses: said before the "at", said again, put right, without an ending.

"My email's pat dot jones, that's ..."; "lilly underscore roops?"; "cole hyphen ade at larkmail".
Words that a said underscore joins are always an address or a handle; a dot or a hyphen joins them
where the talk is of mail. Never "a red dot on the scan", "to underscore the point".
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import DIGITS, LETTER, NUMERAL, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, HYPHEN, LINE, PAUSE, SPACE, Words
from deid.detect.spoken.web.domains import ending_size
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

NAME = "spoken-mail"
JOINTS = frozenset({"dot", "underscore", "dash", "hyphen"})
STOPS = frozenset(data("context")["mail_stops"])
NOT_JOINED = frozenset(data("context")["mail_not_joined"])
_PROVIDERS = frozenset(data("context")["mail_providers"])
_ARTICLES = frozenset({"a", "an", "the", "or", "no"})
_HYPHENS = frozenset({"hyphen", "dash"})
_GOING_ON = JOINTS | {"apostrophe"}
_TALK_BEGINS = frozenset({"she", "he", "they", "is", "it's", "i", "let", "that's", "what", "where"})
_THE_SAME = ["the", "same"]
_CLOSE, _REACH, _TALK, _BEHIND = 14, 40, 200, 16
_PAIR = 2
_SCORE = 0.96  # a name in an address is said as a part of it
_LONGEST, _SHORTEST_HOST, _SHORTEST_LOCAL = 12, 4, 5


@dataclass(frozen=True, slots=True)
class Mail:
    """An address that was found: its tokens (half-open) and its "at"."""

    first: int
    at: int
    last: int


def mail_parts(reading: Reading, mails: Sequence[Mail]) -> Iterator[Hit]:
    """Hits for parts of addresses outside of ``mails``."""
    words, free = reading.words, 0
    hosts = list(_hosts_alone(reading, mails))
    for host in hosts:
        yield reading.hit(host.at, host.last, EntityType.EMAIL_ADDRESS, 0.7, (NAME, "host"))
    talk = _Talk(reading, sorted([*mails, *hosts], key=lambda mail: mail.last))
    for token, word in enumerate(words.words[:-1]):
        if word not in JOINTS or token < free or not token or talk.covers(token):
            continue
        if talk.goes_on(token):
            yield reading.hit(token, token + 2, EntityType.EMAIL_ADDRESS, _SCORE, (NAME, "part"))
            continue
        first, last = _run(words, token)
        free = last
        alone = word == "dot" and first == token - 1 and is_everybodys(words, token)
        broken = breaks_off(words, last)
        if last <= token or alone or not (broken > last or talk.holds(first, last)):
            continue
        last = free = max(broken, talk.host_end(last))
        yield reading.hit(first, last, EntityType.EMAIL_ADDRESS, _SCORE, (NAME, "part"))
    yield from talk.again()
    yield from _cut_short(reading)


def _hosts_alone(reading: Reading, mails: Sequence[Mail]) -> Iterator[Mail]:
    """As in "yeah, at gmail dot com" in a turn of its own: the first part was said before."""
    words, known = reading.words, {mail.at for mail in mails}
    for token, word in enumerate(words.words[:-1]):
        begins = word == "at" and token not in known and reading.starts_turn(token)
        if token and begins and is_provider(words.words[token + 1]):
            last = token + _PAIR
            while words.words[last : last + 1] == ["dot"] and last + 1 < len(words.words):
                last += _PAIR
            if last > token + _PAIR:
                yield Mail(token, token, last)


def joins(words: Words, token: int) -> bool:
    """Whether a joint stands between two words that may be parts of a name or an address."""
    if not 0 < token < len(words.words) - 1:
        return False
    if words.gap(token + 1) == PAUSE and words.skip(token + 1)[1]:
        return False  # "K dot, sorry, ..."
    return _is_part(words, token - 1, words.gap(token)) and _is_part(
        words, token + 1, words.gap(token + 1)
    )


def breaks_off(words: Words, last: int) -> int:
    """The token after "at" where an address breaks off that goes on soon; ``last`` elsewhere.

    "Isla dot mcrae at, hang on, ... harbour trust dot org": nothing of a host follows the "at", and
    later in the turn a domain ends.
    """
    at = last + 1
    if words.words[last:at] != ["at"] or words.gap(last) != SPACE:
        return last
    if words.words[at : at + _PAIR] == _THE_SAME and words.closes(at + _PAIR):
        return at
    if not words.closes(at):
        talk = words.words[at] in _TALK_BEGINS or words.skip(at)[0] > at
        return at if talk and _ends_later(words, at) else last
    return at if at >= len(words.words) or _ends_later(words, at) else last


def _ends_later(words: Words, token: int) -> bool:
    """Whether a domain ends in the rest of a turn."""
    for each in range(token, min(len(words.words) - 1, token + _REACH)):
        if words.gap(each) == LINE:
            return False
        if words.words[each] == "dot" and ending_size(words, each + 1):
            return True
    return False


def asks_joint(words: Words, last: int) -> bool:
    """Whether a turn that ends there asks for a joint and says none: "is that with a dot?"."""
    return words.words[last - 1] in JOINTS and words.words[max(0, last - 2)] in _ARTICLES


def _is_part(words: Words, token: int, gap: str) -> bool:
    word = words.words[token]
    plain = word in STOPS or word in NOT_JOINED or word in JOINTS or "'" in word
    return gap in (SPACE, HYPHEN, PAUSE) and (not plain or bool(words.kinds[token] & LETTER))


def _cut_short(reading: Reading) -> Iterator[Hit]:
    """As in "email? jo.marsh at, sorry, no": a dot without a space and an "at" after it."""
    words = reading.words
    for cue in reading.cues.of(CueKind.EMAIL):
        for token in range(cue.last + 1, min(cue.last + _CLOSE, len(words.words) - 1)):
            dotted = words.between(token) == "." and words.words[token + 1] == "at"
            if dotted and not STOPS.intersection(words.words[token - 1 : token + 1]):
                said_by = (NAME, "cut-short")
                yield reading.hit(token - 1, token + 1, EntityType.EMAIL_ADDRESS, _SCORE, said_by)


def _run(words: Words, token: int) -> tuple[int, int]:
    """The words joined around a joint (half-open), figures after them; empty where none are."""
    if not joins(words, token):
        return token, token
    first, last = token - 1, token + 2
    while last < len(words.words) - 1 and words.words[last] in _GOING_ON and joins(words, last):
        last += 2
    while last < len(words.words) and words.kinds[last] & NUMERAL and _follows(words, last):
        last += 1
    return first, last


def _follows(words: Words, token: int) -> bool:
    return words.gap(token) in (SPACE, HYPHEN)


class _Talk:
    """What of mail the talk has told: addresses, their hosts, pairs of words in them."""

    def __init__(self, reading: Reading, mails: Sequence[Mail]) -> None:
        self._reading = reading
        self._mails = mails
        self._lasts = [mail.last for mail in mails]
        words = reading.words.words
        self._hosts = {words[mail.at + 1] for mail in mails if mail.at + 1 < mail.last}
        self._pairs = {
            (words[token - 1], words[token + 1])
            for mail in mails
            for token in range(mail.first + 1, mail.last - 1)
            if words[token] in JOINTS
        }

    def covers(self, token: int) -> bool:
        """Whether an address that was found holds a token."""
        place = bisect_left(self._lasts, token + 1)
        return place < len(self._mails) and self._mails[place].first <= token

    def goes_on(self, token: int) -> bool:
        """Whether a turn of its own goes on with a joint: "rhian" / "underscore marsh"."""
        words = self._reading.words
        alone = words.gap(token) == LINE and token + 2 < len(words.words)
        alone = alone and words.gap(token + 2) == LINE and _is_part(words, token + 1, SPACE)
        return alone and self._reading.cues.before(CueKind.EMAIL, token, reach=_CLOSE) is not None

    def holds(self, first: int, last: int) -> bool:
        """Whether a run of joined words is part of an address."""
        words, cues = self._reading.words.words, self._reading.cues
        joints = {words[token] for token in range(first, last) if words[token] in JOINTS}
        near = self._is_near(first)
        if cues.before(CueKind.HANDLE, first, reach=_CLOSE) is not None:
            return near and not joints <= _HYPHENS
        if any((words[t - 1], words[t + 1]) in self._pairs for t in range(first + 1, last - 1)):
            return True
        cued = cues.before(CueKind.EMAIL, first, reach=_CLOSE) is not None
        cued = cued or (cues.before(CueKind.EMAIL, first, reach=_REACH) is not None and near)
        if joints <= _HYPHENS:
            return cued and self.host_end(last) > last
        return cued or near or (len(joints) > 1 and not joints <= _HYPHENS)

    def _is_near(self, token: int) -> bool:
        """Whether an address was said shortly before, or will be soon."""
        place = bisect_left(self._lasts, token)
        before = place > 0 and token - self._lasts[place - 1] <= _TALK
        return before or (place < len(self._mails) and self._mails[place].first - token <= _BEHIND)

    def host_end(self, last: int) -> int:
        """The token after "at larkmail" that follows, if the host is one; else ``last``."""
        words = self._reading.words
        if words.words[last : last + 1] != ["at"] or words.gap(last) == LINE:
            return last
        if words.closes(last + 1):
            return last + 1
        host = words.words[last + 1]
        named = host in self._hosts or is_provider(host)
        plain = host in STOPS or host in NOT_JOINED or len(host) < _SHORTEST_HOST
        closed = last + 2 >= len(words.words) or words.gap(last + 2) not in (SPACE, HYPHEN)
        return last + 2 if named or (closed and not plain and _follows(words, last + 1)) else last

    def again(self) -> Iterator[Hit]:
        """Local parts said again as they were: "joanie sixty one", "samtaylor"."""
        words = self._reading.words
        known: dict[str, dict[tuple[str, ...], set[tuple[str, ...]]]] = {}
        joined: set[str] = set()
        for mail in self._mails:
            local = tuple(words.words[mail.first : mail.at])
            if _is_telling(local):
                hosts = known.setdefault(local[0], {}).setdefault(local, set())
                hosts.add(tuple(words.words[mail.at : mail.last]))
                joined.add("".join(DIGITS.get(word, word) for word in local))
        for token, word in enumerate(words.words) if known else ():
            if word in joined and len(word) >= _SHORTEST_LOCAL and not self.covers(token):
                said_by = (NAME, "again")
                yield self._reading.hit(token, token + 1, EntityType.EMAIL_ADDRESS, 0.7, said_by)
            for said, hosts in known.get(word, {}).items():
                last = token + len(said)
                same = tuple(words.words[token:last]) == said and not self.covers(token)
                if (
                    same
                    and self._is_near(token)
                    and BREAK not in map(words.gap, range(token + 1, last))
                ):
                    last = max(_host_again(words, last, host) for host in hosts)
                    yield self._reading.hit(
                        token, last, EntityType.EMAIL_ADDRESS, 0.7, (NAME, "again")
                    )


def _host_again(words: Words, token: int, host: tuple[str, ...]) -> int:
    """The token after as much of "at larkmail dot com" as is said again; ``token`` for "at"."""
    same = 0
    for place, word in enumerate(host, token):
        if words.words[place : place + 1] != [word] or words.gap(place) in (LINE, BREAK):
            break
        same += 1
    return token + same if same > 1 else token


def _is_telling(said: tuple[str, ...]) -> bool:
    """Whether words are nothing else when they are said again."""
    if not said or len(said) > _LONGEST:
        return False
    if len(said) == 1:
        entry = lexicon().entry(said[0])
        return len(said[0]) >= _SHORTEST_LOCAL and not entry.tier
    return True


def is_everybodys(words: Words, dot: int) -> bool:
    """Whether it is a site of the state ("gov dot uk"), or an ending alone ("not co dot uk")."""
    host, before = words.words[dot - 1], words.words[max(0, dot - 2) : max(0, dot - 1)]
    if host == "point" and before in _POINTLESS:
        return True  # "there's no point, dot com this and that"
    public = host in STATE and words.words[dot + 1] == "uk"
    alone = before != ["dot"] or (dot > 2 and words.words[dot - 3] in _BEFORE_ENDING)  # noqa: PLR2004
    return alone and (public or host in _ENDING_ALONE)


_POINTLESS = (["no"], ["any"], ["much"], ["the"])
_BEFORE_ENDING = frozenset({"or", "no", "not", "a", "it's", "yeah", "yes"})
STATE = frozenset({"gov", "nhs"})
"""Hosts of the state's own sites."""
_ENDING_ALONE = frozenset({"a", "an", "co", "not", "just"})


def is_provider(host: str) -> bool:
    """Whether a word is a provider of mail, listed or by its ending ("larkmail")."""
    made_up = host.endswith("mail") and host not in NOT_JOINED and len(host) > _SHORTEST_LOCAL
    return host in _PROVIDERS or made_up
