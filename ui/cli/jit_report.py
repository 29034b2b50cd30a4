"""`baylight jit report`: what to run just-in-time, what to do first, what it brings, and what all of it assumes."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from dataclasses import asdict

from station.jit.capacity import Capacity
from station.jit.facts import Assumptions
from station.jit.readiness import Gate, Light
from station.jit.report import Action, Report, report_of
from station.jit.source import Source
from ui.cli.jit_now import read_now, say_now
from ui.cli.jit_source import add_source_options, read_source, status_of
from ui.cli.jit_words import reason_text
from ui.cli.terminal import Terminal, Translate
from ui.sentences.jit import ACTIONS, ASSUMED, CLASSES, GATE_STEPS, GATES, LIGHTS, PERIOD_ASSUMED, VERDICTS

SHOWN_ITEMS = 5
MOST_NAMED = 100  # items of a gate, in JSON


def describe(parser: ArgumentParser, _: Translate) -> None:
    add_source_options(parser, _)


def run(args: Namespace, terminal: Terminal) -> int:
    source = read_source(args, terminal)
    assortment = source.analysed()
    now = read_now(args, source, assortment)
    report = report_of(
        assortment,
        undated=source.undated,
        counted=source.counted,
        internal=source.internal,
        worked=source.worked,
    )
    if args.json:
        terminal.write_json({**as_object(report, source), "now": None if now is None else asdict(now)})
    else:
        say_now(now, terminal)
        _say(report, source, terminal)
    return status_of(source)


def as_object(report: Report, source: Source) -> dict[str, object]:
    """The report as one object: shares from 0 to 1, money in minor units of `currency`, null for what is not known."""
    gates = [
        {
            "gate": each.gate.value,
            "light": each.light.value,
            "figure": each.figure,
            "limit": each.limit,
            "items": len(each.items),
            "named": list(each.items[:MOST_NAMED]),
        }
        for each in report.gates
    ]
    return {
        **{name: value for name, value in asdict(report).items() if name not in ("gates", "capacity")},
        "gates": gates,
        "capacity": _capacity(report),
        "currency": source.given.settings.currency,
        "definition": asdict(source.given.definition),
        "carrying_cost": _cost(source.given),
        "service": source.given.service,
        "period_days_assumed": source.is_period_assumed,
        "lead_time_days_assumed": source.given.settings.lead_time_days,
        "order_cost_assumed": source.given.settings.order_cost,
    }


def _capacity(report: Report) -> dict[str, object] | None:
    """Of the bay: booked lines a day, what each takes, the attended hours, and which share of them is worked."""
    found = report.capacity
    if found is None:
        return None
    return {
        "days": found.worked.days,
        "per_day": found.worked.per_day,
        "planned_per_day": found.planned_per_day,
        "most_per_day": found.most_per_day,
        "seconds_each": found.worked.seconds_each,
        "open_hours": found.worked.open_hours,
        "load_today": found.load_today,
        "load_planned": found.load_planned,
    }


def _cost(given: Assumptions) -> dict[str, object]:
    parts = [{"part": each.name, "rate": each.rate, "avoidable": each.is_avoidable} for each in given.cost.parts]
    return {"rate": given.cost.rate, "avoidable_rate": given.cost.avoidable_rate, "parts": parts}


def _say(report: Report, source: Source, terminal: Terminal) -> None:
    """For a planner: what there is, what to do, what it brings, what holds it up, and what was assumed."""
    _say_assortment(report, source, terminal)
    _say_actions(report, source, terminal)
    _say_money(report, source, terminal)
    _say_gates(report, terminal)
    _say_assumed(report, source, terminal)


def _say_assortment(report: Report, source: Source, terminal: Terminal) -> None:
    _ = terminal.translate
    said = _("Items: {items}; periods: {periods} of {days} days. Too little history for a sure class: {unsure}.")
    values = {"items": report.items, "periods": report.periods, "days": f"{report.period_days:.4g}", "unsure": report.unsure}
    terminal.say(said.format(**values))
    moving = _("Demand grows: {growing}, falls: {falling}, has spikes: {spiking}.")
    terminal.say(moving.format(growing=report.growing, falling=report.falling, spiking=report.spiking))
    _say_classes(report, source, terminal)
    for part in report.parts:
        share = "" if part.value_share is None else _(", {share} of the annual value").format(share=f"{part.value_share:.0%}")
        line = _("{verdict}: {items}{share}; close: {close}")
        terminal.say("- " + line.format(verdict=_(VERDICTS[part.kind.value]), items=part.items, share=share, close=part.close))


def _say_classes(report: Report, source: Source, terminal: Terminal) -> None:
    """Which classes there are, and by which definition: another one moves items."""
    _ = terminal.translate
    told = source.given.definition
    classes = ", ".join(f"{_(CLASSES[name])} {count}" for name, count in report.classes.items())
    said = _("Demand: {classes}. ADI from {adi} on is rare, CV² from {cv2} on uneven (sample variance of the demands).")
    terminal.say(said.format(classes=classes, adi=told.adi_limit, cv2=told.cv2_limit))
    ranks = [f"{name} {count}" for name, count in (*report.value_classes.items(), *report.variation_classes.items())]
    terminal.say(_("By value and by variation: {ranks}.").format(ranks=", ".join(ranks)))


def _say_actions(report: Report, source: Source, terminal: Terminal) -> None:
    _ = terminal.translate
    if not report.actions:
        terminal.say(_("There is nothing to do first: no item has a verdict that asks for a step."))
        return
    shown = report.actions[:SHOWN_ITEMS]
    first = _("Do first ({shown} of {steps}; all of them: baylight jit suitability):")
    terminal.say(first.format(shown=len(shown), steps=report.steps))
    for action in shown:
        step = _("{item}: {step}{frees}").format(item=action.item, step=_(ACTIONS[action.code]), frees=_worth(action, source, _))
        terminal.say(f"- {step}")
        if action.why is not None:
            terminal.say(f"    {reason_text(action.why, _)}")


def _worth(action: Action, source: Source, _: Translate) -> str:
    """What it frees; where that is not known, how much of it is used."""
    cash = action.cash_minor
    if cash is not None and cash > 0:
        return _(", frees {money}").format(money=_money(cash, source))
    if cash is None and action.value_minor:
        return _(", {money} used a year").format(money=_money(action.value_minor, source))
    return ""


def _say_money(report: Report, source: Source, terminal: Terminal) -> None:
    _ = terminal.translate
    stock = report.stock
    if stock is None:
        if report.assumed.get("value_unknown"):
            said = _("Nothing is said in money: value and stock of the items are not known. Name them with --facts.")
        else:
            said = _("Nothing is said of the stock in money: it is not known. Name it with --facts, as on_hand.")
        terminal.say(said)
        return
    said = _(
        "Stock today: {today}, with the proposal: {proposed}. Freed once: {cash}; saved a year: {saved}; not saved: {unsaved}."
    )
    values = {
        "today": stock.today_minor,
        "proposed": stock.proposed_minor,
        "cash": stock.effect.cash_minor,
        "saved": stock.effect.saved_minor,
        "unsaved": stock.effect.unsaved_minor,
    }
    terminal.say(said.format(**{name: _money(value, source) for name, value in values.items()}))
    if stock.turns is not None and stock.days_of_supply is not None:
        pace = _("Turns: {turns} a year, {days} days of supply. Above the proposed level today: {above}.")
        shown = {"turns": f"{stock.turns:.1f}", "days": f"{stock.days_of_supply:.0f}", "above": _money(stock.above_minor, source)}
        terminal.say(pace.format(**shown))


def _say_gates(report: Report, terminal: Terminal) -> None:
    _ = terminal.translate
    terminal.say(_("Before stock is lowered every gate is green:"))
    for gate in report.gates:
        figure = "" if gate.figure is None else f" ({gate.figure:.0%} / {gate.limit:.0%})"
        terminal.say(f"- {_(GATES[gate.gate.value])}: {_(LIGHTS[gate.light.value])}{figure}")
        if gate.light is not Light.GREEN:
            named = ", ".join((*gate.items[:SHOWN_ITEMS], *(("...",) if len(gate.items) > SHOWN_ITEMS else ())))
            terminal.say(f"    {_(GATE_STEPS[gate.gate.value])}{f': {named}' if named else ''}")
        if gate.gate is Gate.CAPACITY and report.capacity is not None:
            _say_capacity(report.capacity, terminal)


def _say_capacity(found: Capacity, terminal: Terminal) -> None:
    said = terminal.translate(
        "    {per_day} lines a day today, {planned} planned, {most} possible: {seconds} s each, {hours} hours attended a day"
    )
    figures = {
        "per_day": found.worked.per_day,
        "planned": found.planned_per_day,
        "most": found.most_per_day,
        "seconds": found.worked.seconds_each,
        "hours": found.worked.open_hours,
    }
    terminal.say(said.format(**{name: f"{value:.1f}" for name, value in figures.items()}))


def _say_assumed(report: Report, source: Source, terminal: Terminal) -> None:
    _ = terminal.translate
    settings = source.given.settings
    named = [_("{input} (items: {items})").format(input=_(ASSUMED[name]), items=count) for name, count in report.assumed.items()]
    if report.drawn:
        named.append(_("drawn by a seed: {inputs}").format(inputs=", ".join(_(ASSUMED[each]) for each in report.drawn)))
    if source.is_period_assumed:
        named.append(_(PERIOD_ASSUMED))
    if named:
        terminal.say(_("Assumed: {inputs}.").format(inputs=", ".join(named)))
    if report.undated:
        terminal.say(_("Lines without a day, not counted: {count}.").format(count=report.undated))
    cost = source.given.cost
    said = _("Carrying cost {rate} a year, {avoidable} of it avoidable; service {service}.")
    rates = {"rate": f"{cost.rate:.0%}", "avoidable": f"{cost.avoidable_rate:.0%}", "service": f"{source.given.service:.1%}"}
    terminal.say(said.format(**rates))
    where = _("Lead time where nobody said it: {lead} days. Each figure is a setting (docs/jit.md): change it and ask again.")
    terminal.say(where.format(lead=settings.lead_time_days))


def _money(minor: float, source: Source) -> str:
    return f"{minor / 100:.2f} {source.given.settings.currency}"
