"""deid.detect.spoken.dates.articles: a day's article is masked with it, and no other "the"."""

import pytest

from deid.detect.speech import Speech
from deid.detect.spoken import family
from deid.transcript import Transcript, Turn


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("I was born on the third of May 1958.", "the third of May 1958"),
        ("The 3rd of the 5th, '58 is his date of birth.", "The 3rd of the 5th, '58"),
        ("The op was on the third of March.", "the third of March"),
        ("born the fourth of the fifth eighty five", "the fourth of the fifth eighty five"),
        ("my birthday is third of May 1958", "third of May 1958"),
    ],
)
def test_with_its_article(said: str, masked: str) -> None:
    """From "the" on, and wholly."""
    hits = family.find(Speech.of(Transcript((Turn(0, said),), "txt")))
    assert masked in {said[hit.start : hit.end] for hit in hits}


def test_nothing_else_begins_with_it() -> None:
    """An article before a number that is no date stays."""
    said = "The 07700 900311 is the number."
    hits = family.find(Speech.of(Transcript((Turn(0, said),), "txt")))
    assert {said[hit.start : hit.end] for hit in hits} == {"07700 900311"}
