"""How a host writes: the formats of docs/hosts.md, or those of the system that was there before."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Protocol

from station.hosts.folder import Folder
from station.hosts.modula_out import results_as_modula, stock_as_modula
from station.hosts.outbox import WRITERS, Write
from station.hosts.stock_out import STOCK_WRITERS, WriteStock
from station.imports.modula import read_modula
from station.imports.run import Read
from station.values import Item, Order


class DialectStore(Protocol):
    """What a dialect asks while it reads."""

    def item(self, code: str) -> Item | None: ...

    def order(self, order: str) -> Order | None: ...


@dataclass(frozen=True, slots=True)
class Dialect:
    """`read` is None for the station's own formats; `suffix` is that of the files that go out."""

    read: Read | None
    write: Write
    write_stock: WriteStock
    suffix: str


def dialect_of(folder: Folder, store: DialectStore) -> Dialect:
    """The dialect of a folder."""
    if folder.is_modula:
        read = partial(read_modula, item=store.item, decimals=folder.decimals)
        return Dialect(read, partial(results_as_modula, order_of=store.order), stock_as_modula, ".xml")
    return Dialect(None, WRITERS[folder.form], STOCK_WRITERS[folder.form], f".{folder.form}")
