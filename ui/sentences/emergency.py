"""The words of the emergency list on paper."""

from __future__ import annotations

from typing import Final

from ui.language import N_, NN_
from ui.sentences.table import Table

PAPER: Final[Table] = {
    "title": N_("Emergency list"),
    "station": N_("Station {station}"),
    "as_of": N_("As of {date}, {time}"),
    "part_orders": N_("Open orders"),
    "part_trays": N_("Trays and what is in them"),
    "sheet": N_("Sheet {number} of {count}"),
    "help": N_("Write down what you take or put, when, and your name. It is entered later as a late booking."),
    "order": N_("Order {order}"),
    "continued": N_("continued"),
    "goes_to": N_("goes to {destination}"),
    "need_by": N_("needed by {date}, {time}"),
    "no_time": N_("no time given"),
    "started": N_("started"),
    "line": N_("Line"),
    "item": N_("Item"),
    "quantity": N_("Quantity"),
    "tray": N_("Tray"),
    "compartment": N_("Compartment"),
    "lot": N_("Lot"),
    "there": N_("There"),
    "done": N_("Done"),
    "time": N_("Time"),
    "name": N_("Name"),
    "lot_of": N_("Lot {lot}"),
    "no_stock": N_("The book has none of it"),
    "more_places": NN_("{count} more place in the second part", "{count} more places in the second part"),
    "tray_of": N_("Tray {tray}"),
    "machine_of": N_("Machine {machine}"),
    "out_of_service": N_("out of service: {why}"),
    "empty": N_("empty"),
    "no_orders": N_("No order is open."),
    "no_trays": N_("There is no tray."),
    "trays_from_to": N_("Trays {first} to {last}"),
}
