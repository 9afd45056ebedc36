"""Whether a bundle is what left the trust, asked with nothing but the folder and the public key.

The signature holds the manifest and the manifest holds every other file, so that a changed byte,
a missing file and an added one all show. The answer is the first thing that does not hold. What
is in a bundle is never trusted: the key comes from elsewhere.
"""

import hashlib
import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from deid.bundle.manifest import MANIFEST, SCHEMA, SIGNATURE, signature_holds
from deid.files import sha256_file

_LARGEST_MANIFEST = 1 << 28


class Flaw(StrEnum):
    """Every way in which a bundle can fail to hold."""

    NO_BUNDLE = "no-bundle"
    BAD_SIGNATURE = "bad-signature"
    UNKNOWN_SCHEMA = "unknown-schema"
    MISSING = "missing"
    CHANGED = "changed"
    EXTRA = "extra"
    NOT_A_FILE = "not-a-file"


_MEANING = {
    Flaw.NO_BUNDLE: "is missing or cannot be read; this folder is no bundle",
    Flaw.BAD_SIGNATURE: "is not signed by the given key, or was changed",
    Flaw.UNKNOWN_SCHEMA: "is of a version that this program does not know",
    Flaw.MISSING: "is missing",
    Flaw.CHANGED: "is not as it was released",
    Flaw.EXTRA: "was not released",
    Flaw.NOT_A_FILE: "is a link or something else that was not released",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """The first thing that does not hold; ``where`` is a path from the bundle's folder."""

    flaw: Flaw
    where: str

    def __str__(self) -> str:
        """One line for people; unprintable characters of a strange file's name are shown."""
        shown = "".join(c if c.isprintable() else repr(c)[1:-1] for c in self.where)
        return f"{shown}: {_MEANING[self.flaw]}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer: which release, how many files hold, the audit log's head, and what does not."""

    release_id: str
    files: int
    audit_head: str
    manifest_digest: str
    problem: Problem | None

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return self.problem is None


class _FlawError(Exception):
    def __init__(self, flaw: Flaw, where: str) -> None:
        self.problem = Problem(flaw, where)
        super().__init__(str(self.problem))


def verify(folder: Path, public_key: Ed25519PublicKey) -> Verdict:
    """Verify a bundle; changes nothing, needs no workspace.

    Args:
        folder: The bundle.
        public_key: Of the trust that released it, received by another way.
    """
    told: Mapping[str, Any] = {}
    digest, compared = "", 0
    try:
        manifest = _signed_manifest(folder, public_key)
        digest = hashlib.sha256(manifest).hexdigest()
        told = _known(json.loads(manifest))
        compared = _compare(folder, told["files"])
    except _FlawError as flawed:
        return _verdict(told, compared, digest, flawed.problem)
    return _verdict(told, compared, digest, None)


def _verdict(
    told: Mapping[str, Any], compared: int, digest: str, problem: Problem | None
) -> Verdict:
    head = told.get("audit", {}).get("head", "")
    return Verdict(told.get("release", ""), compared, head, digest, problem)


def _signed_manifest(folder: Path, public_key: Ed25519PublicKey) -> bytes:
    manifest = _read(folder, MANIFEST)
    if not signature_holds(manifest, _read(folder, SIGNATURE), public_key):
        raise _FlawError(Flaw.BAD_SIGNATURE, MANIFEST)
    return manifest


def _known(told: Mapping[str, Any]) -> Mapping[str, Any]:
    if told.get("schema") != SCHEMA:
        raise _FlawError(Flaw.UNKNOWN_SCHEMA, MANIFEST)
    return told


def _read(folder: Path, name: str) -> bytes:
    path = folder / name
    try:
        if path.is_symlink() or path.stat().st_size > _LARGEST_MANIFEST:
            raise _FlawError(Flaw.NOT_A_FILE, name)
        return path.read_bytes()
    except OSError:
        raise _FlawError(Flaw.NO_BUNDLE, name) from None


def _compare(folder: Path, files: list[dict[str, Any]]) -> int:
    """Compare every listed file, then look for anything else; how many were compared."""
    listed = {str(file["path"]): file for file in files}
    for path, file in listed.items():
        _compare_one(folder, path, str(file["sha256"]))
    known = {MANIFEST, SIGNATURE, *listed}
    folders = {str(parent) for path in listed for parent in PurePosixPath(path).parents}
    for path, mode in _everything(folder, ""):
        if stat.S_ISDIR(mode) and path not in folders:
            raise _FlawError(Flaw.EXTRA, path)
        if not stat.S_ISDIR(mode) and path not in known:
            raise _FlawError(Flaw.EXTRA if stat.S_ISREG(mode) else Flaw.NOT_A_FILE, path)
    return len(listed)


def _compare_one(folder: Path, path: str, digest: str) -> None:
    place = folder / path
    try:
        if place.is_symlink() or any((folder / p).is_symlink() for p in _parents(path)):
            raise _FlawError(Flaw.NOT_A_FILE, path)
        if not place.is_file():
            raise _FlawError(Flaw.MISSING, path)
        if sha256_file(place) != digest:
            raise _FlawError(Flaw.CHANGED, path)
    except OSError:
        raise _FlawError(Flaw.MISSING, path) from None


def _parents(path: str) -> list[str]:
    return [str(parent) for parent in PurePosixPath(path).parents if str(parent) != "."]


def _everything(folder: Path, below: str) -> Iterator[tuple[str, int]]:
    """Every entry of the folder and its folders, with its mode; links are not followed."""
    with os.scandir(folder / below) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            path = f"{below}/{entry.name}".lstrip("/")
            mode = entry.stat(follow_symlinks=False).st_mode
            yield path, mode
            if stat.S_ISDIR(mode):
                yield from _everything(folder, path)
