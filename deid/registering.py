"""Changing the register: checked first, then replaced whole, and told in the audit log.

The register stays a file, ``register.csv``, because the people who keep it keep it in a
spreadsheet; how it changed is told as counts and digests.
"""

import csv
import hashlib
import io
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path

from deid.audit import AuditLog, EventType
from deid.errors import RegisterError
from deid.faults import Fault, faults
from deid.files import write_atomically
from deid.naming import name_words
from deid.register import COLUMNS, Register, read, rows
from deid.reused import note_renamed, refuse_reused, reused
from deid.vault import Vault
from deid.workspace import Workspace

_LONGEST_ALIAS = 100


@dataclass(frozen=True, slots=True)
class Change:
    """How a register differs from the one before: entries by kind, and both digests.

    Of those that changed, ``renamed`` are somebody of whom nothing was left, and the same person.
    """

    added: int
    changed: int
    removed: int
    digest: str
    before: str
    renamed: int = 0

    @classmethod
    def between(cls, before: Register, after: Register) -> "Change":
        """Hold two registers against each other by reference."""
        old = {person.reference: person for person in before.people}
        new = {person.reference: person for person in after.people}
        return cls(
            added=len(new.keys() - old.keys()),
            changed=sum(old[each] != new[each] for each in old.keys() & new.keys()),
            removed=len(old.keys() - new.keys()),
            digest=after.digest,
            before=before.digest,
        )

    def facts(self) -> dict[str, object]:
        """What an event tells of it."""
        return {
            "added": self.added,
            "changed": self.changed,
            "removed": self.removed,
            "renamed": self.renamed,
            "register": self.digest,
            "before": self.before or None,
        }


def import_file(
    workspace: Workspace,
    log: AuditLog,
    vault: Vault,
    source: Path,
    *,
    is_common: Callable[[str], bool],
    renamed: Collection[str] = (),
    actor: str = "deid",
) -> tuple[Change, list[Fault]]:
    """Check a file and make it the workspace's register; the difference, and what is risky.

    Args:
        workspace: Whose register it becomes.
        log: Told how it changed.
        vault: Open: who has a pseudonym; learns the names of whoever was renamed.
        source: The file.
        is_common: Whether a folded word is ordinary English.
        renamed: References of entries that have no name as it was and are the same person's.
        actor: Who did it.

    Raises:
        BusyError: A run holds the workspace.
        RegisterError: Something in it is wrong, or an id was given to somebody else; the register
            is as it was.
    """
    found = faults(source, is_common=is_common)
    wrong = [fault for fault in found if not fault.risky]
    if wrong:
        first = wrong[0]
        raise RegisterError(
            f"line {first.line}, column {first.column}: {first.rule} ({len(wrong)} faults in all; "
            "see `deid register check`)"
        )
    with workspace.lock(), vault.transaction():
        register, data = read(source), source.read_bytes()
        again = set(reused(register, vault)).intersection(renamed)
        refuse_reused(register, vault, source, renamed=again)
        note_renamed(register, vault, again)
        type_ = EventType.REGISTER_IMPORTED
        return _replace(workspace, log, data, type_, actor=actor, renamed=len(again)), found


def add_alias(
    workspace: Workspace, log: AuditLog, reference: str, alias: str, *, actor: str = "deid"
) -> Change:
    """Add one more way in which somebody of the register is called.

    Raises:
        BusyError: A run holds the workspace.
        RegisterError: No such entry, no register, or no alias that could be searched for.
    """
    said = alias.strip()
    if not name_words(said) or len(said) > _LONGEST_ALIAS or not said.isprintable() or ";" in said:
        raise RegisterError(
            f"an alias is one name on one line, without semicolon, {_LONGEST_ALIAS} characters at "
            "most"
        )
    with workspace.lock():
        register = read(workspace.register)
        person = next((each for each in register.people if each.reference == reference), None)
        if person is None:
            raise RegisterError("the register has no entry of this reference")
        if said in person.aliases:
            raise RegisterError("this entry has the alias already")
        every = [
            dict(row) for _, row in rows(workspace.register.name, workspace.register.read_bytes())
        ]
        for row in every:
            if row["participant_id"].strip() == reference:
                row["aliases"] = ";".join((*person.aliases, said))
        return _replace(
            workspace, log, _written(every), EventType.REGISTER_ALIAS_ADDED, actor=actor
        )


def _replace(
    workspace: Workspace,
    log: AuditLog,
    data: bytes,
    type_: EventType,
    *,
    actor: str,
    renamed: int = 0,
) -> Change:
    """Tell the log, then put the new register in its place."""
    before = read(workspace.register)
    digest = hashlib.sha256(data).hexdigest()
    checked = workspace.root / f".register-{digest[:16]}.csv"
    write_atomically(checked, data)
    try:
        after = read(checked)
        change = replace(Change.between(before, after), renamed=renamed)
        if change.digest != change.before or renamed:
            log.append(type_, actor=actor, subject="register", facts=change.facts())
            checked.replace(workspace.register)
    finally:
        checked.unlink(missing_ok=True)
    return change


def _written(every: list[dict[str, str]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(every)
    return text.getvalue().encode()
