"""Why something cannot be done: an action now, short, for it stands on its button; an order of the work list."""

from __future__ import annotations

from typing import Final

from ui.language import N_
from ui.sentences.counts import COUNT_BLOCKS
from ui.sentences.figures import FIGURES_REFUSALS
from ui.sentences.late import LATE_REFUSALS, LATE_SHORT_REFUSALS
from ui.sentences.orders import ORDER_REFUSALS
from ui.sentences.places import PLACES_BLOCKS, PLACES_REFUSALS, PLACES_SHORT_REFUSALS
from ui.sentences.search import SEARCH_REFUSALS
from ui.sentences.table import Table
from ui.sentences.undo import UNDO_REFUSALS

REFUSALS: Final[Table] = {
    **UNDO_REFUSALS,
    **PLACES_REFUSALS,
    **LATE_REFUSALS,
    **ORDER_REFUSALS,
    **SEARCH_REFUSALS,
    **FIGURES_REFUSALS,
    "tray_is_here": N_("A tray is here: store it first"),
    "scan_label_first": N_("Scan the label first"),
    "form_is_kept": N_("Kept"),
    "lamps_shine": N_("They shine"),
    "no_line": N_("No line"),
    "tray_not_known": N_("Tray not known"),
    "store_read_only": N_("Nothing can be booked"),
    "disk_nearly_full": N_("Disk almost full"),
    "motion_in_flight": N_("The machine moves"),
    "opening_empty": N_("No tray is here"),
    "bay_out_of_service": N_("Bay out of service"),
    "planning": N_("One moment"),
    "reading": N_("One moment"),
    "searching": N_("Looking for another place"),
    "wrong_scan": N_("Scan the right item first"),
    "scan_first": N_("Scan the item first"),
    "scan_each": N_("Scan each piece first"),
    "checking": N_("Asking the machine"),
    "tray_not_here": N_("Waiting for the tray"),
    "tray_not_proven": N_("The machine must confirm the tray"),
    "machine_stopped": N_("Machine stopped"),
    "stop_unclear": N_("Machine may stand"),
    "link_down": N_("No connection to the machine"),
    "booking": N_("Booking"),
    "answer_question": N_("Answer the question"),
    "no_right": N_("Not your role"),
    "no_access": N_("Not your right"),
    "not_here": N_("Not into this place"),
    "count_by_tray": N_("Call the tray to count it"),
    "no_orders": N_("No order can start"),
    "no_number": N_("Type the number"),
    "too_many": N_("More than possible"),
    "too_few": N_("Not more than asked"),
    "no_text": N_("Type the characters"),
    "no_pin": N_("Type your PIN"),
    "too_early": N_("Wait"),
    "checking_pin": N_("Checking"),
    "scale_no_figure": N_("No sure figure"),
    "scale_no_link": N_("No scale"),
    "lot_not_known": N_("Lot not known yet"),
    "trying": N_("Trying"),
    "at_the_edge": N_("At the edge"),
}

# On the small buttons the same reasons are shorter where the long ones would not fit.
SHORT_REFUSALS: Final[Table] = {
    **LATE_SHORT_REFUSALS,
    **PLACES_SHORT_REFUSALS,
    "tray_is_here": N_("Tray is here"),
    "motion_in_flight": N_("It moves"),
    "wrong_scan": N_("Wrong scan"),
    "scan_first": N_("Scan first"),
    "scan_each": N_("Scan first"),
    "tray_not_here": N_("No tray yet"),
    "tray_not_proven": N_("Tray?"),
    "tray_not_known": N_("Tray?"),
    "checking": N_("Tray?"),
    "link_down": N_("No link"),
    "machine_stopped": N_("Stopped"),
    "stop_unclear": N_("May stand"),
    "store_read_only": N_("No booking"),
    "no_right": N_("Not your role"),
    "no_access": N_("No right"),
    "not_here": N_("Not here"),
    "count_by_tray": N_("Call the tray"),
    "opening_empty": N_("No tray"),
    "scale_no_figure": N_("Not sure"),
    "lot_not_known": N_("Which lot?"),
}

BLOCKS: Final[Table] = {
    **COUNT_BLOCKS,
    **PLACES_BLOCKS,
    "missing_unknown_item": N_("{item}: not known here"),
    "missing_no_stock": N_("{item}: no stock, {quantity} missing"),
    "missing_held_order": N_("held by a supervisor"),
    "missing_held": N_("{item}: on hold, {quantity} missing"),
    "missing_other_stock": N_("{item}: only other lots or owners, {quantity} missing"),
    "missing_expired": N_("{item}: expired, {quantity} missing"),
    "missing_too_short_life": N_("{item}: not good for long enough, {quantity} missing"),
    "missing_expiry_not_known": N_("{item}: nobody knows how long it is good, {quantity} missing"),
    "missing_no_access": N_("{item} waits: it takes the right “{right}”"),
    "missing_no_access_tray": N_("{item} waits: tray {tray} takes the right “{right}”"),
    "missing_promised": N_("{item}: needed by other orders, {quantity} missing"),
    "missing_out_of_service": N_("{item} waits: tray {tray} out of service: {why}"),
    "missing_other_machine": N_("{item}: to be done at {why}"),
    "missing_not_enough": N_("{item}: {quantity} missing"),
}
