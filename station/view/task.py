"""One line at one compartment: the screen of the working day."""

from __future__ import annotations

from dataclasses import dataclass, field

from station.rules.put_away import Proposal
from station.task import KitTag
from station.values import Item, StockKey
from station.view.action import Offer
from station.view.ask import Ask
from station.view.message import Message
from station.view.tray_map import TrayMap
from station.view.wait import Wait
from station.view.weighing import Weighing


@dataclass(frozen=True, slots=True)
class ToteTag:
    """The put place and the tote that the goods go into. `is_dead`: its lamp shows nothing, the screen has to."""

    position: str
    tote: str
    is_dead: bool = False


@dataclass(frozen=True, slots=True)
class ZoneTag:
    """A place without a lift: its zone, what that is called, and the place as it stands on its label."""

    name: str
    title: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Handling:
    """What the hands should know before they take it. `heavy_g`: what moves weighs so much that it is said, 0: it is not
    heavy."""

    is_fragile: bool = False
    heavy_g: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadAfter:
    """The tray as it leaves the bay, by the book; `max_g` 0: not known."""

    weight_g: int
    height_mm: int
    max_g: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFace:
    """One line at one compartment: pick, put, count or hold. The screen of the working day."""

    mode: str  # pick | put | count | hold (it stays there, under another status) | load_pick | load_put
    order: str  # "" for direct work
    line_no: int
    line_count: int
    destination: str
    item: Item | None  # None only while a direct put waits for its item
    key: StockKey | None
    asked: int  # of this task, at this compartment
    scanned: int  # pieces proven by scan so far (scan_each)
    book: int | None  # in the compartment as the store holds it; None where it must not be shown (count)
    left_after: int | None
    confirm_quantity: int  # what the primary button would book now
    tray: int
    compartment: str
    map: TrayMap | None
    is_here: bool  # the tray is known to be at the bay, so that the work can be done
    is_locked: bool  # a wrong scan locks Confirm
    offers: tuple[Offer, ...]
    wait: Wait | None = None
    ask: Ask | None = None
    reason: str = ""  # direct work: why
    note: str = ""
    next_label: str = ""  # the next compartment on this tray, or ""
    weighing: Weighing | None = None
    handling: Handling = field(default_factory=Handling)
    load: LoadAfter | None = None  # before the tray is sent: after the last task on it
    reasons: tuple[str, ...] = ()  # of a put whose place was proposed
    runners_up: tuple[Proposal, ...] = ()  # that one touch takes instead; none while that cannot be
    departure: str = ""  # why another lot than the rule says
    tote: ToteTag | None = None
    rank: int = 0  # of `ranks` in the sequence that the order leaves in; 0: none
    ranks: int = 0
    kit: KitTag | None = None  # of which kit it is a part
    zone: ZoneTag | None = None  # where no lift brings it
    waiting: int = 0  # tasks of the round, this one too
    orders: tuple[str, ...] = ()  # several that are taken for in one go
    tray_why: Message | None = None  # why this tray comes next, until it is here
