"""The words of practice mode: what it is, and the hints that lead through a first order."""

from __future__ import annotations

from typing import Final

from ui.language import N_
from ui.sentences.table import Table

PRACTICE_LABELS: Final[Table] = {
    "practice": N_("PRACTICE"),
    "practice_begin": N_("Practice"),
    "practice_wait": N_("Is made ready"),
    "practice_not_now": N_("The bay is busy"),
    "practice_starting": N_("Practice is made ready: nothing in it is real. Please wait some seconds"),
    "practice_bay": N_("Practice has ended because something happened at this bay. Scan your badge, or touch Practice again"),
    "practice_over": N_("Practice has ended. Read the line at the bottom"),
    "practice_idle": N_("Practice has ended: nobody touched it for 10 minutes. Scan your badge, or touch Practice again"),
    "practice_failed": N_("Practice does not start here, the bay works as ever. Scan your badge, and tell the administrator"),
    "practice_scan_it": N_("Touch here: scan it"),
    "practice_end": N_("Touch here: end practice"),
    "practice_hint_sign_on": N_("Nothing here is real. 1 · Touch a person: that stands for scanning a badge"),
    "practice_hint_pin": N_("1 · Type the PIN that stands beside the name, then touch Sign on"),
    "practice_hint_start": N_("2 · Touch an order of the list, then touch Start"),
    "practice_hint_tray_comes": N_("The tray comes. Read what will be asked: how many, from which compartment"),
    "practice_hint_scan": N_("3 · Take the goods, then scan their label: touch at the right"),
    "practice_hint_scan_put": N_("3 · Put the goods in, then scan their label: touch at the right"),
    "practice_hint_confirm": N_("4 · Once more: scan where it is asked, then touch Confirm"),
    "practice_hint_short": N_("5 · Now a short: touch Not enough, say less, why, and how many are left"),
    "practice_hint_send_back": N_("6 · Touch Leave work (perhaps behind More): the tray goes back, what is open waits"),
    "practice_hint_tray_goes": N_("The tray goes back by itself. If it stays, touch Send tray back"),
    "practice_hint_done": N_("That was an order. Start another, or Sign off and end practice"),
    "practice_hint_question": N_("Answer the question. Cancel (F11) goes back and books nothing"),
    "practice_hint_read_bar": N_("Read the line at the bottom: it always says what to do next"),
}
PRACTICE_BINS: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {
    "The tray comes. Read what will be asked: how many, from which compartment": N_(
        "The bin comes. Read what will be asked: how many, from which compartment"
    ),
    "6 · Touch Leave work (perhaps behind More): the tray goes back, what is open waits": N_(
        "6 · Touch Leave work (perhaps behind More): the bin is free, what is open waits"
    ),
    "The tray goes back by itself. If it stays, touch Send tray back": N_("The bin stays in front until another is wanted"),
}
