"""One part of the service as a process: started, looked after, started again, stopped.

Its output goes to a file of its own, because Prefect's own messages are for engineers; what the
officer is told is one line in plain words, from :mod:`flows.serving.words`.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flows.serving.words import why

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0
_WELL_AFTER = 300.0
_TAIL_BYTES = 4_000
_LONGEST_LOG = 5_000_000


@dataclass
class Child:
    """A part: how it is started, and how it fares."""

    name: str
    environment: Mapping[str, str] = field(repr=False)
    log: Path
    process: subprocess.Popen[bytes] | None = None
    failures: int = 0
    _started: float = 0.0
    _due: float = 0.0

    @property
    def is_due(self) -> bool:
        """Whether it stands still and has waited long enough."""
        return self.process is None and time.monotonic() >= self._due

    def start(self, *, stdout: int | None = None) -> subprocess.Popen[bytes]:
        """Start it in a session of its own, so that Ctrl-C reaches the supervisor alone."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 - this program itself
                [sys.executable, "-m", "flows.serving.part", self.name],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log if stdout is None else stdout,
                stderr=log,
                start_new_session=True,
            )
        self._started = time.monotonic()
        return self.process

    def ended(self) -> str | None:
        """Why it ended, in plain words, once after each end; None while it lives."""
        code = self.process.poll() if self.process else None
        if code is None:
            return None
        self.process = None
        if time.monotonic() - self._started > _WELL_AFTER:
            self.failures = 0
        wait = min(_FIRST_WAIT * 2**self.failures, _LONGEST_WAIT)
        self.failures += 1
        self._due = time.monotonic() + wait
        return f"{why(code, self._tail())}; starts again in {wait:.0f} s"

    def stop(self, seconds: float) -> None:
        """Ask it to end, wait, then end it."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def trim(self) -> None:
        """Keep its log from growing for years: what is old enough is kept once more beside it."""
        if self.log.exists() and self.log.stat().st_size > _LONGEST_LOG:
            shutil.copyfile(self.log, self.log.with_suffix(".old"))
            os.truncate(self.log, 0)  # it is appended to, so what follows begins anew

    def _tail(self) -> str:
        with self.log.open("rb") as log:
            log.seek(max(0, log.seek(0, 2) - _TAIL_BYTES))
            return log.read().decode("utf-8", "replace")
