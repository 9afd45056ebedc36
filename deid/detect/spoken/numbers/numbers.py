"""NHS, CHI and health and care numbers, telephone, card and bank numbers, said or written.

The check digit raises the score; it never vetoes. A number near its cue is redacted with a digit
missing, extra or misheard; without a cue only a valid one is, and never a count.
"""

from collections.abc import Iterable, Iterator

from deid.detect.speech import Hit, Speech
from deid.detect.spoken.heard.checks import (
    FREEPHONE,
    is_valid_health,
    is_valid_phone,
    luhn,
)
from deid.detect.spoken.heard.cues import CueKind
from deid.detect.spoken.heard.gathering import gather
from deid.detect.spoken.heard.lexicon import data
from deid.detect.spoken.heard.pieces import Piece, is_asked_of, is_count, pieces
from deid.detect.spoken.heard.reading import Reading, read
from deid.detect.spoken.numbers.answered import asked_behind, is_answered, is_told_behind
from deid.detect.spoken.numbers.by_shape import by_shape
from deid.detect.spoken.numbers.extensions import asked_extension, extension
from deid.detect.spoken.numbers.in_passing import is_amount, is_in_passing
from deid.transcript import EntityType

NAME = "spoken-numbers"
_HEALTH = {
    CueKind.NHS: EntityType.UK_NHS,
    CueKind.CHI: EntityType.UK_CHI,
    CueKind.HSC: EntityType.UK_HSC,
}
_KINDS = (
    *_HEALTH,
    CueKind.PHONE,
    CueKind.EXTENSION,
    CueKind.CARD,
    CueKind.BANK,
    CueKind.RECORD,
    CueKind.NINO,
    CueKind.GMC,
    CueKind.NMC,
    CueKind.HCPC,
    CueKind.STAFF,
    CueKind.BIRTH,
)
_LEFT_TO_OTHERS = frozenset(
    {
        CueKind.RECORD,
        CueKind.NINO,
        CueKind.GMC,
        CueKind.NMC,
        CueKind.HCPC,
        CueKind.STAFF,
        CueKind.BIRTH,
    }
)
_REACH = 30
_HEALTH_DIGITS, _FEWEST_HEALTH, _PARTIAL_HEALTH = 10, 9, 3
_FEWEST_PHONE, _FEWEST_CARD, _FEWEST_BANK = 6, 12, 6
_CLOSE, _ASKED, _TWO, _FEWEST_TOLD = 5, 8, 2, 4
_PUBLIC = frozenset(data("context")["public_numbers"])


def find_numbers(speech: Speech, *, record_cues: tuple[str, ...] = ()) -> Iterable[Hit]:
    """Health, telephone, card and bank numbers."""
    reading = read(speech.text, record_cues)
    found = pieces(reading)
    taken = -1
    answered: dict[CueKind | None, tuple[int, str]] = {}
    for place, piece in enumerate(found):
        if piece.first < taken:
            continue
        kind = _cue(reading, piece) or asked_behind(reading, piece, tuple(_HEALTH))
        if is_answered(reading, piece, kind, answered):
            kind = None
        given = ""
        for hit, each in _decide(reading, found, place, kind):
            taken, given = max(taken, each.last), given + each.digits
            yield hit
        if len(given) >= _FEWEST_HEALTH:
            answered[kind] = (taken, given)


def _decide(
    reading: Reading, found: list[Piece], place: int, kind: CueKind | None
) -> Iterator[tuple[Hit, Piece]]:
    piece = found[place]
    if piece.quantity and len(piece.digits) < _FEWEST_HEALTH:
        return
    made: Iterator[tuple[Piece, EntityType, float, str]] = iter(())
    if kind in _HEALTH:
        made = _health(reading, found, place, kind)
    elif kind in (CueKind.PHONE, CueKind.EXTENSION):
        made = _phone(reading, found, place, kind)
    elif kind in (CueKind.CARD, CueKind.BANK):
        made = _money(reading, found, place, kind)
    elif kind is CueKind.NUMBER:
        made = _some_number(reading, found, place)
    decided = list(made) or (
        []
        if kind in _LEFT_TO_OTHERS and len(piece.digits) < _HEALTH_DIGITS
        else list(by_shape(reading, piece))
    )
    for each, entity_type, score, rule in decided:
        first = each.first
        if entity_type is EntityType.PHONE_NUMBER and _plus_before(reading, first):
            first -= reading.words.words[first - 1] == "plus"
        hit = reading.hit(first, each.last, entity_type, score, (NAME, rule))
        if reading.words.text[hit.start - 1 : hit.start] == "+" and hit.start:
            hit = Hit(hit.start - 1, hit.end, hit.entity_type, hit.score, NAME, rule)
        yield hit, each


def _cue(reading: Reading, piece: Piece) -> CueKind | None:
    """The nearest cue; a mere "my number is" only where no other is about as near."""
    cues = reading.cues
    plain = cues.before(CueKind.NUMBER, piece.first, reach=_CLOSE * 2)
    if plain is not None:
        kind = cues.nearest(_KINDS, piece.first, piece.last, reach=plain + _CLOSE, ahead=0)
        return kind or CueKind.NUMBER
    return cues.nearest(_KINDS, piece.first, piece.last, reach=_REACH)


def _plus_before(reading: Reading, first: int) -> bool:
    return first > 0 and reading.words.words[first - 1] == "plus"


def _health(
    reading: Reading, found: list[Piece], place: int, kind: CueKind
) -> Iterator[tuple[Piece, EntityType, float, str]]:
    entity_type = _HEALTH[kind]
    asked = reading.cues.before(kind, found[place].first, reach=_REACH) is not None
    if not asked and len(found[place].digits) < _PARTIAL_HEALTH:
        return
    other = tuple(each for each in _KINDS if each not in _HEALTH)
    group = gather(reading, found, place, enough=_FEWEST_HEALTH, other=other)
    lengths = (_HEALTH_DIGITS, _HEALTH_DIGITS + 1, _FEWEST_HEALTH)
    group = [piece.cut(lengths) for piece in group]
    digits = "".join(piece.digits for piece in group)
    if len(digits) >= _FEWEST_HEALTH:
        valid = any(is_valid_health(each) for each in (digits[:10], digits[-10:], group[0].digits))
        score, rule = (0.99, "cue-valid") if valid else (0.85, "cue-unchecked")
        if group[0].grouping() == [3, 3, 4] and not valid:
            score = 0.9
        yield from ((piece, entity_type, score, rule) for piece in group)
        return
    first = group[0]
    before = reading.cues.before(kind, first.first, reach=_CLOSE * 2)
    if before is not None and len(digits) >= _PARTIAL_HEALTH and _answers(reading, first):
        yield from ((piece, entity_type, 0.5, "cue-partial") for piece in group)
    elif len(first.digits) >= _FEWEST_TOLD and is_told_behind(reading, first, kind):
        yield first, entity_type, 0.5, "cue-behind"


def _answers(reading: Reading, piece: Piece) -> bool:
    """Whether the piece is what was asked for: after "is" or "in", or first in its turn."""
    words = reading.words
    before = words.skip_back(piece.first - 1)
    said = words.words[before] if before >= 0 else ""
    amounts = piece.quantity or len(piece.units()) < _PARTIAL_HEALTH > len(piece.digits)
    leads = {"is", "it's", "that's", "number", "number's", "starts", "with", "in", "begins"}
    return not amounts and (said in leads or reading.starts_turn(piece.first))


def _phone(
    reading: Reading, found: list[Piece], place: int, kind: CueKind
) -> Iterator[tuple[Piece, EntityType, float, str]]:
    piece = found[place]
    if kind is CueKind.EXTENSION:
        if (each := extension(reading, piece)) is not None:
            yield each, EntityType.PHONE_NUMBER, 0.85, "extension"
        return
    other = tuple(each for each in _KINDS if each not in (CueKind.PHONE, CueKind.NUMBER))
    group = gather(reading, found, place, enough=_HEALTH_DIGITS, other=other)
    digits = "".join(each.digits for each in group)
    if (each := asked_extension(reading, piece)) is not None and len(digits) < _FEWEST_PHONE:
        yield each, EntityType.PHONE_NUMBER, 0.8, "extension-asked"
    if is_amount(reading, group) or is_in_passing(reading, group):
        return
    public = piece.digits in _PUBLIC or digits in _PUBLIC  # "ring 999, or dial 1471"
    if len(digits) < _FEWEST_PHONE or public or is_count(piece):
        return
    if "thousand" in reading.words.words[piece.first : piece.last]:
        return  # "and the rent?" / "one thousand two hundred and ten"
    if is_asked_of(reading.words.words[max(0, piece.first - _ASKED) : piece.first]):
        return
    if digits.startswith(FREEPHONE) and not _personal(reading, piece):
        return
    valid = is_valid_phone(digits)
    score, rule = (0.95, "cue-valid") if valid else (0.8, "cue-unchecked")
    yield from ((each, EntityType.PHONE_NUMBER, score, rule) for each in group)


def _personal(reading: Reading, piece: Piece) -> bool:
    before = reading.words.words[max(0, piece.first - 8) : piece.first]
    return not _OWN.isdisjoint(before)


_OWN = frozenset({"my", "his", "her", "mine", "me", "best"})


def _money(
    reading: Reading, found: list[Piece], place: int, kind: CueKind
) -> Iterator[tuple[Piece, EntityType, float, str]]:
    piece = found[place]
    if kind is CueKind.CARD:
        other = tuple(each for each in _KINDS if each is not CueKind.CARD)
        group = gather(reading, found, place, enough=16, other=other)
        digits = "".join(each.digits for each in group)
        ending = reading.words.words[max(0, piece.first - 3) : piece.first]
        if len(digits) >= _FEWEST_CARD:
            score = 0.99 if luhn(digits[:16]) else 0.85
            yield from ((each, EntityType.CREDIT_CARD, score, "cue") for each in group)
        elif len(piece.digits) == 4 and {"ending", "ends"} & set(ending):  # noqa: PLR2004 - last four
            yield piece, EntityType.CREDIT_CARD, 0.8, "last-four"
        return
    if len(piece.digits) >= _FEWEST_BANK and not is_count(piece):
        yield piece, EntityType.BANK_ACCOUNT, 0.85, "cue"


def _some_number(
    reading: Reading, found: list[Piece], place: int
) -> Iterator[tuple[Piece, EntityType, float, str]]:
    """After "my number is": told apart by its shape."""
    told = reading.cues.before(CueKind.NUMBER, found[place].first, reach=_CLOSE * 2) is not None
    if not told or _is_ridden(reading, found[place]):
        return
    other = tuple(each for each in _KINDS if each is not CueKind.NHS)
    group = gather(reading, found, place, enough=_FEWEST_HEALTH, other=other)
    digits = "".join(piece.digits for piece in group)
    if len(digits) < _FEWEST_PHONE or is_count(found[place]) or digits in _PUBLIC:
        return
    health = _FEWEST_HEALTH <= len(digits) <= _HEALTH_DIGITS and not digits.startswith("0")
    entity_type = EntityType.UK_NHS if health else EntityType.PHONE_NUMBER
    yield from ((piece, entity_type, 0.7, "some-number") for piece in group)


def _is_ridden(reading: Reading, piece: Piece) -> bool:
    """As in "we came on the number seventy-six", "get the number 9 from outside": a bus."""
    said = reading.words.words[max(0, piece.first - _TWO - 1) : piece.first]
    whole = len(piece.units()) == 1 and len(piece.digits) < _FEWEST_TOLD
    return whole and said[1:] == ["the", "number"] and said[0] in _RIDING


_RIDING = frozenset(data("context")["riding"])
