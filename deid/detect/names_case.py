"""Capitals for turns that have none, so that the network has something to see.

Only the case of letters changes and only where upper and lower case have the same length, so
every offset stays. The result is read by the network and never written anywhere.
"""

from deid.detect.allow import allowed
from deid.detect.gazetteer import lexicon
from deid.detect.names_evidence import word_names
from deid.detect.names_tokens import Case, Tokens, tokens_of
from deid.detect.speech import Speech

_FAIR, _TOWN, _PART = 4, 7, 2


def recased(line: str) -> str:
    """One turn as it might have been written with capitals; unchanged where it has its own."""
    tokens = tokens_of(Speech(text=line, starts=(0,), speakers=("",)))
    case = tokens.cases[0]
    if case is Case.MIXED:
        return line
    chars = [_other(char, upper=False) for char in line]
    for place in range(len(tokens)):
        if _named(tokens, place):
            start = tokens.starts[place]
            chars[start] = _other(chars[start], upper=True)
    return "".join(chars)


def _other(char: str, *, upper: bool) -> str:
    other = char.upper() if upper else char.lower()
    return other if len(other) == 1 else char


def _named(tokens: Tokens, place: int) -> bool:
    low = tokens.lows[place]
    if low == "i" or low.startswith("i'") or tokens.initial(place):
        return True
    if low in word_names().bare:
        return True
    entry = lexicon().entry(low)
    if entry.tier:
        return False
    after_name = place > 0 and lexicon().entry(tokens.lows[place - 1]).given >= _FAIR
    if entry.unknown and len(low) >= _FAIR and low not in allowed().words:
        return True
    return entry.name >= _PART or entry.place >= _PART or (after_name and tokens.joined(place))
