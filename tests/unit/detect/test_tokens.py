"""Words, their offsets, and how a turn is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.detect.network.cased import for_network
from deid.detect.speech import Speech
from deid.detect.words.tokens import Case, tokens_of


def _speech(text: str) -> Speech:
    return Speech(text, (0,), ("",))


@given(st.text(max_size=80))
def test_every_word_stands_where_it_says(text: str) -> None:
    """Offsets are exact for any text, whatever the script."""
    tokens = tokens_of(_speech(text))
    for place in range(len(tokens)):
        assert text[tokens.starts[place] : tokens.ends[place]] == tokens.words[place]


@given(st.text(max_size=80))
def test_recasing_never_moves_a_character(text: str) -> None:
    """The network reads a text of the same length, equal but for case."""
    line = text.replace("\n", " ")
    other = for_network(f"{line} Mostar")
    assert other is not None
    other = other.removesuffix(" Mostar")
    assert len(other) == len(line)
    assert other.casefold() == line.casefold() or other.lower() == line.lower()


@pytest.mark.parametrize(
    ("text", "case"),
    [
        ("I met Sarah", Case.MIXED),
        ("i met sarah", Case.LOWER),
        ("well I met sarah", Case.LOWER),
        ("I MET SARAH", Case.UPPER),
        ("", Case.LOWER),
    ],
)
def test_how_a_turn_is_written(text: str, case: Case) -> None:
    """The word "I" alone says nothing about capitals."""
    assert tokens_of(_speech(text)).cases[0] is case


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("Yeah, and then it went, I think.", None),
        ("yeah and then i'd a cup of tea", None),
        ("Mm. No. Three times a day?", None),
        ("[laughs]", None),
        ("", None),
        ("Yeah, and then Sarah came.", "Yeah, and then Sarah came."),
        ("Reading is nice.", "Reading is nice."),
        ("Hargreaves. No.", "Hargreaves. No."),
        ("then sarah came", "Then Sarah came"),
        ("ach not so bad siobhan", "Ach not so bad Siobhan"),
        ("THEN SARAH CAME", "Then Sarah came"),
    ],
)
def test_the_network_is_asked_only_about_turns_that_may_hold_a_name(
    line: str, read: str | None
) -> None:
    """A capital that only opens a sentence on a plain word is no reason to ask it."""
    assert for_network(line) == read


def test_a_full_stop_after_a_title_opens_no_sentence() -> None:
    """The words "Dr. Jones" are one stretch, so the capital of "Jones" counts."""
    tokens = tokens_of(_speech("Yes. Dr. Jones came."))
    assert tokens.initial(1)
    assert not tokens.initial(2)
