"""Asking, looking, voting, withdrawing: every change of a release with its audit event.

Two checkers who did not ask vote without seeing each other's vote; until both votes are in, the
log and :meth:`Releases.standing` tell only how many there are. A vote counts for the files that
its checker was shown; when a file changes, all votes are void. Nothing here writes a bundle.
"""

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from deid.accounts import Account, Accounts, Role
from deid.audit import AuditLog, Configured, EventType, read
from deid.bundle import read_approved
from deid.errors import ReleaseError
from deid.files import sha256_file
from deid.release import pending, record, rules
from deid.release.contents import Contents
from deid.release.pending import PendingEvent
from deid.release.record import VOTES_NEEDED, Decision, Release, Standing, Vote, digest_of
from deid.release.states import TRANSITIONS, State, Step, after
from deid.site import Site
from deid.vault import TranscriptState, Vault

PROGRAMME = "deid"
"""The actor of what the program does by itself."""
_VOTED = {
    Decision.APPROVE: EventType.RELEASE_APPROVED,
    Decision.REJECT: EventType.RELEASE_REJECTED,
}


def now() -> datetime:
    """The time, UTC."""
    return datetime.now(UTC)


class Releases:
    """The releases of a workspace whose vault is open for writing."""

    def __init__(
        self,
        site: Site,
        vault: Vault,
        log: AuditLog,
        accounts: Accounts,
        *,
        clock: Callable[[], datetime] = now,
    ) -> None:
        self.site, self.vault, self.log, self.accounts = site, vault, log, accounts
        self.clock = clock
        pending.flush(vault, log)

    def standing(self, release_id: str) -> Standing:
        """One release as anybody may see it.

        Raises:
            ReleaseError: There is none of this id.
        """
        return self._standing(record.get(self.vault, release_id))

    def standings(self) -> list[Standing]:
        """All releases as anybody may see them, oldest first."""
        return [self._standing(release) for release in record.every(self.vault)]

    def request(
        self, account: Account, *, transcripts: Iterable[str], recipient: str, purpose: str
    ) -> Release:
        """Ask that transcripts be released.

        Raises:
            ReleaseError: The approval does not cover it, or a transcript is not finished or not
                as the pipeline wrote it; nothing was noted.
            AccountError: The account may not ask.
        """
        at = self.clock()
        rules.check_can_request(self.site.settings.programme.study, recipient, purpose, at.date())
        files = {each: self._files_now(each) for each in sorted(set(transcripts))}
        if not files:
            raise ReleaseError("transcripts: name at least one that is finished")
        release = Release(
            release_id=f"r-{secrets.token_hex(8)}",
            state=State.REQUESTED,
            requested_by=account.name,
            requested_at=at,
            recipient=recipient,
            purpose=purpose,
            files=files,
        )
        facts = {**self._approval(release), "transcripts": list(files)}
        with self.vault.transaction():
            self.accounts.require(account, Role.RELEASER)
            record.put(self.vault, release)
            self.note(EventType.RELEASE_REQUESTED, account.name, release, facts)
        return self._flushed(release)

    def review(self, account: Account, release_id: str) -> tuple[Release, Contents]:
        """Show a checker what would leave, in counts, and note that they were shown it.

        Raises:
            ReleaseError: It is not to be checked, by this account or at all.
            AccountError: The account may not check.
        """
        release = self.current(release_id)
        rules.check_can_review(release, account.name)
        approved = [
            read_approved(self.site.workspace.root, each, release.files[each])
            for each in release.transcripts
        ]
        with self.vault.transaction():
            self.accounts.require(account, Role.CHECKER)
            release = self._unchanged(release)
            record.add_review(self.vault, release, account.name, self.clock())
            release = self._stepped(release, Step.REVIEW)
            facts = {"files": release.files_digest, "transcripts": len(release.files)}
            self.note(EventType.RELEASE_REVIEWED, account.name, release, facts)
        return self._flushed(release), Contents.of(approved, release.files)

    def vote(
        self, account: Account, release_id: str, decision: Decision, *, reason: str = ""
    ) -> Release:
        """Vote; the second vote decides. A rejection needs a reason.

        Raises:
            ReleaseError: The vote is not this account's to give, now or at all.
            AccountError: The account may not check.
        """
        at = self.clock()
        release = self.current(release_id)
        with self.vault.transaction():
            self.accounts.require(account, Role.CHECKER)
            release = self._unchanged(release)
            rules.check_can_vote(
                release,
                account.name,
                decision,
                reason,
                reviewed=record.was_reviewed(self.vault, release, account.name),
                study=self.site.settings.programme.study,
                today=at.date(),
            )
            vote = Vote(account.name, decision, reason, release.files, at)
            record.add_vote(self.vault, release_id, vote)
            release = replace(release, votes=(*release.votes, vote))
            facts = {"files": release.files_digest, "votes": len(release.votes)}
            self.note(EventType.RELEASE_VOTED, account.name, release, facts)
            release = self._decided(release)
        return self._flushed(release)

    def withdrawn(self, account: Account, release_id: str, *, reason: str) -> Release:
        """Note that a release is withdrawn; the one who asked, or another releaser, may.

        A bundle that stands in the outbox is taken away by :mod:`deid.release.building`.

        Raises:
            ReleaseError: It has ended, or no reason is given.
            AccountError: The account may not withdraw.
        """
        with self.vault.transaction():
            self.accounts.require(account, Role.RELEASER)
            release = record.get(self.vault, release_id)
            rules.check_can_withdraw(release, reason)
            files = self._bundle_files(release)
            release = self._stepped(release, Step.WITHDRAW)
            facts = {"reason_hmac": self.site.keys.hmac_original(reason)}
            self.note(EventType.RELEASE_WITHDRAWN, account.name, release, facts, files)
        return self._flushed(release)

    def current(self, release_id: str) -> Release:
        """A release whose votes are on the files as they are; changed files void them here.

        Raises:
            ReleaseError: There is none, or a file is not as the pipeline wrote it.
        """
        release = record.get(self.vault, release_id)
        if Step.VOID not in TRANSITIONS[release.state] or not self._is_outdated(release):
            return release
        files = {each: self._files_now(each) for each in release.transcripts}
        with self.vault.transaction():
            release = self._unchanged(release)
            record.void_votes(self.vault, release_id)
            facts = {"votes": len(release.votes), "before": release.files_digest}
            release = self._stepped(replace(release, files=files, votes=()), Step.VOID)
            facts = {**facts, "files": release.files_digest}
            self.note(EventType.RELEASE_VOTES_VOIDED, PROGRAMME, release, facts)
        pending.flush(self.vault, self.log)
        return release

    def note(
        self,
        type_: EventType,
        actor: str,
        release: Release,
        facts: Mapping[str, object],
        files: Mapping[str, str | None] | None = None,
    ) -> None:
        """Note an event of a release; inside the transaction of the change that it tells of."""
        event = PendingEvent(type_, actor, release.release_id, facts, files or {})
        pending.add(self.vault, self.log, event)

    def _stepped(self, release: Release, step: Step) -> Release:
        """Take a step and keep the release; inside a transaction."""
        release = replace(release, state=after(release.state, step))
        record.put(self.vault, release)
        return release

    def _decided(self, release: Release) -> Release:
        """With the last vote the release is decided, and the log may tell who voted what."""
        if len(release.votes) < VOTES_NEEDED:
            return self._stepped(release, Step.VOTE)
        approved = all(vote.decision is Decision.APPROVE for vote in release.votes)
        release = self._stepped(release, Step.APPROVE if approved else Step.REJECT)
        for vote in release.votes:
            facts = {
                "outcome": release.state.value,
                "files": digest_of(vote.files),
                "reason_hmac": self.site.keys.hmac_original(vote.reason),
            }
            self.note(_VOTED[vote.decision], vote.account, release, facts)
        return release

    def _flushed(self, release: Release) -> Release:
        pending.flush(self.vault, self.log)
        return _shown(release)

    def _standing(self, release: Release) -> Standing:
        outdated = Step.VOID in TRANSITIONS[release.state] and self._is_outdated(release)
        return Standing(_shown(release), len(release.votes), outdated)

    def _unchanged(self, release: Release) -> Release:
        """The release as it is inside the transaction, still on the same files."""
        fresh = record.get(self.vault, release.release_id)
        if fresh.files != release.files:
            raise ReleaseError("the release changed at this moment; look again")
        return fresh

    def _is_outdated(self, release: Release) -> bool:
        try:
            return any(self._files_now(each) != files for each, files in release.files.items())
        except ReleaseError:
            return True

    def _files_now(self, transcript_id: str) -> dict[str, str]:
        """A transcript's files with their digests, which have to be what the pipeline wrote."""
        known = self.vault.transcript(transcript_id)
        if known is None:
            raise ReleaseError("transcripts: one of the ids is of no transcript")
        if known.state is not TranscriptState.DONE:
            raise ReleaseError(f"transcript {transcript_id}: is not finished, see `deid status`")
        for path, digest in known.outputs.items():
            if _digest(self.site.workspace.root / path) != digest:
                raise ReleaseError(
                    f"transcript {transcript_id}: a file is not as the pipeline wrote it; run "
                    "`deid audit verify`"
                )
        return dict(known.outputs)

    def _approval(self, release: Release) -> dict[str, object]:
        study = self.site.settings.programme.study
        return {
            "iras_id": Configured(study.iras_id),
            "rec_reference": Configured(study.rec_reference),
            "sponsor": Configured(study.sponsor),
            "recipient": Configured(release.recipient),
            "approved_until": Configured(study.approved_until.isoformat()),
            "purpose_hmac": self.site.keys.hmac_original(release.purpose),
            "files": release.files_digest,
        }

    def _bundle_files(self, release: Release) -> dict[str, None]:
        """What the log says to stand in the outbox of a release, as gone."""
        types = (EventType.RELEASE_BUILT,)
        built = read(self.log.path, transcript=release.release_id, types=types)
        return {path: None for event in built for path in event.files}


def _shown(release: Release) -> Release:
    """Without the votes as long as one is missing."""
    return release if len(release.votes) >= VOTES_NEEDED else replace(release, votes=())


def _digest(path: Path) -> str:
    try:
        return sha256_file(path)
    except OSError:
        return ""
