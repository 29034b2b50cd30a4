"""What the site makes of the events: the book in the order of custody, whatever the order they arrive in, and the exceptions."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from db.projections import fold
from db.projections.event import Happened
from db.store import Store
from db.sync.values import Cursor, Hello, StockKey
from db.upstream.postgres_site import PostgresSite
from tests.helpers.told import START, Chain, item, order, tray
from tests.integration.upstream.conftest import Enter

Book = dict[str, int]
Put = Callable[..., None]


def book(owner: psycopg.Connection) -> Book:
    owner.execute("SELECT sync.fold(10000)")
    return {row[0]: row[1] for row in owner.execute("SELECT compartment, quantity FROM site.stock")}


def kinds(owner: psycopg.Connection) -> list[str]:
    owner.execute("SELECT sync.fold(10000)")
    rows = owner.execute("SELECT kind FROM site.exception WHERE resolved_at IS NULL ORDER BY number").fetchall()
    return [row[0] for row in rows]


@pytest.fixture
def known(put: Put) -> None:
    put("item", "SCREW", item())
    put("tray", "VLM1/1", tray("A1", "A2", "A3"))


def moments() -> Iterator[str]:
    return (f"2026-11-26T08:{n // 60:02}:{n % 60:02}.000000+00:00" for n in range(3600))


def wild(chain: Chain, draw: random.Random, visits: Iterator[int], length: int) -> None:
    """Movements as a bay makes them: several in a visit, imports between them, counts now and then."""
    at, visit = moments(), 0
    for _ in range(length):
        if draw.random() < 0.4:
            visit = next(visits)
        place = {"compartment": draw.choice(("A1", "A2", "A3")), "at": next(at), "visit": visit}
        match draw.randrange(6):
            case 0:
                chain.counted(draw.randrange(4), **place)
            case 1:
                chain.loaded(draw.randrange(20), **(place | {"visit": 0}))
            case 2:
                chain.move("put", quantity=draw.randrange(1, 5), **place)
            case 3:
                chain.move("corrected", remaining=1, delta=draw.randrange(-3, 4), **place)
            case _:
                chain.picked(draw.randrange(1, 4), **place)


def test_one_station_comes_to_the_same_book_as_its_own_store(enter: Enter, owner: psycopg.Connection, tmp_path: Path) -> None:
    chain = Chain("S1")
    wild(chain, random.Random(4), iter(range(1, 999)), 150)
    site = enter("S1")
    for n in range(0, 151, 20):
        site.push(chain.events[n : n + 20])
    pulled = site.pull(Cursor())
    site_rows = {each.key: (each.quantity, each.since, each.counted_at) for each in pulled.stock if each.quantity}
    assert site_rows == _local(chain, tmp_path)
    assert pulled.included == (chain.position(),)


def _local(chain: Chain, folder: Path) -> dict[StockKey, tuple[int, str, str | None]]:
    import json

    with closing(Store.open(folder, station="S1", ballast_bytes=0)) as store:

        def apply(connection: object) -> list[tuple[object, ...]]:
            for each in chain.events:
                body = json.loads(each.body)
                fold.apply(connection, Happened(body["kind"], body["at"], body["data"]))  # type: ignore[arg-type]
            columns = "machine, tray, compartment, item, lot, serial, owner, status, quantity, since, counted_at"
            return list(connection.exec_driver_sql(f"SELECT {columns} FROM now_stock"))  # type: ignore[attr-defined]

        rows = store._writer.submit(apply).result()  # the local fold itself, on the store's own connection
    return {StockKey(*row[:8]): tuple(row[8:]) for row in rows}  # type: ignore[misc]


@pytest.mark.parametrize("seed", range(4))
def test_any_arrival_order_comes_to_the_same_book(enter: Enter, owner: psycopg.Connection, seed: int) -> None:
    draw = random.Random(seed)
    chains = [Chain(name) for name in ("S1", "S2", "S3")]
    visits = iter(range(1, 999))  # of one tray: each is one bay's
    turns = [chain for chain in chains for _ in range(12)]
    draw.shuffle(turns)
    for chain in turns:
        here = iter((next(visits), next(visits)))
        wild_visit(chain, draw, next(here))
    sites = {chain.station: enter(chain.station) for chain in chains}
    rest = {chain.station: list(chain.events) for chain in chains}
    while any(rest.values()):
        station = draw.choice([name for name, left in rest.items() if left])
        n = draw.randrange(1, 9)
        sites[station].push(rest[station][:n])
        del rest[station][:n]
        if draw.random() < 0.5:
            owner.execute("SELECT sync.fold(%s)", (draw.randrange(1, 20),))
    assert book(owner) == sorted_fold(chains)
    assert "order_assumed" not in kinds(owner)


def wild_visit(chain: Chain, draw: random.Random, visit: int) -> None:
    for _ in range(draw.randrange(1, 4)):
        place = {"compartment": draw.choice(("A1", "A2")), "visit": visit}
        if draw.random() < 0.25:
            chain.counted(draw.randrange(30), **place)
        else:
            chain.picked(draw.randrange(1, 4), **place)


def sorted_fold(chains: list[Chain]) -> Book:
    """The definition: all movements in the order of (visit, station, seq), counts are reset points."""
    import json

    bodies = [json.loads(each.body) for chain in chains for each in chain.events[1:]]
    found: Book = {}
    for body in sorted(bodies, key=lambda each: (each["data"]["visit"], each["station"], each["seq"])):
        data = body["data"]
        before = found.get(data["compartment"], 0)
        found[data["compartment"]] = data["counted"] if "counted" in data else before - data["quantity"]
    return {label: quantity for label, quantity in found.items() if quantity}


def test_what_happened_before_a_count_does_not_change_it_and_two_bays_in_one_visit_are_listed(
    enter: Enter, owner: psycopg.Connection, known: None
) -> None:
    one, two = Chain("S1"), Chain("S2")
    one.loaded(50, visit=1)
    two.counted(40, visit=3)
    two.picked(1, visit=3)
    enter("S1").push(one.events)
    enter("S2").push(two.events)
    assert (book(owner), kinds(owner)) == ({"A1": 39}, [])
    late = [one.picked(5, visit=2), one.picked(7, visit=3)]
    enter("S1").push(late[:1])
    assert (book(owner), kinds(owner)) == ({"A1": 39}, [])
    enter("S1").push(late[1:])
    assert (book(owner), kinds(owner)) == ({"A1": 32}, ["order_assumed"])


def test_events_of_a_lost_branch_count_once_however_often_they_are_told(enter: Enter, owner: psycopg.Connection) -> None:
    site, chain = enter("S1"), Chain("S1")
    chain.loaded(10)
    site.push(chain.events)
    branch = Chain("S1", epoch=chain.epoch)
    branch.events[:], branch.head = chain.events[:1], bytes.fromhex(chain.events[0].hash)
    lost = branch.picked(4, visit=1)
    told = {"epoch": lost.epoch, "seq": lost.seq, "hash": lost.hash, "body": lost.body}
    again = Chain("S1", old=chain.events[-1])
    again.tell("retold", **told)
    again.tell("retold", **told)
    known = chain.events[1]
    again.tell("retold", epoch=known.epoch, seq=known.seq, hash=known.hash, body=known.body)
    site.push(again.events)
    assert book(owner) == {"A1": 6}
    assert owner.execute("SELECT count(*) FROM site.movement WHERE is_retold").fetchone() == (1,)


def test_what_business_rules_refuse_is_taken_and_shown(enter: Enter, owner: psycopg.Connection, put: Put, known: None) -> None:
    put("order", "O1", order("O1", ("SCREW", 3)))
    site, chain = enter("S1"), Chain("S1")
    chain.loaded(2)
    chain.picked(5, order="O1", line="1", visit=1)
    chain.move("put", item="NUT", compartment="Z9", quantity=1, visit=1)
    chain.tell("order_closed", order="O1")
    chain.tell("order_closed", order="O1")
    chain.move("picked", quantity="many")
    chain.move("put", quantity=1, compartment="A2", visit=1)
    site.push(chain.events)
    expected = ["negative_book", "over_pick", "unknown_item", "unknown_compartment", "order_ended_twice", "unreadable"]
    assert sorted(kinds(owner)) == sorted(expected)
    assert book(owner) == {"A1": -3, "A2": 1, "Z9": 1}
    put("item", "NUT", item("NUT"))
    put("tray", "VLM1/1", tray("A1", "A2", "Z9"))
    site.push([chain.counted(4, visit=2)])
    assert sorted(kinds(owner)) == ["order_ended_twice", "over_pick", "unreadable"]


@pytest.mark.parametrize(("reason", "shown"), [("full_pack", []), ("", ["over_pick"])])
def test_more_than_asked_with_a_reason_is_no_exception(
    enter: Enter, owner: psycopg.Connection, put: Put, known: None, reason: str, shown: list[str]
) -> None:
    put("order", "O1", order("O1", ("SCREW", 3)))
    site, chain = enter("S1"), Chain("S1")
    chain.loaded(20)
    chain.picked(10, order="O1", line="1", visit=1, reason=reason)
    chain.tell("line_closed", order="O1", line="1", outcome="confirmed", done_quantity=10, reason="")
    site.push(chain.events)
    assert kinds(owner) == shown


def test_an_order_that_moved_takes_what_its_old_bay_did_and_shows_it(
    enter: Enter, owner: psycopg.Connection, put: Put, known: None
) -> None:
    one, two, chain = enter("S1"), enter("S2"), Chain("S1")
    one.hello(chain.hello())
    two.hello(Hello(chains=(), body_version=1, app="test", machines=("VLM1",)))
    one.push([*chain.events, chain.loaded(10)])
    put("order", "O1", order("O1", ("SCREW", 3)))
    (lease,) = one.claim(5)
    one.push([chain.picked(1, order="O1", line="1", visit=1, fence=lease.fence)])
    assert kinds(owner) == []
    assert owner.execute("SELECT sync.move_order('O1', 'S2', 'the bay is dark')").fetchone() == (lease.fence + 1,)
    one.push([chain.picked(1, order="O1", line="1", visit=1, fence=lease.fence)])
    assert (kinds(owner), book(owner)) == (["stale_fence"], {"A1": 8})
    assert owner.execute('SELECT done, state FROM site.line_progress WHERE "order" = %s', ("O1",)).fetchone() == (2, "open")


def test_an_order_put_back_on_offer_is_on_offer_again_when_the_next_bay_leaves_it(
    enter: Enter, owner: psycopg.Connection, put: Put, known: None
) -> None:
    """What the dark bay had begun does not count any more; what it ends afterwards does."""
    bays = {name: (enter(name), Chain(name)) for name in ("S1", "S2")}
    for site, chain in bays.values():
        site.hello(chain.hello())
        site.push([*chain.events, chain.loaded(10)])
    put("order", "O1", order("O1", ("SCREW", 3)))
    state = 'SELECT state FROM site.order_progress WHERE "order" = %s'
    for name, event in (("S1", "order_started"), ("S2", "order_started"), ("S2", "order_left")):
        site, chain = bays[name]
        fence = site.claim(5)[0].fence if event == "order_started" else None
        site.push([chain.tell(event, order="O1", fence=fence)])
        if name == "S1":
            assert owner.execute(state, ("O1",)).fetchone() == ("started",)
            owner.execute("SELECT sync.move_order('O1', NULL, 'the bay is dark')")
    assert owner.execute(state, ("O1",)).fetchone() == ("released",)
    site, chain = bays["S1"]
    site.push([chain.tell("order_closed", order="O1")])
    assert owner.execute(state, ("O1",)).fetchone() == ("closed",)


def test_custody_is_with_the_bay_that_has_or_had_the_tray_last(enter: Enter, owner: psycopg.Connection) -> None:
    one, two = Chain("S1"), Chain("S2")
    motion = {"command": 1, "machine": "VLM1", "tray": 1, "outcome": "done", "code": "", "how": "answer"}
    one.tell("motion_ended", verb="fetch", opening="SH1-1", visit=1, **motion)
    one.tell("motion_ended", verb="store", opening="SH1-1", visit=0, **motion)
    two.tell("motion_ended", verb="fetch", opening="SH1-2", visit=2, **motion)
    two.tell("tray_told", machine="VLM1", opening="SH1-2", tray=None, visit=0, how="none")
    at = "SELECT visit, station, opening, is_out FROM site.tray"
    enter("S2").push(two.events[:2])
    enter("S1").push(one.events)  # the older visit comes later
    assert owner.execute(at).fetchone() == (2, "S2", "SH1-2", True)
    enter("S2").push(two.events)
    assert owner.execute(at).fetchone() == (2, "S2", "SH1-2", False)
    (told,) = enter("S1").pull(Cursor()).custody
    assert (told.machine, told.tray, told.opening, told.station, told.visit, told.is_out) == ("VLM1", 1, "SH1-2", "S2", 2, False)


def test_the_order_of_a_line_is_told_as_at_the_bay(enter: Enter, owner: psycopg.Connection, put: Put, known: None) -> None:
    put("order", "O1", order("O1", ("SCREW", 3), ("SCREW", 2)))
    chain = Chain("S1")
    chain.tell("order_started", order="O1")
    chain.tell("line_skipped", order="O1", line="1")
    chain.picked(1, order="O1", line="1", visit=1, at=START)
    closed = {"asked": 2, "reason": "empty"}
    chain.tell("line_closed", order="O1", line="2", outcome="short", done_quantity=0, **closed)
    enter("S1").push(chain.events)
    rows = owner.execute("SELECT line, asked, done, state, reason FROM site.line_progress ORDER BY line").fetchall()
    assert rows == [("1", 3, 1, "open", ""), ("2", 2, 0, "short", "empty")]
    assert owner.execute("SELECT state, lines, lines_done FROM site.order_progress").fetchone() == ("started", 2, 1)


@pytest.mark.parametrize("pieces", [1, 2, 99], ids=["one by one", "in pairs", "at once"])
def test_a_counter_booking_is_taken_like_any_other_movement(
    enter: Enter, owner: psycopg.Connection, put: Put, known: None, pieces: int
) -> None:
    put("order", "O1", order("O1", ("SCREW", 3)))
    chain = Chain("S1")
    chain.loaded(10)
    chain.tell("order_started", order="O1")
    for lot_of_it in (3, 2):
        picked = chain.picked(lot_of_it, order="O1", line="1", visit=1)
        chain.tell("line_closed", order="O1", line="1", outcome="confirmed", asked=3, done_quantity=lot_of_it, reason="")
        chain.tell("order_closed", order="O1")
        if lot_of_it == 3:
            chain.tell("booking_undone", booking=picked.id, undoes=[picked.id], order="O1", line="1")
            chain.move("put", quantity=3, visit=1, reason="undone", undoes=[picked.id])
            chain.tell("line_closed", order="O1", line="1", outcome="open", asked=3, done_quantity=0, reason="", undoes=[])
            chain.tell("order_started", order="O1")
    site = enter("S1")
    for first in range(0, len(chain.events), pieces):
        site.push(chain.events[first : first + pieces])
        owner.execute("SELECT sync.fold(10000)")
    assert book(owner) == {"A1": 8}
    assert owner.execute("SELECT line, done, state FROM site.line_progress").fetchall() == [("1", 2, "confirmed")]
    assert owner.execute("SELECT state FROM site.order_progress").fetchone() == ("closed",)
    assert kinds(owner) == []


def test_stations_that_push_pull_and_claim_at_once_wait_for_nobody_for_ever(
    enter: Enter, owner: psycopg.Connection, put: Put, known: None
) -> None:
    chains = [Chain(f"S{n}") for n in range(1, 5)]
    for n in range(12):
        put("order", f"O{n}", order(f"O{n}", ("SCREW", 1)))

    def work(chain: Chain, site: PostgresSite) -> int:
        cursor = site.pull(Cursor()).cursor
        site.push([*chain.events, chain.loaded(100, compartment=chain.station)])
        for n in range(15):
            batch = [chain.picked(1, visit=n * 9, compartment=chain.station) for _ in range(2)]
            batch += [chain.move("put", quantity=1, visit=n * 9, compartment=each.station) for each in chains]
            site.push(batch)
            for lease in site.claim(1):
                site.push(
                    [chain.picked(1, visit=n * 9, compartment=chain.station, order=lease.order, line="1", fence=lease.fence)]
                )
                site.push([chain.tell("order_closed", order=lease.order, fence=lease.fence)])
            site.hello(chain.hello())
            cursor = site.pull(cursor).cursor
        return n

    sites = [enter(chain.station) for chain in chains]
    with ThreadPoolExecutor() as pool:
        assert list(pool.map(work, chains, sites)) == [14] * 4
    owner.execute("SELECT sync.fold(100000)")
    (total,) = owner.execute("SELECT sum(quantity) FROM site.stock").fetchone()
    picked = sum(each.body.count('"kind":"picked"') for chain in chains for each in chain.events)
    assert picked == 4 * 30 + 12
    moved = "SELECT sum(quantity) FROM (SELECT DISTINCT ON (stock_id) quantity FROM sync.movement ORDER BY stock_id, {}) m"
    last = "visit DESC, arrived_at DESC, station DESC, epoch_no DESC, seq DESC"
    assert owner.execute(moved.format(last)).fetchone() == (total,)
    assert owner.execute("SELECT count(*) FROM site.order_progress WHERE state = 'closed'").fetchone() == (12,)
