"""What a scan means here and now. A scan is a badge at a closed screen, a tray's label where nobody knows the tray, else proof of
the task in hand; printed commands are obeyed only where their button would be, and never first after a screen change."""

from __future__ import annotations

from dataclasses import replace

from station import commands as do
from station import interlocks, scan, tote_codes
from station.codes import ean
from station.core import (
    at_place,
    calling,
    given,
    history_page,
    late_page,
    loads_page,
    machine,
    other_page,
    people,
    people_page,
    printed,
    pull_page,
    receipts_page,
    search_page,
    storage_page,
    teach_page,
    walking,
    work,
    work_bars,
)
from station.core.effects import Append, Effect, Play, PressButton, Sound
from station.core.inputs import Now, Scanned
from station.core.state import (
    HistoryPage,
    LatePage,
    LoadsPage,
    OtherPage,
    PeoplePage,
    ReceiptsPage,
    SearchPage,
    StationState,
    StoragePage,
    TeachPage,
)
from station.custody import NotKnown
from station.flows import identity, pick, proof, put
from station.flows.round_state import Round
from station.flows.sign_on import Active, BadgeShown, HandOver
from station.flows.tote_bind import TOTE_REFUSED
from station.flows.tote_share import Distributing
from station.flows.tray_call import AskItem, AskQuantity
from station.flows.turn import (
    Booking,
    CodeChecked,
    Named,
    ScanNamed,
    ScannedPlace,
    ScannedRight,
    ScannedWrong,
    TaskState,
    ToteNamed,
    Working,
)
from station.scan_label import NO_LABEL, Label, is_item, label_of, quantity_of
from station.task import Mode, Task
from station.view.message import Level, Message
from station.zones import place_text

ScanTurn = tuple[StationState, tuple[Effect, ...]]

LABEL_ASKED = (pick.AskLabel, put.AskPutLabel)
NUMBER_ASKED = (pick.AskTaken, pick.AskOut, put.AskFits)  # a label that says how many answers these


def scanned(state: StationState, event: Scanned, now: Now) -> ScanTurn:
    """Decide what this scan is about and act on it."""
    if isinstance(state.session, HandOver):
        return _not_used(state)
    if not isinstance(state.session, Active):
        return people.happened(state, BadgeShown(event.text), now)
    if isinstance(state.page, TeachPage):
        return teach_page.scanned(state, state.page, event)
    read = scan.classify(event.text)
    if isinstance(state.page, LatePage) and (answered := late_page.scanned(state, state.page, read, now)) is not None:
        return answered  # before anything else: a label for this page says nothing of the tray at the bay
    if isinstance(state.page, HistoryPage) and not isinstance(read, scan.BadgeScan | scan.CommandScan):
        return history_page.scanned(replace(state, input_token=state.token), state.page, event.text)
    if isinstance(state.page, StoragePage) and not isinstance(read, scan.BadgeScan | scan.CommandScan):
        return storage_page.scanned(replace(state, input_token=state.token), state.page, event.text)
    if isinstance(state.page, PeoplePage) and not isinstance(read, scan.CommandScan):
        return people_page.scanned(replace(state, input_token=state.token), state.page, event.text)
    on_foot = at_place.place_in_hand(state) is not None
    if isinstance(read, scan.TrayScan) and isinstance(state.custody.where, NotKnown) and not on_foot:
        return _too_early(state, "checking") if state.custody.is_checking else _tray_label(state, read)
    if isinstance(read, scan.BadgeScan):
        return _badge(state, state.session)
    if isinstance(read, scan.CardScan) and not _takes_card(state):
        if pull_page.takes_card(state):
            return pull_page.scanned(state, read.card)
        return state.said(Message("kanban_card", Level.ACT, error="O482")), (Play(Sound.WRONG),)
    if isinstance(state.page, LoadsPage) and isinstance(read, scan.ItemScan | scan.CardScan):
        return loads_page.scanned(state, state.page, event)
    is_asked = state.undo is not None and state.undo.is_asking
    if isinstance(state.page, ReceiptsPage) and isinstance(read, scan.ItemScan | scan.CardScan) and not is_asked:
        return receipts_page.scanned(state, state.page, event, now)
    if isinstance(state.page, SearchPage) and isinstance(read, scan.ItemScan):
        return search_page.scanned(state, state.page, event)
    if isinstance(state.page, OtherPage) and not isinstance(read, scan.CommandScan):
        return other_page.scanned(state, state.page, event, now)
    if isinstance(read, scan.CommandScan):
        return _command(state, read.word)
    if state.page is not None or is_asked:
        return _not_used(state)
    if state.round is not None and (named := tote_codes.named(event.text, state.round.put_places, "scan")) is not None:
        return _tote(state, state.round, named)
    if state.round is not None and state.round.binding is not None:
        return _not_used(state)
    if state.round is not None and state.round.current is not None:
        return _proof(state, state.round.current, event, now, read=read)
    if state.call is not None and isinstance(state.call.step, AskItem):
        return calling.call_event(state, do.EnterText(state.token, event.text))
    if state.call is not None and isinstance(state.call.step, AskQuantity):
        return _call_quantity(state, state.call.step, event.text)
    return _not_used(state)


def _takes_card(state: StationState) -> bool:
    """Whether a kanban card is looked at here: receipts know what was announced against it, loads refuse it by name, and instead
    of an item it is a wrong scan."""
    if isinstance(state.page, ReceiptsPage):
        return state.page.receipt is None
    current = state.round.current if state.round is not None and state.page is None else None
    return isinstance(state.page, LoadsPage) or (current is not None and isinstance(current.step, Working))


def _call_quantity(state: StationState, step: AskQuantity, text: str) -> ScanTurn:
    """At a tray called directly, how many: a label of the item in hand may say it."""
    label = label_of(text)
    quantity = quantity_of(label, step.item) if is_item(step.item, text, label) else None
    is_other = bool(step.key.lot and label.lot and step.key.lot != label.lot)
    if quantity is None or is_other:
        return _not_used(state)
    return calling.call_event(replace(state, input_token=state.token), do.EnterNumber(state.token, quantity))


def printed_command(state: StationState, text: str) -> do.Command | None:
    """The command a printed barcode stands for, if it may be obeyed now: something was touched or scanned on this very screen,
    and for Confirm the right item or compartment."""
    read = scan.classify(text)
    if not isinstance(read, scan.CommandScan) or read.word not in printed.OWN or state.input_token != state.token:
        return None
    current = state.round.current if state.round else None
    if read.word == "CONFIRM" and (current is None or not current.scanned):
        return None
    return printed.OWN[read.word](state.token)


def _command(state: StationState, word: str) -> ScanTurn:
    """A printed command that is not the station's own, or that may not be obeyed. The first one on a new screen only says that
    somebody is there who means to scan: the second counts."""
    if word not in printed.OWN and word not in printed.PRESSED:
        return _not_used(state)
    if state.input_token != state.token:
        state = replace(state, input_token=state.token).said(Message("command_once_more", Level.NOTE))
        return state, (Play(Sound.WRONG),)
    return (state, (PressButton(word),)) if word in printed.PRESSED else _not_used(state)


def _tray_label(state: StationState, read: scan.TrayScan) -> ScanTurn:
    if read.machine != state.custody.machine:
        return _not_used(state)
    return machine.tray_told(state, read.tray, "scan")


def _proof(state: StationState, current: TaskState, event: Scanned, now: Now, *, read: scan.Scan) -> ScanTurn:
    """A scan while a task is open. It counts only when the work itself may be done."""
    place = current.task.place
    if at_place.is_zone(state, place) and at_place.may_work(state, place):
        return walking.scanned(state, read, event.source)
    refused = at_place.may_work(state, place) or ("no_access" if at_place.lock_of(state, place) else "")
    if refused:
        return _too_early(state, refused)
    if isinstance(read, scan.ItemScan) and work_bars.is_enabled(state) and not is_item(current.task.item, event.text, NO_LABEL):
        state, event = work_bars.joined(state, current.task, event, now)
        read = scan.classify(event.text)
    text = event.text
    if isinstance(current.step, identity.AskLot | identity.AskExpiry | identity.AskSerial | identity.AskMeaning):
        return _code(state, current, text)
    label = label_of(text) if isinstance(read, scan.ItemScan) else NO_LABEL
    right = _right_scan(current, text, read, label=label)
    if isinstance(current.step, NUMBER_ASKED):
        return _number(state, current, right)
    is_cure = right is not None and isinstance(current.step, LABEL_ASKED)  # better than what would be typed
    if not (current.task.mode is not Mode.COUNT and isinstance(current.step, Working)) and not is_cure:
        return (state, ()) if right or isinstance(current.step, Booking) else _not_used(state)
    if right is None and label.is_structured and not label.names_item and (label.is_valid or label.is_marked):
        return _partial(state, current, event, label=label)
    differs = proof.difference(current, right.label) if isinstance(right, ScannedRight) else ""
    if right is None or differs:
        return work.round_event(state, ScannedWrong(text, event.source, differs))
    return work.round_event(_read_by(replace(state, input_token=state.token), event.source), right)


def _number(state: StationState, current: TaskState, right: ScannedRight | ScannedPlace | None) -> ScanTurn:
    """How many is asked: a label of the item in hand may say it."""
    if not isinstance(right, ScannedRight) or proof.difference(current, right.label):
        return _not_used(state)
    quantity = quantity_of(right.label, current.task.item)
    if quantity is None:
        return _not_used(state)
    return work.round_event(replace(state, input_token=state.token), do.EnterNumber(state.token, quantity))


def _partial(state: StationState, current: TaskState, event: Scanned, *, label: Label) -> ScanTurn:
    """A code that names no item, such as the bar of a lot beside that of the item. It proves nothing; another's lot is wrong."""
    if not label.is_valid:
        return state.said(Message("code_damaged", Level.ACT, error="O370")), (Play(Sound.WRONG),)
    differs = proof.difference(current, label)
    if differs:
        return work.round_event(state, ScannedWrong(event.text, event.source, differs))
    if state.work_bars is not None and isinstance(current.step, Working) and not current.is_locked:
        return state.said(Message("bar_read", Level.NOTE)), (Play(Sound.OK),)
    return _not_used(state)


def tote_key(state: StationState, position: str) -> ScanTurn:
    """The key at a put place was pressed. It counts only for who is signed on, at the work that is shown."""
    is_shown = state.person is not None and state.page is None and state.held_back is None
    is_asked = state.undo is not None and state.undo.is_asking
    if not is_shown or is_asked or state.round is None or position not in state.round.put_places:
        return state, ()
    return _tote(state, state.round, ToteNamed(position, "key", is_place=True))


def _tote(state: StationState, working: Round, named: ToteNamed) -> ScanTurn:
    """A tote or a put place was named: to bind an order, or because the goods are in it."""
    if working.binding is not None:
        refused = state.store_code
    else:
        current = working.current
        if current is None or current.task.mode is not Mode.PICK or not current.task.position:
            return _not_used(state)
        refused = state.store_code or interlocks.may_work(state.custody, current.task.place.tray)
        if not refused and not isinstance(current.step, Working | Distributing):
            return (state, ()) if isinstance(current.step, Booking) else _not_used(state)
    if refused:
        return _too_early(state, "store_read_only" if state.store_code else refused)
    return work.round_event(replace(state, input_token=state.token), named)


def _read_by(state: StationState, source: str) -> StationState:
    """The record of the work in hand names the scanner that proved it."""
    if state.round is None or state.round.current is None:
        return state
    return replace(state, round=replace(state.round, current=replace(state.round.current, scanner=source)))


def _code(state: StationState, current: TaskState, text: str) -> ScanTurn:
    """A scan that is to be a lot or a serial; the one before it may still be looked at."""
    if current.checking:
        return _too_early(state, "reading")
    return work.round_event(replace(state, input_token=state.token), do.EnterText(state.token, text, is_scanned=True))


def _too_early(state: StationState, refused: str) -> ScanTurn:
    return state.said(Message("scan_too_early", Level.ACT, {"reason": refused}, error="O309")), (Play(Sound.WRONG),)


def checked(state: StationState, event: CodeChecked) -> ScanTurn:
    """The verdict on a lot or serial. It counts only while the person who said it may still book; else it is asked again."""
    current = state.round.current if state.round else None
    if state.round is not None and state.round.binding is not None:
        return work.round_event(state, event) if state.person is not None else (state, ())
    if state.round is None or current is None or not identity.awaits(current, event):
        return state, ()
    unsaid = replace(state, round=replace(state.round, current=replace(current, checking="")))
    if state.person is None or state.person.person != event.asked.operator:
        return unsaid, ()
    refused = given.refusal(state, current, do.EnterText(state.token, ""))
    return _too_early(unsaid, refused) if refused else work.round_event(state, event)


def named(state: StationState, event: ScanNamed) -> ScanTurn:
    """What a wrong scan was: written down in any case, shown while the screen still speaks of a wrong scan at that task."""
    by = event.asked
    note = Append(records=(proof.scan_refused(event),), operator=by.operator, role=by.role)
    task = state.round.task if state.round else None
    if task == by.task and state.bar is not None and state.bar.error == proof.WRONG_SCAN:
        state = state.said(_wrong_location(event, by.task) if _is_location(state, event) else proof.named_wrong(event))
    return state, (note,)


def _is_location(state: StationState, event: ScanNamed) -> bool:
    """Whether another location was scanned by somebody on foot: it has a name of its own kind."""
    return event.what in (Named.COMPARTMENT, Named.TRAY) and at_place.is_zone(state, event.asked.task.place)


def _wrong_location(event: ScanNamed, task: Task) -> Message:
    match scan.classify(event.code):
        case scan.PlaceScan(place):
            name = place_text(place)
        case scan.TrayScan(machine, tray):
            name = f"{machine} {tray}"
        case _:
            name = event.code
    params = {"scanned": name, "place": place_text(task.place), "item": task.item.code}
    return Message("wrong_location", Level.ACT, params, error=proof.WRONG_SCAN)


def _right_scan(current: TaskState, text: str, read: scan.Scan, *, label: Label) -> ScannedRight | ScannedPlace | None:
    """What the scan proves of the task in hand, None when it is another item or compartment."""
    if isinstance(read, scan.PlaceScan):
        return ScannedPlace() if read.place == current.task.place else None
    if not isinstance(read, scan.ItemScan) or read.text in current.shared:
        return None
    if label.gtin and label.gtin in {ean.gtin_of(code) for code in current.shared}:
        return None
    serial = current.task.key.serial
    is_serial = bool(serial) and (read.text == serial or (label.serial == serial and not label.names_item))
    if serial and read.text == serial:  # whatever else it looks like
        return ScannedRight(NO_LABEL)
    return ScannedRight(label) if is_serial or is_item(current.task.item, text, label) else None


def _badge(state: StationState, session: Active) -> ScanTurn:
    """Nobody is changed by a scan alone: whoever works here locks the screen first."""
    return state.said(Message("badge_at_work", Level.NOTE, {"name": session.person.name})), (Play(Sound.WRONG),)


def unclear(state: StationState) -> ScanTurn:
    """What a scanner typed is no code. It proves nothing and is said, for the person believes that he has scanned."""
    return state.said(Message("scan_unclear", Level.ACT, error="O333")), (Play(Sound.WRONG),)


def _not_used(state: StationState) -> ScanTurn:
    """It is said, but not over what is more urgent: the wrong scan that locks, the tote that is asked for."""
    work = state.round if state.page is None and state.person is not None else None
    current = work.current if work is not None else None
    if current is not None and current.is_locked and isinstance(current.step, Working):
        return state, (Play(Sound.WRONG),)
    if work is not None and work.binding is not None:
        return state.said(Message("not_a_tote", Level.ACT, error=TOTE_REFUSED)), (Play(Sound.WRONG),)
    return state.said(Message("scan_not_used", Level.NOTE)), (Play(Sound.WRONG),)
