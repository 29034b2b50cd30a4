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
    "undo_book": N_("Nothing was moved. Is compartment {compartment} to stand in the book as before?"),
}
UNDO_CHOICES: Final[Table] = {
    "undo_lie_back": N_("They lie back in {compartment}: undo"),
    "undo_taken_out": N_("They are out of {compartment}: undo"),
    "undo_book": N_("As before: undo"),
    "undo_as_booked": N_("It stays as booked"),
}
UNDO_LABELS: Final[Table] = {
    "undo_for": N_("Undo {left}"),
    "undo_count": N_("Count {place}"),
}
UNDO_MESSAGES: Final[Table] = {
    "undo_ask_pick": N_("Nothing is undone yet. Put {quantity} back into {compartment}, then touch the answer"),
    "undo_ask_put": N_("Nothing is undone yet. Take {quantity} out of {compartment}, then touch the answer"),
    "undo_ask_book": N_("Nothing is undone yet. Look into {compartment}, then touch the answer"),
    "undo_wait": N_(
        "Nothing is undone yet: the machine must confirm the tray with {compartment}. Touch the answer, and again when it has"
    ),
    "undone": N_("Undone: {item} in {compartment} is as before, and so is its line. Go on with it"),
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
