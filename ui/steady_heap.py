"""Keeps the garbage collector's long walk away from the hands of the operator.

What a program of this size builds at its start, some 200,000 objects, lives to its end. Python's collector walks over all of them
each time it looks at its oldest generation, in whatever thread it happens to be: 35 ms in which no thread runs, two frames
(measured). So it rests while the program is built and is then told to leave alone what is there; what comes later is looked at
as before.

Qt for Python reads the text of every module that is imported after it, to see whether that asks for its optional features, and
leaves it in `linecache`: 13 MB that nobody reads again but a traceback, which reads them anew.
"""

from __future__ import annotations

import gc
import linecache
from collections.abc import Callable, Iterator
from contextlib import contextmanager

USUAL_OBJECTS = 700  # between two looks at the youngest generation, as Python comes


@contextmanager
def steady_heap() -> Iterator[Callable[[], None]]:
    """Within it the collector rests until the function that is given is called: once, when everything stands. Afterwards it is as
    it was before."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield _settle if was_enabled else gc.freeze
    finally:
        gc.unfreeze()
        if was_enabled:
            gc.enable()


def _settle() -> None:
    linecache.clearcache()
    gc.collect()  # what the start has thrown away is not to be kept
    gc.freeze()
    gc.set_threshold(USUAL_OBJECTS)  # short looks between two frames, whatever the start had set
    gc.enable()
