"""`baylight service`: cycles, hours and metres of each machine since its last service, what is left, and its busiest trays."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from station.wear import Intervals, WearReport, assess, intervals_of
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, Terminal, Translate

if TYPE_CHECKING:
    from station.planner.learning import LearntMachine
    from station.planner.own_reading import SeenMachine
    from station.values import ServiceBooked

COLUMNS = ("machine", "measure", "used", "interval", "left", "due")
TRAY_COLUMNS = ("machine", "tray", "cycles", "metres", "run_h", "bay_h", "not_done", "unknown", "last_at")
SHOWN_TRAYS = 10


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--machine", metavar="NAME", help=_("only this machine"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    reports, learnt = _reports(args)
    if args.json:
        for report in reports:
            terminal.write_json({**as_row(report), "learnt": learnt_row(learnt.get(report.machine))})
    else:
        _write_tables(reports, terminal)
        _say_learnt(learnt, terminal)
    if reports or not args.machine:
        return DONE
    return terminal.end_with([terminal.translate("machine {machine} has moved nothing").format(machine=args.machine)])


def _reports(args: Namespace) -> tuple[list[WearReport], dict[str, SeenMachine]]:
    """Each machine in the store now; the settings' intervals are those of the settings' machine, and so is what is learnt."""
    from station.planner.own_reading import learnt_of
    from ui.bootstrap.planning import settings_for
    from ui.bootstrap.store import open_reader, settings_of

    settings, now = settings_of(args.config), datetime.now(UTC)
    mine = {settings.machine.name: intervals_of(settings)}
    with closing(open_reader(*store_directory(args))) as reader:
        machines = [each for each in reader.worn_machines() if args.machine in (None, each)]
        own = settings_for(reader, settings).machine
        learnt = {own.name: learnt_of(reader, own)} if own.name in machines else {}
        return [assess(reader.wear(each), mine.get(each, Intervals()), now) for each in machines], learnt


def _write_tables(reports: Sequence[WearReport], terminal: Terminal) -> None:
    not_known = terminal.translate("not known")
    gauges = [_known(row, not_known) for report in reports for row in gauge_rows(report)]
    trays = [_known(row, not_known) for report in reports for row in tray_rows(report)[:SHOWN_TRAYS]]
    terminal.write_rows(gauges, as_json=False, columns=COLUMNS)
    if trays:
        terminal.say("")
        terminal.write_rows(trays, as_json=False, columns=TRAY_COLUMNS)


def _say_learnt(learnt: Mapping[str, SeenMachine], terminal: Terminal) -> None:
    """What the machine is like by its own log, and whether that has changed."""
    _ = terminal.translate
    for machine, each in learnt.items():
        if each.machine is not None:
            said = _("{machine}: {speed} m/s, {acceleration} m/s², {transfer} s a transfer; residual {rms} s of {n} motions.")
            terminal.say("")
            terminal.say(said.format(machine=machine, n=each.machine.n, **_figures(each.machine)))
        if each.drift is not None and each.drift.is_found:
            warned = _("baylight: O513 A motion of {machine} has changed by {shift} s ({share}). Have the machine looked at.")
            terminal.warn(warned.format(machine=machine, shift=f"{each.drift.shift_s:+.1f}", share=f"{each.drift.share:+.0%}"))


def _figures(found: LearntMachine) -> dict[str, str]:
    return {
        "speed": f"{found.speed_m_s:.2f}",
        "acceleration": f"{found.acceleration_m_s2:.2f}",
        "transfer": f"{found.transfer_s:.1f}",
        "rms": f"{found.rms_s:.2f}",
    }


def learnt_row(learnt: SeenMachine | None) -> dict[str, object] | None:
    """What is learnt of a machine, with residual and drift; null where its log or the settings' levels tell too little."""
    if learnt is None or learnt.machine is None:
        return None
    drift = learnt.drift
    row: dict[str, object] = asdict(learnt.machine)
    row["drift"] = (
        None
        if drift is None
        else {
            "shift_s": drift.shift_s,
            "error_s": drift.error_s,
            "share": drift.share,
            "n": drift.later_n,
            "earlier_from": drift.earlier_from.isoformat(),
            "later_from": drift.later_from.isoformat(),
            "code": "O513" if drift.is_found else "",
        }
    )
    return row


def _known(row: dict[str, object], not_known: str) -> dict[str, object]:
    """A figure that nobody knows says so; an interval that nobody set is left out."""
    return {name: not_known if value is None and name in ("used", "metres") else value for name, value in row.items()}


def gauge_rows(report: WearReport) -> list[dict[str, object]]:
    """The gauges of a machine, its motions that were not done or have no known end, and its next inspection."""
    rows: list[dict[str, object]] = []
    for each in report.gauges:
        left = None if each.left is None else _rounded(each.left)
        used = None if each.used is None else _rounded(each.used)
        row = {"machine": report.machine, "measure": each.measure, "used": used, "interval": each.interval or None}
        rows.append({**row, "left": left, "due": each.is_due})
    for name in ("motions", "not_done", "unknown"):
        row = {"machine": report.machine, "measure": name, "used": getattr(report, name), "interval": None}
        rows.append({**row, "left": None, "due": False})
    if report.next_inspection is not None:
        row = {"machine": report.machine, "measure": "inspection", "used": "", "interval": report.next_inspection.isoformat()}
        rows.append({**row, "left": report.days_left, "due": "inspection" in report.due})
    return rows


def tray_rows(report: WearReport) -> list[dict[str, object]]:
    """The trays of a machine over the whole log, the busiest first."""
    return [
        {
            "machine": report.machine,
            "tray": each.tray,
            "cycles": each.cycles,
            "metres": None if each.metres is None else _rounded(each.metres),
            "run_h": round(each.run_s / 3600, 2),
            "bay_h": round(each.bay_s / 3600, 2),
            "not_done": each.not_done,
            "unknown": each.unknown,
            "last_at": _moment(each.last_at),
        }
        for each in report.trays
    ]


def as_row(report: WearReport) -> dict[str, object]:
    """One machine whole. What is not known is null."""
    return {
        "machine": report.machine,
        "since": _moment(report.since),
        "gauges": [{**asdict(each), "left": each.left, "is_due": each.is_due} for each in report.gauges],
        "motions": report.motions,
        "not_done": report.not_done,
        "unknown": report.unknown,
        "service": _booked(report.service),
        "inspection": _booked(report.inspection),
        "next_inspection": report.next_inspection.isoformat() if report.next_inspection else None,
        "days_left": report.days_left,
        "due": list(report.due),
        "trays": [{**asdict(each), "last_at": _moment(each.last_at)} for each in report.trays],
    }


def _booked(booked: ServiceBooked | None) -> dict[str, object] | None:
    if booked is None:
        return None
    return {"at": _moment(booked.at), "person": booked.person, "note": booked.note}


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def _rounded(value: float) -> float | int:
    """Two decimals, and none for a whole number."""
    return int(value) if value == int(value) else round(value, 2)
