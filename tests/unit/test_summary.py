"""deid.summary: what a run did, in a sentence fit for anybody."""

import pytest

from deid.errors import Reason
from deid.summary import Summary


@pytest.mark.parametrize(
    ("summary", "sentence"),
    [
        (Summary("r"), "nothing new: 0 unchanged"),
        (Summary("r", unchanged=7), "nothing new: 7 unchanged"),
        (
            Summary("r", unchanged=7, still_withheld=2),
            "nothing new: 7 unchanged; 2 still withheld",
        ),
        (Summary("r", written=3), "3 written, 0 unchanged, 0 withheld"),
        (
            Summary("r", written=3, unchanged=1, withheld={Reason.LEAK: 2, Reason.EMPTY: 1}),
            "3 written, 1 unchanged, 3 withheld (empty 1, leak 2)",
        ),
        (
            Summary("r", withheld={Reason.TIMED_OUT: 1}),
            "0 written, 0 unchanged, 1 withheld (timed-out 1)",
        ),
        (
            Summary("r", waiting={"changing": 2, "open": 1}, later=4),
            "nothing new: 0 unchanged; 3 waiting; 4 more due, not asked for",
        ),
        (
            Summary("r", written=1, waiting={"open": 1}),
            "1 written, 0 unchanged, 0 withheld; 1 waiting",
        ),
    ],
)
def test_the_outcome_in_words(summary: Summary, sentence: str) -> None:
    """Counts and reasons by name; a run that found nothing to do says that."""
    assert summary.sentence() == sentence


def test_withheld_now_counts_every_reason() -> None:
    """What makes a run end unsuccessful is the number of transcripts, not of reasons."""
    assert Summary("r").withheld_now == 0
    assert Summary("r", withheld={Reason.LEAK: 2, Reason.EMPTY: 1}).withheld_now == 3
    assert Summary("r", still_withheld=4).withheld_now == 0
