"""deid.naming: the ways of saying one name, and where two names are not one."""

import pytest

from deid.naming import is_short_form, name_words, plain, sounds_like, without_ending


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Sarah Jones", ("sarah", "jones")),
        ("SARAH", ("sarah",)),
        ("Sarah's", ("sarah",)),
        ("Sarah\u2019s", ("sarah",)),
        ("Dr Patel", ("patel",)),
        ("Auntie Bev", ("bev",)),
        ("Mr. and Mrs. Higgs", ("and", "mrs", "higgs")),
        ("Zo\u00eb", ("zoe",)),
        ("Zoe\u0308", ("zoe",)),
        ("Si\u00e2n ap Rhys", ("sian", "ap", "rhys")),
        ("O'Brien", ("obrien",)),
        ("O\u2019Brien's", ("obrien",)),
        ("Jean-Paul", ("jean", "paul")),
        ("Sa\u00adrah", ("sarah",)),
        ("S-A-R-A-H", ("s", "a", "r", "a", "h")),
        ("Mary 2", ("mary",)),
        ("07700 900311", ()),
        ("Dr", ()),
        ("", ()),
    ],
)
def test_a_name_is_compared_by_its_words(said: str, words: tuple[str, ...]) -> None:
    """Case, accents, titles in front, possessives and what hides in a name make no difference."""
    assert name_words(said) == words


@pytest.mark.parametrize(
    ("word", "left"),
    [
        ("Sarah's", "Sarah"),
        ("Will'd", "Will"),
        ("Bev'll", "Bev"),
        ("Hargreaves'", "Hargreaves"),
        ("SARAH'S", "SARAH"),
        ("O'Brien", "O'Brien"),
        ("D'Souza", "D'Souza"),
    ],
)
def test_endings_go_and_names_stay(word: str, left: str) -> None:
    """Possessive and contraction are left off; an apostrophe inside a name is the name's."""
    assert without_ending(word) == left


@pytest.mark.parametrize(
    ("one", "other"),
    [("bev", "beverley"), ("beverley", "bev"), ("liz", "elizabeth"), ("bob", "robert")],
)
def test_short_forms_are_one_name(one: str, other: str) -> None:
    """A nickname and the name that it stands for, in either order."""
    assert is_short_form(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("bev", "barbara"), ("john", "jane"), ("robert", "richard"), ("xqx", "xqy"), ("sarah", "sam")],
)
def test_other_names_are_not_short_forms(one: str, other: str) -> None:
    """Names that stand for different full names are two."""
    assert not is_short_form(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hargreaves", "hargreeves"),
        ("philippa", "phillipa"),
        ("sarah", "sara"),
        ("lesley", "leslie"),
    ],
)
def test_a_misheard_name_is_the_same_by_ear(one: str, other: str) -> None:
    """The ear's spellings of one name, in either order."""
    assert sounds_like(one, other)
    assert sounds_like(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("ann", "anne"), ("maria", "mario"), ("wright", "knight"), ("smith", "jones")],
)
def test_names_that_only_look_alike_are_two(one: str, other: str) -> None:
    """Short names and names of another sound are never taken for one another."""
    assert not sounds_like(one, other)


def test_accents_are_left_off() -> None:
    """A folded word loses its accents and nothing else."""
    assert plain("\u0142\u00f3d\u017a") == "\u0142odz"
    assert plain("sarah") == "sarah"
