"""The table of formats, and the one way in."""

import warnings
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from deid.errors import InputError, Reason
from deid.ingest import guard
from deid.ingest.limits import Limits
from deid.transcript import Transcript

type Reader = Callable[[bytes, Limits], Transcript]


def _on_demand(module: str) -> Callable[[], Reader]:
    def reader() -> Reader:
        found: Reader = import_module(f"deid.ingest.{module}").read
        return found

    return reader


READERS: Mapping[str, Callable[[], Reader]] = MappingProxyType(
    {
        ".txt": _on_demand("plain"),
        ".docx": _on_demand("word"),
        ".vtt": _on_demand("vtt"),
        ".srt": _on_demand("subrip"),
        ".rtf": _on_demand("rtf"),
        ".odt": _on_demand("odt"),
        ".csv": _on_demand("csv_rows"),
        ".xlsx": _on_demand("xlsx"),
        ".json": _on_demand("recognised"),
    }
)
"""Each suffix, and how to come by its reader.

The libraries for Word, OpenDocument and Excel take half a second to load, in each process of a run:
that long only those wait who have such a file. A command that reads none waits for no reader.
"""
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
    if suffix not in SUFFIXES:
        raise InputError(Reason.UNSUPPORTED, detail="suffix not among the readers'")
    data = guard.load(path, limits=limits)
    guard.check_magic(data, suffix)
    reader = READERS[suffix]()
    try:
        with warnings.catch_warnings(action="ignore"):  # a library's warning may quote the file
            return reader(data, limits)
    except InputError as error:
        reason, detail = error.reason, error.detail
    except (Exception, RecursionError) as error:  # noqa: BLE001 — libraries raise anything on broken files
        reason, detail = Reason.MALFORMED, f"{suffix[1:]} reader: {type(error).__name__}"
    # raised anew, since the context of what was caught holds the file's bytes, and Dask pickles it
    raise InputError(reason, detail=detail)
