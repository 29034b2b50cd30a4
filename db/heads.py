"""The heads of chains in files outside the database: once a day and at the end of a shift, signed, never overwritten.

A file here, kept where the record's owner cannot change it (a share that only takes new files, a print, another department),
shows later that the end of a record was cut off, or that all of it was made again.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from db.durable import flush_folder
from db.envelope import moment_text, utc_now
from db.known_heads import heads_text
from db.private import FILE_MODE, FOLDER_MODE
from db.rows.events import EventRow
from db.seals import ALGORITHM
from db.station_key import StationKey

log = logging.getLogger(__name__)

HEADS_FOLDER = "heads"


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The end of one station's chain; `head` is the hash of event `seq`."""

    station: str
    epoch: str
    seq: int
    head: str


class HeadSource(Protocol):
    """What is asked of a store."""

    def head(self) -> tuple[str, int, str]: ...
    def station(self) -> str: ...
    def events(
        self, *, kinds: Collection[str] | None = None, limit: int | None = None, newest_first: bool = False
    ) -> tuple[EventRow, ...]: ...


def write_head(
    folder: Path, chains: Sequence[ChainHead], key: StationKey | None, *, at: datetime, why: str = "daily"
) -> Path | None:
    """Write the day's file, or, where the day has one, and for another reason than the day's, one named by the time too. None:
    the day's is there. Without a key the file is not signed. Raises OSError."""
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    moment = at.astimezone(UTC)
    path = folder / f"{moment:%Y-%m-%d}.json"
    if why == "daily" and is_whole(path):
        return None
    if path.exists():
        path = folder / f"{moment:%Y-%m-%dT%H%M%S.%fZ}.json"
    body: dict[str, object] = {"what": "baylight heads", "version": 1, "at": moment_text(at), "why": why}
    body["chains"] = [asdict(each) for each in chains]
    if key is not None:
        body |= {"algorithm": ALGORITHM, "key_id": key.key_id, "public_key": key.public_key}
        body["signature"] = key.sign(heads_text(body))
    _write_new(path, json.dumps(body, ensure_ascii=False, indent=1) + "\n")
    return path


def is_whole(path: Path) -> bool:
    """Whether the file is there and was written to its end. Raises OSError."""
    try:
        return "chains" in json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return False
    except ValueError:
        return False  # a power cut left it; it stays as it is, and the next one has another name


def _write_new(path: Path, text: str) -> None:
    """In place and only once: a share for such files may allow neither renaming nor a second writing."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    flush_folder(path.parent)


class HeadKeeper:
    """Writes the head of one store, asked again and again: at the first chance of a day, and after each end of a shift."""

    def __init__(
        self, store: HeadSource, folder: Path, key: Callable[[], StationKey | None], *, clock: Callable[[], datetime] = utc_now
    ) -> None:
        self._store = store
        self._folder = folder
        self._key = key
        self._clock = clock
        self._last_shift: str | None = None  # the newest end of a shift that has a file, or that was there before the start

    def keep(self) -> Path | None:
        """Write what is due. Nothing is before the station has its key. Raises OSError or StoreError."""
        key = self._key()
        if key is None:
            return None
        ended = self._store.events(kinds=("signed_off",), limit=1, newest_first=True)
        shift = ended[0].id if ended else ""
        is_new = self._last_shift is not None and shift != self._last_shift
        epoch, seq, head = self._store.head()
        chains = (ChainHead(self._store.station(), epoch, seq, head),)
        written = write_head(self._folder, chains, key, at=self._clock(), why="shift_end" if is_new else "daily")
        self._last_shift = shift
        return written
