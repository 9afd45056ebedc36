"""Decisions applied to what was detected in one transcript.

What is to be kept is taken away first and what is to be masked is added after, so that of two
decisions that contradict one another the safe one wins. Whoever says of what type something is says
that it is to be masked; of two such the last word counts. Where a place is no longer what it was
when somebody pointed at it (the file was changed), a mask holds for the words wherever they stand,
and the rest for nothing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from deid.decisions.decision import Decision, Kind, Reach
from deid.repeats import Sought, folded, keys, repeats
from deid.resolve import extend
from deid.transcript import Annotation, Detection, EntityType, Place, Transcript

RECOGNISER = "person"
_SURE = 1.0


@dataclass(frozen=True, slots=True)
class Decided:
    """A transcript's annotations after people had their say.

    Attributes:
        annotations: Disjoint, in file order.
        meant: Place in ``annotations`` to the identity that a person gave the name to.
        kept: Words that a person wants left standing here.
    """

    annotations: tuple[Annotation, ...]
    meant: Mapping[int, int] = field(default_factory=dict)
    kept: frozenset[str] = field(default=frozenset(), repr=False)


class Decisions:
    """All decisions of a study that hold."""

    def __init__(self, decisions: Iterable[Decision], *, is_common: Callable[[str], bool]) -> None:
        """``is_common``: whether a folded word is ordinary English."""
        self._decisions = tuple(each for each in decisions if not each.void)
        self._is_common = is_common

    def on(
        self, transcript_id: str, transcript: Transcript, annotations: Sequence[Annotation]
    ) -> Decided:
        """The annotations of a transcript as people want them."""
        here = [each for each in self._decisions if each.holds_in(transcript_id)]
        if not here:
            return Decided(tuple(annotations))
        keep = [each for each in here if each.kind is Kind.KEEP]
        left = [each for each in annotations if not _is_kept(each, keep, transcript)]
        masks = [each for each in here if each.kind in {Kind.MASK, Kind.RETYPE}]
        done = extend(transcript, left, self._marked(masks, transcript))
        retypes = [each for each in here if each.kind is Kind.RETYPE]
        done = tuple(_retyped(each, retypes, transcript) for each in done)
        return Decided(
            done,
            meant=dict(_meant(here, done, transcript)),
            kept=frozenset(each.text for each in keep),
        )

    def _marked(self, masks: Iterable[Decision], transcript: Transcript) -> Iterator[Detection]:
        sought: dict[tuple[str, ...], Sought] = {}
        for each in masks:
            if each.reach is Reach.HERE and _still_there(each, transcript):
                rule = f"{each.kind}-{each.reach}"
                yield Detection(each.place, each.entity_type, _SURE, RECOGNISER, rule)
                continue
            if _still_there(each, transcript):
                rule = f"{each.kind}-{Reach.HERE}"
                yield Detection(each.place, each.entity_type, _SURE, RECOGNISER, rule)
            sought.update(self._sought(each))
        yield from repeats(transcript, sought, RECOGNISER)

    def _sought(self, mask: Decision) -> Iterator[tuple[tuple[str, ...], Sought]]:
        """The words as marked; and, of a name, its distinctive parts.

        Ordinary words marked with a capital are meant as a name, so they are masked where a name
        would stand; marked without, they are masked wherever they stand.
        """
        whole = folded(mask.text)
        rule = f"{mask.kind}-{mask.reach}"
        capital = any(map(str.isupper, mask.text))
        for key, _ in [(whole, ""), *keys(mask.text, mask.entity_type, self._is_common)]:
            if key:
                found = Sought.of(key, mask.entity_type, _SURE, rule, is_common=self._is_common)
                spared = found.needs_capital and (capital or key != whole)
                yield key, replace(found, needs_capital=spared)


def is_decided(annotation: Annotation) -> bool:
    """Whether a person's word is among the reasons for an annotation."""
    return any(rule.startswith(f"{RECOGNISER}/") for rule in annotation.rules)


def _said(transcript: Transcript, place: Place) -> str:
    return transcript.turns[place.turn].part(place.part)[place.start : place.end]


def _still_there(decision: Decision, transcript: Transcript) -> bool:
    """Whether the words stand where they stood when the decision was made."""
    return (
        decision.place.turn < len(transcript.turns)
        and _said(transcript, decision.place) == decision.text
    )


def _is_kept(annotation: Annotation, keep: Iterable[Decision], transcript: Transcript) -> bool:
    words = folded(_said(transcript, annotation.place))
    return any(
        words == folded(each.text)
        and (each.reach is not Reach.HERE or each.place == annotation.place)
        for each in keep
    )


def _retyped(
    annotation: Annotation, retypes: Sequence[Decision], transcript: Transcript
) -> Annotation:
    """An annotation under the type that a person gave to these very words."""
    words = folded(_said(transcript, annotation.place))
    for each in reversed(retypes):
        here = each.place == annotation.place
        if words == folded(each.text) and (here or each.reach is not Reach.HERE):
            rule = f"{RECOGNISER}/{each.kind}-{each.reach}"
            rules = tuple(dict.fromkeys([rule, *annotation.rules]))
            return replace(annotation, entity_type=each.entity_type, score=_SURE, rules=rules)
    return annotation


def _meant(
    decisions: Iterable[Decision], annotations: Sequence[Annotation], transcript: Transcript
) -> Iterator[tuple[int, int]]:
    """Whose name the annotations are, as far as a person said; the last word counts."""
    named = [each for each in decisions if each.identity_id is not None]
    for index, annotation in enumerate(annotations):
        words = folded(_said(transcript, annotation.place))
        for each in reversed(named):
            here = each.place == annotation.place
            alike = each.reach is not Reach.HERE and words == folded(each.text)
            if (
                each.identity_id is not None
                and (here or alike)
                and _kin(each.entity_type, annotation.entity_type)
            ):
                yield index, each.identity_id
                break


def _kin(one: EntityType, other: EntityType) -> bool:
    """Whether both are people, or neither is."""
    return (one is EntityType.PERSON) == (other is EntityType.PERSON)
