"""Overlapping detections -> disjoint annotations, and a name found once is masked everywhere.

Two promises are kept here and tested as properties: no letter or digit that any detection covered
is left uncovered, and no two annotations share a character. Claims that overlap become one
annotation when they are of one family (a hospital's name and the town in it, say), so that one
thing gets one tag; across families the weaker claim is trimmed to what the stronger leaves.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from deid.joining import joins
from deid.repeats import repeated
from deid.transcript import Annotation, Detection, EntityType, Part, Place, Transcript

_NAMELIKE = frozenset(
    {
        EntityType.PERSON,
        EntityType.LOCATION,
        EntityType.STREET_ADDRESS,
        EntityType.UK_POSTCODE,
        EntityType.ORGANIZATION,
    }
)
_ADDRESSES = frozenset({EntityType.EMAIL_ADDRESS, EntityType.URL, EntityType.SOCIAL_HANDLE})
_CALENDAR = frozenset({"jan", "april", "may", "june", "august", "sunday", "friday"})
_ALPHABET = frozenset(
    {"alpha", "alfa", "bravo", "charlie", "delta", "echo", "foxtrot", "golf", "hotel", "india",
     "juliet", "juliett", "kilo", "lima", "mike", "november", "oscar", "papa", "quebec", "romeo",
     "sierra", "tango", "uniform", "victor", "whiskey", "whisky", "x-ray", "yankee", "zulu"}
)  # fmt: skip
_DATELIKE = frozenset({EntityType.DATE_OF_BIRTH, EntityType.DATE_TIME, EntityType.AGE})


def resolve(
    transcript: Transcript,
    detections: Iterable[Detection],
    *,
    is_common: Callable[[str], bool],
) -> tuple[Annotation, ...]:
    """Disjoint annotations in file order, each found name carried through the whole transcript.

    Args:
        transcript: What the offsets of the detections count in.
        detections: Claims of all recognisers; they may overlap.
        is_common: Whether a lower-case word is ordinary English. Such a word ("will", "rose") is
            only masked where a recogniser saw a name in it, not wherever it stands.
    """
    first = tuple(_disjoint(transcript, detections))
    return extend(transcript, first, repeated(transcript, first, is_common))


def extend(
    transcript: Transcript, annotations: Sequence[Annotation], more: Iterable[Detection]
) -> tuple[Annotation, ...]:
    """Disjoint annotations with further detections taken in; what was covered stays covered."""
    claims = [*_as_detections(annotations), *more]
    return tuple(_disjoint(transcript, claims, known=annotations))


def _disjoint(
    transcript: Transcript,
    detections: Iterable[Detection],
    *,
    known: Sequence[Annotation] = (),
) -> Iterator[Annotation]:
    rules = {(annotation.place, annotation.rules[0]): annotation.rules for annotation in known}
    by_part: defaultdict[tuple[int, Part], list[Detection]] = defaultdict(list)
    for detection in detections:
        place = _whole_words(transcript, detection.place)
        by_part[place.turn, place.part].append(replace(detection, place=place))
    for _, claims in sorted(
        by_part.items(), key=lambda item: (item[0][0], item[0][1] is Part.TEXT)
    ):
        taken: list[Annotation] = []
        for cluster in _clusters(claims):
            among: list[Annotation] = []
            for claim in sorted(_without_parts(transcript, cluster), key=_rank):
                rule = _rule(claim)
                among = _take(among, claim, rules.get((claim.place, rule), (rule,)))
            taken += among
        for annotation in _bridged(transcript, sorted(taken, key=lambda each: each.place)):
            text = transcript.turns[annotation.place.turn].part(annotation.place.part)
            if any(map(str.isalnum, text[annotation.place.start : annotation.place.end])):
                yield annotation


def _bridged(transcript: Transcript, ordered: Sequence[Annotation]) -> Iterator[Annotation]:
    """The same in order, each with what stands between it and the rest of the same thing.

    Parts of one kind become one annotation; a street and its town each keep their own.
    """
    before: Annotation | None = None
    for each in ordered:
        if before is not None:
            text = transcript.turns[each.place.turn].part(each.place.part)
            between = text[before.place.end : each.place.start]
            if joins(before.entity_type, each.entity_type, between):
                if before.entity_type is each.entity_type:
                    before = _as_one(before, each)
                    continue
                end = each.place.start - (text[each.place.start - 1] == " ")
                before = replace(before, place=replace(before.place, end=end))
            yield before
        before = each
    if before is not None:
        yield before


def _as_one(one: Annotation, other: Annotation) -> Annotation:
    place = replace(one.place, end=other.place.end)
    rules = tuple(dict.fromkeys([*one.rules, *other.rules]))
    return replace(one, place=place, score=max(one.score, other.score), rules=rules)


def _clusters(claims: Iterable[Detection]) -> Iterator[list[Detection]]:
    """Claims of one part that overlap one another, directly or through others.

    Nothing that is decided in one cluster touches another, and time grows with their sizes and
    not with the square of all claims of a turn.
    """
    cluster: list[Detection] = []
    end = 0
    for claim in sorted(claims, key=lambda each: each.place.start):
        if cluster and claim.place.start >= end:
            yield cluster
            cluster, end = [], 0
        cluster.append(claim)
        end = max(end, claim.place.end)
    if cluster:
        yield cluster


def _without_parts(transcript: Transcript, cluster: Sequence[Detection]) -> Sequence[Detection]:
    """The claims but for names within what is one thing with its parts.

    That is an electronic address, a date whose month or day somebody is called after, and a number
    with words of the radio's alphabet in it: "Mike four six two".
    """
    numbers = [claim.place for claim in cluster if _family(claim.entity_type) == "number"]
    addresses = [claim.place for claim in cluster if claim.entity_type in _ADDRESSES]
    dates = [claim.place for claim in cluster if claim.entity_type in _DATELIKE]

    def is_part(claim: Detection) -> bool:
        place = claim.place
        said = transcript.turns[place.turn].part(place.part)[place.start : place.end]
        wholes = [*addresses, *(dates if said.lower() in _CALENDAR else ())]
        wholes += numbers if _ALPHABET.issuperset(said.lower().split()) else ()
        return any(_within(place, whole) for whole in wholes)

    return [each for each in cluster if each.entity_type not in _NAMELIKE or not is_part(each)]


def _within(part: Place, whole: Place) -> bool:
    return whole.start <= part.start and part.end <= whole.end and part != whole


def _rank(claim: Detection) -> tuple[float, int, int, str, str]:
    """Strongest first: score, then length; the rest only makes the order total."""
    length = claim.place.end - claim.place.start
    return (-claim.score, -length, claim.place.start, claim.entity_type, _rule(claim))


def _rule(claim: Detection) -> str:
    return f"{claim.recogniser}/{claim.rule}"


def _family(entity_type: EntityType) -> str:
    if entity_type in _NAMELIKE:
        return "name"
    return "date" if entity_type in _DATELIKE else "number"


def _take(taken: list[Annotation], claim: Detection, rules: tuple[str, ...]) -> list[Annotation]:
    """Add a claim that is weaker than all taken ones: join its family, be trimmed by others."""
    kin = [
        each
        for each in taken
        if each.place.overlaps(claim.place)
        and _family(each.entity_type) == _family(claim.entity_type)
    ]
    others = [each for each in taken if each not in kin]
    stretches = _without(claim.place, [each.place for each in others])
    if not kin:
        return [
            *taken,
            *(Annotation(place, claim.entity_type, claim.score, rules) for place in stretches),
        ]
    joined = others
    for place in stretches:
        touching = [each for each in kin if each.place.overlaps(place)]
        if touching:
            typed = claim if _holds(claim, place, touching) else touching[0]
            start = min(place.start, *(each.place.start for each in touching))
            end = max(place.end, *(each.place.end for each in touching))
            merged = tuple(dict.fromkeys(rule for each in touching for rule in each.rules))
            kin = [each for each in kin if each not in touching]
            joined = [
                *joined,
                Annotation(
                    replace(place, start=start, end=end),
                    typed.entity_type,
                    touching[0].score,
                    tuple(dict.fromkeys([*merged, *rules])),
                ),
            ]
        else:
            joined = [*joined, Annotation(place, claim.entity_type, claim.score, rules)]
    return [*joined, *kin]


def _holds(claim: Detection, place: Place, touching: Sequence[Annotation]) -> bool:
    """Whether a claim names a whole of which the stronger ones are parts: Ann, of Ann Street."""
    parts = sum(each.place.end - each.place.start for each in touching)
    within = all(
        place.start <= each.place.start and each.place.end <= place.end for each in touching
    )
    return claim.entity_type in _NAMELIKE and within and parts < place.end - place.start


def _without(place: Place, holes: Iterable[Place]) -> list[Place]:
    """What is left of a place when the holes are cut out."""
    left = [place]
    for hole in holes:
        cut: list[Place] = []
        for piece in left:
            if not piece.overlaps(hole):
                cut.append(piece)
                continue
            if piece.start < hole.start:
                cut.append(replace(piece, end=hole.start))
            if hole.end < piece.end:
                cut.append(replace(piece, start=hole.end))
        left = cut
    return left


def _whole_words(transcript: Transcript, place: Place) -> Place:
    """Grow a place that cuts a word in two, so that no half of a name is left standing."""
    text = transcript.turns[place.turn].part(place.part)
    start, end = place.start, place.end
    while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    return replace(place, start=start, end=end)


def _as_detections(annotations: Iterable[Annotation]) -> Iterator[Detection]:
    for each in annotations:
        recogniser, _, rule = each.rules[0].partition("/")
        yield Detection(each.place, each.entity_type, each.score, recogniser, rule)
