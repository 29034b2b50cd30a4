"""The site's book on its way into the store: the same from the tables alone."""

from __future__ import annotations

from dataclasses import replace

from db.sync import book
from db.sync.values import SiteStock, StockKey

from .conftest import Days
from .test_engine import is_rebuilt_alike, quantity

SINCE = "2026-11-26T05:00:00.000000Z"


def row(number: int, *, pieces: int = 5, visit: int = 1, version: int = 1) -> SiteStock:
    key = StockKey("VLM1", number % 30 + 1, f"C{number}", "A", "", "", "own", "free")
    return SiteStock(key=key, quantity=pieces, version=version, since=SINCE, counted_at=None, visit=visit, held=0)


def test_a_higher_visit_counts_though_the_row_is_known(days: Days) -> None:
    station = days.station()
    generation = station.local.write(lambda connection: book.begin_generation(connection, {}))
    for each in (row(1, visit=4), replace(row(1), visit=9)):
        station.local.write(lambda connection, each=each: book.put_rows(connection, [each], generation, is_anew=False))
    assert is_rebuilt_alike(station)


def test_a_lower_version_changes_nothing_and_one_stock_twice_is_one(days: Days) -> None:
    station = days.station()
    generation = station.local.write(lambda connection: book.begin_generation(connection, {}))
    rows = [row(1, version=2), row(1, pieces=8, version=1)]
    station.local.write(lambda connection: book.put_rows(connection, rows, generation, is_anew=False))
    assert quantity(station) == 5
