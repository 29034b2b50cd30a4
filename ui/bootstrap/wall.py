"""Reads the figures of the day for the wall display."""

from __future__ import annotations

import logging
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from station.figures.sheet import Sheet

logger = logging.getLogger(__name__)

SOON: Final = timedelta(minutes=1)  # what is written while it is read belongs to it


def read_today(directory: Path, station: str) -> tuple[Sheet, datetime] | None:
    """The sheet and its moment; None where the store does not answer. Blocks."""
    from db.errors import StoreError
    from station.figures.sheet import Stretch, began, read_sheet
    from ui.bootstrap.store import open_reader

    now = datetime.now(UTC)
    try:
        with closing(open_reader(directory, station)) as reader:
            return read_sheet(reader, first=began(Stretch.TODAY, now), until=now + SOON), now
    except StoreError as error:
        logger.warning("the figures were not read: %s", error)
        return None
