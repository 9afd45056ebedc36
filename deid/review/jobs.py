"""Long work behind a page: doing transcripts again, one job after another, with its progress."""

import secrets
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from deid.errors import DeidError
from deid.whereabouts import place_of

type Report = Callable[[int, int], None]
_KEPT = 100
DOING_AGAIN = "Doing transcripts again"


@dataclass(frozen=True, slots=True)
class Job:
    """How far something has got.

    Attributes:
        id: Names it in its page's address.
        owner: The account that asked for it, and that alone may see it.
        back: Where its page leads when it is done.
        title: What its page says that it does.
        done: Transcripts done.
        due: Transcripts in all; 0 before that is known.
        ended: Whether it is over.
        problem: Why it did not end well, free of speech; "" when it did.
    """

    id: str
    owner: str
    back: str
    title: str = DOING_AGAIN
    done: int = 0
    due: int = 0
    ended: bool = False
    problem: str = ""


class Jobs:
    """The jobs of a desk; the last hundred are remembered."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._guard = threading.Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="deid-redo")

    def start(
        self, owner: str, back: str, work: Callable[[Report], object], *, title: str = DOING_AGAIN
    ) -> Job:
        """Queue work, which is given something to tell its progress with."""
        job = Job(secrets.token_hex(8), owner, back, title)
        with self._guard:
            self._jobs[job.id] = job
            for old in list(self._jobs)[:-_KEPT]:
                if self._jobs[old].ended:
                    del self._jobs[old]
        self._thread.submit(self._run, job.id, work)
        return job

    def get(self, job_id: str, owner: str) -> Job | None:
        """A job of this account."""
        with self._guard:
            job = self._jobs.get(job_id)
        return job if job and job.owner == owner else None

    def close(self) -> None:
        """Wait for what is under way, and begin nothing more."""
        self._thread.shutdown(cancel_futures=True)

    def _run(self, job_id: str, work: Callable[[Report], object]) -> None:
        problem = ""
        try:
            work(lambda done, due: self._change(job_id, done=done, due=due))
        except DeidError as error:
            problem = str(error)
        except Exception as error:  # noqa: BLE001 - a message could show what it may not
            problem = f"unexpected {type(error).__name__}{place_of(error)}"
        self._change(job_id, ended=True, problem=problem)

    def _change(self, job_id: str, **now: object) -> None:
        with self._guard:
            self._jobs[job_id] = replace(self._jobs[job_id], **now)  # type: ignore[arg-type] # fields of Job
