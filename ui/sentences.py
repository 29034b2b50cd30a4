"""Every sentence the screen can say, by code. Literals only: Babel reads this file, `ui/texts.py` fills and translates.

To add a code, add a line to its table. A pair NN_(one, many) is chosen by the parameter `count`. Parameters named in
`ui.texts.QUANTITIES` are scaled quantities and arrive with their unit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ui.language import N_, NN_

Sentence = str | tuple[str, str]
Table = Mapping[str, Sentence]

# --- the message bar: what to do now, or what happened --------------------------------------------------------------------

MESSAGES: Final[Table] = {
    # sign-on
    "signed_on": N_("Welcome, {name}"),
    "hand_over_ask": N_("Work of somebody else is open here: take it over, or leave it for later"),
    "wrong_pin_wait": N_("The PIN is not right. Try again in {seconds} s"),
    # sign-on
    "scan_badge": N_("Scan your badge"),
    "enter_pin": N_("Enter your PIN"),
    "checking_pin": N_("One moment: checking the PIN"),
    "unknown_badge": N_("This badge is not known here. Scan another badge or ask a supervisor"),
    "wrong_pin": N_("The PIN is not right. Try again"),
    "too_early": N_("Too many wrong PINs. Wait until the time is over, then try again"),
    "locked": N_("This person is locked after too many wrong PINs. A supervisor can reset the PIN"),
    "disabled": N_("This person may not work here any more. Ask a supervisor"),
    "pepper_mismatch": N_("The key of this site does not fit this person's PIN. Ask the administrator"),
    "store_error": N_("Nobody can be checked: the store cannot be read. Try again, then call your IT"),
    "expired": N_("The time for the PIN is over. Scan your badge again"),
    "signed_off": N_("Signed off. Scan a badge to work"),
    # the work list
    "choose_orders": N_("Choose orders, or start the next one"),
    "no_orders": N_("No orders wait. New orders appear here by themselves"),
    # at the compartment
    "pick_instruct": N_("Take {quantity} from {compartment}, then scan the item label or touch Confirm"),
    "pick_instruct_scan": N_("Take {quantity} from {compartment} and scan the item label"),
    "pick_instruct_scan_each": N_("Take {quantity} from {compartment} and scan each piece"),
    "put_instruct": N_("Put {quantity} into {compartment}, then scan the item label or touch Confirm"),
    "put_instruct_scan": N_("Scan the item label and put {quantity} into {compartment}"),
    "put_instruct_scan_each": N_("Scan each piece and put {quantity} into {compartment}"),
    "count_instruct": N_("Count what is in {compartment} and type the number"),
    "answer_question": N_("Answer the question. Nothing is booked before"),
    "booking": N_("Booking"),
    "reading": N_("One moment"),
    "searching": N_("Looking for another place"),
    "planning": N_("One moment: finding the stock"),
    "booked_pick": N_("{item} taken from {compartment}"),
    "booked_put": N_("{item} put into {compartment}"),
    "booked_count": N_("{compartment} counted"),
    "other_home": N_("The rest of {item} comes from tray {tray}"),
    "reported_short": N_("{item}: no other place has it. The rest is reported missing"),
    "scan_not_used": N_("This scan is not needed here"),
    "scan_too_early": N_("Not yet: {refused}. Scan again when the screen asks for it"),
    "ambiguous_item": N_("This code belongs to more than one item. Scan or type the item code"),
    "no_such_item": N_("This item is not known here"),
    "compartment_empty": N_("{compartment} is empty"),
    "stock_not_free": N_("This stock is not free. It cannot be taken"),
    "no_right": N_("Your role does not allow this"),
    "count_again": N_("Count {compartment} once more and type the number again"),
    "scan_accepted": N_("{item} is right. Go on, or touch Confirm"),
    "scan_first": N_("Scan {item} first: this item needs a scan"),
    "scan_each": N_("Scan each piece of {item}: this item needs one scan a piece"),
    "wrong_item": N_("Wrong item: {scanned} scanned. Put it back and take {item} from {compartment}"),
    "wrong_scan": N_("Wrong scan. Scan the right item first"),
    "label_accepted": N_("{item} is accepted without a scan and marked for checking"),
    "count_serials": N_("Something else lies in {compartment}. Put its serial numbers in order with a supervisor"),
    "look_into": N_("The pick is booked. Look into {compartment} and answer"),
    "label_wrong": N_("These are not the last characters of {item}. Look at the label again"),
    "excess_returned": N_("Good: what was too much is back in the compartment"),
    # trays
    "which_tray": N_("Type the number of the tray"),
    "tray_waits": N_("Waiting for tray {tray}"),
    "tray_is_here": N_("Tray {tray} is at the bay. Choose a compartment, or send the tray back"),
    "tray_never_known": N_("Nobody knows which tray is at the bay. Scan its label, type its number, or say that none is there"),
    "tray_answer_lost": N_("Is tray {tray} at the bay? Scan its label, type its number, or say that none is there"),
    "tray_given_up": N_("The machine gave up moving tray {tray}. Look, then scan its label, type its number, or say none"),
    "tray_contradicted": N_("The machine does not agree. Look, then scan the label, type the number, or say that none is there"),
    "touch_to_prove": N_("Touch “Fetch again”: the machine shows tray {tray} again. Hands out, it may move"),
    "find_by_map": N_("No light. Find {compartment} on the map and take care"),
    "touch_to_fetch": N_("Touch “Fetch again” when tray {tray} may come"),
    "touch_to_store": N_("Touch “Send tray back” when tray {tray} may go"),
    "tray_coming": N_("Tray {tray} is coming"),
    "tray_leaving": N_("Tray {tray} goes back"),
    "no_such_tray": N_("There is no tray {tray} in this machine"),
    "tray_page": N_("This page only shows. Nothing moves"),
    # the machine and its lines
    "machine_stopped": N_("STOP  The machine has stopped. Step back, look at its panel and reset it there"),
    "light_curtain": N_("STOP  Light curtain interrupted. Step back, then press Reset at the machine's panel"),
    "e_stop": N_("STOP  Emergency stop pressed. When all is safe, release it, then press Reset at the machine's panel"),
    "motion_refused": N_("The machine refused to move. Look at its panel, then try again"),
    "machine": N_("Waiting for the machine"),
    "link": N_("Waiting for the connection to the machine"),
    "light": N_("Waiting for the light"),
    "link_down": N_("No connection to the machine. Check its cable and that it is switched on. It comes back by itself"),
    "link_down_moving": N_("No connection while tray {tray} was moving. Check the cable. Do not reach in"),
    "link_up": N_("The machine is connected again"),
    "scanner_down": N_("No connection to the scanner. Check its cable. You can work by touch"),
    "display_down": N_("No connection to the display at the bay. Check its cable"),
    # the store
    "store_read_only": N_("Nothing can be booked: the disk is full or broken. Nothing is lost. Call your IT"),
    "internal_error": N_("The program made a mistake and has written it down. Nothing was booked. Go on"),
}

# --- why an action cannot be done now: short, they stand on the button ----------------------------------------------------

REFUSALS: Final[Table] = {
    "tray_not_known": N_("Tray not known"),
    "store_read_only": N_("Nothing can be booked"),
    "motion_in_flight": N_("The machine moves"),
    "opening_occupied": N_("Another tray is here"),
    "opening_empty": N_("No tray is here"),
    "planning": N_("One moment"),
    "reading": N_("One moment"),
    "searching": N_("Looking for another place"),
    "wrong_scan": N_("Scan the right item first"),
    "scan_first": N_("Scan the item first"),
    "scan_each": N_("Scan each piece first"),
    "tray_not_here": N_("Waiting for the tray"),
    "tray_not_proven": N_("The machine must confirm the tray"),
    "machine_stopped": N_("Machine stopped"),
    "link_down": N_("No connection to the machine"),
    "booking": N_("Booking"),
    "answer_question": N_("Answer the question"),
    "no_right": N_("Not your role"),
    "no_orders": N_("No order can start"),
    "no_number": N_("Type the number"),
    "too_many": N_("More than possible"),
    "no_text": N_("Type the characters"),
    "no_pin": N_("Type your PIN"),
    "too_early": N_("Wait"),
    "checking_pin": N_("Checking"),
}

# On the small buttons the same reasons are shorter where the long ones would not fit.
SHORT_REFUSALS: Final[Table] = {
    "wrong_scan": N_("Wrong scan"),
    "scan_first": N_("Scan first"),
    "scan_each": N_("Scan first"),
    "tray_not_here": N_("No tray yet"),
    "tray_not_proven": N_("Tray?"),
    "tray_not_known": N_("Tray?"),
    "link_down": N_("No link"),
    "machine_stopped": N_("Stopped"),
    "store_read_only": N_("No booking"),
    "no_right": N_("Not your role"),
    "opening_occupied": N_("Other tray"),
    "opening_empty": N_("No tray"),
}

# --- what blocks an order in the work list ----------------------------------------------------------------------------------

BLOCKS: Final[Table] = {
    "missing_unknown_item": N_("{item}: not known here"),
    "missing_no_stock": N_("{item}: no stock, {quantity} missing"),
    "missing_held": N_("{item}: on hold, {quantity} missing"),
    "missing_other_stock": N_("{item}: only other lots or owners, {quantity} missing"),
    "missing_promised": N_("{item}: needed by other orders, {quantity} missing"),
    "missing_not_enough": N_("{item}: {quantity} missing"),
}

# --- questions ------------------------------------------------------------------------------------------------------------

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
    "why_direct": N_("Why without an order?"),
    "report_all_short": N_("Nothing of {orders} can be worked now. Report it as missing?"),
    "hand_over": N_("{owner} has work open here. Do you take it over?"),
}

RESULTS: Final[Table] = {
    "accept": N_("Accept {number}"),
    "book_and_report_missing": N_("Book {number}, report {missing} missing"),
    "book_and_rest_elsewhere": N_("Book {number}, {missing} remain"),
    "report_remaining": N_("{number} are there"),
    "count": N_("Book {number}"),
    "call_tray": N_("Call tray {number}"),
    "show_tray": N_("Show tray {number}"),
    "tell_tray": N_("Tray {number} is here"),
}

RESULTS_EMPTY: Final[Table] = {
    "accept": N_("Accept"),
    "count": N_("Book"),
    "book_and_report_missing": N_("Book"),
    "book_and_rest_elsewhere": N_("Book"),
    "call_tray": N_("Call tray"),
    "show_tray": N_("Show tray"),
    "tell_tray": N_("This tray is here"),
}

CHOICES: Final[Table] = {
    "take_rest": N_("Take more: go back to the line"),
    "remain_again": N_("The number was wrong: type it again"),
    "other_reason": N_("The reason was wrong: choose again"),
    "is_empty_yes": N_("Yes, {compartment} is empty"),
    "is_empty_no": N_("No, something is there"),
    "excess_put_back": N_("It is back in {compartment}"),
    "excess_stays_out": N_("It stays out"),
    "stock_key": N_("{item} · lot {lot} · {status}"),
    "report_short": N_("Report missing"),
    "leave_open": N_("Leave open"),
    "take_over": N_("Take the work over"),
    "leave": N_("Leave it for later"),
}

WAITS: Final[Table] = {
    "reading": N_("One moment"),
    "searching": N_("Looking for another place"),
    "planning": N_("Finding the stock"),
    "tray_coming": N_("Tray {tray} is coming"),
    "tray_leaving": N_("Tray {tray} goes back"),
    "booking": N_("Booking"),
    "machine": N_("Waiting for the machine"),
    "link": N_("Waiting for the connection"),
    "light": N_("Waiting for the light"),
    "checking_pin": N_("Checking the PIN"),
}

# --- words ----------------------------------------------------------------------------------------------------------------

ACTIONS: Final[Table] = {
    "confirm": N_("Confirm"),
    "not_enough": N_("Not enough"),
    "skip": N_("Skip line"),
    "unreadable": N_("Label unreadable"),
    "took_more": N_("Took more"),
    "count": N_("Count here"),
    "elsewhere": N_("Put elsewhere"),
    "leave_work": N_("Leave work"),
    "send_back": N_("Send tray back"),
    "direct_pick": N_("Take without order"),
    "direct_put": N_("Put without order"),
    "fetch_again": N_("Fetch again"),
    "light_again": N_("Light again"),
    "show_quantities": N_("Show quantities"),
    "back": N_("Back"),
    "lock": N_("Lock screen"),
    "sign_off": N_("Sign off"),
    "call_tray": N_("Call a tray"),
    "tray_page": N_("Look at a tray"),
    "start": N_("Start"),
    "more": N_("More"),
    "less": N_("Back"),
    "cancel": N_("Cancel"),
    "no_tray": N_("No tray is here"),
    "show_events": N_("Show events"),
    "show_contents": N_("Show contents"),
    "sign_on": N_("Sign on"),
}

MODES: Final[Table] = {
    "sign_on": N_("SIGN ON"),
    "locked": N_("LOCKED"),
    "hand_over": N_("HAND-OVER"),
    "work": N_("ORDERS"),
    "pick": N_("PICK"),
    "put": N_("PUT"),
    "count": N_("COUNT"),
    "bay": N_("TRAY"),
    "unknown_tray": N_("WHICH TRAY?"),
    "tray_page": N_("TRAY"),
}

KINDS: Final[Table] = {"pick": N_("Pick"), "put": N_("Put"), "count": N_("Count"), "transfer": N_("Transfer")}

DEVICES: Final[Table] = {
    "machine": N_("Machine"),
    "scanner": N_("Scanner"),
    "display": N_("Display"),
    "store": N_("Store"),
    "host": N_("Host"),
    "upstream": N_("Host"),
}

LIGHTS: Final[Table] = {"good": N_("works"), "wait": N_("waits"), "bad": N_("does not work"), "off": N_("not fitted")}

ROLES: Final[Table] = {
    "operator": N_("Operator"),
    "supervisor": N_("Supervisor"),
    "maintenance": N_("Maintenance"),
    "administrator": N_("Administrator"),
}

STATUSES: Final[Table] = {"free": N_("free"), "quality_hold": N_("quality hold"), "blocked": N_("blocked")}

OWNERS: Final[Table] = {"own": N_("own"), "consignment": N_("consignment"), "customer": N_("customer's")}

PLACES: Final[Table] = {
    "in_machine": N_("In the machine"),
    "at_bay": N_("At the bay"),
    "moving": N_("Moving"),
    "not_known": N_("Not known where"),
}

EVENTS: Final[Table] = {
    "picked": N_("Taken"),
    "put": N_("Put in"),
    "corrected": N_("Corrected"),
    "counted": N_("Counted"),
    "stock_loaded": N_("Opening stock"),
    "motion_intended": N_("Called"),
    "motion_ended": N_("Moved"),
    "tray_told": N_("Tray named by hand"),
    "zero_check_asked": N_("Asked whether it is empty"),
    "zero_check_ended": N_("Not empty: other serial numbers"),
    "scan_refused": N_("Wrong scan"),
    "line_skipped": N_("Line skipped"),
    "line_closed": N_("Line finished"),
    "unattended": N_("Left unattended"),
    "handed_over": N_("Work handed over"),
}

REASONS: Final[Table] = {
    "not_there": N_("Not there"),
    "damaged": N_("Damaged"),
    "book_wrong": N_("The book is wrong"),
    "not_reachable": N_("Cannot be reached"),
    "no_space": N_("No space: the rest goes elsewhere"),
    "fewer_here": N_("Fewer are here"),
    "full_pack": N_("Full pack"),
    "cannot_be_divided": N_("Cannot be divided"),
    "asked_by_person": N_("Somebody asked for it"),
    "urgent_need": N_("Urgent need"),
    "sample": N_("Sample"),
    "scrap": N_("Scrap"),
    "return": N_("Returned goods"),
    "correction": N_("Correction"),
    "zero_check": N_("Empty check"),
    "other_serials": N_("Other serial numbers"),
}

# --- fixed texts of the faces ----------------------------------------------------------------------------------------------

LABELS: Final[Table] = {
    "order": N_("Order {order}"),
    "line": N_("Line {number} of {count}"),
    "without_order": N_("Without an order"),
    "take": N_("Take"),
    "put_in": N_("Put in"),
    "count_this": N_("Count"),
    "lot": N_("Lot {lot}"),
    "serial": N_("Serial {serial}"),
    "in_compartment": N_("Here now"),
    "left_after_pick": N_("Left after"),
    "there_after_put": N_("Then here"),
    "destination": N_("Goes to"),
    "scanned": N_("Scanned"),
    "scanned_of": N_("{number} of {asked}"),
    "tray": N_("Tray"),
    "compartment": N_("Compartment"),
    "you_stand_here": N_("YOU STAND HERE"),
    "next_here": N_("Next on this tray: {label}"),
    "last_here": N_("Last line on this tray"),
    "packs": N_("= {packs}"),
    "pack_of": N_("{count} × {pack} ({size})"),
    "and_loose": N_("{packs} + {rest}"),
    "confirm_pick": N_("Confirm {quantity}"),
    "confirm_put": N_("Confirm {quantity} in {compartment}"),
    "confirm_empty": N_("Confirm: compartment is empty"),
    "about_seconds": NN_("about {count} second", "about {count} seconds"),
    "longer_than_usual": N_("longer than usual: {count} s"),
    "since_seconds": NN_("for {count} second", "for {count} seconds"),
    "start_next": N_("Start {order}"),
    "start_count": NN_("Start {count} order", "Start {count} orders"),
    "lines": NN_("{count} line", "{count} lines"),
    "lines_open": N_("{open} of {count} lines open"),
    "trays": NN_("{count} tray", "{count} trays"),
    "late": N_("▲ late"),
    "started": N_("started"),
    "priority": N_("Priority {count}"),
    "no_time": N_("no time set"),
    "due": N_("needed {time}"),
    "blocked_by": N_("■ {why}"),
    "orders_wait": NN_("{count} order waits", "{count} orders wait"),
    "orders_late": NN_("{count} late", "{count} late"),
    "orders_blocked": NN_("{count} blocked", "{count} blocked"),
    "page": N_("{page} / {pages}"),
    "tomorrow": N_("tomorrow {time}"),
    "date": N_("{day:02}/{month:02}"),
    "time": N_("{hour:02}:{minute:02}"),
    "date_time": N_("{date} {time}"),
    "seconds_too": N_("{hour:02}:{minute:02}:{second:02}"),
    "nobody": N_("Nobody"),
    "erased": N_("Name erased"),
    "empty_compartment": N_("empty"),
    "counted_at": N_("counted {time}"),
    "never_counted": N_("not counted"),
    "no_contents": N_("This tray is empty"),
    "no_events": N_("Nothing has happened on this tray yet"),
    "contents": N_("Contents"),
    "events": N_("Events, newest first"),
    "not_read_only": N_("READ ONLY"),
    "badge_title": N_("Scan your badge"),
    "badge_help": N_("Hold your badge in front of the scanner. The PIN is asked after it."),
    "pin_title": N_("{name}, enter your PIN"),
    "locked_owner": N_("{owner} works here"),
    "locked_tray": N_("Tray {tray} is still at the bay."),
    "locked_by_badge": N_("{owner}: badge alone. Others: badge and PIN."),
    "locked_by_pin": N_("Badge and PIN are needed to come back."),
    "retry_in": NN_("Try again in {count} second", "Try again in {count} seconds"),
    "sample_title": N_("Sample site: people to sign on as"),
    "sample_help": N_("Scan a badge or touch a row, then type the PIN."),
    "how_title": N_("How to sign on"),
    "how_1": N_("1  Scan your badge."),
    "how_2": N_("2  Type your PIN and touch “Sign on”."),
    "how_3": N_("3  Leaving? Touch “Lock screen”; your badge brings you back."),
    "pin": N_("PIN {pin}"),
    "unknown_never_known": N_("The station does not know which tray is at the bay."),
    "unknown_answer_lost": N_("The station lost the answer of the machine, so it does not know which tray is at the bay."),
    "unknown_given_up": N_("The machine stopped in the middle of the move and gave it up. Tray {tray} may be anywhere."),
    "unknown_contradicted": N_("The machine does not agree with what was said: another tray is at the bay, or none."),
    "unknown_2": N_("Scan the label of the tray, or type its number. Nothing moves until you have said it."),
    "unknown_expected": N_("Tray {tray} was on its way."),
    "hand_over_line": N_("Open: order {order}, line {line}"),
    "hand_over_order": N_("Open: order {order}"),
    "hand_over_help": N_("If you leave it, the open lines go back to the work list."),
    "more_title": N_("What else do you want to do?"),
    "device_state": N_("{device}: {state}"),
    "erase": N_("Erase"),
    "clear": N_("Clear"),
    "page_up": N_("Page up"),
    "page_down": N_("Page down"),
    "unknown_code": N_("Message {code}"),
}
