"""A name in an address of mail, and what spells it: "voss, which is V O S S, at ...".

The characters behind "that's", "which is", "spelt" have to be the word before, letter for letter,
said singly, doubled, in the alphabet of the radio or each with a word. Never over other talk.
"""

from deid.detect.spoken.heard.lexicon import ALPHABET, LETTER, MULTIPLE, NATO
from deid.detect.spoken.heard.words import HYPHEN, PAUSE, SPACE, STOP, Words

_LEADS = (
    ("which", "is", "spelt"), ("which", "is", "spelled"), ("and", "that's"), ("so", "that's"),
    ("so", "it's"),
    ("which", "is"), ("that's", "spelt"), ("it's", "spelt"), ("that's",), ("it's",), ("spelt",),
    ("spelled",), ("so",),
)  # fmt: skip
_ENDS = frozenset(lead[-1] for lead in _LEADS)
_BY_WORD = (("for",), ("as", "in"), ("like",))


def name_before(words: Words, token: int) -> int:
    """The token of the name before a lead whose last word stands at ``token``; -1 for no lead."""
    if words.words[token] not in _ENDS:
        return -1
    for lead in _LEADS:
        first = token + 1 - len(lead)
        if first > 0 and tuple(words.words[first : token + 1]) == lead:
            return first - 1 if words.gap(first) in (PAUSE, STOP, SPACE) else -1
    return -1


def spelling_end(words: Words, token: int) -> int:
    """The token after the letters behind the lead that ends at ``token``; 0 if they spell none."""
    place = name_before(words, token)
    return _spells(words, words.words[place], token + 1) if place >= 0 else 0


def spelt_from(words: Words, letters: int) -> int:
    """Where "R J holtby, H for hat, O ..." begins, given the letters; ``letters`` elsewhere."""
    near = letters > 0 and words.gap(letters) in (PAUSE, SPACE)
    if not near or not _spells(words, words.words[letters - 1], letters):
        return letters
    first = letters - 1
    while first and len(words.words[first - 1]) == 1 and words.gap(first) in (PAUSE, SPACE):
        first -= 1
    return first


def lead_size(words: Words, token: int) -> int:
    """Tokens of the lead to a spelling that begins at one: "so that's"; 0 for none."""
    return max((len(each) for each in _LEADS if _begins(words, token, each)), default=0)


def letters_said(words: Words, token: int) -> tuple[str, int]:
    """The letters that are said from a token on in one sentence, and the token after them."""
    said, last = "", token
    while last < len(words.words) and (last == token or words.gap(last) in (PAUSE, SPACE, HYPHEN)):
        letters, after = _letters(words, last)
        if not letters:
            break
        said, last = said + letters, after
    return said, last


def _begins(words: Words, token: int, lead: tuple[str, ...]) -> bool:
    return tuple(words.words[token : token + len(lead)]) == lead


def _spells(words: Words, name: str, first: int) -> int:
    """The token after the letters from ``first`` on that spell a name; 0 if they do not."""
    said, last = "", first
    while len(said) < len(name) and last < len(words.words):
        letters, last = _letters(words, last)
        said += letters
        if not letters or not name.startswith(said):
            return 0
    return last if len(name) > 1 and said == name else 0


def _letters(words: Words, token: int) -> tuple[str, int]:
    """What a token says of a spelling, and the token after it; "" for no letter."""
    word, kind, after = words.words[token], words.kinds[token], words.words[token + 1 : token + 3]
    if len(word) == 1 and kind & LETTER:
        by = next((len(by) for by in _BY_WORD if tuple(after[: len(by)]) == by), 0)
        return word, token + 1 + (by + 1 if by else 0)
    if kind & MULTIPLE and after and len(after[0]) == 1 and word in _TIMES:
        return after[0] * _TIMES[word], token + 2
    return (ALPHABET[word].lower(), token + 1) if kind & NATO else ("", token)


_TIMES = {"double": 2, "triple": 3}
