"""The flow on a real Prefect API: its form, its states, and what a fault does to the rest."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from deid import quarantine
from deid.audit import EventType, read, verify
from deid.errors import ExitCode, Reason
from deid.keys import load_public_key
from deid.workspace import Workspace

pytestmark = [pytest.mark.model, pytest.mark.slow]
FAULTS = Path(__file__).parents[1] / "faults"
type Flow = Callable[..., Any]
type Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def flow() -> Iterator[Flow]:
    """``deidentify`` on an API and a database of the tests' own; returns its final state."""
    from prefect.testing.utilities import prefect_test_harness  # noqa: PLC0415 - seconds

    from flows.deidentify import deidentify  # noqa: PLC0415

    with prefect_test_harness(server_startup_timeout=120):
        yield lambda root, **told: deidentify(root, **told, return_state=True)


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
        assert list(form["properties"]) == ["workspace", "config", "only", "rerun"]
        for name, field in form["properties"].items():
            assert len(field["description"]) > 20, name
            assert "default" in field, name

    def test_choices_are_a_list(self, form: dict[str, Any]) -> None:
        """What is done again is chosen from four words, not typed."""
        assert form["definitions"]["Rerun"]["enum"] == ["new", "withheld", "touched", "all"]

    def test_ids_have_a_shape(self, form: dict[str, Any]) -> None:
        """The form itself refuses what is no transcript id."""
        assert "^t-[0-9a-f]{16}$" in str(form["properties"]["only"])


class TestStates:
    def test_nothing_to_do(self, blank: Path, flow: Flow) -> None:
        """An empty inbox is no failure."""
        state = flow(blank)
        assert state.is_completed()
        assert state.message.startswith("nothing new: 0 unchanged; audit head ")

    @pytest.mark.parametrize("wrong", ["../t-0123456789abcdef", "Marguerite Oyelaran", "t-1"])
    def test_wrong_id(self, blank: Path, flow: Flow, wrong: str) -> None:
        """What is no id is refused before anything is opened, and not repeated in the state."""
        before = (blank / "audit" / "events.jsonl").read_bytes()
        state = flow(blank, only=[wrong])
        assert state.is_failed()
        assert wrong not in str(state.message)
        assert (blank / "audit" / "events.jsonl").read_bytes() == before

    def test_id_of_nothing(self, blank: Path, flow: Flow) -> None:
        """An id that no file has is refused."""
        state = flow(blank, only=["t-0123456789abcdef"])
        assert state.is_failed()

    def test_no_workspace(self, tmp_path: Path, flow: Flow) -> None:
        """Where there is no workspace the state says what to do."""
        state = flow(tmp_path)
        assert state.is_failed()
        assert "deid init" in state.message

    def test_two_at_a_time(self, study: Path, flow: Flow, deid: Command) -> None:
        """While one run holds the workspace a second is refused, by flow and by command line."""
        with Workspace.open(study).lock():
            state = flow(study)
            command = deid("run", "--workspace", study)
        assert state.is_failed()
        assert "another run holds the workspace" in state.message
        assert command.returncode == ExitCode.BUSY
        assert "another run holds the workspace" in " ".join(command.stderr.split())


class TestFaults:
    @pytest.fixture(autouse=True)
    def faults(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
        """Workers fail on transcripts that ask for it; NOT-YET once for each file in here."""
        counted = tmp_path / "faults"
        counted.mkdir()
        monkeypatch.setenv("PYTHONPATH", str(FAULTS))
        monkeypatch.setenv("DEID_TEST_FAULTS", str(counted))
        return counted

    def test_broken_file(self, study: Path, flow: Flow) -> None:
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
        state = flow(blank)
        assert state.is_completed(), state.message
        assert state.message.startswith("1 written, 6 unchanged, 0 withheld")
        assert (written(blank), withheld(blank)) == (7, [])
        assert holds(blank)
        died = read(blank / "audit" / "events.jsonl", types=(EventType.TRANSCRIPT_WITHHELD,))
        assert [event.facts["reason"] for event in died] == ["worker-died"]
