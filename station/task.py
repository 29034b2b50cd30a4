"""A task: one line at one compartment. What allocation makes, what the flows work through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from station.beside import Beside
from station.load_plan import LoadPlan
from station.outages import OPENING_CHECK
from station.rules.put_away import Proposal
from station.values import CountAsked, HeldCount, Item, Place, Stock, StockKey, ZeroCheck

# Why something is counted that no order asks for, beside what a person says.
OFFERED = "offered"
SECOND_COUNT = "second_count"
HOLD = "hold"


class Mode(StrEnum):
    """What is done at the compartment; the screen's word for the task."""

    PICK = "pick"
    PUT = "put"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class KitTag:
    """That a line is part `number` of `parts` of `asked` kits; number 0: it is whole kits."""

    kit: str
    asked: int
    number: int
    parts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line at one compartment.

    `quantity` is what this task asks at this place, `line_asked` what the whole line asks. Direct work has no order; its
    `reason` is what the person said. `number` tells apart the tasks of one line. A zero check is a count of which only the
    question is left whether the compartment is empty: its pick was booked before. `was_seen` says that the book's figure stood
    on the screen before the count, which is not blind then. `is_count_due`: the tray was moved without the station, and this is
    counted at its visit, whatever else the visit is for; only a supervisor lets it go without. `is_offer`: it is only offered,
    because the tray is at the bay anyway. `departure`: why another lot than the item's issue rule says was chosen. Of a put
    whose place was proposed, `reasons` say why it was, and `runners_up` are the next best places. `rank` of `ranks` is its place
    in the `sequence` that its order leaves in, 0 for none: such a task waits for all before it. `kit`: of which kit
    it is a part. `tote` at the put place
    `position` is what the order is bound to, "" where it is bound to none. `shares` are the tasks of several lines that are
    taken in one go and parted into their totes; `quantity` is their sum then, the most urgent one first. `source`: where the
    goods of a put lie in the book until then, None where the book does not know them yet. `beside` is what the
    booking of other work means more than its movement.
    """

    mode: Mode
    order: str
    line: str
    number: int
    line_no: int
    line_count: int
    item: Item
    key: StockKey
    place: Place
    quantity: int
    line_asked: int
    destination: str = ""
    note: str = ""
    reason: str = ""
    is_zero_check: bool = False
    was_seen: bool = False
    is_count_due: bool = False
    is_offer: bool = False
    load: LoadPlan | None = None  # the task moves a load, and no stock
    departure: str = ""
    reasons: tuple[str, ...] = ()
    runners_up: tuple[Proposal, ...] = ()
    sequence: str = ""
    rank: int = 0
    ranks: int = 0
    tote: str = ""
    position: str = ""
    kit: KitTag | None = None
    shares: tuple[Task, ...] = ()
    source: Place | None = None
    beside: Beside | None = None

    @property
    def is_direct(self) -> bool:
        return not self.order

    @property
    def stays(self) -> bool:
        """Whether nothing is moved: the goods stay in the compartment, under another status."""
        return self.beside is not None and self.beside.becomes is not None

    @property
    def word(self) -> str:
        """What the hands do, the word of the screen and of its sentences: the mode, but of a load, of what stays where it lies
        ("hold"), and of what was found here and is taken out in the same step it is booked in."""
        if self.load is not None:
            return f"load_{self.mode}"
        if self.beside is not None and self.beside.goes_on:
            return str(Mode.PICK)
        return HOLD if self.stays else str(self.mode)

    @property
    def two_person(self) -> bool:
        """Whether another person confirms it: the item asks for it, or what is done with so much of it."""
        return self.item.two_person or (self.beside is not None and self.beside.needs_second)

    @property
    def is_plain_count(self) -> bool:
        """Whether it counts, and is not what is left of a pick."""
        return self.mode is Mode.COUNT and not self.is_zero_check


def zero_check_task(check: ZeroCheck, item: Item) -> Task:
    """The task that asks an open zero check again. It belongs to no line: its pick was booked, and may have closed the line."""
    return replace(_count_of_no_line(check.place, check.key, item), reason="zero_check", is_zero_check=True)


def count_due_task(due: CountAsked, item: Item) -> Task:
    """The task that counts what was moved without the station, or opening stock. It belongs to no line."""
    reason = OPENING_CHECK if due.why == OPENING_CHECK else "count_due"
    return replace(_count_of_no_line(due.place, due.key, item), reason=reason, is_count_due=True)


def offered_count(stock: Stock, item: Item) -> Task:
    """The task that is offered while its tray is at the bay anyway. It belongs to no line."""
    return replace(_count_of_no_line(stock.place, stock.key, item), reason=OFFERED, is_offer=True)


def held_count_task(held: HeldCount, item: Item) -> Task:
    """The task that counts what waits for a different person. It belongs to no line."""
    return replace(_count_of_no_line(held.place, held.key, item), reason=SECOND_COUNT)


def _count_of_no_line(place: Place, key: StockKey, item: Item) -> Task:
    return Task(
        mode=Mode.COUNT,
        order="",
        line="",
        number=1,
        line_no=1,
        line_count=1,
        item=item,
        key=key,
        place=place,
        quantity=0,
        line_asked=0,
    )
