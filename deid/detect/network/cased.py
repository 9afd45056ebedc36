"""What the network reads of a turn: capitals where there are none, nothing where no name can be.

Only the case of letters changes and only where upper and lower case have the same length, so
every offset stays. The result is read by the network and never written anywhere.
"""

from deid.detect.speech import Speech
from deid.detect.words.allow import allowed
from deid.detect.words.evidence import word_names
from deid.detect.words.gazetteer import lexicon
from deid.detect.words.tokens import Case, Tokens, tokens_of

_FAIR, _PART = 4, 2


def for_network(line: str) -> str | None:
    """One turn as the network is to read it; None where no word of it could be a name.

    A turn with capitals of its own stays as it is, any other is given those that the lists
    suggest. Where nothing has a capital but the first words of sentences, and these are in
    nobody's name ("Yeah, and then it went"), the network would find nothing that counts.
    """
    tokens = tokens_of(Speech(text=line, starts=(0,), speakers=("",)))
    places = range(len(tokens))
    if not any(_telling(tokens, place) for place in places):
        return None
    if tokens.cases[0] is Case.MIXED:
        return line
    chars = [_other(char, upper=False) for char in line]
    for start in (tokens.starts[place] for place in places if _capitalised(tokens, place)):
        chars[start] = _other(chars[start], upper=True)
    return "".join(chars)


def _telling(tokens: Tokens, place: int) -> bool:
    """Whether the network may take a word for a name: by its capital, or as no plain word."""
    low = tokens.lows[place]
    if _speaker(low):
        return False
    opens = tokens.initial(place)
    if tokens.capital(place) and not opens:
        return True
    if low in word_names().function or low in allowed().words:
        return False
    entry = lexicon().entry(low)
    if not entry.tier or low in word_names().bare:
        return True
    return opens and (entry.name >= _FAIR or entry.place > 0)


def _other(char: str, *, upper: bool) -> str:
    other = char.upper() if upper else char.lower()
    return other if len(other) == 1 else char


def _capitalised(tokens: Tokens, place: int) -> bool:
    """Whether a word of a turn without capitals, or all in them, is given one."""
    low = tokens.lows[place]
    if _speaker(low) or tokens.initial(place) or low in word_names().bare:
        return True
    entry = lexicon().entry(low)
    if entry.tier:
        return False
    after_name = place > 0 and lexicon().entry(tokens.lows[place - 1]).given >= _FAIR
    if entry.unknown and len(low) >= _FAIR and low not in allowed().words:
        return True
    return entry.name >= _PART or entry.place >= _PART or (after_name and tokens.joined(place))


def _speaker(low: str) -> bool:
    """Whether a word is "I", alone or with a verb."""
    return low == "i" or low.startswith("i'")
