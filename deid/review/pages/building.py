"""Building a bundle from its release's page: behind a progress bar, with measured figures if given.

The figures come as ``evaluation.json`` of ``deid evaluate``, which holds numbers alone. What was
sent is read in memory and goes nowhere: whoever sends the wrong file leaves nothing of it behind.
"""

from collections.abc import Mapping
from functools import partial
from typing import Any

from starlette.datastructures import UploadFile
from starlette.responses import RedirectResponse, Response

from deid.accounts import Account
from deid.detect.engine import Detector
from deid.detect.words.gazetteer import is_common
from deid.errors import ReleaseError
from deid.release import build, can_build, measured_in, open_releases
from deid.review.desk import Desk
from deid.review.jobs import Report
from deid.review.pages.releases import answer, opened
from deid.review.visit import Visit

_BUILDING = "Building the bundle"


def build_bundle(desk: Desk, visit: Visit) -> Response:
    """Make the bundle, behind a page that waits: all of it is searched once more."""
    release_id = visit.path["release_id"]
    with opened(desk) as releases:
        study = releases.site.settings.programme.study
        release = releases.standing(release_id).release
        if not can_build(release, study=study, today=releases.clock().date()):
            raise ReleaseError(
                "only what two checkers approved, in the time of the approval, is built"
            )
    try:
        measured = _measured(visit)
    except ReleaseError as error:
        return answer(desk, visit, problem=str(error))
    work = partial(_build, desk, visit.account, release_id, measured)
    job = desk.jobs.start(visit.account.name, f"/releases/{release_id}", work, title=_BUILDING)
    return RedirectResponse(f"/jobs/{job.id}", status_code=303)


def _measured(visit: Visit) -> Mapping[str, Any]:
    """The figures of the report that was sent along; none where none was chosen."""
    sent = visit.form.get("evaluation")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return {}
    return measured_in(sent.file.read())


def _build(
    desk: Desk, account: Account, release_id: str, measured: Mapping[str, Any], report: Report
) -> None:
    report(0, 1)
    with open_releases(desk.root, desk.config) as releases:
        detector = Detector(releases.site.settings, releases.site.register)
        build(
            releases,
            account,
            release_id,
            is_common=is_common,
            detect=detector.detect,
            measured=measured,
        )
    report(1, 1)
