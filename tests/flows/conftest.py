"""One Prefect API, with a database of its own, for all tests of flows."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest


@pytest.fixture(scope="session")
def prefect_api(
    tmp_path_factory: pytest.TempPathFactory, prefect_once: Callable[[Path], Path]
) -> Iterator[None]:
    """Prefect as this process uses it while the tests run."""
    from prefect.testing import utilities  # noqa: PLC0415 - seconds

    folder = prefect_once(tmp_path_factory.mktemp("harness")) / "prefect"
    (folder / "prefect.db").rename(folder / "prefect-test.db")  # as the harness calls it
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(utilities, "mkdtemp", lambda: str(folder))
        harness = partial(utilities.prefect_test_harness, server_startup_timeout=120)
        with ExitStack() as stack:
            try:
                stack.enter_context(harness())
            except httpx.TransportError:  # on that port another test's server was just killed
                stack.enter_context(harness())
            yield


@pytest.fixture(scope="session")
def flow(prefect_api: None) -> Callable[..., Any]:
    """``deidentify`` on that API: ``flow(root, work=...)`` returns its final state."""
    from flows.deidentify import deidentify  # noqa: PLC0415

    del prefect_api
    return lambda root, **told: deidentify(workspace=str(root), **told, return_state=True)


@pytest.fixture(scope="session")
def recorded(prefect_api: None) -> Callable[[Any], dict[str, Any]]:
    """What Prefect keeps of the run that a state ended."""
    del prefect_api
    return _recorded


def _recorded(state: Any) -> dict[str, Any]:
    """Name, tags, parameters, states, logs, tasks and artifacts of the run that a state ended."""
    from prefect.client.orchestration import get_client  # noqa: PLC0415 - seconds
    from prefect.client.schemas.filters import (  # noqa: PLC0415
        ArtifactFilter,
        ArtifactFilterFlowRunId,
        FlowRunFilter,
        FlowRunFilterId,
    )

    run_id = state.state_details.flow_run_id
    only = FlowRunFilter(id=FlowRunFilterId(any_=[run_id]))
    with get_client(sync_client=True) as client:
        run = client.read_flow_run(run_id)
        tasks = client.read_task_runs(flow_run_filter=only)
        artifacts = client.read_artifacts(
            artifact_filter=ArtifactFilter(flow_run_id=ArtifactFilterFlowRunId(any_=[run_id]))
        )
        by_key: dict[str, list[str]] = {}
        for each in artifacts:
            by_key.setdefault(str(each.key), []).append(str(each.data))
        return {
            "name": run.name,
            "tags": sorted(run.tags),
            "parameters": run.parameters,
            "states": [each.model_dump_json() for each in client.read_flow_run_states(run_id)],
            "tasks": [
                {
                    "name": task.name,
                    "state": task.state_name,
                    "message": task.state.message if task.state else "",
                    "run_count": task.run_count,
                }
                for task in tasks
            ],
            "artifacts": by_key,
        }
