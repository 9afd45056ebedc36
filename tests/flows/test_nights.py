"""When the nights are, and what there is to tell in the morning."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deid.errors import ExitCode, SettingsError
from deid.settings import ScheduleSettings


def schedule(cron: str = "0 2 * * *", timezone: str = "Europe/London") -> ScheduleSettings:
    """A schedule that is on."""
    return ScheduleSettings(enabled=True, cron=cron, timezone=timezone)


class TestClocks:
    @pytest.mark.parametrize(
        ("day", "offsets"),
        [
            ((2026, 3, 28), ["+0000", "+0100", "+0100"]),  # forward on the 29th
            ((2026, 10, 24), ["+0100", "+0000", "+0000"]),  # back on the 25th
        ],
    )
    def test_two_in_the_morning_is_once_a_night(
        self, day: tuple[int, int, int], offsets: list[str]
    ) -> None:
        """When the clocks change there is one night as always, at two by the clock on the wall."""
        from flows.serving.nights import nights  # noqa: PLC0415 - Prefect, seconds

        year, month, first = day
        due = nights(schedule(), 3, after=datetime(year, month, first, 0, 30, tzinfo=UTC))
        assert [each.strftime("%d %H:%M") for each in due] == [
            f"{first + number} 02:00" for number in range(3)
        ]
        assert [each.strftime("%z") for each in due] == offsets

    def test_no_such_time(self) -> None:
        """A day that no month has is refused by the name of the setting."""
        from flows.serving.nights import next_night  # noqa: PLC0415

        for cron in ("0 2 30 2 *", "61 2 * * *"):
            with pytest.raises(SettingsError, match=r"schedule\.cron"):
                next_night(schedule(cron))

    def test_such_a_schedule_ends_the_service(
        self, blank: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        """With what to put right, and not with one start after the other."""
        from flows.serving import register  # noqa: PLC0415
        from flows.serving.place import Place  # noqa: PLC0415
        from flows.serving.supervisor import Supervisor  # noqa: PLC0415

        config = blank / "config" / "deid.yaml"
        told = config.read_text(encoding="utf-8").replace("0 2 * * *", "0 2 31 2 *")
        config.write_text(told, encoding="utf-8")
        place = Place.open(blank)
        monkeypatch.setattr(register, "told_place", lambda: place)
        with pytest.raises(SystemExit) as ended:
            register.main()
        said = capfd.readouterr().out
        assert ended.value.code == ExitCode.SETTINGS
        supervisor = Supervisor(place, say=print, ready=print)
        refuse = f"import sys; print({said!r}); sys.exit({ExitCode.SETTINGS.value})"
        supervisor.registrar.process = subprocess.Popen(
            [sys.executable, "-c", refuse], stdout=subprocess.PIPE
        )
        supervisor.registrar.process.wait()
        with pytest.raises(SettingsError, match=r"schedule\.cron: there is no such time"):
            supervisor._is_registrar_done(supervisor.registrar)


def run(state: str, message: str = "", **further: object) -> dict[str, Any]:
    """A run as Prefect's API tells of it."""
    return {
        "id": "r1",
        "state_type": state,
        "state_name": state.title(),
        "state": {"message": message},
        "expected_start_time": "2026-01-02T02:00:00Z",
        "start_time": None,
        "auto_scheduled": True,
    } | further


class TestNotices:
    @staticmethod
    def told(*runs: dict[str, Any], minutes: int = 61) -> list[str]:
        """What is told of these runs some minutes past two."""
        from flows.serving.notices import notices  # noqa: PLC0415

        now = datetime(2026, 1, 2, 2, 0, tzinfo=UTC) + timedelta(minutes=minutes)
        return [each.text for each in notices(runs, now=now, after=timedelta(minutes=60))]

    def test_counts_only(self) -> None:
        """Of a run's message nothing but the counts is taken."""
        message = "Marguerite: 7 written, 0 unchanged, 2 withheld (duplicate 1, truncated 1); Oye"
        assert self.told(run("FAILED", message)) == [
            "2026-01-02 02:00 UTC: 7 written, 0 unchanged, 2 withheld (duplicate 1, truncated 1)"
        ]
        assert self.told(run("FAILED", "about Marguerite")) == [
            "2026-01-02 02:00 UTC: the run failed"
        ]

    def test_refused(self) -> None:
        """A night that could not begin is told; whoever mistyped in the form has read it."""
        refused = run("FAILED", "about Marguerite", state_name="Refused")
        assert self.told(refused) == ["2026-01-02 02:00 UTC: the night was refused"]
        assert self.told(refused | {"auto_scheduled": False}) == []

    def test_nothing_to_tell(self) -> None:
        """A night that went well, that somebody cancelled, or that is to come, is no news."""
        assert (
            self.told(run("COMPLETED"), run("CANCELLED", "by hand"), run("SCHEDULED"), minutes=5)
            == []
        )

    def test_missed(self) -> None:
        """A night that has not begun in time is told, unless another run is under way."""
        assert self.told(run("SCHEDULED")) == ["2026-01-02 02:00 UTC: the night has not begun"]
        assert self.told(run("SCHEDULED"), run("RUNNING")) == []

    def test_missed_while_off(self) -> None:
        """What the registrar says of a missed night is understood here."""
        from flows.serving.words import MISSED  # noqa: PLC0415

        assert "was missed" in self.told(run("CANCELLED", MISSED))[0]
