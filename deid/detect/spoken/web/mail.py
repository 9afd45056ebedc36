"""E-mail addresses, said or written.

"M Traba at gmail dot com": what follows "at" has to end in a domain; where the first part begins,
``mail_before`` says.
"""

import re
from collections.abc import Iterable, Iterator

from deid.detect.speech import Hit, Speech
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import data
from deid.detect.spoken.heard.reading import Reading, read
from deid.detect.spoken.heard.words import BREAK, LINE, STOP, Words
from deid.detect.spoken.web.asides import past_asides, past_remarks
from deid.detect.spoken.web.begun_before import begun_before
from deid.detect.spoken.web.checked_after import checked_after
from deid.detect.spoken.web.domains import ENDINGS, ending_size, is_mail_ending
from deid.detect.spoken.web.ends_added import ends_added
from deid.detect.spoken.web.exchange import exchange
from deid.detect.spoken.web.hosts import long_host
from deid.detect.spoken.web.mail_before import before_explanation, dotted, local_start, signed
from deid.detect.spoken.web.mail_firsts import given_anew, true_first
from deid.detect.spoken.web.mail_parts import NOT_JOINED, STOPS, Mail, is_provider, mail_parts
from deid.detect.spoken.web.mail_turns import is_asked_for, mail_turns, opens_turn, providers_told
from deid.detect.spoken.web.names_spelt import letters_said
from deid.detect.spoken.web.parts_again import parts_again
from deid.detect.spoken.web.paths import path_end
from deid.transcript import EntityType

NAME = "spoken-mail"
# Bounded everywhere, so that no text makes it slow.
_WRITTEN = re.compile(
    r"(?<![\w.+-])(?:[a-z]{2,20} \. )?[\w+-](?:[\w.+'-]{0,62}[\w+-])?[^\S\n]?@"
    r"[^\S\n]?[a-z0-9-]{1,63}"
    r"(?:(?:\.[a-z0-9-]{2,63}){1,4}|(?:\s\.\s?|\.\s)(?:com|org|net|co\s?\.\s?uk|info)\b)"
)
_BEGUN = re.compile(r"(?<![\w.+@-])[a-z][\w.+-]{2,62}[a-z0-9]@(?=[\s,?!]|\.\s|\Z)")
_PROVIDERS = frozenset(data("context")["mail_providers"])
_SURE_PROVIDERS = frozenset(data("context")["mail_sure_providers"])
_HYPHENS = frozenset({"dash", "hyphen", "underscore", "minus", "underline"})
_LONGEST_DOMAIN, _LONGEST_HOST, _SPELT, _REACH = 30, 3, 3, 25
_PAUSES, _FAR = (LINE, STOP), 40


def find_mail(speech: Speech, *, record_cues: tuple[str, ...] = ()) -> Iterable[Hit]:
    """E-mail addresses."""
    reading = read(speech.text, record_cues)
    found = begun_before(reading, ends_added(reading, _found(reading)))
    return exchange(reading, parts_again(reading, checked_after(reading, found)))


def _found(reading: Reading) -> Iterator[Hit]:
    words = reading.words
    if "@" in words.folded:
        yield from _written(words)
    mails: list[Mail] = []
    ends: list[Mail] = []
    for token, word in enumerate(words.words):
        sign = signed(words, token)
        if not (word == "at" or sign) or (last := _domain(reading, token + (not sign))) <= token:
            continue
        if words.words[max(0, token - 1) : token] == ["online"]:
            continue  # "online at bake with moira dot co dot uk"
        first = local_start(words, before_explanation(words, token - _is_named(words, token)))
        last = path_end(words, past_remarks(words, last))
        ends.append(Mail(token, token, last))
        if first < token:
            first = true_first(reading, first, token, last)
            mails.append(Mail(first, token, last))
        elif (begin := _host(reading, token, last)) is not None:
            yield reading.hit(begin, last, EntityType.EMAIL_ADDRESS, 0.7, (NAME, "host"))
    for mail in mails:
        for first, last in _without_turn(words, mail):
            yield reading.hit(first, last, EntityType.EMAIL_ADDRESS, 0.9, (NAME, "spoken"))
    for first, last in given_anew(words, mails):
        yield reading.hit(first, last, EntityType.EMAIL_ADDRESS, 0.7, (NAME, "given-anew"))
    yield from mail_parts(reading, mails)
    yield from mail_turns(reading, ends)
    yield from providers_told(reading)


def _host(reading: Reading, at: int, last: int) -> int | None:
    """Where a host begins before which no first part stands; None where nothing tells of mail."""
    words = reading.words
    named = words.words[at + 1] not in STOPS and words.words[at + 1] not in NOT_JOINED
    ended = named and "dot" in words.words[at:last] and words.gap(at + 1) != LINE
    provider = is_provider(words.words[past_asides(words, at + 1)]) and words.gap(at) == STOP
    opens = opens_turn(words, at)
    if ended and (opens or provider):
        return at  # "so at larkhill dot nhs dot uk?"; "With a B, yes. At gmail dot com."
    told = reading.cues.before(CueKind.EMAIL, at, reach=_FAR) is not None
    if not told:
        return None
    return at if opens and words.gap(at + 1) != LINE else at + 1


def _written(words: Words) -> Iterable[Hit]:
    """Addresses with an "@" in one word, and those that break off behind it."""
    for match in _WRITTEN.finditer(words.folded):
        if not _is_followed(match.group()):
            yield Hit(*match.span(), EntityType.EMAIL_ADDRESS, 0.98, NAME, "written")
    for match in _BEGUN.finditer(words.folded):
        yield Hit(*match.span(), EntityType.EMAIL_ADDRESS, 0.8, NAME, "begun")


def _is_named(words: Words, at: int) -> bool:
    """Whether "the" stands before "at sign", "at symbol"."""
    sign = words.words[at + 1 : at + 2] in (["sign"], ["symbol"])
    return sign and words.words[max(0, at - 1) : at] == ["the"]


def _is_followed(written: str) -> bool:
    """Whether it is a word and a handle: "follow @marta.paints"."""
    return " @" in written and written.rsplit(".", 1)[-1].strip() not in ENDINGS


def _domain(reading: Reading, token: int) -> int:
    """The token after the domain that begins at ``token``; 0 when there is none.

    Asides ("er", "all one word") are passed over, and an ending that is taken back is followed by
    the one that is meant: "dot co, no wait, dot net".
    """
    words, tokens = reading.words, reading.words.words
    limit = min(len(tokens), token + _LONGEST_DOMAIN)
    host, dots, last = 0, 0, 0
    place = past_asides(words, token)
    longest = max(_LONGEST_HOST, long_host(words, place))
    while place < limit and (words.gap(place) != BREAK or signed(words, place)):
        said = host > 0 and tokens[place] in ("dot", "point")
        place = past_asides(words, place + 1) if said else place
        if place >= limit:
            break
        joint = said or (host > 0 and dotted(words, place))
        if not joint and host and (dots or host >= longest or words.gap(place) in _PAUSES):
            break
        hyphen = tokens[place] in _HYPHENS or tokens[place - 1] in _HYPHENS
        spelt = host > 0 and len(tokens[place]) == len(tokens[place - 1]) == 1
        host, dots = host + (not hyphen and not spelt), dots + joint
        if said and is_mail_ending(reading, token, place):
            return place + 1
        if joint and (ending := ending_size(words, place)):
            place += ending - 1
            last = place + 1
        letters, spelt_to = letters_said(words, place) if host == 1 else ("", place)
        place = spelt_to - 1 if len(letters) >= _SPELT else place  # "P I double N O C K"
        after = past_asides(words, place + 1)
        goes_on = after < limit and tokens[after] in ("dot", "point")
        place = after if goes_on or not dots else place + 1
    token = past_asides(words, token)
    if last or (token < len(tokens) and tokens[token] in _SURE_PROVIDERS):
        return last or token + 1
    if not reading.cues.near(CueKind.EMAIL, token, token + 1, reach=_REACH):
        return 0
    if token < len(tokens) and is_provider(tokens[token]):
        return token + 1
    split = (size for size in (2, 3) if "".join(tokens[token : token + size]) in _PROVIDERS)
    return token + size if (size := next(split, 0)) else 0


def _without_turn(words: Words, mail: Mail) -> list[tuple[int, int]]:
    """An address, in two where the listener asks "with an E?" or "and it's at?" between."""
    cut = before_explanation(words, mail.at)
    host = mail.at + is_asked_for(words, mail.at)
    if host > mail.at:
        cut = next(each for each in range(mail.at, 0, -1) if words.gap(each) == LINE)
    turn = mail.first < cut < mail.at and words.gap(cut) == words.gap(mail.at) == LINE
    apart = turn or (host > mail.at and mail.first < cut)
    return [(mail.first, cut), (host, mail.last)] if apart else [(mail.first, mail.last)]
