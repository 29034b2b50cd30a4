"""The order page, and kits: what is said of them. `station.flows.order_page` says when."""

from __future__ import annotations

from typing import Final

from ui.language import N_
from ui.sentences.table import Table

ORDER_LABELS: Final[Table] = {
    "kit_part": N_("For kit {kit} × {times} (component {number} of {parts})"),
    "kit_whole": N_("Kit {kit}, ready-made (of {times})"),
    "kit_times": N_("{kit} × {times}"),
    "for_kits": N_("for kit {kits}"),
}
