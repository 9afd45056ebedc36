"""The audit log: who did what to which transcript, so that any later change of it shows.

It holds counts, ids and digests. It must never hold speech, a name, or a file name from the inbox.
"""

from deid.audit.event import Event, EventType
from deid.audit.facts import Configured
from deid.audit.log import AuditLog
from deid.audit.reading import read, read_back
from deid.audit.verdict import Flaw, Problem, Verdict
from deid.audit.verify import verify

__all__ = [
    "AuditLog",
    "Configured",
    "Event",
    "EventType",
    "Flaw",
    "Problem",
    "Verdict",
    "read",
    "read_back",
    "verify",
]
