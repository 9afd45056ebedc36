"""The flow on a real Prefect API: its form, its states, and what a fault does to the rest."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from multiprocessing.forkserver import _forkserver
from pathlib import Path
from typing import Any

import pytest

from deid import quarantine
from deid.audit import EventType, read, verify
from deid.errors import ExitCode, Reason
from deid.keys import load_public_key
from deid.plan import Rerun
from deid.workspace import Workspace

pytestmark = [pytest.mark.model, pytest.mark.slow]
FAULTS = Path(__file__).parents[1] / "faults"
IDS, ALL = "only the transcript ids below", "everything, changed or not"
type Recorded = Callable[[Any], dict[str, Any]]
type Flow = Callable[..., Any]
type Command = Callable[..., subprocess.CompletedProcess[str]]


def inbox(root: Path, *texts: str) -> None:
    """Put one transcript a text into the inbox."""
    for number, text in enumerate(texts):
        path = root / "inbox" / f"{number}.txt"
        path.write_text(f"INT: {text}\nP1: Not so bad, all in all.\n", encoding="utf-8")


def withheld(root: Path) -> list[Reason]:
    """The reasons of the quarantine records, in alphabetical order."""
    return sorted(record.reason for record in quarantine.records(root / "quarantine"))


def written(root: Path) -> int:
    """How many transcripts stand in staging."""
    return len(list((root / "staging" / "turns").glob("*.parquet")))


def holds(root: Path) -> bool:
    """Whether the audit log holds."""
    return verify(root, load_public_key(root / "keys" / "signing.pub")).ok


class TestForm:
    @pytest.fixture(scope="class")
    def form(self) -> dict[str, Any]:
        """What the Prefect UI makes its form from."""
        from flows.deidentify import deidentify  # noqa: PLC0415

        schema = deidentify.parameters
        return {"properties": schema.properties, "definitions": schema.definitions or {}}

    def test_every_field_is_explained(self, form: dict[str, Any]) -> None:
        """Each parameter has a description and a default that may be left."""
        assert list(form["properties"]) == ["work", "workspace", "config"]
        work = form["definitions"]["Work"]
        fields = {**form["properties"], **work["properties"]}
        assert len(work["description"]) > 20
        del fields["work"]  # explained by its group
        for name, field in fields.items():
            assert len(field["description"]) > 20, name
            assert "default" in field, name

    def test_choices_are_a_list(self, form: dict[str, Any]) -> None:
        """What is done is chosen in words, not typed, and every choice is one that a run knows."""
        from flows.form import RERUNS, What  # noqa: PLC0415

        assert form["definitions"]["What"]["enum"] == [what.value for what in What]
        assert RERUNS.keys() == set(What)
        assert set(RERUNS.values()) == set(Rerun)

    def test_ids_have_a_shape(self, form: dict[str, Any]) -> None:
        """The form itself refuses what is no transcript id."""
        rows = form["definitions"]["Work"]["properties"]["transcripts"]
        assert rows["items"]["pattern"] == "^t-[0-9a-f]{16}$"


class TestStates:
    def test_nothing_to_do(self, blank: Path, flow: Flow) -> None:
        """An empty inbox is no failure."""
        state = flow(blank)
        assert state.is_completed()
        assert state.message.startswith("nothing new: 0 unchanged; audit head ")

    @pytest.mark.parametrize(
        ("work", "told"),
        [
            ({"what": IDS, "transcripts": ["Marguerite Oyelaran"]}, "one a row"),
            ({"what": IDS, "transcripts": ["../t-0123456789abcdef"]}, "one a row"),
            ({"what": IDS, "transcripts": "Marguerite Oyelaran"}, "one a row"),
            ({"what": IDS}, "type at least one"),
            ({"transcripts": ["t-0123456789abcdef"]}, "leave them out"),
            ({"what": "Marguerite Oyelaran"}, "choose one of the list"),
            ({"dry_run": "Marguerite Oyelaran"}, "switch it on or off"),
            ({"Marguerite Oyelaran": 1}, "fill in the form anew"),
            ("Marguerite Oyelaran", "fill in the form anew"),
        ],
    )
    def test_wrong_input(
        self, blank: Path, flow: Flow, work: object, told: str, recorded: Recorded
    ) -> None:
        """What cannot be understood is refused with what to type, before anything is opened.

        What was typed may be a name: neither state nor parameters nor logs keep it.
        """
        before = (blank / "audit" / "events.jsonl").read_bytes()
        state = flow(blank, work=work)
        assert (state.name, state.is_failed()) == ("Refused", True)
        assert told in state.message
        assert (blank / "audit" / "events.jsonl").read_bytes() == before
        kept = recorded(state)
        assert kept["parameters"] == {}
        assert "Oyelaran" not in str(kept)
        assert "../t-" not in str(kept)

    def test_id_of_nothing(self, blank: Path, flow: Flow) -> None:
        """An id that no file has is refused."""
        state = flow(blank, work={"what": IDS, "transcripts": ["t-0123456789abcdef"]})
        assert state.name == "Refused"
        assert "no transcript in the inbox has the id" in state.message

    def test_dry_run(self, study: Path, flow: Flow, recorded: Recorded) -> None:
        """It lists what would be done and why, under a name and tag of its own; nothing changes."""
        before = {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}
        state = flow(study, work={"what": ALL, "dry_run": True})
        assert (state.name, state.is_completed()) == ("Dry run", True)
        assert state.message.startswith("dry run, nothing was written: 7 would be done (new 7)")
        assert {path: path.read_bytes() for path in study.rglob("*") if path.is_file()} == before
        kept = recorded(state)
        assert kept["tags"] == ["dry-run"]
        assert kept["name"].startswith("dry-run ")
        (page,) = kept["artifacts"]["dry-run"]
        assert page.count("| new |") == 7

    def test_no_workspace(self, tmp_path: Path, flow: Flow) -> None:
        """Where there is no workspace the state says what to do."""
        state = flow(tmp_path)
        assert state.is_failed()
        assert "deid init" in state.message

    def test_two_at_a_time(
        self, study: Path, flow: Flow, deid: Command, recorded: Recorded
    ) -> None:
        """While one run holds the workspace a second is refused, by flow and by command line."""
        with Workspace.open(study).lock():
            state = flow(study)
            command = deid("run", "--workspace", study)
        assert state.name == "Refused"
        assert state.message.startswith("another run holds the workspace; wait until")
        assert "Traceback" not in str(recorded(state))
        assert command.returncode == ExitCode.BUSY
        assert "another run holds the workspace" in " ".join(command.stderr.split())


@pytest.fixture(scope="class")
def faulty() -> Iterator[None]:
    """Workers are forked from a process that loaded what fails, and no later ones are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(FAULTS))
        _forkserver._stop()
        yield
    _forkserver._stop()


@pytest.mark.usefixtures("faulty")
class TestFaults:
    @pytest.fixture(autouse=True)
    def faults(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
        """Workers fail on transcripts that ask for it; NOT-YET once for each file in here."""
        counted = tmp_path / "faults"
        counted.mkdir()
        monkeypatch.setenv("DEID_TEST_FAULTS", str(counted))
        return counted

    def test_broken_file(self, study: Path, flow: Flow, recorded: Recorded) -> None:
        """A broken file is withheld, the rest is done, the state is Failed and gives counts."""
        shutil.copyfile(study / "inbox" / "02 tutor.txt", study / "inbox" / "copy.txt")
        (study / "inbox" / "broken.docx").write_bytes(b"PK\x03\x04 broken")
        state = flow(study)
        assert state.is_failed()
        assert state.message.startswith(
            "7 written, 0 unchanged, 2 withheld (duplicate 1, truncated 1); audit head "
        )
        assert (written(study), withheld(study)) == (7, [Reason.DUPLICATE, Reason.TRUNCATED])
        assert holds(study)
        kept = recorded(state)
        assert kept["tags"] == ["rerun", "withheld"]
        assert kept["name"].startswith("rerun ")
        broken = [task for task in kept["tasks"] if task["state"] == "Withheld"]
        assert [task["message"] for task in broken] == ["0 read, 1 withheld (truncated 1)"]
        assert [task["run_count"] for task in broken] == [1]
        assert all(re.fullmatch(r"t-[0-9a-f]{16}", task["name"]) for task in kept["tasks"])
        (page,) = kept["artifacts"]["morning"]
        for told in ("2 withheld, 7 done", "cut off; copy it again", broken[0]["name"]):
            assert told in page
        assert state.message.rpartition(" ")[2] in page
        assert kept["artifacts"]["progress"] == ["100"]

    def test_not_yet_readable(self, blank: Path, flow: Flow, faults: Path) -> None:
        """A file that cannot be read at first is tried again within the run."""
        (faults / "once").touch()
        inbox(blank, "NOT-YET", "Good morning.")
        state = flow(blank)
        assert state.is_completed(), state.message
        assert list(faults.iterdir()) == []
        assert written(blank) == 2

    def test_process_dies(self, blank: Path, flow: Flow, monkeypatch: pytest.MonkeyPatch) -> None:
        """A transcript that ends its process is withheld, alone; the next run does it."""
        inbox(blank, "PROCESS-DIES here", *(f"Good morning, number {n}." for n in range(6)))
        state = flow(blank)
        assert state.is_failed()
        assert "6 written, 0 unchanged, 1 withheld (worker-died 1)" in state.message
        assert withheld(blank) == [Reason.WORKER_DIED]
        monkeypatch.delenv("PYTHONPATH")
        _forkserver._stop()
        state = flow(blank)
        assert state.is_completed(), state.message
        assert state.message.startswith("1 written, 6 unchanged, 0 withheld")
        assert (written(blank), withheld(blank)) == (7, [])
        assert holds(blank)
        died = read(blank / "audit" / "events.jsonl", types=(EventType.TRANSCRIPT_WITHHELD,))
        assert [event.facts["reason"] for event in died] == ["worker-died"]
