"""The Prefect UI as an officer uses it, on `deid serve`: the form, the run, the morning's summary.

Names are planted wherever a raw file can carry one, a stage fails with text in its message, and a
name is typed where an id belongs. Whatever the server then stores, answers or sends to a browser is
searched. The tests stand in the order in which they happen; those of the browser are skipped
where none is installed.
"""

import base64
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from deid import quarantine
from deid.errors import Reason
from flows.serving.api import Api
from flows.serving.place import Place
from flows.serving.watch import look, tell_once
from tests.flows.test_telling import Post, listening, mail

pytestmark = [pytest.mark.model, pytest.mark.slow]

FAULTS = Path(__file__).parents[1] / "faults"
TEXTS = {
    "Hepzibah Marchbanks/Zebedee Quillfeather.txt": (
        "Ignatius: Could you say your name for the tape?\n"
        "P1: My name is Leocadia Thornquist. My NHS number is 999 000 0034.\n"
    ),
    "Fails in detection.txt": "P2: DETECT-FAILS I am Araminta Golightly.\n",
    "Fails in writing.txt": "P4: WRITE-FAILS I am Clementine Ravenscroft from Keynsham.\n",
}
CANARIES = (
    *("Hepzibah", "Marchbanks", "Zebedee", "Quillfeather", "Ignatius", "Leocadia", "Thornquist"),
    *("999 000 0034", "9990000034", "Araminta", "Golightly", "Clementine", "Ravenscroft"),
    *("Keynsham", "Balthazar", "Uttoxley"),
)
_A_DOCUMENT = "Interview 03 - S Hargreaves FINAL.docx"
TYPED = "Ermintrude Bickerstaffe"
IDS = "only the transcript ids below"
BROWSER = shutil.which(os.environ.get("DEID_TEST_BROWSER", "chromium")) or shutil.which(
    "google-chrome"
)
_BROWSER_OPTIONS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def found_in(data: bytes) -> set[str]:
    """Which canaries, or what was typed, some bytes hold, as text or as base64."""
    lower = data.lower()
    words = (*CANARIES, *TYPED.split())
    return {
        word
        for word in words
        if word.lower().encode() in lower
        or any(base64.b64encode(word.encode()[n:])[:8] in data for n in range(3))
    }


class Served:
    """A running `deid serve` on a workspace with canaries, and its API."""

    def __init__(self, root: Path, port: int) -> None:
        self.root, self.address = root, f"http://127.0.0.1:{port}"
        self.auth = (root / "keys" / "prefect.auth").read_text(encoding="utf-8").strip()
        user, _, password = self.auth.partition(":")
        self.client = httpx.Client(
            base_url=f"{self.address}/api", auth=(user, password), timeout=30
        )
        self.heard: list[bytes] = []
        token = self.ask("GET", "csrf-token?client=tests")["token"]
        self.client.headers.update({"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": "tests"})
        self.night = self.ask("GET", "deployments/name/deidentify/night")["id"]

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """What the API answers, which is kept to be searched."""
        answer = self.answered(method, path, body)
        assert answer.is_success, (path, answer.status_code)
        self.heard.append(answer.content)
        return answer.json()

    def answered(self, method: str, path: str, body: object = None) -> httpx.Response:
        """The answer of a server that may be busy for a moment, as Prefect's own client asks."""
        end = time.monotonic() + 20
        while True:
            answer = self.client.request(method, path, json=body)
            if answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR or time.monotonic() > end:
                return answer
            time.sleep(0.5)

    def started(self, **told: object) -> dict[str, Any]:
        """A run of the night's deployment, once it has ended."""
        path = f"deployments/{self.night}/create_flow_run"
        return self.ended(self.ask("POST", path, told)["id"])

    def ended(self, run: str) -> dict[str, Any]:
        """A run, once it has ended."""
        end = time.monotonic() + 120
        while time.monotonic() < end:
            state: dict[str, Any] = self.ask("GET", f"flow_runs/{run}")
            if state["state_type"] in {"COMPLETED", "FAILED", "CRASHED", "CANCELLED"}:
                return state
            time.sleep(0.5)
        pytest.fail("the run did not end")


@pytest.fixture(scope="module")
def served(
    blank_study: Path,
    tmp_path_factory: pytest.TempPathFactory,
    environment: dict[str, str],
    prefect_once: Callable[[Path], Path],
) -> Iterator[Served]:
    """The service; its workers fail where a text asks for it."""
    root = tmp_path_factory.mktemp("browser") / "study"
    prefect_once(Path(shutil.copytree(blank_study, root)))
    for name, text in TEXTS.items():
        path = root / "inbox" / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "inbox" / "Balthazar Uttoxley.docx").write_bytes(b"PK\x03\x04 Balthazar Uttoxley said")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = int(listening.getsockname()[1])
    config = root / "config" / "deid.yaml"
    told = config.read_text(encoding="utf-8").replace("port: 4200", f"port: {port}")
    told = told.replace("enabled: true", "enabled: false", 1)  # a night must not come between
    config.write_text(told, encoding="utf-8")
    said = root.parent / "said.txt"
    with said.open("w") as file:
        service = subprocess.Popen(
            [Path(sys.executable).with_name("deid"), "serve", "--workspace", root],
            env=environment | {"PYTHONPATH": str(FAULTS)},
            stdout=file,
            stderr=file,
        )
    try:
        end = time.monotonic() + 120
        while "next night" not in said.read_text(encoding="utf-8"):
            assert service.poll() is None, said.read_text(encoding="utf-8")
            assert time.monotonic() < end, said.read_text(encoding="utf-8")
            time.sleep(0.3)
        yield Served(root, port)
    finally:
        service.send_signal(signal.SIGTERM)
        service.wait(60)


def withheld(root: Path, reason: Reason) -> str:
    """The id of the transcript that is withheld for a reason."""
    (found,) = (each for each in quarantine.records(root / "quarantine") if each.reason is reason)
    return found.transcript_id


def test_a_first_run_from_the_api(served: Served) -> None:
    """As the form comes: everything new is done, and the state says what became of it."""
    run = served.started()
    assert run["state_name"] == "Withheld"
    assert run["state"]["message"].startswith(
        "1 written, 0 unchanged, 3 withheld (detection-failed 1, truncated 1, write-failed 1)"
    )
    assert set(run["tags"]) >= {"rerun", "withheld"}


def test_a_name_typed_as_an_id_is_refused_by_the_server(served: Served) -> None:
    """The form's schema holds at the API: no run is made, so nothing is kept."""
    told = {"parameters": {"work": {"what": IDS, "transcripts": [TYPED]}}}
    path = f"deployments/{served.night}/create_flow_run"
    assert served.client.post(path, json=told).status_code == httpx.codes.CONFLICT


def test_a_name_typed_past_the_form_is_refused_by_the_run(served: Served) -> None:
    """With the check switched off the run says what to type, and forgets what was typed."""
    told = {"work": {"what": IDS, "transcripts": [TYPED]}, "workspace": str(served.root)}
    path = f"deployments/{served.night}/create_flow_run"
    body = {"parameters": told, "enforce_parameter_schema": False}
    made = served.answered("POST", path, body).json()["id"]
    end = time.monotonic() + 120
    while served.answered("GET", f"flow_runs/{made}").json()["state_type"] != "FAILED":
        assert time.monotonic() < end
        time.sleep(0.5)
    run = served.ended(made)
    assert (run["name"], run["state_name"], run["parameters"]) == ("refused", "Refused", {})
    assert "one a row" in run["state"]["message"]


@pytest.fixture(scope="module")
def page(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A signed-in browser, which keeps what it is sent and whom it asks."""
    if BROWSER is None:
        pytest.skip("no browser: install chromium, or name one in DEID_TEST_BROWSER")
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only with a browser

    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"),
            executable_path=BROWSER,
            args=list(_BROWSER_OPTIONS),
            viewport={"width": 1280, "height": 1300},
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.asked = set()
        page.on("request", lambda request: page.asked.add(request.url.split("/")[2]))
        page.on("requestfinished", lambda request: served.heard.append(_body(request)))
        page.goto(f"{served.address}/login")
        page.locator("input").first.fill(served.auth)
        page.get_by_role("button", name="Login").click()
        page.wait_for_url("**/dashboard")
        yield page
        context.close()


def _body(request: Any) -> bytes:
    """What was answered; scripts and pictures of the installed package are left out."""
    response = request.response() if "/api/" in request.url else None
    try:
        return bytes(response.body()) if response else b""
    except Exception:  # noqa: BLE001 - a page that was left keeps nothing to read
        return b""


def test_a_rerun_from_the_form(served: Served, page: Any) -> None:
    """An officer puts a file right, types its id, and sees it done; a wrong id is told at once."""
    wanted = withheld(served.root, Reason.TRUNCATED)
    (served.root / "inbox" / "Balthazar Uttoxley.docx").unlink()
    shutil.copyfile(
        Path(__file__).parents[2] / "sample_data" / "inbox" / _A_DOCUMENT,
        served.root / "inbox" / "Balthazar Uttoxley.docx",
    )
    page.goto(f"{served.address}/deployments/deployment/{served.night}/run")
    choice = page.locator(".p-select-button__control", has_text="everything new or changed")
    choice.press("ArrowDown")
    page.locator(".p-select-option", has_text=IDS).click()
    page.locator(".p-select-button__value", has_text=IDS).wait_for()
    page.get_by_role("button", name="Add item").click()
    page.locator("textarea").nth(2).wait_for()  # before workspace and config stands the new row
    row = page.locator("textarea").first
    row.fill("t-0123")
    page.get_by_role("button", name="Submit").click()
    page.get_by_text("does not match").wait_for()
    row.fill(wanted)
    page.get_by_text("does not match").wait_for(state="hidden")  # else a slow page drops the click
    page.get_by_role("button", name="Submit").click()
    page.wait_for_url(f"**/{served.night}?tab=Runs")
    runs = served.ask("POST", "flow_runs/filter", {})
    (made,) = (each["id"] for each in runs if wanted in str(each["parameters"]))
    run = served.ended(made)
    assert run["state_name"] == "Completed", run["state"]["message"]
    assert run["state"]["message"].startswith("1 written, 0 unchanged, 0 withheld")
    turns = served.root / "staging" / "turns"
    assert len(list(turns.glob(f"{wanted}*"))) == 1


def test_the_summary_is_two_clicks_away(served: Served, page: Any) -> None:
    """From the run's page: counts, what is withheld, what to do about it, the log's last line."""
    runs = served.ask("POST", "flow_runs/filter", {})
    (made,) = (each["id"] for each in runs if each["state_name"] == "Completed")
    page.goto(f"{served.address}/runs/flow-run/{made}")
    page.get_by_text("Artifacts", exact=True).click()
    page.get_by_role("link", name="morning").first.click()
    page.get_by_text("1 done, nothing withheld").first.wait_for()
    shown = page.inner_text("body")
    for told in ("Withheld now: 2", "tell its administrator the id", "Audit log ends in"):
        assert told in shown
    assert withheld(served.root, Reason.WRITE_FAILED) in shown


def test_no_page_shows_a_traceback(served: Served) -> None:
    """Runs that withheld or were refused say so in their states; their logs hold no traceback."""
    logs = served.ask("POST", "logs/filter", {})
    assert any("1 withheld" in each["message"] for each in logs)
    assert [each["message"] for each in logs if "Traceback" in each["message"]] == []


def test_the_ui_asks_nobody_else(served: Served, page: Any) -> None:
    """All that the pages needed came from the service itself."""
    assert page.asked == {served.address.rpartition("/")[2]}


_FILTERS = (
    *("flow_runs", "task_runs", "logs", "artifacts", "artifacts/latest", "events", "flows"),
    *("deployments", "block_documents", "block_types", "variables", "automations", "work_pools"),
    *("concurrency_limits", "v2/concurrency_limits"),
)


def test_nothing_leaked_into_any_answer(served: Served) -> None:
    """No canary in what the API or the UI was ever told, states and their history among it."""
    for what in _FILTERS:
        served.ask("POST", f"{what}/filter", {})
    for run in served.ask("POST", "flow_runs/filter", {}):
        served.ask("GET", f"flow_run_states/?flow_run_id={run['id']}")
        served.ask("GET", f"flow_runs/{run['id']}/graph-v2")
    for task in served.ask("POST", "task_runs/filter", {}):
        served.ask("GET", f"task_run_states/?task_run_id={task['id']}")
    assert len(served.heard) > 30
    assert {word for each in served.heard for word in found_in(each)} == set()


def test_nothing_leaked_into_any_file(served: Served) -> None:
    """No canary in Prefect's folder: database and journal, storage of results, logs of the parts.

    What was typed past the form stood in the database until the run forgot it; SQLite may keep the
    bytes of a deleted value, so it is looked for in rows, and the planted ones in every byte.
    """
    folder = served.root / "prefect"
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert {"prefect.db", "prefect.db-wal"} <= {path.name for path in files}
    found = {path.name: found_in(path.read_bytes()) - set(TYPED.split()) for path in files}
    assert {name: words for name, words in found.items() if words} == {}
    with sqlite3.connect(f"file:{folder / 'prefect.db'}?mode=ro", uri=True) as database:
        tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        rows = [
            (table, repr(row))
            for (table,) in tables
            for row in database.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - own names
        ]
    assert {table for table, row in rows if found_in(row.encode())} == set()
    assert any("3 withheld" in row for table, row in rows if table == "flow_run_state")


def test_the_search_would_find() -> None:
    """In any case, and inside base64."""
    assert found_in(b"... araminta ...") == {"Araminta"}
    assert found_in(base64.b64encode(b"so Quillfeather, she said")) == {"Quillfeather"}


def test_a_mail_holds_counts_alone(served: Served) -> None:
    """What a mail server is given of these runs, once: counts by reason, times, an address."""
    post = Post()
    for port in listening(post):
        place = replace(Place.open(served.root), notify=mail(port))
        api = Api(place.serve.host, place.serve.port, place.auth)
        for _ in range(2):
            tell_once(place, look(place, api, now=datetime.now(UTC)))
    (taken,) = post.taken
    counts, address = taken.get_content().splitlines()
    wanted = "1 written, 0 unchanged, 3 withheld (detection-failed 1, truncated 1, write-failed 1)"
    assert counts.endswith(f" UTC: {wanted}")
    assert address == served.address
    assert found_in(taken.as_bytes()) == set()
