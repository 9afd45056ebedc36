"""E-mail addresses, said or written.

"M Traba at gmail dot com": the part after "at" has to end in a domain, the part before it goes back
to the first word that cannot belong to it ("is", "it's", "on", the end of a sentence).
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from deid.detect.speech import Hit, Speech
from deid.detect.spoken.cues import CueKind
from deid.detect.spoken.lexicon import LETTER, MULTIPLE, NUMERAL, data, phrases
from deid.detect.spoken.reading import Reading, read
from deid.detect.spoken.words import BREAK, LINE, SPACE, STOP, Words
from deid.transcript import EntityType

NAME = "spoken-mail"
# Bounded everywhere, so that no text makes it slow.
_WRITTEN = re.compile(
    r"(?<![\w.+-])[\w+-](?:[\w.+'-]{0,62}[\w+-])?\s?@\s?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{2,63}){1,4}"
)
ENDINGS = frozenset(data("context")["mail_endings"])
STOPS = frozenset(data("context")["mail_stops"])
_PROVIDERS = frozenset(data("context")["mail_providers"])
_SPLIT_PROVIDERS = (["g", "mail"], ["hot", "mail"], ["proton", "mail"])
_JOINTS = frozenset({"dot", "underscore", "dash", "hyphen", "point", "plus", "period"})
_LEADS = frozenset({"um", "uh", "er", "erm", "ah", "oh", "well", "hmm", "and", "so", "yeah"})
_ASIDES = phrases(data("context")["mail_asides"])
_PART_JOINTS, _PART_REACH = frozenset({"dot", "underscore"}), 14
_MOST_WORDS, _MOST_LETTERS, _LONGEST_DOMAIN, _LONGEST_HOST, _REACH = 6, 40, 30, 3, 25
_LONGEST_ASIDE, _PAUSES = 3, (LINE, STOP)


def find_mail(speech: Speech, *, record_cues: tuple[str, ...] = ()) -> Iterable[Hit]:
    """E-mail addresses."""
    reading = read(speech.text, record_cues)
    words = reading.words
    if "@" in words.folded:
        for match in _WRITTEN.finditer(words.folded):
            yield Hit(*match.span(), EntityType.EMAIL_ADDRESS, 0.98, NAME, "written")
    mails: list[Hit] = []
    for token, word in enumerate(words.words):
        if word == "at" and (last := _domain(reading, token + 1)) > token:
            first = _local(words, token)
            if first < token:
                mails.append(
                    reading.hit(first, last, EntityType.EMAIL_ADDRESS, 0.9, (NAME, "spoken"))
                )
    yield from mails
    yield from _parts(reading, mails)


def _domain(reading: Reading, token: int) -> int:
    """The token after the domain that begins at ``token``; 0 when there is none.

    Asides ("er", "all one word") are passed over, and an ending that is taken back is followed by
    the one that is meant: "dot co, no wait, dot net".
    """
    words, tokens = reading.words, reading.words.words
    limit = min(len(tokens), token + _LONGEST_DOMAIN)
    host, dots, last = 0, 0, 0
    place = _past_asides(words, token)
    while place < limit and words.gap(place) != BREAK:
        said = host > 0 and tokens[place] in ("dot", "point")
        place = _past_asides(words, place + 1) if said else place
        if place >= limit:
            break
        joint = said or (host > 0 and dotted(words, place))
        if not joint and host and (dots or host >= _LONGEST_HOST or words.gap(place) in _PAUSES):
            break
        host, dots = host + 1, dots + joint
        last = place + 1 if joint and tokens[place] in ENDINGS else last
        after = _past_asides(words, place + 1)
        goes_on = after < limit and tokens[after] in ("dot", "point")
        place = after if goes_on or not dots else place + 1
    if last or not reading.cues.near(CueKind.EMAIL, token, token + 1, reach=_REACH):
        return last
    if token < len(tokens) and tokens[token] in _PROVIDERS:
        return token + 1
    return token + 2 if tokens[token : token + 2] in _SPLIT_PROVIDERS else 0


def _past_asides(words: Words, token: int) -> int:
    """The token after fillers, corrections and remarks on the spelling from ``token`` on."""
    while token < len(words.words):
        after = token + words.phrase(token, _ASIDES)
        after = words.skip(after)[0] if after < len(words.words) else after
        if after == token or words.words[token] in _JOINTS:
            return token
        token = after
    return token


def _before_asides(words: Words, token: int, floor: int) -> int:
    """The token after the last one before ``token`` that is no aside; ``token`` if none is."""
    while token > floor:
        for size in range(_LONGEST_ASIDE, 0, -1):
            first = token - size
            if first < floor or words.words[first] in _JOINTS:
                continue
            lead = size == 1 and words.words[first] in STOPS and not _is_turn(words, first)
            if words.phrase(first, _ASIDES) == size or (
                not lead and words.only_skipped(first, token)
            ):
                token = first
                break
        else:
            return token
    return token


def _is_turn(words: Words, token: int) -> bool:
    """Whether a word is a turn of its own, as the listener's "yeah" is."""
    after = token + 1
    return words.gap(token) == LINE and after < len(words.words) and words.gap(after) == LINE


def _local(words: Words, at: int) -> int:
    """Where the part before "at" begins; ``at`` itself when it is empty."""
    floor = max(0, at - _MOST_LETTERS)
    first, token, said = at, at, 0
    while token > floor and said < _MOST_WORDS:
        before = _before_asides(words, token, floor)
        joint = words.words[token] in _JOINTS or token == at
        joint = joint or (before > 0 and words.words[before - 1] in _JOINTS)
        if before == 0 or not _joins(words, before, token, joint=joint):
            break
        token = before - 1
        if not joint and _stops(words, token):
            break
        if joint and words.words[token] not in _JOINTS and _stops(words, token):
            break
        said += len(words.words[token]) > 1 and not words.kinds[token] & (NUMERAL | MULTIPLE)
        said -= words.words[token] in _JOINTS
        first = token
    while first < at and words.words[first] in _LEADS:
        first += 1
    return first


def _joins(words: Words, before: int, token: int, *, joint: bool) -> bool:
    """Whether the address goes on from ``before`` backwards over what stands up to ``token``."""
    gaps = {words.gap(each) for each in range(before, token + 1)}
    if BREAK in gaps:
        return False
    if LINE in gaps or STOP in gaps:
        return joint or dotted(words, token) or "..." in words.between(before)
    return True


def _stops(words: Words, token: int) -> bool:
    """Whether a word cannot belong to an address; "e" can, but not in "e mail"."""
    word = words.words[token]
    if "'" in word:
        return True
    if len(word) > 1 or word == "e":
        return word in STOPS and (word != "e" or words.words[token + 1] == "mail")
    spelt = words.kinds[token + 1] & LETTER or words.words[token + 1] in _JOINTS
    return word in STOPS and not spelt


def _parts(reading: Reading, mails: list[Hit]) -> Iterator[Hit]:
    """As in "my email's pat dot jones, that's ...": what was said of it before the "at"."""
    words, free = reading.words, 0
    said = _said_together(words, mails)
    covered = iter(mails)
    mail = next(covered, None)
    for token, word in enumerate(words.words[:-1]):
        if word not in _PART_JOINTS or not free <= token or not token:
            continue
        start = words.starts[token]
        while mail is not None and mail.end <= start:
            mail = next(covered, None)
        inside = mail is not None and mail.start <= start
        cued = reading.cues.before(CueKind.EMAIL, token, reach=_PART_REACH) is not None
        cued = cued or (words.words[token - 1], words.words[token + 1]) in said
        if inside or not cued or _stops(words, token - 1):
            continue
        free = token + 2
        while free + 1 < len(words.words) and words.words[free] in _PART_JOINTS:
            free += 2
        while free < len(words.words) and _is_figure(words, free):
            free += 1
        yield reading.hit(token - 1, free, EntityType.EMAIL_ADDRESS, 0.7, (NAME, "part"))


def _said_together(words: Words, mails: list[Hit]) -> frozenset[tuple[str, str]]:
    """The pairs of words that a joint holds together in the addresses found: read back later."""
    found = set()
    for mail in mails:
        first, last = bisect_left(words.starts, mail.start), bisect_left(words.starts, mail.end)
        for token in range(first + 1, last - 1):
            if words.words[token] in _PART_JOINTS:
                found.add((words.words[token - 1], words.words[token + 1]))
            elif dotted(words, token):
                found.add((words.words[token - 1], words.words[token]))
    return frozenset(found)


def _is_figure(words: Words, token: int) -> bool:
    return bool(words.kinds[token] & NUMERAL) and words.gap(token) in (SPACE, "-")


def dotted(words: Words, token: int) -> bool:
    """Whether a full stop, and nothing else, joins a token to the one before it."""
    return token > 0 and words.folded[words.ends[token - 1] : words.starts[token]] == "."
