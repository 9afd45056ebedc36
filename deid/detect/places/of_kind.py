"""Places that begin at a word, or around it, told by their own words and what leads to them.

One table a way of writing: what capitals tell, what may begin with a small letter among them, and
what a turn of one case needs. Each row is a rule, how sure it is and what it is called.
"""

from collections.abc import Iterator

from deid.detect.names.spans import Named
from deid.detect.places.articleless import alone, headed_bare, welsh_article, welsh_bare
from deid.detect.places.bare import (
    bare_at,
    bare_land,
    bare_on,
    bare_out,
    bare_part,
    bare_the,
    bare_there,
)
from deid.detect.places.bare_parks import bare_park
from deid.detect.places.bare_streets import bare_street
from deid.detect.places.called import (
    after_town,
    capital_there,
    chapel,
    down_to,
    explained,
    numbered_church,
)
from deid.detect.places.high_streets import high_street, main_street, way_written
from deid.detect.places.joined import owned_by_many, owned_house, owned_land, part_of_town, route
from deid.detect.places.kinds_beside import (
    county,
    homes_written,
    house_written,
    kind_after,
    named_water,
    services,
)
from deid.detect.places.land import landscape, numbered_road, road_over, town_in_letters
from deid.detect.places.landmarks import landmark
from deid.detect.places.misheard import lived, split
from deid.detect.places.of_names import farm_of, shrine_of, street_of, told_apart, venue_of
from deid.detect.places.of_regions import of_region
from deid.detect.places.pubs import pub
from deid.detect.places.studies import named_school, studied_at
from deid.detect.places.told import on_street, told_after, told_by_is
from deid.detect.places.told_before import kind_the, told_before
from deid.detect.places.told_shortly import born_and_bred, initials, owned_along, told_is
from deid.detect.places.venues import (
    bare_house,
    bare_named_after,
    bare_roadside,
    bare_school,
    bare_venue,
    care_of_the,
)
from deid.detect.places.venues_calling import dedicated, hotel_in_town, surgery_calling
from deid.detect.places.venues_meals import eaten_at, known_as
from deid.detect.places.venues_named import named_alone, venue_called
from deid.detect.places.venues_titled import titled_house
from deid.detect.places.venues_written import (
    club_of_people,
    hall,
    inn,
    inn_small,
    named_for_royalty,
    school_written,
    temple,
)
from deid.detect.places.wider import SAINTS
from deid.detect.places.written import (
    crossing,
    headed,
    on_the,
    part_written,
    the_called,
    written,
)
from deid.detect.words.evidence import (
    FAIR,
    Evidence,
    contracted,
)
from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Case, Tokens


def of_kind(evidence: Evidence, place: int) -> Iterator[Named]:
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
        tokens = evidence.tokens
        alone = end == article + 1 and tokens.initial(article)  # "The Swan's shut"
        whole = tokens.capital(article) and not alone  # "from The Bell and Pump"
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
    (initials, 0.7),
    (kind_the, 0.65),
    (told_is, 0.65),
)
_KINDS = (
    (landscape, 0.65, "kind-of-place"),
    (numbered_road, 0.7, "numbered-road"),
    (town_in_letters, 0.8, "town-in-letters"),
    (part_of_town, 0.8, "kind-of-place"),
    (owned_land, 0.8, "kind-of-place"),
    (owned_by_many, 0.75, "kind-of-place"),
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
    (welsh_article, 0.8, "kind-of-place"),
    (hall, 0.65, "venue-of"),
    (numbered_church, 0.8, "church"),
    (named_school, 0.75, "venue-of"),
    (studied_at, 0.6, "venue-of"),
    (born_and_bred, 0.75, "born-there"),
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
    (told_by_is, 0.7, "told-behind"),
    (on_street, 0.65, "street"),
    (way_written, 0.65, "street"),
    (road_over, 0.75, "street"),
    (eaten_at, 0.65, "venue-of"),
    (known_as, 0.65, "called-the"),
    (club_of_people, 0.7, "venue-of"),
    (titled_house, 0.7, "venue-of"),
    (school_written, 0.7, "venue-of"),
    (temple, 0.75, "venue-of"),
    (told_before, 0.7, "venue-told"),
    (owned_along, 0.65, "venue-told"),
)
_BARE = (
    *_KINDS,
    (bare_land, 0.6, "kind-of-place"),
    (bare_park, 0.6, "kind-of-place"),
    (homes_written, 0.65, "kind-of-place"),
    (alone, 0.65, "kind-of-place"),
    (headed_bare, 0.7, "kind-of-place"),
    (welsh_bare, 0.75, "kind-of-place"),
    (bare_house, 0.65, "house-called"),
    (venue_called, 0.65, "house-called"),
    (named_alone, 0.65, "house-called"),
    (bare_school, 0.65, "house-called"),
    (bare_street, 0.65, "kind-of-place"),
    (high_street, 0.7, "street"),
    (bare_part, 0.6, "kind-of-place"),
    (bare_venue, 0.65, "kind-of-place"),
    (bare_named_after, 0.65, "kind-of-place"),
    (surgery_calling, 0.7, "house-called"),
    (bare_roadside, 0.65, "kind-of-place"),
    (bare_there, 0.55, "unlisted-there"),
    (bare_at, 0.6, "unlisted-there"),
    (bare_out, 0.6, "unlisted-there"),
    (bare_on, 0.6, "unlisted-there"),
    (split, 0.6, "heard-in-two"),
    (lived, 0.6, "unlisted-there"),
)


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
    if place + 1 >= len(tokens) or not tokens.joined(place + 1):
        return False
    if place in evidence.kept and not _called_for(tokens, place):
        return False
    apart = tokens.turns[place] != tokens.turns[place + 1]
    if apart or contracted(tokens.lows[place + 1]):
        return False  # "I'm 12 St. Can't shift it"
    if tokens.case(place) is Case.MIXED:
        return tokens.capital(place) and tokens.capital(place + 1)
    entry = evidence.entry(place + 1)
    owned = tokens.possessive(place + 1) and tokens.lows[place + 1] not in evidence.words.function
    return entry.given >= FAIR or entry.tier == 0 or owned


def _called_for(tokens: Tokens, place: int) -> bool:
    """Whether one is there: "at St Nicholas", "go to St Anthony's"; others "pray to" a saint."""
    lead = before(tokens, place)[0]
    return lead == "at" or (tokens.possessive(place + 1) and lead in _AT)
