"""The simulated site and PostgreSQL give the same answers to the same operations, drawn from seeds.

Epochs, ids and times differ; what is compared are states, versions, quantities, fences and refusals.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from db.rows.items import Item
from db.rows.orders import Order, OrderKind, OrderLine
from db.sync.bodies import item_body, order_body
from db.sync.site import Site, SiteError
from db.sync.values import Checksum, Cursor, Document, DocumentKind, Feed, Hello, Position, Receipt, Told
from db.upstream.postgres_site import PostgresSite
from tests.helpers.simulated_site import SimulatedSite
from tests.helpers.simulated_world import SiteWorld
from tests.helpers.told import Chain

OPERATIONS = 50
NAMES = ("S1", "S2")
SHARED = ("P1", "P2", "P3")  # orders that both stations bring


class Pair:
    """Both sites, asked the same."""

    def __init__(self, world: SiteWorld, real: dict[str, Site], put: Callable[..., None]) -> None:
        self.world = world
        self.real = real
        self.put_real = put
        self.model: dict[str, Site] = {name: SimulatedSite(world, name) for name in NAMES}
        self.cursors = {name: (Cursor(), Cursor()) for name in NAMES}

    def ask(self, name: str, what: Callable[[Site], Any], told: Callable[[Any], Any]) -> None:
        answers = [_answer(site, what, told) for site in (self.real[name], self.model[name])]
        assert answers[0] == answers[1]

    def put(self, kind: DocumentKind, key: str, body: dict[str, object]) -> None:
        self.put_real(kind.value, key, body)
        self.world.put(kind, key, json.loads(json.dumps(body)))

    def pull(self, name: str, *, anew: bool) -> None:
        real_at, model_at = (Cursor(), Cursor()) if anew else self.cursors[name]
        real, model = self.real[name].pull(real_at), self.model[name].pull(model_at)
        assert _told(real) == _told(model)
        if anew:
            assert _book(real) == _book(model)
            assert _custody(real) == _custody(model)
        self.cursors[name] = (real.cursor, model.cursor)


def _answer(site: Site, what: Callable[[Site], Any], told: Callable[[Any], Any]) -> Any:
    try:
        return told(what(site))
    except SiteError as error:
        return error.trouble


def _receipt(receipt: Receipt) -> Any:
    return receipt.status, receipt.acked, receipt.want


def _told(feed: Feed) -> Any:
    return (
        feed.included,
        sorted((each.kind, each.key, each.version, json.dumps(each.body, sort_keys=True)) for each in feed.documents),
        sorted((each.order, each.fence, each.state) for each in feed.leases),
    )


def _book(feed: Feed) -> Any:
    """All of it: which rows come once more with the next pull is each site's own affair."""
    stock = [(each.key.text, each.quantity, each.since, each.counted_at, each.held) for each in feed.stock if each.quantity]
    return sorted(stock)


def _custody(feed: Feed) -> Any:
    return sorted((each.machine, each.tray, each.opening, each.station, each.visit, each.is_out) for each in feed.custody)


def _order(name: str, random: Random) -> dict[str, object]:
    line = OrderLine(order=name, line="1", item=random.choice(("SCREW", "NUT")), quantity=random.randint(1, 4))
    return order_body(Order(order=name, kind=OrderKind.PICK, lines=(line,)))


def _event(chain: Chain, random: Random) -> None:
    place: dict[str, Any] = {
        "tray": random.choice((1, 2)),
        "compartment": random.choice(("A1", "A2")),
        "item": random.choice(("SCREW", "NUT")),
    }
    visit = random.randint(1, 6)
    match random.randint(0, 7):
        case 0:
            chain.move("counted", visit=visit, counted=random.randint(0, 9), **place)
        case 1 | 2:
            chain.move("put", visit=visit, quantity=random.randint(1, 9), **place)
        case 3:
            chain.move("picked", visit=visit, quantity=random.randint(1, 3), **place)
        case 4:
            chain.move("stock_loaded", visit=0, counted=random.randint(1, 9), **place)
        case _:
            _motion(chain, random, visit, place["tray"])


def _motion(chain: Chain, random: Random, visit: int, tray: int) -> None:
    at: dict[str, Any] = {"machine": "VLM1", "opening": chain.station}
    match random.randint(0, 5):
        case 0:
            chain.tell("tray_told", visit=visit, tray=random.choice((tray, None)), how="label", **at)
        case 1 | 2:
            done = {"verb": "store", "outcome": random.choice(("done", "unknown")), "command": 1}
            chain.tell("motion_ended", visit=0, tray=tray, **at, **done)
        case _:
            done = {"verb": "fetch", "outcome": "done", "command": 1}
            chain.tell("motion_ended", visit=visit, tray=tray, **at, **done)


def _order_event(chain: Chain, random: Random, ended: set[tuple[str, str]]) -> None:
    """Of an order that this station has not ended."""
    order = random.choice(SHARED)
    if (chain.station, order) in ended:
        return
    kind = random.choice(("order_started", "order_started", "order_left", "order_closed"))
    chain.tell(kind, order=order, why="asked")
    if kind == "order_closed":
        ended.add((chain.station, order))


def _checksums(checksums: tuple[Checksum, ...]) -> Any:
    """How often a row of stock or custody got a version is each site's own affair."""
    return sorted((str(each.kind), each.rows, 0 if each.kind in ("stock", "custody") else each.sum) for each in checksums)


@pytest.mark.parametrize("seed", range(4))
def test_the_same_operations_have_the_same_answers(
    seed: int, enter: Callable[[str], PostgresSite], put: Callable[..., None]
) -> None:
    random = Random(seed)
    pair = Pair(SiteWorld(lambda: datetime.now(UTC)), {name: enter(name) for name in NAMES}, put)
    chains = {name: Chain(name) for name in NAMES}
    hello = Hello(chains=(), body_version=1, app="1", machines=("VLM1",))
    for name in NAMES:
        pair.ask(name, lambda site: site.hello(hello), lambda welcome: welcome.chains)
    orders = 0
    ended: set[tuple[str, str]] = set()
    for _ in range(OPERATIONS):
        name = random.choice(NAMES)
        chain = chains[name]
        match random.randint(0, 11):
            case 0 | 1 | 2:
                for _ in range(3):
                    _event(chain, random)
            case 3 | 4:
                first = random.randint(0, len(chain.events) - 1)
                batch = chain.events[first:]
                pair.ask(name, lambda site, batch=batch: site.push(batch), _receipt)
            case 5:
                spoilt = [Told(each.epoch, each.seq, each.id, each.body + " ", each.hash) for each in chain.events[-1:]]
                pair.ask(name, lambda site, spoilt=spoilt: site.push(spoilt), lambda receipt: receipt.status)
            case 6:
                orders += 1
                pair.put(DocumentKind.ORDER, f"O{orders}", _order(f"O{orders}", random))
                item = item_body(Item(code="SCREW", name=f"n{orders}"))
                told = [Document(kind=DocumentKind.ITEM, key="SCREW", version=random.randint(0, 3), body=item)]
                pair.ask(name, lambda site, told=told: site.publish(told), lambda answer: (answer.versions, set(answer.refused)))
            case 7:
                pair.ask(name, lambda site, chain=chain: site.tail(Position(chain.epoch, 1), 3), lambda told: told)
            case 8:
                pair.ask(name, lambda site: site.claim(1), lambda leases: [(each.order, each.fence) for each in leases])
            case 9 | 10:
                _order_event(chain, random, ended)
                key = random.choice(SHARED)
                told = [Document(kind=DocumentKind.ORDER, key=key, version=random.randint(0, 2), body=_order(key, random))]
                pair.ask(name, lambda site, told=told: site.publish(told), lambda answer: (answer.versions, answer.refused))
            case _:
                pair.pull(name, anew=random.random() < 0.3)
    for name in NAMES:
        pair.ask(name, lambda site, name=name: site.push(chains[name].events), _receipt)
    for name in NAMES:
        pair.pull(name, anew=True)
        pair.ask(name, lambda site: site.checksums(Cursor(watermark=2**60)), _checksums)
