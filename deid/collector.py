"""The garbage collector, kept from looking for garbage in what is only being loaded.

Hundreds of modules with their classes are made at a start, and nearly all of it stays. Looking
through it again and again while it grows costs a seventh of the start, and finds nothing.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def resting() -> Iterator[None]:
    """Nothing is collected meanwhile, and what was loaded is never looked through again.

    Only for what is there to stay, such as modules: a cycle made meanwhile is never freed.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
