"""One value to every form that would betray it: whole, by part, spelt, as digits, as bytes.

What is an ordinary word is only searched where it stands as a name would ("Will" inside a
sentence, never "will"): otherwise every interview with a Will in it would be withheld. What may
be searched of which kind of value is one table.
"""

import re
from collections.abc import Collection, Iterator
from itertools import product

from deid.transcript import EntityType
from deid.verify import dates, numbers
from deid.verify.fold import STOP, cased, folded
from deid.verify.lexicon import FAMILY, SHORTEST_PART, SHORTEST_RARE, Family, Lexicon, common_word
from deid.verify.values import Form, How, Scope, SearchValue, Source, Stream

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "doctor", "prof", "professor", "sir"})
_SHORTEST_SPELT = 3
_SHORTEST_SQUEEZED = 5
_SHORTEST_BYTES = 7
_SHORTEST_OF_OTHERS = 7
_SHORTEST_CODE = 4
_STUDY_DIGITS = 7
_GROUPS = re.compile(r"[0-9]{1,2}|[a-z]+")
_POSTCODE_LENGTHS = range(5, 9)  # of anything longer the ways to say it double with every group
_INWARD = -3  # a postcode's inward part: one figure, two letters
_SPOKEN_DATE = 5


def forms(value: SearchValue, lexicon: Lexicon) -> Iterator[Form]:
    """Everything that is searched for one value; nothing where it says too little by itself."""
    family, tokens = FAMILY[value.kind], _tokens(value)
    if not tokens:
        return
    yield from _digits(value, tokens)
    if family is Family.TIME:
        yield from _dates(value, tokens)
    elif all(token.isdecimal() for token in tokens):
        yield from _figures(value, tokens)
    elif lexicon.says_little(family, tokens):
        yield from _as_a_name_only(value, tokens)
    elif _may_be_searched(value, tokens, lexicon):
        yield from _whole(value, tokens, lexicon)
        yield from _parts(value, tokens, lexicon)
        yield from _nearly(value, tokens, lexicon)


def _tokens(value: SearchValue) -> list[str]:
    tokens = folded(value.text).split()
    if FAMILY[value.kind] is Family.NAME:
        while len(tokens) > 1 and tokens[0] in _TITLES:
            tokens = tokens[1:]
        if len(tokens) > 1 and tokens[-1] == "s":
            tokens = tokens[:-1]
    return tokens


def _may_be_searched(value: SearchValue, tokens: list[str], lexicon: Lexicon) -> bool:
    """Originals of other transcripts only where distinctive, and never what the policy keeps."""
    if not _of_another_transcript(value):
        return True
    if " ".join(tokens) in lexicon.kept:
        return False
    rare = max(map(len, tokens)) >= SHORTEST_RARE
    return rare or len([t for t in tokens if len(t) >= SHORTEST_PART]) > 1 or _mixed(tokens)


def _of_another_transcript(value: SearchValue) -> bool:
    return value.source is Source.ORIGINAL and value.scope is Scope.STUDY


def _mixed(tokens: list[str]) -> bool:
    """Letters with figures: a postcode, a number plate, a hospital number."""
    joined = "".join(tokens)
    return len(joined) >= _SHORTEST_SQUEEZED and not joined.isalpha() and not joined.isdecimal()


def _digits(value: SearchValue, tokens: list[str]) -> Iterator[Form]:
    """A number as its digits alone; fewer where the search is narrower, since chance is too."""
    if FAMILY[value.kind] is Family.PLACE:
        return
    shortest = numbers.SHORTEST if value.scope is Scope.TRANSCRIPT else _STUDY_DIGITS
    phone = value.kind is EntityType.PHONE_NUMBER
    for said in numbers.digits(tokens):
        figures = said.removeprefix("00").removeprefix("44").removeprefix("0") if phone else said
        if len(figures) >= shortest:
            yield Form(Stream.NUMBERS, figures, How.NUMBER, value)
            yield Form(Stream.SQUEEZED, figures, How.NUMBER, value)
            if len(figures) >= _SHORTEST_BYTES:
                yield from _bytes(value, (value.text, figures))


def _figures(value: SearchValue, tokens: list[str]) -> Iterator[Form]:
    """A number of four digits or more that is somebody's, as it was grouped."""
    if (
        FAMILY[value.kind] is Family.CODE
        and sum(map(len, tokens)) >= _SHORTEST_CODE
        and not _of_another_transcript(value)
    ):
        yield Form(Stream.WORDS, f" {' '.join(tokens)} ", How.WHOLE, value)


def _dates(value: SearchValue, tokens: list[str]) -> Iterator[Form]:
    """A full date in every form; a day without its year is anybody's."""
    if _of_another_transcript(value) and value.kind is not EntityType.DATE_OF_BIRTH:
        return
    day = dates.parse(" ".join(tokens))
    if day is not None:
        for words in dates.written(day):
            yield Form(Stream.WORDS, f" {words} ", How.DATE, value)
        for figures in dates.digits(day):
            yield Form(Stream.NUMBERS, figures, How.DATE, value)
    elif len(tokens) >= _SPOKEN_DATE and not _of_another_transcript(value):
        yield Form(Stream.WORDS, f" {' '.join(tokens)} ", How.WHOLE, value)


def _as_a_name_only(value: SearchValue, tokens: list[str]) -> Iterator[Form]:
    """Ordinary words: only as they stood, with their capitals; none where they had none."""
    alone = len(tokens) == 1 and _of_another_transcript(value)
    if FAMILY[value.kind] is Family.CODE or alone or len("".join(tokens)) < len("Jo"):
        return
    words = [word for word in cased(value.text).split() if word != STOP]
    if value.source is Source.REGISTER:
        words = [w.capitalize() if w.islower() or w.isupper() else w for w in words]
    for start in range(len(words) - len(tokens) + 1):
        said = words[start : start + len(tokens)]
        names = [w for w in said if w[0].isupper() and (len(w) == 1 or not w.isupper())]
        if names and [w.casefold() for w in said] == tokens:
            yield Form(Stream.CASED, f" {' '.join(said)} ", How.CAPITALISED, value)
            return


def _whole(value: SearchValue, tokens: list[str], lexicon: Lexicon) -> Iterator[Form]:
    phrase, joined = " ".join(tokens), "".join(tokens)
    yield Form(Stream.WORDS, f" {phrase} ", How.WHOLE, value)
    if len(tokens) > 1 and len(joined) > SHORTEST_PART and not lexicon.is_common(joined):
        yield Form(Stream.WORDS, f" {joined} ", How.JOINED, value)
    yield from _plural(value, tokens, How.WHOLE, lexicon)
    if len(joined) >= _SHORTEST_SQUEEZED:
        yield Form(Stream.SQUEEZED, joined, How.JOINED, value)
    if FAMILY[value.kind] is Family.CONTACT:
        yield from _said(value)
    if value.kind is EntityType.UK_POSTCODE and len(joined) in _POSTCODE_LENGTHS:
        for words in _aloud(joined):
            yield Form(Stream.WORDS, f" {words} ", How.SPELT, value)
    yield from _spelt(value, joined)
    if len(joined) >= _SHORTEST_BYTES and not lexicon.kept_words.intersection(tokens):
        yield from _bytes(value, (value.text, phrase))


def _parts(value: SearchValue, tokens: list[str], lexicon: Lexicon) -> Iterator[Form]:
    shortest = SHORTEST_RARE if _of_another_transcript(value) else SHORTEST_PART
    for words in _part_words(value, tokens):
        part, joined = " ".join(words), "".join(words)
        if len(joined) < shortest or part in lexicon.kept or lexicon.all_common(words):
            continue
        yield Form(Stream.WORDS, f" {part} ", How.PART, value)
        if FAMILY[value.kind] is Family.NAME:
            yield from _plural(value, words, How.PART, lexicon)
            yield from _spelt(value, joined)
            if len(words) > 1:
                yield Form(Stream.WORDS, f" {joined} ", How.PART, value)


def _plural(value: SearchValue, words: list[str], how: How, lexicon: Lexicon) -> Iterator[Form]:
    """The Whittakers and "grahams house"; a word of its own ("lens") only with a name's capital.

    A word of the check's own list ("less", "this", "always") is nobody's plural, however written.
    """
    name = FAMILY[value.kind] is Family.NAME
    if not name and FAMILY[value.kind] is not Family.PLACE:
        return
    for said in dict.fromkeys((" ".join(words), "".join(words))):
        plural = f"{said}s"
        if not lexicon.is_common(plural) or (name and lexicon.is_regular(said)):
            yield Form(Stream.WORDS, f" {plural} ", how, value)
        elif name and not common_word(plural):
            yield Form(Stream.CASED, f" {plural.title()} ", How.CAPITALISED, value)


def _nearly(value: SearchValue, tokens: list[str], lexicon: Lexicon) -> Iterator[Form]:
    """Names that are rare enough for whatever is nearly the same to mean them."""
    if FAMILY[value.kind] is not Family.NAME:
        return
    shortest = _SHORTEST_OF_OTHERS if _of_another_transcript(value) else SHORTEST_RARE
    for token in tokens:
        if len(token) >= shortest and token.isalpha() and not lexicon.is_everyday(token):
            yield Form(Stream.VOCABULARY, token, How.ONE_EDIT, value)


def _part_words(value: SearchValue, tokens: list[str]) -> Iterator[list[str]]:
    """Given and family names (a hyphenated one as one and as two), street, local part."""
    if FAMILY[value.kind] is Family.NAME and len(tokens) > 1:
        yield from ([token] for token in tokens if token.isalpha())
        for name in value.text.split():
            words = folded(name).split()
            if 1 < len(words) < len(tokens) and words[-1] != "s":
                yield words
    elif value.kind is EntityType.STREET_ADDRESS and tokens[0].isdecimal():
        yield tokens[1:3]
    elif value.kind is EntityType.EMAIL_ADDRESS:
        yield folded(value.text.partition("@")[0]).split()


def _aloud(code: str) -> Iterator[str]:
    """A postcode as it is read out: letters singly or not, figures one by one or as a number."""
    ways: list[set[str]] = []
    for group in _GROUPS.findall(code[:_INWARD]) + _GROUPS.findall(code[_INWARD:]):
        figures = [dates.UNITS[int(f)] for f in group] if group.isdecimal() else []
        ways.append({group, " ".join(group), *([" ".join(figures)] if figures else [])})
        if len(figures) > 1:
            ways[-1].add(dates.number_words(int(group)))
    yield from map(" ".join, product(*map(sorted, ways)))


def _said(value: SearchValue) -> Iterator[Form]:
    """An address as it is read aloud: "at", "dot", "underscore"."""
    text = value.text.casefold()
    for sign, word in (("@", " at "), (".", " dot "), ("_", " underscore "), ("/", " slash ")):
        text = text.replace(sign, word)
    said = folded(text)
    if len(said.split()) > len(folded(value.text).split()):
        yield Form(Stream.WORDS, said, How.WHOLE, value)


def _spelt(value: SearchValue, letters: str) -> Iterator[Form]:
    if letters.isalpha() and len(letters) >= _SHORTEST_SPELT:
        exact = len(letters) < _SHORTEST_SQUEEZED
        yield Form(Stream.SPELT, f" {letters} " if exact else letters, How.SPELT, value)


def _bytes(value: SearchValue, texts: Collection[str]) -> Iterator[Form]:
    """In the encodings that a library might use; ASCII letters in lower case on both sides."""
    for text in {spelling for t in texts for spelling in (t, t.casefold())}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            pattern = text.encode(encoding, errors="ignore").lower()
            yield Form(Stream.BYTES, pattern, How.BYTES, value)
