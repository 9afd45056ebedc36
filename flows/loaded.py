"""What every process that reads transcripts needs, loaded once for all processes of a run.

Imported by the one that they are forked from: modules, lists and model take seconds to load and
hundreds of megabytes, and each of them shares these pages. Nothing of a workspace is opened here,
no key, no setting and no raw file, and no thread is started.
"""

from deid.collector import resting
from deid.worker import load

with resting():
    import flows.deidentify  # noqa: F401 - what is sent to a process names it

    load()
