"""What a stop, a crash or a power cut leaves in Prefect's database, and how it is made good.

Called while nothing can run. A run that somebody started with `deid run` holds the workspace;
while it does, what Prefect believes to be running may well be running and is left alone.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterName,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.states import Cancelled, Crashed
from prefect.types import DateTime

from deid.errors import BusyError
from flows.serving.deployments import NIGHT
from flows.serving.place import Place
from flows.serving.words import MISSED

CAUGHT_UP = "caught-up"
_UNDER_WAY = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
_ENDED = [StateType.COMPLETED, StateType.FAILED, StateType.CRASHED]
_CUT_OFF = "the service or the machine stopped during this run; what it had not done is done next"


@dataclass(frozen=True)
class Left:
    """What an outage left: nights that were missed, runs cut off, and the one to do again."""

    missed: tuple[FlowRun, ...]
    cut_off: int
    again: FlowRun | None


def tidy(client: SyncPrefectClient, place: Place) -> Left:
    """End what cannot be running, and see what was missed."""
    cut_off = [] if _busy(place) else _runs(client, _in_state(_UNDER_WAY))
    for run in cut_off:
        client.set_flow_run_state(run.id, Crashed(message=_CUT_OFF), force=True)
    late = FlowRunFilterExpectedStartTime(before_=DateTime.now("UTC"))
    waiting = _runs(client, _in_state([StateType.SCHEDULED], expected_start_time=late), NIGHT)
    missed = tuple(run for run in waiting if run.auto_scheduled)
    return Left(missed, len(cut_off), _interrupted(client))


def catch_up(client: SyncPrefectClient, night: UUID, left: Left) -> None:
    """Start, once, what an outage kept from being done; then take away what was missed.

    In this order and by a key, so that a registrar that dies in between neither loses a run nor
    doubles one.
    """
    asked = [] if left.again is None else [left.again]
    usual = left.missed[:1]
    if usual and usual[0].parameters not in [run.parameters for run in asked]:
        asked.append(usual[0])
    for run in asked:
        client.create_flow_run_from_deployment(
            night, parameters=run.parameters, tags=[CAUGHT_UP], idempotency_key=f"after {run.id}"
        )
    for run in left.missed:
        client.set_flow_run_state(run.id, Cancelled(message=MISSED), force=True)


def _interrupted(client: SyncPrefectClient) -> FlowRun | None:
    """The last night, if it crashed and was not itself a second attempt."""
    last = _runs(client, _in_state(_ENDED), NIGHT, limit=1)
    if not last or last[0].state_type is not StateType.CRASHED or CAUGHT_UP in last[0].tags:
        return None
    return last[0]


def _in_state(types: list[StateType], **further: Any) -> FlowRunFilter:
    state = FlowRunFilterState(type=FlowRunFilterStateType(any_=types))
    return FlowRunFilter(state=state, **further)


def _runs(
    client: SyncPrefectClient, which: FlowRunFilter, deployment: str = "", *, limit: int = 200
) -> list[FlowRun]:
    """Runs, newest first; of one deployment where one is named."""
    of = DeploymentFilter(name=DeploymentFilterName(any_=[deployment])) if deployment else None
    return client.read_flow_runs(
        flow_run_filter=which,
        deployment_filter=of,
        sort=FlowRunSort.EXPECTED_START_TIME_DESC,
        limit=limit,
    )


def _busy(place: Place) -> bool:
    try:
        with place.workspace.lock():
            return False
    except BusyError:
        return True
