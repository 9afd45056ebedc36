"""What a run did, in counts: fit for a log, a page or a message."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from deid.errors import Reason


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did, in counts: fit for a log, a page or a message."""

    run_id: str
    written: int = 0
    unchanged: int = 0
    still_withheld: int = 0
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

    def sentence(self) -> str:
        """The outcome in words, for a state's message."""
        if not self.written and not self.withheld_now:
            rest = f"; {self.still_withheld} still withheld" if self.still_withheld else ""
            return f"nothing new: {self.unchanged} unchanged{rest}"
        said = f"{self.written} written, {self.unchanged} unchanged, {self.withheld_now} withheld"
        reasons = ", ".join(f"{reason} {count}" for reason, count in sorted(self.withheld.items()))
        return f"{said} ({reasons})" if reasons else said
