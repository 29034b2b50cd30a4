"""The order page, and kits: what is said of them. `station.flows.order_page` says when."""

from __future__ import annotations

from typing import Final

from ui.language import N_, NN_
from ui.sentences.table import Table

ORDER_ACTIONS: Final[Table] = {
    "orders": N_("Order page"),
    "hold_order": N_("Hold"),
    "resume_order": N_("Let it go on"),
    "take_over": N_("Take over"),
    "split_order": N_("Split"),
    "cancel_order": N_("Cancel order"),
}
ORDER_EVENTS: Final[Table] = {
    "order_taken_over": N_("Order taken over"),
    "order_split": N_("Order split"),
    "taken_settled": N_("Taken for a cancelled order"),
}
ORDER_REASONS: Final[Table] = {
    "split": N_("Moved to another order"),
    "order_to_check": N_("Something has to be checked"),
    "order_checked": N_("It was checked"),
    "order_customer": N_("The customer asked for it"),
    "order_later": N_("It can wait"),
    "order_person_left": N_("The person is gone"),
    "order_shift_end": N_("End of the shift"),
    "order_help": N_("To help out"),
    "order_share": N_("To share the work"),
    "order_part_urgent": N_("A part is urgent"),
    "order_wrong": N_("The order is wrong"),
    "order_not_needed": N_("It is not needed any more"),
    "order_other": N_("Another reason"),
}
ORDER_MESSAGES: Final[Table] = {
    "scan_supervisor": N_("A supervisor scans the badge. Or cancel: nothing has happened yet"),
    "orders_page": N_("Touch an order to see its lines"),
    "reading_order": N_("One moment: the order is read"),
    "order_page": N_("Order {order}: choose what becomes of it, or go back"),
    "order_asking_site": N_("One moment: the site is asked for order {order}"),
    "order_choose_lines": N_("Touch the lines that go into an order of their own, then Split"),
    "order_say_why": N_("Choose the reason. A supervisor's badge and PIN are asked next"),
    "order_say_taken": N_("Say what becomes of the goods. A supervisor's badge and PIN are asked next"),
    "order_order_hold_done": N_("Order {order} is held. Let it go on here, once it may"),
    "order_order_resume_done": N_("Order {order} may be worked again: start it from the work list"),
    "order_order_split_done": N_("The chosen lines are order {made} now. Start it from the work list"),
    "order_order_cancel_done": N_("Order {order} is cancelled. Put the goods back: start {made} from the work list"),
    "order_cancelled_now": N_("Order {order} is cancelled. Go back to the work list"),
    "cannot_unknown_order": N_("Order {order} is not here any more. Choose another one"),
    "cannot_order_ended": N_("Order {order} has ended meanwhile. Choose another one"),
    "cannot_held": N_("Order {order} is held. Let it go on first"),
    "cannot_not_held": N_("Order {order} is not held. Go back, and start it from the work list"),
    "cannot_in_hand": N_("Somebody works on order {order} at this bay. Let him leave it first, then do it again"),
    "cannot_elsewhere": N_("Order {order} belongs to another bay now. Take it over first, then do it again"),
    "cannot_island": N_(
        "Order {order} is another bay's, and the site is not reached. Take it over once this bay is online again"
    ),
    "cannot_no_reason": N_("Without a reason nothing happens. Choose one"),
    "cannot_not_begun": N_("Nobody has begun order {order}. Start it from the work list"),
    "cannot_yours_already": N_("Order {order} is yours already. Start it from the work list"),
    "cannot_not_splittable": N_("Counts and orders of a sequence are not split. Hold order {order}, or let it be"),
    "cannot_no_lines": N_("No line is chosen. Touch the lines that go into the other order"),
    "cannot_unknown_line": N_("A line is not in order {order} any more. Choose again"),
    "cannot_line_begun": N_("A chosen line was begun meanwhile. Choose again"),
    "cannot_kit_whole": N_("The parts of a kit go together. Choose all of them, or none"),
    "cannot_none_left": N_("Order {order} has to keep an open line. Choose fewer lines, or go back"),
}
ORDER_ASKS: Final[Table] = {
    "why_order_hold": N_("Why is order {order} held?"),
    "why_order_resume": N_("Why may order {order} go on?"),
    "why_order_take_over": N_("Why is order {order} taken over?"),
    "why_order_split": N_("Why is order {order} split?"),
    "why_order_cancel": N_("Why is order {order} cancelled?"),
    "what_of_taken": N_("What becomes of what was taken for {order}?"),
}
ORDER_CHOICES: Final[Table] = {
    "taken_goes_on": N_("It goes on to where it was to go"),
    "taken_put_back": N_("It is put back: order {order} asks for it"),
}
ORDER_REFUSALS: Final[Table] = {
    "one_line_stays": N_("One open line has to stay"),
    "choose_lines": N_("Choose lines first"),
}
ORDER_LABELS: Final[Table] = {
    "kit_part": N_("For kit {kit} × {times} (component {number} of {parts})"),
    "kit_part_short": N_("{kit} × {times}: {number} of {parts}"),
    "kit_whole_short": N_("{kit} × {times}, ready-made"),
    "kit_whole": N_("Kit {kit}, ready-made (of {times})"),
    "kit_times": N_("{kit} × {times}"),
    "for_kits": N_("for kit {kits}"),
    "order_done_of": N_("{done} of {asked}"),
    "order_count_line": N_("count"),
    "line_open": N_("open"),
    "line_skipped": N_("set aside"),
    "line_confirmed": N_("done"),
    "line_short": N_("short: {why}"),
    "line_cancelled": N_("cancelled: {why}"),
    "line_moved": N_("in another order"),
    "line_worked_by": N_("by {names}"),
    "line_stays": N_("stays here"),
    "line_touch": N_("touch to choose"),
    "order_open_of": NN_("{open} of {count} line open", "{open} of {count} lines open"),
    "order_short_count": NN_("{count} short", "{count} short"),
    "order_state_released": N_("waits"),
    "order_state_started": N_("started"),
    "order_state_held": N_("held"),
    "order_state_closed": N_("finished"),
    "order_state_cancelled": N_("cancelled"),
    "order_owner": N_("{name}, {station}, {time}"),
    "order_in_hand": N_("in hand at the bay"),
    "order_elsewhere": N_("another bay's"),
    "order_split_of": N_("from {order}"),
    "order_lines_chosen": NN_("{count} line chosen", "{count} lines chosen"),
    "order_split_count": NN_("Split off {count} line", "Split off {count} lines"),
    "order_touch": N_("touch to look"),
    "no_open_orders": N_("No orders wait"),
    "order_taken_line": N_("{quantity} {item} from tray {tray}, {compartment}"),
    "order_taken_more": NN_("and {count} more", "and {count} more"),
    "order_act_help": N_("What is booked stays with who booked it."),
    "order_split_help": NN_("{count} line goes into an order of its own.", "{count} lines go into an order of their own."),
    "act_order_hold": N_("Nothing more of an order is picked until it may go on."),
    "act_order_resume": N_("A held order may be worked again."),
    "act_order_take_over": N_("The person here goes on with what another one has begun."),
    "act_order_split": N_("Lines of an order go on as an order of their own."),
    "act_order_cancel": N_("An order ends with what was taken by now."),
    "approve_order_title": N_("A supervisor has to allow this: scan the badge"),
}
ORDER_BINS: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {
    "{quantity} {item} from tray {tray}, {compartment}": N_("{quantity} {item} from bin {tray}, {compartment}"),
}
