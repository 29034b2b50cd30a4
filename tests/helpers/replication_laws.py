"""What must hold when the network is whole again: the invariants I1 to I7 and I9 of the store's design."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import Any

from db import chain
from db.projections import fold
from db.queries import chains, events
from db.sync import checking, memory
from db.sync.values import Cursor

from .sim_station import SimStation
from .simulated_site import ZERO, SimulatedSite
from .simulated_world import SiteWorld

_LOOSE = """
SELECT o."order" FROM site_order AS o LEFT JOIN now_order AS n ON n."order" = o."order"
WHERE coalesce(n.state, 'released') = 'released'
  AND NOT EXISTS (SELECT 1 FROM now_line AS w WHERE w."order" = o."order")
  AND NOT EXISTS (SELECT 1 FROM site_lease AS l WHERE l."order" = o."order" AND l.state = 'held')
"""


def check_all(world: SiteWorld, stations: list[SimStation], acked: dict[str, set[str]]) -> None:
    """`acked`: by station, the tokens of acts of which the site once said that it has them."""
    for station in stations:
        _chains_verify(world, station)
        _the_site_has_everything(world, station)
        _nothing_is_lost_or_doubled(world, station, acked[station.name])
        _projections_are_the_log(station)
        _caches_are_the_site(world, station)
        _untouched_orders_are_held(station)
        _stock_is_the_sites(world, station)
    _stock_is_the_fold(world)


def effective(world: SiteWorld, station: str) -> list[tuple[tuple[int, int], Any]]:
    """The events of a station that count at the site: those in its chains and those told again that it does not have."""
    rows = world.state.chains.get(station, {})
    has = {(epoch, each.seq): each.hash for epoch, row in rows.items() for each in row.events}
    told: set[tuple[str, int, str]] = set()
    found: list[tuple[tuple[int, int], Any]] = []

    def count(place: tuple[int, int], body: Any) -> None:
        if body["kind"] != "retold":
            found.append((place, body))
            return
        data = body["data"]
        key = (data["epoch"], data["seq"], data["hash"])
        if has.get((data["epoch"], data["seq"])) != data["hash"] and key not in told:
            told.add(key)
            count(place, json.loads(data["body"]))

    for number, row in enumerate(rows.values()):
        for each in row.events:
            count((number, each.seq), json.loads(each.body))
    return found


def token_of(body: Any) -> str:
    """Of an act at the bay; "" for everything else."""
    data = body["data"]
    token = data.get("scanner") or (data.get("reason") if body["kind"] in ("counted", "stock_loaded") else "") or ""
    return str(token)


def _chains_verify(world: SiteWorld, station: SimStation) -> None:
    report = station.local.read(lambda connection: chain.verify(list(events.all_events(connection))))
    assert report.is_ok, f"I3 {station.name}: {report.problem} at {report.broken_at}"
    for epoch, row in world.state.chains.get(station.name, {}).items():
        before = ZERO
        for seq, each in enumerate(row.events, start=1):
            digest = hashlib.sha256(bytes.fromhex(before) + each.body.encode()).hexdigest()
            assert (each.seq, each.hash) == (seq, digest), f"I3 the site's chain {station.name} {epoch} breaks at {seq}"
            before = each.hash


def _the_site_has_everything(world: SiteWorld, station: SimStation) -> None:
    there = world.state.chains.get(station.name, {})
    own = station.local.read(chains.chains)
    for each in own:
        has = len(there[each.epoch].events) if each.epoch in there else 0
        assert has >= each.limit, f"I1 {station.name}: the site has {has} of {each.limit} events of {each.epoch}"
        if each.limit:
            mine = station.local.read(lambda connection, each=each: chains.hash_at(connection, each.epoch, each.limit))
            assert there[each.epoch].events[each.limit - 1].hash == mine, f"I1 {station.name}: other events in {each.epoch}"


def _nothing_is_lost_or_doubled(world: SiteWorld, station: SimStation, acked: set[str]) -> None:
    ids = Counter(each.id for row in world.state.chains.get(station.name, {}).values() for each in row.events)
    assert max(ids.values(), default=1) == 1, f"I2 {station.name}: an event is there twice"
    tokens = Counter(token for _, body in effective(world, station.name) if (token := token_of(body)))
    assert all(count == 1 for count in tokens.values()), f"I2 {station.name}: an act counts twice: {tokens.most_common(3)}"
    assert acked <= set(tokens), f"I1 {station.name}: acknowledged and lost: {sorted(acked - set(tokens))[:5]}"


def _projections_are_the_log(station: SimStation) -> None:
    before = station.local.read(fold.digest)
    assert station.local.read(fold.stock_matches_log), f"I4 {station.name}: now_stock is not what the log and the site add up to"
    rows = station.local.read(lambda connection: list(fold.dump(connection)))
    station.local.write(fold.rebuild)
    after = station.local.read(lambda connection: list(fold.dump(connection)))
    assert rows == after, f"I9 {station.name}: written without an event: {sorted(set(rows) ^ set(after))[:4]}"
    assert station.local.read(fold.digest) == before


def _caches_are_the_site(world: SiteWorld, station: SimStation) -> None:
    there = SimulatedSite(world, station.name).checksums(
        Cursor(server_epoch=world.state.server_epoch, watermark=world.state.xid + 1)
    )
    own = station.local.read(checking.own)
    listed = station.local.read(memory.exceptions)
    assert not checking.differing(own, there), f"I6 {station.name}: {own} is not {there} ({listed})"


def _untouched_orders_are_held(station: SimStation) -> None:
    """What nobody began here is somebody else's to begin, unless the site says that it is this station's."""
    loose = station.local.read(lambda connection: connection.exec_driver_sql(_LOOSE).scalars().all())
    assert not loose, f"I5 {station.name}: offers orders that it has no lease for: {loose}"


def _stock_is_the_sites(world: SiteWorld, station: SimStation) -> None:
    book = {cell: (row.quantity, row.since, row.counted_at) for cell, row in world.state.stock.items() if row.quantity}
    own = station.stock()
    assert own == book, f"I4 {station.name}: {sorted(set(own.items()) ^ set(book.items()))[:4]}"


def _stock_is_the_fold(world: SiteWorld) -> None:
    """Added up from the beginning, in the order of custody, by nobody who was there when the events came."""
    moved: dict[Any, list[Any]] = {}
    for station, rows in world.state.chains.items():
        visits: dict[Any, int] = {}
        for place, body in effective(world, station):
            data = body["data"]
            if (
                body["kind"] in ("motion_ended", "tray_told")
                and data.get("outcome", "done") == "done"
                and data["tray"] is not None
            ):
                tray = (data["machine"], data["tray"])
                visits[tray] = max(visits.get(tray, 0), data["visit"])
            if body["kind"] not in ("picked", "put", "corrected", "counted", "stock_loaded"):
                continue
            tray = (data["machine"], data["tray"])
            visit = visits[tray] = max(visits.get(tray, data["visit"]), data["visit"])
            cell = (*tray, data["compartment"], data["item"], data["lot"], data["serial"], data["owner"], data["status"])
            arrived = world.state.arrivals[*tray, visit, station]
            moved.setdefault(cell, []).append(((visit, arrived, station, place), body))
        assert rows is not None
    for cell, row in world.state.stock.items():
        quantity = 0
        for _, body in sorted(moved.get(cell, ()), key=lambda each: each[0]):
            data = body["data"]
            match body["kind"]:
                case "picked":
                    quantity -= data["quantity"]
                case "put":
                    quantity += data["quantity"]
                case "corrected":
                    quantity += data["delta"]
                case _:
                    quantity = data["counted"]
        assert row.quantity == quantity, f"I4 the site says {row.quantity} of {cell}, its events {quantity}"
