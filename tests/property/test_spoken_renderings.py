"""However a speaker says an identifier near its cue, all of it is found."""

import re
from dataclasses import dataclass, replace

import nhs_number
from hypothesis import given, settings
from hypothesis import strategies as st

from deid.detect.speech import Hit, Speech
from deid.detect.spoken import family
from deid.transcript import EntityType, Transcript, Turn


def _words(text: str) -> list[str]:
    return text.split()


_ONES = _words("zero one two three four five six seven eight nine")
_TEENS = _words("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
_TENS = _words("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINALS = _words(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_MONTHS = _words(
    "January February March April May June July August September October November December"
)
_NATO = _words(
    "alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar "
    "papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu"
)
_ZEROS = ("zero", "oh", "o", "nought", "naught", "nil")
_FILLERS = (" ", ", ", " um, ", ", er, ", " ", "... ", ", you know, ", " - ")
_TURNS = ("\n", "\nyep\n", "\nmm-hmm\n", "\ngo on\n", "\nright\n")


@dataclass(frozen=True)
class Said:
    """What was said, and where the identifier stands in it."""

    text: str
    start: int
    end: int

    def speech(self) -> Speech:
        turns = tuple(Turn(number, line) for number, line in enumerate(self.text.split("\n")))
        return Speech.of(Transcript(turns, format="test"))


def _below_hundred(value: int) -> str:
    if value < 10:
        return _ONES[value]
    if value < 20:
        return _TEENS[value - 10]
    unit = value % 10
    return _TENS[value // 10 - 2] + (f" {_ONES[unit]}" if unit else "")


@st.composite
def _group(draw: st.DrawFn, digits: str) -> str:
    """One group of digits: singly, doubled, in tens and teens, or in figures."""
    how = draw(st.sampled_from(("singly", "doubles", "pairs", "figures")))
    if how == "figures":
        return digits
    words, place = [], 0
    while place < len(digits):
        rest = digits[place:]
        if how == "doubles" and len(rest) > 2 and len(set(rest[:3])) == 1:
            words.append(f"{draw(st.sampled_from(('triple', 'treble')))} {_ONES[int(rest[0])]}")
            place += 3
        elif how == "doubles" and len(rest) > 1 and rest[0] == rest[1]:
            words.append(f"double {_ONES[int(rest[0])]}")
            place += 2
        elif how == "pairs" and len(rest) > 1 and rest[0] != "0":
            words.append(_below_hundred(int(rest[:2])))
            place += 2
        else:
            zero = draw(st.sampled_from(_ZEROS))
            words.append(zero if rest[0] == "0" else _ONES[int(rest[0])])
            place += 1
    # a pause keeps "twenty" and "four" two units
    return ", ".join(words) if how == "pairs" else " ".join(words)


@st.composite
def _digits(draw: st.DrawFn, digits: str, sizes: tuple[int, ...]) -> str:
    """All groups, with fillers, corrections and the listener's turns between them."""
    said, place = "", 0
    for number, size in enumerate(sizes):
        group = digits[place : place + size]
        place += size
        if number:
            said += draw(st.sampled_from(_FILLERS + _TURNS))
            if draw(st.integers(0, 9)) == 0:
                wrong = str((int(group) + 1) % 10**size).zfill(size)
                said += draw(_group(wrong)) + draw(st.sampled_from((", sorry, ", ", no wait, ")))
        said += draw(_group(group))
    return said


def _place(cue: str, said: str, tail: str) -> Said:
    return Said(cue + said + tail, len(cue), len(cue) + len(said))


_SAYS_NOTHING = re.compile(r"\b(?:um|er|you know|yep|mm-hmm|go on|right)\b", re.IGNORECASE)
"""What stands between groups and need not be covered."""


def _uncovered(said: Said, hits: list[Hit], kinds: set[EntityType]) -> list[str]:
    covered = {at for hit in hits if hit.entity_type in kinds for at in range(hit.start, hit.end)}
    covered.update(at for word in _SAYS_NOTHING.finditer(said.text) for at in range(*word.span()))
    return [
        said.text[at]
        for at in range(said.start, said.end)
        if said.text[at].isalnum() and at not in covered
    ]


_BACKCHANNELS = frozenset({"yep", "mm-hmm", "go on", "right"})


def _turn(said: Said, hit: Hit) -> str:
    """The whole turn that a hit lies in, which it must not leave."""
    assert "\n" not in said.text[hit.start : hit.end]
    begin = said.text.rfind("\n", 0, hit.start) + 1
    return said.text[begin:].split("\n", 1)[0].lower()


def _in_source(said: Said, speech: Speech, hit: Hit) -> Hit:
    """The hit in the offsets of the text as it was written, turns joined by line feeds."""
    lines = [0, *(line.end() for line in re.finditer("\n", said.text))]
    places = list(speech.places(hit.start, hit.end))
    first, last = places[0], places[-1]
    return replace(hit, start=lines[first.turn] + first.start, end=lines[last.turn] + last.end)


def _found_wholly(said: Said, *kinds: EntityType) -> None:
    speech = said.speech()
    hits = [_in_source(said, speech, hit) for hit in family.find(speech)]
    assert all(0 <= hit.start < hit.end <= len(said.text) for hit in hits)
    turns = [_turn(said, hit) for hit in hits]
    assert not _BACKCHANNELS.intersection(turns), f"{said.text!r} lost a listener's turn"
    missing = _uncovered(said, hits, set(kinds))
    assert not missing, f"{said.text!r} missed {''.join(missing)!r}"


_CASES = st.sampled_from((str, str.lower, str.upper))
_TAILS = st.sampled_from(("", ".", " thanks", "\nlovely, thank you", ". Is that all right?"))


@st.composite
def _nhs(draw: st.DrawFn) -> Said:
    base = "999" + draw(st.text("0123456789", min_size=6, max_size=6))
    check = nhs_number.calculate_checksum(base)
    last = draw(st.sampled_from((str((check or 0) % 10), draw(st.sampled_from("0123456789")))))
    sizes = draw(st.sampled_from(((3, 3, 4), (3, 4, 3), (5, 5), (4, 3, 3), (2, 2, 2, 2, 2))))
    cue = draw(st.sampled_from(("my NHS number is ", "NHS number? ", "NHS number?\nit's ")))
    return _place(cue, draw(_digits(base + last, sizes)), draw(_TAILS))


@st.composite
def _phone(draw: st.DrawFn) -> Said:
    digits = "07700900" + draw(st.text("0123456789", min_size=3, max_size=3))
    sizes = draw(st.sampled_from(((5, 3, 3), (5, 6), (3, 4, 4), (11,))))
    cue = draw(st.sampled_from(("my mobile number is ", "phone number?\n", "ring me on ")))
    return _place(cue, draw(_digits(digits, sizes)), draw(_TAILS))


@st.composite
def _letters(draw: st.DrawFn, letters: str) -> str:
    how = draw(st.sampled_from(("singly", "nato", "explained")))
    if how == "nato":
        return " ".join(_NATO[ord(letter) - 65] for letter in letters)
    if how == "explained":
        return ", ".join(f"{letter} for {_NATO[ord(letter) - 65]}" for letter in letters)
    return " ".join(letters)


@st.composite
def _postcode(draw: st.DrawFn) -> Said:
    area = draw(st.sampled_from(("B", "BS", "SW", "M", "CF", "EH", "LS", "NE", "BT", "OX", "N")))
    district = draw(st.integers(1, 99))
    sector = draw(st.integers(0, 9))
    unit = draw(st.text("ABDEFGHJLNPQRSTUWXYZ", min_size=2, max_size=2))
    pause = draw(st.sampled_from((" ", ", ", " um, ", "\nyep\n")))
    if draw(st.booleans()):
        gap = draw(st.sampled_from((" ", "", "  ")))
        said = f"{area}{district}{gap}{sector}{unit}"
    else:
        number = draw(
            st.sampled_from(
                (_below_hundred(district), " ".join(_ONES[int(digit)] for digit in str(district)))
            )
        )
        said = f"{draw(_letters(area))} {number}{pause}{_ONES[sector]} {draw(_letters(unit))}"
    cue = draw(st.sampled_from(("my postcode is ", "and the postcode?\n", "postcode's ")))
    return _place(cue, said, draw(st.sampled_from(("", ".", "\nthank you"))))


def _year(draw: st.DrawFn, year: int) -> str:
    century, rest = divmod(year, 100)
    forms = [str(year), f"nineteen {_below_hundred(rest)}", f"nineteen, er, {_below_hundred(rest)}"]
    if rest >= 20:
        forms.append(_below_hundred(rest))
    if rest < 10:
        forms = [str(year), f"nineteen oh {_ONES[rest]}"]
    assert century == 19
    return draw(st.sampled_from(forms))


@st.composite
def _birth(draw: st.DrawFn) -> Said:
    day, month = draw(st.integers(1, 28)), draw(st.integers(1, 12))
    year = _year(draw, draw(st.integers(1920, 1999)))
    ordinal = _ORDINALS[day - 1] if day <= 20 else f"twenty {_ORDINALS[day - 21]}"
    name = _MONTHS[month - 1]
    pause = draw(st.sampled_from((" ", ", ", ", um, ", "\nyep\n")))
    said = draw(
        st.sampled_from(
            (
                f"{ordinal} of {name}{pause}{year}",
                f"{ordinal} {name}{pause}{year}",
                f"{name} the {ordinal}{pause}{year}",
                f"{day} {name}{pause}{year}",
                f"{ordinal} of the {_ORDINALS[month - 1]}{pause}{year}",
            )
        )
    )
    cue = draw(st.sampled_from(("my date of birth is the ", "date of birth?\n", "DOB, ")))
    return _place(cue, said, draw(_TAILS))


@given(said=_nhs(), case=_CASES)
@settings(max_examples=400)
def test_every_nhs_number_is_found_wholly(said: Said, case: object) -> None:
    """In words, doubles, pairs, figures, corrected, over turns, in any case, valid or not."""
    assert callable(case)
    _found_wholly(Said(case(said.text), said.start, said.end), EntityType.UK_NHS)


@given(said=_phone(), case=_CASES)
@settings(max_examples=300)
def test_every_telephone_number_is_found_wholly(said: Said, case: object) -> None:
    """The same for telephone numbers."""
    assert callable(case)
    _found_wholly(Said(case(said.text), said.start, said.end), EntityType.PHONE_NUMBER)


@given(said=_postcode(), case=_CASES)
@settings(max_examples=400)
def test_every_postcode_is_found_wholly(said: Said, case: object) -> None:
    """Written, said letter by letter, in NATO's alphabet, over turns, in any case."""
    assert callable(case)
    _found_wholly(Said(case(said.text), said.start, said.end), EntityType.UK_POSTCODE)


@given(said=_birth(), case=_CASES)
@settings(max_examples=400)
def test_every_date_of_birth_is_found_wholly(said: Said, case: object) -> None:
    """Day first, month first, numbered month, paused, over turns, in any case."""
    assert callable(case)
    _found_wholly(Said(case(said.text), said.start, said.end), EntityType.DATE_OF_BIRTH)


_PLAIN = ("pain", "group", "tutor", "because", "walking", "better", "really", "garden", "helped")


@given(st.lists(st.sampled_from((*_PLAIN, ",", ".", "\n", "um", "yeah", "the", "my")), max_size=60))
def test_words_without_digits_letters_or_names_give_no_hit(words: list[str]) -> None:
    """Nothing is found where there is no number, no number word and no letter."""
    text = " ".join(words)
    assert family.find(Speech(text, (0,), ("",))) == []


@given(st.text(max_size=300))
@settings(max_examples=300)
def test_offsets_lie_in_the_text_and_nothing_raises(text: str) -> None:
    """Any text at all is read, and what is found lies in it."""
    for hit in family.find(Speech(text, (0,), ("",))):
        assert 0 <= hit.start < hit.end <= len(text)


_SALAD = (
    "one",
    "double",
    "hundred",
    "and",
    "oh",
    "nineteen",
    "may",
    "the",
    "first",
    "of",
    "a",
    "I",
    "S",
    "for",
    "sugar",
    "at",
    "dot",
    "com",
    "NHS",
    "number",
    "postcode",
    "born",
    "in",
    "flat",
    "road",
    "12",
    "3rd",
    "BS16",
    "\n",
    ",",
    ".",
    "[",
    "]",
    "@",
    "underscore",
    "twenty",
    "is",
)


@given(st.lists(st.sampled_from(_SALAD), max_size=60))
@settings(max_examples=400)
def test_any_salad_of_its_own_words_is_read(words: list[str]) -> None:
    """No sequence of the words that the rules look for makes one fail or leave the text."""
    text = " ".join(words)
    for hit in family.find(Speech(text, (0,), ("",))):
        assert 0 <= hit.start < hit.end <= len(text)
