"""Killed while approving, building or withdrawing: no half bundle, no event lost or doubled.

A child process works on a copy of the workspace and kills itself (SIGKILL) at its n-th touch of
the file system, or right before or after a transaction of the vault. The moments are spread over
the whole of the work.
"""

import contextlib
import os
import shutil
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deid import audit, bundle, keys
from deid.audit import EventType, read
from deid.release import Releases, State, record, settle, withdraw
from deid.run import open_run
from deid.vault import Vault
from deid.workspace import Workspace

from . import study

MOMENTS = {"build": 20, "approve": 10, "withdraw": 10}
_TOUCHES = frozenset({"open", "os.rename", "os.mkdir", "os.chmod", "os.remove", "os.link"})

type Work = Callable[[Releases, str], object]


def _last_vote(releases: Releases, release_id: str) -> object:
    return study.voted(releases, release_id, "lee")


def _withdraw(releases: Releases, release_id: str) -> object:
    return withdraw(releases, study.account(releases, "ash"), release_id, reason="changed my mind")


def _one_vote(releases: Releases) -> str:
    release_id = study.requested(releases).release_id
    study.voted(releases, release_id, "kim")
    return release_id


def _released(releases: Releases) -> str:
    release_id = study.approved(releases)
    study.built(releases, release_id)
    return release_id


CASES: dict[str, tuple[Callable[[Releases], str], Work, State, dict[EventType, int]]] = {
    "build": (study.approved, study.built, State.RELEASED, {EventType.RELEASE_BUILT: 1}),
    "approve": (
        *(_one_vote, _last_vote, State.APPROVED),
        {EventType.RELEASE_VOTED: 2, EventType.RELEASE_APPROVED: 2},
    ),
    "withdraw": (_released, _withdraw, State.WITHDRAWN, {EventType.RELEASE_WITHDRAWN: 1}),
}


def touches(made: Workspace, work: Callable[[], object], *, last: int | None) -> int:
    """Do the work in a child that dies at its ``last`` touch; how many touches there were."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        _die_at(last, writing, str(made.root))
        with contextlib.suppress(BaseException):
            work()
            os._exit(0)
        os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        count = len(pipe.read())
    _, status = os.waitpid(child, 0)
    killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
    assert killed if last is not None else os.waitstatus_to_exitcode(status) == 0
    return count


def touches_in_all(made: Workspace, tmp_path: Path, work: Callable[[], object]) -> int:
    """How many touches the work has; the workspace is afterwards as it was."""
    copy = tmp_path / "copy"
    shutil.copytree(made.root, copy)
    total = touches(made, work, last=None)
    shutil.rmtree(made.root, onexc=_writable)
    shutil.copytree(copy, made.root)
    return total


def _die_at(last: int | None, writing: int, root: str) -> None:
    count = 0

    def touch(event: str, args: tuple[object, ...]) -> None:
        nonlocal count
        if event in _TOUCHES and any(str(arg).startswith(root) for arg in args):
            tick()

    def tick() -> None:
        nonlocal count
        count += 1
        os.write(writing, b".")
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)

    transaction = Vault.transaction

    @contextlib.contextmanager
    def watched(vault: Vault) -> Iterator[None]:
        with transaction(vault):
            yield
            tick()
        tick()

    Vault.transaction = watched  # type: ignore[assignment,method-assign]  # in the child alone
    sys.addaudithook(touch)


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # the child uses no other thread
@pytest.mark.parametrize(
    ("case", "moment"), [(case, moment) for case in CASES for moment in range(MOMENTS[case])]
)
def test_killed_at_any_moment(made: Workspace, tmp_path: Path, case: str, moment: int) -> None:
    """Afterwards all is as before the work or as after it, and doing it again completes it."""
    prepare, work, end, events = CASES[case]
    with study.opener(made)() as releases:
        release_id = prepare(releases)

    def act() -> None:
        with study.opener(made)() as releases:
            work(releases, release_id)

    total = touches_in_all(made, tmp_path, act)
    touches(made, act, last=1 + moment * (total - 1) // (MOMENTS[case] - 1))

    _check_outbox(made)
    with study.opener(made)() as releases:
        with made.lock():
            settle(releases.site.workspace, releases.vault, releases.log)
        if releases.standing(release_id).release.state is not end:
            work(releases, release_id)
        assert releases.standing(release_id).release.state is end
        _check_settled(releases, release_id, end, events)


@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")  # the child uses no other thread
@pytest.mark.parametrize("before_the_end", [60, 10, 7, 4, 2, 0])
def test_the_next_run_settles_a_killed_build(
    made: Workspace, tmp_path: Path, before_the_end: int
) -> None:
    """Also the overnight run finishes or undoes it: whole or gone, its event once or not at all."""
    with study.opener(made)() as releases:
        release_id = study.approved(releases)

    def act() -> None:
        with study.opener(made)() as releases:
            study.built(releases, release_id)

    touches(made, act, last=touches_in_all(made, tmp_path, act) - before_the_end)
    with open_run(made.root, run_id="r-0000000000000001") as run:
        run.close()
    told = Counter(each.type for each in read(made.events, transcript=release_id))
    released = told[EventType.RELEASE_BUILT]
    assert [entry.name for entry in made.outbox.iterdir()] == [release_id] * released
    _check_outbox(made)
    with Vault.open(made.vault, keys.load(made).vault_key, read_only=True) as vault:
        assert record.get(vault, release_id).state is (State.APPROVED, State.RELEASED)[released]
        assert not vault.run("SELECT * FROM pending_events")


def _check_outbox(made: Workspace) -> None:
    """Whatever stands in the outbox under a name is a whole bundle that the log tells of."""
    with study.opener(made)() as releases:
        key = releases.site.keys.public_key
        told = {e.subject for e in read(made.events, types=[EventType.RELEASE_BUILT])}
    for folder in made.outbox.glob("[!.]*"):
        assert bundle.verify(folder, key).problem is None
        assert folder.name in told


def _check_settled(
    releases: Releases, release_id: str, end: State, events: dict[EventType, int]
) -> None:
    counted = Counter(event.type for event in read(releases.log.path, transcript=release_id))
    assert {type_: counted[type_] for type_ in events} == events
    keys = [event.facts["event"] for event in read(releases.log.path, transcript=release_id)]
    assert len(keys) == len(set(keys))
    site = releases.site
    assert audit.verify(site.workspace.root, site.keys.public_key).ok
    expected = [release_id] if end is State.RELEASED else []
    assert [entry.name for entry in site.workspace.outbox.iterdir()] == expected


def _writable(function: Callable[[str], object], path: str, _: BaseException) -> None:
    Path(path).parent.chmod(0o700)
    function(path)
