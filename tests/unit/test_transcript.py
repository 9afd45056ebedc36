"""deid.transcript: values that are refused at birth when wrong, and silent when shown."""

from collections.abc import Callable
from dataclasses import FrozenInstanceError

import pytest

from deid.transcript import Detection, EntityType, Part, Place, Transcript, Turn, TurnKind

CANARY = "Quillfeather"
PLACE = Place(0, Part.TEXT, 2, 5)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Turn(-1, "x"),
        lambda: Turn(0, "x", start_ms=2, end_ms=1),
        lambda: Transcript((Turn(1, "x"),), "txt"),
        lambda: Transcript((Turn(0, "x"), Turn(0, "y")), "txt"),
        lambda: Transcript((Turn(0, "x"), Turn(2, "y")), "txt"),
        lambda: Place(-1, Part.TEXT, 0, 1),
        lambda: Place(0, Part.TEXT, -1, 1),
        lambda: Place(0, Part.TEXT, 1, 1),
        lambda: Place(0, Part.TEXT, 2, 1),
        lambda: Detection(PLACE, EntityType.PERSON, 1.1, "ner", "x"),
        lambda: Detection(PLACE, EntityType.PERSON, -0.1, "ner", "x"),
        lambda: Detection(PLACE, EntityType.PERSON, float("nan"), "ner", "x"),
    ],
)
def test_a_value_that_cannot_be_is_refused(wrong: Callable[[], object]) -> None:
    """Gaps, reversed stretches and times, scores beyond 0 to 1: none comes into being."""
    with pytest.raises(ValueError, match=r"."):
        wrong()


def test_values_are_silent_and_frozen() -> None:
    """Neither speech nor a label shows in repr, and nothing changes afterwards."""
    turn = Turn(0, CANARY, CANARY)
    transcript = Transcript((turn,), "txt")
    assert CANARY not in repr(turn) + repr(transcript)
    with pytest.raises(FrozenInstanceError):
        turn.__setattr__("text", "")


def test_a_turn_s_parts_are_its_label_and_its_text() -> None:
    """Offsets of a part count in that part's string."""
    turn = Turn(0, "words", "Sarah", TurnKind.COMMENT, 5, 5)
    assert (turn.part(Part.SPEAKER), turn.part(Part.TEXT)) == ("Sarah", "words")


def test_words_are_counted_between_white_space() -> None:
    """Labels do not count."""
    turns = (Turn(0, " two  words\n", "Sarah Jones"), Turn(1, ""), Turn(2, "three\u00a0more words"))
    assert Transcript(turns, "txt").words == 5
    assert Transcript((), "txt").words == 0


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        (Place(0, Part.TEXT, 4, 9), True),
        (Place(0, Part.TEXT, 0, 3), True),
        (Place(0, Part.TEXT, 3, 4), True),
        (Place(0, Part.TEXT, 0, 9), True),
        (Place(0, Part.TEXT, 5, 9), False),
        (Place(0, Part.TEXT, 0, 2), False),
        (Place(0, Part.SPEAKER, 2, 5), False),
        (Place(1, Part.TEXT, 2, 5), False),
    ],
)
def test_places_overlap_when_they_share_a_character(other: Place, *, overlaps: bool) -> None:
    """Neighbours do not, nor do places of other turns or parts."""
    assert PLACE.overlaps(other) is overlaps
    assert other.overlaps(PLACE) is overlaps


def test_what_was_dropped_is_in_order() -> None:
    """The same counts are the same value, whatever the order in which they were made."""
    one = Transcript((), "docx", {"b": 1, "a": 2})
    assert list(one.dropped) == ["a", "b"]
    assert one == Transcript((), "docx", {"a": 2, "b": 1})
