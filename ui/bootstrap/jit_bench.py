"""How long the just-in-time report takes on a big assortment: a store with two years of order lines, made by a seed."""

from __future__ import annotations

import random
import time
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

from db.store import Store
from station.jit.report import report_of
from ui.bootstrap.long_log import raw
from ui.cli.jit_now import read_now
from ui.cli.jit_source import read_source
from ui.cli.terminal import Terminal

WEEKS = 104
LINES_AN_ORDER = 50
PLACES_A_TRAY = 100
SEED = 8
_ITEM = """
INSERT INTO site_item (code, name, unit, decimals, picture, proof, rounding, lot_tracked, serial_tracked, weight_g, note,
unit_value) VALUES (?, ?, 'pcs', 0, '', 'touch', 'exact', 0, 0, 0, '', ?)
"""
_ORDER = """
INSERT INTO site_order ("order", kind, host_key, destination, need_by, priority) VALUES (?, 'pick', '', '', ?, 5)
"""
_LINE = """
INSERT INTO site_order_line ("order", line, position, item, quantity, host_key, lot, owner, note)
VALUES (?, ?, ?, ?, ?, '', '', 'own', '')
"""
_STOCK = """
INSERT INTO now_stock (machine, tray, compartment, item, lot, serial, owner, status, quantity, since)
VALUES ('M1', ?, ?, ?, '', '', 'own', 'free', ?, '2026-01-01T00:00:00.000000+00:00')
"""


@dataclass(frozen=True, slots=True)
class ReportTime:
    """`read_s`: until the demand is read from the store, `judged_s`: until the report is there; of so many order lines."""

    lines: int
    read_s: float
    judged_s: float


def measure_report(directory: Path, *, items: int) -> ReportTime:
    """Make the store and report on it once."""
    lines = make_history(directory, items=items)
    terminal = Terminal(StringIO(), StringIO(), StringIO(), str)
    began_s = time.perf_counter()
    source = read_source(_asked(directory), terminal)
    read_s = time.perf_counter() - began_s
    assortment = source.analysed()
    read_now(_asked(directory), source, assortment)
    report_of(assortment, undated=source.undated, counted=source.counted)
    return ReportTime(lines, read_s, time.perf_counter() - began_s - read_s)


def make_history(directory: Path, *, items: int, station: str = "S1") -> int:
    """A store with so many items and two years of their lines; how many lines it has."""
    Store.open(directory, station=station, ballast_bytes=0).close()
    draw = random.Random(SEED)
    codes = [f"I{number:05}" for number in range(items)]
    lines = list(_lines(codes, draw))
    with raw(directory) as connection:
        connection.executemany(_ITEM, ((code, f"Part {code}", round(draw.lognormvariate(7, 1.5))) for code in codes))
        connection.executemany(
            _STOCK,
            ((n // PLACES_A_TRAY + 1, f"C{n % PLACES_A_TRAY}", code, draw.randint(0, 60)) for n, code in enumerate(codes)),
        )
        for order, at, of_order in _rows(lines):
            connection.execute(_ORDER, (order, at))
            connection.executemany(_LINE, of_order)
    return len(lines)


def _lines(codes: list[str], draw: random.Random) -> Iterator[tuple[int, str, int]]:
    """(week, item, quantity): some items are asked for every week, most now and then."""
    often = {code: draw.random() ** 3 for code in codes}
    for week in range(WEEKS):
        for code in codes:
            if draw.random() < often[code]:
                yield week, code, draw.randint(1, 9)


def _rows(lines: list[tuple[int, str, int]]) -> Iterator[tuple[str, str, list[tuple[Any, ...]]]]:
    end = datetime.now(UTC).replace(hour=6, minute=0, second=0, microsecond=0)
    for first in range(0, len(lines), LINES_AN_ORDER):
        chunk = lines[first : first + LINES_AN_ORDER]
        order = f"O{first // LINES_AN_ORDER}"
        at = end - timedelta(days=7 * (WEEKS - chunk[0][0]))
        of_order = [(order, str(n), n, code, quantity) for n, (_, code, quantity) in enumerate(chunk, start=1)]
        yield order, at.isoformat(timespec="microseconds"), of_order


def _asked(directory: Path) -> Namespace:
    named = {"data": directory, "station": None, "config": None, "file": None, "facts": None}
    return Namespace(**named, period_days=None, draw=None, service=None)
