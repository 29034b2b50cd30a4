"""What a supervisor does next about a case, by its kind."""

from __future__ import annotations

from typing import Final

from ui.language import N_

NEXT_STEPS: Final = {
    "short": N_("Look where else it lies: baylight stock --item. The host has the shortage with its reason"),
    "overpick": N_("Have what is too much returned at the bay: “Other work”, “Goods come back”"),
    "double_pick": N_("Have the compartment counted: the goods left once, or twice"),
    "variance": N_("Ask who had the tray: --losses access. Have it counted again by somebody else before the next pick"),
    "correction": N_("Have the compartment counted: a correction is one person's word"),
    "found": N_("Look for the booking that is missing, then count where it should lie"),
    "scrap": N_("Nothing is open. The host has it"),
    "defect": N_("Judge the lot: “Held goods” lets it be used again; scrap and returns are under “Other work”"),
    "receipt": N_("Tell the supplier; release or return what is on hold"),
    "without_order": N_("Ask what it was for, and have the host make the order"),
    "scan": N_("Read the label; teach the code to the item if it is right"),
    "access": N_("Give the right if the work needs it: baylight people rights"),
    "load": N_("Look for the load at the line, then put it in again or let it go"),
    "unattended": N_("Ask who left; the custody of the tray is in baylight events --tray"),
    "site": N_("Settle who works the order: baylight sync status names what the site refused"),
    "import": N_("Mend the rows of the reject file and import it"),
}
