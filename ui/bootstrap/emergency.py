"""The emergency list: where it lies, and the process of its own that writes it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.finding import Finding
    from db.store import Store
    from station.emergency_keeper import EmergencyKeeper
    from station.settings import Settings

FILE = "emergency.pdf"
FOLDER = "emergency"
NICENESS = 10  # the station and its writer come first
SHARED_MODE = 0o644
LATE_S = 900.0  # a list that is so much older than what it should tell is a fault
NOT_FRESH = "E101"


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The list that was written: how many sheets, orders and trays it has, and how long that took."""

    file: str
    sheets: int
    orders: int
    trays: int
    ms: int


def list_path(settings: Settings, directory: Path) -> Path:
    """The file of this station's list. In a folder that the settings name it has the station's name: several may share it."""
    named = settings.emergency.directory
    return Path(named) / f"emergency-{settings.station.name}.pdf" if named else directory / FOLDER / FILE


@dataclass(frozen=True, slots=True)
class Child:
    """The process that writes one list."""

    process: subprocess.Popen[str]

    def ended(self, timeout_s: float = 0.0) -> str | None:
        """What it said when it failed, "" when it did not; None while it is under way."""
        if not timeout_s:
            if self.process.poll() is None:
                return None
            timeout_s = 1.0  # communicate gives up at 0 even when there is nothing to wait for
        try:
            _, said = self.process.communicate(timeout=timeout_s)
        except subprocess.TimeoutExpired:
            return None
        return "" if self.process.returncode == 0 else said.strip()[-400:] or f"ended with {self.process.returncode}"

    def give_up(self) -> None:
        self.process.kill()
        with suppress(subprocess.TimeoutExpired):
            self.process.communicate(timeout=1.0)


def start_child(directory: Path, target: Path, settings: Settings) -> Child:
    """Begin to write the list in a process of its own, which reads the store beside us. Raises OSError."""
    command = [sys.executable, "-m", "ui.bootstrap.emergency_child", str(directory), str(target), settings.station.name]
    command += [settings.station.language, settings.machine.kind]
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    if hasattr(os, "setpriority"):
        with suppress(OSError):  # it has ended, or may not: then it is written as fast as it goes
            os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
    return Child(process)


def make_keeper(store: Store, settings: Settings, directory: Path) -> EmergencyKeeper:
    """What keeps the list of an open store fresh."""
    from station.emergency_keeper import EmergencyKeeper

    target = list_path(settings, directory)
    return EmergencyKeeper(store.emergency_mark, lambda: start_child(directory, target, settings), time.monotonic)


def write_list(directory: Path, target: Path, *, station: str, language: str, of_bins: bool, now: datetime) -> Written:
    """Write the list of this store to the target, also beside the station that holds the store. Raises StoreError, OSError."""
    from db.durable import write_whole
    from db.private import FOLDER_MODE
    from db.store import Store
    from ui.emergency.pdf import render
    from ui.language import load_language
    from ui.texts import Texts

    began_s = time.perf_counter()
    with closing(Store.open_reader(directory)) as reader:
        facts = reader.emergency()
    texts = Texts(load_language(language), of_bins=of_bins)
    content, sheets = render(facts, texts, station=station, as_of=now)
    target.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    write_whole(target, content)
    if not target.is_relative_to(directory):  # it is for people at another computer; the list names no person
        target.chmod(SHARED_MODE)
    ms = round((time.perf_counter() - began_s) * 1000)
    return Written(file=str(target), sheets=sheets, orders=len(facts.orders), trays=len(facts.trays), ms=ms)


def find_list(directory: Path, target: Path, *, now: datetime) -> Finding:
    """Whether the list is there and tells what the store does; the value is its age in seconds. A store at which no station ever
    ran has none."""
    from db.errors import Kind, StoreError
    from db.finding import Finding
    from db.store import Store

    try:
        with closing(Store.open_reader(directory)) as reader:
            changed_at = reader.emergency_changed_at()
            has_run = bool(reader.events(kinds=("station_started",), limit=1))
    except StoreError as error:
        if error.kind is not Kind.KNOWN:
            raise
        return Finding("emergency_list", False, error.message, error.code)
    try:
        written_at = datetime.fromtimestamp(target.stat().st_mtime, UTC)
    except OSError as error:
        return Finding("emergency_list", not has_run, f"{target}: {error.strerror}" if has_run else "", NOT_FRESH)
    behind_s = (changed_at - written_at).total_seconds() if changed_at is not None and changed_at > written_at else 0.0
    is_late = behind_s > 0 and (now - written_at).total_seconds() > LATE_S
    return Finding("emergency_list", not is_late, str(max(0, round((now - written_at).total_seconds()))), NOT_FRESH)
