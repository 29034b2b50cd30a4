"""What the store writes about trays: files of them, dividers, and layouts that a person makes. Part of `db.store.Store`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from datetime import datetime

from sqlalchemy import Connection

from db import layouts, site
from db.queries import trays as tray_queries
from db.records.layout import DIVIDED
from db.records.record import Record
from db.rows.trays import RECEIVING, Tray
from db.store_people import PeopleStore

Put = Callable[[Connection, Sequence[Tray]], tuple[str, ...]]


class LayoutStore(PeopleStore):
    """A library that takes people and layouts as well."""

    def divide(
        self, before: Tray, after: Tray, records: Sequence[Record], *, label: str, operator: str = "", role: str = ""
    ) -> Future[str]:
        """Take over a tray whose compartment `label` got a divider, with an event of its layout and the records, in one
        transaction. The result is "" or why nothing happened, as of `change_layout`."""
        return self.change_layout(before, after, why=DIVIDED, records=records, labels=(label,), operator=operator, role=role)

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
    ) -> Future[str]:
        """Take a tray's new layout over, with its event and the records, in one transaction. The result is "" or why
        nothing happened: changed (the tray is another one by now), occupied (goods lie in a compartment that goes or in one of
        `emptied`, or a load in one of `labels`, which change)."""

        def work(connection: Connection) -> str:
            if tray_queries.tray(connection, before.machine, before.number) != before:
                return "changed"
            if any(site.has_load(connection, before.machine, before.number, each) for each in labels):
                return "occupied"
            if site.has_stock(connection, before.machine, before.number, emptied):
                return "occupied"
            if site.put_trays(connection, [after], is_told=True):
                return "occupied"
            told = layouts.changed(before, after, why=why, undoes=undoes)
            self._log.append(connection, (told, *records), operator=operator, role=role)
            return ""

        return self._writer.submit(work)

    def _taking(self, moments: Mapping[layouts.Carrier, datetime], *, file: str, operator: str) -> Put:
        """Takes pieces of a tray file over and tells of each tray that another one was before; `moments` say from when on."""
        since = layouts.Since(moments)
        known: list[frozenset[str]] = []

        def put(connection: Connection, piece: Sequence[Tray]) -> tuple[str, ...]:
            known.append(known[0] if known else layouts.machines(connection))
            good, refused = since.parted(connection, piece)
            told = tuple(layouts.records(connection, good, known=known[0], since=since, file=file))
            is_told = not any(each.machine.startswith(RECEIVING) for each in piece)
            refused += site.put_trays(connection, good, is_told=is_told)
            wanted = [each for each in told if is_told and f"{each.machine}/{each.tray}" not in refused]
            self._log.append(connection, wanted, operator=operator)
            return tuple(refused)

        return put
