"""Starts the parts, starts them again when they end, and stops them all.

It holds no connection, opens no database and imports nothing of Prefect, so that there is little
in it that could fail. It never gives up: a part that cannot start is tried again, a minute apart
at most, and what stands in its way is said each time in plain words.
"""

import json
import os
import select
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from deid.errors import ExitCode, SettingsError
from flows.serving import environment, leash, ports, telling
from flows.serving.child import Child
from flows.serving.health import Health
from flows.serving.place import Place
from flows.serving.processes import adopt_orphans, bury, end_descendants

type Say = Callable[[str], None]

_STEP_SECONDS = 0.5
_STOP_SECONDS = 20.0
_SIGNALS = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


@dataclass
class Supervisor:
    """One service: its parts in the order in which they start."""

    place: Place
    say: Say
    ready: Callable[[dict[str, object]], None]
    server: Child = field(init=False)
    registrar: Child = field(init=False)
    after: tuple[Child, ...] = field(init=False)
    health: Health = field(init=False)
    registered: bool = False
    stopping: bool = False
    _untold: str = ""

    def __post_init__(self) -> None:
        """Name the parts. The review desk will be one more of ``after``."""
        self.server = self._part("server", environment.of_server(self.place))
        client = environment.of_client(self.place)
        self.registrar = self._part("deployments", client)
        watch = (self._part("watch", client),) if self.place.notify.enabled else ()
        self.after = (self._part("worker", client), *watch)
        self.health = Health(self.place.serve.host, self.place.serve.port)

    def run(self) -> None:
        """Serve until SIGTERM, SIGINT or SIGHUP.

        Raises:
            DeidError: Another service runs on this workspace, its port is taken, or its schedule
                cannot be kept.
        """
        with leash.held(self.place.leash, self.place.address), self._signals() as woken:
            telling.check(self.place.notify)
            ports.check("serve.port", self.place.serve.host, self.place.serve.port)
            adopt_orphans()
            try:
                while not self.stopping:
                    self._step()
                    select.select([woken], [], [], _STEP_SECONDS)
                    _drain(woken)
            finally:
                self._stop()

    def _step(self) -> None:
        bury(except_for=self._own())
        self._say_untold()
        for part in self._parts():
            part.trim()
            reason = None if self._is_registrar_done(part) else part.ended()
            if reason:
                self.say(f"the {part.name} stopped: {reason}")
        if self.server.is_due:
            self.server.start()
            self.health.begin()
        if self.server.process and self.health.hangs():
            self.say("the server does not answer; it is ended and starts again")
            self.server.process.kill()
        if not self.health.up:
            return
        if not self.registered:
            if self.registrar.is_due:
                self.registrar.start(stdout=subprocess.PIPE)
            return
        for part in self.after:
            if part.is_due:
                part.start()

    def _say_untold(self) -> None:
        """Say, once, why somebody cannot be told of something."""
        try:
            untold = self.place.untold.read_text(encoding="utf-8")
        except OSError:
            untold = ""
        if untold not in {"", self._untold}:
            self.say(f"not everybody could be told: {untold}")
        self._untold = untold

    def _is_registrar_done(self, part: Child) -> bool:
        """Take what the registrar tells once it has ended well, or refused the settings."""
        process = self.registrar.process
        if part is not self.registrar or process is None:
            return False
        if process.poll() not in {0, ExitCode.SETTINGS}:
            return False
        told = json.loads(process.stdout.read()) if process.stdout else {}
        if "refused" in told:
            raise SettingsError(told["refused"])
        self.registrar.process = None
        self.registered = True
        self.ready(told)
        return True

    def _stop(self) -> None:
        """The worker first, so that a run that is cut off can still be recorded as such."""
        for part in self.after:
            part.stop(_STOP_SECONDS)
        self.registrar.stop(1)
        server = {self.server.process.pid} if self.server.process else set()
        end_descendants(except_for=server, seconds=_STOP_SECONDS)
        self.server.stop(_STOP_SECONDS)
        self.say("stopped")

    def _part(self, name: str, told: environment.Told) -> Child:
        return Child(name, told, self.place.logs / f"{name}.log")

    def _parts(self) -> tuple[Child, ...]:
        return (self.server, self.registrar, *self.after)

    def _own(self) -> set[int]:
        return {part.process.pid for part in self._parts() if part.process}

    @contextmanager
    def _signals(self) -> Iterator[int]:
        """A descriptor that becomes readable with each signal."""
        reading, writing = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        before = {each: signal.signal(each, self._asked_to_stop) for each in _SIGNALS}
        before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        wakeup = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        try:
            yield reading
        finally:
            signal.set_wakeup_fd(wakeup)
            for each, handler in before.items():
                signal.signal(each, handler)
            os.close(reading)
            os.close(writing)

    def _asked_to_stop(self, *_: object) -> None:
        self.stopping = True


def _drain(descriptor: int) -> None:
    try:
        while os.read(descriptor, 512):
            pass
    except BlockingIOError:
        pass
