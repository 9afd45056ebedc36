"""The whole way of one transcript, on one screen.

``prepare`` reads and finds; it needs no vault and runs in any process. ``finish`` decides who is
meant, writes, re-reads what it wrote, and records it; it runs in the one process that holds the
vault, for one transcript after another. A failure at any point withholds the transcript.
"""

import hashlib
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched
from pathlib import Path
from typing import TYPE_CHECKING

import rfc8785
from pydantic import TypeAdapter

from deid.decisions import Decisions, table
from deid.detect.words.gazetteer import is_common, lexicon
from deid.errors import InputError, Reason, WithheldError
from deid.files import sha256_file
from deid.ingest import Limits, read
from deid.keys import StudyKeys
from deid.leaks import LeakCheck, kept_phrases
from deid.pseudonymise import (
    Redaction,
    Replacement,
    identify,
    replace_all,
    replacement,
)
from deid.quasi import quasi_identifiers
from deid.recall import StudyMemory, is_recalled
from deid.resolve import extend, resolve
from deid.settings import Policy
from deid.site import Site
from deid.subjects import subjects
from deid.tabling import Written, write
from deid.transcript import Annotation, EntityType, Transcript
from deid.vault import Identity, Original, Vault

if TYPE_CHECKING:
    from deid.detect.engine import Detector

_AT_ONCE = 1 << 12

type Annotate = Callable[[Transcript], tuple[Annotation, ...]]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A transcript read and searched: what passes from a worker to the process with the vault.

    It holds speech, so between processes it travels sealed (:meth:`sealed`).
    """

    digest: str
    transcript: Transcript = field(repr=False)
    annotations: tuple[Annotation, ...]
    seconds: float

    def sealed(self, keys: StudyKeys) -> bytes:
        """Encrypted under the study's sealing key."""
        return keys.seal(_PREPARED.dump_json(self))

    @classmethod
    def unsealed(cls, data: bytes, keys: StudyKeys) -> "Prepared":
        """The way back; fails on anything that this study did not seal."""
        return _PREPARED.validate_json(keys.unseal(data))


_PREPARED = TypeAdapter(Prepared)


@dataclass(frozen=True)
class Context:
    """What every transcript of a run shares; ``versions`` are the columns of the same names."""

    site: Site
    versions: Mapping[str, str]
    fingerprint: str
    memory: StudyMemory
    leaks: LeakCheck
    decisions: Decisions

    @classmethod
    def of(
        cls, site: Site, versions: Mapping[str, str], vault: Vault, *, due: Collection[str]
    ) -> "Context":
        """The context of a run under these versions, knowing what the vault knows.

        What transcripts that are due once gave is forgotten: a false find that was put right must
        not come back from the transcript's own past, and a run that was killed and continued
        must know as much at each transcript as one that was not. Where nothing is due nothing
        will be asked, and nothing is read.
        """
        memory = StudyMemory(is_common)
        leaks = LeakCheck(site.register, (), is_common=is_common, kept=kept_phrases())
        known = (
            (EntityType(original.entity_type), original.text)
            for original in (vault.originals() if due else ())
            if original.transcript_id not in due and not original.recalled
        )
        for some in map(dict.fromkeys, batched(known, _AT_ONCE)):
            memory.learn(some)
            leaks.learn(some)
        decisions = Decisions(table.every(vault), is_common=is_common)
        return cls(site, versions, fingerprint_of(site, versions), memory, leaks, decisions)


def fingerprint_of(site: Site, versions: Mapping[str, str]) -> str:
    """Digest of whatever an output depends on besides its raw file."""
    parts = {**versions, "study_id": site.settings.programme.study.id}
    return hashlib.sha256(rfc8785.dumps(parts)).hexdigest()


def prepare(path: Path, annotate: Annotate, *, limits: Limits) -> Prepared:
    """Read one raw file and find what is in it.

    Raises:
        InputError: the file is no transcript.
        WithheldError: detection failed, or the file changed while it was read.
    """
    began = time.monotonic()
    digest = sha256_file(path)
    try:
        transcript = read(path, limits=limits)
    except InputError:
        if sha256_file(path) == digest:
            raise
        transcript = None  # half a file is no broken one
    if transcript is None or sha256_file(path) != digest:
        raise WithheldError(Reason.CHANGED_WHILE_READ, stage="ingest")
    return Prepared(digest, transcript, annotate(transcript), time.monotonic() - began)


def detecting(detector: "Detector") -> Annotate:
    """Annotations by detection: all recognisers, overlaps resolved, names carried through."""

    def annotate(transcript: Transcript) -> tuple[Annotation, ...]:
        return resolve(transcript, detector.detect(transcript), is_common=is_common)

    return annotate


def finish(prepared: Prepared, transcript_id: str, vault: Vault, context: Context) -> Written:
    """Pseudonymise, write and verify one transcript.

    Raises:
        WithheldError: nobody of the register is in it and the policy wants somebody, or
            something that must not leave was found in what was written.
    """
    site, transcript = context.site, prepared.transcript
    found = extend(transcript, prepared.annotations, context.memory.detections(transcript))
    decided = context.decisions.on(transcript_id, transcript, found)
    annotations = decided.annotations
    people = subjects(transcript, annotations, site.register, place_kind=_place_kind)
    if site.settings.policy.require_register_entry and not any(one.reference for one in people):
        raise WithheldError(Reason.NOT_IN_REGISTER, stage="pseudonymise")
    with vault.transaction():
        identities = identify(people, vault, transcript_id=transcript_id)
        identities |= {index: vault.identity(each) for index, each in decided.meant.items()}
        wanted = _replacements(transcript, annotations, identities, site.settings.policy)
        clean = replace_all(transcript, annotations, wanted)
        vault.replace_originals(
            transcript_id, _originals(clean.redactions, transcript_id, annotations, identities)
        )
        table.put_findings(
            vault,
            transcript_id,
            prepared.annotations,
            content_digest=prepared.digest,
            fingerprint=context.fingerprint,
        )
    flags = {
        **quasi_identifiers(clean.transcript),
        "ambiguous-identity": sum(one.ambiguous for one in people),
        "kept": len(annotations) - len(clean.redactions),
    }
    written = write(clean, flags, transcript_id=transcript_id, site=site, versions=context.versions)
    context.memory.learn(
        _values(each for each in clean.redactions if not is_recalled(each.annotation))
    )
    paths = [site.workspace.root / name for name in written.files]
    try:
        context.leaks.check(
            paths, _values(clean.redactions), root=site.workspace.root, spared=decided.kept
        )
    except WithheldError as error:
        raise error.with_files(written.files) from None
    return written


def _values(redactions: Iterable[Redaction]) -> list[tuple[EntityType, str]]:
    return [(each.annotation.entity_type, each.original) for each in redactions]


def _place_kind(name: str) -> str:
    """What a place is called in brackets, by its weight in the lists of places."""
    weight = lexicon().entry(name).place
    return next((kind for least, kind in _PLACE_KINDS if weight >= least), "Place")


_PLACE_KINDS = ((9, "City"), (6, "Town"), (1, "Village"))


def _replacements(
    transcript: Transcript,
    annotations: Sequence[Annotation],
    identities: Mapping[int, Identity],
    policy: Policy,
) -> list[Replacement | None]:
    wanted = []
    for index, annotation in enumerate(annotations):
        place, identity = annotation.place, identities.get(index)
        text = transcript.turns[place.turn].part(place.part)
        wanted.append(
            replacement(
                annotation.entity_type,
                policy.entities[annotation.entity_type],
                text[place.start : place.end],
                pseudonym=identity.pseudonym if identity else "",
            )
        )
    return wanted


def _originals(
    redactions: Iterable[Redaction],
    transcript_id: str,
    annotations: Sequence[Annotation],
    identities: Mapping[int, Identity],
) -> Iterator[Original]:
    meant = {annotations[index].place: identity.id for index, identity in identities.items()}
    for redaction in redactions:
        annotation = redaction.annotation
        yield Original(
            transcript_id,
            annotation.entity_type,
            redaction.original,
            meant.get(annotation.place),
            recalled=is_recalled(annotation),
        )
