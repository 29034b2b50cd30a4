"""What comes down: nothing is missed, whoever writes at the same time."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from db.sync.values import Cursor, Document, DocumentKind, Feed, LeaseState, SiteStock, row_mark
from db.upstream.postgres_site import PostgresSite
from db.upstream.restored import declare_restored
from tests.helpers.told import Chain, item, order, tray
from tests.integration.upstream.conftest import Enter

Put = Callable[..., None]


def keys(feed: Feed) -> list[str]:
    return sorted(each.key for each in feed.documents)


def test_the_first_pull_brings_all_and_the_next_ones_what_changed(enter: Enter, put: Put) -> None:
    site = enter("S1")
    put("item", "SCREW", item())
    put("item", "NUT", item("NUT"))
    first = site.pull(Cursor())
    assert keys(first) == ["NUT", "SCREW"]
    put("item", "NUT", None)
    second = site.pull(first.cursor)
    assert [(each.key, each.version, each.body) for each in second.documents] == [("NUT", 2, None)]
    assert site.pull(second.cursor).documents == ()
    assert keys(site.pull(Cursor())) == ["SCREW"]


def test_a_long_transaction_makes_its_own_rows_late_and_loses_none(enter: Enter, put: Put, site_url: str) -> None:
    site = enter("S1")
    cursor = site.pull(Cursor()).cursor
    with psycopg.connect(site_url) as host:
        host.execute("""SELECT sync.keep_document('item', 'SLOW', '{"code": "SLOW"}', 'host')""")
        put("item", "SCREW", item())
        put("item", "NUT", item("NUT"))
        during = site.pull(cursor)
        assert keys(during) == ["NUT", "SCREW"]  # those of others are not held up
        again = site.pull(during.cursor)
        assert again.cursor == during.cursor
        began = host.execute("SELECT now()").fetchone()[0]
        assert again.data_as_of is not None
        assert again.data_as_of <= began
    after = site.pull(during.cursor)
    assert "SLOW" in keys(after)
    assert after.cursor.watermark > during.cursor.watermark


def test_four_writers_and_a_reader_that_misses_nothing(enter: Enter, site_url: str) -> None:
    site, rows = enter("S1"), 30
    keep = "SELECT sync.keep_document('item', %s, jsonb_build_object('n', %s::int), 'host')"

    def write(writer: int) -> None:
        with psycopg.connect(site_url) as connection:
            for n in range(rows):
                connection.execute(keep, (f"{writer}-{n}", n))
                if n % 3 == 2:
                    connection.commit()

    seen: set[str] = set()
    cursor = Cursor()
    with ThreadPoolExecutor() as pool:
        writers = [pool.submit(write, writer) for writer in range(4)]
        while not all(each.done() for each in writers):
            feed = site.pull(cursor)
            cursor, seen = feed.cursor, seen | set(keys(feed))
        for each in writers:
            each.result()
    seen |= set(keys(site.pull(cursor)))
    assert seen == {f"{writer}-{n}" for writer in range(4) for n in range(rows)}


def test_the_book_comes_with_the_own_events_that_are_in_it(enter: Enter) -> None:
    one, two = enter("S1"), enter("S2")
    chain = Chain("S1")
    chain.loaded(10, visit=3)
    one.push(chain.events)
    feed = one.pull(Cursor())
    assert feed.included == (chain.position(),)
    assert [(each.quantity, each.visit, each.held) for each in feed.stock] == [(10, 3, 0)]
    assert two.pull(Cursor()).included == ()
    one.push([chain.picked(10, visit=4)])
    (gone,) = one.pull(feed.cursor).stock
    assert (gone.quantity, gone.visit, gone.since) == (0, 4, "")


def test_a_cursor_of_before_a_restore_or_of_before_a_purge_begins_again(
    enter: Enter, put: Put, owner: psycopg.Connection, site_url: str
) -> None:
    site = enter("S1")
    put("item", "SCREW", item())
    cursor = site.pull(Cursor()).cursor
    put("item", "SCREW", None)
    owner.execute("SELECT sync.purge('0 s')")
    assert site.pull(cursor).must_refetch
    put("item", "NUT", item("NUT"))
    cursor = site.pull(Cursor()).cursor
    assert not site.pull(cursor).must_refetch
    named = declare_restored(site_url)
    feed = site.pull(cursor)
    assert feed.must_refetch
    assert feed.cursor == Cursor(server_epoch=named)
    assert keys(site.pull(feed.cursor)) == ["NUT"]
    assert site.pull(Cursor(server_epoch=named, watermark=2**62)).must_refetch


def test_checksums_are_those_of_what_came_down(enter: Enter, put: Put) -> None:
    site, chain = enter("S1"), Chain("S1")
    put("item", "SCREW", item())
    put("tray", "VLM1/1", tray("A1"))
    put("order", "O1", order("O1", ("SCREW", 3)))
    put("order", "O2", order("O2", ("SCREW", 300), priority=9))
    site.hello(chain.hello())
    site.push([*chain.events, chain.loaded(10), chain.loaded(0, compartment="A2")])
    fetch = {"verb": "fetch", "outcome": "done", "command": 1, "machine": "VLM1", "opening": "S1-1", "tray": 1, "visit": 1}
    site.push([chain.tell("motion_ended", **fetch)])
    site.push([chain.tell("stock_blocked", item="SCREW", lot="", owner="", supplier="", reason="recall")])
    site.claim(1)
    feed = site.pull(Cursor())
    told = {each.kind: (each.rows, each.sum) for each in site.checksums(feed.cursor)}
    expected = {kind.value: [row_mark(d.key, d.version) for d in feed.documents if d.kind is kind] for kind in DocumentKind}
    expected["stock"] = [row_mark(each.key.text, each.version) for each in feed.stock if each.quantity]
    expected["lease"] = [row_mark(each.order, each.version) for each in feed.leases]
    expected["custody"] = [row_mark(f"{each.machine}/{each.tray}", each.version) for each in feed.custody]
    assert told == {kind: (len(marks), sum(marks)) for kind, marks in expected.items()}
    assert {kind for kind, marks in expected.items() if not marks} == {"person", "picture"}
    put("item", "NUT", item("NUT"))
    assert "item" not in {each.kind for each in site.checksums(feed.cursor)}


@pytest.fixture
def stocked(enter: Enter, put: Put) -> tuple[PostgresSite, PostgresSite]:
    """Two stations at one machine with ten pieces, five each in two compartments."""
    one, two, chain = enter("S1"), enter("S2"), Chain("S1")
    one.hello(chain.hello())
    two.hello(Chain("S2").hello())
    one.push([*chain.events, chain.loaded(5), chain.loaded(5, compartment="A2", at="2026-11-26T09:00:00.000000+00:00")])
    return one, two


def held(stock: tuple[SiteStock, ...]) -> dict[str, int]:
    return {each.key.compartment: each.held for each in stock if each.held}


def test_what_one_station_was_promised_is_held_from_the_other(stocked: tuple[PostgresSite, PostgresSite], put: Put) -> None:
    one, two = stocked
    cursor = two.pull(Cursor()).cursor
    put("order", "O1", order("O1", ("SCREW", 7)))
    (lease,) = one.claim(5)
    assert (lease.order, lease.fence, lease.state) == ("O1", 1, LeaseState.HELD)
    assert keys(one.pull(cursor)) == ["O1"]
    feed = two.pull(cursor)
    assert (keys(feed), held(feed.stock), held(one.pull(Cursor()).stock)) == ([], {"A1": 5, "A2": 2}, {})
    put("order", "O2", order("O2", ("SCREW", 4)))
    assert [each.order for each in two.claim(5)] == ["O2"]  # three are left, and nowhere are more
    put("order", "O3", order("O3", ("SCREW", 1)))
    assert two.claim(5) == ()
    chain = Chain("S1", epoch="next")
    picks = [chain.picked(5, order="O1", line="1", visit=1)]
    picks.append(chain.tell("line_closed", order="O1", line="1", outcome="short", asked=7, done_quantity=5, reason="empty"))
    one.push([chain.events[0], *picks])
    assert held(two.pull(Cursor()).stock) == {}
    assert [each.order for each in two.claim(5)] == ["O3"]


def test_documents_of_a_bay_get_a_version_or_a_refusal(stocked: tuple[PostgresSite, PostgresSite], put: Put) -> None:
    one, two = stocked
    mine = Document(kind=DocumentKind.ORDER, key="O1", version=0, body=order("O1", ("SCREW", 2)))
    screw = Document(kind=DocumentKind.ITEM, key="SCREW", version=0, body=item())
    for _ in range(2):  # the second time the answer was lost
        told = one.publish([mine, screw])
        assert told.versions == {(DocumentKind.ORDER, "O1"): 1, (DocumentKind.ITEM, "SCREW"): 1}
    assert [each.order for each in one.pull(Cursor()).leases] == ["O1"]
    other = Document(kind=DocumentKind.ITEM, key="SCREW", version=0, body={"code": "SCREW", "name": "other"})
    taken = Document(kind=DocumentKind.ORDER, key="O1", version=1, body=order("O1", ("SCREW", 9)))
    assert two.publish([other, taken]).refused == {
        (DocumentKind.ITEM, "SCREW"): "changed_elsewhere",
        (DocumentKind.ORDER, "O1"): "held_elsewhere",
    }
    assert two.claim(5) == ()


def test_stations_that_claim_at_once_share_the_orders_and_no_piece(
    stocked: tuple[PostgresSite, PostgresSite], put: Put, owner: psycopg.Connection
) -> None:
    for n in range(20):
        put("order", f"O{n:02}", order(f"O{n:02}", ("SCREW", 1)))
    claimed: dict[int, list[str]] = {0: [], 1: []}

    def claim(n: int) -> None:
        while leases := stocked[n].claim(2):
            claimed[n] += [each.order for each in leases]

    with ThreadPoolExecutor() as pool:
        list(pool.map(claim, (0, 1)))
    assert len({*claimed[0], *claimed[1]}) == len(claimed[0]) + len(claimed[1]) == 10
    over = "SELECT count(*) FROM site.stock WHERE reserved > quantity"
    assert owner.execute(over).fetchone() == (0,)


def test_only_machines_of_its_own_and_no_order_of_a_dark_bay_until_somebody_moves_it(
    stocked: tuple[PostgresSite, PostgresSite], put: Put, owner: psycopg.Connection, enter: Enter
) -> None:
    one, two = stocked
    far = enter("S3")
    far.hello(Chain("S3").hello("VLM9"))
    put("order", "O1", order("O1", ("SCREW", 1)))
    put("order", "O2", order("O2", ("SCREW", 1)))
    assert far.claim(5) == ()
    assert len(one.claim(5)) == 2
    assert two.claim(5) == ()
    chain = Chain("S1", epoch="next")
    chain.tell("order_started", order="O1")
    one.push(chain.events)
    owner.execute("UPDATE sync.order_book SET until = now() - interval '1 s'")
    cursor = one.pull(Cursor()).cursor
    assert two.claim(5) == (), "a bay that was not heard for long may be working on them: a person decides"
    owner.execute("SELECT sync.move_order('O2', NULL, 'S1 is dark')")
    assert [(each.order, each.fence) for each in two.claim(5)] == [("O2", 3)]
    assert [(each.order, each.state) for each in one.pull(cursor).leases] == [("O2", LeaseState.ENDED)]


def test_a_heartbeat_renews_leases_at_half_time(
    stocked: tuple[PostgresSite, PostgresSite], put: Put, owner: psycopg.Connection
) -> None:
    one, _ = stocked
    put("order", "O1", order("O1", ("SCREW", 1)))
    (lease,) = one.claim(1)
    cursor = one.pull(Cursor()).cursor
    one.hello(Chain("S1").hello())
    assert one.pull(cursor).leases == ()
    owner.execute("UPDATE sync.lease SET until = until - interval '6 h'")
    one.hello(Chain("S1").hello())
    (renewed,) = one.pull(cursor).leases
    assert (renewed.fence, renewed.until >= lease.until) == (lease.fence, True)


def test_an_order_that_no_bay_can_serve_whole_waits_for_a_person(
    stocked: tuple[PostgresSite, PostgresSite], put: Put, owner: psycopg.Connection
) -> None:
    one, _ = stocked
    put("order", "O1", order("O1", ("SCREW", 1), ("NOWHERE", 1)))
    put("order", "O2", order("O2", ("SCREW", 3)) | {"priority": 9})
    assert [each.order for each in one.claim(5)] == ["O2"]
    cursor = one.pull(Cursor()).cursor
    owner.execute("SELECT sync.move_order('O1', 'S1', 'the other item comes today')")
    feed = one.pull(cursor)
    assert ([each.order for each in feed.leases], keys(feed)) == (["O1"], ["O1"])


def test_an_order_that_no_station_can_serve_is_listed_after_a_minute_until_one_can(
    stocked: tuple[PostgresSite, PostgresSite], put: Put, owner: psycopg.Connection, enter: Enter
) -> None:
    one, _ = stocked
    enter("S3").hello(Chain("S3").hello("VLM9"))
    put("item", "SCREW", item())
    put("item", "NUT", item("NUT"))
    put("order", "served", order("served", ("SCREW", 1)))
    put("order", "item", order("item", ("SCREW", 1), ("NOWHERE", 1)))
    put("order", "stock", order("stock", ("NUT", 1)))
    lines = [{"line": name, "item": "SCREW", "quantity": 1, "machine": name} for name in ("VLM1", "VLM9")]
    put("order", "apart", order("apart") | {"lines": lines})
    put("order", "machine", order("machine") | {"lines": [lines[0] | {"machine": "VLM5"}]})

    def listed() -> dict[str, str]:
        one.hello(Chain("S1").hello())
        rows = owner.execute(
            "SELECT about, detail ->> 'why' FROM site.exception WHERE kind = 'unservable' AND resolved_at IS NULL"
        )
        return dict(rows.fetchall())

    assert listed() == {}
    owner.execute("UPDATE sync.order_book SET since = since - interval '61 s'")
    expected = {"item": "unknown_item", "stock": "no_stock", "apart": "several_stations", "machine": "unknown_machine"}
    assert listed() == expected
    put("order", "machine", None)
    owner.execute("SELECT sync.move_order('apart', 'S1', 'carried over by hand')")
    chain = Chain("S1", epoch="next")
    one.push([chain.events[0], chain.loaded(3, item="NUT")])
    owner.execute("UPDATE sync.order_look SET looked_at = looked_at - interval '61 s'")
    assert listed() == {"item": "unknown_item"}
    assert {each.order for each in one.claim(5)} == {"served", "stock"}
