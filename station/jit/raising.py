"""Raising pull signals: a card has one open signal, a trigger asks only for what is not on its way, and cards are counted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from station.jit.kanban import Loop
from station.jit.position import Position, Rule, quantity_to_ask
from station.jit.signal import Origin, Signal


@dataclass(frozen=True, slots=True)
class CardScan:
    """What the scan of a card comes to: the signal, and whether this scan raised it or found it."""

    signal: Signal
    is_new: bool


def by_card(loop: Loop, card: str, *, name: str, at: datetime, open_signals: Collection[Signal]) -> CardScan:
    """The signal of a card that was scanned. Its second scan shows the first."""
    found = next((each for each in open_signals if each.is_open and each.loop == loop.loop and each.card == card), None)
    if found is not None:
        return CardScan(found, is_new=False)
    return CardScan(_signal(loop, name, loop.container, origin=Origin.CARD, at=at, card=card), is_new=True)


def by_trigger(loop: Loop, rule: Rule, position: Position, *, name: str, at: datetime) -> Signal | None:
    """The signal of a pick, count or return that left this position; None while the net position is above the trigger. The
    position must hold what is asked for already: then nothing is asked for twice."""
    quantity = quantity_to_ask(position, rule)
    return _signal(loop, name, quantity, origin=Origin.TRIGGER, at=at) if quantity else None


def on_order(signals: Iterable[Signal], item: str) -> int:
    """What open signals ask for of an item and has not come yet, for its net position: at the consumer it has come when it is
    delivered, from a supplier when it is received."""
    return sum(each.quantity for each in signals if each.is_open and each.item == item and not (each.supplier and each.done))


@dataclass(frozen=True, slots=True)
class CardsFound:
    """`lost`: cards that no scan has seen for too long; `surplus`: cards in use that the loop does not have."""

    lost: tuple[str, ...]
    surplus: tuple[str, ...]


def cards_found(loop: Loop, seen: Iterable[tuple[str, datetime]], *, now: datetime, turns: float = 3.0) -> CardsFound:
    """Which cards are lost or too many. Cards are named 1 to N; a card is lost when it was not seen for `turns` times the time
    that all cards need for one turn, as far as the loop's lead time tells it."""
    newest: dict[str, datetime] = {}
    for card, at in seen:
        newest[card] = max(at, newest.get(card, at))
    own = {str(number) for number in range(1, loop.cards + 1)}
    since = now - timedelta(days=turns * loop.lead_time_days * max(1, loop.cards))
    lost = [card for card in own if card in newest and newest[card] < since]
    return CardsFound(tuple(sorted(lost, key=int)), tuple(sorted(set(newest) - own)))


def _signal(loop: Loop, name: str, quantity: int, *, origin: Origin, at: datetime, card: str = "") -> Signal:
    return Signal(
        signal=name,
        item=loop.item,
        quantity=quantity,
        consumer=loop.consumer,
        origin=origin,
        at=at,
        need_by=at + timedelta(days=loop.lead_time_days),
        loop=loop.loop,
        card=card,
        supplier=loop.supplier,
    )
