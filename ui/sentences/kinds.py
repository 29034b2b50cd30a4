"""What each kind of event is called where all of them are counted, beside those that a tray's page names."""

from __future__ import annotations

from typing import Final

from ui.language import N_
from ui.sentences.table import Table
from ui.sentences.words import EVENTS

EVENT_KINDS: Final[Table] = {
    **EVENTS,
    "bay_in_service": N_("Bay back in service"),
    "bay_out_of_service": N_("Bay taken out of service"),
    "checkpoint": N_("Checkpoint signed"),
    "clock_stepped": N_("Clock set, or stepped by itself"),
    "epoch_opened": N_("Record begun or gone on after a copy was put back"),
    "import_begun": N_("Import begun"),
    "imported": N_("File imported"),
    "key_made": N_("Signing key named"),
    "label_dropped": N_("Label not needed any more"),
    "label_failed": N_("Label not printed, or nobody knows"),
    "label_printed": N_("Label printed"),
    "label_queued": N_("Label asked for"),
    "label_sending": N_("Label on its way to the printer"),
    "link": N_("Device connected or lost"),
    "moves_dropped": N_("Planned moves dropped"),
    "order_cancelled": N_("Order cancelled"),
    "order_closed": N_("Order finished"),
    "order_left": N_("Order left open"),
    "order_started": N_("Order started"),
    "result_acknowledged": N_("Results acknowledged by the host"),
    "host_change_asked": N_("Change of an order by the host waits"),
    "host_change_ended": N_("Change of an order by the host carried out"),
    "line_changed": N_("Line changed by the host"),
    "stock_told": N_("Stock told to the host"),
    "stock_compared": N_("Stock compared with the host"),
    "host_file": N_("File of the host"),
    "result_exported": N_("Results written for the host"),
    "returned": N_("Returned to the screen"),
    "safety": N_("Safety stop, or its end"),
    "service_done": N_("Service or inspection done"),
    "drift_found": N_("Machine slower or faster than before"),
    "drift_seen": N_("Slower or faster machine: seen"),
    "sign_on_refused": N_("Sign-on refused"),
    "signed_off": N_("Signed off"),
    "signed_on": N_("Signed on"),
    "station_started": N_("Station started"),
    "station_stopped": N_("Station stopped"),
}
