"""When the nights are, and what there is to tell in the morning."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from deid.errors import SettingsError
from deid.settings import MailSettings, NotifySettings, ScheduleSettings


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


def run(state: str, message: str = "", **further: object) -> dict[str, Any]:
    """A run as Prefect's API tells of it."""
    return {
        "id": "r1",
        "state_type": state,
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


class TestTelling:
    @pytest.fixture
    def sink(self) -> Iterator[tuple[str, list[dict[str, str]]]]:
        """A web hook on this machine and what it was sent."""
        sent: list[dict[str, str]] = []

        class Sink(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                size = int(self.headers["Content-Length"])
                sent.append(json.loads(self.rfile.read(size)) | {"path": self.path})
                self.send_response(202)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Nobody reads it."""

        server = HTTPServer(("127.0.0.1", 0), Sink)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/hook?token=secret", sent
        server.shutdown()
        server.server_close()

    @staticmethod
    def settings(file: Path) -> NotifySettings:
        """A web hook whose address stands in a file, and no mail."""
        mail = MailSettings(
            host="", port=25, security="none", user="", password_file=None, sender="", recipients=()
        )
        return NotifySettings(missed_after_minutes=60, webhook_file=file, mail=mail)

    def test_web_hook(self, sink: tuple[str, list[dict[str, str]]], tmp_path: Path) -> None:
        """One message, to the address in the file, its query included."""
        from flows.serving.telling import check, tell  # noqa: PLC0415

        file = tmp_path / "hook"
        file.write_text(sink[0] + "\n")
        file.chmod(0o600)
        check(self.settings(file))
        tell(self.settings(file), "deid LWT: 1 to look at", "2 withheld")
        assert sink[1] == [
            {"text": "deid LWT: 1 to look at\n2 withheld", "path": "/hook?token=secret"}
        ]

    def test_file_of_the_address(self, tmp_path: Path) -> None:
        """A file that others can read, that is missing or holds something else, is refused."""
        from flows.serving.telling import check  # noqa: PLC0415

        file = tmp_path / "hook"
        with pytest.raises(SettingsError, match=r"notify\.webhook_file"):
            check(self.settings(file))
        file.write_text("ftp://example.org/secret")
        with pytest.raises(SettingsError, match="other accounts"):
            check(self.settings(file))
        file.chmod(0o600)
        with pytest.raises(SettingsError, match=r"notify\.webhook_file") as refused:
            check(self.settings(file))
        assert "secret" not in str(refused.value)

    def test_nobody_there(self, sink: tuple[str, list[dict[str, str]]], tmp_path: Path) -> None:
        """A web hook that is away is an error without its address."""
        from flows.serving.telling import TellingError, tell  # noqa: PLC0415

        file = tmp_path / "hook"
        file.write_text("http://127.0.0.1:1/secret")
        file.chmod(0o600)
        with pytest.raises(TellingError, match="web hook failed") as refused:
            tell(self.settings(file), "subject", "text")
        assert "secret" not in str(refused.value)
        assert sink[1] == []
