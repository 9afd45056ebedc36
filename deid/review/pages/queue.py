"""The first page: what waits for a person, what most needs one first.

It shows ids and counts and no word of a transcript, so that everybody who may sign in may see it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, sqrt

from starlette.datastructures import URL
from starlette.responses import RedirectResponse, Response

from deid.accounts import Role
from deid.errors import Reason
from deid.freshlook import look
from deid.overview import Counts, Row, Show, counts, found, queue
from deid.review import rendering
from deid.review.desk import Desk
from deid.review.figures import page_number
from deid.review.jobs import LOOKING_AGAIN
from deid.review.visit import Visit
from deid.transcript import EntityType

ROWS = 50
_LABELS: Mapping[Show, str] = {
    Show.WAITING: "Waiting for a check",
    Show.CHECKED: "Checked",
    Show.WITHHELD: "Withheld",
    Show.DUE: "Due to be done again",
    Show.ALL: "All",
}
_BAR_WIDTH, _BAR_HEIGHT = 8, 24


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a row's sparkline, in the units of its drawing."""

    type: str
    count: int
    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address says; anything else in it is left out."""

    show: Show = Show.WAITING
    reason: str = ""
    entity_type: str = ""
    number: int = 1

    @classmethod
    def of(cls, visit: Visit) -> "Choice":
        """As asked for, and the default where that does not exist."""
        asked = visit.query
        show, reason, entity_type = (asked.get(key, "") for key in ("show", "reason", "type"))
        return cls(
            show=Show(show) if show in set(Show) else Show.WAITING,
            reason=reason if reason in set(Reason) else "",
            entity_type=entity_type if entity_type in set(EntityType) else "",
            number=page_number(asked.get("page", "")),
        )

    def address(self, **changed: object) -> str:
        """The page's address with something else chosen."""
        now = {
            "show": self.show.value,
            "reason": self.reason,
            "type": self.entity_type,
            "page": self.number,
            **changed,
        }
        told = {key: value for key, value in now.items() if value not in {"", 1}}
        return str(URL("/").include_query_params(**told))


def look_again(desk: Desk, visit: Visit) -> Response:
    """Start a fresh look at every output that nobody has looked at; leads back to the queue."""
    steps = look(desk.root, desk.config, actor=visit.account.name)
    job = desk.jobs.start_in_turns(visit.account.name, "/", steps, title=LOOKING_AGAIN)
    return RedirectResponse(f"/jobs/{job.id}", status_code=303)


def show(desk: Desk, visit: Visit) -> Response:
    """The queue as chosen."""
    vault, choice = desk.vault(), Choice.of(visit)
    wanted = {"reason": choice.reason, "entity_type": choice.entity_type}
    total = found(vault, choice.show, **wanted)
    rows = list(queue(vault, choice.show, **wanted, limit=ROWS, offset=(choice.number - 1) * ROWS))
    told = counts(vault)
    return rendering.page(
        "queue.html",
        visit,
        choice=choice,
        rows=[(row, _bars(row, told)) for row in rows],
        total=total,
        first=(choice.number - 1) * ROWS,
        pages=max(1, ceil(total / ROWS)),
        counts=told,
        may_look=Role.CHECKER in visit.account.roles,
        labels=_LABELS,
        types=[each for each in told.redactions if each],
        bar_width=_BAR_WIDTH,
        bar_height=_BAR_HEIGHT,
    )


def _bars(row: Row, told: Counts) -> list[Bar]:
    """Redactions of a transcript by type, as square roots; a type has one place in every row."""
    if row.overview is None:
        return []
    most = max(row.overview.redactions.values(), default=1)
    bars = []
    for place, entity_type in enumerate(told.redactions):
        count = row.overview.redactions.get(entity_type, 0)
        height = ceil(sqrt(count / most) * _BAR_HEIGHT)
        bars.append(Bar(entity_type, count, place * _BAR_WIDTH, _BAR_HEIGHT - height, height))
    return bars
