"""From request to bundle with the command line alone, and the bundle on another machine."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from deid.errors import ExitCode
from deid.workspace import Workspace

from . import study
from .study import CANARY, FIRST, SECOND

type Result = subprocess.CompletedProcess[str]
type Command = Callable[..., Result]
type Act = Callable[..., Result]


@pytest.fixture
def password(tmp_path: Path) -> Path:
    """A password file of mode 0600."""
    path = tmp_path / "password"
    path.touch(mode=0o600)
    path.write_text(study.PASSWORD + "\n", encoding="utf-8")
    return path


@pytest.fixture
def act(made: Workspace, password: Path, deid: Command) -> Act:
    """``deid release …`` in a process of its own, as one of the accounts."""

    def run(name: str, *arguments: object) -> Result:
        options = ("--as", name, "--password-file", password, "--workspace", made.root)
        return deid("release", *arguments, *options)

    return run


def ask(act: Act, **changes: object) -> Result:
    """``deid release request`` by ``ash``."""
    wanted = {"transcripts": "all", "recipient": study.RECIPIENT, "purpose": study.PURPOSE}
    options = [part for name, value in (wanted | changes).items() for part in (f"--{name}", value)]
    return act("ash", "request", *options)


def only_release(made: Workspace, deid: Command) -> dict[str, object]:
    """What ``deid release status`` says of the one release there is."""
    shown = deid("release", "status", "--workspace", made.root, "--format", "json")
    assert shown.returncode == 0, shown.stderr
    (row,) = map(json.loads, shown.stdout.splitlines())
    return dict(row)


@pytest.mark.model
def test_from_request_to_bundle(made: Workspace, act: Act, deid: Command, tmp_path: Path) -> None:
    """Ask, look and vote twice, build, and verify with nothing but the folder and the key."""
    asked = ask(act)
    assert asked.returncode == 0, asked.stderr
    release = str(only_release(made, deid)["release"])
    assert release in asked.stdout
    looked = act("kim", "review", release, "--format", "json")
    rows = [json.loads(line) for line in looked.stdout.splitlines()]
    assert {row["transcript"] for row in rows if "transcript" in row} == {FIRST, SECOND}
    assert len([row for row in rows if "sha256" in row]) == 6
    voted = act("kim", "approve", release)
    assert "when the other one is in" in voted.stdout
    assert only_release(made, deid)["votes"] == "1 of 2"
    act("lee", "review", release)
    decided = act("lee", "approve", release).stdout
    assert "Both votes are in: approved" in decided
    assert f"deid release build {release}" in " ".join(decided.split())
    built = act("ash", "build", release)
    assert built.returncode == 0, built.stderr
    assert only_release(made, deid)["state"] == "released"

    received, key = tmp_path / "received", tmp_path / "trust.pub"
    shutil.copytree(made.outbox / release, received)
    shutil.copy(made.keys / "signing.pub", key)
    shutil.rmtree(made.keys)
    verified = deid("bundle", "verify", received, "--public-key", key)
    assert (verified.returncode, release in verified.stdout) == (0, True)
    changed = received / "transcripts" / f"{FIRST}.txt"
    changed.chmod(0o600)
    changed.write_text("[Nurse 2]: Nothing.\n", encoding="utf-8")
    refused = deid("bundle", "verify", received, "--public-key", key)
    assert refused.returncode == ExitCode.BUNDLE
    assert f"transcripts/{FIRST}.txt" in refused.stderr


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"recipient": "Somebody"}, "study.approved_recipients"),
        ({"transcripts": "t-00000000000000ff"}, "of no transcript"),
        ({"purpose": " "}, "purpose"),
    ],
)
def test_a_refusal_is_one_line_with_its_rule(
    act: Act, changes: dict[str, object], rule: str
) -> None:
    """And an exit code of its own; the value that was given is not repeated."""
    refused = ask(act, **changes)
    assert refused.returncode == ExitCode.RELEASE
    assert rule in " ".join(refused.stderr.split())
    assert "Traceback" not in refused.stderr
    assert "Somebody" not in refused.stderr


def test_a_wrong_password_does_nothing(
    made: Workspace, act: Act, deid: Command, password: Path
) -> None:
    """Nor does a password file that others can read."""
    ask(act)
    release = str(only_release(made, deid)["release"])
    password.write_text("something else", encoding="utf-8")
    assert act("kim", "review", release).returncode == ExitCode.ACCOUNT
    password.write_text(study.PASSWORD, encoding="utf-8")
    password.chmod(0o644)
    assert act("kim", "review", release).returncode == ExitCode.ACCOUNT


def test_nothing_that_is_shown_names_anybody(made: Workspace, act: Act, deid: Command) -> None:
    """Reviewing, rejecting, withdrawing and the state of things, in whatever form."""
    ask(act)
    release = str(only_release(made, deid)["release"])
    shown = [act("kim", "review", release, "--format", how) for how in ("table", "json", "csv")]
    shown.append(act("kim", "reject", release, "--reason", "turn 3 tells a school"))
    shown.append(deid("release", "status", "--workspace", made.root))
    shown.append(act("ash", "withdraw", release, "--reason", "to be done again"))
    assert [each.returncode for each in shown] == [0] * len(shown)
    text = "".join(each.stdout + each.stderr for each in shown)
    assert not [part for part in CANARY.split() if part in text]
    assert "seven out of ten" not in text
