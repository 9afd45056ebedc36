"""A change in the vault and its audit event: both or neither, once."""

import pytest

from deid.audit import AuditLog, Configured, EventType, read, verify
from deid.errors import AuditError
from deid.release import Releases, pending
from deid.release.pending import PendingEvent
from deid.vault import Vault

SUBJECT = "r-0123456789abcdef"


def note(releases: Releases, facts: dict[str, object] | None = None) -> None:
    """Note one event with a change of the vault."""
    with releases.vault.transaction():
        releases.vault.set_meta("change", "made")
        event = PendingEvent(EventType.RELEASE_REQUESTED, "ash", SUBJECT, facts or {})
        pending.add(releases.vault, releases.log, event)


def noted(log: AuditLog) -> int:
    """How many of the events are in the log."""
    return sum(1 for _ in read(log.path, transcript=SUBJECT))


def crashing(releases: Releases, monkeypatch: pytest.MonkeyPatch, after: str) -> None:
    """Let the next flush die right after it has done this to the log."""
    done = getattr(AuditLog, after)

    def die(log: AuditLog, *args: object, **kwargs: object) -> object:
        done(log, *args, **kwargs)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(AuditLog, after, die)
        with pytest.raises(KeyboardInterrupt):
            pending.flush(releases.vault, releases.log)


def test_an_event_goes_to_the_log_once(releases: Releases) -> None:
    """And is noted no more."""
    note(releases)
    assert (noted(releases.log), pending.flush(releases.vault, releases.log)) == (0, 1)
    assert (noted(releases.log), pending.flush(releases.vault, releases.log)) == (1, 0)


def test_a_change_without_its_event_is_taken_back(releases: Releases) -> None:
    """What the log would refuse stops the change too, and is not shown."""
    with pytest.raises(AuditError) as error:
        note(releases, {"said": "Marguerite"})
    assert releases.vault.meta("change") is None
    assert pending.flush(releases.vault, releases.log) == 0
    assert "Marguerite" not in str(error.value)


@pytest.mark.parametrize("after", ["recover", "append", "checkpoint"])
def test_a_kill_neither_loses_nor_doubles(
    releases: Releases, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    """Wherever the process dies, the next start has the event once, under a checkpoint."""
    note(releases)
    crashing(releases, monkeypatch, after)
    pending.flush(releases.vault, releases.log)
    assert noted(releases.log) == 1
    site = releases.site
    verdict = verify(site.workspace.root, site.keys.public_key)
    assert (verdict.ok, verdict.signed) == (True, verdict.events)


def test_a_kill_among_several_keeps_their_order(
    releases: Releases, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first reached the log before the kill, the second did not; others came in between."""
    note(releases, {"number": 1})
    note(releases, {"number": 2})
    crashing(releases, monkeypatch, "append")
    releases.log.append(EventType.RUN_STARTED, actor="deid", subject="log")
    pending.flush(releases.vault, releases.log)
    told = [event.facts["number"] for event in read(releases.log.path, transcript=SUBJECT)]
    assert told == [1, 2]


def test_the_next_start_flushes(releases: Releases) -> None:
    """Whoever opens the releases next moves what was noted."""
    note(releases)
    Releases(releases.site, releases.vault, releases.log, releases.accounts)
    assert noted(releases.log) == 1


def test_configured_words_stay_configured(releases: Releases) -> None:
    """Words of the configuration survive being noted, at any depth."""
    note(releases, {"study": {"title": Configured("Living Well"), "groups": [Configured("staff")]}})
    pending.flush(releases.vault, releases.log)
    (event,) = read(releases.log.path, transcript=SUBJECT)
    assert event.facts["study"] == {"title": "Living Well", "groups": ["staff"]}


def test_a_damaged_log_takes_nothing(releases: Releases) -> None:
    """The event stays noted until the log is set right."""
    note(releases)
    whole = releases.log.path.read_bytes()
    releases.log.path.write_bytes(whole[:-3] + b"x}\n")
    with pytest.raises(AuditError):
        pending.flush(releases.vault, releases.log)
    releases.log.path.write_bytes(whole)
    assert pending.flush(releases.vault, releases.log) == 1


def test_a_vault_that_is_read_elsewhere_is_not_changed(releases: Releases) -> None:
    """Nothing noted: no transaction is begun, so that a mere look writes nothing."""
    site = releases.site
    with Vault.open(site.workspace.vault, site.keys.vault_key, read_only=True) as vault:
        assert pending.flush(vault, releases.log) == 0
