"""An identifier that was asked for, given a group at a time over whatever else is said.

"The NHS number?" / "943. Hang on, the cat's on the keyboard, she's done it three times today. So,
476." / "You're all right." / "Then it's 5919." Groups of one speaker that stand bare are one where
they make a whole identifier of the kind that was asked for; what says them again is masked with
them. Never groups that make none, counts and amounts, or what follows the question for another.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter, itemgetter
from typing import NamedTuple

from deid.detect.speech import Hit, Speech
from deid.detect.spoken.again.groups import Group
from deid.detect.spoken.again.wholes import OLD_PLATE, SORTS, Sort, whole
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.giving import JOINING, turns
from deid.detect.spoken.heard.known import covered, known
from deid.detect.spoken.heard.lexicon import SKIP, classify
from deid.detect.spoken.heard.pieces import is_asked_of
from deid.detect.spoken.heard.reading import Reading
from deid.transcript import EntityType

NAME = "spoken-exchanges"
_OTHERS = (CueKind.CARD, CueKind.BANK, CueKind.EMAIL, CueKind.HANDLE, CueKind.AGE, CueKind.ADDRESS)
_LATE, _REACH, _ECHO_TURNS, _ONE_ASIDE, _ECHOED = 4, 200, 3, 8, 2
_FEW_WORDS, _OF_DIGITS = 3, frozenset(sort.kind for sort in SORTS.values() if not sort.lettered)
_BIRTH, _RECORD = EntityType.DATE_OF_BIRTH, EntityType.MEDICAL_RECORD


class _Opening(NamedTuple):
    """Where an identifier of a sort was asked for, or begun: a cue, or what was found of it."""

    kind: CueKind
    first: int
    last: int
    begun: bool


class _Talk(NamedTuple):
    """Who speaks when, what groups there are, and where something else is asked for."""

    begins: list[int]
    speakers: list[str]
    groups: Sequence[Group]
    firsts: list[int]
    cues: list[tuple[int, CueKind | None]]

    def turn(self, token: int) -> int:
        """The turn of a token."""
        return bisect_right(self.begins, token) - 1

    def between(self, first: int, last: int) -> Sequence[Group]:
        """The groups that begin between two tokens."""
        return self.groups[bisect_left(self.firsts, first) : bisect_left(self.firsts, last)]

    def ends(self, turn: int, cue: _Opening) -> int:
        """The token up to which what is said from a turn on may answer to a cue."""
        last = cue.last + _REACH
        for at in range(bisect_left(self.cues, cue.last, key=itemgetter(0)), len(self.cues)):
            token, kind = self.cues[at]
            other = self.turn(token)
            if token >= last:
                break
            theirs = self.speakers[other] != self.speakers[turn]
            if other > turn and kind is not cue.kind and theirs:
                return self.begins[other]
        return last


def given_in_groups(
    speech: Speech, reading: Reading, said: Sequence[Group], hits: Sequence[Hit]
) -> Iterator[Hit]:
    """Hits for the groups, and their echoes, of each identifier that ``hits`` do not cover."""
    openings = [
        _Opening(kind, cue.first, cue.last, begun=False)
        for kind in SORTS
        for cue in reading.cues.of(kind)
    ]
    openings += [*_begun(reading, hits), *_bare_questions(reading)]
    if not openings:
        return
    found = sorted(hits, key=attrgetter("start"))
    taken, talk = covered(reading, hits), _talk(speech, reading, said)
    for opening in sorted(openings, key=lambda each: each.last):
        sort, place = SORTS[opening.kind], talk.turn(max(opening.first, opening.last - 1))
        for turn in range(place, min(place + 2 - opening.begun, len(talk.begins))):
            near = talk.between(max(opening.last, talk.begins[turn]), talk.ends(turn, opening))
            speaker = talk.speakers[turn]
            mine = [each for each in near if talk.speakers[talk.turn(each.first)] == speaker]
            begins = (turn, _LATE if turn > place else 0)
            used = whole(talk.turn, sort, mine, begins)
            if not used and _asks_plate(reading, opening):
                used = whole(talk.turn, OLD_PLATE, mine, begins)
            if opening.begun and used and used[0].first != opening.first:
                used = ()
            if used and not _is_given(reading, sort, found, mine, used):
                again = _echoes(talk, sort, near, used)
                yield from _hits(reading, sort.kind, [*used, *again], taken)
                break


def _asks_plate(reading: Reading, opening: _Opening) -> bool:
    """Whether a plate is asked for or introduced, and not only a car: "the reg", "what car"."""
    words = reading.words
    if opening.kind is not CueKind.VEHICLE:
        return False
    return words.words[opening.last - 1] in _PLATES or words.words[opening.first] in _WHICH


_PLATES = frozenset({"reg", "regs", "plate", "plates", "registration", "numberplate", "reg's"})
_WHICH = frozenset({"what", "which"})


def _begun(reading: Reading, hits: Sequence[Hit]) -> Iterator[_Opening]:
    """What was found of a telephone number that has too few digits to be all of it."""
    for each in known(reading, hits):
        phone = each.entity_type is EntityType.PHONE_NUMBER and each.chars.startswith("0")
        if phone and _BEGUN <= len(each.chars) < _ALL_OF_IT:
            yield _Opening(CueKind.PHONE, each.first, each.first, begun=True)


_BEGUN, _ALL_OF_IT = 3, 10


def _bare_questions(reading: Reading) -> Iterator[_Opening]:
    """Turns that end in "and the number, please?", whichever it is: all its digits tell."""
    words = reading.words
    for first, last in turns(words):
        asked = words.words[first:last]
        while asked and asked[-1] == "please":
            asked = asked[:-1]
        if asked[-1:] == ["number"] and all(map(_leads_to_number, asked[-_LEADING:-1])):
            for kind in (CueKind.NHS, CueKind.PHONE):
                yield _Opening(kind, last - 1, last, begun=False)


def _leads_to_number(word: str) -> bool:
    return word in _TO_NUMBER or bool(classify(word) & SKIP)


_LEADING, _TO_NUMBER = (
    4,
    frozenset({"and", "the", "your", "what's", "just", "now", "then", "what", "is"}),
)


def _talk(speech: Speech, reading: Reading, said: Sequence[Group]) -> _Talk:
    begins = [first for first, _ in turns(reading.words)]
    return _Talk(
        begins=begins,
        speakers=[_speaker(speech, reading.words.starts[at]) for at in begins],
        groups=said,
        firsts=[group.first for group in said],
        cues=sorted([*_asked(reading), *_counted(reading)], key=itemgetter(0)),
    )


def _speaker(speech: Speech, offset: int) -> str:
    """Who says what begins at an offset; without labels one of two in turn."""
    turn = speech.turn_at(offset)
    return speech.speakers[turn] or str(turn % 2)


def _asked(reading: Reading) -> Iterator[tuple[int, CueKind | None]]:
    for kind in (*SORTS, *_OTHERS):
        for cue in reading.cues.of(kind):
            yield cue.first, kind


def _counted(reading: Reading) -> Iterator[tuple[int, CueKind | None]]:
    """Where an amount or another day is asked for: "how many", "when did you come over?"."""
    said = reading.words.words
    for token, word in enumerate(said):
        amount = word == "how" and is_asked_of(said[token : token + 2])
        day = word == "when" and said[token + 1 : token + 2] in (["did"], ["do"], ["does"])
        if amount or (day and _OF_BIRTH.isdisjoint(said[token + 2 : token + _ONE_ASIDE])):
            yield token, None


_OF_BIRTH = frozenset({"born", "birth", "birthday", "say"})


def _is_given(
    reading: Reading,
    sort: Sort,
    hits: Sequence[Hit],
    mine: Sequence[Group],
    used: tuple[Group, ...],
) -> bool:
    """Whether a birth, or a number where any may be the one, was found whole and elsewhere."""
    if sort.kind not in _LOOSE:
        return False
    words, kinds = reading.words, _LOOSE[sort.kind]
    low = bisect_left(hits, words.starts[mine[0].first], key=attrgetter("start"))
    high = bisect_left(hits, words.ends[mine[-1].last - 1], key=attrgetter("start"))
    for hit in hits[low:high]:
        part = any(hit.start <= words.starts[each.first] < hit.end for each in used)
        if hit.entity_type in kinds and not part:
            said = [
                each.chars
                for each in mine
                if hit.start <= words.starts[each.first] and words.ends[each.last - 1] <= hit.end
            ]
            if any(map(sort.whole.fullmatch, ["".join(said), *said])):
                return True
    return False


_LOOSE = {
    _BIRTH: frozenset({_BIRTH, EntityType.DATE_TIME}),
    _RECORD: frozenset(sort.kind for sort in SORTS.values()) - {_BIRTH},
}
"""Kinds whose shapes many things have, and what is found instead of them."""


def _echoes(
    talk: _Talk, sort: Sort, near: Sequence[Group], used: tuple[Group, ...]
) -> Iterator[Group]:
    """What others say again of it, while it is given and just behind; a birth in other words."""
    whole, said = "".join(each.chars for each in used), {each.chars for each in used}
    speaker = talk.speakers[talk.turn(used[0].first)]
    last = talk.turn(used[-1].first) + _ECHO_TURNS
    for group in near:
        turn = talk.turn(group.first)
        if group.first < used[0].first or turn > last or talk.speakers[turn] == speaker:
            continue
        part = len(group.chars) > _ECHOED and group.chars in whole
        part = part and (group.bare or sort.kind is not _BIRTH)
        part = part or (
            group.bare and len(group.chars) == _ECHOED and whole.startswith(group.chars)
        )
        year = sort.kind is _BIRTH and group.chars[-2:] == whole[-2:]
        again = year and bool(sort.whole.fullmatch(group.chars))
        if part or (group.bare and (again or group.chars in said)):
            yield group


def _hits(
    reading: Reading, kind: EntityType, said: Sequence[Group], taken: bytearray
) -> Iterator[Hit]:
    """A hit for each group; one for two of a turn with a short aside between."""
    open_: list[Group] = []
    in_order = sorted(said, key=lambda each: each.first)
    for place, group in enumerate(in_order):
        open_.append(group)
        following = in_order[place + 1] if place + 1 < len(in_order) else None
        if following is not None and _are_one(reading, group, following):
            continue
        first, said_words = open_[0].first, sum(each.last - each.first for each in open_)
        new = not all(all(taken[each.first : each.last]) for each in open_)
        between = reading.words.words[first : group.last]
        for each in open_:
            between[each.first - first : each.last - first] = ["and"] * (each.last - each.first)
        aside = kind in _OF_DIGITS or group.last - first - said_words > _FEW_WORDS
        aside = aside and not JOINING.issuperset(between)
        if new or (aside and not all(taken[first : group.last])):
            yield reading.hit(first, group.last, kind, 0.7, (NAME, "groups"))
        open_ = []


def _are_one(reading: Reading, group: Group, following: Group) -> bool:
    """Whether no more than a short aside, and no turn, lies between two groups."""
    near = following.first - group.last <= _ONE_ASIDE
    return near and not reading.lines_between(group.last - 1, following.first)
