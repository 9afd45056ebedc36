"""deid.plan: what is due, which id it has, and that a file name never shapes anything."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deid import keys
from deid.errors import PASSING, ExitCode, Reason, UsageError
from deid.inbox import Waiting
from deid.items import Item, Why
from deid.keys import StudyKeys
from deid.plan import Plan, Rerun, plan
from deid.vault import TranscriptRecord, TranscriptState, Vault
from deid.workspace import Workspace

type Planner = Callable[..., Plan]
STUDY = "LWT"


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace; no key in the environment."""
    monkeypatch.delenv("DEID_STUDY_KEY", raising=False)
    return Workspace.create(tmp_path / "study")


@pytest.fixture
def study_keys(workspace: Workspace) -> StudyKeys:
    """Its keys."""
    return keys.create(workspace)


@pytest.fixture
def vault(workspace: Workspace, study_keys: StudyKeys) -> Iterator[Vault]:
    """Its empty vault."""
    Vault.create(workspace.vault, study_keys.vault_key)
    with Vault.open(workspace.vault, study_keys.vault_key) as opened:
        yield opened


@pytest.fixture
def planned(workspace: Workspace, vault: Vault, study_keys: StudyKeys) -> Planner:
    """The plan as things stand; ``planned(rerun=…, only=…, fingerprint=…)``."""

    def now(**options: object) -> Plan:
        told: dict[str, object] = {"study_id": STUDY, "fingerprint": "f1", **options}
        return plan(workspace.inbox, vault, study_keys, **told)  # type: ignore[arg-type] # any option

    return now


@pytest.fixture
def done(vault: Vault) -> Callable[..., None]:
    """Record items as done, or as withheld for their own reason or the one given."""

    def record(*items: Item, reason: Reason | None = None, fingerprint: str = "f1") -> None:
        for item in items:
            why = item.refused or reason
            vault.upsert_transcript(
                TranscriptRecord(
                    transcript_id=item.transcript_id,
                    relative_path=item.path,
                    content_digest=item.digest,
                    fingerprint=fingerprint,
                    state=TranscriptState.WITHHELD if why else TranscriptState.DONE,
                    reason=why.value if why else "",
                    size=item.size,
                    mtime_ns=item.mtime_ns,
                )
            )

    return record


def write(workspace: Workspace, name: str, text: str = "INT: Hello.\n") -> Path:
    """A file of the inbox."""
    path = workspace.inbox / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def by_path(made: Plan) -> dict[str, Item]:
    """What is due, by path."""
    return {item.path: item for item in made.todo}


def test_a_new_file_is_due(workspace: Workspace, planned: Planner) -> None:
    """Files of the inbox and of its subfolders are due, ordered by id, with size and digest."""
    write(workspace, "one.txt", "one")
    write(workspace, "sub/two.txt", "two")
    made = planned()
    assert set(by_path(made)) == {"one.txt", "sub/two.txt"}
    ids = [item.transcript_id for item in made.todo]
    assert ids == sorted(ids)
    assert {item.size for item in made.todo} == {3}
    assert (made.unchanged, made.still_withheld) == (0, 0)


def test_an_empty_inbox_is_nothing_to_do(planned: Planner) -> None:
    """Nothing there is nothing due."""
    assert planned() == Plan((), 0, 0)


@pytest.mark.parametrize(
    "name", [".hidden.txt", "~$draft.docx", ".~lock.draft.odt#", "sub/.hidden.txt", "sub/~$x.docx"]
)
def test_hidden_and_lock_files_are_passed_over(
    workspace: Workspace, planned: Planner, name: str
) -> None:
    """What an office program or a file system left is no transcript."""
    write(workspace, name)
    assert planned() == Plan((), 0, 0)


def test_what_is_done_is_left_alone(
    workspace: Workspace, planned: Planner, done: Callable[..., None]
) -> None:
    """Nothing changed: nothing is due, and it is counted."""
    write(workspace, "one.txt")
    done(*planned().todo)
    assert planned() == Plan((), 1, 0)


def test_a_touched_file_is_not_changed(
    workspace: Workspace, planned: Planner, done: Callable[..., None]
) -> None:
    """Another time with the same bytes is no change."""
    path = write(workspace, "one.txt")
    done(*planned().todo)
    os.utime(path, (1, 1))
    assert planned() == Plan((), 1, 0)


def test_a_changed_file_is_due_under_its_id(
    workspace: Workspace, planned: Planner, done: Callable[..., None]
) -> None:
    """A correction does not make another transcript."""
    write(workspace, "one.txt", "first")
    before = planned().todo
    done(*before)
    write(workspace, "one.txt", "second")
    (again,) = planned().todo
    assert again.transcript_id == before[0].transcript_id
    assert again.digest != before[0].digest


def test_another_fingerprint_makes_everything_due(
    workspace: Workspace, planned: Planner, done: Callable[..., None]
) -> None:
    """Another policy, register, model or program is another result."""
    write(workspace, "one.txt")
    done(*planned().todo)
    assert len(planned(fingerprint="f2").todo) == 1


def test_another_study_is_another_id(workspace: Workspace, planned: Planner) -> None:
    """The same interview in two studies cannot be matched by its id."""
    write(workspace, "one.txt")
    assert planned().todo[0].transcript_id != planned(study_id="OTHER").todo[0].transcript_id


@pytest.mark.parametrize("reason", sorted(PASSING))
def test_what_may_pass_is_tried_again(
    workspace: Workspace, planned: Planner, done: Callable[..., None], reason: Reason
) -> None:
    """A file that was in use or a worker that died is due in every run."""
    write(workspace, "one.txt")
    done(*planned().todo, reason=reason)
    assert len(planned().todo) == 1


@pytest.mark.parametrize("reason", sorted(set(Reason) - PASSING - {Reason.DUPLICATE}))
def test_what_will_not_pass_waits_for_a_change(
    workspace: Workspace, planned: Planner, done: Callable[..., None], reason: Reason
) -> None:
    """A refused file is not read again and again, is counted, and is due when asked for."""
    write(workspace, "one.txt")
    done(*planned().todo, reason=reason)
    assert planned() == Plan((), 0, 1)
    assert len(planned(rerun=Rerun.WITHHELD).todo) == 1
    write(workspace, "one.txt", "INT: Hello again.\n")
    assert len(planned().todo) == 1


def test_a_file_that_waits_is_neither_planned_nor_taken_for_gone(
    workspace: Workspace, planned: Planner, done: Callable[..., None]
) -> None:
    """Open in Word, it is counted and keeps its id, and a copy of what it was is still a copy."""
    write(workspace, "draft.docx", "one")
    done(*planned().todo)
    write(workspace, "draft.docx", "another")
    write(workspace, "copy.docx", "one")
    lock = write(workspace, "~$draft.docx")
    held = planned()
    assert held.waiting == {Waiting.OPEN: 1}
    assert set(by_path(held)) == {"copy.docx"}
    lock.unlink()
    assert set(by_path(planned())) == {"copy.docx", "draft.docx"}
    assert planned().waiting == {}


def test_a_finished_file_that_is_open_is_left_alone(
    workspace: Workspace, planned: Planner, done: Callable[..., None]
) -> None:
    """Somebody who reads a transcript that did not change keeps nothing waiting."""
    write(workspace, "draft.docx")
    done(*planned().todo)
    write(workspace, "~$draft.docx")
    assert planned() == Plan((), 1, 0)


def test_why_each_is_due(workspace: Workspace, planned: Planner, done: Callable[..., None]) -> None:
    """New, changed, touched by another policy, tried again, asked for; the rest is counted."""
    for name in ("changed.txt", "failed.txt", "same.txt"):
        write(workspace, name, name)
    items = by_path(planned())
    done(items["changed.txt"], items["same.txt"])
    done(items["failed.txt"], reason=Reason.UNREADABLE)
    write(workspace, "changed.txt", "something else")
    write(workspace, "new.txt", "new")
    assert {path: item.why for path, item in by_path(planned()).items()} == {
        "changed.txt": Why.CHANGED,
        "failed.txt": Why.AGAIN,
        "new.txt": Why.NEW,
    }
    withheld = planned(rerun=Rerun.WITHHELD)
    assert (set(by_path(withheld)), withheld.later, withheld.unchanged) == ({"failed.txt"}, 2, 1)
    assert planned(rerun=Rerun.ALL).by_reason()[Why.ASKED] == 1
    touched = planned(rerun=Rerun.TOUCHED, fingerprint="f2")
    assert set(by_path(touched)) == {"changed.txt", "failed.txt", "same.txt"}
    assert touched.later == 1
    carried = [items["same.txt"].transcript_id]
    assert set(by_path(planned(rerun=Rerun.TOUCHED, fingerprint="f2", carried=carried))) == {
        "changed.txt",
        "failed.txt",
    }


def test_rerun_says_what_is_done_again(
    workspace: Workspace, planned: Planner, done: Callable[..., None]
) -> None:
    """Nothing, only the withheld, or all."""
    write(workspace, "one.txt", "one")
    write(workspace, "two.txt", "two")
    items = by_path(planned())
    done(items["one.txt"])
    done(items["two.txt"], reason=Reason.LEAK)
    assert planned() == Plan((), 1, 1)
    assert set(by_path(planned(rerun=Rerun.WITHHELD))) == {"two.txt"}
    assert set(by_path(planned(rerun=Rerun.ALL))) == {"one.txt", "two.txt"}


def test_only_limits_a_run_and_always_does_what_it_names(
    workspace: Workspace, planned: Planner, done: Callable[..., None]
) -> None:
    """An id asked for is done, changed or not; nothing else is, nor is it counted."""
    write(workspace, "one.txt", "one")
    write(workspace, "two.txt", "two")
    items = by_path(planned())
    wanted = items["one.txt"].transcript_id
    assert set(by_path(planned(only=[wanted]))) == {"one.txt"}
    done(*items.values())
    assert planned(only=[wanted]) == Plan((items["one.txt"],), 0, 0)


def test_an_id_of_no_transcript_is_refused(workspace: Workspace, planned: Planner) -> None:
    """A mistyped id is said, not passed over as if it had been done."""
    write(workspace, "one.txt")
    with pytest.raises(UsageError) as caught:
        planned(only=["t-0123456789abcdef"])
    assert caught.value.exit_code is ExitCode.USAGE


def test_a_renamed_file_keeps_its_id(
    workspace: Workspace, planned: Planner, done: Callable[..., None]
) -> None:
    """A new path with the content of a file that is gone is that file."""
    path = write(workspace, "Siobhan Hargreaves.txt")
    before = planned().todo
    done(*before)
    path.rename(workspace.inbox / "tutor.txt")
    (renamed,) = planned().todo
    assert renamed.transcript_id == before[0].transcript_id
    assert renamed.path == "tutor.txt"
    done(renamed)
    assert planned() == Plan((), 1, 0)


def test_a_copy_is_refused_and_the_first_is_not(
    workspace: Workspace, planned: Planner, done: Callable[..., None]
) -> None:
    """Of files of one content one is done, whichever is known or else first by path."""
    write(workspace, "b.txt")
    done(*planned().todo)
    write(workspace, "a.txt")
    write(workspace, "c.txt")
    copies = by_path(planned())
    assert {path: item.refused for path, item in copies.items()} == {
        "a.txt": Reason.DUPLICATE,
        "c.txt": Reason.DUPLICATE,
    }
    done(*copies.values())
    assert planned() == Plan((), 1, 2)


def test_new_copies_have_ids_of_their_own(workspace: Workspace, planned: Planner) -> None:
    """Each of several new files of one content has its id; the first by path is done."""
    for name in ("c.txt", "a.txt", "b.txt"):
        write(workspace, name)
    items = by_path(planned())
    assert {path for path, item in items.items() if item.refused is None} == {"a.txt"}
    assert len({item.transcript_id for item in items.values()}) == 3


def test_a_copy_is_due_when_its_original_becomes_something_else(
    workspace: Workspace, planned: Planner, done: Callable[..., None]
) -> None:
    """What was refused as a copy is a transcript of its own once no other has its content."""
    write(workspace, "a.txt", "one")
    write(workspace, "b.txt", "one")
    done(*planned().todo)
    write(workspace, "a.txt", "another")
    items = by_path(planned())
    assert {path: item.refused for path, item in items.items()} == {"a.txt": None, "b.txt": None}
    assert items["a.txt"].transcript_id != items["b.txt"].transcript_id


def test_a_copy_stays_one_when_its_original_is_gone(
    workspace: Workspace, planned: Planner, done: Callable[..., None]
) -> None:
    """What the study has already is not done a second time under another id."""
    original = write(workspace, "a.txt")
    write(workspace, "b.txt")
    first = by_path(planned())
    done(*first.values())
    original.unlink()
    assert planned() == Plan((), 0, 1)
    original = write(workspace, "c.txt")
    (renamed,) = planned().todo
    assert (renamed.path, renamed.refused) == ("c.txt", None)
    assert renamed.transcript_id == first["a.txt"].transcript_id


def test_an_old_version_kept_beside_the_corrected_one_has_an_id_of_its_own(
    workspace: Workspace, planned: Planner, done: Callable[..., None]
) -> None:
    """A copy made before a correction does not take the corrected transcript's place."""
    write(workspace, "one.txt", "first")
    done(*planned().todo)
    write(workspace, "one.txt", "corrected")
    done(*planned().todo)
    write(workspace, "one, old.txt", "first")
    (old,) = planned().todo
    done(old)
    assert planned() == Plan((), 2, 0)
    both = planned(rerun=Rerun.ALL).todo
    assert len({item.transcript_id for item in both}) == 2


def test_a_file_that_vanishes_is_not_due_and_comes_back_as_it_was(
    workspace: Workspace, planned: Planner, done: Callable[..., None]
) -> None:
    """A file taken away asks for nothing; put back, it is unchanged under its id."""
    path = write(workspace, "one.txt")
    done(*planned().todo)
    path.unlink()
    assert planned() == Plan((), 0, 0)
    write(workspace, "one.txt")
    assert planned() == Plan((), 1, 0)


def test_a_link_is_refused(workspace: Workspace, planned: Planner, tmp_path: Path) -> None:
    """Neither a link to a file nor one to a folder is followed, wherever it leads."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "x.txt").write_text("INT: Hello.\n", encoding="utf-8")
    (workspace.inbox / "file.txt").symlink_to(outside / "x.txt")
    (workspace.inbox / "folder").symlink_to(outside)
    (workspace.inbox / "nowhere.txt").symlink_to(outside / "gone.txt")
    write(workspace, "real.txt")
    (workspace.inbox / "own.txt").symlink_to(workspace.inbox / "real.txt")
    refused = {path: item.refused for path, item in by_path(planned()).items()}
    assert refused.pop("real.txt") is None
    assert set(refused) == {"file.txt", "folder", "nowhere.txt", "own.txt"}
    assert set(refused.values()) <= {Reason.OUTSIDE_INBOX, Reason.UNREADABLE}


def test_a_file_name_that_is_no_text_is_refused_and_does_not_stop_the_rest(
    workspace: Workspace, planned: Planner, done: Callable[..., None]
) -> None:
    """A name in another encoding cannot be written down; its file is withheld, others are not."""
    odd = os.fsencode(workspace.inbox) + b"/Si\xe2n.txt"
    with open(odd, "wb") as file:  # noqa: PTH123 - a path that is no text
        file.write(b"INT: Hello.\n")
    write(workspace, "one.txt", "one")
    items = planned().todo
    assert sorted(item.refused or "" for item in items) == ["", Reason.UNREADABLE]
    for item in items:
        assert item.path.encode("utf-8")
    done(*items)
    assert [item.refused for item in planned().todo] == [Reason.UNREADABLE]


def test_a_file_that_cannot_be_read_is_refused_and_tried_again(
    workspace: Workspace,
    planned: Planner,
    done: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No permission or a failing disk withholds one file; once it can be read it is done."""

    def fails(_path: Path) -> str:
        raise PermissionError(13, "Permission denied", "a name")

    write(workspace, "one.txt")
    with monkeypatch.context() as patched:
        patched.setattr("deid.items.sha256_file", fails)
        (item,) = planned().todo
        assert (item.refused, item.digest) == (Reason.UNREADABLE, "")
        done(item)
        assert len(planned().todo) == 1
    (readable,) = planned().todo
    assert readable.refused is None
    assert readable.transcript_id == item.transcript_id


def test_an_id_never_holds_or_tells_the_file_name(
    workspace: Workspace, planned: Planner, vault: Vault
) -> None:
    """Ids are keyed digests of content: another name gives the same id, and none is in it."""
    write(workspace, "Siobhan Hargreaves.txt")
    (one,) = planned().todo
    (workspace.inbox / "Siobhan Hargreaves.txt").rename(workspace.inbox / "Tom.txt")
    (other,) = planned().todo
    assert list(vault.transcripts()) == []
    assert one.transcript_id == other.transcript_id
    assert one.transcript_id.startswith("t-")
    assert set(one.transcript_id[2:]) <= set("0123456789abcdef")


def test_a_plan_is_silent_in_repr(workspace: Workspace, planned: Planner) -> None:
    """A file name, often a person's, shows in no log or debugger."""
    write(workspace, "Siobhan Hargreaves.txt")
    assert "Siobhan" not in repr(planned())


def test_planning_changes_nothing(workspace: Workspace, planned: Planner, vault: Vault) -> None:
    """Looking twice gives the same plan; the inbox and the vault are as before."""
    write(workspace, "one.txt")
    before = sorted(workspace.root.rglob("*"))
    assert planned() == planned()
    assert sorted(workspace.root.rglob("*")) == before
    assert list(vault.transcripts()) == []
