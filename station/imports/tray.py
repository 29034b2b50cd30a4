"""Rows of a tray file to trays: one row for each compartment, or one row for a tray that is divided evenly.

A file replaces the compartments that it names and those that its own overlap; the tray's others stay. A compartment with stock in
it is not replaced away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from station.imports.fields import MAX_MM, MAX_TRAY, Fields
from station.imports.report import ErrorList
from station.imports.table import Row, Table
from station.values import Compartment, Stock, Tray

CELL_COLUMNS = frozenset({"compartment", "x_mm", "y_mm", "compartment_width_mm", "compartment_depth_mm"})
GRID_COLUMNS = frozenset({"columns", "rows"})
REQUIRED = frozenset({"machine", "tray", "width_mm", "depth_mm"})
LIMITS = ("storage_class", "access", "max_height_mm")  # of the tray; with "compartment_" before them, of the row's compartments
COLUMNS = (
    REQUIRED
    | CELL_COLUMNS
    | GRID_COLUMNS
    | {"name", "max_weight_g", "pitch_mm", "since", *LIMITS, *(f"compartment_{each}" for each in LIMITS)}
)
MAX_WEIGHT_G = 2_000_000
MAX_GRID = 60

Carrier = tuple[str, int]


class TrayNames(Protocol):
    """The part of the store that is asked: what the tray is and holds now."""

    def tray(self, machine: str, number: int) -> Tray | None: ...

    def stock_on_tray(self, machine: str, tray: int) -> tuple[Stock, ...]: ...


@dataclass(slots=True)
class TrayDraft:
    """A tray while its rows are read. `lines` are its good rows, `kept` its compartments in the store that stay so far; `since`:
    it is so from this moment on, None: from now on."""

    tray: Tray
    kept: dict[str, Compartment]
    stocked: frozenset[str]
    cells: dict[str, Compartment] = field(default_factory=dict)
    lines: list[int] = field(default_factory=list)
    since: datetime | None = None

    def finished(self) -> Tray:
        """Compartments from left to right and from front to back."""
        cells = sorted((self.kept | self.cells).values(), key=lambda each: (each.y_mm, each.x_mm))
        return replace(self.tray, compartments=tuple(cells))


def read_trays(table: Table, errors: ErrorList, *, names: TrayNames, now: datetime) -> dict[Carrier, TrayDraft]:
    """The trays with their good rows. What is to be so in the future only is refused: the tray is still another one."""
    drafts: dict[Carrier, TrayDraft] = {}
    for row in table.rows:
        if row.is_broken:
            continue
        fields = Fields(row, errors)
        head = _head(fields)
        carrier = (head.machine, head.number)
        since = _since(fields, now)
        cells = _limited(fields, _grid(fields, head) if fields.has("columns") or fields.has("rows") else _cell(fields))
        if not fields.is_good:
            continue
        draft = drafts.get(carrier) or _draft(head, names)
        _check(fields, draft, head, cells=cells)
        if fields.is_good:
            _accept(draft, row, cells)
            draft.since = since or draft.since
            drafts[carrier] = draft
    return drafts


def _head(fields: Fields) -> Tray:
    return Tray(
        machine=fields.machine(),
        number=fields.whole("tray", low=1, high=MAX_TRAY),
        name=fields.text("name", longest=50),
        width_mm=fields.whole("width_mm", low=1, high=MAX_MM),
        depth_mm=fields.whole("depth_mm", low=1, high=MAX_MM),
        max_weight_g=fields.whole("max_weight_g", low=0, high=MAX_WEIGHT_G, default=0),
        storage_class=fields.words("storage_class"),
        access=fields.word("access"),
        max_height_mm=fields.whole("max_height_mm", low=0, high=MAX_MM, default=0),
        pitch_mm=fields.whole("pitch_mm", low=0, high=MAX_MM, default=0),
    )


def _since(fields: Fields, now: datetime) -> datetime | None:
    since = fields.moment("since")
    if since is not None and since > now:
        fields.refuse("since", "out_of_range", allowed="a moment that has passed")
    return since


def _limited(fields: Fields, cells: Iterable[Compartment]) -> tuple[Compartment, ...]:
    """The row's compartments with what the row says of them beyond place and size."""
    words, access = fields.words("compartment_storage_class"), fields.word("compartment_access")
    height_mm = fields.whole("compartment_max_height_mm", low=0, high=MAX_MM, default=0)
    return tuple(replace(each, storage_class=words, access=access, max_height_mm=height_mm) for each in cells)


def _cell(fields: Fields) -> tuple[Compartment, ...]:
    cell = Compartment(
        label=fields.label(),
        x_mm=fields.whole("x_mm", low=0, high=MAX_MM),
        y_mm=fields.whole("y_mm", low=0, high=MAX_MM),
        width_mm=fields.whole("compartment_width_mm", low=1, high=MAX_MM),
        depth_mm=fields.whole("compartment_depth_mm", low=1, high=MAX_MM),
    )
    return (cell,)


def _grid(fields: Fields, head: Tray) -> tuple[Compartment, ...]:
    """`columns` x `rows` equal compartments: letters count rows from the front (A), numbers columns from the left (1)."""
    columns = fields.whole("columns", low=1, high=MAX_GRID)
    rows = fields.whole("rows", low=1, high=MAX_GRID)
    for name in sorted(CELL_COLUMNS):
        if fields.has(name):
            fields.refuse(name, "not_with_grid")
    if fields.is_good and (columns > head.width_mm or rows > head.depth_mm):
        fields.refuse("columns", "out_of_range", allowed="compartments of at least 1 mm")
    return tuple(_grid_cells(head, columns, rows=rows)) if fields.is_good else ()


def _grid_cells(head: Tray, columns: int, *, rows: int) -> Iterator[Compartment]:
    for row in range(rows):
        y_mm, y_end_mm = head.depth_mm * row // rows, head.depth_mm * (row + 1) // rows
        for column in range(columns):
            x_mm, x_end_mm = head.width_mm * column // columns, head.width_mm * (column + 1) // columns
            yield Compartment(
                label=f"{row_letters(row)}{column + 1}",
                x_mm=x_mm,
                y_mm=y_mm,
                width_mm=x_end_mm - x_mm,
                depth_mm=y_end_mm - y_mm,
            )


def row_letters(row: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    while row >= 0:
        row, rest = row // 26 - 1, row % 26
        letters = chr(ord("A") + rest) + letters
    return letters


def _draft(head: Tray, names: TrayNames) -> TrayDraft:
    before = names.tray(head.machine, head.number)
    stocked = {each.place.compartment for each in names.stock_on_tray(head.machine, head.number) if each.quantity}
    kept = {each.label: each for each in before.compartments} if before else {}
    return TrayDraft(tray=head, kept=kept, stocked=frozenset(stocked))


def _check(fields: Fields, draft: TrayDraft, head: Tray, *, cells: Iterable[Compartment]) -> None:
    if head != draft.tray:
        fields.refuse("tray", "differs_from_first_row", allowed="the same name, sizes and weight in all rows of a tray")
    named = {cell.label for cell in cells} | set(draft.cells)
    for cell in cells:
        if cell.x_mm + cell.width_mm > head.width_mm or cell.y_mm + cell.depth_mm > head.depth_mm:
            fields.refuse("compartment", "outside_tray", value=cell.label)
        if cell.label in draft.cells:
            fields.refuse("compartment", "duplicate", value=cell.label)
        if any(_overlap(cell, other) for label, other in draft.cells.items() if label != cell.label):
            fields.refuse("compartment", "overlaps", value=cell.label)
        lost = [other.label for other in _displaced(cell, draft.kept) if other.label not in named]
        if any(label in draft.stocked for label in lost):
            fields.refuse("compartment", "displaces_stock", value=cell.label)
    for label, other in draft.kept.items():
        if label in draft.stocked and label not in named and not _is_inside(other, head):
            fields.refuse("width_mm", "displaces_stock", value=label)


def _accept(draft: TrayDraft, row: Row, cells: Iterable[Compartment]) -> None:
    for cell in cells:
        for other in _displaced(cell, draft.kept):
            del draft.kept[other.label]
        draft.kept.pop(cell.label, None)
        draft.cells[cell.label] = cell
    outside = [each.label for each in draft.kept.values() if not _is_inside(each, draft.tray)]
    for label in outside:
        del draft.kept[label]
    draft.lines.append(row.line)


def _displaced(cell: Compartment, kept: Mapping[str, Compartment]) -> list[Compartment]:
    return [other for label, other in kept.items() if label != cell.label and _overlap(cell, other)]


def _is_inside(cell: Compartment, tray: Tray) -> bool:
    return cell.x_mm + cell.width_mm <= tray.width_mm and cell.y_mm + cell.depth_mm <= tray.depth_mm


def _overlap(one: Compartment, other: Compartment) -> bool:
    return (
        one.x_mm < other.x_mm + other.width_mm
        and other.x_mm < one.x_mm + one.width_mm
        and one.y_mm < other.y_mm + other.depth_mm
        and other.y_mm < one.y_mm + one.depth_mm
    )
