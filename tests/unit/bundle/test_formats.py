"""The same transcript for those who code by hand: Word, plain text, REFI-QDA."""

import io
import uuid
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pyarrow as pa
import pytest
from lxml import etree  # type: ignore[import-untyped]  # no stubs

from deid.bundle.reading import Paragraph, paragraphs, plain_text
from deid.bundle.refi import refi_bytes
from deid.bundle.word import word_bytes
from deid.bundle.zips import zip_bytes

AT = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).with_name("refi_profile.xsd")))
SAID = [
    Paragraph("[Participant 1]", 'First line.\nSecond, after <b> & "quotes".'),
    Paragraph("", "Later."),
]


def turns(*rows: tuple[str, str, str]) -> pa.Table:
    """A turns table of kind, speaker and text."""
    kind, speaker, text = (list(column) for column in zip(*rows, strict=True))
    return pa.table({"kind": kind, "speaker": speaker, "text": text})


def members(data: bytes) -> dict[str, bytes]:
    """What an archive holds."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def project(texts: dict[str, str]) -> Any:
    """``project.qde`` of these transcripts."""
    return etree.fromstring(members(refi_bytes("r-01", texts, at=AT))["project.qde"])


def test_a_turn_is_a_paragraph() -> None:
    """Speaker in front; what is no speech says what it is."""
    table = turns(("speech", "[Nurse 2]", "Yes."), ("comment", "", "Check."), ("speech", "", "So."))
    assert plain_text(table) == "[Nurse 2]: Yes.\n\n(comment): Check.\n\nSo.\n"


def test_control_characters_are_shown() -> None:
    """An escape sequence does not reach a terminal; line ends are line feeds; the rest stays."""
    table = turns(
        (
            "speech",
            "A",
            "\x1b[31mred\x07\r\nnext\u2028more\ttab \u00a0caf\u00e9 \U0001f600\x85\ufffe",
        )
    )
    assert [p.text for p in paragraphs(table)] == [
        "\ufffd[31mred\ufffd\nnext\nmore\ttab \u00a0caf\u00e9 \U0001f600\ufffd\ufffd"
    ]


def test_word_shows_every_paragraph() -> None:
    """A heading, then each turn as it reads in plain text."""
    shown = docx.Document(io.BytesIO(word_bytes("Transcript t-01", SAID)))
    assert [p.text for p in shown.paragraphs] == ["Transcript t-01", *map(str, SAID)]


def test_word_tells_nothing_else() -> None:
    """No author, no template, no theme, no picture, no times but a fixed one."""
    data = word_bytes("Transcript t-01", SAID)
    core = docx.Document(io.BytesIO(data)).core_properties
    assert [core.author, core.last_modified_by, core.title, core.comments, core.keywords] == [
        ""
    ] * 5
    assert {str(core.created), str(core.modified)} == {"1601-01-01 00:00:00+00:00"}
    assert set(members(data)) == {
        *("[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/document.xml"),
        *("word/_rels/document.xml.rels", "word/styles.xml"),
    }
    everything = b"".join(members(data).values())
    assert not [
        word for word in (b"python-docx", b"Microsoft Office", b"rsid") if word in everything
    ]


@pytest.mark.parametrize(
    "make", [lambda: word_bytes("t", SAID), lambda: refi_bytes("r", {"t": "x"}, at=AT)]
)
def test_archives_have_one_form(make: Callable[[], bytes]) -> None:
    """The same content is the same bytes, whenever and by whomever it is made."""
    data = make()
    assert data == make()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
    assert {info.date_time for info in infos} == {(1980, 1, 1, 0, 0, 0)}
    assert not any(info.extra or info.comment for info in infos)


def test_the_project_keeps_to_the_standard() -> None:
    """Elements, their order, attributes and types as REFI-QDA 1.5 has them (our own profile).

    Held once by hand against the consortium's own schema (QDA-XML 1.0, Project.xsd of 18 March
    2019), of which no copy may stand here: the declarations of ``Project``, ``Users``, ``User``,
    ``Sources``, ``TextSource`` and ``GUIDType`` were taken from it as they are, and a project of
    two transcripts, made as here, validated. The profile allows less and nothing else: every
    attribute in it is in that schema with the same type or a wider one; what is optional there
    and always written here (``origin``, ``creatingUserGUID``, a source's ``name``) is required.
    Not held against it: how NVivo, ATLAS.ti, MAXQDA or QualCoder read the file.
    """
    made = project({"t-01": "A: b\n", "t-02": "c\n"})
    assert SCHEMA.validate(made), SCHEMA.error_log


@pytest.mark.parametrize(
    "damage",
    [
        lambda root: root.set("guid", str(uuid.uuid4())),
        lambda root: root.attrib.pop("name"),
        lambda root: root.set("creationDateTime", "yesterday"),
        lambda root: root[1][0].set("guid", "t-01"),
        lambda root: root.append(root[0]),
        lambda root: root[1][0].attrib.pop("plainTextPath"),
        lambda root: root[1][0].set("path", "C:\\x"),
    ],
)
def test_the_profile_refuses_what_the_standard_does(damage: Callable[[Any], object]) -> None:
    """So that the test above can fail."""
    made = project({"t-01": "A: b\n"})
    damage(made)
    assert not SCHEMA.validate(made)


def test_every_source_is_in_the_archive() -> None:
    """Each path leads to its text, UTF-8 without a byte order mark, and nothing else is there."""
    texts = {"t-01": "[Nurse 2]: caf\u00e9\n", "t-02": "x\n"}
    held = members(refi_bytes("r-01", texts, at=AT))
    root = etree.fromstring(held.pop("project.qde"))
    found = {}
    for source in root.iter("{urn:QDA-XML:project:1.0}TextSource"):
        path = source.get("plainTextPath").replace("internal://", "sources/")
        found[source.get("name")] = held.pop(path).decode()
    assert (found, held) == (texts, {})


def test_identifiers_are_the_releases_own() -> None:
    """The same in every making of one release, different in another, never twice."""

    def ids(name: str) -> Sequence[str]:
        made = etree.fromstring(
            members(refi_bytes(name, {"a": "1", "b": "2"}, at=AT))["project.qde"]
        )
        return [e.get("guid") for e in made.iter() if e.get("guid")]

    assert ids("r-01") == ids("r-01")
    assert len(set(ids("r-01")) | set(ids("r-02"))) == 2 * len(ids("r-01"))


def test_members_are_in_the_order_given() -> None:
    """Word wants its content types first."""
    assert list(members(zip_bytes({"b": b"1", "a": b"2"}))) == ["b", "a"]
