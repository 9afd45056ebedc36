"""What must stay: drugs, conditions, tests, countries, faiths, days, shops, media, interjections.

An allowed word beats weak evidence that it is a name and never strong evidence (a title before
it, an introduction, a speaker label): Parkinson's the disease stays, Mr Parkinson does not.
"""

from dataclasses import dataclass, field
from functools import cache

from deid.detect.words.ailments import ailments
from deid.detect.words.colours import colours
from deid.detect.words.company import things
from deid.detect.words.cues import roles
from deid.detect.words.gazetteer import (
    Phrases,
    brands,
    lexicon,
    medicines,
    phrase_table,
    sections,
)
from deid.detect.words.makes import makes
from deid.detect.words.neighbours import before, following
from deid.detect.words.papers import papers
from deid.detect.words.somebody import is_somebody
from deid.detect.words.titled import titled
from deid.detect.words.tokens import Case, Tokens

LISTS = ("keep_medicine.txt", "keep_public.txt", "keep_things.txt")
_WARES = frozenset(
    {"household", "toiletries", "eaten", "drunk", "worn", "driven", "shopped", "brands", "shops"}
)
_SHOWS = frozenset({"screen", "read"})
_HELPERS = frozenset({"medicine-words", "medicine-verbs", "suffixes", "in-capitals", "dialect"})
_ACRONYMS = frozenset({"conditions", "tests", "therapies", "bodies"})
_NAMING = frozenset({"name", "name's", "surname", "forename"})
_SUFFIX_LEAST, _SHORT, _LISTED = 4, 4, 5


@dataclass(frozen=True, slots=True)
class Allowed:
    """The allow-lists as look-up tables, in lower case.

    Acronyms count only in capitals where a turn has them: "TIA", not "Tia"; ``capitals``, which are
    names, nowhere else: "the DESMOND course"; ``small``, words of dialect that somebody may be
    called, only without one: "roon and roon", not "ask Roon".
    """

    words: frozenset[str] = field(repr=False)
    acronyms: frozenset[str] = field(repr=False)
    capitals: frozenset[str] = field(repr=False)
    small: frozenset[str] = field(repr=False)
    phrases: Phrases = field(repr=False)
    wares: frozenset[str] = field(repr=False)
    shows: Phrases = field(repr=False)
    suffixes: tuple[str, ...]
    dose_words: frozenset[str] = field(repr=False)
    dose_verbs: frozenset[str] = field(repr=False)

    def term_like(self, low: str) -> bool:
        """Whether a word ends the way drugs (INN stems) and diseases do."""
        return low.endswith(self.suffixes) and len(low) > _SUFFIX_LEAST + 2

    def marks(self, tokens: Tokens, answers: frozenset[int]) -> tuple[set[int], set[int]]:
        """The places of allowed words, and of those that are allowed as part of a phrase.

        A phrase ("Marks and Spencer", "Bell's palsy", "Crohn's") says more than a word alone.
        ``answers`` are the turns that answer a question for a name.
        """
        words: set[int] = set()
        phrases: set[int] = set()
        shows: set[int] = set()
        for place, form in enumerate(tokens.forms):
            last = phrase_end(tokens, self.phrases, place)
            if last is not None and not is_somebody(tokens, place, last, answers):
                phrases.update(range(place, last + 1))
                written = tokens.case(place) is not Case.MIXED or tokens.capital(last)
                if written and phrase_end(tokens, self.shows, place) is not None:
                    shows.update(range(place, last + 1))  # "The Office", not "in the office"
            low = tokens.lows[place]
            owned = form != low and form in self.words and not _owner(tokens, place)
            if owned or self._course(tokens, place):
                phrases.add(place)
            elif low in self.words or self._acronym(tokens, place) or self._small(tokens, place):
                words.add(place)
        phrases.update(papers(tokens))
        phrases.update(ailments(tokens))
        phrases.update(colours(tokens))
        phrases.update(makes(tokens))
        phrases.update(titled(tokens))
        wares = frozenset(place for place in words if tokens.lows[place] in self.wares)
        phrases.update(things(tokens, wares, frozenset(shows)))
        return words | phrases, phrases

    def _small(self, tokens: Tokens, place: int) -> bool:
        written = tokens.case(place) is Case.MIXED and tokens.capital(place)
        return tokens.lows[place] in self.small and not written

    def _course(self, tokens: Tokens, place: int) -> bool:
        """Whether capitals among small letters tell that it is nobody: "it's called DESMOND"."""
        written = tokens.words[place].isupper() and tokens.case(place) is Case.MIXED
        near = {*before(tokens, place), *following(tokens, place)}
        return written and tokens.lows[place] in self.capitals and not _NAMING & near

    def _acronym(self, tokens: Tokens, place: int) -> bool:
        low, word = tokens.lows[place], tokens.words[place]
        if low.removesuffix("s") in self.acronyms and low not in self.acronyms:
            return word.endswith("s") and word[:-1].isupper()
        if low not in self.acronyms:
            return False
        return word.isupper() or tokens.case(place) is not Case.MIXED


def _owner(tokens: Tokens, place: int) -> bool:
    """Whether "X's" is somebody: "Gilbert's mum" is no syndrome, nor is "Ken Parkinson's here"."""
    if following(tokens, place)[0] in roles().kin:
        return True
    if place == 0 or not tokens.joined(place) or tokens.possessive(place - 1):
        return False
    first = lexicon().entry(tokens.lows[place - 1])
    if tokens.case(place) is Case.MIXED:
        return tokens.capital(place - 1) and tokens.capital(place) and first.given >= _LISTED
    return first.tier == 0 and first.given >= _LISTED


def phrase_end(tokens: Tokens, table: Phrases, place: int) -> int | None:
    """The last word of the longest listed phrase that starts at a word, within one turn."""
    seconds = table.get(tokens.forms[place])
    if seconds is None or place + 1 >= len(tokens.words):
        return None
    for second in dict.fromkeys((tokens.forms[place + 1], tokens.lows[place + 1])):
        for rest in seconds.get(second, ()):
            last = place + 1 + len(rest)
            if last < len(tokens.words) and tokens.turns[last] == tokens.turns[place]:
                middle = tuple(tokens.forms[place + 2 : last])
                if (
                    (*middle, tokens.lows[last])[-len(rest) :] == rest
                    or (*middle, tokens.forms[last])[-len(rest) :] == rest
                    or not rest
                ):
                    return last
    return None


def _is_acronym(entry: str) -> bool:
    """Whether a short entry is initials, and no rare word that hardly anybody is called: "gout"."""
    known = lexicon().entry(entry)
    word = len(entry) == _SHORT and known.tier >= _RARE_WORD and known.name <= _HARDLY
    return len(entry) <= _SHORT and not word


_RARE_WORD, _HARDLY = 35, 2
_PEOPLES = frozenset({"peoples", "faiths"})
_COUNTED = ("an", "ian", "er", "i", "ic", "ist", "ard", "slav", "slovene", "serb", "uzbek")


@cache
def allowed() -> Allowed:
    """The allow-lists of this installation, read on first use."""
    entries = list(brands())
    acronyms: set[str] = set()
    helpers: dict[str, tuple[str, ...]] = {}
    wares: set[str] = set()
    shows: list[str] = []
    for name in LISTS:
        for section, found in sections(name).items():
            if section in _HELPERS:
                helpers[section] = found
                continue
            short = {entry for entry in found if section in _ACRONYMS and _is_acronym(entry)}
            acronyms |= short
            wares.update(found if section in _WARES else ())
            shows.extend(found if section in _SHOWS else ())
            entries.extend(entry for entry in found if entry not in short)
            if section == "conditions":  # "two fibromyalgias"
                entries.extend(f"{entry}s" for entry in found if entry.endswith("ia"))
            if section in _PEOPLES:  # "the Americans"
                entries.extend(f"{entry}s" for entry in found if entry.endswith(_COUNTED))
    words = medicines().union(entry for entry in entries if " " not in entry)
    return Allowed(
        words=words,
        acronyms=frozenset(acronyms - words),
        capitals=frozenset(helpers["in-capitals"]),
        small=frozenset(helpers["dialect"]),
        phrases=phrase_table(entries),
        wares=frozenset(wares),
        shows=phrase_table(shows),
        suffixes=tuple(end for end in helpers["suffixes"] if len(end) >= _SUFFIX_LEAST),
        dose_words=frozenset(helpers["medicine-words"]),
        dose_verbs=frozenset(helpers["medicine-verbs"]),
    )
