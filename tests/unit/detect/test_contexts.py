"""What stands around a word speaks for a name there or against it, and says nothing of any talk."""

from collections.abc import Callable

import pytest

from deid.detect.names.votes import voted
from deid.detect.speech import Speech
from deid.detect.words import contexts
from deid.detect.words.contexts import naming, placing
from deid.detect.words.evidence import Evidence
from deid.detect.words.gazetteer import lexicon
from deid.detect.words.tokens import Tokens, tokens_of


def _tokens(*turns: str) -> Tokens:
    starts = [0]
    for turn in turns[:-1]:
        starts.append(starts[-1] + len(turn) + 1)
    return tokens_of(Speech("\n".join(turns), tuple(starts), ("",) * len(turns)))


def _evidence(tokens: Tokens) -> Evidence:
    nothing: frozenset[int] = frozenset()
    return Evidence(tokens=tokens, network={}, kept=nothing, answers=nothing, labels=frozenset())


@pytest.mark.parametrize(
    ("odds", "named", "said", "word"),
    [
        (naming, "no, may is working tonight", "we may be working tonight", "may"),
        (naming, "i said to mark, come round", "it left a mark on the wall", "mark"),
        (naming, "my cousin grace rang me", "she took it with good grace", "grace"),
        (naming, "is penny in today", "i hadn't a penny left", "penny"),
        (placing, "she's stuck in bath her car broke down", "run me a bath tonight", "bath"),
        (placing, "we were in sale last year", "we bought it in the sale", "sale"),
        (placing, "they moved from deal to be near us", "they did a deal with us", "deal"),
    ],
)
def test_a_name_has_better_odds_than_the_same_word(
    odds: Callable[[Tokens, int], float], named: str, said: str, word: str
) -> None:
    """Four names and three towns that are words, each in a place of its own and in the word's."""
    name, plain = _tokens(named), _tokens(said)
    assert odds(name, name.lows.index(word)) > odds(plain, plain.lows.index(word)) + 1


def test_odds_do_not_depend_on_which_name_stands_there() -> None:
    """The word itself is no sign, only what is around it."""
    one, other = _tokens("i told rose about it"), _tokens("i told aurelio about it")
    assert naming(one, 2) == naming(other, 2)


def test_nothing_but_plain_words_and_kinds_are_weighed() -> None:
    """No word in the list is a name and nothing else: those count by their kind alone."""
    signs = [sign.split()[1:] for each in contexts._weights() for sign in each if "~" not in sign]
    words = {word.removesuffix("'s") for said in signs for word in said}
    names = {word for word in words if (entry := lexicon().entry(word)).given and not entry.tier}
    assert len(words) > 1000
    assert not names


def test_places_of_a_name_add_up_over_a_talk() -> None:
    """Neither turn tells alone; together they do, and the plain word's places do not."""
    called = _tokens("ask mark about it", "is mark coming", "i said to mark last week")
    plain = _tokens("it left a mark", "what mark did you get", "the mark on the wall")
    assert voted(_evidence(called)) == {"mark"}
    assert not voted(_evidence(plain))


def test_one_place_is_no_vote() -> None:
    """A word said once is judged by its place alone."""
    assert not voted(_evidence(_tokens("thanks very much grace")))


def test_a_modal_said_all_day_is_nobody() -> None:
    """A little in each of many places is chance."""
    said = ("and i never will", "my colleague will send you the voucher", "that will be in may")
    assert not voted(_evidence(_tokens(*said * 40)))
