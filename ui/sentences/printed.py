"""The words on labels and packing slips."""

from __future__ import annotations

from typing import Final

from ui.language import N_, NN_
from ui.sentences.table import Table

PRINTED: Final[Table] = {
    "of_tray": N_("Tray {tray}"),
    "of_order": N_("Order {order}"),
    "to": N_("to {destination}"),
    "card": N_("Card {card}"),
    "lot": N_("Lot {lot}"),
    "serial": N_("Serial {serial}"),
    "place": N_("{machine} · {tray} · {compartment}"),
    "copy": N_("COPY {number}"),
    "slip": N_("Packing slip"),
    "slip_complete": N_("Everything that was asked is here"),
    "slip_short": NN_("{count} line is short", "{count} lines are short"),
    "no_lines": N_("The order has no lines."),
    "of_asked": N_("{done} of {asked}"),
    "lot_quantity": N_("lot {lot}: {amount}"),
    "missing": N_("Missing {amount}: {why}"),
    "still_to_come": N_("{amount} still to come"),
    "no_reason": N_("no reason was given"),
    "page": N_("Page {number} of {count}"),
    "row": N_("Row {number}"),
    "choice": N_("Answer {number}"),
    "other": N_("Other place {number}"),
    "tab": N_("Other part {number}"),
    "key_undo": N_("Undo the last booking"),
    "key_picture": N_("Enlarge the picture"),
    "key_weighed": N_("Fill in what was weighed"),
    "key_sample": N_("Weigh a sample"),
    "key_clear": N_("Clear"),
    "key_enter": N_("Enter"),
    "key_erase": N_("Erase"),
    "key_point": N_("Decimal point"),
    "key_cancel": N_("Cancel"),
    "key_page_up": N_("Page up"),
    "key_page_down": N_("Page down"),
    "commands": N_("Commands to scan"),
    "commands_help": N_(
        "A command counts once something was scanned or touched on the screen. Confirm needs the right item first."
    ),
}
