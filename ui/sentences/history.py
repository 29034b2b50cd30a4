"""The tray history page: its sentences, gathered for the tables."""

from __future__ import annotations

from typing import Final

from ui.language import N_, NN_
from ui.sentences.table import Table

HISTORY_ACTIONS: Final[Table] = {
    "history": N_("Tray history"),
    "history_earlier": "◀",
    "history_later": "▶",
    "history_filter": N_("Filter"),
    "history_find": N_("Find a tray"),
    "history_trace": N_("Trace goods"),
    "history_prove": N_("Prove it"),
    "history_export": N_("Export"),
    "history_review": N_("Sign a review"),
    "history_block": N_("Block it"),
    "history_block_goods": N_("Block goods"),
    "history_order": N_("Its order"),
    "history_shift": N_("Person's shift"),
    "history_stop": N_("Stop"),
}
HISTORY_EVENTS: Final[Table] = {"review_signed": N_("Review signed")}
HISTORY_MODES: Final[Table] = {"history": N_("HISTORY")}
HISTORY_MESSAGES: Final[Table] = {
    "history_choose": N_("Touch a tray, or scan the label of a tray, a compartment or an item"),
    "history_choose_found": NN_(
        "{count} tray has or had it: it is marked. Touch it", "{count} trays have or had it: they are marked. Touch one"
    ),
    "history_page": N_("Move the slider or touch an event to see the tray as it was then"),
    "history_others": N_("Other stations moved goods on tray {tray}, too: ask the site database for their part"),
    "history_traced": N_("Touch “Back” when you have seen where the goods came from and who got them"),
    "history_past": N_("Reading the past of tray {tray}. Wait a moment"),
    "history_trace": N_("Following the goods through the record. Wait a moment"),
    "history_find": N_("Looking for the tray. Wait a moment"),
    "history_proving": N_("Proving the record: {percent} %. Go on looking, or touch “Stop”"),
    "history_exporting": N_("Writing the export: {percent} %. Go on looking, or touch “Stop”"),
    "history_end": N_("Nothing further has happened here that you asked for. Move the slider, or change the filter"),
    "history_stopped": N_("Stopped, nothing was written. Touch it again when you want it"),
    "history_proven": NN_(
        "Proven: the record of {count} event is whole. What was checked stands above the list",
        "Proven: the record of all {count} events is whole. What was checked stands above the list",
    ),
    "history_flawed": N_("The record is NOT whole. Keep the files as they are and call who looks after the station"),
    "history_failed": N_("It could not be done ({code}). Look at the disk, then touch it again"),
    "history_exported": N_("Written and signed: {name}. Hand over the whole folder"),
    "history_goods": N_("Looking for the goods, also at the other stations. Wait a moment"),
    "history_goods_own": N_("The site does not answer: only what this station has received is known. Choose why, or Cancel"),
    "history_goods_nothing_known": N_("The record has no goods of {name}. Look at the label, then touch “Block goods” again"),
    "history_goods_several_items": N_("{name} stands for several items. Touch “Block goods” again and type the item’s number"),
    "history_goods_blocked": N_("All of {name} is blocked already. “Held goods” says since when. Touch Back"),
    "history_blocked_own": N_(
        "Blocked: {lots}, as far as this station has received it. Touch “Block goods” for {supplier} again once the site answers"
    ),
    "history_blocked": N_("Blocked: {lots}. “Held goods” says which stations the word has not reached. Touch Back"),
    "history_reviewed": N_("Your review of tray {tray} is in the record. Choose the next tray"),
    "history_not_here": N_("Tray {tray} of {machine} is not in this machine. Scan one of this machine"),
    "history_not_found": N_("No tray here has or had that. Scan another code, or type it"),
    "history_untraced": N_("The record has nothing of {name}. Look at the label and type it again"),
    "history_no_day": N_("{text} is no day. Type it like 20261126"),
    "history_nobody": N_("{name} is nobody, or more than one person, here. Type more of the name"),
    "history_no_event": N_("Nothing has happened here yet that could be reviewed. Choose a later moment"),
}
HISTORY_ASKS: Final[Table] = {
    "history_filter": N_("Which events?"),
    "history_filter_more": N_("Which events?"),
    "history_filter_person": N_("Whose events?"),
    "history_filter_item": N_("Of which item?"),
    "history_filter_lot": N_("Of which lot?"),
    "history_filter_serial": N_("Of which serial number?"),
    "history_filter_order": N_("Of which order?"),
    "history_filter_reason": N_("With which reason?"),
    "history_filter_since": N_("From which day on? (20261126)"),
    "history_filter_until": N_("To which day? (20261126)"),
    "history_trace": N_("What should be traced?"),
    "history_trace_lot": N_("Which lot?"),
    "history_trace_serial": N_("Which serial number?"),
    "history_trace_receipt": N_("Which receipt? (its order, or the supplier’s reference)"),
    "history_trace_order": N_("Which order?"),
    "history_find": N_("Tray, item, lot or order?"),
    "history_review": N_("What did you find?"),
    "history_block": N_("Why is {goods} blocked?"),
    "history_block_item": N_("Why is all of {goods} blocked?"),
    "history_block_supplier": NN_(
        "Why is {count} lot of {supplier} blocked? ({goods})", "Why are {count} lots of {supplier} blocked? ({goods})"
    ),
    "history_goods": N_("What should be blocked?"),
    "history_goods_item": N_("Which item? Scan it, or type its number"),
    "history_goods_supplier": N_("Which supplier? As it stands on the receipts"),
    "history_sign_off": N_("Sign the review of tray {tray}?"),
}
HISTORY_CHOICES: Final[Table] = {
    "history_filter_person": N_("Of a person"),
    "history_filter_item": N_("Of an item"),
    "history_filter_lot": N_("Of a lot"),
    "history_filter_serial": N_("Of a serial number"),
    "history_filter_order": N_("Of an order"),
    "history_filter_reason": N_("With a reason"),
    "history_filter_since": N_("From a day on"),
    "history_filter_until": N_("To a day"),
    "history_filter_more": N_("Lot, serial number or days"),
    "history_filter_clear": N_("All events again"),
    "history_trace_lot": N_("A lot"),
    "history_trace_serial": N_("A serial number"),
    "history_trace_receipt": N_("A receipt"),
    "history_trace_order": N_("An order"),
    "history_goods_lot": N_("A lot: it is traced first"),
    "history_goods_item": N_("All of an item"),
    "history_goods_supplier": N_("What a supplier has delivered"),
    "history_sign": N_("Sign it with my PIN"),
    "history_not_signed": N_("Do not sign"),
}
HISTORY_LABELS: Final[Table] = {
    "act_stock_block": N_("Goods are blocked at all stations of the site."),
    "act_review": N_("A review of the record is signed."),
    "history_trays": NN_("{count} tray in the machine", "{count} trays in the machine"),
    "history_found": NN_("{count} tray has or had it", "{count} trays have or had it"),
    "history_at": "{date} {time}",
    "history_before": N_("before everything"),
    "history_place": N_("event {index} of {total}"),
    "history_oldest": N_("oldest"),
    "history_newest": N_("newest"),
    "history_changed": NN_("{count} compartment is different now", "{count} compartments are different now"),
    "history_same": N_("as it is now"),
    "history_other_now": N_("different now"),
    "history_show_events": N_("Events"),
    "history_show_contents": N_("Contents"),
    "history_show_custody": N_("Custody"),
    "history_show_trace": N_("Traced goods"),
    "history_no_events": N_("No event up to here that you asked for"),
    "history_no_contents": N_("The tray was empty"),
    "history_no_custody": N_("It was at no bay yet"),
    "history_no_trace": N_("Nothing was traced yet"),
    "history_of_lot": N_("Lot {name}"),
    "history_of_serial": N_("Serial number {name}"),
    "history_of_receipt": N_("Receipt {name}"),
    "history_of_order": N_("Order {name}"),
    "history_by_person": N_("of {text}"),
    "history_by_item": N_("item {text}"),
    "history_by_lot": N_("lot {text}"),
    "history_by_serial": N_("serial {text}"),
    "history_by_order": N_("order {text}"),
    "history_by_reason": N_("reason {text}"),
    "history_by_since": N_("from {text}"),
    "history_by_until": N_("to {text}"),
    "history_proof": N_("✔ {shown} of {events} · signed to {sealed} · {receipts} receipts"),
    "history_proof_wrong": N_("▲ NOT proven: {what}"),
    "history_called": N_("Called by {name}"),
    "history_appeared": N_("At the bay"),
    "history_sent": N_("sent by {name}"),
    "history_in_reach": N_("in reach {time}"),
    "history_exposed": NN_("{count} s in reach", "{count} s in reach"),
    "history_still": N_("still in reach"),
    "history_stops": NN_("{count} stop", "{count} stops"),
    "history_call_not_done": N_("did not come"),
    "history_call_unknown": N_("nobody saw the end"),
    "history_refused_to": N_("Refused: {name}"),
    "history_refused_why": N_("has not the right “{right}”"),
    "history_lies": N_("Lies"),
    "history_went": N_("Went"),
    "history_came": N_("Came"),
}
HISTORY_BINS: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {
    "Tray history": N_("Bin history"),
    "Find a tray": N_("Find a bin"),
    "Touch a tray, or scan the label of a tray, a compartment or an item": N_(
        "Touch a bin, or scan the label of a bin, a compartment or an item"
    ),
    ("{count} tray has or had it: it is marked. Touch it", "{count} trays have or had it: they are marked. Touch one"): NN_(
        "{count} bin has or had it: it is marked. Touch it", "{count} bins have or had it: they are marked. Touch one"
    ),
    "Move the slider or touch an event to see the tray as it was then": N_(
        "Move the slider or touch an event to see the bin as it was then"
    ),
    "Other stations moved goods on tray {tray}, too: ask the site database for their part": N_(
        "Other stations moved goods on bin {tray}, too: ask the site database for their part"
    ),
    "Reading the past of tray {tray}. Wait a moment": N_("Reading the past of bin {tray}. Wait a moment"),
    "Looking for the tray. Wait a moment": N_("Looking for the bin. Wait a moment"),
    "Your review of tray {tray} is in the record. Choose the next tray": N_(
        "Your review of bin {tray} is in the record. Choose the next bin"
    ),
    "Tray {tray} of {machine} is not in this machine. Scan one of this machine": N_(
        "Bin {tray} of {machine} is not in this machine. Scan one of this machine"
    ),
    "No tray here has or had that. Scan another code, or type it": N_(
        "No bin here has or had that. Scan another code, or type it"
    ),
    "Tray, item, lot or order?": N_("Bin, item, lot or order?"),
    "Sign the review of tray {tray}?": N_("Sign the review of bin {tray}?"),
    ("{count} tray in the machine", "{count} trays in the machine"): NN_(
        "{count} bin in the machine", "{count} bins in the machine"
    ),
    ("{count} tray has or had it", "{count} trays have or had it"): NN_(
        "{count} bin has or had it", "{count} bins have or had it"
    ),
    "The tray was empty": N_("The bin was empty"),
}
