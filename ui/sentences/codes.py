"""What the codes of devices (`hardware.errors`) and of the store mean, in a few words that stand beside the code."""

from __future__ import annotations

from typing import Final

from ui.language import N_
from ui.sentences.desk import DESK_CODES
from ui.sentences.figures import FIGURES_CODES
from ui.sentences.printers import PRINTER_CODES
from ui.sentences.pull import PULL_CODES
from ui.sentences.site_codes import SITE_CODES
from ui.sentences.storage import STORAGE_CODES
from ui.sentences.table import Table

CODES: Final[Table] = {
    **PRINTER_CODES,
    **PULL_CODES,
    **DESK_CODES,
    **FIGURES_CODES,
    **STORAGE_CODES,
    "L101": N_("no line"),
    "L102": N_("no answer"),
    "L103": N_("nothing readable came"),
    "L104": N_("another program holds the port"),
    "L201": N_("it gives no reason"),
    "L202": N_("no end in time"),
    "L203": N_("another command is under way"),
    "L204": N_("given up on the way"),
    "L205": N_("the opening is occupied"),
    "L206": N_("busy, or its key is not in automatic"),
    "L207": N_("it does not know this command or tray"),
    "L208": N_("the machine stands for safety"),
    "L209": N_("see its panel and key"),
    "L211": N_("a tray is out at another opening"),
    "L212": N_("the start signal before may still be on"),
    "D401": N_("the disk is full"),
    "D403": N_("the store is damaged"),
    "D405": N_("the record is broken"),
    "D421": N_("the hourly copy fails"),
    "D422": N_("less than 1 GB of room on the disk"),
    "D423": N_("the disk is almost full: nothing new is started"),
    "D424": N_("the nightly check found damage"),
    "D425": N_("results are not written"),
    "D426": N_("the record is not signed"),
    "D427": N_("what is past its time stays"),
    "O550": N_("a folder of the host cannot be read or written"),
    "D428": N_("the emergency list is not written"),
    "D429": N_("the store is not looked after"),
    "D430": N_("the clock was set within a day"),
    **SITE_CODES,
    "refused": N_("it gives no reason"),  # it said no and named no code
}
