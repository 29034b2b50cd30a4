"""Days of the record worked again, on one sheet: what was measured, what the model says of the four bays that might stand there, and
every policy below.

What was measured is grey, what the model says is blue: no reader takes the one for the other. Bars begin at zero.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reportlab.graphics.shapes import Drawing, Line, Rect, String
from reportlab.lib import colors
from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, SimpleDocTemplate, Spacer

from station.planner.problem import PolicyName
from station.planner.replay import ONE_BY_ONE, Played, Replay
from ui.reports.sheet import BOLD, FONT, LINE, MARGIN_MM, SIZE, load_fonts, pairs, table, text
from ui.sentences.replay import ASSUMED, POLICIES, WAYS
from ui.texts import Texts

MEASURED = colors.HexColor("#5b6472")
MODEL = colors.HexColor("#1f5fa8")
WAITING = colors.HexColor("#c9d8ec")
WIDTH_MM, NAME_MM, BAR_MM, STEP_MM = 265.0, 78.0, 7.0, 11.5
FIGURE_MM = 62.0  # right of the bars: the figure and what it brings
HEAD_PT, BIG_PT, SMALL_PT = 8, 12, 8


@dataclass(frozen=True, slots=True)
class Bar:
    """A bay: its lines an hour, which part of the time is waiting, and what it brings beside the bare one."""

    name: str
    lines_per_hour: float
    wait_share: float
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
            machine=report.machine_name, first=f"{report.first.astimezone():%Y-%m-%d}", until=f"{report.until.astimezone():%Y-%m-%d}"
        )
        story = [
            text(title, size_pt=18, bold=True),
            text(f"{about} · {made_at.astimezone():%Y-%m-%d}", size_pt=9, colour=MEASURED),
            Spacer(0, 3 * mm),
            text(self._headline(report), size_pt=11, bold=True, colour=MODEL),
            Spacer(0, 3 * mm),
            self._chart(self.bars(report)),
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
        found = [Bar(_("measured, as it was worked"), measured.lines_per_hour, measured.wait_share, is_measured=True)]
        gains = dict(report.gains)
        for name, positions, places in ways(report):
            played = report.of(PolicyName.AUTO, positions=positions, places=places)
            if played is not None:
                said = _(WAYS[name]).format(places=places)
                found.append(Bar(said, played.lines_per_hour, played.wait_share, gains.get(name)))
        return tuple(found)

    def _headline(self, report: Replay) -> str:
        """The one sentence that the sheet is for."""
        _ = self._translate
        gains = dict(report.gains)
        if "both" in gains:
            said = _("A second tray position brings {second} more lines an hour, put places {put}, both together {both}.")
            return said.format(second=signed(gains["second_position"]), put=signed(gains["put_places"]), both=signed(gains["both"]))
        if "put_places" in gains:
            return _("Put places bring {put} more lines an hour.").format(put=signed(gains["put_places"]))
        return _("The same orders, worked again.")

    def _chart(self, bars: Sequence[Bar]) -> Any:
        _ = self._translate
        height_mm = STEP_MM * len(bars) + 6
        drawing = Drawing(WIDTH_MM * mm, height_mm * mm)
        room_mm = WIDTH_MM - NAME_MM - FIGURE_MM
        most = max((each.lines_per_hour for each in bars), default=0.0) or 1.0
        drawing.add(_label(_("lines an hour; the pale part is waiting"), NAME_MM, height_mm - 3, colour=MEASURED))
        for at, each in enumerate(bars):
            y_mm = height_mm - 6 - STEP_MM * (at + 1) + (STEP_MM - BAR_MM) / 2
            length_mm = room_mm * each.lines_per_hour / most
            wait_mm = length_mm * each.wait_share
            colour = MEASURED if each.is_measured else MODEL
            drawing.add(_label(each.name, NAME_MM - 3, y_mm + 2.2, size_pt=SMALL_PT + 1, is_end=True, colour=colour))
            drawing.add(_box(NAME_MM, y_mm, length_mm - wait_mm, colour))
            pale = colors.HexColor("#d5d9df") if each.is_measured else WAITING
            drawing.add(_box(NAME_MM + length_mm - wait_mm, y_mm, wait_mm, pale))
            drawing.add(_label(f"{each.lines_per_hour:.0f}", NAME_MM + length_mm + 2, y_mm + 1.8, size_pt=BIG_PT, bold=True, colour=colour))
            if each.gain is not None:
                drawing.add(_label(signed(each.gain), NAME_MM + length_mm + 16, y_mm + 1.8, size_pt=BIG_PT, bold=True, colour=MODEL))
        axis = NAME_MM * mm
        drawing.add(Line(axis, 0, axis, (height_mm - 6) * mm, strokeColor=LINE, strokeWidth=0.8))
        return drawing

    def _table(self, report: Replay) -> Any:
        """Every policy at every bay: lines an hour, waiting, trays a line, late."""
        _ = self._translate
        rows = [self._measured_row(report)]
        for policy in dict.fromkeys(each.variant.policy for each in report.played):
            cells = [_(POLICIES[str(policy)])]
            for _name, positions, places in ways(report):
                cells.append(_figures(report.of(policy, positions=positions, places=places)))
            rows.append(tuple(cells))
        names = [_(WAYS[name]).format(places=places) for name, _positions, places in ways(report)]
        head = (_("lines/h · waiting · trays a line · late"), *names)
        return table(head, rows, (65, *[50] * len(names)), right=tuple(range(1, len(names) + 1)))

    def _measured_row(self, report: Replay) -> tuple[str, ...]:
        """What was measured stands under the bay as it is today, so far as that is one of them."""
        measured = report.measured
        said = f"{measured.lines_per_hour:.0f} · {measured.wait_share:.0%} · {measured.trays_per_line:.2f} · {measured.late}"
        now = (report.positions, report.places if report.has_places else ONE_BY_ONE)
        cells = [said if (positions, places) == now else "–" for _, positions, places in ways(report)]
        return (self._translate("measured, as it was worked"), *cells)

    def _basis(self, report: Replay) -> list[tuple[str, str]]:
        _ = self._translate
        measured, machine, operator = report.measured, report.machine, report.operator
        said = _("{lines} lines of {orders} orders in {hours} h at the bay; {due} orders had a need-by, {late} were late.")
        log = said.format(
            lines=measured.lines, orders=measured.orders, hours=f"{measured.hours:.1f}", due=measured.with_need_by, late=measured.late
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
            hand = _("{times}, learnt from {n} visits; residual {rms} s").format(times=hand, n=operator.n, rms=f"{operator.rms_s:.1f}")
        assumed = "; ".join(_(ASSUMED[each]) for each in report.assumed)
        return [
            (_("Measured in the log"), log),
            (_("Machine of the model"), lift),
            (_("Hand of the model"), hand),
            (_("Assumed"), assumed),
            (_("Not in the model"), _("breaks, shorts, faults, weights and the time to change a tote")),
        ]


def ways(report: Replay) -> tuple[tuple[str, int, int], ...]:
    """The bays that were compared: name, tray positions, put places."""
    all_ways = (("bare", 1, ONE_BY_ONE), ("second_position", 2, ONE_BY_ONE), ("put_places", 1, report.places), ("both", 2, report.places))
    played = {(each.variant.positions, each.variant.places) for each in report.played}
    return tuple(each for each in all_ways if each[1:] in played)


def signed(share: float) -> str:
    """A gain in per cent with its sign."""
    return f"{100 * share:+.0f} %".replace("-", "−")


def _figures(played: Played | None) -> str:
    if played is None:
        return "–"
    return f"{played.lines_per_hour:.0f} · {played.wait_share:.0%} · {played.trays_per_line:.2f} · {played.late}"


def _box(x_mm: float, y_mm: float, width_mm: float, colour: Any) -> Any:
    return Rect(x_mm * mm, y_mm * mm, max(0.0, width_mm) * mm, BAR_MM * mm, fillColor=colour, strokeColor=None)


def _label(
    said: str, x_mm: float, y_mm: float, *, size_pt: float = HEAD_PT, bold: bool = False, is_end: bool = False, colour: Any = colors.black
) -> Any:
    anchor = "end" if is_end else "start"
    return String(x_mm * mm, y_mm * mm, said, fontName=BOLD if bold else FONT, fontSize=size_pt, textAnchor=anchor, fillColor=colour)
