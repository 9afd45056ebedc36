"""One redaction of a transcript: how it came about, and what may be decided about it.

It is named by its place in the raw text, which stays what it is when the transcript is done again.
"""

from starlette.responses import Response

from deid.errors import ReviewError
from deid.review import rendering, wording
from deid.review.asking import Asked
from deid.review.desk import Desk
from deid.review.pages.transcript import record_of
from deid.review.people import Who, people_of
from deid.review.viewing import aligned_now, view
from deid.review.visit import Visit


def show(desk: Desk, visit: Visit) -> Response:
    """The page."""
    return answer(desk, visit, asked=Asked.of(visit.query))


def answer(
    desk: Desk, visit: Visit, *, asked: Asked, problem: str = "", status: int = 200
) -> Response:
    """The page, or one of its forms sent back: as filled in, with what is wrong.

    Raises:
        ReviewError: Nothing is replaced at this place now.
    """
    vault = desk.vault()
    record = record_of(vault, visit)
    shown = view(aligned_now(desk.site(), vault, record), vault)
    where = (asked.turn, asked.part, asked.start, asked.end)
    for each in shown.marked:
        place, identity_id = each.mention.place, each.mention.identity_id
        if where == (str(place.turn), place.part.value, str(place.start), str(place.end)):
            return rendering.page(
                "mention.html",
                visit,
                status=status,
                record=record,
                each=each,
                turn=shown.turns[place.turn],
                asked=asked,
                problem=problem,
                who=None if identity_id is None else Who.of(vault, identity_id),
                people=people_of(vault, record.transcript_id),
                wording=wording,
            )
    raise ReviewError("nothing is replaced at this place now; go back to the transcript")
