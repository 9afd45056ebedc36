"""What every process that reads transcripts needs, loaded once for all processes of a run.

Imported by the one that they are forked from: modules, lists and model take seconds to load and
hundreds of megabytes, and each of them shares these pages. Nothing of a workspace is opened here,
no key, no setting and no raw file, and no thread is started.
"""

import os

from deid.collector import resting
from deid.worker import load

_RUN = os.getppid()


def _end_if_alone() -> None:
    """End where the run was killed meanwhile: nobody needs what would be loaded next."""
    if os.getppid() != _RUN:
        os._exit(1)


with resting():
    import flows.deidentify  # noqa: F401 - what is sent to a process names it

    for _ in load():
        _end_if_alone()
