"""The one table of pages: where each is, who may see it, and whether it shows originals.

Whatever is not in this table does not exist; whoever has none of a page's roles is refused before
its code runs. The tests walk over this table.
"""

from deid.review.navigation import CHECKERS, EVERYONE, READERS, RELEASERS
from deid.review.pages import (
    audit,
    building,
    deciding,
    identities,
    mention,
    queue,
    redactions,
    releases,
    transcript,
    verifying,
)
from deid.review.visit import Handler, Page

_TRANSCRIPT = "/transcripts/{transcript_id}"
_RELEASE = "/releases/{release_id}"


def _of_transcript(name: str, path: str, handler: Handler, *, method: str = "GET") -> Page:
    """A page under a transcript, which may show its originals."""
    return Page(name, f"{_TRANSCRIPT}{path}", handler, CHECKERS, method, originals=True)


PAGES: tuple[Page, ...] = (
    Page("queue", "/", queue.show, EVERYONE),
    Page("look-again", "/look-again", queue.look_again, CHECKERS, "POST"),
    _of_transcript("transcript", "", transcript.show),
    _of_transcript("mention", "/mention", mention.show),
    _of_transcript("decide", "/decisions", deciding.decide, method="POST"),
    _of_transcript("check", "/checked", deciding.check, method="POST"),
    _of_transcript("take-back", "/take-back", deciding.take_back, method="POST"),
    _of_transcript("again", "/again", deciding.do_again, method="POST"),
    _of_transcript("difference", "/changes/{key}", deciding.difference),
    _of_transcript("identities", "/identities", identities.show),
    _of_transcript("merge", "/merge", identities.merge, method="POST"),
    _of_transcript("alias", "/alias", identities.alias, method="POST"),
    Page("releases", "/releases", releases.index, READERS),
    Page("release-new", "/releases/new", releases.new, RELEASERS),
    Page("release-ask", "/releases", releases.request, RELEASERS, "POST"),
    Page("release", _RELEASE, releases.show, READERS),
    Page("release-review", f"{_RELEASE}/review", releases.review, CHECKERS, "POST"),
    Page("release-vote", f"{_RELEASE}/vote", releases.vote, CHECKERS, "POST"),
    Page("release-build", f"{_RELEASE}/build", building.build_bundle, RELEASERS, "POST"),
    Page("release-withdraw", f"{_RELEASE}/withdraw", releases.withdraw_release, RELEASERS, "POST"),
    Page("release-summary", f"{_RELEASE}/summary", releases.summary, READERS),
    Page("release-verified", f"{_RELEASE}/verified", releases.verified, READERS),
    Page("audit", "/audit", audit.index, READERS),
    Page("audit-verify", "/audit/verify", verifying.start, READERS, "POST"),
    Page("audit-verified", "/audit/verified", verifying.show, READERS),
    Page("audit-events", "/audit/events", audit.events, READERS),
    Page("audit-redactions", "/audit/redactions", redactions.show, READERS),
    Page("audit-report", "/audit/reports/{what}", audit.report, READERS),
    Page("work", "/jobs/{job_id}", deciding.progress, EVERYONE),
)
