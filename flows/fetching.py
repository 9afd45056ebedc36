"""Raw files from where a trust keeps them (an object store, a share) into the workspace's inbox.

A file is fetched when it is new or has changed, straight into ``inbox/``, whole or not at all;
nowhere else is anything kept. What disappears at the source stays here, as every raw file does.
What is still being copied there, or is in use, waits for the next run. This is in ``flows``
because the library opens no socket; no message names a file.
"""

import hashlib
import json
import os
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from deid.errors import ExitCode
from deid.files import sweep, temporary_beside, write_atomically
from deid.inbox import by_name, is_hidden
from flows.coded import FlowError
from flows.source import Found, Source, SourceError, UnreadyError

_SEEN = ".fetched.json"
_SAVED_EVERY = 500
_LONGEST_NAME = 255
_FULL = "the inbox cannot be written: see its owner, and whether its disk is full"


@dataclass
class Fetched:
    """How many files came, and how many wait at the source for the next run."""

    new: int = 0
    waiting: int = 0


def fetch(
    source: str,
    inbox: Path,
    *,
    settle_seconds: float = 0,
    sleep: Callable[[float], object] = time.sleep,
) -> Fetched:
    """Bring new and changed files of ``source`` into ``inbox``.

    Args:
        source: A folder as a URL, such as s3://bucket/raw; "" for none.
        inbox: The workspace's, which no other run may use meanwhile; files keep their place below
            the source.
        settle_seconds: How long a new or changed file has to stand still there.
        sleep: Waits so many seconds.

    Raises:
        FlowError: The source cannot be read, what reads it is not installed, or the inbox cannot
            be written. What had come by then is whole, and stays.
    """
    if not source:
        return Fetched()
    try:
        sweep(inbox)
        return _fetched(Source(source), inbox, settle_seconds, sleep)
    except SourceError as error:
        failure = f"inbox.source cannot be fetched: {error}; the next run tries again"
    except OSError:
        failure = f"inbox.source cannot be fetched: {_FULL}"
    raise FlowError(failure, ExitCode.SETTINGS)


def _fetched(
    store: Source, inbox: Path, settle_seconds: float, sleep: Callable[[float], object]
) -> Fetched:
    seen, done, found = _seen(inbox), Fetched(), store.found()
    due = {
        each: place
        for each in found.values()
        if (place := _place(each.below, inbox, found)) is not None
        and not (seen.get(each.below) == each.look and place.exists())
    }
    whole = _whole(store, due, settle_seconds, sleep) if due else set()
    try:
        for each, place in due.items():
            if each not in whole or not _copied(store, each, place, inbox):
                done.waiting += 1
                continue
            seen[each.below] = each.look
            done.new += 1
            if done.new % _SAVED_EVERY == 0:
                _save(inbox, seen)
    finally:
        if done.new:
            _save(inbox, seen)
    return done


def _whole(
    store: Source,
    due: Iterable[Found],
    settle_seconds: float,
    sleep: Callable[[float], object],
) -> set[Found]:
    """Those that stand still, and of which neither their name nor a lock says otherwise."""
    now = time.time()
    if any(each.touched is None or abs(now - each.touched) < settle_seconds for each in due):
        sleep(settle_seconds)
    later = store.found()
    touched = {PurePosixPath(each.below): each.touched for each in later.values()}.get
    return {
        each
        for each in due
        if later.get(each.below) == each
        and by_name(PurePosixPath(each.below), touched, now) is None
    }


def _copied(store: Source, file: Found, place: Path, inbox: Path) -> bool:
    """Copy one file; False where it changed meanwhile, which leaves it to the next run."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with temporary_beside(inbox / _SEEN) as temporary:
        try:
            with temporary.open("wb") as copy:
                for block in store.blocks(file):
                    copy.write(block)
                copy.flush()
                os.fsync(copy.fileno())
        except UnreadyError:
            return False
        temporary.replace(place)
    return True


def _place(below: str, inbox: Path, names: Collection[str]) -> Path | None:
    """Where a file of the source will stand; None for what an inbox passes over.

    A store's names may be what no file's can be: too long, with empty parts or dots for parts, or
    below another file. Such a file comes under a name made of its own and a digest of the whole.
    """
    parts = below.split("/")
    last = parts[-1]
    if not last.strip(".") or any(is_hidden(part) for part in parts if part.strip(".")):
        return None
    above = ("/".join(parts[:end]) for end in range(1, len(parts)))
    if all(map(_may_be, parts)) and not any(each in names for each in above):
        place = inbox.joinpath(*parts)
        if _fits(place, inbox):
            return place
    digest = hashlib.sha256(below.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    name = PurePosixPath("".join(each for each in last if each.isprintable()))
    return inbox / f"{name.stem[:30]} {digest}{name.suffix[:16]}"


def _may_be(part: str) -> bool:
    return bool(part.strip(".")) and part.isprintable() and len(part.encode()) <= _LONGEST_NAME


def _fits(place: Path, inbox: Path) -> bool:
    """Whether it is below folders of the inbox itself, and is none."""
    above = [each for each in place.parents if each.is_relative_to(inbox) and each != inbox]
    if any(each.is_symlink() or (each.exists() and not each.is_dir()) for each in above):
        return False
    return place.is_symlink() or not place.is_dir()


def _seen(inbox: Path) -> dict[str, str]:
    try:
        held = json.loads((inbox / _SEEN).read_bytes())
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def _save(inbox: Path, seen: dict[str, str]) -> None:
    write_atomically(inbox / _SEEN, json.dumps(seen).encode())
