"""What leaves the trust: one immutable folder, made whole, signed, and checkable by anyone.

A bundle holds what two checkers approved and the record of that, and nothing that tells a real
name, a raw file's name or a path. It is only ever written by a release.
"""

from deid.bundle.about import About, Approval, Check
from deid.bundle.approved import Approved, read_approved
from deid.bundle.folder import Manifested, discard, place, remove, temporary, write
from deid.bundle.leaks import BundleLeaks
from deid.bundle.manifest import MANIFEST, SIGNATURE
from deid.bundle.traced import Traced, trace
from deid.bundle.verify import Flaw, Problem, Verdict, verify

__all__ = [
    "MANIFEST",
    "SIGNATURE",
    "About",
    "Approval",
    "Approved",
    "BundleLeaks",
    "Check",
    "Flaw",
    "Manifested",
    "Problem",
    "Traced",
    "Verdict",
    "discard",
    "place",
    "read_approved",
    "remove",
    "temporary",
    "trace",
    "verify",
    "write",
]
