"""What is written rather than said: each shape is found, and what only looks alike stays."""

import pytest

from deid.detect import printed
from deid.detect.speech import Speech
from deid.transcript import Transcript, Turn


def _found(text: str) -> list[str]:
    speech = Speech.of(Transcript((Turn(0, text),), "txt"))
    return [text[hit.start : hit.end] for hit in printed.find(speech)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Parked at 51.4136, -2.4956 that day.", "51.4136, -2.4956"),
        ("My IP is 81.2.69.142.", "81.2.69.142"),
        ("It's in C:\\Users\\oyelaranp\\int1.docx now", "C:\\Users\\oyelaranp\\int1.docx"),
        ("Paid into GB29 NWBK 6016 1331 9268 19.", "GB29 NWBK 6016 1331 9268 19"),
        ("My licence is OYELA 605041 P99AB.", "OYELA 605041 P99AB"),
        ("We had #JusticeForPhilippa on it.", "#JusticeForPhilippa"),
        ("Best wishes,\nWill", "Will"),
        ("Kind regards\n\nWill Long", "Will Long"),
    ],
)
def test_each_shape_is_found(text: str, told: str) -> None:
    """Without a cue, since nothing else is written so."""
    assert told in _found(text)


@pytest.mark.parametrize(
    "text",
    ["version 1.2.3 of it, 0.5, 0.25", "#pain and #MeToo",
     "Thanks,\nI will see you then.", "It was 3.14 or 2.72.",
     "Best wishes,\nand see you on Monday"],
)  # fmt: skip
def test_what_only_looks_alike_stays(text: str) -> None:
    """Versions, fractions, causes and sentences are nobody's."""
    assert _found(text) == []
