"""Signs of addresses that are said in two words, or in another: "full stop com", "under score".

Read as the one token that every rule knows ("dot", "slash", "underscore"), over all the characters
that were said, so that no rule has to know the ways to say a sign. "Point", "period" and "full
stop" are a dot only before what ends a domain or after what is spelt: never "the point is".
"""

from collections.abc import Mapping

from deid.detect.spoken.heard.lexicon import data, domain_endings

_SIGNS: Mapping[tuple[str, str], str] = {
    tuple(said.split()): sign for said, sign in data("lexicon")["signs_in_two"].items()
}
_FIRSTS = frozenset(first for first, _ in _SIGNS)
_ENDINGS = frozenset({"ac", "co", "com", "gov", "net", "nhs", "org", "uk"})
_SPELT_ENDINGS = frozenset({"uk", "nh"})  # "full stop U K", "point N H S"
_DOT, _ONE_WORD_DOTS = "dot", frozenset({"point", "period"})
_MAY_BEGIN = _FIRSTS | _ONE_WORD_DOTS
_GOES_ON = _ONE_WORD_DOTS | {"dot", "full", "slash", "forward"}


def signs_as_one(
    words: list[str], starts: list[int], ends: list[int]
) -> tuple[list[str], list[int], list[int]]:
    """The tokens, their starts and ends, with each sign in one token."""
    found: dict[int, tuple[int, str]] = {}
    for token, word in enumerate(words):
        if word in _MAY_BEGIN and (sign := _sign(words, starts, ends, token))[1] != word:
            found[token] = sign
    if not found:
        return words, starts, ends
    told: list[str] = []
    begins: list[int] = []
    closes: list[int] = []
    token = 0
    while token < len(words):
        size, sign_said = found.get(token, (1, words[token]))
        told.append(sign_said)
        begins.append(starts[token])
        closes.append(ends[token + size - 1])
        token += size
    return told, begins, closes


def _sign(words: list[str], starts: list[int], ends: list[int], token: int) -> tuple[int, str]:
    """How many tokens from one on are one sign, and which; one and itself for a word."""
    word = words[token]
    last = token + 1
    if word in _FIRSTS and last < len(words) and starts[last] - ends[token] == 1:
        sign = _SIGNS.get((word, words[last]), "")
        last += sign != ""
    else:
        sign = _DOT if word in _ONE_WORD_DOTS else ""
    if sign == _DOT:
        near = last < len(words) and starts[last] - ends[last - 1] == 1
        sign = _DOT if near and _joins(words, token, last) else ""
    return (last - token, sign) if sign else (1, word)


def _joins(words: list[str], first: int, last: int) -> bool:
    """Whether what is said from ``first`` to ``last`` joins parts of an address."""
    after, then = [*words[last : last + 2], "", ""][:2]
    if (
        after in _ENDINGS
        or after + then in _SPELT_ENDINGS
        or (after in domain_endings() and then in _GOES_ON)
    ):
        return True
    spelt = first > 1 and len(words[first - 1]) == len(words[first - 2]) == 1
    return spelt and len(after) == 1 and after.isalpha()
