"""Trays and items at the supervisor's desk, and the tray that is built, as the window shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from station.storage.balance import Balance
from station.storage.page import Builder, Show
from station.values import Tray, TrayUse
from station.view.action import Offer
from station.view.ask import Ask

if TYPE_CHECKING:
    from station.storage.desk import Proposed, StorageDesk


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltFace:
    """`shown` is the tray as it is drawn: the draft, with the wall that is being placed. `tools` are what can be done now, `new`
    the compartments that are not as they are in the store, `stocked` those with goods."""

    builder: Builder
    shown: Tray
    tools: tuple[str, ...]
    new: tuple[str, ...]
    stocked: frozenset[str]
    balance: Balance


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageFace:
    """One of the lists, a question about one of its rows, or a tray that is built. `wait` says what is awaited."""

    show: Show
    offers: tuple[Offer, ...] = ()
    uses: tuple[TrayUse, ...] | None = None
    desk: StorageDesk | None = None
    item: str = ""
    ask: Ask | None = None
    about: Proposed | None = None
    built: BuiltFace | None = None
    wait: str = ""
