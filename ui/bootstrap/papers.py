"""Writes figures as a table and on paper in a process of its own, so that no booking and no paint waits for them."""

from __future__ import annotations

import csv
import pickle
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from ui.bootstrap.audit import EXPORTS_FOLDER
from ui.bootstrap.child import Child

if TYPE_CHECKING:
    from station.figures.sheet import Sheet
    from station.settings import Settings

COMMAND = (sys.executable, "-m", "ui.bootstrap.papers")
MOST_S = 120.0


class PaperProcess:
    """Has each sheet written by a process (`Child`) into the exports of the data directory."""

    def __init__(self, directory: Path, settings: Settings, *, command: Sequence[str] = COMMAND, most_s: float = MOST_S) -> None:
        self._directory, self._settings = directory, settings
        self._child = Child(command, most_s=most_s)

    def write(self, first: datetime, until: datetime) -> str:
        """The paper's file. Raises OSError when the other process does not write it."""
        path = self._directory / EXPORTS_FOLDER / f"figures-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.pdf"
        self._child.answer(pickle.dumps((self._directory, self._settings, first, until, path)))
        return str(path)

    def stop(self) -> None:
        self._child.stop()


def write_sheet(directory: Path, settings: Settings, first: datetime, until: datetime, path: Path) -> None:
    """The paper, and beside it the table of the same figures. Raises StoreError, OSError."""
    from db.store import Store
    from station.figures.sheet import read_sheet

    with closing(Store.open_reader(directory)) as reader:
        sheet = read_sheet(reader, first=first, until=until)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_paper(sheet, path, station=settings.station.name, language=settings.station.language)
    write_table(sheet, path.with_suffix(".csv"))


def write_paper(sheet: Sheet, path: Path, *, station: str, language: str) -> None:
    """Raises OSError."""
    from ui.language import load_language
    from ui.reports.figures_pdf import FiguresPaper
    from ui.texts import Texts

    paper = FiguresPaper(Texts(load_language(language)))
    path.write_bytes(paper.render(sheet, station=station, made_at=datetime.now(UTC)))


def write_table(sheet: Sheet, path: Path) -> None:
    """Raises OSError."""
    from station.figures.table import COLUMNS, rows_of_sheet

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows_of_sheet(sheet))


def main() -> int:
    """The other process: what is asked is of the process that started this one, and of nobody else."""
    write_sheet(*pickle.load(sys.stdin.buffer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
