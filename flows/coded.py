"""Nothing but a code crosses into Prefect when something fails.

Prefect stores exception messages, chained causes and pickled exceptions. Every task and flow body
is therefore wrapped: the exception is caught, reduced to a message that is free of speech by
contract (a :class:`deid.errors.DeidError`) or to its type and place in this project's code, and
raised anew after the except block has ended, so that it has no context.
"""

import functools
from collections.abc import Callable

from deid.errors import DeidError, ExitCode
from deid.whereabouts import is_full, unexpected


class FlowError(Exception):
    """A failure as Prefect may store it."""

    def __init__(self, message: str, exit_code: int = ExitCode.UNEXPECTED) -> None:
        super().__init__(message, exit_code)
        self.message, self.exit_code = message, exit_code

    def __str__(self) -> str:
        return self.message


def coded[**P, R](function: Callable[P, R]) -> Callable[P, R]:
    """The function with every exception reduced to a :class:`FlowError` without a cause."""

    @functools.wraps(function)
    def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except FlowError as error:
            failure = FlowError(error.message, error.exit_code)
        except DeidError as error:
            failure = FlowError(str(error), error.exit_code)
        except Exception as error:  # noqa: BLE001 - its message may hold anything
            code = ExitCode.WORKSPACE if is_full(error) else ExitCode.UNEXPECTED
            failure = FlowError(unexpected(error), code)
        raise failure

    return wrapper
