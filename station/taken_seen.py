"""What is out of its compartment on somebody's account, with the names for it. Pure, but for `taken_seen`, which reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from db.rows.taken import HAND, TOOL
from station.values import Item, Person, Taken


@dataclass(frozen=True, slots=True)
class TakenSeen:
    """The account, the item (None: it is known here no more), and the name of who has it: "" for a job, or where erased."""

    taken: Taken
    item: Item | None
    name: str = ""

    @property
    def is_tool(self) -> bool:
        return self.taken.account == TOOL

    @property
    def who(self) -> str:
        return self.taken.job or self.name or self.taken.holder


class TakenStore(Protocol):
    """What is asked of the store."""

    def taken(self) -> tuple[Taken, ...]: ...

    def items_named(self, codes: Iterable[str]) -> tuple[Item, ...]: ...

    def person(self, person: str) -> Person | None: ...


def taken_seen(store: TakenStore, *machines: str) -> tuple[TakenSeen, ...]:
    """All that is out of these machines and zones (of all where none is named), what is out longest first."""
    found = [each for each in store.taken() if not machines or each.machine in machines]
    if not found:
        return ()
    items = {each.code: each for each in store.items_named({each.key.item for each in found})}
    people = {each.holder: store.person(each.holder) for each in found if each.holder}
    names = {who: person.name if person is not None else "" for who, person in people.items()}
    return tuple(TakenSeen(each, items.get(each.key.item), names.get(each.holder, "")) for each in found)


def in_hand(seen: Sequence[TakenSeen], person: str) -> tuple[Taken, ...]:
    """What this person has in the hand."""
    return tuple(each.taken for each in seen if each.taken.account == HAND and each.taken.holder == person)


def in_hands(seen: Sequence[TakenSeen]) -> tuple[Taken, ...]:
    """What anybody has in the hand."""
    return tuple(each.taken for each in seen if each.taken.account == HAND)


def lent(seen: Sequence[TakenSeen], now: datetime) -> tuple[TakenSeen, ...]:
    """The tools that are out: what is overdue before the rest, then as they are due."""
    out = [each for each in seen if each.is_tool]
    far = datetime.max.replace(tzinfo=now.tzinfo)
    return tuple(sorted(out, key=lambda each: (not each.taken.is_overdue(now), each.taken.due_at or far, each.taken.since)))
