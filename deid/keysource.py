"""Where the study's one secret comes from: a file, the environment, or a trust's secret store.

A secret is never taken from a command line, and never shown: messages say which source failed
and how to repair it, not what it held or what a command printed.
"""

import base64
import binascii
import os
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from deid.errors import StudyKeyError

DEFAULT_VARIABLE = "DEID_STUDY_KEY"
_SECRET_BYTES = 32
_MAX_FILE_BYTES = 16_384
_LEAST_VARIETY = 8  # of 32 random bytes fewer distinct ones are out of the question


@dataclass(frozen=True, slots=True)
class KeyFile:
    """``keys/study.key`` of the workspace."""


@dataclass(frozen=True, slots=True)
class KeyEnvironment:
    """An environment variable that holds the secret."""

    variable: str = DEFAULT_VARIABLE


@dataclass(frozen=True, slots=True)
class KeyCommand:
    """A program that prints the secret; run without a shell, ended after ``timeout_s`` seconds."""

    argv: tuple[str, ...]
    timeout_s: float = 10.0


type KeySource = KeyFile | KeyEnvironment | KeyCommand


def default_source() -> KeySource:
    """The environment where ``DEID_STUDY_KEY`` is set, else the workspace's key file."""
    return KeyEnvironment() if DEFAULT_VARIABLE in os.environ else KeyFile()


def study_secret(source: KeySource, key_file: Path) -> bytes:
    """The 32 bytes of the secret, written as 64 hexadecimal digits or as Base64.

    Raises:
        StudyKeyError: The source gives nothing, or nothing of that shape.
    """
    match source:
        case KeyFile():
            return _decoded(private_bytes(key_file), where=f"keys/{key_file.name}")
        case KeyEnvironment(variable):
            value = os.environ.get(variable)
            if value is None:
                raise StudyKeyError(f"the environment variable {variable} is not set")
            return _decoded(value.encode(errors="replace"), where=variable)
        case KeyCommand():
            return _decoded(_printed(source), where="what the key command printed")


def secret_in(path: Path) -> bytes:
    """The 32 bytes of a secret in a file outside of the workspace that its owner alone can read.

    Raises:
        StudyKeyError: It is missing, others can read it, or it holds nothing of that shape.
    """
    return _decoded(private_bytes(path, name="the key file"), where="the key file")


def private_bytes(path: Path, *, name: str = "") -> bytes:
    """The contents of a key file that its owner alone can read.

    ``name`` is what messages call it, without it its place in the workspace.

    Raises:
        StudyKeyError: It is missing, or others can read it.
    """
    name = name or f"keys/{path.name}"
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise StudyKeyError(f"{name} cannot be read: {error.strerror}") from None
    with os.fdopen(descriptor, "rb") as file:
        if stat.S_IMODE(os.fstat(descriptor).st_mode) & 0o077:
            raise StudyKeyError(
                f"{name} can be read by other accounts; repair with: chmod 600 {name}"
            )
        return file.read(_MAX_FILE_BYTES)


def _printed(source: KeyCommand) -> bytes:
    if not source.argv:
        raise StudyKeyError("the key command is empty")
    try:
        done = subprocess.run(  # noqa: S603 - the trust's own configured command, no shell
            source.argv,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=source.timeout_s,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise StudyKeyError(f"the key command took over {source.timeout_s:g} seconds") from None
    except (OSError, ValueError):
        raise StudyKeyError("the key command could not be started") from None
    if done.returncode != 0:
        raise StudyKeyError(f"the key command ended with exit code {done.returncode}")
    return done.stdout


def _decoded(written: bytes, *, where: str) -> bytes:
    compact = written.strip()
    try:
        secret = bytes.fromhex(compact.decode("ascii"))
    except ValueError:
        try:
            secret = base64.b64decode(compact, validate=True)
        except binascii.Error:
            secret = b""
    if len(secret) != _SECRET_BYTES:
        raise StudyKeyError(
            f"{where} is not a study key: it needs {_SECRET_BYTES} bytes, as hexadecimal or Base64"
        )
    if len(set(secret)) < _LEAST_VARIETY:
        raise StudyKeyError(f"{where} is not a random key; make one with: openssl rand -hex 32")
    return secret
