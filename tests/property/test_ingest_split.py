"""Whatever the text, cutting it into turns loses nothing and misplaces nothing."""

import re
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from deid.ingest.plain import Piece, split

LINES = st.one_of(
    st.text(max_size=40),
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "[00:12:03] ", "00:12:03 ", "0:03 ", "\u200b", "#00:01:02-5# "]),
        st.sampled_from(["INT: ", "Sarah (tutor):\t", "sarah: ", "Dr Jones - ", "P1\t", "Note: "]),
        st.text(max_size=30),
    ),
    st.sampled_from(
        [">> hello", ">> WILL: hi", "- Sarah: oh", "\u2022 Tom: no", "001 P1: yes", '"INT: so"']
    ),
    st.sampled_from(
        ["Will - so", "Will\tyes", "So: I said", "[WILL] hello", "WILL", "[laughs] no"]
    ),
    st.sampled_from(
        ["", "Speaker 2   00:12:03", "<v Sarah Jones>hello</v>", "[laughs]", "10:30", "Date: 1 May"]
    ),
)
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\u2028"])
TEXTS = st.one_of(
    st.text(),
    st.lists(st.tuples(LINES, ENDS), max_size=12).map(
        lambda rows: "".join(part for row in rows for part in row)
    ),
)
MARKS = "\"'\u201c\u201d\u2018\u2019\u2022\u2023\u2043\u00b7\u25aa\u25cf\u25e6."
INVISIBLE = "\ufeff\u200b\u2060\u200e\u200f"
STAMP = re.compile(r"[\[({<#]?\s*\d[\d:.,;\s#>\u2013\u2014to-]*[\])}>#]?|<v(?:\.[\w.-]+)*\s+|</v>")


def spans(pieces: tuple[Piece, ...]) -> list[tuple[int, int]]:
    """What the pieces cover."""
    speakers = {(p.speaker_start, p.speaker_start + len(p.speaker)) for p in pieces if p.speaker}
    texts = {(p.text_start, p.text_start + len(p.text)) for p in pieces if p.text}
    return sorted(speakers | texts)


@settings(max_examples=300)
@given(TEXTS)
def test_offsets_are_exact_and_pieces_are_disjoint(text: str) -> None:
    """Each piece is the slice that it says it is, and no character is in two."""
    pieces = split(text)
    for piece in pieces:
        assert text[piece.text_start : piece.text_start + len(piece.text)] == piece.text
        assert text[piece.speaker_start : piece.speaker_start + len(piece.speaker)] == piece.speaker
        assert piece.text == piece.text.strip()
    covered = spans(pieces)
    assert all(a[1] <= b[0] for a, b in pairwise(covered))
    texts = [piece.text_start for piece in pieces]
    assert texts == sorted(texts)


@settings(max_examples=300)
@given(TEXTS)
def test_nothing_but_stamps_and_label_marks_is_left_out(text: str) -> None:
    """Outside the pieces: white space, times, numbers and marks before labels, and their points."""
    left, at = [], 0
    for start, end in spans(split(text)):
        left.append(text[at:start])
        at = end
    left.append(text[at:])
    for gap in left:
        rest = STAMP.sub("", gap)
        assert not [
            c
            for c in rest
            if not c.isspace() and c not in INVISIBLE + MARKS + "[](){}<>*:\uff1a-|,\u2013\u2014"
        ]


@given(TEXTS)
def test_cutting_again_gives_the_same(text: str) -> None:
    """The cut depends on the text alone."""
    assert split(text) == split(text)
