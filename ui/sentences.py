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
    "scan_badge": N_("Scan your badge"),
    "enter_pin": N_("Enter your PIN"),
    "checking_pin": N_("One moment: checking the PIN"),
    "unknown_badge": N_("This badge is not known here. Scan another badge or ask a supervisor"),
    "wrong_pin": N_("The PIN is not right. Try again"),
    "too_early": N_("Too many wrong PINs. Wait until the time is over, then try again"),
    "locked": N_("This person is locked after too many wrong PINs. A supervisor can reset the PIN"),
    "disabled": N_("This person may not work here any more. Ask a supervisor"),
    "expired": N_("The time for the PIN is over. Scan your badge again"),
    "signed_off": N_("Signed off. Scan a badge to work"),
    "screen_locked": N_("The screen is locked. Scan your badge to go on"),
    "hand_over": N_("Work of somebody else is open. Say whether you take it over"),
    "welcome": N_("Welcome, {name}"),
    # the work list
    "choose_orders": N_("Choose orders, or start the next one"),
    "no_orders": N_("No orders wait. New orders appear here by themselves"),
    "order_finished": N_("Order {order} is finished"),
    "orders_finished": NN_("{count} order is finished", "{count} orders are finished"),
    "order_not_open": N_("Order {order} is not open any more"),
    # at the compartment
    "take": N_("Take {quantity} from {compartment}, then scan the item label or touch Confirm"),
    "take_scan": N_("Take {quantity} from {compartment} and scan the item label"),
    "take_scan_each": N_("Take {quantity} from {compartment} and scan each piece"),
    "put": N_("Put {quantity} into {compartment}, then scan the item label or touch Confirm"),
    "put_scan": N_("Scan the item label and put {quantity} into {compartment}"),
    "count": N_("Count what is in {compartment} and type the number"),
    "count_again": N_("Count {compartment} once more and type the number again"),
    "scan_accepted": N_("{item} is right. Go on, or touch Confirm"),
    "scan_first": N_("Scan {item} first: this item needs a scan"),
    "scan_each": N_("Scan each piece of {item}: this item needs one scan a piece"),
    "wrong_item": N_("Wrong item: {scanned} scanned. Put it back and take {item} from {compartment}"),
    "wrong_scan": N_("Wrong scan. Scan the right item first"),
    "label_accepted": N_("{item} is accepted without a scan and marked for checking"),
    "label_wrong": N_("These are not the last characters of {item}. Look at the label again"),
    "excess_returned": N_("Good: what was too much is back in the compartment"),
    "scan_not_used": N_("{scanned} was scanned. It is not needed here"),
    "ambiguous_scan": N_("{scanned} belongs to more than one item. Scan the item code"),
    "unknown_item": N_("{scanned} is not a known item"),
    "too_soon": N_("Too early: the screen had just changed. Do it again"),
    "not_allowed": N_("You do not have the right to do this"),
    "booked": N_("{quantity} booked"),
    "booked_next": N_("{quantity} booked · next: {compartment}"),
    "picked": N_("{quantity} taken from {compartment}"),
    "put_done": N_("{quantity} put into {compartment}"),
    "counted": N_("{compartment} counted"),
    "skipped": N_("Line set aside. It comes again later"),
    "short": N_("{quantity} booked, {missing} missing"),
    "no_other_home": N_("There is no other place with this item. The line ends short"),
    "other_home": N_("The rest comes from tray {tray}, {compartment}"),
    "no_place": N_("There is no free place for this item"),
    # trays
    "tray_coming": N_("Tray {tray} is coming"),
    "tray_leaving": N_("Tray {tray} goes back"),
    "tray_here": N_("Tray {tray} is at the bay"),
    "tray_unknown": N_("Nobody knows which tray is at the bay. Scan its label, type its number, or say that none is there"),
    "no_such_tray": N_("There is no tray {tray} in this machine"),
    "no_such_compartment": N_("There is no compartment {compartment} on this tray"),
    "tray_elsewhere": N_("Tray {tray} is at another bay"),
    "tray_page": N_("This page only shows. Nothing moves"),
    "choose_compartment": N_("Choose a compartment to work without an order, or send the tray back"),
    "fetch_again": N_("Touch “Fetch again” to bring tray {tray}"),
    # the machine and its lines
    "stopped": N_("STOP  The machine has stopped. Look at its panel and reset it there"),
    "curtain": N_("STOP  Light curtain interrupted. Step back, then press Reset on the machine's panel"),
    "estop": N_("STOP  Emergency stop. Clear the danger, release the button, then press Reset on the machine's panel"),
    "machine_error": N_("STOP  The machine reports an error. Look at its panel and reset it there"),
    "machine_refused": N_("The machine refused to move tray {tray}. Look at its panel, then try again"),
    "link_down": N_("No connection to the machine. Check its cable and that it is switched on. Work goes on by itself"),
    "link_up": N_("The machine is connected again"),
    "scanner_down": N_("No connection to the scanner. Check its cable. You can work by touch"),
    "display_down": N_("No connection to the display at the bay. Check its cable"),
    # the store
    "disk_full": N_("The disk is full: nothing can be booked. Nothing is lost. Free some space, then go on"),
    "store_failed": N_("The booking could not be written. Nothing is lost. Try again"),
    "read_only": N_("Nothing can be booked now. Looking is possible"),
    "recovered": N_("The station was restarted. This line was open and is not booked yet"),
    "internal_error": N_("The program made a mistake and has written it down. Nothing was booked. Go on"),
}

# --- why an action cannot be done now: short, they stand on the button ----------------------------------------------------

REFUSALS: Final[Table] = {
    "wrong_scan": N_("Scan the right item first"),
    "scan_first": N_("Scan the item first"),
    "scan_each": N_("Scan each piece first"),
    "tray_not_here": N_("Waiting for the tray"),
    "tray_coming": N_("Waiting for the tray"),
    "tray_leaving": N_("The tray goes back"),
    "tray_unknown": N_("Tray not known"),
    "machine_moving": N_("The machine moves"),
    "machine_stopped": N_("Machine stopped"),
    "machine": N_("Waiting for the machine"),
    "link_down": N_("No connection to the machine"),
    "light": N_("Waiting for the light"),
    "booking": N_("Booking"),
    "read_only": N_("Nothing can be booked now"),
    "no_right": N_("Not your role"),
    "nothing_chosen": N_("Choose an order"),
    "no_orders": N_("No order can start"),
    "blocked": N_("Blocked"),
    "no_tray": N_("No tray at the bay"),
    "tray_at_bay": N_("Send the tray back first"),
    "nothing_selected": N_("Choose a compartment"),
    "empty": N_("The compartment is empty"),
    "work_open": N_("Finish the work first"),
    "already_short": N_("Already reported"),
    "no_number": N_("Type the number"),
    "too_many": N_("More than possible"),
    "as_asked": N_("That is all of it"),
    "no_text": N_("Type the characters"),
    "no_pin": N_("Type your PIN"),
    "too_early": N_("Wait"),
    "checking_pin": N_("Checking"),
    "not_enough_rights": N_("Not your role"),
}

# --- what blocks an order in the work list ----------------------------------------------------------------------------------

BLOCKS: Final[Table] = {
    "stock_missing": N_("{item}: {missing} missing"),
    "no_stock": N_("{item}: nothing in stock"),
    "missing_stock": N_("{item}: {missing} missing"),
    "stock_held": N_("{item}: on hold"),
    "unknown_item": N_("{item}: not known here"),
    "unknown_place": N_("A compartment of this order does not exist"),
    "no_place": N_("{item}: no free compartment"),
    "elsewhere": N_("Worked at another bay"),
    "tray_elsewhere": N_("Tray {tray} is at another bay"),
}

# --- questions ------------------------------------------------------------------------------------------------------------

ASKS: Final[Table] = {
    "taken": N_("How many did you take?"),
    "fits": N_("How many went in?"),
    "fitted": N_("How many went in?"),
    "remaining": N_("How many are still in the compartment?"),
    "left": N_("How many are there?"),
    "out": N_("How many are out of the compartment?"),
    "count": N_("How many are there?"),
    "count_again": N_("Count once more: how many?"),
    "short_reason": N_("Why not all?"),
    "put_reason": N_("Why not all?"),
    "return_excess": N_("Put {excess} back into the compartment"),
    "excess_reason": N_("Why does more stay out?"),
    "is_empty": N_("Is the compartment empty now?"),
    "label": N_("The last four characters of the item code"),
    "tray_to_call": N_("Which tray shall come?"),
    "tray_to_open": N_("Which tray do you want to see?"),
    "tray_at_bay": N_("Which tray is at the bay?"),
    "direct_item": N_("Scan the item, or type its code"),
    "direct_quantity": N_("How many?"),
    "direct_reason": N_("Why without an order?"),
    "direct_stock": N_("Which stock?"),
    "hand_over": N_("{owner} has work open here. Do you take it over?"),
}

RESULTS: Final[Table] = {
    "accept": N_("Accept {number}"),
    "book": N_("Book {number}"),
    "book_count": N_("Book {number}"),
    "count": N_("Book {number}"),
    "take": N_("Take {number}"),
    "put": N_("Put {number}"),
    "book_and_report_missing": N_("Book {number}, report {missing} missing"),
    "book_and_rest_elsewhere": N_("Book {number}, {missing} remain"),
    "book_with_excess": N_("{number} are out, {excess} too many"),
    "call_tray": N_("Call tray {number}"),
    "open_tray": N_("Show tray {number}"),
    "tell_tray": N_("Tray {number} is here"),
}

RESULTS_EMPTY: Final[Table] = {
    "accept": N_("Accept"),
    "call_tray": N_("Call tray"),
    "open_tray": N_("Show tray"),
    "tell_tray": N_("This tray is here"),
}

CHOICES: Final[Table] = {
    "yes": N_("Yes"),
    "no": N_("No"),
    "is_empty": N_("Yes, it is empty"),
    "not_empty": N_("No, something is there"),
    "not_there": N_("Not there"),
    "damaged": N_("Damaged"),
    "book_wrong": N_("The book is wrong"),
    "not_reachable": N_("Cannot be reached"),
    "no_space": N_("No space: the rest goes elsewhere"),
    "fewer_here": N_("Fewer are here"),
    "put_back": N_("Put back"),
    "stays_out": N_("It stays out"),
    "full_pack": N_("Full pack"),
    "cannot_be_divided": N_("Cannot be divided"),
    "asked_by_person": N_("Somebody asked for it"),
    "take_over": N_("Take the work over"),
    "leave": N_("Leave it for later"),
    "stock": N_("{item} · {lot}"),
    # reasons of work without an order
    "sample": N_("Sample"),
    "repair": N_("Repair"),
    "rework": N_("Rework"),
    "scrap": N_("Scrap"),
    "returned": N_("Returned goods"),
    "urgent": N_("Urgent need"),
    "moved": N_("Moved by hand"),
    "tidy": N_("Tidying up"),
    "found": N_("Found"),
    "other": N_("Another reason"),
}

WAITS: Final[Table] = {
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
    "scan_refused": N_("Wrong scan"),
    "line_skipped": N_("Line skipped"),
    "line_closed": N_("Line finished"),
    "unattended": N_("Left unattended"),
    "handed_over": N_("Work handed over"),
}

REASONS: Final[Table] = {
    **CHOICES,
    "zero_check": N_("Empty check"),
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
    "in_compartment": N_("In compartment"),
    "left_after_pick": N_("Left after pick"),
    "there_after_put": N_("There after put"),
    "destination": N_("Goes to"),
    "scanned": N_("Scanned"),
    "scanned_of": N_("{number} of {asked}"),
    "tray": N_("Tray"),
    "compartment": N_("Compartment"),
    "you_stand_here": N_("YOU STAND HERE"),
    "next_here": N_("Next on this tray: {label}"),
    "last_here": N_("Last line on this tray"),
    "packs": N_("= {packs}"),
    "pack_of": N_("{count} {pack} of {size}"),
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
    "yesterday": N_("yesterday {time}"),
    "date": N_("{day:02}/{month:02}"),
    "time": N_("{hour:02}:{minute:02}"),
    "date_time": N_("{date} {time}"),
    "seconds_too": N_("{hour:02}:{minute:02}:{second:02}"),
    "nobody": N_("Nobody"),
    "erased": N_("Name erased"),
    "empty_compartment": N_("empty"),
    "counted_at": N_("counted {time}"),
    "never_counted": N_("never counted"),
    "no_contents": N_("This tray is empty"),
    "no_events": N_("Nothing has happened on this tray yet"),
    "contents": N_("Contents"),
    "events": N_("Events, newest first"),
    "not_read_only": N_("READ ONLY"),
    "badge_title": N_("Scan your badge"),
    "badge_help": N_("Hold your badge in front of the scanner. The PIN is asked after it."),
    "pin_title": N_("{name}, enter your PIN"),
    "locked_title": N_("Locked"),
    "locked_owner": N_("{owner} is working here."),
    "locked_tray": N_("Tray {tray} is still at the bay."),
    "locked_by_badge": N_("{owner} comes back by badge alone; anybody else needs badge and PIN."),
    "locked_by_pin": N_("Badge and PIN are needed to come back."),
    "retry_in": NN_("Try again in {count} second", "Try again in {count} seconds"),
    "sample_title": N_("Sample site: how to sign on"),
    "sample_help": N_("Scan a badge from this list, or touch its row. Then type the PIN."),
    "how_title": N_("How to sign on"),
    "how_1": N_("1  Scan your badge."),
    "how_2": N_("2  Type your PIN and touch “Sign on”."),
    "how_3": N_("3  When you walk away, touch “Lock screen”. Your badge brings you back."),
    "pin": N_("PIN {pin}"),
    "unknown_1": N_("The station lost the answer of the machine, so it does not know which tray is at the bay."),
    "unknown_2": N_("Scan the label of the tray, or type its number. Nothing moves until you have said it."),
    "unknown_expected": N_("Tray {tray} was on its way."),
    "hand_over_line": N_("Open: order {order}, line {line}"),
    "hand_over_help": N_("If you leave it, the open lines go back to the work list."),
    "more_title": N_("What else do you want to do?"),
    "device_state": N_("{device}: {state}"),
    "erase": N_("Erase"),
    "clear": N_("Clear"),
    "page_up": N_("Page up"),
    "page_down": N_("Page down"),
    "unknown_code": N_("Message {code}"),
}
