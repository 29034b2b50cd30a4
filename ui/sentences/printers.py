"""The sentences about printers: their page, what becomes of labels, and what their codes mean."""

from __future__ import annotations

from typing import Final

from ui.language import N_, NN_
from ui.sentences.table import Table

PRINTER_MESSAGES: Final[Table] = {
    "printers_page": N_("Touch a label to have it printed again, or to drop it"),
    "printer_stands": NN_(
        "Printer {printer}: {fault}. {count} label waits, the work goes on",
        "Printer {printer}: {fault}. {count} labels wait, the work goes on",
    ),
    "print_unknown": NN_(
        "Printer {printer} was cut off: look whether the label came out, then say so under Printers",
        "Printer {printer} was cut off: look whether {count} labels came out, then say so under Printers",
    ),
    "print_impossible": NN_(
        "Printer {printer} cannot print {count} label: what it was about is not known any more. Drop it under Printers",
        "Printer {printer} cannot print {count} labels: what they were about is not known any more. Drop them under Printers",
    ),
    "print_again_asked": N_("Printer {printer} prints it once more, as a copy"),
    "print_dropped": N_("Printer {printer} does not print it any more"),
}

PRINTER_LABELS: Final[Table] = {
    "labels_wait": NN_("{count} label waits", "{count} labels wait"),
    "printer_well": N_("ready"),
    "printer_zpl": N_("Label printer"),
    "printer_cups": N_("Printer of this computer"),
    "print_queued": N_("waits since {time}"),
    "print_sending": N_("on its way since {time}"),
    "print_printed": N_("printed at {time}"),
    "print_unknown": N_("cut off at {time}"),
    "print_impossible": N_("not printed, {time}"),
    "print_dropped": N_("dropped at {time}"),
    "print_asked": N_("asked for at {time}"),
    "print_by_tray_end": N_("end of the tray"),
    "print_by_tote_end": N_("end of the tote"),
    "print_by_order_end": N_("end of the order"),
    "print_by_receipt": N_("receipt"),
    "print_by_person": N_("by hand"),
    "label_compartment": N_("Compartment label"),
    "label_tray": N_("Tray label"),
    "label_tote": N_("Tote label"),
    "label_kanban": N_("Kanban card"),
    "label_item": N_("Item label"),
    "label_button": N_("Command to scan"),
    "label_packing_slip": N_("Packing slip"),
    "print_help_queued": N_("It comes out by itself as soon as the printer can. Dropped, it does not."),
    "print_help_sending": N_("It is on its way to the printer."),
    "print_help_printed": N_("It came out. Printed again it says that it is a copy, and which one."),
    "print_help_dropped": N_("It was dropped. Printed now it says that it is a copy, and which one."),
    "print_help_impossible": N_("Nothing was sent to the printer, and nothing will be. Drop it."),
    "print_help_unknown": N_("The line was cut off: look at the printer. Printed again it says that it is a copy."),
}

PRINTER_ASKS: Final[Table] = {"what_of_print": N_("What is to become of this label?")}

PRINTER_CHOICES: Final[Table] = {
    "print_again": N_("Print it again"),
    "print_drop": N_("It is not needed, or it came out"),
    "print_leave_it": N_("Leave it as it is"),
}

PRINTER_CODES: Final[Table] = {
    "L401": N_("not reached, it is off or unplugged"),
    "L402": N_("it does not answer"),
    "L403": N_("no paper"),
    "L404": N_("no ribbon"),
    "L405": N_("its head is open"),
    "L406": N_("it is paused, see its panel"),
    "L407": N_("cut off on the way"),
    "L408": N_("this computer has no print spooler"),
    "L409": N_("the print spooler refused it"),
    "L410": N_("what it was about is not known any more"),
}
