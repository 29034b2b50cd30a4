"""What became of each file of the hosts, and what waits: for `baylight hosts`."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from station.hosts.folder import READY, Folder
from station.hosts.outbox import ACK
from station.values import EventRow

WAITING, BEING_TAKEN, NOT_READ, UNREACHABLE = "waiting", "being_taken", "not_read", "unreachable"
TO_FETCH = "to_fetch"


class FateStore(Protocol):
    """What is asked of the store."""

    def events(
        self, *, kinds: Collection[str] | None = None, limit: int | None = None, newest_first: bool = False
    ) -> tuple[EventRow, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """One file. `fate`: taken, partly_refused or failed; waiting (not finished by the host, or not looked at yet), being_taken,
    not_read (no file of rows), unreachable (the folder does not answer); to_fetch (results that nobody acknowledged)."""

    folder: str
    file: str
    fate: str
    at: datetime
    what: str = ""
    rows: int = 0
    rejected: int = 0
    reject_file: str = ""
    reason: str = ""


def fates(folders: Collection[Folder], store: FateStore, *, limit: int, now: datetime) -> list[Fate]:
    """What lies in the folders now, then what was taken, newest first. Blocks while a share does."""
    return [*(each for folder in folders for each in _lying(folder, now)), *_told(folders, store, limit)]


def _told(folders: Collection[Folder], store: FateStore, limit: int) -> Iterator[Fate]:
    rejects = {each.name: each.rejects for each in folders}
    for event in store.events(kinds=("host_file",), limit=limit, newest_first=True):
        data = json.loads(event.body)["data"]
        home, name = rejects.get(data["folder"]), data["reject_file"]
        yield Fate(
            folder=data["folder"],
            file=data["file"],
            fate=data["fate"],
            at=event.at,
            what=data["what"],
            rows=data["rows"],
            rejected=data["rejected"],
            reject_file=str(home / name) if home and name else name,
            reason=data["reason"],
        )


def _lying(folder: Folder, now: datetime) -> Iterator[Fate]:
    for home, fate in ((folder.inbox, WAITING), (folder.work, BEING_TAKEN), (folder.out, TO_FETCH)):
        if home is None or (fate == BEING_TAKEN and (folder.inbox is None or not home.is_dir())):
            continue
        try:
            paths = sorted(each for each in home.iterdir() if each.is_file() and not each.name.startswith("."))
        except OSError as error:
            yield Fate(folder=folder.name, file=str(home), fate=UNREACHABLE, at=now, reason=error.strerror or str(error))
            continue
        for path in paths:
            if path.suffix not in (READY, ACK):
                yield _of_file(folder, path, fate if Folder.is_ours(path) else NOT_READ, now)


def _of_file(folder: Folder, path: Path, fate: str, now: datetime) -> Fate:
    try:
        at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        at = now  # it was taken meanwhile
    reason = "no_marker" if fate == WAITING and folder.needs_marker and not path.with_name(path.name + READY).exists() else ""
    return Fate(folder=folder.name, file=path.name, fate=fate, at=at, reason=reason)
