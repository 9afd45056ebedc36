"""A checker decides; the transcripts that it bears on are due from that moment.

A decision, what it makes due, and its event land together or not at all, under the workspace's
lock. Doing the transcripts again is a run like any other: if it is killed, or never started, the
next night does it, and until then none of them can be released.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from argon2 import PasswordHasher

from deid import overview
from deid.accounts import Account, Accounts, Role
from deid.audit import AuditLog, EventType
from deid.bearing import bears_on
from deid.decisions import Decision, Kind, Reach, table
from deid.errors import ReviewError
from deid.files import sha256_file
from deid.ingest import Limits, inside, read
from deid.leaks import register_values
from deid.naming import name_words
from deid.release import pending
from deid.repeats import folded
from deid.settings import Operator
from deid.site import Site
from deid.transcript import EntityType, Place, Transcript
from deid.vault import Identity, TranscriptRecord, TranscriptState, Vault

_LONGEST = 200
_KIND = "Person"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a checker asks for.

    Attributes:
        kind: Mask, keep, give a name to somebody, or give words another type.
        reach: Where it shall hold.
        transcript_id: What the checker looks at.
        place: In the raw transcript.
        entity_type: What the words are, or were wrongly taken for.
        identity_id: Whose name it is; None where that is left to the program.
        somebody_new: Whether it is the name of somebody who has no identity yet.
    """

    kind: Kind
    reach: Reach
    transcript_id: str
    place: Place
    entity_type: EntityType
    identity_id: int | None = None
    somebody_new: bool = False


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was kept: the decision's number (0 for a merge), and the transcripts now due."""

    number: int
    due: tuple[str, ...]


def _now() -> datetime:
    return datetime.now(UTC)


class Deciding:
    """Decisions over a workspace whose lock is held; made by :func:`open_deciding`."""

    def __init__(
        self,
        site: Site,
        vault: Vault,
        log: AuditLog,
        accounts: Accounts,
        *,
        is_common: Callable[[str], bool],
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self.site, self.vault, self.log, self.accounts = site, vault, log, accounts
        self._is_common, self._clock = is_common, clock

    def decide(self, account: Account, wanted: Wanted) -> Recorded:
        """Keep a decision.

        Raises:
            AccountError: ``account`` is no checker.
            ReviewError: The place is not in the transcript, the raw file changed since it was
                done, what shall be kept is in the register, or there is no such identity.
        """
        account = self.accounts.require(account, Role.CHECKER)
        said = self._said(wanted)
        if self._uncovers(wanted):
            self._check_may_stay(said)
        with self.vault.transaction():
            decision = Decision(
                id=0,
                at=self._clock(),
                account=account.name,
                kind=wanted.kind,
                reach=wanted.reach,
                transcript_id=wanted.transcript_id,
                place=wanted.place,
                entity_type=wanted.entity_type,
                text=said,
                identity_id=self._identity(wanted, said),
            )
            number = table.add(self.vault, decision)
            return self._recorded(account, replace(decision, id=number))

    def take_back(self, account: Account, number: int) -> Recorded:
        """Let a decision hold no longer.

        Raises:
            AccountError: ``account`` is no checker.
            ReviewError: There is no such decision that holds.
        """
        account = self.accounts.require(account, Role.CHECKER)
        decision = table.get(self.vault, number)
        if decision is None or decision.void:
            raise ReviewError("there is no decision of this number that holds")
        with self.vault.transaction():
            table.take_back(self.vault, number)
            return self._recorded(account, replace(decision, void=True))

    def check(self, account: Account, transcript_id: str, *, version: str) -> None:
        """Note that somebody read a transcript as it is now; another output waits again.

        Args:
            account: Who read it.
            transcript_id: Which.
            version: Of what was read, as its record told.

        Raises:
            AccountError: ``account`` is no checker.
            ReviewError: The transcript is not done, or was done again since it was read.
        """
        account = self.accounts.require(account, Role.CHECKER)
        record = self.vault.transcript(transcript_id)
        if record is None or record.state is not TranscriptState.DONE:
            raise ReviewError("only a transcript that is done can be noted as read")
        if version != record.version:
            raise ReviewError("the transcript changed since you opened it; read it as it is now")
        with self.vault.transaction():
            overview.note_check(self.vault, transcript_id, account.name, at=self._clock())
            event = pending.PendingEvent(
                EventType.REVIEW_DECIDED, account.name, transcript_id, facts={"kind": "checked"}
            )
            pending.add(self.vault, self.log, event)

    def merge(self, account: Account, *, keep: int, absorb: int) -> Recorded:
        """Make one identity of two; this cannot be taken back, but names can be given away again.

        Raises:
            AccountError: ``account`` is no checker.
            VaultError: One of them does not exist, was merged, or both are the same.
        """
        account = self.accounts.require(account, Role.CHECKER)
        with self.vault.transaction():
            due = self._make_due(self.vault.merge(keep=keep, absorb=absorb))
            facts = {"keep": keep, "absorb": absorb, "due": len(due)}
            event = pending.PendingEvent(
                EventType.IDENTITIES_MERGED, account.name, "vault", facts=facts
            )
            pending.add(self.vault, self.log, event)
        return Recorded(0, due)

    def _recorded(self, account: Account, decision: Decision) -> Recorded:
        """Make due what it bears on, and note its event; inside of the decision's transaction."""
        staging = self.site.workspace.staging
        due = self._make_due(bears_on(decision, self.vault, staging, is_common=self._is_common))
        facts = {
            "decision": decision.id,
            "kind": decision.kind.value,
            "reach": decision.reach.value,
            "entity_type": decision.entity_type.value,
            "turn": decision.place.turn,
            "identity": decision.identity_id,
            "taken_back": int(decision.void),
            "original": self.site.keys.hmac_original(decision.text),
            "due": len(due),
        }
        event = pending.PendingEvent(
            EventType.REVIEW_DECIDED, account.name, decision.transcript_id, facts=facts
        )
        pending.add(self.vault, self.log, event)
        return Recorded(decision.id, due)

    def _make_due(self, ids: Iterable[str]) -> tuple[str, ...]:
        due = []
        for record in filter(None, map(self.vault.transcript, ids)):
            if record.state is TranscriptState.DONE:
                self.vault.upsert_transcript(replace(record, state=TranscriptState.NEW))
            due.append(record.transcript_id)
        return tuple(sorted(due))

    def _said(self, wanted: Wanted) -> str:
        """The words at the place, from the raw file as it was when it was last done."""
        record = self.vault.transcript(wanted.transcript_id)
        if record is None:
            raise ReviewError("there is no transcript of this id")
        transcript = raw_transcript(self.site, record)
        place = wanted.place
        part = (
            transcript.turns[place.turn].part(place.part)
            if place.turn < len(transcript.turns)
            else ""
        )
        said = part[place.start : place.end]
        if place.end > len(part) or not folded(said) or len(said) > _LONGEST:
            raise ReviewError(f"mark between one word and {_LONGEST} characters of one turn")
        return said

    def _uncovers(self, wanted: Wanted) -> bool:
        """Whether words that are replaced now may stand after it, by their type's policy too."""
        operator = self.site.settings.policy.entities[wanted.entity_type]
        return wanted.kind is Kind.KEEP or (
            wanted.kind is Kind.RETYPE and operator not in {Operator.PSEUDONYM, Operator.TAG}
        )

    def _check_may_stay(self, said: str) -> None:
        """Refuse to uncover what the register knows."""
        words = folded(said)
        known = {folded(value.text) for value in register_values(self.site.register)}
        if words in known or self.site.register.meant_by(name_words(said) or words):
            raise ReviewError(
                "the register knows this, so it cannot be left standing; change the register first"
            )

    def _identity(self, wanted: Wanted, said: str) -> int | None:
        if wanted.somebody_new:
            alias = " ".join(name_words(said)) or " ".join(folded(said))
            return self.vault.new_identity(
                kind=_KIND, alias=alias, transcript_id=wanted.transcript_id, source="reviewer"
            ).id
        if wanted.identity_id is None:
            return None
        known: Collection[Identity] = [
            each for each in self.vault.identities() if each.id == wanted.identity_id
        ]
        if not known:
            raise ReviewError("there is no such identity, or it was merged into another")
        return wanted.identity_id


def raw_transcript(site: Site, record: TranscriptRecord) -> Transcript:
    """A raw transcript as it was when it was last done.

    Raises:
        ReviewError: Its file is gone, or changed since.
        InputError: It cannot be read.
    """
    path = site.workspace.inbox / record.relative_path
    inside(path, site.workspace.inbox)
    if not path.is_file() or sha256_file(path) != record.content_digest:
        raise ReviewError("the raw file changed or is gone; let the next run do it again first")
    return _read(path, record.content_digest, site.limits)


@lru_cache(maxsize=4)
def _read(path: Path, digest: str, limits: Limits) -> Transcript:
    """A raw file of these bytes; whoever decides looks at one transcript again and again."""
    del digest
    return read(path, limits=limits)


@contextmanager
def open_deciding(
    root: Path,
    config: Path | None = None,
    *,
    is_common: Callable[[str], bool],
    hasher: PasswordHasher | None = None,
    clock: Callable[[], datetime] = _now,
) -> Iterator[Deciding]:
    """Hold a workspace to decide in it; what was decided is in the log when this ends.

    Raises:
        BusyError: A run holds the workspace.
        DeidError: Workspace, settings, key, vault, register or audit log cannot be used.
    """
    site = Site.open(root, config)
    with site.workspace.lock(), Vault.open(site.workspace.vault, site.keys.vault_key) as vault:
        log = AuditLog(site.workspace.events, site.keys)
        accounts = Accounts(vault, log, hasher=hasher, clock=clock)
        pending.flush(vault, log)
        yield Deciding(site, vault, log, accounts, is_common=is_common, clock=clock)
        pending.flush(vault, log)
