"""``deid audit verify --bundle``: with nothing but bundle and key, and beside the log."""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deid import rotation
from deid.audit import AuditLog, EventType, read
from deid.cli import main
from deid.errors import ExitCode
from deid.keys import load
from deid.release import withdraw
from deid.workspace import Workspace

from . import study

type Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Call:
    """``deid audit verify …`` in a folder where nothing is: exit code, output, error."""
    monkeypatch.delenv("DEID_WORKSPACE", raising=False)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["deid", "audit", "verify", *map(str, arguments)])
        code: int | str | None = 0
        try:
            main()
        except SystemExit as ended:
            code = ended.code
        said = capsys.readouterr()
        return int(code or 0), said.out, " ".join(said.err.split())

    return run


@pytest.fixture
def received(made: Workspace, tmp_path: Path) -> tuple[Path, Path]:
    """A bundle that left, and the public key that came by another way."""
    with study.opener(made)() as releases:
        folder = study.built(releases, study.approved(releases))
        releases.log.checkpoint()
    bundle, key = tmp_path / "received", tmp_path / "trust.pub"
    shutil.copytree(folder, bundle)
    shutil.copy(made.keys / "signing.pub", key)
    for path in (bundle, *bundle.rglob("*")):
        path.chmod(0o700)
    return bundle, key


def test_nothing_but_bundle_and_key(
    made: Workspace, call: Call, received: tuple[Path, Path]
) -> None:
    """Holds, and says that the log was not read; each kind of change is told by its place."""
    bundle, key = received
    shutil.rmtree(made.root, ignore_errors=True)
    code, said, _ = call("--bundle", bundle, "--public-key", key)
    assert (code, "The bundle holds" in said, "log itself was not read" in said) == (0, True, True)
    (head,) = (line.split()[-1] for line in said.splitlines() if line.startswith("Audit head"))
    assert call("--bundle", bundle, "--public-key", key, "--head", head)[0] == 0
    other = call("--bundle", bundle, "--public-key", key, "--head", "0" * 64)
    assert (other[0], "another head" in other[2]) == (ExitCode.AUDIT, True)
    for name in sorted(path.relative_to(bundle) for path in bundle.rglob("*") if path.is_file()):
        whole = (bundle / name).read_bytes()
        (bundle / name).write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        code, _, error = call("--bundle", bundle, "--public-key", key)
        assert code == ExitCode.BUNDLE
        assert ("manifest.json" if name.name == "signature.json" else str(name)) in error
        (bundle / name).write_bytes(whole)
    (bundle / "note.txt").write_text("x")
    assert "note.txt: was not released" in call("--bundle", bundle, "--public-key", key)[2]


def test_a_key_is_asked_for(call: Call, received: tuple[Path, Path]) -> None:
    """The key never comes from the bundle; nor is a log's taken for granted."""
    for options in (("--bundle", received[0]), ("--log", received[0])):
        code, _, error = call(*options)
        assert (code, "--public-key" in error) == (ExitCode.USAGE, True)


def test_beside_the_workspace(made: Workspace, call: Call, received: tuple[Path, Path]) -> None:
    """The log tells who approved and who built; after a withdrawal, that too."""
    both = ("--bundle", received[0], "--workspace", made.root)
    code, said, _ = call(*both)
    assert code == 0
    assert "approved by kim, lee; built by ash" in said
    assert "withdrawn" not in said
    with study.opener(made)() as releases:
        (standing,) = releases.standings()
        withdraw(releases, study.account(releases, "ash"), standing.release.release_id, reason="x")
        releases.log.checkpoint()
    assert "; withdrawn 20" in call(*both)[1]


def test_a_copy_of_the_log_does(
    made: Workspace, call: Call, received: tuple[Path, Path], tmp_path: Path
) -> None:
    """Without the workspace's other files, which are then not looked for."""
    shutil.copytree(made.audit, tmp_path / "copy" / "audit")
    told = ("--log", tmp_path / "copy", "--public-key", received[1])
    assert call(*told)[0] == 0
    assert "approved by kim, lee" in call(*told, "--bundle", received[0])[1]
    assert call(*told, "--workspace", made.root)[0] == ExitCode.USAGE


def test_a_log_that_was_cut_off_is_found_by_the_bundle(
    made: Workspace, call: Call, received: tuple[Path, Path], tmp_path: Path
) -> None:
    """Cut before the bundle's head, or between it and the bundle's own event, at a checkpoint."""
    copy = tmp_path / "copy"
    shutil.copytree(made.audit, copy / "audit")
    told = ("--log", copy, "--public-key", received[1], "--bundle", received[0])
    signed = [e.seq for e in read(made.events, types=(EventType.CHECKPOINT,))]
    assert len(signed) >= 3
    for kept, place, wanted in (
        (signed[0], "no line of the audit log has the head", ExitCode.AUDIT),
        (signed[-2], "does not tell that this bundle was built", ExitCode.BUNDLE),
    ):
        _cut(made, copy, kept, signed.index(kept) + 1)
        assert call(*told[:4])[0] == 0  # by itself the shorter log holds
        code, _, error = call(*told)
        assert (code, place in error) == (wanted, True), error


def _cut(made: Workspace, copy: Path, lines: int, checkpoints: int) -> None:
    for name, kept in (("events.jsonl", lines), ("checkpoints.jsonl", checkpoints)):
        whole = (made.audit / name).read_bytes().splitlines(keepends=True)
        (copy / "audit" / name).write_bytes(b"".join(whole[:kept]))


def test_a_bundle_from_before_a_change_of_keys(
    made: Workspace, call: Call, received: tuple[Path, Path]
) -> None:
    """The log hands over from the key that signed it; a stranger's key is in no log."""
    rotation.rotate(made)
    code, said, error = call("--bundle", received[0], "--workspace", made.root)
    assert (code, "built by ash" in said) == (0, True), error
    new = made.keys / "signing.pub"
    assert call("--bundle", received[0], "--public-key", new)[0] == ExitCode.BUNDLE


def test_a_bundle_that_the_log_does_not_know(
    made: Workspace, call: Call, received: tuple[Path, Path]
) -> None:
    """Signed with the trust's own key, but past the log: somebody made it by hand."""
    from deid.bundle.manifest import MANIFEST, SIGNATURE, signature_bytes  # noqa: PLC0415

    bundle, key = received
    forged = (bundle / MANIFEST).read_bytes().replace(b'"purpose": "', b'"purpose": "Not ', 1)
    (bundle / MANIFEST).write_bytes(forged)
    (bundle / SIGNATURE).write_bytes(signature_bytes(forged, load(made)))
    assert call("--bundle", bundle, "--public-key", key)[0] == 0
    code, _, error = call("--bundle", bundle, "--workspace", made.root)
    assert (code, "does not tell" in error) == (ExitCode.BUNDLE, True)


def test_nothing_is_changed(made: Workspace, call: Call, received: tuple[Path, Path]) -> None:
    """Verifying writes nothing, neither beside the bundle nor in the log."""
    head = AuditLog(made.events, load(made)).checkpoint()
    before = {path: path.stat().st_mtime_ns for path in received[0].rglob("*")}
    size = made.events.stat().st_size
    code, said, _ = call("--bundle", received[0], "--workspace", made.root)
    assert (code, head in said) == (0, True)
    assert made.events.stat().st_size == size
    assert {path: path.stat().st_mtime_ns for path in received[0].rglob("*")} == before
