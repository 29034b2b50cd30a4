"""What was done without the station: the sentences of its page, its questions and its counts, gathered for the tables."""

from __future__ import annotations

from typing import Final

from ui.language import N_, NN_
from ui.sentences.table import Table

LATE_ACTIONS: Final[Table] = {
    "late": N_("Without station"),
    "mark_tray": N_("Count at next visit"),
    "mark_all": N_("Count all trays"),
}
LATE_EVENTS: Final[Table] = {
    "count_due": N_("Moved without the station"),
    "count_put_off": N_("Count put off"),
}
LATE_REASONS: Final[Table] = {
    "late_station_down": N_("Station was down"),
    "late_power_cut": N_("Power cut"),
    "late_network": N_("Network was down"),
    "late_other": N_("Something else"),
    "found_at_bay": N_("Found at the bay"),
    "count_due": N_("Moved without the station"),
    "put_off_urgent": N_("Something urgent comes first"),
    "put_off_access": N_("Cannot be reached now"),
    "put_off_later": N_("Is counted on another day"),
}
LATE_MESSAGES: Final[Table] = {
    "late_page": N_("Trays that were moved without the station are counted at their next visit. This page moves nothing"),
    "answer_late": N_("Answer the question. Nothing changes before"),
    "tray_page_count": N_("Tray {tray} is counted at its next visit: {reason}"),
    "tray_is_here_count": N_("Tray {tray} is at the bay. It was moved without the station: it is counted before it goes back"),
    "count_due_instruct": N_("The tray was moved without the station. Count what is in {compartment}"),
}
LATE_ASKS: Final[Table] = {
    "why_mark_tray": N_("Why was tray {tray} moved without the station?"),
    "why_mark_all": N_("Why were trays moved without the station?"),
    "say_why_late": N_("Say why, in a few words"),
    "mark_tray": N_("Count tray {tray} at its next visit?"),
    "mark_all": N_("Count every tray at its next visit?"),
    "why_put_off": N_("Why does the tray go without this count?"),
}
LATE_CHOICES: Final[Table] = {
    "mark_tray": N_("Yes, count tray {tray}"),
    "mark_all": N_("Yes, count every tray"),
    "not_marked": N_("No, mark nothing"),
}
LATE_RESULTS: Final[Table] = {"mark_tray": N_("Mark {number}")}
LATE_LABELS: Final[Table] = {
    "no_trays_to_count": N_("No tray is to be counted"),
    "trays_to_count": NN_("{count} tray to count", "{count} trays to count"),
    "compartments_to_count": NN_("{count} compartment", "{count} compartments"),
    "late_mark": N_("LATE: done {time} by {name}, {why}"),
    "marked_since": N_("marked {time}"),
    "mark_tray_help": N_("Whatever it next comes for, everything in it is counted before it goes back."),
    "mark_help": N_("It stands in the record with your name. Only a supervisor lets a tray go without its count."),
}
LATE_REFUSALS: Final[Table] = {"supervisor_puts_off": N_("Only a supervisor lets this count wait")}
LATE_SHORT_REFUSALS: Final[Table] = {"supervisor_puts_off": N_("Supervisor only")}
LATE_BINS: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {
    "Count all trays": N_("Count all bins"),
    "Trays that were moved without the station are counted at their next visit. This page moves nothing": N_(
        "Bins that were moved without the station are counted at their next visit. This page moves nothing"
    ),
    "Tray {tray} is counted at its next visit: {reason}": N_("Bin {tray} is counted at its next visit: {reason}"),
    "Tray {tray} is at the bay. It was moved without the station: it is counted before it goes back": N_(
        "Bin {tray} is at the bay. It was moved without the station: it is counted before it turns away"
    ),
    "The tray was moved without the station. Count what is in {compartment}": N_(
        "The bin was moved without the station. Count what is in {compartment}"
    ),
    "Why was tray {tray} moved without the station?": N_("Why was bin {tray} moved without the station?"),
    "Why were trays moved without the station?": N_("Why were bins moved without the station?"),
    "Count tray {tray} at its next visit?": N_("Count bin {tray} at its next visit?"),
    "Count every tray at its next visit?": N_("Count every bin at its next visit?"),
    "Why does the tray go without this count?": N_("Why does the bin go without this count?"),
    "Yes, count tray {tray}": N_("Yes, count bin {tray}"),
    "Yes, count every tray": N_("Yes, count every bin"),
    "No tray is to be counted": N_("No bin is to be counted"),
    ("{count} tray to count", "{count} trays to count"): NN_("{count} bin to count", "{count} bins to count"),
    "It stands in the record with your name. Only a supervisor lets a tray go without its count.": N_(
        "It stands in the record with your name. Only a supervisor lets a bin go without its count."
    ),
}
