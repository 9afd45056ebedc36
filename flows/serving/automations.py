"""What Prefect does by itself while the service runs: it sees runs that stand still.

A run that is alive says so every half minute. One that has not for two minutes hangs or is gone,
and is marked Crashed. One that a worker took and never started is given back to be taken again;
otherwise it would keep the one place that the pool has, night after night.
"""

from datetime import timedelta

from prefect.client.orchestration import SyncPrefectClient
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.events.schemas.events import ResourceSpecification

from flows.serving.environment import HEARTBEAT_SECONDS

_RUN = ResourceSpecification({"prefect.resource.id": "prefect.flow-run.*"})
_ID = "prefect.resource.id"
_ENDS = {f"prefect.flow-run.{state}" for state in ("Completed", "Failed", "Crashed", "Cancelled")}
_STARTS = {"prefect.flow-run.Running", "prefect.flow-run.Cancelling", *_ENDS}
_SILENT_SECONDS = 4 * HEARTBEAT_SECONDS
_STUCK_SECONDS = 300

AUTOMATIONS = (
    AutomationCore(
        name="deid: a run without a sign of life has crashed",
        trigger=EventTrigger(
            posture=Posture.Proactive,
            match=_RUN,
            for_each={_ID},
            after={"prefect.flow-run.heartbeat"},
            expect={"prefect.flow-run.heartbeat", *_ENDS},
            threshold=1,
            within=timedelta(seconds=_SILENT_SECONDS),
        ),
        actions=[
            ChangeFlowRunState(
                state=StateType.CRASHED,
                name=None,
                message="no sign of life for two minutes; the next run does what was not done",
                force=False,
            )
        ],
    ),
    AutomationCore(
        name="deid: a run that was taken and never started waits again",
        trigger=EventTrigger(
            posture=Posture.Proactive,
            match=_RUN,
            for_each={_ID},
            after={"prefect.flow-run.Pending"},
            expect=_STARTS,
            threshold=1,
            within=timedelta(seconds=_STUCK_SECONDS),
        ),
        actions=[
            ChangeFlowRunState(
                state=StateType.SCHEDULED,
                name=None,
                message="was taken and not started; waits again",
                force=False,
            )
        ],
    ),
)


def set_automations(client: SyncPrefectClient) -> None:
    """Have exactly these, as they stand here; what a trust added under other names stays."""
    for wanted in AUTOMATIONS:
        body = wanted.model_dump(mode="json", exclude={"owner_resource"})
        found = client.read_automations_by_name(wanted.name)
        if found:
            client.request(
                "PUT", "/automations/{id}", path_params={"id": found[0].id}, json=body
            ).raise_for_status()
        else:
            client.request("POST", "/automations/", json=body).raise_for_status()
