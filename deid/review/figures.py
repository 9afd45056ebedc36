"""Numbers as an address or a form gives them; what is no number of a fair size is none.

A number that is larger than anything it could count would be counted to, or refused by whatever it
is handed on to; so each is read here.
"""

_MOST_DIGITS = 9


def figure(text: str) -> int | None:
    """What up to nine digits say; None where anything else stands."""
    small = len(text) <= _MOST_DIGITS and text.isascii() and text.isdecimal()
    return int(text) if small else None


def page_number(text: str) -> int:
    """The page that is asked for, from 1; the first where none is."""
    return max(1, figure(text) or 1)
