"""``deid serve``: Prefect and the schedule on this machine, until told to stop."""

import os
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from deid.cli.options import DEFAULT_WORKSPACE, ConfigOption, WorkspaceOption, console
from deid.errors import SettingsError

if TYPE_CHECKING:
    from flows.serving.place import Place


def serve(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    config: ConfigOption = None,
    test_notice: Annotated[
        bool,
        typer.Option(
            "--test-notice", help="Only send a notice by every way of `notify`, and say if it went."
        ),
    ] = False,
) -> None:
    """Serve the Prefect UI and run the nights; stops with Ctrl-C or SIGTERM.

    The schedule, the address and the port stand in deid.yaml.
    """
    os.umask(0o077)
    from flows.serving.place import Place  # noqa: PLC0415 - only this command needs it
    from flows.serving.supervisor import Supervisor  # noqa: PLC0415

    place = Place.open(workspace, config)
    if test_notice:
        send_a_test(place)
        return
    _say(f"starting; the parts write to {place.logs}")
    Supervisor(place, say=_say, ready=lambda told: _print_ready(place, told)).run()


def send_a_test(place: "Place") -> None:
    """Send a notice by every way, and say whether it went.

    Raises:
        SettingsError: There is no way, or by one of them it did not go.
    """
    from flows.serving.telling import TellingError, ways  # noqa: PLC0415

    if not place.notify.enabled:
        raise SettingsError("deid.yaml: notify names neither a web hook nor a mail server")
    failed = []
    for way, send in ways(place.notify).items():
        try:
            send(f"deid {place.study}: a test", f"Nothing is wrong.\n{place.shown}")
            _say(f"the {way} took the notice")
        except TellingError as error:
            failed.append(str(error))
    if failed:
        raise SettingsError(f"deid.yaml: notify: {'; '.join(failed)}")


def _print_ready(place: "Place", told: dict[str, object]) -> None:
    from flows.serving.password import where  # noqa: PLC0415

    _say(f"ready at {place.shown}")
    _say(f"  password    {where(place.workspace.keys)}")
    _say(f"  next night  {told['next'] or 'none: schedule.enabled is false in deid.yaml'}")
    if told["interrupted"]:
        _say(f"  {_counted(told['interrupted'], 'run')} cut off by the last stop")
    if told["missed"]:
        _say(f"  {_counted(told['missed'], 'night')} missed; one run makes up for it now")


def _counted(count: object, what: str) -> str:
    return f"1 {what} was" if count == 1 else f"{count} {what}s were"


def _say(line: str) -> None:
    stamp = datetime.now().astimezone().strftime("%Y-%m-%d %H:%M:%S")
    console.print(f"{stamp} {line}", markup=False, soft_wrap=True)
