"""E-mail addresses given a piece a turn: "It goes old trout." / "Yep." / "At sky dot com".

Whoever asked for them, and however:
A turn that begins with "at" and a domain is the end of an address; before it stand its pieces, of
few words and none of talk, with turns between that only nod, ask for more or say the piece again.
Nor need "at" be said: "joan fish four, it's a hotmail".
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.giving import nods, past_leads, turns
from deid.detect.spoken.heard.lexicon import NUMERAL, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import LINE, PAUSE, SPACE, STOP, Words
from deid.detect.spoken.web.asides import remark_size
from deid.detect.spoken.web.mail_asked import (
    dictated,
    holds_sign,
    torn_domains,
)
from deid.detect.spoken.web.mail_parts import JOINTS, Mail, is_provider
from deid.detect.spoken.web.mail_pieces import ECHO, piece_of, pieces_before, stops_before
from deid.transcript import EntityType

_NAMED = 2
_AFTER_AT = ["after", "the", "at"]
_SURE_PROVIDERS = frozenset(data("context")["mail_sure_providers"])
_ASKED_SOON, _SOON, _LONGEST_TOLD, _LONGEST_LEAD = 60, 8, 12, 14


def mail_turns(reading: Reading, mails: Sequence[Mail]) -> Iterator[Hit]:
    """Hits for the pieces before the domains of ``mails``, and for their echoes."""
    words = reading.words
    if not mails and "at" not in words.words:
        return
    said = list(turns(words))
    for place, (first, last) in enumerate(said):
        if words.words[last - len(_AFTER_AT) : last] != _AFTER_AT:
            continue
        asked = reading.cues.before(CueKind.EMAIL, first, reach=_ASKED_SOON) is not None
        pieces = pieces_before(reading, said, place)
        signed = any(not JOINTS.isdisjoint(words.words[slice(*piece)]) for piece in pieces)
        for piece in pieces if asked or signed else ():
            yield reading.hit(*piece, EntityType.EMAIL_ADDRESS, 0.75, ("spoken-mail", "turns"))
    for first, last in (*torn_domains(reading, said), *_begun_there(words, said, mails)):
        yield reading.hit(first, last, EntityType.EMAIL_ADDRESS, 0.75, ("spoken-mail", "turns"))
    firsts = [first for first, _ in said]
    for mail in mails:
        place = bisect_right(firsts, mail.at) - 1
        asked = is_asked_for(words, mail.at)
        clause = _clause(words, firsts[place], mail.at)
        remark = remark_size(words, clause)  # "Straight through, at gmail dot com"
        if not asked and past_leads(words, clause + remark, mail.at) != mail.at:
            continue
        pieces = dictated(reading, said, place, clause)
        if asked or clause == firsts[place] or nods(reading, firsts[place], clause):
            begun = firsts[bisect_right(firsts, min(pieces)[0]) - 1] if pieces else mail.at
            pieces += [
                piece
                for piece in pieces_before(reading, said, place)
                if piece[0] < begun or holds_sign(words, *piece)
            ]
        host = mail.at + asked
        for first, last in [*pieces, (host, mail.last)] if pieces else ():
            yield reading.hit(first, last, EntityType.EMAIL_ADDRESS, 0.75, ("spoken-mail", "turns"))


def _clause(words: Words, first: int, at: int) -> int:
    """Where the sentence of "All in numbers. Then at ..." begins in which a token stands."""
    begin = max(first, at - _LONGEST_LEAD)
    return next((token for token in range(at, begin, -1) if stops_before(words, token)), begin)


def providers_told(reading: Reading) -> Iterator[Hit]:
    """Hits for the first part and its provider in "joan fish four, it's a hotmail one"."""
    words = reading.words
    for at, word in enumerate(words.words[:-1]):
        if word not in ("it's", "its") or not at or words.gap(at) not in (SPACE, PAUSE, STOP):
            continue
        host = at + 1 + (words.words[at + 1] in ("a", "an"))
        if host >= len(words.words) or not is_provider(words.words[host]):
            continue
        first = at - 1
        while first > 0 and at - first < _LONGEST_TOLD and words.gap(first) in (SPACE, PAUSE):
            first -= 1
        piece = piece_of(words, first, at)
        told = piece is not None and piece[1] == at and piece[1] - piece[0] >= _NAMED
        asked = told and reading.cues.before(CueKind.EMAIL, first, reach=_SOON) is not None
        figured = words.kinds[at - 1] & NUMERAL and words.words[host] in _SURE_PROVIDERS
        if piece and told and (asked or figured) and words.words[first] != "no":
            said_by = ("spoken-mail", "provider-told")
            for last in (at, host + 1):
                yield reading.hit(piece[0], last, EntityType.EMAIL_ADDRESS, 0.96, said_by)


def is_asked_for(words: Words, at: int) -> bool:
    """Whether "at" is all that a turn asks, "and it's at?", and no part of what is given."""
    last = at + 1 < len(words.words) and words.gap(at + 1) == LINE
    return last and (words.gap(at) == STOP or opens_turn(words, at))


def opens_turn(words: Words, at: int) -> bool:
    """Whether nothing but what leads to a piece stands before "at" in its turn."""
    first = at
    while first > 0 and words.gap(first) != LINE:
        first -= 1
        if at - first > _LONGEST_LEAD:
            return False
    lead = past_leads(words, first, at)
    while lead < at and words.words[lead] in ECHO:
        lead += 1
    return lead == at


def _begun_there(
    words: Words, said: Sequence[tuple[int, int]], mails: Sequence[Mail]
) -> Iterator[tuple[int, int]]:
    """The ends of turns with which an address of the next turn begins: "it's lettings at..."."""
    firsts = [first for first, _ in said]
    for mail in mails:
        place = bisect_right(firsts, mail.at) - 1
        first, last = said[place]
        begin, end = past_leads(words, first, mail.at), said[place - 1][1]
        longest = min(mail.last, last, begin + _LONGEST_LEAD) - begin if place else 0
        for size in range(longest, 1, -1):
            before = words.words[end - size : end]
            if "at" in before and before == words.words[begin : begin + size]:
                yield end - size, end
                break
