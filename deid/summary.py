"""What a run did, in counts: fit for a log, a page or a message."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from deid.errors import Reason


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did, in counts: fit for a log, a page or a message.

    Attributes:
        run_id: The run.
        due: How many were to be done, by reason.
        written: Done and verified.
        unchanged: Done before and left alone.
        still_withheld: Withheld before and left alone.
        later: Due, and not asked for this time.
        waiting: Files that are not whole yet, by reason.
        withheld: Withheld by this run, by reason.
        redactions: Replacements of this run, by entity type.
        words: In what was written.
        seconds: How long the run took.
        head: Hash of the last line of the audit log.
    """

    run_id: str
    due: Mapping[str, int] = field(default_factory=dict)
    written: int = 0
    unchanged: int = 0
    still_withheld: int = 0
    later: int = 0
    waiting: Mapping[str, int] = field(default_factory=dict)
    withheld: Mapping[Reason, int] = field(default_factory=dict)
    redactions: Mapping[str, int] = field(default_factory=dict)
    words: int = 0
    seconds: float = 0.0
    head: str = ""

    @property
    def withheld_now(self) -> int:
        """How many transcripts this run withheld."""
        return sum(self.withheld.values())

    def with_written(self, words: int, redactions: Mapping[str, int]) -> "Summary":
        """One more transcript written."""
        return replace(
            self,
            written=self.written + 1,
            words=self.words + words,
            redactions=Counter(self.redactions) + Counter(redactions),
        )

    def with_withheld(self, reason: Reason) -> "Summary":
        """One more transcript withheld."""
        return replace(self, withheld=Counter(self.withheld) + Counter([reason]))

    def with_waiting(self, why: str) -> "Summary":
        """One transcript more that waits for the next run."""
        return replace(self, waiting=Counter(self.waiting) + Counter([why]))

    def sentence(self) -> str:
        """The outcome in words, for a state's message."""
        rest = f"; {sum(self.waiting.values())} waiting" if self.waiting else ""
        rest += f"; {self.later} more due, not asked for" if self.later else ""
        if not self.written and not self.withheld_now:
            still = f"; {self.still_withheld} still withheld" if self.still_withheld else ""
            return f"nothing new: {self.unchanged} unchanged{still}{rest}"
        said = f"{self.written} written, {self.unchanged} unchanged, {self.withheld_now} withheld"
        return (f"{said} ({counted(self.withheld)})" if self.withheld else said) + rest


def counted[Name: str](counts: Mapping[Name, int]) -> str:
    """Counts by name: ``empty 1, leak 2``."""
    return ", ".join(f"{name} {count:,}" for name, count in sorted(counts.items()))
