"""The vault: the one place besides the inbox where originals and names may stand, encrypted.

It keeps who is who across the study, what was replaced, and how far each transcript has got.
Pseudonyms are numbered in the order in which identities are asked for, so the same calls in the
same order give the same pseudonyms; a number is never given twice. It must never lose an identity
and never tell a value in a message.
"""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, Self

from deid.errors import VaultError
from deid.keys import normalised
from deid.vault import connection, statements
from deid.vault.rows import Alias, Identity, Original, TranscriptRecord, TranscriptState

_PAGE = 1000


class Vault:
    """An open vault; closes at the end of its ``with``. For one thread of one process.

    Everything that belongs to one transcript goes into one :meth:`transaction`. A change outside
    of one is a transaction of its own. All methods raise VaultError, and BusyError when another
    process holds the vault for over a minute.
    """

    def __init__(self, opened: Any, *, file: connection.OpenedFile | None = None) -> None:
        self._connection, self._file = opened, file

    @classmethod
    def create(cls, path: Path, key: bytes) -> None:
        """Make an empty vault (mode 0600), whole or not at all.

        Raises:
            VaultError: Something stands there already, or the folder cannot be written.
        """
        connection.create(path, key)

    @classmethod
    def open(cls, path: Path, key: bytes, *, read_only: bool = False) -> Self:
        """Open a vault after checking every page of it.

        Raises:
            VaultError: It is missing, of another key, damaged, or of a newer version; nothing was
                changed.
        """
        file = connection.OpenedFile.at(path)
        return cls(connection.connect(path, key, read_only=read_only), file=file)

    @staticmethod
    def copy(path: Path, key: bytes, target: Path, *, target_key: bytes) -> None:
        """Write a whole, checked copy under ``target_key`` into the empty file ``target``.

        Raises:
            VaultError: The vault cannot be read, or the copy cannot be written.
        """
        connection.copy(path, key, target, target_key=target_key)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give the file up; an open transaction is rolled back."""
        self._connection.close()

    def is_current(self) -> bool:
        """Whether the file that was opened still stands under its path."""
        return self._file is not None and self._file == connection.OpenedFile.at(self._file.path)

    @property
    def version(self) -> int:
        """Of its tables; an older vault was brought up to this when it was opened."""
        return int(self._run(statements.GET_VERSION)[0][0])

    def transaction(self) -> AbstractContextManager[None]:
        """Hold the vault for writing: everything inside lands, or nothing. Not re-entrant."""
        return connection.transaction(self._connection, opened=self._file)

    def identity_for(
        self,
        *,
        kind: str,
        alias: str,
        register_ref: str | None = None,
        transcript_id: str | None = None,
        source: str = "speech",
    ) -> Identity:
        """The identity that is called ``alias``, made if there is none.

        With ``register_ref`` the register decides, whatever the alias. Without, an identity of
        the same kind that is already called so, the first of several; they share it until a
        person tells them apart.
        """
        with self._writing():
            found = (
                self._one(statements.IDENTITY_BY_REF, register_ref)
                if register_ref is not None
                else next(iter(self.find_alias(normalised(alias), (kind,))), None)
            )
            identity = found or self._added(kind, register_ref, transcript_id)
            self.add_alias(identity.id, alias, source=source)
            return identity

    def new_identity(
        self,
        *,
        kind: str,
        alias: str,
        register_ref: str | None = None,
        transcript_id: str | None = None,
        source: str = "speech",
    ) -> Identity:
        """A further identity, whoever else may already be called so."""
        with self._writing():
            identity = self._added(kind, register_ref, transcript_id)
            self.add_alias(identity.id, alias, source=source)
            return identity

    def identity_by_reference(self, register_ref: str) -> Identity | None:
        """Whom the register calls by this reference, if they came up already."""
        return self._one(statements.IDENTITY_BY_REF, register_ref)

    def identity(self, identity_id: int) -> Identity:
        """One identity by its key.

        Raises:
            VaultError: There is none of this key.
        """
        found = self._one(statements.GET_IDENTITY, identity_id)
        if found is None:
            raise VaultError(f"there is no identity {identity_id}")
        return found

    def identity_by_pseudonym(self, kind: str, number: int) -> Identity | None:
        """Whom a pseudonym stands for; also one that was merged into another since."""
        return self._one(statements.IDENTITY_BY_NUMBER, kind, number)

    def identities(self, *, kind: str | None = None) -> Iterator[Identity]:
        """All that were not merged into another, by order of creation."""
        rows = self._paged(statements.IDENTITIES, 0, kind, after=lambda row: row[0])
        return (Identity(*row) for row in rows)

    def find_alias(self, alias: str, kinds: Collection[str] = ()) -> list[Identity]:
        """Who is called so (in normalised form), of these kinds or any, by order of creation."""
        chosen = json.dumps(sorted(kinds)) if kinds else None
        return [Identity(*row) for row in self._run(statements.IDENTITIES_BY_ALIAS, alias, chosen)]

    def add_alias(self, identity_id: int, alias: str, *, source: str) -> None:
        """Note what an identity is called; what is known already stays as first seen."""
        with self._writing():
            self._run(statements.ADD_ALIAS, identity_id, normalised(alias), alias, source)

    def aliases(self, identity_id: int | None = None) -> Iterator[Alias]:
        """What one identity, or everyone, is called."""
        asked = statements.ALIASES if identity_id is None else statements.ALIASES_OF
        rows = self._paged(asked, 0, identity_id, after=lambda row: row[0])
        return (Alias(*row[1:]) for row in rows)

    def merge(self, *, keep: int, absorb: int) -> list[str]:
        """Make two identities one; the absorbed one's number is not used again.

        Returns:
            The ids of the transcripts that have the absorbed pseudonym and need re-doing.
        """
        with self._writing():
            for identity_id in (keep, absorb):
                merged = self._run(statements.IS_MERGED, identity_id)
                if keep == absorb or not merged or merged[0][0]:
                    raise VaultError(f"identity {identity_id} cannot be part of this merge")
            touched = self.transcripts_of(absorb)
            for statement in statements.MERGE:
                self._run(statement, keep, absorb)
            return touched

    def replace_originals(self, transcript_id: str, rows: Iterable[Original]) -> None:
        """Put these in place of all that were noted for the transcript."""
        with self._writing():
            self._run(statements.DROP_ORIGINALS, transcript_id)
            for row in rows:
                if row.transcript_id != transcript_id:
                    raise VaultError("an original belongs to another transcript")
                self._run(
                    statements.ADD_ORIGINAL,
                    *(transcript_id, str(row.entity_type), row.text, row.identity_id, row.recalled),
                )

    def originals(self, *, transcript_id: str | None = None) -> Iterator[Original]:
        """What was replaced, in one transcript or in all, in the order in which it was noted."""
        asked = statements.ORIGINALS if transcript_id is None else statements.ORIGINALS_OF
        rows = self._paged(asked, 0, transcript_id, after=lambda row: row[0])
        return (
            Original(transcript_id, entity_type, text, identity_id, recalled=bool(recalled))
            for _, transcript_id, entity_type, text, identity_id, recalled in rows
        )

    def distinct_originals(self) -> Iterator[tuple[str, str]]:
        """Every entity type and text once, ordered, for the leak check."""
        after: tuple[str, str] = ("", "")
        while page := self._run(statements.DISTINCT_ORIGINALS, *after, _PAGE):
            yield from page
            after = page[-1]

    def transcripts_of(self, identity_id: int) -> list[str]:
        """Ids of the transcripts in which an identity was replaced."""
        return [row[0] for row in self._run(statements.TRANSCRIPTS_OF, identity_id)]

    def transcript(self, transcript_id: str) -> TranscriptRecord | None:
        """What is known of a transcript."""
        rows = self._run(statements.GET_TRANSCRIPT, transcript_id)
        return _record(rows[0]) if rows else None

    def upsert_transcript(self, record: TranscriptRecord) -> None:
        """Note a transcript, in place of what was known of it."""
        values = (
            *(record.transcript_id, record.relative_path, record.content_digest),
            *(record.fingerprint, record.state.value, record.reason, record.run_id),
            *(json.dumps(dict(record.outputs)), record.size, record.mtime_ns),
        )
        with self._writing():
            self._run(statements.PUT_TRANSCRIPT, *values)

    def remove_transcript(self, transcript_id: str) -> None:
        """Forget a transcript and whatever was kept of it; identities stay."""
        with self._writing():
            for statement in statements.FORGET:
                self._run(statement, transcript_id)

    def transcripts(self, *, state: TranscriptState | None = None) -> Iterator[TranscriptRecord]:
        """All transcripts, or those in one state, by id."""
        rows = self._paged(statements.TRANSCRIPTS, "", state, after=lambda row: row[0])
        return (_record(row) for row in rows)

    def meta(self, name: str) -> str | None:
        """A value kept under a name, such as the study's id."""
        rows = self._run(statements.GET_META, name)
        return str(rows[0][0]) if rows else None

    def set_meta(self, name: str, value: str) -> None:
        """Keep a value under a name."""
        with self._writing():
            self._run(statements.SET_META, name, value)

    def run(self, statement: str, *values: object) -> list[Any]:
        """The rows of one statement, for modules with tables of their own.

        Their SQL stands in constants; a change belongs inside of :meth:`transaction`.
        """
        return self._run(statement, *values)

    def _added(self, kind: str, register_ref: str | None, transcript_id: str | None) -> Identity:
        return Identity(*self._run(statements.ADD_IDENTITY, kind, register_ref, transcript_id)[0])

    def _writing(self) -> AbstractContextManager[None]:
        return nullcontext() if self._connection.in_transaction else self.transaction()

    def _one(self, statement: str, *values: object) -> Identity | None:
        rows = self._run(statement, *values)
        return Identity(*rows[0]) if rows else None

    def _run(self, statement: str, *values: object) -> list[Any]:
        with connection.translated():
            return list(self._connection.execute(statement, values).fetchall())

    def _paged(
        self, statement: str, start: object, chosen: object, *, after: Callable[[Any], object]
    ) -> Iterator[Any]:
        while page := self._run(statement, start, chosen, _PAGE):
            yield from page
            start = after(page[-1])


def _record(row: Sequence[Any]) -> TranscriptRecord:
    transcript_id, path, content, fingerprint, state, reason, run_id, outputs, size, mtime_ns = row
    return TranscriptRecord(
        transcript_id=transcript_id,
        relative_path=path,
        content_digest=content,
        fingerprint=fingerprint,
        state=TranscriptState(state),
        reason=reason,
        run_id=run_id,
        outputs=json.loads(outputs),
        size=size,
        mtime_ns=mtime_ns,
    )
