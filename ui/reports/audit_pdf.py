"""The summary of an export on paper: what it is of, what it proves, what moved, and where things went otherwise than planned.

Times are those of the computer that makes it, with their distance to UTC. Long tables are cut: the files beside it have all rows.
"""

from __future__ import annotations

import io
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import SimpleDocTemplate, Spacer

from station.movements import Deviation, Movement
from ui.reports.sheet import FONT, MARGIN_MM, SIZE, WRONG, Cells, load_fonts, pairs, table, text
from ui.reports.tray_drawing import differing, tray_drawing
from ui.sentences.kinds import EVENT_KINDS
from ui.texts import Texts

if TYPE_CHECKING:
    from station.values import TrayPast
    from ui.bootstrap.audit import Contents


class AuditPaper:
    """Makes the summary in one language."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._translate = texts.language.translations.gettext

    def render(self, contents: Contents) -> bytes:
        """The PDF. It is laid out twice: only then the number of pages is known."""
        load_fonts()
        pages = self._build(contents, io.BytesIO(), pages=0)
        file = io.BytesIO()
        self._build(contents, file, pages=pages)
        return file.getvalue()

    def _build(self, contents: Contents, file: io.BytesIO, *, pages: int) -> int:
        _ = self._translate
        title = _("Record of station {station}").format(station=contents.report.station)
        edges = {f"{side}Margin": MARGIN_MM * mm for side in ("left", "right", "top", "bottom")}
        document = SimpleDocTemplate(file, pagesize=SIZE, title=title, author="Baylight", **edges)
        draw = partial(self._foot, contents=contents, pages=pages)
        document.build(self._story(contents, title), onFirstPage=draw, onLaterPages=draw)
        return int(document.page)

    def _foot(self, canvas: Any, document: Any, *, contents: Contents, pages: int) -> None:
        """Each page says of which record it is: pages get parted."""
        canvas.setFont(FONT, 7)
        canvas.setFillColor(colors.black)
        left = f"{contents.report.station} · {contents.report.seq} · {contents.report.head}"
        canvas.drawString(MARGIN_MM * mm, 8 * mm, left)
        right = self._translate("Page {page} of {pages}").format(page=document.page, pages=pages)
        canvas.drawRightString(SIZE[0] - MARGIN_MM * mm, 8 * mm, right)

    def _story(self, contents: Contents, title: str) -> list[Any]:
        _ = self._translate
        return [
            text(title, size_pt=18, bold=True),
            Spacer(1, 4 * mm),
            pairs(self._about(contents)),
            *self._section(_("What is proven"), [pairs(self._proof(contents)), *self._flaws(contents)]),
            *(self._section(_("The tray"), self._trays(contents)) if contents.trays else []),
            *self._section(_("Events by kind"), [self._counts(contents)]),
            *self._section(_("Corrections and shorts"), self._deviations(contents)),
            *self._section(_("Movements"), self._movements(contents)),
        ]

    def _trays(self, contents: Contents) -> list[Any]:
        """The tray before and after; compartments that changed meanwhile stand out."""
        _ = self._translate
        before, after = contents.trays
        changed, parts = differing(before, after), []
        for past, heading in ((before, _("Before the first of these events")), (after, _("After the last of these events"))):
            when = f"{heading}: {self._moment(past.at)}" if past.at else heading
            drawn = tray_drawing(past, changed)
            parts += [text(when, bold=True), Spacer(1, 1 * mm), drawn or text(_("The layout of that time is not known."))]
            parts += [Spacer(1, 2 * mm), self._contents(past, contents), Spacer(1, 4 * mm)]
        return parts

    def _contents(self, past: TrayPast, contents: Contents) -> Any:
        _ = self._translate
        head = (_("Place"), _("Item"), _("Lot, serial"), _("Quantity"), _("Person"), _("Order"), _("Since"))
        rows = []
        for each in past.stock:
            marks = ", ".join(filter(None, (each.key.lot, each.key.serial)))
            quantity = self._texts.quantity(each.quantity, contents.items.get(each.key.item))
            who = self._name(each.person, contents)
            rows.append((each.compartment, each.key.item, marks, quantity, who, each.order, self._time(each.at)))
        return table(head, rows, (28, 45, 40, 30, 45, 40, 37), right=(3,)) if rows else text(_("The tray was empty"))

    def _section(self, heading: str, parts: list[Any]) -> list[Any]:
        return [Spacer(1, 6 * mm), text(heading, size_pt=12, bold=True), Spacer(1, 2 * mm), *parts]

    # --- what it is

    def _about(self, contents: Contents) -> list[tuple[str, str]]:
        _ = self._translate
        first, last = contents.first, contents.last
        period = f"{self._moment(first.at)} – {self._moment(last.at)}" if first and last else _("no event")
        filters = contents.selection.as_filters()
        shown = ", ".join(f"{name} = {value}" for name, value in filters.items())
        return [
            (_("Station"), contents.report.station),
            (_("Period"), period),
            (_("Selection"), shown or _("all events")),
            (_("Made on"), self._moment(contents.made_at)),
        ]

    def _proof(self, contents: Contents) -> list[tuple[str, str]]:
        _ = self._translate
        report = contents.report
        unbroken = _("The chain of all events is unbroken, and all its signatures are right.")
        result = unbroken if report.is_ok else _("The record is NOT proven, see below.")
        sealed = _("{count} checkpoints, the last one signs event {seq}").format(count=report.checkpoints, seq=report.sealed_seq)
        outside = _("{receipts} receipts of the site database compared").format(receipts=report.receipts)
        return [
            (_("Result"), result),
            (_("Events proven"), str(report.events)),
            (_("Head"), f"{report.epoch} · {report.seq} · {report.head}"),
            (_("Key"), contents.key_id),
            (_("Signatures"), sealed),
            (_("Kept elsewhere"), outside),
            (_("Prove it again"), "python -I verifier.py"),
            (_("Compare"), _("Head and key with those that are kept elsewhere: a record that was made again has others.")),
        ]

    def _flaws(self, contents: Contents) -> list[Any]:
        _ = self._translate
        lines = []
        for each in contents.report.flaws:
            where = _("Event {seq}").format(seq=each.seq) if each.seq is not None else each.check
            lines.append(text(f"{where}: {each.problem}", colour=WRONG))
        return lines

    def _counts(self, contents: Contents) -> Any:
        _ = self._translate
        rows = [(self._kind(kind), kind, str(count)) for kind, count in sorted(contents.counts.items())]
        return table((_("Kind"), _("Word"), _("Events")), rows, (90, 70, 30), right=(2,))

    # --- the tables

    def _deviations(self, contents: Contents) -> list[Any]:
        _ = self._translate
        head = (_("Event"), _("Time"), _("Person"), _("Kind"), _("Order"), _("Item"), _("Expected"), _("Found"), _("Reason"))
        rows = [self._deviation(each, contents) for each in contents.tables.deviations]
        shown = table(head, rows, (14, 31, 34, 30, 38, 34, 22, 22, 42), right=(0, 6, 7))
        return [shown, *self._rest(len(rows), contents.tables.all_deviations)]

    def _deviation(self, each: Deviation, contents: Contents) -> Cells:
        code = each.item or contents.lines.get((each.order, each.line), "")
        item = contents.items.get(code)
        quantities = ["" if number is None else self._texts.quantity(number, item) for number in (each.asked, each.done)]
        order = f"{each.order} / {each.line}" if each.order else ""
        reason = self._texts.reason(each.reason) if each.reason else ""
        who = self._name(each.person, contents)
        return (str(each.seq), self._time(each.at), who, self._kind(each.kind), order, code, *quantities, reason)

    def _movements(self, contents: Contents) -> list[Any]:
        _ = self._translate
        head = (_("Event"), _("Time"), _("Person"), _("Kind"), _("Place"), _("Item"), _("Lot, serial"), _("Change"), _("Found"))
        rows = [self._movement(each, contents) for each in contents.tables.movements]
        shown = table((*head, _("Order")), rows, (14, 31, 32, 26, 28, 30, 29, 22, 22, 33), right=(0, 7, 8))
        return [shown, *self._rest(len(rows), contents.tables.all_movements)]

    def _movement(self, each: Movement, contents: Contents) -> Cells:
        data = each.data
        item = contents.items.get(str(data["item"]))
        place = f"{data['machine']} {data['tray']} {data['compartment']}"
        change = "" if each.change is None else self._texts.signed(each.change, item)
        found = "" if each.found is None else self._texts.quantity(each.found, item)
        proof = ", ".join(filter(None, (data["lot"], data["serial"])))
        who = self._name(each.person, contents)
        order = f"{data['order']} / {data['line']}" if data["order"] else ""
        cells = (self._time(each.at), who, self._kind(each.kind), place, str(data["item"]), proof, change, found, order)
        return (str(each.seq), *cells)

    def _rest(self, shown: int, total: int) -> list[Any]:
        _ = self._translate
        if not total:
            return [text(_("none"))]
        if shown == total:
            return []
        sentence = _("The first {shown} of {total}; the files of this export have all of them.")
        return [text(sentence.format(shown=shown, total=total))]

    # --- words

    def _kind(self, kind: str) -> str:
        word = EVENT_KINDS.get(kind)
        return self._translate(word) if isinstance(word, str) else kind

    def _name(self, person: str, contents: Contents) -> str:
        """The name, as long as it was not erased; else the id that the record has."""
        known = contents.people.get(person)
        return known.name if known is not None and known.name else person

    @staticmethod
    def _time(at: datetime) -> str:
        return f"{at.astimezone():%Y-%m-%d %H:%M:%S}"

    def _moment(self, at: datetime) -> str:
        return f"{self._time(at)} {at.astimezone():%z}"
