"""Promise: wherever a recording stops, what was said is read; no rule looks past the end."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from deid.detect import named
from deid.detect.speech import Speech
from deid.detect.spoken import family
from deid.evaluate.gold import read_gold
from deid.transcript import Transcript, Turn

_GOLD = Path(__file__).parents[2] / "sample_data" / "gold"
_TEXTS = [item.text for item in read_gold(sorted(_GOLD.glob("*.jsonl")))]
_ENDS = [
    "",
    " ",
    ", ",
    ",",
    " -",
    "'",
    "'s",
    ". ",
    "?",
    "... ",
    " and",
    " the",
    " Mr",
    " St",
    " dot ",
]
_LONGEST = 200


@settings(max_examples=300)
@given(
    st.sampled_from(_TEXTS),
    st.integers(min_value=0),
    st.integers(min_value=1, max_value=_LONGEST),
    st.sampled_from(_ENDS),
    st.booleans(),
)
def test_a_text_that_is_cut_off_is_read(
    text: str, start: int, size: int, end: str, small: bool
) -> None:
    """Every hit lies within what there is."""
    start %= len(text)
    said = text[start : start + size] + end
    said = said.lower() if small else said
    turns = tuple(Turn(number, line) for number, line in enumerate(said.split("\n")))
    speech = Speech.of(Transcript(turns, "txt"))
    hits = [*named.find(speech, []), *family.find(speech)]
    assert all(0 <= hit.start < hit.end <= len(speech.text) for hit in hits)
