"""How much the words around one speak for a person's name, or a place's, whatever the word is.

Hand-written frames (:mod:`.frames`) know places where nothing but a name can stand. Most places are
less sure: "no, may is working" and "we may be working" differ by many small signs. Their weights
are those of a logistic regression over the two words before and the two behind, learnt by
``tools/build_contexts.py`` from talks with marked names and places; see contexts.tsv.gz. Nothing of
a talk is in it but how often plain words stand beside names: a name beside counts as its kind
alone.
"""

import gzip
from collections.abc import Iterator
from functools import cache
from importlib import resources

from deid.detect.words.gazetteer import lexicon
from deid.detect.words.tokens import Tokens

_GIVEN, _FAMILY = 4, 5
_ENDINGS = ("ing", "ed", "ly", "es", "s", "er")
_EDGE = "|"

SURELY, TELLING, LIKELY, AGAIN, HARDLY = 1.5, 0.0, -1.0, -2.0, -4.0
"""Odds (of :func:`naming`) from which a place leaves no doubt that a name stands there; tells it;
makes a first name likelier than the plain word; is a name's where somebody is known by it; and
below which not even that. Of word-names in captions by an unseen writer, and of the same words as
words, 17 and 0, 46 and 1, 69 and 7, 90 and 24, 99 and 62 in a hundred stand above them."""


@cache
def _weights() -> tuple[dict[str, int], dict[str, int]]:
    """Sign -> hundredths (of a natural logarithm of odds), of names and of places.

    "" has the odds without any sign.
    """
    packed = resources.files("deid.data").joinpath("contexts.tsv.gz").read_bytes()
    rows = [line.split("\t") for line in gzip.decompress(packed).decode().splitlines()]
    names = {sign: int(name) for sign, name, _ in rows if name != "0"}
    return names, {sign: int(place) for sign, _, place in rows if place != "0"}


def naming(tokens: Tokens, place: int) -> float:
    """The logarithm of the odds that a word here is part of a person's name; about -8 to 6."""
    return _odds(_weights()[0], tokens, place)


def placing(tokens: Tokens, place: int) -> float:
    """The logarithm of the odds that a word here is part of a place's name; about -9 to 4.

    Learnt without punctuation, for talk without capitals.
    """
    return _odds(_weights()[1], tokens, place)


def _odds(weights: dict[str, int], tokens: Tokens, place: int) -> float:
    return (weights[""] + sum(weights.get(sign, 0) for sign in signs(tokens, place))) / 100


def signs(tokens: Tokens, place: int) -> Iterator[str]:
    """What stands around a word, as the weights know it: "-1 my", "+1+2 rang me", "-0 ,"."""
    before, further_back = _kind(tokens, place, -1), _kind(tokens, place, -2)
    behind, further_on = _kind(tokens, place, 1), _kind(tokens, place, 2)
    yield f"-1 {before}"
    yield f"-2 {further_back}"
    yield f"+1 {behind}"
    yield f"+2 {further_on}"
    yield f"-2-1 {further_back} {before}"
    yield f"+1+2 {behind} {further_on}"
    yield f"-1+1 {before} {behind}"
    for side, word in (("-1", before), ("+1", behind)):
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                yield f"{side} ~{ending}"
                break
    if tokens.possessive(place):
        yield "'s"
        yield f"'s+1 {behind}"
    if mark := tokens.gap(place).strip()[:1]:
        yield f"-0 {mark}"
    if mark := tokens.after(place).strip()[:1]:
        yield f"+0 {mark}"


def _kind(tokens: Tokens, place: int, step: int) -> str:
    """A neighbour in the same turn: a plain word itself, of any other word its kind."""
    beside = place + step
    if not 0 <= beside < len(tokens) or tokens.turns[beside] != tokens.turns[place]:
        return _EDGE
    entry = lexicon().entry(tokens.lows[beside])
    if entry.tier:
        return tokens.forms[beside]
    if entry.given >= _GIVEN:
        kind = "<given>"
    elif entry.family >= _FAMILY:
        kind = "<family>"
    else:
        kind = "<place>" if entry.place else "<other>"
    return f"{kind}'s" if tokens.possessive(beside) else kind
