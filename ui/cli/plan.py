"""`baylight plan`: the tray sequence for a set of released lines, and what it costs (docs/planner.md)."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from station.planner.problem import CannotPlanError, PolicyName
from ui.cli.options import add_json_option, add_store_options
from ui.cli.terminal import DONE, MISUSED, CommandError, Terminal, Translate

if TYPE_CHECKING:
    from station.planner.plan import Outcome
    from station.planner.problem import PlannedVisit

COLUMNS = ("visit", "tray", "lines")


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument(
        "file", nargs="?", metavar="FILE", help=_("file of machine, stock and orders (JSON); - is standard input")
    )
    parser.add_argument("--store", action="store_true", help=_("what waits now in the store, instead of a file"))
    parser.add_argument(
        "--policy",
        choices=[str(each) for each in PolicyName],
        default=str(PolicyName.AUTO),
        help=_("how trays and orders are chosen (default: auto)"),
    )
    add_store_options(parser, _)
    add_json_option(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    if args.store is bool(args.file):
        _ = terminal.translate
        message, how = _("a plan is of a file or of the store"), _("Name a FILE, or say --store.")
        raise CommandError("O510", message, how, status=MISUSED)
    return _of_store(args, terminal) if args.store else _of_file(args, terminal)


def _of_file(args: Namespace, terminal: Terminal) -> int:
    from station.planner.plan import plan
    from station.planner.problem_file import problem_from

    try:
        outcome = plan(problem_from(_text(args.file, terminal)), PolicyName(args.policy))
    except CannotPlanError as error:
        raise _refusal(error, terminal.translate) from error
    _write(as_json(outcome), args, terminal)
    return DONE


def _of_store(args: Namespace, terminal: Terminal) -> int:
    """The same answer for what waits now; beside it what was assumed, and the lines that nobody can pick now."""
    from ui.bootstrap.planning import plan_waiting

    _ = terminal.translate
    outcome, found, machine, assumed = plan_waiting(args, PolicyName(args.policy))
    answer = as_json(outcome, found.real(outcome.run.visits, machine))
    left_out = [{"order": order, "line": line, "why": why} for order, line, why in found.left_out]
    _write({**answer, "assumed": list(assumed), "left_out": left_out}, args, terminal)
    if not args.json and left_out:
        terminal.say(_("Lines that cannot be picked now: {count}. See them: baylight orders --open.").format(count=len(left_out)))
    return DONE


def _write(answer: Mapping[str, Any], args: Namespace, terminal: Terminal) -> None:
    if args.json:
        terminal.write_json(answer)
        return
    rows = [
        {"visit": number, "tray": each["tray"], "lines": ", ".join(f"{order} {item}" for order, item in each["lines"])}
        for number, each in enumerate(answer["visits"], start=1)
    ]
    terminal.write_rows(rows, as_json=False, columns=COLUMNS)
    fields = {name: each for name, each in answer.items() if name not in ("visits", "left_out")}
    terminal.write_fields(fields, as_json=False)


def as_json(outcome: Outcome, visits: Sequence[PlannedVisit] | None = None) -> dict[str, Any]:
    """The answer as `--json` has it. Figures are not rounded: another simulator is to get the same."""
    figures, (median_ms, p99_ms) = outcome.figures, outcome.decision_ms
    return {
        "policy": str(outcome.policy),
        "visits": [
            {"tray": each.tray, "lines": [list(line) for line in each.lines]}
            for each in (outcome.run.visits if visits is None else visits)
        ],
        "lines_per_hour": figures.lines_per_hour,
        "trays_per_line": figures.trays_per_line,
        "wait_share": figures.wait_share,
        "late": figures.late,
        "displacement": {"mean": figures.displacement_mean, "max": figures.displacement_max},
        "decision_ms": {"p50": round(median_ms, 3), "p99": round(p99_ms, 3)},
    }


def _text(name: str, terminal: Terminal) -> str:
    _ = terminal.translate
    try:
        return terminal.stdin.read() if name == "-" else Path(name).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refusal(CannotPlanError("O450", why="UTF-8"), _) from error
    except OSError as error:
        raise CommandError(
            "I301", _("there is no file {path}").format(path=name), _("Name a file that exists."), status=MISUSED
        ) from error


def _refusal(error: CannotPlanError, _: Translate) -> CommandError:
    sentences = {
        "O450": _("the file is no JSON: {why}"),
        "O451": _("{where} cannot be used: {why}"),
        "O452": _("item {where} of order {why} lies on no tray"),
        "O453": _("{where} names a tray that no machine has"),
        "O454": _("order {where} is there twice"),
    }
    said = sentences[error.code].format(where=error.where or "-", why=_why(error, _))
    return CommandError(error.code, said, _("Mend the file: docs/planner.md has its format."), status=MISUSED)


def _why(error: CannotPlanError, _: Translate) -> str:
    """What a value must be; the rest is said as it is."""
    texts = {
        "missing": _("it is missing"),
        "number": _("it must be a number"),
        "whole": _("it must be a whole number"),
        "range": _("it is outside of what is allowed"),
        "object": _("it must be an object"),
        "list": _("it must be a list"),
        "text": _("it must be a text that is not empty"),
        "trays": _("it must be a list of tray numbers"),
        "truth": _("it must be true or false"),
        "empty": _("it is empty"),
    }
    return texts.get(error.why, error.why) if error.code == "O451" else error.why
