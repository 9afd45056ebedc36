"""The statistics, against figures worked out elsewhere."""

import pytest

from deid.evaluate.scores import Tally, TypeScore, wilson
from deid.evaluate.values import COUNTS_AS, DIRECT, LABELS, NEUTRAL, GoldLabel
from deid.transcript import EntityType


@pytest.mark.parametrize(
    ("caught", "total", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 10, 0.2366, 0.7634),
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 0, 0.0, 1.0),
    ],
)
def test_wilson_gives_the_published_intervals(
    caught: int, total: int, low: float, high: float
) -> None:
    """81/263 and 15/148 are Newcombe's examples (Statistics in Medicine 17, 1998, table I)."""
    assert wilson(caught, total) == pytest.approx((low, high), abs=0.0001)


def test_a_proportion_above_one_is_refused() -> None:
    """More caught than there were is a fault of the caller."""
    with pytest.raises(ValueError, match="caught <= total"):
        wilson(3, 2)


def test_f2_weighs_recall_more_than_precision() -> None:
    """P 0.5 and R 1.0 give 5 * 0.5 / (4 * 0.5 + 1)."""
    one = TypeScore(GoldLabel.PERSON, Tally(4, 4), right=4, useful=5, predicted=8)
    assert one.f2 == pytest.approx(5 * 0.5 / 3)
    other = TypeScore(GoldLabel.PERSON, Tally(2, 4), right=4, useful=4, predicted=4)
    assert one.f2 > other.f2  # type: ignore[operator]  # both have figures


def test_no_case_and_no_prediction_have_no_figure() -> None:
    """A dash is not a nought."""
    empty = TypeScore(GoldLabel.PERSON, Tally(0, 0), right=0, useful=0, predicted=0)
    assert (empty.mentions.recall, empty.precision, empty.f2) == (None, None, None)
    nothing = TypeScore(GoldLabel.PERSON, Tally(0, 3), right=0, useful=0, predicted=3)
    assert nothing.f2 == 0.0


def test_every_entity_type_has_a_gold_label() -> None:
    """A new type cannot be forgotten in the measuring."""
    assert set(EntityType) <= set(LABELS)
    assert set(COUNTS_AS) == set(GoldLabel)
    assert not DIRECT & NEUTRAL
    assert all(label in COUNTS_AS[label] for label in GoldLabel if label is not GoldLabel.UNSURE)
