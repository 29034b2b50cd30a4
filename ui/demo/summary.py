"""What a tour comes to: counted in the store, measured by the probe."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass

from station.values import EventRow, LineState, Order
from ui.probe import Spread

CAUSES = ("lift", "operator", "host", "empty")
DONE_STATES = (LineState.CONFIRMED, LineState.SHORT, LineState.SKIPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The figures of one tour. Times in ms or s as their names say; counts are of what this tour worked."""

    orders: int
    lines: int
    confirmed: int
    short: int
    skipped: int
    wrong_scans: int
    tray_moves: int
    spent_s: Mapping[str, float]  # by lines: the machine, the operator, the host, nothing to do
    events: int
    chain_ok: bool
    stock_ok: bool
    scan_to_paint_ms: Spread
    confirm_to_paint_ms: Spread
    screen_change_ms: Spread
    loop_stall_ms: Mapping[str, float]
    stalled_actions_share: float
    start_to_painted_s: float
    rss_mb: float
    wall_s: float
    unexpected_log_lines: int
    acked: int | None = None  # the last event that the site database has, and how many wait; None: there is none
    depth: int | None = None

    @property
    def is_well(self) -> bool:
        """Every line has an end, the record proves itself, and nothing unexpected was logged."""
        all_ended = self.confirmed + self.short + self.skipped == self.lines
        return all_ended and self.chain_ok and self.stock_ok and not self.unexpected_log_lines

    def as_dict(self) -> dict[str, object]:
        return {
            **{name: value for name in self.__slots__ if (value := getattr(self, name)) is not None},
            "scan_to_paint_ms": asdict(self.scan_to_paint_ms),
            "confirm_to_paint_ms": asdict(self.confirm_to_paint_ms),
            "screen_change_ms": asdict(self.screen_change_ms),
            "loop_stall_ms": dict(self.loop_stall_ms),
            "spent_s": dict(self.spent_s),
        }


def spent_s(events: Sequence[EventRow]) -> dict[str, float]:
    """What the time of the lines went into."""
    timed = [json.loads(each.body)["data"] for each in events if each.kind == "line_timed"]
    return {cause: round(sum(each[f"{cause}_ms"] for each in timed) / 1000, 1) for cause in CAUSES}


def count_lines(orders: Sequence[Order], left: Set[str] = frozenset()) -> dict[str, int]:
    """Orders, lines, and how many lines ended in which way. The open lines of orders that were `left`, because nothing of them
    could be worked, are skipped ones."""
    lines = [line for order in orders for line in order.lines]
    counts = {state.value: sum(line.state is state for line in lines) for state in DONE_STATES}
    counts["skipped"] += sum(line.state is LineState.OPEN for order in orders if order.order in left for line in order.lines)
    return {"orders": len(orders), "lines": len(lines), **counts}


def count_events(events: Sequence[EventRow]) -> dict[str, int]:
    """Wrong scans and motions of trays among the events of the tour, and how many events there are."""
    moves = [each for each in events if each.kind == "motion_ended" and '"verb":"point"' not in each.body]
    done = sum('"outcome":"done"' in each.body for each in moves)
    return {"wrong_scans": sum(each.kind == "scan_refused" for each in events), "tray_moves": done, "events": len(events)}
