"""Zip archives whose bytes depend on their members alone: no times, no users, no leftovers."""

import io
import zipfile
from collections.abc import Mapping

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip archive can tell
_UNIX = 3
_MODE = 0o600
_LEVEL = 6


def zip_bytes(members: Mapping[str, bytes]) -> bytes:
    """An archive of the members by name, in the order given."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        for name, data in members.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = _MODE << 16
            archive.writestr(entry, data, zipfile.ZIP_DEFLATED, _LEVEL)
    return sink.getvalue()
