"""Prefect's API for a part that only looks: without Prefect, which would cost it 100 MB."""

import base64
import json
from http.client import HTTPConnection
from typing import Any

_TIMEOUT_SECONDS = 30
_CLIENT = "deid-watch"
_FIRST_BAD = 400


class ApiError(Exception):
    """The server did not answer as asked; ``status`` says how."""


class Api:
    """One server, and the credential for it."""

    def __init__(self, host: str, port: int, auth: str) -> None:
        self._host, self._port = host, port
        self._headers = {
            "Authorization": "Basic " + base64.b64encode(auth.encode()).decode(),
            "Content-Type": "application/json",
        }

    def find(self, kind: str, **body: object) -> list[dict[str, Any]]:
        """Everything of a kind, such as ``flow_runs``, that a filter of Prefect's lets through.

        Raises:
            OSError, HTTPException: The server cannot be reached.
            ApiError: It refused.
        """
        token = self._asked("GET", f"/api/csrf-token?client={_CLIENT}", None, {})["token"]
        further = {"Prefect-Csrf-Token": token, "Prefect-Csrf-Client": _CLIENT}
        return list(self._asked("POST", f"/api/{kind}/filter", json.dumps(body), further))

    def _asked(self, method: str, path: str, body: str | None, further: dict[str, str]) -> Any:
        connection = HTTPConnection(self._host, self._port, timeout=_TIMEOUT_SECONDS)
        try:
            connection.request(method, path, body, self._headers | further)
            answer = connection.getresponse()
            data = answer.read()
            if answer.status >= _FIRST_BAD:
                raise ApiError(f"{path.partition('?')[0]}: status {answer.status}")
            return json.loads(data)
        finally:
            connection.close()
