"""The pull board: what is asked for, the scan of a kanban card, and what becomes of a signal. The page itself moves nothing: a
touch on a row starts its work, and the work calls the tray."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from station import commands as do
from station.core import work
from station.core.effects import Effect, MoveSignal, Play, ReadOrders, ReadPull, ScanCard, Sound
from station.core.inputs import CardTold, Now, PullRead, SignalTold
from station.core.leaving import left
from station.core.state import PullPage, StationState
from station.core.writing import written
from station.jit.signal import Step
from station.pull.board import PullRow
from station.pull.cards import Scanned
from station.quantity import to_text
from station.view.message import Level, Message

PullTurn = tuple[StationState, tuple[Effect, ...]]

NO_CARD, NOT_IN_USE, SURPLUS, CHANGED, NOT_WRITTEN = "O466", "O467", "O468", "O469", "O520"
# What may be said of a signal that is so far; the first is the usual one.
NEXT: Final = {
    "picked": (Step.DELIVER, Step.HAND_OVER),
    "handed_over": (Step.DELIVER,),
    "sent": (Step.SHIP,),
}
NEXT_OF_SUPPLIER: Final = {"signalled": (Step.SEND,), **NEXT}
BY_CARD: Final = {Step.DELIVER: Scanned.RETURNED, Step.HAND_OVER: Scanned.HANDED_OVER}
_ERRORS: Final = {Scanned.UNKNOWN: NO_CARD, Scanned.IDLE: NOT_IN_USE, Scanned.SURPLUS: SURPLUS}


def may_open(state: StationState) -> bool:
    """Whether who works here may look at the board. Who only administers people or the machine does not."""
    return state.person is not None and state.person.role in state.rules.direct_work | state.rules.approve_stock


def opened(state: StationState) -> PullTurn:
    """Open the board over the work list."""
    if not may_open(state):
        return state.said(Message("no_right", Level.ACT, error="O319")), ()
    return replace(state, page=PullPage()), (ReadPull(),)


def takes_card(state: StationState) -> bool:
    """Whether a kanban card asks for material here: at the board, and where nothing else is worked or open."""
    is_free = state.page is None and state.round is None and state.call is None and state.starting is None
    return may_open(state) and not state.is_resuming and not state.ask_short and (is_free or isinstance(state.page, PullPage))


def scanned(state: StationState, card: str) -> PullTurn:
    """A card or the label of a bin is scanned; the board shows what comes of it."""
    if state.store_code:
        return state.said(Message("scan_too_early", Level.ACT, {"reason": "store_read_only"}, error="O309")), (Play(Sound.WRONG),)
    page = state.page if isinstance(state.page, PullPage) else PullPage()
    state = replace(state, page=replace(page, about="", card=card), input_token=state.token)
    return state, (*(() if page.rows is not None else (ReadPull(),)), _scan(state, card))


def command(state: StationState, page: PullPage, given: do.Command, now: Now) -> PullTurn:
    """What a person does on the page."""
    about = row_of(page, page.about)
    match given:
        case do.Back() if page.about:
            return replace(state, page=replace(page, about="")), ()
        case do.Back() | do.ClosePage():
            return left(state), ()
        case do.Choose(key=key) if about is not None and key in next_steps(about):
            return _said(state, page, about, Step(key))
        case do.ShowSignal(signal=name) if not page.about and (row := row_of(page, name)) is not None:
            return _touched(state, page, row, now)
        case _:
            return state, ()


def next_steps(row: PullRow) -> tuple[Step, ...]:
    """What a person may say of it now."""
    return (NEXT_OF_SUPPLIER if row.supplier else NEXT).get(row.state, ())


def can_start(row: PullRow) -> bool:
    """Whether a touch starts work."""
    return bool(row.order) and row.state in ("released", "picking")


def row_of(page: PullPage, name: str) -> PullRow | None:
    return next((each for each in page.rows or () if each.name == name), None) if name else None


def _touched(state: StationState, page: PullPage, row: PullRow, now: Now) -> PullTurn:
    if next_steps(row):
        return replace(state, page=replace(page, about=row.name)), ()
    if can_start(row) and any(each.order == row.order for each in state.orders or ()):
        return work.start(left(state), (row.order,), now)
    if can_start(row):  # it is work since the list was read
        return state.said(Message("signal_not_here_yet", Level.ACT, {"signal": row.name}, error=CHANGED)), (ReadOrders(),)
    code = "signal_at_supplier" if row.supplier else "signal_held" if row.state == "held" else "signal_waits"
    return state.said(Message(code, Level.NOTE, {"signal": row.name, "consumer": row.consumer})), ()


def _said(state: StationState, page: PullPage, row: PullRow, step: Step) -> PullTurn:
    """The answer to the question about a signal. The card's own goes by the card: what came back asks for the next."""
    if state.store_code:
        return state, ()
    state = replace(state, page=replace(page, about=""))
    if row.card and step in BY_CARD and not row.supplier:
        return state, (_scan(state, row.card, BY_CARD[step].value),)
    name = written(state)
    return state, (MoveSignal(signal=row.name, step=step.value, operator=name.operator, role=name.role),)


def _scan(state: StationState, card: str, said: str = "") -> ScanCard:
    name = written(state)
    return ScanCard(card=card, said=said, operator=name.operator, role=name.role)


def read(state: StationState, event: PullRead) -> StationState:
    """The board as the store has it now. A question is over where its signal has gone on."""
    page = state.page
    if not isinstance(page, PullPage):
        return state
    page = replace(page, rows=event.rows)
    about = row_of(page, page.about)
    is_over = page.about and (about is None or not next_steps(about))
    return replace(state, page=replace(page, about="") if is_over else page)


def stale(state: StationState) -> tuple[Effect, ...]:
    """The site has changed: the board is read again."""
    return (ReadPull(),) if isinstance(state.page, PullPage) else ()


def card_told(state: StationState, event: CardTold) -> PullTurn:
    """What the scan of a card came to is on the disk."""
    page = state.page
    state = replace(state, store_code=event.code) if event.code else state
    if event.code:
        return state.said(Message("signal_not_written", Level.ACT, error=NOT_WRITTEN)), (Play(Sound.WRONG),)
    if isinstance(page, PullPage):
        about = event.signal if event.came_to == Scanned.ASK else ""
        state = replace(state, page=replace(page, chosen=event.signal, about=about))
    came_to = Scanned(event.came_to)
    if came_to is Scanned.ASK:
        return state, (Play(Sound.OK), ReadPull())
    error = _ERRORS.get(came_to, "")
    level = Level.ACT if error else Level.NOTE
    code = f"card_{came_to}_waits" if event.is_waiting and not error else f"card_{came_to}"
    return state.said(Message(code, level, _params(event, came_to), error=error)), (
        Play(Sound.WRONG if error else Sound.OK),
        ReadPull(),
        ReadOrders(),
    )


def _params(event: CardTold, came_to: Scanned) -> dict[str, str | int]:
    if came_to is Scanned.UNKNOWN:  # it may be anybody's badge
        return {}
    item = event.item
    return {
        "card": event.card,
        "signal": event.signal,
        "consumer": event.consumer,
        "item": item.code if item else "",
        "quantity": to_text(event.quantity, item.decimals if item else 0),
        "decimals": item.decimals if item else 0,
        "unit": item.unit if item else "",
    }


def signal_told(state: StationState, event: SignalTold) -> PullTurn:
    """The step is on the disk, or why not."""
    if event.code:
        state = replace(state, store_code=event.code)
        return state.said(Message("signal_not_written", Level.ACT, error=NOT_WRITTEN)), (Play(Sound.WRONG),)
    if event.why:
        said = Message("signal_changed", Level.ACT, {"signal": event.signal}, error=CHANGED)
        return state.said(said), (Play(Sound.WRONG), ReadPull())
    return state.said(Message(f"signal_{event.step}", Level.NOTE, {"signal": event.signal})), (Play(Sound.OK), ReadPull())
