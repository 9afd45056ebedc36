"""Whether Prefect's server answers; one that has stopped answering is as good as dead."""

import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException

_START_SECONDS, _EVERY_SECONDS, _TIMEOUT_SECONDS = 180.0, 15.0, 10.0
_MISSES = 4
_OK = 200


@dataclass
class Health:
    """What is known of one server, from its start on."""

    host: str
    port: int
    up: bool = False
    _started: float = 0.0
    _asked: float = 0.0
    _misses: int = 0

    def begin(self) -> None:
        """A server was started just now."""
        self.up, self._misses, self._asked = False, 0, 0.0
        self._started = time.monotonic()

    def hangs(self) -> bool:
        """Ask, if it is time to; whether the server has not answered for too long."""
        now = time.monotonic()
        if self.up and now - self._asked < _EVERY_SECONDS:
            return False
        self._asked = now
        if answers(self.host, self.port):
            self.up, self._misses = True, 0
            return False
        if not self.up:
            return now - self._started > _START_SECONDS
        self._misses += 1
        return self._misses >= _MISSES


def answers(host: str, port: int) -> bool:
    """Whether a healthy server listens there."""
    connection = HTTPConnection(host, port, timeout=_TIMEOUT_SECONDS)
    try:
        connection.request("GET", "/api/health")
        return connection.getresponse().status == _OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
