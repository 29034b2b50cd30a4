"""How a tray may be divided: walls on its pitch, compartments put together, templates; what a new layout means for goods. Pure.

A label stays with the ground it had: goods lie where they lay. What keeps its label and not its ground is another compartment.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from station.flows.divide import LEAST_MM, new_label
from station.imports.tray import row_letters
from station.old_label import shared_mm2
from station.values import Compartment, PlannedMove, Stock, Tray

TEMPLATES = ((1, 1), (2, 1), (4, 1), (6, 1), (2, 2), (4, 2), (6, 2), (8, 3))


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a new layout means. `gone`: compartments that would be none any more, or lie elsewhere; `lost`: those of them with
    goods or a move on its way, and those that change and have a load; `counted`: compartments that keep their goods and become
    larger or smaller; `new`: labels to be printed."""

    lost: tuple[str, ...]
    gone: tuple[str, ...]
    counted: tuple[str, ...]
    new: tuple[str, ...]


def walls(tray: Tray, label: str, *, is_across: bool) -> tuple[int, ...]:
    """Where a divider can stand in a compartment: on the tray's pitch, with room at both sides. From the left edge of the tray;
    `is_across`: from its front edge."""
    cell = tray.compartment(label)
    if cell is None or not tray.pitch_mm:
        return ()
    start, length, end = (cell.y_mm, cell.depth_mm, tray.depth_mm) if is_across else (cell.x_mm, cell.width_mm, tray.width_mm)
    first, last = start + LEAST_MM, start + length - LEAST_MM
    return tuple(at for at in range(tray.pitch_mm, end, tray.pitch_mm) if first <= at <= last)


def split(tray: Tray, label: str, at_mm: int, *, is_across: bool) -> Tray:
    """The tray with a wall in this compartment: the left (front) part keeps the label, the other has the same and a letter."""
    cell, new = tray.compartment(label), new_label(tray, label)
    if cell is None or not new:
        return tray
    if is_across:
        near = replace(cell, depth_mm=at_mm - cell.y_mm)
        far = replace(cell, label=new, y_mm=at_mm, depth_mm=cell.y_mm + cell.depth_mm - at_mm)
    else:
        near = replace(cell, width_mm=at_mm - cell.x_mm)
        far = replace(cell, label=new, x_mm=at_mm, width_mm=cell.x_mm + cell.width_mm - at_mm)
    return _with(tray, [each for each in tray.compartments if each.label != label] + [near, far])


def merged(tray: Tray, labels: Collection[str], stocked: Collection[str] = ()) -> Tray | None:
    """The tray without the walls between these compartments: of those with goods the first keeps its label, else the first of
    all. None where they are no rectangle together, or ask for different rights or classes."""
    parts = [each for each in tray.compartments if each.label in labels]
    if len(parts) < 2 or len({(each.access, each.storage_class, each.max_height_mm) for each in parts}) > 1:
        return None
    left, front = min(each.x_mm for each in parts), min(each.y_mm for each in parts)
    right, back = max(each.x_mm + each.width_mm for each in parts), max(each.y_mm + each.depth_mm for each in parts)
    if sum(each.width_mm * each.depth_mm for each in parts) != (right - left) * (back - front):
        return None
    kept = next((each for each in parts if each.label in stocked), parts[0])
    whole = replace(kept, x_mm=left, y_mm=front, width_mm=right - left, depth_mm=back - front)
    return _with(tray, [each for each in tray.compartments if each not in parts] + [whole])


def grid(tray: Tray, columns: int, rows: int) -> Tray:
    """The tray in equal compartments, whose walls stand on its pitch: letters count rows from the front, numbers columns."""
    across, along = _edges(tray.width_mm, columns, tray.pitch_mm), _edges(tray.depth_mm, rows, tray.pitch_mm)
    cells = [
        Compartment(
            label=f"{row_letters(row)}{column + 1}",
            x_mm=across[column],
            y_mm=along[row],
            width_mm=across[column + 1] - across[column],
            depth_mm=along[row + 1] - along[row],
        )
        for row in range(rows)
        for column in range(columns)
    ]
    return _with(tray, cells)


def like(tray: Tray, other: Tray) -> Tray:
    """The tray divided as another one of the same size."""
    return replace(tray, compartments=other.compartments)


def templates(tray: Tray) -> tuple[tuple[int, int], ...]:
    """The templates (columns, rows) that this tray has room for on its pitch; none where compartments ask for rights or classes
    of their own, which a template would lose."""
    if any(each.access or each.storage_class or each.max_height_mm for each in tray.compartments):
        return ()
    step = max(tray.pitch_mm, LEAST_MM)
    return tuple(each for each in TEMPLATES if tray.width_mm // each[0] >= step and tray.depth_mm // each[1] >= step)


def consequence(
    before: Tray, after: Tray, *, stock: Iterable[Stock], loads: Collection[str] = (), moves: Sequence[PlannedMove] = ()
) -> Consequence:
    """What lies, waits or is on its way where something changes."""
    changed = changed_labels(before, after)
    gone = {label for label in changed if not _keeps_ground(before, after, label)}
    with_goods = {each.place.compartment for each in stock if each.quantity}
    here = (before.machine, before.number)
    coming = {each.to_place.compartment for each in moves if (each.to_place.machine, each.to_place.tray) == here}
    lost = (gone & (with_goods | coming)) | (set(changed) & set(loads))
    kept = {each.label for each in before.compartments} - gone
    return Consequence(
        lost=_ordered(before, lost),
        gone=_ordered(before, gone),
        counted=_ordered(before, (set(changed) - gone) & with_goods),
        new=tuple(each.label for each in after.compartments if each.label not in kept),
    )


def changed_labels(before: Tray, after: Tray) -> tuple[str, ...]:
    """The compartments of before that are not the same any more."""
    return tuple(each.label for each in before.compartments if after.compartment(each.label) != each)


def _keeps_ground(before: Tray, after: Tray, label: str) -> bool:
    """Whether the compartment is still where most of it was, or is a part of where it was."""
    old, now = before.compartment(label), after.compartment(label)
    if old is None or now is None:
        return False
    return 2 * shared_mm2(old, now) > min(old.width_mm * old.depth_mm, now.width_mm * now.depth_mm)


def _edges(length_mm: int, parts: int, pitch_mm: int) -> list[int]:
    step = pitch_mm or 1
    return [0, *(round(length_mm * part / parts / step) * step for part in range(1, parts)), length_mm]


def _with(tray: Tray, cells: Iterable[Compartment]) -> Tray:
    """Compartments from left to right and from front to back."""
    return replace(tray, compartments=tuple(sorted(cells, key=lambda each: (each.y_mm, each.x_mm))))


def _ordered(tray: Tray, labels: Collection[str]) -> tuple[str, ...]:
    return tuple(each.label for each in tray.compartments if each.label in labels)
