"""`baylight replay`: a stretch of the log worked again under each policy, beside what was measured (docs/planner.md)."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.cli.days import end_of, moment_of
from ui.cli.options import add_json_option, add_store_options, store_directory
from ui.cli.terminal import DONE, MISUSED, CommandError, Terminal, Translate

if TYPE_CHECKING:
    from station.planner.replay import Played, Replay

COLUMNS = ("policy", "positions", "put_places", "lines_per_hour", "wait_share", "trays_per_line", "late")


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--from", dest="first", required=True, metavar="D", help=_("first day, like 2026-11-02, or a moment"))
    parser.add_argument("--to", dest="until", required=True, metavar="D", help=_("last day, or a moment"))
    parser.add_argument("--pdf", type=Path, metavar="FILE", help=_("the comparison on paper, too"))
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    from ui.bootstrap.planning import NothingToReplayError, replay_job
    from ui.bootstrap.store import settings_of

    _ = terminal.translate
    first, until = moment_said(args.first, is_end=False), moment_said(args.until, is_end=True)
    if first is None or until is None or first >= until:
        message = _("--from and --to are no stretch of time")
        raise CommandError("O511", message, _("Name two days, the earlier one first: 2026-11-02."), status=MISUSED)
    settings = settings_of(args.config)
    try:
        job = replay_job(store_directory(args)[0], settings, first=first, until=until)
    except NothingToReplayError as error:
        how = _("Name days on which orders were picked: baylight events --kind line_closed.")
        raise CommandError("O512", _("Nothing was picked at this machine in these days."), how) from error
    played: list[Played] = []
    for each in job.played():
        played.append(each)
        if not args.json:
            terminal.warn(_("{done} of {of} ways worked").format(done=len(played), of=len(job.wanted)))
    report = job.report(played)
    if args.pdf:
        _write_pdf(report, args, settings.station.language)
    if args.json:
        terminal.write_json(as_json(report))
    else:
        _say(report, terminal)
    return DONE


def moment_said(said: str, *, is_end: bool) -> datetime | None:
    """A moment, or a day of this computer's time zone from its begin or to its end; None for what is neither."""
    try:
        return (end_of(said) if is_end else moment_of(said)).astimezone(UTC)
    except ArgumentTypeError:
        return None


def as_json(report: Replay) -> dict[str, Any]:
    """The answer as one object: what was measured, and what the model says."""
    measured, machine, operator = report.measured, report.machine, report.operator
    learnt = machine.learnt
    return {
        "from": report.first.isoformat(),
        "to": report.until.isoformat(),
        "machine": report.machine_name,
        "measured": {
            "orders": measured.orders,
            "lines": measured.lines,
            "lines_per_hour": measured.lines_per_hour,
            "wait_share": measured.wait_share,
            "trays_per_line": measured.trays_per_line,
            "late": measured.late,
            "with_need_by": measured.with_need_by,
            "hours": measured.hours,
        },
        "model": {
            "learnt": learnt is not None,
            "speed_m_s": machine.machine.speed_m_s,
            "acceleration_m_s2": machine.machine.acceleration_m_s2,
            "transfer_s": learnt.transfer_s if learnt else None,
            "rms_s": learnt.rms_s if learnt else None,
            "motions": learnt.n if learnt else 0,
            "visit_s": operator.operator.visit_s,
            "line_s": operator.operator.line_s,
            "visits": operator.n,
            "assumed": list(report.assumed),
        },
        "replayed": [row_of(each) for each in report.played],
        "gains": dict(report.gains),
        "left_out": report.left_out,
    }


def row_of(played: Played) -> dict[str, Any]:
    """One variant. `put_places` 1: order by order."""
    variant = played.variant
    return {
        "policy": str(variant.policy),
        "positions": variant.positions,
        "put_places": variant.places,
        "lines_per_hour": played.lines_per_hour,
        "wait_share": played.wait_share,
        "trays_per_line": played.trays_per_line,
        "late": played.late,
        "hours": played.hours,
    }


def _say(report: Replay, terminal: Terminal) -> None:
    from ui.sentences.replay import ASSUMED, POLICIES

    _ = terminal.translate
    measured = report.measured
    said = _("Measured: {lines} lines of {orders} orders, {rate} lines/h, {wait} waiting, {trays} trays a line, {late} late.")
    figures = {
        "rate": f"{measured.lines_per_hour:.0f}",
        "wait": f"{measured.wait_share:.0%}",
        "trays": f"{measured.trays_per_line:.2f}",
    }
    terminal.say(said.format(lines=measured.lines, orders=measured.orders, late=measured.late, **figures))
    terminal.say(_("From the model:"))
    rows = [
        {
            **row_of(each),
            "policy": _(POLICIES[str(each.variant.policy)]),
            "lines_per_hour": f"{each.lines_per_hour:.0f}",
            "wait_share": f"{each.wait_share:.0%}",
            "trays_per_line": f"{each.trays_per_line:.2f}",
        }
        for each in report.played
    ]
    terminal.write_rows(rows, as_json=False, columns=COLUMNS)
    terminal.say(_("Assumed: {inputs}.").format(inputs=", ".join(_(ASSUMED[each]) for each in report.assumed)))


def _write_pdf(report: Replay, args: Namespace, language: str) -> None:
    from ui.language import load_language
    from ui.reports.replay_pdf import ReplayPaper
    from ui.texts import Texts

    args.pdf.write_bytes(ReplayPaper(Texts(load_language(language))).render(report, made_at=datetime.now(UTC)))
