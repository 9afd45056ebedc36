"""What people decided about detection, kept in the vault and applied at every run from then on.

A person's word is stronger than any recogniser's: what is marked is masked, what is marked as
needless stays, who is meant is who the person says. Nothing here asks who may decide.
"""

from deid.decisions.apply import Decided, Decisions, is_decided
from deid.decisions.decision import Decision, Kind, Reach

__all__ = ["Decided", "Decision", "Decisions", "Kind", "Reach", "is_decided"]
