"""Plain text cut into turns: what is a turn, what is cover, what time it was."""

from pathlib import Path

from deid.ingest import Limits, read
from deid.ingest.plain import Piece, split
from deid.transcript import TurnKind


def said(text: str) -> list[tuple[str, str]]:
    """Speaker and text of each piece."""
    return [(piece.speaker, piece.text) for piece in split(text)]


def test_lines_without_a_label_belong_to_the_turn_before() -> None:
    """The line feed between them is kept, so offsets into the source stay exact."""
    text = "Doctor: Hello.\nPatient: I fell,\nand then\n\nI got up.\nDoctor: Right."
    assert said(text) == [
        ("Doctor", "Hello."),
        ("Patient", "I fell,\nand then\n\nI got up."),
        ("Doctor", "Right."),
    ]


def test_a_heading_before_the_first_label_is_a_turn_without_a_speaker() -> None:
    """As in the evaluation files."""
    text = "An interview about ants\nBos: They do.\nMe: Really?\nBos: Yes."
    assert said(text)[0] == ("", "An interview about ants")


def test_labelled_lines_stay_separate_turns() -> None:
    """Two lines of one speaker are two turns."""
    assert len(split("P1: yes\nP1: and no")) == 2


def test_a_label_without_speech_is_kept() -> None:
    """The name in it must still be found."""
    assert said("Sarah:\nINT: Hello\nSarah: yes")[0] == ("Sarah", "")


def test_speech_on_the_line_below_its_label() -> None:
    """A label with a colon may stand alone."""
    assert said("INT:\nHello.\nP1:\nHi.") == [("INT", "Hello."), ("P1", "Hi.")]


def test_without_labels_each_line_is_a_paragraph() -> None:
    """A file of long lines is one speaker's turns by line."""
    first, second = "I was born there. " * 10, "Then we moved. " * 10
    assert said(f"{first}\n{second}\n") == [("", first.strip()), ("", second.strip())]


def test_without_labels_short_lines_are_wrapped_paragraphs() -> None:
    """Blank lines set off paragraphs whose lines are broken short."""
    assert said("I was born\nin a town.\n\nThen we\nmoved.") == [
        ("", "I was born\nin a town."),
        ("", "Then we\nmoved."),
    ]


def test_a_stamp_inside_a_turn_starts_a_piece_of_the_same_speaker() -> None:
    """The piece points to the same label and carries the time."""
    text = "P1: I fell\n[00:01:00]\nand got up\n[00:02:00] slowly\nINT: oh"
    found = split(text)
    assert [(p.speaker, p.text, p.start_ms) for p in found] == [
        ("P1", "I fell", None),
        ("P1", "and got up", 60_000),
        ("P1", "slowly", 120_000),
        ("INT", "oh", None),
    ]
    assert {p.speaker_start for p in found[:3]} == {0}


def test_cue_lines_give_start_and_end() -> None:
    """Captions that were pasted into a text file keep their times."""
    (piece,) = split("00:12:03.000 --> 00:12:05.500\nSarah: Hello")
    assert (piece.speaker, piece.start_ms, piece.end_ms) == ("Sarah", 723_000, 725_500)


def test_a_cover_page_is_cover() -> None:
    """What stands before the talk is kept, whole lines, and is not speech."""
    text = (
        "Interview transcript\nParticipant: Sarah Jones\nDate: 12 March 2024\n"
        "Interviewer: Tom Green\n\nInterviewer: So, how are you today?\n"
        "Sarah: Not so bad.\nInterviewer: And the pain?\nSarah: The same.\n"
    )
    found = split(text)
    cover = [p.text for p in found if p.kind is TurnKind.COVER]
    assert cover == [
        "Interview transcript",
        "Participant: Sarah Jones",
        "Date: 12 March 2024",
        "Interviewer: Tom Green",
    ]
    assert [p.speaker for p in found if p.kind is TurnKind.SPEECH] == ["Interviewer", "Sarah"] * 2


def test_who_speaks_may_stand_on_a_cover_page_too() -> None:
    """A "Client" speaks in counselling; among a study's own lines it had the work done."""
    talk = "Client: I feel low.\nTherapist: Since when?\nClient: May.\nTherapist: Go on."
    assert [who for who, _ in said(talk)] == ["Client", "Therapist", "Client", "Therapist"]
    assert said("customer: l s\nclerk: yep\ncustomer: ten")[0] == ("customer", "l s")
    cover = "Project: Pain\nClient: North Trust\nDate: 3 May\n\nINT: Hello.\nP1: Hi.\nINT: So."
    assert [p.kind for p in split(cover)][:4] == [TurnKind.COVER] * 3 + [TurnKind.SPEECH]


def test_every_kind_of_line_end() -> None:
    """Old Mac, Windows and Unicode line ends all part lines; none is lost inside a turn."""
    text = "A1: one\r\nB2: two\rmore\u2028A1: three\x0bB2: four"
    assert said(text) == [("A1", "one"), ("B2", "two\rmore"), ("A1", "three"), ("B2", "four")]


def test_invisible_characters_survive() -> None:
    """Non-breaking spaces, soft hyphens, zero-width characters and curly quotes are text."""
    speech = "Mrs\u00a0Jo\u00adnes\u200b said \u201cyes\u201d"
    assert said(f"INT: {speech}") == [("INT", speech)]


def test_no_text_gives_no_pieces() -> None:
    """White space alone is nothing."""
    assert split("") == split(" \n\t\n") == ()


def test_a_piece_shows_no_speech_in_its_repr() -> None:
    """Pieces are silent values."""
    assert "Zebedee" not in repr(Piece("Zebedee", 0, "Zebedee", 9))


def test_the_reader_turns_crlf_into_lf(tmp_path: Path) -> None:
    """Inside a turn only line feeds remain."""
    path = tmp_path / "a.TXT"
    path.write_bytes(b"INT: one\r\ntwo\r\nP1: three\r\n")
    transcript = read(path, limits=Limits())
    assert transcript.format == "txt"
    assert [(t.speaker, t.text) for t in transcript.turns] == [("INT", "one\ntwo"), ("P1", "three")]
