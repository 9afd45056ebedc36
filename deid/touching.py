"""Which transcripts a changed register touches; all others keep every byte that they have.

A transcript's output depends on the register only where an entry could be meant. So after a change
the entries that were added, altered or removed, as they were and as they are, are looked for in
four places: in the raw text as detection looks for the register, among what was replaced, among
the people whom the transcript already has from the register, and, as the leak check does, in what
was written. Found in none, the transcript would come out as it is, and is carried over; in doubt,
or when anything cannot be read, it is done again. Withheld transcripts always are.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from deid.audit import AuditLog, EventType
from deid.detect.register_names import RegisterNames
from deid.detect.speech import Speech
from deid.errors import WithheldError
from deid.files import sha256_file
from deid.ingest import Limits, inside, read
from deid.leaks import LeakCheck
from deid.naming import is_short_form, name_words, sounds_like
from deid.register import Person, Register
from deid.remembered import people_of, stored
from deid.vault import Original, TranscriptRecord, TranscriptState, Vault, registers
from deid.vault.registers import RegisterRow
from deid.workspace import Workspace

_ACTOR = "deid"


@dataclass(frozen=True)
class Touching:
    """What changed between two registers, and whether a transcript may show it.

    Attributes:
        changed: Every entry that differs, in both its forms.
        is_common: Whether a folded word is ordinary English.
        kept: Phrases that stay although a name may stand in them.
    """

    changed: Register
    is_common: Callable[[str], bool]
    kept: Collection[str] = field(repr=False)

    @classmethod
    def between(
        cls,
        before: Iterable[Person],
        after: Iterable[Person],
        *,
        is_common: Callable[[str], bool],
        kept: Iterable[str] = (),
    ) -> "Touching":
        """Hold two registers against each other."""
        old = {person.reference: person for person in before}
        new = {person.reference: person for person in after}
        differing = [each for each in {**old, **new} if old.get(each) != new.get(each)]
        changed = [side[each] for each in differing for side in (old, new) if each in side]
        return cls(Register(tuple(changed)), is_common, tuple(kept))

    def raw(self, speech: Speech) -> bool:
        """Whether detection would find a changed entry in the raw text."""
        return next(iter(RegisterNames(self.changed, self.is_common)(speech)), None) is not None

    def replaced(self, originals: Iterable[Original], references: Collection[str]) -> bool:
        """Whether what was replaced may be a changed entry, by name or because it was one."""
        if any(person.reference in references for person in self.changed.people):
            return True
        names = {word for person in self.changed.people for name in person.names() for word in name}
        said = {word for original in originals for word in name_words(original.text)}
        return any(_alike(one, other) for one in said for other in names)

    def written(self, files: Iterable[Path], *, root: Path) -> bool:
        """Whether the leak check would find a changed entry in what was written."""
        check = LeakCheck(self.changed, (), is_common=self.is_common, kept=self.kept)
        try:
            check.check(files, (), root=root)
        except WithheldError:
            return True
        return False


@dataclass(frozen=True)
class Change:
    """What another register means for what is finished.

    Attributes:
        before: Digest of the register of the run before.
        entries: How many entries differ.
        touched: Finished transcripts that may show it.
        untouched: Finished transcripts that cannot.
        fingerprint: Of a run under the register as it is now.
    """

    before: str
    entries: int
    touched: tuple[TranscriptRecord, ...]
    untouched: tuple[TranscriptRecord, ...]
    fingerprint: str


def change_of(
    workspace: Workspace,
    vault: Vault,
    *,
    register: Register,
    fingerprint: Callable[[str], str],
    limits: Limits,
    is_common: Callable[[str], bool],
    kept: Iterable[str],
) -> Change | None:
    """Hold the register against the one of the run before; None when it is the same.

    Args:
        workspace: Whose inbox and staging.
        vault: Open for reading; remembers the register of the run before, encrypted.
        register: As it is now.
        fingerprint: Of a run under everything as it is now but a register of this digest.
        limits: For reading raw files.
        is_common: Whether a folded word is ordinary English.
        kept: Phrases that stay although a name may stand in them.
    """
    held = registers.get(vault)
    if held is not None and held.digest == register.digest:
        return None
    old = held or RegisterRow("", "[]")
    touching = Touching.between(
        people_of(old.people), register.people, is_common=is_common, kept=kept
    )
    before = fingerprint(old.digest)
    touched: list[TranscriptRecord] = []
    untouched: list[TranscriptRecord] = []
    for each in vault.transcripts(state=TranscriptState.DONE):
        if each.fingerprint == before:
            shows = _is_touched(each, touching, workspace, vault, limits)
            (touched if shows else untouched).append(each)
    return Change(
        old.digest,
        len({person.reference for person in touching.changed.people}),
        tuple(touched),
        tuple(untouched),
        fingerprint(register.digest),
    )


def carry_over(
    change: Change, vault: Vault, log: AuditLog, *, register: Register, run_id: str
) -> None:
    """Take over every finished transcript that the register's change does not touch.

    Args:
        change: From :func:`change_of`.
        vault: Open for writing; remembers the register from now on.
        log: Told how many were carried over and how many are touched.
        register: As it is now.
        run_id: Of this run.
    """
    with vault.transaction():
        for record in change.untouched:
            vault.upsert_transcript(replace(record, fingerprint=change.fingerprint))
        registers.put(vault, RegisterRow(register.digest, stored(register)))
        if change.touched or change.untouched:
            facts = {
                "register": register.digest or None,
                "before": change.before or None,
                "entries": change.entries,
                "touched": len(change.touched),
                "untouched": len(change.untouched),
                "fingerprint": change.fingerprint,
            }
            log.append(
                EventType.TRANSCRIPT_UNCHANGED,
                actor=_ACTOR,
                run_id=run_id,
                subject="register",
                facts=facts,
            )


def _is_touched(
    record: TranscriptRecord,
    touching: Touching,
    workspace: Workspace,
    vault: Vault,
    limits: Limits,
) -> bool:
    originals = list(vault.originals(transcript_id=record.transcript_id))
    meant = {row.identity_id for row in originals if row.identity_id is not None}
    references = {vault.identity(each).register_ref for each in meant}
    if touching.replaced(originals, {each for each in references if each}):
        return True
    path = workspace.inbox / record.relative_path
    try:
        inside(path, workspace.inbox)
        if sha256_file(path) != record.content_digest:
            return True
        speech = Speech.of(read(path, limits=limits))
    except (OSError, WithheldError):
        return True  # the run says what is wrong with the file
    files = (workspace.root / name for name in record.outputs)
    return touching.raw(speech) or touching.written(files, root=workspace.root)


def _alike(one: str, other: str) -> bool:
    """Whether two folded words may be one name: equal, short, misheard, or an initial."""
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return one == other or is_short_form(one, other) or sounds_like(one, other)
