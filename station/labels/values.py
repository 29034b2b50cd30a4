"""The labels of a station as frozen values. `code` is the text that is scanned, in the form in which the station reads it.

Quantities are scaled integers of the item; where a label has one, `item` says its unit. A `code` of "" is carried by no symbol:
a name with a blank or a letter that bars cannot say would make a code that nobody reads, which is worse than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from station.codes import own
from station.scan import COMMAND_PREFIX, PlaceScan, TrayScan, classify, place_label, tray_label
from station.values import Item, Place

LONGEST_CODE = 48  # in bars, more is wider than a label
_SAID = re.compile(r"[!-~]+")


def _if_said(text: str) -> str:
    """The text, or "" where a symbol cannot say it to every scanner."""
    return text if len(text) <= LONGEST_CODE and _SAID.fullmatch(text) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CompartmentLabel:
    """At a compartment's front edge."""

    place: Place

    @property
    def code(self) -> str:
        code = _if_said(place_label(self.place))
        return code if classify(code) == PlaceScan(self.place) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayLabel:
    """At a tray's front, read where nobody knows which tray is at the bay. `name` is the site's own, or ""."""

    machine: str
    tray: int
    name: str = ""

    @property
    def code(self) -> str:
        code = _if_said(tray_label(self.machine, self.tray))
        return code if classify(code) == TrayScan(self.machine, self.tray) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToteLabel:
    """On a tote: its name, and the order in it, "" for a label that stays on the tote."""

    tote: str
    order: str = ""
    destination: str = ""

    @property
    def code(self) -> str:
        return _if_said(own.TOTE + self.tote) if self.tote else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KanbanLabel:
    """A card of a kanban loop: what it asks for, and for whom. `quantity` 0: the card does not say."""

    card: str
    item_code: str
    item: Item | None
    quantity: int = 0
    destination: str = ""

    @property
    def code(self) -> str:
        return _if_said(own.KANBAN + self.card) if self.card else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemLabel:
    """On pieces that leave or come. `code` is the item's own: the station takes it as proof. `item` None: the site does not know
    it; `quantity` None: not said."""

    item_code: str
    item: Item | None
    lot: str = ""
    serial: str = ""
    quantity: int | None = None
    order: str = ""
    destination: str = ""
    place: Place | None = None
    at: datetime | None = None

    @property
    def code(self) -> str:
        return _if_said(self.item_code)


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonLabel:
    """A printed command: `word` as the station knows it ("CONFIRM")."""

    word: str

    @property
    def code(self) -> str:
        return COMMAND_PREFIX + self.word


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipLine:
    """One line of an order as it ended. `lots` are what was really taken, each with its quantity."""

    line: str
    item_code: str
    item: Item | None
    asked: int
    done: int
    state: str  # open | skipped | confirmed | short | cancelled
    reason: str = ""
    lots: tuple[tuple[str, int], ...] = ()

    @property
    def missing(self) -> int:
        """What the receiver does not get, 0 or more."""
        return max(0, self.asked - self.done)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackingSlip:
    """What goes with an order: every line, also those of which nothing came."""

    order: str
    destination: str = ""
    lines: tuple[SlipLine, ...] = ()
    at: datetime | None = None
    host_key: str = ""

    @property
    def code(self) -> str:
        return _if_said(self.order)

    @property
    def shorts(self) -> tuple[SlipLine, ...]:
        """The lines of which less came than was asked."""
        return tuple(each for each in self.lines if each.missing)


Label = CompartmentLabel | TrayLabel | ToteLabel | KanbanLabel | ItemLabel | ButtonLabel | PackingSlip


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One label as it goes to paper. `copy` 0 is the original; a copy says on itself which one it is."""

    label: Label
    copy: int = 0
