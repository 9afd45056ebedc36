"""Re-reads what was written and looks for what must not be there; fails closed."""

from deid.verify.check import Finding, check_files
from deid.verify.places import Where
from deid.verify.search import Match, Searcher
from deid.verify.values import How, Scope, SearchValue, Source

__all__ = [
    "Finding",
    "How",
    "Match",
    "Scope",
    "SearchValue",
    "Searcher",
    "Source",
    "Where",
    "check_files",
]
