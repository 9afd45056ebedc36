"""deid.run: what became of each transcript, and the record of it, without a model or Prefect.

Answers of workers are made by hand: their texts hold names between bars, ``|Sarah|``.
"""

import errno
import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from uuid import uuid4

import pyarrow.parquet as pq
import pytest

from deid import quarantine, store
from deid.audit import Event, EventType, read, verify
from deid.errors import AuditError, BusyError, Reason, UsageError, WithheldError
from deid.files import sha256_file
from deid.items import Item, Why
from deid.keys import load_public_key
from deid.pipeline import Prepared
from deid.plan import Rerun
from deid.run import Run, open_run, preview
from deid.site import Site
from deid.transcript import Annotation, EntityType, Part, Place, Transcript, Turn
from deid.vault import TranscriptState, Vault
from deid.worker import _OUTCOMES, Failure, Outcome

CANARY = "Quillfeather"
type Opened = Callable[..., AbstractContextManager[Run]]


@pytest.fixture
def site(blank: Path) -> Site:
    """A fresh workspace, opened."""
    return Site.open(blank)


@pytest.fixture
def opened(site: Site) -> Opened:
    """Open a run of that workspace under a new id."""

    def run(**options: object) -> AbstractContextManager[Run]:
        return open_run(site.workspace.root, run_id=str(uuid4()), **options)  # type: ignore[arg-type] # any option

    return run


def put(site: Site, name: str = "one.txt", text: str = f"INT: Hello |{CANARY}|.\n") -> None:
    """A raw file, its bars left in: workers' answers are made of it here."""
    (site.workspace.inbox / name).write_text(text, encoding="utf-8")


def answered(site: Site, item: Item) -> Outcome:
    """What a worker would answer, had it found exactly what stands between bars."""
    path = site.workspace.inbox / item.path
    plain, annotations = "", []
    for place, piece in enumerate(path.read_text(encoding="utf-8").split("|")):
        if place % 2:
            where = Place(0, Part.TEXT, len(plain), len(plain) + len(piece))
            annotations.append(Annotation(where, EntityType.PERSON, 0.9, ("fake/bars",)))
        plain += piece
    transcript = Transcript((Turn(0, plain, "INT"),), "txt", {"deleted-run": 1})
    prepared = Prepared(sha256_file(path), transcript, tuple(annotations), 0.1)
    return Outcome(item.transcript_id, prepared=prepared)


def taken(run: Run, site: Site, *, failing: Reason | None = None) -> None:
    """Finish all that is due, with answers as above or all failed for a reason."""
    for batch in run.batches():
        outcomes = [
            Outcome(item.transcript_id, failure=Failure(failing, "detect", None, ""))
            if failing
            else answered(site, item)
            for item in batch
        ]
        run.take(batch, site.keys.seal(_OUTCOMES.dump_json(tuple(outcomes))))


def done(site: Site, opened: Opened, **options: object) -> Run:
    """One whole run."""
    with opened(**options) as run:
        taken(run, site)
        run.close()
    return run


def events(site: Site, *types: EventType) -> list[Event]:
    """Events of the log."""
    return list(read(site.workspace.events, types=types))


def holds(site: Site) -> bool:
    """Whether the log and every file in it are as recorded."""
    verdict = verify(
        site.workspace.root, load_public_key(site.workspace.root / "keys" / "signing.pub")
    )
    assert verdict.ok, verdict.problem
    return verdict.ok


def text_of(site: Site, transcript_id: str) -> str:
    """The text of the only turn in staging."""
    path, _ = store.transcript_paths(site.workspace.staging, transcript_id)
    (text,) = pq.read_table(path)["text"].to_pylist()
    return str(text)


def staged(site: Site) -> Iterator[Path]:
    """Every file in staging."""
    return (path for path in site.workspace.staging.rglob("*") if path.is_file())


def test_a_run_writes_what_is_due_and_records_it(site: Site, opened: Opened) -> None:
    """Output, audit events, vault and summary say the same, and the log holds."""
    put(site)
    run = done(site, opened)
    started, written, finished = events(
        site, EventType.RUN_STARTED, EventType.TRANSCRIPT_WRITTEN, EventType.RUN_FINISHED
    )
    assert text_of(site, written.subject) == "INT: Hello [Person 1].\n"
    assert written.facts["redactions"] == {"PERSON": 1}
    assert written.facts["dropped"] == {"deleted-run": 1}
    assert len(written.files) == 3
    assert started.facts["due"] == 1
    assert finished.facts["written"] == 1
    assert {event.run_id for event in (started, written, finished)} == {run.summary.run_id}
    assert run.summary.sentence() == "1 written, 0 unchanged, 0 withheld"
    assert (run.done, run.due, run.closed) == (1, 1, True)
    assert holds(site)


def test_a_run_is_recorded_with_study_and_versions(site: Site, opened: Opened) -> None:
    """Under which approval, policy, register, model, lists and program it was done."""
    done(site, opened)
    (started,) = events(site, EventType.RUN_STARTED)
    study, versions = started.facts["study"], started.facts["versions"]
    assert isinstance(study, dict)
    assert isinstance(versions, dict)
    assert study["id"] == site.settings.programme.study.id
    assert study.keys() == type(site.settings.programme.study).model_fields.keys()
    assert {"code_version", "model_digest", "policy_digest", "register_digest"} <= versions.keys()
    assert versions["policy_digest"] == site.settings.policy_digest


def test_a_run_ends_with_a_signed_checkpoint(site: Site, opened: Opened) -> None:
    """The head that the summary tells is the last line's, and that line is signed."""
    put(site)
    run = done(site, opened)
    *_, last = events(site)
    assert last.type is EventType.CHECKPOINT
    assert run.summary.head == last.hash


def test_a_second_run_does_nothing_and_says_so(site: Site, opened: Opened) -> None:
    """Nothing changed, no byte of the output changes."""
    put(site)
    done(site, opened)
    before = {path: path.read_bytes() for path in staged(site)}
    run = done(site, opened)
    assert run.summary.sentence() == "nothing new: 1 unchanged"
    assert {path: path.read_bytes() for path in staged(site)} == before
    assert holds(site)


def test_nothing_of_the_raw_text_is_in_what_is_written(site: Site, opened: Opened) -> None:
    """Neither name nor file name stands in staging, audit or quarantine."""
    put(site, f"{CANARY}.txt")
    put(site, f"{CANARY} 2.txt", f"INT: |{CANARY}| once more\n")
    done(site, opened)
    for folder in (site.workspace.staging, site.workspace.audit, site.workspace.quarantine):
        for path in folder.rglob("*"):
            assert CANARY not in path.name
            assert not path.is_file() or CANARY.encode() not in path.read_bytes()


@pytest.mark.parametrize("reason", sorted(set(Reason) - {Reason.CHANGED_WHILE_READ}))
def test_a_failed_transcript_is_withheld_for_its_reason(
    site: Site, opened: Opened, reason: Reason
) -> None:
    """Every reason has its record, its event and its count, and the run ends unsuccessful."""
    put(site)
    with opened() as run:
        taken(run, site, failing=reason)
        summary = run.close()
    (event,) = events(site, EventType.TRANSCRIPT_WITHHELD)
    (record,) = quarantine.records(site.workspace.quarantine)
    assert event.facts["reason"] == record.reason == reason
    assert event.subject == record.transcript_id
    assert summary.withheld_now == 1
    assert summary.sentence() == f"0 written, 0 unchanged, 1 withheld ({reason} 1)"
    assert holds(site)


def test_a_file_that_moved_while_it_was_read_waits(site: Site, opened: Opened) -> None:
    """It is not withheld, what an earlier run wrote stays, and the next run does it."""
    put(site)
    done(site, opened)
    before = {path: path.read_bytes() for path in staged(site)}
    put(site, text="INT: half of some|thing|\n")
    with opened() as run:
        taken(run, site, failing=Reason.CHANGED_WHILE_READ)
        summary = run.close()
    assert summary.sentence() == "nothing new: 0 unchanged; 1 waiting"
    assert dict(summary.waiting) == {"changing": 1}
    assert quarantine.records(site.workspace.quarantine) == []
    assert events(site, EventType.TRANSCRIPT_WITHHELD) == []
    assert {path: path.read_bytes() for path in staged(site)} == before
    assert done(site, opened).summary.written == 1
    assert holds(site)


def test_a_withheld_transcript_loses_what_an_earlier_run_wrote(site: Site, opened: Opened) -> None:
    """What cannot be vouched for any longer is gone from staging, and the log says so."""
    put(site)
    done(site, opened)
    assert len(list(staged(site))) == 2
    put(site, text="INT: changed\n")
    with opened() as run:
        taken(run, site, failing=Reason.DETECTION_FAILED)
        run.close()
    assert list(staged(site)) == []
    (event,) = events(site, EventType.TRANSCRIPT_WITHHELD)
    assert len(event.files) == 2
    assert set(event.files.values()) == {None}
    with Vault.open(site.workspace.vault, site.keys.vault_key) as vault:
        (record,) = vault.transcripts()
    assert (record.state, record.reason) == (TranscriptState.WITHHELD, Reason.DETECTION_FAILED)
    assert holds(site)


def test_a_transcript_put_right_is_no_longer_in_quarantine(site: Site, opened: Opened) -> None:
    """Once it is written its record is gone."""
    put(site)
    with opened() as run:
        taken(run, site, failing=Reason.MALFORMED)
        run.close()
    assert len(quarantine.records(site.workspace.quarantine)) == 1
    put(site, text="INT: Hello.\n")
    done(site, opened)
    assert quarantine.records(site.workspace.quarantine) == []
    assert len(list(staged(site))) == 2


def test_a_worker_that_died_withholds_its_batch(site: Site, opened: Opened) -> None:
    """No answer is no answer for each of them; the next run tries them again."""
    put(site, "a.txt", "INT: a\n")
    put(site, "b.txt", "INT: b\n")
    with opened() as run:
        for batch in run.batches():
            run.take(batch, None)
        summary = run.close()
    assert dict(summary.withheld) == {Reason.WORKER_DIED: 2}
    assert done(site, opened).summary.written == 2


def test_an_answer_that_leaves_one_out_withholds_that_one(site: Site, opened: Opened) -> None:
    """What was not answered was not searched."""
    put(site)
    with opened() as run:
        for batch in run.batches():
            run.take(batch, site.keys.seal(_OUTCOMES.dump_json(())))
        assert dict(run.summary.withheld) == {Reason.WORKER_DIED: 1}


def test_an_empty_outcome_is_withheld(site: Site, opened: Opened) -> None:
    """Neither result nor failure is a fault of ours, never a transcript without finds."""
    put(site)
    with opened() as run:
        for batch in run.batches():
            empty = tuple(Outcome(item.transcript_id) for item in batch)
            run.take(batch, site.keys.seal(_OUTCOMES.dump_json(empty)))
        assert dict(run.summary.withheld) == {Reason.UNEXPECTED: 1}


def test_a_refused_file_is_not_sent_to_a_worker(site: Site, opened: Opened) -> None:
    """A copy is withheld as one without being read."""
    put(site, "a.txt")
    put(site, "b.txt")
    with opened() as run:
        orders = [run.order(batch) for batch in run.batches()]
        names = b"".join(map(site.keys.unseal, orders))
        assert names.count(b".txt") == 1
        taken(run, site)
        assert dict(run.summary.withheld) == {Reason.DUPLICATE: 1}


@pytest.mark.parametrize(
    ("error", "reason", "detail"),
    [
        (OSError(errno.EIO, CANARY), Reason.WRITE_FAILED, f"errno {errno.EIO}"),
        (PermissionError(errno.EACCES, CANARY), Reason.WRITE_FAILED, f"errno {errno.EACCES}"),
        (ValueError(CANARY), Reason.UNEXPECTED, "ValueError"),
        (WithheldError(Reason.LEAK, stage="verify", turn=0), Reason.LEAK, ""),
    ],
)
def test_a_transcript_that_cannot_be_finished_does_not_stop_the_rest(
    site: Site,
    opened: Opened,
    monkeypatch: pytest.MonkeyPatch,
    *,
    error: Exception,
    reason: Reason,
    detail: str,
) -> None:
    """A fault of the disk or of ours withholds the one; the next is written."""
    real = store.write_transcript
    calls: list[str] = []

    def fails_once(*arguments: object, **options: object) -> object:
        calls.append("")
        if len(calls) == 1:
            raise error
        return real(*arguments, **options)  # type: ignore[arg-type] # passed on as it came

    monkeypatch.setattr("deid.tabling.write_transcript", fails_once)
    put(site, "a.txt", f"INT: a |{CANARY}|\n")
    put(site, "b.txt", f"INT: b |{CANARY}|\n")
    run = done(site, opened)
    assert (run.summary.written, dict(run.summary.withheld)) == (1, {reason: 1})
    (record,) = quarantine.records(site.workspace.quarantine)
    assert (record.reason, record.detail) == (reason, detail)
    assert holds(site)


def test_what_concerns_everybody_ends_the_run(
    site: Site, opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken log or vault is no transcript's fault: the run stops."""

    def fails(*_: object, **__: object) -> None:
        raise AuditError("broken")

    monkeypatch.setattr("deid.ongoing.finish", fails)
    put(site)
    with pytest.raises(AuditError), opened() as run:
        taken(run, site)


def test_a_leak_is_withheld_and_its_files_are_gone(site: Site, opened: Opened) -> None:
    """A name that stands uncovered in what was written withholds the transcript, by turn."""
    put(site, text=f"INT: |{CANARY} Hargreaves| and then QUILLFEATHER again\n")
    original = answered

    with opened() as run:
        (batch,) = run.batches()
        (outcome,) = (original(site, item) for item in batch)
        run.take(batch, site.keys.seal(_OUTCOMES.dump_json((outcome,))))
        run.close()
    assert dict(run.summary.withheld) == {Reason.LEAK: 1}
    assert list(staged(site)) == []
    (record,) = quarantine.records(site.workspace.quarantine)
    assert (record.stage, record.turn) == ("verify", 0)
    assert CANARY.casefold() not in json.dumps(record.detail).casefold()
    assert holds(site)


def test_a_name_of_one_transcript_is_masked_in_the_next(site: Site, opened: Opened) -> None:
    """What the study has shown is masked where no recogniser saw it, under the same pseudonym."""
    put(site, "a.txt", f"INT: |{CANARY}|\n")
    first = done(site, opened)
    put(site, "b.txt", f"INT: and then {CANARY} came\n")
    done(site, opened)
    *_, written = events(site, EventType.TRANSCRIPT_WRITTEN)
    assert first.summary.written == 1
    assert text_of(site, written.subject) == "INT: and then [Person 1] came\n"


def test_without_anybody_of_the_register_a_policy_may_withhold(site: Site, opened: Opened) -> None:
    """Where the trust asks for it, a transcript of nobody known is withheld."""
    policy = site.workspace.root / "config" / "policy.yaml"
    text = policy.read_text(encoding="utf-8")
    policy.write_text(
        re.sub("(?m)^require_register_entry: false", "require_register_entry: true", text)
    )
    put(site)
    run = done(Site.open(site.workspace.root), opened)
    assert dict(run.summary.withheld) == {Reason.NOT_IN_REGISTER: 1}


def test_batches_have_everything_once_and_in_order(site: Site, opened: Opened) -> None:
    """Whatever the sizes, each file is in one batch and the order is the plan's."""
    for number in range(17):
        put(site, f"{number}.txt", f"INT: {number}\n" * 10 ** (number % 4))
    with opened() as run:
        items = [item for batch in run.batches() for item in batch]
        assert len(items) == run.due == 17
        assert [item.transcript_id for item in items] == sorted(
            each.transcript_id for each in items
        )
        assert all(run.batches())


def test_a_preview_says_what_a_run_would_do_and_writes_nothing(site: Site, opened: Opened) -> None:
    """It needs no lock, sees what is due and why, and leaves every byte and time as it was."""
    put(site)
    done(site, opened)
    put(site, "two.txt", "INT: two\n")
    root = site.workspace.root

    def everything() -> dict[str, tuple[int, bytes]]:
        files = (path for path in root.rglob("*") if path.is_file())
        return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}

    before = everything()
    with site.workspace.lock():
        new = preview(root)
        everyone = preview(root, rerun=Rerun.ALL)
    assert everything() == before
    assert (new.by_reason(), new.unchanged) == ({Why.NEW: 1}, 1)
    assert everyone.by_reason() == {Why.NEW: 1, Why.ASKED: 1}
    run = done(site, opened)
    assert dict(run.summary.due) == {"new": 1}


def test_what_is_no_id_is_refused_and_not_repeated(opened: Opened) -> None:
    """A name typed where an id belongs is in no message; which entry it is and what to type are."""
    with (
        pytest.raises(UsageError, match="entry 2: type an id such as") as caught,
        opened(only=["t-0123456789abcdef", CANARY]),
    ):
        pass
    assert CANARY not in str(caught.value)


def test_two_runs_do_not_meet(site: Site, opened: Opened) -> None:
    """A second run of a workspace is told to wait, and the first goes on."""
    put(site)
    with opened() as run:
        with pytest.raises(BusyError), opened():
            pass
        taken(run, site)
        assert run.close().written == 1
    assert done(site, opened).summary.unchanged == 1


def test_an_unknown_id_is_refused_before_the_run_is_recorded(site: Site, opened: Opened) -> None:
    """A mistyped id leaves no trace of a run."""
    with pytest.raises(UsageError), opened(only=["t-0123456789abcdef"]):
        pass
    assert events(site, EventType.RUN_STARTED) == []


def test_a_run_that_is_not_closed_is_not_recorded_as_finished(site: Site, opened: Opened) -> None:
    """What was killed in between shows: started, not finished; the next run ends it."""
    put(site)
    with opened() as run:
        assert not run.closed
    assert events(site, EventType.RUN_FINISHED) == []
    assert done(site, opened).summary.written == 1
    assert holds(site)
