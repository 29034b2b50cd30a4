"""Rows of a signal file: what a consumer asks for (a call button, a just-in-sequence broadcast), and the steps that only others
know: shipped by the supplier, delivered at the consumer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from station.imports.fields import MAX_CODE, Fields
from station.imports.known import Known
from station.imports.order import MOST_RANKS
from station.imports.report import ErrorList
from station.imports.table import Table
from station.jit.signal import Origin, Step
from station.pull import cards
from station.pull.facts import Facts
from station.pull.raising import Ask, raised
from station.pull.steps import stepped, why_not
from station.tracking import is_whole
from station.values import Order, Pulled, PullSignal

REQUIRED = frozenset({"signal", "item", "quantity", "consumer"})
COLUMNS = REQUIRED | {"need_by", "supplier", "host_key", "sequence", "rank"}
STEP_REQUIRED = (frozenset({"signal", "step"}), frozenset({"card", "step"}))
STEP_COLUMNS = frozenset({"signal", "card", "step", "reason"})
HOST = "host"

Decide = Callable[[Facts], Pulled]


class HostStep(StrEnum):
    """What a host may say of a signal. CALL: a button with the card's number, where it stands."""

    CALL = "call"
    HAND_OVER = "hand_over"
    DELIVER = "deliver"
    SEND = "send"
    SHIP = "ship"
    CANCEL = "cancel"


class SignalNames(Protocol):
    """The part of the store that is asked while a file is read."""

    def signal(self, name: str) -> PullSignal | None: ...

    def order(self, order: str) -> Order | None: ...

    def look_pull(self, decide: Decide) -> Pulled: ...


@dataclass(frozen=True, slots=True)
class Asked:
    """A good row: by the name of its signal or card, and what is decided of it when it goes in."""

    name: str
    decide: Decide


def read_signals(table: Table, errors: ErrorList, *, known: Known, names: SignalNames) -> dict[int, Asked]:
    """The good rows of what is asked for, by their line in the file. What is asked for already is refused: nothing doubles."""
    found: dict[int, Asked] = {}
    for row in table.rows:
        if row.is_broken:
            continue
        fields = Fields(row, errors)
        name = fields.code("signal")
        ask = _ask(fields, known)
        if name in {each.name for each in found.values()}:
            fields.refuse("signal", "duplicate")
        elif name and (names.signal(name) is not None or names.order(name) is not None):
            fields.refuse("signal", "known_already")
        if ask is not None and fields.is_good:
            found[fields.line] = Asked(name, lambda facts, name=name, ask=ask: _raise(facts, name, ask))  # type: ignore[misc]
    return found


def _raise(facts: Facts, name: str, ask: Ask) -> Pulled:
    """Another file may have come in between: then it is asked for already."""
    return Pulled() if facts.is_taken(name) else raised(facts, ask, name=name)[1]


def _ask(fields: Fields, known: Known) -> Ask | None:
    item = known.item(fields)
    if item is None:
        return None
    if item.components:
        fields.refuse("item", "not_allowed", allowed="an item that is stocked: a kit is asked for by an order")
    quantity = fields.quantity("quantity", item.decimals)
    if fields.is_good and not quantity:
        fields.refuse("quantity", "out_of_range", allowed="more than 0")
    if not is_whole(item, quantity):
        fields.refuse("quantity", "not_allowed", allowed="whole pieces, because the item is tracked by serial")
    sequence = fields.text("sequence", longest=MAX_CODE)
    rank = fields.whole("rank", low=1, high=MOST_RANKS, default=0)
    if bool(sequence) is not bool(rank):
        fields.refuse("rank" if sequence else "sequence", "missing")
    supplier = fields.text("supplier", longest=MAX_CODE)
    if supplier and sequence:
        fields.refuse("supplier", "not_allowed", allowed="empty in a sequence: it is served from the machine")
    return Ask(
        item=item.code,
        quantity=quantity,
        consumer=fields.text("consumer", is_required=True, longest=MAX_CODE),
        origin=Origin.SEQUENCE if sequence else Origin.CALL,
        need_by=fields.moment("need_by"),
        supplier=supplier,
        sequence=sequence,
        rank=rank,
        host_key=fields.text("host_key"),
    )


def read_steps(table: Table, errors: ErrorList, *, names: SignalNames, at: datetime) -> dict[int, Asked]:
    """The good rows of steps. A step that does not fit its signal now is refused, with what the signal is."""
    found: dict[int, Asked] = {}
    for row in table.rows:
        if row.is_broken:
            continue
        fields = Fields(row, errors)
        step = fields.choice("step", HostStep)
        reason = fields.text("reason")
        card, signal = fields.text("card", longest=MAX_CODE), fields.text("signal", longest=MAX_CODE)
        if bool(card) is bool(signal):
            fields.refuse("signal", "missing", allowed="signal or card, and not both")
        if not fields.is_good:
            continue
        if step is HostStep.CALL:
            decide = _call(fields, card, names, at)
        else:
            decide = _step(fields, card, signal, Step(step.value), reason, names=names, at=at)
        if fields.is_good:
            found[fields.line] = Asked(card or signal, decide)
    return found


def _call(fields: Fields, card: str, names: SignalNames, at: datetime) -> Decide:
    if not card:
        fields.refuse("card", "missing", allowed="the card that calls")

    def decide(facts: Facts) -> Pulled:
        return cards.scanned(facts, card, at, said=cards.Scanned.RETURNED).pulled

    def look(facts: Facts) -> Pulled:
        turn = cards.scanned(facts, card, at, said=cards.Scanned.RETURNED)
        if turn.came_to in (cards.Scanned.UNKNOWN, cards.Scanned.SURPLUS, cards.Scanned.IDLE):
            fields.refuse("card", f"card_{turn.came_to}")
        return Pulled()

    names.look_pull(look)
    return decide


def _step(fields: Fields, card: str, signal: str, step: Step, reason: str, *, names: SignalNames, at: datetime) -> Decide:
    def of(facts: Facts) -> PullSignal | None:
        return facts.signal_of_card(card) if card else facts.signal(signal)

    def look(facts: Facts) -> Pulled:
        found = of(facts)
        if found is None:
            fields.refuse("card" if card else "signal", "unknown_signal")
        elif why := why_not(found, step, at, reason=reason):
            fields.refuse("step", why, allowed=f"a step that fits: it is {found.state}")
        return Pulled()

    def decide(facts: Facts) -> Pulled:
        found = of(facts)
        return Pulled() if found is None else stepped(facts, found.signal, step, at, reason=reason, proof=HOST)[0]

    names.look_pull(look)
    return decide
