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
