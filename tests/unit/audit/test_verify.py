"""deid.audit.verify: holds for what was written, and names the first place that does not."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from deid import keys
from deid.audit import AuditLog, EventType, Flaw, verify
from deid.audit.event import sealed_line
from deid.audit.verdict import _MEANING, COPIES, EVENTS, Problem
from deid.workspace import Workspace

type Lines = list[bytes]


def write(log: AuditLog, path: str, data: bytes) -> str:
    """Put a file into the workspace; its digest."""
    target = log.path.parent.parent / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)
    return sha256(data).hexdigest()


def written(log: AuditLog, files: dict[str, str | None]) -> None:
    """Record files."""
    subject = log.keys.identifier("t", "x")
    log.append(EventType.TRANSCRIPT_WRITTEN, actor="deid", subject=subject, files=files)


@pytest.fixture
def filled(log: AuditLog) -> AuditLog:
    """Nine lines: seven events, checkpoints at 4 and 9."""
    for turn in range(8):
        log.append(
            EventType.TRANSCRIPT_READ, actor="deid", subject="study", facts={"turns": turn}
        ) if turn != 3 else log.checkpoint()
    log.checkpoint()
    return log


def problem_after(log: AuditLog, change: Callable[[Lines], Lines]) -> Problem | None:
    """What a verification finds after the log's lines were changed."""
    log.path.write_bytes(b"".join(change(log.path.read_bytes().splitlines(keepends=True))))
    return verify(log.path.parent.parent, log.keys.public_key).problem


def rehashed(lines: Lines, since: int) -> Lines:
    """Forge the chain anew from line ``since`` on, as anyone without the key could."""
    prev = json.loads(lines[since - 2])["hash"] if since > 1 else "0" * 64
    forged = lines[: since - 1]
    for line in lines[since - 1 :]:
        fields = {**json.loads(line), "prev": prev}
        fields.pop("hash")
        sealed, prev = sealed_line(fields)
        forged.append(sealed)
    return forged


def test_what_was_written_holds(filled: AuditLog) -> None:
    """All lines, with the public key from its file alone."""
    root = filled.path.parent.parent
    verdict = verify(root, keys.load_public_key(root / "keys" / "signing.pub"))
    assert (verdict.ok, verdict.events, verdict.signed, verdict.problem) == (True, 9, 9, None)


@pytest.mark.parametrize(
    ("change", "flaw", "line"),
    [
        (lambda ls: [*ls[:4], ls[4].replace(b"read", b"reed"), *ls[5:]], Flaw.ALTERED, 5),
        (lambda ls: [*ls[:4], ls[4].replace(b",", b", ", 1), *ls[5:]], Flaw.ALTERED, 5),
        (lambda ls: [*ls[:4], b"\n", *ls[4:]], Flaw.ALTERED, 5),
        (lambda ls: [*ls[:4], b"[" * 100_000 + b"\n", *ls[5:]], Flaw.ALTERED, 5),
        (lambda ls: [*ls[:4], b"[1]\n", *ls[5:]], Flaw.ALTERED, 5),
        (lambda ls: [*ls[:4], *ls[5:]], Flaw.REMOVED, 5),
        (lambda ls: ls[1:], Flaw.REMOVED, 1),
        (lambda ls: [*ls[:4], ls[5], ls[4], *ls[6:]], Flaw.REORDERED, 5),
        (lambda ls: [*ls[:5], ls[4], *ls[5:]], Flaw.REPEATED, 6),
        (lambda ls: ls[:-1], Flaw.TRUNCATED, 9),
        (lambda ls: ls[:5], Flaw.TRUNCATED, 6),
        (lambda _: [], Flaw.TRUNCATED, 1),
        (lambda ls: [*ls[:-1], ls[-1][:-1]], Flaw.TORN, 9),
        (lambda ls: [*ls, b'{"torn'], Flaw.TORN, 10),
    ],
)
def test_the_first_line_that_does_not_hold_is_named(
    filled: AuditLog, change: Callable[[Lines], Lines], flaw: Flaw, line: int
) -> None:
    """Altered, removed, reordered, repeated, cut off or torn, with the line at which it shows."""
    assert problem_after(filled, change) == Problem(flaw, EVENTS, line)


def test_a_forged_chain_fails_at_its_first_checkpoint(filled: AuditLog) -> None:
    """Whoever recomputes every hash after a change still cannot sign."""

    def forge(lines: Lines) -> Lines:
        changed = [*lines[:1], lines[1].replace(b'"turns":1', b'"turns":9'), *lines[2:]]
        return rehashed(changed, since=2)

    assert problem_after(filled, forge) == Problem(Flaw.BAD_SIGNATURE, EVENTS, 4)


def test_a_forged_end_fails_at_its_copy(filled: AuditLog) -> None:
    """A change of the last checkpoint's own line shows in the copy, which signs that line too."""

    def forge(lines: Lines) -> Lines:
        return rehashed([*lines[:-1], lines[-1].replace(b'"deid"', b'"j.smith"')], since=9)

    assert problem_after(filled, forge) == Problem(Flaw.ALTERED, COPIES, 2)


def test_without_any_checkpoint_nothing_is_proven(filled: AuditLog) -> None:
    """A log whose checkpoints were all taken out, and the rest chained anew, does not hold."""
    (filled.path.parent / "checkpoints.jsonl").unlink()

    def forge(lines: Lines) -> Lines:
        kept = [line for line in lines if b'"checkpoint"' not in line]
        renumbered = [
            sealed_line({**json.loads(line), "seq": seq})[0] for seq, line in enumerate(kept, 1)
        ]
        return rehashed(renumbered, since=1)

    assert problem_after(filled, forge) == Problem(Flaw.UNSIGNED, EVENTS, 7)


def test_cutting_log_and_copies_shows_against_a_noted_head(filled: AuditLog) -> None:
    """With both cut back to an earlier checkpoint only the head that someone noted can tell."""
    root = filled.path.parent.parent
    head = verify(root, filled.keys.public_key).head
    for path, kept in ((filled.path, 4), (root / COPIES, 1)):
        path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:kept]))
    earlier = verify(root, filled.keys.public_key)
    assert (earlier.ok, earlier.events) == (True, 4)
    found = verify(root, filled.keys.public_key, expected_head=head)
    assert found.problem == Problem(Flaw.HEAD_UNKNOWN, EVENTS, 4)
    assert verify(root, filled.keys.public_key, expected_head=earlier.head).ok


@pytest.mark.parametrize(
    ("change", "flaw", "line"),
    [
        (lambda ls: ls[1:], Flaw.REMOVED, 1),
        (lambda ls: ls[:1], Flaw.COPY_MISSING, 2),
        (lambda ls: [ls[1], ls[0]], Flaw.REMOVED, 1),
        (lambda ls: [ls[0], ls[0], ls[1]], Flaw.REPEATED, 2),
        (lambda ls: [ls[0], ls[1].replace(b'"seq":9', b'"seq":8')], Flaw.REPEATED, 2),
        (lambda ls: [ls[0], ls[1].replace(b'"key"', b'"kez"')], Flaw.ALTERED, 2),
        (lambda ls: [ls[0], b"[" * 9999 + b"\n"], Flaw.ALTERED, 2),
        (lambda ls: [ls[0], ls[1][:-1]], Flaw.TORN, 2),
        (
            lambda ls: [ls[0], ls[1].replace(json.loads(ls[1])["signature"].encode(), b"0" * 128)],
            Flaw.BAD_SIGNATURE,
            2,
        ),
        (
            lambda ls: [ls[0], ls[1].replace(json.loads(ls[1])["signature"].encode(), b"zz")],
            Flaw.BAD_SIGNATURE,
            2,
        ),
    ],
)
def test_the_copies_are_verified_too(
    filled: AuditLog, change: Callable[[Lines], Lines], flaw: Flaw, line: int
) -> None:
    """Any change of checkpoints.jsonl is found and named there."""
    copies = filled.path.parent / "checkpoints.jsonl"
    copies.write_bytes(b"".join(change(copies.read_bytes().splitlines(keepends=True))))
    found = verify(filled.path.parent.parent, filled.keys.public_key).problem
    assert found == Problem(flaw, COPIES, line)


def test_another_instance_s_key_verifies_nothing(filled: AuditLog, tmp_path: Path) -> None:
    """With the wrong public key the first signature is named, and no line counts as signed."""
    other = keys.create(Workspace.create(tmp_path / "other"))
    verdict = verify(filled.path.parent.parent, other.public_key)
    assert verdict.problem == Problem(Flaw.BAD_SIGNATURE, COPIES, 1)
    assert verdict.signed == 0


def test_a_stranger_s_checkpoint_at_the_end_proves_nothing(
    filled: AuditLog, tmp_path: Path
) -> None:
    """Events that only another key signed do not hold, even with the copies of our own."""
    other = keys.create(Workspace.create(tmp_path / "other"))
    copies = filled.path.parent / "checkpoints.jsonl"
    before = copies.read_bytes()
    AuditLog(filled.path, other).checkpoint()
    added = copies.read_bytes()[len(before) :]
    copies.write_bytes(before)
    found = verify(filled.path.parent.parent, filled.keys.public_key).problem
    assert found == Problem(Flaw.COPY_MISSING, COPIES, 3)
    copies.write_bytes(before + added)
    found = verify(filled.path.parent.parent, filled.keys.public_key).problem
    assert found == Problem(Flaw.BAD_SIGNATURE, COPIES, 3)


def test_a_new_key_takes_over_once_it_signed_anew(filled: AuditLog, tmp_path: Path) -> None:
    """After a change of keys the new public key alone proves the whole log, copies included."""
    other = keys.create(Workspace.create(tmp_path / "other"))
    root = filled.path.parent.parent
    renewed = AuditLog(filled.path, other)
    renewed.checkpoint()  # as far as a kill may let it come
    found = verify(root, other.public_key).problem
    assert found == Problem(Flaw.BAD_SIGNATURE, COPIES, 1)
    head = renewed.sign_anew()
    assert renewed.sign_anew() == head
    verdict = verify(root, other.public_key)
    assert (verdict.ok, verdict.events, verdict.head) == (True, 10, head)
    assert verify(root, filled.keys.public_key).problem == Problem(Flaw.BAD_SIGNATURE, COPIES, 1)


def test_files_match_their_digests(log: AuditLog) -> None:
    """The latest event of a path counts; a removed path is gone; all others are compared."""
    written(log, {"staging/turns/a": write(log, "staging/turns/a", b"1")})
    written(log, {"staging/turns/b": write(log, "staging/turns/b", b"1")})
    written(log, {"staging/turns/a": write(log, "staging/turns/a", b"2"), "staging/turns/b": None})
    (log.path.parent.parent / "staging/turns/b").unlink()
    log.checkpoint()
    write(log, "staging/turns/stray", b"")
    verdict = verify(log.path.parent.parent, log.keys.public_key)
    assert (verdict.ok, verdict.files, verdict.unlisted) == (True, 1, 1)


def test_a_changed_missing_or_returned_file_is_named(log: AuditLog) -> None:
    """With the path and the line of the event that vouches for it, the earliest first."""
    root = log.path.parent.parent
    for name in "ab":
        written(log, {f"staging/{name}": write(log, f"staging/{name}", b"1")})
    written(log, {"staging/c": None})
    log.checkpoint()

    def found() -> Problem | None:
        return verify(root, log.keys.public_key).problem

    assert found() is None
    write(log, "staging/c", b"")
    assert found() == Problem(Flaw.FILE_RETURNED, "staging/c", 3)
    (root / "staging/b").unlink()
    assert found() == Problem(Flaw.FILE_MISSING, "staging/b", 2)
    write(log, "staging/a", b"2")
    assert found() == Problem(Flaw.FILE_CHANGED, "staging/a", 1)
    assert verify(root, log.keys.public_key, files=False).ok


def test_a_file_behind_a_link_does_not_hold(log: AuditLog, tmp_path: Path) -> None:
    """Same bytes elsewhere are not the file that was recorded, nor is its folder."""
    root = log.path.parent.parent
    written(log, {"staging/turns/a": write(log, "staging/turns/a", b"1")})
    log.checkpoint()
    (root / "staging/turns").rename(tmp_path / "elsewhere")
    (root / "staging/turns").symlink_to(tmp_path / "elsewhere")
    found = verify(root, log.keys.public_key).problem
    assert found == Problem(Flaw.FILE_CHANGED, "staging/turns/a", 1)


def test_redactions_are_permanent(log: AuditLog) -> None:
    """A later event cannot give a file under audit/ other content, nor remove it."""
    path = "audit/redactions/run.parquet"
    written(log, {path: write(log, path, b"1")})
    written(log, {path: write(log, path, b"1")})
    log.checkpoint()
    assert verify(log.path.parent.parent, log.keys.public_key).ok
    written(log, {path: write(log, path, b"2")})
    found = verify(log.path.parent.parent, log.keys.public_key).problem
    assert found == Problem(Flaw.REWRITTEN, path, 4)


def test_a_path_that_climbs_is_not_followed(filled: AuditLog) -> None:
    """Even in a log that was forged, no file outside the workspace is opened."""

    def forge(lines: Lines) -> Lines:
        return rehashed([lines[0].replace(b'"files":{}', b'"files":{"../x":null}')], since=1)

    assert problem_after(filled, forge) == Problem(Flaw.ALTERED, EVENTS, 1)


def test_a_missing_log_does_not_hold(workspace: Workspace, log: AuditLog) -> None:
    """Absence is never taken for emptiness."""
    found = verify(workspace.root, log.keys.public_key).problem
    assert found == Problem(Flaw.LOG_MISSING, EVENTS, 1)


def test_every_flaw_has_its_words() -> None:
    """The table of meanings is total, and a problem reads as one line."""
    assert set(_MEANING) == set(Flaw)
    assert str(Problem(Flaw.ALTERED, EVENTS, 5)) == f"{EVENTS}, line 5: this line was altered"
    assert "line 5" in str(Problem(Flaw.FILE_MISSING, "staging/a", 5))
