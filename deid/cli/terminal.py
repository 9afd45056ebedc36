"""Names are shown to a person, not to a file or a pipe that keeps them."""

import sys

from deid.errors import AccountError


def refuse_without_terminal() -> None:
    """Refuse to show names anywhere but on a terminal.

    Raises:
        AccountError: Standard output is none.
    """
    if not sys.stdout.isatty():
        raise AccountError("names are shown on a terminal only, never in a file or a pipe")
