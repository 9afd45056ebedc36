"""``deid bundle``: whether a bundle is what left the trust; for the receiving side as well."""

from pathlib import Path
from typing import Annotated

import typer

from deid import keys
from deid.bundle import verify
from deid.cli.options import console
from deid.errors import BundleError

app = typer.Typer(help="Check a bundle.", no_args_is_help=True)


@app.callback()
def group() -> None:
    """Check a bundle that was released."""


@app.command("verify")
def check(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The bundle's folder.")],
    public_key: Annotated[
        Path,
        typer.Option(
            "--public-key", help="The trust's public key (signing.pub), got by another way."
        ),
    ],
) -> None:
    """Check signature and files, without a workspace; name the first that does not hold."""
    verdict = verify(folder, keys.load_public_key(public_key))
    if verdict.problem is not None:
        raise BundleError(f"the bundle does not hold: {verdict.problem}")
    console.print(
        f"The bundle holds: release {verdict.release_id}, {verdict.files} files as released.\n"
        f"Manifest {verdict.manifest_digest}\nAudit head {verdict.audit_head}",
        markup=False,
    )
