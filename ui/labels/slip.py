"""The packing slip: whose it is and what is short at its head, then every line with what is in the box, what is missing and why.

The same on a sheet and on a label printer; a long one goes on over as many pages as it needs, and each says which it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from station.labels.values import PackingSlip, SlipLine
from ui.labels.data_matrix import QUIET_MODULES
from ui.labels.drawing import Drawing, Paper, Part, Rule, Squares, Words, fit_squares, squares_mm
from ui.texts import Texts

ROW_MM = 6.2
SUB_MM = 4.4
FOOT_MM = 6.0
GAP_MM = 1.4


def slip_pages(slip: PackingSlip, paper: Paper, texts: Texts, *, copy: int) -> tuple[Drawing, ...]:
    """At least one page, also of an order without lines."""
    pages: list[list[SlipLine]] = [[]]
    room = _body_mm(paper)
    left = room
    for line in slip.lines:
        need = _height_mm(line, paper, texts)
        if need > left and pages[-1]:
            pages.append([])
            left = room
        pages[-1].append(line)
        left -= need
    return tuple(
        Drawing(paper=paper, parts=tuple(_page(slip, lines, paper, texts, number=number, count=len(pages), copy=copy)))
        for number, lines in enumerate(pages, 1)
    )


def _scale(paper: Paper) -> float:
    """On a small label everything is smaller, so that a line at least has room."""
    return max(0.4, min(1.0, paper.height_mm / 90, paper.width_mm / 80))


def _head_mm(paper: Paper) -> float:
    return min(30.0, paper.height_mm * 0.28)


def _body_mm(paper: Paper) -> float:
    return paper.height_mm - 2 * paper.margin_mm - _head_mm(paper) - FOOT_MM * _scale(paper)


def _page(
    slip: PackingSlip, lines: list[SlipLine], paper: Paper, texts: Texts, *, number: int, count: int, copy: int
) -> Iterator[Part]:
    yield from _head(slip, paper, texts)
    y = paper.margin_mm + _head_mm(paper)
    usable = paper.width_mm - 2 * paper.margin_mm
    yield Rule(x_mm=paper.margin_mm, y_mm=y - GAP_MM, width_mm=usable, height_mm=0.4)
    if not slip.lines:
        none = texts.printed("no_lines")
        yield Words(text=none, x_mm=paper.margin_mm, y_mm=y, width_mm=usable, size_mm=SUB_MM)
    for line in lines:
        yield from _line(line, paper, texts, y)
        y += _height_mm(line, paper, texts)
        yield Rule(x_mm=paper.margin_mm, y_mm=y - GAP_MM, width_mm=usable, height_mm=0.15)
    foot = texts.printed("page", number=number, count=count)
    left = texts.printed("copy", number=copy) if copy else "Baylight"
    size = 3.4 * _scale(paper)
    foot_y, middle = paper.height_mm - paper.margin_mm - size, paper.margin_mm + usable / 2
    yield Words(text=left, x_mm=paper.margin_mm, y_mm=foot_y, width_mm=usable / 2, size_mm=size, is_bold=bool(copy))
    yield Words(text=foot, x_mm=middle, y_mm=foot_y, width_mm=usable / 2, size_mm=size, is_right=True)


def _head(slip: PackingSlip, paper: Paper, texts: Texts) -> Iterator[Part]:
    margin, high = paper.margin_mm, _head_mm(paper) - 2 * GAP_MM
    right = paper.width_mm - margin
    dots = fit_squares(slip.code, min(high, 24.0), paper.dpmm) if slip.code else 0
    if dots:
        quiet = QUIET_MODULES * dots / paper.dpmm
        right -= squares_mm(slip.code, dots, paper.dpmm) + 2 * quiet
        yield Squares(text=slip.code, x_mm=right + quiet, y_mm=margin + quiet / 2, module_dots=dots)
    width = right - margin - GAP_MM
    short = len(slip.shorts)
    rows = (
        (texts.printed("slip"), 0.17, False),
        (texts.printed("of_order", order=slip.order), 0.32, True),
        (_where_to(slip, texts), 0.2, False),
        (texts.printed("slip_short", count=short) if short else texts.printed("slip_complete"), 0.2, bool(short)),
    )
    y = margin
    for text, share, is_bold in rows:
        size = high * share
        yield Words(text=text, x_mm=margin, y_mm=y, width_mm=width, size_mm=size, is_bold=is_bold)
        y += size * 1.12


def _where_to(slip: PackingSlip, texts: Texts) -> str:
    day = texts.local(slip.at).date().isoformat() if slip.at is not None else ""
    goes_to = texts.printed("to", destination=slip.destination) if slip.destination else ""
    return "  ·  ".join(each for each in (goes_to, day) if each)


def _subs(line: SlipLine, texts: Texts) -> tuple[str, ...]:
    """Below a line: what the item is, and of which lots it came."""
    name = line.item.name if line.item is not None else ""
    lots = tuple(
        texts.printed("lot_quantity", lot=lot, amount=texts.quantity(quantity, line.item)) for lot, quantity in line.lots if lot
    )
    return tuple(each for each in (name, "   ".join(lots)) if each)


def _height_mm(line: SlipLine, paper: Paper, texts: Texts) -> float:
    return (ROW_MM + SUB_MM * (len(_subs(line, texts)) + (1 if line.missing else 0)) + 2 * GAP_MM) * _scale(paper)


def _line(line: SlipLine, paper: Paper, texts: Texts, y: float) -> Iterator[Part]:
    margin, usable = paper.margin_mm, paper.width_mm - 2 * paper.margin_mm
    row, sub = ROW_MM * _scale(paper), SUB_MM * _scale(paper)
    number_mm, right_mm = usable * 0.1, usable * 0.34
    middle = margin + number_mm
    width, below = usable - number_mm - right_mm, usable - number_mm
    of = texts.printed("of_asked", done=texts.number(line.done, _decimals(line)), asked=texts.quantity(line.asked, line.item))
    yield Words(text=line.line, x_mm=margin, y_mm=y + row * 0.1, width_mm=number_mm - 1.0, size_mm=sub)
    yield Words(text=line.item_code, x_mm=middle, y_mm=y, width_mm=width, size_mm=row * 0.87, is_bold=True)
    yield Words(text=of, x_mm=middle + width, y_mm=y, width_mm=right_mm, size_mm=row * 0.87, is_bold=True, is_right=True)
    y += row
    for text in _subs(line, texts):
        yield Words(text=text, x_mm=middle, y_mm=y, width_mm=below, size_mm=sub * 0.86)
        y += sub
    if line.missing:
        yield Rule(x_mm=margin, y_mm=y - 0.2, width_mm=1.6, height_mm=sub - 0.4)  # seen without reading
        yield Words(text=_missing(line, texts), x_mm=middle, y_mm=y, width_mm=below, size_mm=sub * 0.86, is_bold=True)


def _missing(line: SlipLine, texts: Texts) -> str:
    missing = texts.quantity(line.missing, line.item)
    if line.state == "open" or line.state == "skipped":
        return texts.printed("still_to_come", amount=missing)
    why = texts.reason(line.reason) if line.reason else texts.printed("no_reason")
    return texts.printed("missing", amount=missing, why=why)


def _decimals(line: SlipLine) -> int:
    return line.item.decimals if line.item is not None else 0
