"""How the tray history does with a long past: `baylight bench history`. The suite has a small form with as many events a tray."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from db.rows.tray_past import PastAsk, PastFilter
from db.store import Store
from ui.bootstrap.long_log import LINES, SMALL_PLANT, Plant, make_long_store


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryFigures:
    """Times in ms that a share of the calls (p99, unless another is asked for) takes at most: opening a tray, a step or a place
    on the slider, a filter, a trace. Each tray has `of_tray` events."""

    of_tray: int
    open_ms: float
    step_ms: float
    filter_ms: float
    trace_ms: float


def measure_history(
    directory: Path, *, events: int = 1_000_000, plant: Plant = SMALL_PLANT, rounds: int = 200, share: float = 0.99
) -> HistoryFigures:
    """Measure in an empty directory on the disk in question."""
    make_long_store(directory, events, plant=plant)
    dice = random.Random(7)
    orders = events // 12

    def ask(**more: object) -> PastAsk:
        return PastAsk(machine=plant.machine, tray=plant.first_tray + dice.randrange(plant.trays), **more)  # type: ignore[arg-type]

    with closing(Store.open_reader(directory)) as reader:
        total = reader.tray_past(ask()).past.total

        def step() -> PastAsk:
            if dice.random() < 0.5:
                return ask(index=dice.randrange(1, total))
            return ask(n=dice.randrange(1, events), step=dice.choice((-1, 1)))

        def filtered() -> PastAsk:
            wanted = (PastFilter(order=f"O{dice.randrange(orders):06}"), PastFilter(item=f"I{dice.randrange(plant.items)}"))
            return ask(wanted=dice.choice((*wanted, PastFilter(person=f"p_{dice.randrange(50)}"))))

        return HistoryFigures(
            of_tray=total,
            open_ms=_taken(lambda: reader.tray_past(ask()), rounds, share),
            step_ms=_taken(lambda: reader.tray_past(step()), rounds, share),
            filter_ms=_taken(lambda: reader.tray_past(filtered()), rounds // LINES, share),
            trace_ms=_taken(lambda: reader.traced("order", f"O{dice.randrange(orders):06}"), rounds // LINES, share),
        )


def _taken(call: Callable[[], object], rounds: int, share: float) -> float:
    taken = []
    for _ in range(rounds):
        began = time.perf_counter()
        call()
        taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)[min(len(taken) - 1, int(len(taken) * share))]
