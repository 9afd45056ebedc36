"""deid.worker: one bad transcript stops nobody, and nothing travels unsealed."""

import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from deid import worker
from deid.errors import Reason, SettingsError, StudyKeyError, TransientError, WithheldError
from deid.pipeline import Prepared
from deid.settings import Settings
from deid.site import Site
from deid.transcript import Detection, EntityType, Part, Place, Transcript
from deid.worker import Failure, Outcome, Task, prepare_sealed, seal_order, unseal_outcomes

CANARY = "Quillfeather"


@pytest.fixture
def site(blank: Path) -> Site:
    """A fresh workspace, opened."""
    return Site.open(blank)


class FakeDetector:
    """Finds one name wherever it stands, and fails where the word of a failure stands."""

    is_common = staticmethod("will".__eq__)

    def __init__(self, failures: Mapping[str, Callable[[], object]]) -> None:
        self._failures = failures

    def detect(self, transcript: Transcript) -> list[Detection]:
        """Every claim about the texts."""
        for turn in transcript.turns:
            for word, fail in self._failures.items():
                if word in turn.text:
                    fail()
        return [
            Detection(
                Place(turn.number, Part.TEXT, *match.span()), EntityType.PERSON, 0.9, "fake", "name"
            )
            for turn in transcript.turns
            for match in re.finditer(CANARY, turn.text)
        ]


type Prepare = Callable[..., tuple[Outcome, ...]]


@pytest.fixture
def prepared(site: Site, monkeypatch: pytest.MonkeyPatch) -> Prepare:
    """Put texts into the inbox and prepare them: ``prepared({"a.txt": "INT: x"}, boom=…)``."""

    def prepare(
        files: dict[str, str],
        *,
        seconds: float | None = None,
        last_try: bool = True,
        **failures: Callable[[], object],
    ) -> tuple[Outcome, ...]:
        for name, text in files.items():
            (site.workspace.inbox / name).write_text(text, encoding="utf-8")
        told = replace(site, settings=hurried(site, seconds)) if seconds else site
        fake = FakeDetector(failures)
        monkeypatch.setattr(worker, "_opened", lambda *_: (told, fake))
        answer = prepare_sealed(site.workspace.root, None, order(site, *files), last_try=last_try)
        return unseal_outcomes(answer, site.keys)

    return prepare


def hurried(site: Site, seconds: float) -> Settings:
    """The settings with a time-out that no configuration may ask for."""
    programme = site.settings.programme
    execution = programme.execution.model_copy(update={"timeout_seconds": seconds})
    return replace(site.settings, programme=programme.model_copy(update={"execution": execution}))


def order(site: Site, *names: str) -> bytes:
    """A sealed order for files, each with the id ``t-`` and its place."""
    return seal_order([Task(f"t-{place}", name) for place, name in enumerate(names)], site.keys)


def failure(outcomes: Sequence[Outcome], place: int = 0) -> Failure:
    """Why a transcript was not prepared."""
    assert outcomes[place].prepared is None
    why = outcomes[place].failure
    assert why is not None
    return why


def fails_with(error: Exception) -> Callable[[], object]:
    """A detector's failure."""

    def fail() -> None:
        raise error

    return fail


def test_a_transcript_comes_back_read_and_searched(prepared: Prepare) -> None:
    """The answer has the turns, what was found in them, and the digest of what was read."""
    (outcome,) = prepared({"a.txt": f"INT: Hello {CANARY}.\nP1: Hello.\n"})
    assert outcome.transcript_id == "t-0"
    assert outcome.failure is None
    assert outcome.prepared is not None
    assert len(outcome.prepared.transcript.turns) == 2
    assert [each.entity_type for each in outcome.prepared.annotations] == [EntityType.PERSON]
    assert len(outcome.prepared.digest) == 64


@pytest.mark.parametrize(
    ("error", "reason", "detail"),
    [
        (ValueError(CANARY), Reason.DETECTION_FAILED, "ValueError"),
        (RecursionError(CANARY), Reason.DETECTION_FAILED, "RecursionError"),
        (MemoryError(CANARY), Reason.DETECTION_FAILED, "MemoryError"),
        (AssertionError(CANARY), Reason.DETECTION_FAILED, "AssertionError"),
        (OSError(5, CANARY), Reason.UNREADABLE, ""),
        (WithheldError(Reason.LEAK, stage="detect", turn=3), Reason.LEAK, ""),
    ],
)
def test_a_transcript_that_fails_does_not_stop_the_rest(
    prepared: Prepare, error: Exception, reason: Reason, detail: str
) -> None:
    """Whatever is raised withholds the one; the others are prepared, in the order asked for."""
    outcomes = prepared(
        {"a.txt": "INT: Fine.\n", "b.txt": "INT: boom\n", "c.txt": "INT: Fine, too.\n"},
        boom=fails_with(error),
    )
    assert [outcome.transcript_id for outcome in outcomes] == ["t-0", "t-1", "t-2"]
    why = failure(outcomes, 1)
    assert (why.reason, why.detail) == (reason, detail)
    assert outcomes[0].prepared is not None
    assert outcomes[2].prepared is not None


def test_what_concerns_everybody_ends_the_batch(prepared: Prepare) -> None:
    """An error of settings or keys is not one transcript's, and is not blamed on it."""
    with pytest.raises(SettingsError):
        prepared({"a.txt": "INT: boom\n"}, boom=fails_with(SettingsError("wrong")))


def test_no_failure_holds_what_was_said(prepared: Prepare) -> None:
    """A library that quotes the transcript in its exception quotes it to nobody."""
    outcomes = prepared({"a.txt": f"INT: boom {CANARY}\n"}, boom=fails_with(KeyError(CANARY)))
    assert CANARY not in repr(outcomes)
    assert CANARY not in str(failure(outcomes).error())


def test_an_error_survives_its_way_back() -> None:
    """Reason, stage, turn and detail are the same in the process with the vault."""
    before = WithheldError(Reason.LEAK, stage="verify", turn=7, detail="2 found")
    after = Failure.of(before).error()
    assert str(after) == str(before)
    assert (after.reason, after.stage, after.turn, after.detail) == (
        Reason.LEAK,
        "verify",
        7,
        "2 found",
    )


def test_a_transcript_that_takes_too_long_is_withheld(prepared: Prepare) -> None:
    """A time-out ends one transcript, not the batch, and leaves no timer behind."""
    before = signal.getsignal(signal.SIGALRM)
    outcomes = prepared(
        {"a.txt": "INT: boom\n", "b.txt": "INT: Fine.\n"},
        seconds=0.2,
        boom=lambda: time.sleep(20),
    )
    assert failure(outcomes).reason is Reason.TIMED_OUT
    assert outcomes[1].prepared is not None
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is before


@pytest.mark.parametrize("instead", [None, ValueError("broken file")])
def test_a_time_out_is_one_whatever_a_library_makes_of_it(
    prepared: Prepare, instead: Exception | None
) -> None:
    """A library that swallows the interruption, or takes it for a broken file, changes nothing."""

    def swallows() -> None:
        try:
            time.sleep(20)
        except WithheldError:
            if instead:
                raise instead from None

    outcomes = prepared({"a.txt": "INT: boom\n"}, seconds=0.2, boom=swallows)
    assert failure(outcomes).reason is Reason.TIMED_OUT


def test_work_outside_the_main_thread_is_not_interrupted(prepared: Prepare) -> None:
    """Where no signal can come the work is done all the same."""
    answers: list[tuple[Outcome, ...]] = []
    thread = threading.Thread(target=lambda: answers.append(prepared({"a.txt": "INT: Fine.\n"})))
    thread.start()
    thread.join()
    assert answers[0][0].prepared is not None


@pytest.mark.parametrize("reason", sorted(Reason))
def test_what_may_pass_is_tried_again_and_the_last_try_is_final(
    prepared: Prepare, reason: Reason
) -> None:
    """A file in use raises so that the batch is tried again; other reasons never do."""
    boom = fails_with(WithheldError(reason, stage="detect"))
    files = {"a.txt": f"INT: boom {CANARY}\n", "b.txt": "INT: Fine.\n"}
    if reason is Reason.UNREADABLE:
        with pytest.raises(TransientError) as caught:
            prepared(files, last_try=False, boom=boom)
        assert str(caught.value) == "1 of 2 transcripts could not be read yet"
    else:
        assert failure(prepared(files, last_try=False, boom=boom)).reason is reason
    assert failure(prepared(files, last_try=True, boom=boom)).reason is reason


@pytest.mark.parametrize(
    "path",
    ["../register.csv", "/etc/hostname", "sub/../../version", "link.txt", ".", "", "gone.txt"],
)
def test_nothing_outside_the_inbox_is_read(
    site: Site, prepared: Prepare, path: str, tmp_path: Path
) -> None:
    """An order for another file, by whatever path or link, is refused by the worker itself."""
    prepared({})
    (tmp_path / "outside.txt").write_text("INT: Hello.\n", encoding="utf-8")
    (site.workspace.inbox / "link.txt").symlink_to(tmp_path / "outside.txt")
    answer = prepare_sealed(site.workspace.root, None, order(site, path), last_try=True)
    why = failure(unseal_outcomes(answer, site.keys))
    assert why.reason in {Reason.OUTSIDE_INBOX, Reason.UNREADABLE}


def test_a_file_that_changes_while_it_is_read_is_withheld(
    prepared: Prepare, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read and what is recorded are the same bytes, or nothing is."""
    digests = iter(["0" * 64, "1" * 64])
    monkeypatch.setattr("deid.pipeline.sha256_file", lambda _path: next(digests))
    assert failure(prepared({"a.txt": "INT: Hello.\n"})).reason is Reason.CHANGED_WHILE_READ


def test_half_a_file_that_grows_is_not_taken_for_a_broken_one(
    prepared: Prepare, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What cannot be read because it is still being copied waits; what stands still is broken."""
    digests = iter(["0" * 64, "1" * 64])
    with monkeypatch.context() as patched:
        patched.setattr("deid.pipeline.sha256_file", lambda _path: next(digests))
        assert failure(prepared({"a.docx": "PK"})).reason is Reason.CHANGED_WHILE_READ
    assert failure(prepared({"a.docx": "PK"})).reason is not Reason.CHANGED_WHILE_READ


def test_nothing_travels_unsealed(site: Site, prepared: Prepare) -> None:
    """Neither speech nor a name nor a file name can be read in an order or an answer."""
    prepared({})
    name = f"{CANARY}.txt"
    (site.workspace.inbox / name).write_text(f"INT: {CANARY}\n", encoding="utf-8")
    asked = order(site, name)
    answer = prepare_sealed(site.workspace.root, None, asked, last_try=True)
    for sealed in (asked, answer):
        assert CANARY.encode() not in sealed
        assert b"PERSON" not in sealed
        assert b"t-0" not in sealed


def test_what_this_study_did_not_seal_is_refused(site: Site, prepared: Prepare) -> None:
    """A changed order or answer is refused, not guessed at."""
    prepared({"a.txt": "INT: Hello.\n"})
    asked = bytearray(order(site, "a.txt"))
    asked[len(asked) // 2] ^= 1
    with pytest.raises(StudyKeyError):
        prepare_sealed(site.workspace.root, None, bytes(asked), last_try=True)
    with pytest.raises(StudyKeyError):
        unseal_outcomes(bytes(asked), site.keys)
    with pytest.raises(StudyKeyError):
        Prepared.unsealed(b"", site.keys)


def test_a_prepared_transcript_survives_sealing(site: Site, prepared: Prepare) -> None:
    """Sealed and opened again it is the same, to the character."""
    odd = "\u2019\u00ad\u0301 \U0001f600 \u2028"
    (outcome,) = prepared({"a.txt": f"INT: {odd}{CANARY} {odd}\n"})
    assert outcome.prepared is not None
    sealed = outcome.prepared.sealed(site.keys)
    assert CANARY.encode() not in sealed
    assert Prepared.unsealed(sealed, site.keys) == outcome.prepared
    assert CANARY not in repr(outcome.prepared)


def test_a_worker_writes_nothing(site: Site, prepared: Prepare) -> None:
    """Preparing leaves every file of the workspace as it was."""
    prepared({"a.txt": f"INT: Hello {CANARY}.\n"})
    before = {path: path.stat().st_mtime_ns for path in site.workspace.root.rglob("*")}
    prepare_sealed(site.workspace.root, None, order(site, "a.txt"), last_try=True)
    assert {path: path.stat().st_mtime_ns for path in site.workspace.root.rglob("*")} == before


_PARENT_OF_A_WORKER = """
import os, resource, signal, time
from multiprocessing import get_context
from deid.worker import start_process
reading, writing = os.pipe()
def work():
    start_process()
    print(resource.getrlimit(resource.RLIMIT_CORE), flush=True)
    os.write(writing, b"!")
    time.sleep(60)
    print("still alive", flush=True)
get_context("fork").Process(target=work).start()
os.read(reading, 1)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_a_worker_ends_with_its_parent_and_dumps_no_core() -> None:
    """A process set up as a worker has no core file and is gone soon after its parent."""
    answer = subprocess.run(  # ends when the worker, the last to hold the pipe, has ended
        [sys.executable, "-c", _PARENT_OF_A_WORKER],
        capture_output=True,
        text=True,
        check=False,
        timeout=50,
    )
    assert (answer.returncode, answer.stdout) == (-signal.SIGKILL, "(1, 1)\n")  # see deid.cores
