"""Release pages: asking, looking, voting blind, building, withdrawing; ids, counts and digests.

What may be done, and by whom, is decided by :mod:`deid.release`; a page only offers what that would
take, and says in its words what it refused. Nothing here shows a word of a transcript.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from starlette.responses import FileResponse, RedirectResponse, Response

from deid.accounts import Account, Role
from deid.audit import read
from deid.bundle import MANIFEST, verify
from deid.errors import ReleaseError
from deid.overview import Show, queue
from deid.passwords import LONGEST_PASSWORD
from deid.release import (
    TRANSITIONS,
    VOTES_NEEDED,
    Contents,
    Decision,
    Release,
    Releases,
    State,
    Step,
    can_build,
    can_review,
    open_releases,
    withdraw,
)
from deid.review import rendering
from deid.review.desk import Desk
from deid.review.diagram import drawn
from deid.review.visit import Visit
from deid.settings import Study
from deid.vault import TranscriptState

ALL, CHECKED, CHOSEN = "all", "checked", "chosen"


def index(desk: Desk, visit: Visit) -> Response:
    """All releases, newest first."""
    with opened(desk) as releases:
        standings = releases.standings()[::-1]
    return rendering.page(
        "releases.html",
        visit,
        standings=standings,
        needed=VOTES_NEEDED,
        may_ask=Role.RELEASER in visit.account.roles,
    )


def new(desk: Desk, visit: Visit, *, problem: str = "") -> Response:
    """The form by which a releaser asks; what was typed stays when it was refused."""
    study = desk.site().settings.programme.study
    finished = [each.transcript_id for each in desk.vault().transcripts(state=TranscriptState.DONE)]
    return rendering.page(
        "release_new.html",
        visit,
        status=409 if problem else 200,
        problem=problem,
        study=study,
        finished=finished,
        checked=_checked(desk),
        form=visit.form,
    )


def request(desk: Desk, visit: Visit) -> Response:
    """Ask for a release."""
    try:
        with opened(desk) as releases:
            release = releases.request(
                visit.account,
                transcripts=_chosen(desk, visit),
                recipient=str(visit.form.get("recipient", "")),
                purpose=str(visit.form.get("purpose", "")).strip(),
            )
    except ReleaseError as error:
        return new(desk, visit, problem=str(error))
    return _to(release.release_id)


def show(desk: Desk, visit: Visit) -> Response:
    """One release: where it stands, its files, who did what, and what may be done now."""
    return answer(desk, visit)


def review(desk: Desk, visit: Visit) -> Response:
    """Note that a checker looks at these very files, and show what would leave."""
    with opened(desk) as releases:
        _, contents = releases.review(visit.account, visit.path["release_id"])
    return answer(desk, visit, contents=contents)


def vote(desk: Desk, visit: Visit) -> Response:
    """Vote; the other checker's vote is shown when both are in."""
    try:
        decision = Decision(str(visit.form.get("decision", "")))
    except ValueError:
        raise ReleaseError("choose whether it may be released") from None
    reason = str(visit.form.get("reason", "")).strip()
    with opened(desk) as releases:
        if desk.proxy is not None:  # a proxy's word opens pages; a vote rests on a password
            password = str(visit.form.get("password", ""))[: LONGEST_PASSWORD + 1]
            now = releases.accounts.authenticate(visit.account.name, password)
            marks = (visit.session.password_mark, now.password_mark)
            desk.sessions.go_on(visit.account.name, *marks)
        releases.vote(visit.account, visit.path["release_id"], decision, reason=reason)
    return _to(visit.path["release_id"])


def withdraw_release(desk: Desk, visit: Visit) -> Response:
    """Withdraw, and take the bundle out of the outbox where there is one."""
    reason = str(visit.form.get("reason", "")).strip()
    with opened(desk) as releases:
        withdraw(releases, visit.account, visit.path["release_id"], reason=reason)
    return _to(visit.path["release_id"])


def summary(desk: Desk, visit: Visit) -> Response:
    """The page that travels with the bundle, as a file to keep."""
    with opened(desk) as releases:
        release = releases.standing(visit.path["release_id"]).release
    path = desk.workspace.outbox / release.release_id / "summary.html"
    if release.state is not State.RELEASED or not path.is_file():
        raise ReleaseError("there is no bundle of this release in the outbox")
    name = f"{release.release_id}-summary.html"
    return FileResponse(path, media_type="text/html", filename=name)


def verified(desk: Desk, visit: Visit) -> Response:
    """Hold the bundle in the outbox against its manifest and signature, as its recipient will."""
    with opened(desk) as releases:
        release = releases.standing(visit.path["release_id"]).release
        public_key = releases.site.keys.public_key
    folder = desk.workspace.outbox / release.release_id
    if release.state is not State.RELEASED or not folder.is_dir():
        raise ReleaseError("there is no bundle of this release in the outbox")
    verdict = verify(folder, public_key)
    return rendering.page("release_verified.html", visit, release=release, verdict=verdict)


def answer(
    desk: Desk, visit: Visit, *, contents: Contents | None = None, problem: str = ""
) -> Response:
    """The page of a release; with what would leave, or with what was wrong in its form."""
    release_id = visit.path["release_id"]
    with opened(desk) as releases:
        standing = releases.standing(release_id)
        study = releases.site.settings.programme.study
        today = releases.clock().date()
    release = standing.release
    return rendering.page(
        "release.html",
        visit,
        status=409 if problem else 200,
        problem=problem,
        asks_password=desk.proxy is not None,
        standing=standing,
        release=release,
        contents=contents,
        needed=VOTES_NEEDED,
        files=[pair for each in release.files.values() for pair in sorted(each.items())],
        events=list(read(desk.workspace.events, transcript=release_id, skim=True)),
        may=_allowed(visit.account, release, study, today),
        manifest=_manifest(desk, release),
        diagram=drawn(release.state),
    )


def _allowed(account: Account, release: Release, study: Study, today: Any) -> dict[str, bool]:
    """Which buttons this account is shown."""
    checker, releaser = Role.CHECKER in account.roles, Role.RELEASER in account.roles
    return {
        "review": checker and can_review(release, account.name),
        "build": releaser and can_build(release, study=study, today=today),
        "withdraw": releaser and Step.WITHDRAW in TRANSITIONS[release.state],
    }


def _manifest(desk: Desk, release: Release) -> Any:
    """What the bundle says of itself, where there is one."""
    path = desk.workspace.outbox / release.release_id / MANIFEST
    if release.state is not State.RELEASED or not path.is_file():
        return None
    return json.loads(path.read_bytes())


def _checked(desk: Desk) -> list[str]:
    return [each.transcript_id for each in queue(desk.vault(), Show.CHECKED, limit=-1)]


def _chosen(desk: Desk, visit: Visit) -> list[str]:
    which = str(visit.form.get("which", ""))
    if which == CHOSEN:
        return [str(each) for each in visit.form.getlist("transcript")]
    if which == CHECKED:
        return _checked(desk)
    return [each.transcript_id for each in desk.vault().transcripts(state=TranscriptState.DONE)]


@contextmanager
def opened(desk: Desk) -> Iterator[Releases]:
    """The releases of the desk's workspace, to change them."""
    with open_releases(desk.root, desk.config) as releases:
        yield releases


def _to(release_id: str) -> Response:
    return RedirectResponse(f"/releases/{release_id}", status_code=303)
