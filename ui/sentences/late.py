"""What was done without the station: the sentences of its page, its questions and its counts, gathered for the tables."""

from __future__ import annotations

from typing import Final

from ui.language import N_, NN_
from ui.sentences.table import Table

LATE_ACTIONS: Final[Table] = {
    "late": N_("Without station"),
    "late_booking": N_("Late booking"),
    "mark_tray": N_("Count at next visit"),
    "mark_all": N_("Count all trays"),
}
LATE_EVENTS: Final[Table] = {
    "count_due": N_("Moved without the station"),
    "count_put_off": N_("Count put off"),
}
LATE_REASONS: Final[Table] = {
    "late_station_down": N_("Station was down"),
    "late_power_cut": N_("Power cut"),
    "late_network": N_("Network was down"),
    "late_other": N_("Something else"),
    "found_at_bay": N_("Found at the bay"),
    "count_due": N_("Moved without the station"),
    "put_off_urgent": N_("Something urgent comes first"),
    "put_off_access": N_("Cannot be reached now"),
    "put_off_later": N_("Is counted on another day"),
}
LATE_MESSAGES: Final[Table] = {
    "late_page": N_("Trays that were moved without the station are counted at their next visit. This page moves nothing"),
    "answer_late": N_("Answer the question. Nothing changes before"),
    "tray_page_count": N_("Tray {tray} is counted at its next visit: {reason}"),
    "tray_is_here_count": N_("Tray {tray} is at the bay. It was moved without the station: it is counted before it goes back"),
    "late_booked": N_("Booked late, as it was done"),
    "late_counted_since": N_("Counted since then: what that count saw is in the book already"),
    "late_in_future": N_("That moment is still to come. Type the time again"),
    "late_no_day": N_("There is no such day. Type day and month with four digits, such as 2611"),
    "late_no_time": N_("There is no such time. Type hours and minutes, such as 1430"),
    "late_moved_since": N_("Something was moved there after that moment: count it again at the bay"),
    "late_entered_already": N_("This is entered already: same moment, person and quantity"),
    "late_unknown_compartment": N_("There is no such compartment on that tray. Say the place again"),
    "late_unknown_person": N_("That person is not known here any more"),
    "late_not_whole": N_("Whole pieces only. Type the quantity again"),
    "late_no_quantity": N_("A quantity above 0 is needed. Type it again"),
    "late_lacks_lot": N_("This item has lots. Say which"),
    "late_lacks_serial": N_("This item has serial numbers. Say which"),
    "late_no_reason": N_("A reason is needed"),
    "late_unknown_order": N_("There is no such order any more. Choose again"),
    "late_unknown_line": N_("There is no such line any more. Choose again"),
    "late_line_done": N_("This line is done already. Choose again"),
    "late_order_started": N_("This order is being worked at the bay. Leave it there first"),
    "late_order_ended": N_("This order has ended meanwhile. Choose again"),
    "late_other_kind": N_("This order asks something else. Choose again"),
    "late_other_item": N_("This line asks another item. Choose again"),
    "late_not_taken": N_("The record does not take this. Look at it again"),
    "late_said_pick": N_("Taken: {quantity} of {item} from {compartment}, tray {tray}"),
    "late_said_put": N_("Put in: {quantity} of {item} into {compartment}, tray {tray}"),
    "late_said_count": N_("Counted: {quantity} of {item} in {compartment}, tray {tray}"),
    "late_said_when": N_("By {name}, {date} {hour:02}:{minute:02}. {reason}"),
    "count_due_instruct": N_("The tray was moved without the station. Count what is in {compartment}"),
}
LATE_ASKS: Final[Table] = {
    "why_mark_tray": N_("Why was tray {tray} moved without the station?"),
    "why_mark_all": N_("Why were trays moved without the station?"),
    "say_why_late": N_("Say why, in a few words"),
    "mark_tray": N_("Count tray {tray} at its next visit?"),
    "mark_all": N_("Count every tray at its next visit?"),
    "late_what": N_("What was done without the station?"),
    "late_which_order": N_("For which order?"),
    "late_which_line": N_("Which line of {order}?"),
    "late_which_compartment": N_("Which compartment of tray {tray}?"),
    "late_which_serial": N_("Which serial of {item}?"),
    "late_quantity_pick": N_("How many {item} were taken from {compartment}?"),
    "late_quantity_put": N_("How many {item} were put into {compartment}?"),
    "late_quantity_count": N_("How many {item} were in {compartment}?"),
    "late_rest": N_("It asked for more. What of the rest?"),
    "late_who": N_("Who did it?"),
    "late_day": N_("On which day?"),
    "late_date": N_("Day and month, such as 2611"),
    "late_time": N_("At what time, such as 1430?"),
    "late_why": N_("Why without the station?"),
    "late_sure": N_("Book this?"),
    "late_sure_line": N_("Book this for {order}, line {line}?"),
    "why_put_off": N_("Why does the tray go without this count?"),
}
LATE_CHOICES: Final[Table] = {
    "mark_tray": N_("Yes, count tray {tray}"),
    "mark_all": N_("Yes, count every tray"),
    "late_what_line": N_("A line of an order"),
    "late_what_pick": N_("Taken without an order"),
    "late_what_put": N_("Put in without an order"),
    "late_what_count": N_("Counted"),
    "late_order": N_("{order}   {destination}"),
    "late_line": N_("{line}: {quantity} {item}"),
    "late_person": N_("{name}"),
    "late_more": N_("More"),
    "late_rest_open": N_("It stays open"),
    "late_rest_short": N_("Nothing more comes"),
    "late_day_today": N_("Today"),
    "late_day_yesterday": N_("Yesterday"),
    "late_day_other_day": N_("Another day"),
    "late_book": N_("Yes, book it"),
    "late_book_all_the_same": N_("Book it all the same"),
}
LATE_RESULTS: Final[Table] = {"mark_tray": N_("Mark {number}")}
LATE_LABELS: Final[Table] = {
    "no_trays_to_count": N_("No tray is to be counted"),
    "trays_to_count": NN_("{count} tray to count", "{count} trays to count"),
    "compartments_to_count": NN_("{count} compartment", "{count} compartments"),
    "late_mark": N_("LATE: done {time} by {name}, {why}"),
    "marked_since": N_("marked {time}"),
    "mark_tray_help": N_("Whatever it next comes for, everything in it is counted before it goes back."),
    "mark_help": N_("It stands in the record with your name. Only a supervisor lets a tray go without its count."),
}
LATE_REFUSALS: Final[Table] = {"supervisor_puts_off": N_("Only a supervisor lets this count wait")}
LATE_SHORT_REFUSALS: Final[Table] = {"supervisor_puts_off": N_("Supervisor only")}
LATE_BINS: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {
    "There is no such compartment on that tray. Say the place again": N_(
        "There is no such compartment on that bin. Say the place again"
    ),
    "Taken: {quantity} of {item} from {compartment}, tray {tray}": N_(
        "Taken: {quantity} of {item} from {compartment}, bin {tray}"
    ),
    "Put in: {quantity} of {item} into {compartment}, tray {tray}": N_(
        "Put in: {quantity} of {item} into {compartment}, bin {tray}"
    ),
    "Counted: {quantity} of {item} in {compartment}, tray {tray}": N_(
        "Counted: {quantity} of {item} in {compartment}, bin {tray}"
    ),
    "Which compartment of tray {tray}?": N_("Which compartment of bin {tray}?"),
    "Count all trays": N_("Count all bins"),
    "Trays that were moved without the station are counted at their next visit. This page moves nothing": N_(
        "Bins that were moved without the station are counted at their next visit. This page moves nothing"
    ),
    "Tray {tray} is counted at its next visit: {reason}": N_("Bin {tray} is counted at its next visit: {reason}"),
    "Tray {tray} is at the bay. It was moved without the station: it is counted before it goes back": N_(
        "Bin {tray} is at the bay. It was moved without the station: it is counted before it turns away"
    ),
    "The tray was moved without the station. Count what is in {compartment}": N_(
        "The bin was moved without the station. Count what is in {compartment}"
    ),
    "Why was tray {tray} moved without the station?": N_("Why was bin {tray} moved without the station?"),
    "Why were trays moved without the station?": N_("Why were bins moved without the station?"),
    "Count tray {tray} at its next visit?": N_("Count bin {tray} at its next visit?"),
    "Count every tray at its next visit?": N_("Count every bin at its next visit?"),
    "Why does the tray go without this count?": N_("Why does the bin go without this count?"),
    "Yes, count tray {tray}": N_("Yes, count bin {tray}"),
    "Yes, count every tray": N_("Yes, count every bin"),
    "No tray is to be counted": N_("No bin is to be counted"),
    ("{count} tray to count", "{count} trays to count"): NN_("{count} bin to count", "{count} bins to count"),
    "It stands in the record with your name. Only a supervisor lets a tray go without its count.": N_(
        "It stands in the record with your name. Only a supervisor lets a bin go without its count."
    ),
}
