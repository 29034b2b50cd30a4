"""What the store says of a code that somebody wants to be a load's. Blocking; used on a reader thread."""

from __future__ import annotations

from collections.abc import Callable

from station.core.page_inputs import LoadRead
from station.ports import Library
from station.scan import clean
from station.scan_name import items_meant


def load_read(text: str, library: Library, *, is_badge: Callable[[str], bool]) -> LoadRead:
    """A load in a machine goes before an item of the same name. Raises StoreError."""
    code = clean(text)
    if is_badge(code):
        return LoadRead(text, is_badge=True)
    load = library.load(code)
    items = items_meant(text, library) if load is None else ()
    return LoadRead(text, load, item=items[0].code if items else "")
