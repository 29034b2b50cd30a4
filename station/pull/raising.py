"""A signal is raised, and becomes work: an order line of exactly its quantity, once its consumer may have more at work. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from db.records.pull import SignalMoved, SignalRaised
from station.jit.signal import Origin, Step
from station.pull.facts import Facts
from station.values import Order, OrderKind, OrderLine, Pulled, PullLoop, PullSignal

LINE = "1"
PRIORITY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What is asked for. `rank` is its place in the `sequence` that its consumer builds in."""

    item: str
    quantity: int
    consumer: str
    origin: Origin
    need_by: datetime | None = None
    loop: str = ""
    card: str = ""
    supplier: str = ""
    rest_of: str = ""
    sequence: str = ""
    rank: int = 0
    host_key: str = ""
    net: int | None = None


def of_loop(loop: PullLoop, quantity: int, origin: Origin, at: datetime, *, card: str = "", net: int | None = None) -> Ask:
    """What a loop asks for: needed when its lead time is over."""
    return Ask(
        item=loop.item,
        quantity=quantity,
        consumer=loop.consumer,
        origin=origin,
        need_by=at + timedelta(minutes=loop.lead_time_min),
        loop=loop.loop,
        card=card,
        supplier=loop.supplier,
        net=net,
    )


def raised(facts: Facts, ask: Ask, *, name: str = "", gone: int = 0) -> tuple[str, Pulled]:
    """The name of the signal, and what is written. From the machine it becomes work at once where its loop allows one more at
    work; `gone` of that ended in the same transaction."""
    name = name or new_name(facts, ask)
    record = SignalRaised(
        signal=name,
        item=ask.item,
        quantity=ask.quantity,
        consumer=ask.consumer,
        origin=ask.origin.value,
        need_by=ask.need_by.isoformat(timespec="microseconds") if ask.need_by else "",
        loop=ask.loop,
        card=ask.card,
        supplier=ask.supplier,
        rest_of=ask.rest_of,
        net=ask.net,
    )
    if ask.supplier or not has_room(facts, ask.loop, ask.consumer, gone=gone):
        return name, Pulled((record,))
    return name, Pulled((record,)) + released(name, ask)


def released(name: str, ask: Ask) -> Pulled:
    """It is work from now on: an order of its name with one line of its exact quantity."""
    line = OrderLine(order=name, line=LINE, item=ask.item, quantity=ask.quantity, rank=ask.rank, host_key=ask.host_key)
    order = Order(
        order=name,
        kind=OrderKind.PICK,
        destination=ask.consumer,
        need_by=ask.need_by,
        priority=PRIORITY,
        sequence=ask.sequence,
        reference=name,
        lines=(line,),
    )
    return Pulled((SignalMoved(signal=name, step=Step.RELEASE.value, order=name),), (order,))


def has_room(facts: Facts, loop: str, consumer: str, *, gone: int = 0) -> bool:
    """Whether a signal of this loop may become work: constant work in progress, counted over all of what its consumer has."""
    found = facts.loop(loop) if loop else None
    if found is None or not found.wip_limit:
        return True
    return facts.at_work(consumer) - gone < found.wip_limit


def waiting_released(facts: Facts) -> Pulled:
    """The signal that waited for room and is needed first. One at a time: the next is judged by what this one has changed."""
    for each in facts.waiting_signals():
        if has_room(facts, each.loop, each.consumer):
            return released(each.signal, ask_of(each))
    return Pulled()


def rest_raised(facts: Facts) -> Pulled:
    """What was short is asked for anew, as a signal of its own: so the first one can end."""
    first = next(iter(facts.with_rest()), None)  # one at a time: the next is judged by what this one has changed
    if first is None:
        return Pulled()
    ask = replace(ask_of(first), quantity=first.rest, card="", rest_of=first.signal)
    return raised(facts, ask, name=free_name(facts.is_taken, lambda number: f"{first.signal}/{number + 1}"))[1]


def ask_of(signal: PullSignal) -> Ask:
    """What a signal asks for."""
    return Ask(
        item=signal.item,
        quantity=signal.quantity,
        consumer=signal.consumer,
        origin=Origin(signal.origin),
        need_by=signal.need_by,
        loop=signal.loop,
        card=signal.card,
        supplier=signal.supplier,
    )


def new_name(facts: Facts, ask: Ask) -> str:
    """The card's or the loop's own, with a running number: a person reads it, and a label has it as its order."""
    of = ask.card or ask.loop
    first = facts.raised_by(of)
    return free_name(facts.is_taken, lambda number: f"{of}.{first + number}")


def free_name(is_taken: Callable[[str], bool], of: Callable[[int], str]) -> str:
    """The first name that nothing has."""
    number = 1
    while is_taken(of(number)):
        number += 1
    return of(number)
