"""Our stock and the host's at a common cut-off, by item, lot and owner. Pure: nothing is corrected.

The cut-off is what the host knew when it wrote its file: up to an event of the log (`epoch`, `seq`, as our stock file names it),
up to a moment (`at`), or, where the file says neither, what it has acknowledged. What was booked after it is on its way, and
explains a difference; the rest is a difference that somebody has to look at.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from station.hosts.power_pick import Exported, ExportState
from station.hosts.snapshot import Key, StockRow
from station.movements import Movement, movement_of
from station.values import EventRow, Item

MOST_EVENTS = 200  # told of one difference; how many there are in all is told too


class Agreement(StrEnum):
    """How a row stands."""

    EQUAL = "equal"
    IN_TRANSIT = "in_transit"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutoff:
    """What the host knew: an event of the log, or a moment; neither: what it acknowledged."""

    epoch: str = ""
    seq: int = 0
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One item, lot and owner, scaled. `ours` is the book now, `in_transit` what of it the host cannot know yet, `difference`
    what is left: ours less in_transit less the host's. `events` are the newest movements since the last agreement, `all_events`
    their number."""

    item: Item
    lot: str
    owner: str
    state: Agreement
    ours: int
    host: int
    in_transit: int
    difference: int
    events: tuple[Movement, ...] = ()
    all_events: int = 0

    @property
    def key(self) -> Key:
        return self.item.code, self.lot, self.owner


@dataclass(slots=True)
class Since:
    """The movements of one key that matter here."""

    in_transit: int = 0
    was_loaded: bool = False  # from a file of the host's, after the cut-off: what was before it says nothing
    newest: list[Movement] = field(default_factory=list)
    all: int = 0

    def take(self, movement: Movement, *, is_known: bool, is_new: bool) -> None:
        if is_new:
            self.all += 1
            self.newest = [*self.newest[-(MOST_EVENTS - 1) :], movement]
        if is_known:
            return
        if movement.change is None:
            self.in_transit, self.was_loaded = 0, True
        else:
            self.in_transit += movement.change


def movements_since(
    events: Iterable[EventRow],
    *,
    is_known: Callable[[EventRow, Mapping[str, Any]], bool],
    agreed: Callable[[Key], tuple[str, int]],
) -> dict[Key, Since]:
    """By key, from all movements of the log in its order; `agreed` is the place in the log of a key's last agreement."""
    found: dict[Key, Since] = {}
    passed: dict[Key, bool] = {}
    for event in events:
        data = json.loads(event.body)["data"]
        movement = movement_of(event, data)
        if movement is None:
            continue
        key = data["item"], data["lot"], data["owner"]
        epoch, seq = agreed(key)
        is_new = passed.get(key, not epoch) or (event.epoch == epoch and event.seq > seq)
        passed[key] = is_new
        found.setdefault(key, Since()).take(movement, is_known=is_known(event, data), is_new=is_new)
    return found


def knower(
    cutoff: Cutoff, exported: Exported, undone: frozenset[str], epochs: Sequence[str]
) -> Callable[[EventRow, Mapping[str, Any]], bool]:
    """Whether the host knew of a movement at its cut-off. `epochs` are those of the log in their order."""

    def by_place(event: EventRow, data: Mapping[str, Any]) -> bool:
        return (epochs.index(event.epoch), event.seq) <= (epochs.index(cutoff.epoch), cutoff.seq)

    def by_time(event: EventRow, data: Mapping[str, Any]) -> bool:
        return cutoff.at is None or event.at <= cutoff.at

    def by_acknowledgement(event: EventRow, data: Mapping[str, Any]) -> bool:
        state = exported.state_of(event, data, is_undone=event.id in undone)
        return state in (ExportState.DONE, ExportState.NOT_TO_BE_EXPORTED)

    if cutoff.epoch in epochs:
        return by_place
    return by_time if cutoff.at is not None else by_acknowledgement


def compare(
    ours: Sequence[StockRow], theirs: Mapping[Key, int], items: Mapping[str, Item], since: Mapping[Key, Since]
) -> tuple[Compared, ...]:
    """One row for each key that either has anything of; an item that only the host knows counts as ours with nothing."""
    booked = {each.key: each.quantity for each in ours}
    keys = sorted({key for key, quantity in booked.items() if quantity} | set(theirs))
    return tuple(_compared(key, booked.get(key, 0), theirs.get(key, 0), items, since.get(key, Since())) for key in keys)


def _compared(key: Key, ours: int, host: int, items: Mapping[str, Item], since: Since) -> Compared:
    code, lot, owner = key
    on_the_way = 0 if since.was_loaded else since.in_transit
    difference = ours - on_the_way - host
    if ours == host:  # also where the host was quicker than its acknowledgement
        state, on_the_way, difference = Agreement.EQUAL, 0, 0
    else:
        state = Agreement.DIFFERENT if difference else Agreement.IN_TRANSIT
    told = tuple(reversed(since.newest)) if state is not Agreement.EQUAL else ()
    return Compared(
        item=items.get(code) or Item(code=code, name=""),
        lot=lot,
        owner=owner,
        state=state,
        ours=ours,
        host=host,
        in_transit=on_the_way,
        difference=difference,
        events=told,
        all_events=since.all if told else 0,
    )
