"""Raw files from where a trust keeps them (an object store, a share) into the workspace's inbox.

Named by a URL of fsspec, which the packages of the extras ``s3`` and ``azure`` add to. The source
is only read. A file is fetched when it is new or its entity tag, size or time changed, straight
into ``inbox/``, whole or not at all; nowhere else is anything kept. What disappears at the source
stays here, as every raw file does. This is in ``flows`` because the library opens no socket; no
message names a file.
"""

import json
import shutil
from pathlib import Path, PurePosixPath
from typing import Any

import fsspec  # type: ignore[import-untyped]

from deid.errors import ExitCode
from deid.files import temporary_beside, write_atomically
from flows.coded import FlowError

_SEEN = ".fetched.json"
_LOOKS = ("ETag", "etag", "size", "mtime", "LastModified", "last_modified", "created")


def fetch(source: str, inbox: Path) -> int:
    """Bring new and changed files of ``source`` into ``inbox``; how many.

    Args:
        source: A folder as a URL, such as s3://bucket/raw; "" for none.
        inbox: The workspace's; files keep their place below the source.

    Raises:
        FlowError: the source cannot be read, or what reads it is not installed.
    """
    if not source:
        return 0
    failure = ""
    try:
        return _fetched(source, inbox)
    except ImportError:
        failure = "what reads inbox.source is not installed: s3fs for s3://, adlfs for abfs://"
    except Exception as error:  # noqa: BLE001 - its message may name a file
        kind = f"{type(error).__name__} {getattr(error, 'errno', None) or ''}".strip()
        failure = f"inbox.source cannot be fetched ({kind}); nothing else was changed"
    raise FlowError(failure, ExitCode.SETTINGS)


def _fetched(source: str, inbox: Path) -> int:
    files, root = fsspec.core.url_to_fs(source)
    files.invalidate_cache()
    listed: dict[str, dict[str, Any]] = files.find(root, detail=True)
    if not listed and not files.exists(root):
        raise FileNotFoundError
    seen = _seen(inbox)
    done = 0
    for name, told in sorted(listed.items()):
        below = name.removeprefix(root).lstrip("/")
        look = _look(told)
        if not _may_be(below) or (seen.get(below) == look and (inbox / below).exists()):
            continue
        if _copied(files, name, inbox / below):
            seen[below] = look
            done += 1
            write_atomically(inbox / _SEEN, json.dumps(seen).encode())
    return done


def _copied(files: Any, name: str, target: Path) -> bool:
    """Copy one file; False where it changed meanwhile, which leaves it to the next run."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    before = _look(files.info(name))
    with temporary_beside(target) as temporary:
        with files.open(name, "rb") as held, temporary.open("wb") as copy:
            shutil.copyfileobj(held, copy)
        files.invalidate_cache()
        if _look(files.info(name)) != before:
            return False
        temporary.replace(target)
    return True


def _seen(inbox: Path) -> dict[str, str]:
    try:
        held = json.loads((inbox / _SEEN).read_bytes())
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def _look(told: dict[str, Any]) -> str:
    """What changes when a file does, as far as its store says."""
    return json.dumps({key: str(told[key]) for key in _LOOKS if told.get(key) is not None})


def _may_be(below: str) -> bool:
    """Whether a name is one that a file of the inbox may have; hidden ones are passed over."""
    parts = PurePosixPath(below).parts
    return bool(parts) and not any(part.startswith(("/", ".", "~$")) for part in parts)
