"""Another simulator: replays the visits of a plan with the published model of machine and operator, and makes the figures anew.

It shares no code with the planner and reads only what `baylight plan` reads and prints. The model: leg t(d) = d/v + v/a from
v²/a on, else 2 sqrt(d/a); an exchange is bay, slot, slot, bay and four transfers, the first tray in an empty position twice the
way and two transfers; the position that was not used last is exchanged, once its visit has ended and the lift is free.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Replayed:
    """What the replay found; `errors` are breaches of the rules of the game."""

    lines_per_hour: float
    trays_per_line: float
    wait_share: float
    late: int
    mean: float
    most: int
    errors: tuple[str, ...]


def leg(distance: float, speed: float, acceleration: float) -> float:
    if distance >= speed * speed / acceleration:
        return distance / speed + speed / acceleration
    return 2.0 * math.sqrt(distance / acceleration)


def replay(problem: dict[str, Any], visits: list[dict[str, Any]], *, checks_places: bool = True) -> Replayed:
    machine, hand = problem["machine"], problem["operator"]
    speed, acceleration = machine["speed_m_s"], machine["acceleration_m_s2"]

    def height(tray: int) -> float:
        return float(machine["pitch_m"] * (tray // 2 + 1))

    def way(tray: int) -> float:
        return leg(abs(height(tray) - machine["bay_height_m"]), speed, acceleration)

    slots: list[int | None] = [None] * machine["positions"]
    left_at = [0.0] * machine["positions"]
    orders = {order["id"]: order for order in problem["orders"]}
    open_lines = {name: list(order["lines"]) for name, order in orders.items()}
    used, lift_free, hand_free, waited, lines = machine["positions"] - 1, 0.0, 0.0, 0.0, 0
    ends: list[tuple[str, float]] = []
    begun: set[str] = set()
    kept: set[str] = set()
    turn = turns_of(problem)
    all_wait = not any(order.get("released_s") for order in problem["orders"])
    in_sequence = bool((problem.get("rules") or {}).get("sequence"))
    errors: list[str] = []
    for visit in visits:
        tray, taken = visit["tray"], visit["lines"]
        released = [orders[order].get("released_s") or 0.0 for order, _ in taken]
        if tray in slots:
            at = slots.index(tray)
            ready = min(released)
        else:
            at = (used + 1) % len(slots)
            start = max(lift_free, left_at[at], min(released))
            out = slots[at]
            if out is None:
                ready = start + 2 * way(tray) + 2 * machine["transfer_s"]
            else:
                between = leg(abs(height(out) - height(tray)), speed, acceleration)
                ready = start + way(out) + between + way(tray) + 4 * machine["transfer_s"]
            lift_free, slots[at] = ready, tray
        begin = max(hand_free, ready, max(released))
        waited += begin - hand_free
        hand_free = left_at[at] = begin + hand["visit_s"] + hand["line_s"] * len(taken)
        used = at
        for order, item in taken:
            if item not in open_lines[order] or tray not in problem["stock"][item]:
                errors.append(f"{order} {item} from tray {tray}")
                continue
            open_lines[order].remove(item)
            begun.add(order)
            lines += 1
            if not open_lines[order]:
                begun.discard(order)
                ends.append((order, hand_free))
                kept |= {order} if in_sequence else set()
            left = [turn[each] for each, lines_left in open_lines.items() if lines_left and (all_wait or each in begun)]
            kept = {each for each in kept if left and turn[each] > min(left)}
            if checks_places and len(begun) + len(kept) > problem["places"]:
                errors.append(f"{len(begun)} orders are open, {len(kept)} wait for older ones")
    errors += [f"{order} has open lines" for order, left in open_lines.items() if left]
    moved = [abs(place - turn[order]) for place, (order, _) in enumerate(ends)]
    late = sum(1 for order, at in ends if orders[order].get("need_by_s") is not None and at > orders[order]["need_by_s"] + 1e-6)
    return Replayed(
        lines_per_hour=3600 * lines / hand_free if hand_free else 0.0,
        trays_per_line=len(visits) / lines if lines else 0.0,
        wait_share=waited / hand_free if hand_free else 0.0,
        late=late,
        mean=sum(moved) / len(moved) if moved else 0.0,
        most=max(moved, default=0),
        errors=tuple(errors),
    )


def turns_of(problem: dict[str, Any]) -> dict[str, int]:
    """Orders by release, then as given; in a sequence by rank before that, without one first."""
    in_sequence = bool((problem.get("rules") or {}).get("sequence"))

    def key(order: dict[str, Any]) -> tuple[float, float]:
        return (order.get("rank") or 0.0) if in_sequence else 0.0, order.get("released_s") or 0.0

    return {order["id"]: at for at, order in enumerate(sorted(problem["orders"], key=key))}
