"""Long work behind a page: doing transcripts again, one job after another, with its progress."""

import secrets
import threading
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

from deid.errors import DeidError
from deid.whereabouts import unexpected

type Report = Callable[[int, int], None]
_KEPT = 100
DOING_AGAIN = "Doing transcripts again"
LOOKING_AGAIN = "Looking again at what was written"


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
        self._closing = False
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="deid-redo")
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="deid-read")

    def start(
        self,
        owner: str,
        back: str,
        work: Callable[[Report], object],
        *,
        title: str = DOING_AGAIN,
        beside: bool = False,
    ) -> Job:
        """Queue work, which is given something to tell its progress with.

        Work that only reads may go on ``beside`` other work.
        """
        job = self._added(owner, back, title)
        self._submit(partial(self._run, job.id, work), beside=beside)
        return job

    def start_in_turns(
        self, owner: str, back: str, steps: Generator[tuple[int, int]], *, title: str
    ) -> Job:
        """Queue long work that lets other work go before each of its steps.

        Each step tells how many are done, and of how many.
        """
        job = self._added(owner, back, title)
        self._submit(partial(self._step, job.id, steps))
        return job

    def get(self, job_id: str, owner: str) -> Job | None:
        """A job of this account."""
        with self._guard:
            job = self._jobs.get(job_id)
        return job if job and job.owner == owner else None

    def close(self) -> None:
        """Wait for what is under way, and begin nothing more."""
        with self._guard:
            self._closing = True
        self._thread.shutdown()
        self._beside.shutdown()

    def _added(self, owner: str, back: str, title: str) -> Job:
        job = Job(secrets.token_hex(8), owner, back, title)
        with self._guard:
            self._jobs[job.id] = job
            for old in list(self._jobs)[:-_KEPT]:
                if self._jobs[old].ended:
                    del self._jobs[old]
        return job

    def _submit(self, work: Callable[[], None], *, beside: bool = False) -> bool:
        """Queue something; False where nothing is begun any more."""
        with self._guard:
            if not self._closing:
                (self._beside if beside else self._thread).submit(work)
            return not self._closing

    def _run(self, job_id: str, work: Callable[[Report], object]) -> None:
        if self._closing:
            return
        try:
            work(lambda done, due: self._change(job_id, done=done, due=due))
        except Exception as error:  # noqa: BLE001 - becomes its kind and place
            self._change(job_id, problem=_told(error))
        self._change(job_id, ended=True)

    def _step(self, job_id: str, steps: Generator[tuple[int, int]]) -> None:
        if self._closing:  # what it holds is given back in the thread that took it
            steps.close()
            return
        try:
            done, due = next(steps)
        except StopIteration:
            self._change(job_id, ended=True)
        except Exception as error:  # noqa: BLE001 - becomes its kind and place
            self._change(job_id, problem=_told(error), ended=True)
        else:
            self._change(job_id, done=done, due=due)
            if not self._submit(partial(self._step, job_id, steps)):
                steps.close()

    def _change(self, job_id: str, **now: object) -> None:
        with self._guard:
            self._jobs[job_id] = replace(self._jobs[job_id], **now)  # type: ignore[arg-type] # fields of Job


def _told(error: Exception) -> str:
    """Why work did not end well; only our own words, since a message could show what it may not."""
    return str(error) if isinstance(error, DeidError) else unexpected(error)
