"""The pull board: what is asked for, and what the scan of a kanban card came to. Their sentences, gathered for the tables."""

from __future__ import annotations

from typing import Final

from ui.language import N_, NN_
from ui.sentences.table import Table

PULL_ACTIONS: Final[Table] = {"pull": N_("Pull board")}
PULL_EVENTS: Final[Table] = {
    "loop_set": N_("Kanban loop set"),
    "buffer_set": N_("Buffer changed"),
    "signal_raised": N_("Material asked for"),
    "signal_moved": N_("Pull signal went on"),
    "card_seen": N_("Kanban card scanned"),
}
PULL_CODES: Final[Table] = {"O521": N_("pull signals are not looked after")}
PULL_MESSAGES: Final[Table] = {
    "pull_failed": N_("Pull signals are not looked after: no stock asks by itself. Look at the log, and restart the station"),
    "pull_page": N_("Touch what is asked for to start it, or scan a kanban card"),
    "pull_page_empty": N_("Nothing is asked for. Scan a kanban card, or touch Back"),
    "card_raised": N_("Card {card} asks for {quantity} of {item} for {consumer}. Touch Start to pick it"),
    "card_raised_waits": N_("Card {card} is noted: {consumer} has enough at work. It becomes work by itself; put the card back"),
    "card_open": N_("Card {card} asks already, as {signal}. Nothing is asked for twice; look at its row"),
    "card_handed_over": N_("{signal} leaves for {consumer} with its card. Scan the card again when the bin is back"),
    "card_returned": N_("Card {card} is back: the last bin has arrived. {quantity} of {item} are asked for anew. Touch Start"),
    "card_returned_waits": N_("Card {card} is back and noted: {consumer} has enough at work. It becomes work by itself"),
    "card_surplus": N_("Card {card}: its loop has fewer cards. Take the card out, and call your supervisor"),
    "card_idle": N_("Card {card}: its loop is out of use. Give the card to your supervisor"),
    "card_unknown": N_("No loop has this card. Look at the card and scan it again, or call your supervisor"),
    "signal_not_here_yet": N_("{signal} has just come. Touch it once more"),
    "signal_at_supplier": N_("{signal} is at the supplier. Receive it in “Receive” when it comes"),
    "signal_held": N_("{signal} is held. Ask your supervisor to let it go on"),
    "signal_waits": N_("{signal} waits: {consumer} has enough at work. It becomes work by itself; touch another one"),
    "signal_not_written": N_("That was not written. Do it again when the store takes bookings"),
    "signal_changed": N_("{signal} has gone on meanwhile. Look at its row"),
    "signal_hand_over": N_("{signal} has left. Touch it again when it has arrived"),
    "signal_deliver": N_("{signal} has arrived and is done. Touch the next one"),
    "signal_send": N_("{signal} is sent. Touch it again when the supplier has shipped it"),
    "signal_ship": N_("{signal} is on the way. Receive it in “Receive” when it comes"),
}
PULL_ASKS: Final[Table] = {
    "signal_is_picked": N_("{signal}: {quantity} of {item} are picked for {consumer}. Where are they?"),
    "signal_is_handed_over": N_("{signal}: {quantity} of {item} are on the way to {consumer}. Have they arrived?"),
    "signal_is_signalled": N_("{signal}: {quantity} of {item} are to be asked of the supplier. Has that been sent?"),
    "signal_is_sent": N_("{signal}: {quantity} of {item} were asked of the supplier. Are they shipped?"),
}
PULL_CHOICES: Final[Table] = {
    "signal_deliver": N_("Arrived at {consumer}"),
    "signal_hand_over": N_("They leave now"),
    "signal_send": N_("Yes, sent"),
    "signal_ship": N_("Yes, shipped"),
    "card_deliver": N_("Card {card} is back"),
    "card_hand_over": N_("They leave now, with card {card}"),
}
PULL_LABELS: Final[Table] = {
    "pull_none": N_("Nothing is asked for"),
    "pull_count": NN_("{count} asked for", "{count} asked for"),
    "pull_late": NN_("■ {count} late", "■ {count} late"),
    "pull_soon": NN_("▲ {count} soon", "▲ {count} soon"),
    "pull_line": N_("{quantity} {item}"),
    "pull_lines": NN_("{count} item", "{count} items"),
    "pull_slack_late": N_("LATE by {age}"),
    "pull_slack_soon": N_("SOON: in {age}"),
    "pull_slack_in_time": N_("in {age}"),
    "pull_state_signalled": N_("waits for its turn"),
    "pull_state_no_room": N_("waits for {consumer}: {count} of {limit} at work"),
    "pull_state_released": N_("to be picked"),
    "pull_state_picking": N_("is being picked"),
    "pull_state_picked": N_("picked, not handed over"),
    "pull_state_handed_over": N_("on the way"),
    "pull_state_sent": N_("asked of {supplier}"),
    "pull_state_shipped": N_("shipped by {supplier}"),
    "pull_state_received": N_("received, at the bay"),
    "pull_state_held": N_("held"),
    "pull_state_to_send": N_("to be sent to {supplier}"),
    "pull_origin_order": N_("order"),
    "pull_origin_card": N_("card {card}"),
    "pull_origin_trigger": N_("stock at its trigger"),
    "pull_origin_sequence": N_("in sequence"),
    "pull_origin_call": N_("call"),
    "pull_origin_upstream": N_("signal from upstream"),
    "pull_start": N_("Start {signal}"),
}
