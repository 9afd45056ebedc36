"""What a page is, and what it is told of the visit that asked for it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from starlette.datastructures import FormData, QueryParams
from starlette.responses import Response

from deid.accounts import Account, Role
from deid.review.desk import Desk
from deid.review.sessions import Session


@dataclass(frozen=True, slots=True)
class Visit:
    """One request for a page by somebody who may see it."""

    account: Account
    session: Session
    path: Mapping[str, str]
    query: QueryParams
    form: FormData = field(repr=False)


type Handler = Callable[[Desk, Visit], Response]


@dataclass(frozen=True, slots=True)
class Page:
    """One page, or one thing to send.

    Attributes:
        name: By which templates link to it.
        path: Under the desk's root, with its parameters in braces.
        handler: Makes the answer, in the desk's one thread.
        roles: Whoever has one of these may.
        method: ``GET`` to look, ``POST`` to change something; the latter needs the form's token.
        originals: Whether the page may show what was replaced; every view is an audit event.
    """

    name: str
    path: str
    handler: Handler
    roles: frozenset[Role]
    method: str = "GET"
    originals: bool = False
