"""Where a store should be and is not, an empty one would look like a day on which nothing had ever happened."""

from __future__ import annotations

from pathlib import Path

from db import aside
from db.backup import COPIES_FOLDER, newest_copy
from db.errors import CORRUPT, RESTORE_CUT, StoreError, classify


def refuse_gap(store: Path) -> None:
    """Bring to an end what a killed restore or salvage left. Raises StoreError: D412 it left no store, D403 the store's file is
    empty. A file of no length is what a start makes first; beside copies of its past somebody or something cut it."""
    left = aside.left_behind(store)
    if left:
        raise StoreError(RESTORE_CUT, f"a restore or a salvage was cut off: {store} is missing, and there is {', '.join(left)}")
    try:
        aside.tidy(store)
    except OSError as error:
        raise classify(error) from error
    if store.exists() and not store.stat().st_size and newest_copy([store.parent / COPIES_FOLDER]):
        raise StoreError(CORRUPT, f"{store} is empty, and there are copies of it")
