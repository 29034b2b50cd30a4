"""The words of the replay: policies, ways to work, what is assumed."""

from __future__ import annotations

from collections.abc import Mapping

from ui.language import N_

POLICIES: Mapping[str, str] = {
    "fcfs": N_("line by line"),
    "order": N_("order by order"),
    "wave": N_("waves"),
    "oldest": N_("oldest first"),
    "votes": N_("nearest to its end"),
    "overlap": N_("orders that share trays"),
    "planner": N_("planner"),
    "auto": N_("Baylight chooses"),
}
ASSUMED: Mapping[str, str] = {
    "machine": N_("the figures of a standard machine"),
    "levels_by_times": N_("the heights of the trays, by how long each takes"),
    "levels_by_number": N_("the heights of the trays, by their numbers"),
    "operator": N_("4 s a visit and 9 s a line"),
    "released": N_("orders are there with the file before they were begun"),
    "usual_places": N_("8 put places"),
    "one_place": N_("one order at a time"),
}
WAYS: Mapping[str, str] = {
    "bare": N_("1 tray position, no put places"),
    "second_position": N_("2 tray positions, no put places"),
    "put_places": N_("1 tray position, {places} put places"),
    "both": N_("2 tray positions, {places} put places"),
}
