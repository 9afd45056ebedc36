"""A bundle as a folder: written whole beside its place, made read-only, then renamed into it.

Nothing is ever written into a folder that stands in ``outbox/`` under a release's name. A killed
process leaves a temporary folder at most, whose name every other part of the program passes over.
"""

import hashlib
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from deid.bundle.about import About
from deid.bundle.approved import Approved
from deid.bundle.crate import CRATE, crate_bytes
from deid.bundle.dictionary import dictionary_files
from deid.bundle.manifest import (
    MANIFEST,
    SIGNATURE,
    Listed,
    manifest_bytes,
    signature_bytes,
)
from deid.bundle.page import PAGE, page_bytes
from deid.bundle.reading import paragraphs, plain_text
from deid.bundle.refi import refi_bytes
from deid.files import TEMPORARY_SUFFIX, sync_folder, write_new
from deid.keys import StudyKeys
from deid.store import Table, arrow_bytes, columns

TRANSCRIPTS, PROJECT = "transcripts", "project.qdpx"
_FOLDER_MODE, _FILE_MODE = 0o500, 0o400


@dataclass(frozen=True, slots=True)
class Manifested:
    """What was written: SHA-256 by path from the bundle, and that of the manifest."""

    files: dict[str, str]
    digest: str


def temporary(outbox: Path) -> Path:
    """A fresh folder (mode 0700) beside where the bundle will stand."""
    folder = outbox / f".{secrets.token_hex(8)}{TEMPORARY_SUFFIX}"
    folder.mkdir(mode=0o700)
    return folder


def write(
    folder: Path, transcripts: Sequence[Approved], about: About, keys: StudyKeys
) -> Manifested:
    """Fill an empty folder with everything, on the disk and read-only when this returns.

    Raises:
        OSError: The disk is full or not writable; the folder is then to be removed.
    """
    (folder / TRANSCRIPTS).mkdir(mode=0o700)
    listed = [_written(folder, *each) for each in _contents(transcripts, about)]
    listed.append(_written(folder, CRATE, crate_bytes(about, listed)))
    manifest = manifest_bytes(about, transcripts, listed, keys)
    signature = signature_bytes(manifest, keys)
    for name, data in ((MANIFEST, manifest), (SIGNATURE, signature)):
        listed.append(_written(folder, name, data))
    for inner in (folder / TRANSCRIPTS, folder):
        inner.chmod(_FOLDER_MODE)
        sync_folder(inner)
    digests = {file.path: file.sha256 for file in listed}
    return Manifested(digests, digests[MANIFEST])


def place(folder: Path, target: Path) -> None:
    """Give a finished folder its name; all of it appears at once.

    Raises:
        FileExistsError: Something stands there.
        OSError: The folder is gone, or the disk is not writable.
    """
    if target.exists(follow_symlinks=False):
        raise FileExistsError(target)
    folder.rename(target)
    sync_folder(target.parent)


def remove(folder: Path) -> None:
    """Take a bundle away, all at once; nothing when there is none."""
    gone = folder.parent / f".{secrets.token_hex(8)}{TEMPORARY_SUFFIX}"
    with suppress(FileNotFoundError):
        folder.rename(gone)
        sync_folder(folder.parent)
        discard(gone)


def discard(folder: Path) -> None:
    """Delete a temporary folder, read-only or not."""
    for here, _, _ in list(folder.walk()):
        here.chmod(0o700)
    shutil.rmtree(folder)


def _contents(
    transcripts: Sequence[Approved], about: About
) -> Iterator[tuple[str, bytes, int | None]]:
    from deid.bundle.word import word_bytes  # noqa: PLC0415 - python-docx, for whoever builds alone

    for which in Table:
        yield f"{which}.parquet", table_bytes(transcripts, which), _rows(transcripts, which)
    texts: dict[str, str] = {}
    for each in transcripts:
        name = each.transcript_id
        texts[name] = plain_text(each.turns)
        yield f"{TRANSCRIPTS}/{name}.txt", texts[name].encode(), None
        shown = list(paragraphs(each.turns))
        yield f"{TRANSCRIPTS}/{name}.docx", word_bytes(f"Transcript {name}", shown), None
    yield PROJECT, refi_bytes(about.release_id, texts, at=about.made_at), None
    for name, data in dictionary_files().items():
        yield name, data, None
    yield PAGE, page_bytes(about, transcripts), None


def table_bytes(transcripts: Sequence[Approved], which: Table) -> bytes:
    """One table of all transcripts, in their order, without the columns that do not travel."""
    kept = [column.name for column in columns(which) if column.travels]
    joined = pa.concat_tables([each.table(which).select(kept) for each in transcripts])
    return arrow_bytes(joined.combine_chunks(), which)


def _rows(transcripts: Sequence[Approved], which: Table) -> int:
    return sum(each.count(which) for each in transcripts)


def _written(folder: Path, path: str, data: bytes, rows: int | None = None) -> Listed:
    write_new(folder / path, data)
    (folder / path).chmod(_FILE_MODE)
    return Listed(path, hashlib.sha256(data).hexdigest(), len(data), rows)
