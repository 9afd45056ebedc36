"""Put first on the path of a run and its workers: stages fail on transcripts that ask for it.

Imported by Python itself at start-up. Whatever fails carries the text that it was given in its
message and in its cause, as careless libraries do.
"""

import importlib.abc
import importlib.util
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Faults(importlib.abc.MetaPathFinder):
    """Alters three modules once they are executed."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        """The real spec, with a loader that alters afterwards."""
        del path, target
        if name not in {"deid.detect.engine", "deid.pipeline", "deid.tabling"}:
            return None
        sys.meta_path.remove(self)
        spec: Any = importlib.util.find_spec(name)
        sys.meta_path.insert(0, self)
        execute = spec.loader.exec_module
        spec.loader.exec_module = lambda module: (execute(module), alter(module))
        return spec


def alter(module: Any) -> None:
    """Make functions of a module fail on words of a transcript's first turn."""
    if module.__name__ == "deid.detect.engine":
        detect = failing(module.Detector.detect, "DETECT-FAILS", ValueError, lambda _, given: given)
        detect = failing(detect, "NOT-YET", OSError, lambda _, given: given, times=True)
        module.Detector.detect = failing(detect, "PROCESS-DIES", None, lambda _, given: given)
    elif module.__name__ == "deid.pipeline":
        module.replace_all = failing(
            module.replace_all, "REPLACE-FAILS", KeyError, lambda given, *_: given
        )
    else:
        module.write_transcript = failing(
            module.write_transcript, "WRITE-FAILS", OSError, lambda *_, turns, **__: turns
        )


def failing(
    function: Callable[..., Any],
    word: str,
    error: type[Exception] | None,
    given: Callable[..., Any],
    *,
    times: bool = False,
) -> Callable[..., Any]:
    """The function, with an error (None: the end of the process) where the word is in the text.

    With ``times`` only as often as there are files in the folder DEID_TEST_FAULTS.
    """

    def wrapper(*values: Any, **options: Any) -> Any:
        turns = given(*values, **options)
        text = getattr(turns, "turns", turns)[0].text
        if word in text and (not times or _counted_down()):
            if error is None:
                os._exit(1)
            raise error(text) from ValueError(text)
        return function(*values, **options)

    return wrapper


def _counted_down() -> bool:
    left = sorted(Path(os.environ["DEID_TEST_FAULTS"]).iterdir())
    if left:
        left[0].unlink()
    return bool(left)


sys.meta_path.insert(0, Faults())
