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
from deid.detect.spoken.heard.giving import asks, closes, nods, past_leads, turns
from deid.detect.spoken.heard.lexicon import NUMERAL, data
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, LINE, PAUSE, SPACE, STOP, Words
from deid.detect.spoken.web.mail_asked import (
    dictated,
    holds_sign,
    is_sign,
    may_belong,
    torn_domains,
)
from deid.detect.spoken.web.mail_firsts import IN_NAMES, ONE_WORD
from deid.detect.spoken.web.mail_parts import JOINTS, Mail, is_provider
from deid.detect.spoken.web.names_spelt import spelling_end
from deid.transcript import EntityType

_MOST_TURNS, _LONGEST, _LONGEST_SPELT, _NAMED, _FEWEST_SPELT = 9, 5, 30, 2, 3
_ASKING = frozenset(
    {"have", "are", "is", "can", "could", "do", "did", "what", "how", "where", "which", "would"}
)
_AFTER_AT = ["after", "the", "at"]
_TRAILING = ("...", "\u2026", ",")
_ECHO = frozenset({"was", "that", "so", "it's", "is", "and", "email's", "mine's", "just"})
_ECHO |= {"hers", "his", "theirs"}
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
        pieces = _pieces(reading, said, place)
        signed = any(not JOINTS.isdisjoint(words.words[slice(*piece)]) for piece in pieces)
        for piece in pieces if asked or signed else ():
            yield reading.hit(*piece, EntityType.EMAIL_ADDRESS, 0.75, ("spoken-mail", "turns"))
    for first, last in torn_domains(reading, said):
        yield reading.hit(first, last, EntityType.EMAIL_ADDRESS, 0.75, ("spoken-mail", "turns"))
    firsts = [first for first, _ in said]
    for mail in mails:
        place = bisect_right(firsts, mail.at) - 1
        asked = is_asked_for(words, mail.at)
        clause = _clause(words, firsts[place], mail.at)
        if not asked and past_leads(words, clause, mail.at) != mail.at:
            continue
        pieces = dictated(reading, said, place, clause)
        if asked or clause == firsts[place]:
            begun = firsts[bisect_right(firsts, min(pieces)[0]) - 1] if pieces else mail.at
            pieces += [
                piece
                for piece in _pieces(reading, said, place)
                if piece[0] < begun or holds_sign(words, *piece)
            ]
        host = mail.at + asked
        for first, last in [*pieces, (host, mail.last)] if pieces else ():
            yield reading.hit(first, last, EntityType.EMAIL_ADDRESS, 0.75, ("spoken-mail", "turns"))


def _clause(words: Words, first: int, at: int) -> int:
    """Where the sentence of "All in numbers. Then at ..." begins in which a token stands."""
    begin = max(first, at - _LONGEST_LEAD)
    return next((token for token in range(at, begin, -1) if _stop(words, token)), begin)


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
        piece = _piece(words, first, at)
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
    while lead < at and words.words[lead] in _ECHO:
        lead += 1
    return lead == at


def _pieces(reading: Reading, said: Sequence[tuple[int, int]], place: int) -> list[tuple[int, int]]:
    """The pieces in the turns before one, the nearest first; none where talk comes first."""
    found: list[tuple[int, int]] = []
    for turn in range(place - 1, max(-1, place - 1 - _MOST_TURNS), -1):
        first, last = said[turn]
        heard = reading.words.only_skipped(first, last) or reading.words.words[first] in _ASKING
        piece = None if heard else _piece(reading.words, first, last)
        if piece is not None and asks(reading.words, piece[1], min(piece[1] + 1, last)):
            piece = piece if _says_again(reading.words, piece, found) else None
        if piece is not None and _asks_for_mail(reading, piece[1], last):
            break  # "Amazing. What's your e-mail?"
        if piece is None and nods(reading, first, last):
            continue
        if piece is None:
            piece = _ending(reading.words, first, last, begun=bool(found))
            found += [piece] if piece else []
            break
        found.append(piece)
    return found


def _asks_for_mail(reading: Reading, first: int, last: int) -> bool:
    """Whether the rest of a turn asks for the address itself."""
    rest = last - first
    return rest > 1 and reading.cues.before(CueKind.EMAIL, last, reach=rest - 1) is not None


def _says_again(words: Words, piece: tuple[int, int], found: Sequence[tuple[int, int]]) -> bool:
    """Whether what is asked was given: "Was that one nine?", or is given in the turn before."""
    said = words.words[slice(*piece)]
    return any(words.words[slice(*each)] == said for each in found) or not found


def _piece(words: Words, first: int, last: int) -> tuple[int, int] | None:
    """The tokens of a piece that is all of a turn, but for what leads to it and follows it."""
    token = past_leads(words, first, last)
    while token < last and (words.words[token] in _ECHO or _is_mine(words, token)):
        token += 1
    token -= token > first and words.words[token - 1] in JOINTS  # "then hyphen warsi"
    if words.words[token : token + 1] == ["read"]:
        return None  # "let me read that back"
    if any(
        words.phrase(each, ONE_WORD) for each in range(max(first, token - 2), min(token + 1, last))
    ):
        return None  # "all one word, it's a joke"
    article = words.words[token : token + 1] == ["the"] and last - token > _NAMED
    article = article and not IN_NAMES.issuperset(words.words[token + 1 : last])  # "the old one"
    end = begin = token + article
    while end < last and (end == begin or words.gap(end) != STOP):
        if spelling := spelling_end(words, end) if end > begin else 0:
            end = spelling
        elif _belongs(words, end):
            end += 1
        else:
            break
    said = sum(not is_sign(words, each) for each in range(token, end))
    spelt = said == 0 or any(spelling_end(words, each) for each in range(token, end))
    if end == begin or end - token > (_LONGEST_SPELT if spelt else _LONGEST):
        return None
    return (token, end) if closes(words, end, last) else None


def _ending(words: Words, first: int, last: int, *, begun: bool) -> tuple[int, int] | None:
    """The piece in the last sentence of a turn, or its letters: "A pen? Old trout.".

    Where pieces followed it has to trail off: "Email me. Just the old mill..."
    """
    letters = last
    while letters > first and len(words.words[letters - 1]) == 1:
        letters -= 1
    if last - letters >= _FEWEST_SPELT:
        return letters, last
    if begun and not words.between(last).startswith(_TRAILING):
        return None
    stops = [token for token in range(max(first + 1, last - _LONGEST), last) if _stop(words, token)]
    return _piece(words, stops[-1], last) if stops else None


def _stop(words: Words, token: int) -> bool:
    return words.gap(token) in (STOP, BREAK)


def _is_mine(words: Words, token: int) -> bool:
    """Whether "my" stands before "email's"."""
    after = words.words[token + 1 : token + 2]
    return words.words[token] == "my" and after in (["email's"], ["email"])


def _full_stop(words: Words, token: int) -> bool:
    """Whether a word is one of "full stop"."""
    near = words.words[max(0, token - 1) : token + 2]
    return near[-2:] == ["full", "stop"] or near[:2] == ["full", "stop"]


def _belongs(words: Words, token: int) -> bool:
    """Whether a word may stand in the first part of an address."""
    if "stop" in words.words[token : token + 2] and _full_stop(words, token):
        return True
    return may_belong(words, token, IN_NAMES)
