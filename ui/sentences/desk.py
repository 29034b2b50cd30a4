"""The supervisor's desk: its sentences, gathered for the tables."""

from __future__ import annotations

from typing import Final

from ui.language import N_, NN_
from ui.sentences.table import Table

DESK_CODES: Final[Table] = {
    "O593": N_("an e-mail was not sent"),
    "O594": N_("a webhook did not take a message"),
    "O595": N_("the way to tell people is not set up"),
    "O596": N_("nobody can be told of what happens"),
}
DESK_ACTIONS: Final[Table] = {"exceptions": N_("Exceptions"), "alarms": N_("Alarms"), "desk_filter": N_("Filter")}
DESK_MODES: Final[Table] = {"desk": N_("SUPERVISOR")}
DESK_EVENTS: Final[Table] = {
    "case_answered": N_("Exception answered"),
    "told": N_("Somebody was told"),
    "telling_answered": N_("Seen by a person"),
}
DESK_REASONS: Final[Table] = {
    "booked_wrong": N_("Was booked wrong"),
    "counted_wrong": N_("Was counted wrong"),
    "goods_turned_up": N_("The goods turned up"),
    "case_explained": N_("Is explained"),
    "case_settled": N_("Was settled elsewhere"),
    "case_no_fault": N_("Is no fault"),
    "count_ordered": N_("A count was ordered"),
}
DESK_MESSAGES: Final[Table] = {
    "desk_cases": N_("Touch an exception to do something about it"),
    "desk_told": N_("Touch what you see to now, so that nobody else is told"),
    "desk_page": N_("Touch “Back” when you have seen enough"),
    "desk_ask": N_("Choose what applies, or touch “Cancel”"),
    "case_answered": N_("It is in the record. Choose the next one"),
    "case_nothing": N_("Nothing can be done about this one here. Choose another one"),
    "case_gone": N_("This one was answered meanwhile. Look at the list again"),
    "telling_failed": N_("Nobody can be told of what happens. Call IT, and look at the bay more often"),
    "told_short": N_("A line that is needed soon is short: see “Alarms”, “Told”. Find the goods elsewhere"),
    "told_tray": N_("A tray is at the bay and nobody is there: see “Alarms”, “Told”. Have somebody go to the bay"),
    "told_buffer": N_("A pull signal is late: see “Alarms”, “Told”. Have its order worked first"),
    "told_bay": N_("The machine does not answer: see “Alarms”, “Told”. Look at the machine"),
    "told_outbox": N_("The site has not heard of this bay for long: see “Alarms”, “Told”. Call IT"),
}
DESK_ASKS: Final[Table] = {
    "desk_filter": N_("Which exceptions?"),
    "case_steps": N_("What is to be done?"),
    "why_counter_book": N_("Why is the opposite booked?"),
    "why_dismiss": N_("Why is nothing to be done?"),
}
_KINDS: Final[Table] = {
    "case_short": N_("Short line"),
    "case_overpick": N_("Too much picked"),
    "case_double_pick": N_("Picked twice"),
    "case_variance": N_("Count variance"),
    "case_correction": N_("Correction"),
    "case_found": N_("Goods found"),
    "case_scrap": N_("Scrap"),
    "case_defect": N_("Defect"),
    "case_receipt": N_("Receipt not right"),
    "case_without_order": N_("Taken without order"),
    "case_scan": N_("Unmatched scan"),
    "case_access": N_("No right to the tray"),
    "case_load": N_("Load not found"),
    "case_unattended": N_("Tray left alone"),
    "case_import": N_("Rows refused"),
    "case_site": N_("Refused by the site"),
}
DESK_CHOICES: Final[Table] = {
    **_KINDS,
    "case_all": N_("All"),
    "count_case": N_("Have it counted now"),
    "counter_book": N_("Book the opposite"),
    "dismiss": N_("Nothing is to be done"),
}
DESK_LABELS: Final[Table] = {
    **_KINDS,
    "act_case_answer": N_("An exception is answered."),
    "act_counter_second": N_("The opposite is booked, above the value limit."),
    "desk_show_cases": N_("Exceptions"),
    "desk_show_loss_item": N_("Losses by item"),
    "desk_show_loss_tray": N_("Losses by tray"),
    "desk_show_loss_shift": N_("Losses by shift"),
    "desk_show_loss_access": N_("Who had it"),
    "desk_show_alarms": N_("Alarms"),
    "desk_show_health": N_("Health"),
    "desk_show_told": N_("Told"),
    "desk_none": N_("Nothing of this kind is known"),
    "cases_open": NN_("{count} exception is open", "{count} exceptions are open"),
    "case_place": N_("Tray {tray}, {compartment}"),
    "case_reach": N_("Had the tray since the place was last right: {names}"),
    "case_done_dismissed": N_("Dismissed by {name}"),
    "case_done_counted": N_("Count ordered by {name}"),
    "case_done_counter_booked": N_("Opposite booked by {name}"),
    "case_next_short": N_("Look where else it lies, then have it counted."),
    "case_next_overpick": N_("Have what is too much returned."),
    "case_next_double_pick": N_("Have it counted: the goods left once, or twice."),
    "case_next_variance": N_("Ask who had the tray. Have it counted by somebody else."),
    "case_next_correction": N_("Have it counted: a correction is one person's word."),
    "case_next_found": N_("Look for the booking that is missing."),
    "case_next_scrap": N_("Nothing is open. The host has it."),
    "case_next_defect": N_("Judge the lot under “Held goods”."),
    "case_next_receipt": N_("Tell the supplier; release or return what is on hold."),
    "case_next_without_order": N_("Ask what it was for, and have the host make the order."),
    "case_next_scan": N_("Read the label; teach the code to the item if it is right."),
    "case_next_access": N_("Give the right if the work needs it."),
    "case_next_load": N_("Look for the load at the line."),
    "case_next_unattended": N_("Ask who left, and look at the tray's history."),
    "case_next_import": N_("Mend the rows of the reject file and import it."),
    "case_next_site": N_("See the site page, and settle who works the order."),
    "loss_cases": NN_("{count} case", "{count} cases"),
    "reach_had": NN_("{name} had the tray once", "{name} had the tray {count} times"),
    "alarm_stop": N_("Machine stopped"),
    "alarm_line": N_("Line down"),
    "alarm_first": N_("First of all"),
    "alarm_answered": N_("{name} was there after {time}"),
    "alarm_held": N_("over after {time}"),
    "minutes_seconds": N_("{minutes}:{seconds} min"),
    "topic_short": N_("Short line that is needed soon"),
    "topic_tray": N_("Tray left alone"),
    "topic_buffer": N_("Late pull signal"),
    "topic_bay": N_("Machine does not answer"),
    "topic_outbox": N_("Outbox too old"),
    "way_screen": N_("Screen"),
    "way_mail": N_("E-mail"),
    "way_webhook": N_("Webhook"),
    "told_sent": N_("Told"),
    "told_failed": N_("Not reached"),
    "told_attempt": NN_("{count} try", "{count} tries"),
    "told_seen": N_("Seen by {name}"),
    "told_open": N_("Not seen yet"),
    "health_machine": N_("Machine"),
    "health_store": N_("Store"),
    "health_disk": N_("Disk"),
    "health_copy": N_("Last copy"),
    "health_clock": N_("Clock"),
    "health_outbox": N_("Outbox to the site"),
    "health_line": N_("Line was down in 7 days"),
    "health_good": N_("Well"),
    "health_size": N_("{mib} MiB"),
    "health_events": NN_("{count} event", "{count} events"),
    "health_free": N_("{gib} GiB free"),
    "health_no_copy": N_("None"),
    "health_steps": NN_("Set {count} time in 7 days", "Set {count} times in 7 days"),
    "health_no_site": N_("No site database"),
    "health_waits": NN_("{count} waits", "{count} wait"),
    "health_oldest": N_("Oldest: {time}"),
    "health_lost": NN_("{count} time", "{count} times"),
}
DESK_BINS: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {
    "A tray is at the bay and nobody is there: see “Alarms”, “Told”. Have somebody go to the bay": N_(
        "A bin is at the bay and nobody is there: see “Alarms”, “Told”. Have somebody go to the bay"
    ),
    "No right to the tray": N_("No right to the bin"),
    "Tray left alone": N_("Bin left alone"),
    "Losses by tray": N_("Losses by bin"),
    "Tray {tray}, {compartment}": N_("Bin {tray}, {compartment}"),
    "Had the tray since the place was last right: {names}": N_("Had the bin since the place was last right: {names}"),
    "Ask who had the tray. Have it counted by somebody else.": N_("Ask who had the bin. Have it counted by somebody else."),
    "Ask who left, and look at the tray's history.": N_("Ask who left, and look at the bin's history."),
    ("{name} had the tray once", "{name} had the tray {count} times"): NN_(
        "{name} had the bin once", "{name} had the bin {count} times"
    ),
}
