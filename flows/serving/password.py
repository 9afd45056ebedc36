"""The one credential of Prefect's API and UI, ``user:password``.

Made once, kept in the workspace's ``keys/`` readable by its owner alone, or taken from the
environment where a trust's secret store puts it there; never on a command line, never printed.
"""

import os
import re
import secrets
import shlex
from pathlib import Path

from deid.errors import StudyKeyError
from deid.files import write_new
from deid.keysource import private_bytes

VARIABLE = "DEID_SERVE_AUTH"
FILE = "prefect.auth"
USER = "deid"
_FORM = re.compile(r"[!-9;-~]+:[!-~]{12,}")  # printable ASCII, one user, a password of some length


def credential(keys: Path) -> str:
    """The credential, made now if there is none.

    Raises:
        StudyKeyError: It is malformed, or others can read its file.
    """
    given = os.environ.get(VARIABLE)
    if given is not None:
        return _checked(given, where=VARIABLE)
    file = keys / FILE
    if not file.exists():
        write_new(file, f"{USER}:{secrets.token_urlsafe(24)}\n".encode())
    return _checked(private_bytes(file).decode("ascii", "replace"), where=f"keys/{FILE}")


def where(keys: Path) -> str:
    """How whoever may read it finds it, in words."""
    if VARIABLE in os.environ:
        return f"as given in {VARIABLE}"
    return f"cat {shlex.quote(str(keys / FILE))}"


def _checked(written: str, *, where: str) -> str:
    said = written.strip()
    if not _FORM.fullmatch(said):
        raise StudyKeyError(f"{where} has to be USER:PASSWORD, the password 12 characters or more")
    return said
