"""What a person may ask of a run: the form that the Prefect UI shows, and its second check.

The UI makes the form from the model's JSON schema, and the server holds what was typed against
it; both can be passed over, so :func:`understood` checks again. What was typed wrongly may be
a name: no message repeats it.
"""

from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from deid.errors import UsageError
from deid.plan import Rerun


class What(StrEnum):
    """The choices, as the form shows them."""

    NEW = "everything new or changed"
    IDS = "only the transcript ids below"
    WITHHELD = "everything withheld"
    TOUCHED = "everything that a changed register or policy touches"
    ALL = "everything, changed or not"


RERUNS: Mapping[What, Rerun] = {
    What.NEW: Rerun.NEW,
    What.IDS: Rerun.ALL,
    What.WITHHELD: Rerun.WITHHELD,
    What.TOUCHED: Rerun.TOUCHED,
    What.ALL: Rerun.ALL,
}

TranscriptId = Annotated[str, Field(pattern=r"^t-[0-9a-f]{16}$")]


class Work(BaseModel):
    """What this run does. Leave everything as it is for what a night does."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    what: What = Field(
        default=What.NEW,
        title="What to do",
        description=(
            "A transcript that is done again replaces its own output; nothing is ever doubled."
        ),
    )
    transcripts: list[TranscriptId] = Field(
        default=[],
        title="Transcript ids",
        description=(
            "Only for the second choice: one id a row, such as t-0123456789abcdef. "
            "The morning's summary lists the ids of withheld transcripts."
        ),
    )
    dry_run: bool = Field(
        default=False,
        title="Dry run",
        description="Only report what would be done, and why. Nothing is written.",
    )


_RULES: Mapping[str, str] = {
    "what": "What to do: choose one of the list",
    "transcripts": "Transcript ids: type ids such as t-0123456789abcdef, one a row",
    "dry_run": "Dry run: switch it on or off",
}


def work_of(only: Collection[str], rerun: Rerun) -> Work:
    """The form as the terminal fills it in."""
    if only:
        return Work(what=What.IDS, transcripts=list(only))
    return Work(
        what=next(what for what, each in RERUNS.items() if each is rerun and what != What.IDS)
    )


def understood(work: object) -> Work:
    """What was asked for, checked.

    Raises:
        UsageError: It cannot be understood; the message says what to type.
    """
    try:
        asked = Work.model_validate(work)
    except ValidationError as error:
        fields = {each["loc"][0] for each in error.errors(include_input=False) if each["loc"]}
        told = [rule for name, rule in _RULES.items() if name in fields]
        problem = "; ".join(told) or "fill in the form anew; it has fields that do not exist"
    else:
        if (asked.what is What.IDS) == bool(asked.transcripts):
            return asked
        problem = (
            "Transcript ids: type at least one, or make another choice above"
            if asked.what is What.IDS
            else f"Transcript ids: leave them out, or choose '{What.IDS}' above"
        )
    raise UsageError(problem)
