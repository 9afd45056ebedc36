"""No memory of this program on the disk: it holds names, keys and speech.

A crashed process is written out by the kernel, or handed to a crash reporter that keeps it. Where
the kernel writes a file, a limit of nothing is enough; a reporter is called whatever the limit is,
except at a limit of exactly one byte, which the kernel keeps as the sign that nothing is to be
done (core(5); ``fs/coredump.c``), and which is less than any file of a core. Processes started
later inherit the limit and cannot raise it.
"""

import resource

_NOTHING = 1


def forbid_core_dumps() -> None:
    """For this process and all that it starts: no core file, and no crash reporter."""
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    limit = _NOTHING if most == resource.RLIM_INFINITY else min(most, _NOTHING)
    resource.setrlimit(resource.RLIMIT_CORE, (limit, limit))
