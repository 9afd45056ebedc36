"""A number dictated group by group, read back rightly or wrongly, leaves no digit uncovered."""

from dataclasses import dataclass

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from deid.detect.speech import Speech
from deid.detect.spoken import family
from deid.transcript import Transcript, Turn

_ONES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_SPLITS = {
    10: ((3, 3, 4), (3, 2, 2, 3), (2, 2, 2, 2, 2), (3, 7), (6, 4), (3, 3, 2, 2), (4, 3, 3), (5, 5)),
    11: ((5, 6), (5, 3, 3), (3, 2, 3, 3), (4, 3, 4), (5, 2, 2, 2), (3, 4, 4), (4, 4, 3), (7, 4)),
}
_YES = ("yep", "okay", "mm-hmm", "right", "go on", "got it")
_LEADS = ("", "", "then ", "and then ", "um, ", "it's ")
_TAILS = ("", "", " okay", " yep", "?")
_NUMBERS = {
    "NHS number": ("999", 10),
    "mobile number": ("07700900", 11),
    "phone number": ("01632960", 11),
}


@dataclass(frozen=True)
class Dictated:
    """What was said, one turn a line, and where its digits stand."""

    text: str
    digits: tuple[tuple[int, int], ...]


@st.composite
def _said(draw: st.DrawFn, digits: str) -> str:
    """Digits in words, the nought in one of its ways, two alike doubled."""
    zero, doubles, words, place = (
        draw(st.sampled_from(("oh", "zero", "nought"))),
        draw(st.booleans()),
        [],
        0,
    )
    while place < len(digits):
        twice = doubles and digits[place : place + 2] == 2 * digits[place]
        word = zero if digits[place] == "0" else _ONES[int(digits[place])]
        words.append(f"double {word}" if twice else word)
        place += 1 + twice
    return " ".join(words)


@st.composite
def _misheard(draw: st.DrawFn, digits: str) -> str:
    """Two digits changed about, or one heard wrongly."""
    place = draw(st.integers(0, len(digits) - 2))
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    other = str((int(digits[place]) + draw(st.integers(1, 9))) % 10)
    return draw(st.sampled_from((swapped, digits[:place] + other + digits[place + 1 :])))


@st.composite
def _turns(draw: st.DrawFn, groups: list[str]) -> list[tuple[str, str, str]]:
    """Each turn: what stands before its digits, the digits, what stands after."""
    turns: list[tuple[str, str, str]] = []
    for group in groups:
        turns.append((draw(st.sampled_from(_LEADS)), group, draw(st.sampled_from(("", " okay")))))
        answer = draw(st.sampled_from(("echo", "wrong", "yes", "again", "nothing")))
        if answer == "echo":
            turns.append(
                (draw(st.sampled_from(("", "okay, "))), group, draw(st.sampled_from(_TAILS)))
            )
        elif answer == "wrong":
            turns.append(("", draw(_misheard(group)), draw(st.sampled_from(("", "?")))))
            turns.append((draw(st.sampled_from(("no, ", "no, sorry, "))), group, ""))
        elif answer == "yes":
            turns.append((draw(st.sampled_from(_YES)), "", ""))
        elif answer == "again":
            turns += [("sorry, I missed that", "", ""), ("", group, "")]
    return turns


@st.composite
def _dictations(draw: st.DrawFn) -> Dictated:
    cue = draw(st.sampled_from(tuple(_NUMBERS)))
    begin, size = _NUMBERS[cue]
    digits = begin + draw(
        st.text("0123456789", min_size=size - len(begin), max_size=size - len(begin))
    )
    groups, place = [], 0
    for length in draw(st.sampled_from(_SPLITS[size])):
        groups.append(digits[place : place + length])
        place += length
    assume(all(set(group) != {"0"} for group in groups))  # "oh oh" is a cry as well
    turns = draw(_turns(groups))
    last = groups[-1]
    if len(last) > 2:
        wrong = draw(_misheard(last))
        ends = [
            ("so that's ", digits, ""),
            ("the letter says ", wrong, " at the end"),
            ("", last, " at the end"),
        ]
        turns += draw(st.lists(st.sampled_from(ends), max_size=1))
    stops, text, found = draw(st.booleans()), f"What's your {cue}?", []
    for before, group, after in turns:
        text += "\n" + before
        said = draw(_said(group)) if group else ""
        found += [(len(text), len(text) + len(said))] if said else []
        text += said + after
        text += "." if stops and not after.endswith("?") else ""
    return Dictated(text + "\nLovely, thanks.", tuple(found))


@given(_dictations())
@settings(max_examples=150)
def test_every_group_and_every_read_back_is_found(dictated: Dictated) -> None:
    """Whatever the splits, the echoes and the corrections, no digit stays."""
    turns = tuple(Turn(number, line) for number, line in enumerate(dictated.text.split("\n")))
    covered = bytearray(len(dictated.text))
    for hit in family.find(Speech.of(Transcript(turns, format="test"))):
        covered[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
    for start, end in dictated.digits:
        uncovered = [
            at for at in range(start, end) if dictated.text[at].isalpha() and not covered[at]
        ]
        assert not uncovered, f"{dictated.text[start:end]!r} stays in {dictated.text!r}"
