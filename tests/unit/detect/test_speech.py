"""deid.detect.speech: the joined text of a transcript, and the way back to its turns."""

from deid.detect.speech import Hit, Speech
from deid.transcript import EntityType, Part, Place, Transcript, Turn


def speech_of(*texts: str) -> Speech:
    """The speech of turns with these texts."""
    turns = tuple(Turn(number, text, f"S{number}") for number, text in enumerate(texts))
    return Speech.of(Transcript(turns, "txt"))


def test_turns_are_joined_by_line_feeds() -> None:
    """The text, the offsets and the labels of all turns, empty ones too."""
    speech = speech_of("one", "", "three\nlines")
    assert speech.text == "one\n\nthree\nlines"
    assert speech.starts == (0, 4, 5)
    assert speech.speakers == ("S0", "S1", "S2")


def test_a_stretch_over_turns_is_cut_and_trimmed() -> None:
    """A date split over turns is one place in each, without the white space between."""
    speech = speech_of("born on the fifth ", " er,", "  of April")
    places = list(speech.places(speech.text.index("the"), len(speech.text)))
    assert places == [
        Place(0, Part.TEXT, 8, 17),
        Place(1, Part.TEXT, 1, 4),
        Place(2, Part.TEXT, 2, 10),
    ]


def test_white_space_alone_has_no_place() -> None:
    """What says nothing is found nowhere."""
    speech = speech_of("one", " ", "two")
    assert list(speech.places(3, 6)) == []


def test_hidden_characters_are_inside_the_place() -> None:
    """A soft hyphen in a name, seen by nobody, is covered with the name."""
    speech = speech_of("with Sa\u00adrah \u2019 now")
    start = speech.text.index("Sarah")
    (found,) = speech.detections([Hit(start, start + 5, EntityType.PERSON, 0.9, "ner", "x")])
    assert found.place == Place(0, Part.TEXT, 5, 11)


def test_nothing_said_is_no_speech() -> None:
    """A transcript without turns, and one of empty turns."""
    assert speech_of().text == ""
    assert speech_of("", "").text == "\n"


def test_speech_is_silent_in_repr() -> None:
    """No word shows in a log or a debugger."""
    assert "Quillfeather" not in repr(speech_of("Quillfeather"))
