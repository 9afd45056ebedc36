"""People, places and organisations of one transcript: every way of knowing, decided together.

The one public function returns final claims. It needs what the network found; everything else
it looks up itself. It never consults another transcript.
"""

from collections.abc import Iterable
from dataclasses import replace

from deid.detect.capitals_alone import capitals_alone
from deid.detect.hospital_frames import framed_hospitals
from deid.detect.hospitals import hospitals
from deid.detect.names.initials import initials
from deid.detect.names.named_things import named_things
from deid.detect.names.shortened import shortened
from deid.detect.names.spans import Named, people
from deid.detect.organisations import labelled, organisations
from deid.detect.places.found import places
from deid.detect.sorting import sorted_out
from deid.detect.speakers import label_names
from deid.detect.speech import Hit, Speech
from deid.detect.words.allow import allowed
from deid.detect.words.evidence import Evidence
from deid.detect.words.questions import answering_turns, naming_turns, placing_turns, who_turns
from deid.detect.words.tokens import Tokens, tokens_of
from deid.transcript import EntityType

RECOGNISER = "names"


def find(speech: Speech, ner: Iterable[Hit]) -> list[Hit]:
    """PERSON, LOCATION and ORGANIZATION hits, in order of place; they may overlap.

    Args:
        speech: The joined transcript.
        ner: What the network found (see ``deid.detect.network.ner.hits``); other types are ignored.
    """
    tokens = tokens_of(speech)
    labels = label_names(speech.speakers, speech.text)
    answers = answering_turns(speech)
    kept, firm = allowed().marks(tokens, answers)
    first = Evidence(
        tokens=tokens,
        network=_by_word(tokens, ner),
        kept=frozenset(kept),
        firm=frozenset(firm),
        answers=answers,
        placing=placing_turns(speech),
        whose=who_turns(speech),
        naming=naming_turns(speech),
        labels=labels.people,
    )
    things = named_things(first)
    first = replace(first, kept=first.kept | things, firm=first.firm | things)
    bodies = [*hospitals(first), *framed_hospitals(first), *organisations(first)]
    bodies += labelled(first, labels.others)
    where = list(places(first))
    claimed = [name for name in (*bodies, *where) if name.last > name.first]
    who = people(replace(first, claimed=_words(claimed)))
    who += initials(first, who)
    who += shortened(first, who)
    by_type = sorted_out(first, who, where, bodies)
    taken = _words(by_type.people)
    known = taken | _words([*by_type.bodies, *by_type.places])
    found = [
        *_hits(tokens, capitals_alone(first, known), _ORGANISATION),
        *_hits(tokens, by_type.people, EntityType.PERSON),
        *_hits(tokens, (name for name in by_type.bodies if not _weak(name, taken)), _ORGANISATION),
        *_hits(tokens, (name for name in by_type.places if not _weak(name, taken)), _LOCATION),
    ]
    return sorted(found, key=lambda hit: (hit.start, -hit.end, -hit.score))


_ORGANISATION, _LOCATION = EntityType.ORGANIZATION, EntityType.LOCATION


def _words(names: Iterable[Named]) -> frozenset[int]:
    return frozenset(place for name in names for place in range(name.first, name.last + 1))


def _weak(name: Named, taken: frozenset[int]) -> bool:
    """A single word that a person's name holds already; that name covers it."""
    return name.first == name.last and name.first in taken


def _by_word(tokens: Tokens, ner: Iterable[Hit]) -> dict[int, EntityType]:
    """What the network took each word for; a person where two of its readings differ."""
    seen: dict[int, EntityType] = {}
    spans = sorted(ner, key=lambda hit: hit.start)
    place = 0
    for hit in spans:
        while place > 0 and tokens.tails[place - 1] > hit.start:
            place -= 1
        while place < len(tokens) and tokens.ends[place] <= hit.start:
            place += 1
        while place < len(tokens) and tokens.starts[place] < hit.end:
            if seen.get(place) is not EntityType.PERSON:
                seen[place] = hit.entity_type
            place += 1
    return seen


_WHOLE = frozenset({"saint", "hospital", "place-of-care", "bar-of"})
"""Rules of names that end in "'s" themselves: "St Mary's", "Guy's"."""


def _hits(tokens: Tokens, named: Iterable[Named], entity_type: EntityType) -> Iterable[Hit]:
    for name in named:
        yield Hit(
            start=tokens.starts[name.first],
            end=(tokens.tails if name.rule in _WHOLE else tokens.ends)[name.last],
            entity_type=entity_type,
            score=round(name.score, 2),
            recogniser=RECOGNISER,
            rule=name.rule,
        )
