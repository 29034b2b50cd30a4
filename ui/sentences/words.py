"""Words for the values of the station: actions, modes, roles, states, reasons."""

from __future__ import annotations

from typing import Final

from ui.language import N_
from ui.sentences.count_desk import COUNT_DESK_ACTIONS
from ui.sentences.counts import COUNT_ACTIONS, COUNT_EVENTS, COUNT_REASONS
from ui.sentences.desk import DESK_ACTIONS, DESK_EVENTS, DESK_MODES, DESK_REASONS
from ui.sentences.figures import FIGURES_ACTIONS, FIGURES_EVENTS
from ui.sentences.go_live import GO_LIVE_ACTIONS, GO_LIVE_REASONS
from ui.sentences.history import HISTORY_ACTIONS, HISTORY_EVENTS, HISTORY_MODES
from ui.sentences.jit_desk import JIT_ACTIONS
from ui.sentences.late import LATE_ACTIONS, LATE_EVENTS, LATE_REASONS
from ui.sentences.loads import LOADS_ACTIONS, LOADS_EVENTS, LOADS_REASONS
from ui.sentences.orders import ORDER_ACTIONS, ORDER_EVENTS, ORDER_REASONS
from ui.sentences.other import OTHER_ACTIONS, OTHER_EVENTS, OTHER_MODES, OTHER_REASONS
from ui.sentences.places import PLACES_ACTIONS, PLACES_EVENTS, PLACES_REASONS
from ui.sentences.planner import PLANNER_EVENTS
from ui.sentences.pull import PULL_ACTIONS, PULL_EVENTS
from ui.sentences.receipts import RECEIPTS_ACTIONS, RECEIPTS_EVENTS, RECEIPTS_REASONS
from ui.sentences.replay import REPLAY_ACTIONS
from ui.sentences.search import SEARCH_ACTIONS
from ui.sentences.staff import STAFF_ACTIONS, STAFF_EVENTS, STAFF_MODES, STAFF_REASONS
from ui.sentences.storage import STORAGE_ACTIONS, STORAGE_EVENTS, STORAGE_MODES
from ui.sentences.table import Table
from ui.sentences.undo import UNDO_EVENTS, UNDO_REASONS

ACTIONS: Final[Table] = {
    **LATE_ACTIONS,
    **COUNT_ACTIONS,
    **LOADS_ACTIONS,
    **PLACES_ACTIONS,
    **ORDER_ACTIONS,
    **RECEIPTS_ACTIONS,
    **PULL_ACTIONS,
    **OTHER_ACTIONS,
    **JIT_ACTIONS,
    **REPLAY_ACTIONS,
    **SEARCH_ACTIONS,
    **HISTORY_ACTIONS,
    **GO_LIVE_ACTIONS,
    **STAFF_ACTIONS,
    **DESK_ACTIONS,
    **FIGURES_ACTIONS,
    **COUNT_DESK_ACTIONS,
    **STORAGE_ACTIONS,
    "confirm": N_("Confirm"),
    "not_enough": N_("Not enough"),
    "skip": N_("Skip line"),
    "unreadable": N_("Label unreadable"),
    "took_more": N_("Took more"),
    "count": N_("Count here"),
    "elsewhere": N_("Put elsewhere"),
    "other_lot": N_("Other lot"),
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
    "messages": N_("Messages"),
    "cancel": N_("Cancel"),
    "no_tray": N_("No tray is here"),
    "show_events": N_("Show events"),
    "show_contents": N_("Show contents"),
    "sign_on": N_("Sign on"),
    "confirm_pin": N_("Confirm with PIN"),
    "go_on_pin": N_("Go on"),
    "devices": N_("Machine panel"),
    "status_by_hand": N_("Ask status"),
    "fetch_by_hand": N_("Fetch by hand"),
    "store_by_hand": N_("Store by hand"),
    "export_frames": N_("Export frames"),
    "try_lamps": N_("Test the lamps"),
    "teach": N_("Teach a scanner"),
    "keep_form": N_("Keep this"),
    "wear": N_("Service"),
    "book_service": N_("Book service"),
    "see_drift": N_("Seen"),
    "outages": N_("Out of service"),
    "printers": N_("Printers"),
    "take_out": N_("Out of service"),
    "take_bay_out": N_("Take this bay out"),
    "take_back": N_("Back in service"),
    "calibrate": N_("Teach the pointer"),
    "on_mark": N_("On the mark"),
    "place_before": N_("One place back"),
    "leave_teaching": N_("Stop teaching"),
    "accept_level": N_("Accept"),
    "teach_anew": N_("Teach again"),
    "tote_full": N_("Tote full"),
    "mark_lamp": N_("Mark a lamp"),
    "try_now": N_("Try now"),
}

MODES: Final[Table] = {
    **OTHER_MODES,
    "sign_on": N_("SIGN ON"),
    "locked": N_("LOCKED"),
    "hand_over": N_("HAND-OVER"),
    "unlock": N_("UNLOCK"),
    "pin_again": N_("PIN AGAIN"),
    "work": N_("ORDERS"),
    "pick": N_("PICK"),
    "put": N_("PUT"),
    "count": N_("COUNT"),
    "bay": N_("TRAY"),
    "unknown_tray": N_("WHICH TRAY?"),
    "tray_page": N_("TRAY"),
    "devices": N_("MACHINE PANEL"),
    "teach": N_("TEACH A SCANNER"),
    "wear": N_("SERVICE"),
    "outages": N_("OUT OF SERVICE"),
    "late": N_("WITHOUT STATION"),
    "held": N_("HELD COUNTS"),
    "loads": N_("LOADS"),
    "search": N_("FIND AN ITEM"),
    "other": N_("OTHER WORK"),
    "replay": N_("WHAT THIS BAY COULD DO"),
    "load_pick": N_("TAKE A LOAD"),
    "load_put": N_("PUT IN A LOAD"),
    "calibrate": N_("TEACH THE POINTER"),
    "printers": N_("PRINTERS"),
    "orders": N_("ORDER PAGE"),
    "receipts": N_("RECEIVE"),
    "lots": N_("HELD GOODS"),
    "pull": N_("PULL BOARD"),
    "jit": N_("JUST-IN-TIME"),
    **HISTORY_MODES,
    **STAFF_MODES,
    **DESK_MODES,
    **STORAGE_MODES,
    "places": N_("PLACES"),
}

KINDS: Final[Table] = {"pick": N_("Pick"), "put": N_("Put"), "count": N_("Count"), "receipt": N_("Receipt")}

DEVICES: Final[Table] = {
    "machine": N_("Machine"),
    "scanner": N_("Scanner"),
    "display": N_("Display"),
    "pointer": N_("Pointer"),
    "totes": N_("Tote lamps"),
    "scale": N_("Scale"),
    "printer": N_("Printer"),
    "store": N_("Store"),
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

PUT_REASONS: Final[Table] = {
    "same_item": N_("same item"),
    "empty": N_("empty"),
    "consolidation": N_("kept together"),
    "at_bay": N_("at the bay"),
    "used_often": N_("used often"),
    "rights": N_("locked like the item"),
    "weight": N_("bears the weight"),
    "fits": N_("fits"),
    "planned": N_("as planned"),
}

PLACES: Final[Table] = {
    "in_machine": N_("In the machine"),
    "at_bay": N_("At the bay"),
    "moving": N_("Moving"),
    "not_known": N_("Not known where"),
}

EVENTS: Final[Table] = {
    **UNDO_EVENTS,
    **LATE_EVENTS,
    **COUNT_EVENTS,
    **LOADS_EVENTS,
    **PLACES_EVENTS,
    **PLANNER_EVENTS,
    **ORDER_EVENTS,
    **RECEIPTS_EVENTS,
    **PULL_EVENTS,
    **HISTORY_EVENTS,
    **STAFF_EVENTS,
    **DESK_EVENTS,
    **FIGURES_EVENTS,
    **STORAGE_EVENTS,
    **OTHER_EVENTS,
    "access_refused": N_("Access refused"),
    "order_held": N_("Order held"),
    "order_resumed": N_("Order resumed"),
    "gap_opened": N_("Rack position left empty"),
    "gap_released": N_("Empty rack position released"),
    "tote_bound": N_("Tote bound to an order"),
    "tote_closed": N_("Tote closed"),
    "tote_refused": N_("Wrong tote"),
    "lamp_marked": N_("Tote lamp found dead, or repaired"),
    "picked": N_("Taken"),
    "put": N_("Put in"),
    "corrected": N_("Corrected"),
    "counted": N_("Counted"),
    "stock_loaded": N_("Opening stock"),
    "motion_intended": N_("Called"),
    "motion_ended": N_("Moved"),
    "tray_told": N_("Tray named by hand"),
    "tray_out_of_service": N_("Taken out of service"),
    "tray_in_service": N_("Back in service"),
    "tray_told_machine": N_("Tray named by the machine"),
    "zero_check_asked": N_("Asked whether it is empty"),
    "zero_check_ended": N_("Not empty: something else is there"),
    "scan_refused": N_("Wrong scan"),
    "line_skipped": N_("Line skipped"),
    "line_closed": N_("Line finished"),
    "unattended": N_("Left unattended"),
    "handed_over": N_("Work handed over"),
    "piece_weight_learnt": N_("Piece weight learnt"),
}

OUTAGE_REASONS: Final[Table] = {
    **GO_LIVE_REASONS,
    "out_damaged": N_("Damaged"),
    "out_blocked": N_("Blocked"),
    "out_other_bay": N_("another bay's while the site database is away"),
    "out_spill": N_("Spill or cleaning"),
    "out_inspection": N_("Inspection"),
    "out_weight": N_("Too heavy"),
    "out_other": N_("Another reason"),
}

REASONS: Final[Table] = {
    **UNDO_REASONS,
    **STAFF_REASONS,
    **DESK_REASONS,
    **PLACES_REASONS,
    **LATE_REASONS,
    **COUNT_REASONS,
    **LOADS_REASONS,
    **ORDER_REASONS,
    **RECEIPTS_REASONS,
    **OTHER_REASONS,
    **OUTAGE_REASONS,
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
    "replenished": N_("Replenished"),
    "correction": N_("Correction"),
    "zero_check": N_("Empty check"),
    "on_the_spot": N_("Count on the spot"),
    "skipped": N_("Set aside"),
    "left": N_("Left for later"),
    "not_taken_over": N_("Not taken over"),
    "other_serials": N_("Other serial numbers"),
    "unknown_item": N_("Item not known here"),
    "no_stock": N_("No stock"),
    "order_open": N_("Its order is still open"),
    "held": N_("Stock on hold"),
    "other_stock": N_("Only other lots or owners"),
    "promised": N_("Needed by other orders"),
    "not_enough": N_("Not enough stock"),
    "out_of_service": N_("Tray out of service"),
    "expired": N_("Expired"),
    "too_short_life": N_("Not good for long enough"),
    "expiry_not_known": N_("Expiry not known"),
    "no_access": N_("A right is missing"),
    "inspection": N_("Inspection"),
    "lot_damaged": N_("First lot damaged"),
    "lot_not_reachable": N_("First lot cannot be reached"),
    "uses_up_rest": N_("To use up a rest"),
    "unidentified": N_("Without lot or serial"),
    # why a sign-on was refused
    "unknown_badge": N_("Badge not known"),
    "wrong_pin": N_("Wrong PIN"),
    "too_early": N_("Too early after a wrong PIN"),
    "locked": N_("Locked after wrong PINs"),
    "disabled": N_("May not work here any more"),
    "store_read_only": N_("Nothing can be booked"),
    "store_error": N_("The store cannot be read"),
    "pepper_mismatch": N_("The key of the site does not fit"),
}
