"""A de-identified transcript as rows of the three tables, written to the workspace.

What a column means stands in ``deid.store.columns``; here is where its value comes from. Originals
come this far only to be turned into keyed digests.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from deid.decisions import is_decided
from deid.keys import StudyKeys
from deid.overview import UNCERTAIN_BELOW
from deid.pseudonymise import Deidentified, Redaction
from deid.site import Site
from deid.store import RedactionRow, TranscriptRow, TurnRow, write_transcript


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: file digests for the audit event, and counts for the officer."""

    files: Mapping[str, str]
    words: int
    by_type: Mapping[str, int]
    flags: Mapping[str, int]
    uncertain: int = 0
    by_person: int = 0


def write(
    clean: Deidentified,
    flags: Mapping[str, int],
    *,
    transcript_id: str,
    site: Site,
    versions: Mapping[str, str],
) -> Written:
    """Write one transcript's files, whole or not at all.

    Args:
        clean: What may leave, and its redactions.
        flags: Counts for the checker by kind; zeros are left out.
        transcript_id: Names the files.
        site: Whose staging and redactions.
        versions: The columns of the transcripts table of the same names.

    Raises:
        OSError: They cannot be written.
    """
    workspace, study_id = site.workspace, site.settings.programme.study.id
    by_type = Counter(redaction.annotation.entity_type.value for redaction in clean.redactions)
    flagged = {name: count for name, count in sorted(flags.items()) if count}
    turns, words = clean.transcript.turns, clean.transcript.words
    files = write_transcript(
        workspace.staging,
        workspace.redactions,
        transcript_id=transcript_id,
        turns=list(_turns(clean, study_id, transcript_id)),
        transcript=TranscriptRow(
            study_id=study_id,
            transcript_id=transcript_id,
            format=clean.transcript.format,
            words=words,
            speakers=len({turn.speaker for turn in turns if turn.speaker}),
            turns=len(turns),
            n_redactions=len(clean.redactions),
            redactions_by_type=dict(sorted(by_type.items())),
            flags=flagged,
            dropped=dict(clean.transcript.dropped),
            **versions,
        ),
        redactions=[
            _redaction_row(redaction, transcript_id, site.keys) for redaction in clean.redactions
        ],
    )
    found = [redaction.annotation for redaction in clean.redactions]
    return Written(
        files,
        words,
        by_type,
        flagged,
        uncertain=sum(each.score < UNCERTAIN_BELOW for each in found),
        by_person=sum(map(is_decided, found)),
    )


def _turns(clean: Deidentified, study_id: str, transcript_id: str) -> Iterator[TurnRow]:
    redactions = Counter(redaction.place.turn for redaction in clean.redactions)
    for turn in clean.transcript.turns:
        yield TurnRow(
            study_id=study_id,
            transcript_id=transcript_id,
            turn=turn.number,
            kind=turn.kind.value,
            speaker=turn.speaker,
            start_ms=turn.start_ms,
            end_ms=turn.end_ms,
            text=turn.text,
            n_redactions=redactions[turn.number],
        )


def _redaction_row(redaction: Redaction, transcript_id: str, keys: StudyKeys) -> RedactionRow:
    annotation = redaction.annotation
    recogniser, _, rule = annotation.rules[0].partition("/")
    return RedactionRow(
        transcript_id=transcript_id,
        turn=redaction.place.turn,
        part=redaction.place.part.value,
        start=redaction.place.start,
        end=redaction.place.end,
        entity_type=annotation.entity_type.value,
        pseudonym=redaction.pseudonym,
        operator=redaction.operator.value,
        recogniser=recogniser,
        rule=rule,
        score=round(annotation.score, 4),
        by_person=is_decided(annotation),
        original_hmac=keys.hmac_original(redaction.original),
    )
