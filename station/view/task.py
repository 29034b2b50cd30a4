"""One line at one compartment: the screen of the working day."""

from __future__ import annotations

from dataclasses import dataclass

from station.values import Item, StockKey
from station.view.action import Offer
from station.view.ask import Ask
from station.view.tray_map import TrayMap
from station.view.wait import Wait
from station.view.weighing import Weighing


@dataclass(frozen=True, slots=True)
class ToteTag:
    """The put place and the tote that the goods go into. `is_dead`: its lamp shows nothing, the screen has to."""

    position: str
    tote: str
    is_dead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFace:
    """One line at one compartment: pick, put or count. The screen of the working day."""

    mode: str  # pick | put | count
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
    tote: ToteTag | None = None
    rank: int = 0  # of `ranks` in the sequence that the order leaves in; 0: none
    ranks: int = 0
    orders: tuple[str, ...] = ()  # several that are taken for in one go
