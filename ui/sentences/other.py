"""Work that no order asks for: its sentences, gathered for the tables."""

from __future__ import annotations

from typing import Final

from ui.language import N_, NN_
from ui.sentences.table import Table

OTHER_ACTIONS: Final[Table] = {
    "other": N_("Other work"),
    "put_down": N_("Put down what is in hand"),
    "tools": N_("Tools"),
}
OTHER_EVENTS: Final[Table] = {
    "compartment_due": N_("Compartment to be counted"),
    "move_planned": N_("Move of goods planned"),
}
OTHER_REASONS: Final[Table] = {
    "transfer": N_("Moved"),
    "tool_out": N_("Tool checked out"),
    "tool_in": N_("Tool checked in"),
    "left_in_hand": N_("Goods were in a hand when it was left"),
    "wrong_item": N_("Something else lay there"),
    "set_on_hold": N_("Damaged, on hold"),
    "scrap_damaged": N_("Scrap: damaged"),
    "scrap_expired": N_("Scrap: expired"),
    "scrap_obsolete": N_("Scrap: not used any more"),
    "scrap_other": N_("Scrap: other"),
    "found_not_booked": N_("Put in and not booked"),
    "found_loose": N_("Found lying loose"),
    "found_after_count": N_("Found after a count"),
}
OTHER_MESSAGES: Final[Table] = {
    "other_page": N_("Touch what you want to do"),
    "other_lent": N_("What is overdue stands first. Go back and check a tool in"),
    "answer_or_scan": N_("Scan it, or answer here"),
    "compartment_due": N_("{compartment} is counted when its tray comes next. Go on with other work"),
    "other_too_many": N_("So many of {item} are not out. Type a lower number"),
    "other_beyond_book": N_("The book has {book} of {item} in {compartment}. Type no more, or count it first if there are more"),
    "other_item_there": N_("{other} lies in {compartment}: one item per compartment. Choose another place"),
    "no_such_place": N_("Tray {tray} has no compartment {compartment}. Scan its label, or type it again"),
    "item_locked": N_("{item} takes the right “{right}”. Ask somebody who has it"),
    "not_a_tool": N_("{item} is no tool. Scan a tool"),
    "tool_not_out": N_("Nobody has {item}. Scan another tool, or book it in as found"),
    "hand_is_empty": N_("{item} was put down already. Go on with other work"),
    "badge_no_job": N_("That is a badge. Scan the job's card, or type the job"),
    "other_no_stock": N_("The book has no {item} here that this can be done with. Scan another item"),
    "other_in_hand": N_("In your hand: {quantity} of {item}, {name}"),
    "other_comes_back": N_("{quantity} of {item}, {name}"),
    "hold_instruct": N_("Mark {quantity} in {compartment}, leave them there, then scan the item label or touch “Put on hold”"),
    "hold_instruct_scan": N_("Scan the item label, mark {quantity} in {compartment} and leave them there"),
    "hold_instruct_scan_each": N_("Scan each piece, mark {quantity} in {compartment} and leave them there"),
    "booked_hold": N_("{item} is on hold in {compartment}"),
    "wrong_hold": N_("Wrong scan. Scan {item} in {compartment}"),
    "wrong_item_hold": N_("Wrong item: {scanned} scanned. Scan {item} in {compartment}"),
    "in_hand": N_("You have {item} in your hand. Touch “Other work” and put it down"),
}
OTHER_MODES: Final[Table] = {"hold": N_("PUT ON HOLD")}
OTHER_ASKS: Final[Table] = {
    "other_what": N_("What do you want to do?"),
    "other_tools": N_("What is it about a tool?"),
    "other_item_transfer": N_("What do you move?"),
    "other_item_return": N_("What comes back?"),
    "other_item_scrap": N_("What is scrapped?"),
    "other_item_damaged": N_("What is damaged?"),
    "other_item_wrong": N_("What lies there?"),
    "other_item_found": N_("What did you find?"),
    "other_tool": N_("Which tool?"),
    "other_which_damaged": N_("Where does the damaged {item} lie?"),
    "other_which_stock": N_("Where is {item} taken from?"),
    "other_of": N_("For which order was {item} taken?"),
    "other_which_tool_in": N_("Who brings {item} back?"),
    "other_which_down": N_("What do you put down?"),
    "other_quantity_out": N_("How many of {item}?"),
    "other_quantity_in": N_("How many of {item}?"),
    "other_tray_found": N_("On which tray did you find it?"),
    "other_tray_put": N_("On which tray do you put {item}?"),
    "other_place": N_("Where do you put {item}?"),
    "other_why_scrap": N_("Why is {item} scrapped?"),
    "other_why_found": N_("Why is {item} not in the book?"),
    "other_treatment_damaged": N_("What becomes of the damaged {item}?"),
    "other_treatment_wrong": N_("What becomes of the {item} that lay there?"),
    "other_holder": N_("Who gets {item}?"),
    "other_person": N_("Which person gets {item}?"),
    "other_job": N_("For which job?"),
    "other_due": N_("When does {item} come back?"),
    "other_condition": N_("How is {item}?"),
}
OTHER_ASKS_MEASURED: Final[Table] = {
    "other_quantity_out": N_("How much of {item}?"),
    "other_quantity_in": N_("How much of {item}?"),
}
OTHER_CHOICES: Final[Table] = {
    "other_transfer": N_("Move to another place"),
    "other_return": N_("Goods come back"),
    "other_scrap": N_("Scrap"),
    "other_damaged": N_("Something is damaged"),
    "other_wrong": N_("Wrong item in a place"),
    "other_found": N_("Found, not in the book"),
    "other_planned_move": N_("Planned moves: {count}"),
    "other_tool_out": N_("Check a tool out"),
    "other_tool_in": N_("Check a tool in"),
    "other_lent": N_("Who has which tool"),
    "other_stock": N_("Tray {tray}, {compartment}"),
    "other_stock_lot": N_("Tray {tray}, {compartment} · lot {lot}"),
    "other_stock_serial": N_("Tray {tray}, {compartment} · serial {serial}"),
    "other_stock_held": N_("Tray {tray}, {compartment} · {status}"),
    "other_stock_lot_held": N_("Tray {tray}, {compartment} · lot {lot} · {status}"),
    "other_stock_serial_held": N_("Tray {tray}, {compartment} · serial {serial} · {status}"),
    "other_of": N_("Order {order}: {quantity} out"),
    "other_of_none": N_("For no order, or not known"),
    "other_out_person": N_("{name} {serial}"),
    "other_out_job": N_("Job {job} {serial}"),
    "other_hand": N_("{item}: {amount}"),
    "other_to": N_("Tray {tray}, {compartment}"),
    "other_another_place": N_("Another place"),
    "other_hold": N_("It stays there, on hold"),
    "other_move": N_("I take it out and move it"),
    "other_stay": N_("It stays there and is booked in"),
    "other_count_only": N_("Have the place counted"),
    "other_for_me": N_("I get it"),
    "other_for_person": N_("Another person"),
    "other_for_job": N_("A job"),
    "other_due_8": N_("This shift"),
    "other_due_days": NN_("In {count} day", "In {count} days"),
    "other_due_never": N_("No time is set"),
    "other_condition_good": N_("Good"),
    "other_condition_worn": N_("Worn, can be used"),
    "other_condition_damaged": N_("Damaged: put it on hold"),
}
OTHER_LABELS: Final[Table] = {
    "mark": N_("Mark"),
    "confirm_hold": N_("Put {quantity} on hold"),
    "free_after_hold": N_("Still free"),
    "no_lent": N_("No tool is out"),
    "lent_count": NN_("{count} tool is out", "{count} tools are out"),
    "lent_overdue": NN_("{count} overdue", "{count} overdue"),
    "lent_since": N_("since {time}"),
    "lent_due": N_("due {time}"),
    "lent_late": N_("▲ due {time}"),
    "lent_no_time": N_("no time set"),
    "lent_job": N_("Job {job}"),
}
OTHER_BINS: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {
    "{compartment} is counted when its tray comes next. Go on with other work": N_(
        "{compartment} is counted when its bin comes next. Go on with other work"
    ),
    "Tray {tray} has no compartment {compartment}. Scan its label, or type it again": N_(
        "Bin {tray} has no compartment {compartment}. Scan its label, or type it again"
    ),
    "On which tray did you find it?": N_("On which bin did you find it?"),
    "On which tray do you put {item}?": N_("On which bin do you put {item}?"),
    "Tray {tray}, {compartment}": N_("Bin {tray}, {compartment}"),
    "Tray {tray}, {compartment} · lot {lot}": N_("Bin {tray}, {compartment} · lot {lot}"),
    "Tray {tray}, {compartment} · serial {serial}": N_("Bin {tray}, {compartment} · serial {serial}"),
    "Tray {tray}, {compartment} · {status}": N_("Bin {tray}, {compartment} · {status}"),
    "Tray {tray}, {compartment} · lot {lot} · {status}": N_("Bin {tray}, {compartment} · lot {lot} · {status}"),
    "Tray {tray}, {compartment} · serial {serial} · {status}": N_("Bin {tray}, {compartment} · serial {serial} · {status}"),
}
