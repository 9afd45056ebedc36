"""Words beside a chosen one that belong to its name: surnames, particles, initials, epithets."""

from deid.detect.names.epithets import follows_name, is_epithet
from deid.detect.names.never import nobody
from deid.detect.names.surnames import also_first, bare_surname, is_surname_alone, owning_surname
from deid.detect.names.syllables import leads_given
from deid.detect.words.cues import COURTESIES, role_words, roles
from deid.detect.words.evidence import (
    COMMON_TIER,
    COMMONEST,
    FAIR,
    PART,
    PLAIN_TIER,
    STRONG_NAME,
    Evidence,
    Verdict,
)
from deid.detect.words.frames import PAST, PERSONAL_VERBS
from deid.detect.words.gazetteer import Entry
from deid.detect.words.neighbours import before as frame_before
from deid.detect.words.tokens import Case, Tokens
from deid.transcript import EntityType

LONGEST_PARTICLES = 3


def widen(evidence: Evidence, verdicts: dict[int, Verdict], chosen: dict[int, Verdict]) -> None:
    """A likely word next to a name is part of it ("Sarah Young", "van der Berg")."""
    for place in sorted(chosen):
        step = place + 1
        while step < len(evidence.tokens) and step not in chosen:
            epithet = follows_name(evidence, step)
            if _is_kin_spoken_to(evidence, step):
                break
            known = epithet or _in_full(evidence, step) or owning_surname(evidence, step)
            known = known or _extends(evidence, step)
            if not (known or bare_surname(evidence, step, chosen[place].rule)):
                break
            chosen[step] = Verdict(chosen[place].score, chosen[place].rule)
            step += 1
        led_itself = step == place + 1 and evidence.tokens.lows[place] in _LEADING
        if step == place + 1 and _son_of(evidence, place):
            chosen.update((at, chosen[place]) for at in (step, step + 1))
            step += 2
        start = place if led_itself else step  # "dr van dyke", "mary van dyke"
        led = _past_particles(evidence, start)
        if led > start and led not in chosen and _ends_led(evidence, led, place):
            chosen[led] = Verdict(chosen[place].score, chosen[place].rule)
        before = place - 1
        if before >= 0 and before not in chosen and _precedes(evidence, verdicts, place):
            chosen[before] = Verdict(chosen[place].score, chosen[place].rule)


def _son_of(evidence: Evidence, place: int) -> bool:
    """Whether "an" and a word of no list go on with "mac": "doctor mac an tsaoir"."""
    tokens, last = evidence.tokens, place + 2
    if tokens.lows[place] not in {"mac", "nic"} or last >= len(tokens):
        return False
    whole = tokens.lows[place + 1] == "an" and tokens.joined(place + 1) and tokens.joined(last)
    return whole and evidence.entry(last).tier == 0 and not evidence.taken(last)


def _is_kin_spoken_to(evidence: Evidence, place: int) -> bool:
    """Whether somebody of the family is spoken to behind a name: "that's claudia nan"."""
    tokens = evidence.tokens
    return tokens.lows[place] in roles().kin and not tokens.capital(place)


def _past_particles(evidence: Evidence, step: int) -> int:
    """Where the name goes on behind "von", "de la" ..., or the place itself."""
    tokens, last = evidence.tokens, step
    while last + 1 < len(tokens) and last - step < LONGEST_PARTICLES - 1:
        if tokens.lows[last] not in _LEADING or not tokens.joined(last):
            break
        last += 1
    return last


_LEADING = frozenset(
    {"van", "von", "der", "den", "de", "la", "da", "di", "del", "della", "dos", "das", "du", "bin"}
)


def _ends_led(evidence: Evidence, place: int, start: int) -> bool:
    """Whether the word behind particles is the family name: "von Stein", "mr de la tour"."""
    tokens, entry = evidence.tokens, evidence.entry(place)
    whole = tokens.joined(place) and tokens.turns[place] == tokens.turns[place - 1]
    if not whole or place in evidence.claimed or place in evidence.firm:
        return False
    if tokens.case(place) is Case.MIXED:
        return tokens.words[place].istitle() and tokens.lows[place] not in evidence.words.function
    titled = start > 0 and tokens.lows[start - 1] in COURTESIES
    return entry.family >= PART and (titled or entry.tier == 0 or entry.tier >= COMMON_TIER)


def _extends(evidence: Evidence, place: int) -> bool:
    """Whether the word continues the name right before it."""
    tokens = evidence.tokens
    if not tokens.joined(place) or tokens.turns[place] != tokens.turns[place - 1]:
        return False
    barred = place in evidence.firm or evidence.dosed(place) or nobody(tokens, place)
    if tokens.possessive(place - 1) or barred:
        return False
    if place in evidence.kept and evidence.entry(place).family < _least_kept(evidence, place):
        return False
    if tokens.case(place) is Case.MIXED:
        return tokens.capital(place) and _extends_capital(evidence, place)
    entry = evidence.entry(place)
    if tokens.lows[place] in evidence.words.function:
        return tokens.lows[place] == "young" and evidence.network.get(place) is EntityType.PERSON
    first = evidence.entry(place - 1)
    owner = tokens.possessive(place) and first.given >= STRONG_NAME and first.tier == 0
    least = PART if owner else STRONG_NAME + 2 * (entry.tier < PLAIN_TIER)  # "alan fish's knee"
    return entry.tier == 0 or entry.family >= least


def _in_full(evidence: Evidence, place: int) -> bool:
    """Whether a first name is said once more with its family name: "Tawanda, Tawanda Gumbo"."""
    tokens = evidence.tokens
    again = place > 1 and tokens.lows[place - 2] == tokens.lows[place - 1]
    whole = again and tokens.gap(place - 1) == ", " and tokens.joined(place)
    whole = whole and tokens.closes(place)
    return whole and tokens.case(place) is Case.MIXED and tokens.words[place].istitle()


def _least_kept(evidence: Evidence, place: int) -> int:
    """The weight from which an allowed word is a surname: less after a first name and no word."""
    first = evidence.entry(place - 1)
    sure = first.given >= STRONG_NAME and first.tier == 0 and evidence.tokens.capital(place)
    return PART if sure and evidence.tokens.capital(place - 1) else STRONG_NAME


def _extends_capital(evidence: Evidence, place: int) -> bool:
    word, low = evidence.tokens.words[place], evidence.tokens.lows[place]
    short = len(low) == 1 and low not in "aik"
    entry = evidence.entry(place)
    plural = word.endswith("s") and word[:-1].isupper() and len(word) > PART  # "Kent MPs"
    if place in evidence.claimed or (word.isupper() and _is_acronym(evidence, place, entry)):
        return False
    if plural:
        return False
    if short or not entry.tier or evidence.network.get(place) is EntityType.PERSON:
        return True
    if _bynamed(evidence, place):
        return True
    seen = evidence.network.get(place)
    if entry.tier >= COMMON_TIER and seen is not EntityType.LOCATION:
        return evidence.tokens.words[place].istitle()  # "Gwyn Slates"
    return entry.name >= (STRONG_NAME if entry.tier == COMMONEST else PART)


def _is_acronym(evidence: Evidence, place: int, entry: Entry) -> bool:
    """Whether capitals behind a name are no surname: "Sarah GP", never "Dave BROWN"."""
    long = len(evidence.tokens.lows[place])
    if long <= PART or place in evidence.kept:
        return long > 1
    return entry.name < PART and not (entry.unknown and long > _LONGEST_ACRONYM)


_LONGEST_ACRONYM = 5


def _bynamed(evidence: Evidence, place: int) -> bool:
    """Whether a plain word is a byname behind a first name: "Wil Post's gate", "Dai Bread,"."""
    tokens, low = evidence.tokens, evidence.tokens.lows[place]
    first, entry = evidence.entry(place - 1), evidence.entry(place)
    ends = tokens.possessive(place) or tokens.after(place)[:1] in {",", ".", "?", "!", "\n", ""}
    done = low in PAST and entry.family < PART  # "Dr Imogen Fell." is no verb
    said = low in evidence.words.function or done or low in _ANSWERS
    plain = tokens.words[place].istitle() and ends and not said
    known = (
        first.given >= FAIR and first.tier == 0 and not first.place and not tokens.initial(place)
    )
    role = low in role_words("kin", "titles", "labels", "heads")
    return known and plain and entry.tier > 0 and not role and place not in evidence.kept


_ANSWERS = frozenset(
    {"right", "okay", "yes", "no", "yeah", "well", "sorry", "sure", "fine", "good"}
)


def _precedes(evidence: Evidence, verdicts: dict[int, Verdict], place: int) -> bool:
    """Whether the word before belongs to it: a first name that is also a word, an initial."""
    tokens, before = evidence.tokens, place - 1
    entry = evidence.entry(before)
    if not tokens.joined(place) or tokens.possessive(before):
        return False
    if (
        is_epithet(evidence, before)
        or also_first(evidence, before)
        or leads_given(evidence, before)
    ):
        return True
    office = tokens.lows[before] in roles().labels and len(tokens.lows[before]) > PART
    if (before in evidence.kept and entry.given < FAIR) or (office and not entry.given):
        return False
    if tokens.case(place) is not Case.MIXED:
        return _precedes_small(evidence, place)
    both = tokens.capital(before) and tokens.capital(place)
    return both and _precedes_capital(evidence, verdicts, place)


def _precedes_small(evidence: Evidence, place: int) -> bool:
    tokens, before = evidence.tokens, place - 1
    low = tokens.lows[before]
    if len(low) == 1:
        return _is_initial(evidence, before)
    surname = evidence.entry(place)
    named = evidence.entry(before).given >= STRONG_NAME
    sure = surname.tier == 0 and surname.family >= STRONG_NAME
    named = named or (sure and low in evidence.words.first)  # "she's temperance okoro"
    if not named and is_surname_alone(evidence, place):  # "mossy carmody", "idi amin"
        entry = evidence.entry(before)
        said = before in evidence.kept and entry.given < FAIR
        said = said or low in role_words("kin", "titles")
        only = entry.tier == 0 and entry.given > entry.place  # "krasimir popescu"
        named = low in evidence.words.first or entry.unknown or entry.given > PART or only
        named = not said and (named or _is_given_out(tokens, before))
    return named and low not in evidence.words.function


def _is_given_out(tokens: Tokens, place: int) -> bool:
    """Whether a name is given out from this word on: "my name's rein petrenko"."""
    first, second = frame_before(tokens, place)
    return first == "name's" or (second, first) == ("name", "is")


def _precedes_capital(evidence: Evidence, verdicts: dict[int, Verdict], place: int) -> bool:
    tokens, before = evidence.tokens, place - 1
    low, entry = tokens.lows[before], evidence.entry(before)
    if len(low) == 1:
        return low not in "ai" or tokens.gap(place) != " "
    surname = evidence.entry(place)
    role = low in roles().titles or low in roles().kin or nobody(tokens, before)
    initial, plain = tokens.initial(before), low not in evidence.words.function and not role
    whole = plain and _is_whole(evidence, before)
    if whole if initial else _is_nickname(evidence, before, surname):
        return True
    only = entry.tier == 0 and entry.given >= entry.place  # "Sharmarke Berhane, I think"
    if initial and (entry.tier > COMMON_TIER or only) and before not in evidence.kept:
        return plain and surname.family >= (PART if only else FAIR) and not surname.tier
    if before not in verdicts or verdicts[before].score <= 0:
        return False
    if initial:
        return entry.given >= FAIR and (plain or surname.given < FAIR)
    return entry.name >= PART or entry.unknown


def _is_whole(evidence: Evidence, place: int) -> bool:
    """Whether the network saw one person in both words: "Bright Mensah, he was", "Bod Bowles."."""
    tokens, entry, surname = evidence.tokens, evidence.entry(place), evidence.entry(place + 1)
    both = all(evidence.network.get(at) is EntityType.PERSON for at in (place, place + 1))
    sure = not surname.tier and surname.family >= PART and surname.family > surname.given
    first = entry.given > PART or entry.unknown or entry.tier >= COMMON_TIER
    titled = tokens.words[place].istitle() and not evidence.taken(place)
    return both and sure and first and titled and tokens.lows[place] not in BEFORE_SURNAMES


BEFORE_SURNAMES = (
    PERSONAL_VERBS
    | PAST
    | COURTESIES
    | frozenset(
        {"poor", "dear", "old", "young", "good", "ask", "tell", "ring", "see", "thank", "bless"}
    )
)


def _is_initial(evidence: Evidence, place: int) -> bool:
    """Whether one small letter before a surname is somebody's initial: "dear mr d ridley"."""
    tokens, low, surname = evidence.tokens, evidence.tokens.lows[place], evidence.entry(place + 1)
    whole = (
        place > 0 and tokens.gap(place) == " " and tokens.turns[place - 1] == tokens.turns[place]
    )
    titled = whole and tokens.lows[place - 1] in COURTESIES
    sure = surname.tier == 0 and surname.family >= PART and surname.given < FAIR
    return titled or (sure and low.isalpha() and low not in "aeious")


def _is_nickname(evidence: Evidence, place: int, surname: Entry) -> bool:
    """Whether a plain word with a capital is what somebody is called: "Mossy Keane"."""
    low = evidence.tokens.lows[place]
    if evidence.taken(place) or low in role_words("kin", "titles", "labels"):
        return False
    sure = surname.family >= FAIR and surname.tier == 0 and surname.family > surname.place
    return sure and low not in evidence.words.function and evidence.tokens.words[place].istitle()
