"""The words of the replay: policies, ways to work, what is assumed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ui.language import N_, NN_
from ui.sentences.table import Table

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

REPLAY_ACTIONS: Final[Table] = {
    "replay": N_("What this bay could do"),
    "stop_replay": N_("Stop"),
    "policies": N_("Each policy"),
}
REPLAY_MESSAGES: Final[Table] = {
    "replay_which": N_("Choose the days. Their orders are worked again in a model of this bay"),
    "replay_running": N_("The orders are worked again. This takes a while, go on when it is done or stop it"),
    "replay_page": N_("Grey was measured, blue is from the model. The same on paper: baylight replay --pdf"),
    "replay_policies": N_("All figures are from the model. Go back to the bars"),
    "replay_nothing": N_("Nobody picked here in these days. Go back and choose more days"),
    "replay_failed": N_("The days could not be worked again. Go back and try again, or ask: baylight replay"),
}
REPLAY_ASKS: Final[Table] = {"replay_which": N_("Which days are worked again?")}
REPLAY_CHOICES: Final[Table] = {"replay_days": NN_("The last day", "The last {count} days")}
REPLAY_LABELS: Final[Table] = {
    **{f"policy_{name}": said for name, said in POLICIES.items()},
    **{f"way_{name}": said for name, said in WAYS.items()},
    **{f"assumed_{name}": said for name, said in ASSUMED.items()},
    "replay_title": NN_("The orders of the last day", "The orders of the last {count} days"),
    "replay_reading": N_("The record is being read"),
    "replay_progress": N_("{done} of {of} ways worked"),
    "replay_nothing": N_("Nothing was picked at this machine in these days."),
    "replay_failed": N_("The days could not be worked again"),
    "replay_gains": N_("Lines an hour: {second} by a second tray position, {put} by put places, {both} by both"),
    "replay_gain_places": N_("Lines an hour: {put} by put places"),
    "replay_no_gains": N_("The same orders, worked again"),
    "replay_caption": N_("Lines an hour, the pale part is waiting. Grey: measured in the log. Blue: from the model"),
    "replay_order": N_("In each row: {ways}"),
    "replay_measured": N_("measured, as it was worked"),
    "replay_late": N_("late: {count}"),
    "replay_rates": N_("{rates} lines/h"),
    "replay_trays": N_("{trays} trays a line"),
    "replay_waits": N_("{waits} % waiting"),
    "replay_lates": N_("{lates} late"),
    "replay_of": N_("Measured: {lines} lines of {orders} orders in {hours} h at the bay"),
    "replay_learnt": N_("machine learnt from {motions} motions, residual {residual} s"),
    "replay_learnt_hand": N_("hand learnt from {visits} visits"),
    "replay_assumed": N_("assumed: {inputs}"),
}
REPLAY_BINS: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {
    "1 tray position, no put places": N_("1 bin position, no put places"),
    "2 tray positions, no put places": N_("2 bin positions, no put places"),
    "1 tray position, {places} put places": N_("1 bin position, {places} put places"),
    "2 tray positions, {places} put places": N_("2 bin positions, {places} put places"),
    "Lines an hour: {second} by a second tray position, {put} by put places, {both} by both": N_(
        "Lines an hour: {second} by a second bin position, {put} by put places, {both} by both"
    ),
    "{trays} trays a line": N_("{trays} bins a line"),
    "orders that share trays": N_("orders that share bins"),
    "the heights of the trays, by how long each takes": N_("the places of the bins, by how long each takes"),
    "the heights of the trays, by their numbers": N_("the places of the bins, by their numbers"),
}
