"""The tray history page: any tray at any moment of its past, for supervisors. It moves nothing and changes nothing but by the
sign-off of a review."""

from __future__ import annotations

from dataclasses import replace

from db.records.review import ReviewSigned
from station import commands as do
from station import scan
from station.audit.filters import by_day, by_name, day_of, filters_of
from station.audit.history import (
    FIRST_FILTERS,
    FURTHER_FILTERS,
    MORE,
    NOT_WHOLE,
    TRACES,
    Beside,
    Exported,
    ExportShown,
    FindTrays,
    GoodsFound,
    HistoryAnswer,
    HistoryPage,
    Long,
    LongTold,
    PastRead,
    Proven,
    ProveShown,
    Question,
    ReadPast,
    ReadTrace,
    StopLong,
    TraceRead,
    TraysFound,
)
from station.core import history_block, history_jumps
from station.core.effects import Declare, Effect, Play, Sound
from station.core.inputs import Declared
from station.core.leaving import left
from station.core.state import StationState
from station.core.writing import written
from station.values import PastAsk, PastFilter
from station.view.message import Level, Message

HistoryTurn = tuple[StationState, tuple[Effect, ...]]


def may_open(state: StationState) -> bool:
    """Whether who works here may look into the past of trays."""
    return state.person is not None and state.person.role in state.rules.history


def opened(state: StationState) -> HistoryTurn:
    """Open the page over the work list."""
    if not may_open(state):
        return state.said(Message("no_right", Level.ACT, error="O536")), ()
    return replace(state, page=HistoryPage()), ()


def command(state: StationState, page: HistoryPage, given: do.Command) -> HistoryTurn:
    """What a person does on the page."""
    if page.question is not None:
        return _answer(state, page, page.question, given)
    match given:
        case do.ClosePage() | do.Back():
            return _back(state, page)
        case do.AskHistory(what="block") if page.number is None:
            return history_block.asked(state, page)
        case do.HistoryTray(tray=tray) if tray in state.trays:
            return _tray(state, page, tray)
        case do.AskHistory(what=what) if what in ("trace", "find", *(("filter", "review") if page.number is not None else ())):
            return _ask(state, page, what)
        case do.AskHistory(what="order") if history_jumps.may_jump(page, "order"):
            return history_jumps.to_order(state, page)
        case do.AskHistory(what="shift") if history_jumps.may_jump(page, "shift"):
            page, ask = history_jumps.of_shift(page)
            return read_moment(state, page, ask) if ask is not None else (state, ())
        case do.ShowHistory(what=what) if what in tuple(Beside):
            return _with(state, replace(page, beside=Beside(what))), ()
        case do.StopHistory() if page.long is not None:
            return state, (StopLong(),)
        case do.StepHistory() | do.SlideHistory() | do.JumpHistory() if page.page is not None:
            return _moved(state, page, given)
        case do.SelectCompartment(compartment=label) if page.page is not None:
            return _with(state, replace(page, selected="" if page.selected == label else label)), ()
        case do.ProveHistory() | do.ExportHistory() if page.page is not None and page.long is None:
            return _begin_long(state, page, given)
        case _:
            return state, ()


def scanned(state: StationState, page: HistoryPage, text: str) -> HistoryTurn:
    """A tray's or a compartment's label opens that tray; any other code is looked for, or names what is to be blocked."""
    if page.question is not None and page.question.what == "goods" and page.question.field:
        return history_block.looked_for(state, page, page.question.field, text)
    read = scan.classify(text)
    match read:
        case scan.TrayScan(machine=machine, tray=tray):
            return _labelled(state, page, machine, tray)
        case scan.PlaceScan(place=place):
            return _labelled(state, page, place.machine, place.tray)
        case _:
            return _asked(state, replace(page, question=None), "find", FindTrays(page.asked + 1, text))


def _labelled(state: StationState, page: HistoryPage, machine: str, tray: int) -> HistoryTurn:
    if machine != state.custody.machine or tray not in state.trays:
        where: dict[str, str | int] = {"machine": machine, "tray": tray}
        return state.said(Message("history_not_here", Level.ACT, where, error="O532")), (Play(Sound.WRONG),)
    return _tray(state, replace(page, question=None), tray)


def _with(state: StationState, page: HistoryPage) -> StationState:
    return replace(state, page=page)


def _back(state: StationState, page: HistoryPage) -> HistoryTurn:
    """One step: from the tray to the map, from the map to the work."""
    stop = (StopLong(),) if page.long is not None else ()
    if page.number is None and page.trace is None:
        return left(state), stop
    return _with(state, HistoryPage(asked=page.asked, long_number=page.long_number)), stop


def _tray(state: StationState, page: HistoryPage, tray: int) -> HistoryTurn:
    fresh = HistoryPage(number=tray, asked=page.asked, long_number=page.long_number, wanted=page.wanted, person=page.person)
    return read_moment(state, fresh, PastAsk(machine=state.custody.machine, tray=tray, wanted=page.wanted))


def read_moment(state: StationState, page: HistoryPage, ask: PastAsk) -> HistoryTurn:
    """Ask for a moment: at once, or when the open question about one is answered."""
    if page.open == "past":
        return _with(state, replace(page, pending=ask)), ()
    return _asked(state, replace(page, pending=None), "past", ReadPast(page.asked + 1, ask, page.person))


def _asked(state: StationState, page: HistoryPage, what: str, question: ReadPast | ReadTrace | FindTrays) -> HistoryTurn:
    return _with(state, replace(page, asked=question.number, open=what)), (question,)


def _moved(state: StationState, page: HistoryPage, given: do.StepHistory | do.SlideHistory | do.JumpHistory) -> HistoryTurn:
    if page.page is None or page.number is None:
        return state, ()
    ask = PastAsk(machine=page.page.past.machine, tray=page.number, wanted=page.wanted)
    match given:
        case do.StepHistory(step=step):
            ask = replace(ask, n=page.page.past.n, step=1 if step > 0 else -1)
        case do.SlideHistory(index=index):
            total = page.page.past.total
            ask = ask if index >= total else replace(ask, index=max(0, index))
        case do.JumpHistory(n=n):
            ask = replace(ask, n=max(0, n))
    return read_moment(state, page, ask)


# --- questions to the person


def _ask(state: StationState, page: HistoryPage, what: str) -> HistoryTurn:
    if what == "review" and (page.page is None or page.page.past.event is None):
        return state.said(Message("history_no_event", Level.ACT, error="O539")), ()
    if what == "review" and state.store_code:
        return state, ()
    return _with(state, replace(page, question=Question(what))), ()


def _answer(state: StationState, page: HistoryPage, question: Question, given: do.Command) -> HistoryTurn:
    match given:
        case do.Back() | do.ClosePage():
            return _with(state, replace(page, question=None)), ()
        case _ if question.what in ("block", "goods"):
            return history_block.answered(state, page, question, given)
        case do.Choose(key=key) if question.what == "review" and question.text:
            return _signed(state, page, question.text) if key == "sign" else (_with(state, replace(page, question=None)), ())
        case do.Choose(key="clear") if question.what == "filter" and not question.field:
            return _filtered(state, replace(page, person=""), PastFilter())
        case do.Choose(key=key) if question.field in ("", MORE) and key in _choices(question):
            return _with(state, replace(page, question=replace(question, field=key))), ()
        case do.EnterText(text=text) if text.strip():
            return _said(state, page, question, text.strip())
        case _:
            return state, ()


def _choices(question: Question) -> tuple[str, ...]:
    """What can be chosen of what is asked now."""
    if question.what == "trace":
        return TRACES
    return (*FIRST_FILTERS, MORE) if not question.field else FURTHER_FILTERS


def _said(state: StationState, page: HistoryPage, question: Question, text: str) -> HistoryTurn:
    done = replace(page, question=None)
    match question.what:
        case "find":
            return _asked(state, done, "find", FindTrays(page.asked + 1, text))
        case "trace" if question.field:
            return _asked(state, done, "trace", ReadTrace(page.asked + 1, question.field, text))
        case "review":
            return _with(state, replace(page, question=replace(question, text=text))), ()
        case "filter" if question.field and question.field != MORE:
            return _filter_said(state, done, question.field, text)
        case _:
            return state, ()


def _filter_said(state: StationState, page: HistoryPage, field: str, text: str) -> HistoryTurn:
    if field == "person":
        return _filtered(state, replace(page, person=text), replace(page.wanted, person=""))
    if field not in ("since", "until"):
        return _filtered(state, page, by_name(page.wanted, field, text))
    day = day_of(text)
    if day is None:
        return _with(state, page).said(Message("history_no_day", Level.ACT, {"text": text}, error="O531")), ()
    return _filtered(state, page, by_day(page.wanted, field, day))


def _filtered(state: StationState, page: HistoryPage, wanted: PastFilter) -> HistoryTurn:
    page = replace(page, wanted=wanted, question=None, beside=Beside.EVENTS, proof=None, exported="")
    if page.number is None:
        return _with(state, page), ()
    n = page.page.past.n if page.page is not None else None
    return read_moment(state, page, PastAsk(machine=state.custody.machine, tray=page.number, n=n, wanted=wanted))


# --- a review


def _signed(state: StationState, page: HistoryPage, note: str) -> HistoryTurn:
    """The act itself; it comes here a second time once the PIN was right."""
    shown = page.page
    if not may_open(state) or state.store_code or shown is None or shown.past.event is None:
        return state, ()
    row = shown.past.event.row
    record = ReviewSigned(
        machine=shown.past.machine,
        tray=shown.past.number,
        epoch=row.epoch,
        through_seq=row.seq,
        head=row.hash,
        events=len(shown.events),
        filters=tuple(sorted(f"{name}={text}" for name, text in filters_of(page.wanted, page.wanted.person))),
        proof="unchecked" if page.proof is None else "proven" if page.proof.is_right else "flawed",
        note=note,
    )
    said = written(state, record)
    declared = Declare(records=said.records, operator=said.operator, role=said.role)
    return _with(state, replace(page, question=None)), (declared,)


def declared(state: StationState, event: Declared) -> HistoryTurn:
    """The review is on the disk, or could not be written. It is an event of its tray: the moment now has it."""
    page = state.page
    if isinstance(page, HistoryPage) and (told := history_block.declared(state, page, event)) is not None:
        return told, ()
    if not isinstance(page, HistoryPage) or not any(isinstance(each, ReviewSigned) for each in event.records):
        return state, ()
    if event.code or page.number is None:
        return state, ()
    state = state.said(Message("history_reviewed", params={"tray": page.number}))
    return read_moment(state, page, PastAsk(machine=state.custody.machine, tray=page.number, wanted=page.wanted))


# --- what takes a while


def _begin_long(state: StationState, page: HistoryPage, given: do.ProveHistory | do.ExportHistory) -> HistoryTurn:
    moment = page.page
    if moment is None or page.number is None:
        return state, ()
    number = page.long_number + 1
    if isinstance(given, do.ProveHistory):
        rows = {each.n: each.row for each in (*moment.events, *moment.custody)}
        shown = tuple((row.epoch, row.seq, row.hash) for _, row in sorted(rows.items()))
        work: Effect = ProveShown(number, shown)
        page = replace(page, long=Long("proving"), proof=None)
    else:
        work = ExportShown(number, moment.past.machine, moment.past.number, page.wanted)
        page = replace(page, long=Long("exporting"), exported="")
    return _with(state, replace(page, long_number=number)), (work,)


# --- answers


def answered(state: StationState, event: HistoryAnswer) -> HistoryTurn:
    """An answer of the store, or of work that took a while. One that is not the newest question's changes nothing."""
    page = state.page
    if not isinstance(page, HistoryPage):
        return state, ()
    match event:
        case LongTold() | Proven() | Exported():
            return _long(state, page, event) if event.number == page.long_number else (state, ())
        case PastRead() | TraceRead() | TraysFound() | GoodsFound() if event.number == page.asked:
            return _read(state, replace(page, open=""), event)
        case _:
            return state, ()


def _read(state: StationState, page: HistoryPage, event: PastRead | TraceRead | TraysFound | GoodsFound) -> HistoryTurn:
    match event:
        case GoodsFound():
            return history_block.found(state, page, event)
        case PastRead(page=shown):
            return _past(state, page, event) if shown is not None else _nobody(state, page)
        case TraceRead(trace=trace):
            if not trace.is_known:
                about: dict[str, str | int] = {"name": trace.key}
                return _with(state, page).said(Message("history_untraced", Level.ACT, about, error="O538")), ()
            page = replace(page, goods=None, trace=trace, items=event.items, names=event.names, beside=Beside.TRACE)
            return _with(state, page), ()
        case TraysFound(trays=trays, wanted=wanted):
            here = tuple(each for each in trays if each in state.trays)
            if not here:
                return _with(state, page).said(Message("history_not_found", Level.ACT, error="O533")), (Play(Sound.WRONG),)
            page = replace(page, wanted=wanted, person="")
            if len(here) == 1:
                return _tray(state, page, here[0])
            fresh = HistoryPage(found=here, wanted=wanted, asked=page.asked, long_number=page.long_number)
            return _with(state, fresh).said(Message("history_choose_found", params={"count": len(here)})), ()


def _nobody(state: StationState, page: HistoryPage) -> HistoryTurn:
    said = Message("history_nobody", Level.ACT, {"name": page.person}, error="O537")
    return _with(state, replace(page, person="", pending=None, wanted=replace(page.wanted, person=""))).said(said), ()


def _past(state: StationState, page: HistoryPage, event: PastRead) -> HistoryTurn:
    shown = event.page
    if shown is None or shown.past.number != page.number:
        return state, ()
    was = page.page.past.n if page.page is not None else None
    page = replace(page, page=shown, wanted=replace(page.wanted, person=event.person))
    if page.pending is not None:
        return read_moment(state, page, page.pending)
    if was != shown.past.n:
        page = replace(page, proof=None, exported="")
    state = _with(state, page)
    return (state.said(Message("history_end")), ()) if shown.is_end else (state, ())


def _long(state: StationState, page: HistoryPage, event: LongTold | Proven | Exported) -> HistoryTurn:
    match event:
        case LongTold(done=done, total=total):
            long = replace(page.long, done=done, total=total) if page.long is not None else None
            return _with(state, replace(page, long=long)), ()
        case Proven(proof=proof, code=code):
            state = _with(state, replace(page, long=None, proof=proof))
            said = _of_proof(event)
            return state.said(said), (Play(Sound.WRONG),) if code or (proof is not None and not proof.is_right) else ()
        case Exported(directory=directory, code=code):
            state = _with(state, replace(page, long=None, exported=directory))
            if code == NOT_WHOLE:  # it was written all the same, and its verifier says so too
                return state.said(Message("history_flawed", Level.ACT, error=NOT_WHOLE)), (Play(Sound.WRONG),)
            if code:
                return state.said(Message("history_failed", Level.ACT, {"code": code}, error="O535")), (Play(Sound.WRONG),)
            said = Message("history_exported", params={"name": directory}) if directory else Message("history_stopped")
            return state.said(said), ()


def _of_proof(event: Proven) -> Message:
    if event.code:
        return Message("history_failed", Level.ACT, {"code": event.code}, error="O535")
    if event.proof is None:
        return Message("history_stopped")
    if not event.proof.is_right:
        return Message("history_flawed", Level.ACT, error=NOT_WHOLE)
    return Message("history_proven", params={"count": event.proof.events})
