"""Who and what a transcript speaks of: annotations grouped by the person or place they mean.

One person is one subject whatever they are called: label, full name, short name, nickname,
mis-hearing, possessive. Two who share a first name are two where the text or the register tells
them apart; where it does not, the bare name is a subject of its own, marked ambiguous. Grouping
never decides what is masked, so a wrong guess here confuses two people and uncovers nobody.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from deid.naming import is_short_form, name_words, sounds_like
from deid.register import Person, Register
from deid.transcript import Annotation, EntityType, Part, Transcript
from deid.visible import visible

PERSON_KIND = "Person"

_ROLE_BEFORE: Mapping[str, str] = {
    "dr": "Doctor",
    "doctor": "Doctor",
    "nurse": "Nurse",
    "matron": "Nurse",
    "professor": "Professor",
    "prof": "Professor",
}
_TITLE = re.compile(r"\b(?:(dr|prof)\.?|(doctor|nurse|matron|professor))\s+$", re.IGNORECASE)
_ROLE_BESIDE = re.compile(
    r"\b(doctor|gp|nurse|physio(?:therapist)?|psychologist|pharmacist|tutor|volunteer|carer"
    r"|interviewer|facilitator|moderator|researcher|participant|patient)\b",
    re.IGNORECASE,
)
_ROLE_NAMES: Mapping[str, str] = {"gp": "Doctor", "physio": "Physiotherapist"}
_ORGANISATION_KINDS: tuple[tuple[str, str], ...] = (
    (r"hospital|infirmary", "Hospital"),
    (r"hospice", "Hospice"),
    (r"surgery|practice|medical centre|health centre|clinic|doctors", "Surgery"),
    (r"school|academy|primary|nursery", "School"),
    (r"university|college|uni", "University"),
    (r"group|club|society|network|choir|circle|cafe", "Group"),
    (r"church|mosque|temple|chapel|synagogue|gurdwara", "Place of worship"),
)
_STREET = re.compile(r"\b(?:street|road|avenue|lane|close|drive|crescent|terrace)$", re.IGNORECASE)
_FIXED_KINDS: Mapping[EntityType, str] = {
    EntityType.STREET_ADDRESS: "Address",
    EntityType.UK_POSTCODE: "Postcode",
}
_PLACE_KINDS = frozenset({"City", "Town", "Village", "Hamlet", "Suburb", "Street", "Place"})

THING_KINDS = frozenset(
    {*_FIXED_KINDS.values(), *(kind for _, kind in _ORGANISATION_KINDS), "Organisation"}
    | _PLACE_KINDS
)
"""Kinds of places and organisations; every other kind is a person's."""


@dataclass(frozen=True, slots=True)
class Subject:
    """One person, place or organisation of one transcript.

    Attributes:
        kind: What stands in the pseudonym's brackets: "Nurse", "Town", "Hospital".
        names: Every normalised way it was named here, the fullest first; never empty.
        reference: The register's id of the person, or "".
        mentions: Places in the transcript's tuple of annotations.
        ambiguous: Whether a bare name may mean more than one person known here.
    """

    kind: str
    names: tuple[str, ...] = field(repr=False)
    reference: str
    mentions: tuple[int, ...]
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class _Mention:
    index: int
    words: tuple[str, ...]
    kind: str


def subjects(
    transcript: Transcript,
    annotations: Sequence[Annotation],
    register: Register,
    *,
    place_kind: Callable[[str], str],
) -> tuple[Subject, ...]:
    """All subjects, in the order of their first mention.

    Args:
        transcript: What the annotations count in.
        annotations: Disjoint, in file order.
        register: Who is known; empty where there is none.
        place_kind: From the words of a place to what it is: "Town", "Village", "Place".
    """
    mentions = [
        _mention(transcript, annotation, index)
        for index, annotation in enumerate(annotations)
        if annotation.entity_type is EntityType.PERSON
    ]
    found = [*_people(mentions, register)]
    found += _things(transcript, annotations, place_kind)
    return tuple(sorted(found, key=lambda subject: subject.mentions[0]))


def _text(transcript: Transcript, annotation: Annotation) -> str:
    place = annotation.place
    return transcript.turns[place.turn].part(place.part)[place.start : place.end]


def _mention(transcript: Transcript, annotation: Annotation, index: int) -> _Mention:
    place = annotation.place
    whole = transcript.turns[place.turn].part(place.part)
    said = whole[place.start : place.end]
    words = name_words(said) or (said.casefold(),)
    if len(words) > 1 and all(len(word) == 1 for word in words):
        words = ("".join(words),)
    return _Mention(index, words, _kind(whole[: place.start], whole, place.part))


def _kind(before: str, whole: str, part: Part) -> str:
    title = _TITLE.search(before[-20:])
    if title:
        return _ROLE_BEFORE[(title[1] or title[2]).casefold()]
    if part is Part.SPEAKER:
        role = _ROLE_BESIDE.search(whole)
        if role:
            return _role_kind(role.group())
    return PERSON_KIND


def _role_kind(role: str) -> str:
    return _ROLE_NAMES.get(role.casefold(), role.capitalize())


def _people(mentions: Sequence[_Mention], register: Register) -> Iterator[Subject]:
    """People of a transcript: full names are anchors, shorter mentions join what they fit."""
    anchors = _anchors(mentions)
    groups: dict[tuple[str, ...], list[_Mention]] = {}
    ambiguous: set[tuple[str, ...]] = set()
    for mention in mentions:
        fitting = [anchor for anchor in anchors if _fits(mention.words, anchor)]
        exact = [anchor for anchor in fitting if anchor == mention.words]
        owner = (exact or fitting or [mention.words])[0]
        if not exact and len(fitting) > 1:
            owner = mention.words
            ambiguous.add(owner)
        groups.setdefault(owner, []).append(mention)
    by_owner: dict[tuple[str, ...], list[tuple[tuple[str, ...], list[_Mention]]]] = {}
    known: dict[tuple[str, ...], Person] = {}
    for owner, members in groups.items():
        meant = () if owner in ambiguous else _meant(owner, members, register)
        key = ("", meant[0].reference) if len(meant) == 1 else owner
        if len(meant) == 1:
            known[key] = meant[0]
        elif meant:
            ambiguous.add(owner)
        by_owner.setdefault(key, []).append((owner, members))
    for key, parts in by_owner.items():
        yield _person(parts, ambiguous, known.get(key))


def _meant(
    owner: tuple[str, ...], members: Iterable[_Mention], register: Register
) -> tuple[Person, ...]:
    """Whom of the register a group means: by its fullest name, else by another of its names."""
    meant = register.meant_by(owner)
    if meant:
        return meant
    for member in members:
        meant = register.meant_by(member.words)
        if len(meant) == 1 and _could_be_called(owner, meant[0]):
            return meant
    return ()


def _could_be_called(owner: tuple[str, ...], person: Person) -> bool:
    """Whether a full name does not rule somebody out by another family name."""
    family = name_words(person.family)[-1:]
    if len(owner) == 1 or not family:
        return True
    return _same_family_name(owner[-1], family[0]) or sounds_like(owner[-1], family[0])


def _person(
    parts: Sequence[tuple[tuple[str, ...], list[_Mention]]],
    ambiguous: set[tuple[str, ...]],
    known: Person | None,
) -> Subject:
    members = sorted((one for _, group in parts for one in group), key=lambda one: one.index)
    names = sorted(
        {" ".join(owner) for owner, _ in parts} | {" ".join(one.words) for one in members},
        key=lambda name: (-name.count(" "), -len(name), name),
    )
    kinds = [one.kind for one in members if one.kind != PERSON_KIND]
    kind = _role_kind(known.role) if known else (kinds or [PERSON_KIND])[0]
    return Subject(
        kind=kind,
        names=tuple(names),
        reference=known.reference if known else "",
        mentions=tuple(one.index for one in members),
        ambiguous=any(own in ambiguous for own, _ in parts),
    )


def _anchors(mentions: Iterable[_Mention]) -> list[tuple[str, ...]]:
    """Names that stand for themselves: every full name, and single names that fit none of them."""
    every = sorted({mention.words for mention in mentions}, key=lambda words: (-len(words), words))
    anchors: list[tuple[str, ...]] = []
    for words in every:
        if len(words) > 1 and not any(_same_full_name(words, anchor) for anchor in anchors):
            anchors.append(words)
    for words in every:
        if len(words) == 1 and not any(_fits(words, anchor) for anchor in anchors):
            anchors.append(words)
    return anchors


def _same_full_name(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    same_given = one[0] == other[0] or is_short_form(one[0], other[0])
    return same_given and _same_family_name(one[-1], other[-1])


def _same_family_name(one: str, other: str) -> bool:
    """Whether two family names may be one, either of them said as its initial ("Sarah W")."""
    if 1 in (len(one), len(other)):
        return one[:1] == other[:1]
    return one == other


def _fits(words: tuple[str, ...], anchor: tuple[str, ...]) -> bool:
    """Whether a mention may mean the one whom the anchor names."""
    if len(words) > 1:
        return words == anchor or (len(anchor) > 1 and _same_full_name(words, anchor))
    word = words[0]
    if word in anchor or is_short_form(word, anchor[0]):
        return True
    return any(sounds_like(word, part) for part in anchor) or word == "".join(anchor)


def _things(
    transcript: Transcript,
    annotations: Sequence[Annotation],
    place_kind: Callable[[str], str],
) -> Iterator[Subject]:
    """Places and organisations: the same words are the same thing."""
    groups: dict[tuple[str, str], list[int]] = {}
    for index, annotation in enumerate(annotations):
        if annotation.entity_type not in _THINGS:
            continue
        said = visible(_text(transcript, annotation)).text
        name = " ".join(re.findall(r"[^\W_]+", said.casefold()))
        name = name.removeprefix("the ")
        groups.setdefault((_thing_kind(annotation.entity_type, name, place_kind), name), []).append(
            index
        )
    for (kind, name), indices in groups.items():
        yield Subject(kind=kind, names=(name,), reference="", mentions=tuple(indices))


_THINGS = frozenset(
    {
        EntityType.LOCATION,
        EntityType.ORGANIZATION,
        EntityType.STREET_ADDRESS,
        EntityType.UK_POSTCODE,
    }
)


def _thing_kind(entity_type: EntityType, name: str, place_kind: Callable[[str], str]) -> str:
    if entity_type in _FIXED_KINDS:
        return _FIXED_KINDS[entity_type]
    for pattern, kind in _ORGANISATION_KINDS:
        if re.search(rf"\b(?:{pattern})s?\b", name):
            return kind
    if entity_type is EntityType.ORGANIZATION:
        return "Organisation"
    if _STREET.search(name):
        return "Street"
    kind = place_kind(name)
    return kind if kind in _PLACE_KINDS else "Place"
