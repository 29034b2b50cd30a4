"""The exchange tables: a host writes rows and reads what became of each; results are rows that it takes."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import psycopg
import pytest

from db.envelope import utc_now
from db.records.orders import LineClosed, OrderLeft, OrderStarted
from db.records.stock import Picked
from db.store import Store
from db.sync.bodies import item_of, order_of
from db.sync.engine import Engine, Options
from db.sync.listen import Listener
from db.sync.local import StoreLocal
from db.sync.once import run_once
from db.upstream.enrol import SECRET_FILE, Login, enrol, keep_login
from db.upstream.hints import PostgresHints, open_hints
from db.upstream.postgres_site import open_site
from station.results import Results
from station.settings import Settings, StationSettings, UpstreamSettings
from station.values import Item, OrderKind, OrderState, Place
from tests.integration.upstream.conftest import Enter, host_login
from tests.unit.db.made import imported, item, put, tray
from ui.bootstrap.hosts import site_chore

RELEASE_MS = 250


@pytest.fixture
def host(owner: psycopg.Connection, site_url: str) -> Iterator[psycopg.Connection]:
    """A host as it logs in: with its own role and nothing else."""
    with host_login(owner, site_url, "erp") as connection:
        yield connection


Say = Callable[..., tuple[str, str]]


@pytest.fixture
def say(host: psycopg.Connection) -> Say:
    """Write an order with its lines, (line, item, quantity) each, in one transaction; what became of it."""

    def say(name: str, *lines: tuple[str, str, str], **more: Any) -> tuple[str, str]:
        with host.transaction():
            number = write(host, name, *lines, **more)
        return became(host, number)

    return say


def write(host: psycopg.Connection, name: str, *lines: tuple[str, str, str], **more: Any) -> int:
    columns = {"order": name} | more
    names = ", ".join(f'"{each}"' for each in columns)
    places = ", ".join(["%s"] * len(columns))
    row = host.execute(
        f"INSERT INTO host.order_in ({names}) VALUES ({places}) RETURNING number", list(columns.values())
    ).fetchone()  # type: ignore[arg-type]
    assert row is not None
    for each in lines:
        host.execute("INSERT INTO host.order_line_in (number, line, item, quantity) VALUES (%s, %s, %s, %s)", (row[0], *each))
    return int(row[0])


def became(host: psycopg.Connection, number: int) -> tuple[str, str]:
    row = host.execute("SELECT state, error FROM host.order_in WHERE number = %s", (number,)).fetchone()
    assert row is not None
    return row[0], row[1]


def document(owner: psycopg.Connection, kind: str, key: str) -> Any:
    row = owner.execute("SELECT body FROM sync.document WHERE kind = %s AND key = %s", (kind, key)).fetchone()
    return None if row is None else row[0]


def test_an_item_is_taken_and_what_the_row_leaves_out_stays(host: psycopg.Connection, owner: psycopg.Connection) -> None:
    assert item_of(document(owner, "item", "W")) == Item(code="W", name="Wire", decimals=2)
    host.execute("INSERT INTO host.item_in (item, lot_tracked, more) VALUES ('W', true, '{\"fragile\": true}')")
    assert item_of(document(owner, "item", "W")) == Item(code="W", name="Wire", decimals=2, lot_tracked=True, fragile=True)
    rows = host.execute("SELECT state, error, taken_at IS NOT NULL FROM host.item_in").fetchall()
    assert rows == [("taken", "", True)] * 3


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ("('', 'x', 0)", "missing"),
        ("('B', NULL, 0)", "missing"),
        ("('B', 'x', 4)", "out_of_range"),
        ("('BLB-1', 'x', 0)", "reserved_prefix"),
        ("('W', 'x', 3)", "decimals_fixed"),
    ],
)
def test_an_item_that_breaks_a_rule_is_refused(host: psycopg.Connection, say: Say, row: str, error: str) -> None:
    say("O1", ("1", "W", "1.25"))
    host.execute(f"INSERT INTO host.item_in (item, name, decimals) VALUES {row}")  # type: ignore[arg-type]
    assert host.execute("SELECT state, error FROM host.item_in ORDER BY number DESC LIMIT 1").fetchone() == ("refused", error)


def test_an_order_is_taken_with_its_lines_at_the_commit(host: psycopg.Connection, owner: psycopg.Connection) -> None:
    with host.transaction():
        number = write(host, "O1", priority=2, need_by="2026-12-01T09:00:00+01:00", destination="Line 3")
        host.execute(
            "INSERT INTO host.order_line_in (number, line, item, quantity, host_key, machine, tray, compartment)"
            " VALUES (%s, '10', 'A', 40, 'SO-1/10', NULL, NULL, NULL), (%s, '20', 'W', 1.25, '', 'M1', 7, 'C1')",
            (number, number),
        )
        assert became(host, number) == ("new", "")
    assert became(host, number) == ("taken", "")
    order = order_of(document(owner, "order", "O1"))
    assert (order.kind, order.priority, order.destination, str(order.need_by)) == (
        OrderKind.PICK,
        2,
        "Line 3",
        "2026-12-01 08:00:00+00:00",
    )
    assert [(each.line, each.item, each.quantity, each.host_key, each.place) for each in order.lines] == [
        ("10", "A", 40, "SO-1/10", None),
        ("20", "W", 125, "", Place("M1", 7, "C1")),
    ]


@pytest.mark.parametrize(
    ("lines", "error"),
    [
        ((), "no_lines"),
        ((("1", "X", "1"),), "line 1: unknown_item"),
        ((("1", "A", "1"), ("2", "A", "1.5")), "line 2: too_many_decimals"),
        ((("1", "W", "0"),), "line 1: out_of_range"),
        ((("1", "W", "NaN"),), "line 1: out_of_range"),
        ((("1", "W", "2000000000"),), "line 1: too_large"),
    ],
)
def test_a_bad_order_is_refused_whole_and_the_hosts_transaction_stands(
    say: Say, owner: psycopg.Connection, lines: tuple[tuple[str, str, str], ...], error: str
) -> None:
    assert say("O1", *lines) == ("refused", error)
    assert document(owner, "order", "O1") is None


def test_a_mended_row_is_taken_when_it_is_new_again(host: psycopg.Connection, say: Say) -> None:
    assert say("O1", ("1", "X", "1"))[0] == "refused"
    with host.transaction():
        host.execute("UPDATE host.order_line_in SET item = 'A'")
        host.execute("UPDATE host.order_in SET state = 'new'")
    assert became(host, 1) == ("taken", "")


def test_a_draft_waits_for_its_lines(host: psycopg.Connection, owner: psycopg.Connection) -> None:
    number = write(host, "O1", state="draft")
    assert became(host, number) == ("draft", "")
    host.execute("INSERT INTO host.order_line_in (number, line, item, quantity) VALUES (%s, '1', 'A', 2)", (number,))
    host.execute("UPDATE host.order_in SET state = 'new' WHERE number = %s", (number,))
    assert became(host, number) == ("taken", "")


def test_the_same_again_is_one_order_another_quantity_changes_it_and_another_item_is_refused(
    say: Say, owner: psycopg.Connection
) -> None:
    assert say("O1", ("1", "A", "2")) == ("taken", "")
    version = owner.execute("SELECT version FROM sync.document WHERE kind = 'order'").fetchone()
    assert say("O1", ("1", "A", "2")) == ("taken", "")
    assert owner.execute("SELECT version FROM sync.document WHERE kind = 'order'").fetchone() == version
    assert say("O1", ("1", "A", "3")) == ("taken", "")
    assert document(owner, "order", "O1")["lines"][0]["quantity"] == 3
    assert say("O1", ("1", "W", "3")) == ("refused", "key_reused")
    assert say("O1", ("1", "A", "3"), kind="put") == ("refused", "key_reused")


def test_an_order_is_cancelled_until_somebody_starts_it(say: Say, owner: psycopg.Connection) -> None:
    assert say("O9", action="cancel") == ("refused", "unknown_order")
    say("O1", ("1", "A", "2"))
    assert say("O1", action="cancel") == ("taken", "")
    assert document(owner, "order", "O1") is None
    assert say("O1", action="cancel") == ("taken", "")


@pytest.fixture
def begun(say: Say, tmp_path: Path, site_url: str) -> Iterator[tuple[Store, Callable[[], object]]]:
    """A station in which somebody has taken one of two pieces and left the order, and its chore for the tables."""
    with closing(Store.open(tmp_path / "S1", station="S1", ballast_bytes=0)) as store:
        serve(store, site_url)
        say("O1", ("1", "A", "2"), ("2", "A", "1"))
        once(store, site_url)
        taken = Picked(machine="VLM1", tray=7, compartment="C1", visit=1, item="A", order="O1", line="1", quantity=1)
        store.append([OrderStarted(order="O1"), taken, OrderLeft(order="O1", why="left")], operator="p_1").result()
        once(store, site_url)
        given = enrol(site_url, "S1", replaces=True)
        keep_login(tmp_path / "S1" / SECRET_FILE, Login(given.role, given.secret))
        settings = Settings(upstream=UpstreamSettings(url=site_url, results="tables"), station=StationSettings(name="S1"))
        results = Results(store=store, directory=tmp_path / "results", station="S1")
        (chore,) = site_chore(store, results, settings, tmp_path / "S1", ())
        yield store, chore.do


def answer_of(host: psycopg.Connection) -> Any:
    row = host.execute("SELECT state, error, answer FROM host.order_in ORDER BY number DESC LIMIT 1").fetchone()
    assert row is not None
    return row


Begun = tuple[Store, Callable[[], object]]


def test_a_started_order_is_refused_without_the_word_for_a_change_and_answered_with_what_was(
    begun: Begun, say: Say, host: psycopg.Connection
) -> None:
    assert say("O1", ("1", "A", "5")) == ("refused", "order_started")
    answer = answer_of(host)[2]
    assert (answer["station"], [(each["line"], each["done"]) for each in answer["lines"]]) == ("S1", [("1", 1), ("2", 0)])


def test_a_change_of_a_started_order_is_applied_by_the_bay_that_has_it(begun: Begun, say: Say, host: psycopg.Connection) -> None:
    store, turn = begun
    assert say("O1", ("1", "A", "5"), ("2", "A", "1"), action="change") == ("waiting", "")
    turn()
    assert answer_of(host)[:2] == ("taken", "")
    assert [each.quantity for each in store.order("O1").lines] == [5, 1]  # type: ignore[union-attr]
    asked = host.execute("SELECT asked, done FROM site.line_progress WHERE \"order\" = 'O1' ORDER BY position").fetchall()
    assert asked == [(5, 1), (1, 0)]
    turn()
    assert len(store.events(kinds=("line_changed",))) == 1


def test_a_cancelled_order_that_was_started_ends_for_what_is_not_done(begun: Begun, say: Say, host: psycopg.Connection) -> None:
    store, turn = begun
    assert say("O1", action="cancel") == ("waiting", "")
    turn()
    assert answer_of(host)[:2] == ("taken", "")
    assert store.order("O1").state is OrderState.CANCELLED  # type: ignore[union-attr]


def test_a_change_that_comes_too_late_is_refused(begun: Begun, say: Say, host: psycopg.Connection) -> None:
    store, turn = begun
    assert say("O1", ("1", "A", "1"), ("2", "A", "3"), action="change") == ("waiting", "")
    store.append([LineClosed(order="O1", line="2", outcome="confirmed", asked=1, done_quantity=1)], operator="p_1").result()
    turn()
    assert answer_of(host)[:2] == ("refused", "line_ended")


def serve(store: Store, site_url: str) -> None:
    """A station with a machine and some of item A in it."""
    store.import_items([item("A")], imported("item")).result()
    store.import_trays([tray(7)], imported("tray")).result()
    store.append([put(9, visit=1)]).result()
    once(store, site_url)


def once(store: Store, site_url: str) -> None:
    given = enrol(site_url, "S1")
    run_once(store, lambda: open_site(given.url, role=given.role, secret=given.secret))


def test_an_order_that_is_not_released_waits(say: Say, owner: psycopg.Connection) -> None:
    say("O1", ("1", "A", "2"), is_released=False)
    asked = "SELECT is_released FROM sync.order_book WHERE order_key = 'O1'"
    assert owner.execute(asked).fetchone() == (False,)
    assert say("O1", ("1", "A", "2")) == ("taken", "")
    assert owner.execute(asked).fetchone() == (True,)


def test_the_state_is_not_the_hosts_to_say(host: psycopg.Connection, say: Say) -> None:
    say("O1", ("1", "A", "2"))
    with pytest.raises(psycopg.Error, match="draft or new"):
        host.execute("UPDATE host.order_in SET state = 'taken'")
    for order in (
        "INSERT INTO host.result_out DEFAULT VALUES",
        "UPDATE host.result_out SET quantity = 1",
        "SELECT sync.tell_results('[]')",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            host.execute(order)  # type: ignore[arg-type]


ROW = {
    "event_id": "e-1",
    "seq": "7",
    "kind": "short",
    "order": "O1",
    "line": "1",
    "host_key": "SO-1/10",
    "item": "W",
    "lot": "",
    "serial": "",
    "owner": "own",
    "quantity": "1.25",
    "asked": "",
    "reason": "not_found",
    "at": "2026-05-04T08:00:00+00:00",
    "person": "p_1",
}


def test_results_are_rows_that_the_host_takes(enter: Enter, host: psycopg.Connection) -> None:
    site = enter("S1")
    assert site.tell_results([ROW, {**ROW, "event_id": "e-2"}]) == 2
    assert site.tell_results([ROW]) == 0
    asked = "SELECT event_id, station, quantity::text, asked, reason FROM host.result_out WHERE state = 'new' ORDER BY number"
    assert host.execute(asked).fetchone() == ("e-1", "S1", "1.25", None, "not_found")
    host.execute("UPDATE host.result_out SET state = 'taken' WHERE event_id = 'e-1'")
    assert [row[0] for row in host.execute(asked)] == ["e-2"]


def test_one_call_puts_an_order_and_answers(host: psycopg.Connection) -> None:
    body = {"order": "O1", "lines": [{"line": "1", "item": "A", "quantity": 2}, {"line": "2", "item": "X", "quantity": 2}]}
    row = host.execute("SELECT host.put_order(%s)", (json.dumps(body),)).fetchone()
    assert row is not None
    assert (row[0]["state"], row[0]["lines"]) == ("refused", [{"line": "2", "error": "unknown_item"}])
    body["lines"] = body["lines"][:1]
    row = host.execute("SELECT host.put_order(%s)", (json.dumps(body),)).fetchone()
    assert row is not None
    assert (row[0]["state"], row[0]["error"]) == ("taken", "")


def test_a_released_order_reaches_the_station_in_time(host: psycopg.Connection, say: Say, tmp_path: Path, site_url: str) -> None:
    with closing(Store.open(tmp_path / "S1", station="S1", ballast_bytes=0)) as store:
        serve(store, site_url)
        given = enrol(site_url, "S1", replaces=True)
        hinted = threading.Event()
        engine = Engine(
            StoreLocal(store),
            lambda: open_site(given.url, role=given.role, secret=given.secret),
            clock=utc_now,
            monotonic=time.monotonic,
            random=Random(1),
            options=Options(),
        )

        def listen() -> PostgresHints:
            return open_hints(given.url, role=given.role, secret=given.secret)

        listener = Listener(listen, lambda hint: hinted.set(), Random(1))
        listener.start()
        try:
            with closing(engine):
                assert hinted.wait(10)
                for _ in range(3):
                    engine.round()
                took_ms = [arrival_ms(say, engine, store, hinted, f"O{no}") for no in range(1, 6)]
        finally:
            listener.stop(5)
    assert sorted(took_ms)[2] < RELEASE_MS, took_ms


def arrival_ms(say: Say, engine: Engine, store: Store, hinted: threading.Event, name: str) -> float:
    """From before the host's transaction until the order is in the station's store."""
    hinted.clear()
    began_s = time.monotonic()
    say(name, ("1", "A", "1"))
    while store.order(name) is None:
        assert time.monotonic() - began_s < 10
        hinted.wait(1)
        hinted.clear()
        engine.wake()
        engine.round()
    return (time.monotonic() - began_s) * 1000


def test_a_station_tells_its_results_to_the_table_and_a_site_that_is_away_gets_them_later(
    host: psycopg.Connection, tmp_path: Path, site_url: str
) -> None:
    with closing(Store.open(tmp_path / "S1", station="S1", ballast_bytes=0)) as store:
        serve(store, site_url)
        store.append([Picked(machine="VLM1", tray=7, compartment="C1", visit=1, item="A", quantity=2, reason="sample")]).result()
        results = Results(store=store, directory=tmp_path / "results", station="S1")
        (file,) = results.export()
        settings = Settings(upstream=UpstreamSettings(url=site_url, results="tables"), station=StationSettings(name="S1"))
        away = replace(settings, upstream=replace(settings.upstream, url="postgresql://nobody@127.0.0.1:1/none"))
        (chore,) = site_chore(store, results, away, tmp_path / "S1", ("erp",))
        with pytest.raises(ConnectionError):
            chore.do()
        given = enrol(site_url, "S1", replaces=True)
        keep_login(tmp_path / "S1" / SECRET_FILE, Login(given.role, given.secret))
        (chore,) = site_chore(store, results, settings, tmp_path / "S1", ("erp",))
        chore.do()
        chore.do()
        assert results.exported() == (file.path,), "the folder's host does not have it yet"
        rows = host.execute("SELECT kind, item, quantity::int, reason, station FROM host.result_out ORDER BY seq").fetchall()
    assert rows == [("put", "A", 9, "", "S1"), ("pick", "A", 2, "sample", "S1")]


def test_the_calls_of_the_rest_document_are_there(host: psycopg.Connection) -> None:
    """PostgREST needs the relation, its columns and the right; without the program that is what can be proven."""
    document = Path(__file__).parents[3].joinpath("docs", "site.md").read_text(encoding="utf-8")
    calls = re.findall(r"`(GET|POST|PATCH) /(?:rpc/)?(\w+)\??([^` ]*)`", document)
    assert len(calls) >= 6
    for method, name, query in calls:
        schema = "site" if name in ("order_progress", "stock") else "host"
        if name in ("put_order", "put_signal"):
            may = host.execute("SELECT has_function_privilege(%s, 'execute')", (f"host.{name}(jsonb)",))
            assert may.fetchone() == (True,)
            continue
        right = {"GET": "SELECT", "POST": "INSERT", "PATCH": "UPDATE"}[method]
        allowed = "SELECT has_any_column_privilege(%s, %s)"
        assert host.execute(allowed, (f"{schema}.{name}", right)).fetchone() == (True,), name
        columns = [each.partition("=")[0] for each in query.split("&") if "=eq." in each or "=lte." in each]
        named = {
            row[0] for row in host.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", (name,))
        }
        assert set(columns) <= named, name
