"""The work pool and the deployments: what Prefect runs, when, and how many at a time."""

import importlib.util
import shlex
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.actions import WorkPoolCreate, WorkPoolUpdate
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.client.schemas.schedules import CronSchedule
from prefect.exceptions import ObjectNotFound
from prefect.flows import load_flow_from_entrypoint
from prefect.types.entrypoint import EntrypointType
from prefect.workers.process import ProcessWorker

from flows.serving.part import POOL
from flows.serving.place import Place

if TYPE_CHECKING:
    from prefect.deployments.runner import RunnerDeployment

NIGHT, BUILD = "night", "build"
_FLOWS: Mapping[str, str] = {
    NIGHT: "flows.deidentify.deidentify",
    BUILD: "flows.release.build_release",
}
_ONE = ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE)


def ensure_pool(client: SyncPrefectClient) -> None:
    """A pool of one process at a time, not paused: a second run waits for the first."""
    try:
        client.read_work_pool(POOL)
        client.update_work_pool(POOL, WorkPoolUpdate(concurrency_limit=1, is_paused=False))
    except ObjectNotFound:
        template = ProcessWorker.get_default_base_job_template()
        client.create_work_pool(
            WorkPoolCreate(
                name=POOL, type="process", base_job_template=template, concurrency_limit=1
            )
        )


def deploy(place: Place) -> UUID:
    """Register every flow that there is; returns the id of the night's deployment."""
    made = {name: _deployed(place, name) for name in _FLOWS if _is_there(_FLOWS[name])}
    return made[NIGHT]


def _deployed(place: Place, name: str) -> UUID:
    flow: Any = load_flow_from_entrypoint(_FLOWS[name])
    parameters: dict[str, object] = {"workspace": str(place.workspace.root)}
    if place.config:
        parameters["config"] = str(place.config)
    scheduled = name == NIGHT and place.schedule.enabled
    deployment: RunnerDeployment = flow.to_deployment(
        name=name,
        parameters=parameters,
        schedule=CronSchedule(cron=place.schedule.cron, timezone=place.schedule.timezone)
        if scheduled
        else None,
        concurrency_limit=_ONE,
        tags=["deid", place.study],
        work_pool_name=POOL,
        job_variables=_job(place),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    return cast("UUID", deployment.apply())


def _job(place: Place) -> dict[str, object]:
    """How the worker starts a run: as a part of the service, in a private folder."""
    command = shlex.join([sys.executable, "-m", "flows.serving.part", "engine"])
    return {"command": command, "working_dir": str(place.folder), "stream_output": True}


def _is_there(entrypoint: str) -> bool:
    return importlib.util.find_spec(entrypoint.rpartition(".")[0]) is not None
