"""Promise: what was said, typed or named never runs: in a spreadsheet, a browser, a terminal.

Tables of the command line are tried by themselves in ``tests/unit/cli/test_commands.py``; here
bait goes all the way, from a transcript, a file's name and a configuration.
"""

import csv
import io
import sys
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import docx
import pytest
from lxml import etree

from deid import keys, quarantine
from deid.audit import AuditLog, Configured, EventType
from deid.errors import Reason
from deid.quarantine import Record
from deid.vault import TranscriptRecord, TranscriptState, Vault
from deid.workspace import Workspace

type Call = Callable[..., tuple[int, str]]

FORMULA = '=HYPERLINK("http://example.org","x")'
MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>]]>&bogus;<!--"
ESCAPE = "\x1b]0;owned\x07\x1b[2J\x9b31m\x08"
BAIT = f"{FORMULA} {MARKUP} {ESCAPE}"
_CONTROL = [chr(code) for code in (*range(32), *range(127, 160)) if chr(code) not in "\n\t"]


@pytest.fixture
def made(helper: ModuleType, tmp_path: Path) -> Workspace:
    """A workspace with one transcript that is bait from the first to the last turn."""
    workspace = helper.workspace(tmp_path / "w", transcripts=())
    said = [(f"[Participant 1] {FORMULA}", BAIT), (BAIT, MARKUP), ("", FORMULA)]
    helper.finish(workspace, helper.FIRST, said=said)
    assert isinstance(workspace, Workspace)
    return workspace


@pytest.fixture
def built(made: Workspace, helper: ModuleType) -> Path:
    """Its bundle."""
    with helper.opener(made)() as releases:
        helper.add_accounts(releases)
        ash = helper.account(releases, "ash")
        release = releases.request(
            ash,
            transcripts=[helper.FIRST],
            recipient=helper.RECIPIENT,
            purpose=f"{FORMULA} {MARKUP}",
        )
        for name in ("kim", "lee"):
            helper.voted(releases, release.release_id, name)
        return Path(helper.built(releases, release.release_id))


def test_plain_text_holds_no_control_character(built: Path) -> None:
    """Text, page, manifest and dictionary can be shown on a terminal; the words are all there."""
    shown = [path for path in built.rglob("*") if path.suffix in {".txt", ".html", ".csv", ".json"}]
    assert len(shown) >= 5
    for path in shown:
        text = path.read_text(encoding="utf-8")
        assert [char for char in _CONTROL if char in text] == [], path.name
    assert FORMULA in next(built.glob("transcripts/*.txt")).read_text(encoding="utf-8")


def test_the_word_file_holds_text_and_nothing_else(built: Path) -> None:
    """Markup is text, there is no field, no link, no script, nothing fetched from elsewhere."""
    path = next(built.glob("transcripts/*.docx"))
    assert any(MARKUP in block.text for block in docx.Document(str(path)).paragraphs)
    with zipfile.ZipFile(path) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        parts = [archive.read(name) for name in archive.namelist() if name.endswith(".rels")]
    for word in (b"<w:fldSimple", b"<w:instrText", b"<w:hyperlink", b"<script", b"<img"):
        assert word not in everything
    assert not [part for part in parts if b'TargetMode="External"' in part]


def test_the_project_is_sound_and_its_sources_are_text(built: Path) -> None:
    """XML that a parser takes, with none of the bait; sources without control characters."""
    with zipfile.ZipFile(built / "project.qdpx") as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    project = members.pop("project.qde")
    assert etree.fromstring(project) is not None
    assert b"alert" not in project
    for data in members.values():
        assert [char for char in _CONTROL if char in data.decode()] == []


def test_the_page_shows_the_purpose_as_text(built: Path) -> None:
    """And runs nothing, whatever was typed."""
    page = (built / "summary.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "<img" not in page


def test_the_dictionary_is_no_formula(built: Path) -> None:
    """No cell of it starts as one."""
    for row in csv.reader(io.StringIO((built / "data_dictionary.csv").read_text())):
        assert [cell for cell in row if cell.strip()[:1] in {"=", "+", "-", "@"}] == []


@pytest.mark.parametrize("how", ["csv", "table", "json"])
def test_the_log_in_a_spreadsheet_and_on_a_terminal(call: Call, made: Workspace, how: str) -> None:
    """A configured word that is a formula or a recipient's name that is bait runs nowhere."""
    facts = {"recipient": Configured(FORMULA), "sponsor": Configured(f"@{MARKUP}")}
    log = AuditLog(made.events, keys.load(made))
    log.append(EventType.RELEASE_REQUESTED, actor="ash", subject="study", facts=facts)
    at = ("--workspace", made.root, "--format", how)
    queried = "SELECT facts ->> 'recipient' AS r, facts ->> 'sponsor' AS s FROM events"
    for command in (("audit", "show", *at), ("audit", "query", queried, *at)):
        code, said = call(*command)
        assert code == 0, said
        assert [char for char in _CONTROL if char in said.replace("\r\n", "\n")] == []
        if how == "csv":
            cells = [cell for row in csv.reader(io.StringIO(said)) for cell in row]
            assert any(FORMULA in cell for cell in cells)
            assert [cell for cell in cells if cell.strip()[:1] in {"=", "+", "-", "@"}] == []


def test_a_file_name_obeys_nobody(
    call: Call, made: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`deid status --files` shows what a file is called, its control characters as such."""
    transcript_id = "t-00000000000000aa"
    with Vault.open(made.vault, keys.load(made).vault_key) as vault, vault.transaction():
        vault.upsert_transcript(
            TranscriptRecord(
                transcript_id=transcript_id,
                relative_path=f"{ESCAPE}{FORMULA}[bold red].txt",
                content_digest="0" * 64,
                fingerprint="1" * 64,
                state=TranscriptState.WITHHELD,
                outputs={},
            )
        )
    record = Record(
        transcript_id=transcript_id,
        reason=Reason.LEAK,
        stage="verify",
        turn=1,
        detail="2 found",
        run_id="r-1",
        at=datetime.now(UTC),
    )
    quarantine.write(made.quarantine, record)
    monkeypatch.setenv("COLUMNS", "400")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    code, said = call("status", "--files", "--workspace", made.root)
    assert code == 0, said
    assert "HYPERLINK" in said
    assert [char for char in _CONTROL if char in said] == []
