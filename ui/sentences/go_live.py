"""Going live: the first fill, and the count of opening stock. Sentences for the tables."""

from __future__ import annotations

from typing import Final

from ui.language import N_, NN_
from ui.sentences.table import Table

GO_LIVE_ACTIONS: Final[Table] = {
    "go_live": N_("New trays"),
    "release_tray": N_("Release this tray"),
}
GO_LIVE_LABELS: Final[Table] = {
    "go_live_waiting": NN_("1 new tray", "{count} new trays"),
}
GO_LIVE_REASONS: Final[Table] = {
    "out_first_fill": N_("First fill"),
    "out_opening_check": N_("Opening stock to be counted"),
}
GO_LIVE_MESSAGES: Final[Table] = {
    "first_fill_here": N_("Tray {tray} is here: touch a compartment and put in what it shall hold. At the end release the tray"),
    "opening_check_here": N_("Tray {tray} is here: touch Release this tray, and count what it holds"),
    "opening_check_done": N_("Tray {tray} is counted. Release it, and orders may have what is on it"),
    "opening_check_instruct": N_("Opening stock: count what is in {compartment}"),
    "tray_released": NN_(
        "Tray {tray} is released. One is left: it comes",
        "Tray {tray} is released. {count} are left: the next one comes",
    ),
    "last_tray_released": N_("Tray {tray} is released, it was the last new one. Orders may have all that is there: start one"),
}
GO_LIVE_BINS: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {
    "New trays": N_("New bins"),
    "Release this tray": N_("Release this bin"),
    ("1 new tray", "{count} new trays"): NN_("1 new bin", "{count} new bins"),
    "Tray {tray} is here: touch a compartment and put in what it shall hold. At the end release the tray": N_(
        "Bin {tray} is here: touch a compartment and put in what it shall hold. At the end release the bin"
    ),
    "Tray {tray} is here: touch Release this tray, and count what it holds": N_(
        "Bin {tray} is here: touch Release this bin, and count what it holds"
    ),
    "Tray {tray} is counted. Release it, and orders may have what is on it": N_(
        "Bin {tray} is counted. Release it, and orders may have what is in it"
    ),
    (
        "Tray {tray} is released. One is left: it comes",
        "Tray {tray} is released. {count} are left: the next one comes",
    ): NN_(
        "Bin {tray} is released. One is left: it comes",
        "Bin {tray} is released. {count} are left: the next one comes",
    ),
    "Tray {tray} is released, it was the last new one. Orders may have all that is there: start one": N_(
        "Bin {tray} is released, it was the last new one. Orders may have all that is there: start one"
    ),
}
