"""Transcripts done again at once after a decision, in this process, without an orchestrator.

What detection found before is used where file and settings are the same, so that a decision shows
in a moment; only a register that changed, or a newer program, needs the model. One detector is kept
for the life of the process; it is another one when register or settings are.
"""

from collections.abc import Callable, Collection
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

from deid.detect.engine import Detector
from deid.pipeline import detecting
from deid.run import open_run
from deid.site import Site
from deid.summary import Summary
from deid.worker import Task, outcome_of

type Progress = Callable[[int, int], None]


def redo(
    root: Path,
    config: Path | None,
    ids: Collection[str],
    *,
    progress: Progress = lambda _done, _due: None,
) -> Summary:
    """Do transcripts again, as a run of its own.

    Args:
        root: The workspace.
        config: Folder of the settings; None for the workspace's own.
        ids: Transcripts, at least one.
        progress: Told how many are done, and of how many.

    Raises:
        BusyError: A run holds the workspace; it, or the next, does what is due.
        DeidError: As for :func:`deid.run.open_run`.
    """
    with open_run(root, config, run_id=str(uuid4()), only=ids) as run:
        progress(0, run.due)
        for item in (item for batch in run.batches() for item in batch):
            outcome = run.found_before(item)
            if outcome is None and item.refused is None:
                task = Task(item.transcript_id, item.path)
                outcome = outcome_of(task, run.site, detecting(detector_of(run.site, root, config)))
            run.take_one(item, outcome)
            progress(run.done, run.due)
        return run.close()


def detector_of(site: Site, root: Path, config: Path | None) -> Detector:
    """The process's one detector, for the workspace as it was opened; the first takes seconds."""
    return _detector(root, config, site.settings.detection_digest, site.register.digest)


@lru_cache(maxsize=1)
def _detector(root: Path, config: Path | None, settings: str, register: str) -> Detector:
    """The detector of a workspace as it is configured; made anew when either digest changes."""
    del settings, register
    site = Site.open(root, config)
    return Detector(site.settings, site.register)
