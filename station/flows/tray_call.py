"""Call a tray without an order: look at it, work directly by right with a reason, send it back.

AskTray -> Looking (the tray comes, what lies where is shown) -> Leaving once it is sent back. Quantities are shown when they are
asked for, and the record of a count says whether the figure had been seen.
From Looking, a compartment selected: pick (which stock, how many, why), put (what, how many, why) or count start a round of one
task; when that is over the tray is looked at again. A pick of more than the book has is asked about once. Back leads one question
back to Looking and books nothing. A divider is put in by `station.flows.divide`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from station import commands as do
from station.flows import divide
from station.flows.divide import AskFree, Divided, DivideStep, DivideTray, Dividing, Placing
from station.flows.turn import Say
from station.rules import mixing
from station.rules.handling import Load
from station.task import Mode, Task
from station.tracking import is_whole, piece
from station.values import Item, Place, Stock, StockKey, StockStatus, Tray
from station.view.message import Level, Message

DIRECT_REASONS = ("urgent_need", "sample", "scrap", "return", "inspection", "correction")
DIRECT_PUT_REASONS = ("return", "replenished", "inspection", "correction")
SPOILT_REASONS = ("scrap", "return", "inspection")  # of what no order gets: blocked, on hold, expired

# --- states ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AskTray:
    """Which tray? `asked` is the number that is being looked up."""

    asked: int | None = None


@dataclass(frozen=True, slots=True)
class Looking:
    """The tray comes or is here."""


@dataclass(frozen=True, slots=True)
class AskKey:
    """Which stock of the compartment is meant? `chosen` while its item's unit is being read."""

    mode: Mode
    chosen: StockKey | None = None


@dataclass(frozen=True, slots=True)
class AskQuantity:
    """How many, of this stock?"""

    mode: Mode
    item: Item
    key: StockKey


@dataclass(frozen=True, slots=True)
class AskMore:
    """More is taken than the book has here: really so many? Asked once; a physical pick is never refused."""

    item: Item
    key: StockKey
    quantity: int
    book: int


@dataclass(frozen=True, slots=True)
class AskWhy:
    """Direct work needs a reason."""

    mode: Mode
    item: Item
    key: StockKey
    quantity: int


@dataclass(frozen=True, slots=True)
class AskItem:
    """What is to be put here? By scan, or typed. `asked` is the text that is being looked up."""

    asked: str = field(default="", repr=False)  # it may be a badge


@dataclass(frozen=True, slots=True)
class Leaving:
    """The tray is sent back."""


CallStep = AskTray | Looking | AskKey | AskQuantity | AskMore | AskWhy | AskItem | Leaving | DivideStep


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayCall:
    """`picture` and `contents` are what the store says of the tray; None until read. `seen` are compartments whose quantity has
    stood on the screen during this call. `counts` are due before the tray goes back: asked once
    (`has_asked_counts`), and only a supervisor passes one over."""

    machine: str
    step: CallStep = field(default_factory=AskTray)
    tray: int | None = None
    picture: Tray | None = None
    contents: tuple[Stock, ...] = ()
    load: Load | None = None
    expired: frozenset[StockKey] = frozenset()  # what of it is good no more
    mixable: frozenset[str] = frozenset()  # the items on it that share a compartment
    counts: tuple[Task, ...] = ()
    has_asked_counts: bool = False
    selected: str = ""
    shows_quantities: bool = False
    seen: frozenset[str] = frozenset()


# --- events and effects ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TrayRead:
    """The store's picture of a tray; None when the store does not know this number."""

    number: int
    picture: Tray | None
    contents: tuple[Stock, ...]
    counts: tuple[Task, ...] = ()  # due before it goes back
    load: Load | None = None
    expired: frozenset[StockKey] = frozenset()
    mixable: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ItemsFound:
    """Items that a scanned or typed text means."""

    text: str = field(repr=False)
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ReadTray:
    tray: int


@dataclass(frozen=True, slots=True)
class FindItem:
    """Look up what was scanned or typed."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class StartDirect:
    """Begin a round of one task, and of those that follow it."""

    task: Task
    more: tuple[Task, ...] = ()


CallEvent = do.Command | TrayRead | ItemsFound | Divided
CallEffect = ReadTray | FindItem | StartDirect | Say | DivideTray
CallTurn = tuple[TrayCall, tuple[CallEffect, ...]]


def begin(machine: str, tray: int | None, compartment: str = "") -> CallTurn:
    """Ask for the number, or call the given tray at once; `compartment` is the one that is looked at first. Who found it in the
    search has seen its figure."""
    seen = frozenset({compartment} if compartment else ())
    call = TrayCall(machine=machine, step=AskTray(tray), selected=compartment, seen=seen)
    return (call, ()) if tray is None else (call, (ReadTray(tray),))


def advance(call: TrayCall, event: CallEvent) -> CallTurn:
    """The call's next state and what it asks for. An event that means nothing here changes nothing."""
    match call.step, event:
        case _, TrayRead():
            return _tray_read(call, event)
        case AskTray(), do.EnterNumber(number=tray):
            return replace(call, step=AskTray(tray)), (ReadTray(tray),)
        case Looking(), _:
            return _looking(call, event)
        case Placing() | AskFree() | Dividing(), _:
            return _dividing(call, call.step, event)
        case AskKey() | AskQuantity() | AskMore() | AskWhy() | AskItem(), do.Back():
            return replace(call, step=Looking()), ()
        case AskKey(mode=mode, chosen=None), do.Choose(key=index):
            return _key_chosen(call, mode, index)
        case AskItem(), do.EnterText(text=text):
            return replace(call, step=AskItem(text)), (FindItem(text),)
        case AskItem(asked=asked), ItemsFound(text, items) if text == asked:
            return _items_found(call, items)
        case AskKey(chosen=StockKey(item=code)), ItemsFound(text, items) if text == code:
            return _items_found(call, items)
        case AskQuantity(), do.EnterNumber(number=quantity) if quantity > 0:
            return _quantity_given(call, call.step, quantity)
        case AskMore(item, key, quantity), do.Choose(key="yes"):
            return replace(call, step=AskWhy(Mode.PICK, item, key, quantity)), ()
        case AskMore(item, key), do.Choose(key="again"):
            return replace(call, step=AskQuantity(Mode.PICK, item, key)), ()
        case AskWhy(), do.Choose(key=reason) if reason in reasons_of(call, call.step):
            return _start(call, call.step, reason)
        case _:
            return call, ()


def put_because(call: TrayCall, reason: str) -> CallTurn:
    """A put whose reason is known needs no question; anything else stays as it is."""
    is_put = isinstance(call.step, AskWhy) and call.step.mode is Mode.PUT
    return _start(call, call.step, reason) if is_put and isinstance(call.step, AskWhy) else (call, ())


def keys_in(call: TrayCall) -> tuple[Stock, ...]:
    """The stock in the selected compartment."""
    return tuple(each for each in call.contents if each.place.compartment == call.selected)


def reasons_of(call: TrayCall, asked: AskWhy) -> tuple[str, ...]:
    """Why something may be taken or put without an order. What is not free, or expired, leaves to be scrapped, returned or
    inspected, and for nothing else."""
    if asked.mode is Mode.PUT:
        return DIRECT_PUT_REASONS
    is_spoilt = asked.key.status is not StockStatus.FREE or asked.key in call.expired
    return SPOILT_REASONS if is_spoilt else DIRECT_REASONS


def _tray_read(call: TrayCall, event: TrayRead) -> CallTurn:
    is_asked = isinstance(call.step, AskTray) and call.step.asked == event.number
    if not is_asked and event.number != call.tray:
        return call, ()
    if event.picture is None:
        return call, (Say(Message("no_such_tray", Level.ACT, {"tray": event.number}, error="O304")),)
    if is_asked:
        first = event.picture.compartments[0].label if event.picture.compartments else ""
        selected = call.selected if event.picture.compartment(call.selected) else first
        call = replace(call, tray=event.number, step=Looking(), selected=selected)
    call = replace(call, picture=event.picture, contents=event.contents, counts=event.counts, load=event.load)
    return replace(call, expired=event.expired, mixable=event.mixable), ()


def _looking(call: TrayCall, event: CallEvent) -> CallTurn:
    match event:
        case do.SelectCompartment(compartment=label) if call.picture is not None and call.picture.compartment(label):
            return replace(call, selected=label), ()
        case do.ShowQuantities() if call.picture is not None:
            return replace(call, shows_quantities=True, seen=frozenset(each.label for each in call.picture.compartments)), ()
        case do.SendBack() if call.counts and not call.has_asked_counts:
            return replace(call, has_asked_counts=True), (StartDirect(call.counts[0], call.counts[1:]),)
        case do.SendBack() | do.LeaveWork():
            return replace(call, step=Leaving()), ()
        case do.DirectPick() if call.selected:
            return _ask_key(call, Mode.PICK)
        case do.CountHere() if call.selected:
            return _ask_key(call, Mode.COUNT)
        case do.Divide() if call.picture is not None and call.selected:
            begun = divide.begin(call.picture, call.selected)
            return (call, (Say(begun),)) if isinstance(begun, Message) else (replace(call, step=begun), ())
        case do.DirectPut() if call.selected:
            return replace(call, step=AskItem()), ()
        case _:
            return call, ()


def _dividing(call: TrayCall, step: DivideStep, event: CallEvent) -> CallTurn:
    """A divider is placed; when the tray is another one, its picture is read anew."""
    if call.picture is None:
        return call, ()
    after, asked = divide.advance(step, event, tray=call.picture, contents=call.contents)
    call = replace(call, step=after if after is not None else Looking())
    effects: tuple[CallEffect, ...] = (Say(asked),) if isinstance(asked, Message) else (asked,) if asked is not None else ()
    if isinstance(event, Divided) and after is None and call.tray is not None:
        effects = (*effects, ReadTray(call.tray))
    return call, effects


def _ask_key(call: TrayCall, mode: Mode) -> CallTurn:
    stock = keys_in(call)
    if not stock:
        return call, (Say(Message("compartment_empty", Level.ACT, {"compartment": call.selected}, error="O305")),)
    if len(stock) == 1:
        return replace(call, step=AskKey(mode, stock[0].key)), (FindItem(stock[0].key.item),)
    return replace(call, step=AskKey(mode)), ()


def _key_chosen(call: TrayCall, mode: Mode, index: str) -> CallTurn:
    """Keys are offered by their number; the item's unit must be read before a quantity can be asked."""
    stock = keys_in(call)
    if not index.isdecimal() or int(index) >= len(stock):
        return call, ()
    key = stock[int(index)].key
    return replace(call, step=AskKey(mode, key)), (FindItem(key.item),)


def _items_found(call: TrayCall, items: tuple[Item, ...]) -> CallTurn:
    if not items:
        return call, (Say(Message("no_such_item", Level.ACT, error="O306")),)
    if len(items) > 1:
        return call, (Say(Message("ambiguous_item", Level.ACT, {"count": len(items)}, error="O307")),)
    item = items[0]
    if isinstance(call.step, AskItem):
        if other := mixing.other_item(item, [each.key.item for each in keys_in(call) if each.quantity > 0], call.mixable):
            told: dict[str, str | int] = {"other": other, "compartment": call.selected}
            return replace(call, step=Looking()), (Say(Message("other_item_there", Level.ACT, told, error="O501")),)
        return replace(call, step=AskQuantity(Mode.PUT, item, StockKey(item=item.code))), ()
    if not isinstance(call.step, AskKey) or call.step.chosen is None or call.step.chosen.item != item.code:
        return call, ()
    key = call.step.chosen
    if call.step.mode is Mode.COUNT:
        return _start(call, AskWhy(Mode.COUNT, item, key, 0), "on_the_spot")
    if key.serial:
        return replace(call, step=AskWhy(call.step.mode, item, key, piece(item))), ()
    return replace(call, step=AskQuantity(call.step.mode, item, key)), ()


def _quantity_given(call: TrayCall, asked: AskQuantity, quantity: int) -> CallTurn:
    if not is_whole(asked.item, quantity):
        return call, (Say(Message("whole_pieces", Level.ACT, {"item": asked.item.code}, error="O312")),)
    book = sum(each.quantity for each in keys_in(call) if each.key == asked.key)
    if asked.mode is Mode.PICK and quantity > book:
        seen = call.seen | {call.selected}
        return replace(call, step=AskMore(asked.item, asked.key, quantity, book), seen=seen), ()
    return replace(call, step=AskWhy(asked.mode, asked.item, asked.key, quantity)), ()


def _start(call: TrayCall, asked: AskWhy, reason: str) -> CallTurn:
    task = Task(
        mode=asked.mode,
        order="",
        line="",
        number=1,
        line_no=1,
        line_count=1,
        item=asked.item,
        key=asked.key,
        place=Place(call.machine, call.tray or 0, call.selected),
        quantity=asked.quantity,
        line_asked=asked.quantity,
        reason=reason,
        was_seen=call.selected in call.seen,
    )
    seen = call.seen if asked.mode is Mode.COUNT else call.seen | {call.selected}  # a pick and a put show the book
    return replace(call, step=Looking(), seen=seen), (StartDirect(task),)
