"""The words of the operator's card on paper. What stands on buttons is put in as the screen says it."""

from __future__ import annotations

from typing import Final

from ui.language import N_

CARD_TITLE: Final = N_("Operator's card")
CARD_HINT: Final = N_("Keep it at the bay. The bar at the bottom of the screen always says the next step.")

CARD: Final[tuple[tuple[str, tuple[str, ...]], ...]] = (
    (
        N_("Begin and leave"),
        (
            N_("Scan your badge, type your PIN, touch “{sign_on}”."),
            N_("Touch one or several orders, then “{start}”."),
            N_("Going away? Touch “{lock}”. Your badge brings you back, the tray stays where it is."),
        ),
    ),
    (
        N_("Each line"),
        (
            N_("Wait until the tray stands and the screen names the compartment."),
            N_("Scan the item, or touch it on the screen where no scan is asked."),
            N_("Take what the large number says, then touch the blue button. It says what it books."),
            N_("It is booked when the screen goes on. Nothing has to be touched twice."),
        ),
    ),
    (
        N_("When it is not as it says"),
        (
            N_("Too few there: touch “{less}” and type what you took."),
            N_("Too many taken: touch “{more}”."),
            N_("The label cannot be scanned: touch “{unreadable}”."),
            N_("A wrong scan books nothing. Put the piece back and scan the right one."),
            N_("Not now: touch “{skip}”. The line comes again later."),
        ),
    ),
    (
        N_("When the machine stands"),
        (
            N_("Never reach in while something moves."),
            N_("Free the light curtain, or release the emergency stop, then press Reset at its panel."),
            N_("The screen goes on by itself. If it asks where the tray is, look first, then answer."),
            N_("The screen stands still or is dark: wait half a minute, it starts anew. What was booked is booked."),
            N_("A code such as L101 helps whoever you call: read it out."),
        ),
    ),
)
COLOURS: Final[tuple[tuple[str, str], ...]] = (
    ("blue", N_("Blue: touch here to go on.")),
    ("amber", N_("Amber: act, but differently. Read the sentence.")),
    ("red", N_("Red: stop. The sentence says why, and what to do.")),
)
CARD_HELP: Final = N_("Help: name and telephone")
CARD_BUTTONS: Final[dict[str, str]] = {
    "sign_on": N_("Sign on"),
    "start": N_("Start"),
    "lock": N_("Lock screen"),
    "less": N_("Not enough"),
    "more": N_("Took more"),
    "unreadable": N_("Label unreadable"),
    "skip": N_("Skip line"),
}
