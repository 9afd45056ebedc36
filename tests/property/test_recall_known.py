"""The study's memory by fingerprint masks what going through all that is known would mask."""

from collections.abc import Iterable

from hypothesis import given, settings
from hypothesis import strategies as st

from deid.recall import StudyMemory
from deid.repeats import Sought, Wanted, keys, repeats
from deid.spelling import letter_forms
from deid.transcript import Detection, EntityType, Transcript, Turn

COMMON = frozenset({"will", "rose", "hope", "house", "the", "s", "es"})
TYPES = (EntityType.PERSON, EntityType.LOCATION, EntityType.PHONE_NUMBER, EntityType.AGE)

_NAMES = st.sampled_from(
    (
        *("Siobhan", "Hargreaves", "Hargreave", "O'Dwyer", "Will", "Hope", "House", "Ann", "Rees"),
        *("Ross", "Tremlett", "de", "St", "07700", "900123", "W", "\u0141ukasz", "Trees", "ess"),
    )
)
_JOINTS = st.sampled_from([" ", "-", ", ", "\n", "'s ", "es ", "s ", "", "\u00ad"])
_ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)


@st.composite
def _texts(draw: st.DrawFn) -> str:
    pieces = draw(st.lists(_NAMES | _ANY, min_size=1, max_size=6))
    return "".join(piece + draw(_JOINTS) for piece in pieces)


@st.composite
def _spelt(draw: st.DrawFn) -> str:
    return " ".join(draw(st.sampled_from(list(letter_forms(draw(_NAMES).casefold())))))


def everything(
    originals: Iterable[tuple[EntityType, str]], transcript: Transcript
) -> list[Detection]:
    """The oracle: all that is known is sought in every transcript, the first kind first."""
    memory, wanted = StudyMemory(COMMON.__contains__), Wanted()
    for kind, text in originals:
        for key, _ in keys(text, kind, COMMON.__contains__) if kind in TYPES[:3] else ():
            if memory._is_distinctive(key, person=kind is EntityType.PERSON):
                found = Sought.of(key, kind, 0.6, "study", is_common=COMMON.__contains__)
                wanted.add(key, found)
    return list(repeats(transcript, wanted, "recall"))


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.sampled_from(TYPES), _texts() | _spelt()), max_size=8),
    st.lists(st.tuples(_texts() | _spelt(), _texts() | _spelt()), min_size=1, max_size=3),
    st.integers(0, 8),
)
def test_nothing_known_is_missed_and_nothing_else_is_found(
    originals: list[tuple[EntityType, str]], said: list[tuple[str, str]], first: int
) -> None:
    """Whole, by part, in letters, in the plural; in two nights as in one."""
    told = [text for _, text in originals]
    turns = tuple(
        Turn(number, f"{text} {' '.join(told[number : number + 1])}es {more}", speaker=more)
        for number, (text, more) in enumerate(said)
    )
    memory = StudyMemory(COMMON.__contains__)
    memory.learn(originals[:first])
    memory.learn(originals[first:])
    transcript = Transcript(turns, "txt")
    assert list(memory.detections(transcript)) == everything(originals, transcript)
