"""The site's book on its way into the store: quick for a whole site, and the same from the tables alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import event

from db.imports import PIECE_ROWS
from db.sync import book, pulling
from db.sync.values import Cursor, Feed, SiteStock, StockKey

from .conftest import Days
from .test_engine import is_rebuilt_alike, put, quantity

SINCE = "2026-11-26T05:00:00.000000Z"


def row(number: int, *, pieces: int = 5, visit: int = 1, version: int = 1) -> SiteStock:
    key = StockKey("VLM1", number % 30 + 1, f"C{number}", "A", "", "", "own", "free")
    return SiteStock(key=key, quantity=pieces, version=version, since=SINCE, counted_at=None, visit=visit, held=0)


def feed_of(*rows: SiteStock) -> Feed:
    return Feed(cursor=Cursor(server_epoch="e", watermark=7), stock=rows, data_as_of=datetime(2026, 11, 26, 6, tzinfo=UTC))


def test_a_whole_sites_stock_costs_a_few_statements_a_piece(days: Days) -> None:
    station = days.station()
    station.book([put(1)])
    count = 20 * PIECE_ROWS
    said: list[str] = []
    event.listen(station.local.engine, "before_cursor_execute", lambda c, cursor, statement, *rest: said.append(statement))
    pulling.take(station.local, feed_of(*map(row, range(count))), now=days.now(), was=Cursor(), stock_counts=True)
    assert quantity(station) == 1 + 5 * count
    assert len(said) < 2 * count  # one by one they were twelve for each row
    assert is_rebuilt_alike(station)


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
