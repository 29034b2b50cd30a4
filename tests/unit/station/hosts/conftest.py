"""A store with some items and trays, and a folder that a host writes into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from db.records.files import HostFile
from db.store import Store
from station.host_settings import FolderSettings
from station.hosts.folder import Folder, folder_of
from station.hosts.inbox import Inbox
from station.imports import import_file
from station.imports.run import Read

ITEMS = "item,name,decimals,lot_tracked\nBOLT,Bolt,0,\nPAINT,Paint,2,yes\n"
TRAYS = "machine,tray,width_mm,depth_mm,columns,rows\nM1,1,400,200,4,2\n"
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "store", station="S1", ballast_bytes=0)
    for name, content in (("items.csv", ITEMS), ("trays.csv", TRAYS)):
        (tmp_path / name).write_text(content, encoding="utf-8")
        assert import_file(tmp_path / name, opened).is_clean
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return make_folder(tmp_path)


def make_folder(home: Path, **more: str | int) -> Folder:
    for name in ("in", "out"):
        (home / name).mkdir(exist_ok=True)
    given = {"inbox": str(home / "in"), "out": str(home / "out")} | more
    return folder_of(FolderSettings(**given), home / "data")  # type: ignore[arg-type]


class Host:
    """Puts files into a folder and lets the station look. Each look is a second after the one before."""

    def __init__(self, folder: Folder, store: Store, read: Read | None = None) -> None:
        self.folder = folder
        self._ticks = count()
        self.now_s = 0.0
        self.inbox = Inbox(folder=folder, store=store, utc=self._utc, read=read, monotonic=lambda: self.now_s)

    def _utc(self) -> datetime:
        return NOON + timedelta(seconds=next(self._ticks))

    def write(self, name: str, content: str | bytes) -> Path:
        assert self.folder.inbox is not None
        path = self.folder.inbox / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def look(self, *, after_s: float = 1.0) -> list[HostFile]:
        self.now_s += after_s
        return list(self.inbox.look())

    def send(self, name: str, content: str | bytes) -> HostFile:
        """Written, and looked at twice: the second time it has not changed."""
        self.write(name, content)
        (fate,) = [*self.look(), *self.look()]
        return fate


@pytest.fixture
def host(folder: Folder, store: Store) -> Host:
    return Host(folder, store)


MakeHost = Callable[[Folder], Host]
