"""Which lines begin with a speaker, and which only look like it."""

import pytest

from deid.ingest import times
from deid.ingest.forms import candidate
from deid.ingest.labels import Book, speaker_of
from deid.ingest.plain import split
from deid.ingest.shapes import Shape, shape_of, words

ONCE = [
    ("INT: So, tell me", "INT", "So, tell me"),
    ("Interviewer:\tSo", "Interviewer", "So"),
    ("P1: yes", "P1", "yes"),
    ("P1:yes", "P1", "yes"),
    ("Speaker 2: yes", "Speaker 2", "yes"),
    ("Female Speaker: yes", "Female Speaker", "yes"),
    ("Participant 03 (F, 45): yes", "Participant 03 (F, 45)", "yes"),
    ("SARAH: oh", "SARAH", "oh"),
    ("Sarah (tutor): I teach", "Sarah (tutor)", "I teach"),
    ("Mr. O'Brien-Smith: yes", "Mr. O'Brien-Smith", "yes"),
    ("van der Berg: yes", "van der Berg", "yes"),
    ("Tom's mum: yes", "Tom's mum", "yes"),
    ("Siân Ап Rhys: ie", "Siân Ап Rhys", "ie"),
    ("[Sarah]: yes", "Sarah", "yes"),
    ("**Sarah:** yes", "Sarah", "yes"),
    ("\ufeffSarah: yes", "Sarah", "yes"),
    ("Sarah : yes", "Sarah", "yes"),
    ("Dr Jones - yes", "Dr Jones", "yes"),
    ("Dr Jones \u2013 yes", "Dr Jones", "yes"),
    ("<v Sarah Jones>Hello</v>", "Sarah Jones", "Hello"),
    ("<v.loud Sarah Jones>Hello", "Sarah Jones", "Hello"),
    ("[00:12:03] P1: yes", "P1", "yes"),
    ("00:12:03 Sarah: yes", "Sarah", "yes"),
    ("#00:12:03-5# INT: yes", "INT", "yes"),
    ("Sarah (00:12:03): yes", "Sarah", "yes"),
    ("Sarah: [00:12:03] yes", "Sarah", "yes"),
    ("Sarah 00:12:03: yes", "Sarah", "yes"),
    ("Speaker 2 [00:12:03] yes", "Speaker 2", "yes"),
    ("P1\tyes", "P1", "yes"),
    ("P1: 10:30, I think", "P1", "10:30, I think"),
    ("P1: [laughs] no", "P1", "[laughs] no"),
    ("P1: <place 00:01:02> no", "P1", "<place 00:01:02> no"),
]


@pytest.mark.parametrize(("line", "speaker", "text"), ONCE)
def test_a_label_is_taken_off(line: str, speaker: str, text: str) -> None:
    """Each form of label is read even where it occurs once."""
    (piece,) = split(line)
    assert (piece.speaker, piece.text) == (speaker, text)
    assert line[piece.speaker_start :].startswith(speaker)


NEVER = [
    "So I said to him: no",
    "Note: she left the room",
    "NB: she left the room",
    "10:30 we left",
    "We left at 10:30 and came back",
    "at 10:30 we left",
    "http://example.org/page is where",
    "https: the thing",
    "the thing is: I never went",
    "And then she goes: what",
    "But Sarah: no",
    "Thanks :) yes",
    "My problem is this: it hurts",
    "Yeah - no, I know",
    "Well - no",
    "[inaudible 00:12:03] yes",
    "[laughs] yes",
    "<place 00:01:02> is where I live",
    "It was lovely. Honestly: lovely",
    "Date: 12 March",
]


@pytest.mark.parametrize("line", NEVER)
def test_speech_is_not_taken_for_a_label(line: str) -> None:
    """Ordinary speech keeps every character, in an unlabelled file and beside labels."""
    (piece,) = split(line)
    assert (piece.speaker, piece.text) == ("", line)
    before, after = "INT: Hello, come in.\nP1: Hi.\n", "\nINT: Bye.\nP1: Bye."
    said = [found for found in split(before + line + after) if line in found.text]
    assert [found.speaker for found in said] == ["P1"]


@pytest.mark.parametrize("label", ["NickBos", "sarah", "mary-ann", "gran o'neill", "tuk_tuk"])
def test_an_unusual_label_is_credible_when_it_comes_again(label: str) -> None:
    """Lower-case names, and names without a space, count when they repeat."""
    text = f"{label}: hello there\nsome more speech\n{label}: and again"
    assert [piece.speaker for piece in split(text)] == [label, label]


def test_a_capital_before_a_colon_needs_company() -> None:
    """One heading-like word in unlabelled speech is speech; in a labelled file it is a label."""
    prose = "I slept badly.\nPain: seven out of ten.\nThen I got up.\nAnd I went out."
    assert {piece.speaker for piece in split(prose)} == {""}
    talk = "INT: hello\nP1: hi\nSarah: can I say\nINT: yes"
    assert [piece.speaker for piece in split(talk)] == ["INT", "P1", "Sarah", "INT"]


def test_label_and_time_on_a_line_of_their_own() -> None:
    """A line of label and time gives the speaker and start of the lines below."""
    text = "Speaker 1   00:00:03\nHello there.\nSarah Jones  0:09\nHi.\nMore."
    found = split(text)
    assert [(p.speaker, p.text, p.start_ms) for p in found] == [
        ("Speaker 1", "Hello there.", 3_000),
        ("Sarah Jones", "Hi.\nMore.", 9_000),
    ]


def test_time_before_a_label_without_a_colon() -> None:
    """Word's own transcripts put the time first and no colon."""
    text = "00:00:03 Speaker 1\nHello.\n00:00:10 Speaker 2\nHi.\n00:00:12 Speaker 1\nSo."
    assert [(p.speaker, p.start_ms) for p in split(text)] == [
        ("Speaker 1", 3_000),
        ("Speaker 2", 10_000),
        ("Speaker 1", 12_000),
    ]


def test_roles_alone_on_their_lines() -> None:
    """A role word alone on a line is a label when it comes again."""
    text = "INTERVIEWER\nHello.\nPARTICIPANT\nHi.\nINTERVIEWER\nSo.\nPARTICIPANT\nYes."
    assert [p.speaker for p in split(text)] == ["INTERVIEWER", "PARTICIPANT"] * 2


def test_dashes_do_not_compete_with_colons() -> None:
    """In a file whose labels have colons a dash breaks off speech."""
    text = "Nurse: hello\nSarah: I saw\nDr Jones - he is my doctor\nNurse: and\nSarah: yes"
    assert [p.speaker for p in split(text)] == ["Nurse", "Sarah", "Nurse", "Sarah"]


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        ("[00:12:03]", (723_000, None)),
        ("00:12:03.250", (723_250, None)),
        ("00:12:03,250 --> 00:12:04,000", (723_250, 724_000)),
        ("#00:01:02-5#", (62_500, None)),
        ("(12:03)", (723_000, None)),
        ("00:00:02.0000000", (2_000, None)),
        ("00:12:03:14", (723_000, None)),
        ("00:00:05 - 00:00:02", (5_000, None)),
    ],
)
def test_stamps_are_milliseconds(stamp: str, expected: tuple[int, int | None]) -> None:
    """Hours, fractions, tenths and ranges; an end before its start is no end."""
    assert times.is_stamp(stamp)
    assert times.milliseconds(stamp) == expected


@pytest.mark.parametrize("text", ["[inaudible 00:12:03]", "half past 10:30", "10", "[name]", ""])
def test_other_text_is_no_stamp(text: str) -> None:
    """Words beside a time make it a tag or speech."""
    assert not times.is_stamp(text)


def test_a_speaker_cell_loses_its_colon_and_time() -> None:
    """In a table the label stands in its own cell."""
    assert speaker_of(" P1: ") == ("P1", (None, None))
    assert speaker_of("00:00:09 Sarah Jones") == ("Sarah Jones", (9_000, None))
    assert speaker_of("Sarah Jones 0:09") == ("Sarah Jones", (9_000, None))


def test_the_lists_do_not_contradict_each_other() -> None:
    """A role is never a word that cannot speak, and every list is in lower case."""
    lists = words()
    assert not lists.roles & lists.discourse
    for one in (lists.roles, lists.titles, lists.particles, lists.discourse, lists.cover):
        assert one
        assert all(word == word.casefold() for word in one)


def test_shapes() -> None:
    """The five shapes are told apart."""
    assert shape_of("Interviewer 2") is Shape.ROLE
    assert shape_of("Sarah Jones") is Shape.NAME
    assert shape_of("sarah") is Shape.HANDLE
    assert shape_of("mrs van der berg") is Shape.HANDLE
    assert shape_of("the van der berg") is Shape.NONE
    assert shape_of("Note") is Shape.WEAK
    assert shape_of("and then she said to me") is Shape.NONE


def test_a_candidate_shows_no_name_in_its_repr() -> None:
    """Values of this stage are silent."""
    book = Book.of(["Zebedee: hello"])
    assert "zebedee" not in repr(candidate("Zebedee: hello")).casefold()
    assert "zebedee" not in repr(book).casefold()
