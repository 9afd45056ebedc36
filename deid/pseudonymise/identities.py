"""Subjects of a transcript -> identities of the study: who is meant, asked of the vault.

Called for one transcript after another in an order that does not depend on timing, inside one
vault transaction each, so that pseudonyms depend on the transcripts alone: not on how many
processes looked for names, and not on a run that was killed in between.
"""

from collections.abc import Collection, Iterable
from typing import TypedDict

from deid.keys import normalised
from deid.subjects import THING_KINDS, Subject
from deid.vault import Identity, Vault, bearers


def identify(
    subjects: Iterable[Subject], vault: Vault, *, transcript_id: str
) -> dict[int, Identity]:
    """The identity of every mention, new ones numbered in the order of their first mention.

    Args:
        subjects: Who and what the transcript speaks of.
        vault: Open, inside a transaction; gains identities and aliases.
        transcript_id: Recorded as the source of whatever is new.

    Returns:
        Place in the transcript's annotations -> identity.
    """
    found: dict[int, Identity] = {}
    for subject in subjects:
        identity = _known(subject, vault) or vault.new_identity(
            kind=subject.kind,
            alias=subject.names[0],
            register_ref=subject.reference or None,
            transcript_id=transcript_id,
            source=transcript_id,
        )
        for name in subject.names:
            vault.add_alias(identity.id, name, source=transcript_id)
        found.update(dict.fromkeys(subject.mentions, identity))
    return found


def _known(subject: Subject, vault: Vault) -> Identity | None:
    """Who of the study this is: by register, by full name, then by a name nobody else has."""
    if subject.reference:
        known = vault.identity_by_reference(subject.reference)
        if known:
            return known
    thing = subject.kind in THING_KINDS
    who: _Asked = {"kinds": (subject.kind,)} if thing else {"but": THING_KINDS}
    who["unregistered"] = bool(subject.reference)
    for name in subject.names:
        if thing or " " in name:
            named = bearers(vault, normalised(name), most=1, **who)
            if named:
                return named[0]
        elif not any(" " in other for other in subject.names):
            return _bare(normalised(name), vault, who, shared=subject.ambiguous)
    return None


def _bare(name: str, vault: Vault, who: "_Asked", *, shared: bool) -> Identity | None:
    """Whom a name alone means: its only bearer, else the one that was never called more.

    A name that more than one person here may have is nobody's of whom more is known.
    """
    found = bearers(vault, name, most=2, **who)
    if len(found) != 1 or shared:
        found = bearers(vault, name, most=1, bare=True, **who)
    return found[0] if found else None


class _Asked(TypedDict, total=False):
    kinds: tuple[str, ...]
    but: Collection[str]
    unregistered: bool
