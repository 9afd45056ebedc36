"""How each part of the service begins: ``python -m flows.serving.part NAME``.

A part gets its settings from the environment and never from its command line, which every account
of the machine can list. Prefect is imported here and in the parts, never in the supervisor.
"""

import os
import runpy
import signal
import sys
from importlib import import_module

from deid.collector import resting
from flows.serving import leash

POOL = "deid"
_PREFECT = {
    "worker": (
        *("prefect", "worker", "start", "--pool", POOL, "--type", "process", "--name", "deid"),
        *("--limit", "1", "--install-policy", "never"),
    ),
}
_OURS = {
    "server": "flows.serving.server",
    "deployments": "flows.serving.register",
    "watch": "flows.serving.watch",
    "engine": "flows.serving.engine",
}
_LOADED = {"server": "prefect.server.api.server", "engine": "flows.deidentify"}
"""Most of what a part imports; of any other, it is Prefect itself."""


def main(name: str) -> None:
    """Become the part of this name."""
    os.umask(0o077)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a script's & would ignore it
    leash.follow()
    with resting():
        import_module(_LOADED.get(name, "prefect.main"))
    if name in _PREFECT:
        sys.argv = list(_PREFECT[name])
        runpy.run_module("prefect", run_name="__main__", alter_sys=True)
    else:
        sys.argv = [_OURS[name]]
        runpy.run_module(_OURS[name], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1])
