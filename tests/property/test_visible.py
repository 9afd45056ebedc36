"""deid.visible: whatever is hidden or written alike, the way back leads to the same characters."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deid.visible import visible

_HIDDEN = "\u00ad\u200b\u200d\u202e\ufeff"
_ALIKE = "\u2019\u2018`\u00b4\u201c\u2010\u00a0\u2003\u0301\u0308e\u00e9Aa\u0130"
_MARKS = ":=[]\u2191\u2193\u00b0"
TEXT = st.text(st.sampled_from(_HIDDEN + _ALIKE + _MARKS + "ame") | st.characters(), max_size=40)


@given(TEXT)
def test_every_visible_character_points_at_its_own_source(text: str) -> None:
    """A stretch of the visible form, carried back, is a stretch that looks the same."""
    view = visible(text)
    for start in range(len(view.text)):
        low, high = view.source(start, start + 1)
        assert 0 <= low < high <= len(text)
        shown = visible(text[low:high]).text
        same = shown.casefold().startswith(view.text[start].casefold())
        assert same or (view.text[start] == " " and shown.isspace())


@given(TEXT)
def test_the_way_back_is_in_order_and_leaves_no_gap_after_the_first(text: str) -> None:
    """Neighbours in the visible form are neighbours in the source: nothing hides in between."""
    view = visible(text)
    ends = [view.source(place, place + 1) for place in range(len(view.text))]
    assert all(one[1] == other[0] for one, other in pairwise(ends))
    if ends:
        assert ends[-1][1] == len(text)


@given(TEXT)
def test_what_is_visible_is_already_visible(text: str) -> None:
    """The visible form of the visible form is itself, so that readers may nest."""
    once = visible(text).text
    assert visible(once).text == once


_PLAIN = st.characters(max_codepoint=0x7E, min_codepoint=0x20, exclude_characters="`(-*_" + _MARKS)


@given(st.text(_PLAIN))
def test_plain_text_is_itself(text: str) -> None:
    """Plain text costs nothing: the same string, and offsets that are the same."""
    view = visible(text)
    assert view.text == text
    assert view.offsets is None


_SMALL = st.text("abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=6)


_INSIDE = st.sampled_from(["::", ":::", "=", "(h)", *_MARKS[2:]])


@given(st.lists(_SMALL, min_size=2, max_size=4), _INSIDE)
def test_marks_of_length_pitch_and_overlap_hide_inside_words(parts: list[str], mark: str) -> None:
    """A name is whole however an analyst wrote it down: "Sa::rah", "Ro=sa"."""
    view = visible(f"so {mark.join(parts)} came")
    assert view.text == f"so {''.join(parts)} came"
    end = 3 + len("".join(parts))
    assert view.source(3, end) == (3, 3 + len(mark.join(parts)))


@given(_SMALL, st.sampled_from(["um", "uh", "er", "erm"]), st.booleans())
def test_a_spoken_pause_is_not_read(word: str, said: str, commas: bool) -> None:
    """Within what is said it parts nothing; commas keep two people apart."""
    pause = f", {said}, " if commas else f" {said} "
    assert visible(f"the{pause}{word}qx").text == f"the {word}qx"
    assert visible(f"in Ab{pause}Road").text == "in Ab Road"
    assert visible(f"told Dave, {said}, Sarah").text == f"told Dave, {said}, Sarah"


@given(_SMALL, st.sampled_from(["\n", "\r\n", "\n   ", " \n\t"]))
def test_a_wrapped_line_goes_on(word: str, end: str) -> None:
    """A place is whole across a line's end; short lines and keys stay lines."""
    line = "we lived for a good many years in Abbots"
    view = visible(f"{line}{end}{word}qx then")
    assert view.text == f"{line} {word}qx then"
    assert view.source(len(line), len(line) + 1) == (len(line), len(line) + len(end))
    assert visible(f"Abbots\n{word}").text == f"Abbots\n{word}"
    assert visible(f"{line}\nDate: {word}").text == f"{line}\nDate: {word}"


@given(_SMALL, st.sampled_from(["*", "**", "_"]))
def test_a_stressed_word_is_a_word(word: str, mark: str) -> None:
    """What stands around it does not hide it; inside words and sums nothing is taken."""
    assert visible(f"so {mark}{word}{mark} did.").text == f"so {word} did."
    assert visible(f"4 * {word} = a*b, first_name").text == f"4 * {word} = a*b, first_name"


@given(_SMALL, st.integers(1, 3), st.booleans())
def test_what_is_begun_again_belongs_to_its_word(word: str, begun: int, twice: bool) -> None:
    """A stammer is neither a word of its own nor left behind: "D-Dave", "m-m-Margaret"."""
    name = f"{word}qx".capitalize()
    first = f"{name[:begun].lower()}-" * (1 + twice)
    view = visible(f"so {first}{name} came")
    assert view.text == f"so {name} came"
    assert view.source(3, 3 + len(name)) == (3, 3 + len(first) + len(name))


@pytest.mark.parametrize("unit", ["a- ", "aa-", "nineteen- ", "(.) ", "ab:", "a::", "a(h)", "[a"])
def test_a_megabyte_of_marks_ends(unit: str) -> None:
    """The cost of no mark grows with the square of the text (the suite's time limit would tell)."""
    text = unit * (1_000_000 // len(unit))
    assert len(visible(text).text) <= len(text)


@given(_SMALL)
def test_a_colon_behind_what_asks_for_a_name_parts_two_words(name: str) -> None:
    """A form filled in without a blank does not become one word that nobody knows."""
    form = f"name:{name} dob:{name}"
    assert visible(form).text == form


@given(st.sampled_from("\u00e9\u00f1\u00fc\u0175\u0177\u0144"))
def test_an_accent_written_apart_is_the_same_letter(letter: str) -> None:
    """Composed and decomposed accents make one word, and the accent is not left behind."""
    apart = unicodedata.normalize("NFD", f"x{letter}y")
    view = visible(apart)
    assert view.text == f"x{letter}y"
    assert view.source(1, 2) == (1, len(apart) - 1)
