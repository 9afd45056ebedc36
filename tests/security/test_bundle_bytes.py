"""A bundle on the receiving side: whatever is changed, added or taken away shows."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from deid import bundle, keys, store
from deid.bundle import MANIFEST, SIGNATURE, About, Approval, Approved, Check, Flaw
from deid.settings import Study
from deid.store import RedactionRow, Table, TranscriptRow, TurnRow
from deid.workspace import Workspace

PLACES = 2_000
"""Bytes changed in all, as many in each file, at random places besides its first and last."""
AT = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
STUDY = Study(
    id="LWT",
    title="Living Well Together",
    iras_id="000000",
    rec_reference="26/XX/0000",
    sponsor="University of Example",
    sites=("Example NHS Trust",),
    participant_groups=("patients",),
    approved_recipients=("University of Example",),
    approved_from=date(2026, 1, 1),
    approved_until=date(2028, 12, 31),
)


def approved(folder: Path, transcript_id: str) -> Approved:
    """A finished transcript."""
    said = [("[Participant 1]", "Seven out of ten."), ("[Nurse 2]", "Since when?")]
    turns = [
        TurnRow(
            study_id="LWT",
            transcript_id=transcript_id,
            turn=number,
            kind="speech",
            speaker=speaker,
            start_ms=None,
            end_ms=None,
            text=text,
            n_redactions=0,
        )
        for number, (speaker, text) in enumerate(said)
    ]
    row = TranscriptRow(
        study_id="LWT",
        transcript_id=transcript_id,
        format="txt",
        words=5,
        speakers=2,
        turns=2,
        n_redactions=1,
        redactions_by_type={"PERSON": 1},
        flags={},
        dropped={},
        code_version="0.1.0",
        model_name="model",
        model_version="1.0",
        model_digest="1" * 64,
        policy_digest="2" * 64,
        config_digest="3" * 64,
        register_digest="4" * 64,
        lists_digest="5" * 64,
    )
    redaction = RedactionRow(
        transcript_id=transcript_id,
        turn=0,
        part="speaker",
        start=0,
        end=15,
        entity_type="PERSON",
        pseudonym="[Participant 1]",
        operator="pseudonym",
        recogniser="register",
        rule="name",
        score=1.0,
        by_person=False,
        original_hmac="6" * 64,
    )
    files = store.write_transcript(
        folder / "staging",
        folder / "audit" / "redactions",
        transcript_id=transcript_id,
        turns=turns,
        transcript=row,
        redactions=[redaction],
    )
    return bundle.read_approved(folder, transcript_id, files)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ed25519PublicKey]:
    """A bundle of two transcripts and the key that it is signed with; only to be copied."""
    root = tmp_path_factory.mktemp("bundle")
    workspace = Workspace.create(root / "w")
    signing = keys.create(workspace)
    about = About(
        release_id="r-0123456789abcdef",
        made_at=AT,
        study=STUDY,
        recipient="University of Example",
        purpose="Thematic <script>alert(1)</script> analysis",
        approvals=(Approval("checker", AT, "7" * 64), Approval("checker", AT, "7" * 64)),
        checks=(Check("leaks", 0, 0, "hits"),),
        audit_head="8" * 64,
    )
    folder = bundle.temporary(workspace.outbox)
    transcripts = [approved(workspace.root, f"t-000000000000000{n}") for n in (1, 2)]
    bundle.write(folder, transcripts, about, signing)
    return folder, signing.public_key


@pytest.fixture
def copy(made: tuple[Path, Ed25519PublicKey], tmp_path: Path) -> Path:
    """A copy of the bundle that may be written to."""
    folder = tmp_path / "received"
    shutil.copytree(made[0], folder)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700)
    return folder


def names(folder: Path) -> list[str]:
    """Every file of a bundle."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in found)


def test_an_untouched_bundle_holds(made: tuple[Path, Ed25519PublicKey], copy: Path) -> None:
    """Under any name, anywhere, with the public key alone."""
    verdict = bundle.verify(copy, made[1])
    assert (verdict.problem, verdict.files) == (None, len(names(copy)) - 2)


def test_every_changed_byte_shows(made: tuple[Path, Ed25519PublicKey], copy: Path) -> None:
    """First, last and random places of every file; the file that is named is the one changed."""
    random = Random(4)  # noqa: S311 - which places are tried is no secret
    missed, every = [], names(copy)
    for name in every:
        path = copy / name
        whole = path.read_bytes()
        places = {
            0,
            len(whole) - 1,
            *(random.randrange(len(whole)) for _ in range(PLACES // len(every))),
        }
        for place in sorted(places):
            changed = bytearray(whole)
            changed[place] ^= 1 << random.randrange(8)
            path.write_bytes(changed)
            problem = bundle.verify(copy, made[1]).problem
            expected = MANIFEST if name == SIGNATURE else name
            if problem is None or problem.where != expected:
                missed.append((name, place))
        path.write_bytes(whole)
    assert missed == []
    assert bundle.verify(copy, made[1]).ok


@pytest.mark.parametrize("size", [-1, 1])
def test_a_shortened_or_lengthened_file_shows(
    made: tuple[Path, Ed25519PublicKey], copy: Path, size: int
) -> None:
    """In every file, the signature's among them."""
    for name in names(copy):
        whole = (copy / name).read_bytes()
        (copy / name).write_bytes(whole[:-1] if size < 0 else whole + b"\n")
        assert not bundle.verify(copy, made[1]).ok, name
        (copy / name).write_bytes(whole)


def test_a_missing_file_shows(made: tuple[Path, Ed25519PublicKey], copy: Path) -> None:
    """Each of them by name."""
    for name in names(copy):
        aside = (copy / name).rename(copy.parent / "aside")
        problem = bundle.verify(copy, made[1]).problem
        assert problem is not None
        assert (problem.where, problem.flaw) in {(name, Flaw.MISSING), (name, Flaw.NO_BUNDLE)}
        aside.rename(copy / name)


@pytest.mark.parametrize(
    ("what", "flaw", "where"),
    [
        (lambda b: (b / "notes.txt").write_text("x"), Flaw.EXTRA, "notes.txt"),
        (lambda b: (b / "transcripts" / ".x").write_text("x"), Flaw.EXTRA, "transcripts/.x"),
        (lambda b: (b / "empty").mkdir(), Flaw.EXTRA, "empty"),
        (lambda b: (b / "link").symlink_to("manifest.json"), Flaw.NOT_A_FILE, "link"),
        (lambda b: _linked(b, "turns.parquet"), Flaw.NOT_A_FILE, "turns.parquet"),
        (lambda b: _linked(b, "transcripts"), Flaw.NOT_A_FILE, "transcripts/t-"),
        (lambda b: _linked(b, MANIFEST), Flaw.NOT_A_FILE, MANIFEST),
        (lambda b: (b / "a\x1b[31m\n").write_text("x"), Flaw.EXTRA, "a\x1b[31m\n"),
    ],
)
def test_what_was_not_released_shows(
    made: tuple[Path, Ed25519PublicKey],
    copy: Path,
    what: Callable[[Path], object],
    flaw: Flaw,
    where: str,
) -> None:
    """Files, folders and links; a name that would command a terminal is shown harmlessly."""
    what(copy)
    problem = bundle.verify(copy, made[1]).problem
    assert problem is not None
    assert (problem.flaw, problem.where[: len(where)]) == (flaw, where)
    assert str(problem).isprintable()


def _linked(folder: Path, name: str) -> None:
    """Put a link to the very same content in its place."""
    aside = folder.parent / "aside"
    (folder / name).rename(aside)
    (folder / name).symlink_to(aside)


def test_another_key_does_not_do(copy: Path) -> None:
    """A bundle signed by somebody else is none of ours."""
    other = Ed25519PrivateKey.generate().public_key()
    problem = bundle.verify(copy, other).problem
    assert problem is not None
    assert problem.flaw is Flaw.BAD_SIGNATURE


def test_a_signature_has_one_form(made: tuple[Path, Ed25519PublicKey], copy: Path) -> None:
    """The same signature in capitals, or with a space more, is a changed file."""
    told = json.loads((copy / SIGNATURE).read_text())
    for text in (
        json.dumps(told) + "\n",
        (copy / SIGNATURE).read_text().replace(told["signature"], told["signature"].upper()),
        "[]",
        "null",
        "[" * 100_000,
    ):
        (copy / SIGNATURE).write_text(text)
        assert not bundle.verify(copy, made[1]).ok


def test_a_folder_that_is_no_bundle_is_told(
    made: tuple[Path, Ed25519PublicKey], tmp_path: Path
) -> None:
    """Empty, or not there."""
    for folder in (tmp_path, tmp_path / "nowhere"):
        problem = bundle.verify(folder, made[1]).problem
        assert problem is not None
        assert problem.flaw is Flaw.NO_BUNDLE


def test_a_page_runs_nothing(copy: Path) -> None:
    """What a requester typed is text; there is no script and nothing is fetched."""
    page = (copy / "summary.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert not [word for word in ("src=", "href=", "@import", "url(") if word in page]


def test_no_keyed_digest_travels(copy: Path) -> None:
    """Nor does its column, in tables or dictionary."""
    everything = b"".join((copy / name).read_bytes() for name in names(copy))
    assert b"6" * 64 not in everything
    assert b"original_hmac" not in everything


def test_no_table_is_wider_than_what_may_travel(made: tuple[Path, Ed25519PublicKey]) -> None:
    """The one column table decides, for each of the three."""
    for table in Table:
        allowed = {column.name for column in store.columns(table) if column.travels}
        assert set(pq.read_schema(made[0] / f"{table}.parquet").names) == allowed
