"""The first part of an e-mail address: where it begins before the "at".

Back over words that joints, spelling and figures make a part of it, to the first that cannot belong
to it ("is", "it's", the end of a sentence), and past what only leads in.
"""

from deid.detect.spoken.heard.lexicon import FIGURE, LETTER, MULTIPLE, NATO, NUMERAL, SCALE, data
from deid.detect.spoken.heard.words import BREAK, HYPHEN, LINE, PAUSE, SPACE, STOP, Words
from deid.detect.spoken.web.asides import SAID_JOINTS, before_asides
from deid.detect.spoken.web.mail_firsts import ONE_WORD, is_talk
from deid.detect.spoken.web.mail_parts import STOPS, asks_joint
from deid.detect.spoken.web.names_spelt import name_before, spelling_end

_EXPLAINING = frozenset(data("context")["mail_explaining"])
_EXPLAINS = frozenset({"with", "no", "spelt", "spelled", "and", "two", "without"})
_BEFORE_JOINT = frozenset({"the", "my", "our", "team"})
_LEADS = frozenset(
    {"um", "uh", "er", "erm", "ah", "oh", "well", "hmm", "and", "so", "yeah", "with", "then"}
)
_MOST_WORDS, _MOST_LETTERS, _LONGEST_EXPLAINED = 6, 40, 14
_APOSTROPHE, _REMARKED = "apostrophe", 6
_CHARACTERS = NUMERAL | MULTIPLE | NATO


def before_explanation(words: Words, at: int) -> int:
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


def local_start(words: Words, at: int) -> int:
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
    the = words.words[token] == "the" and ahead == ["dot"] and _opens(words, token)
    return joint or begins or the


def _opens(words: Words, token: int) -> bool:
    """Whether a clause begins there, or behind "it's": "that's the dot carlins"."""
    before = words.words[token - 1 : token]
    return words.gap(token) not in (SPACE, HYPHEN) or before in (["that's"], ["it's"], ["is"])


def _spells(words: Words, token: int) -> bool:
    """Whether "that's" spells the word before it, which no joint makes a part by itself."""
    last = spelling_end(words, token)
    place = name_before(words, token) if last else 0
    joint = place > 0 and words.words[place - 1] in SAID_JOINTS
    return last > 0 and not (words.words[last : last + 1] == ["at"] and joint)


def _joins(words: Words, before: int, token: int, *, joint: bool) -> bool:
    """Whether the address goes on from ``before`` backwards over what stands up to ``token``."""
    gaps = {words.gap(each) for each in range(before, token + 1 - signed(words, token))}
    if BREAK in gaps:
        return False
    if LINE in gaps or STOP in gaps:
        asked = LINE in gaps and asks_joint(words, before)
        return (joint and not asked) or dotted(words, token) or "..." in words.between(before)
    return True


def _stops(words: Words, token: int) -> bool:
    """Whether a word cannot belong to an address; "e" can, but not in "e mail".

    Nor can "it's", but "Teddy's barn, no apostrophe".
    """
    word = words.words[token]
    if "'" in word:
        return _APOSTROPHE not in words.words[token + 1 : token + _REMARKED]
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


def signed(words: Words, token: int) -> bool:
    """Whether "@" stands between spaces before a token: "noreen @ example dot com"."""
    return token > 0 and words.between(token).strip() == "@"
