"""A checker's form, as typed, and what it asks for.

What was typed is kept as it is, so that a refused form comes back filled in. Words are found
in the turn as people see them: whatever the case, the spaces and the hidden characters are.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields

from deid.deciding import Wanted
from deid.decisions import Kind, Reach
from deid.errors import ReviewError
from deid.review.figures import figure
from deid.subjects import THING_KINDS
from deid.transcript import EntityType, Part, Place, Transcript, Turn
from deid.vault import Identity, Vault
from deid.visible import visible

NEW = "new"
_PSEUDONYM = re.compile(r"\[?\s*([A-Za-z][A-Za-z -]{0,80}?)\s+(\d{1,9})\s*\]?")
_LONGEST = 1_000
"""Characters of words or a pseudonym that are looked for; nobody types more."""
_NAMED = frozenset(
    {EntityType.PERSON, EntityType.LOCATION, EntityType.ORGANIZATION}
    | {EntityType.STREET_ADDRESS, EntityType.UK_POSTCODE}
)


@dataclass(frozen=True, slots=True)
class Asked:
    """The fields of a decision's form, as typed.

    Attributes:
        kind: A ``Kind``.
        turn: Number of the turn.
        part: A ``Part``, or "" when it was not pointed at.
        start: Offset into the raw part, or "".
        end: Likewise.
        words: The words meant.
        which: Which time they stand in the turn, from 1, or "".
        entity_type: An ``EntityType``.
        identity: Number of an identity, "new", or "" to leave it to the program.
        pseudonym: Of somebody who is not in the list; wins over ``identity``.
        reach: A ``Reach``.
    """

    kind: str = Kind.MASK
    turn: str = ""
    part: str = ""
    start: str = ""
    end: str = ""
    words: str = field(default="", repr=False)
    which: str = ""
    entity_type: str = EntityType.PERSON
    identity: str = ""
    pseudonym: str = ""
    reach: str = Reach.TRANSCRIPT

    @classmethod
    def of(cls, form: Mapping[str, object]) -> "Asked":
        """The fields of a form; what it lacks is as it is in an empty one."""
        given = {each.name: str(form[each.name]) for each in fields(cls) if each.name in form}
        return cls(**{name: value.strip() for name, value in given.items()})

    def wanted(self, transcript_id: str, raw: Transcript, vault: Vault) -> Wanted:
        """What is asked for.

        Raises:
            ReviewError: A field is missing or does not fit the others; the message is for the form.
        """
        kind, reach, entity_type = self._choices()
        identity = None if kind is Kind.KEEP else self._identity(entity_type, vault)
        new = kind is not Kind.KEEP and self.identity == NEW and not self.pseudonym
        if new and entity_type is not EntityType.PERSON:
            raise ReviewError("only a person's name can be somebody new's")
        if kind is Kind.ASSIGN and identity is None and not new:
            raise ReviewError("say whose name it is")
        if kind is Kind.ASSIGN and reach is Reach.STUDY:
            raise ReviewError("a name is given to somebody within one transcript")
        return Wanted(
            kind=kind,
            reach=reach,
            transcript_id=transcript_id,
            place=self._place(raw, reach),
            entity_type=entity_type,
            identity_id=identity.id if identity else None,
            somebody_new=new,
        )

    def _choices(self) -> tuple[Kind, Reach, EntityType]:
        try:
            return Kind(self.kind), Reach(self.reach), EntityType(self.entity_type)
        except ValueError:
            raise ReviewError("choose what it is and how far this reaches") from None

    def _place(self, raw: Transcript, reach: Reach) -> Place:
        number = figure(self.turn)
        if number is None or number >= len(raw.turns):
            raise ReviewError(f"type the number of a turn, 0 to {len(raw.turns) - 1}")
        turn = raw.turns[number]
        pointed = self._pointed(turn)
        if pointed:
            return pointed
        if not self.words or len(self.words) > _LONGEST:
            raise ReviewError("select or type the words that are meant")
        found = [*_found(turn, Part.TEXT, self.words), *_found(turn, Part.SPEAKER, self.words)]
        if not found:
            raise ReviewError("these words do not stand in this turn as whole words")
        if len(found) > 1 and reach is Reach.HERE and not self.which:
            raise ReviewError(f"these words stand {len(found)} times in this turn: say which")
        which = figure(self.which or "1") or 0
        if not 1 <= which <= len(found):
            raise ReviewError(f"these words stand {len(found)} times in this turn: say which")
        return found[which - 1]

    def _pointed(self, turn: Turn) -> Place | None:
        """The place that was selected, without what stands around its words; None when typed."""
        start, end = figure(self.start), figure(self.end)
        if start is None or end is None:
            return None
        part = Part.SPEAKER if self.part == Part.SPEAKER else Part.TEXT
        text = turn.part(part)
        if end > len(text):
            raise ReviewError("what was marked does not stand in this turn; mark it again")
        if self.words and "".join(text[start:end].split()) != "".join(self.words.split()):
            return None
        while start < end and not text[start : start + 1].isalnum():
            start += 1
        while start < end and not text[end - 1 : end].isalnum():
            end -= 1
        return Place(turn.number, part, start, end) if start < end else None

    def _identity(self, entity_type: EntityType, vault: Vault) -> Identity | None:
        if self.pseudonym:
            found = identity_called(self.pseudonym, vault)
        else:
            number = figure(self.identity)
            if number is None:
                return None
            found = vault.identity(number)
        thing = found.kind in THING_KINDS
        if entity_type not in _NAMED or thing is (entity_type is EntityType.PERSON):
            raise ReviewError("a person's name belongs to a person, a place's to a place")
        return found


def identity_called(pseudonym: str, vault: Vault) -> Identity:
    """Whom a pseudonym stands for, with or without its brackets.

    Raises:
        ReviewError: There is no such pseudonym.
    """
    said = _PSEUDONYM.fullmatch(pseudonym.strip()[:_LONGEST])
    found = vault.identity_by_pseudonym(said[1], int(said[2])) if said else None
    if found is None:
        raise ReviewError("there is no such pseudonym; write it as in the output, such as: Nurse 2")
    return found


def _found(turn: Turn, part: Part, words: str) -> Iterator[Place]:
    """Everywhere the words stand as whole words in a part of a turn."""
    view = visible(turn.part(part))
    said = visible(words).text.split()
    pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, said)) + r"(?!\w)"
    for match in re.finditer(pattern, view.text, re.IGNORECASE) if said else ():
        start, end = view.source(*match.span())
        yield Place(turn.number, part, start, end)
