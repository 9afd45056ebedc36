"""Which words are places below a country: towns, villages, quarters, regions, towns abroad.

Half the villages of Britain are also surnames, and many towns are plain words (Bath, Reading,
Deal), so a place needs a capital letter or a place's company ("lives in", "near", "from").
Countries, peoples and languages are allowed words and never come here.
"""

from collections.abc import Iterator

from deid.detect.names.spans import Named
from deid.detect.places.articleless import alone, headed_bare, welsh_bare
from deid.detect.places.bare import (
    bare_land,
    bare_on,
    bare_out,
    bare_part,
    bare_street,
    bare_the,
    bare_there,
)
from deid.detect.places.called import after_town, capital_there, chapel, down_to, explained
from deid.detect.places.high_streets import high_street, main_street, way_written
from deid.detect.places.joined import owned_house, owned_land, part_of_town, route
from deid.detect.places.kinds_beside import (
    county,
    homes_written,
    house_written,
    kind_after,
    named_water,
    services,
)
from deid.detect.places.land import landscape, numbered_road, town_in_letters
from deid.detect.places.landmarks import landmark
from deid.detect.places.misheard import lived, split
from deid.detect.places.of_names import farm_of, shrine_of, street_of, told_apart, venue_of
from deid.detect.places.of_regions import of_region
from deid.detect.places.phrases import phrases
from deid.detect.places.scores import phrase_score, score_of, worth
from deid.detect.places.told import on_street, told_after
from deid.detect.places.told_before import told_before
from deid.detect.places.venues import (
    bare_house,
    bare_named_after,
    bare_roadside,
    bare_school,
    bare_venue,
    care_of_the,
)
from deid.detect.places.venues_asked import venues_asked
from deid.detect.places.venues_calling import dedicated, hotel_in_town, surgery_calling
from deid.detect.places.venues_done import venues_done
from deid.detect.places.venues_meals import eaten_at, known_as
from deid.detect.places.venues_written import (
    club_of_people,
    hall,
    inn,
    inn_small,
    named_for_royalty,
    school_written,
    temple,
)
from deid.detect.places.wider import SAINTS, wider
from deid.detect.places.word_towns import word_towns
from deid.detect.places.written import (
    crossing,
    headed,
    on_the,
    part_written,
    pub,
    the_called,
    written,
)
from deid.detect.words.evidence import (
    FAIR,
    RARE_TIER,
    STRONG_NAME,
    THRESHOLD,
    TOWN,
    Evidence,
    contracted,
    located,
)
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
        yield from _of_kind(evidence, place)
    yield from venues_asked(evidence)
    yield from venues_done(evidence)
    yield from _single(evidence)


def _of_kind(evidence: Evidence, place: int) -> Iterator[Named]:
    """What begins at a word, or around it, and is a place by its own words."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    mixed = tokens.case(place) is Case.MIXED
    kinds = (_WRITTEN if tokens.capital(place) else _SMALL) if mixed else _BARE
    if (low in SAINTS and _saint(evidence, place)) or (low in _ALL and _of_all(evidence, place)):
        yield Named(place, place + 1, 0.75, "saint")
    else:
        for find, score, rule in kinds:
            if (end := find(evidence, place)) is not None:
                yield Named(place, end, score, rule)
    if low == "to":
        yield from (Named(stop, stop, 0.8, "route") for stop in route(evidence, place))
    elif low == "the":
        yield from _after_the(evidence, place)


def _after_the(evidence: Evidence, article: int) -> Iterator[Named]:
    """What an article opens: a public house, a house or a street that is called by one word."""
    if (end := pub(evidence, article)) is not None:
        whole = evidence.tokens.capital(article)  # "from The Bell and Pump"
        yield Named(article + (not whole), end, 0.7, "public-house")
        return
    for find, score in _CALLED:
        if (end := find(evidence, article)) is not None:
            written = evidence.tokens.capital(article)  # "on The Green", "THE LIMES SURGERY"
            whole = find is care_of_the or (find is on_the and written)
            first = article + 1 if find in (landmark, inn, inn_small) else end
            yield Named(article if whole else first, end, score, "called-the")
            return


_CALLED = (
    (care_of_the, 0.75),
    (the_called, 0.6),
    (landmark, 0.6),
    (on_the, 0.6),
    (bare_the, 0.55),
    (after_town, 0.7),
    (chapel, 0.65),
    (inn, 0.65),
    (inn_small, 0.6),
)
_KINDS = (
    (landscape, 0.65, "kind-of-place"),
    (numbered_road, 0.7, "numbered-road"),
    (town_in_letters, 0.8, "town-in-letters"),
    (part_of_town, 0.8, "kind-of-place"),
    (owned_land, 0.8, "kind-of-place"),
    (owned_house, 0.8, "kind-of-place"),
    (named_water, 0.8, "kind-of-place"),
    (kind_after, 0.7, "kind-of-place"),
    (services, 0.7, "kind-of-place"),
    (street_of, 0.9, "street"),
    (farm_of, 0.75, "kind-of-place"),
    (venue_of, 0.8, "venue-of"),
    (main_street, 0.75, "street"),
    (dedicated, 0.75, "venue-of"),
    (hotel_in_town, 0.75, "venue-of"),
    (named_for_royalty, 0.8, "venue-of"),
)
_SMALL = (
    (numbered_road, 0.7, "numbered-road"),
    (services, 0.7, "kind-of-place"),
    (street_of, 0.9, "street"),
    (farm_of, 0.75, "kind-of-place"),
    (venue_of, 0.8, "venue-of"),
    (shrine_of, 0.75, "venue-of"),
    (house_written, 0.7, "written-as-place"),
)
"""What may begin with a small letter in a turn of both cases: "the farm of the Hargreaves"."""
_WRITTEN = (
    *_KINDS,
    (written, 0.7, "written-as-place"),
    (headed, 0.7, "written-as-place"),
    (part_written, 0.65, "written-as-place"),
    (crossing, 0.8, "written-as-place"),
    (house_written, 0.7, "written-as-place"),
    (homes_written, 0.7, "written-as-place"),
    (county, 0.8, "kind-of-place"),
    (of_region, 0.85, "region-behind"),
    (told_apart, 0.75, "told-apart"),
    (shrine_of, 0.75, "venue-of"),
    (down_to, 0.7, "called-there"),
    (explained, 0.7, "called-there"),
    (capital_there, 0.6, "capital-there"),
    (told_after, 0.7, "told-behind"),
    (on_street, 0.65, "street"),
    (way_written, 0.65, "street"),
    (eaten_at, 0.65, "venue-of"),
    (known_as, 0.65, "called-the"),
    (club_of_people, 0.7, "venue-of"),
    (hall, 0.65, "venue-of"),
    (school_written, 0.7, "venue-of"),
    (temple, 0.75, "venue-of"),
    (told_before, 0.7, "venue-told"),
)
_BARE = (
    *_KINDS,
    (bare_land, 0.6, "kind-of-place"),
    (homes_written, 0.65, "kind-of-place"),
    (alone, 0.65, "kind-of-place"),
    (headed_bare, 0.7, "kind-of-place"),
    (welsh_bare, 0.75, "kind-of-place"),
    (bare_house, 0.65, "house-called"),
    (bare_school, 0.65, "house-called"),
    (bare_street, 0.65, "kind-of-place"),
    (high_street, 0.7, "street"),
    (bare_part, 0.6, "kind-of-place"),
    (bare_venue, 0.65, "kind-of-place"),
    (bare_named_after, 0.65, "kind-of-place"),
    (surgery_calling, 0.7, "house-called"),
    (bare_roadside, 0.65, "kind-of-place"),
    (bare_there, 0.55, "unlisted-there"),
    (bare_out, 0.6, "unlisted-there"),
    (bare_on, 0.6, "unlisted-there"),
    (split, 0.6, "heard-in-two"),
    (lived, 0.6, "unlisted-there"),
)


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


def _of_all(evidence: Evidence, place: int) -> bool:
    """Whether a church is called so: "from Our Lady's", "at all saints"; not "pray to Our Lady"."""
    tokens, last = evidence.tokens, place + 1
    if last >= len(tokens) or not tokens.joined(last) or tokens.turns[last] != tokens.turns[place]:
        return False
    pair = tokens.lows[place], tokens.lows[last]
    lady = pair == ("our", "lady") and tokens.possessive(last)
    saints = pair == ("all", "saints") and place > 0 and tokens.lows[place - 1] in _AT
    small = tokens.case(place) is Case.MIXED and not tokens.capital(last)
    return (lady or saints) and not small


_ALL = frozenset({"our", "all"})
_AT = frozenset({"at", "in", "from", "to", "near", "by", "outside"})


def _saint(evidence: Evidence, place: int) -> bool:
    tokens = evidence.tokens
    if place + 1 >= len(tokens) or not tokens.joined(place + 1) or place in evidence.kept:
        return False
    apart = tokens.turns[place] != tokens.turns[place + 1]
    if apart or contracted(tokens.lows[place + 1]):
        return False  # "I'm 12 St. Can't shift it"
    if tokens.case(place) is Case.MIXED:
        return tokens.capital(place) and tokens.capital(place + 1)
    entry = evidence.entry(place + 1)
    return entry.given >= FAIR or entry.tier == 0
