"""What is said of trays where the machine is a carousel: the same sentences, of bins. Keys are the sentences of the other tables.

A table of whole sentences and not one word put in: in most languages the word changes others around it. A carousel keeps its bin,
so nothing is "sent back".
"""

from __future__ import annotations

from typing import Final

from ui.language import N_, NN_
from ui.sentences.count_desk import COUNT_DESK_BINS
from ui.sentences.counts import COUNT_BINS
from ui.sentences.desk import DESK_BINS
from ui.sentences.figures import FIGURES_BINS
from ui.sentences.go_live import GO_LIVE_BINS
from ui.sentences.history import HISTORY_BINS
from ui.sentences.late import LATE_BINS
from ui.sentences.lifts import LIFTS_BINS
from ui.sentences.loads import LOADS_BINS
from ui.sentences.orders import ORDER_BINS
from ui.sentences.other import OTHER_BINS
from ui.sentences.places import PLACES_BINS
from ui.sentences.planner import PLANNER_BINS
from ui.sentences.practice import PRACTICE_BINS
from ui.sentences.receipts import RECEIPTS_BINS
from ui.sentences.replay import REPLAY_BINS
from ui.sentences.search import SEARCH_BINS
from ui.sentences.staff import STAFF_BINS
from ui.sentences.storage import STORAGE_BINS
from ui.sentences.undo import UNDO_BINS

BIN_SENTENCES: Final[dict[str | tuple[str, str], str | tuple[str, str]]] = {
    "Express: {orders}. It comes first when this tray is done; then your work goes on": N_(
        "Express: {orders}. It comes first when this bin is done; then your work goes on"
    ),
    **LATE_BINS,
    **COUNT_BINS,
    **LIFTS_BINS,
    **LOADS_BINS,
    **ORDER_BINS,
    **RECEIPTS_BINS,
    **OTHER_BINS,
    **PLANNER_BINS,
    **REPLAY_BINS,
    **SEARCH_BINS,
    **HISTORY_BINS,
    **GO_LIVE_BINS,
    **STAFF_BINS,
    **DESK_BINS,
    **FIGURES_BINS,
    **COUNT_DESK_BINS,
    **STORAGE_BINS,
    **UNDO_BINS,
    **PLACES_BINS,
    **PRACTICE_BINS,
    "Tray": N_("Bin"),
    "Tray label": N_("Bin label"),
    "end of the tray": N_("end of the bin"),
    "Tray {key}": N_("Bin {key}"),
    "Tray {tray}": N_("Bin {tray}"),
    "Tray when it goes": N_("Bin when it goes"),
    "Or tray {tray}, {compartment}": N_("Or bin {tray}, {compartment}"),
    "Lot {lot} · tray {tray}, {compartment} · {quantity}": N_("Lot {lot} · bin {tray}, {compartment} · {quantity}"),
    "Tray {tray}, {compartment} · {quantity}": N_("Bin {tray}, {compartment} · {quantity}"),
    "Tray {tray} asks for the right “{right}”. Ask somebody who has it, or skip the line": N_(
        "Bin {tray} asks for the right “{right}”. Ask somebody who has it, or skip the line"
    ),
    "{item} waits: tray {tray} takes the right “{right}”": N_("{item} waits: bin {tray} takes the right “{right}”"),
    "Trays and what is in them": N_("Bins and what is in them"),
    "There is no tray.": N_("There is no bin."),
    "Trays {first} to {last}": N_("Bins {first} to {last}"),
    "Next on this tray: {label}": N_("Next on this bin: {label}"),
    ("{count} tray", "{count} trays"): NN_("{count} bin", "{count} bins"),
    "No tray has been moved yet": N_("No bin has been moved yet"),
    "This tray is empty": N_("This bin is empty"),
    "Nothing has happened on this tray yet": N_("Nothing has happened on this bin yet"),
    "Tray {tray} is still at the bay.": N_("Bin {tray} is still at the bay."),
    "The station does not know which tray is at the bay.": N_("The station does not know which bin is at the bay."),
    "The station lost the answer of the machine, so it does not know which tray is at the bay.": N_(
        "The station lost the answer of the machine, so it does not know which bin is at the bay."
    ),
    "The machine stopped in the middle of the move and gave it up. Tray {tray} may be anywhere.": N_(
        "The machine stopped in the middle of the move and gave it up. Bin {tray} may be anywhere."
    ),
    "The machine does not agree with what was said: another tray is at the bay, or none.": N_(
        "The machine does not agree with what was said: another bin is at the bay, or none."
    ),
    "Scan the label of the tray, or type its number. Nothing moves until you have said it.": N_(
        "Scan the label of the bin, or type its number. Nothing moves until you have said it."
    ),
    "Tray {tray} was on its way.": N_("Bin {tray} was on its way."),
    "The tray comes to this bay. Then touch a compartment, or only look.": N_(
        "The bin turns to this bay. Then touch a compartment, or only look."
    ),
    "it says tray {tray} is here": N_("it says bin {tray} is here"),
    "it says no tray is here": N_("it says no bin is here"),
    "Tray {tray} is here": N_("Bin {tray} is here"),
    "Tray {tray} was not fetched": N_("Bin {tray} was not fetched"),
    "Nobody knows where tray {tray} is. Look before you go on": N_("Nobody knows where bin {tray} is. Look before you go on"),
    "Tray {tray} is back in the machine": N_("Bin {tray} may turn away"),
    "Tray {tray} was not stored": N_("Bin {tray} was not let go"),
    "The rest of {item} comes from tray {tray}": N_("The rest of {item} comes from bin {tray}"),
    "Wrong place: that is {scanned_compartment} of tray {scanned_tray}. Take {item} from {compartment}": N_(
        "Wrong place: that is {scanned_compartment} of bin {scanned_tray}. Take {item} from {compartment}"
    ),
    "Old label: {scanned_compartment} of tray {scanned_tray} is {place_now} now. Scan {item}, or the label of {compartment}": N_(
        "Old label: {scanned_compartment} of bin {scanned_tray} is {place_now} now. Scan {item}, or the label of {compartment}"
    ),
    "That is the label of tray {scanned_tray}. Scan {item} or the label of {compartment}": N_(
        "That is the label of bin {scanned_tray}. Scan {item} or the label of {compartment}"
    ),
    "Wrong place: that is {scanned_compartment} of tray {scanned_tray}. {item} belongs into {compartment}": N_(
        "Wrong place: that is {scanned_compartment} of bin {scanned_tray}. {item} belongs into {compartment}"
    ),
    "Serial {serial} lies in {compartment} of tray {tray} in {machine} already. Look at the label again": N_(
        "Serial {serial} lies in {compartment} of bin {tray} in {machine} already. Look at the label again"
    ),
    "Type the number of the tray": N_("Type the number of the bin"),
    "Waiting for tray {tray}": N_("Waiting for bin {tray}"),
    "Tray {tray} is at the bay. Choose a compartment, or send the tray back": N_(
        "Bin {tray} is at the bay. Choose a compartment, or touch “Done with this bin”"
    ),
    "Nobody knows which tray is at the bay. Scan its label, type its number, or say that none is there": N_(
        "Nobody knows which bin is at the bay. Scan its label, type its number, or say that none is there"
    ),
    "Is tray {tray} at the bay? Scan its label, type its number, or say that none is there": N_(
        "Is bin {tray} at the bay? Scan its label, type its number, or say that none is there"
    ),
    "The machine gave up moving tray {tray}. Look, then scan its label, type its number, or say none": N_(
        "The machine gave up moving bin {tray}. Look, then scan its label, type its number, or say none"
    ),
    "STOP  The machine may still stand. Look at its panel, hands out, then say which tray is at the bay": N_(
        "STOP  The machine may still stand. Look at its panel, hands out, then say which bin is at the bay"
    ),
    "Touch “Fetch again”: the machine shows tray {tray} again. Hands out, it may move": N_(
        "Touch “Fetch again”: the machine shows bin {tray} again. Hands out, it may move"
    ),
    "Touch “Fetch again” when tray {tray} may come": N_("Touch “Fetch again” when bin {tray} may come"),
    "Touch “Fetch again”: tray {here} goes back first, then tray {tray} comes. Hands out": N_(
        "Touch “Fetch again”: bin {here} turns away and bin {tray} comes. Hands out"
    ),
    "Touch “Send tray back” when tray {tray} may go": N_("Touch “Done with this bin” when bin {tray} may go"),
    "The machine refused to move: {fault}. Look at its panel. Hands out, then touch “Send tray back”": N_(
        "The machine refused to move: {fault}. Look at its panel. Hands out, then touch “Done with this bin”"
    ),
    "STOP  The machine does not say whether it works again. Look at its panel. Hands out, then touch “Send tray back”": N_(
        "STOP  The machine does not say whether it works again. Look at its panel. Hands out, then touch “Done with this bin”"
    ),
    "STOP  The machine says ready; its last command was stopped. Look at its panel. Hands out, then touch “Send tray back”": N_(
        "STOP  The machine says ready; its last command was stopped. Look at its panel. Hands out, then “Done with this bin”"
    ),
    "Tray {tray} is coming": N_("Bin {tray} is coming"),
    "Tray {tray} is coming: {seconds} s": N_("Bin {tray} is coming: {seconds} s"),
    "Tray {tray} is coming: {seconds} s, longer than usual": N_("Bin {tray} is coming: {seconds} s, longer than usual"),
    "Tray {tray} goes back": N_("Bin {tray} may turn away"),
    "Tray {tray} goes back: {seconds} s": N_("Bin {tray} may turn away: {seconds} s"),
    "Tray {tray} goes back: {seconds} s, longer than usual": N_("Bin {tray} turns away: {seconds} s, longer than usual"),
    "There is no tray {tray} in this machine": N_("There is no bin {tray} in this machine"),
    "Asking the machine which tray is here": N_("Asking the machine which bin is here"),
    "The machine waits: push tray {tray} in": N_("The machine waits: push bin {tray} in"),
    "The machine waits: take tray {tray} out": N_("The machine waits: take bin {tray} out"),
    "The machine moves. When it stands, it is asked which tray is here. Hands out": N_(
        "The machine moves. When it stands, it is asked which bin is here. Hands out"
    ),
    "No connection while tray {tray} was moving. Check the cable. Do not reach in": N_(
        "No connection while bin {tray} was moving. Check the cable. Do not reach in"
    ),
    "The line is back, waiting for word about tray {tray}. Hands out": N_(
        "The line is back, waiting for word about bin {tray}. Hands out"
    ),
    "{item} is too heavy for this tray. Put in fewer, or touch “Put elsewhere”": N_(
        "{item} is too heavy for this bin. Put in fewer, or touch “Put elsewhere”"
    ),
    "{item} is too heavy for this tray. Put in fewer, or touch “Leave undone”": N_(
        "{item} is too heavy for this bin. Put in fewer, or touch “Leave undone”"
    ),
    "The line is back, waiting for word about tray {tray}: {seconds} s left. Hands out": N_(
        "The line is back, waiting for word about bin {tray}: {seconds} s left. Hands out"
    ),
    "Waiting for word about tray {tray}": N_("Waiting for word about bin {tray}"),
    "Push tray {tray} in": N_("Push bin {tray} in"),
    "Take tray {tray} out": N_("Take bin {tray} out"),
    "Tray {tray} waits for the other bay": N_("Bin {tray} waits for the other bay"),
    "Nobody knows which tray is here. Go back and say which": N_("Nobody knows which bin is here. Go back and say which"),
    "Tray {tray} is here already. Type another number": N_("Bin {tray} is here already. Type another number"),
    "it does not know this command or tray": N_("it does not know this command or bin"),
    "a tray is out at another opening": N_("a bin is out at another opening"),
    "Which tray?": N_("Which bin?"),
    "Which tray is to be fetched by hand?": N_("Which bin is to be fetched by hand?"),
    "Go on with tray {number}": N_("Go on with bin {number}"),
    "Which tray is at the bay?": N_("Which bin is at the bay?"),
    "Tray {tray} will come. Is the opening clear?": N_("Bin {tray} will come. Is the opening clear?"),
    "Tray {tray} will go in. Is the opening clear?": N_("Bin {tray} may turn away. Is the opening clear?"),
    "The opening is clear: fetch tray {tray}": N_("The opening is clear: fetch bin {tray}"),
    "The opening is clear: store tray {tray}": N_("The opening is clear: let bin {tray} go"),
    "Call tray {number}": N_("Call bin {number}"),
    "Show tray {number}": N_("Show bin {number}"),
    "Tray {number} is here": N_("Bin {number} is here"),
    "Tray {tray} is out of service: {why}": N_("Bin {tray} is out of service: {why}"),
    "Tray {tray} is out of service already: {why}. Another reason?": N_(
        "Bin {tray} is out of service already: {why}. Another reason?"
    ),
    "Why does tray {tray} go out of service?": N_("Why does bin {tray} go out of service?"),
    "Take tray {tray} out of service?": N_("Take bin {tray} out of service?"),
    "Take a tray out": N_("Take a bin out"),
    "You say that a tray is fit for work again.": N_("You say that a bin is fit for work again."),
    "Is tray {tray} fit for work again?": N_("Is bin {tray} fit for work again?"),
    "Take tray {tray} out of service": N_("Take bin {tray} out of service"),
    "Yes, tray {tray} is back in service": N_("Yes, bin {tray} is back in service"),
    "Take tray {number} out": N_("Take bin {number} out"),
    "Take tray out": N_("Take bin out"),
    "Call tray": N_("Call bin"),
    "Show tray": N_("Show bin"),
    "This tray is here": N_("This bin is here"),
    "A tray is here: store it first": N_("A bin is here: let it go first"),
    "Tray not known": N_("Bin not known"),
    "No tray is here": N_("No bin is here"),
    "Waiting for the tray": N_("Waiting for the bin"),
    "The machine must confirm the tray": N_("The machine must confirm the bin"),
    "Call the tray to count it": N_("Call the bin to count it"),
    "Tray is here": N_("Bin is here"),
    "No tray yet": N_("No bin yet"),
    "Tray?": N_("Bin?"),
    "Call the tray": N_("Call the bin"),
    "No tray": N_("No bin"),
    "Send tray back": N_("Done with this bin"),
    "Call a tray": N_("Call a bin"),
    "Look at a tray": N_("Look at a bin"),
    "{item} waits: tray {tray} out of service: {why}": N_("{item} waits: bin {tray} out of service: {why}"),
    "Tray {tray} is out of service: {why}. Skip the line, or leave the work": N_(
        "Bin {tray} is out of service: {why}. Skip the line, or leave the work"
    ),
    "Tray {tray} is at bay {bay}. It is fetched when that bay has sent it back": N_(
        "Bin {tray} is at bay {bay}. It is fetched when that bay is done with it"
    ),
    "No site database: bay {bay} had tray {tray} last, and only it may call it. Skip the line, or leave": N_(
        "No site database: bay {bay} had bin {tray} last, and only it may call it. Skip the line, or leave"
    ),
    "Nothing was started: all of it waits for a tray that is out of service": N_(
        "Nothing was started: all of it waits for a bin that is out of service"
    ),
    "Tray out of service": N_("Bin out of service"),
    "Turn the light onto corner {number} of the tray, then touch “On the mark”": N_(
        "Turn the light onto corner {number} of the bin, then touch “On the mark”"
    ),
    "Type how much higher this tray's compartments stand than the lowest tray's, in mm": N_(
        "Type how much higher this bin's compartments stand than the lowest bin's, in mm"
    ),
    "Ended: the tray is not at the bay for certain. Look, then touch “Begin again”": N_(
        "Ended: the bin is not at the bay for certain. Look, then touch “Begin again”"
    ),
    "On which tray do you teach the pointer?": N_("On which bin do you teach the pointer?"),
    "It comes to this bay, or is used where it stands. Have a mark ready for each corner of the tray.": N_(
        "It comes to this bay, or is used where it stands. Have a mark ready for each corner of the bin."
    ),
    "Above the lowest tray of this machine. All of one height? Then 0: they share what is taught.": N_(
        "Above the lowest bin of this machine. All of one height? Then 0: they share what is taught."
    ),
    "It counts for every tray of this height. Another height is taught on a tray that has it.": N_(
        "It counts for every bin of this height. Another height is taught on a bin that has it."
    ),
    "This tray is too small for its checks. Teach on a larger one of the same height.": N_(
        "This bin is too small for its checks. Teach on a larger one of the same height."
    ),
    "Tray named by hand": N_("Bin named by hand"),
    "Tray named by the machine": N_("Bin named by the machine"),
    "TRAY": N_("BIN"),
    "WHICH TRAY?": N_("WHICH BIN?"),
}
