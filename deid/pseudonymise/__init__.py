"""Annotations + policy -> the text that may leave, one identity one pseudonym.

``identities`` asks the vault who is meant, ``operators`` says what stands in the place of a find,
``replace`` puts it there and nowhere else.
"""

from deid.pseudonymise.identities import identify
from deid.pseudonymise.operators import replacement
from deid.pseudonymise.replace import Deidentified, Redaction, Replacement, replace_all

__all__ = ["Deidentified", "Redaction", "Replacement", "identify", "replace_all", "replacement"]
