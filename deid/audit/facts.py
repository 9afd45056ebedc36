"""What may stand in an audit event: counts, ids and digests, and no other words.

The log is read by people who must not see a name. So a string is let in by its shape (a digest,
an id, a version, a time) or because it is one of a closed set of words; text that a trust wrote in
its own configuration has to be marked as :class:`Configured` by the code that read it there. What
is refused is never shown, only where it stood.
"""

import re
from collections.abc import Mapping
from typing import cast

from deid.errors import AuditError, Reason
from deid.transcript import EntityType, Part, TurnKind

type Fact = str | int | float | bool | list[Fact] | dict[str, Fact] | None

WORDS = frozenset(
    {*Reason, *EntityType, *TurnKind, *Part}
    # formats that deid.ingest reads
    | {"txt", "docx", "vtt", "srt", "rtf", "odt", "csv", "xlsx", "json"}
    # stages, and what became of something
    | {"ingest", "detect", "resolve", "pseudonymise", "store", "verify", "release"}
    | {"workspace", "study", "vault", "register", "log", "keys", "account"}
    | {"new", "changed", "done", "unchanged", "withheld", "removed", "failed", "completed"}
    | {"crashed", "cancelled", "killed", "policy", "config", "model", "code", "requested"}
    | {"approved", "rejected", "released", "withdrawn", "under-review"}
    # roles of accounts (deid.accounts.Role)
    | {"checker", "releaser", "auditor", "administrator", "reidentifier"}
    # what a checker decides, and how far it reaches (deid.decisions)
    | {"mask", "keep", "assign", "retype", "here", "transcript", "study", "checked"}
    # why the word of a proxy was not taken (deid.review.assertion, deid.accounts)
    | {"unsigned", "forged", "stale", "replayed", "unknown", "disabled", "locked"}
    # what a repair set aside
    | {"torn-line"}
)
"""Every word that is not a shape. Add a word here when code comes to need it."""

_SHAPES = (
    r"[0-9a-f]{32,128}",  # a digest, an HMAC, a signature
    r"sha256:[0-9a-f]{64}",
    r"[a-z]{1,12}-[0-9a-f]{8,64}",  # an id made by StudyKeys.identifier
    r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",  # a UUID
    r"([a-z]{1,12}-)?\d{8}T\d{6}Z(-[0-9a-f]{1,32})?",  # a run id by time
    r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|\+00:00)",
    r"\d{1,3}\.\d{1,3}(\.\d{1,3})?((a|b|rc|\.dev|\.post)\d{1,3})?(\+[0-9a-f]{1,40})?",  # version
    r"[a-z][a-z0-9_.-]{0,63}==[0-9][0-9a-z.+!-]{0,63}",  # a package and its version
    r"\d{2}/[A-Z]{2,3}/\d{4}",  # a research ethics committee's reference
)
_SAFE = re.compile("|".join(f"(?:{shape})" for shape in _SHAPES))
_KEY = re.compile(r"[a-z][a-z0-9]*(?:[_./-][A-Za-z0-9]+)*")
_ACTOR = re.compile(r"[a-z][a-z0-9._-]{0,63}")
_PATH = re.compile(
    r"[A-Za-z0-9_][A-Za-z0-9._=-]{0,127}(?:/[A-Za-z0-9_][A-Za-z0-9._=-]{0,127}){0,7}"
)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_CONFIGURED = re.compile(r"[^\x00-\x1f\x7f-\x9f\u2028\u2029]{0,500}")
_MAX_DEPTH = 4
_LARGEST_NUMBER = 2**53 - 1  # RFC 8785 writes numbers as IEEE 754 doubles


class Configured(str):
    """A string that a trust wrote in its configuration. Never wrap anything out of a transcript."""

    __slots__ = ()


def checked_facts(facts: Mapping[str, object]) -> dict[str, Fact]:
    """The facts as plain JSON values.

    Raises:
        AuditError: A key, a string or a number that may not stand in the log; the message says
            where, not what.
    """
    return _mapping(facts, where="facts", depth=0)


def checked_files(files: Mapping[str, str | None]) -> dict[str, Fact]:
    """Paths relative to the workspace with the SHA-256 of each, None for a file that is gone."""
    for place, (path, digest) in enumerate(files.items()):
        if not is_safe_path(path):
            raise AuditError(f"files, entry {place}: not a plain relative path")
        if digest is not None and not _DIGEST.fullmatch(digest):
            raise AuditError(f"files, entry {place}: not a SHA-256 digest in hexadecimal")
    return dict(files)


def checked_actor(actor: str) -> str:
    """An account name: lower-case letters, digits, ``.``, ``_`` and ``-``."""
    if not _ACTOR.fullmatch(actor):
        raise AuditError("actor: an account name is lower-case letters, digits and . _ -")
    return actor


def checked_id(value: str, *, where: str, optional: bool = False) -> str:
    """A run id or subject: one of the shapes or words above; "" where that is allowed."""
    if not (value == "" and optional) and not _is_safe(value):
        raise AuditError(f"{where}: not an id, digest or known word")
    return str(value)


def is_safe_path(path: str) -> bool:
    """Whether a path is relative, plain and cannot climb out of the folder that it counts from."""
    return _PATH.fullmatch(path) is not None


def _is_safe(value: str) -> bool:
    return value in WORDS or _SAFE.fullmatch(value) is not None


def _mapping(facts: Mapping[str, object], *, where: str, depth: int) -> dict[str, Fact]:
    plain: dict[str, Fact] = {}
    for place, (key, value) in enumerate(facts.items()):
        if key not in WORDS and not _KEY.fullmatch(key):
            raise AuditError(f"{where}, entry {place}: a key is lower-case words or a known word")
        plain[str(key)] = _value(value, where=f"{where}.{key}", depth=depth + 1)
    return plain


def _value(value: object, *, where: str, depth: int) -> Fact:
    if depth > _MAX_DEPTH:
        raise AuditError(f"{where}: nested too deeply")
    if isinstance(value, Mapping):
        return _mapping(value, where=where, depth=depth)
    if isinstance(value, list | tuple):
        return [_value(item, where=where, depth=depth + 1) for item in value]
    if isinstance(value, str) and _is_safe_text(value):
        return str(value)
    if value is None or _is_safe_number(value):
        return cast("int | float | None", value)
    raise AuditError(
        f"{where}: only counts, ids, digests and known words may stand in the log; mark text of "
        "the configuration as Configured"
    )


def _is_safe_number(value: object) -> bool:
    return isinstance(value, int | float) and abs(value) <= _LARGEST_NUMBER  # not so for NaN


def _is_safe_text(value: str) -> bool:
    if isinstance(value, Configured):
        return _CONFIGURED.fullmatch(value) is not None
    return _is_safe(value)
