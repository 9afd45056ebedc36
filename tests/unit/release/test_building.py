"""From an approved release to the outbox: whole, checked, told of in the log; and out again."""

import json
import stat
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from deid import audit, bundle
from deid.audit import EventType, Flaw, read
from deid.errors import AccountError, AuditError, BundleError, BusyError, ReleaseError
from deid.release import Releases, State, build, settle, withdraw
from deid.vault import Original
from deid.workspace import Workspace

from . import study
from .study import CANARY, FIRST, SECOND


def outbox(releases: Releases) -> list[str]:
    """What stands in the outbox."""
    return sorted(entry.name for entry in releases.site.workspace.outbox.iterdir())


def holds(releases: Releases) -> audit.Verdict:
    """What the audit log's verification says."""
    return audit.verify(releases.site.workspace.root, releases.site.keys.public_key)


def test_an_approved_release_becomes_a_bundle(releases: Releases) -> None:
    """It verifies, the log tells of every file in it, and the release is released."""
    release_id = study.approved(releases)
    folder = study.built(releases, release_id)
    verdict = bundle.verify(folder, releases.site.keys.public_key)
    assert (verdict.problem, verdict.release_id, folder.name) == (None, release_id, release_id)
    assert releases.standing(release_id).release.state is State.RELEASED
    assert (holds(releases).ok, holds(releases).unlisted) == (True, 0)
    (event,) = read(releases.log.path, transcript=release_id, types=[EventType.RELEASE_BUILT])
    assert {Path(path).relative_to(f"outbox/{release_id}").as_posix() for path in event.files} == {
        file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()
    }


def test_the_bundle_holds_what_was_asked_for(releases: Releases) -> None:
    """Every promised file; rows of both transcripts; no keyed digests; the approval in words."""
    folder = study.built(releases, study.approved(releases))
    assert {file.relative_to(folder).as_posix() for file in folder.rglob("*")} == {
        *("turns.parquet", "transcripts.parquet", "redactions.parquet", "project.qdpx"),
        *("manifest.json", "signature.json", "ro-crate-metadata.json", "summary.html"),
        *("data_dictionary.json", "data_dictionary.csv", "transcripts"),
        *(f"transcripts/{each}.{suffix}" for each in (FIRST, SECOND) for suffix in ("docx", "txt")),
    }
    redactions = pq.read_table(folder / "redactions.parquet")
    assert "original_hmac" not in redactions.column_names
    assert redactions["transcript_id"].to_pylist() == [FIRST, SECOND]
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["approval"]["recipient"] == study.RECIPIENT
    assert [each["role"] for each in manifest["approvals"]] == ["checker", "checker"]
    assert manifest["rows"] == {"redactions": 2, "transcripts": 2, "turns": 6}
    assert {each["name"] for each in manifest["checks"]} >= {"approvals", "audit-log", "leaks"}


def test_no_account_is_named_in_a_bundle(releases: Releases) -> None:
    """Roles only: neither who asked nor who checked."""
    folder = study.built(releases, study.approved(releases))
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    said = {word for value in json.dumps(manifest).split('"') for word in value.split()}
    assert not said & set(study.ROLES)


def test_the_manifest_tells_of_the_approvals_in_the_log(releases: Releases) -> None:
    """Its audit head is a line of the log after the approvals, so that cutting them off shows."""
    release_id = study.approved(releases)
    folder = study.built(releases, release_id)
    head = bundle.verify(folder, releases.site.keys.public_key).audit_head
    lines = {event.hash: event.seq for event in read(releases.log.path)}
    types = [EventType.RELEASE_APPROVED]
    approvals = [e.seq for e in read(releases.log.path, transcript=release_id, types=types)]
    assert lines[head] > max(approvals)


def test_a_bundle_is_read_only(releases: Releases) -> None:
    """Nothing in it is written to again, not even by its owner."""
    folder = study.built(releases, study.approved(releases))
    modes = {stat.S_IMODE(path.stat().st_mode) for path in [folder, *folder.rglob("*")]}
    assert modes == {0o500, 0o400}


def test_the_same_release_is_the_same_bytes(
    releases: Releases, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All but what tells of the audit log: written twice, the bundle is the same."""
    release = releases.current(study.approved(releases))
    site = releases.site
    about = bundle.About(
        release_id=release.release_id,
        made_at=study.TODAY,
        study=site.settings.programme.study,
        recipient=release.recipient,
        purpose=release.purpose,
        approvals=(),
        checks=(),
    )
    root = site.workspace.root
    transcripts = [bundle.read_approved(root, e, release.files[e]) for e in release.transcripts]
    written = []
    for _ in range(2):
        folder = bundle.temporary(tmp_path)
        written.append(bundle.write(folder, transcripts, about, site.keys))
        monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert written[0] == written[1]


@pytest.mark.parametrize("votes", [[], ["kim"]])
def test_nothing_is_built_without_two_approvals(releases: Releases, votes: list[str]) -> None:
    """Whatever else holds."""
    release_id = study.requested(releases).release_id
    for name in votes:
        study.voted(releases, release_id, name)
    with pytest.raises(ReleaseError, match="this is not possible now"):
        study.built(releases, release_id)
    assert outbox(releases) == []


def test_nothing_is_built_twice(releases: Releases) -> None:
    """A second bundle of the same release is refused, and the first stays as it was."""
    release_id = study.approved(releases)
    folder = study.built(releases, release_id)
    with pytest.raises(ReleaseError, match="this is not possible now"):
        study.built(releases, release_id)
    assert bundle.verify(folder, releases.site.keys.public_key).ok


def test_only_a_releaser_builds(releases: Releases) -> None:
    """A checker's role is not enough."""
    release_id = study.approved(releases)
    checker = study.account(releases, "kim")
    with pytest.raises(AccountError):
        build(releases, checker, release_id, is_common=lambda _: False)
    assert outbox(releases) == []


def test_nothing_is_built_while_a_run_holds_the_workspace(releases: Releases) -> None:
    """A run may be writing the very files."""
    release_id = study.approved(releases)
    with releases.site.workspace.lock(), pytest.raises(BusyError):
        study.built(releases, release_id)


def test_a_log_that_does_not_hold_stops_a_build(releases: Releases) -> None:
    """Removing a recorded redactions file is enough."""
    release_id = study.requested(releases, FIRST).release_id
    for name in ("kim", "lee"):
        study.voted(releases, release_id, name)
    next(iter(releases.site.workspace.redactions.glob(f"{SECOND}*"))).unlink()
    with pytest.raises(AuditError, match="missing"):
        study.built(releases, release_id)
    assert outbox(releases) == []


@pytest.mark.parametrize(
    "said",
    [
        [("[Participant 1]", f"They call me {CANARY}.")],
        [("Marguerite", "Hello.")],
        [("[Participant 1]", "It is oh seven seven oh oh nine oh oh, three one one.")],
        [("[Participant 1]", "O Y E L A R A N, as it sounds.")],
    ],
)
def test_a_leak_stops_a_build(made: Workspace, said: list[tuple[str, str]]) -> None:
    """Though two approved it; the message tells the file, not the value."""
    study.finish(made, FIRST, said=said)
    with study.opener(made)() as releases:
        release_id = study.approved(releases)
        with pytest.raises(BundleError, match="leak check") as error:
            study.built(releases, release_id)
        assert not [part for part in (*CANARY.split(), "07700") if part in str(error.value)]
        assert outbox(releases) == []
        assert releases.standing(release_id).release.state is State.APPROVED


def test_a_purpose_that_names_somebody_stops_a_build(releases: Releases) -> None:
    """Free text of the requester is searched like the rest, in page, manifest and description."""
    release = releases.request(
        study.account(releases, "ash"),
        transcripts=[FIRST],
        recipient=study.RECIPIENT,
        purpose=f"What {CANARY} said",
    )
    for name in ("kim", "lee"):
        study.voted(releases, release.release_id, name)
    with pytest.raises(BundleError, match="leak check"):
        study.built(releases, release.release_id)
    assert CANARY.encode() not in releases.log.path.read_bytes()


def test_a_sponsor_that_is_spoken_of_may_still_be_named(made: Workspace) -> None:
    """The approval's own words are let through on the pages that tell of it, nowhere else."""
    with study.opener(made)() as releases, releases.vault.transaction():
        mentioned = Original(FIRST, "ORGANIZATION", study.RECIPIENT)
        releases.vault.replace_originals(FIRST, [mentioned])
    with study.opener(made)() as releases:
        assert study.built(releases, study.approved(releases)).is_dir()
    study.finish(made, SECOND, said=[("[Participant 1]", f"I went to the {study.RECIPIENT}.")])
    with study.opener(made)() as releases:
        release_id = study.approved(releases)
        with pytest.raises(BundleError, match="leak check"):
            study.built(releases, release_id)


def test_what_no_release_made_is_not_replaced(releases: Releases) -> None:
    """Something at the release's place in the outbox stops the build and stays."""
    release_id = study.approved(releases)
    strange = releases.site.workspace.outbox / release_id
    strange.mkdir()
    with pytest.raises(ReleaseError, match="no release made"):
        study.built(releases, release_id)
    assert outbox(releases) == [release_id]


def test_withdrawing_takes_the_bundle_away(releases: Releases) -> None:
    """Out of the outbox and out of the log's list of files that stand there; the log holds."""
    release_id = study.approved(releases)
    study.built(releases, release_id)
    asks = study.account(releases, "ash")
    released = withdraw(releases, asks, release_id, reason="a name was found by the recipient")
    assert (released.state, outbox(releases)) == (State.WITHDRAWN, [])
    assert holds(releases).ok
    assert b"a name was found" not in releases.log.path.read_bytes()
    (event,) = read(releases.log.path, transcript=release_id, types=[EventType.RELEASE_WITHDRAWN])
    assert set(event.files.values()) == {None}


@pytest.mark.parametrize("votes", [[], ["kim"], ["kim", "lee"]])
def test_what_was_not_built_can_be_withdrawn(releases: Releases, votes: list[str]) -> None:
    """And is then neither voted on nor built."""
    release_id = study.requested(releases).release_id
    for name in votes:
        study.voted(releases, release_id, name)
    withdraw(releases, study.account(releases, "ash"), release_id, reason="wrong transcripts")
    for act in (study.built, lambda r, i: study.voted(r, i, "max")):
        with pytest.raises(ReleaseError, match="is withdrawn"):
            act(releases, release_id)


def test_a_finished_folder_that_is_gone_is_told(
    releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed before the last step and its folder removed: told, and then withdrawn."""
    release_id = study.approved(releases)
    monkeypatch.setattr(bundle, "place", lambda folder, _: bundle.discard(folder))
    study.built(releases, release_id)
    monkeypatch.undo()
    settle(releases.site.workspace, releases.vault, releases.log)
    problem = holds(releases).problem
    assert problem is not None
    assert problem.flaw is Flaw.FILE_MISSING
    withdraw(releases, study.account(releases, "ash"), release_id, reason="the folder is gone")
    assert holds(releases).ok
