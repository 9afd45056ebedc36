"""Whether the audit log and the files that it names are still what they were.

Needs the public key and nothing else, changes nothing, and reads in memory that grows with the
number of files named but not with the number of events. It answers with the first place that does
not hold. It must never take a missing line, copy or signature for an empty one: what cannot be
shown to hold does not hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from deid.audit.checkpoint import head_in_event, head_in_line
from deid.audit.event import NO_EVENT, EventType, MalformedLineError, parsed_line
from deid.audit.facts import Fact, is_safe_path
from deid.audit.filecheck import Recorded, check_files, unlisted
from deid.audit.handover import Handover, earlier_keys
from deid.audit.reading import lines, sizes_now
from deid.audit.verdict import COPIES, EVENTS, Flaw, FlawError, Verdict
from deid.keys import key_fingerprint

PERMANENT = "audit/"
"""Files under this folder, once recorded, never change; of all others the latest event counts."""


def verify(
    root: Path,
    public_key: Ed25519PublicKey,
    *,
    expected_head: str | None = None,
    files: bool = True,
) -> Verdict:
    """Verify ``audit/`` under ``root`` and, unless told otherwise, every file that it names.

    Args:
        root: The workspace, or a folder that holds a copy of its ``audit/``.
        public_key: The key that signed its checkpoints. Ones that an earlier key signed hold by
            their copies, which a change of keys signs anew, and by that key where a handover in
            the log names it.
        expected_head: A head digest noted earlier; some line has to have it.
        files: Whether the named files are there to be compared.
    """
    walk = _Walk(public_key=public_key, fingerprint=key_fingerprint(public_key))
    problem, compared, strays = None, 0, 0
    try:
        _walk_log(root, walk, expected_head=expected_head)
        if files:
            compared = check_files(root, walk.recorded)
            strays = unlisted(root, walk.recorded)
    except FlawError as flawed:
        problem = flawed.problem
    return Verdict(
        ok=problem is None,
        events=walk.events,
        head=walk.head if walk.events else "",
        signed=walk.signed,
        files=compared,
        unlisted=strays,
        problem=problem,
        earlier=walk.earlier,
    )


@dataclass(slots=True)
class _Walk:
    """Where a verification has got to."""

    public_key: Ed25519PublicKey
    fingerprint: str
    events: int = 0
    head: str = NO_EVENT
    signed: int = 0
    copies: int = 0
    earlier: Mapping[str, Ed25519PublicKey] = field(default_factory=dict)
    recorded: dict[str, Recorded] = field(default_factory=dict)


def _walk_log(root: Path, walk: _Walk, *, expected_head: str | None) -> None:
    try:
        until, until_copies = sizes_now(root / EVENTS, root / COPIES)
        walk.earlier = _earlier_keys(root, walk.public_key, until=until)
        copies = lines(root / COPIES, until=until_copies)
        found = expected_head is None
        for number, line in lines(root / EVENTS, until=until):
            fields = _held(root, number, line, walk, until=until)
            _record(fields, walk)
            if fields["type"] == EventType.CHECKPOINT:
                _check_checkpoint(fields, walk, next(copies, None))
            walk.events, walk.head = number, str(fields["hash"])
            found = found or walk.head == expected_head
    except OSError:
        raise FlawError(Flaw.LOG_MISSING, EVENTS, walk.events + 1) from None
    if walk.events == 0 or next(copies, None) is not None:
        raise FlawError(Flaw.TRUNCATED, EVENTS, walk.events + 1)
    if not found:
        raise FlawError(Flaw.HEAD_UNKNOWN, EVENTS, walk.events)
    if not walk.signed:
        raise FlawError(Flaw.UNSIGNED, EVENTS, walk.events)


def _held(root: Path, number: int, line: bytes, walk: _Walk, *, until: int) -> dict[str, Fact]:
    """The fields of a line that is whole, in its place, and follows the line before it."""
    try:
        fields = parsed_line(line)
    except MalformedLineError:
        flaw = Flaw.ALTERED if line.endswith(b"\n") else Flaw.TORN
        raise FlawError(flaw, EVENTS, number) from None
    seq = cast("int", fields["seq"])
    if seq > number:
        rest = (_seq(later) for at, later in lines(root / EVENTS, until=until) if at > number)
        flaw = Flaw.REORDERED if number in rest else Flaw.REMOVED
        raise FlawError(flaw, EVENTS, number)
    if seq < number:
        raise FlawError(Flaw.REPEATED, EVENTS, number)
    if fields["prev"] != walk.head:
        raise FlawError(Flaw.ALTERED, EVENTS, number)
    return fields


def _earlier_keys(
    root: Path, public_key: Ed25519PublicKey, *, until: int
) -> Mapping[str, Ed25519PublicKey]:
    """The keys that handed over to this one; a line that does not hold is named by the walk."""
    handovers: list[Handover] = []
    line = 0
    for number, text in lines(root / EVENTS, until=until):
        if b'"keys.rotated"' in text and (facts := _facts(text)) is not None:
            line = number
            try:
                handovers.append(Handover.in_facts(facts))
            except MalformedLineError:
                raise FlawError(Flaw.BAD_SIGNATURE, EVENTS, number) from None
    try:
        return earlier_keys(handovers, public_key)
    except MalformedLineError:
        raise FlawError(Flaw.BAD_SIGNATURE, EVENTS, line) from None


def _facts(line: bytes) -> Fact:
    """The facts of a handover's line; None for another line, or one that does not hold."""
    try:
        fields = parsed_line(line)
    except MalformedLineError:
        return None
    return fields["facts"] if fields["type"] == EventType.KEYS_ROTATED else None


def _seq(line: bytes) -> int | None:
    try:
        return cast("int", parsed_line(line)["seq"])
    except MalformedLineError:
        return None


def _record(fields: dict[str, Fact], walk: _Walk) -> None:
    """Note an event's digests; of files outside ``audit/`` the latest replaces earlier ones."""
    number = walk.events + 1
    for path, digest in cast("dict[str, str | None]", fields["files"]).items():
        if not is_safe_path(path):
            raise FlawError(Flaw.ALTERED, EVENTS, number)
        earlier = walk.recorded.pop(path, None)
        if earlier and path.startswith(PERMANENT) and earlier.digest != digest:
            raise FlawError(Flaw.REWRITTEN, path, number)
        walk.recorded[path] = Recorded(digest, number)


def _check_checkpoint(fields: dict[str, Fact], walk: _Walk, copy: tuple[int, bytes] | None) -> None:
    """Check a checkpoint's signature over the line before it, and the copy of its own hash.

    Its own signature may be an earlier key's, which is checked where a handover led from that key
    to this one; the copy's may not.
    """
    number = walk.events + 1
    try:
        head = head_in_event(fields)
    except MalformedLineError:
        raise FlawError(Flaw.BAD_SIGNATURE, EVENTS, number) from None
    key = walk.public_key if head.key == walk.fingerprint else walk.earlier.get(head.key)
    if head.hash != walk.head or (key is not None and not head.holds(key)):
        raise FlawError(Flaw.BAD_SIGNATURE, EVENTS, number)
    walk.copies += 1
    if copy is None:
        raise FlawError(Flaw.COPY_MISSING, COPIES, walk.copies)
    _check_copy(copy[1], walk, seq=number, digest=str(fields["hash"]))
    walk.signed = number


def _check_copy(line: bytes, walk: _Walk, *, seq: int, digest: str) -> None:
    try:
        copied = head_in_line(line)
    except MalformedLineError:
        flaw = Flaw.ALTERED if line.endswith(b"\n") else Flaw.TORN
        raise FlawError(flaw, COPIES, walk.copies) from None
    if copied.seq > seq:
        raise FlawError(Flaw.REMOVED, COPIES, walk.copies)
    if copied.seq < seq:
        raise FlawError(Flaw.REPEATED, COPIES, walk.copies)
    if copied.hash != digest:
        raise FlawError(Flaw.ALTERED, COPIES, walk.copies)
    if copied.key != walk.fingerprint or not copied.holds(walk.public_key):
        raise FlawError(Flaw.BAD_SIGNATURE, COPIES, walk.copies)
