"""Many events folded in a few statements come to the same as each by itself."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import psycopg
import pytest

from tests.helpers.told import Chain, item, order, tray
from tests.integration.upstream.conftest import Enter

RESULTS = (
    "SELECT machine, tray, compartment, item, quantity, since, counted_at, visit, station, seq FROM sync.stock",
    "SELECT station, seq, visit, delta, counted, quantity, since, counted_at, is_retold FROM sync.movement",
    "SELECT machine, tray, visit, held_visit, station, opening, is_out, at FROM sync.tray",
    "SELECT order_key, state, is_touched, station, until IS NULL, fence FROM sync.order_book",
    "SELECT * FROM sync.order_part",
    "SELECT * FROM sync.line_part",
    "SELECT order_key, line, stock_id, quantity FROM sync.reservation",
    "SELECT order_key, station, fence, state FROM sync.lease",
    "SELECT kind, about FROM sync.exception WHERE resolved_at IS NULL",
    "SELECT * FROM sync.station_visit",
)
STATES = ("order_started", "order_left", "order_closed", "order_cancelled", "order_started", "order_closed")


def tell(chain: Chain, random: Random) -> None:
    """Whatever a bay may say of two trays and eight orders, sense or not."""
    at = f"2026-11-26T08:{len(chain.events) // 60:02}:{len(chain.events) % 60:02}.000000+00:00"
    place: dict[str, Any] = {"tray": random.randint(1, 2), "compartment": random.choice(("A1", "A2", "A3")), "at": at}
    visit = random.randint(1, 9)
    work: dict[str, Any] = {"order": f"O{random.randint(1, 8)}", "fence": random.choice((1, 1, 1, 0, 2))}
    line = work | {"line": str(random.randint(1, 2))}
    motion: dict[str, Any] = {"machine": "VLM1", "opening": random.choice(("left", "right")), "at": at}
    match random.randint(0, 9):
        case 0:
            chain.counted(random.randint(0, 5), visit=visit, **place)
        case 1:
            chain.loaded(random.randint(0, 9), **place)
        case 2:
            chain.move("put", quantity=random.randint(1, 4), visit=visit, **place, **(line if random.random() < 0.3 else {}))
        case 3 | 4:
            chain.picked(random.randint(1, 3), visit=visit, **place, **line)
        case 5:
            chain.tell("line_skipped", at=at, **line)
        case 6:
            outcome = random.choice(("done", "short", "skipped"))
            chain.tell("line_closed", at=at, outcome=outcome, done_quantity=random.randint(0, 4), reason=outcome, **line)
        case 7:
            chain.tell(random.choice(STATES), at=at, **work)
        case 8:
            verb, outcome = random.choice(("fetch", "store")), random.choice(("done", "done", "unknown"))
            chain.tell("motion_ended", verb=verb, outcome=outcome, tray=place["tray"], visit=visit, **motion)
        case _:
            lost = chain.picked(1, visit=visit, **place)
            told = {"epoch": "lost", "seq": random.randint(1, 9), "hash": lost.hash, "body": lost.body}
            motion |= told | {"tray": random.choice((1, None)), "visit": visit}
            chain.tell(random.choice(("tray_told", "retold")), **motion)


def results(owner: psycopg.Connection) -> list[list[tuple[object, ...]]]:
    return [sorted(owner.execute(query).fetchall(), key=repr) for query in RESULTS]


@pytest.mark.parametrize("seed", range(3))
def test_a_range_comes_to_the_same_as_its_events_one_by_one(
    seed: int, enter: Enter, owner: psycopg.Connection, put: Callable[..., None], site_url: str
) -> None:
    random, chain, other = Random(seed), Chain("S1", epoch="e1"), Chain("S2", epoch="e2")
    put("item", "SCREW", item())
    put("tray", "VLM1/1", tray("A1", "A2"))
    one, two = enter("S1"), enter("S2")
    one.hello(chain.hello())
    one.push([*chain.events, *(chain.loaded(9, tray=n, compartment=name) for n in (1, 2) for name in ("A1", "A2", "A3"))])
    for n in range(1, 7):
        put("order", f"O{n}", order(f"O{n}", ("SCREW", 3), ("SCREW", 4)))
    assert len(one.claim(3)) == 3
    folded = len(chain.events)
    for _ in range(80):
        tell(chain, random)
        tell(other, random)
    with psycopg.connect(site_url) as folding:
        folding.execute("SELECT pg_advisory_xact_lock(4104, 1)")
        one.push(chain.events[folded:])
        two.push(other.events)
    with owner.transaction(force_rollback=True):
        owner.execute("SELECT sync.fold(100000)")
        at_once = results(owner)
        unreadable = "SELECT count(*) FROM sync.exception WHERE kind = 'unreadable'"
        assert owner.execute(unreadable).fetchone() == (0,)  # else the range would have been folded by halves
    while owner.execute("SELECT sync.fold(1)").fetchone() != (0,):
        continue
    for query, each, by_itself in zip(RESULTS, at_once, results(owner), strict=True):
        assert each == by_itself, query
