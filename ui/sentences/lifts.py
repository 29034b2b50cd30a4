"""Several lifts before one person: where the work is, what the others do, and what is said when one stands."""

from __future__ import annotations

from typing import Final

from ui.language import N_
from ui.sentences.table import Table

LIFTS_MESSAGES: Final[Table] = {
    "lift_stopped": N_("Lift {lift} has stopped. Finish your line here, then look at lift {lift}"),
    "lift_later_stopped": N_("Lift {lift} stands: its lines wait. Go on at lift {other}, tray {next}"),
    "lift_later_link_down": N_("Lift {lift} does not answer: its lines wait. Go on at lift {other}, tray {next}"),
    "lift_later_tray_not_known": N_(
        "Nobody knows which tray lift {lift} has: its lines wait. Go on at lift {other}, tray {next}"
    ),
    "tray_of_other_lift": N_("Tray {tray} belongs to lift {lift}. Look again which tray is here, and scan its label"),
}
LIFTS_LABELS: Final[Table] = {
    "lift_name": N_("Lift {number}"),
    "lift_work_here": N_("Work here"),
    "lift_empty": N_("empty"),
    "lift_here": N_("tray {tray} is here"),
    "lift_coming": N_("tray {tray} is coming"),
    "lift_leaving": N_("tray {tray} goes back"),
    "lift_checking": N_("is being asked"),
    "lift_touch": N_("waits for your touch"),
    "lift_unknown": N_("which tray?"),
    "lift_out": N_("out of service"),
    "lift_lost": N_("does not answer"),
    "lift_stopped": N_("has stopped"),
    "tray_why_ready_beside": N_("Tray {tray} comes next: it stands ready at another lift"),
    "tray_why_coming_beside": N_("Tray {tray} comes next: another lift brings it already"),
}
LIFTS_BINS: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {
    "Lift {lift} stands: its lines wait. Go on at lift {other}, tray {next}": N_(
        "Lift {lift} stands: its lines wait. Go on at lift {other}, bin {next}"
    ),
    "Lift {lift} does not answer: its lines wait. Go on at lift {other}, tray {next}": N_(
        "Lift {lift} does not answer: its lines wait. Go on at lift {other}, bin {next}"
    ),
    "Nobody knows which tray lift {lift} has: its lines wait. Go on at lift {other}, tray {next}": N_(
        "Nobody knows which bin lift {lift} has: its lines wait. Go on at lift {other}, bin {next}"
    ),
    "Tray {tray} belongs to lift {lift}. Look again which tray is here, and scan its label": N_(
        "Bin {tray} belongs to lift {lift}. Look again which bin is here, and scan its label"
    ),
    "tray {tray} is here": N_("bin {tray} is here"),
    "tray {tray} is coming": N_("bin {tray} is coming"),
    "tray {tray} goes back": N_("bin {tray} goes back"),
    "which tray?": N_("which bin?"),
    "Tray {tray} comes next: it stands ready at another lift": N_("Bin {tray} comes next: it stands ready at another lift"),
    "Tray {tray} comes next: another lift brings it already": N_("Bin {tray} comes next: another lift brings it already"),
}
