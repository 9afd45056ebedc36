"""A Dask cluster as an engine: an extra (``deid[dask]``), imported only where it is configured.

The cluster runs already; nothing is started here. What is sent to it and comes back is sealed, so
that its memory, its logs and the folders that it spills to hold nothing that can be read.
"""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from deid.errors import ExitCode
from deid.settings import ExecutionSettings
from flows.coded import FlowError

if TYPE_CHECKING:
    from flows.engines import Runner

try:
    from distributed import Client, KilledWorker, Security
    from prefect_dask.task_runners import DaskTaskRunner
except ImportError:
    raise FlowError(
        "execution.engine is dask, and Dask is not installed; install this program with its "
        "extra: pip install 'deid[dask]'",
        ExitCode.SETTINGS,
    ) from None

_SECONDS = 15
_EVERY_WORKER = -1


@dataclass(frozen=True)
class DaskEngine:
    """Workers of a cluster; a task whose worker dies is done again by another, three times."""

    address: str
    security: Any = field(repr=False)
    died: type[Exception] = KilledWorker
    words: int | None = None

    @classmethod
    def of(cls, told: ExecutionSettings) -> "DaskEngine":
        """The cluster of the settings, once it has answered.

        Raises:
            FlowError: it does not answer, or has no worker.
        """
        security = None
        if told.tls.ca:
            security = Security(  # type: ignore[no-untyped-call]
                tls_ca_file=told.tls.ca,
                tls_client_cert=told.tls.certificate,
                tls_client_key=told.tls.key,
                require_encryption=True,
            )
        engine = cls(told.address, security)
        try:
            with Client(told.address, **engine._told) as client:  # type: ignore[no-untyped-call]
                workers = _workers(client)
        except (OSError, TimeoutError, ValueError):
            workers = None
        if workers is None:
            raise FlowError(
                "the Dask scheduler of execution.address does not answer; nothing was changed. "
                "Start it, or set execution.engine to local",
                ExitCode.SETTINGS,
            )
        if not workers:
            raise FlowError(
                "the Dask cluster of execution.address has no worker; nothing was changed. "
                "Start one, or set execution.engine to local",
                ExitCode.SETTINGS,
            )
        return engine

    def open(self, *, alone: bool = False) -> AbstractContextManager["Runner"]:
        """A connection to the cluster; who works there is its own to say."""
        del alone
        return DaskTaskRunner(address=self.address, client_kwargs=self._told)

    def at_once(self, runner: Any) -> int:
        """One order a worker, since a process reads one transcript after another."""
        return max(1, _workers(runner.client))

    @property
    def _told(self) -> dict[str, Any]:
        return {"security": self.security, "timeout": _SECONDS, "set_as_default": False}


def _workers(client: Any) -> int:
    return len(client.scheduler_info(n_workers=_EVERY_WORKER)["workers"])
