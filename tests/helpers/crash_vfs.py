"""A disk in memory whose power is cut: what was not flushed survives sector by sector, at random.

Runs in a child process on apsw, which brings a SQLite of its own: never import it beside the store's (`db.sqlite`). A VFS in
Python has no shared memory, so the WAL is used with locking_mode=EXCLUSIVE.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import apsw

SECTOR_BYTES = 512


class PowerCutError(Exception):
    """The power went; nothing is written or read after it."""


@dataclass
class DiskFile:
    """What the program sees (`seen`), what the platter has for certain (`kept`), and the sectors in which they may differ."""

    seen: bytearray = field(default_factory=bytearray)
    kept: bytearray = field(default_factory=bytearray)
    unflushed: set[int] = field(default_factory=set)

    def write(self, data: bytes, offset: int) -> None:
        end = offset + len(data)
        if len(self.seen) < end:
            self.seen.extend(bytes(end - len(self.seen)))
        self.seen[offset:end] = data
        self.unflushed.update(range(offset // SECTOR_BYTES, (end - 1) // SECTOR_BYTES + 1))

    def truncate(self, size: int) -> None:
        del self.seen[size:]
        self.unflushed = {each for each in self.unflushed if each * SECTOR_BYTES < size}

    def flush(self) -> None:
        if len(self.kept) < len(self.seen):
            self.kept.extend(bytes(len(self.seen) - len(self.kept)))
        del self.kept[len(self.seen) :]
        for each in self.unflushed:
            part = slice(each * SECTOR_BYTES, (each + 1) * SECTOR_BYTES)
            self.kept[part] = self.seen[part]
        self.unflushed.clear()

    def after_cut(self, chance: random.Random) -> bytes:
        """What is found when the power is back. A length that was not flushed may be the old one or the new one."""
        share = chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        found = bytearray(self.kept)
        longest = chance.choice((len(self.kept), len(self.seen)))
        for each in sorted(self.unflushed):
            if chance.random() < share:
                part = self.seen[each * SECTOR_BYTES : (each + 1) * SECTOR_BYTES]
                end = each * SECTOR_BYTES + len(part)
                found.extend(bytes(max(0, end - len(found))))
                found[each * SECTOR_BYTES : end] = part
                longest = max(longest, end)
        found.extend(bytes(max(0, longest - len(found))))
        del found[longest:]
        return bytes(found)


class Disk:
    """Files by name, and the power: it goes at the `cut_at`-th write, flush or truncation. `obeys_flush` False: a drive that says
    "flushed" and has it in its own memory still."""

    def __init__(self, files: dict[str, bytes], *, cut_at: int = -1, obeys_flush: bool = True) -> None:
        self.files = {name: DiskFile(bytearray(data), bytearray(data)) for name, data in files.items()}
        self.operations = 0
        self._cut_at = cut_at
        self._obeys_flush = obeys_flush
        self.is_off = False

    def spend(self) -> None:
        """One more change of the disk."""
        self.check()
        self.operations += 1
        if self.operations == self._cut_at:
            self.is_off = True

    def check(self) -> None:
        if self.is_off:
            raise PowerCutError

    def flush(self, file: DiskFile) -> None:
        self.spend()
        self.check()
        if self._obeys_flush:
            file.flush()

    def after_cut(self, chance: random.Random) -> dict[str, bytes]:
        return {name: file.after_cut(chance) for name, file in self.files.items()}


class OpenFile:
    """A file of the disk as SQLite uses it."""

    def __init__(self, disk: Disk, file: DiskFile) -> None:
        self._disk, self._file = disk, file

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802 - apsw's names
        self._disk.check()
        return bytes(self._file.seen[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._disk.check()
        self._file.write(data, offset)  # the one under way at the cut may be torn: its sectors survive at random too
        self._disk.spend()
        self._disk.check()

    def xTruncate(self, size: int) -> None:  # noqa: N802
        self._disk.check()
        self._file.truncate(size)
        self._disk.spend()

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._disk.flush(self._file)

    def xFileSize(self) -> int:  # noqa: N802
        return len(self._file.seen)

    def xSectorSize(self) -> int:  # noqa: N802
        return SECTOR_BYTES

    def xDeviceCharacteristics(self) -> int:  # noqa: N802
        return 0  # not even powersafe overwrite

    def xLock(self, level: int) -> None:  # noqa: N802
        pass

    def xUnlock(self, level: int) -> None:  # noqa: N802
        pass

    def xCheckReservedLock(self) -> bool:  # noqa: N802
        return False

    def xFileControl(self, op: int, pointer: int) -> bool:  # noqa: N802
        return False

    def xClose(self) -> None:  # noqa: N802
        pass


class CrashVfs(apsw.VFS):
    """The disk under a name that a connection can be opened with."""

    def __init__(self, name: str, disk: Disk) -> None:
        self._disk = disk
        super().__init__(name, "")

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> OpenFile:  # type: ignore[override]  # noqa: N802
        self._disk.check()
        flags[1] = flags[0]
        if name is None:
            return OpenFile(self._disk, DiskFile())
        text = name if isinstance(name, str) else name.filename()
        return OpenFile(self._disk, self._disk.files.setdefault(text, DiskFile()))

    def xAccess(self, pathname: str, flags: int) -> bool:  # noqa: N802
        return pathname in self._disk.files

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        self._disk.spend()
        self._disk.check()
        self._disk.files.pop(filename, None)

    def xFullPathname(self, name: str) -> str:  # noqa: N802
        return name
