"""Word files as transcription services send them."""

import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from deid.ingest import read
from deid.transcript import Transcript, TurnKind

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NS = (
    f'xmlns:w="{W}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def saved(document: Document, folder: Path) -> Transcript:
    """What the reader makes of a document."""
    path = folder / "a.docx"
    document.save(str(path))
    return read(path)


def add(document: Document, paragraph: str) -> None:
    """Put raw paragraph XML at the end of the body."""
    document.element.body.insert_element_before(
        parse_xml(f"<w:p {NS}>{paragraph}</w:p>"), "w:sectPr"
    )


def run(text: str, properties: str = "") -> str:
    """A run's XML."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def add_notes(document: Document, name: str, relation: str, notes: dict[str, str]) -> None:
    """Give the document a part of footnotes or endnotes."""
    tag = name[:-1]
    rows = "".join(
        f'<w:{tag} w:id="{key}"><w:p>{run(text)}</w:p></w:{tag}>' for key, text in notes.items()
    )
    rule = f'<w:{tag} w:id="-1" w:type="separator"><w:p>{run("rule")}</w:p></w:{tag}>'
    blob = f"<w:{name} {NS}>{rule}{rows}</w:{name}>".encode()
    uri = PackURI(f"/word/{name}.xml")
    part = Part(uri, WORD + name + "+xml", blob, document.part.package)
    document.part.relate_to(part, relation)


def rows_of(transcript: Transcript) -> list[tuple[str, str, str]]:
    """Kind, speaker and text of every turn."""
    return [(turn.kind.value, turn.speaker, turn.text) for turn in transcript.turns]


def speech(transcript: Transcript) -> list[tuple[str, str]]:
    """Speaker and text of the turns of speech."""
    return [(t.speaker, t.text) for t in transcript.turns if t.kind is TurnKind.SPEECH]


def test_labelled_paragraphs_run_on_over_unlabelled_ones(tmp_path: Path) -> None:
    """Paragraphs are lines: an unlabelled one belongs to the turn before."""
    document = docx.Document()
    for text in ("INT: Hello.", "P1: I fell,", "and got up.", "INT: Right."):
        document.add_paragraph(text)
    assert speech(saved(document, tmp_path)) == [
        ("INT", "Hello."),
        ("P1", "I fell,\nand got up."),
        ("INT", "Right."),
    ]


def test_cover_page_table_headers_and_footers(tmp_path: Path) -> None:
    """All of it is kept as what it is, headers first, footers last, each text once."""
    document = docx.Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = section.first_page_header.paragraphs[0].text = "Strictly"
    section.footer.paragraphs[0].text = "Page 1"
    document.add_heading("Interview with Sarah Jones", 0)
    table = document.add_table(2, 2)
    for place, text in enumerate(("Participant", "Sarah Jones", "Date of interview", "1 May")):
        table.cell(*divmod(place, 2)).text = text
    document.add_paragraph("INT: Hello.")
    document.add_paragraph("Sarah: Hi.")
    assert rows_of(saved(document, tmp_path)) == [
        ("header", "", "Strictly"),
        ("cover", "", "Interview with Sarah Jones"),
        ("cover", "", "Participant\tSarah Jones"),
        ("cover", "", "Date of interview\t1 May"),
        ("speech", "INT", "Hello."),
        ("speech", "Sarah", "Hi."),
        ("footer", "", "Page 1"),
    ]


@pytest.mark.parametrize("heading", [True, False])
def test_three_columns(tmp_path: Path, *, heading: bool) -> None:
    """Time, speaker and speech, with and without headings; merged and blank cells go on."""
    rows = [("00:00:01", "INT", "Hello, how are you?"), ("00:00:09", "Sarah:", "Not so bad.")]
    rows += [("", "", "Well, sometimes."), ("00:01:00", "INT", "I see. Tell me more.")]
    if heading:
        rows.insert(0, ("Time", "Speaker", "Speech"))
    document = docx.Document()
    table = document.add_table(len(rows), 3)
    for y, row in enumerate(rows):
        for x, text in enumerate(row):
            table.cell(y, x).text = text
    turns = saved(document, tmp_path).turns
    assert [(t.speaker, t.text, t.start_ms) for t in turns] == [
        ("INT", "Hello, how are you?", 1_000),
        ("Sarah", "Not so bad.", 9_000),
        ("Sarah", "Well, sometimes.", None),
        ("INT", "I see. Tell me more.", 60_000),
    ]


@pytest.mark.parametrize("name", ["Will", "So"])
def test_a_name_that_is_a_word_speaks_in_a_table(tmp_path: Path, name: str) -> None:
    """Two columns without headings, an everyday word in every other row."""
    document = docx.Document()
    table = document.add_table(0, 2)
    for who in ("Interviewer", name) * 3:
        cells = table.add_row().cells
        cells[0].text, cells[1].text = who, "Something was said here."
    assert [who for who, _ in speech(saved(document, tmp_path))] == ["Interviewer", name] * 3


def test_people_without_names_are_no_cover(tmp_path: Path) -> None:
    """Paragraphs that only tell of a change of speaker are speech."""
    document = docx.Document()
    for text in (">> Hello.", ">> Hi."):
        document.add_paragraph(text)
    assert speech(saved(document, tmp_path)) == [("", "Hello."), ("", "Hi.")]


def test_two_columns_and_a_frame(tmp_path: Path) -> None:
    """Speaker beside speech; a table of one column is a frame around lines."""
    document = docx.Document()
    table = document.add_table(2, 2)
    for place, text in enumerate(("P1", "I fell over.", "INT", "Did you, now?")):
        table.cell(*divmod(place, 2)).text = text
    frame = document.add_table(1, 1)
    frame.cell(0, 0).text = "P1: I did.\nINT: Oh."
    assert speech(saved(document, tmp_path)) == [
        ("P1", "I fell over."),
        ("INT", "Did you, now?"),
        ("P1", "I did."),
        ("INT", "Oh."),
    ]


def test_tracked_changes_are_read_as_accepted(tmp_path: Path) -> None:
    """Insertions and moves to are text; deletions and moves from are counted."""
    document = docx.Document()
    who = 'w:id="1" w:author="Canary Author" w:date="2024-01-01T00:00:00Z"'
    gone = '<w:r><w:delText xml:space="preserve">old </w:delText></w:r>'
    add(document, run("INT: a ") + f"<w:del {who}>{gone}</w:del><w:ins {who}>{run('new ')}</w:ins>")
    add(
        document,
        f"<w:pPr><w:rPr><w:del {who}/></w:rPr></w:pPr>"
        + run("P1: joined ")
        + f"<w:moveFrom {who}>{run('moved')}</w:moveFrom>",
    )
    add(document, run("to this") + f"<w:moveTo {who}>{run(' moved')}</w:moveTo>")
    transcript = saved(document, tmp_path)
    assert speech(transcript) == [("INT", "a new"), ("P1", "joined to this moved")]
    assert transcript.dropped == {"deleted-run": 2}


def test_notes_and_comments_follow_their_turn(tmp_path: Path) -> None:
    """Footnotes, endnotes and comments are turns of their kind; nobody's name comes with them."""
    document = docx.Document()
    add_notes(document, "footnotes", RT.FOOTNOTES, {"2": "a footnote", "3": "an orphan"})
    add_notes(document, "endnotes", RT.ENDNOTES, {"2": "an endnote"})
    paragraph = document.add_paragraph("INT: Hello.")
    document.add_comment(paragraph.runs, text="check this", author="Canary Author", initials="CA")
    add(document, run("P1: yes") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(" no"))
    add(document, run("INT: oh") + '<w:r><w:endnoteReference w:id="2"/></w:r>')
    transcript = saved(document, tmp_path)
    assert rows_of(transcript) == [
        ("speech", "INT", "Hello."),
        ("comment", "", "check this"),
        ("speech", "P1", "yes no"),
        ("footnote", "", "a footnote"),
        ("speech", "INT", "oh"),
        ("footnote", "", "an endnote"),
        ("footnote", "", "an orphan"),
    ]
    assert transcript.dropped == {"comment-author": 1}


def test_a_text_box_is_read_once(tmp_path: Path) -> None:
    """Word writes a box twice, for itself and for older versions."""
    box = f"<w:txbxContent><w:p>{run('in the ')}{run('box')}</w:p></w:txbxContent>"
    document = docx.Document()
    add(
        document,
        run("INT: Hello.") + "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>",
    )
    add(document, run("and more") + f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>")
    assert rows_of(saved(document, tmp_path)) == [
        ("speech", "INT", "Hello.\nand more"),
        ("text-box", "", "in the box"),
        ("text-box", "", "in the box"),
    ]


def test_hidden_text_is_kept_as_hidden(tmp_path: Path) -> None:
    """By the run's own mark, by a style, by a style that is based on one; and shown again."""
    document = docx.Document()
    for name, base, mark in (("Secret", "", "<w:vanish/>"), ("Deeper", "Secret", "")):
        based = f'<w:basedOn w:val="{base}"/>' if base else ""
        document.styles.element.append(
            parse_xml(
                f'<w:style {NS} w:type="character" w:styleId="{name}"><w:name w:val="{name}"/>'
                f"{based}<w:rPr>{mark}</w:rPr></w:style>"
            )
        )
    add(document, run("INT: seen ") + run("one ", "<w:vanish/>") + run("too"))
    add(document, run("P1: a") + run("two", '<w:rStyle w:val="Deeper"/>'))
    shown = '<w:rStyle w:val="Deeper"/><w:vanish w:val="0"/>'
    add(document, run("INT: b") + run(" three", shown))
    assert rows_of(saved(document, tmp_path)) == [
        ("speech", "INT", "seen too"),
        ("hidden", "", "one"),
        ("speech", "P1", "a"),
        ("hidden", "", "two"),
        ("speech", "INT", "b three"),
    ]


def test_runs_fields_links_and_breaks(tmp_path: Path) -> None:
    """Text split over runs is one text; a field's result and a link's words stay."""
    document = docx.Document()
    add(
        document,
        run("IN")
        + run("T: Sa")
        + run("rah")
        + f'<w:hyperlink r:id="rId1">{run(" link")}</w:hyperlink>'
        + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        + '<w:r><w:instrText> DATE </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/>'
        + "</w:r>"
        + run(" May")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        + f'<w:fldSimple w:instr="PAGE">{run(" 3")}</w:fldSimple>'
        + "<w:r><w:tab/><w:t>x</w:t><w:noBreakHyphen/><w:t>y</w:t><w:softHyphen/><w:br/></w:r>"
        + f"<w:sdt><w:sdtPr/><w:sdtContent>{run('end')}</w:sdtContent></w:sdt>"
        + "<m:oMath><m:r><m:t>=2</m:t></m:r></m:oMath>",
    )
    transcript = saved(document, tmp_path)
    assert speech(transcript) == [("INT", "Sarah link May 3\tx-y\u00ad\nend=2")]
    assert transcript.dropped == {"field-code": 2, "link-target": 1}


def test_pictures_are_counted(tmp_path: Path) -> None:
    """A picture holds no text that could be read."""
    png = tmp_path / "dot.png"
    png.write_bytes(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154"
            "08d763f8cfc000000301010018dd8db00000000049454e44ae426082"
        )
    )
    document = docx.Document()
    document.add_paragraph("INT: Look.")
    document.add_picture(str(png))
    assert saved(document, tmp_path).dropped == {"image": 1}


def test_properties_are_never_read(tmp_path: Path) -> None:
    """Author and last editor reach neither turns nor counts."""
    document = docx.Document()
    document.core_properties.author = document.core_properties.last_modified_by = "Canary Author"
    document.core_properties.title = "Canary Title"
    document.add_paragraph("INT: Hello.")
    transcript = saved(document, tmp_path)
    everything = repr([(t.speaker, t.text) for t in transcript.turns]) + repr(transcript)
    assert "Canary" not in everything
    assert "Canary" in zipfile.ZipFile(tmp_path / "a.docx").read("docProps/core.xml").decode()


def test_tables_in_tables_and_deleted_rows(tmp_path: Path) -> None:
    """A nested table's words are its cell's; a row that is tracked as deleted is counted."""
    document = docx.Document()
    table = document.add_table(3, 2)
    for place, text in enumerate(("P1", "I fell over.", "P2", "gone now", "INT", "And then?")):
        table.cell(*divmod(place, 2)).text = text
    inner = table.cell(0, 1).add_table(1, 1)
    inner.cell(0, 0).text = "inner words"
    row = table.rows[1]._tr
    row.insert(0, parse_xml(f'<w:trPr {NS}><w:del w:id="1" w:author="x"/></w:trPr>'))
    transcript = saved(document, tmp_path)
    assert [speaker for speaker, _ in speech(transcript)] == ["P1", "INT"]
    assert "inner words" in transcript.turns[0].text
    assert transcript.dropped == {"deleted-row": 1}


def test_a_teams_transcript(tmp_path: Path) -> None:
    """Name and time on one line, speech below, in one paragraph."""
    document = docx.Document()
    for name, time, text in (("Sarah Jones", "0:03", "Hi."), ("Tom Green", "0:09", "Hello.")):
        document.add_paragraph(f"{name}   {time}\n{text}")
    turns = saved(document, tmp_path).turns
    assert [(t.speaker, t.text, t.start_ms) for t in turns] == [
        ("Sarah Jones", "Hi.", 3_000),
        ("Tom Green", "Hello.", 9_000),
    ]
