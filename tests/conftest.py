"""What tests share: Prefect kept out of the user's home, and a small study that runs in seconds."""

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from filelock import FileLock
from hypothesis import settings

settings.register_profile("any-machine", deadline=None)  # a slow machine is no failure
settings.load_profile("any-machine")
_PREFECT_HOME = tempfile.mkdtemp(prefix="deid-tests-prefect-")
atexit.register(shutil.rmtree, _PREFECT_HOME, ignore_errors=True)
os.environ |= {  # Prefect reads its settings when it is first imported, by whichever test
    "PREFECT_HOME": _PREFECT_HOME,
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_REGISTER_BLOCKS_ON_START": "false",  # as for `deid run`: it takes seconds
    "PREFECT_SERVER_MEMOIZE_BLOCK_AUTO_REGISTRATION": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_LOGGING_LEVEL": "ERROR",
    "PREFECT_LOGGING_TO_CONSOLE_LEVEL": "ERROR",
    "OMP_NUM_THREADS": "1",
    "COLUMNS": "160",  # tables are as wide wherever the tests run
}

_COLUMNS = (
    "participant_id,role,given_names,family_name,aliases,date_of_birth,nhs_number,postcode,"
    "telephone,email,places"
)
REGISTER = f"""\
{_COLUMNS}
P01,participant,Marguerite,Oyelaran,Maggie,1961-04-09,9990000018,BS5 6PX,07700 900311,,Easton
P02,participant,Tobias,Wrenfield,Toby,1970-12-01,9990000026,BA2 3FF,01632 960412,toby@example.org,
S01,tutor,Ingrid,Salthouse,,,,,,,
"""

FILES = {
    "01 Oyelaran first.txt": (
        "INT: Could you say your name for the tape?\n"
        "P1: Marguerite Oyelaran, but everyone says Maggie. I live in Easton, in Bristol.\n"
        "INT: And your NHS number, is it on the letter?\n"
        "P1: It's 999 000 0018. My daughter Philippa found the letter.\n"
        "P1: The oyelaran luck, my mother called it. Seven out of ten today.\n"
    ),
    "02 tutor.txt": (
        "Ingrid: I'm Ingrid Salthouse and I run the Thursday group with Philippa Oyelaran.\n"
        "INT: How long have you done that?\n"
        "Ingrid: Two years. Before that I nursed with Desmond Achterberg in Gloucester.\n"
    ),
    "03 captions.vtt": (
        "WEBVTT\n"
        "\n00:00:01.000 --> 00:00:05.000\n<v Tobias Wrenfield>My name is Tobias Wrenfield.\n"
        "\n00:00:05.000 --> 00:00:09.000\n<v Interviewer>And where do you live, Toby?\n"
        "\n00:00:09.000 --> 00:00:14.000\n<v Tobias Wrenfield>In Bath, BA2 3FF, near Ingrid.\n"
    ),
    "04 table.csv": (
        "speaker,text\nINT,Who helped you at home?\n"
        "P3,My neighbour Kenji Bramhall did. Ring him on 01632 960555 if you like.\n"
        "P3,He came from Swindon every week.\n"
    ),
    "sub/05 later.txt": (
        "INT: You were telling me about your GP.\n"
        "P4: Doctor Bramhall, yes. Not Kenji, his sister Rosalind. She sent me to Desmond.\n"
        "P4: I take gabapentin, 300 mg, and I count to ten.\n"
    ),
    "06 captions.srt": (
        "1\n00:00:01,000 --> 00:00:04,000\nINT: Is it Rosalind or Rosalyn?\n\n"
        "2\n00:00:04,500 --> 00:00:08,000\nP5: Rosalind. She moved to Taunton with Philippa.\n"
    ),
    "07 speech.json": (
        '{"segments": [{"start": 0.0, "end": 3.0, "speaker": "SPEAKER_00", '
        '"text": " Shall we begin, Kenji?"}, {"start": 3.0, "end": 7.5, "speaker": "SPEAKER_01", '
        '"text": " Yes. My e-mail is kenji.b@example.org, and I am from Swindon."}]}'
    ),
}
"""Seven short transcripts that name one another's people. All values are from test ranges."""


def pytest_xdist_auto_num_workers() -> int:
    """One process more than cores: much of the time some tests wait for a server or a browser."""
    return len(os.sched_getaffinity(0)) + 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with slow tests first, so that in the end no process is left alone with one of them."""
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in slow)


type Prepare = Callable[[Path], Path]
type RunHere = Callable[..., "object"]
type Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def blank_study(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A freshly initialised workspace; only to be copied."""
    from deid.cli.initialise import init  # noqa: PLC0415 - costs seconds where no test needs it

    root = tmp_path_factory.mktemp("blank") / "study"
    init(root)
    told = root / "config" / "deid.yaml"
    settled = told.read_text(encoding="utf-8").replace("settle_seconds: 5", "settle_seconds: 0")
    told.write_text(settled, encoding="utf-8")  # no test copies files while it runs, but one
    return root


@pytest.fixture(scope="session")
def small_study(blank_study: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The seven transcripts and their register in a workspace, not run yet; only to be copied."""
    root = tmp_path_factory.mktemp("small") / "study"
    shutil.copytree(blank_study, root)
    (root / "register.csv").write_text(REGISTER, encoding="utf-8")
    for name, text in FILES.items():
        path = root / "inbox" / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def study(small_study: Path, tmp_path: Path) -> Path:
    """A copy of the small study, with the same keys as every other copy."""
    return Path(shutil.copytree(small_study, tmp_path / "study"))


@pytest.fixture
def blank(blank_study: Path, tmp_path: Path) -> Path:
    """A copy of the blank workspace, with the same keys as every other copy."""
    return Path(shutil.copytree(blank_study, tmp_path / "study"))


@pytest.fixture
def run_here() -> Iterator[RunHere]:
    """One run in this process, without Prefect: ``run_here(root, rerun=…)`` gives its summary."""
    from deid import worker  # noqa: PLC0415
    from deid.run import open_run  # noqa: PLC0415

    def run(root: Path, **options: object) -> object:
        worker._opened.cache_clear()  # a run's processes are new; settings may have changed
        with open_run(root, run_id=str(uuid4()), **options) as opened:  # type: ignore[arg-type]
            for batch in opened.batches():
                order = opened.order(batch)
                opened.take(batch, worker.prepare_sealed(root, None, order, last_try=True))
            return opened.close()

    yield run
    worker._opened.cache_clear()


@pytest.fixture(scope="session")
def environment() -> dict[str, str]:
    """This environment without what would lead Prefect or the program out of the workspace."""
    passed_over = ("PREFECT_", "PYTHONDONTWRITEBYTECODE", "DEID_")  # bytecode halves the start-up
    return {name: value for name, value in os.environ.items() if not name.startswith(passed_over)}


@pytest.fixture(scope="session")
def prefect_once(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Prepare:
    """Gives a workspace Prefect's database as a first start leaves it, which takes it long.

    It is made once for all processes of a session. Where a first start is what a test is about,
    the workspace is left without.
    """
    base = tmp_path_factory.getbasetemp()
    home = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "prefect-once"
    told = environment | {"PREFECT_HOME": str(home), "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}

    def prepare(root: Path) -> Path:
        with FileLock(home.with_suffix(".lock")):
            if not home.exists():
                home.mkdir()
                make = [sys.executable, "-m", "prefect", "server", "database", "upgrade", "--yes"]
                subprocess.run(make, env=told, check=True, capture_output=True)
        folder = root / "prefect"
        folder.mkdir(mode=0o700, exist_ok=True)
        shutil.copyfile(home / "prefect.db", folder / "prefect.db")
        (folder / "prefect.db").chmod(0o600)
        return root

    return prepare


@pytest.fixture(scope="session")
def deid(environment: dict[str, str]) -> Command:
    """The command line in a process of its own: ``deid("run", "--workspace", root)``."""

    def command(
        *arguments: object, env: dict[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [Path(sys.executable).with_name("deid"), *map(str, arguments)],
            env=environment | (env or {}),
            capture_output=True,
            text=True,
            check=False,
        )

    return command
