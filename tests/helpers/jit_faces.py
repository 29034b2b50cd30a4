"""Hand-made Views of just-in-time at the bay."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from station.core.state import JitPage
from station.faces.jit_face import jit_bar, jit_face
from station.jit.desk import Cover, Desk, ItemTold
from station.jit.exposure import DryItem, EarlyWarning, Stop
from station.jit.loop_buffers import Around, LoopBuffer, Mark, buffer_of, ranked
from station.jit.readiness import Gate, Measured
from station.jit.suitability import Kind, Reason, Verdict
from station.jit.ways import Way
from station.values import Item, PullLoop, PullSignal
from station.view.message import Message
from station.view.view import View
from tests.helpers.faces import BOLT, CABLE, GLUE, NOW, SENSOR, VALVE, view

ITEMS = (BOLT, CABLE, GLUE, SENSOR, VALVE)
BEGAN = NOW - timedelta(days=60)
GREEN = (
    Measured(gate=Gate.ACCURACY, figure=0.99, limit=0.98, is_at_least=True),
    Measured(gate=Gate.CAPACITY, figure=0.6, limit=0.85, is_at_least=False),
)
RED = (*GREEN, Measured(gate=Gate.SUPPLIERS, figure=0.8, limit=0.95, is_at_least=True, items=("GLUE",)))


def supplied(name: str, item: Item, *, at: int, up_to: int, supplier: str = "Brandt & Söhne", days: float = 4) -> PullLoop:
    """A loop whose stock asks a supplier."""
    return PullLoop(
        loop=name, item=item.code, consumer="VLM1", container=10, cards=0, lead_time_min=round(days * 1440), since=BEGAN,
        supplier=supplier, trigger_at=at, up_to=up_to,
    )  # fmt: skip


def delivered(loop: PullLoop, number: int, *, late_days: float = -1.0) -> PullSignal:
    """One replenishment that ended so many days after it was needed."""
    at = BEGAN + timedelta(days=3 * number)
    need_by = at + timedelta(days=2)
    end = need_by + timedelta(days=late_days)
    state = "received" if loop.supplier else "delivered"
    return PullSignal(
        signal=f"{loop.loop}.{number}", item=loop.item, quantity=loop.container, consumer=loop.consumer, origin="trigger",
        raised_at=at, need_by=need_by, loop=loop.loop, supplier=loop.supplier, state=state, is_open=False,
        steps=(("signalled", at), (state, end)),
    )  # fmt: skip


def buffers() -> tuple[LoopBuffer, ...]:
    """One too low for long, one empty that was changed just now, one on its way down, cards that do not last, one that fits."""
    glue, valve = supplied("G4", GLUE, at=20, up_to=60), supplied("V2", VALVE, at=10, up_to=30, supplier="Vogel")
    sensor, cable = supplied("S9", SENSOR, at=12, up_to=40, supplier="Sick"), supplied("C1", CABLE, at=40, up_to=90)
    inside = PullLoop(
        loop="K12", item=BOLT.code, consumer="Line 3", container=40, cards=3, lead_time_min=120, since=BEGAN, use_per_day=480
    )
    lowered = tuple(delivered(sensor, number) for number in range(4))
    slow = tuple(delivered(inside, number, late_days=-1.6) for number in range(6))
    found = (
        buffer_of(glue, Around(signals=(), on_hand=[9, 6, 4, 12, 8], unit_value=175.0), gates=RED, now=NOW),
        buffer_of(
            valve,
            Around(signals=(), on_hand=[0] * 6, mark=Mark(at=NOW - timedelta(days=1), after=30)),
            gates=RED,
            now=NOW,
        ),
        buffer_of(sensor, Around(signals=lowered, on_hand=[35] * 20, target=20, unit_value=4200.0), gates=GREEN, now=NOW),
        buffer_of(inside, Around(signals=slow), gates=GREEN, now=NOW),
        buffer_of(cable, Around(signals=(), on_hand=[50] * 20), gates=RED, now=NOW),
    )
    return ranked(found)


WARNED = (
    EarlyWarning("line_stop", f"Line 3 {BOLT.code}", 0.6, 0.0),
    EarlyWarning("late_signal", "K12-3.7", -0.6, 0.0),
    EarlyWarning("machine_out", "VLM1 SH1-2", 26.0, 0.0),
    EarlyWarning("accuracy_falls", "", 0.93, 0.985),
)


def desk(*, late: bool = False) -> Desk:
    """A desk of five loops."""
    dry = (
        Cover(GLUE.code, 0.0, DryItem(item=GLUE.code, in_days=0.0, for_days=None), "Brandt & Söhne"),
        Cover(VALVE.code, 3.4, DryItem(item=VALVE.code, in_days=3.4, for_days=5.0), "Vogel"),
        Cover(CABLE.code, 12.5, DryItem(item=CABLE.code, in_days=12.5, for_days=2.0), ""),
    )
    stopped = (
        Stop(order="SO-48213", line="1", item=GLUE.code, in_days=0.0, missing=4.0, consumer="Line 3"),
        Stop(order="SO-48220", line="2", item=VALVE.code, in_days=3.8, missing=2.0),
    )
    even = Reason("lot_days", 12.4, 30, Kind.JIT)
    verdicts = (
        Verdict(
            item=SENSOR.code,
            kind=Kind.JIT,
            reasons=(even,),
            close_because=("carrying_cost_20", "longer_lead_time"),
            lot_days=12.4,
        ),
        Verdict(item=BOLT.code, kind=Kind.HYBRID, reasons=(Reason("no_motive", None, None, Kind.HYBRID),)),
        Verdict(item=GLUE.code, kind=Kind.JIC, reasons=(Reason("volatile_demand", 1.31, 0.49, Kind.JIC),)),
        Verdict(
            item=VALVE.code,
            kind=Kind.SUPPLIER_FIRST,
            reasons=(Reason("unreliable_supplier", 0.82, 0.95, Kind.SUPPLIER_FIRST),),
            step="raise_reliability",
        ),
        Verdict(
            item=CABLE.code,
            kind=Kind.INSUFFICIENT,
            reasons=(Reason("few_demands", 4, 10, Kind.INSUFFICIENT),),
        ),
    )
    return Desk(
        made_at=NOW,
        currency="EUR",
        buffers=buffers(),
        gates=RED,
        covers=dry,
        stops=stopped if late else stopped[:1],
        verdicts=verdicts,
        items={each.code: ItemTold(each.code, each.name, each.unit, each.decimals) for each in ITEMS},
        late_supplier="Vogel" if late else "",
        late_days=5.0 if late else 0.0,
        warnings=() if late else WARNED,
        ways=(Way("Line 3", 4, 0.4), Way("Cell 4", 1, 2.0)) if late else (),
    )


def jit_views() -> Iterator[tuple[str, View]]:
    """The three lists, the questions about a row, and what is shown while there are no figures."""

    def shown(page: JitPage, bar: Message | None = None) -> View:
        return view(jit_face(page), bar or jit_bar(page))

    made, if_late = desk(), desk(late=True)
    yield "jit_buffers", shown(JitPage(desk=made))
    yield "jit_exposure", shown(JitPage(desk=made, at="exposure"))
    yield "jit_exposure_late", shown(JitPage(desk=if_late, at="exposure"))
    closed = replace(if_late, late_days=math.inf)
    yield "jit_exposure_closed", shown(JitPage(desk=closed, at="exposure"))
    way = replace(if_late, late_supplier=">Line 3")
    yield "jit_exposure_way", shown(JitPage(desk=way, at="exposure"))
    yield "jit_how_closed", shown(JitPage(desk=if_late, at="exposure", supplier=">Line 3"))
    yield "jit_verdicts", shown(JitPage(desk=made, at="verdicts"))
    yield "jit_larger", shown(JitPage(desk=made, about="G4"))
    yield "jit_smaller", shown(JitPage(desk=made, about="S9"))
    yield "jit_inside", shown(JitPage(desk=made, about="K12"))
    yield "jit_how_late", shown(JitPage(desk=made, at="exposure", supplier="Vogel"))
    yield "jit_reading", shown(JitPage())
    yield "jit_failed", shown(JitPage(is_failed=True))
    yield "jit_gates", shown(JitPage(desk=made), Message("buffer_gates", params={"loop": "C1"}))
