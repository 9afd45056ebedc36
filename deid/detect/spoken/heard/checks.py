"""What is valid of its kind: check digits, lengths and areas of numbers that are all figures."""

from typing import Final

import nhs_number
import phonenumbers

from deid.transcript import EntityType

FREEPHONE: Final = ("0800", "0808")
"""Numbers that anybody rings free of charge (Ofcom, the National Telephone Numbering Plan)."""
_HEALTH_DIGITS = 10


def region(digits: str) -> EntityType:
    """Which health service issued a valid number of ten digits."""
    if nhs_number.REGION_SCOTLAND.contains_number(digits):
        return EntityType.UK_CHI
    if nhs_number.REGION_NORTHERN_IRELAND.contains_number(digits):
        return EntityType.UK_HSC
    return EntityType.UK_NHS


def is_valid_health(digits: str) -> bool:
    """Whether they are ten digits of which the last checks the others."""
    return len(digits) == _HEALTH_DIGITS and bool(nhs_number.is_valid(digits))


def is_phone_shaped(digits: str) -> bool:
    """Whether they have the length and the beginning of a telephone number with its area."""
    domestic = digits[0] == "0" and digits[1] in "12378" and len(digits) in (10, 11)
    abroad = digits.startswith(("44", "0044")) and len(digits) in (11, 12, 13, 14)
    return domestic or abroad


def is_valid_phone(digits: str) -> bool:
    """Whether they can be dialled in the United Kingdom."""
    try:
        number = phonenumbers.parse(("+" if digits.startswith("44") else "") + digits, "GB")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number)


def luhn(digits: str) -> bool:
    """The check of ISO/IEC 7812-1, annex B."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value  # noqa: PLR2004 - the digits of a two-digit sum
    return total % 10 == 0
