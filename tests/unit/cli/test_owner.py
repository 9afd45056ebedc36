"""Commands of the workspace's owner, which ask for no account, tell who gave them."""

import os
import pwd
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from deid.audit import EventType, read
from deid.audit.facts import checked_actor
from deid.cli.owner import system_user
from deid.errors import ExitCode
from deid.register import COLUMNS

type Shell = Callable[..., Any]
_REGISTER = f"{','.join(COLUMNS)}\nP01,participant,Marguerite,Oyelaran,,,,,,,\n"
_OWNERS = (
    *(EventType.REGISTER_IMPORTED, EventType.VAULT_BACKED_UP, EventType.VAULT_RESTORED),
    *(EventType.KEYS_ROTATED, EventType.CHECKPOINT),
)


@pytest.fixture
def jsmith(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system calls this process's user jsmith."""
    monkeypatch.setattr(pwd, "getpwuid", lambda _: SimpleNamespace(pw_name="jsmith"))
    monkeypatch.setenv("LOGNAME", "somebody-else")


@pytest.mark.usefixtures("jsmith")
def test_the_log_tells_who(deid: Shell, workspace: Path, tmp_path: Path) -> None:
    """Keys, backup, restore and register: the user of the operating system, and the log holds."""
    source, backup = tmp_path / "register.csv", tmp_path / "copy.db"
    source.write_text(_REGISTER, encoding="utf-8")
    for command in (
        ("register", "import", source),
        ("vault", "backup", backup),
        ("vault", "restore", backup),
        ("keys", "rotate"),
        ("audit", "verify"),
    ):
        assert deid(*command).code == 0, command
    actors = {event.type: event.actor for event in read(workspace / "audit/events.jsonl")}
    assert {actors[kind] for kind in _OWNERS} == {"system.jsmith"}
    assert "system.jsmith" in deid("audit", "show", "--type", "keys.rotated").out


@pytest.mark.parametrize("name", ["jsmith", "J.Smith", "TRUST\\j smith", "é" * 90, "j@x.example"])
def test_every_name_can_be_an_actor(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the system's names look like, the log takes them."""
    monkeypatch.setattr(pwd, "getpwuid", lambda _: SimpleNamespace(pw_name=name))
    assert checked_actor(system_user()).startswith("system.")


def test_a_user_without_a_name_is_told_by_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container."""

    def unknown(_: int) -> None:
        raise KeyError

    monkeypatch.setattr(pwd, "getpwuid", unknown)
    assert system_user() == f"system.{os.getuid()}"


def test_no_account_can_pass_for_one(deid: Shell, password: Callable[..., Path]) -> None:
    """The prefix is refused in an account's name."""
    file = password("correct horse battery")
    made = ("--role", "administrator", "--new-password-file", file)
    assert deid("users", "add", "system.jsmith", *made).code == ExitCode.ACCOUNT
    assert deid("users", "add", "systemx", *made).code == 0
