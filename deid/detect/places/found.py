"""Which words are places below a country: towns, villages, quarters, regions, towns abroad.

Half the villages of Britain are also surnames, and many towns are plain words (Bath, Reading,
Deal), so a place needs a capital letter or a place's company ("lives in", "near", "from").
Countries, peoples and languages are allowed words and never come here.
"""

from collections.abc import Iterator

from deid.detect.names.spans import Named
from deid.detect.places.of_kind import of_kind
from deid.detect.places.phrases import phrases
from deid.detect.places.scores import phrase_score, score_of, worth
from deid.detect.places.venues_asked import venues_asked
from deid.detect.places.venues_done import venues_done
from deid.detect.places.venues_where import venues_where
from deid.detect.places.wider import wider
from deid.detect.places.word_towns import word_towns
from deid.detect.words.evidence import FAIR, RARE_TIER, STRONG_NAME, THRESHOLD, TOWN, Evidence
from deid.detect.words.neighbours import located
from deid.detect.words.tokens import Case
from deid.transcript import EntityType


def places(evidence: Evidence) -> Iterator[Named]:
    """All places of a transcript, with what belongs to them beside their names."""
    found = list(_found(evidence))
    return wider(evidence, [*found, *word_towns(evidence, found)])


def _found(evidence: Evidence) -> Iterator[Named]:
    """Listed phrases, saints, kinds of land, then single words."""
    for first, last in phrases(evidence, evidence.lexicon.place_phrases, barred=evidence.kept):
        score = phrase_score(evidence, first, last)
        if score >= THRESHOLD:
            yield Named(first, last, score, "list-phrase")
    for place in range(len(evidence.tokens)):
        yield from of_kind(evidence, place)
    yield from venues_asked(evidence)
    yield from venues_where(evidence)
    yield from venues_done(evidence)
    yield from _single(evidence)


def _single(evidence: Evidence) -> Iterator[Named]:
    """Places of one word, and where a sure one comes again."""
    scores = {
        place: score_of(evidence, place)
        for place in range(len(evidence.tokens))
        if worth(evidence, place)
    }
    sure = {
        evidence.tokens.lows[place]
        for place, score in scores.items()
        if score >= (_SURE if evidence.tokens.case(place) is Case.MIXED else _SURE_BARE)
    }
    for place, score in scores.items():
        if score >= THRESHOLD:
            yield Named(place, place, score, "list-and-company")
        elif evidence.tokens.lows[place] in sure and _repeatable(evidence, place):
            yield Named(place, place, THRESHOLD, "repeated")


_SURE, _SURE_BARE = 0.8, 0.6


def _repeatable(evidence: Evidence, place: int) -> bool:
    """Whether a place known in this transcript is it here too: "Fishponds, yes"; not "Reading"."""
    entry = evidence.entry(place)
    named = entry.given >= FAIR or entry.family >= STRONG_NAME
    word = 0 < entry.tier < RARE_TIER and not _as_town(evidence, place)
    plain = named or (word and not _in_town(evidence, place))
    barred = place in evidence.kept or evidence.network.get(place) is EntityType.PERSON
    return not (plain or barred)


def _in_town(evidence: Evidence, place: int) -> bool:
    """Whether a town that is a word, without capitals, is where something was: "in deal itself"."""
    bare = evidence.tokens.case(place) is not Case.MIXED
    return bare and evidence.entry(place).place >= TOWN and located(evidence.tokens, place)


def _as_town(evidence: Evidence, place: int) -> bool:
    """Whether a town that is a word has a capital in a sentence: "since Bath was"."""
    tokens = evidence.tokens
    mixed = tokens.case(place) is Case.MIXED and not tokens.initial(place)
    return mixed and tokens.capital(place) and evidence.entry(place).place >= TOWN
