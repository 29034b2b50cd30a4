"""`baylight jit suitability`: which items may run just-in-time, and why."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path

from station.jit.assortment import Analysed
from station.jit.suitability import Kind, Reason, Verdict
from ui.cli.jit_source import add_source_options, read_source, status_of
from ui.cli.jit_words import reason_text
from ui.cli.terminal import Terminal, Translate
from ui.sentences.jit import ACTIONS, CHANGES, CLOSE, VERDICTS

COLUMNS = ("item", "verdict", "close", "value_class", "variation_class", "class", "reasons")


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--item", metavar="CODE", help=_("only this item, in words"))
    parser.add_argument("--csv", type=Path, metavar="FILE", help=_("the whole assortment as a table, too"))
    parser.add_argument("--pdf", type=Path, metavar="FILE", help=_("the whole assortment as a chart on paper, too"))
    add_source_options(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    source = read_source(args, terminal)
    assortment = source.analysed()
    if args.pdf:
        from ui.reports.jit_pdf import AssortmentChart

        args.pdf.write_bytes(AssortmentChart(terminal.translate).render(assortment, made_at=datetime.now(UTC)))
    found = [each for each in assortment.items if args.item in (None, each.item)]
    rows = [as_row(each) for each in found]
    if args.csv:
        _write_csv(args.csv, rows)
    if args.item and not args.json:
        for each in found:
            _say(each.verdict, terminal)
    else:
        told = [as_row(each) for each in sorted(found, key=_rank)] if not args.json else ()
        shown = rows if args.json else [{**row, "reasons": _codes(row["reasons"])} for row in told]
        terminal.write_rows(shown, as_json=args.json, columns=COLUMNS)
    missing = () if found or not args.item else (terminal.translate("there is no item {item}").format(item=args.item),)
    return terminal.end_with(missing) or status_of(source)


def _rank(each: Analysed) -> tuple[int, bool, float, str]:
    """For a person: what may be pulled first, the dear and the close before the others; without a verdict last."""
    return list(Kind).index(each.verdict.kind), not each.verdict.is_close, -(each.measured.value_per_year or 0.0), each.item


def as_row(each: Analysed) -> dict[str, object]:
    """One row of the output. Money in minor units, shares from 0 to 1, null for what is not known."""
    verdict, facts = each.verdict, each.measured.known
    return {
        "item": each.item,
        "verdict": verdict.kind.value,
        "close": verdict.is_close,
        "close_because": list(verdict.close_because),
        "issue": verdict.issue.value,
        "step": verdict.step,
        "reasons": [_reason(reason) for reason in verdict.reasons],
        "would_change": [{"change": name, "verdict": kind.value} for name, kind in verdict.would_change],
        "class": each.measured.classified.demand_class.value,
        "value_class": each.value_class.value if each.value_class else None,
        "variation_class": each.variation_class.value,
        "trend": each.measured.trend.direction.value,
        "trend_ratio": each.measured.trend.ratio,
        "spike": each.measured.spike or None,
        "spike_periods": list(each.measured.spike_periods),
        "per_year": each.measured.per_year,
        "value_per_year": each.measured.value_per_year,
        "value_share": each.value_share,
        "lot_days": verdict.lot_days,
        "lead_time_days": facts.lead_time_days,
        "assumed": list(facts.assumed),
    }


def _reason(reason: Reason) -> dict[str, object]:
    return {"code": reason.code, "figure": reason.figure, "limit": reason.limit, "speaks_for": reason.speaks_for.value}


def _codes(reasons: object) -> str:
    return ", ".join(str(each["code"]) for each in reasons) if isinstance(reasons, list) else ""


def _say(verdict: Verdict, terminal: Terminal) -> None:
    """One item in words, the next step last."""
    _ = terminal.translate
    terminal.say(_("{item}: {verdict}").format(item=verdict.item, verdict=_(VERDICTS[verdict.kind.value])))
    for reason in verdict.reasons:
        terminal.say(f"{'+' if reason.speaks_for is Kind.JIT else '-'} {reason_text(reason, _)}")
    for name in verdict.close_because:
        terminal.say(_("The verdict is close: it turns with {change}.").format(change=_(CLOSE[name])))
    for name, kind in verdict.would_change:
        said = _("With {change} it would be: {verdict}.")
        terminal.say(said.format(change=_(CHANGES[name]), verdict=_(VERDICTS[kind.value])))
    step = verdict.step or ("two_bin" if verdict.issue.value == "two_bin" else "")
    if step:
        terminal.say(_("Next: {step}.").format(step=_(ACTIONS[step])))


def _write_csv(path: Path, rows: list[dict[str, object]]) -> None:
    import csv

    columns = [name for name in rows[0] if name not in ("reasons", "would_change")] if rows else []
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([*columns, "reasons"])
        for row in rows:
            writer.writerow([*(_flat(row[name]) for name in columns), _codes(row["reasons"])])


def _flat(value: object) -> object:
    return " ".join(map(str, value)) if isinstance(value, list) else "" if value is None else value
