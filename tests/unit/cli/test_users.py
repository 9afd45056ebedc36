"""``deid users``: accounts from the shell, and no password on a command line."""

import os
import pty
import select
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from deid.errors import ExitCode

type Shell = Callable[..., Any]

ADA = "correct horse battery"
BOB = "staple battery horse"


def _first(deid: Shell, password: Callable[..., Path]) -> Path:
    file = password(ADA)
    made = deid("users", "add", "ada", "--role", "administrator", "--new-password-file", file)
    assert (made.code, made.out) == (0, "Account ada: administrator\n")
    return file


def test_accounts_from_first_to_disabled(deid: Shell, password: Callable[..., Path]) -> None:
    """Add, give roles, disable and list, each with the administrator's password."""
    ada, bob = _first(deid, password), password(BOB)
    admin = ("--as", "ada", "--password-file", ada)
    roles = ("--role", "checker", "--role", "releaser")
    assert deid("users", "add", "bob", *roles, *admin, "--new-password-file", bob).code == 0
    assert deid("users", "role", "bob", "--role", "auditor", *admin).out == "Account bob: auditor\n"
    assert deid("users", "disable", "bob", *admin).out == "Account bob: disabled\n"
    listed = deid("users", "list", "--format", "csv").out.splitlines()
    assert listed == ["name,roles,state", "ada,administrator,active", "bob,auditor,disabled"]
    assert deid("audit", "verify").code == 0


def test_an_account_sets_its_own_password(deid: Shell, password: Callable[..., Path]) -> None:
    """With its old one; afterwards only the new one is accepted."""
    ada, new = _first(deid, password), password(BOB)
    changed = deid("users", "password", "ada", "--password-file", ada, "--new-password-file", new)
    assert changed.code == 0
    role = ("users", "role", "ada", "--role", "administrator", "--as", "ada")
    assert deid(*role, "--password-file", ada).code == ExitCode.ACCOUNT
    assert deid(*role, "--password-file", new).code == 0


def test_refusals_have_their_code_and_show_no_password(
    deid: Shell, password: Callable[..., Path]
) -> None:
    """A wrong password, no name, an open file and no terminal are each one line."""
    _first(deid, password)
    wrong = password("wrong password here")
    opened = password("open password here", mode=0o644)
    add = ("users", "add", "bob", "--role", "checker", "--new-password-file", password(BOB))
    for arguments, rule in (
        ((*add, "--as", "ada", "--password-file", wrong), "not accepted"),
        ((*add,), "--as NAME"),
        ((*add, "--as", "ada", "--password-file", opened), "chmod 600"),
        ((*add, "--as", "ada"), "no terminal"),
        ((*add, "--as", "ada", "--password-file", "/nonexistent"), "cannot be read"),
    ):
        done = deid(*arguments)
        assert (done.code, done.out) == (ExitCode.ACCOUNT, "")
        assert rule in done.err
        assert len(done.err.splitlines()) <= 2
        assert "password here" not in done.err


def test_a_password_may_come_from_a_descriptor(deid: Shell, password: Callable[..., Path]) -> None:
    """A pipe has no mode to check; what a secret store prints goes straight in."""
    _first(deid, password)
    reading, writing = os.pipe()
    os.write(writing, ADA.encode())
    os.close(writing)
    role = ("users", "role", "ada", "--role", "administrator", "--as", "ada")
    assert deid(*role, "--password-file", f"/dev/fd/{reading}").code == 0
    os.close(reading)


def test_the_prompt_is_hidden_and_asked_twice(deid: Shell, workspace: Path) -> None:
    """On a terminal the password is typed twice and never echoed; two that differ are refused."""
    assert deid("status").code == 0
    master, slave = pty.openpty()
    command = (
        "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
        "from deid.cli import main; main()"
    )
    argv = [sys.executable, "-c", command, "users", "add", "ada", "--role", "administrator"]
    environment = {**os.environ, "DEID_WORKSPACE": str(workspace)}
    with subprocess.Popen(
        argv, stdin=slave, stdout=slave, stderr=slave, env=environment, start_new_session=True
    ) as child:
        os.close(slave)
        shown = b""
        for mark, answer in (
            ("ada: ", ADA),
            ("confirmation: ", "another one here"),
            ("ada: ", ADA),
            ("confirmation: ", ADA),
        ):
            shown += _until(master, mark.encode())
            os.write(master, f"{answer}\n".encode())
        shown += _until(master, b"Account ada")
        child.wait(timeout=60)
    os.close(master)
    assert child.returncode == 0
    assert ADA.encode() not in shown
    assert b"do not match" in shown


def _until(descriptor: int, mark: bytes) -> bytes:
    seen = b""
    while mark not in seen:
        ready, _, _ = select.select([descriptor], [], [], 60)
        assert ready, "the prompt did not come"
        seen += os.read(descriptor, 4096)
    return seen
