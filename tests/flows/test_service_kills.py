"""Promise: whatever of the service is killed, at whatever moment, the night ends as if undisturbed.

Forty transcripts, one `deid serve`, and kills of the run (alone, or with its processes), of the
worker and of Prefect's server: three here; `make soak` does many rounds of five, each with another
seed.
"""

import os
import random
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import Any

import psutil
import pytest

from deid.audit import EventType, read
from deid.site import Site
from deid.vault import TranscriptState, Vault
from tests.e2e.killing import outputs, problem
from tests.flows.test_serve import Service, none_left, until

pytestmark = [pytest.mark.model, pytest.mark.slow, pytest.mark.timeout(900)]

SOAKED = "DEID_TEST_ROUNDS" in os.environ
ROUNDS = int(os.environ.get("DEID_TEST_ROUNDS", "1"))
GIVEN = ("Philippa", "Desmond", "Rosalind", "Kenji", "Marguerite", "Tobias", "Ingrid", "Callum")
FAMILY = ("Achterberg", "Bramhall", "Oyelaran", "Wrenfield", "Salthouse")
TOWNS = ("Swindon", "Taunton", "Gloucester", "Keynsham")
_KILLS = (
    *(("server", 0), ("engine", 4), ("engine with its processes", 12)),
    *(("worker", 22), ("server", 32)),
)
KILLS = _KILLS if SOAKED else (_KILLS[0], *_KILLS[2:4])
"""What is killed once so many transcripts stand in staging/. After the worker's end nobody watches
the run that it had started, so no run is killed after that: Prefect takes two minutes to see it.
A run that begins while the server is away waits for it; one whose first question falls into the
moment of the server's end is Crashed, and the next one does its work."""


def transcript(number: int, given: str, family: str) -> str:
    """A minute of talk in which somebody names people who are met in other transcripts too."""
    friend = f"{GIVEN[number % 7]} {FAMILY[number % 3]}"
    town = TOWNS[number % 4]
    talk = (
        f"INT: Could you tell me who helped you?\nP: I am {given} {family}, and {friend} did.\n"
        f"INT: Where was that?\nP: In {town}. {given} and {GIVEN[number % 7]}, they said, ha.\n"
        "P: The pain was seven out of ten on most days, and the group met on Thursdays.\n"
    )
    return talk * 6


@pytest.fixture(scope="module")
def forty(
    blank_study: Path,
    tmp_path_factory: pytest.TempPathFactory,
    prefect_once: Callable[[Path], Path],
) -> Path:
    """A workspace with forty transcripts and no schedule, not run yet; only to be copied."""
    root = tmp_path_factory.mktemp("forty") / "study"
    prefect_once(Path(shutil.copytree(blank_study, root)))
    for number, (given, family) in enumerate(product(GIVEN, FAMILY)):
        text = transcript(number, given, family)
        (root / "inbox" / f"{number:02} {family}.txt").write_text(text, encoding="utf-8")
    config = root / "config" / "deid.yaml"
    told = config.read_text(encoding="utf-8").replace("enabled: true", "enabled: false")
    config.write_text(told.replace("workers: 0", "workers: 2"), encoding="utf-8")
    return root


class Disturbed:
    """A service with forty transcripts to do, of which parts are killed."""

    def __init__(self, service: Service, seed: int) -> None:
        self.service, self.root = service, service.root
        self.chance = random.Random(seed)  # noqa: S311 - not for secrets
        self.kills: list[tuple[str, int]] = []
        self.run = ""

    def written(self) -> int:
        """How many transcripts stand in staging/."""
        return len(list((self.root / "staging" / "turns").glob("t-*.parquet")))

    def engine(self) -> psutil.Process | None:
        """The process of the run, wherever below the service it hangs."""
        for process in self.service.process.children(recursive=True):
            with suppress(psutil.Error):  # it may be ending just now
                if process.cmdline()[-1:] == ["engine"]:
                    return process
        return None

    def go_through(self) -> None:
        """All the kills; whenever a run has ended, the next one, and one more to the end."""
        self.run = self.service.start_a_run()
        for part, wanted in KILLS:
            until(lambda wanted=wanted: self.goes_on() and self.written() >= wanted, 120)  # type: ignore[misc]
            time.sleep(self.chance.random() * (0.3 if wanted else 3))
            self.kills.append((part, self.written()))
            self.kill(part)
        self.service.ended(self.run)
        assert self.service.ended(self.service.start_a_run())["state_type"] == "COMPLETED"

    def goes_on(self) -> bool:
        """Whether a run is at work; where the last one has ended, another one is asked for."""
        if self.engine() is not None:
            return True
        ends = {"CRASHED", "COMPLETED", "CANCELLED", "FAILED"}
        if self.service.ask(f"/api/flow_runs/{self.run}")[1]["state_type"] in ends:
            self.run = self.service.start_a_run()
        return False

    def kill(self, part: str) -> None:
        """Kill a part, and wait until what the service starts again is there again."""
        process = until(self.engine if part.startswith("engine") else lambda: self.part(part))
        assert process is not None
        below = process.children(recursive=True) if part != "worker" else []
        process.kill()
        for each in below if part.endswith("processes") else []:
            with suppress(psutil.NoSuchProcess):
                each.kill()
        assert none_left([process, *below])
        until(self.service.healthy)

    def part(self, name: str) -> psutil.Process | None:
        """A part as the service runs it now."""
        return self.service.part(name)


@pytest.fixture(scope="module", params=range(ROUNDS))
def disturbed(
    request: pytest.FixtureRequest,
    forty: Path,
    tmp_path_factory: pytest.TempPathFactory,
    environment: dict[str, str],
) -> Iterator[Disturbed]:
    """The service after all the kills of a round."""
    root = tmp_path_factory.mktemp("disturbed") / "study"
    shutil.copytree(forty, root)
    service = Service(root, environment)
    everything: list[psutil.Process] = []
    try:
        service.start()
        told = Disturbed(service, seed=request.param)
        told.go_through()
        everything = service.everything()
        yield told
    finally:
        everything = everything or service.everything()
        service.process.terminate()
        if not none_left([service.process], 60):
            for process in everything:
                with suppress(psutil.NoSuchProcess):
                    process.kill()


@pytest.fixture(scope="module")
def undisturbed(forty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the same forty transcripts will be done without a service and without a kill."""
    return Path(shutil.copytree(forty, tmp_path_factory.mktemp("undisturbed") / "study"))


def people(root: Path) -> list[tuple[str, list[str]]]:
    """Every pseudonym and what it stands for."""
    site = Site.open(root)
    with Vault.open(site.workspace.vault, site.keys.vault_key, read_only=True) as vault:
        return [
            (each.pseudonym, sorted(alias.normalised for alias in vault.aliases(each.id)))
            for each in vault.identities()
        ]


def test_ends_as_if_undisturbed(
    disturbed: Disturbed, undisturbed: Path, run_here: Callable[..., Any]
) -> None:
    """The same Parquet bytes, no file more or less, the same pseudonym for the same people."""
    run_here(undisturbed)
    expected = outputs(undisturbed)
    assert len(expected) == 3 * 40
    assert outputs(disturbed.root) == expected, disturbed.kills
    assert people(disturbed.root) == people(undisturbed), disturbed.kills


def test_log_holds_and_tells_nothing_twice(disturbed: Disturbed) -> None:
    """Each transcript was written once by the log's account, and the log holds."""
    assert problem(disturbed.root) == ""
    log = disturbed.root / "audit" / "events.jsonl"
    told = Counter(event.subject for event in read(log, types=(EventType.TRANSCRIPT_WRITTEN,)))
    assert (len(told), set(told.values())) == (40, {1}), disturbed.kills
    site = Site.open(disturbed.root)
    with Vault.open(site.workspace.vault, site.keys.vault_key, read_only=True) as vault:
        assert {each.state for each in vault.transcripts()} == {TranscriptState.DONE}


def test_prefect_knows_how_each_run_ended(disturbed: Disturbed) -> None:
    """Each run that was killed is shown as such, the last as done, and none is left running."""
    states = [run["state_type"] for run in disturbed.service.runs()]
    assert states[0] == "COMPLETED"
    assert set(states) == {"COMPLETED", "CRASHED"}
    killed = sum(part.startswith("engine") for part, _ in disturbed.kills)
    assert states.count("CRASHED") >= killed, disturbed.kills


def test_kills_came_in_between(disturbed: Disturbed) -> None:
    """They fell before, between and after transcripts: the test tests something."""
    assert len({written for _, written in disturbed.kills}) >= len(KILLS) - 1, disturbed.kills
