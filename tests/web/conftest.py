"""A real browser before the real `deid review`; skipped, and said so, where none is installed."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.unit.review import desks

_BROWSER = shutil.which(os.environ.get("DEID_TEST_BROWSER", "chromium")) or shutil.which(
    "google-chrome"
)
_OPTIONS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]

type SignIn = Callable[[str], Page]


@pytest.fixture(scope="module")  # while it is open, nothing else in the process may have a loop
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    if _BROWSER is None:
        pytest.skip("no Chromium here: install it, or name one in DEID_TEST_BROWSER")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=_BROWSER, args=_OPTIONS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with three finished transcripts and an account for each role.

    "Bramhall" was missed in it, so its release is let through on purpose.
    """
    made = desks.workspace(tmp_path_factory.mktemp("web") / "study")
    told = made / "config" / "deid.yaml"
    text = told.read_text(encoding="utf-8")
    strict = "residual_per_10000_words: 5\n"
    assert strict in text
    told.write_text(text.replace(strict, "residual_per_10000_words: 10000\n"), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def address(root: Path) -> Iterator[str]:
    """Where its desk listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [Path(sys.executable).parent / "deid", "review", "--port", str(port)]
    desk = subprocess.Popen([*command, "--workspace", str(root)], stdout=subprocess.DEVNULL)
    there = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            httpx.get(f"{there}/sign-in", timeout=1)
            break
        except httpx.TransportError:
            time.sleep(0.1)
    yield there
    desk.terminate()
    assert desk.wait(20) in {0, -15, 143}


@pytest.fixture
def sign_in(browser: Browser, address: str) -> Iterator[SignIn]:
    """Somebody at a browser of their own, signed in."""
    contexts = []

    def person(name: str) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{address}/sign-in")
        page.fill("#name", name)
        page.fill("#password", desks.PASSWORD)
        with page.expect_event("load"):  # else the next key may still go to this page
            page.click("main button[type=submit]")
        return page

    yield person
    for context in contexts:
        context.close()
