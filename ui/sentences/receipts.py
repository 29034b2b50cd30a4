"""Goods that are received at the bay, and lots on hold: their sentences, gathered for the tables."""

from __future__ import annotations

from typing import Final

from ui.language import N_, NN_
from ui.sentences.table import Table

RECEIPTS_ACTIONS: Final[Table] = {
    "receipts": N_("Receive"),
    "type_goods": N_("Type the code"),
    "receive_all": N_("All are here"),
    "judge_goods": N_("Not good"),
}
RECEIPTS_EVENTS: Final[Table] = {
    "received": N_("Goods received"),
    "goods_passed": N_("Goods straight to an order"),
    "lot_held": N_("Lot put on hold"),
    "lot_released": N_("Lot released"),
}
RECEIPTS_REASONS: Final[Table] = {
    "put_away": N_("Put away after receipt"),
    "receipt": N_("Received without an order"),
    "rejected": N_("Rejected at receipt"),
    "rest_follows": N_("The rest follows"),
    "delivered_short": N_("Delivered short"),
    "lost_on_the_way": N_("Lost on the way"),
    "delivered_over": N_("Delivered too many"),
    "pack_size": N_("Only in full packs"),
    "goods_damaged": N_("Goods damaged"),
    "packing_damaged": N_("Packing damaged"),
    "goods_wrong": N_("Wrong goods"),
    "papers_missing": N_("Papers missing"),
    "life_too_short": N_("Not good for long enough"),
    "to_be_tested": N_("To be tested first"),
    "lot_held": N_("Lot on hold"),
    "lot_released": N_("Lot released"),
}
RECEIPTS_MESSAGES: Final[Table] = {
    "receipts_page": N_("Scan the label of the goods that came in, or touch what was announced"),
    "receipts_waiting": N_("Scan the label of the goods, or touch what still lies at the bay"),
    "receipt_count": N_("Count the goods, then type how many there are"),
    "receipt_booked": N_("Received"),
    "receipt_rest": N_("Put the rest away now, or leave it at the bay for later"),
    "receipt_over": N_("Nothing is left. Scan the next goods when you have touched “Done”"),
    "pass_goods": N_("Put them to order {order}, then scan its label or touch “Handed over”"),
    "pass_goods_locked": N_("Scan the label of order {order} or its tote, or touch “Not now”"),
    "not_this_order": N_("That is not the label of order {order}. Scan its label or its tote"),
    "order_ended_meanwhile": N_("Order {order} has ended meanwhile. Look who else waits for the goods"),
    "receipt_changed": N_("Receipt {order} was closed or changed meanwhile. Count again: they are booked without it"),
    "goods_unknown": N_("No item has this code. Type the item's code, or call your supervisor"),
    "goods_shared": N_("More than one item has this code. Type the item's code"),
    "goods_of_other_item": N_("That label is not of {item}. Scan the label of {item}"),
    "goods_lack_lot": N_("That names no lot of {item}. Scan the lot, or type it"),
    "goods_lack_serial": N_("That names no serial of {item}. Scan the serial, or type it"),
    "goods_serial_known": N_("Serial {serial} is in stock already. Look at the label and scan it again"),
    "badge_no_goods": N_("That is a badge. Scan the label of the goods"),
    "no_place_for_goods": N_("No compartment fits for {item}. It stays at the bay: make room, then touch it in the list"),
    "photo_not_kept": N_("The photo {file} could not be read. Take another one, or go on without"),
}
RECEIPTS_ASKS: Final[Table] = {
    "goods_code": N_("Which code is on the goods?"),
    "goods_which_line": N_("Of which receipt are the {item}?"),
    "goods_lot": N_("Scan the lot of {item}, or type it"),
    "goods_serial": N_("Scan the serial of {item}, or type it"),
    "goods_count": N_("How many {item} came?"),
    "why_fewer_came": N_("{quantity} came, {asked} were expected. Why fewer?"),
    "why_more_came": N_("{quantity} came, {asked} were expected. Why more?"),
    "goods_verdict": N_("What is done with the {quantity} {item}?"),
    "why_goods_hold": N_("Why are they held?"),
    "why_goods_reject": N_("Why are they rejected?"),
    "goods_note": N_("What else is to be said? Nobody's name, please"),
    "goods_photo": N_("Attach the newest photo, {file}?"),
    "goods_no_photo": N_("No photo is there. Take one?"),
    "pass_goods": N_("Order {order} waits for {quantity} {item}"),
    "pass_how_many": N_("How many does order {order} get?"),
    "goods_rest": N_("{quantity} {item} are left at the bay"),
    "goods_done": N_("Nothing of the {item} is left at the bay"),
}
RECEIPTS_CHOICES: Final[Table] = {
    "receipt_line": N_("{order}: {quantity} expected {supplier}"),
    "receipt_no_line": N_("Of none of these"),
    "goods_release": N_("Release"),
    "goods_hold": N_("Quality hold"),
    "goods_reject": N_("Reject"),
    "photo_attach": N_("Attach it"),
    "photo_look_again": N_("Look again"),
    "hand_over_goods": N_("Handed over"),
    "fewer_goods": N_("Fewer"),
    "goods_not_now": N_("Not now"),
    "goods_put_away": N_("Put away now"),
    "goods_later": N_("Leave at the bay"),
    "done_goods_later": N_("Done"),
}
RECEIPTS_LABELS: Final[Table] = {
    "no_receipts": N_("Nothing is announced"),
    "receipts_summary": NN_("{count} line announced", "{count} lines announced"),
    "receipts_at_bay": NN_("■ {count} lies at the bay", "■ {count} lie at the bay"),
    "receipt_expected": N_("{quantity} expected"),
    "receipt_due": N_("due {time}"),
    "receipt_late": N_("▲ due {time}"),
    "receipt_at_bay": N_("At the bay"),
    "receipt_since": N_("for {age}"),
    "touch_to_receive": N_("touch to receive it"),
    "touch_to_go_on": N_("touch to go on"),
    "goods_item": N_("{item}, {name}"),
    "goods_of": N_("Receipt {order}"),
    "goods_from": N_("from {supplier}"),
    "goods_against": N_("against {reference}"),
    "goods_received": N_("{quantity} received"),
    "goods_is_hold": N_("On quality hold: {reason}"),
    "goods_is_reject": N_("Rejected: {reason}"),
    "goods_went": N_("{quantity} to order {order}, {age} after receipt"),
    "goods_waits": N_("needed {time}"),
    "goods_into_tote": N_("Tote {tote} at {position}"),
    "goods_all": N_("All {quantity} are here"),
}
