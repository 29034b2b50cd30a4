"""How long goods and signals took on their way through the bay. Pure."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from station.receiving import PUT_AWAY, is_receiving
from station.values import EventFact

RECORDS = ("received", "signal_raised", "signal_moved")  # and what was picked at the receiving place
ENDS = ("hand_over", "deliver")  # whichever comes first: the bay's part is done


@dataclass(frozen=True, slots=True, kw_only=True)
class Took:
    """How often it was measured, and the middle of it in seconds; None where it never was."""

    count: int
    median_s: float | None


def dock_to_stock(facts: Iterable[EventFact]) -> Took:
    """From the receipt of goods to their last piece in a compartment; what went to an order at once is another figure. Of equal
    goods what came first is put away first."""
    waits: defaultdict[tuple[str, str, str], deque[tuple[datetime, int]]] = defaultdict(deque)
    took: list[float] = []
    for fact in facts:
        data = fact.data
        if fact.kind == "received" and data["place"]:
            waits[data["item"], data["lot"], data["serial"]].append((fact.at, data["quantity"]))
        elif fact.kind == "picked" and is_receiving(str(data["machine"])):
            ended = _taken(waits[data["item"], data["lot"], data["serial"]], data["quantity"])
            if data["reason"] == PUT_AWAY:
                took += [(fact.at - at).total_seconds() for at in ended]
    return _told(took)


def _taken(queue: deque[tuple[datetime, int]], quantity: int) -> list[datetime]:
    """When the receipts came of which this takes the last piece."""
    ended = []
    while queue and quantity > 0:
        at, waiting = queue.popleft()
        if waiting > quantity:
            queue.appendleft((at, waiting - quantity))
        else:
            ended.append(at)
        quantity -= waiting
    return ended


def pull_latency(facts: Iterable[EventFact]) -> Took:
    """From a pull signal to the moment at which its goods are handed over; of those that were raised in these facts."""
    raised: dict[str, datetime] = {}
    took: list[float] = []
    for fact in facts:
        if fact.kind == "signal_raised":
            raised[fact.data["signal"]] = fact.at
        elif fact.kind == "signal_moved" and fact.data["step"] in ENDS and fact.data["signal"] in raised:
            took.append((fact.at - raised.pop(fact.data["signal"])).total_seconds())
    return _told(took)


def _told(took: list[float]) -> Took:
    return Took(count=len(took), median_s=median(took) if took else None)
