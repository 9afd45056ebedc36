"""E-mail addresses, said or written.

"M Traba at gmail dot com": the part after "at" has to end in a domain, the part before it goes back
to the first word that cannot belong to it ("is", "it's", "on", the end of a sentence).
"""

import re
from collections.abc import Iterable, Iterator

from deid.detect.speech import Hit, Speech
from deid.detect.spoken.cues import CueKind
from deid.detect.spoken.lexicon import data
from deid.detect.spoken.reading import Reading, read
from deid.detect.spoken.words import BREAK, LINE, STOP, Words
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
_THINKING = frozenset({"um", "uh", "er", "erm", "ah", "oh", "well", "hmm", "and", "so", "yeah"})
_PART_JOINTS, _PART_REACH = frozenset({"dot", "underscore"}), 12
_LONGEST_LOCAL, _LONGEST_DOMAIN, _LONGEST_HOST, _REACH = 14, 12, 3, 25


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
    """The token after the domain that begins at ``token``; 0 when there is none."""
    words = reading.words
    tokens = words.words
    last, dots, place = 0, 0, token
    limit = min(len(tokens), token + _LONGEST_DOMAIN)
    while place < limit and words.gap(place) != BREAK:
        written = place > token and dotted(words, place)
        said = tokens[place] in ("dot", "point") and place > token
        if said and place + 1 < len(tokens):
            place += 1
        elif not written and (dots or place - token >= _LONGEST_HOST):
            break
        if said or written:
            dots += 1
            last = place + 1 if tokens[place] in ENDINGS else last
        place += 1
    if last or not reading.cues.near(CueKind.EMAIL, token, token + 1, reach=_REACH):
        return last
    if token < len(tokens) and tokens[token] in _PROVIDERS:
        return token + 1
    return token + 2 if tokens[token : token + 2] in _SPLIT_PROVIDERS else 0


def _local(words: Words, at: int) -> int:
    """Where the part before "at" begins; ``at`` itself when it is empty."""
    token = at
    if words.gap(at) == LINE or words.gap(max(0, at - 1)) == LINE:
        token = words.skip_back(at - 1) + 1
    start = token
    while token > 0 and at - token < _LONGEST_LOCAL:
        gap = words.gap(token)
        previous = words.words[token - 1]
        if gap in (STOP, LINE, BREAK) and token < start and not dotted(words, token):
            skipped = words.skip_back(token - 1)
            joint = words.words[token] in _JOINTS or previous in _JOINTS
            if not joint and (skipped == token - 1 or gap == BREAK):
                break
        if words.words[token] not in _JOINTS and _stops(words, token - 1):
            break
        token -= 1
    while token < at and words.words[token] in _THINKING:
        token += 1
    return token


def _stops(words: Words, token: int) -> bool:
    """Whether a word cannot belong to an address; "e" can, but not in "e mail"."""
    word = words.words[token]
    return word in STOPS and (word != "e" or words.words[token + 1] == "mail")


def _parts(reading: Reading, mails: list[Hit]) -> Iterator[Hit]:
    """As in "my email's pat dot jones, that's ...": what was said of it before the "at"."""
    words, free = reading.words, 0
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
        if inside or not cued or words.words[token - 1] in STOPS:
            continue
        free = token + 2
        while free + 1 < len(words.words) and words.words[free] in _PART_JOINTS:
            free += 2
        yield reading.hit(token - 1, free, EntityType.EMAIL_ADDRESS, 0.7, (NAME, "part"))


def dotted(words: Words, token: int) -> bool:
    """Whether a full stop, and nothing else, joins a token to the one before it."""
    return token > 0 and words.folded[words.ends[token - 1] : words.starts[token]] == "."
