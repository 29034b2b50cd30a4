"""Figures of the bay: their names and what each means, gathered for the tables."""

from __future__ import annotations

from typing import Final

from ui.language import N_, NN_
from ui.sentences.table import Table

FIGURES_CODES: Final[Table] = {
    "O597": N_("the figures could not be written"),
    "O598": N_("figures by person are off at this site"),
}
FIGURES_ACTIONS: Final[Table] = {
    "figures": N_("Figures"),
    "own_figures": N_("My figures"),
    "desk_export": N_("Write out"),
}
FIGURES_EVENTS: Final[Table] = {"figures_looked": N_("Figures by person were looked at")}
FIGURES_REFUSALS: Final[Table] = {"desk_exporting": N_("Being written")}
FIGURES_MESSAGES: Final[Table] = {
    "desk_people": N_("These figures are of persons: each look is in the record. Touch “Back” when you have seen enough"),
    "figures_off": N_("Figures by person are off at this site. Ask the administrator"),
    "figures_written": N_("The figures are in {path} and a table beside it. Touch “Back” when you are done"),
    "figures_not_written": N_("The figures could not be written. Look at the disk, then write them out again"),
}
FIGURES_ASKS: Final[Table] = {"desk_stretch": N_("Figures of when?")}
STRETCHES: Final[Table] = {
    "stretch_today": N_("Today"),
    "stretch_week": N_("7 days"),
    "stretch_month": N_("30 days"),
}
FIGURES_LABELS: Final[Table] = {
    **STRETCHES,
    "desk_show_figures": N_("Figures"),
    "desk_show_terms": N_("What they mean"),
    "desk_show_shifts": N_("By shift"),
    "desk_show_machine": N_("Machine"),
    "desk_show_people": N_("By person"),
    "desk_show_own": N_("My figures"),
    "other_days": N_("Other days"),
    "figures_none": N_("Nothing was worked at this bay in this time"),
    "figure_lines": N_("Lines"),
    "figure_lines_per_hour": N_("Lines per hour"),
    "figure_trays_per_line": N_("Trays per line"),
    "figure_wrong_scans": N_("Wrong scans per 100 lines"),
    "figure_shorts": N_("Shorts per 100 lines"),
    "figure_accuracy": N_("Accuracy"),
    "figure_dwell": N_("Dwell time"),
    "figure_dock": N_("Dock to stock"),
    "figure_pull": N_("Pull latency"),
    "figure_machine": N_("Availability"),
    "figure_minute": N_("Where the minute goes: seconds per line"),
    "figure_hours": N_("Lines per hour, by hour of the day"),
    "minute_lift": N_("Machine"),
    "minute_operator": N_("Person"),
    "minute_host": N_("Waits"),
    "minute_empty": N_("No work"),
    "term_lines": N_("Lines that ended with goods moved."),
    "term_lines_per_hour": N_("Lines in an hour in which somebody was signed on."),
    "term_minute_lift": N_("Per line: the machine moved, and nobody could work."),
    "term_minute_operator": N_("Per line: a person worked, or could have worked."),
    "term_minute_host": N_("Per line: orders or an answer were awaited."),
    "term_minute_empty": N_("Per line: somebody was signed on, and there was nothing to do."),
    "term_trays_per_line": N_("Trays that the machine brought, for each line."),
    "term_wrong_scans": N_("Scans that the bay refused: errors that were caught here."),
    "term_shorts": N_("Lines of which less was taken than asked."),
    "term_accuracy": N_("Places of a random sample where the book was right; in brackets its 95-percent interval."),
    "term_dwell": N_("From the receipt of goods to the order that waited for them: the middle."),
    "term_dock": N_("From the receipt of goods to their compartment: the middle."),
    "term_pull": N_("From a pull signal to its hand-over: the middle."),
    "term_machine": N_("Time in which the machine could be used, of the time the station ran."),
    "shift_from": N_("From {time}"),
    "shifts_fewest": N_("told of {number} people or more"),
    "figures_too_few": N_("Too few people to tell more"),
    "figures_lines": NN_("{count} line", "{count} lines"),
    "figures_of_group": N_("{trays} trays per line; per 100 lines {scans} wrong scans, {shorts} shorts"),
    "machine_ran": N_("the station ran"),
    "cause_longest": N_("longest: {time}"),
    "cause_times": NN_("{count} time", "{count} times"),
    "wall_title": N_("Bay {station} today"),
    "wall_at": N_("As of {time}"),
    "wall_old": N_("These figures are old: the store does not answer"),
    "sheet_made": N_("Bay {station}, {first} to {until}"),
}
FIGURES_BINS: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {
    "Trays per line": N_("Bins per line"),
    "Trays that the machine brought, for each line.": N_("Bins that the machine brought, for each line."),
    "{trays} trays per line; per 100 lines {scans} wrong scans, {shorts} shorts": N_(
        "{trays} bins per line; per 100 lines {scans} wrong scans, {shorts} shorts"
    ),
}
