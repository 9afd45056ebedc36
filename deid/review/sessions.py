"""Who is signed in: sessions in this process's memory, gone when it ends.

The browser holds a random token; here only its digest is kept. A session ends when nobody used it
for a while, after a working day, on sign-out, when its account has another password or is disabled,
and with the process.
"""

import hashlib
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

IDLE = timedelta(minutes=15)
"""OWASP's session management guidance: 15 to 30 minutes for applications of low risk, less for
those of high; a checker reads long pages."""
LONGEST = timedelta(hours=10)


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in.

    Attributes:
        account: Its name; what it may do is asked of the vault each time.
        password_mark: Of the password that it had then.
        csrf: What every form has to send back.
        began: When it was made.
        seen: When it was last used.
    """

    account: str
    password_mark: str = field(repr=False)
    csrf: str = field(repr=False)
    began: datetime
    seen: datetime


def _now() -> datetime:
    return datetime.now(UTC)


class Sessions:
    """All sessions of a desk."""

    def __init__(self, *, idle: timedelta = IDLE, clock: Callable[[], datetime] = _now) -> None:
        self._idle, self._clock = idle, clock
        self._by_digest: dict[str, Session] = {}

    def begin(self, account: str, password_mark: str) -> str:
        """Sign an account in; the token for its browser."""
        self._drop_ended()
        token, now = secrets.token_urlsafe(32), self._clock()
        self._by_digest[_digest(token)] = Session(
            account, password_mark, secrets.token_urlsafe(32), now, now
        )
        return token

    def find(self, token: str) -> Session | None:
        """The session of a token, as just used; None when there is none, or it has ended."""
        self._drop_ended()
        found = self._by_digest.get(_digest(token))
        if found is None:
            return None
        used = replace(found, seen=self._clock())
        self._by_digest[_digest(token)] = used
        return used

    def end(self, token: str) -> None:
        """Sign out."""
        self._by_digest.pop(_digest(token), None)

    def go_on(self, account: str, before: str, now: str) -> None:
        """Keep an account's sessions whose password is the same and was only hashed anew."""
        for digest, session in list(self._by_digest.items()):
            if (session.account, session.password_mark) == (account, before):
                self._by_digest[digest] = replace(session, password_mark=now)

    def end_all(self, account: str, *, but: str = "") -> None:
        """Sign an account out everywhere, but where it signed in with the password of this mark."""
        for digest, session in list(self._by_digest.items()):
            if session.account == account and (not but or session.password_mark != but):
                del self._by_digest[digest]

    def _drop_ended(self) -> None:
        now = self._clock()
        for digest, session in list(self._by_digest.items()):
            if now - session.seen > self._idle or now - session.began > LONGEST:
                del self._by_digest[digest]


class Refusals:
    """How often a sign-in was refused lately, whoever it was; accounts lock by themselves."""

    def __init__(self, *, most: int = 20, within_s: float = 60.0) -> None:
        self._most, self._within = most, within_s
        self._recent: deque[float] = deque()

    def are_many(self) -> bool:
        """Whether more were refused than people mistype by hand."""
        while self._recent and time.monotonic() - self._recent[0] > self._within:
            self._recent.popleft()
        return len(self._recent) >= self._most

    def note(self) -> None:
        """Another one."""
        self._recent.append(time.monotonic())


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
