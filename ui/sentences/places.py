"""Places without a lift: their sentences, gathered for the tables."""

from __future__ import annotations

from typing import Final

from ui.language import N_, NN_
from ui.sentences.table import Table

PLACES_ACTIONS: Final[Table] = {
    "places": N_("Without a lift"),
    "walk": N_("Start"),
    "count_zone": N_("Have a zone counted"),
}
PLACES_EVENTS: Final[Table] = {"place_reached": N_("Place scanned")}
PLACES_REFUSALS: Final[Table] = {
    "place_not_scanned": N_("Scan the label of the place first"),
    "nothing_waits": N_("Nothing waits there"),
}
PLACES_SHORT_REFUSALS: Final[Table] = {
    "place_not_scanned": N_("Scan the place"),
    "nothing_waits": N_("Nothing waits"),
}
PLACES_BLOCKS: Final[Table] = {
    "missing_at_bay": NN_(
        "{count} task at places without a lift: touch “Without a lift”",
        "{count} tasks at places without a lift: touch “Without a lift”",
    ),
    "missing_count_held_zone": N_("{place}: count waits for a second person"),
}
PLACES_MESSAGES: Final[Table] = {
    "places_page": N_("Take a trolley and a scanner, then touch “Start”, or one row alone"),
    "place_task_gone": N_("That is not to be done there any more. Choose another row, or touch “Start”"),
    "gap_places": N_("{item} for position {rank} of {ranks} lies at {place}. Touch the answer, and go there"),
    "gap_lift": N_("{item} for position {rank} of {ranks} lies in tray {tray}. Touch the answer, and it comes"),
    "places_page_empty": N_("Nothing waits at places without a lift. Go back to the work list"),
    "go_to_place": N_("Go to {place} and scan its label"),
    "type_place": N_("Type what stands on the label of {place}"),
    "other_place": N_("That is {scanned}. Go to {place} and scan its label"),
    "place_first": N_("The place comes first. Go to {place} and scan its label"),
    "not_the_label": N_("That does not stand on the label of {place}. Look again and type it as it is printed"),
    "wrong_location": N_("Wrong place: that is {scanned}. You work at {place}: scan {item}, or the label of the place"),
    "place_locked": N_("{place} asks for the right “{right}”. Ask somebody who has it, or skip the line"),
    "other_home_place": N_("The rest of {item} lies at {place}. Go there next"),
    "rest_in_places": N_("The rest of {item} lies at places without a lift. Its line stays open: go on"),
    "rest_in_lift": N_("The rest of {item} lies in the lift. Its line stays open: go on"),
    "all_at_bay": N_("Nothing waits at places without a lift any more. Start the order from the work list"),
    "all_in_places": N_("All of it lies at places without a lift. Touch “Without a lift”"),
}
PLACES_ASKS: Final[Table] = {
    "gap_places": N_("Position {rank} of {ranks}: {item} lies at {place}. It is taken next"),
    "gap_lift": N_("Position {rank} of {ranks}: {item} lies in the lift, tray {tray}. It is taken next"),
    "place_label": N_("What stands on the label of {place}?"),
    "which_zone": N_("Which zone is to be counted?"),
    "held_what_zone": N_("What is done about {place}?"),
    "held_decide_zone": N_("Which is right for {place}?"),
}
PLACES_CHOICES: Final[Table] = {
    "gap_go_places": N_("Go to {place}"),
    "gap_go_lift": N_("Go on at the bay: tray {tray}"),
    "zone": N_("{title} ({zone})"),
    "other_lot_zone": N_("Lot {lot} · {place} · {quantity}"),
    "other_place_zone": N_("{place} · {quantity}"),
    "other_zone_stock": N_("{place}"),
    "other_zone_stock_lot": N_("{place} · lot {lot}"),
    "other_zone_stock_serial": N_("{place} · serial {serial}"),
    "other_zone_stock_held": N_("{place} · {status}"),
    "other_zone_stock_lot_held": N_("{place} · lot {lot} · {status}"),
    "other_zone_stock_serial_held": N_("{place} · serial {serial} · {status}"),
    "other_to_zone": N_("{place}"),
    "goods_to_receiving": N_("Into the receiving area"),
    "other_quarantine": N_("I take it into quarantine"),
}
PLACES_REASONS: Final[Table] = {"lies_elsewhere": N_("lies elsewhere")}
PLACES_BINS: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {
    "{item} for position {rank} of {ranks} lies in tray {tray}. Touch the answer, and it comes": N_(
        "{item} for position {rank} of {ranks} lies in bin {tray}. Touch the answer, and it comes"
    ),
    "Position {rank} of {ranks}: {item} lies in the lift, tray {tray}. It is taken next": N_(
        "Position {rank} of {ranks}: {item} lies in the machine, bin {tray}. It is taken next"
    ),
    "Go on at the bay: tray {tray}": N_("Go on at the bay: bin {tray}"),
}
PLACES_LABELS: Final[Table] = {
    "no_places": N_("Nothing waits at places without a lift"),
    "places_count": NN_("{count} task", "{count} tasks"),
    "places_waiting": N_("Without a lift ({number})"),
    "walk_count": NN_("Start {count} task", "Start {count} tasks"),
    "on_foot": NN_("{count} task without a lift", "{count} tasks without a lift"),
    "gap_places_help": N_("The rest of the sequence waits for it, and goes on afterwards"),
    "rank": N_("position {rank}"),
    "place": N_("Place"),
    "where_zone": N_("{why}, without a lift"),
    "next_in_section": N_("Next in this section: {label}"),
}
