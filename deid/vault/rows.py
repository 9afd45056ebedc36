"""What the vault hands out and takes: frozen, with whatever names someone kept out of ``repr``."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

_KIND = re.compile(r"[A-Z][A-Za-z]{0,23}(?:[ -][A-Za-z]{1,24}){0,3}")


class TranscriptState(StrEnum):
    """How far a transcript has got."""

    NEW = "new"
    DONE = "done"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Identity:
    """Someone or some place, across the study.

    Attributes:
        id: Key in the vault.
        kind: What the pseudonym calls it ("Participant", "Nurse", "Person", "Town").
        number: From 1 within its kind, in order of creation; never used again.
        register_ref: Its entry in the register, None when it is only known from speech.
        created_for: The transcript in which it first came up, None when from the register.
    """

    id: int
    kind: str
    number: int
    register_ref: str | None = field(default=None, repr=False)
    created_for: str | None = None

    def __post_init__(self) -> None:
        """Refuse a kind that would not read well, or safely, in a pseudonym."""
        if not _KIND.fullmatch(self.kind) or self.number < 1:
            raise ValueError("an identity has a kind in letters and a number from 1")

    @property
    def pseudonym(self) -> str:
        """What stands in the output, such as ``[Participant 4]``."""
        return f"[{self.kind} {self.number}]"


@dataclass(frozen=True, slots=True)
class Alias:
    """Something that an identity is called.

    Attributes:
        identity_id: Whose.
        normalised: As compared: :func:`deid.keys.normalised`.
        text: As first seen.
        source: Where it comes from ("register", "speech", "reviewer").
    """

    identity_id: int
    normalised: str = field(repr=False)
    text: str = field(repr=False)
    source: str


@dataclass(frozen=True, slots=True)
class Original:
    """A stretch of speech that was replaced.

    Attributes:
        transcript_id: Where it stood.
        entity_type: What it was taken for.
        text: As it stood.
        identity_id: The identity where it stands for one.
        recalled: Whether it was masked only because another transcript had shown it.
    """

    transcript_id: str
    entity_type: str
    text: str = field(repr=False)
    identity_id: int | None = None
    recalled: bool = False


@dataclass(frozen=True, slots=True)
class TranscriptRecord:
    """What the vault knows of a transcript.

    Attributes:
        transcript_id: Keyed digest; what every output calls it.
        relative_path: Where the raw file lies in the inbox; may hold a name.
        content_digest: SHA-256 of the raw file.
        fingerprint: Digest of everything else that the output depends on: configuration, policy,
            register, model, code.
        state: How far it got.
        reason: Why it is withheld, else "".
        run_id: The run that last worked on it.
        outputs: SHA-256 by path relative to the workspace.
        size: Bytes of the raw file.
        mtime_ns: Its time of change, in nanoseconds, to see quickly that nothing changed.
    """

    transcript_id: str
    relative_path: str = field(repr=False)
    content_digest: str
    fingerprint: str
    state: TranscriptState
    reason: str = ""
    run_id: str = ""
    outputs: Mapping[str, str] = field(default_factory=dict)
    size: int = 0
    mtime_ns: int = 0

    def __post_init__(self) -> None:
        """Freeze the outputs."""
        object.__setattr__(self, "outputs", MappingProxyType(dict(sorted(self.outputs.items()))))

    @property
    def version(self) -> str:
        """One digest over the outputs: another as soon as any of them is."""
        told = "\n".join(f"{path} {digest}" for path, digest in self.outputs.items())
        return hashlib.sha256(told.encode()).hexdigest()

    def __reduce__(self) -> tuple[object, ...]:
        """A mapping proxy does not pickle; its dict does."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return (_record, ({**values, "outputs": dict(self.outputs)},))


def _record(values: dict[str, Any]) -> TranscriptRecord:
    return TranscriptRecord(**values)
