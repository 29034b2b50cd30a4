"""The stock as it stands, written into a host's folder once a day. What was written is told in the log with its cut-off."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Protocol

from db.durable import write_shared
from db.records.files import StockTold
from db.records.record import Record
from station.hosts.folder import Folder
from station.hosts.snapshot import Snapshot, SnapshotStore, snapshot
from station.imports.xml_rows import as_xml
from station.quantity import to_text
from station.values import EventRow

STORE_TIMEOUT_S = 60.0
COLUMNS = ("item", "lot", "owner", "quantity", "coming", "going", "at", "station", "epoch", "seq")

WriteStock = Callable[[Snapshot], bytes]


class StockOutStore(SnapshotStore, Protocol):
    """What is needed of the store."""

    def events(
        self, *, kinds: Collection[str] | None = None, limit: int | None = None, newest_first: bool = False
    ) -> tuple[EventRow, ...]: ...

    def append(self, records: Sequence[Record], *, operator: str = "", role: str = "") -> Future[tuple[EventRow, ...]]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class StockOut:
    """One folder's stock file. `utc` is now; the day and its time are this computer's."""

    folder: Folder
    store: StockOutStore
    station: str
    write: WriteStock
    suffix: str
    utc: Callable[[], datetime]

    def deliver(self) -> Path | None:
        """Write today's file when it is time and none was written; it. Raises OSError, StoreError."""
        now = self.utc().astimezone()
        if self.folder.out is None or not self.folder.stock_at or now.time() < time.fromisoformat(self.folder.stock_at):
            return None
        name = f"stock-{self.station}-{now:%Y%m%d}{self.suffix}"
        if name in self._written():
            return None
        found = snapshot(self.store, self.station, self.utc())
        write_shared(self.folder.out / name, self.write(found))
        told = StockTold(folder=self.folder.name, file=name, rows=len(found.rows), through_seq=found.seq)
        self.store.append([told]).result(STORE_TIMEOUT_S)
        return self.folder.out / name

    def _written(self) -> set[str]:
        recent = (json.loads(each.body)["data"] for each in self.store.events(kinds=("stock_told",), limit=20, newest_first=True))
        return {each["file"] for each in recent if each["folder"] == self.folder.name}


def stock_rows(found: Snapshot) -> list[dict[str, str]]:
    """The rows as texts."""
    more = {"at": found.at.isoformat(), "station": found.station, "epoch": found.epoch, "seq": str(found.seq)}
    return [
        {
            "item": each.item.code,
            "lot": each.lot,
            "owner": each.owner,
            **{name: to_text(getattr(each, name), each.item.decimals) for name in ("quantity", "coming", "going")},
            **more,
        }
        for each in found.rows
    ]


def _as_csv(found: Snapshot) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(stock_rows(found))
    return out.getvalue().encode("utf-8")


def _as_json(found: Snapshot) -> bytes:
    return (json.dumps(stock_rows(found), ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _as_xml(found: Snapshot) -> bytes:
    return as_xml("stock", "row", stock_rows(found))


STOCK_WRITERS: Mapping[str, WriteStock] = {"csv": _as_csv, "json": _as_json, "xml": _as_xml}
