"""The chain badge: the whole log verified on demand, and every file that it names.

A long log with its files takes a while, so it is work of its own beside everything else. What was
found is remembered until the desk ends, with when and for whom: it says how things were then.
"""

from datetime import UTC, datetime
from functools import partial

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from starlette.responses import RedirectResponse, Response

from deid.audit import verify
from deid.review import rendering
from deid.review.desk import Desk, Verified
from deid.review.jobs import Report
from deid.review.visit import Visit

_TITLE = "Verifying the log"


def start(desk: Desk, visit: Visit) -> Response:
    """Verify the whole log now; leads to what was found."""
    key = desk.site().keys.public_key
    work = partial(_verify, desk, key, visit.account.name)
    job = desk.jobs.start(visit.account.name, "/audit/verified", work, title=_TITLE, beside=True)
    return RedirectResponse(f"/jobs/{job.id}", status_code=303)


def show(desk: Desk, visit: Visit) -> Response:
    """What the last verification found."""
    return rendering.page("audit_verified.html", visit, verified=desk.verified)


def _verify(desk: Desk, key: Ed25519PublicKey, account: str, _report: Report) -> None:
    desk.verified = Verified(datetime.now(UTC), account, verify(desk.root, key))
