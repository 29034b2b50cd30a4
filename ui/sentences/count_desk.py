"""Counts on the supervisor's desk: its sentences, gathered for the tables."""

from __future__ import annotations

from typing import Final

from ui.language import N_
from ui.sentences.table import Table

COUNT_DESK_ACTIONS: Final[Table] = {"counts": N_("Counts")}
COUNT_DESK_MESSAGES: Final[Table] = {"desk_counts": N_("Touch a marked row to have it counted, or “Back”")}
COUNT_DESK_ASKS: Final[Table] = {"have_counted": N_("Have this counted?")}
COUNT_DESK_LABELS: Final[Table] = {
    "desk_show_programme": N_("Programme"),
    "desk_show_accuracy": N_("How right the book is"),
    "desk_show_variances": N_("Variances of 30 days"),
    "desk_show_missing": N_("Not counted this year"),
    "classes_by_worth": N_("A to C by what the stock is worth"),
    "class_due": N_("{due} of {places} places are due"),
    "class_every": N_("once in {count} days · {items} items, worth {worth}"),
    "class_counted": N_("counted"),
    "counts_since": N_("since {date}"),
    "counts_missing": N_("{missing} of {places} places"),
    "variances_sum": N_("{net} net, {gross} in all"),
    "accuracy_all": N_("All"),
    "accuracy_right": N_("{right} of {count} counts agreed"),
    "accuracy_by_value": N_("by value {share}"),
    "accuracy_ends": N_("{low} to {high}"),
    "source_sample": N_("Random sample: speaks for all places"),
    "source_risk": N_("Chosen by risk"),
    "source_zero": N_("Empty places"),
    "source_ordered": N_("Ordered counts"),
    "source_void": N_("Sampled places put right before: void"),
    "count_tray": N_("Tray {tray}"),
    "tray_missing": N_("{missing} of {places} places were not counted"),
    "tray_done": N_("All places were counted"),
    "count_riskiest": N_("Up to {count} places: those whose book is most likely wrong"),
}
COUNT_DESK_BINS: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {"Tray {tray}": N_("Bin {tray}")}
