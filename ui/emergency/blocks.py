"""What a sheet is filled with: blocks that are never parted, each of a known height."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ui.emergency.paper import BAND, BOLD, BOTTOM, MARGIN, PAD, ROW, TOP, USABLE, Pen, Text


@dataclass(frozen=True, slots=True)
class Column:
    """`is_field`: it is left free to be written in."""

    head: str
    width: float
    is_field: bool = False
    is_right: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Rows that stay together, under the band of their order or tray. A cell is None where nothing is drawn, "" for a field."""

    rows: tuple[tuple[Text | None, ...], ...]
    band: str = ""
    band_right: str = ""
    fields: int | None = None  # how many rows have fields to write in; None: all

    @property
    def height(self) -> float:
        return ROW * len(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of the list, on sheets of its own. `span` says of a sheet's bands what stands at its head."""

    title: str
    columns: tuple[Column, ...]
    blocks: tuple[Block, ...]
    none: str
    continued: str
    span: Callable[[Sequence[str]], str] = lambda bands: ""


Sheet = tuple[Block, ...]


def in_sheets(part: Part) -> tuple[Sheet, ...]:
    """The blocks on as many sheets as they need; a part of nothing has one."""
    sheets: list[list[Block]] = [[]]
    left, band = TOP - BOTTOM - ROW, ""
    for block in part.blocks:
        need = block.height + (BAND if block.band != band or not sheets[-1] else 0.0)
        if need > left and sheets[-1]:
            sheets.append([])
            left, need = TOP - BOTTOM - ROW, block.height + BAND
        sheets[-1].append(block)
        left, band = left - need, block.band
    return tuple(tuple(each) for each in sheets)


def draw(pen: Pen, part: Part, sheet: Sheet, before: Block | None) -> None:
    """One sheet's blocks. `before` is the last block of the sheet before: the same band goes on."""
    y = TOP
    _heads(pen, part.columns, y)
    y -= ROW
    if not sheet:
        pen.text(Text(part.none, size=12.0), MARGIN + PAD, y - 20.0, USABLE)
    band = None
    for block in sheet:
        if block.band != band:
            goes_on = before is not None and band is None and before.band == block.band
            y = _band(pen, block, y, part.continued if goes_on else "")
            band = block.band
        y = _rows(pen, part.columns, block, y)
    pen.rule(y, thick=0.8)


def _heads(pen: Pen, columns: Sequence[Column], y: float) -> None:
    for column, x in _placed(columns):
        pen.text(Text(column.head, size=8.5, is_right=column.is_right), x + PAD, y - ROW + 7.0, column.width - 2 * PAD)


def _band(pen: Pen, block: Block, y: float, continued: str) -> float:
    pen.band(y, BAND)
    pen.rule(y, thick=0.8)
    named = f"{block.band}  ({continued})" if continued else block.band
    share = USABLE * 0.62
    pen.text(Text(named, BOLD, 13.0), MARGIN + PAD, y - BAND + 7.5, share - 2 * PAD)
    right = Text(block.band_right, BOLD, 11.0, is_right=True)
    pen.text(right, MARGIN + share, y - BAND + 8.0, USABLE - share - PAD)
    return y - BAND


def _rows(pen: Pen, columns: Sequence[Column], block: Block, y: float) -> float:
    pen.rule(y)
    for number, row in enumerate(block.rows):
        if block.fields is None or number < block.fields:
            for column, x in _placed(columns):
                if column.is_field:
                    pen.box(x, y, column.width, ROW)
        written = [each for each in _placed(columns) if not each[0].is_field]
        for no, ((_, x), cell) in enumerate(zip(written, row, strict=True)):
            if cell is not None:
                width = sum(column.width for column, _ in written[no : no + cell.span])
                pen.text(cell, x + PAD, y - ROW + 6.5, width - 2 * PAD)
        y -= ROW
    return y


def _placed(columns: Sequence[Column]) -> Iterator[tuple[Column, float]]:
    x = MARGIN
    for column in columns:
        yield column, x
        x += column.width
