"""``deid release``: from a request through two blind votes to a bundle in the outbox."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from deid.accounts import Account
from deid.cli.options import (
    DEFAULT_WORKSPACE,
    ConfigOption,
    Format,
    WorkspaceOption,
    console,
    show_rows,
)
from deid.cli.passwords import AsOption, PasswordFileOption, signed_in
from deid.errors import ReleaseError
from deid.release import (
    VOTES_NEEDED,
    Contents,
    Decision,
    Release,
    Releases,
    Standing,
    State,
    build,
    measured_from,
    open_releases,
    withdraw,
)
from deid.vault import TranscriptState

app = typer.Typer(help="Release transcripts, by two checkers' approval.", no_args_is_help=True)
ALL = "all"

ReleaseArgument = Annotated[str, typer.Argument(metavar="RELEASE", help="The release's id.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Why; kept in the vault.")]
FormatOption = Annotated[Format, typer.Option("--format", help="How to write it.")]


@app.command()
def request(
    transcripts: Annotated[
        list[str],
        typer.Option("--transcripts", help="A transcript's id, or 'all'; may be repeated."),
    ],
    recipient: Annotated[str, typer.Option(help="One of the study's approved recipients.")],
    purpose: Annotated[str, typer.Option(help="What for; stands in the bundle.")],
    name: AsOption = None,
    password_file: PasswordFileOption = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
) -> None:
    """Ask that finished transcripts be released; needs the role releaser."""
    with _acting(workspace, config, name, password_file) as (releases, account):
        release = releases.request(
            account,
            transcripts=_named(releases, transcripts),
            recipient=recipient,
            purpose=purpose,
        )
    console.print(f"Requested: {release.release_id}", markup=False)
    console.print(f"Now {VOTES_NEEDED} checkers run `deid release review {release.release_id}`.")


@app.command()
def review(
    release_id: ReleaseArgument,
    name: AsOption = None,
    password_file: PasswordFileOption = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
    how: FormatOption = Format.TABLE,
) -> None:
    """Show what would leave: counts, flags, files and digests, no text; needs the role checker.

    A vote counts for the files that were shown here.
    """
    with _acting(workspace, config, name, password_file) as (releases, account):
        release, contents = releases.review(account, release_id)
    _show_contents(release, contents, how)


@app.command()
def approve(
    release_id: ReleaseArgument,
    name: AsOption = None,
    password_file: PasswordFileOption = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
) -> None:
    """Vote for a release that was reviewed; needs the role checker."""
    with _acting(workspace, config, name, password_file) as (releases, account):
        release = releases.vote(account, release_id, Decision.APPROVE)
    _say_voted(release)


@app.command()
def reject(
    release_id: ReleaseArgument,
    reason: ReasonOption,
    name: AsOption = None,
    password_file: PasswordFileOption = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
) -> None:
    """Vote against a release that was reviewed; needs the role checker and a reason."""
    with _acting(workspace, config, name, password_file) as (releases, account):
        release = releases.vote(account, release_id, Decision.REJECT, reason=reason)
    _say_voted(release)


@app.command("build")
def build_bundle(
    release_id: ReleaseArgument,
    name: AsOption = None,
    password_file: PasswordFileOption = None,
    evaluation: Annotated[
        Path | None,
        typer.Option("--evaluation", help="evaluation.json; its figures go into the manifest."),
    ] = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
) -> None:
    """Make the bundle of an approved release in outbox/, after a last leak check over all of it.

    Needs the role releaser.
    """
    from deid.detect.engine import Detector  # noqa: PLC0415 - loads a model, a matter of seconds
    from deid.detect.words.gazetteer import is_common  # noqa: PLC0415 - goes with it

    measured = measured_from(evaluation) if evaluation else {}
    with _acting(workspace, config, name, password_file) as (releases, account):
        detector = Detector(releases.site.settings, releases.site.register)
        folder = build(
            releases,
            account,
            release_id,
            is_common=is_common,
            detect=detector.detect,
            measured=measured,
        )
        head = releases.log.checkpoint()
    console.print(f"Released: {folder}", markup=False, soft_wrap=True)
    console.print(
        f"Audit head {head}\n"
        "The recipient checks it with `deid bundle verify` and keys/signing.pub, sent another way.",
        markup=False,
        soft_wrap=True,
    )


@app.command("withdraw")
def withdraw_release(
    release_id: ReleaseArgument,
    reason: ReasonOption,
    name: AsOption = None,
    password_file: PasswordFileOption = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
) -> None:
    """Withdraw a release; a bundle that was built is taken out of outbox/. Needs releaser."""
    with _acting(workspace, config, name, password_file) as (releases, account):
        release = withdraw(releases, account, release_id, reason=reason)
    console.print(f"Withdrawn: {release.release_id}", markup=False)


@app.command()
def status(
    release_id: Annotated[
        str | None, typer.Argument(metavar="[RELEASE]", help="Only this release.")
    ] = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
    how: FormatOption = Format.TABLE,
) -> None:
    """Show where releases stand. Of votes only how many are in, until both are."""
    with open_releases(workspace, config) as releases:
        standings = releases.standings() if release_id is None else [releases.standing(release_id)]
    columns = ("release", "state", "requested", "by", "transcripts", "votes", "files")
    show_rows(columns, (_status_row(each) for each in standings), how)


@contextmanager
def _acting(
    workspace: Path, config: Path | None, name: str | None, password_file: Path | None
) -> Iterator[tuple[Releases, Account]]:
    with open_releases(workspace, config) as releases:
        yield releases, signed_in(releases.accounts, name, password_file)


def _named(releases: Releases, transcripts: list[str]) -> list[str]:
    if transcripts != [ALL]:
        return transcripts
    done = releases.vault.transcripts(state=TranscriptState.DONE)
    named = [each.transcript_id for each in done]
    if not named:
        raise ReleaseError("transcripts: none is finished yet; see `deid status`")
    return named


def _say_voted(release: Release) -> None:
    if release.votes:
        console.print(f"Both votes are in: {release.state}", markup=False)
        if release.state is State.APPROVED:
            console.print(f"A releaser runs `deid release build {release.release_id}` now.")
    else:
        console.print("Vote noted; it is shown when the other one is in.")


def _status_row(standing: Standing) -> dict[str, object]:
    release = standing.release
    return {
        "release": release.release_id,
        "state": release.state.value,
        "requested": release.requested_at.isoformat(timespec="seconds"),
        "by": release.requested_by,
        "transcripts": len(release.files),
        "votes": f"{standing.votes_in} of {VOTES_NEEDED}",
        "files": "changed, votes are void" if standing.outdated else "as requested",
    }


def _show_contents(release: Release, contents: Contents, how: Format) -> None:
    rows = (
        {
            "transcript": each.transcript_id,
            "words": each.words,
            "turns": each.turns,
            "speakers": each.speakers,
            "replaced": each.redactions,
            "kept, flagged": each.flags,
            "left out": each.dropped,
            "by a person": each.by_person,
            "lowest score": each.lowest_score,
        }
        for each in contents.transcripts
    )
    counted = ("transcript", "words", "turns", "speakers")
    judged = ("replaced", "kept, flagged", "left out", "by a person", "lowest score")
    show_rows((*counted, *judged), rows, how, title=f"Release {release.release_id}")
    files = ({"file": path, "sha256": digest} for path, digest in contents.files)
    show_rows(("file", "sha256"), files, how)
    if how is Format.TABLE:
        console.print(f"For: {release.recipient}. Purpose: {release.purpose}", markup=False)
        console.print(
            f"Vote with `deid release approve {release.release_id}`, or `reject` and a reason.",
            markup=False,
            soft_wrap=True,
        )
