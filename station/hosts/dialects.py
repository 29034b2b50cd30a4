"""How a host writes: the formats of docs/hosts.md, or those of the system that was there before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from station.hosts.folder import Folder
from station.hosts.outbox import WRITERS, Write
from station.imports.run import Read
from station.values import Item


class DialectStore(Protocol):
    """What a dialect asks while it reads."""

    def item(self, code: str) -> Item | None: ...


@dataclass(frozen=True, slots=True)
class Dialect:
    """`read` is None for the station's own formats; `suffix` is that of the result files."""

    read: Read | None
    write: Write
    suffix: str


def dialect_of(folder: Folder, store: DialectStore) -> Dialect:
    """The dialect of a folder."""
    return Dialect(None, WRITERS[folder.form], f".{folder.form}")
