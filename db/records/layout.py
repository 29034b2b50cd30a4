"""How a tray is divided from a moment on, as a person, a file or a divider at the bay made it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record

IMPORTED, DIVIDED, BUILT, UNDONE = "imported", "divided", "built", "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayChanged(Record):
    """A tray is another one from `since` on ("": from this event on): other compartments, sizes, height or load, or it is new.
    `before` and `after` are all of it as JSON; `before` "": there was no such tray. `file` is the one that said so, `undoes` the
    event ("epoch-seq") that this one takes back."""

    kind: ClassVar[str] = "tray_changed"
    machine: str
    tray: int
    why: str  # imported | divided | built | undone
    since: str = ""
    before: str = ""
    after: str
    file: str = ""
    undoes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MachineChanged(Record):
    """The machine is another one than at the start before, by the settings: its height, or the levels that its trays lie at. What
    is learnt of its times before speaks of another one."""

    kind: ClassVar[str] = "machine_changed"
    machine: str
    form: str  # lift | carousel
    height_mm: int
    levels: str  # as the setting has them; "": not said
    height_before_mm: int
    levels_before: str
