"""A transcript as one string, so that rules can look across turns.

People answer over several turns ("date of birth?" / "the fifth of April" / "nineteen, er" /
"yep" / "seventy three"), so recognisers read all turns' texts joined by line feeds. What they
return counts in that string; :meth:`Speech.places` carries it back to turns. Speaker labels are
not part of the string; they are here for rules that need to know who speaks.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from deid.transcript import Detection, EntityType, Part, Place, Transcript
from deid.visible import Visible, visible


@dataclass(frozen=True, slots=True)
class Hit:
    """One recogniser's claim, in offsets of :attr:`Speech.text` (half-open, may cross turns)."""

    start: int
    end: int
    entity_type: EntityType
    score: float
    recogniser: str
    rule: str


@dataclass(frozen=True, slots=True)
class Speech:
    r"""The joined text of a transcript.

    Attributes:
        text: All turns' texts, joined by ``"\n"``. A turn's own text may hold line feeds too.
        starts: Offset of each turn's text, ascending; same length as ``speakers``.
        speakers: Each turn's speaker label as written, "" where there is none.
        views: Each turn's visible form, for the way back; empty where nothing differs.
    """

    text: str = field(repr=False)
    starts: tuple[int, ...] = field(repr=False)
    speakers: tuple[str, ...] = field(repr=False)
    views: tuple[Visible, ...] = field(repr=False, default=())

    @classmethod
    def of(cls, transcript: Transcript) -> "Speech":
        """Join the turns of a transcript."""
        views = tuple(visible(turn.text) for turn in transcript.turns)
        starts, offset = [], 0
        for view in views:
            starts.append(offset)
            offset += len(view.text) + 1
        return cls(
            text="\n".join(view.text for view in views),
            starts=tuple(starts),
            speakers=tuple(turn.speaker for turn in transcript.turns),
            views=views,
        )

    def turn_at(self, offset: int) -> int:
        """The number of the turn that holds the character at ``offset``."""
        return bisect_right(self.starts, offset) - 1

    def turn_span(self, number: int) -> tuple[int, int]:
        """Half-open offsets of one turn's text."""
        last = number + 1 == len(self.starts)
        end = len(self.text) if last else self.starts[number + 1] - 1
        return self.starts[number], end

    def places(self, start: int, end: int) -> Iterator[Place]:
        """The stretch cut at turn boundaries, each piece trimmed of white space at both ends."""
        for number in range(self.turn_at(start), self.turn_at(max(start, end - 1)) + 1):
            turn_start, turn_end = self.turn_span(number)
            low, high = max(start, turn_start), min(end, turn_end)
            while low < high and self.text[low].isspace():
                low += 1
            while low < high and self.text[high - 1].isspace():
                high -= 1
            if low < high:
                low, high = low - turn_start, high - turn_start
                if self.views:
                    low, high = self.views[number].source(low, high)
                yield Place(number, Part.TEXT, low, high)

    def detections(self, hits: Iterable[Hit]) -> Iterator[Detection]:
        """Hits carried back to turns; one that crosses turns gives a detection in each."""
        for hit in hits:
            for place in self.places(hit.start, hit.end):
                yield Detection(place, hit.entity_type, hit.score, hit.recogniser, hit.rule)


type Recogniser = Callable[[Speech], Iterable[Hit]]
"""A way of knowing: pure, needs no model, reads a whole transcript at once."""
