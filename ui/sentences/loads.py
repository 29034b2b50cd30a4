"""Work in progress and finished orders that wait in the machine: their sentences, gathered for the tables."""

from __future__ import annotations

from typing import Final

from ui.language import N_, NN_
from ui.sentences.table import Table

LOADS_ACTIONS: Final[Table] = {
    "loads": N_("Loads"),
    "put_load": N_("Put in a load"),
    "leave_out": N_("Leave it open"),
}
LOADS_EVENTS: Final[Table] = {
    "load_put": N_("Load put in"),
    "load_taken": N_("Load taken"),
    "load_missed": N_("Load not found"),
}
LOADS_REASONS: Final[Table] = {
    "load_not_there": N_("It is not here"),
    "load_taken_unbooked": N_("Somebody took it without booking"),
    "load_scrapped": N_("It was scrapped"),
}
LOADS_MESSAGES: Final[Table] = {
    "loads_page": N_("Scan a load: one that is in the machine comes out, any other goes in. Or touch one of the list"),
    "loads_page_empty": N_("Scan a load to put it in"),
    "answer_load": N_("Scan it, or type it"),
    "badge_not_needed_here": N_("That is a badge. Scan the label of the load"),
    "load_is_tote": N_("{code} is a tote. Scan the label of the load"),
    "load_is_card": N_("{code} is a kanban card. Scan the label of the load"),
    "load_is_printed": N_("That is a label of this station. Scan the label of the load"),
    "load_is_item": N_("That is the code of {item}. Scan the load's own label, or type another name for it"),
    "load_is_goods": N_("That is a label of goods. Scan the load's own label, or type a name for it"),
    "load_elsewhere": N_("{load} lies in {machine}, tray {tray}. Take it there"),
    "no_place_for_load": N_("No compartment is empty for {load}. Take something out first, then scan it again"),
    "ceiling_reached": N_("{count} loads wait for {consumer}: no more go in before one is taken. Call your supervisor"),
    "ceiling_meanwhile": N_("Enough wait for {consumer} by now. Take {load} out again, then touch “Skip line”"),
    "loads_unread": N_("The loads that wait are still being read. Touch it again in a moment"),
    "load_put_instruct": N_("Put {item} into {compartment}, then confirm or scan its label"),
    "load_pick_instruct": N_("Take {item} out of {compartment}, then confirm or scan its label"),
    "booked_load_in": N_("{item} lies in {compartment}"),
    "booked_load_out": N_("{item} taken from {compartment}"),
    "booked_load_missed": N_("{item} is in the machine no more"),
}
LOADS_ASKS: Final[Table] = {
    "load_code": N_("Which code is on the load?"),
    "load_which": N_("Loads of {load} wait here. Which one comes out?"),
    "load_order": N_("For which production order is {load}?"),
    "load_operation": N_("After which operation is {load}?"),
    "load_consumer": N_("Who takes it on?"),
    "load_when": N_("When is it to be taken?"),
    "load_over": N_("{count} loads wait for {consumer}, as many as may. Put this one in as well?"),
    "why_load_missing": N_("Why can {item} not be taken?"),
}
LOADS_CHOICES: Final[Table] = {
    "load_consumer": N_("{consumer}"),
    "load_of_order": N_("{load} {operation} · tray {tray}, {compartment}"),
    "load_new": N_("None: {load} is a load that goes in"),
    "load_for_nobody": N_("Not known"),
    "load_in_hours": NN_("In {count} hour", "In {count} hours"),
    "load_not_planned": N_("Not planned"),
    "load_leave_it": N_("No, leave it out"),
    "load_put_over": N_("Yes, put it in"),
}
LOADS_LABELS: Final[Table] = {
    "no_loads": N_("No load waits in this machine"),
    "loads_count": NN_("{count} load", "{count} loads"),
    "ceiling": N_("{consumer}: {number} of {most}"),
    "ceiling_full": N_("■ {consumer}: {number} of {most}, full"),
    "load_age": N_("here for {age}"),
    "load_due": N_("due {time}"),
    "load_late": N_("▲ due {time}"),
    "touch_to_take": N_("touch to take it"),
    "load_asked": N_("Load {load}"),
    "load_title": N_("Load"),
    "load_not_there": N_("Not there"),
    "confirm_load_pick": N_("Taken from {compartment}"),
    "confirm_load_put": N_("Put into {compartment}"),
}
LOADS_BINS: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {
    "{load} {operation} · tray {tray}, {compartment}": N_("{load} {operation} · bin {tray}, {compartment}"),
    "{load} lies in {machine}, tray {tray}. Take it there": N_("{load} lies in {machine}, bin {tray}. Take it there"),
}
