"""The sentences of taking a booking back."""

from __future__ import annotations

from typing import Final

from ui.language import N_
from ui.sentences.table import Table

UNDO_ASKS: Final[Table] = {
    "undo_pick": N_("Put the {quantity} back into compartment {compartment} – do they lie back?"),
    "undo_pick_tote": N_(
        "Take the {quantity} out of {tote} and put them back into compartment {compartment} – do they lie back?"
    ),
    "undo_put": N_("Take the {quantity} out of compartment {compartment} again – are they out?"),
    "undo_pick_load": N_("Put {item} back into compartment {compartment} – does it lie there again?"),
    "undo_put_load": N_("Take {item} out of compartment {compartment} again – is it out?"),
    "undo_book_load": N_("Does {item} lie in compartment {compartment} after all?"),
    "undo_received": N_("Do the {quantity} lie at the bay as they came, and are not received?"),
    "undo_rejected": N_("Do the {quantity} lie at the bay as they came, and are not rejected?"),
    "undo_passed": N_("Take the {quantity} back from order {order} – do they lie at the bay again?"),
    "undo_book": N_("Nothing was moved. Is compartment {compartment} to stand in the book as before?"),
}
UNDO_CHOICES: Final[Table] = {
    "undo_lie_back": N_("They lie back in {compartment}: undo"),
    "undo_taken_out": N_("They are out of {compartment}: undo"),
    "undo_lies_back": N_("It lies in {compartment} again: undo"),
    "undo_is_out": N_("It is out of {compartment}: undo"),
    "undo_received": N_("They lie as they came: undo"),
    "undo_passed": N_("They lie at the bay: undo"),
    "undo_book": N_("As before: undo"),
    "undo_as_booked": N_("It stays as booked"),
}
UNDO_LABELS: Final[Table] = {
    "undo_for": N_("Undo {left}"),
    "undo_count": N_("Count {place}"),
    "undo_load_pick": N_("Take {place}"),
    "undo_load_put": N_("Put {place}"),
    "undo_why": N_("Too late to undo"),
}
UNDO_MESSAGES: Final[Table] = {
    "undo_ask_pick": N_("Nothing is undone yet. Put {quantity} back into {compartment}, then touch the answer"),
    "undo_ask_put": N_("Nothing is undone yet. Take {quantity} out of {compartment}, then touch the answer"),
    "undo_ask_pick_load": N_("Nothing is undone yet. Put {item} back into {compartment}, then touch the answer"),
    "undo_ask_put_load": N_("Nothing is undone yet. Take {item} out of {compartment}, then touch the answer"),
    "undo_ask_received": N_("Nothing is undone yet. See that the goods lie as they came, then touch the answer"),
    "undo_ask_rejected": N_("Nothing is undone yet. See that the goods lie as they came, then touch the answer"),
    "undo_ask_passed": N_("Nothing is undone yet. Take {quantity} back from order {order}, then touch the answer"),
    "undo_ask_book": N_("Nothing is undone yet. Look into {compartment}, then touch the answer"),
    "undo_wait": N_(
        "Nothing is undone yet: the machine must confirm the tray with {compartment}. Touch the answer, and again when it has"
    ),
    "undone": N_("Undone: {item} in {compartment} is as before, and so is its line. Go on with it"),
    "undone_load": N_("Undone: {item} is as before the booking. Go on with it"),
    "undone_received": N_("Undone: {item} was not received. Scan the goods again, or touch another row"),
    "undone_rejected": N_("Undone: {item} was not rejected. Scan the goods again, or touch another row"),
    "undone_passed": N_("Undone: {item} lies at the bay, and order {order} waits for it again. Go on with it"),
    "undo_no_received": N_("Too late, nothing was undone: {item} is received. Put it away, and count it there"),
    "undo_no_passed": N_(
        "Too late, nothing was undone: order {order} has the goods. To bring some back, search {item} and touch “Return to here”"
    ),
    "undo_no_rejected": N_("Too late, nothing was undone: {item} is rejected. If the goods are good, receive them again"),
    "undo_no_load_pick": N_("Too late, nothing was undone: {item} is booked in. Take it out of {compartment} again instead"),
    "undo_no_load_put": N_("Too late, nothing was undone: {item} is booked out. Put it back into {compartment} instead"),
    "undo_no_time": N_("The 10 s are over, the host may know of it. Nothing was undone: count {compartment} instead"),
    "undo_no_tray": N_("The tray with {compartment} has left. Nothing was undone: count {compartment} when it comes"),
    "undo_no_work": N_("Other work has begun since. Nothing was undone: count {compartment} instead"),
    "undo_no_told": N_("The site database knows that this order is finished. Nothing was undone: count {compartment} instead"),
    "undo_no_count": N_("A count is not undone: count {compartment} again, the last figure stands"),
    "undo_no_held": N_("The lot is on hold. Nothing was undone: a supervisor releases it, or count {compartment}"),
    "undo_no_changed": N_("The book has changed since. Nothing was undone: count {compartment} instead"),
}
UNDO_REFUSALS: Final[Table] = {
    "other_tray_called": N_("Another tray is called"),
}
UNDO_EVENTS: Final[Table] = {"booking_undone": N_("Booking undone")}
UNDO_REASONS: Final[Table] = {"undone": N_("undone")}
UNDO_BINS: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {
    "The tray with {compartment} has left. Nothing was undone: count {compartment} when it comes": N_(
        "The bin with {compartment} has left. Nothing was undone: count {compartment} when it comes"
    ),
    "Nothing is undone yet: the machine must confirm the tray with {compartment}. Touch the answer, and again when it has": N_(
        "Nothing is undone yet: the machine must confirm the bin with {compartment}. Touch the answer, and again when it has"
    ),
    "Another tray is called": N_("Another bin is called"),
}
