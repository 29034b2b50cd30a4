"""What a touch means. Pure: the name of a button, the View it stands on and the screen's own state in; new state and command out.

The window sends the command with the View's token, so a touch that was meant for an older screen is ignored by the station.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from station import commands as do
from station.view.ask import AskNumber, AskText
from station.view.desk import DeskFace
from station.view.devices import DevicesFace
from station.view.held import HeldFace
from station.view.history import HistoryFace
from station.view.jit import JitFace
from station.view.late import LateFace
from station.view.loads import LoadsFace
from station.view.lots import LotsFace
from station.view.orders import OrdersFace
from station.view.other import OtherFace
from station.view.outages import OutagesFace
from station.view.people import PeopleFace
from station.view.places import PlacesFace
from station.view.printers import PrintersFace
from station.view.pull import PullFace
from station.view.receipts import ReceiptsFace
from station.view.replay import ReplayFace
from station.view.search import SearchFace
from station.view.sign_on import HandOverFace, LockedFace, SignOnFace, UnlockFace
from station.view.storage import StorageFace
from station.view.task import TaskFace
from station.view.teach import TeachFace
from station.view.tray import BayFace, TrayPageFace, UnknownTrayFace
from station.view.view import View
from station.view.wear import WearFace
from station.view.work import WorkFace
from ui.button_commands import TURNS, WITH_TOKEN, WITHOUT_TOKEN
from ui.entry import LONGEST_PIN, number_of, refusal_of, text_refusal_of, type_number, type_text
from ui.local_state import Local
from ui.view_models import (
    desk,
    devices,
    history,
    jit_desk,
    messages,
    printers,
    pull,
    receipts,
    replay,
    search,
    site,
    staff,
    storage,
    wear,
)
from ui.view_models.bars import ask_of
from ui.view_models.question_page import TRAY_AT_BAY
from ui.view_models.rows import page_count
from ui.view_models.work import is_blocked, orders_to_start


@dataclass(frozen=True, slots=True)
class Scan:
    """A touch that stands for a scan: a badge of the sample list."""

    text: str


Meaning = tuple[Local, do.Command | Scan | None]


def interpret(name: str, view: View, local: Local, *, page_rows: int) -> Meaning:
    """The meaning of a touch on the button with this name; a name that means nothing here changes nothing."""
    kind, _, rest = name.partition("_")
    match kind:
        case "action":
            return _action(rest, view, local)
        case "key" | "text" | "pin":
            return _key(kind, rest, view, local)
        case "scale":
            return _scale(rest, view, local)
        case "runner" if rest.isdigit():
            return replace(local, is_more=False), do.TakeRunnerUp(view.token, int(rest))
        case "choice":
            return local, _choice(rest, view)
        case "order":
            return _order(rest, view, local), None
        case "content":
            return local, do.SelectCompartment(view.token, rest)
        case "outage":
            return local, do.AskReturn(view.token, int(rest) if rest.isdigit() else None)
        case "held" if rest.isdigit():
            return Local(), do.ShowHeld(view.token, int(rest))
        case "openorder":
            return Local(), do.ShowOrder(view.token, rest)
        case "orderline":
            return local, do.ChooseLine(view.token, rest)
        case "hit":
            return replace(local, page=0), do.ShowItem(view.token, rest)
        case "place" if rest.isdigit():
            return local, do.ChoosePlace(view.token, int(rest))
        case "walk" if rest.isdigit():
            return Local(), do.StartPlace(view.token, int(rest))
        case "historytray" if rest.isdigit():
            return Local(), do.HistoryTray(view.token, int(rest))
        case "slide" if rest.isdigit():
            return replace(local, page=0), do.SlideHistory(view.token, int(rest))
        case "past" if rest.isdigit():
            return replace(local, page=0), do.JumpHistory(view.token, int(rest))
        case "desk":
            return replace(local, page=0, is_more=False), do.ShowDesk(view.token, rest)
        case "case" | "told" | "tocount" if rest.isdigit():
            return Local(), do.TouchDesk(view.token, int(rest))
        case "beside":
            return replace(local, page=0, is_more=False), do.ShowHistory(view.token, rest)
        case "member":
            return Local(), do.ShowPerson(view.token, rest)
        case "staff":
            return local, do.AskPeople(view.token, rest)
        case "approval" if rest.isdigit():
            return Local(), do.ShowApproval(view.token, int(rest))
        case "load":
            return local, do.MoveLoad(view.token, rest)
        case "lot" if rest.isdigit():
            return Local(), do.ShowLot(view.token, int(rest))
        case "storage":
            return replace(local, page=0, is_more=False), do.ShowStorage(view.token, rest)
        case "stored" if rest.isdigit():
            return local, do.TouchStorage(view.token, int(rest))
        case "cell":
            return local, do.TouchCell(view.token, rest)
        case "build":
            return local, do.Build(view.token, rest)
        case "jit":
            return Local(), do.ShowJitRow(view.token, rest)
        case "signal":
            return local, do.ShowSignal(view.token, rest)
        case "goods" if rest.isdigit():
            return Local(), do.TakeWaiting(view.token, int(rest))
        case "receipt" if rest.isdigit():
            return Local(), do.TakeAnnounced(view.token, int(rest))
        case "print":
            return local, do.AskPrint(view.token, rest)
        case "device":
            return Local(), do.ShowDevice(view.token, rest)
        case "turn" if rest in TURNS:
            return local, do.TurnLight(view.token, *TURNS[rest])
        case "by" if rest.isdigit():
            return local, do.ChooseTurn(view.token, int(rest))
        case "person":
            return local, Scan(rest)
        case "picture":
            return replace(local, is_picture=rest == "open"), None
        case "site":
            return _site(rest, local)
        case "page" if local.is_site:
            return _turn_site(rest, view, local, page_rows), None
        case "page" if local.is_messages:
            return _turn_messages(rest, view, local, page_rows), None
        case "page":
            return _turn(rest, view, local, page_rows)
        case _:
            return local, None


def _site(what: str, local: Local) -> Meaning:
    """The page of the site database: opened over everything, and closed to just that again."""
    match what:
        case "open":
            return replace(local, is_site=True, is_more=False, is_messages=False, site_page=0), do.LookAtSite()
        case "close":
            return replace(local, is_site=False), None
        case _:
            return local, do.TryNow()


def _turn_site(way: str, view: View, local: Local, page_rows: int) -> Local:
    last = page_count(site.row_count(view.sync), page_rows) - 1
    page = min(local.site_page, last) + (-1 if way == "up" else 1)
    return replace(local, site_page=max(0, min(page, last)))


def _turn_messages(way: str, view: View, local: Local, page_rows: int) -> Local:
    last = page_count(messages.row_count(view.messages), page_rows) - 1
    page = min(local.messages_page, last) + (-1 if way == "up" else 1)
    return replace(local, messages_page=max(0, min(page, last)))


def _order(order: str, view: View, local: Local) -> Local:
    """Choose an order, or ask why it cannot be chosen."""
    orders = view.face.orders if isinstance(view.face, WorkFace) else ()
    cannot = any(each.order == order and is_blocked(each) for each in orders)
    return replace(local, asked=order) if cannot else local.toggled(order)


def _action(action: str, view: View, local: Local) -> Meaning:
    match action:
        case "more" | "less":
            turned = local.more_page + 1 if local.is_more else 0
            return replace(local, is_more=action == "more", more_page=turned, is_messages=False), None
        case "messages" if view.messages is not None:
            return replace(local, is_messages=True, is_more=False, messages_page=0), None
        case "show_events" | "show_contents":
            return replace(local, shows_events=action == "show_events", page=0), None
        case "start" if isinstance(view.face, PullFace):
            return Local(), do.ShowSignal(view.token, pull.to_start(view.face))
        case "start" if isinstance(view.face, WorkFace):
            return Local(), do.StartOrders(orders_to_start(view.face, local))
        case "take_back" if isinstance(view.face, TrayPageFace):
            return Local(), do.AskReturn(view.token, view.face.tray)
        case "orders":
            return Local(), do.OpenOrder(_order_meant(view, local))
        case "no_tray":
            return Local(), do.TellTray(None)
        case "back":
            return Local(), _back(view)
    if action in WITH_TOKEN:
        return replace(local, is_more=False), WITH_TOKEN[action](view.token)
    make = WITHOUT_TOKEN.get(action)
    return replace(local, is_more=False), make() if make else None


def _order_meant(view: View, local: Local) -> str:
    """The one order that is chosen, or that was touched and cannot start; "" for none."""
    if len(local.chosen) == 1:
        return local.chosen[0]
    orders = view.face.orders if isinstance(view.face, WorkFace) else ()
    return local.asked if any(each.order == local.asked for each in orders) else ""


def _back(view: View) -> do.Command:
    if isinstance(view.face, SignOnFace | LockedFace | UnlockFace):
        return do.CancelSignOn()
    pages = (
        TrayPageFace
        | BayFace
        | DevicesFace
        | TeachFace
        | OutagesFace
        | WearFace
        | LateFace
        | HeldFace
        | LoadsFace
        | PlacesFace
        | PrintersFace
        | OrdersFace
        | ReceiptsFace
        | LotsFace
        | PullFace
        | SearchFace
        | OtherFace
        | ReplayFace
        | JitFace
        | StorageFace
        | HistoryFace
        | PeopleFace
        | DeskFace
    )
    if isinstance(view.face, pages) and ask_of(view.face) is None:
        return do.ClosePage()
    return do.Back(view.token)


def _choice(key: str, view: View) -> do.Command:
    is_hand_over = isinstance(view.face, HandOverFace)
    return do.AnswerHandOver(key == "take_over") if is_hand_over else do.Choose(view.token, key)


def _key(kind: str, key: str, view: View, local: Local) -> Meaning:
    if kind == "text" and isinstance(view.face, SearchFace):
        return local, do.SearchKey(view.token, key)
    if key == "erase":
        return local.erased(), None
    if key == "clear":
        return local.cleared(), None
    if key == "cancel":
        return local.answered(), _back(view)
    if kind == "pin":
        return _pin(key, local)
    ask = ask_of(view.face)
    if isinstance(view.face, UnknownTrayFace) and ask is None:
        ask = TRAY_AT_BAY
    if isinstance(ask, AskNumber):
        return _number(key, ask, view, local)
    return _text(key, ask, view, local) if isinstance(ask, AskText) else (local, None)


def _scale(what: str, view: View, local: Local) -> Meaning:
    """The scale's figure goes into the field as if it had been typed: it is accepted by the same key as every other number."""
    weighing = view.face.weighing if isinstance(view.face, TaskFace | BayFace) else None
    if weighing is None:
        return local, None
    if what == "teach":
        return Local(), do.TeachWeight(view.token)
    return (replace(local, entry=str(weighing.pieces)) if weighing.is_sure else local), None


def _pin(key: str, local: Local) -> Meaning:
    if key == "enter":
        return Local(), do.EnterPin(local.entry) if local.entry else None
    return local.typed(key, length=LONGEST_PIN), None


def _number(key: str, ask: AskNumber, view: View, local: Local) -> Meaning:
    if key != "enter":
        return type_number(local, "." if key == "point" else key, ask), None
    number = number_of(ask, local.entry)
    if number is None or refusal_of(ask, local.entry):
        return local, None
    if ask is TRAY_AT_BAY:
        return Local(), do.TellTray(number)
    return local.answered(), do.EnterNumber(view.token, number)


def _text(key: str, ask: AskText, view: View, local: Local) -> Meaning:
    if key != "enter":
        return type_text(local, key, ask), None
    if text_refusal_of(ask, local.entry):
        return local, None
    return Local(), do.EnterText(view.token, local.entry)


def _turn(way: str, view: View, local: Local, page_rows: int) -> Meaning:
    """A page up or down; below the last known event the station is asked for older ones."""
    last = page_count(_row_count(view, local), page_rows) - 1
    page = min(local.page, last)
    if way == "newest":
        return replace(local, page=0, held=()), None
    if way == "up" and isinstance(view.face, SearchFace) and view.face.at == "pictures":
        return local, do.MorePictures(view.token, -1)
    if way == "up":
        return replace(local, page=max(0, page - 1), held=local.held if page > 1 else ()), None
    if isinstance(view.face, DevicesFace) and view.face.device:
        return replace(local, page=page + 1, held=local.held or view.face.frames), None
    if isinstance(view.face, SearchFace) and view.face.at == "pictures":
        return local, do.MorePictures(view.token, 1)
    asks_older = isinstance(view.face, TrayPageFace) and local.shows_events and view.face.has_older and page == last
    return replace(local, page=page + 1), do.OlderEvents(view.token) if asks_older else None


def _row_count(view: View, local: Local) -> int:
    face = view.face
    if isinstance(face, WorkFace):
        return len(face.orders)
    if isinstance(face, TrayPageFace):
        return len(face.events) if local.shows_events else len(face.contents)
    if isinstance(face, OrdersFace):
        return len(face.lines) if face.order else len(face.orders)
    if isinstance(face, OutagesFace | LateFace | HeldFace | LoadsFace | LotsFace | OtherFace | PlacesFace | PullFace):
        return len(face.rows)
    if isinstance(face, SearchFace):
        return search.row_count(face)
    if isinstance(face, DevicesFace):
        return devices.row_count(face, local)
    if isinstance(face, PrintersFace):
        return printers.row_count(face)
    if isinstance(face, ReceiptsFace):
        return receipts.row_count(face)
    if isinstance(face, JitFace):
        return jit_desk.row_count(face)
    if isinstance(face, StorageFace):
        return storage.row_count(face)
    if isinstance(face, ReplayFace):
        return replay.row_count(face)
    if isinstance(face, HistoryFace):
        return history.row_count(face)
    if isinstance(face, PeopleFace):
        return staff.row_count(face)
    if isinstance(face, DeskFace):
        return desk.row_count(face)
    if isinstance(face, WearFace):
        return wear.row_count(face)
    return len(face.contents) if isinstance(face, BayFace) else 0
