"""What stands in the place of a find: one operator a line of the policy."""

from collections.abc import Callable, Mapping

from deid.pseudonymise.replace import Replacement
from deid.pseudonymise.spoken_values import month_and_year, years_of_age
from deid.settings import Operator
from deid.transcript import EntityType

TAGS: Mapping[EntityType, str] = {
    EntityType.PERSON: "[name]",
    EntityType.LOCATION: "[place]",
    EntityType.STREET_ADDRESS: "[address]",
    EntityType.UK_POSTCODE: "[postcode]",
    EntityType.ORGANIZATION: "[organisation]",
    EntityType.UK_NHS: "[NHS number]",
    EntityType.UK_CHI: "[CHI number]",
    EntityType.UK_HSC: "[H&C number]",
    EntityType.MEDICAL_RECORD: "[hospital number]",
    EntityType.UK_NINO: "[National Insurance number]",
    EntityType.STAFF_REGISTRATION: "[staff registration number]",
    EntityType.PHONE_NUMBER: "[telephone number]",
    EntityType.EMAIL_ADDRESS: "[e-mail address]",
    EntityType.URL: "[web address]",
    EntityType.SOCIAL_HANDLE: "[social media name]",
    EntityType.UK_VEHICLE_REGISTRATION: "[vehicle registration]",
    EntityType.BANK_ACCOUNT: "[bank account]",
    EntityType.CREDIT_CARD: "[card number]",
    EntityType.DATE_OF_BIRTH: "[date of birth]",
    EntityType.DATE_TIME: "[date]",
    EntityType.AGE: "[age]",
}
"""What is written for each type when its kind is all that may be told."""

OLDEST_KEPT = 89
"""Ages above it are generalised: DESIGN, after the HIPAA Safe Harbor rule, 45 CFR 164.514(b)(2)."""


def replacement(
    entity_type: EntityType, operator: Operator, said: str, *, pseudonym: str
) -> Replacement | None:
    """What replaces a find, or None where the policy keeps it.

    Args:
        entity_type: What was found.
        operator: What the policy asks for this type.
        said: The words that were found.
        pseudonym: The identity's pseudonym; "" for types that have no identity.
    """
    return _OPERATORS[operator](entity_type, said, pseudonym)


def _pseudonym(_type: EntityType, _said: str, pseudonym: str) -> Replacement:
    return Replacement(pseudonym, Operator.PSEUDONYM, pseudonym)


def _tag(entity_type: EntityType, _said: str, _pseudonym: str) -> Replacement:
    return Replacement(TAGS[entity_type], Operator.TAG)


def _month_and_year(entity_type: EntityType, said: str, _pseudonym: str) -> Replacement:
    return Replacement(month_and_year(said) or TAGS[entity_type], Operator.MONTH_AND_YEAR)


def _top_code(entity_type: EntityType, said: str, _pseudonym: str) -> Replacement | None:
    age = years_of_age(said)
    if age is None:
        return Replacement(TAGS[entity_type], Operator.TOP_CODE)
    return Replacement("90 or over", Operator.TOP_CODE) if age > OLDEST_KEPT else None


def _keep(_type: EntityType, _said: str, _pseudonym: str) -> None:
    return None


_OPERATORS: Mapping[Operator, Callable[[EntityType, str, str], Replacement | None]] = {
    Operator.PSEUDONYM: _pseudonym,
    Operator.TAG: _tag,
    Operator.MONTH_AND_YEAR: _month_and_year,
    Operator.TOP_CODE: _top_code,
    Operator.KEEP: _keep,
}
