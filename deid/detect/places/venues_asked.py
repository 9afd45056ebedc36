"""Venues by what is asked or told: "Which pub?" / "The Black Swan.", "our parish is All Souls".

A church by its dedication needs a preposition, and an answer only its question; "which one?" /
"the local one" names nothing.
"""

import re
from collections.abc import Iterator
from functools import cache

from deid.detect.names.spans import Named
from deid.detect.places.venues import calls, tells
from deid.detect.words.allow import phrase_end
from deid.detect.words.cues import FILLERS
from deid.detect.words.evidence import COMMONEST, Evidence, contracted
from deid.detect.words.frames import DETERMINERS
from deid.detect.words.gazetteer import Phrases, phrase_table, sections
from deid.detect.words.neighbours import before
from deid.detect.words.tokens import Case, Tokens

_KINDS = sections("place_kinds.txt")
_CARE = (
    r"(?:(?:doctor'?s|dentist'?s|chemist'?s) surgery|doctor'?s|dentist'?s|chemist'?s|opticians?"
    r"|pharmacy|surgery|practice|place|(?:medical|health) centre|hospital|hospice)(?:'s)?"
)
_ASKS = re.compile(
    r"\b(?:which|what) (?:pub|church|chapel|mosque|temple|school|nursery|care home|home|beach|park"
    r"|station|island|gym|college|hotel|club|hospital|hospice)"
    r"(?: (?:is|was|did|do|does) [a-z' ]{2,24})?\??\s*\Z"
    r"|\b(?:where did (?:you|he|she|they|yous) go to (?:school|church|college|nursery)"
    r"|(?:is|was) (?:he|she) at (?:nursery|school|playgroup|college))[a-z ]{0,12}\?\s*\Z"
    rf"|\b(?:which|what) (?:new |gp )?{_CARE}(?: (?:is|was|are|were|do|did|does))? "
    r"(?:that|(?:you|he|she|they|we)(?: both| all)?"
    r" (?:registered|registered with|with|under|at|go to|use))\??\s*\Z"
    rf"|\bwhat(?:'s| is) (?:the name of )(?:your|his|her|the) (?:gp )?{_CARE}\??\s*\Z"
    rf"|\bwhat(?:'s| is) (?:your|his|her|the) (?:gp )?{_CARE} called\??\s*\Z"
    r"|\b(?:your|his|her) (?:gp|surgery)(?:'s| is) ?(?:\.\.\.|\u2026)\??\s*\Z",
    re.IGNORECASE,
)
_ASKS_WHETHER = re.compile(
    r"\b(?:does|do|did|is|are) (?:he|she|they|you) (?:go to|goes to|at|in|going to) (?:a |any )?"
    r"(?:nursery|playgroup|school|college|church|day centre|preschool|pre-school)"
    r"(?: at all| yet| now| then)?\?\s*\Z",
    re.IGNORECASE,
)
_SORTED = frozenset(_KINDS["houses"]).union(_KINDS["kinds"], ("clinic", "pool"))
"""Kinds that need a word beside them which tells one from another: "the swimming pool"."""
_UNSURE = DETERMINERS - {"little", "great"} | frozenset(
    {"one", "local", "nearest", "same", "near", "just", "i", "we", "it", "it's", "not", "don't",
     "yes", "no", "yeah", "what", "which", "both", "none", "by", "round", "here", "there", "where",
     "know", "used", "closest", "corner", "other", "main", "in", "at", "catholic", "primary",
     "mixed", "whichever", "whatever", "wherever"}
)  # fmt: skip
_LONGEST, _QUESTION = 4, 90


def venues_asked(evidence: Evidence) -> Iterator[Named]:
    """Churches, whatever answers "which pub?", and what a venue is said to be called."""
    tokens = evidence.tokens
    for place in range(len(tokens)):
        opens = place > 0 and tokens.turns[place - 1] != tokens.turns[place]
        if opens and (answer := _answer(evidence, place)) is not None:
            yield Named(*answer, 0.65, "venue-asked")
        if opens and (answer := _answer_behind(evidence, place)) is not None:
            yield Named(*answer, 0.65, "venue-asked")
        if (last := _church(evidence, place)) is not None:
            yield Named(place, last, 0.7, "church")
        if (told := _told(evidence, place)) is not None:
            yield Named(*told, 0.65, "venue-told")


def _answer(evidence: Evidence, first: int) -> tuple[int, int] | None:
    """The words, one to four, that answer "which church?": "it's beacon medical centre"."""
    tokens = evidence.tokens
    start = tokens.starts[first]
    if not _ASKS.search(tokens.text[max(0, start - _QUESTION) : start].rstrip(" ")):
        return None
    begin = first
    while begin - first < _LONGEST and tokens.lows[begin] in _LEADING and _goes(tokens, begin):
        begin += 1
    last = begin
    while last - begin < _LONGEST and _goes(tokens, last) and not _opens(tokens, last + 1):
        last += 1
    name = range(begin, last + 1)
    if not (tokens.closes(last) or _opens(tokens, last + 1)) or len(name) > _LONGEST:
        return None
    plain = any(tokens.lows[step] in _UNSURE or contracted(tokens.lows[step]) for step in name)
    plain = plain or tokens.lows[begin] in _WHERE or any(map(evidence.dosed, name))
    plain = plain or evidence.kept.issuperset(name)
    if plain or not _calls(evidence, name):
        return None
    return begin - (begin > first and tokens.lows[begin - 1] == "the"), last


def _answer_behind(evidence: Evidence, first: int) -> tuple[int, int] | None:
    """As in "does he go to nursery?" / "Two mornings. Little Dragons.": two capitals or more.

    Alone in the first sentence, or in the one behind it; "Yes. Every Day." has none of its own.
    """
    tokens = evidence.tokens
    start = tokens.starts[first]
    asked = tokens.text[max(0, start - _QUESTION) : start].rstrip(" ")
    if tokens.case(first) is not Case.MIXED or not _ASKS_WHETHER.search(asked):
        return None
    second = next(
        (step for step in range(first + 1, min(len(tokens), first + _LONGEST + 1))
         if tokens.initial(step)), first
    )  # fmt: skip
    for begin in (first, second):
        last = begin
        while last - begin < _LONGEST and _goes(tokens, last):
            last += 1
        name = range(begin, last + 1)
        plain = any(tokens.lows[step] in _UNSURE or tokens.lows[step] in _DAYS for step in name)
        written = all(tokens.words[step].istitle() for step in name) and tokens.closes(last)
        if len(name) in range(2, _LONGEST) and written and not plain and _calls(evidence, name):
            return begin, last
    return None


_DAYS = frozenset(
    {"day", "days", "week", "morning", "mornings", "monday", "tuesday", "wednesday", "thursday",
     "friday", "every", "year", "class", "mum", "dad", "nan"}
)  # fmt: skip
_LEADING = FILLERS | {"the", "it's", "that's", "oh", "at", "with"}
_AGAIN = frozenset(
    {"what's", "it's", "they've", "they're", "i've", "we've", "he's", "she's", "we", "i", "they",
     "you", "he", "she", "there"}
)  # fmt: skip


def _goes(tokens: Tokens, place: int) -> bool:
    """Whether the answer goes on after a word."""
    after = place + 1
    whole = after < len(tokens) and tokens.joined(after)
    return whole and tokens.turns[after] == tokens.turns[place]


def _opens(tokens: Tokens, place: int) -> bool:
    """Whether captions begin a clause there: "fountain street what's it called"."""
    within = place < len(tokens) and tokens.case(place) is not Case.MIXED
    return within and tokens.forms[place] in _AGAIN


_WHERE = frozenset(
    {"in", "at", "locally", "only", "mum's", "and", "well", "sometimes", "nearly", "year"}
)


def _calls(evidence: Evidence, name: range) -> bool:
    """Whether the words may be a name: capitals past the first, or one that is no everyday word."""
    tokens = evidence.tokens
    if evidence.firm.intersection(name):
        return False
    if tokens.case(name.start) is Case.MIXED:
        written = all(tokens.capital(step) or tokens.lows[step] in {"of", "the"} for step in name)
        return written and (len(name) > 1 or evidence.entry(name.start).tier != COMMONEST)
    if tokens.lows[name.stop - 1] in _SORTED:
        return all(calls(evidence, step) for step in name[:-1]) and any(
            tells(evidence, step, article=tokens.lows[name.start - 1] == "the")
            for step in name[:-1]
        )
    return any(evidence.entry(step).tier != COMMONEST for step in name)


@cache
def _churches() -> Phrases:
    return phrase_table(_KINDS["churches"])


def _church(evidence: Evidence, place: int) -> int | None:
    """The last word of "at sacred heart", "our parish is Corpus Christi"."""
    tokens = evidence.tokens
    last = phrase_end(tokens, _churches(), place)
    if last is None:
        return None
    mixed = tokens.case(place) is Case.MIXED
    small = mixed and not tokens.capital(last)
    first, second = before(tokens, place)
    kind = last + 1
    whole = kind < len(tokens) and tokens.joined(kind) and tokens.turns[kind] == tokens.turns[place]
    if whole and tokens.lows[kind] in _ITS_OWN:
        last = kind  # "Corpus Christi School"
    written = last == kind and (tokens.capital(kind) or not mixed)
    bare = not mixed and first == "the" and tokens.lows[place] != "the"
    lead = second if bare and tokens.lows[min(kind, len(tokens) - 1)] != "of" else first
    led = lead in _AT_CHURCH or (first == "is" and second in _PARISH)
    return None if small or not (led or written) else last


_ITS_OWN = frozenset(
    {"school", "primary", "church", "college", "academy", "nursery", "hospital", "hall", "high",
     "infants", "juniors", "secondary", "grammar", "chapel", "hospice"}
)  # fmt: skip
_AT_CHURCH = frozenset({"at", "to", "from", "near", "in", "behind", "outside", "opposite"})
_PARISH = frozenset({"parish", "church", "school"})


def _told(evidence: Evidence, place: int) -> tuple[int, int] | None:
    """The words of "the home's Sunrise.", "my old school was Red Maids": what a venue is called."""
    tokens, kind = evidence.tokens, place - 1
    mixed, low = tokens.case(place) is Case.MIXED, tokens.lows[place]
    if kind < 1 or not tokens.joined(place) or tokens.turns[kind] != tokens.turns[place]:
        return None
    called = tokens.lows[kind] == "called"
    kind -= called or tokens.lows[kind] in {"is", "was"}
    is_ = kind < place - 1 or tokens.possessive(kind)
    if not is_ or tokens.lows[kind] not in _TOLD_OF or (not mixed and not called):
        return None
    first = last = place + (low == "the" and place + 1 < len(tokens))
    while last + 1 < len(tokens) and tokens.joined(last + 1) and last - first < _LONGEST:
        if not (tokens.capital(last + 1) if mixed else _more(evidence, last + 1)):
            break
        last += 1
    name = range(first, last + 1)
    barred = evidence.firm.union(evidence.kept).intersection(name) or len(name) >= _LONGEST
    closes = tokens.closes(last)
    written = tokens.capital(first) if mixed else tokens.lows[first] not in _UNSURE
    if first == last and evidence.entry(first).tier == COMMONEST:
        return None
    return (first, last) if written and closes and not barred else None


def _more(evidence: Evidence, place: int) -> bool:
    """Whether a name goes on without capitals: "called the tin whistle on the corner"."""
    tokens = evidence.tokens
    same = tokens.turns[place] == tokens.turns[place - 1]
    return same and place not in evidence.kept and evidence.entry(place).tier != COMMONEST


_TOLD_OF = frozenset(
    {"school", "nursery", "home", "church", "pub", "local", "hostel", "parish", "gym", "centre",
     "college", "hospice", "surgery", "hub"}
)  # fmt: skip
