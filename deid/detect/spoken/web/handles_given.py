"""Handles of plain words, behind a site or in answer to who asks for one.

"On Instagram I'm real mistry"; "the handle's allotment tom one oh one"; "how do people follow?" /
"It's at niamh on the fells six nine"; "what's it under?" / "at calder..." / "yeah" / "underscore
stitchers". Behind a site a name, a word that nobody knows, figures or a sign has to be in it, or
somebody asked; behind "at" two words do. Never "on Instagram I'm useless", "it's at the end".
"""

from collections.abc import Iterator
from typing import NamedTuple

from deid.detect.speech import Hit
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.giving import past_leads, turns
from deid.detect.spoken.heard.lexicon import LETTER, MIXED, MULTIPLE, NUMERAL, data, phrases
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import HYPHEN, PAUSE, SPACE, Words
from deid.detect.spoken.web.domains import ENDINGS
from deid.detect.spoken.web.handles_again import said_again
from deid.detect.spoken.web.handles_asked import later_parts
from deid.detect.spoken.web.handles_told import NEVER_AFTER_AT, is_building
from deid.detect.spoken.web.hosts import SMALL, is_hard
from deid.detect.spoken.web.mail_firsts import IN_NAMES, ONE_WORD
from deid.detect.spoken.web.mail_parts import NOT_JOINED, STOPS
from deid.detect.spoken.web.names_spelt import spelling_end
from deid.detect.spoken.web.site_leads import OWN, SELVES, behind_sites
from deid.detect.words.gazetteer import lexicon
from deid.transcript import EntityType

_ASKS_NAME = phrases(data("context")["handle_asks_name"])
_ASKS_WHERE = phrases(data("context")["handle_asks_where"])
_JOINTS = phrases(data("context")["handle_joints"])
_SOCIAL = frozenset(data("context")["handle_social"])
_DAYS = frozenset(data("context")["lone_days_weekdays"])
_INSIDE = frozenset(
    {"and", "by", "with", "the", "of", "n", "in", "on", "my", "does", "for", "to", "it"}
)
_NODS = frozenset({"yes", "yeah", "yep", "right", "okay", "um", "er", "erm"})
_CHARACTERS = NUMERAL | LETTER | MULTIPLE
_NEAR, _AT_END, _MOST_PLAIN, _LONGEST, _LONG, _PAIR, _ASKED = 60, 8, 6, 40, 5, 2, 4
_RARE = 60
_NEVER_FIRST = frozenset({"no", "not", "www", "off", "out", "back", "away", "here", "there"})
_LED = OWN | SELVES | {"called"}


class _Asked(NamedTuple):
    """Whether the name on a site is asked for; or where somebody is on it; or where, anyhow."""

    name: bool
    site: bool
    where: bool


class _Body(NamedTuple):
    """The token after a handle, and after small words too, its words, what proves it one."""

    last: int
    end: int
    said: int
    sure: bool
    proved: bool
    closed: bool


def handles_given(reading: Reading) -> Iterator[Hit]:
    """Hits for them, "at" included, and for what later turns add to them."""
    words, before = reading.words, 0
    social = _is_social(reading)
    for first, last in turns(words):
        asked = _asked(reading, before, first, social=social)
        before = first
        starts = dict.fromkeys(_starts(words, first, last, asked=asked.site), False)
        starts |= dict.fromkeys(behind_sites(reading, first, last, social), True)
        for start, sited in starts.items():
            yield from _given(reading, start, last, sited=sited, asked=asked)


def _is_social(reading: Reading) -> list[int]:
    """The tokens that tell of a site, of followers or of posts, in order."""
    cues = [cue.first for cue in reading.cues.of(CueKind.HANDLE)]
    words = reading.words.words
    handles = {at for at in cues if words[at].removesuffix("'s") in ("handle", "login", "threads")}
    told = (at for at, word in enumerate(words) if word.removesuffix("'s") in _SOCIAL)
    crossed = (at for at in range(1, len(words)) if words[at - 1] == "on" and words[at] == "x")
    return sorted({*cues, *told, *crossed} - handles)


def _asked(reading: Reading, first: int, last: int, *, social: list[int]) -> _Asked:
    """What a turn asks for at its end."""
    words = reading.words
    near = range(max(first, last - _AT_END), last)
    name = any(words.words[at] in _ASKS_NAME and words.phrase(at, _ASKS_NAME) for at in near)
    where = any(words.words[at] in _ASKS_WHERE and words.phrase(at, _ASKS_WHERE) for at in near)
    told = where and any(last - _NEAR <= at < last for at in social)
    site = reading.cues.before(CueKind.HANDLE, last, reach=_ASKED) is not None
    return _Asked(name, name or told or site, name or where or site)


def _starts(words: Words, first: int, last: int, *, asked: bool) -> Iterator[int]:
    """Where a handle may begin in a turn: behind small words, at "i'm at", at ", at" if asked."""
    begin = past_leads(words, first, last)
    if "at" not in words.words[first:begin]:
        yield begin
    for at in range(first, last):
        if words.words[at] == "at":
            own = at > first and words.words[at - 1] in OWN
            if own or at <= begin or (asked and words.gap(at) == PAUSE):
                yield at


def _given(reading: Reading, start: int, last: int, *, sited: bool, asked: _Asked) -> Iterator[Hit]:
    """Hits for a handle that begins at ``start`` behind small words, and for its later parts."""
    words, token = reading.words, start
    while token < last and words.words[token] in (_LED if sited else OWN):
        token += 1
    at = token < last and words.words[token] == "at"
    first = words.skip(token + at)[0] if at else token
    if first >= last or _begins_none(words, first, at=at):
        return
    body = _body(reading, first, last)
    later = list(later_parts(words, last)) if at and body.end == last else []
    proved = body.proved or bool(later) or (sited and _is_titled(words, first, body.last))
    asked_on = at and _answers_site(reading, start) and _names_only(words, first, body.last)
    the = words.words[first] == "the" and not (asked_on and body.said > _PAIR)
    alone = the or (body.said < _PAIR and not _trails(words, last))
    if not (body.closed or later) or (alone and not proved) or body.last == first:
        return
    told = asked.name or proved or asked_on or words.words[max(0, token - 1)] in OWN
    some = body.said >= _PAIR or _is_written(words, first)
    placed = is_building(words, body.last) and not (asked.name or sited)
    behind = at and told and not placed and (sited or asked.site or (asked.where and later))
    plain = sited and (proved or asked.where)
    site = asked.site or (body.last < last and _is_site(reading, body.last))
    answer = (asked.name and proved) or (site and body.sure)
    if behind or (some and (plain or answer)):
        end = last if later else body.last  # "at tea and"
        yield _hit(reading, token, end)
        for again in said_again(words, end, words.words[first:end] if at else ()):
            yield _hit(reading, *again)
        for part in later:
            yield _hit(reading, part.first, part.last)


def _answers_site(reading: Reading, first: int) -> bool:
    """Whether a turn that asks "and YouTube?" ends right before a token."""
    asked = first > 0 and "?" in reading.words.between(first)
    return asked and reading.cues.before(CueKind.HANDLE, first, reach=0) is not None


def _is_titled(words: Words, first: int, last: int) -> bool:
    """Whether words are a name by their capitals: "Pipes and Pints"."""
    large = [token for token in range(first, last) if words.words[token] not in _INSIDE]
    return words.cased and len(large) >= _PAIR and all(map(words.capital, large))


def _names_only(words: Words, first: int, last: int) -> bool:
    """Whether there are no small words behind the first: "the clay hour", not "the end of it"."""
    said = words.folded[words.starts[first] : words.ends[max(first, last - 1)]]
    return "'" not in said and _INSIDE.isdisjoint(words.words[first + 1 : last])


def _hit(reading: Reading, first: int, last: int) -> Hit:
    """A hit that is stronger than the names in it."""
    return reading.hit(first, last, EntityType.SOCIAL_HANDLE, 0.97, ("spoken-web", "given"))


def _begins_none(words: Words, first: int, *, at: bool) -> bool:
    """Whether a handle begins with no such word: "at my", "at least", a number, a small word."""
    word = words.words[first]
    never = word in (NEVER_AFTER_AT if at else _NEVER_FIRST)
    if word != "the" and (never or word in _INSIDE):
        return True
    return bool(words.kinds[first] & NUMERAL) or not _is_plain(words, first)


def _trails(words: Words, last: int) -> bool:
    """Whether a turn trails off, as what goes on in the next does: "at setlist..."."""
    return words.between(last).startswith(("...", "\u2026")) if last < len(words.words) else False


def _body(reading: Reading, first: int, last: int) -> _Body:
    """The words of a handle from ``first`` on: one clause, with figures and signs behind pauses."""
    words, token, plain, said, sure, proved = reading.words, first, 0, 0, False, False
    none = _Body(first, first, 0, sure=False, proved=False, closed=False)
    while token < min(last, first + _LONGEST) and not _ends(reading, first, token):
        joint = words.phrase(token, _JOINTS) if token > first else 0
        if joint and token + joint < last:
            if words.words[token + joint] in ENDINGS:
                return none  # an address of mail, or a website
            odd = words.words[token + joint] in NOT_JOINED - STOPS  # "draws dot every dot day"
            token, plain, sure, said = token + joint + odd, 0, True, said + 1
        elif end := spelling_end(words, token) if token > first else 0:
            token, proved = end, True
        elif words.kinds[token] & _CHARACTERS and (token > first or words.kinds[token] & LETTER):
            proved = proved or not words.kinds[token] & LETTER
            token, said = token + 1, said + 1
        elif plain < _MOST_PLAIN and _is_plain(words, token):
            proved = proved or _is_name(words.words[token])
            sure = sure or _is_written(words, token)
            token, plain, said = token + 1, plain + 1, said + 1
        else:
            break
    remark = words.phrase(token, ONE_WORD) if token < last else 0
    kept = token
    while token < last and kept > first and words.words[kept - 1] in _INSIDE and not remark:
        kept -= 1
    site = token < last and _is_site(reading, token)
    closed = token >= last or words.closes(token) or words.words[token] in _NODS or site
    closed = closed or words.words[token] == "or" or _explains(words, token)
    mail = words.words[token : token + 1] in (["dot"], ["at"])
    if mail or "_" in words.folded[words.starts[first] : words.ends[max(first, token - 1)]]:
        return none
    sure = sure or remark > 0
    closed = closed or remark > 0
    return _Body(kept + remark, token, said, sure=sure, proved=proved or sure, closed=closed)


def _ends(reading: Reading, first: int, token: int) -> bool:
    """Whether a clause, a remark or "on TikTok" ends what begins at ``first`` before a token."""
    words = reading.words
    if token == first:
        return False
    gap, kind = words.gap(token), words.kinds[token]
    if gap not in (SPACE, PAUSE, HYPHEN) and words.between(token) != ".":
        return True
    goes_on = kind & _CHARACTERS or words.phrase(token, _JOINTS) or words.kinds[token - 1] & LETTER
    spelling = spelling_end(words, token) > 0
    if _explains(words, token):
        return True
    if gap == PAUSE and not (goes_on or spelling):
        return True
    return words.phrase(token, ONE_WORD) > 0 or _is_site(reading, token)


def _explains(words: Words, with_: int) -> bool:
    """Whether "with two Zs", "with a K", "with dots" begin at a token."""
    said = words.words[with_ : with_ + 3]
    if said[:1] != ["with"]:
        return False
    letter = said[-1].replace("'", "").removesuffix("s")
    return said[1:2] in (["dots"], ["no"]) or (len(said) == 3 and len(letter) == 1)  # noqa: PLR2004


def _is_site(reading: Reading, on: int) -> bool:
    """Whether "on Twitter", "on there", "on Fridays" begin at a token."""
    words, cues = reading.words, reading.cues
    behind = words.words[on + 1 : on + 2]
    if words.words[on] != "on" or not behind:
        return False
    day = behind[0] in ("x", "there", "here") or behind[0].removesuffix("s") in _DAYS
    return day or cues.after(CueKind.HANDLE, on + 1, reach=0) is not None


def _is_plain(words: Words, token: int) -> bool:
    """Whether a word may be one of a handle."""
    word = words.words[token]
    if word in _INSIDE or word in IN_NAMES:
        return True
    return "'" not in word and not is_hard(word) and word not in SMALL


def _is_name(word: str) -> bool:
    """Whether a word is a name and no plain word, or none that anybody knows."""
    if word.removesuffix("s") in _DAYS:
        return False
    entry = lexicon().entry(word)
    named = max(entry.name, entry.place) > 0 and not 0 < entry.tier < _RARE
    return named or (entry.unknown and len(word) >= _LONG)


def _is_written(words: Words, token: int) -> bool:
    """Whether a word has letters and figures in it: "slowboatanil64"."""
    return bool(words.kinds[token] & MIXED) and len(words.words[token]) > _LONG
