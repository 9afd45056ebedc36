"""Overlapping detections -> disjoint annotations, and a name found once is masked everywhere.

Two promises are kept here and tested as properties: no character that any detection covered is
left uncovered, and no two annotations share a character. Claims that overlap become one
annotation when they are of one family (a hospital's name and the town in it, say), so that one
thing gets one tag; across families the weaker claim is trimmed to what the stronger leaves.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from deid.transcript import Annotation, Detection, EntityType, Part, Place, Transcript
from deid.visible import visible

_NAMELIKE = frozenset(
    {
        EntityType.PERSON,
        EntityType.LOCATION,
        EntityType.STREET_ADDRESS,
        EntityType.UK_POSTCODE,
        EntityType.ORGANIZATION,
    }
)
_DATELIKE = frozenset({EntityType.DATE_OF_BIRTH, EntityType.DATE_TIME, EntityType.AGE})
_NOT_REPEATED = frozenset({EntityType.AGE, EntityType.DATE_TIME})
_PARTICLES = frozenset(
    ("van", "von", "der", "den", "ter", "de", "la", "le", "du", "di", "da", "del", "dos")
    + ("bin", "ibn", "ben", "abu", "al", "el", "ap", "ab", "mc", "mac", "o", "st")
)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_SHORTEST_NAME_PART = 3
_LONGEST_REPEAT = 8
_FEWEST_REPEATED_DIGITS = 4


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    folded: str
    capital: bool


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
    first = list(_disjoint(transcript, detections))
    repeats = list(_repeats(transcript, first, is_common))
    return tuple(_disjoint(transcript, [*_as_detections(first), *repeats], known=first))


def _disjoint(
    transcript: Transcript,
    detections: Iterable[Detection],
    *,
    known: Sequence[Annotation] = (),
) -> Iterator[Annotation]:
    rules = {annotation.place: annotation.rules for annotation in known}
    by_part: defaultdict[tuple[int, Part], list[Detection]] = defaultdict(list)
    for detection in detections:
        place = _whole_words(transcript, detection.place)
        by_part[place.turn, place.part].append(replace(detection, place=place))
    for _, claims in sorted(
        by_part.items(), key=lambda item: (item[0][0], item[0][1] is Part.TEXT)
    ):
        taken: list[Annotation] = []
        for claim in sorted(claims, key=_rank):
            taken = _take(taken, claim, rules.get(claim.place) or (_rule(claim),))
        for annotation in sorted(taken, key=lambda each: each.place):
            text = transcript.turns[annotation.place.turn].part(annotation.place.part)
            if any(map(str.isalnum, text[annotation.place.start : annotation.place.end])):
                yield annotation


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
            strongest = touching[0]
            start = min(place.start, *(each.place.start for each in touching))
            end = max(place.end, *(each.place.end for each in touching))
            merged = tuple(dict.fromkeys(rule for each in touching for rule in each.rules))
            kin = [each for each in kin if each not in touching]
            joined = [
                *joined,
                Annotation(
                    replace(place, start=start, end=end),
                    strongest.entity_type,
                    strongest.score,
                    tuple(dict.fromkeys([*merged, *rules])),
                ),
            ]
        else:
            joined = [*joined, Annotation(place, claim.entity_type, claim.score, rules)]
    return [*joined, *kin]


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


def _repeats(
    transcript: Transcript,
    annotations: Iterable[Annotation],
    is_common: Callable[[str], bool],
) -> Iterator[Detection]:
    """Every further place where something already found stands, whole or by a part of a name."""
    sought = _sought(transcript, annotations, is_common)
    if not sought:
        return
    longest = max(len(key) for key in sought)
    for turn in transcript.turns:
        for part in Part:
            words = _words(turn.part(part))
            for first in range(len(words)):
                for count in range(min(longest, len(words) - first), 0, -1):
                    run = words[first : first + count]
                    found = sought.get(tuple(word.folded for word in run))
                    if found and (not found.needs_capital or all(word.capital for word in run)):
                        yield Detection(
                            Place(turn.number, part, run[0].start, run[-1].end),
                            found.entity_type,
                            found.score,
                            "resolve",
                            found.rule,
                        )
                        break


@dataclass(frozen=True, slots=True)
class _Sought:
    entity_type: EntityType
    score: float
    rule: str
    needs_capital: bool


def _sought(
    transcript: Transcript, annotations: Iterable[Annotation], is_common: Callable[[str], bool]
) -> dict[tuple[str, ...], _Sought]:
    sought: dict[tuple[str, ...], _Sought] = {}
    for each in sorted(annotations, key=lambda one: -one.score):
        if each.entity_type in _NOT_REPEATED:
            continue
        text = transcript.turns[each.place.turn].part(each.place.part)
        words = _words(text[each.place.start : each.place.end])
        for key, rule in _keys(words, each.entity_type, is_common):
            common = all(is_common(word) for word in key)
            known = sought.get(key)
            if known is None:
                sought[key] = _Sought(each.entity_type, each.score, rule, common)
    return sought


def _keys(
    words: Sequence[_Word], entity_type: EntityType, is_common: Callable[[str], bool]
) -> Iterator[tuple[tuple[str, ...], str]]:
    """The word sequences by which a found thing is recognised elsewhere."""
    whole = tuple(word.folded for word in words)
    if 1 < len(whole) <= _LONGEST_REPEAT or (len(whole) == 1 and _tells(whole[0], is_common)):
        yield whole, "repeat"
    if entity_type is EntityType.PERSON and len(whole) > 1:
        for word in words:
            if word.capital and word.folded not in _PARTICLES and _tells(word.folded, is_common):
                yield (word.folded,), "part-of-name"


def _tells(word: str, is_common: Callable[[str], bool]) -> bool:
    """Whether a single word says enough to be masked wherever it stands."""
    if any(map(str.isdigit, word)):
        return sum(map(str.isdigit, word)) >= _FEWEST_REPEATED_DIGITS
    return len(word) >= _SHORTEST_NAME_PART and not is_common(word)


def _words(text: str) -> list[_Word]:
    """Words of the visible text with their offsets in the source, the possessive left off."""
    view = visible(text)
    words = []
    for match in _WORD.finditer(view.text):
        word = match.group()
        if word[-2:] in {"'s", "'S"}:
            word = word[:-2]
        start, end = view.source(match.start(), match.start() + len(word))
        words.append(_Word(start, end, word.casefold(), word[:1].isupper()))
    return words
