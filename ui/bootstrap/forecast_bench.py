"""What the planner's model says of waiting orders, and what a running station then needed for them: `baylight bench forecast`.

The station runs `speed` times as fast as a real one, so what its log says is stretched first. The machine and the person are as
they were learnt from the log before; nothing of the orders that are forecast is in it.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from station.planner import motion_log, visit_log
from station.planner.learning import learn
from station.planner.motion_log import motions_of
from station.planner.own_machine import OwnMachine, own_lift
from station.planner.own_reading import facts_of, said_levels
from station.planner.problem import Operator
from station.planner.results import Run
from station.planner.rolling import Votes, by_overlap
from station.planner.run import run
from station.planner.visit_log import learn_operator, visits_of
from station.planner.waiting import Waiting, waiting
from station.tray_plan import WINDOW

if TYPE_CHECKING:
    from db.library import Library
    from station.settings import Settings
    from station.values import EventRow


@dataclass(frozen=True, slots=True)
class Worked:
    """What a stretch of the log comes to, in the machine's seconds: from the first command to the last booking."""

    took_s: float
    lines: int
    visits: int

    @property
    def lines_per_hour(self) -> float:
        return 3600 * self.lines / self.took_s if self.took_s else 0.0


def forecast(directory: Path, settings: Settings, *, speed: float, places: int) -> tuple[Run, OwnMachine, Operator]:
    """The waiting picks of the store under the rule by which the station works (`planner.policy = "votes"`). Raises
    StoreError."""
    from db.store import Store

    with closing(Store.open_reader(directory)) as reader:
        machine, operator = learnt(reader, settings, speed=speed)
        problem = _waiting(reader, settings, machine, operator, places).problem
        return run(problem, Votes(by_overlap(WINDOW))), machine, operator


def learnt(reader: Library, settings: Settings, *, speed: float) -> tuple[OwnMachine, Operator]:
    """Machine and person, as a log tells them whose clock runs `speed` times too slow."""
    own = settings.machine
    levels = said_levels(own, reader.tray_numbers(own.name))
    if levels is None:
        raise ValueError("the settings name no levels")
    rows = reader.events(kinds=(*motion_log.KINDS, *visit_log.KINDS), limit=None)
    motions = motions_of(facts_of(rows), machine=own.name, opening=own.opening, levels=levels)
    visits = visits_of(facts_of(rows), machine=own.name, opening=own.opening)
    found = learn([replace(each, seconds=each.seconds * speed) for each in motions])
    person = learn_operator([replace(each, worked_s=each.worked_s * speed) for each in visits])
    return own_lift(levels, found, positions=2 if own.prefetch == "on" else 1), person.operator


def take_over(directory: Path, station: str, orders: Path) -> None:
    """Import orders into a store that no station holds. Raises StoreError."""
    from ui.bootstrap.requests import open_requests

    with open_requests(directory, station, ballast_bytes=0) as requests:
        requests.carry_out("import", {"path": str(orders)})


def head_of(directory: Path) -> int:
    """The number of the store's last event. Raises StoreError."""
    from db.store import Store

    with closing(Store.open_reader(directory)) as reader:
        newest = reader.events(limit=1, newest_first=True)
    return newest[0].seq if newest else 0


def worked(directory: Path, *, after_seq: int, speed: float) -> Worked:
    """What was done since. Raises StoreError."""
    from db.store import Store

    with closing(Store.open_reader(directory)) as reader:
        rows = reader.events(kinds=("motion_intended", "motion_ended", "line_closed"), after_seq=after_seq, limit=None)
    closed = [each for each in rows if each.kind == "line_closed"]
    begun = next((each.at for each in rows if each.kind == "motion_intended"), None)
    if not closed or begun is None:
        return Worked(0.0, 0, 0)
    took_s = (closed[-1].at - begun).total_seconds() * speed
    return Worked(took_s, len(closed), sum(_is_visit(each) for each in rows))


def _is_visit(row: EventRow) -> bool:
    return row.kind == "motion_ended" and '"verb":"fetch"' in row.body and '"outcome":"done"' in row.body


def _waiting(reader: Library, settings: Settings, machine: OwnMachine, operator: Operator, places: int) -> Waiting:
    orders = reader.open_orders()
    codes = {line.item for order in orders for line in order.lines}
    return waiting(
        orders,
        items={each.code: each for each in reader.items_named(codes)},
        stock={code: list(reader.stock_of_items({code})) for code in codes},
        machine=machine,
        own=settings.machine.name,
        operator=operator,
        places=places,
        out_of_service={},
        now=datetime.now(UTC),
    )
