"""From an approved release to its folder in the outbox, and back out of it.

The order decides what a killed process leaves. The bundle is complete, checked and on the disk
under a temporary name; then one transaction of the vault notes the release and its event; then the
event goes to the log; only then does the folder get its name. So nothing stands in the outbox that
the log does not tell of, and whatever was interrupted is finished by
:func:`deid.release.settling.settle`.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from itertools import batched
from pathlib import Path
from types import MappingProxyType
from typing import Any

from deid import audit, bundle
from deid.accounts import Account, Role
from deid.audit import EventType
from deid.bundle import About, Approval, Approved, BundleLeaks, Check, Manifested
from deid.decisions import table
from deid.errors import AuditError, BundleError, ReleaseError
from deid.release import record, rules
from deid.release.record import VOTES_NEEDED, Release, digest_of
from deid.release.releases import PROGRAMME, Releases
from deid.release.residual import PER, Detect, residual
from deid.release.settling import settle
from deid.release.states import Step, after
from deid.transcript import EntityType

_FILES_AN_EVENT = 2_000


def build(
    releases: Releases,
    account: Account | None,
    release_id: str,
    *,
    is_common: Callable[[str], bool],
    detect: Detect | None = None,
    measured: Mapping[str, Any] = MappingProxyType({}),
) -> Path:
    """Make the bundle of an approved release; its folder in the outbox.

    Args:
        releases: The releases of an open workspace that no run holds.
        account: Who builds; None for the service, which the votes alone allow to build.
        release_id: Which release.
        is_common: Whether a folded word is ordinary English, for the leak check.
        detect: Finds identifiers in what is to leave; None leaves this check out of the manifest.
        measured: How well detection was measured: :func:`deid.release.measured.measured_from`.

    Raises:
        ReleaseError: It is not approved, its files changed, or the approval ended.
        BundleError: A file cannot be read, or the leak check found something.
        AccountError: The account may not build.
        AuditError: The audit log or a file that it names does not hold.
        BusyError: A run holds the workspace.
    """
    workspace = releases.site.workspace
    with workspace.lock():
        settle(workspace, releases.vault, releases.log)
        _actor(releases, account)
        release = releases.current(release_id)
        _check(releases, release)
        folder = bundle.temporary(workspace.outbox)
        try:
            written = _fill(
                *(releases, release, folder), is_common=is_common, detect=detect, measured=measured
            )
            _note(releases, account, release, folder, written)
        except BaseException:
            _discard_unnoted(releases, release_id, folder)
            raise
        settle(workspace, releases.vault, releases.log)
        return workspace.outbox / release_id


def withdraw(releases: Releases, account: Account, release_id: str, *, reason: str) -> Release:
    """Withdraw a release, and take its bundle out of the outbox when it has one.

    Raises:
        As :meth:`Releases.withdrawn`, and BusyError when a run holds the workspace.
    """
    workspace = releases.site.workspace
    with workspace.lock():
        settle(workspace, releases.vault, releases.log)
        release = releases.withdrawn(account, release_id, reason=reason)
        settle(workspace, releases.vault, releases.log)
        return release


def _check(releases: Releases, release: Release) -> None:
    study = releases.site.settings.programme.study
    rules.check_can_build(release, study=study, today=releases.clock().date())
    if (releases.site.workspace.outbox / release.release_id).exists(follow_symlinks=False):
        raise ReleaseError("something that no release made stands at its place in the outbox")


def _fill(
    releases: Releases,
    release: Release,
    folder: Path,
    *,
    is_common: Callable[[str], bool],
    detect: Detect | None,
    measured: Mapping[str, Any],
) -> Manifested:
    """Write the bundle and read it back: leaks, and whether it would be accepted."""
    site = releases.site
    head = releases.log.checkpoint()
    verdict = audit.verify(site.workspace.root, site.keys.public_key, expected_head=head)
    if not verdict.ok:
        raise AuditError(f"the audit log does not hold: {verdict.problem}; nothing was released")
    transcripts = [
        bundle.read_approved(site.workspace.root, each, release.files[each])
        for each in release.transcripts
    ]
    leaks = _leaks(releases, release, is_common)
    checks = _checks(release, transcripts, verdict, leaks)
    if detect is not None:
        checks += (_residual_check(releases, transcripts, detect),)
    about = replace(_about(releases, release, checks), audit_head=head, measured=measured)
    written = bundle.write(folder, transcripts, about, site.keys)
    leaks.check(folder, written.files, release.transcripts)
    answer = bundle.verify(folder, site.keys.public_key)
    if not answer.ok:
        raise BundleError(f"the bundle does not hold as written: {answer.problem}")
    return written


def _leaks(releases: Releases, release: Release, is_common: Callable[[str], bool]) -> BundleLeaks:
    vault, study = releases.vault, releases.site.settings.programme.study

    def own(transcript_id: str) -> list[tuple[EntityType, str]]:
        found = vault.originals(transcript_id=transcript_id)
        return [(EntityType(each.entity_type), each.text) for each in found]

    return BundleLeaks(
        releases.site.register,
        ((EntityType(kind), text) for kind, text in vault.distinct_originals()),
        own,
        spared=partial(table.kept, vault),
        configured=(study.title, study.sponsor, release.recipient),
        is_common=is_common,
    )


def _checks(
    release: Release, transcripts: list[Approved], verdict: audit.Verdict, leaks: BundleLeaks
) -> tuple[Check, ...]:
    """What was checked. The bundle goes no further unless all of it passes."""
    files = sum(len(each) for each in release.files.values())
    return (
        Check("approvals", VOTES_NEEDED, len(release.votes), "checkers who approved these files"),
        Check("files-as-approved", files, files, "files whose digest is the one voted on"),
        Check("transcripts", len(release.files), len(transcripts), "transcripts read back"),
        Check("audit-log", 0, 0, f"flaws in {verdict.events} events, {verdict.files} files"),
        Check("leaks", 0, 0, f"hits of {leaks.size} originals and register values in any file"),
    )


def _residual_check(releases: Releases, transcripts: list[Approved], detect: Detect) -> Check:
    settings = releases.site.settings
    threshold = settings.programme.release.residual_per_10000_words
    again = residual(
        transcripts,
        detect,
        settings.policy.entities,
        spared=partial(table.kept, releases.vault),
    )
    if again.rate > threshold:
        transcript_id, turn = again.places[0]
        raise BundleError(
            f"residual detections: {len(again.places)} turns in {again.words} words, more than "
            f"{threshold} in {PER} (release.residual_per_10000_words); the first is transcript "
            f"{transcript_id}, turn {turn}. Nothing was released; run again or correct it"
        )
    meaning = f"turns in {PER} words with something that looks like an identifier"
    return Check("residual-detections", threshold, again.rate, meaning)


def _about(releases: Releases, release: Release, checks: tuple[Check, ...]) -> About:
    approvals = (
        Approval(Role.CHECKER.value, vote.at, digest_of(vote.files)) for vote in release.votes
    )
    return About(
        release_id=release.release_id,
        made_at=releases.clock(),
        study=releases.site.settings.programme.study,
        recipient=release.recipient,
        purpose=release.purpose,
        approvals=tuple(approvals),
        checks=checks,
    )


def _note(
    releases: Releases, account: Account | None, release: Release, folder: Path, written: Manifested
) -> None:
    """Note the release and its events, in one transaction, on the release as it is by now."""
    listed = [
        (f"outbox/{release.release_id}/{path}", digest)
        for path, digest in sorted(written.files.items())
    ]
    parts = list(batched(listed, _FILES_AN_EVENT))
    with releases.vault.transaction():
        actor = _actor(releases, account)
        fresh = record.get(releases.vault, release.release_id)
        _check(releases, fresh)
        if fresh.files != release.files:
            raise ReleaseError("the release changed while it was built; look again")
        fresh = replace(fresh, state=after(fresh.state, Step.BUILD))
        fresh = replace(fresh, folder=folder.name, manifest=written.digest)
        record.put(releases.vault, fresh)
        for number, part in enumerate(parts, start=1):
            facts = {
                "manifest": written.digest,
                "files": fresh.files_digest,
                "part": number,
                "parts": len(parts),
            }
            releases.note(EventType.RELEASE_BUILT, actor, fresh, facts, dict(part))


def _actor(releases: Releases, account: Account | None) -> str:
    """Whom the log names: a releaser, or the program itself, which two votes told to build."""
    if account is None:
        return PROGRAMME
    return releases.accounts.require(account, Role.RELEASER).name


def _discard_unnoted(releases: Releases, release_id: str, folder: Path) -> None:
    """Delete the folder, unless the release was noted already and only needs to be settled."""
    if record.get(releases.vault, release_id).folder != folder.name and folder.exists():
        bundle.discard(folder)
