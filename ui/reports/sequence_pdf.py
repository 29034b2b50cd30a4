"""The proof of a sequence on paper, as it travels with the rack: every rank in its order, what stayed empty, who let it go on."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from reportlab.lib.units import mm
from reportlab.platypus import SimpleDocTemplate, Spacer

from station.sequence_proof import RankRow
from station.values import Item, Person
from ui.reports.sheet import FONT, MARGIN_MM, SIZE, WRONG, Cells, load_fonts, pairs, table, text
from ui.texts import Texts

WIDTHS_MM = (16, 38, 16, 40, 26, 26, 36, 32, 37)
RIGHT = (0, 4)


class SequencePaper:
    """Makes the sheet in one language. `people` and `items` are those that the rows name."""

    def __init__(self, texts: Texts, people: Mapping[str, Person], items: Mapping[str, Item | None]) -> None:
        self._texts, self._people, self._items = texts, people, items
        self._translate = texts.language.translations.gettext

    def render(self, name: str, rows: Sequence[RankRow], *, made_at: datetime) -> bytes:
        """The PDF."""
        load_fonts()
        _ = self._translate
        title = _("Sequence {name}").format(name=name)
        edges = {f"{side}Margin": MARGIN_MM * mm for side in ("left", "right", "top", "bottom")}
        file = io.BytesIO()
        document = SimpleDocTemplate(file, pagesize=SIZE, title=title, author="Baylight", **edges)

        def foot(canvas: Any, page: Any) -> None:
            """Sheets get parted: each says of what it is."""
            canvas.setFont(FONT, 7)
            canvas.drawString(MARGIN_MM * mm, 8 * mm, f"{title} · {_time(made_at)} · {page.page}")

        document.build(self._story(title, rows, made_at), onFirstPage=foot, onLaterPages=foot)
        return file.getvalue()

    def _story(self, title: str, rows: Sequence[RankRow], made_at: datetime) -> list[Any]:
        _ = self._translate
        gaps = [each for each in rows if each.state == "gap"]
        left = sum(each.state in ("left", "filled", "overtaken") for each in rows)
        about = [
            (_("Ranks"), str(rows[0].ranks if rows else 0)),
            (_("Left"), str(left)),
            (_("Empty"), ", ".join(str(each.rank) for each in gaps) or _("none")),
            (_("Made on"), _time(made_at)),
        ]
        head = (
            _("Rank"),
            _("Order"),
            _("Line"),
            _("Item"),
            _("Asked"),
            _("Left"),
            _("Time"),
            _("Person"),
            _("Empty, let go on by"),
        )
        cells = [self._row(each) for each in rows]
        warn = [text(self._gap(each), colour=WRONG) for each in gaps]
        warn += [text(self._overtaken(each), colour=WRONG) for each in rows if each.state == "overtaken"]
        parts = [text(title, size_pt=18, bold=True), Spacer(1, 4 * mm), pairs(about), Spacer(1, 3 * mm), *warn, Spacer(1, 3 * mm)]
        return [*parts, table(head, cells, WIDTHS_MM, right=RIGHT)]

    def _row(self, row: RankRow) -> Cells:
        item = self._items.get(row.item)
        amounts = (self._texts.quantity(row.quantity, item), self._texts.quantity(row.done_quantity, item))
        let_on = f"{self._name(row.released_by)}, {_time(row.released_at)}" if row.released_at else ""
        return (str(row.rank), row.order, row.line, row.item, *amounts, _time(row.left_at), self._name(row.by), let_on)

    def _gap(self, row: RankRow) -> str:
        _ = self._translate
        since, reason = _time(row.gap_since), self._texts.reason(row.gap_reason)
        return _("Rank {rank} is empty since {time}: {item}, {reason}").format(
            rank=row.rank, time=since, item=row.item, reason=reason
        )

    def _overtaken(self, row: RankRow) -> str:
        _ = self._translate
        return _("Rank {rank} left at {time}, after later ones. Nobody had let them go on").format(
            rank=row.rank, time=_time(row.left_at)
        )

    def _name(self, person: str) -> str:
        """The name, as long as it was not erased; else what the record has."""
        known = self._people.get(person)
        return known.name if known is not None and known.name else person


def _time(at: datetime | None) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M:%S}" if at is not None else ""
