"""Whether the files that the audit log names are the ones that stand in the workspace."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from deid.audit.verdict import Flaw, FlawError
from deid.files import is_temporary, sha256_file

_WATCHED = ("staging", "outbox", "audit/redactions")


@dataclass(frozen=True, slots=True)
class Recorded:
    """The SHA-256 that an event gave a file (None: gone), and the line of that event."""

    digest: str | None
    line: int


def check_files(root: Path, recorded: Mapping[str, Recorded]) -> int:
    """Compare every file with its digest, in the order of their events; how many stand there.

    Raises:
        FlawError: One is missing, changed, reached through a link, or there although removed.
    """
    base, compared = root.resolve(), 0
    for path, record in recorded.items():
        place = base / path
        if record.digest is None:
            if place.exists(follow_symlinks=False):
                raise FlawError(Flaw.FILE_RETURNED, path, record.line)
            continue
        if not place.is_file():
            raise FlawError(Flaw.FILE_MISSING, path, record.line)
        if place.resolve() != place or sha256_file(place) != record.digest:
            raise FlawError(Flaw.FILE_CHANGED, path, record.line)
        compared += 1
    return compared


def unlisted(root: Path, recorded: Mapping[str, Recorded]) -> int:
    """Files in staging, outbox and redactions that no event names."""
    return sum(file.relative_to(root).as_posix() not in recorded for file in _watched(root))


def _watched(root: Path) -> Iterator[Path]:
    for folder in _WATCHED:
        for here, _, names in (root / folder).walk():
            yield from (here / name for name in names if not is_temporary(here / name))
