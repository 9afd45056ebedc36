"""Planted canaries in the files of a bundle that people open: Word, REFI-QDA, page, dictionary.

Each test plants one value in one kind of place and nowhere else; what cannot be read whole is
refused, never passed over.
"""

import io
import struct
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deid.bundle.reading import Paragraph
from deid.bundle.refi import refi_bytes
from deid.bundle.word import word_bytes
from deid.bundle.zips import zip_bytes
from deid.errors import WithheldError
from deid.transcript import EntityType
from deid.verify import Finding, Scope, Searcher, SearchValue, Source, Where, check_files

CANARY = "Siobhan Hargreaves"
SEARCHER = Searcher([SearchValue(CANARY, EntityType.PERSON, Source.REGISTER, Scope.STUDY)])
WORD = word_bytes("Transcript t-01", [Paragraph("[Nurse 2]", "Hello.")])
PROJECT = refi_bytes("r-01", {"t-01": "[Nurse 2]: Hello.\n"}, at=datetime(2026, 11, 23, tzinfo=UTC))
_AUTHOR = b"<dc:creator>Siobhan Hargreaves</dc:creator>"


def members(data: bytes) -> dict[str, bytes]:
    """What an archive holds."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def found(folder: Path, name: str, data: bytes) -> list[Finding]:
    """What the check says of a file, besides its raw bytes."""
    (folder / name).write_bytes(data)
    findings = check_files([folder / name], SEARCHER, root=folder)
    return [finding for finding in findings if finding.where is not Where.BYTES]


def changed(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """An archive with something in one member put in another's place."""
    held = members(data)
    assert old in held[name]
    return zip_bytes({**held, name: held[name].replace(old, new, 1)})


def with_members(data: bytes, more: Mapping[str, bytes]) -> bytes:
    """An archive with further members."""
    return zip_bytes({**members(data), **more})


def test_nothing_is_found_where_nothing_is(tmp_path: Path) -> None:
    """Neither in what Word needs around a transcript nor in what a REFI-QDA project does."""
    assert found(tmp_path, "t-01.docx", WORD) == []
    assert found(tmp_path, "project.qdpx", PROJECT) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("word/document.xml", b"Hello.", b"I told Siobhan Hargreaves."),
        ("word/document.xml", b"<w:t>Hello.</w:t>", b"<w:t>Sio</w:t><w:t>bhan Hargreaves</w:t>"),
        ("word/document.xml", b"<w:t>Hello.", b"<w:t>Siobhan</w:t><w:br/><w:t>Hargreaves"),
        ("word/styles.xml", b"<w:qFormat/>", b"<w:Siobhan_Hargreaves/>"),
        ("word/document.xml", b"<w:t>Hello.", b'<w:t xml:id="Siobhan_Hargreaves">Hello.'),
        ("word/document.xml", b"<w:body>", b"<!-- Siobhan Hargreaves --><w:body>"),
        ("word/document.xml", b"<w:body>", b"<?author Siobhan Hargreaves?><w:body>"),
        ("word/document.xml", b"Hello.", b"&#83;iobhan Harg&#114;eaves"),
        ("docProps/core.xml", b"<dcterms:created", _AUTHOR + b"<dcterms:created"),
        ("word/styles.xml", b'w:val="Normal"', b'w:val="Siobhan Hargreaves"'),
        ("_rels/.rels", b"rId1", b"Siobhan_Hargreaves"),
    ],
)  # fmt: skip
def test_every_place_in_a_word_file(tmp_path: Path, name: str, old: bytes, new: bytes) -> None:
    """Speech, split runs, attributes, comments, entities, properties, styles, relations."""
    assert found(tmp_path, "t-01.docx", changed(WORD, name, old, new))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("project.qde", b'name="t-01"', b'name="Siobhan Hargreaves"'),
        ("project.qde", b'origin="deid"', b'origin="siobhan.hargreaves"'),
        ("project.qde", b"<Users>", b"<Users><!--Siobhan Hargreaves-->"),
        ("project.qde", b"</Sources>", b"</Sources><Description>Siobhan Hargreaves</Description>"),
        ("source", b"Hello.", b"I told Siobhan Hargreaves."),
    ],
)
def test_every_place_in_a_project(tmp_path: Path, name: str, old: bytes, new: bytes) -> None:
    """Names, origin, comments, descriptions and the sources themselves."""
    source = next(each for each in members(PROJECT) if each.startswith("sources/"))
    wanted = source if name == "source" else name
    assert found(tmp_path, "project.qdpx", changed(PROJECT, wanted, old, new))


@pytest.mark.parametrize("name", ["sources/Siobhan Hargreaves.txt", "siobhan-hargreaves/a.txt"])
def test_the_name_of_a_member(tmp_path: Path, name: str) -> None:
    """A source that is called after somebody, or in a folder that is."""
    leaks = found(tmp_path, "project.qdpx", with_members(PROJECT, {name: b"Hello.\n"}))
    assert {leak.where for leak in leaks} == {Where.FILE_NAME}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("summary.html", "<p>Purpose What Siobhan&#32;Hargreaves said</p>\n"),
        ("manifest.json", '{"purpose": "What S\\u0069obhan Hargreaves said"}\n'),
        ("data_dictionary.csv", "turns,Siobhan Hargreaves,string\n"),
        ("t-01.txt", "[Nurse 2]: S I O B H A N, Hargreaves.\n"),
    ],
)
def test_pages_and_plain_files(tmp_path: Path, name: str, text: str) -> None:
    """Escapes are read as what they stand for."""
    assert found(tmp_path, name, text.encode())


@pytest.mark.parametrize(
    "more",
    [
        {"word/media/image1.png": b"\x89PNG"},
        {"word/embeddings/a.bin": b"\0"},
        {"noname": b"x"},
        {"word/bad.xml": b"<a>"},
        {"word/bomb.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'},
        {"notes.txt": b"\xff\xfe"},
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, more: Mapping[str, bytes]) -> None:
    """A picture, something embedded, broken XML, entities, bytes that are no text."""
    with pytest.raises(WithheldError):
        found(tmp_path, "t-01.docx", with_members(WORD, more))


def test_an_archive_that_says_more_is_refused(tmp_path: Path) -> None:
    """Comments of archive and member, extra fields, encryption, and what is no archive at all."""
    for spoilt in _spoilt():
        with pytest.raises(WithheldError):
            found(tmp_path, "t-01.docx", spoilt)


def _spoilt() -> list[bytes]:
    commented, extra, noted = io.BytesIO(WORD), io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(commented, "a") as archive:
        archive.comment = b"aside"
    for sink, name, value in (
        (extra, "extra", struct.pack("<HH2s", 9, 2, b"ab")),
        (noted, "comment", b"x"),
    ):
        entry = zipfile.ZipInfo("a.txt")
        setattr(entry, name, value)
        with zipfile.ZipFile(sink, "w") as archive:
            archive.writestr(entry, "Hello.")
    encrypted = bytearray(zip_bytes({"a.txt": b"Hello."}))
    at = encrypted.index(b"PK\x01\x02")
    encrypted[6] |= 1
    encrypted[at + 8] |= 1
    plain = [commented.getvalue(), extra.getvalue(), noted.getvalue(), bytes(encrypted)]
    return [*plain, WORD[: len(WORD) // 2], b"", b"Hello."]


def test_words_before_the_archive_are_found(tmp_path: Path) -> None:
    """A zip file may begin with anything; raw bytes are searched as well."""
    (tmp_path / "t-01.docx").write_bytes(b"SIOBHAN HARGREAVES" + WORD)
    findings = check_files([tmp_path / "t-01.docx"], SEARCHER, root=tmp_path)
    assert {finding.where for finding in findings} == {Where.BYTES}
