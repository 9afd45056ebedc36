"""When the nights are, as Prefect's own scheduler reckons them.

Twice a year the clocks go forward or back at one in the morning; what a schedule does then is
asked of the code that will do it.
"""

import asyncio
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from prefect.server.schemas.schedules import CronSchedule

from deid.errors import SettingsError
from deid.settings import ScheduleSettings


def next_night(schedule: ScheduleSettings) -> datetime | None:
    """When the schedule fires next, on its own clock; None if it is off.

    Raises:
        SettingsError: There is no such time.
    """
    due = nights(schedule, 1, after=datetime.now(UTC))
    return due[0] if schedule.enabled else None


def nights(schedule: ScheduleSettings, count: int, *, after: datetime) -> list[datetime]:
    """The next times at which Prefect would start a night.

    Raises:
        SettingsError: There is no such time, as with the 30th of February.
    """
    zone = ZoneInfo(schedule.timezone)
    try:
        cron = CronSchedule(cron=schedule.cron, timezone=schedule.timezone)
        found = asyncio.run(cron.get_dates(count, start=after.astimezone(zone)))
    except ValueError:
        found = []
    if not found:
        raise SettingsError(
            "deid.yaml: schedule.cron: there is no such time; see the comment there"
        )
    return [each.astimezone(zone) for each in found]
