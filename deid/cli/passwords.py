"""How a person proves who they are: a hidden prompt, or a file that only they can read.

A password is never an argument, since every account of a machine can list those. A descriptor is
given as ``--password-file /dev/fd/3``.
"""

import os
import stat
import sys
from pathlib import Path
from typing import Annotated

import typer

from deid.accounts import Account, Accounts
from deid.errors import AccountError

AsOption = Annotated[
    str | None, typer.Option("--as", metavar="NAME", help="The account that does this.")
]
PasswordFileOption = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        help="Its password, in a file of mode 0600 or /dev/fd/N; asked for unless given.",
    ),
]
_LONGEST_FILE = 4096


def signed_in(accounts: Accounts, name: str | None, password_file: Path | None) -> Account:
    """The account of this name, once its password was given.

    Raises:
        AccountError: No name, no way to ask, or not accepted.
    """
    if name is None:
        raise AccountError("say which account does this, with --as NAME")
    return accounts.authenticate(name, given(password_file, prompt=f"Password of {name}"))


def given(password_file: Path | None, *, prompt: str, twice: bool = False) -> str:
    """A password from a file, or from the terminal without showing it.

    Raises:
        AccountError: The file cannot be used, or there is no terminal to ask at.
    """
    if password_file is not None:
        return _written(password_file)
    if not sys.stdin.isatty():
        raise AccountError("there is no terminal to ask at; give the password in a file")
    return str(typer.prompt(prompt, hide_input=True, confirmation_prompt=twice, err=True))


def _written(path: Path) -> str:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise AccountError(f"the password file cannot be read: {error.strerror}") from None
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if stat.S_ISREG(status.st_mode) and stat.S_IMODE(status.st_mode) & 0o077:
            raise AccountError("the password file can be read by other accounts; chmod 600 it")
        data = file.read(_LONGEST_FILE)
    try:
        return data.decode().removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        raise AccountError("the password file is not UTF-8") from None
