"""Where a trust keeps its raw files, as fsspec tells of it: what lies there, and what a file holds.

It is only read. Whatever reads it (of the extras ``s3`` and ``azure``, or fsspec's own) raises what
it likes, with addresses and names of files in its messages; from here come :class:`SourceError`
and :class:`UnreadyError`, in words that are made here.
"""

import errno
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import fsspec  # type: ignore[import-untyped]

_TAGS = ("ETag", "etag")
_TIMES = ("mtime", "LastModified", "last_modified", "created")
_BLOCK = 1 << 20
_ABSENT = "it is not there, or nothing is in it"
_SHUT = "it refuses the credentials, or they may not read there"
_AWAY = "it does not answer"
_WORDS: Mapping[str, str] = {
    "ImportError": "what reads it is not installed: pip install 'deid[s3]' or 'deid[azure]'",
    "FileNotFoundError": _ABSENT,
    "NotADirectoryError": "it names a file, and has to name a folder",
    "PermissionError": _SHUT,
    "NoCredentialsError": _SHUT,
    "PartialCredentialsError": _SHUT,
    "ClientAuthenticationError": _SHUT,
    "ConnectionError": _AWAY,
    "TimeoutError": _AWAY,
    "HTTPClientError": _AWAY,
    "ClientConnectionError": _AWAY,
    "ServiceRequestError": _AWAY,
    "ServiceResponseError": _AWAY,
}
"""By the name of an error's class or of one above it, since the packages need not be there."""
_REFUSED = frozenset({401, 403})
_PASSING = (FileNotFoundError, PermissionError, BlockingIOError)
_BUSY = frozenset({errno.EBUSY, errno.ETXTBSY})


class SourceError(Exception):
    """The source cannot be read; the message says why, without an address or a name."""


class UnreadyError(Exception):
    """One file there is gone, in use, or another than before."""


@dataclass(frozen=True)
class Found:
    """A file at the source.

    Attributes:
        name: Its whole name there.
        below: Its name below the source, with forward slashes.
        look: What changes when the file does, as far as its store says.
        touched: When it last did, in seconds since 1970; None where that is not said.
    """

    name: str
    below: str
    look: str
    touched: float | None


class Source:
    """A folder named by a URL of fsspec, such as ``s3://bucket/raw``."""

    def __init__(self, url: str) -> None:
        """Find out who reads it.

        Raises:
            SourceError: Nobody does.
        """
        with _in_words():
            self._files, self._root = fsspec.core.url_to_fs(url, skip_instance_cache=True)

    def found(self) -> dict[str, Found]:
        """Every file there, by its name below the source, in a fixed order.

        An object store has no folders; some list the empty files that stand for them.

        Raises:
            SourceError: It cannot be listed, is a file, or is not there.
        """
        with _in_words():
            self._files.invalidate_cache()
            listed: dict[str, dict[str, Any]] = self._files.find(self._root, detail=True)
            if not listed and not self._files.exists(self._root):
                raise FileNotFoundError
            if self._root in listed:
                raise NotADirectoryError
            found = [
                _found(self._root, name, told)
                for name, told in sorted(listed.items())
                if told.get("size") or not self._files.isdir(name)
            ]
        return {each.below: each for each in found}

    def blocks(self, file: Found) -> Iterator[bytes]:
        """What a file holds, a piece at a time.

        Raises:
            UnreadyError: It is not as it was found, before, meanwhile or after.
            SourceError: The source cannot be read any more.
        """
        with _in_words(of_a_file=True):
            with self._files.open(file.name, "rb") as held:
                while block := held.read(_BLOCK):
                    yield block
            self._files.invalidate_cache()
            if _look(self._files.info(file.name)) != file.look:
                raise BlockingIOError


def _found(root: str, name: str, told: Mapping[str, Any]) -> Found:
    below = name.removeprefix(root).removeprefix("/")
    return Found(name, below, _look(told), max(_times(told), default=None))


def _look(told: Mapping[str, Any]) -> str:
    """Its size and entity tag; where a store has no tags, its times.

    With tags the times are left out: a listing may tell them to another fraction of a second than
    a question about one file.
    """
    tags = [str(told[key]).strip('"') for key in _TAGS if told.get(key)]
    times = [f"{at:.3f}" for at in _times(told)]
    return json.dumps([str(told.get("size")), *(tags[:1] or times)])


def _times(told: Mapping[str, Any]) -> list[float]:
    """What is said of when it changed, in seconds since 1970."""
    times = [told[key] for key in _TIMES if told.get(key) is not None]
    return [at.timestamp() if isinstance(at, datetime) else float(at) for at in times]


@contextmanager
def _in_words(*, of_a_file: bool = False) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # noqa: BLE001 - its message may name a file
        number = error.errno if isinstance(error, OSError) else None
        if of_a_file and (isinstance(error, _PASSING) or number in _BUSY):
            raise UnreadyError from None
        names = (kind.__name__ for kind in type(error).__mro__)
        words = next((_WORDS[name] for name in names if name in _WORDS), None)
        if getattr(error, "status_code", None) in _REFUSED:  # Azure's only sign of it
            words = _SHUT
        raise SourceError(words or f"it cannot be read ({type(error).__name__})") from None
