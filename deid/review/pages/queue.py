"""The first page: what waits for a person."""

from starlette.responses import Response

from deid.review import rendering
from deid.review.desk import Desk
from deid.review.visit import Visit


def show(desk: Desk, visit: Visit) -> Response:
    """All transcripts."""
    return rendering.page("queue.html", visit, records=list(desk.vault().transcripts()))
