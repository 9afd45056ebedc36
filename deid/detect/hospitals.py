"""Hospitals by the short names that patients use: "Addenbrooke's", "up at the QE", "the Royal".

A short name is a plain word too ("the general idea", "the royal family"): it needs a preposition
and a capital letter, or words of care around it, and never a noun that it describes. One that is no
other word ("the Hallamshire") needs the preposition alone.
"""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from deid.detect.hospital_names import after_at, first_names, short_names
from deid.detect.names.agreeing import opens_answer
from deid.detect.names.spans import Named
from deid.detect.places.wider import goes_on
from deid.detect.places.written import in_town
from deid.detect.words.allow import phrase_end
from deid.detect.words.evidence import FAIR, PART, Evidence
from deid.detect.words.neighbours import before, following
from deid.detect.words.tables import LOOKING
from deid.detect.words.tokens import Case

MOVING = frozenset(
    {"went", "go", "going", "gone", "goes", "moved", "moving", "move", "back", "flew", "fly",
     "over", "up", "down", "drove", "drive", "come", "came", "coming", "travel", "travelled", "off",
     "bus", "train", "on", "out", "way", "close", "next", "flight", "flights", "trip", "pounds",
     "road"}
)  # fmt: skip
_TOWARDS = frozenset({"at", "to", "in", "from", "the", "into", "near", "by"})
_WITH = frozenset({"of", "up", "with", "under", "through", "hospital"})
_AWAY, _AWAY_BARE = 12, 24


def hospitals(evidence: Evidence) -> Iterator[Named]:
    """All of them; and where one that was found by "the X" comes again: "the old Royal"."""
    places = range(len(evidence.tokens))
    short = [Named(place, place, 0.9, "hospital") for place in places if _initials(evidence, place)]
    without = (
        Named(place, end, 0.9, "hospital")
        for place in places
        if (end := _without_article(evidence, place)) is not None
    )
    found = [*_found(evidence), *short, *without]
    yield from found
    known = {evidence.tokens.lows[name.first] for name in found if name.first == name.last}
    taken = {name.first for name in found}
    for place, low in enumerate(evidence.tokens.lows):
        if place in taken or not _again(evidence, place):
            continue
        if low in known or _after_another(evidence, place, taken):
            yield Named(place, place, 0.8, "hospital")


def _again(evidence: Evidence, place: int) -> bool:
    """Whether "the X" stands there alone, with a capital where the turn has them."""
    tokens = evidence.tokens
    small = tokens.case(place) is Case.MIXED and not tokens.capital(place)
    known = tokens.lows[place] in short_names()[1]
    return known and not small and _article(evidence, place) is not None and alone(evidence, place)


def _after_another(evidence: Evidence, place: int, taken: AbstractSet[int]) -> bool:
    """Whether "and then the freeman" goes on from a hospital: not "and then the general came"."""
    tokens = evidence.tokens
    first, second = before(tokens, place - 1)
    listed = first in {"then", "and", "or"} or (first, second) in {("at", "then"), ("was", "it")}
    near = range(max(0, place - _AWAY), place)
    told = any(step in taken and tokens.turns[step] == tokens.turns[place] for step in near)
    ends = tokens.closes(place) or following(tokens, place)[0] in {"and", "for", "in", "then"}
    righted = second == "not" and place - 2 in taken  # "not glenfield the royal"
    return (listed or righted) and told and ends


def _found(evidence: Evidence) -> Iterator[Named]:
    tokens = evidence.tokens
    named, _, phrases, _, _ = short_names()
    studied = after_at()
    for place, form in enumerate(tokens.forms):
        mixed = tokens.case(place) is Case.MIXED
        if mixed and not tokens.capital(place):
            continue
        leads = {"at", "in"} if tokens.possessive(place) else {"at"}
        last = phrase_end(tokens, phrases, place)
        study = form in studied and (mixed or evidence.lexicon.entry(form).tier == 0)
        study = study and (last is None or last == place)  # "in queen's med", more than Queen's
        first, second = before(tokens, place)
        if first == "the" and form.isalpha() and evidence.lexicon.entry(form).unknown:
            first = second  # "she's at the rgu"
        if study and (first in leads or (first == "to" and second in MOVING)):
            odd = evidence.lexicon.entry(form).unknown  # "she's at uea doing law"
            if odd or alone(evidence, place, whole=True) or _then_somebody(evidence, place):
                yield Named(place, place, 0.9, "hospital")
            continue
        if last is not None or form in named or tokens.lows[place] in named:
            last = place if last is None else last
            entry = evidence.lexicon.entry(tokens.lows[place])
            odd = entry.tier == 0 and not entry.given
            there = odd and before(tokens, place)[0] in {"in", "at", "to", "from"}
            told = (mixed or there or caring(evidence, place)) and _meant(evidence, place)
            if last > place or told:
                yield Named(place, last, 0.95, "hospital")
        elif (article := _article(evidence, place)) is not None:
            last = _short(evidence, place)
            if last is not None and (
                _visited(evidence, place, mixed=mixed)
                or (mixed and _written(evidence, article))
                or opens_answer(evidence, article)
                or (last > place and _at_a_name(evidence, article, last))
                or _in_town(evidence, place, last)
            ):
                yield Named(place, last, 0.95, "hospital")


def _then_somebody(evidence: Evidence, place: int) -> bool:
    """Whether a first name begins a clause behind, in captions: "a nurse at king's oyinkan and"."""
    tokens, after = evidence.tokens, place + 1
    if tokens.case(place) is Case.MIXED or after >= len(tokens) or evidence.taken(after):
        return False
    entry, same = evidence.entry(after), tokens.turns[after] == tokens.turns[place]
    return same and entry.given > 0 and entry.tier == 0


def _at_a_name(evidence: Evidence, article: int, last: int) -> bool:
    """Whether somebody is at what is called after a queen or a town: "at the queen elizabeth"."""
    first, second = before(evidence.tokens, article)
    there = first in {"at", "in", "from"} and second not in LOOKING
    return there and goes_on(evidence, last)


def _in_town(evidence: Evidence, place: int, last: int) -> bool:
    """Whether its town follows: "the Queen Elizabeth in King's Lynn", "the QA in Portsmouth".

    A plain word needs its capital: "the county in Yorkshire that I like".
    """
    tokens = evidence.tokens
    plain = last == place and evidence.lexicon.entry(tokens.lows[place]).tier > 0
    plain = plain and not tokens.possessive(place)  # "at the children's in manchester"
    written = tokens.case(place) is Case.MIXED and tokens.capital(place)
    return (written or not plain) and in_town(evidence, last)


def _short(evidence: Evidence, place: int) -> int | None:
    """The last word of a short name after "the"; None where it describes a noun."""
    tokens, (_, shortened, _, the_phrases, _) = evidence.tokens, short_names()
    last = phrase_end(tokens, the_phrases, place)
    if last is not None:
        return last
    if tokens.possessive(place) and tokens.forms[place] in shortened:  # "the Children's"
        return place if alone(evidence, place, whole=True) else None
    if tokens.lows[place] not in shortened:
        return None
    odd = evidence.lexicon.entry(tokens.lows[place]).unknown
    letters = tokens.case(place) is Case.MIXED and tokens.words[place].isupper()
    return place if odd or letters or alone(evidence, place) else None  # "in the BRI many a night"


def _initials(evidence: Evidence, place: int) -> bool:
    """Whether a hospital's initials stand there without an article: "she was seen at BRI"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    if len(low) <= _SHORTEST or low not in short_names()[1]:
        return False
    mixed, word = tokens.case(place) is Case.MIXED, tokens.words[place]
    letters = word.isupper() if mixed else _VOWELS.isdisjoint(low[1:])
    there = before(tokens, place)[0] in {"at", "in", "from", "to"}
    entry = evidence.lexicon.entry(low)
    strange = mixed or (entry.tier == 0 and max(entry.name, entry.place) <= PART)
    return letters and there and strange and place not in evidence.kept


_VOWELS = frozenset("aeouy")  # "hri" is letters, "chaucer" is none


_SHORTEST = 2


def _without_article(evidence: Evidence, place: int) -> int | None:
    """The last word of "in Queen Elizabeth in Woolwich", "the car park at city hospital"."""
    tokens = evidence.tokens
    last = phrase_end(tokens, first_names(), place)
    if last is None or last == place:
        return None
    first, second = before(tokens, place)
    if first in _POINTING and in_town(evidence, last, least=FAIR):
        return last  # "for you it'd be king george in goodmayes"
    small = tokens.case(place) is Case.MIXED and not tokens.capital(last)
    if tokens.lows[last] in {"hospital", "infirmary"} and not small:  # "they call it city hospital"
        righted = first == "the" and tokens.lows[place] not in _SORTS
        righted = righted and (second in _RIGHTED or tokens.lows[last] == "infirmary")
        led = first in {"in", "at", "from", "to"} or second in _CALLING or righted
        return last if led else None
    ends = following(tokens, last)[0] in {"in", "and", "for", "with", "when", "on"}
    numbered = second in _NUMBERED and following(tokens, last)[0] in {"is", "was"}
    ends = ends or numbered  # "my number at Queen Mary's is ..."
    led = first in {"in", "at"} and not small
    return last if led and (tokens.closes(last) or ends) else None


_POINTING = frozenset({"be", "it's", "that's", "at", "in", "to", "from", "was", "is"})
_NUMBERED = frozenset({"number", "id", "file", "record", "notes", "card"})
_CALLING = frozenset({"call", "calls", "called"})
_RIGHTED = frozenset({"no", "not", "sorry"})  # "no the city hospital", which is one of two
_SORTS = frozenset({"cottage", "heart", "eye", "children's", "childrens", "women's"})


def _article(evidence: Evidence, place: int) -> int | None:
    """Where the article stands before a hospital's short name: "the Royal", "the old Royal"."""
    tokens, step = evidence.tokens, place - 1
    if step > 0 and tokens.lows[step] in {"old", "new"} and tokens.joined(place):
        step -= 1
    whole = step >= 0 and all(tokens.joined(each) for each in range(step + 1, place + 1))
    return step if whole and tokens.lows[step] == "the" else None


def _written(evidence: Evidence, article: int) -> bool:
    """Whether "at", "in" ... the X tells it with a capital: "Was it at the General?"."""
    tokens, (first, second) = evidence.tokens, before(evidence.tokens, article)
    going = first == "to" and second in MOVING | _SENT
    there = first in {"at", "in", "from", "via", "near", "outside"} or going
    return there and not tokens.capital(article)


_SENT = frozenset(
    {"sent", "taken", "referred", "got", "admitted", "me", "him", "her", "them", "us"}
)


def _meant(evidence: Evidence, place: int) -> bool:
    """Whether a hospital's initials are no exclamation: "at GOSH", not "Gosh, really?"."""
    tokens = evidence.tokens
    mixed = tokens.case(place) is Case.MIXED
    spelt = (mixed and tokens.words[place].isupper()) or before(tokens, place)[0] in _TOWARDS
    return spelt or tokens.possessive(place) or place not in evidence.kept


def alone(evidence: Evidence, place: int, *, whole: bool = False) -> bool:
    """Whether no noun follows that the word describes: "the royal family", "the general idea"."""
    tokens = evidence.tokens
    if (
        (tokens.possessive(place) and not whole)
        or place + 1 >= len(tokens)
        or tokens.after(place) != " "
    ):
        return True
    after, further = following(tokens, place)
    dated = after in {"one", "that"} and further in _SPELLS  # "in the Royal one night"
    dated = dated or (after, further) == ("a", "lot")
    return dated or after in _GOING_ON or tokens.turns[place + 1] != tokens.turns[place]


_SPELLS = frozenset(
    {"night", "day", "time", "morning", "evening", "afternoon", "week", "weekend", "winter",
     "summer", "year"}
)  # fmt: skip


_GOING_ON = frozenset(
    {"and", "or", "for", "in", "on", "at", "with", "when", "where", "because", "cos", "so", "but",
     "now", "then", "to", "they", "i", "he", "she", "we", "it", "is", "was", "said", "last",
     "again", "yesterday", "today", "tomorrow", "next", "by", "if", "after", "before", "about",
     "since", "um", "er", "as", "who", "you", "my", "every", "once", "twice", "two", "three",
     "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "the",
     "there", "that", "mr", "mrs", "miss", "dr", "she's", "he's", "i'm", "they're", "we're",
     "it's", "that's", "instead", "having", "getting", "waiting"}
)  # fmt: skip


def _visited(evidence: Evidence, place: int, *, mixed: bool) -> bool:
    """Whether somebody is at or goes to "the X", and speaks of care or can mean nothing else."""
    first, second = before(evidence.tokens, place)
    if first in {"old", "new"}:
        first, second = before(evidence.tokens, place - 1)
    there = first == "the" and second in _TOWARDS | _WITH
    word = evidence.tokens.words[place]
    if mixed and word.isupper() and len(word) > 1:
        return there or caring(evidence, place)
    entry = evidence.lexicon.entry(evidence.tokens.lows[place])
    return there and (caring(evidence, place) or entry.unknown)


def caring(evidence: Evidence, place: int) -> bool:
    """Whether words of care stand near, in the same turn or the one before."""
    tokens = evidence.tokens
    care = short_names()[4]
    away = _AWAY if tokens.case(place) is Case.MIXED else _AWAY_BARE  # captions have no sentences
    near = range(max(0, place - away), min(len(tokens), place + away + 1))
    turn = tokens.turns[place]
    said = [tokens.lows[step] for step in near if turn - tokens.turns[step] in (0, 1)]
    return not care.isdisjoint(said) or " a and e " in f" {' '.join(said)} "
