"""The garbage collector, kept from looking for garbage in what is only being loaded.

Hundreds of modules with their classes are made at a start, and nearly all of it stays. Looking
through it again and again while it grows costs a seventh of the start, and finds nothing.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def resting() -> Iterator[None]:
    """Nothing is collected meanwhile, and where modules were loaded, they are passed over later.

    Only for what is there to stay: a cycle that was made before its end may never be freed.
    """
    was_on, modules = gc.isenabled(), len(sys.modules)
    gc.disable()
    try:
        yield
    finally:
        if len(sys.modules) > modules:
            gc.freeze()
        if was_on:
            gc.enable()
