"""``deid users``: who may check, release, audit, administer, and look behind a pseudonym."""

from pathlib import Path
from typing import Annotated

import typer

from deid.accounts import Account, Role
from deid.cli.opened import with_vault
from deid.cli.options import (
    DEFAULT_WORKSPACE,
    ConfigOption,
    Format,
    WorkspaceOption,
    console,
    show_rows,
)
from deid.cli.passwords import AsOption, PasswordFileOption, given, signed_in

app = typer.Typer(help="Make, change and list accounts.", no_args_is_help=True)

NameArgument = Annotated[
    str, typer.Argument(metavar="NAME", help="Lower-case letters, digits and . _ -")
]
RoleOption = Annotated[
    list[Role], typer.Option("--role", help="What it may do; may be given several times.")
]
NewPasswordFileOption = Annotated[
    Path | None,
    typer.Option("--new-password-file", help="The new password, likewise; asked for otherwise."),
]
_COLUMNS = ("name", "roles", "state")


@app.command()
def add(
    name: NameArgument,
    role: RoleOption,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
    administrator: AsOption = None,
    password_file: PasswordFileOption = None,
    new_password_file: NewPasswordFileOption = None,
) -> None:
    """Make an account. The first one needs nobody's leave and has to be an administrator."""
    with with_vault(workspace, config) as opened:
        first = next(opened.accounts.list(), None) is None
        by = None if first else signed_in(opened.accounts, administrator, password_file)
        password = given(new_password_file, prompt=f"New password of {name}", twice=True)
        account = opened.accounts.add(name, password, roles=set(role), by=by)
    console.print(f"Account {account.name}: {_roles(account)}", markup=False)


@app.command()
def role(
    name: NameArgument,
    role: RoleOption,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
    administrator: AsOption = None,
    password_file: PasswordFileOption = None,
) -> None:
    """Give an account these roles in place of the ones it has."""
    with with_vault(workspace, config) as opened:
        by = signed_in(opened.accounts, administrator, password_file)
        account = opened.accounts.set_roles(name, set(role), by=by)
    console.print(f"Account {account.name}: {_roles(account)}", markup=False)


@app.command()
def disable(
    name: NameArgument,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
    administrator: AsOption = None,
    password_file: PasswordFileOption = None,
) -> None:
    """Take from an account, for good, whatever it may do."""
    with with_vault(workspace, config) as opened:
        by = signed_in(opened.accounts, administrator, password_file)
        account = opened.accounts.disable(name, by=by)
    console.print(f"Account {account.name}: disabled", markup=False)


@app.command()
def password(
    name: NameArgument,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
    by_name: AsOption = None,
    password_file: PasswordFileOption = None,
    new_password_file: NewPasswordFileOption = None,
) -> None:
    """Set an account's password: one's own, or, as an administrator, anybody's."""
    with with_vault(workspace, config) as opened:
        by = signed_in(opened.accounts, by_name or name, password_file)
        new = given(new_password_file, prompt=f"New password of {name}", twice=True)
        account = opened.accounts.set_password(name, new, by=by)
    console.print(f"Account {account.name}: password changed", markup=False)


@app.command("list")
def list_accounts(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
    how: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
) -> None:
    """Show all accounts with their roles."""
    with with_vault(workspace, config) as opened:
        accounts = tuple(opened.accounts.list())
    show_rows(
        _COLUMNS,
        ({"name": each.name, "roles": _roles(each), "state": _state(each)} for each in accounts),
        how,
    )


def _roles(account: Account) -> str:
    return ", ".join(sorted(account.roles))


def _state(account: Account) -> str:
    if account.disabled:
        return "disabled"
    return "locked" if account.locked else "active"
