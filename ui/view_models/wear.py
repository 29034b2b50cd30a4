"""The service page: gauges since the last service, a line about service and inspection, and the busiest trays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from station.view.wear import WearFace
from station.wear import Gauge, TrayReport, WearReport
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models.rows import ListModel, RowModel, paged

BUSIEST: Final = 10
MEASURES: Final = ("cycles", "hours", "metres", "days")
PLACES: Final = {"hours": 1}  # decimals of a measure that is no whole number
HOUR_S: Final = 3600.0


@dataclass(frozen=True, slots=True)
class GaugeModel:
    """One measure: what it is, how much, and what is left. `share` of the interval fills the bar, None without an interval or a
    figure."""

    caption: str
    value: str
    left: str
    share: float | None = None
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class WearModel:
    gauges: tuple[GaugeModel, ...]
    since: str
    inspection: str
    is_inspection_due: bool
    rows: ListModel


def present(face: WearFace, local: Local, texts: Texts, *, now: datetime, rows: int) -> WearModel:
    report = face.report
    if report is None:
        blank = tuple(GaugeModel(texts.label(f"wear_{measure}"), "", "") for measure in MEASURES)
        waiting = paged("", [], texts, page=0, size=rows, empty=texts.label("reading_wear"))
        return WearModel(blank, "", "", False, waiting)
    trays = [_tray(each, texts, now) for each in report.trays[:BUSIEST]]
    shown = paged("", trays, texts, page=local.page, size=rows, empty=texts.label("nothing_moved"))
    gauges = tuple(_gauge(each, texts) for each in report.gauges)
    return WearModel(gauges, _since(report, texts), _inspection(report, texts), "inspection" in report.due, shown)


def row_count(face: WearFace) -> int:
    """How many rows the list has."""
    return min(BUSIEST, len(face.report.trays)) if face.report is not None else 0


def _gauge(gauge: Gauge, texts: Texts) -> GaugeModel:
    caption, places = texts.label(f"wear_{gauge.measure}"), PLACES.get(gauge.measure, 0)
    if gauge.used is None:
        interval = texts.label("interval", interval=gauge.interval) if gauge.interval else texts.label("no_interval")
        return GaugeModel(caption, texts.label("not_known"), interval)
    value = texts.decimal(gauge.used, places)
    if gauge.left is None:
        return GaugeModel(caption, value, texts.label("no_interval"))
    if gauge.left < 0:
        left = texts.label("interval_over", over=texts.decimal(-gauge.left, places), interval=gauge.interval)
    else:
        left = texts.label("interval_left", rest=texts.decimal(gauge.left, places), interval=gauge.interval)
    return GaugeModel(caption, value, left, min(1.0, gauge.used / gauge.interval), gauge.is_due)


def _since(report: WearReport, texts: Texts) -> str:
    """What the counters are counted from, and what failed since."""
    if report.since is None:
        return ""
    date = report.since.date().isoformat()
    begun = (
        texts.label("since_service", date=date, note=report.service.note)
        if report.service is not None
        else texts.label("since_first", date=date)
    )
    return f"{begun}  ·  {texts.label('wear_failed', not_done=report.not_done, unknown=report.unknown)}"


def _inspection(report: WearReport, texts: Texts) -> str:
    if report.next_inspection is None or report.days_left is None:
        return texts.label("no_inspection")
    date = report.next_inspection.isoformat()
    if report.days_left == 0:
        return texts.label("inspection_today")
    name = "inspection_in" if report.days_left > 0 else "inspection_over"
    return texts.label(name, date=date, count=abs(report.days_left))


def _tray(tray: TrayReport, texts: Texts, now: datetime) -> RowModel:
    worn = texts.label("tray_worn", hours=texts.decimal(tray.run_s / HOUR_S, 1), bay=texts.decimal(tray.bay_s / HOUR_S, 1))
    cycles = texts.label("tray_cycles", count=tray.cycles)
    failed = texts.label("wear_failed", not_done=tray.not_done, unknown=tray.unknown)
    metres = (
        texts.label("metres_not_known")
        if tray.metres is None
        else texts.label("tray_metres", metres=texts.decimal(tray.metres, 0))
    )
    return RowModel(
        name=f"worn_{tray.tray}",
        lead=f"{texts.label('tray')} {tray.tray}",
        main=f"{cycles}  ·  {failed}" if tray.not_done or tray.unknown else cycles,
        sub=worn,
        right=metres,
        right_sub=texts.label("last_moved", time=texts.moment(tray.last_at, now)) if tray.last_at else "",
        is_touchable=False,
    )
