"""Replication between a real store and a real PostgreSQL while one of them, or the line between them, dies.

Whatever happens: every event is at the site once, byte for byte; both chains verify; both books are equal.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from db import backup
from db.sync.bodies import item_body, order_body, tray_body
from db.sync.listen import Hint
from db.sync.site import SiteError
from db.sync.values import Cursor
from db.upstream import connect as connecting
from db.upstream import hints, postgres_site
from db.upstream.enrol import Enrolment, enrol
from db.upstream.restored import declare_restored
from tests.helpers.guards import ExpectLog
from tests.helpers.postgres import Server, running, server_params
from tests.helpers.replicating import Bay, assert_same, bay, site_events, site_stock
from tests.helpers.tcp_proxy import TcpProxy, spoilable_line
from tests.unit.db.made import counted, item, order, picked, tray

LONG = bool(os.environ.get("BAYLIGHT_SOAK"))
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800 if LONG else 180)]
KILLS = 30 if LONG else 3
BACKLOG = 336_000 if LONG else 2_500  # twelve thousand a day for four weeks; or several batches, and more than one fold takes


class Plant:
    """A server of the test's own with a site database, and the spoilable line to it."""

    def __init__(self, server: Server, proxy: TcpProxy) -> None:
        self.server = server
        self.proxy = proxy
        self.database = server.site_database()
        self.url = server.url(self.database, tcp=False)

    def enrol(self, name: str) -> Enrolment:
        return enrol(self.url, name)

    def line_url(self) -> str:
        """The address through the line."""
        return f"postgresql://127.0.0.1:{self.proxy.port}/{self.database}?sslmode=disable"


@pytest.fixture(scope="module", params=server_params())
def durable_server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """A server that keeps what it has said, as in production; over TCP, so that its line can be spoiled."""
    with running(request.param, durable=True, tcp=True) as server:
        yield server


@pytest.fixture
def plant(durable_server: Server) -> Iterator[Plant]:
    if not durable_server.is_running():
        durable_server.start()  # a test before this one failed while it was dead
    with spoilable_line(("127.0.0.1", urlsplit(durable_server.url()).port or 0)) as proxy:
        made = Plant(durable_server, proxy)
        yield made
    if durable_server.is_running():
        durable_server.drop_database(made.database)  # or every restart and every copy of the server would carry it along


@pytest.fixture
def one(plant: Plant, tmp_path: Path) -> Iterator[Bay]:
    with bay(tmp_path, plant.enrol("S1"), url=plant.line_url()) as made:
        yield made


def test_the_site_dies_again_and_again_while_a_bay_tells_it(plant: Plant, one: Bay) -> None:
    for _ in range(KILLS):
        one.work(400)
        thread = threading.Thread(target=one.round)
        plant.proxy.cut_after(600)  # the first receipts pass; somewhere behind them the server dies
        thread.start()
        plant.proxy.await_cut()
        plant.server.kill()
        thread.join()
        one.work(20)  # the bay works on
        plant.server.start()
        plant.proxy.heal()
    one.drain()
    assert_same(one, plant.url)


def test_answers_are_lost_on_the_way(plant: Plant, one: Bay) -> None:
    """The site has taken the batch and nobody heard it: told again, it is there once."""
    for lost_at in (0, 1, 40, 200, 500, 900):
        one.work(130)
        plant.proxy.cut_after(lost_at)
        one.round()
        plant.proxy.heal()
    one.drain()
    assert plant.proxy.cuts >= 5
    assert_same(one, plant.url)


def test_a_line_on_which_nothing_passes_is_given_up(plant: Plant, one: Bay, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "ANSWER_TIMEOUT_S", 0.5)
    one.work(50)
    one.drain()
    one.work(50)
    plant.proxy.stall()
    one.round()
    status = one.engine.teller.status()
    assert (status.depth, status.code) == (50, "U101")
    one.work(10)
    plant.proxy.cut()
    plant.proxy.heal()
    one.drain()
    assert_same(one, plant.url)


def test_a_narrow_line_brings_down_more_than_fits_the_time_of_an_answer(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is a page's, however large the site is."""
    monkeypatch.setattr(connecting, "ANSWER_TIMEOUT_S", 0.5)
    monkeypatch.setattr(postgres_site, "PAGE_S", 0.1)
    monkeypatch.setattr(postgres_site, "FIRST_PAGE", 2)
    login = plant.enrol("S1")
    pictures = [{"kind": "picture", "key": f"{n}.png", "body": {"name": f"{n}.png", "base64": "A" * 100_000}} for n in range(40)]
    with psycopg.connect(plant.url, autocommit=True) as site:
        site.execute("SELECT sync.put_documents(%s)", (json.dumps(pictures),))
    with closing(postgres_site.open_site(plant.line_url(), role=login.role, secret=login.secret)) as site_of_s1:
        plant.proxy.narrow(3_000_000)
        feed = site_of_s1.pull(Cursor())
    assert sorted(each.key for each in feed.documents) == sorted(str(each["key"]) for each in pictures)


def _wait_often(line: hints.PostgresHints) -> None:
    for _ in range(100):
        line.wait(0.1)


def test_a_listener_is_not_deaf_on_a_line_on_which_nothing_passes(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its line is open and silent, as it is between two hints; it gives it up, and hears again on a new one."""
    monkeypatch.setattr(hints, "PROBE_EVERY_S", 0.1)
    monkeypatch.setattr(hints, "PROBE_ANSWER_S", 0.3)
    login = plant.enrol("S1")
    open_line = partial(hints.open_hints, plant.line_url(), role=login.role, secret=login.secret)
    with closing(open_line()) as line, psycopg.connect(plant.url, autocommit=True) as site:
        assert [line.wait(0.15) for _ in range(3)] == [None] * 3  # probed, and nothing is wrong
        site.execute("NOTIFY baylight_feed, 'offer'")
        assert line.wait(5) is Hint.OFFER
        plant.proxy.stall()
        with pytest.raises(SiteError, match="U101"):
            _wait_often(line)
    plant.proxy.cut()
    plant.proxy.heal()
    with closing(open_line()) as line, psycopg.connect(plant.url, autocommit=True) as site:
        site.execute("NOTIFY baylight_feed, 'offer'")
        assert line.wait(5) is Hint.OFFER


def test_a_line_that_is_closed_on_one_side_is_opened_again(plant: Plant, one: Bay) -> None:
    one.work(50)
    one.drain()
    plant.proxy.half_close()
    one.work(50)
    one.round()
    assert one.engine.teller.status().depth == 50
    one.drain()
    assert_same(one, plant.url)


def test_nobody_answers_and_the_bay_works_on(plant: Plant, one: Bay) -> None:
    plant.proxy.cut(refuse=True)
    one.work(300)
    one.round()
    status = one.engine.teller.status()
    assert (status.depth >= 300, status.code) == (True, "U101")
    plant.proxy.heal()
    one.drain()
    assert_same(one, plant.url)


BOOKING_CHILD = """
import sys
from pathlib import Path
from db.upstream.enrol import Enrolment
from tests.helpers.replicating import bay
directory, station, url, role, secret = Path(sys.argv[1]), *sys.argv[2:5], sys.stdin.readline().strip()
enrolment = Enrolment(station=station, url=url, role=role, secret=secret)
with bay(directory, enrolment, url=url) as one:
    one.acts = int(sys.stdin.readline())
    while True:
        one.work(7)
        print(one.store.head()[1], flush=True)
        one.round()
"""


def test_a_bay_killed_again_and_again_loses_nothing_it_had_said(plant: Plant, tmp_path: Path) -> None:
    enrolment = plant.enrol("S1")
    acts = 0
    for kill in range(KILLS):
        command = [sys.executable, "-c", BOOKING_CHILD, str(tmp_path), "S1", plant.line_url(), enrolment.role]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(f"{enrolment.secret}\n{acts}\n")
            child.stdin.flush()
            said = [int(child.stdout.readline()) for _ in range(3 + kill % 5)][-1]
            child.send_signal(signal.SIGKILL)
            child.wait()
        acts += 1000
        with bay(tmp_path, enrolment, url=plant.line_url()) as again:
            assert again.store.head()[1] >= said, "acknowledged and lost"
    with bay(tmp_path, enrolment, url=plant.line_url()) as one:
        one.drain()
        assert_same(one, plant.url)


def test_the_site_goes_back_to_a_backup_and_is_filled_again(plant: Plant, one: Bay) -> None:
    one.work(120)
    one.drain()
    plant.server.stop()
    plant.server.save()
    plant.server.start()
    one.work(80)
    one.drain()
    assert_same(one, plant.url)
    plant.server.kill()
    plant.server.put_back()
    plant.server.start()
    assert len(site_events(plant.url, "S1")) < len(one.store.events(limit=None))
    epoch = declare_restored(plant.url)
    one.work(10)
    one.drain()
    assert one.engine.teller.status().server_epoch == epoch
    assert_same(one, plant.url)


def test_a_bay_that_went_back_without_anybody_noticing_takes_its_own_events_back(plant: Plant, tmp_path: Path) -> None:
    """A copy of the whole disk was put back: the same epoch, fewer events than the site has acknowledged."""
    enrolment = plant.enrol("S1")
    with bay(tmp_path, enrolment, url=plant.line_url()) as one:
        one.work(60)
        one.drain()
        copy = one.store.backup(tmp_path / "copy.db").result()
        one.work(40)
        one.drain()
        before = [each.hash for each in one.store.events(limit=None)]
    _put_back(tmp_path / "S1", copy)
    with bay(tmp_path, enrolment, url=plant.line_url()) as one:
        one.drain()
        assert [each.hash for each in one.store.events(limit=None)][: len(before)] == before, "its own tail, byte for byte"
        one.acts = 1000
        one.work(10)
        one.drain()
        assert_same(one, plant.url)


def test_a_bay_that_went_back_and_worked_on_begins_an_epoch_that_names_the_old_head(
    plant: Plant, tmp_path: Path, expect_log: ExpectLog
) -> None:
    expect_log("other events of this station under the same numbers")
    enrolment = plant.enrol("S1")
    with bay(tmp_path, enrolment, url=plant.line_url()) as one:
        one.work(60)
        one.drain()
        copy = one.store.backup(tmp_path / "copy.db").result()
        one.work(4)
        one.drain()
    _put_back(tmp_path / "S1", copy)
    with bay(tmp_path, enrolment, url=plant.line_url()) as one:
        one.acts = 1000
        one.work(9)  # before anybody could tell it that it had gone back
        one.drain()
        opened = [each for each in one.store.events(limit=None) if each.kind == "epoch_opened"]
        assert len(opened) == 2
        retold = [each for each in one.store.events(limit=None) if each.kind == "retold"]
        assert len(retold) >= 9, "what the site does not have under its number is told again"
        acts = _acts_that_count(plant)
        assert sorted(acts) == sorted([*range(1, 65), *range(1001, 1010)]), "each once"
        assert one.stock() == _site_stock(plant)


def test_a_backup_that_is_restored_opens_an_epoch_and_the_book_is_the_sites(plant: Plant, tmp_path: Path) -> None:
    enrolment = plant.enrol("S1")
    with bay(tmp_path, enrolment, url=plant.line_url()) as one:
        one.work(60)
        one.drain()
        copy = one.store.backup(tmp_path / "copy.db").result()
        one.work(25)
        one.drain()
        book = one.stock()
    backup.restore(tmp_path / "S1", copy, station="S1")
    with bay(tmp_path, enrolment, url=plant.line_url()) as one:
        one.drain()
        assert one.stock() == book == _site_stock(plant), "what the copy does not have came back in the site's book"
        assert one.store.verify(full=True).is_ok


def test_weeks_on_an_island_go_up_in_one_go(plant: Plant, one: Bay) -> None:
    plant.proxy.cut(refuse=True)
    one.work(BACKLOG)
    plant.proxy.heal()
    one.drain()
    assert_same(one, plant.url)


def test_a_long_transaction_at_the_site_delays_what_comes_down_and_loses_nothing(plant: Plant, one: Bay) -> None:
    one.drain()
    with ExitStack() as stack:
        erp = stack.enter_context(psycopg.connect(plant.url))
        erp.execute("SELECT pg_current_xact_id()")  # an import somewhere in the cluster
        with psycopg.connect(plant.url) as host:
            host.execute("SELECT sync.put_documents(%s)", (psycopg.types.json.Jsonb([_item("A"), _item("B")]),))
        one.round()
        as_of = one.engine.teller.status().data_as_of
        assert as_of is None or as_of <= one.engine.teller.status().last_pull_at  # type: ignore[operator]
        erp.rollback()
    for _ in range(5):
        one.round()
    assert {each.code for each in one.store.items()} == {"A", "B"}


def test_four_bays_of_one_site_share_one_book(plant: Plant, tmp_path: Path) -> None:
    """Two machines with two bays each: trays wander between the bays of a machine, and every bay ends with the same book."""
    with ExitStack() as stack:
        bays = [stack.enter_context(bay(tmp_path, plant.enrol(f"S{n}"), url=plant.line_url())) for n in range(1, 5)]
        visit = 0
        for turn in range(6):
            for n, each in enumerate(bays):
                visit += 1
                each.work(5 + turn, visit=visit, tray=1 + n % 2)
                each.round()
        bays[0].book(counted(50, tray=1, visit=visit + 1, compartment="C1"))
        bays[2].book(picked(3, tray=1, visit=visit + 2, compartment="C1"))
        for _ in range(2):
            for each in bays:
                each.drain()
        books = [each.stock() for each in bays]
        assert books[0] == books[1] == books[2] == books[3] == _site_stock(plant)
        assert books[0][1, "C1", "A", ""] == 47


def test_orders_are_claimed_by_one_bay_each(plant: Plant, tmp_path: Path) -> None:
    with ExitStack() as stack:
        bays = [stack.enter_context(bay(tmp_path, plant.enrol(f"S{n}"), url=plant.line_url())) for n in range(1, 5)]
        with psycopg.connect(plant.url) as host:
            host.execute("SELECT sync.put_documents(%s)", (psycopg.types.json.Jsonb([_item("A"), _tray()]),))
        for each in bays:
            each.drain()  # the trays come down: the machine that each serves
            each.engine.close()
            each.drain()  # and it says so
        bays[0].book(counted(100, tray=7, visit=1, compartment="C1"))
        bays[0].drain()
        with psycopg.connect(plant.url) as host:
            documents = [_order(f"O{n}") for n in range(40)]
            host.execute("SELECT sync.put_documents(%s)", (psycopg.types.json.Jsonb(documents),))
        threads = [threading.Thread(target=_claim, args=(each,)) for each in bays]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with psycopg.connect(plant.url) as host:
            held = host.execute("SELECT order_key, count(*) FROM sync.lease WHERE state = 'held' GROUP BY 1").fetchall()
            reserved = host.execute("SELECT sum(quantity) FROM sync.reservation").fetchone()
        assert len(held) == 34, "three each for 33 orders, and the last piece for one more"
        assert {count for _, count in held} == {1}
        assert reserved == (100,), "no piece is promised twice"


def _acts_that_count(plant: Plant) -> list[int]:
    """The numbers of all acts at the site. What was told again counts where the site does not have it in its place."""
    events = site_events(plant.url, "S1")
    there = {(epoch, seq, hash) for epoch, seq, hash, _ in events}
    found = [json.loads(body) for *_, body in events]
    again = [each["data"] for each in found if each["kind"] == "retold"]
    found += [json.loads(each["body"]) for each in again if (each["epoch"], each["seq"], each["hash"]) not in there]
    return [int(each["data"]["reason"].removeprefix("S1-")) for each in found if each["data"].get("reason", "").startswith("S1-")]


def _claim(one: Bay) -> None:
    site = one.connect()
    try:
        while site.claim(3):
            continue
    finally:
        site.close()


def _item(code: str) -> dict[str, object]:
    return {"kind": "item", "key": code, "body": item_body(item(code))}


def _tray() -> dict[str, object]:
    return {"kind": "tray", "key": "VLM1/7", "body": tray_body(tray())}


def _order(name: str) -> dict[str, object]:
    return {"kind": "order", "key": name, "body": order_body(order(name, lines=1))}


def _site_stock(plant: Plant) -> dict[tuple[object, ...], int]:
    return site_stock(plant.url)


def _put_back(directory: Path, copy: Path) -> None:
    """The disk as it was: no command of ours, and so no new epoch."""
    for suffix in ("", "-wal", "-shm"):
        (directory / f"{backup.STORE_FILE}{suffix}").unlink(missing_ok=True)
    (directory / backup.STORE_FILE).write_bytes(copy.read_bytes())
