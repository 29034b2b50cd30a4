"""The page of what the bar said lately."""

from __future__ import annotations

from typing import Final

from ui.language import N_, NN_
from ui.sentences.table import Table

HEARD_LABELS: Final[Table] = {
    "no_messages": N_("Nothing was said since this shift began"),
    "no_alarm_holds": N_("No alarm holds now. Below is what was said, the newest first"),
    "alarms_hold": NN_("{count} alarm holds. Below it is what was said, the newest first",
                       "{count} alarms hold. Below them is what was said, the newest first"),
    "still_holds": N_("still holds"),
    "heard_until": N_("until {time}"),
    "level_note": N_("for information"),
    "level_act": N_("act"),
    "level_stop": N_("stop"),
    "messages_bar": N_("The work goes on behind this page. “Back”, or a scan, brings it back"),
    "messages_open": N_("Messages"),
}  # fmt: skip
HEARD_MESSAGES: Final[Table] = {
    # wrong scans of before the program began: of an unknown code the log keeps the end alone, of a badge nothing
    "heard_wrong_scan": N_("Order {order}: {scanned} was scanned instead of {item}. Count it if you are not sure"),
    "heard_unknown_ending": N_(
        "Order {order}: an unknown code ending in {scanned} was scanned instead of {item}. Count it if you are not sure"
    ),
    "heard_unknown_scan": N_("Order {order}: an unknown code was scanned instead of {item}. Count it if you are not sure"),
}
