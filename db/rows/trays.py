"""Trays and their compartments: the places of a machine. Lengths are mm, weights g."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

RECEIVING: Final = "receiving-"  # before a station's name, for a machine: the places where goods lie that came in there


@dataclass(frozen=True, slots=True)
class Place:
    """A compartment of a tray of a machine."""

    machine: str
    tray: int
    compartment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Compartment:
    """A cell of a tray between dividers. Position is its front-left corner. `storage_class`: what it is fit for beyond ordinary
    goods, () as the tray; `access`: the right that a person needs, "" for none; `max_height_mm` of what lies there, 0
    as the tray."""

    label: str
    x_mm: int
    y_mm: int
    width_mm: int
    depth_mm: int
    storage_class: tuple[str, ...] = ()
    access: str = ""
    max_height_mm: int = 0

    @property
    def centre_mm(self) -> tuple[int, int]:
        """Where the pointer lights it."""
        return self.x_mm + self.width_mm // 2, self.y_mm + self.depth_mm // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Tray:
    """A tray with its compartments. `storage_class`, `access` and `max_height_mm` as of a compartment; 0 mm: not known. Its
    dividers stand on multiples of `pitch_mm` from its left edge; 0: nothing is divided at the bay."""

    machine: str
    number: int
    name: str = ""
    width_mm: int
    depth_mm: int
    max_weight_g: int = 0
    storage_class: tuple[str, ...] = ()
    access: str = ""
    max_height_mm: int = 0
    pitch_mm: int = 0
    compartments: tuple[Compartment, ...] = ()

    def compartment(self, label: str) -> Compartment | None:
        """The compartment with this label, or None."""
        return next((each for each in self.compartments if each.label == label), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutChange:
    """A tray became another one: event `event` ("epoch-seq") in place `n` told so at `at`, and it was so from `since` on (both as
    the log has moments). `before` None: the tray was new. `undoes` names the change that this one took back."""

    event: str
    n: int
    at: str
    since: str
    why: str
    person: str
    before: Tray | None
    after: Tray | None
    undoes: str = ""


@dataclass(frozen=True, slots=True)
class TrayUse:
    """How full a tray is: in `used` of its `cells` compartments something lies, `weight_g` of all by the book."""

    number: int
    name: str
    width_mm: int
    depth_mm: int
    pitch_mm: int
    max_weight_g: int
    cells: int
    used: int
    weight_g: int


@dataclass(frozen=True, slots=True)
class Lock:
    """A tray that not everybody may call: `what` is on it (tray, compartment or item) that asks for the `right`."""

    tray: int
    right: str
    what: str
