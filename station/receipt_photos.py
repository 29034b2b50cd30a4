"""Photos of received goods: the newest file of a drop folder is offered, and what is attached is copied into the station's data.

A copy is named by its SHA-256, so that the record proves which photo it is, and is for the station's own user alone. The folder
is somebody else's (a camera, a phone's share): nothing in it is changed or removed. Blocking; used on a reader thread.
"""

from __future__ import annotations

import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path

from db.durable import write_whole
from db.private import FOLDER_MODE
from station.flows.receipt_state import PhotoFound, PhotoKept

logger = logging.getLogger(__name__)

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".heic"})
MOST_BYTES = 25_000_000
MOST_FILES = 5000  # of a folder that nobody clears, so many are looked at


@dataclass(frozen=True, slots=True)
class Photos:
    """`drop` is where photos appear, `kept` where the attached ones stay."""

    drop: Path
    kept: Path

    def newest(self) -> PhotoFound:
        """The photo that appeared last; "" when there is none, or the folder cannot be read."""
        try:
            found = [(each.stat().st_mtime_ns, each.name) for each in self._files()]
        except OSError as error:
            logger.warning("the folder of photos was not read: %s", error)
            return PhotoFound("")
        return PhotoFound(max(found)[1] if found else "")

    def keep(self, name: str) -> PhotoKept:
        """Copy this photo; its name there and its SHA-256, or neither where it could not be copied."""
        source = self.drop / Path(name).name
        try:
            if source.suffix.lower() not in SUFFIXES or source.stat().st_size > MOST_BYTES:
                return PhotoKept(name)
            content = source.read_bytes()
            sha256 = hashlib.sha256(content).hexdigest()
            target = self.kept / f"{sha256}{source.suffix.lower()}"
            self.kept.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            write_whole(target, content)
        except OSError as error:
            logger.info("a photo was not kept: %s", error)  # the person is told, and it may be taken again
            return PhotoKept(name)
        return PhotoKept(name, target.name, sha256)

    def _files(self) -> list[Path]:
        found = []
        for number, each in enumerate(self.drop.iterdir()):
            if number >= MOST_FILES:
                break
            if each.suffix.lower() in SUFFIXES and not each.name.startswith(".") and each.is_file():
                found.append(each)
        return found
