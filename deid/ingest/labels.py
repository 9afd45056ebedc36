"""Who is speaking: which of the lines that look labelled are, given the whole file.

A label is often a name, so a label that is missed stays in the text under the eyes of the
recognisers, but a false one ("So I said to him: no") would cut speech in two. What a line looks
like (:mod:`deid.ingest.forms`) is therefore kept apart from what the file makes credible
(:class:`Book`): labels come again, are set off in one way, and take turns. So a person whose name
is an everyday word ("So") is heard where that word stands in the turn of an answer, and not where
it opens a sentence.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from deid.ingest import times
from deid.ingest.forms import Candidate, Form, Mark, candidate, changed
from deid.ingest.shapes import Shape, is_tag, shape_of
from deid.ingest.turns import taking_turns

_OFTEN = 3
_MOSTLY = 0.5
_SOME = 0.2
_FIRM = frozenset({Shape.ROLE, Shape.NAME, Shape.EITHER})
_LOOSE = frozenset({Shape.HANDLE, Shape.WEAK})


@dataclass(frozen=True, slots=True)
class Book:
    """What the whole file makes credible. Built once a file, asked for every line.

    Attributes:
        counts: How often each label stands in each form.
        names: How often each label stands in any form but before a dash.
        dense: Whether half of the lines look like label, colon and speech.
        labelled: Whether labels come again after a colon, or many lines have one.
        marks: What stands before the labels of this file.
        brackets: Share of the lines that begin with brackets alone; 0 where another form prevails.
        tabbed: Whether a role or name that comes again is set off by a tab.
        turns: Labels that take turns with credible ones in their form.
    """

    counts: Counter[tuple[str, Form]] = field(repr=False)
    names: Counter[str] = field(repr=False)
    dense: bool
    labelled: bool
    marks: frozenset[Mark] = frozenset({Mark.NONE})
    brackets: float = 0.0
    tabbed: bool = False
    turns: frozenset[tuple[str, Form]] = field(default=frozenset(), repr=False)

    @classmethod
    def of(cls, lines: Iterable[str]) -> Self:
        """Survey all lines of a file."""
        seen = [candidate(line) for line in lines if line.strip()]
        total, marks = max(1, len(seen)), _marks(seen)
        read = [found for found in seen if found and found.mark in marks]
        counts = Counter((found.key, found.form) for found in read)
        names: Counter[str] = Counter()
        for (key, form), count in counts.items():
            if form is not Form.DASH:
                names[key] += count
        bracketed = _brackets(read)
        firm = sum(found.shape in _FIRM and _set_off(found) for found in read) + bracketed
        loose = sum(found.form is Form.COLON and found.shape is not Shape.NONE for found in read)
        repeated = any(form is Form.COLON and count > 1 for (_, form), count in counts.items())
        book = cls(
            counts=counts,
            names=names,
            dense=loose >= _MOSTLY * total and loose > 0,
            labelled=repeated or (firm >= 0.3 * total and firm > 0),
            marks=marks,
            brackets=bracketed / total,
        )
        tabbed = any(
            found.form is Form.TAB and counts[found.key, Form.TAB] > 1 and book.believes(found)
            for found in read
        )
        placed = [found if found and found.mark in marks else None for found in seen]
        return replace(book, tabbed=tabbed, turns=taking_turns(placed, book.believes))

    def label(self, line: str) -> Candidate | None:
        """The line's label where it is credible in this file, else None."""
        found = candidate(line)
        if found is None or found.mark not in self.marks:
            return None
        if self.believes(found):
            return found
        chevron = found.mark is Mark.CHEVRON
        return changed(found.begin, found.stamps) if chevron else None

    def believes(self, found: Candidate) -> bool:
        """Whether what looks like a label is one in this file."""
        if found.shape is Shape.NONE:
            return found.form in (Form.VOICE, Form.CHANGE)
        if found.form is Form.VOICE or self._takes_turns(found):
            return True
        count = self.counts[found.key, found.form]
        match found.form:
            case Form.COLON:
                return self._colon(found, count)
            case Form.DASH:
                return self._dash(found, count)
            case Form.BRACKET:
                return self._bracket(found, count)
            case _:
                return self._set_apart(found, count)

    def _takes_turns(self, found: Candidate) -> bool:
        competes = self.dense and found.form is Form.DASH
        return (found.key, found.form) in self.turns and not competes

    def _set_apart(self, found: Candidate, count: int) -> bool:
        """A label set off by a time, a tab or its own line."""
        role, loose = found.shape is Shape.ROLE, found.shape in _LOOSE
        match found.form:
            case Form.HEADER if loose:
                return not found.timed and count > 1
            case Form.HEADER:
                return role or not found.timed or count > 1 or self.names[found.key] > 1
            case Form.ALONE:
                return role and count > 1
            case Form.TAB if loose:
                return self.tabbed and count > 1
            case Form.TAB:
                return role or self.tabbed or count > 1
            case _:
                return role or (count > 1 and not loose)

    def _colon(self, found: Candidate, count: int) -> bool:
        match found.shape:
            case Shape.ROLE:
                return True
            case Shape.NAME | Shape.EITHER:
                marked = found.mark is not Mark.NONE
                return count > 1 or marked or self.labelled or self.names[found.key] > 1
            case Shape.HANDLE:
                return count > 1 or self.dense
            case _:
                return count >= _OFTEN and self.dense

    def _dash(self, found: Candidate, count: int) -> bool:
        """A dash also breaks off speech, so it must not compete with labels set off by a colon."""
        if found.shape not in (Shape.ROLE, Shape.NAME):
            return False
        if self.dense:
            return self.names[found.key] > 1
        return count > 1 or shape_of(found.key, titled=True) is Shape.NAME

    def _bracket(self, found: Candidate, count: int) -> bool:
        """Brackets also hold what is heard ("[laughs]"), so they must be how this file labels."""
        if is_tag(found.key):
            return False
        once = found.shape in _FIRM and self.brackets >= _MOSTLY
        return once or (count > 1 and self.brackets >= _SOME)


def _set_off(found: Candidate) -> bool:
    """Whether more than a dash or a bracket sets the label off."""
    return found.form not in (Form.DASH, Form.BRACKET)


def _marks(seen: Sequence[Candidate | None]) -> frozenset[Mark]:
    """The marks that stand before labels here: a list inside a labelled file has them, too."""
    rows: defaultdict[Mark, list[Candidate]] = defaultdict(list)
    for found in seen:
        if found and _set_off(found):
            rows[found.mark].append(found)
    plain = sum(found.shape in _FIRM and found.form is not Form.ALONE for found in rows[Mark.NONE])
    leading = {mark for mark, row in rows.items() if len(row) >= plain and _leads(row, len(seen))}
    again = {mark for mark in leading | {Mark.CHEVRON} if len(rows[mark]) > 1}
    return frozenset(again | {Mark.NONE})


def _leads(row: Sequence[Candidate], lines: int) -> bool:
    """Whether speakers stand behind a mark: a role, a name that comes again, or mostly names."""
    names = [found.key for found in row if found.shape in _FIRM]
    role = any(found.shape is Shape.ROLE for found in row)
    return role or len(set(names)) < len(names) or len(names) > _MOSTLY * lines


def _brackets(read: Sequence[Candidate]) -> int:
    """How many lines begin with a label in brackets, 0 where more have one of another form."""
    forms = Counter(
        found.form
        for found in read
        if found.shape in _FIRM | _LOOSE and not (found.form is Form.BRACKET and is_tag(found.key))
    )
    bracketed = forms[Form.BRACKET]
    return bracketed if bracketed > 1 and bracketed >= forms[Form.COLON] + forms[Form.TAB] else 0


_CELL_STAMP = re.compile(rf"^(?P<time>{times.WEAK})\s*|\s*(?P<last>{times.WEAK})$")


def speaker_of(cell: str) -> tuple[str, times.Stamps]:
    """The label in a speaker cell, without the colon and time stamp written beside it."""
    label = cell.strip()
    stamps: times.Stamps = (None, None)
    found = _CELL_STAMP.search(label.rstrip(": "))
    if found:
        stamps = times.milliseconds(found[0])
        label = label[: found.start()] + label[found.end() :]
    return label.strip().rstrip(":\uff1a").rstrip(), stamps
