"""What the store says of a code that somebody wants to be a load's. Blocking; used on a reader thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from station.core.page_inputs import LoadRead
from station.reading import Reading
from station.scan import clean
from station.scan_name import items_meant


def load_read(text: str, reading: Reading, *, is_badge: Callable[[str], bool]) -> LoadRead:
    """A load in a machine, or a production order of some, goes before an item of the same name. Raises StoreError."""
    code = clean(text)
    if is_badge(code):
        return LoadRead(text, is_badge=True)
    found = reading.load(code)
    is_known = found.load is not None or bool(found.of_order)
    items = () if is_known else items_meant(text, reading.library)
    return replace(found, text=text, item=items[0].code if items else "")
