"""The leak check over a whole bundle, right before it may stand in ``outbox/``.

Each transcript's own files are searched for its own originals, whole and by part, and all files
for every value of the register and for whatever is distinctive of the rest of the study. The
pages that tell of the approval may name what the trust's configuration names (a sponsor is often
also spoken of), and nothing else.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import batched
from pathlib import Path

from deid.errors import BundleError, WithheldError
from deid.keys import normalised
from deid.leaks import LeakCheck, kept_phrases, register_values
from deid.register import Register
from deid.transcript import EntityType

type Originals = Iterable[tuple[EntityType, str]]

_AT_ONCE = 1 << 12
_TELLING = frozenset({"manifest.json", "summary.html", "ro-crate-metadata.json"})


class BundleLeaks:
    """The study's values, ready to be looked for in a bundle.

    Args:
        register: All of its values are searched for.
        originals: Entity type and text of everything that was ever replaced in the study, gone
            through once.
        own: The originals of one transcript.
        spared: Words that a person decided to leave standing in one transcript.
        configured: What the approval says in words: title, sponsor, recipient.
        is_common: Whether a folded word is ordinary English.

    Attributes:
        size: How many values are searched for.
    """

    def __init__(
        self,
        register: Register,
        originals: Originals,
        own: Callable[[str], Originals],
        *,
        spared: Callable[[str], Collection[str]] = lambda _: (),
        configured: Sequence[str],
        is_common: Callable[[str], bool],
    ) -> None:
        kept = [*kept_phrases()]
        said = [f" {normalised(text)} " for text in configured]
        self._own, self._spared = own, spared
        self.size = sum(1 for _ in register_values(register))
        self._check = LeakCheck(register, (), is_common=is_common, kept=kept)
        self._check_telling = LeakCheck(
            register, (), is_common=is_common, kept=[*kept, *configured]
        )
        for some in batched(originals, _AT_ONCE):
            self.size += len(some)
            self._check.learn(some)
            self._check_telling.learn(
                (kind, text)
                for kind, text in some
                if not any(f" {normalised(text)} " in each for each in said)
            )

    def check(self, folder: Path, files: Iterable[str], transcripts: Collection[str]) -> None:
        """Search every file of a bundle in ``folder``, and its name.

        Raises:
            BundleError: A value was found, or a file cannot be searched; the message names the
                file and the kind of value.
        """
        for file in files:
            check = self._check_telling if file in _TELLING else self._check
            stem = Path(file).stem
            owners = [stem] if "/" in file and stem in transcripts else []
            own = [value for each in owners for value in self._own(each)]
            spared = [word for each in owners or transcripts for word in self._spared(each)]
            try:
                check.check([folder / file], own, root=folder, spared=spared)
            except WithheldError as error:
                where = "" if error.turn is None else f", place {error.turn}"
                raise BundleError(
                    f"leak check: {file}{where}: {error.reason} ({error.detail}); nothing was "
                    "released. Add the value to the register, or correct it, and run again"
                ) from None
