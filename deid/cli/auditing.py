"""``deid audit verify``: the log, a copy of it, or a bundle on a machine with nothing else."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from deid import keys
from deid.audit import Verdict, verify
from deid.audit.verdict import EVENTS
from deid.cli.bundling import held, say_held
from deid.cli.options import DEFAULT_WORKSPACE, WorkspaceOption, console
from deid.errors import AuditError, UsageError
from deid.workspace import Workspace

if TYPE_CHECKING:
    from deid.bundle import Traced


def check(
    context: typer.Context,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    public_key: Annotated[
        Path | None,
        typer.Option("--public-key", help="The signing key's public half, if not the workspace's."),
    ] = None,
    head: Annotated[
        str | None,
        typer.Option("--head", help="A head digest noted before; shows whether the end was cut."),
    ] = None,
    bundle: Annotated[
        Path | None,
        typer.Option(
            "--bundle",
            help="Check a bundle too, and that the log tells of it; where no workspace or log is "
            "named, the bundle alone.",
        ),
    ] = None,
    log: Annotated[
        Path | None,
        typer.Option(
            "--log",
            help="A folder that holds a copy of a workspace's audit/, in place of the workspace; "
            "the files that it lists are not looked for.",
        ),
    ] = None,
) -> None:
    """Read the whole log and every file that it lists; name the first thing that does not hold."""
    source = context.get_parameter_source("workspace")
    named = source is not None and source.name != "DEFAULT"
    if log is not None and named:
        raise UsageError("name a workspace or a copy of its log, not both")
    if bundle is not None and log is None and not named:
        _check_alone(bundle, public_key, head)
        return
    if log is not None:
        root, key = log, keys.load_public_key(_wanted(public_key))
    else:
        place = Workspace.open(workspace)
        root, key = place.root, keys.load_public_key(public_key or place.keys / "signing.pub")
    verdict = verify(root, key, expected_head=head, files=log is None)
    if not verdict.ok:
        raise AuditError(f"the audit log does not hold: {verdict.problem}")
    if bundle is None:
        _say_log(verdict)
        return
    from deid.bundle import trace  # noqa: PLC0415 - loads Arrow, which a log does without

    found = held(bundle, key, *verdict.earlier.values())
    traced = trace(root / EVENTS, found)
    say_held(found)
    _say_log(verdict)
    _say_traced(traced)


def _check_alone(bundle: Path, public_key: Path | None, head: str | None) -> None:
    """With nothing but the folder and the key: the same as ``deid bundle verify``."""
    found = held(bundle, keys.load_public_key(_wanted(public_key)))
    if head is not None and head != found.audit_head:
        raise AuditError("the bundle holds another head of the audit log than the one noted")
    say_held(found)
    console.print(
        "The log itself was not read: name its workspace with --workspace, or a copy with --log.",
        markup=False,
        soft_wrap=True,
    )


def _wanted(public_key: Path | None) -> Path:
    if public_key is None:
        raise UsageError("without a workspace name the trust's public key, with --public-key")
    return public_key


def _say_log(verdict: Verdict) -> None:
    console.print(
        f"The audit log holds: {verdict.events} events, {verdict.files} files as recorded, "
        f"signed up to line {verdict.signed}.\nHead {verdict.head}",
        markup=False,
        soft_wrap=True,
    )


def _say_traced(traced: "Traced") -> None:
    withdrawn = traced.withdrawn_at
    console.print(
        f"The log goes on from the bundle's head, line {traced.line}, and tells of this bundle: "
        f"approved by {', '.join(traced.approved_by)}; "
        f"built by {traced.built_by}, {traced.built_at:%Y-%m-%d %H:%M} UTC"
        + (f"; withdrawn {withdrawn:%Y-%m-%d %H:%M} UTC." if withdrawn else "."),
        markup=False,
        soft_wrap=True,
    )
