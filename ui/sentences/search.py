"""The search for an item: its sentences, gathered for the tables."""

from __future__ import annotations

from typing import Final

from ui.language import N_, NN_
from ui.sentences.table import Table

SEARCH_ACTIONS: Final[Table] = {
    "search": N_("Find an item"),
    "show_found": N_("Show what is found"),
    "show_letters": N_("Type"),
    "show_pictures": N_("By picture"),
    "call_place": N_("Call this tray"),
    "move_from": N_("Move from here"),
    "return_to": N_("Return to here"),
}
SEARCH_MESSAGES: Final[Table] = {
    "search_type": N_("Type a part of the number, the name or the host's key. Or scan the item"),
    "search_typed": N_("Type on until few are left, then show what is found"),
    "search_choose": N_("Touch the item"),
    "search_picture": N_("Touch the picture"),
    "search_no_pictures": N_("No item has a picture. Go back and type"),
    "search_choose_place": N_("Touch a place to call its tray, or to move from or return to it"),
    "search_chosen": N_("Call its tray, or say what is to be done there"),
    "search_nowhere": N_("The book has no {item} anywhere. Go back, or ask your supervisor"),
    "item_gone": N_("{item} is not known here any more. Look for it again"),
    "item_elsewhere": N_("It lies in {machine}, tray {tray}. Call the tray there"),
}
SEARCH_LABELS: Final[Table] = {
    "search_what": N_("What are you looking for?"),
    "search_nothing": N_("Nothing has “{text}”"),
    "search_one": N_("{item}: {name}"),
    "search_count": NN_("{count} item: {names}", "{count} items: {names}"),
    "search_many": N_("More than {count} items. Type on"),
    "search_reading": N_("Looking …"),
    "show_one": N_("Show {item}"),
    "show_all": N_("Show {count} items"),
    "found_summary": NN_("{count} item found", "{count} items found"),
    "found_more": N_("The first {count} of more items"),
    "found_nowhere": N_("not in stock"),
    "found_places": NN_("in {count} place", "in {count} places"),
    "to_be_counted": N_("to be counted"),
    "where_else": N_("Where else is it?"),
    "search_total": N_("{quantity} in all"),
    "plain_stock": N_("own, free"),
    "where_here": N_("At the bay"),
    "where_away": N_("In the machine"),
    "where_other_bay": N_("At another bay, or not known where"),
    "where_other_machine": N_("In {why}"),
    "where_out": N_("Out of service: {why}"),
    "where_locked": N_("Takes the right “{why}”"),
}
SEARCH_REFUSALS: Final[Table] = {
    "nothing_found": N_("Nothing is found yet"),
    "other_machine": N_("It lies in another machine"),
    "tray_not_called": N_("Its tray cannot be called now"),
}
SEARCH_BINS: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {
    "Call this tray": N_("Call this bin"),
    "Touch a place to call its tray, or to move from or return to it": N_(
        "Touch a place to call its bin, or to move from or return to it"
    ),
    "Call its tray, or say what is to be done there": N_("Call its bin, or say what is to be done there"),
    "It lies in {machine}, tray {tray}. Call the tray there": N_("It lies in {machine}, bin {tray}. Call the bin there"),
    "Its tray cannot be called now": N_("Its bin cannot be called now"),
}
