"""Days of the record worked again, on one sheet: what was measured, what the model says of the four bays that might stand there,
and every policy below.

What was measured is grey, what the model says is blue: no reader takes the one for the other. Bars begin at zero.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, SimpleDocTemplate, Spacer, Table, TableStyle

from station.planner.problem import PolicyName
from station.planner.replay import ONE_BY_ONE, Played, Replay, ways
from ui.reports.sheet import BOLD, FONT, LINE, MARGIN_MM, SHADE, SIZE, load_fonts, pairs, text
from ui.sentences.replay import ASSUMED, POLICIES, WAYS
from ui.texts import Texts
from ui.view_models.replay import signed

MEASURED = colors.HexColor("#5b6472")
MODEL = colors.HexColor("#1f5fa8")
WAITING = colors.HexColor("#c9d8ec")
WIDTH_MM, NAME_MM, BAR_MM, STEP_MM = 265.0, 78.0, 7.0, 11.5
FIGURE_MM = 62.0  # right of the bars: the figure and what it brings
MOMENT = timedelta(seconds=1)  # the end of a stretch is the first moment that is not in it
POLICY_MM, CELL_MM = 53.0, 13.25
HEAD_PT, BIG_PT, SMALL_PT = 8, 12, 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A bay: its lines an hour, which part of the time is waiting, and what it brings beside the bare one."""

    name: str
    lines_per_hour: float
    wait_share: float
    late: int = 0
    gain: float | None = None
    is_measured: bool = False


class ReplayPaper:
    """Makes the sheet in one language."""

    def __init__(self, texts: Texts) -> None:
        self._translate = texts.language.translations.gettext

    def render(self, report: Replay, *, made_at: datetime) -> bytes:
        """The PDF."""
        load_fonts()
        _ = self._translate
        title = _("What this bay could do")
        edges = {f"{side}Margin": MARGIN_MM * mm for side in ("left", "right", "top", "bottom")}
        file = io.BytesIO()
        document = SimpleDocTemplate(file, pagesize=SIZE, title=title, author="Baylight", **edges)
        about = _("{machine} · the orders of {first} to {until}, worked again").format(
            machine=report.machine_name,
            first=f"{report.first.astimezone():%Y-%m-%d}",
            until=f"{(report.until - MOMENT).astimezone():%Y-%m-%d}",
        )
        story = [
            text(title, size_pt=18, bold=True),
            text(f"{about} · {made_at.astimezone():%Y-%m-%d}", size_pt=9, colour=MEASURED),
            Spacer(0, 3 * mm),
            text(self._headline(report), size_pt=11, bold=True, colour=MODEL),
            Spacer(0, 3 * mm),
            self._chart(self.bars(report), with_late=report.measured.with_need_by > 0),
            Spacer(0, 4 * mm),
            self._table(report),
            Spacer(0, 4 * mm),
            KeepTogether([pairs(self._basis(report))]),
        ]
        document.build(story)
        return file.getvalue()

    def bars(self, report: Replay) -> tuple[Bar, ...]:
        """As it was, then the four bays under the policy that Baylight chooses."""
        _ = self._translate
        measured = report.measured
        found = [
            Bar(_("measured, as it was worked"), measured.lines_per_hour, measured.wait_share, measured.late, is_measured=True)
        ]
        gains = dict(report.gains)
        for name, positions, places in ways(report):
            played = report.of(PolicyName.AUTO, positions=positions, places=places)
            if played is not None:
                said = _(WAYS[name]).format(places=places)
                found.append(Bar(said, played.lines_per_hour, played.wait_share, played.late, gains.get(name)))
        return tuple(found)

    def _headline(self, report: Replay) -> str:
        """The one sentence that the sheet is for."""
        _ = self._translate
        gains = dict(report.gains)
        if "both" in gains:
            said = _("Lines an hour: {second} by a second tray position, {put} by put places, {both} by both")
            return said.format(
                second=signed(gains["second_position"]), put=signed(gains["put_places"]), both=signed(gains["both"])
            )
        if "put_places" in gains:
            return _("Lines an hour: {put} by put places").format(put=signed(gains["put_places"]))
        return _("The same orders, worked again")

    def _chart(self, bars: Sequence[Bar], *, with_late: bool) -> Any:
        _ = self._translate
        height_mm = STEP_MM * len(bars) + 6
        drawing = Drawing(WIDTH_MM * mm, height_mm * mm)
        room_mm = WIDTH_MM - NAME_MM - FIGURE_MM
        most = max((each.lines_per_hour for each in bars), default=0.0) or 1.0
        drawing.add(
            _label(
                _("lines an hour, the pale part is waiting; gains against one tray position without put places"),
                NAME_MM,
                height_mm - 3,
                colour=MEASURED,
            )
        )
        for at, each in enumerate(bars):
            y_mm = height_mm - 6 - STEP_MM * (at + 1) + (STEP_MM - BAR_MM) / 2
            length_mm = room_mm * each.lines_per_hour / most
            wait_mm = length_mm * each.wait_share
            colour = MEASURED if each.is_measured else MODEL
            drawing.add(_label(each.name, NAME_MM - 3, y_mm + 2.2, size_pt=SMALL_PT + 1, is_end=True, colour=colour))
            drawing.add(_box(NAME_MM, y_mm, length_mm - wait_mm, colour))
            pale = colors.HexColor("#d5d9df") if each.is_measured else WAITING
            drawing.add(_box(NAME_MM + length_mm - wait_mm, y_mm, wait_mm, pale))
            end_mm, text_mm = NAME_MM + length_mm, y_mm + 1.8
            drawing.add(_label(f"{each.lines_per_hour:.0f}", end_mm + 2, text_mm, size_pt=BIG_PT, bold=True, colour=colour))
            if each.gain is not None:
                drawing.add(_label(signed(each.gain), end_mm + 14, text_mm, size_pt=BIG_PT, bold=True, colour=MODEL))
            if with_late:
                late = _("late: {count}").format(count=each.late)
                drawing.add(_label(late, WIDTH_MM, text_mm, is_end=True, colour=colour))
        axis = NAME_MM * mm
        drawing.add(Line(axis, 0, axis, (height_mm - 6) * mm, strokeColor=LINE, strokeWidth=0.8))
        return drawing

    def _table(self, report: Replay) -> Any:
        """Every policy at every bay, four figures each."""
        _ = self._translate
        columns = ways(report)
        names = [_(WAYS[name]).format(places=places) for name, _positions, places in columns]
        heads = [_("lines/h"), _("waiting"), _("trays"), _("late")]
        rows = [["", *(cell for name in names for cell in (name, "", "", ""))], [_("trays: per line"), *heads * len(columns)]]
        rows.append(self._measured_row(report))
        for policy in dict.fromkeys(each.variant.policy for each in report.played):
            cells = [report.of(policy, positions=positions, places=places) for _name, positions, places in columns]
            rows.append([_(POLICIES[str(policy)]), *(figure for each in cells for figure in _figures(each))])
        style = [
            ("FONT", (0, 0), (-1, -1), FONT, 7, 8.5),
            ("FONT", (0, 0), (-1, 0), BOLD, 7, 8.5),
            ("FONT", (0, -1), (-1, -1), BOLD, 7, 8.5),
            ("TEXTCOLOR", (0, 2), (-1, 2), MEASURED),
            ("TEXTCOLOR", (0, 1), (-1, 1), MEASURED),
            ("TEXTCOLOR", (0, 3), (-1, -1), MODEL),
            ("ALIGN", (1, 1), (-1, -1), "RIGHT"),
            ("BACKGROUND", (0, 0), (-1, 1), SHADE),
            ("LINEBELOW", (0, 1), (-1, -1), 0.3, LINE),
            ("TOPPADDING", (0, 0), (-1, -1), 1.6),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 1.6),
            *(("SPAN", (1 + 4 * at, 0), (4 + 4 * at, 0)) for at in range(len(columns))),
            *(("ALIGN", (1 + 4 * at, 0), (4 + 4 * at, 0), "CENTER") for at in range(len(columns))),
            *(("LINEBEFORE", (1 + 4 * at, 0), (1 + 4 * at, -1), 0.6, LINE) for at in range(len(columns))),
        ]
        widths = [POLICY_MM * mm, *[CELL_MM * mm] * 4 * len(columns)]
        return Table(rows, colWidths=widths, hAlign="LEFT", style=TableStyle(style))

    def _measured_row(self, report: Replay) -> list[str]:
        """What was measured stands under the bay as it is today."""
        measured = report.measured
        figures = _four(measured.lines_per_hour, measured.wait_share, measured.trays_per_line, measured.late)
        now = (report.positions, report.places if report.has_places else ONE_BY_ONE)
        cells = [figures if (positions, places) == now else ("", "", "", "") for _, positions, places in ways(report)]
        return [self._translate("measured, as it was worked"), *(figure for each in cells for figure in each)]

    def _basis(self, report: Replay) -> list[tuple[str, str]]:
        _ = self._translate
        measured, machine, operator = report.measured, report.machine, report.operator
        said = _("{lines} lines of {orders} orders in {hours} h at the bay; {due} orders had a need-by, {late} were late.")
        log = said.format(
            lines=measured.lines,
            orders=measured.orders,
            hours=f"{measured.hours:.1f}",
            due=measured.with_need_by,
            late=measured.late,
        )
        learnt = machine.learnt
        if learnt is not None:
            lift = _("learnt from {n} motions: {speed} m/s, {acceleration} m/s², {transfer} s a transfer; residual {rms} s")
            lift = lift.format(
                n=learnt.n,
                speed=f"{learnt.speed_m_s:.2f}",
                acceleration=f"{learnt.acceleration_m_s2:.2f}",
                transfer=f"{learnt.transfer_s:.1f}",
                rms=f"{learnt.rms_s:.2f}",
            )
        else:
            lift = _("a standard machine: the log tells too little")
        times = operator.operator
        hand = _("{visit} s a visit and {line} s a line").format(visit=f"{times.visit_s:.1f}", line=f"{times.line_s:.1f}")
        if not operator.is_assumed:
            hand = _("{times}, learnt from {n} visits; residual {rms} s").format(
                times=hand, n=operator.n, rms=f"{operator.rms_s:.1f}"
            )
        assumed = "; ".join(_(ASSUMED[each]) for each in report.assumed)
        return [
            (_("Colours"), _("grey: measured in the log; blue: from the model")),
            (_("Measured in the log"), log),
            (_("Machine of the model"), lift),
            (_("Hand of the model"), hand),
            (_("Assumed"), assumed),
            (_("Not in the model"), _("breaks, shorts, faults, weights and the time to change a tote")),
        ]


def _figures(played: Played | None) -> tuple[str, ...]:
    if played is None:
        return ("–", "", "", "")
    return _four(played.lines_per_hour, played.wait_share, played.trays_per_line, played.late)


def _four(lines_per_hour: float, wait_share: float, trays_per_line: float, late: int) -> tuple[str, ...]:
    return (f"{lines_per_hour:.0f}", f"{wait_share:.0%}", f"{trays_per_line:.2f}", str(late))


def _box(x_mm: float, y_mm: float, width_mm: float, colour: Any) -> Any:
    return Rect(x_mm * mm, y_mm * mm, max(0.0, width_mm) * mm, BAR_MM * mm, fillColor=colour, strokeColor=None)


def _label(
    said: str,
    x_mm: float,
    y_mm: float,
    *,
    size_pt: float = HEAD_PT,
    bold: bool = False,
    is_end: bool = False,
    colour: Any = colors.black,
) -> Any:
    anchor = "end" if is_end else "start"
    return String(
        x_mm * mm, y_mm * mm, said, fontName=BOLD if bold else FONT, fontSize=size_pt, textAnchor=anchor, fillColor=colour
    )
