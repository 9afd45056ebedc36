"""Who sits at the terminal, where no account is asked for.

Keys, the vault's backups and the register are the business of whoever owns the workspace: with the
key in hand a password in the vault would keep nobody out, and a vault that is being restored
cannot say who may restore it. What the operating system calls that person goes into the event,
with a prefix that no account's name can have.
"""

import os
import pwd
import re

from deid.accounts import SYSTEM_USER

_STRANGE = re.compile(r"[^a-z0-9._-]")
_LONGEST = 64  # of an actor in the audit log


def system_user() -> str:
    """Such as ``system.jsmith``; by number where the system knows no name for it.

    It is asked of the system, not of the environment, which anybody may change.
    """
    number = os.getuid()
    try:
        name = pwd.getpwuid(number).pw_name
    except KeyError:
        name = str(number)
    return (SYSTEM_USER + _STRANGE.sub("-", name.lower()))[:_LONGEST]
