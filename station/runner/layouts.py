"""New layouts of trays with their labels, planned moves, and the figures of storage. On a thread."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Protocol

from db.errors import Kind, StoreError
from db.records.moves import MovePlanned
from db.records.printing import LabelQueued
from db.records.record import Record
from station.desks import StorageDesks
from station.printing.rules import PERSON, new_job
from station.runner.receiving import NO_STORE, STORE_TIMEOUT_S, LabelQueue
from station.storage.page import ChangeLayout, LayoutTold, MakeStorage, MovesTold, PlanAway, PlanMoves, StorageRead
from station.storage.planning import MoveError, MoveStore, plan_moves
from station.values import Tray

logger = logging.getLogger(__name__)


class LayoutStore(MoveStore, Protocol):
    """What a new layout needs of the store."""

    def divide(
        self, before: Tray, after: Tray, records: Sequence[Record], *, label: str, operator: str = "", role: str = ""
    ) -> Future[str]: ...

    def change_layout(
        self,
        before: Tray,
        after: Tray,
        *,
        why: str,
        undoes: str = "",
        records: Sequence[Record] = (),
        labels: Sequence[str] = (),
        emptied: Sequence[str] = (),
        operator: str = "",
        role: str = "",
    ) -> Future[str]: ...


def make_storage(desks: StorageDesks | None, asked: MakeStorage) -> StorageRead:
    """The figures, or none."""
    try:
        return StorageRead(asked.number, desks.make(asked.item) if desks is not None else None)
    except OSError as error:
        logger.warning("the figures of storage were not made: %s", error)
        return StorageRead(asked.number, None)


def moves_away(desks: StorageDesks | None, asked: PlanAway) -> PlanMoves | MovesTold:
    """The moves that are to be planned, or that they could not be made."""
    try:
        found = desks.away(asked.machine, asked.tray, asked.labels) if desks is not None else ((), 0)
    except OSError as error:
        logger.warning("moves were not made: %s", error)
        return MovesTold(why="not_made")
    return PlanMoves(records=found[0], operator=asked.operator, without=found[1])


def carry_out_layout(
    store: LayoutStore | None, asked: PlanMoves | ChangeLayout, printers: Sequence[LabelQueue]
) -> MovesTold | LayoutTold:
    """What became of it. Raises what is a bug."""
    match asked:
        case ChangeLayout():
            return _changed(store, asked, printers)
        case PlanMoves(records=records, operator=operator, without=without):
            return _planned(store, records, operator, without=without)


def _planned(store: LayoutStore | None, records: Sequence[MovePlanned], operator: str, *, without: int) -> MovesTold:
    if store is None:
        return MovesTold(code=NO_STORE)
    if not records and without:
        return MovesTold(without=without)
    try:
        return MovesTold(plan_moves(store, records, operator=operator), without)
    except MoveError as error:
        return MovesTold(why=error.code)
    except StoreError as error:
        return MovesTold(code=_code_of(error, "planned moves"))


def _changed(store: LayoutStore | None, asked: ChangeLayout, printers: Sequence[LabelQueue]) -> LayoutTold:
    """One transaction: the layout, its event, and the labels that each label printer is asked for."""
    tray = asked.after.number
    if store is None:
        return LayoutTold(tray, code=NO_STORE)
    label_printers = [each for each in printers if each.kind == "zpl"]
    try:
        why = store.change_layout(
            asked.before,
            asked.after,
            why=asked.why,
            undoes=asked.undoes,
            records=[_label(asked.after, label, each) for each in label_printers for label in asked.printed],
            labels=asked.changed,
            emptied=asked.emptied,
            operator=asked.operator,
            role=asked.role,
        ).result(STORE_TIMEOUT_S)
    except StoreError as error:
        return LayoutTold(tray, code=_code_of(error, "a new layout"))
    for each in label_printers:
        each.wake()
    return LayoutTold(tray, why)


def _label(tray: Tray, label: str, printer: LabelQueue) -> LabelQueued:
    return LabelQueued(
        job=new_job(),
        printer=printer.name,
        label="compartment",
        cause=PERSON,
        of_machine=tray.machine,
        of_tray=tray.number,
        of_compartment=label,
    )


def _code_of(error: StoreError, what: str) -> str:
    if error.kind is Kind.BUG:
        raise error
    logger.warning("%s: not written: %s", what, error)
    return error.code
