"""Labels that take turns: who must be speaking because else one person would follow himself.

Between two turns of an interviewer somebody answers. Where a doubtful label ("So", "Will")
stands there, again and again, it is a name; where it opens a sentence of the answer, the label
before it is another person's than the one after.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from deid.ingest.forms import Candidate, Form
from deid.ingest.shapes import Shape

_MOSTLY = 0.5
_THIRD = 3


def taking_turns(
    lines: Sequence[Candidate | None], credible: Callable[[Candidate], bool]
) -> frozenset[tuple[str, Form]]:
    """Key and form of the doubtful labels that stand where a credible speaker would follow himself.

    Only the first one after a credible label counts, and all together they have to fill at least
    half of these places: answers that now and then begin with "Well - " do not.

    Args:
        lines: What each line of a file that is not blank looks like.
        credible: Whether a label is believed as it is.
    """
    counts = Counter((found.key, found.form) for found in lines if found)
    survey = _Survey()
    sure = [found is not None and credible(found) for found in lines]
    for place, found in enumerate(lines):
        if found is None:
            continue
        if sure[place]:
            survey.sure(found)
        elif _possible(found, counts) and not (found.form is Form.ALONE and _answers(sure, place)):
            survey.doubtful(found)
    return frozenset(survey.takers(counts))


@dataclass(slots=True)
class _Survey:
    """For each form: who spoke last, what doubtful label followed, and the tallies."""

    last: dict[Form, str] = field(default_factory=dict)
    first: dict[Form, str] = field(default_factory=dict)
    places: Counter[Form] = field(default_factory=Counter)
    taken: Counter[Form] = field(default_factory=Counter)
    filled: Counter[tuple[str, Form]] = field(default_factory=Counter)

    def doubtful(self, found: Candidate) -> None:
        self.first.setdefault(found.form, found.key)

    def sure(self, found: Candidate) -> None:
        between = self.first.pop(found.form, None)
        if self.last.get(found.form) == found.key:
            self.places[found.form] += 1
            if between is not None:
                self.taken[found.form] += 1
                self.filled[between, found.form] += 1
        self.last[found.form] = found.key

    def takers(self, counts: Counter[tuple[str, Form]]) -> set[tuple[str, Form]]:
        return {
            (key, form)
            for (key, form), count in self.filled.items()
            if self.taken[form] >= _MOSTLY * self.places[form]
            and _THIRD * count >= counts[key, form]
        }


def _possible(found: Candidate, counts: Counter[tuple[str, Form]]) -> bool:
    """Whether this may be a label: it comes again, or is a name as likely as a word."""
    if found.form is Form.ALONE:
        return found.shape is not Shape.HANDLE and counts[found.key, found.form] > 1
    again = found.shape is Shape.EITHER or counts[found.key, found.form] > 1
    return again and found.shape is not Shape.NONE


def _answers(sure: Sequence[bool], place: int) -> bool:
    """Whether a line follows a label as its speech, or precedes one and so has no speech."""
    return any(sure[max(0, place - 1) : place + 2]) or place + 1 == len(sure)
