"""What a command line wants on labels: as jobs, the same whether they are drawn here or wait at a printer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.library import Library
    from station.labels.values import Printed
    from station.values import LabelAbout


class WantedError(ValueError):
    """What is wanted is not there; `code` is no_tray, no_compartment, no_item, no_order, no_quantity, no_loop or
    which_machine."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(f"{code} {name}")
        self.code = code
        self.name = name


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Labels of one kind. `names` are totes, cards, items or orders; empty trays mean all of the machine. `quantity` as typed."""

    label: str
    names: tuple[str, ...] = ()
    machine: str = ""
    trays: tuple[int, ...] = ()
    compartment: str = ""
    item: str = ""
    lot: str = ""
    quantity: str = ""
    loop: str = ""


def abouts_of(wanted: Wanted, library: Library) -> tuple[LabelAbout, ...]:
    """One for each label. Raises WantedError, StoreError."""
    return tuple(_abouts(wanted, library))


def _abouts(wanted: Wanted, library: Library) -> Iterator[LabelAbout]:
    from station.core import printed
    from station.values import LabelAbout

    match wanted.label:
        case "compartment" | "tray":
            yield from _of_trays(wanted, library)
        case "tote":
            yield from (LabelAbout(tote=name) for name in wanted.names)
        case "button":
            yield from (LabelAbout(word=word) for word in printed.SHEET)
        case "packing_slip":
            for name in wanted.names:
                if library.order(name) is None:
                    raise WantedError("no_order", name)
                yield LabelAbout(order=name)
        case "kanban" if wanted.loop:
            found = next((each for each in library.loops() if each.loop == wanted.loop), None)
            if found is None:
                raise WantedError("no_loop", wanted.loop)
            cards = wanted.names or tuple(f"{found.loop}-{number}" for number in range(1, found.cards + 1))
            yield from (LabelAbout(card=name, item=found.item, quantity=found.container) for name in cards)
        case "kanban":
            quantity = _quantity(wanted, wanted.item, library)
            yield from (LabelAbout(card=name, item=wanted.item, quantity=quantity) for name in wanted.names)
        case _:
            for name in wanted.names:
                yield LabelAbout(item=name, lot=wanted.lot, quantity=_quantity(wanted, name, library))


def _quantity(wanted: Wanted, code: str, library: Library) -> int | None:
    from station.quantity import from_text

    item = library.item(code)
    if item is None:
        raise WantedError("no_item", code)
    if not wanted.quantity:
        return None
    try:
        return from_text(wanted.quantity, item.decimals)
    except ValueError as error:
        raise WantedError("no_quantity", wanted.quantity) from error


def _of_trays(wanted: Wanted, library: Library) -> Iterator[LabelAbout]:
    from station.values import LabelAbout

    machines = (wanted.machine,) if wanted.machine else library.machines()
    if len(machines) != 1:
        raise WantedError("which_machine", ", ".join(machines))
    trays = {each.number: each for each in library.trays(machines[0])}
    for number in wanted.trays or tuple(trays):
        if number not in trays:
            raise WantedError("no_tray", str(number))
        if wanted.label == "tray":
            yield LabelAbout(machine=machines[0], tray=number)
            continue
        found = [each.label for each in trays[number].compartments if wanted.compartment in ("", each.label)]
        if not found and wanted.compartment:
            raise WantedError("no_compartment", wanted.compartment)
        yield from (LabelAbout(machine=machines[0], tray=number, compartment=each) for each in found)


def labels_of(label: str, abouts: Sequence[LabelAbout], library: Library) -> tuple[Printed, ...]:
    """The labels as they are drawn. Raises StoreError."""
    from station.printing.reading import LabelReading
    from station.values import PrintJob, PrintState

    now = datetime.now(UTC)
    reading = LabelReading(library, lambda: now)
    made: list[Printed] = []
    for about in abouts:
        job = PrintJob(
            job="", printer="", label=label, cause="person", about=about, state=PrintState.QUEUED, queued_at=now, changed_at=now
        )
        made.extend(reading.labels_of(job) or ())
    return tuple(made)


def job_values(label: str, about: LabelAbout) -> dict[str, object]:
    """A job as a request has it: what differs from nothing."""
    empty = {each.name: each.default for each in fields(about)}
    return {"label": label, **{name: value for name, value in asdict(about).items() if value != empty[name]}}
