"""The normaliser: what words stand for, and where each character was said."""

import pytest

from deid.detect.spoken.heard.reading import read


def _chars(text: str) -> list[str]:
    return [stretch.chars for stretch in read(text).stretches]


@pytest.mark.parametrize(
    ("text", "chars"),
    [
        ("nine four three", "943"),
        ("oh o zero nought naught nil", "000000"),
        ("double four triple seven treble two", "44777222"),
        ("sixty-two eighteen", "6218"),
        ("twenty eight", "28"),
        ("nine hundred", "900"),
        ("two hundred and five", "205"),
        ("two thousand and five", "2005"),
        ("943 four seven six, 5919", "9434765919"),
        ("943.476-5919", "9434765919"),
        ("943\n476\n5919", "9434765919"),
        ("nine, um, four, you know, three", "943"),
        ("nine four|yep|three".replace("|", "\n"), "943"),
        ("S M I T H", "SMITH"),
        ("S-M-I-T-H", "SMITH"),
        ("S for sugar, M as in mother", "SM"),
        ("sierra mike india", "SMI"),
        ("L double L double u", "LLLW"),
        ("B S sixteen, one Q U", "BS161QU"),
        ("bs16 1qu", "BS161QU"),
        ("nine [inaudible 00:12:03] four", "94"),
    ],
)
def test_words_stand_for_characters(text: str, chars: str) -> None:
    """One stretch, with the characters that were said."""
    assert _chars(text) == [chars]


def test_each_character_knows_the_words_that_say_it() -> None:
    """The way back to the source is exact, through multiples and fillers."""
    text = "it's double seven, um, sixty-two then"
    reading = read(text)
    (stretch,) = reading.stretches
    words = reading.words
    said = [
        text[words.starts[first] : words.ends[last - 1]]
        for first, last in (stretch.tokens(at, at + 1) for at in range(len(stretch.chars)))
    ]
    assert stretch.chars == "7762"
    assert said == ["double seven", "double seven", "sixty-two", "sixty-two"]


def test_a_question_of_the_listener_ends_a_stretch() -> None:
    """Speech that is more than a backchannel is never inside a stretch."""
    assert _chars("nine four three\nand what comes after that?\nfour seven six") == ["943", "476"]


def test_a_time_is_not_joined() -> None:
    """A colon separates: 10:30 is no run of four digits."""
    assert _chars("10:30") == ["10", "30"]


def test_a_correction_is_marked() -> None:
    """The stretch goes on over "sorry", and says so."""
    (stretch,) = read("nine four three, sorry, nine four four").stretches
    assert stretch.chars == "943944"
    assert "!" in stretch.breaks


def test_lower_case_that_changes_length_keeps_offsets() -> None:
    """A letter whose lower case is two characters does not shift what follows."""
    text = "\u0130\u0130 943"
    reading = read(text)
    assert [text[s:e] for s, e in zip(reading.words.starts, reading.words.ends, strict=True)][
        -1
    ] == "943"


def test_one_reading_serves_all_recognisers() -> None:
    """The same text is read once."""
    text = "nine four three"
    assert read(text) is read(text)


def test_readings_are_not_kept_for_ever() -> None:
    """Memory does not grow with the number of transcripts."""
    for number in range(50):
        read(f"text {number}")
    assert read.cache_info().currsize <= 4
