"""The figures of just-in-time and of the bay, and the change of a buffer. On a thread."""

from __future__ import annotations

import logging

from db.errors import StoreError
from station.core.desk_figures import NOT_WRITTEN
from station.core.effects import ApplyBuffer, ReadDesk
from station.core.inputs import BufferTold, DeskRead
from station.desk.values import ExportSheet, SheetExported
from station.desks import Desks, Papers
from station.pull.buffers import applied
from station.pull.facts import Facts, PullStore
from station.runner.pulling import NO_STORE, STORE_TIMEOUT_S, refused
from station.values import Pulled

logger = logging.getLogger(__name__)


def make_desk(desks: Desks | None, asked: ReadDesk) -> DeskRead:
    """The figures, or none."""
    try:
        return DeskRead(asked.number, desks.make(asked.supplier, asked.days) if desks is not None else None)
    except OSError as error:
        logger.warning("the figures of just-in-time were not made: %s", error)
        return DeskRead(asked.number, None)


def write_sheet(papers: Papers | None, asked: ExportSheet) -> SheetExported:
    """The figures on paper and as a table, or why they are not."""
    try:
        if papers is None:
            return SheetExported(asked.number, "", NOT_WRITTEN)
        return SheetExported(asked.number, papers.write(asked.first, asked.until))
    except OSError as error:
        logger.warning("the figures were not written: %s", error)
        return SheetExported(asked.number, "", NOT_WRITTEN)


def apply_buffer(store: PullStore | None, asked: ApplyBuffer) -> BufferTold:
    """What became of the change. Raises what is a bug."""
    if store is None:
        return BufferTold(asked.loop, code=NO_STORE)
    whys: list[str] = []

    def decide(facts: Facts) -> Pulled:
        pulled, why = applied(facts, asked.loop, before=asked.before, change=asked.change)
        whys.append(why)
        return pulled

    try:
        store.append_pull(decide, operator=asked.operator, role=asked.role).result(STORE_TIMEOUT_S)
    except StoreError as error:
        return BufferTold(asked.loop, code=refused(error))
    return BufferTold(asked.loop, why=whys[-1])
