"""What a scan proves, and when a quantity is believed (issue: "a scan alone confirms quantity 1").

The item's proof rule decides: touch (a touch is enough), scan (one right scan, then a touch for any quantity but one),
scan_each (one right scan for every piece, no touch). The compartment's label is a right scan too, but it is no piece. A wrong
scan locks Confirm until the right scan, a skip, or a label said to be unreadable.
"""

from __future__ import annotations

from dataclasses import replace

from db.records.orders import ScanRefused
from station.flows.turn import Named, NameScan, Say, ScanNamed, ScannedWrong, TaskState, Turn
from station.scan import PlaceScan, TrayScan, classify, is_end_of
from station.scan_label import NO_LABEL, Label, quantity_of
from station.task import Mode, Task
from station.tracking import piece
from station.values import ProofRule
from station.view.message import Level, Message

WRONG_SCAN = "O301"  # on every message about a wrong scan

# What is said of a wrong scan at a pick and names what to do with the goods; a put has its own words for each.
TAKING = frozenset({"not_this_item", "wrong_unknown", "wrong_unknown_ending", "wrong_item", "not_this_place", "wrong_place"})


def is_proven(state: TaskState, quantity: int) -> bool:
    """Whether this quantity may be confirmed now."""
    return not refusal(state, quantity)


def refusal(state: TaskState, quantity: int) -> str:
    """The code of what Confirm still waits for, "" when nothing."""
    if state.is_locked:
        return "wrong_scan"
    rule = rule_of(state)
    if rule is ProofRule.SCAN and not state.scanned and not state.is_flagged:
        return "scan_first"
    if rule is ProofRule.SCAN_EACH and state.scanned < quantity and not state.is_flagged:
        return "scan_each"
    return ""


def rule_of(state: TaskState) -> ProofRule:
    """What proof is needed here: where something looks like the item, a touch is not enough."""
    rule = state.task.item.proof
    return ProofRule.SCAN if rule is ProofRule.TOUCH and state.look_alike is not None else rule


def word(state: TaskState) -> str:
    """The proof as the record names it."""
    if state.is_flagged:
        return "unreadable"
    if not state.scanned:
        return "touch"
    return "scan_each" if state.task.item.proof is ProofRule.SCAN_EACH else "scan"


def scanner(state: TaskState) -> str:
    """What read the proof, "" where none was read."""
    return state.scanner if word(state) in ("scan", "scan_each") else ""


def scanned_right(state: TaskState, quantity: int, label: Label = NO_LABEL) -> tuple[TaskState, bool]:
    """Count a right scan; the second value says that the scan alone confirms `quantity`. A label that says another quantity
    confirms nothing alone: the person sees both. The same serial again is the same piece."""
    one, said = piece(state.task.item), quantity_of(label, state.task.item)
    each = state.task.item.proof is ProofRule.SCAN_EACH
    counts = 0 if label.serial and label.serial in state.told_serials else said or one
    scanned = min(quantity, state.scanned + counts) if each else quantity
    serials = (*state.told_serials, label.serial) if label.serial and counts else state.told_serials
    told = replace(state, told_lot=label.lot or state.told_lot, told_serials=serials, expiry=label.last_day or state.expiry)
    is_enough = (each and scanned >= quantity and bool(counts)) or quantity == one
    is_alone = not _says_other(state, quantity, said) and not state.task.two_person  # a second person comes before the booking
    return replace(told, scanned=scanned, is_locked=False), is_enough and is_alone


def _says_other(state: TaskState, quantity: int, said: int | None) -> bool:
    """Whether a label's quantity is not the one to be booked; where each piece is scanned, it may be a part of it."""
    if said is None:
        return False
    each = state.task.item.proof is ProofRule.SCAN_EACH
    return state.scanned + said > quantity if each else said != quantity


def scanned_place(state: TaskState, quantity: int) -> tuple[TaskState, bool]:
    """Count a scan of the compartment's label: it unlocks, and proves no piece where every piece needs its own scan."""
    if state.task.item.proof is ProofRule.SCAN_EACH:
        return replace(state, is_locked=False), False
    return scanned_right(state, quantity)


def accepted(state: TaskState, quantity: int, label: Label = NO_LABEL) -> Message:
    """The scan was right; what is still needed is a touch, or so many scans more."""
    item, said = state.task.item, quantity_of(label, state.task.item)
    if said is not None and not refusal(state, quantity) and said != quantity:
        figures: dict[str, str | int] = {"found": said, "quantity": quantity, "decimals": item.decimals, "unit": item.unit}
        return Message("label_quantity", Level.ACT, {"item": item.code, **figures})
    if refusal(state, quantity) != "scan_each":
        return Message("scan_accepted", Level.NOTE, {"item": item.code})
    more: dict[str, str | int] = {"left": quantity - state.scanned, "decimals": item.decimals, "unit": item.unit}
    return Message("scan_more", Level.NOTE, {"item": item.code, **more})


def place_accepted(state: TaskState, quantity: int) -> Message:
    """The compartment was right; say what the quantity still needs, if anything."""
    return missing_proof(state, quantity) if refusal(state, quantity) else accepted(state, quantity)


def missing_proof(state: TaskState, quantity: int) -> Message:
    """Say what a quantity still needs before it is believed."""
    return Message(refusal(state, quantity), Level.ACT, {"item": state.task.item.code}, error="O303")


def difference(state: TaskState, label: Label) -> str:
    """What of a label of the right item is another's: "lot", "serial", "" for nothing."""
    lot = state.task.key.lot or state.lot or state.told_lot
    if label.lot and lot and label.lot != lot:
        return "lot"
    serial = state.task.key.serial
    return "serial" if label.serial and serial and label.serial != serial else ""


def other(state: TaskState, differs: str) -> Message:
    """The item is right, its lot or serial is not. What was scanned is not repeated: the store has not been asked about it."""
    lot = state.task.key.lot or state.lot
    if differs == "lot" and not lot:  # only another label says which: that may be anybody's badge
        return Message("labels_differ", Level.ACT, {"item": state.task.item.code}, error="O372")
    params: dict[str, str | int] = {"item": state.task.item.code, "lot": lot, "serial": state.task.key.serial}
    return Message(f"other_{differs}", Level.ACT, params, error="O372")


def scanned_wrong(state: TaskState, event: ScannedWrong) -> Turn:
    """Lock Confirm and say so at once. What it was is named and written down when the store has been asked."""
    text, scanner = event.text, event.scanner
    if event.differs:
        return replace(state, is_locked=True), (Say(other(state, event.differs)), NameScan(state.task, text, scanner=scanner))
    is_place = isinstance(classify(text), PlaceScan | TrayScan)
    return replace(state, is_locked=True), (
        Say(_wrong("not_this_place" if is_place else "not_this_item", state.task)),
        NameScan(state.task, text, scanner=scanner),
    )


def scan_refused(named: ScanNamed) -> ScanRefused:
    """A wrong scan as the record has it."""
    task = named.asked.task
    return ScanRefused(
        order=task.order,
        line=task.line,
        scanned=named.code,
        expected=task.item.code,
        what=str(named.what),
        length=named.length,
        ending=named.ending,
        scanner=named.asked.scanner,
    )


def named_wrong(named: ScanNamed) -> Message:
    """The sentence that says what was scanned, as far as it may be said."""
    unknown = "wrong_unknown_ending" if named.ending else "wrong_unknown"
    codes = {
        Named.UNKNOWN: unknown,
        Named.BADGE: "badge_not_needed",
        Named.SHARED: "shared_code",
        Named.COMPARTMENT: "wrong_place",
        Named.OLD_PLACE: "old_label",
        Named.TRAY: "wrong_tray",
        Named.CARD: "wrong_card",
    }
    code = codes.get(named.what, "wrong_item")
    place = _place(named)
    return _wrong(code, named.asked.task, scanned=named.code[:40], length=named.length, ending=named.ending, **place)


def _place(named: ScanNamed) -> dict[str, str | int]:
    """Tray and compartment of a label of the site, for the sentence about it."""
    match classify(named.code):
        case PlaceScan(place):
            scanned: dict[str, str | int] = {"scanned_tray": place.tray, "scanned_compartment": place.compartment}
            return {**scanned, "place_now": named.place_now} if named.place_now else scanned
        case TrayScan(tray=tray):
            return {"scanned_tray": tray}
        case _:
            return {}


def _wrong(code: str, task: Task, **params: str | int) -> Message:
    """At a put there is nothing to put back into a compartment: what belongs there is said. Of what stays there nothing is
    taken."""
    if task.stays and code in TAKING:
        code = "wrong_item_hold" if code == "wrong_item" else "wrong_hold"
    elif task.word == Mode.PUT and code in TAKING:
        code = f"{code}_put"
    return Message(code, Level.ACT, {"item": task.item.code, "compartment": task.place.compartment, **params}, error=WRONG_SCAN)


def matches_last_four(state: TaskState, text: str) -> bool:
    """Whether typed characters are the end of the item's code or of one of its barcodes."""
    return any(is_end_of(code, text) for code in (state.task.item.code, *state.task.item.barcodes))


def typed_label(state: TaskState, text: str) -> Turn:
    """The label could not be read: the last four characters stand for it, and the booking is flagged."""
    if matches_last_four(state, text):
        said = Say(Message("label_accepted", Level.NOTE, {"item": state.task.item.code}))
        return replace(state, is_locked=False, is_flagged=True), (said,)
    return state, (Say(Message("label_wrong", Level.ACT, {"item": state.task.item.code}, error="O302")),)
