"""Decisions of a checker, the transcripts done again at once, and what that changed.

The decision is kept before anything is done again: if that fails, or a run comes between, the next
run does it, and until then nothing that it bears on can be released.
"""

import secrets
from collections.abc import Callable, Collection
from functools import partial

from starlette.responses import RedirectResponse, Response

from deid.deciding import Recorded, Wanted, open_deciding, raw_transcript
from deid.decisions import Kind
from deid.detect.words.gazetteer import is_common
from deid.errors import BusyError, DeidError, ReviewError
from deid.redoing import redo
from deid.review import rendering
from deid.review.asking import Asked
from deid.review.changes import compared, written_now
from deid.review.desk import Desk
from deid.review.figures import figure
from deid.review.jobs import Report
from deid.review.pages import mention, transcript
from deid.review.visit import Visit
from deid.vault import TranscriptState

REFUSED = 409


def decide(desk: Desk, visit: Visit) -> Response:
    """Keep a decision and do again what it bears on; or the form, as it was, with why not."""
    asked = Asked.of(visit.form)
    try:
        recorded = _kept(desk, visit, _wanted(desk, visit, asked))
    except DeidError as error:
        page = transcript.answer if asked.kind == Kind.MASK else mention.answer
        return page(desk, visit, asked=asked, problem=why_not(error), status=REFUSED)
    return redone(desk, visit, recorded.due)


def check(desk: Desk, visit: Visit) -> Response:
    """Note that a transcript was read as it was shown; on to the queue."""
    version = str(visit.form.get("version", ""))
    try:
        with open_deciding(desk.root, desk.config, is_common=is_common) as deciding:
            deciding.check(visit.account, visit.path["transcript_id"], version=version)
    except DeidError as error:
        return transcript.answer(desk, visit, problem=why_not(error), status=REFUSED)
    return RedirectResponse("/", status_code=303)


def take_back(desk: Desk, visit: Visit) -> Response:
    """Let a decision hold no longer, and do again what it held in."""
    number = figure(str(visit.form.get("number", "")))
    if number is None:
        raise ReviewError("there is no decision of this number that holds")
    try:
        with open_deciding(desk.root, desk.config, is_common=is_common) as deciding:
            recorded = deciding.take_back(visit.account, number)
    except DeidError as error:
        return transcript.answer(desk, visit, problem=why_not(error), status=REFUSED)
    return redone(desk, visit, recorded.due)


def do_again(desk: Desk, visit: Visit) -> Response:
    """Do a transcript again that is due, or withheld, and that no run has done since.

    Raises:
        ReviewError: It is done already.
    """
    if transcript.record_of(desk.vault(), visit).state is TranscriptState.DONE:
        raise ReviewError("this transcript has been done again already")
    return redone(desk, visit, [visit.path["transcript_id"]])


def redone(desk: Desk, visit: Visit, ids: Collection[str]) -> Response:
    """Start doing transcripts again, at least one; leads to how far that is, then to the change."""
    return started(desk, visit, lambda: ids)


def started(desk: Desk, visit: Visit, due: Callable[[], Collection[str]]) -> Response:
    """Start finding out what is due and doing it again.

    Args:
        desk: Whose jobs and changes.
        visit: From a transcript's page.
        due: Tells the transcripts, at least one; called in the thread of the jobs.
    """
    key = secrets.token_hex(8)
    back = f"/transcripts/{visit.path['transcript_id']}/changes/{key}"
    job = desk.jobs.start(visit.account.name, back, partial(_redo_and_compare, desk, key, due))
    return RedirectResponse(f"/jobs/{job.id}", status_code=303)


def _redo_and_compare(
    desk: Desk, key: str, due: Callable[[], Collection[str]], report: Report
) -> None:
    """Do transcripts again, and keep what that changed."""
    staging, ids = desk.workspace.staging, due()
    before = written_now(staging, ids)
    redo(desk.root, desk.config, ids, progress=report)
    desk.changes.put(key, compared(before, written_now(staging, ids)))


def progress(desk: Desk, visit: Visit) -> Response:
    """How far a job is; when it is done, on to where it leads."""
    job = desk.jobs.get(visit.path["job_id"], visit.account.name)
    if job is None:
        raise ReviewError("this work is over, or was another account's")
    if job.ended and not job.problem:
        return RedirectResponse(job.back, status_code=303)
    return rendering.page("work.html", visit, job=job)


def difference(desk: Desk, visit: Visit) -> Response:
    """What a decision changed in this transcript, and how much in others."""
    found = desk.changes.get(visit.path["key"])
    transcript_id = visit.path["transcript_id"]
    if found is None:
        raise ReviewError(
            "what was changed is no longer remembered; the transcript is as it is now"
        )
    return rendering.page(
        "difference.html",
        visit,
        record=transcript.record_of(desk.vault(), visit),
        key=visit.path["key"],
        here=found.get(transcript_id),
        others=[each for each in found.values() if each.transcript_id != transcript_id],
    )


def why_not(error: DeidError) -> str:
    """An error's words for the form that it sends back."""
    if isinstance(error, BusyError):
        return (
            "A run holds the workspace just now, so nothing was changed. What you filled in is "
            "still here: try again in a moment."
        )
    said = str(error)
    return f"{said[:1].upper()}{said[1:]}."


def _wanted(desk: Desk, visit: Visit, asked: Asked) -> Wanted:
    vault = desk.vault()
    record = transcript.record_of(vault, visit)
    raw = raw_transcript(desk.site(), record)
    return asked.wanted(record.transcript_id, raw, vault)


def _kept(desk: Desk, visit: Visit, wanted: Wanted) -> Recorded:
    with open_deciding(desk.root, desk.config, is_common=is_common) as deciding:
        return deciding.decide(visit.account, wanted)
