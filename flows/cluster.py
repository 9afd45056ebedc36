"""A Dask cluster as an engine: an extra (``deid[dask]``), imported only where it is configured.

The cluster runs already; nothing is started here. What is sent to it and comes back is sealed, so
that its memory, its logs and the folders that it spills to hold nothing that can be read.
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from prefect.settings import PREFECT_API_URL, temporary_settings

from deid import __version__
from deid.errors import ExitCode
from deid.settings import Programme, TlsSettings
from flows.coded import FlowError
from flows.fitness import fitness, unfit_for

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
    api: str
    died: type[Exception] = KilledWorker
    words: int | None = None

    @classmethod
    def of(cls, told: Programme, workspace: Path) -> "DaskEngine":
        """The cluster of the settings, once each of its workers is known to be of use.

        Raises:
            FlowError: It does not answer, has no worker, or has one that cannot do this work.
        """
        execution, api = told.execution, told.serve.public_url and f"{told.serve.public_url}/api"
        engine = cls(execution.address, _security(execution.tls), api or PREFECT_API_URL.value())
        failure = engine._failure(workspace.absolute())
        if failure:
            tls = ", or not to the certificate of execution.tls" if execution.tls.ca else ""
            raise FlowError(
                f"{failure.format(tls=tls)}; nothing was changed. Put that right, or set "
                "execution.engine to local",
                ExitCode.SETTINGS,
            )
        return engine

    def _failure(self, workspace: Path) -> str:
        """What is wrong with the cluster; "" if nothing is."""
        try:
            with Client(self.address, **self._told) as client:  # type: ignore[no-untyped-call]
                if not _workers(client):
                    return "the Dask cluster of execution.address has no worker"
                answers = client.run(fitness, str(workspace), self.api, on_error="return")
        except (OSError, TimeoutError, ValueError):
            return "the Dask scheduler of execution.address does not answer{tls}"
        unfit = [each for each in answers.values() if each != __version__]
        return f"a worker of the Dask cluster {unfit_for(unfit[0])}" if unfit else ""

    def open(self, words: float) -> "_Runner":
        """A connection to the cluster; who works there is its own to say."""
        del words
        return _Runner(self.api, address=self.address, client_kwargs=self._told)

    def at_once(self, runner: Any) -> int:
        """One order a worker, since a process reads one transcript after another."""
        return max(1, _workers(runner.client))

    @property
    def _told(self) -> dict[str, Any]:
        return {"security": self.security, "timeout": _SECONDS, "set_as_default": False}


class _Runner(DaskTaskRunner):
    """Sends its tasks on with the address under which a worker finds Prefect's API."""

    def __init__(self, api: str, **told: Any) -> None:
        super().__init__(**told)
        self._api = api

    def submit(self, *told: Any, **further: Any) -> Any:
        """As the original; what is sent along is what these settings are meanwhile."""
        with temporary_settings({PREFECT_API_URL: self._api}):
            return super().submit(*told, **further)


def _security(told: TlsSettings) -> Any:
    """What proves us to the cluster, and it to us; None without TLS."""
    if not told.ca:
        return None
    security = Security(  # type: ignore[no-untyped-call]
        tls_ca_file=told.ca,
        tls_client_cert=told.certificate,
        tls_client_key=told.key,
        require_encryption=True,
    )
    try:
        security.get_connection_args("client")  # type: ignore[no-untyped-call]
    except OSError:
        usable = False
    else:
        usable = True
    if not usable:
        raise FlowError(
            "a file of execution.tls cannot be used: each has to be PEM, and this account has to "
            "be allowed to read it; nothing was changed",
            ExitCode.SETTINGS,
        )
    return security


def _workers(client: Any) -> int:
    return len(client.scheduler_info(n_workers=_EVERY_WORKER)["workers"])
