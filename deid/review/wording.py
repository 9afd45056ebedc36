"""What types, kinds and reaches are called on the pages, and by which colour a type is shown.

The colour repeats what is said in words beside it; nobody needs to tell colours apart.
"""

from collections.abc import Mapping

from deid.decisions import Kind, Reach
from deid.transcript import EntityType

TYPE_NAMES: Mapping[EntityType, str] = {
    EntityType.PERSON: "Person",
    EntityType.LOCATION: "Place",
    EntityType.STREET_ADDRESS: "Street address",
    EntityType.UK_POSTCODE: "Postcode",
    EntityType.ORGANIZATION: "Organisation",
    EntityType.UK_NHS: "NHS number",
    EntityType.UK_CHI: "CHI number (Scotland)",
    EntityType.UK_HSC: "H&C number (Northern Ireland)",
    EntityType.MEDICAL_RECORD: "Hospital number",
    EntityType.UK_NINO: "National Insurance number",
    EntityType.STAFF_REGISTRATION: "Staff registration number",
    EntityType.PHONE_NUMBER: "Telephone number",
    EntityType.EMAIL_ADDRESS: "E-mail address",
    EntityType.URL: "Web address",
    EntityType.SOCIAL_HANDLE: "Social media name",
    EntityType.UK_VEHICLE_REGISTRATION: "Vehicle registration",
    EntityType.BANK_ACCOUNT: "Bank account",
    EntityType.CREDIT_CARD: "Card number",
    EntityType.DATE_OF_BIRTH: "Date of birth",
    EntityType.DATE_TIME: "Date",
    EntityType.AGE: "Age",
}

_PLACES = frozenset(
    {EntityType.LOCATION, EntityType.STREET_ADDRESS, EntityType.UK_POSTCODE}
    | {EntityType.ORGANIZATION}
)
_TIMES = frozenset({EntityType.DATE_OF_BIRTH, EntityType.DATE_TIME, EntityType.AGE})

KIND_NAMES: Mapping[Kind, str] = {
    Kind.MASK: "Replace",
    Kind.KEEP: "Leave as it is",
    Kind.ASSIGN: "Whose name it is",
    Kind.RETYPE: "What it is",
}
REACH_NAMES: Mapping[Reach, str] = {
    Reach.HERE: "Here only",
    Reach.TRANSCRIPT: "Everywhere in this transcript",
    Reach.STUDY: "Everywhere in the study",
}


def colour(entity_type: EntityType) -> str:
    """The group of types that share a colour: part of a CSS class."""
    if entity_type is EntityType.PERSON:
        return "person"
    if entity_type in _PLACES:
        return "place"
    return "date" if entity_type in _TIMES else "number"
