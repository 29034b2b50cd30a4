"""Counts: those that wait for a second person, those that are offered and those that are ordered, gathered for the tables."""

from __future__ import annotations

from typing import Final

from ui.language import N_, NN_
from ui.sentences.table import Table

COUNT_ACTIONS: Final[Table] = {
    "held": N_("Held counts"),
    "count_tray": N_("Count this tray"),
    "count_item": N_("Count this item"),
}
COUNT_EVENTS: Final[Table] = {
    "count_held": N_("Counted, waits for a second person"),
    "count_recount": N_("To be counted afresh"),
    "count_offer_passed": N_("Offered count passed"),
}
COUNT_REASONS: Final[Table] = {
    "offered": N_("Offered count"),
    "second_count": N_("Second count"),
    "approved": N_("Approved"),
    "recount": N_("Counted afresh"),
}
COUNT_MESSAGES: Final[Table] = {
    "count_waits": N_("{compartment}: count waits for a second person"),
    "count_waits_for_other": N_("You have counted {compartment} before: its count waits for somebody else"),
    "count_look": N_("Look into {compartment} and answer"),
    "count_offered": N_("The work here is done. Count {compartment} now, or go on"),
    "count_ordered": NN_(
        "Order {order} is in the work list: {count} place to count", "Order {order} is in the work list: {count} places to count"
    ),
    "count_order_nothing_to_count": N_("The book has nothing there to count"),
    "count_order_too_much": N_("That is too much for one order. Count a part of it"),
    "count_order_unknown_item": N_("This item is not known here any more"),
    "count_order_unknown_tray": N_("There is no such tray any more"),
    "count_order_unknown_machine": N_("This machine is not known here any more"),
    "count_order_which_machine": N_("There is more than one machine. Use the command line and name one"),
    "held_page": N_("These counts wait for a second person. Touch one"),
    "held_none": N_("No count waits for a second person"),
    "held_ask": N_("Choose. Whoever looks at the figures does not count it any more"),
    "held_decide": N_("Choose what is right. Badge and PIN of somebody who has not counted it are asked then"),
    "held_counted_by_you": N_("You have counted it: somebody else counts it, or a supervisor decides"),
    "held_figures_seen": N_("You have seen the figures: somebody else counts it"),
    "held_changed": N_("It was counted or decided meanwhile. Look at the list again"),
    "held_settled": N_("Decided. All figures stay in the record"),
}
COUNT_ASKS: Final[Table] = {
    "count_offer": N_("Count {compartment} while the tray is here? A few seconds"),
    "held_what": N_("What is done about {compartment} on tray {tray}?"),
    "held_decide": N_("Which is right for {compartment} on tray {tray}?"),
}
COUNT_CHOICES: Final[Table] = {
    "count_now": N_("Yes, count {compartment}"),
    "count_not_now": N_("No, go on"),
    "held_count_it": N_("Count it now"),
    "held_look": N_("Look at the figures"),
    "held_figure": N_("{quantity}"),
    "held_recount": N_("Neither: count it afresh"),
}
COUNT_LABELS: Final[Table] = {
    "held_counts": NN_("{count} count waits for a second person", "{count} counts wait for a second person"),
    "no_held": N_("No count waits for a second person"),
    "held_since": N_("since {time}"),
    "held_by": N_("counted by {names}"),
    "held_afresh": N_("to be counted afresh"),
    "held_mine": N_("You counted it"),
    "held_touch": N_("Touch to choose"),
    "held_book": N_("The book has {book}. Each figure is as it would be now: what moved since is in it."),
    "held_help_count": N_(
        "Counted blind: what another person has counted before, or the book, settles it. Anything else waits on."
    ),
    "count_waits_second": N_("count waits for a second person"),
    "act_count_recount": N_("You have this counted afresh. What was said of it stays in the record."),
}
COUNT_BLOCKS: Final[Table] = {
    "missing_count_held": N_("{compartment} on tray {tray}: count waits for a second person"),
}
COUNT_BINS: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {
    "Count this tray": N_("Count this bin"),
    "There is no such tray any more": N_("There is no such bin any more"),
    "Count {compartment} while the tray is here? A few seconds": N_("Count {compartment} while the bin is here? A few seconds"),
    "What is done about {compartment} on tray {tray}?": N_("What is done about {compartment} on bin {tray}?"),
    "Which is right for {compartment} on tray {tray}?": N_("Which is right for {compartment} on bin {tray}?"),
    "{compartment} on tray {tray}: count waits for a second person": N_(
        "{compartment} on bin {tray}: count waits for a second person"
    ),
}
