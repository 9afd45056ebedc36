"""The release flow: what two checkers approved is built; nothing else is, and nobody signs in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from deid.accounts import Account, Role
from deid.audit import EventType, read, verify
from deid.keys import load_public_key
from deid.release import Decision, Releases, open_releases
from deid.vault import TranscriptState

pytestmark = [pytest.mark.model, pytest.mark.slow]
type Flow = Callable[..., Any]
type Recorded = Callable[[Any], dict[str, Any]]
PASSWORD = "correct horse battery"  # noqa: S105 - of accounts that exist in tests alone


@pytest.fixture
def release_flow(prefect_api: None) -> Flow:
    """``build_release`` on the tests' API; returns its final state."""
    from flows.release import build_release  # noqa: PLC0415

    del prefect_api
    return lambda root, release: build_release(release, str(root), return_state=True)


@pytest.fixture
def asked(study: Path, run_here: Callable[..., Any]) -> tuple[Path, str]:
    """The small study after a run, and a release of all of it that rita asked for."""
    run_here(study)
    with open_releases(study) as releases:
        accounts = releases.accounts
        ada = accounts.add("ada", PASSWORD, roles={Role.ADMINISTRATOR}, by=None)
        rita = accounts.add("rita", PASSWORD, roles={Role.RELEASER}, by=ada)
        for name in ("carl", "cora"):
            accounts.add(name, PASSWORD, roles={Role.CHECKER}, by=ada)
        done = releases.vault.transcripts(state=TranscriptState.DONE)
        release = releases.request(
            rita,
            transcripts=[each.transcript_id for each in done],
            recipient="University of Example",
            purpose="Analysis",
        )
    return study, release.release_id


def approve(releases: Releases, release_id: str, name: str) -> None:
    """A checker looks and approves."""
    checker: Account = releases.accounts.get(name)
    releases.review(checker, release_id)
    releases.vote(checker, release_id, Decision.APPROVE)


def test_only_what_two_checkers_approved_is_built(
    asked: tuple[Path, str], release_flow: Flow, recorded: Recorded
) -> None:
    """Refused in plain words before and after one vote; built once after two; by nobody's name."""
    root, release_id = asked
    for name in ("carl", "cora"):
        state = release_flow(root, release_id)
        assert (state.name, list((root / "outbox").iterdir())) == ("Refused", [])
        assert "not possible" in state.message
        with open_releases(root) as releases:
            approve(releases, release_id, name)
    state = release_flow(root, release_id)
    assert state.is_completed(), state.message
    assert state.message.startswith(f"built outbox/{release_id}: 7 transcripts; audit head ")
    assert (root / "outbox" / release_id / "manifest.json").is_file()
    (event,) = read(root / "audit" / "events.jsonl", types=(EventType.RELEASE_BUILT,))
    assert event.actor == "deid"
    assert verify(root, load_public_key(root / "keys" / "signing.pub")).ok
    kept = recorded(state)
    assert kept["tags"] == ["build"]
    assert "two checkers" in kept["artifacts"]["release"][0]
    again = release_flow(root, release_id)
    assert (again.name, again.is_failed()) == ("Refused", True)


@pytest.mark.parametrize("wrong", ["Marguerite Oyelaran", "r-1", ""])
def test_what_is_no_release_is_refused_and_not_kept(
    blank: Path, release_flow: Flow, recorded: Recorded, wrong: str
) -> None:
    """The message says what to type; neither message nor parameters keep what was typed."""
    state = release_flow(blank, wrong)
    assert state.name == "Refused"
    assert "type an id such as r-0123456789abcdef" in state.message
    assert recorded(state)["parameters"] == {}


def test_an_unknown_release_is_refused(blank: Path, release_flow: Flow) -> None:
    """An id of no release says where to look."""
    state = release_flow(blank, "r-0123456789abcdef")
    assert state.name == "Refused"
    assert "deid release status" in state.message


def test_the_form_takes_nothing_that_could_approve() -> None:
    """A release's id and where the workspace is: no vote, no account, no password."""
    from flows.release import build_release  # noqa: PLC0415

    assert list(build_release.parameters.properties) == ["release", "workspace", "config"]
    assert build_release.parameters.required == ["release"]
    assert build_release.parameters.properties["release"]["pattern"] == "^r-[0-9a-f]{16}$"
