"""The pieces of an e-mail address in the turns before its "at".

"So it's mirela." / "You'll have to spell that." / "M-I-R" / "Yep." / "E-L-A" / "Then dot balan." /
"Balan, like it sounds?": the nearest first, few words each and none of talk, with turns between
that only nod, ask for more or for the letters, or say the piece again.
"""

from collections.abc import Sequence

from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.giving import asks, closes, nods, only_hears, past_leads
from deid.detect.spoken.heard.lexicon import LETTER
from deid.detect.spoken.heard.reading import Reading
from deid.detect.spoken.heard.words import BREAK, STOP, Words
from deid.detect.spoken.web.asides import remark_size
from deid.detect.spoken.web.mail_asked import is_sign, may_belong
from deid.detect.spoken.web.mail_firsts import IN_NAMES, ONE_WORD
from deid.detect.spoken.web.mail_parts import JOINTS
from deid.detect.spoken.web.names_spelt import spelling_end

_MOST_TURNS, _LONGEST, _LONGEST_SPELT, _NAMED, _FEWEST_SPELT = 9, 5, 30, 2, 3
_ASKING = frozenset(
    {"have", "are", "is", "can", "could", "do", "did", "what", "how", "where", "which", "would"}
)
_SPELL, _LONGEST_NOD = frozenset({"spell", "spelling"}), 9
_TRAILING = ("...", "\u2026", ",")
ECHO = frozenset({"was", "that", "so", "it's", "is", "and", "email's", "mine's", "just"})
ECHO |= {"hers", "his", "theirs"}
"""What leads to a piece that is said back."""


def pieces_before(
    reading: Reading, said: Sequence[tuple[int, int]], place: int
) -> list[tuple[int, int]]:
    """The pieces in the turns before one, the nearest first; none where talk comes first."""
    found: list[tuple[int, int]] = []
    words = reading.words
    for turn in range(place - 1, max(-1, place - 1 - _MOST_TURNS), -1):
        first, last = said[turn]
        heard = _is_heard(words, first, last)
        piece = None if heard else _told_last(words, first, last) or piece_of(words, first, last)
        if piece is not None and asks(words, piece[1], min(piece[1] + 1, last)):
            piece = piece if _says_again(words, piece, found) else None
        if piece is not None and _asks_for_mail(reading, piece[1], last):
            break  # "Amazing. What's your e-mail?"
        if piece is None and turn and not heard:
            piece = _echo(words, said[turn - 1], said[turn])
        if piece is None and (heard or nods(reading, first, last)):
            continue
        if piece is None:
            piece = _ending(words, first, last, begun=bool(found))
            found += [piece] if piece else []
            if piece is None or words.words[piece[0]] not in JOINTS:
                break
            continue
        found.append(piece)
    return found


def _is_heard(words: Words, first: int, last: int) -> bool:
    """Whether a turn gives nothing: it only nods, asks, or tells how a word is spelt."""
    if words.words[first] in _ASKING or _asks_to_spell(words, first, last):
        return True
    signed = not JOINTS.isdisjoint(words.words[first:last])  # "dash"
    nodded = words.only_skipped(first, last) or only_hears(words, first, last)
    return (nodded and not signed) or _is_of_letter(words, first, last)


def _told_last(words: Words, first: int, last: int) -> tuple[int, int] | None:
    """The piece that "it's" tells in the last sentence of a turn: "Typical. It's rosters."."""
    for token in range(last - 1, max(first, last - _LONGEST - 1), -1):
        if stops_before(words, token):
            return piece_of(words, token, last) if words.words[token] in ("it's", "its") else None
    return None


def _echo(words: Words, before: tuple[int, int], turn: tuple[int, int]) -> tuple[int, int] | None:
    """What a turn says again at its beginning of the piece before it: "Balan, like it sounds?"."""
    piece = piece_of(words, *before) or _ending(words, *before, begun=False)
    if piece is None:
        return None
    first = past_leads(words, *turn)
    signed = words.words[piece[0]] in JOINTS  # "dot balan" / "balan, ..."
    for begin in range(piece[0], piece[0] + 1 + signed):
        last = first + piece[1] - begin
        if last > first and words.words[first:last] == words.words[begin : piece[1]]:
            return (first, last) if last <= turn[1] else None
    return None


def _asks_to_spell(words: Words, first: int, last: int) -> bool:
    """Whether a short turn asks for the letters: "You'll have to spell that, my love."."""
    return last - first <= _LONGEST_NOD and not _SPELL.isdisjoint(words.words[first:last])


def _is_of_letter(words: Words, first: int, last: int) -> bool:
    """Whether all that is said is how a word is spelt: "with an S", "no E"."""
    single = bool(words.kinds[last - 1] & LETTER) and len(words.words[last - 1]) == 1
    return single and words.words[first] in ("with", "no", "an", "a") and last - first <= _LONGEST


def _asks_for_mail(reading: Reading, first: int, last: int) -> bool:
    """Whether the rest of a turn asks for the address itself."""
    rest = last - first
    return rest > 1 and reading.cues.before(CueKind.EMAIL, last, reach=rest - 1) is not None


def _says_again(words: Words, piece: tuple[int, int], found: Sequence[tuple[int, int]]) -> bool:
    """Whether what is asked was given: "Was that one nine?", or is given in the turn before."""
    said = words.words[slice(*piece)]
    return any(words.words[slice(*each)] == said for each in found) or not found


def piece_of(words: Words, first: int, last: int) -> tuple[int, int] | None:
    """The tokens of a piece that is all of a turn, but for what leads to it and follows it."""
    remark = words.phrase(first, ONE_WORD)
    token = past_leads(words, first + remark, last)
    if remark and "then" not in words.words[first + remark : token]:
        return None  # but "one word, yeah, and then zero three"
    if token > first and words.words[token - 1] == "like":
        return None  # "like the river"
    while token < last and (words.words[token] in ECHO or _is_mine(words, token)):
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
        elif _belongs(words, end) and not (end > begin and remark_size(words, end)):
            end += 1
        else:
            break
    said = sum(not is_sign(words, each) for each in range(token, end))
    spelt = said == 0 or any(spelling_end(words, each) for each in range(token, end))
    if end == begin or end - token > (_LONGEST_SPELT if spelt else _LONGEST):
        return None
    behind = min(last, end + remark_size(words, end)) if end < last else end
    return (token, end) if closes(words, behind, last) else None


def _ending(words: Words, first: int, last: int, *, begun: bool) -> tuple[int, int] | None:
    """The piece in the last sentence of a turn, or its letters: "A pen? Old trout.".

    Where pieces followed it has to trail off: "Email me. Just the old mill..."
    """
    letters = last
    while letters > first and len(words.words[letters - 1]) == 1:
        letters -= 1
    if last - letters >= _FEWEST_SPELT:
        return letters, last
    stops = [
        token
        for token in range(max(first + 1, last - _LONGEST), last)
        if stops_before(words, token)
    ]
    signed = bool(stops) and words.words[stops[-1]] in JOINTS  # "There's more. Dot balan."
    if begun and not (signed or words.between(last).startswith(_TRAILING)):
        return None
    return piece_of(words, stops[-1], last) if stops else None


def stops_before(words: Words, token: int) -> bool:
    """Whether a sentence ends before a token."""
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
