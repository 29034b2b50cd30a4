"""The machine panel: how every device does, its last frames, and one command at a time by hand for maintenance.

While it is open nothing else moves: work in hand is suspended. When it is left after a command by hand, the machine itself must
name the tray at the bay before work goes on.
"""

from __future__ import annotations

from dataclasses import replace

from db.records.totes import LampMarked
from hardware.errors import LINE_DOWN, LINE_GARBAGE, LINE_NO_ANSWER, MACHINE_STOPPED, MOTION_OPENING_OCCUPIED, PORT_TAKEN
from hardware.values import Outcome
from station import commands as do
from station import interlocks
from station.core import access, machine
from station.core.effects import AskStatus, Declare, Effect, ExportFrames, ReadDevices, ShineLamps
from station.core.inputs import DevicesRead, FramesExported, MotionOver, Now, StatusAnswered
from station.core.leaving import left, panel_of, with_panel
from station.core.state import ByHand, DevicesPage, HandResult, LightState, StationState
from station.core.writing import written
from station.custody import Here, NotKnown, Verb
from station.view.message import Level, Message

PageTurn = tuple[StationState, tuple[Effect, ...]]
CLEAR = "clear"
TOTES = "totes"
OF_THE_LINE = (LINE_DOWN, LINE_NO_ANSWER, LINE_GARBAGE, PORT_TAKEN)


def opened(state: StationState) -> PageTurn:
    """Open the panel over whatever is in hand."""
    if state.person is None or state.person.role not in state.rules.devices_page:
        return state.said(Message("no_right", Level.ACT, error="S503")), ()
    return replace(state, page=DevicesPage()), (ReadDevices(),)


def may_by_hand(state: StationState) -> bool:
    """Whether the person who is signed on may give commands by hand."""
    return state.person is not None and state.person.role in state.rules.by_hand


def has_lamps(state: StationState, page: DevicesPage) -> bool:
    """Whether the tote lamps are looked at, by somebody who may try them."""
    return page.device == TOTES and TOTES in state.lights and may_by_hand(state)


def has_places(state: StationState, page: DevicesPage) -> bool:
    """Whether the tote lamps are looked at, and stand over put places of which a person can say that one is dead."""
    return page.device == TOTES and TOTES in state.lights and bool(state.rules.put_places)


def lamps_refusal(state: StationState, page: DevicesPage) -> str:
    """The code of why the lamps cannot be tried now, "" when they can."""
    if page.is_trying_lamps:
        return "lamps_shine"
    return "" if state.lights.get(TOTES, LightState()).is_up else "no_line"


def refusal(state: StationState, verb: Verb) -> str:
    """The code of why this command by hand may not leave now, "" when it may. The touch that confirms it is the touch that a
    motion waits for."""
    custody = replace(state.custody, needs_touch=False)
    if verb is Verb.STORE:
        return interlocks.may_store(custody)
    is_in_the_way = isinstance(custody.where, Here) and not state.rules.keeps_bin
    return interlocks.may_move(custody) or ("tray_is_here" if is_in_the_way else "")


def status_refusal(state: StationState, page: DevicesPage) -> str:
    """The code of why the machine cannot be asked how it is now, "" when it can. Where a line came back in the middle of a
    command, to ask is all that can be done."""
    if page.is_asking_status:
        return "reading"
    motion = state.custody.motion
    is_unheard = motion is not None and motion.is_unheard
    return "motion_in_flight" if page.hand is not None and not (page.hand.is_sent and is_unheard) else ""


def command(state: StationState, page: DevicesPage, given: do.Command) -> PageTurn:
    """What a person does on the panel."""
    match given:
        case do.ShowDevice(device=device) if page.hand is None:
            return replace(state, page=replace(page, device=device, frames=())), (ReadDevices(device),)
        case do.ClosePage() | do.Back():
            return _back(state, page)
        case do.ExportRecorder() if page.device:
            return state, (ExportFrames(page.device),)
        case do.TryLamps() if has_lamps(state, page) and not lamps_refusal(state, page):
            return replace(state, page=replace(page, is_trying_lamps=True)).said(Message("lamps_shine")), (ShineLamps(),)
        case do.MarkLamp() if has_places(state, page):
            return replace(state, page=replace(page, is_marking_lamp=True)), ()
        case do.Choose(key=position) if page.is_marking_lamp and position in state.rules.put_places:
            record = LampMarked(position=position, is_dead=position not in state.dead_lamps)
            by = written(state)
            told = Declare(records=(record,), operator=by.operator, role=by.role)
            return replace(state, page=replace(page, is_marking_lamp=False)), (told,)
        case do.StatusByHand() if may_by_hand(state) and not status_refusal(state, page):
            return replace(state, page=replace(page, is_asking_status=True, result=None)), (AskStatus(),)
        case do.FetchByHand() if may_by_hand(state) and page.hand is None:
            return _ask(state, page, Verb.FETCH)
        case do.StoreByHand() if may_by_hand(state) and page.hand is None and not state.rules.keeps_bin:
            return _ask(state, page, Verb.STORE)
        case do.EnterNumber(number=tray) if page.hand is not None and page.hand.tray is None:
            return _named(state, page, page.hand, tray)
        case do.Choose(key=key) if page.hand is not None and page.hand.tray is not None and not page.hand.is_sent:
            return _confirmed(state, page, page.hand) if key == CLEAR else _back(state, page)
        case _:
            return state, ()


def _ask(state: StationState, page: DevicesPage, verb: Verb) -> PageTurn:
    refused = refusal(state, verb)
    if refused:
        return state.said(_refused(refused)), ()
    where = state.custody.where
    tray = where.tray if verb is Verb.STORE and isinstance(where, Here) else None
    return replace(state, page=replace(page, hand=ByHand(verb, tray), result=None)), ()


def _named(state: StationState, page: DevicesPage, hand: ByHand, tray: int) -> PageTurn:
    if tray not in state.trays:
        return state.said(Message("no_such_tray", Level.ACT, {"tray": tray}, error="O304")), ()
    if (locked := access.refused(state, tray)) is not None:
        return state.said(locked), access.noted(state, tray)
    if state.custody.tray_here == tray and state.custody.is_proven:
        return state.said(Message("fetch_is_here", Level.ACT, {"tray": tray})), ()
    return replace(state, page=replace(page, hand=replace(hand, tray=tray))), ()


def _confirmed(state: StationState, page: DevicesPage, hand: ByHand) -> PageTurn:
    """The opening is clear: the command may leave (`station.core.steering` sends it). Asked again, for things have moved on."""
    refused = refusal(state, hand.verb)
    if refused:
        return replace(state, page=replace(page, hand=None)).said(_refused(refused)), ()
    state = replace(machine.touched(state), is_leaving=False)
    return replace(state, page=replace(page, hand=replace(hand, is_sent=True), has_moved=True)), ()


def _refused(code: str) -> Message:
    return Message("by_hand_refused", Level.ACT, {"reason": code})


def _back(state: StationState, page: DevicesPage) -> PageTurn:
    """One step back; not while a command by hand is on its way."""
    if page.is_marking_lamp:
        return replace(state, page=replace(page, is_marking_lamp=False)), ()
    if page.hand is not None:
        return state if page.hand.is_sent else replace(state, page=replace(page, hand=None)), ()
    if page.device:
        return replace(state, page=replace(page, device="", frames=())), (ReadDevices(),)
    return left(state), ()


def ended(state: StationState, event: MotionOver, verb: Verb | None, now: Now) -> StationState:
    """A motion of this verb is over: when it was the one by hand, the panel says how."""
    page = state.page
    if not isinstance(page, DevicesPage) or page.hand is None or not page.hand.is_sent:
        return state
    if _goes_on(state, page.hand, event, verb):
        return state
    result = event.result
    shown = HandResult(str(page.hand.verb), page.hand.tray, result.outcome.value, now.utc, _worth_saying(state, result.code))
    return replace(state, page=replace(page, hand=None, result=shown))


def _worth_saying(state: StationState, code: str) -> str:
    """A carousel always has a bin in front: that one is there explains nothing."""
    return "" if state.rules.keeps_bin and code == MOTION_OPENING_OCCUPIED else code


def _goes_on(state: StationState, hand: ByHand, event: MotionOver, verb: Verb | None) -> bool:
    """Whether this end only let the bin go that was in front: the one that was asked for comes next, by the same touch."""
    is_let_go = hand.verb is Verb.FETCH and verb is Verb.STORE and event.result.outcome is Outcome.DONE
    return is_let_go and not state.custody.needs_touch and not interlocks.may_move(state.custody)


def not_written(state: StationState, code: str, now: Now) -> StationState:
    """The intent could not be stored: nothing was sent."""
    page = state.page
    if not isinstance(page, DevicesPage) or page.hand is None or not page.hand.is_sent:
        return state
    shown = HandResult(str(page.hand.verb), page.hand.tray, "not_done", now.utc, code)
    return replace(state, page=replace(page, hand=None, result=shown))


def read(state: StationState, event: DevicesRead) -> PageTurn:
    """How the devices are now. A machine whose status tells more than that it answers is asked with it."""
    page = state.page
    if not isinstance(page, DevicesPage):
        return state, ()
    frames = event.frames if event.device == page.device else page.frames
    page = replace(page, devices=event.devices, frames=frames)
    if not state.custody.is_linked:
        return replace(state, page=replace(page, word=None)), ()
    if not _may_watch(state, page):
        return replace(state, page=page), ()
    return replace(state, page=replace(page, is_watching=True)), (AskStatus(is_by_hand=False),)


def _may_watch(state: StationState, page: DevicesPage) -> bool:
    """Whether the panel may ask the machine by itself: one question at a time, and none beside a command."""
    custody = state.custody
    is_free = not (page.is_watching or page.is_asking_status or custody.is_checking or state.is_stopping)
    return custody.reports_tray and custody.motion is None and is_free


def status_answered(state: StationState, event: StatusAnswered, now: Now) -> PageTurn:
    """The machine's answer to a status question by hand, or to the panel's own. It reaches the panel also under a page that was
    opened over it meanwhile: else it would be waited for there for good."""
    page = panel_of(state)
    if page is None:
        return state, ()
    tells = state.custody.reports_tray
    page = replace(page, word=event if tells else None)
    if not event.is_by_hand:
        return with_panel(state, replace(page, is_watching=False)), ()
    if not page.is_asking_status:
        return state, ()
    good = "done" if tells else "answers"
    outcome = good if event.is_ready else "not_done"
    shown = HandResult("status", event.tray, outcome, now.utc, event.code, names_tray=event.names_tray)
    return with_panel(state, replace(page, is_asking_status=False, result=shown)), ()


def settled(before: StationState, after: StationState) -> StationState:
    """Without what was refused for a reason that is over: it would be read as if it still were so. And an end that nobody knew is
    known once the opening is."""
    was, page = panel_of(before), panel_of(after)
    if was is None or page is None:
        return after
    result = page.result
    if result is not None and result.outcome == "not_done" and result.code in _codes_over(before, after, was, page):
        after = with_panel(after, replace(page, result=None))
    elif result is not None and result.outcome == "unknown" and _is_told(before, after):
        after = with_panel(after, replace(page, result=_as_told(after, result)))
    said = after.bar
    is_shown = isinstance(before.page, DevicesPage) and isinstance(after.page, DevicesPage)
    if not is_shown or said is None or said.code != "by_hand_refused" or said is not before.bar:
        return after
    is_so = said.params.get("reason") in (refusal(after, Verb.FETCH), refusal(after, Verb.STORE))
    return after if is_so else replace(after, bar=None)


def _is_told(before: StationState, after: StationState) -> bool:
    """Whether the machine has just told what is at the opening, by a late answer or by its status."""
    return isinstance(before.custody.where, NotKnown) and not isinstance(after.custody.where, NotKnown)


def _as_told(state: StationState, result: HandResult) -> HandResult:
    """What became of the command, by what is at the opening now (as in `station.machine_word`)."""
    where = state.custody.where
    is_there = isinstance(where, Here) and where.tray == result.tray
    is_done = is_there if result.verb == Verb.FETCH else not is_there
    return replace(result, outcome="done", code="") if is_done else replace(result, outcome="not_done")


def _codes_over(before: StationState, after: StationState, was: DevicesPage, page: DevicesPage) -> frozenset[str]:
    """The codes of what has just come to its end: a lost line, a stop, a machine that was not ready."""
    line = OF_THE_LINE if after.custody.is_linked and not before.custody.is_linked else ()
    code = before.custody.safety_code
    stop = (code, MACHINE_STOPPED) if code and not after.custody.safety_code else ()
    is_ready = page.word is not None and page.word.is_ready
    word = (was.word.code,) if is_ready and was.word is not None and not was.word.is_ready else ()
    return frozenset((*line, *stop, *word))


def lamps_tried(state: StationState) -> StationState:
    """They may be tried again. What was said stays: who looks at the lamps reads it afterwards."""
    page = panel_of(state)
    return state if page is None else with_panel(state, replace(page, is_trying_lamps=False))


def exported(state: StationState, event: FramesExported) -> PageTurn:
    """The recorder was written to a file, or could not be."""
    if event.path:
        return state.said(Message("frames_exported", Level.NOTE, {"path": event.path})), ()
    return state.said(Message("frames_not_exported", Level.ACT, {"why": event.why}, error="F601")), ()
