"""Labels and packing slips on their way to paper.

Nothing here names its order, item or tray as stock events do: a print is no work on them, and is not to be counted as such.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from db.records.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelQueued(Record):
    """`label` is to come out of `printer`, after what waits there already. The `of_*` name what it is about; names and lines are
    read when it is printed. `cause` is the rule, or `person`. Printed again it is a copy: `copy_of` names the first job, and the
    log adds its number."""

    kind: ClassVar[str] = "label_queued"
    job: str
    printer: str
    label: str  # compartment | tray | tote | kanban | item | button | packing_slip
    cause: str  # tray_end | tote_end | order_end | receipt | person
    of_machine: str = ""
    of_tray: int | None = None
    of_compartment: str = ""
    of_visit: int = 0  # the items that moved in this visit of the tray; 0: the label is of the tray itself
    of_order: str = ""
    of_item: str = ""
    of_lot: str = ""
    of_serial: str = ""
    of_quantity: int | None = None
    of_tote: str = ""
    of_card: str = ""
    of_word: str = ""
    copy_of: str = ""
    copy: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSending(Record):
    """Written before the first byte of the label leaves. Without an end behind it, nobody knows whether it was printed."""

    kind: ClassVar[str] = "label_sending"
    job: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelPrinted(Record):
    """`proof`: answered (the printer answered behind the label), taken (it took all of it and closed in order), spooled (CUPS
    has it), nothing (there was nothing to print)."""

    kind: ClassVar[str] = "label_printed"
    job: str
    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelFailed(Record):
    """`outcome` not_done: nothing was sent, the job waits on and is tried again by itself; the same reason is told once. unknown:
    it was cut off on the way, and only a person has it printed again. impossible: nothing was sent, and nothing ever will be."""

    kind: ClassVar[str] = "label_failed"
    job: str
    outcome: str  # not_done | unknown | impossible
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelDropped(Record):
    """Nobody wants it any more."""

    kind: ClassVar[str] = "label_dropped"
    job: str
