"""Why this tray is the next one, what the time of a line went into, and what is said of a tray that cannot come now."""

from __future__ import annotations

from typing import Final

from ui.language import N_
from ui.sentences.table import Table

PLANNER_EVENTS: Final[Table] = {
    "tray_chosen": N_("Chosen as the next one"),
    "place_given": N_("Order got a put place"),
    "line_timed": N_("What the time of a line went into"),
}
PLANNER_MESSAGES: Final[Table] = {
    "tray_later": N_("Tray {tray} cannot be called now: its lines come later. Go on at tray {next}"),
    "express_place": N_("Express: {orders}. It gets the next put place that is free. Go on until then"),
    "no_place_left": N_("No put place is free any more: {orders} wait in the work list. Finish an order first, then start them"),
}
PLANNER_LABELS: Final[Table] = {
    "tray_why_votes": N_("Tray {tray} comes next: it brings most orders near their end"),
    "tray_why_oldest": N_("Tray {tray} comes next: order {order} has waited longest"),
    "tray_why_lying_here": N_("Tray {tray} comes next: it is at the bay already"),
    "tray_why_urgent": N_("Tray {tray} comes next: order {order} is due soon"),
    "tray_why_planned": N_("Tray {tray} comes next: the plan for these orders goes on with it"),
    "tray_why_only": N_("Tray {tray} comes next: nothing else can be worked now"),
    "tray_why_express": N_("Tray {tray} comes next: order {order} is an express order"),
    "tray_why_priority": N_("Tray {tray} comes next: order {order} has the highest priority"),
    "tray_why_sequence": N_("Tray {tray} comes next: the next rank of the sequence lies there"),
    "tray_why_line_goes_on": N_("Tray {tray} comes next: the rest of this line lies there"),
}
PLANNER_BINS: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {
    "Tray {tray} cannot be called now: its lines come later. Go on at tray {next}": N_(
        "Bin {tray} cannot be called now: its lines come later. Go on at bin {next}"
    ),
    "Tray {tray} comes next: it brings most orders near their end": N_(
        "Bin {tray} comes next: it brings most orders near their end"
    ),
    "Tray {tray} comes next: order {order} has waited longest": N_("Bin {tray} comes next: order {order} has waited longest"),
    "Tray {tray} comes next: it is at the bay already": N_("Bin {tray} comes next: it is at the bay already"),
    "Tray {tray} comes next: order {order} is due soon": N_("Bin {tray} comes next: order {order} is due soon"),
    "Tray {tray} comes next: the plan for these orders goes on with it": N_(
        "Bin {tray} comes next: the plan for these orders goes on with it"
    ),
    "Tray {tray} comes next: nothing else can be worked now": N_("Bin {tray} comes next: nothing else can be worked now"),
    "Tray {tray} comes next: order {order} is an express order": N_("Bin {tray} comes next: order {order} is an express order"),
    "Tray {tray} comes next: order {order} has the highest priority": N_(
        "Bin {tray} comes next: order {order} has the highest priority"
    ),
    "Tray {tray} comes next: the next rank of the sequence lies there": N_(
        "Bin {tray} comes next: the next rank of the sequence lies there"
    ),
    "Tray {tray} comes next: the rest of this line lies there": N_("Bin {tray} comes next: the rest of this line lies there"),
}
