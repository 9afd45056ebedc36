"""deid.quasi: what is kept and may tell somebody together is counted, and nothing else."""

import pytest

from deid.quasi import quasi_identifiers
from deid.transcript import Transcript, Turn


def counted(*texts: str) -> dict[str, int]:
    """The counts of turns with these texts."""
    turns = tuple(Turn(number, text, "France") for number, text in enumerate(texts))
    return quasi_identifiers(Transcript(turns, "txt"))


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("she went to France", {"country": 1}),
        ("France, FRANCE and france's", {"country": 3}),
        ("Fra\u00adnce", {"country": 1}),
        ("he is Polish", {"nationality-or-ethnicity": 1}),
        ("gabapentin and Gabapentin", {"drug": 2}),
        ("the francefoo, afrance", {}),
        ("nothing of the kind", {}),
        ("", {}),
    ],
)
def test_words_of_each_kind_are_counted(text: str, counts: dict[str, int]) -> None:
    """Whole words in any case; absent kinds are left out."""
    assert counted(text) == counts


def test_turns_add_up_and_labels_do_not_count() -> None:
    """A kind's count is the transcript's; a speaker label is no speech."""
    assert counted("France", "France", "") == {"country": 2}


def test_a_word_at_either_end_of_a_turn_counts() -> None:
    """Beginning and end are boundaries; two turns do not make one word."""
    assert counted("France to France") == {"country": 2}
    assert counted("Fra", "nce") == {}
    assert "\u0130" not in str(counted("\u0130\u0130\u0130 France"))
    assert counted("\u0130\u0130\u0130 France \u00df") == {"country": 1}
