"""Net position: what decides whether more is asked for. The stock on hand alone would ask twice for the same need."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Scaled integers of one item. `on_hand` is free stock; `on_order` is asked for and not yet shipped, `on_the_way` shipped and
    not yet received; `committed` is asked by open orders."""

    on_hand: int
    on_order: int = 0
    on_the_way: int = 0
    committed: int = 0

    @property
    def net(self) -> int:
        """Source: Silver, Pyke, Peterson 1998, 7.3.1: on hand + on order - backorders - committed."""
        return self.on_hand + self.on_order + self.on_the_way - self.committed


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When to ask and for how much: at `at` or below up to `up_to`, in multiples of `lot`, no less than `least`."""

    at: int
    up_to: int
    lot: int = 1
    least: int = 0


def quantity_to_ask(position: Position, rule: Rule) -> int:
    """What is missing, in whole lots; 0 when nothing is to be asked for. What was asked for is on order from that moment, so a
    count, a return or a second crossing right after it asks for nothing."""
    net = position.net
    if net > rule.at or net >= rule.up_to:
        return 0
    return lots_of(max(rule.up_to - net, rule.least), rule.lot)


def lots_of(quantity: int, lot: int) -> int:
    """The quantity in whole lots, rounded up. ValueError when a lot is nothing."""
    if lot < 1:
        raise ValueError("a lot is at least one")
    return -(-quantity // lot) * lot


def after_asking(position: Position, quantity: int) -> Position:
    """The position once a signal for this quantity stands."""
    return Position(
        on_hand=position.on_hand,
        on_order=position.on_order + quantity,
        on_the_way=position.on_the_way,
        committed=position.committed,
    )
