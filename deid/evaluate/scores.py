"""The figures: counts and what follows from them. Nothing here sees text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import sqrt
from statistics import NormalDist

from deid.evaluate.values import DIRECT, GoldLabel

PER_WORDS = 10_000


def wilson(caught: int, total: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """The score interval of a proportion, right for few cases and near 0 and 1.

    Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference",
    JASA 22 (1927) 209-212; recommended by Brown, Cai and DasGupta, Statistical Science 16 (2001)
    101-133. With no case at all the interval is (0, 1).
    """
    if not 0 <= caught <= total:
        raise ValueError("a proportion needs 0 <= caught <= total")
    if total == 0:
        return 0.0, 1.0
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    share, weight = caught / total, z * z / total
    middle = share + weight / 2
    reach = z * sqrt(share * (1 - share) / total + weight / (4 * total))
    low, high = (middle - reach) / (1 + weight), (middle + reach) / (1 + weight)
    return max(0.0, low), min(1.0, high)


@dataclass(frozen=True, slots=True)
class Tally:
    """Mentions of one kind: how many there are, and how many were masked to the last word."""

    caught: int
    total: int

    @property
    def recall(self) -> float | None:
        """Share caught; None where there is nothing to catch."""
        return self.caught / self.total if self.total else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95% interval of the recall."""
        return wilson(self.caught, self.total)


@dataclass(frozen=True, slots=True)
class TypeScore:
    """One gold label's figures.

    Attributes:
        label: The gold label.
        mentions: Recall, whatever the type of the masking span.
        right: Predicted spans of this label that overlap gold that counts as this label.
        useful: Predicted spans of this label that overlap any scored gold.
        predicted: Predicted spans of this label, without those that touch only neutral gold.
    """

    label: GoldLabel
    mentions: Tally
    right: int
    useful: int
    predicted: int

    @property
    def precision(self) -> float | None:
        """Share of predictions that were right; None where none was made."""
        return self.right / self.predicted if self.predicted else None

    @property
    def f2(self) -> float | None:
        """F-measure that weighs recall four times precision (van Rijsbergen, beta = 2)."""
        precision, recall = self.precision, self.mentions.recall
        if precision is None or recall is None:
            return None
        below = 4 * precision + recall
        return 5 * precision * recall / below if below else 0.0


@dataclass(frozen=True, slots=True, order=True)
class Slice:
    """One way of cutting: ``axis`` ("form", "origin", ...), its value, and the gold label."""

    axis: str
    value: str
    label: GoldLabel


@dataclass(frozen=True, slots=True)
class Example:
    """A missed mention or a needless removal, with what stands around it. Raw speech."""

    item: str = field(repr=False)
    label: str
    before: str = field(repr=False)
    text: str = field(repr=False)
    after: str = field(repr=False)
    note: str = ""


@dataclass(frozen=True, slots=True)
class SystemScore:
    """What one system did on all items.

    Attributes:
        name: "deid", "presidio", or what the caller called it.
        types: One score a gold label that occurs or was predicted.
        slices: Recall by format, source, case, form and origin, and gold label.
        words: Words of all texts, between white space, with a letter or digit in them.
        plain_words: Those that no gold span touches.
        removed: Plain words under a prediction that touches no gold span at all.
        spilt: Plain words under a prediction that touches gold, but reaches too far.
        missed: Missed mentions in context.
        needless: Predictions that touch no gold span, in context.
    """

    name: str
    types: Mapping[GoldLabel, TypeScore]
    slices: Mapping[Slice, Tally]
    words: int
    plain_words: int
    removed: int
    spilt: int
    missed: tuple[Example, ...] = field(repr=False)
    needless: tuple[Example, ...] = field(repr=False)

    @property
    def direct(self) -> Tally:
        """All mentions of direct identifiers."""
        rows = [score.mentions for label, score in self.types.items() if label in DIRECT]
        return Tally(sum(row.caught for row in rows), sum(row.total for row in rows))

    @property
    def missed_per_10000(self) -> float:
        """Direct identifiers missed for every 10,000 words."""
        missed = self.direct.total - self.direct.caught
        return PER_WORDS * missed / self.words if self.words else 0.0

    @property
    def removed_share(self) -> float:
        """Share of the plain words that was needlessly removed."""
        return self.removed / self.plain_words if self.plain_words else 0.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One run: the same items through every system, ours first."""

    items: int
    systems: tuple[SystemScore, ...]
