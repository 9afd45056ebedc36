"""Who and what a transcript speaks of: merging two that are one, and telling the register a name.

It shows names, so it stands under a transcript and every view of it is audited like one.
"""

from collections.abc import Sequence
from functools import partial

from starlette.responses import Response

from deid.audit import AuditLog
from deid.deciding import open_deciding
from deid.detect.words.gazetteer import is_common
from deid.errors import DeidError
from deid.plan import Rerun
from deid.registering import add_alias
from deid.review import rendering
from deid.review.asking import identity_called
from deid.review.desk import Desk
from deid.review.pages.deciding import REFUSED, redone, started, why_not
from deid.review.pages.transcript import record_of
from deid.review.people import people_of
from deid.review.visit import Visit
from deid.run import preview


def show(desk: Desk, visit: Visit) -> Response:
    """The page."""
    return _answer(desk, visit)


def merge(desk: Desk, visit: Visit) -> Response:
    """Make one identity of two, and do again whatever has the one that goes."""
    try:
        keep, absorb = (
            identity_called(str(visit.form.get(field, "")), desk.vault())
            for field in ("keep", "absorb")
        )
        with open_deciding(desk.root, desk.config, is_common=is_common) as deciding:
            recorded = deciding.merge(visit.account, keep=keep.id, absorb=absorb.id)
    except DeidError as error:
        return _answer(desk, visit, problem=why_not(error), status=REFUSED)
    return redone(desk, visit, recorded.due or (visit.path["transcript_id"],))


def alias(desk: Desk, visit: Visit) -> Response:
    """Add a name to an entry of the register, and do again what the change touches."""
    reference, said = (str(visit.form.get(field, "")).strip() for field in ("reference", "alias"))
    site = desk.site()
    try:
        log = AuditLog(site.workspace.events, site.keys)
        add_alias(site.workspace, log, reference, said, actor=visit.account.name)
    except DeidError as error:
        return _answer(desk, visit, problem=why_not(error), status=REFUSED)
    return started(desk, visit, partial(_touched, desk, visit.path["transcript_id"]))


def _touched(desk: Desk, transcript_id: str) -> Sequence[str]:
    """What a changed register touches of what was done before; new files wait for a run."""
    due = preview(desk.root, desk.config, rerun=Rerun.TOUCHED)
    return [item.transcript_id for item in due.todo] or [transcript_id]


def _answer(desk: Desk, visit: Visit, *, problem: str = "", status: int = 200) -> Response:
    vault = desk.vault()
    record = record_of(vault, visit)
    return rendering.page(
        "identities.html",
        visit,
        status=status,
        record=record,
        people=people_of(vault, record.transcript_id),
        register=desk.site().register.people,
        typed={name: str(value) for name, value in visit.form.items()},
        problem=problem,
    )
