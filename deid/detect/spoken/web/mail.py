"""E-mail addresses, said or written.

"M Traba at gmail dot com": the part after "at" has to end in a domain, the part before it goes back
to the first word that cannot belong to it ("is", "it's", "on", the end of a sentence).
"""

import re
from collections.abc import Iterable, Iterator

from deid.detect.speech import Hit, Speech
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.lexicon import FIGURE, LETTER, MULTIPLE, NATO, NUMERAL, SCALE, data
from deid.detect.spoken.heard.reading import Reading, read
from deid.detect.spoken.heard.words import BREAK, HYPHEN, LINE, PAUSE, SPACE, STOP, Words
from deid.detect.spoken.web.asides import SAID_JOINTS, before_asides, past_asides, past_remarks
from deid.detect.spoken.web.begun_before import begun_before, spelt_part
from deid.detect.spoken.web.checked_after import checked_after
from deid.detect.spoken.web.domains import ENDINGS, ending_size, is_mail_ending
from deid.detect.spoken.web.ends_added import ends_added
from deid.detect.spoken.web.hosts import long_host
from deid.detect.spoken.web.mail_firsts import ONE_WORD, given_anew, is_talk, true_first
from deid.detect.spoken.web.mail_parts import (
    NOT_JOINED,
    STOPS,
    Mail,
    asks_joint,
    is_provider,
    mail_parts,
)
from deid.detect.spoken.web.mail_turns import is_asked_for, mail_turns, opens_turn, providers_told
from deid.detect.spoken.web.names_spelt import name_before, spelling_end
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
_EXPLAINING = frozenset(data("context")["mail_explaining"])
_EXPLAINS = frozenset({"with", "no", "spelt", "spelled", "and", "two", "without"})
_HYPHENS = frozenset({"dash", "hyphen", "underscore", "minus", "underline"})
_BEFORE_JOINT = frozenset({"the", "my", "our", "team"})
_LEADS = frozenset(
    {"um", "uh", "er", "erm", "ah", "oh", "well", "hmm", "and", "so", "yeah", "with", "then"}
)
_MOST_WORDS, _MOST_LETTERS, _LONGEST_DOMAIN, _LONGEST_HOST, _REACH = 6, 40, 30, 3, 25
_CHARACTERS = NUMERAL | MULTIPLE | NATO
_PAUSES, _FAR, _LONGEST_EXPLAINED = (LINE, STOP), 40, 14


def find_mail(speech: Speech, *, record_cues: tuple[str, ...] = ()) -> Iterable[Hit]:
    """E-mail addresses."""
    reading = read(speech.text, record_cues)
    found = begun_before(reading, ends_added(reading, _found(reading)))
    return parts_again(reading, checked_after(reading, found))


def _found(reading: Reading) -> Iterator[Hit]:
    words = reading.words
    if "@" in words.folded:
        yield from _written(words)
    mails: list[Mail] = []
    ends: list[Mail] = []
    for token, word in enumerate(words.words):
        sign = _signed(words, token)
        if not (word == "at" or sign) or (last := _domain(reading, token + (not sign))) <= token:
            continue
        if words.words[max(0, token - 1) : token] == ["online"]:
            continue  # "online at bake with moira dot co dot uk"
        first = _local(words, _before_explanation(words, token - _is_named(words, token)))
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
    yield from spelt_part(reading)


def _host(reading: Reading, at: int, last: int) -> int | None:
    """Where a host begins before which no first part stands; None where nothing tells of mail."""
    words = reading.words
    named = words.words[at + 1] not in STOPS and words.words[at + 1] not in NOT_JOINED
    ended = named and "dot" in words.words[at:last] and words.gap(at + 1) != LINE
    if ended and opens_turn(words, at):
        return at  # "so at larkhill dot nhs dot uk?"
    told = reading.cues.before(CueKind.EMAIL, at, reach=_FAR) is not None
    return at + 1 if told else None


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


def _signed(words: Words, token: int) -> bool:
    """Whether "@" stands between spaces before a token: "noreen @ example dot com"."""
    return token > 0 and words.between(token).strip() == "@"


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
    while place < limit and (words.gap(place) != BREAK or _signed(words, place)):
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


def _before_explanation(words: Words, at: int) -> int:
    """Where "..., with a P and a J, at" or ", that's A, B, E, at" begins; else ``at`` itself."""
    if not at or words.gap(at) not in (PAUSE, STOP, LINE):
        return at
    for token in range(at - 1, max(0, at - _LONGEST_EXPLAINED), -1):
        word = words.words[token]
        spelt = bool(words.kinds[token] & (LETTER | MULTIPLE | FIGURE))
        if word not in _EXPLAINING and not spelt:
            return at
        if words.gap(token) in (PAUSE, STOP, LINE):
            saying = word in ("that's", "it's")
            if saying or word in _EXPLAINS:
                return at if spelling_end(words, token) else token
            if not spelt:
                return at
    return at


def _without_turn(words: Words, mail: Mail) -> list[tuple[int, int]]:
    """An address, in two where the listener asks "with an E?" or "and it's at?" between."""
    cut = _before_explanation(words, mail.at)
    host = mail.at + is_asked_for(words, mail.at)
    if host > mail.at:
        cut = next(each for each in range(mail.at, 0, -1) if words.gap(each) == LINE)
    turn = mail.first < cut < mail.at and words.gap(cut) == words.gap(mail.at) == LINE
    apart = turn or (host > mail.at and mail.first < cut)
    return [(mail.first, cut), (host, mail.last)] if apart else [(mail.first, mail.last)]


def _local(words: Words, at: int) -> int:
    """Where the part before "at" begins; ``at`` itself when it is empty."""
    floor = max(0, at - _MOST_LETTERS)
    first, token, said = at, at, 0
    while token > floor and said < _MOST_WORDS:
        before = before_asides(words, token, floor)
        joint = words.words[token] in SAID_JOINTS or token == at
        joint = joint or (before > 0 and words.words[before - 1] in SAID_JOINTS)
        if before == 0 or not _joins(words, before, token, joint=joint):
            break
        token = before - 1
        if _spells(words, token):
            first = token = name_before(words, token)
            said += 1
            continue
        if (
            words.words[token] not in SAID_JOINTS
            and not _led(words, token)
            and _stops(words, token)
        ):
            break
        said += len(words.words[token]) > 1 and not words.kinds[token] & _CHARACTERS
        said -= words.words[token] in SAID_JOINTS
        first = token
    while first < at and (_is_lead(words, first) or _denies(words, first)):
        first += 1
    return at if first < at and _is_cut_off(words, first, at) else first


def _is_cut_off(words: Words, first: int, at: int) -> bool:
    """Whether the words before "at" belong to what was said before it, and to no address.

    "Take your time" / "At ..."; "Like the prison. At ..."; "All in numbers. At ...".
    """
    if words.gap(at) == STOP:
        return words.gap(first) == SPACE or words.phrase(first, ONE_WORD) > 0
    rest = at == first + 1 and words.words[first - 1 : first] == ["the"]  # "and the rest?" / "At"
    return words.gap(at) == LINE and (rest or is_talk(words, first, at))


def _is_lead(words: Words, token: int) -> bool:
    """Whether a word is said before an address: "oh", but not of "oh two"."""
    digit = words.kinds[token + 1] & NUMERAL
    if words.words[token] in ("was", "that"):  # "was that one nine?" / "At ..."
        return bool(digit)
    return words.words[token] in _LEADS and not (digit and words.words[token] == "oh")


def _denies(words: Words, token: int) -> bool:
    """Whether "no" begins a turn and an answer: "no, linda hobbs at ..."."""
    no = words.gap(token) == LINE and words.words[token] == "no"
    return no and words.words[token + 1] not in SAID_JOINTS


def _led(words: Words, token: int) -> bool:
    """Whether a joint makes a word part of an address that is none else: "hyphen mail at"."""
    joint = token > 0 and words.words[token - 1] in SAID_JOINTS and words.gap(token) == SPACE
    joint = joint or words.words[max(0, token - 2) : token] == ["minus", "sign"]
    ahead = words.words[token + 1 : token + 2]
    begins = words.words[token] in _BEFORE_JOINT and ahead in (["dash"], ["hyphen"], ["underscore"])
    return joint or begins


def _spells(words: Words, token: int) -> bool:
    """Whether "that's" spells the word before it, which no joint makes a part by itself."""
    last = spelling_end(words, token)
    place = name_before(words, token) if last else 0
    joint = place > 0 and words.words[place - 1] in SAID_JOINTS
    return last > 0 and not (words.words[last : last + 1] == ["at"] and joint)


def _joins(words: Words, before: int, token: int, *, joint: bool) -> bool:
    """Whether the address goes on from ``before`` backwards over what stands up to ``token``."""
    gaps = {words.gap(each) for each in range(before, token + 1 - _signed(words, token))}
    if BREAK in gaps:
        return False
    if LINE in gaps or STOP in gaps:
        asked = LINE in gaps and asks_joint(words, before)
        return (joint and not asked) or dotted(words, token) or "..." in words.between(before)
    return True


def _stops(words: Words, token: int) -> bool:
    """Whether a word cannot belong to an address; "e" can, but not in "e mail"."""
    word = words.words[token]
    if "'" in word:
        return True
    if word == "and" and token and {words.words[token - 1], words.words[token + 1]} <= SAID_JOINTS:
        return False  # "dot and dot"
    if word == "and" and token and words.kinds[token - 1] & SCALE:
        return not words.kinds[token + 1] & NUMERAL  # "two thousand and three"
    if len(word) > 1 or word == "e":
        return word in STOPS and (word != "e" or words.words[token + 1] == "mail")
    spelt = words.kinds[token + 1] & LETTER or words.words[token + 1] in SAID_JOINTS
    ended = words.words[token + 1] == "at" and token > 0
    ended = ended and words.gap(token) in (SPACE, PAUSE, HYPHEN)
    spelt = spelt or (ended and bool(words.kinds[token - 1] & LETTER))
    doubled = words.kinds[token + 1] & MULTIPLE and token + 2 < len(words.words)
    spelt = spelt or (bool(doubled) and len(words.words[token + 2]) == 1)
    return word in STOPS and not spelt


def dotted(words: Words, token: int) -> bool:
    """Whether a full stop, and nothing else, joins a token to the one before it."""
    return token > 0 and words.folded[words.ends[token - 1] : words.starts[token]] == "."
