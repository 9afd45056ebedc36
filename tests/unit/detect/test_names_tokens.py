"""Words, their offsets, and how a turn is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.detect.names_case import recased
from deid.detect.names_tokens import Case, tokens_of
from deid.detect.speech import Speech


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
    other = recased(line)
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


def test_a_full_stop_after_a_title_opens_no_sentence() -> None:
    """The words "Dr. Jones" are one stretch, so the capital of "Jones" counts."""
    tokens = tokens_of(_speech("Yes. Dr. Jones came."))
    assert tokens.initial(1)
    assert not tokens.initial(2)
