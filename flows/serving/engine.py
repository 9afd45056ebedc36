"""Prefect's engine for one run, without its last word: a traceback for every run that ended Failed.

Prefect's own module asks for a run's result, and a final state that is Failed then raises; the
traceback goes to the run's page, where an officer looks for the reason. Ours asks for the state,
which says the reason. Whatever truly is unexpected is still logged.

And it waits for the server: Prefect asks again when one goes away, but not before it has answered
once, so that a night would be lost whose run begins while the server starts again.
"""

import os
import runpy
import time
from functools import partial
from urllib.parse import urlsplit

from prefect import flow_engine

from flows.serving.health import answers

_PATIENCE_SECONDS, _STEP_SECONDS = 120.0, 0.5


def await_server() -> None:
    """Return when the server answers, or has not for two minutes."""
    address = urlsplit(os.environ["PREFECT_API_URL"])
    until = time.monotonic() + _PATIENCE_SECONDS
    while not answers(address.hostname or "", address.port or 0) and time.monotonic() < until:
        time.sleep(_STEP_SECONDS)


if __name__ == "__main__":
    await_server()
    flow_engine.run_flow = partial(flow_engine.run_flow, return_type="state")
    runpy.run_module("prefect.engine", run_name="__main__", alter_sys=True)
