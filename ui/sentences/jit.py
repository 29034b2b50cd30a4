"""What `baylight jit` says to a planner: verdicts, their reasons, what would change them, and what to do first."""

from __future__ import annotations

from typing import Final

from ui.language import N_

VERDICTS: Final[dict[str, str]] = {
    "jit": N_("just-in-time"),
    "hybrid": N_("pull, with a buffer"),
    "jic": N_("stock, just in case"),
    "supplier_first": N_("not yet: supplier first"),
    "insufficient_history": N_("insufficient history"),
}
REASONS: Final[dict[str, str]] = {
    "few_demands": N_("{figure} demands; {limit} are needed for a verdict"),
    "short_history": N_("{figure} months of history; {limit} are needed for a verdict"),
    "cheap_consumable": N_("a cheap consumable: an economic lot lasts {figure} days, more than {limit}"),
    "long_lead_time": N_("lead time {figure} days, more than {limit}"),
    "overseas": N_("it comes from overseas"),
    "spike": N_("a spike of {figure} times the usual demand; from {limit} on it is one"),
    "volatile_demand": N_("volatile demand: CV² {figure}, limit {limit}"),
    "single_source": N_("one supplier only"),
    "unreliable_supplier": N_("the supplier delivers {figure} on time and in full; {limit} are needed"),
    "firm_orders": N_("firm orders cover {figure} days, the lead time is {limit}"),
    "demand_class": N_("demand is {figure}; just-in-time asks for {limit}"),
    "value_unknown": N_("nobody said what it is worth"),
    "busy_and_dear": N_("dear and busy: {figure} turns a year, {limit} are enough"),
    "lot_days": N_("an economic lot lasts {figure} days; up to {limit} speak for just-in-time"),
    "lead_time": N_("lead time {figure} days; up to {limit} speak for just-in-time"),
    "high_value": N_("among the items of the highest value"),
    "in_sequence": N_("it is needed in sequence"),
    "takes_space": N_("it takes {figure} of the space, more than {limit}"),
    "no_motive": N_("neither value, nor space, nor sequence asks for it"),
}
SHARES: Final = frozenset({"unreliable_supplier", "takes_space"})  # their figures are shares
CHANGES: Final[dict[str, str]] = {
    "short_lead_time": N_("a short lead time"),
    "firm_orders": N_("firm orders that cover the lead time"),
    "second_source": N_("a second supplier"),
    "reliable_supplier": N_("a reliable supplier"),
    "cheaper_orders": N_("orders at a quarter of their cost"),
}
CLOSE: Final[dict[str, str]] = {
    "carrying_cost_20": N_("carrying cost of 20 % a year"),
    "carrying_cost_30": N_("carrying cost of 30 % a year"),
    "longer_lead_time": N_("half as much lead time again"),
}
ACTIONS: Final[dict[str, str]] = {
    "start_jit": N_("run it just-in-time"),
    "start_pull": N_("pull it, with the proposed buffer"),
    "second_source": N_("find a second supplier"),
    "raise_reliability": N_("agree with the supplier on time and in full"),
    "two_bin": N_("issue it by the box, from two bins"),
    "keep_policy": N_("keep today's rule until there is more history"),
}
CLASSES: Final[dict[str, str]] = {
    "smooth": N_("smooth"),
    "erratic": N_("erratic"),
    "intermittent": N_("intermittent"),
    "lumpy": N_("lumpy"),
    "none": N_("none"),
}
PERIOD_ASSUMED: Final = N_("length of a period")
ASSUMED: Final[dict[str, str]] = {
    "lead_time_days": N_("lead time"),
    "lead_time_sd_days": N_("spread of the lead time"),
    "order_cost": N_("cost of an order"),
    "unit_value": N_("value"),
    "value_unknown": N_("value (not known, so not assumed)"),
    "period_days": PERIOD_ASSUMED,
    "todays_rule": N_("today's minimum and maximum"),
}
GATES: Final[dict[str, str]] = {
    "accuracy": N_("inventory accuracy, from the newest counts"),
    "demand": N_("items with enough history"),
    "suppliers": N_("items whose supplier is on time and in full"),
    "internal": N_("internal lead times: receive, store, locate, transport"),
    "capacity": N_("transactions of bay and store"),
}
GATE_STEPS: Final[dict[str, str]] = {
    "accuracy": N_("count what is most likely wrong: baylight orders count --riskiest 20"),
    "demand": N_("keep today's rule for these items until there is more history"),
    "suppliers": N_("measure the deliveries, and agree with these items' suppliers on time and in full"),
    "internal": N_("measure how long it takes to receive, store, locate and transport"),
    "capacity": N_("measure the transactions of a day against what the bay can do"),
}
LIGHTS: Final[dict[str, str]] = {
    "green": N_("green"),
    "red": N_("red"),
    "unknown": N_("not measured"),
}
