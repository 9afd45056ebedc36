"""Lines of a cover sheet: what their key says is a name is one, whatever else the word is."""

import pytest

from deid.detect import cover
from deid.detect.speech import Speech
from deid.transcript import Transcript, Turn


def _found(line: str, speaker: str = "") -> list[str]:
    speech = Speech.of(Transcript((Turn(0, line, speaker=speaker),), "txt"))
    return [speech.text[hit.start : hit.end] for hit in cover.find(speech)]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Participant: Will", ["Will"]),
        ("Participants: Rose, Will and May Long; P04", ["Rose", "Will", "May Long"]),
        ("Interviewee: Siân Hargreaves (P03)", ["Siân Hargreaves"]),
        ("GP: Dr Long", ["Long"]),
        ("Interviewer: beth callaghan", ["beth callaghan"]),
        ("Name\tHope", ["Hope"]),
        ("Transcribed by: jo_achterberg", ["jo_achterberg"]),
        ("Location: Bath", ["Bath"]),
        ("Venue: The Royal, ward 6b", ["The Royal"]),
        ("Audio file: OyelaranP_interview1.m4a", ["OyelaranP_interview1.m4a"]),
        ("Date: 4 May\nLocation: Bath", ["Bath"]),
    ],
)
def test_what_follows_the_key_is_found(line: str, told: list[str]) -> None:
    """Names that are words, places, and files that are called after somebody."""
    assert _found(line) == told


@pytest.mark.parametrize(
    "line",
    ["Participant: Female, 45", "Participant: P04", "Location: Pain Clinic", "Location: Zoom",
     "File: interview_03_final.mp3", "Group: Chronic pain", "Present: All", "Language: Polish",
     "Interviewer: Research Nurse", "Setting: participant's home", "Study: Living Well Together",
     "Interviewer: so tell me about it, will you"],
)  # fmt: skip
def test_who_and_where_in_general_stay(line: str) -> None:
    """Roles, codes, sorts of places and what is said are nobody's."""
    assert _found(line) == []


def test_only_lines_that_nobody_says_are_read() -> None:
    """A speaker who says "Name: Hope" is left to the other rules."""
    assert _found("Name: Hope", speaker="INT") == []
