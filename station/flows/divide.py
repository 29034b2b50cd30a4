"""A divider is put into a compartment of the tray at the bay: its free part becomes a compartment of its own. Pure.

Looking -> Placing (the divider stands on the tray's pitch; left, right, the other part) -> [AskFree: is the new part empty?] ->
Dividing -> Looking. The part with the goods keeps the label, so that what lies there keeps its place; the new one has the same
and a letter. Nothing is changed before the last answer, and nothing where goods lie in the new part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from db.records.receipts import CompartmentDivided
from station import commands as do
from station.values import Compartment, Stock, Tray
from station.view.message import Level, Message

LEAST_MM = 20  # a part is at least so wide
LONGEST_LABEL = 8
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Placing:
    """Where the divider is to stand: `places` are its distances from the left edge of the tray, `at` is the one that is shown.
    `is_left`: the left part is the new one."""

    label: str
    places: tuple[int, ...]
    at: int
    is_left: bool = False


@dataclass(frozen=True, slots=True)
class AskFree:
    """Is the new part empty?"""

    placing: Placing


@dataclass(frozen=True, slots=True)
class Dividing:
    """The new layout is on its way to the disk."""

    placing: Placing


DivideStep = Placing | AskFree | Dividing


@dataclass(frozen=True, slots=True)
class Divided:
    """The new layout is on the disk, or `why` it is not: changed, occupied, or a store's code."""

    tray: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class DivideTray:
    """Take this layout over, write the record and print the label."""

    before: Tray
    after: Tray
    record: CompartmentDivided


Outcome = tuple[DivideStep | None, DivideTray | Message | None]  # None in the first place: back to looking


def begin(tray: Tray, label: str) -> Placing | Message:
    """The divider in the middle, or why there is none."""
    cell = tray.compartment(label)
    places = _places(tray, cell) if cell is not None else ()
    params: dict[str, str | int] = {"compartment": label, "tray": tray.number}
    if not tray.pitch_mm:
        return Message("divide_no_pitch", Level.ACT, params, error="O425")
    if not places or not new_label(tray, label):
        return Message("divide_too_small", Level.ACT, params, error="O427")
    return Placing(label, places, len(places) // 2)


def advance(step: DivideStep, event: object, *, tray: Tray, contents: Sequence[Stock]) -> Outcome:
    """The next step and what it asks for or says. An event that means nothing here changes nothing."""
    match step, event:
        case Placing() | AskFree(), do.Back():
            return (None if isinstance(step, Placing) else step.placing), None
        case Placing(places=places, at=at), do.MoveDivider(steps=steps):
            return replace(step, at=min(max(at + steps, 0), len(places) - 1)), None
        case Placing(is_left=is_left), do.OtherPart():
            return replace(step, is_left=not is_left), None
        case Placing(label=label), do.DivideHere():
            if any(each.place.compartment == label and each.quantity for each in contents):
                return AskFree(step), None
            return Dividing(step), _wish(step, tray)
        case AskFree(placing), do.Choose(key="part_is_free"):
            return Dividing(placing), _wish(placing, tray)
        case AskFree(placing), do.Choose(key="part_has_goods"):
            return placing, Message("divide_has_goods", Level.ACT, {"compartment": new_label(tray, placing.label)}, error="O426")
        case Dividing(placing), Divided(why=why):
            return _ended(placing, why, tray)
        case _:
            return step, None


def preview(tray: Tray, placing: Placing) -> Tray:
    """The tray as it would be."""
    cell = tray.compartment(placing.label)
    if cell is None:
        return tray
    wall_mm = placing.places[placing.at]
    left = replace(cell, width_mm=wall_mm - cell.x_mm)
    right = replace(cell, x_mm=wall_mm, width_mm=cell.x_mm + cell.width_mm - wall_mm)
    new = new_label(tray, placing.label)
    parts = (replace(left, label=new), right) if placing.is_left else (left, replace(right, label=new))
    cells = tuple(part for each in tray.compartments for part in (parts if each.label == placing.label else (each,)))
    return replace(tray, compartments=cells)


def new_label(tray: Tray, label: str) -> str:
    """The label of the new part; "" where there is none that is free and short enough."""
    taken = {each.label for each in tray.compartments}
    found = (label + letter for letter in _LETTERS if label + letter not in taken)
    first = next(found, "")
    return first if len(first) <= LONGEST_LABEL else ""


def _places(tray: Tray, cell: Compartment) -> tuple[int, ...]:
    """Where a divider can stand in a compartment: on the tray's pitch, with room at both sides."""
    if not tray.pitch_mm:
        return ()
    first, last = cell.x_mm + LEAST_MM, cell.x_mm + cell.width_mm - LEAST_MM
    return tuple(at for at in range(tray.pitch_mm, tray.width_mm, tray.pitch_mm) if first <= at <= last)


def _wish(placing: Placing, tray: Tray) -> DivideTray:
    after, new = preview(tray, placing), new_label(tray, placing.label)
    kept, made = after.compartment(placing.label), after.compartment(new)
    record = CompartmentDivided(
        machine=tray.machine,
        tray=tray.number,
        compartment=placing.label,
        visit=0,
        new=new,
        width_mm=kept.width_mm if kept else 0,
        new_width_mm=made.width_mm if made else 0,
    )
    return DivideTray(tray, after, record)


def _ended(placing: Placing, why: str, tray: Tray) -> Outcome:
    params: dict[str, str | int] = {"compartment": placing.label, "new": new_label(tray, placing.label)}
    if not why:
        return None, Message("divided", Level.NOTE, params)
    if why in ("changed", "occupied"):
        return None, Message(f"divide_{why}", Level.ACT, params, error="O428")
    return placing, None
