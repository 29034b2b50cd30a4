"""`baylight jit replay`: the last months once more, under today's rules and under the proposal."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from station.jit.comparison import Comparison, Side, compare
from station.jit.drawn import Drawing, drawn_facts
from station.jit.source import Source
from ui.cli.jit_source import add_source_options, read_source, status_of
from ui.cli.terminal import MISUSED, CommandError, Terminal, Translate
from ui.sentences.jit import ASSUMED

LAST_DAYS = 365


def describe(parser: ArgumentParser, _: Translate) -> None:
    parser.add_argument("--last", type=int, metavar="N", help=_("how many periods are played (default: those of a year)"))
    parser.add_argument("--seed", type=int, default=1, metavar="S", help=_("seed of the lead times and days (default: 1)"))
    add_source_options(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    _ = terminal.translate
    source = read_source(args, terminal)
    last = max(1, round(LAST_DAYS / source.period_days)) if args.last is None else args.last
    if last < 1:
        raise CommandError("O464", _("Nothing is played: give --last a number of at least 1."), status=MISUSED)
    seed = args.seed if args.draw is None else args.draw
    facts, drawn = drawn_facts([each.item for each in source.series], source.facts, drawing=Drawing(seed=seed))
    found = compare(source.series, facts, given=source.given, period_days=source.period_days, last=last, seed=args.seed)
    if not found.played:
        how = _("Play fewer periods with --last, or wait for more history.")
        raise CommandError("O464", _("No item has enough history before the periods that are to be played."), how)
    assumed = _assumed(source, found, drawn)
    if args.json:
        terminal.write_json(as_object(found, args.seed, assumed))
    else:
        _say(found, source, assumed, terminal, seed=args.seed)
    return status_of(source)


def as_object(found: Comparison, seed: int, assumed: list[str]) -> dict[str, object]:
    """The answer as one object. Money in minor units, carrying and ordering cost of a year."""
    return {
        "seed": seed,
        "days": found.days,
        "items": len(found.played),
        "left_out": len(found.left_out),
        "assumed": assumed,
        "assumed_today": found.assumed_today,
        "today": asdict(found.today),
        "proposal": asdict(found.proposal),
    }


def _assumed(source: Source, found: Comparison, drawn: tuple[str, ...]) -> list[str]:
    names = {*drawn, *(("period_days",) if source.is_period_assumed else ()), "lead_time_sd_days", "order_cost"}
    facts = source.facts.values()
    if facts and all(each.lead_time_sd_days is not None for each in facts):
        names.discard("lead_time_sd_days")
    if facts and all(each.order_cost is not None for each in facts):
        names.discard("order_cost")
    return sorted(names | ({"todays_rule"} if found.assumed_today else set()))


def _say(found: Comparison, source: Source, assumed: list[str], terminal: Terminal, *, seed: int) -> None:
    _ = terminal.translate
    currency = source.given.settings.currency
    said = _("{items} items over {days} days; {left} more have too little history before them.")
    terminal.say(said.format(items=len(found.played), days=found.days, left=len(found.left_out)))
    names = {
        "items_short": _("items that were short"),
        "stock_outs": _("days somebody waited"),
        "fill_rate": _("served at once"),
        "mean_stock_minor": _("mean stock"),
        "moves_per_day": _("moves a day"),
        "carrying_minor": _("carrying cost a year"),
        "avoidable_minor": _("of it avoidable"),
        "ordering_minor": _("cost of orders a year"),
    }
    rows = [
        {"": text, _("today"): _cell(found.today, name, currency), _("proposal"): _cell(found.proposal, name, currency)}
        for name, text in names.items()
    ]
    terminal.write_rows(rows, as_json=False, columns=("", _("today"), _("proposal")))
    if assumed:
        terminal.say(_("Assumed: {inputs}.").format(inputs=", ".join(_(ASSUMED[each]) for each in assumed)))
    terminal.say(_("Seed {seed}: it gives the same days and lead times again, and the same to both sides.").format(seed=seed))
    terminal.say(_next(found, _))


def _next(found: Comparison, _: Translate) -> str:
    """What the two columns come to, the step last. Less stock at worse service is no gain, and is not told as one."""
    today, proposal = found.today, found.proposal
    if (proposal.fill_rate or 0.0) < (today.fill_rate or 0.0):
        return _("The proposal serves less at once. Ask again with a higher --service before stock is lowered.")
    if proposal.avoidable_minor + proposal.ordering_minor > today.avoidable_minor + today.ordering_minor:
        return _("The proposal serves as well or better, and costs more a year. Look at its items first: baylight jit buffers.")
    return _("The proposal serves as well or better, and costs less a year. Begin with the first items of: baylight jit report.")


def _cell(side: Side, name: str, currency: str) -> str:
    value = getattr(side, name)
    if value is None:
        return "-"
    if name.endswith("_minor"):
        return f"{value / 100:.2f} {currency}"
    return f"{value:.1%}" if name == "fill_rate" else f"{value:.1f}" if isinstance(value, float) else str(value)
