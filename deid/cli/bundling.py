"""``deid bundle``: whether a bundle is what left the trust; for the receiving side as well."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from deid import keys
from deid.cli.options import console
from deid.errors import BundleError

if TYPE_CHECKING:
    from deid.bundle import Verdict

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
    say_held(held(folder, keys.load_public_key(public_key)))


def held(folder: Path, *public_keys: Ed25519PublicKey) -> "Verdict":
    """A bundle that holds, signed by one of the keys.

    Raises:
        BundleError: It does not; the message names the first that does not hold.
    """
    from deid.bundle import Flaw, verify  # noqa: PLC0415 - for `deid audit`, which has more to do

    for public_key in public_keys:
        verdict = verify(folder, public_key)
        if verdict.problem is None or verdict.problem.flaw is not Flaw.BAD_SIGNATURE:
            break
    if verdict.problem is not None:
        raise BundleError(f"the bundle does not hold: {verdict.problem}")
    return verdict


def say_held(verdict: "Verdict") -> None:
    """What a bundle that holds is."""
    console.print(
        f"The bundle holds: release {verdict.release_id}, {verdict.files} files as released.\n"
        f"Manifest {verdict.manifest_digest}\nAudit head {verdict.audit_head}",
        markup=False,
        soft_wrap=True,
    )
