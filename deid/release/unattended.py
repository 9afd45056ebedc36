"""Building an approved release without anybody signing in: the votes alone allow it.

Used by the service, whose users nobody has authenticated. It must never approve, and never name a
person as the one who built.
"""

from dataclasses import dataclass
from pathlib import Path

from deid.detect.words.gazetteer import is_common
from deid.release import rules
from deid.release.building import build
from deid.release.opening import open_releases


@dataclass(frozen=True, slots=True)
class Built:
    """What was built: how many transcripts, and the audit log's last line."""

    transcripts: int
    head: str


def build_approved(root: Path, config: Path | None, release_id: str) -> Built:
    """Make the bundle of a release that two checkers have approved.

    Args:
        root: The workspace.
        config: Folder of the settings; None for the workspace's own.
        release_id: Which release.

    Raises:
        ReleaseError: It is not approved, its files changed, or the approval ended.
        DeidError: As for :func:`deid.release.build`.
    """
    with open_releases(root, config) as releases:
        study = releases.site.settings.programme.study
        today = releases.clock().date()
        rules.check_can_build(releases.current(release_id), study=study, today=today)
        from deid.detect.engine import Detector  # noqa: PLC0415 - seconds, for approved ones only

        detector = Detector(releases.site.settings, releases.site.register)
        build(releases, None, release_id, is_common=is_common, detect=detector.detect)
        head = releases.log.checkpoint()
        return Built(len(releases.standing(release_id).release.transcripts), head)
