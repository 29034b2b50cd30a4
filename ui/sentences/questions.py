"""Questions to a person, their choices, and what the accepting button will do with a number."""

from __future__ import annotations

from typing import Final

from ui.language import N_
from ui.sentences.table import Table

ASKS: Final[Table] = {
    "how_many_taken": N_("How many did you take from {compartment}?"),
    "why_not_enough": N_("Why not all?"),
    "how_many_remain": N_("How many are still in {compartment}?"),
    "which_is_wrong": N_("“{reason}”, but {remaining} in {compartment}. Which is right?"),
    "last_four": N_("The last four characters of the item code on the label"),
    "how_many_out": N_("How many are out of {compartment}?"),
    "return_excess": N_("{quantity} too many. Put them back into {compartment}?"),
    "why_stays_out": N_("Why does more stay out?"),
    "is_it_empty": N_("Is {compartment} empty now?"),
    "how_many_left": N_("How many are in {compartment}?"),
    "how_many_fit": N_("How many went into {compartment}?"),
    "which_lot": N_("Scan the lot of {item}, or type it"),
    "which_serial": N_("Scan serial {number} of {of} of {item}, or type it"),
    "why_not_all_put": N_("Why not all?"),
    "count_blind": N_("How many are in {compartment}?"),
    "count_blind_again": N_("Count {compartment} once more. How many?"),
    "which_tray": N_("Which tray?"),
    "which_tray_is_here": N_("Which tray is at the bay?"),
    "tray_at_bay": N_("Which tray is at the bay?"),
    "which_stock": N_("Which stock in {compartment}?"),
    "which_item": N_("Scan the item for {compartment}, or type its code"),
    "direct_pick_quantity": N_("How many {item} do you take?"),
    "direct_put_quantity": N_("How many {item} do you put in?"),
    "direct_count_quantity": N_("How many {item} are there?"),
    "more_than_book": N_("The book has {book} in {compartment}. Do you really take {quantity}?"),
    "why_direct": N_("Why without an order?"),
    "report_lacking": N_("Not here: {items}. Report as missing?"),
    "is_it_clear_fetch": N_("Tray {tray} will come. Is the opening clear?"),
    "is_it_clear_store": N_("Tray {tray} will go in. Is the opening clear?"),
    "what_service": N_("What was done at {machine}?"),
    "next_inspection": N_("When is the next inspection of {machine}?"),
    "service_note": N_("Who did it, or the number of the report"),
    "book_service_now": N_("Was the service of {machine} done?"),
    "book_inspection_now": N_("Was {machine} inspected?"),
    "why_tray_out": N_("Why does tray {tray} go out of service?"),
    "why_bay_out": N_("Why does this bay go out of service?"),
    "take_tray_out": N_("Take tray {tray} out of service?"),
    "take_bay_out": N_("Take this bay out of service?"),
    "take_tray_back": N_("Is tray {tray} fit for work again?"),
    "take_bay_back": N_("Is this bay fit for work again?"),
    "hand_over": N_("{owner} has work open here. Do you take it over?"),
}

# The same questions about what is measured (kg, m) and not counted.
ASKS_MEASURED: Final[Table] = {
    "how_many_taken": N_("How much did you take from {compartment}?"),
    "how_many_remain": N_("How much is still in {compartment}?"),
    "how_many_out": N_("How much is out of {compartment}?"),
    "how_many_left": N_("How much is in {compartment}?"),
    "how_many_fit": N_("How much went into {compartment}?"),
    "count_blind": N_("How much is in {compartment}?"),
    "count_blind_again": N_("Measure {compartment} once more. How much?"),
    "direct_pick_quantity": N_("How much {item} do you take?"),
    "direct_put_quantity": N_("How much {item} do you put in?"),
    "direct_count_quantity": N_("How much {item} is there?"),
}

CHOICES: Final[Table] = {
    "service_service": N_("A service"),
    "service_inspection": N_("An inspection"),
    "next_inspection_on": N_("{date}"),
    "no_date_yet": N_("No date yet"),
    "book_service": N_("Yes, book the service: {note}"),
    "book_inspection": N_("Yes, book the inspection: {note}"),
    "book_inspection_until": N_("Yes, book the inspection: {note}. The next one is on {date}"),
    "not_booked": N_("No, book nothing"),
    "take_rest": N_("Take more: go back to the line"),
    "remain_again": N_("The number was wrong: type it again"),
    "other_reason": N_("The reason was wrong: choose again"),
    "is_empty_yes": N_("Yes, {compartment} is empty"),
    "is_empty_no": N_("No, something is there"),
    "excess_put_back": N_("It is back in {compartment}"),
    "excess_stays_out": N_("It stays out"),
    "take_really": N_("Yes, take {quantity}"),
    "type_again": N_("No, type the number again"),
    "stock_key": N_("{item} · lot {lot} · {status}"),
    "report_short": N_("Report missing"),
    "leave_open": N_("Leave open"),
    "take_over": N_("Take the work over"),
    "clear_fetch": N_("The opening is clear: fetch tray {tray}"),
    "clear_store": N_("The opening is clear: store tray {tray}"),
    "take_tray_out": N_("Take tray {tray} out of service"),
    "take_bay_out": N_("Take this bay out of service"),
    "leave_in_service": N_("No, leave it in service"),
    "take_tray_back": N_("Yes, tray {tray} is back in service"),
    "take_bay_back": N_("Yes, this bay is back in service"),
    "stay_out": N_("No, it stays out of service"),
    "not_clear": N_("No, move nothing"),
    "leave": N_("Leave it for later"),
}

RESULTS: Final[Table] = {
    "accept": N_("Accept {number}"),
    "book_and_report_missing": N_("Book {number}, report {missing} missing"),
    "book_and_rest_elsewhere": N_("Book {number}, {missing} remain"),
    "report_remaining": N_("{number} are there"),
    "count": N_("Book {number}"),
    "call_tray": N_("Call tray {number}"),
    "show_tray": N_("Show tray {number}"),
    "take_out": N_("Take tray {number} out"),
    "tell_tray": N_("Tray {number} is here"),
}

RESULTS_EMPTY: Final[Table] = {
    "accept": N_("Accept"),
    "count": N_("Book"),
    "book_and_report_missing": N_("Book"),
    "book_and_rest_elsewhere": N_("Book"),
    "call_tray": N_("Call tray"),
    "show_tray": N_("Show tray"),
    "take_out": N_("Take tray out"),
    "tell_tray": N_("This tray is here"),
}
