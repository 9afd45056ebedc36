"""OpenDocument, rich text, CSV and worksheets."""

import datetime as dt
from pathlib import Path

import odfdo
import pytest
from odfdo import Element, Paragraph
from openpyxl import Workbook
from openpyxl.comments import Comment

from deid.errors import InputError, Reason
from deid.ingest import Limits, read
from deid.transcript import Transcript


def rows_of(transcript: Transcript) -> list[tuple[str, str, str]]:
    """Kind, speaker and text of every turn."""
    return [(turn.kind.value, turn.speaker, turn.text) for turn in transcript.turns]


def made(folder: Path, name: str, content: bytes) -> Transcript:
    """What the reader makes of these bytes."""
    path = folder / name
    path.write_bytes(content)
    return read(path)


def odt(folder: Path, *parts: odfdo.Element, header: str = "") -> Transcript:
    """What the reader makes of an OpenDocument of these elements."""
    document = odfdo.Document("text")
    document.body.clear()
    for part in parts:
        document.body.append(part)
    if header:
        (page, *_) = document.styles.root.get_elements("//style:master-page")
        page.append(Element.from_tag(f"<style:header><text:p>{header}</text:p></style:header>"))
    document.save(str(folder / "a.odt"))
    return read(folder / "a.odt")


def test_odt_notes_comments_and_spaces(tmp_path: Path) -> None:
    """Notes and comments follow their turn; runs of spaces, tabs and breaks are characters."""
    first = Paragraph("INT: hello  two\tthree\nfour")
    first.insert_note(after="hello", note_id="n1", citation="1", body="a note")
    first.insert_annotation(after="hello", body="a comment", creator="Canary Author")
    transcript = odt(tmp_path, first, Paragraph("P1: yes"), Paragraph("and no"), header="Top")
    assert rows_of(transcript) == [
        ("header", "", "Top"),
        ("speech", "INT", "hello  two\tthree\nfour"),
        ("comment", "", "a comment"),
        ("footnote", "", "a note"),
        ("speech", "P1", "yes\nand no"),
    ]
    assert transcript.dropped == {"comment-author": 1}


def test_odt_tables_boxes_and_hidden_text(tmp_path: Path) -> None:
    """Columns are read as in Word files; boxes and hidden text stand beside their line."""
    table = odfdo.Table("t")
    for values in (("00:00:01", "INT", "Hello to you."), ("00:00:05", "P1", "And to you.")):
        row = odfdo.Row()
        for value in values:
            row.append_cell(odfdo.Cell(text=value))
        table.append_row(row)
    box = Element.from_tag(
        "<text:p>INT: look<draw:frame><draw:text-box><text:p>in the box</text:p></draw:text-box>"
        '</draw:frame><text:hidden-text text:string-value="hid" text:condition="ooow:1"/> here'
        '<text:a xlink:href="http://example.org"> link</text:a></text:p>'
    )
    transcript = odt(tmp_path, table, box)
    assert rows_of(transcript) == [
        ("speech", "INT", "Hello to you."),
        ("speech", "P1", "And to you."),
        ("speech", "INT", "look here link"),
        ("text-box", "", "in the box"),
        ("hidden", "", "hid"),
    ]
    assert transcript.turns[1].start_ms == 5_000
    assert transcript.dropped == {"link-target": 1}


def test_odt_tracked_deletions_are_counted(tmp_path: Path) -> None:
    """Deleted text is stored apart in the file and is not read."""
    changes = Element.from_tag(
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
        "<office:change-info><dc:creator>Canary</dc:creator></office:change-info>"
        "<text:p>gone</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    )
    line = Element.from_tag('<text:p>INT: he<text:change text:change-id="c1"/>llo</text:p>')
    transcript = odt(tmp_path, changes, line)
    assert rows_of(transcript) == [("speech", "INT", "hello")]
    assert transcript.dropped == {"deleted-run": 1}


RTF = rb"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}}
{\stylesheet{\s1\v Canary style;}}
{\info{\author Canary Author}}{\header Top\par}{\footer Page 1\par}
\pard Interview\par INT: Hello{\footnote\pard a note} there\par
P1: Caf\'e9 \u8217?s {\v hidden }it {\field{\*\fldinst HYPERLINK "http://example.org/canary"}
{\fldrslt link}} \u55357?\u56832? {\deleted gone }end
{\*\atnauthor Canary}{\*\annotation{\*\atnref 1}look}\par
{\pict\pngblip 0011}\trowd\cellx1\cellx2 P1\cell In a table, yes.\cell\row
\trowd\cellx1\cellx2 INT\cell Second row, then.\cell\row \pard INT: after\v0\par}"""


def test_rtf(tmp_path: Path) -> None:
    """All that striprtf leaves out is a turn of its kind, or counted."""
    transcript = made(tmp_path, "a.rtf", RTF)
    assert rows_of(transcript) == [
        ("header", "", "Top"),
        ("cover", "", "Interview"),
        ("speech", "INT", "Hello there"),
        ("footnote", "", "a note"),
        ("speech", "P1", "Caf\u00e9 \u2019s it link \U0001f600 end"),
        ("hidden", "", "hidden"),
        ("comment", "", "look"),
        ("speech", "P1", "In a table, yes."),
        ("speech", "INT", "Second row, then."),
        ("speech", "INT", "after"),
        ("footer", "", "Page 1"),
    ]
    assert transcript.dropped == {
        "comment-author": 1,
        "deleted-run": 1,
        "field-code": 1,
        "image": 1,
    }


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (rb"{\rtf1\ansi INT: hello", Reason.TRUNCATED),
        (rb"{\rtf1\ansi " + b"{" * 5_000, Reason.TRUNCATED),
        (rb"{\rtf1\ansi \u55357?}", Reason.ENCODING),
        (rb"{\rtf1\ansi }", Reason.EMPTY),
    ],
)
def test_bad_rtf(tmp_path: Path, content: bytes, reason: Reason) -> None:
    """Whatever is wrong has its reason."""
    with pytest.raises(InputError) as caught:
        made(tmp_path, "a.rtf", content)
    assert caught.value.reason is reason


@pytest.mark.parametrize(
    "text",
    [
        'speaker,text\nINT,"Hello, you"\nP1,Yes\n',
        "Speaker;Text\nINT;Hello, you\nP1;Yes\n",
        "name\ttranscript\nINT\tHello, you\nP1\tYes\n",
        'INT,"Hello, you"\nP1,Yes\n',
    ],
)
def test_csv(tmp_path: Path, text: str) -> None:
    """Comma, semicolon and tab; with headings and without."""
    transcript = made(tmp_path, "a.csv", text.encode())
    assert rows_of(transcript) == [("speech", "INT", "Hello, you"), ("speech", "P1", "Yes")]


def test_csv_times_and_other_columns(tmp_path: Path) -> None:
    """Seconds and clock times are times; what stands in no known column is a note."""
    text = 'start,end,speaker,text,remark\n1.5,2.25,INT,"two\nlines",ask Zoe\n00:00:09,,P1,Yes,\n'
    transcript = made(tmp_path, "a.csv", text.encode())
    assert rows_of(transcript) == [
        ("speech", "INT", "two\nlines"),
        ("note", "", "remark: ask Zoe"),
        ("speech", "P1", "Yes"),
    ]
    first, _, last = transcript.turns
    assert (first.start_ms, first.end_ms, last.start_ms) == (1_500, 2_250, 9_000)


def test_csv_of_one_column_is_lines(tmp_path: Path) -> None:
    """Labels are then in the text."""
    assert rows_of(made(tmp_path, "a.csv", b"INT: hello\nP1: yes\n")) == [
        ("speech", "INT", "hello"),
        ("speech", "P1", "yes"),
    ]


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ('"It was" hard', '"It was" hard'),
        ('"He said "no" and left"', 'He said "no" and left'),
        ('"She said "no", then left"', 'She said "no", then left'),
        ('"a ""doubled"" and a "single" one"', 'a "doubled" and a "single" one'),
        ('"all "of" it, "twice""', 'all "of" it, "twice"'),
    ],
)
def test_csv_with_a_quote_that_was_not_doubled(tmp_path: Path, said: str, text: str) -> None:
    """It is a character where the line can be cut into the table's columns in one way only."""
    table = f'speaker,text\nINT,"Hello,\nyou"\nP2,{said}\nP1,Yes\n'
    assert rows_of(made(tmp_path, "a.csv", table.encode())) == [
        ("speech", "INT", "Hello,\nyou"),
        ("speech", "P2", text),
        ("speech", "P1", "Yes"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        'P2,"It was" hard, I think',
        'P2,"It was\nall" hard',
        '"P2","no","so","yes"no"',
        '"a" b","c" d","e"',
        'P2,"' + '"x' * 50_000,
    ],
)
def test_csv_that_can_be_cut_in_no_way_or_two_is_refused(tmp_path: Path, line: str) -> None:
    """No speech is put under another's label by a guess; a line of quotes costs no time."""
    table = f"speaker,text\nINT,Hello\n{line}\nP1,Yes\n"
    with pytest.raises(InputError) as caught:
        made(tmp_path, "a.csv", table.encode())
    assert caught.value.reason is Reason.MALFORMED


@pytest.mark.parametrize("name", ["Will", "May", "Mark", "So", "Can", "Will Smith"])
def test_a_speaker_column_holds_names_that_are_words(tmp_path: Path, name: str) -> None:
    """Beside a role that comes again, a word that comes again is a person."""
    rows = "".join(f"{who},Something was said here.\n" for who in ["Interviewer", name] * 3)
    speakers = [who for _, who, _ in rows_of(made(tmp_path, "a.csv", rows.encode()))]
    assert speakers == ["Interviewer", name] * 3


def test_a_column_of_answers_speaks_not(tmp_path: Path) -> None:
    """Where nobody's label stands between them, words are answers."""
    rows = "".join(f"{word},Something was said here.\n" for word in ("Yes", "No", "So", "Yes"))
    assert {who for _, who, _ in rows_of(made(tmp_path, "a.csv", rows.encode()))} == {""}


def test_csv_with_an_open_quote_is_truncated(tmp_path: Path) -> None:
    """A cut-off file is not one giant cell."""
    with pytest.raises(InputError) as caught:
        made(tmp_path, "a.csv", b'speaker,text\nINT,"Hello\nP1,Yes\n')
    assert caught.value.reason is Reason.TRUNCATED


def test_xlsx(tmp_path: Path) -> None:
    """Times, comments, hidden rows and columns, formulas without a value, more sheets."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Time", "Speaker", "Text", "Secret"])
    sheet.append([dt.time(0, 0, 9), "INT", "Hello", "s1"])
    sheet.append([None, "P1", "=A1", None])
    sheet.append([dt.timedelta(seconds=61), "P1", "gone", None])
    sheet["B2"].comment = Comment("check this", "Canary Author")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["D"].hidden = True
    assert sheet.oddHeader is not None
    assert sheet.oddHeader.center is not None
    sheet.oddHeader.center.text = "Top"
    other = book.create_sheet("Sarah Jones")
    other.append(["just a line"])
    path = tmp_path / "a.xlsx"
    book.properties.creator = "Canary Author"
    book.save(path)
    transcript = read(path)
    assert rows_of(transcript) == [
        ("header", "", "Top"),
        ("hidden", "", "Secret"),
        ("speech", "INT", "Hello"),
        ("comment", "", "check this"),
        ("hidden", "", "s1"),
        ("speech", "P1", ""),
        ("hidden", "P1", "gone"),
        ("speech", "", "just a line"),
    ]
    assert transcript.dropped == {
        "column-heading": 1,
        "comment-author": 1,
        "formula": 1,
        "sheet-name": 1,
    }
    assert [t.start_ms for t in transcript.turns if t.start_ms] == [9_000, 61_000]


def test_a_sheet_of_too_many_cells_is_refused(tmp_path: Path) -> None:
    """One stray cell in the last corner would make a reader walk billions of cells."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["XFD1048576"] = "far"
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(InputError) as caught:
        read(tmp_path / "a.xlsx", limits=Limits())
    assert caught.value.reason is Reason.TOO_LARGE
