"""E-mail and web addresses and social handles, said or written.

"M Traba at gmail dot com": the part after "at" has to end in a domain, the part before it goes back
to the first word that cannot belong to it ("is", "it's", "on", the end of a sentence).
"""

import re
from collections.abc import Iterable, Iterator

from deid.detect.speech import Hit, Speech
from deid.detect.spoken.cues import CueKind
from deid.detect.spoken.lexicon import data
from deid.detect.spoken.reading import Reading, read
from deid.detect.spoken.words import BREAK, LINE, SPACE, STOP, Words
from deid.transcript import EntityType

NAME = "spoken-mail"
_WRITTEN = re.compile(
    r"(?<![\w.+-])[\w+-](?:[\w.+'-]{0,62}[\w+-])?\s?@\s?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{2,63}){1,4}"
)
_LINK = re.compile(
    r"(?:https?://|www\.)[^\s<>\"')\]]{2,300}|(?<![\w@.])(?:[a-z0-9-]{2,63}\.){1,4}"
    r"(?:com|org|net|co\.uk|org\.uk|ac\.uk|gov\.uk|nhs\.uk|me\.uk|io|uk|info|eu)(?![\w.-]\w)(?:/[^\s<>\"')\]]{0,200})?"
)
_HANDLE = re.compile(r"(?<![\w@.])@[a-z0-9_](?:[a-z0-9_.]{1,29}[a-z0-9_])(?!\w)")
_ENDINGS = frozenset(data("context")["mail_endings"])
_PROVIDERS = frozenset(data("context")["mail_providers"])
_JOINTS = frozenset(["dot", "underscore", "dash", "hyphen", "point", "full", "plus", "period"])
_STOPS = frozenset(data("context")["mail_stops"])
_THINKING = frozenset(["um", "uh", "er", "erm", "ah", "oh", "well", "hmm"])
_LONGEST_LOCAL, _LONGEST_DOMAIN = 14, 12


def find_mail(speech: Speech, *, record_cues: tuple[str, ...] = ()) -> Iterable[Hit]:
    """E-mail addresses, URLs and handles."""
    reading = read(speech.text, record_cues)
    words = reading.words
    yield from _written(reading)
    ends: list[int] = []
    for token, word in enumerate(words.words):
        if word == "at" and (last := _domain(reading, token + 1)) > token:
            first = _local(words, token)
            if first < token:
                ends.append(last)
                yield reading.hit(first, last, EntityType.EMAIL_ADDRESS, 0.9, NAME, "spoken")
    if "dot" in words.words:
        yield from _spoken_links(reading, ends)
    yield from _handles(reading)


def _written(reading: Reading) -> Iterator[Hit]:
    folded = reading.words.folded
    mails: list[tuple[int, int]] = []
    if "@" in folded:
        for match in _WRITTEN.finditer(folded):
            mails.append(match.span())
            yield Hit(*match.span(), EntityType.EMAIL_ADDRESS, 0.98, NAME, "written")
        for match in _HANDLE.finditer(folded):
            if not any(start <= match.start() < end for start, end in mails):
                yield Hit(*match.span(), EntityType.SOCIAL_HANDLE, 0.8, NAME, "written")
    if "." in folded:
        for match in _LINK.finditer(folded):
            start, end = match.span()
            end -= len(match.group()) - len(match.group().rstrip(".,;:!?"))
            if not any(low <= start < high for low, high in mails):
                yield Hit(start, end, EntityType.URL, 0.85, NAME, "written")


def _domain(reading: Reading, token: int) -> int:
    """The token after the domain that begins at ``token``; 0 when there is none."""
    words = reading.words
    tokens = words.words
    last, dots = 0, 0
    limit = min(len(tokens), token + _LONGEST_DOMAIN)
    place = token
    while place < limit and words.gap(place) != BREAK:
        written = place > token and words.folded[words.ends[place - 1] : words.starts[place]] == "."
        said = tokens[place] in ("dot", "point") and place > token
        if said and place + 1 < len(tokens):
            place += 1
        elif (not written and dots) or (not written and place - token >= 3):
            break
        if said or written:
            dots += 1
            last = place + 1 if tokens[place] in _ENDINGS else last
        place += 1
    if last:
        return last
    cued = reading.cues.near(CueKind.EMAIL, token, token + 1, reach=25)
    if token < len(tokens) and tokens[token] in _PROVIDERS:
        return token + 1
    if cued and tokens[token : token + 2] in (["g", "mail"], ["hot", "mail"], ["proton", "mail"]):
        return token + 2
    return 0


def _local(words: Words, at: int) -> int:
    """Where the part before "at" begins; ``at`` itself when it is empty."""
    token = at
    if words.gap(at) == LINE or words.gap(max(0, at - 1)) == LINE:
        token = words.skip_back(at - 1) + 1
    start = token
    while token > 0 and at - token < _LONGEST_LOCAL:
        gap = words.gap(token)
        previous = words.words[token - 1]
        if gap in (STOP, LINE, BREAK) and token < start and not _dotted(words, token):
            skipped = words.skip_back(token - 1)
            joint = words.words[token] in _JOINTS or previous in _JOINTS
            if not joint and (skipped == token - 1 or gap == BREAK):
                break
        if previous in _STOPS and words.words[token] not in _JOINTS:
            break
        token -= 1
    while token < at and words.words[token] in _THINKING | {"and", "so", "yeah", "yes", "okay"}:
        token += 1
    return token


def _dotted(words: Words, token: int) -> bool:
    return words.folded[words.ends[token - 1] : words.starts[token]] == "."


def _spoken_links(reading: Reading, mails: list[int]) -> Iterator[Hit]:
    words = reading.words
    tokens, taken = words.words, 0
    for token, word in enumerate(tokens):
        if word != "dot" or token < taken or token == 0 or token + 1 >= len(tokens):
            continue
        first = token - 1
        web = (
            tokens[first] in ("w", "www", "u")
            or tokens[max(0, token - 6) : token].count("double") > 1
        )
        while (
            web
            and first > 0
            and tokens[first - 1] in ("w", "double", "u", "triple")
            and words.gap(first) == SPACE
        ):
            first -= 1
        last = token
        ended = False
        while last + 1 < len(tokens) and tokens[last] in (
            "dot",
            "slash",
            "dash",
            "hyphen",
            "underscore",
        ):
            ended = ended or tokens[last + 1] in _ENDINGS
            last += 2
            while (
                web
                and not ended
                and last < len(tokens)
                and tokens[last] not in ("dot", "slash")
                and "dot" in tokens[last : last + 4]
                and words.gap(last) == SPACE
            ):
                last += 1
        taken = last
        if not ended or last in mails or any(token < end <= last + 1 for end in mails):
            continue
        if tokens[first] in ("the", "a", "of") or words.gap(token) not in (SPACE, ","):
            continue
        yield reading.hit(first, last, EntityType.URL, 0.8, NAME, "spoken")


def _handles(reading: Reading) -> Iterator[Hit]:
    """As in "My insta is at jo underscore b", "@" left to the written form."""
    words = reading.words
    tokens = words.words
    for cue in reading.cues.of(CueKind.HANDLE):
        token = cue.last
        while token < len(tokens) and tokens[token] in (
            "handle",
            "name",
            "account",
            "is",
            "it's",
            "called",
        ):
            token += 1
        lead = token > cue.last
        token, _ = words.skip(token)
        if token < len(tokens) and tokens[token] == "at":
            token, lead = token + 1, True
        last = token
        joints = 0
        while (
            last < len(tokens)
            and last - token < 10
            and (last == token or words.gap(last) in (SPACE, "-", ","))
        ):
            joints += tokens[last] in ("underscore", "dot") or "_" in words.between(last)
            last += 1
        if lead and joints and last > token:
            yield reading.hit(
                token,
                _handle_end(words, token, last),
                EntityType.SOCIAL_HANDLE,
                0.7,
                NAME,
                "spoken",
            )
    for token, word in enumerate(tokens):
        if (
            word == "underscore"
            and 0 < token < len(tokens) - 1
            and reading.cues.near(CueKind.HANDLE, token, token + 1, reach=12, ahead=8)
        ):
            first = token - 1
            while (
                first > 0
                and tokens[first - 1] not in _STOPS
                and words.gap(first) == SPACE
                and token - first < 4
            ):
                first -= 1
            yield reading.hit(
                first,
                _handle_end(words, first, min(len(tokens), token + 6)),
                EntityType.SOCIAL_HANDLE,
                0.7,
                NAME,
                "spoken-joint",
            )


def _handle_end(words: Words, token: int, limit: int) -> int:
    """After the last joint's word, with numbers that follow it."""
    last = token + 1
    for place in range(token, limit):
        if place > token and words.gap(place) in (STOP, LINE, BREAK):
            break
        joint = words.words[place] in ("underscore", "dot", "dash")
        number = words.kinds[place] & 0b11111 and place == last
        if joint:
            last = min(place + 2, limit)
        elif number:
            last = place + 1
    return last
