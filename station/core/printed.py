"""The words of printed commands: which there are, and what the station itself obeys. Pure.

Four are the station's own. Every other word stands for a button of the window, which knows what is on the screen; there it is
pressed as by a finger, if it can be used now. Digits of a PIN have no word: a scanner's frames are kept, and no PIN may be there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from station import commands as do
from station.view.action import Action

OWN: Final[dict[str, Callable[[int], do.Command]]] = {
    "CONFIRM": do.Confirm,
    "SKIP": do.Skip,
    "NOT_ENOUGH": do.NotEnough,
    "SEND_BACK": do.SendBack,
}
DIGITS: Final = ("ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE")
KEYS: Final = ("ENTER", "ERASE", "CLEAR", "POINT", "CANCEL")  # of the number pad and of every question
TURNS: Final = ("PAGE_UP", "PAGE_DOWN")
OF_THE_WINDOW: Final = ("MORE", "LESS", "MESSAGES", "NO_TRAY", "SHOW_EVENTS", "SHOW_CONTENTS")
SHOWN: Final = ("UNDO", "PICTURE", "WEIGHED", "SAMPLE")  # the last booking; a task's picture; what a scale offers
OTHERS: Final = ("OTHER_ONE", "OTHER_TWO")  # the other places that are proposed for a put
TABS: Final = tuple(f"TAB_{each}" for each in DIGITS[1:7])  # the other parts of a page that is shown, from the left
ROWS: Final = tuple(f"ROW_{each}" for each in DIGITS[1:])  # of the list that is shown, from the top
CHOICES: Final = tuple(f"CHOICE_{each}" for each in DIGITS[1:])  # of the question that is shown
ACTIONS: Final = tuple(each.value.upper() for each in Action if each.value.upper() not in OWN)

PRESSED: Final = frozenset((*ACTIONS, *OF_THE_WINDOW, *DIGITS, *KEYS, *TURNS, *SHOWN, *OTHERS, *TABS, *ROWS, *CHOICES))
# As they stand on the sheet: what a shift needs, in the order of the work.
SHEET: Final = (*OWN, *ACTIONS, *OF_THE_WINDOW, *SHOWN, *OTHERS, *TURNS, *DIGITS, *KEYS, *CHOICES, *ROWS, *TABS)
