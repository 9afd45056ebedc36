"""The table of formats, and the one way in."""

import warnings
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from deid.errors import InputError, Reason
from deid.ingest import csv_rows, guard, odt, plain, recognised, rtf, subrip, vtt, word, xlsx
from deid.ingest.limits import Limits
from deid.transcript import Transcript

type Reader = Callable[[bytes, Limits], Transcript]

READERS: Mapping[str, Reader] = MappingProxyType(
    {
        ".txt": plain.read,
        ".docx": word.read,
        ".vtt": vtt.read,
        ".srt": subrip.read,
        ".rtf": rtf.read,
        ".odt": odt.read,
        ".csv": csv_rows.read,
        ".xlsx": xlsx.read,
        ".json": recognised.read,
    }
)
SUFFIXES: frozenset[str] = frozenset(READERS)
_DEFAULT = Limits()


def read(path: Path, *, limits: Limits = _DEFAULT) -> Transcript:
    """Read one raw transcript.

    Args:
        path: A regular file; see :func:`deid.ingest.inside` for where it may lie. The suffix, in
            any case, chooses the reader.
        limits: What is refused as too large.

    Raises:
        InputError: with the reason, and never with anything that stands in the file. Whatever a
            library raises on a broken file is MALFORMED.
    """
    suffix = path.suffix.lower()
    reader = READERS.get(suffix)
    if reader is None:
        raise InputError(Reason.UNSUPPORTED, detail="suffix not among the readers'")
    data = guard.load(path, limits=limits)
    guard.check_magic(data, suffix)
    try:
        with warnings.catch_warnings(action="ignore"):  # a library's warning may quote the file
            return reader(data, limits)
    except InputError as error:
        reason, detail = error.reason, error.detail
    except (Exception, RecursionError) as error:  # noqa: BLE001 — libraries raise anything on broken files
        reason, detail = Reason.MALFORMED, f"{suffix[1:]} reader: {type(error).__name__}"
    # raised anew, since the context of what was caught holds the file's bytes, and Dask pickles it
    raise InputError(reason, detail=detail)
