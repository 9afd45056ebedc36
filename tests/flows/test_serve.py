"""`deid serve` as a trust runs it: real processes, a real database, kills.

The tests of one class share one service and stand in the order in which they change it.
"""

import base64
import json
import re
import shlex
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psutil
import pytest

from deid.errors import ExitCode

pytestmark = pytest.mark.slow
type Command = Callable[..., subprocess.CompletedProcess[str]]


def until[T](found: Callable[[], T], seconds: float = 120) -> T:
    """What is found as soon as it is truthy; an error if that takes too long."""
    end = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < end, "did not happen"
        time.sleep(0.3)
    return value


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


class Service:
    """One `deid serve`, and what its users do."""

    def __init__(self, root: Path, environment: dict[str, str]) -> None:
        self.root, self.port = root, free_port()
        self.environment = environment
        self.said = root.parent / "said.txt"
        config = root / "config" / "deid.yaml"
        text = config.read_text(encoding="utf-8").replace("port: 4200", f"port: {self.port}")
        config.write_text(text.replace('"0 2 * * *"', '"* * * * *"'), encoding="utf-8")

    def start(self) -> None:
        """Start it and wait until it says that it is ready."""
        with self.said.open("w") as said:
            self.process = psutil.Popen(
                [Path(sys.executable).with_name("deid"), "serve", "--workspace", self.root],
                env=self.environment,
                stdout=said,
                stderr=said,
            )
        until(lambda: "next night" in self.said.read_text() or not self.process.is_running(), 300)

    @property
    def auth(self) -> str:
        """What whoever may read the keys reads."""
        return (self.root / "keys" / "prefect.auth").read_text().strip()

    def part(self, name: str) -> psutil.Process | None:
        """The process that is this part."""
        for process in self.process.children():
            with suppress(psutil.Error):  # it may be ending just now
                if process.cmdline()[-1:] == [name]:
                    return process
        return None

    def ask(
        self, path: str, body: object = None, *, auth: str | None = None, csrf: bool = True
    ) -> tuple[int, Any, dict[str, str]]:
        """Status, content and headers of an answer; POST where there is a body."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        given = base64.b64encode((self.auth if auth is None else auth).encode()).decode()
        headers = {"Authorization": f"Basic {given}", "Accept": "text/html, application/json"}
        if body is not None:
            headers["Content-Type"] = "application/json"
            if csrf:
                _, token, _ = self.ask("/api/csrf-token?client=tests")
                headers |= {"Prefect-Csrf-Token": token["token"], "Prefect-Csrf-Client": "tests"}
        method = "GET" if body is None else "POST"
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        data = answer.read()
        is_json = answer.headers.get_content_type() == "application/json"
        return answer.status, json.loads(data) if is_json else data.decode(), dict(answer.headers)

    def healthy(self) -> bool:
        """Whether the server answers."""
        try:
            return self.ask("/api/health")[0] == 200
        except OSError:
            return False

    def runs(self, **which: object) -> list[dict[str, Any]]:
        """Runs of flows, the newest first."""
        body = {"sort": "EXPECTED_START_TIME_DESC", "flow_runs": which}
        return list(self.ask("/api/flow_runs/filter", body)[1])

    def start_a_run(self) -> str:
        """What the button of the UI does; again, where a server just back is not ready yet."""
        _, night, _ = self.ask("/api/deployments/name/deidentify/night")
        path = f"/api/deployments/{night['id']}/create_flow_run"
        return until(lambda: (a := self.ask(path, {}))[0] in {200, 201} and str(a[1]["id"])) or ""

    def ended(self, run: str) -> dict[str, Any]:
        """A run, once it has ended."""
        ends = ("COMPLETED", "FAILED", "CRASHED", "CANCELLED")
        path = f"/api/flow_runs/{run}"
        return until(lambda: (r := self.ask(path)[1])["state_type"] in ends and r, 150) or {}

    def quiet(self) -> bool:
        """Whether no run is under way, and no night begins in the next half minute."""
        busy = {"type": {"any_": ["PENDING", "RUNNING"]}}
        planned = self.runs(state={"type": {"any_": ["SCHEDULED"]}})
        begins = [datetime.fromisoformat(run["expected_start_time"]) for run in planned]
        soon = datetime.now(UTC) + timedelta(seconds=30)
        return not self.runs(state=busy) and bool(begins) and min(begins) > soon

    def everything(self) -> list[psutil.Process]:
        """The supervisor and all below it."""
        return [self.process, *self.process.children(recursive=True)]


def none_left(processes: list[psutil.Process], seconds: float = 30) -> bool:
    """Whether all of them have ended soon."""
    return not psutil.wait_procs(processes, timeout=seconds)[1]


@pytest.fixture(scope="module")
def service(
    blank_study: Path, tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]
) -> Iterator[Service]:
    """A service whose night is every minute, on a path with a space and an accent."""
    root = tmp_path_factory.mktemp("serve") / "étude un" / "study"
    shutil.copytree(blank_study, root)
    running = Service(root, environment)
    try:
        running.start()
        yield running
    finally:  # where it did not start in time as well: it would go on
        everything = running.everything() if running.process.is_running() else []
        for process in everything[:1]:
            process.terminate()
        if not none_left(everything):
            for process in everything:
                process.kill()


class TestService:
    def test_says_where_it_is(self, service: Service) -> None:
        """The officer reads address, where the password is and when the next night is."""
        said = service.said.read_text(encoding="utf-8")
        assert f"ready at http://127.0.0.1:{service.port}\n" in said
        assert f"cat {shlex.quote(f'{service.root}/keys/prefect.auth')}\n" in said
        assert re.search(r"next night  \w+day \d\d \w+ \d{4} \d\d:\d\d (GMT|BST)\n", said)
        assert service.auth.partition(":")[2] not in said

    def test_only_with_the_password(self, service: Service) -> None:
        """Nobody reads or starts anything without it, nor with another one."""
        for auth in ("", "deid:", "deid:wrong-password-wrong", service.auth[:-1]):
            for path in (
                "deployments/name/deidentify/night",
                "csrf-token?client=x",
                "admin/version",
            ):
                assert service.ask(f"/api/{path}", auth=auth)[0] == 401
        assert service.ask("/api/deployments/name/deidentify/night")[0] == 200

    def test_no_other_site_starts_a_run(self, service: Service) -> None:
        """A request that a foreign page makes of a browser's stored password is refused."""
        assert service.ask("/api/flow_runs/filter", {}, csrf=False)[0] == 403

    def test_ui_calls_nobody(self, service: Service) -> None:
        """V1 is shown, takes all it needs from here, and may not ask anywhere else."""
        _, settings, _ = service.ask("/ui-settings")
        assert (settings["default_ui"], settings["auth"]) == ("v1", "BASIC")
        assert settings["csrf_enabled"]
        assert settings["api_url"] == "/api"
        status, page, headers = service.ask("/")
        assert status == 200
        assert "default-src 'self'" in headers["content-security-policy"]
        sources = re.findall(r'(?:src|href)="([^"]+)"', page)
        assert len(sources) >= 2
        assert not [source for source in sources if "//" in source]

    def test_listens_on_this_machine_alone(self, service: Service) -> None:
        """No part listens on an address that another machine reaches."""
        listening = {
            connection.laddr.ip
            for process in service.everything()
            for connection in process.net_connections()
            if connection.status == psutil.CONN_LISTEN
        }
        assert listening == {"127.0.0.1"}

    def test_private(self, service: Service) -> None:
        """Only the owner reads what Prefect writes; the password is in none of it nor in `ps`."""
        secret = service.auth.partition(":")[2].encode()
        assert (service.root / "keys" / "prefect.auth").stat().st_mode & 0o777 == 0o600
        found = [service.root / "prefect", *(service.root / "prefect").rglob("*")]
        assert any(path.name == "prefect.db" for path in found)
        for path in found:
            assert not path.stat().st_mode & 0o077, path.name
            assert not path.is_file() or secret not in path.read_bytes()
        for process in service.everything():
            assert secret.decode() not in " ".join(process.cmdline())

    def test_second_is_refused(self, service: Service, deid: Command) -> None:
        """Two services on one workspace would be two schedules."""
        refused = deid("serve", "--workspace", service.root)
        assert refused.returncode == ExitCode.BUSY
        assert "runs on this workspace already" in refused.stderr

    def test_port_in_use(self, service: Service, blank: Path, deid: Command) -> None:
        """Nothing starts; the message names the port and the setting to change."""
        config = blank / "config" / "deid.yaml"
        shutil.copy(service.root / "config" / "deid.yaml", config)
        refused = deid("serve", "--workspace", blank)
        assert refused.returncode == ExitCode.SETTINGS
        assert f"port {service.port} on 127.0.0.1 is taken" in refused.stderr
        assert "change serve.port in deid.yaml" in refused.stderr
        assert not (blank / "prefect" / "prefect.db").exists()

    def test_worker_killed(self, service: Service) -> None:
        """It is started again, says why, and a run still happens."""
        before = until(lambda: service.part("worker"))
        before.kill()
        after = until(lambda: (new := service.part("worker")) and new != before and new)
        assert after
        assert "the worker stopped: it was killed" in service.said.read_text(encoding="utf-8")
        assert "nothing new" in service.ended(service.start_a_run())["state"]["message"]

    def test_server_killed(self, service: Service) -> None:
        """It is started again on its database, and a run still happens."""
        before = until(lambda: service.part("server"))
        before.kill()
        psutil.wait_procs([before])
        until(service.healthy)
        assert "nothing new" in service.ended(service.start_a_run())["state"]["message"]

    def test_schedule_fires(self, service: Service) -> None:
        """Without anybody's doing there is a run each minute, and it ends well."""

        def fired() -> list[dict[str, Any]]:
            state = {"type": {"any_": ["COMPLETED"]}}
            return [run for run in service.runs(state=state) if run["auto_scheduled"]]

        assert "nothing new" in until(fired, 150)[0]["state"]["message"]

    def test_prefect_yaml(self, service: Service, tmp_path: Path) -> None:
        """`prefect deploy --all` registers what deploy/ describes, and a worker runs it."""
        told = {
            "PREFECT_API_URL": f"http://127.0.0.1:{service.port}/api",
            "PREFECT_API_AUTH_STRING": service.auth,
            "PREFECT_HOME": str(tmp_path),
            "DO_NOT_TRACK": "1",
            "DEID_WORKSPACE": str(service.root),
        }
        done = subprocess.run(
            [Path(sys.executable).with_name("prefect"), "--no-prompt", "deploy", "--all"],
            cwd=Path(__file__).parents[2] / "deploy",
            env=service.environment | told,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        night = service.ask("/api/deployments/name/deidentify/night")[1]
        assert night["tags"] == ["deid"]
        assert night["schedules"][0]["schedule"]["timezone"] == "Europe/London"
        assert service.ask("/api/deployments/name/release/build")[0] == 200
        assert "nothing new" in service.ended(service.start_a_run())["state"]["message"]

    def test_supervisor_killed(self, service: Service) -> None:
        """Whatever it had started ends with it, at once."""
        everything = service.everything()
        assert len(everything) >= 3
        service.process.kill()
        assert none_left(everything, 10)

    def test_after_an_outage(self, service: Service) -> None:
        """Three nights missed and a run cut off: shown as such, and made up for once."""
        as_after_a_power_cut(service.root / "prefect" / "prefect.db")
        service.start()
        said = service.said.read_text(encoding="utf-8")
        assert "3 nights were missed; one run makes up for it now" in said
        assert "1 run was cut off" in said
        missed = [run for run in service.runs() if "missed" in str(run["state"]["message"])]
        assert [run["state_type"] for run in missed] == ["CANCELLED"] * 3
        [again] = service.runs(tags={"all_": ["caught-up"]})
        assert service.ended(again["id"])["state_type"] == "COMPLETED"
        [cut_off] = service.runs(state={"type": {"any_": ["CRASHED"]}})
        assert "stopped during this run" in cut_off["state"]["message"]

    def test_run_from_the_terminal(self, service: Service, deid: Command) -> None:
        """`deid run` joins the service: its run is seen in the same UI, and nothing else starts."""
        until(service.quiet)  # a night is every minute, and holds the workspace while it runs
        before = {run["id"] for run in service.runs()}
        done = deid("run", "--workspace", service.root)
        assert done.returncode == ExitCode.OK, done.stderr
        new = [run for run in service.runs() if run["id"] not in before]
        assert "COMPLETED" in [run["state_type"] for run in new if not run["deployment_id"]]

    def test_stops(self, service: Service) -> None:
        """SIGTERM ends all of it within seconds, without a complaint."""
        everything = service.everything()
        service.process.send_signal(signal.SIGTERM)
        assert none_left(everything)
        assert service.process.wait() == ExitCode.OK
        assert service.said.read_text(encoding="utf-8").endswith("stopped\n")


def as_after_a_power_cut(path: Path) -> None:
    """Three planned nights lie in the past, and the last run is still shown as running."""
    with sqlite3.connect(path) as database:
        planned = database.execute(
            "SELECT id FROM flow_run WHERE state_type = 'SCHEDULED' ORDER BY expected_start_time"
        ).fetchall()[:3]
        assert len(planned) == 3
        for day, (run,) in enumerate(planned, start=1):
            at = f"2026-01-0{day} 02:00:00.000000"
            database.execute(
                "UPDATE flow_run SET expected_start_time = ?, next_scheduled_start_time = ? "
                "WHERE id = ?",
                (at, at, run),
            )
        [(run, state)] = database.execute(
            "SELECT id, state_id FROM flow_run WHERE state_type = 'COMPLETED' "
            "ORDER BY expected_start_time DESC LIMIT 1"
        ).fetchall()
        running = "UPDATE flow_run SET state_type = 'RUNNING', state_name = 'Running' WHERE id = ?"
        database.execute(running, (run,))
        running = "UPDATE flow_run_state SET type = 'RUNNING', name = 'Running' WHERE id = ?"
        database.execute(running, (state,))
