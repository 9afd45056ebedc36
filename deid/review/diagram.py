"""The states of a release as a drawing, made from the one table of steps.

Only where each state stands is written here; which arrows there are comes from the table, and a
test proves that every state has its place.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from deid.release import TRANSITIONS, State, Step

WIDTH, HEIGHT = 900, 230
BOX_WIDTH, BOX_HEIGHT = 140, 44
PLACES: Mapping[State, tuple[int, int]] = {
    State.REQUESTED: (10, 40),
    State.UNDER_REVIEW: (256, 40),
    State.APPROVED: (502, 40),
    State.RELEASED: (748, 40),
    State.REJECTED: (256, 170),
    State.WITHDRAWN: (748, 170),
}


@dataclass(frozen=True, slots=True)
class Box:
    """One state; ``here`` is where the release stands."""

    state: State
    x: int
    y: int
    here: bool


@dataclass(frozen=True, slots=True)
class Arrow:
    """A step from one state to another, as a path; ``back`` when votes are void."""

    path: str
    back: bool
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes and arrows in the units of a 900 by 230 view."""

    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    width: int = WIDTH
    height: int = HEIGHT
    box_width: int = BOX_WIDTH
    box_height: int = BOX_HEIGHT


def drawn(here: State) -> Drawing:
    """The diagram with one state marked."""
    boxes = tuple(Box(state, *PLACES[state], state is here) for state in State)
    steps: dict[tuple[State, State], list[Step]] = {}
    for state, ways in TRANSITIONS.items():
        for step, to in ways.items():
            if to is not state:
                steps.setdefault((state, to), []).append(step)
    arrows = (
        Arrow(_path(start, to), Step.VOID in taken, tuple(taken))
        for (start, to), taken in steps.items()
    )
    return Drawing(boxes, tuple(arrows))


def _path(start: State, to: State) -> str:
    (x1, y1), (x2, y2) = PLACES[start], PLACES[to]
    if y1 == y2 and x1 < x2:
        middle = y1 + BOX_HEIGHT // 2
        return f"M{x1 + BOX_WIDTH} {middle} L{x2 - 8} {middle}"
    if y1 == y2:
        top = 14 if x1 - x2 > 2 * BOX_WIDTH else 26
        from_x, to_x = x1 + BOX_WIDTH // 2, x2 + BOX_WIDTH // 2 + (30 if top > 20 else 0)  # noqa: PLR2004 - of the two heights above
        return f"M{from_x} {y1} L{from_x} {top} L{to_x} {top} L{to_x} {y2 - 8}"
    if x1 == x2:
        across = x1 + BOX_WIDTH // 2
        return f"M{across} {y1 + BOX_HEIGHT} L{across} {y2 - 8}"
    low = {State.REQUESTED: 130, State.UNDER_REVIEW: 118, State.APPROVED: 106}.get(start, 130)
    from_x, to_x = x1 + BOX_WIDTH - 24, x2 + 20
    return f"M{from_x} {y1 + BOX_HEIGHT} L{from_x} {low} L{to_x} {low} L{to_x} {y2 - 8}"
