"""How each label looks: a Data Matrix on the left, what a person reads beside it, and where there is room the same code in bars
below, for scanners that read lines only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from station.labels.values import (
    ButtonLabel,
    CompartmentLabel,
    ItemLabel,
    KanbanLabel,
    PackingSlip,
    Printed,
    ToteLabel,
    TrayLabel,
)
from station.values import Place
from ui.code128 import QUIET_MODULES
from ui.labels.data_matrix import QUIET_MODULES as QUIET_SQUARES
from ui.labels.drawing import (
    Bars,
    Drawing,
    Paper,
    Part,
    Squares,
    Words,
    bars_mm,
    fit_bars,
    fit_squares,
    squares_mm,
)
from ui.labels.slip import slip_pages
from ui.labels.words import button_words
from ui.texts import Texts

BARS_FROM_MM = 34.0  # a lower label has no room for bars under its words
BARS_SHARE = 0.27
GAP_MM = 1.5
CAPTION_MM = 2.8
HEAD_LIMIT_MM = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person reads: the headline, and lines below it, the more important first. The caption is the code in letters."""

    code: str
    head: str
    lines: tuple[str, ...]
    copy: int = 0
    bars_only: bool = False


def pages_of(printed: Printed, paper: Paper, texts: Texts) -> tuple[Drawing, ...]:
    """The label on this paper. Only a packing slip may have more than one page."""
    if isinstance(printed.label, PackingSlip):
        return slip_pages(printed.label, paper, texts, copy=printed.copy)
    said = _said(printed, texts)
    return (Drawing(paper=paper, parts=_laid_out(said, paper, texts)),)


def _said(printed: Printed, texts: Texts) -> Said:
    label, copy = printed.label, printed.copy
    match label:
        case CompartmentLabel(place=place):
            below = (texts.printed("of_tray", tray=place.tray), place.machine)
            return Said(code=label.code, head=place.compartment, lines=below, copy=copy)
        case TrayLabel():
            lines = tuple(each for each in (label.name, label.machine) if each)
            return Said(code=label.code, head=texts.printed("of_tray", tray=label.tray), lines=lines, copy=copy)
        case ToteLabel():
            return Said(
                code=label.code, head=label.tote or label.order, lines=_to(label.order, label.destination, texts), copy=copy
            )
        case KanbanLabel():
            return Said(code=label.code, head=_asked(label, texts), lines=_kanban(label, texts), copy=copy)
        case ItemLabel():
            return Said(code=label.code, head=label.item_code, lines=_item(label, texts), copy=copy)
        case ButtonLabel(word=word):
            return Said(code=label.code, head=button_words(word, texts), lines=(), copy=copy, bars_only=True)
        case PackingSlip():
            return Said(code=label.code, head=label.order, lines=(), copy=copy)


def _to(order: str, destination: str, texts: Texts) -> tuple[str, ...]:
    of_order = texts.printed("of_order", order=order) if order else ""
    goes_to = texts.printed("to", destination=destination) if destination else ""
    return tuple(each for each in (of_order, goes_to) if each)


def _asked(label: KanbanLabel, texts: Texts) -> str:
    return f"{texts.quantity(label.quantity, label.item)}  {label.item_code}" if label.quantity else label.item_code


def _kanban(label: KanbanLabel, texts: Texts) -> tuple[str, ...]:
    name = label.item.name if label.item is not None else ""
    card = texts.printed("card", card=label.card)
    return tuple(each for each in (name, *_to("", label.destination, texts), card) if each)


def _item(label: ItemLabel, texts: Texts) -> tuple[str, ...]:
    quantity = "" if label.quantity is None else texts.quantity(label.quantity, label.item)
    lot = texts.printed("lot", lot=label.lot) if label.lot else ""
    serial = texts.printed("serial", serial=label.serial) if label.serial else ""
    tracked = "   ".join(each for each in (quantity, lot, serial) if each)
    name = label.item.name if label.item is not None else ""
    day = texts.local(label.at).date().isoformat() if label.at is not None else ""
    where = _place(label.place, texts) if label.place is not None else ""
    last = "   ".join(each for each in (*_to(label.order, label.destination, texts), where, day) if each)
    return tuple(each for each in (tracked, name, last) if each)


def _place(place: Place, texts: Texts) -> str:
    return texts.printed("place", machine=place.machine, tray=place.tray, compartment=place.compartment)


def _laid_out(said: Said, paper: Paper, texts: Texts) -> tuple[Part, ...]:
    margin = paper.margin_mm
    bottom = paper.height_mm - margin - CAPTION_MM
    bars = _bars(said, paper, bottom)
    squares_bottom = min((each.y_mm for each in bars), default=bottom) - (GAP_MM if bars else 0.0)
    squares, left = ((), margin) if said.bars_only and bars else _squares(said, paper, squares_bottom)
    words = _words(said, paper, left=left, bottom=squares_bottom)
    return (*squares, *bars, *words, *_caption(said, paper, bottom), *_copy_mark(said, paper, texts))


def _bars(said: Said, paper: Paper, bottom: float) -> tuple[Bars, ...]:
    """Across the lower part, in the middle of the width; nothing where they have no room."""
    usable = paper.width_mm - 2 * paper.margin_mm + 2 * QUIET_MODULES / paper.dpmm  # the margin is white, too
    is_high_enough = paper.height_mm >= BARS_FROM_MM or said.bars_only
    dots = fit_bars(said.code, min(usable, paper.width_mm), paper.dpmm) if said.code and is_high_enough else 0
    if not dots:
        return ()
    share = 0.5 if said.bars_only else BARS_SHARE
    height = paper.height_mm * share
    left = (paper.width_mm - bars_mm(said.code, dots, paper.dpmm)) / 2
    return (Bars(text=said.code, x_mm=left, y_mm=bottom - height, height_mm=height, module_dots=dots),)


def _squares(said: Said, paper: Paper, bottom: float) -> tuple[tuple[Squares, ...], float]:
    """The Data Matrix in the upper left corner, and where the words begin."""
    margin = paper.margin_mm
    room = min(bottom - margin, paper.width_mm * 0.42)
    dots = fit_squares(said.code, room, paper.dpmm) if said.code else 0
    if not dots:
        return (), margin
    side, quiet = squares_mm(said.code, dots, paper.dpmm), QUIET_SQUARES * dots / paper.dpmm
    top = margin + max(quiet, (bottom - margin - side) / 2)
    symbol = Squares(text=said.code, x_mm=margin + quiet, y_mm=top, module_dots=dots)
    return (symbol,), margin + side + 2 * quiet + GAP_MM


def _words(said: Said, paper: Paper, *, left: float, bottom: float) -> tuple[Words, ...]:
    """The headline as large as there is room, the lines below it in equal steps."""
    margin = paper.margin_mm
    width, room = paper.width_mm - left - margin, bottom - margin
    head_mm = min(room * (0.45 if said.lines else 0.8), HEAD_LIMIT_MM)
    lines = _shown(said.lines, room - head_mm)
    step = min((room - head_mm) / max(1, len(lines)), 8.0)
    top = margin + max(0.0, (room - head_mm - step * len(lines)) / 2)
    head = Words(text=said.head, x_mm=left, y_mm=top, width_mm=width, size_mm=head_mm, is_bold=True)
    rest = (
        Words(text=text, x_mm=left, y_mm=top + head_mm + step * place, width_mm=width, size_mm=step * 0.82)
        for place, text in enumerate(lines)
    )
    return (head, *rest)


def _shown(lines: Sequence[str], room_mm: float) -> tuple[str, ...]:
    """As many lines as can be read; the last ones are the least important."""
    return tuple(lines)[: max(0, int(room_mm // 2.6))]


def _caption(said: Said, paper: Paper, bottom: float) -> tuple[Words, ...]:
    """The code in letters: what is typed where the symbol cannot be read."""
    margin = paper.margin_mm
    text = Words(
        text=said.code, x_mm=margin, y_mm=bottom + 0.3, width_mm=paper.width_mm * 0.68 - margin, size_mm=CAPTION_MM - 0.3
    )
    return (text,) if said.code else ()


def _copy_mark(said: Said, paper: Paper, texts: Texts) -> tuple[Words, ...]:
    """Two labels of one thing must be told apart."""
    if not said.copy:
        return ()
    left = paper.width_mm * 0.68
    y_mm = paper.height_mm - paper.margin_mm - CAPTION_MM + 0.3
    text = texts.printed("copy", number=said.copy)
    width = paper.width_mm - left - paper.margin_mm
    return (Words(text=text, x_mm=left, y_mm=y_mm, width_mm=width, size_mm=CAPTION_MM - 0.3, is_bold=True, is_right=True),)
