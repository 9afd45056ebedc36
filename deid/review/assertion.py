"""Who somebody is, in the signed word of a reverse proxy: a JSON Web Token in a header.

Everything that a token could choose is chosen here instead: the algorithm, the key, the audience,
the issuer (RFC 8725). A token under a shared key is made by the proxy for one request: it names
method and target, lasts a minute and opens that request once. A token under a key of the proxy's
own is what such proxies send by themselves: it is good for its whole, limited life.
"""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.types import Options

from deid.settings import ProxySettings, Signature

SKEW_S = 30
"""Seconds by which the clocks of proxy and desk may differ."""
LONGEST_S = 60
"""Seconds that a token for one request lasts."""
LONGEST_LIFE_S = 24 * 3600
"""Seconds that a token under a proxy's own key may last; most last minutes, ID tokens an hour."""
_LARGEST = 8_192
_TIMES_ARE_OURS: Options = {"verify_exp": False, "verify_iat": False, "verify_nbf": False}
"""Clock and limits are the desk's; signature, algorithm, audience and issuer PyJWT's to check."""

type Key = bytes | ec.EllipticCurvePublicKey | rsa.RSAPublicKey


class Why(StrEnum):
    """Why a token is not taken; words of the audit log."""

    UNSIGNED = "unsigned"
    FORGED = "forged"
    STALE = "stale"
    REPLAYED = "replayed"


class RefusedError(Exception):
    """A token is not taken. Carries nothing of it."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why.value)


@dataclass(slots=True)
class Assertions:
    """What is accepted of a proxy, and what was used up.

    Attributes:
        told: The settings; ``header`` is not empty.
        key: Shared with the proxy, or the proxy's public one.
        clock: Seconds since 1970.
    """

    told: ProxySettings
    key: Key = field(repr=False)
    clock: Callable[[], float] = time.time
    _began: float = field(init=False)
    _used: dict[str, float] = field(init=False, default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        """What was made before this process began may have been used up before it."""
        self._began = math.floor(self.clock())

    def account(self, headers: Sequence[str], *, method: str, target: str) -> str:
        """The account's name that the proxy vouches for in this request.

        Args:
            headers: All values of the header in the request.
            method: The request's.
            target: Its path with its query, as it was sent.

        Raises:
            RefusedError: There is no token, or not one that is taken.
        """
        if not any(headers):
            raise RefusedError(Why.UNSIGNED)
        if len(headers) != 1 or len(headers[0]) > _LARGEST:
            raise RefusedError(Why.FORGED)
        claims = self._claims(headers[0].removeprefix("Bearer ").strip())
        self._check_time(claims)
        if self.told.algorithm is Signature.HS256:
            self._use_up(claims, method, target)
        return self._name(claims)

    def _claims(self, token: str) -> Mapping[str, Any]:
        """What a token says, when it is signed for this desk."""
        told = self.told
        try:
            if "crit" in jwt.get_unverified_header(token):
                raise RefusedError(Why.FORGED)
            return jwt.decode(
                token,
                self.key,
                algorithms=[told.algorithm.value],
                audience=told.audience,
                issuer=told.issuer or None,
                options=_TIMES_ARE_OURS,
            )
        except (jwt.PyJWTError, ValueError, RecursionError):
            raise RefusedError(Why.FORGED) from None

    def _check_time(self, claims: Mapping[str, Any]) -> None:
        shared = self.told.algorithm is Signature.HS256
        now, longest = self.clock(), LONGEST_S if shared else LONGEST_LIFE_S
        began, ends = _time(claims, "iat"), _time(claims, "exp")
        first = _time(claims, "nbf") if "nbf" in claims else began
        if not (max(began, first) <= now + SKEW_S and now - SKEW_S < ends <= began + longest):
            raise RefusedError(Why.STALE)
        if shared and began < self._began:
            raise RefusedError(Why.STALE)

    def _use_up(self, claims: Mapping[str, Any], method: str, target: str) -> None:
        """Let a token open its one request, once."""
        number = claims.get("jti")
        if (claims.get("method"), claims.get("target")) != (method, target):
            raise RefusedError(Why.FORGED)
        if not isinstance(number, str) or not number:
            raise RefusedError(Why.FORGED)
        now = self.clock()
        self._used = {key: until for key, until in self._used.items() if until > now}
        if number in self._used:
            raise RefusedError(Why.REPLAYED)
        self._used[number] = _time(claims, "exp") + SKEW_S

    def _name(self, claims: Mapping[str, Any]) -> str:
        name = claims.get(self.told.claim)
        if not isinstance(name, str):
            raise RefusedError(Why.FORGED)
        name, domain = name.strip().lower(), f"@{self.told.domain}"
        if self.told.domain and not name.endswith(domain):
            raise RefusedError(Why.FORGED)
        return name.removesuffix(domain) if self.told.domain else name


def _time(claims: Mapping[str, Any], name: str) -> float:
    told = claims.get(name)
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 < told < 2**40:
        raise RefusedError(Why.FORGED)
    return told
