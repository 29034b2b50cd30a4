"""The whole window as one value: two bars, the page with its model, the action row. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from station.view.action import Offer
from station.view.ask import AskText
from station.view.calibration import CalibrationFace
from station.view.desk import DeskFace
from station.view.devices import DevicesFace
from station.view.held import HeldFace
from station.view.history import HistoryFace
from station.view.jit import JitFace
from station.view.late import LateFace
from station.view.loads import LoadsFace
from station.view.lots import LotsFace
from station.view.message import Level
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
from station.view.sign_on import HandOverFace, LockedFace, PinAgainFace, SignOnFace, UnlockFace
from station.view.storage import StorageFace
from station.view.task import TaskFace
from station.view.teach import TeachFace
from station.view.tray import BayFace, TrayPageFace, UnknownTrayFace
from station.view.view import Face, View
from station.view.wear import WearFace
from station.view.work import WorkFace
from ui.local_state import Local
from ui.texts import Texts
from ui.view_models import (
    bars,
    builder,
    calibration,
    desk,
    devices,
    held,
    history,
    jit_desk,
    late,
    loads,
    lots,
    messages,
    orders,
    other,
    outages,
    picture,
    places,
    printers,
    pull,
    question_page,
    questions,
    receipts,
    replay,
    search,
    sign_on,
    site,
    staff,
    storage,
    task,
    teach,
    tray,
    wear,
    work,
)
from ui.view_models.buttons import ActionRowModel, ButtonModel, arrange, more_pages
from ui.view_models.undo import present_undo, with_undo

SITE_KEY: Final = 10
WAYS_OUT: Final = ("picture_close", "site_close", "action_less", "key_cancel", "action_back")


class Page(StrEnum):
    """The pages of the window; several faces share one."""

    SIGN_ON = "sign_on"
    QUESTION = "question"
    LETTERS = "letters"
    WORK = "work"
    TASK = "task"
    TRAY = "tray"
    DEVICES = "devices"
    TEACH = "teach"
    WEAR = "wear"
    OUTAGES = "outages"
    LATE = "late"
    HELD = "held"
    ORDERS = "orders"
    LOADS = "loads"
    PRINTERS = "printers"
    RECEIPTS = "receipts"
    LOTS = "lots"
    DESK = "desk"
    PULL = "pull"
    PLACES = "places"
    FOUND = "found"
    PICTURES = "pictures"
    FOUND_ITEM = "found_item"
    OTHER = "other"
    HISTORY = "history"
    CALIBRATION = "calibration"
    MORE = "more"
    SITE = "site"
    PICTURE = "picture"
    MESSAGES = "messages"
    REPLAY = "replay"
    PEOPLE = "people"
    JIT = "jit"
    STORAGE = "storage"
    BUILDER = "builder"


SEARCH_PAGES: Final = {
    questions.LettersModel: Page.LETTERS,
    search.FoundModel: Page.FOUND,
    search.PicturesModel: Page.PICTURES,
    search.FoundItemModel: Page.FOUND_ITEM,
}


@dataclass(frozen=True, slots=True)
class MoreModel:
    """What did not fit into the action row."""

    title: str
    buttons: tuple[ButtonModel, ...]


PageModel = (
    sign_on.SignOnModel
    | question_page.QuestionPageModel
    | questions.LettersModel
    | work.WorkModel
    | task.TaskModel
    | tray.TrayModel
    | devices.DevicesModel
    | teach.TeachModel
    | wear.WearModel
    | outages.OutagesModel
    | late.LateModel
    | held.HeldModel
    | orders.OrdersModel
    | loads.LoadsModel
    | printers.PrintersModel
    | receipts.ReceiptsModel
    | lots.LotsModel
    | desk.DeskModel
    | pull.PullModel
    | places.PlacesModel
    | calibration.CalibrationModel
    | search.FoundModel
    | search.PicturesModel
    | search.FoundItemModel
    | other.OtherModel
    | replay.ReplayModel
    | jit_desk.JitModel
    | storage.StorageModel
    | builder.BuilderModel
    | history.ChooseModel
    | history.HistoryModel
    | staff.PeopleModel
    | MoreModel
    | site.SiteModel
    | picture.PictureModel
    | messages.MessagesModel
)


@dataclass(frozen=True, slots=True)
class FrameModel:
    status: bars.StatusModel
    bar: bars.BarModel
    page: Page
    content: PageModel
    row: ActionRowModel
    has_messages: bool = False  # a touch on the bar opens the list of what it said

    @property
    def way_out(self) -> str:
        """The button that leaves what is shown for what was before; "" where there is none."""
        buttons = [*self.row.secondary, *([self.row.primary] if self.row.primary else [])]
        names = [each.name for each in buttons if each.is_enabled]
        return next((each for each in WAYS_OUT if each in names), "")

    def button_of(self, f_key: int) -> ButtonModel | None:
        """The button that this F-key stands for now."""
        buttons = [*self.row.secondary, *(each for each in (self.row.primary, self.row.undo) if each is not None)]
        if isinstance(self.content, MoreModel):
            buttons.extend(self.content.buttons)
        question = getattr(self.content, "question", None)
        if isinstance(question, questions.ChoicesModel):
            buttons.extend(question.choices)
        buttons.extend(getattr(self.content, "runners_up", ()))
        buttons.extend(getattr(self.content, "steps", ()))
        if self.has_messages and self.page is not Page.MESSAGES:
            buttons.append(ButtonModel(messages.OPEN, "", f_key=messages.MESSAGES_KEY))  # the bar, where its key is free
        if self.status.site is not None and self.page is not Page.SITE:
            buttons.append(ButtonModel("site_open", "", f_key=SITE_KEY))  # the mark in the status bar, where F10 is free
        return next((each for each in buttons if each.f_key == f_key), None)


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows a page of each list has on this panel."""

    work: int
    tray: int
    devices: int = 6
    frames: int = 5
    wear: int = 4
    site: int = 4
    replay: int = 3
    history: int = 4
    on_map: int = 40

    def on(self, page: Page, content: PageModel) -> int:
        """Those of the page that is shown."""
        if isinstance(content, devices.DevicesModel) and not content.is_list:
            return self.frames
        if isinstance(content, history.ChooseModel):
            return self.on_map
        lists = (
            Page.WORK,
            Page.OUTAGES,
            Page.LATE,
            Page.HELD,
            Page.ORDERS,
            Page.LOADS,
            Page.PRINTERS,
            Page.RECEIPTS,
            Page.LOTS,
            Page.DESK,
            Page.FOUND,
            Page.OTHER,
            Page.MESSAGES,
            Page.PEOPLE,
            Page.STORAGE,
        )
        of_page = dict.fromkeys(lists, self.work)
        of_page |= {Page.HISTORY: self.history}
        of_page |= {Page.DEVICES: self.devices, Page.WEAR: self.wear, Page.SITE: self.site, Page.REPLAY: self.replay}
        return of_page.get(page, self.tray)


def present(view: View, local: Local, texts: Texts, *, now: datetime, rows: Rows, flashes: bool) -> FrameModel:
    """Everything the window shows for this View."""
    page, content, row = _page(view, local, texts, now, rows)
    row = with_undo(row, present_undo(view.undo, texts))
    if row.further and view.messages is not None:
        row = replace(row, further=(*row.further, _free(messages.open_button(texts), row)))
    if local.is_more and row.further:
        pages = more_pages(row.further)
        content = MoreModel(texts.label("more_title"), pages[local.more_page % len(pages)])
        turns = (ButtonModel("action_more", texts.action("more"), f_key=2),) if len(pages) > 1 else ()
        page, row = Page.MORE, ActionRowModel((ButtonModel("action_less", texts.action("less"), f_key=1), *turns))
    if local.is_picture and isinstance(content, task.TaskModel) and content.picture:
        content = picture.PictureModel(content.picture, content.title, content.code)
        page, row = Page.PICTURE, ActionRowModel((ButtonModel("picture_close", texts.action("less"), f_key=1),))
    if local.is_site and view.sync is not None:
        content = site.present(view.sync, local, texts, now=now, rows=rows.site)
        page, row = Page.SITE, site.present_row(view.sync, texts)
    if local.is_messages and view.messages is not None:
        content = messages.present(view.messages, local, texts, now=now, rows=rows.work)
        page, row = Page.MESSAGES, messages.present_row(texts)
    status, bar = bars.present_status(view, texts, now), bars.present_bar(view, texts, flashes=flashes)
    bar = _own_bar(bar, page, view, local, texts)
    return FrameModel(status, bar, page, content, row, view.messages is not None)


def _free(button: ButtonModel, row: ActionRowModel) -> ButtonModel:
    """The same without its key where another button has it."""
    others = (*row.secondary, *row.further, *(each for each in (row.primary, row.undo) if each is not None))
    return replace(button, f_key=0) if button.f_key in [each.f_key for each in others] else button


def _own_bar(bar: bars.BarModel, page: Page, view: View, local: Local, texts: Texts) -> bars.BarModel:
    """What the screen itself has to say where the station only says what is next: about buttons that are hidden, or an order that
    was touched and cannot start."""
    if bar.level is not Level.NOTE:
        return bar
    if page in (Page.MORE, Page.SITE, Page.PICTURE, Page.MESSAGES):
        return replace(bar, text=texts.label(f"{page}_bar"))
    touched = work.why_not(view.face, local, texts) if isinstance(view.face, WorkFace) and view.face.ask is None else ""
    return replace(bar, text=touched, level=Level.ACT) if touched else bar


def _page(view: View, local: Local, texts: Texts, now: datetime, rows: Rows) -> tuple[Page, PageModel, ActionRowModel]:
    face = view.face
    ask = bars.ask_of(face)
    if isinstance(ask, AskText):
        return Page.LETTERS, _letters(ask, local, texts), questions.present_row(ask, _offers(face), local, texts)
    match face:
        case PinAgainFace() | PeopleFace() if face.ask is not None:
            return _question(face, local, texts)
        case SignOnFace() | LockedFace() | PinAgainFace():
            return Page.SIGN_ON, sign_on.present(face, local, texts), sign_on.present_row(face, local, texts)
        case TaskFace():
            model = task.present(face, local, texts, is_stopped=view.bar.level is Level.STOP)
            return Page.TASK, model, task.present_row(face, local, texts)
        case HandOverFace() | UnlockFace() | UnknownTrayFace():
            return _question(face, local, texts)
        case WorkFace() | BayFace() | TrayPageFace() | DevicesFace() if face.ask is not None:
            return _question(face, local, texts)
        case CalibrationFace() | OutagesFace() | WearFace() | LateFace() if face.ask is not None:
            return _question(face, local, texts)
        case HeldFace() | OrdersFace() | LoadsFace() | PrintersFace() | LotsFace() | OtherFace() if face.ask is not None:
            return _question(face, local, texts)
        case PlacesFace() | PullFace() | ReplayFace() | HistoryFace() | JitFace() | DeskFace() if face.ask is not None:
            return _question(face, local, texts)
        case StorageFace() if face.ask is not None:
            return _question(face, local, texts)
        case ReceiptsFace() if face.ask is not None:
            return _question(face, local, texts, now)
        case WorkFace():
            model_of_work = work.present(face, local, texts, now=now, rows=rows.work)
            return Page.WORK, model_of_work, work.present_row(face, local, texts)
        case BayFace():
            is_stopped = view.bar.level is Level.STOP
            bay = tray.present_bay(face, local, texts, rows=rows.tray, is_stopped=is_stopped)
            return Page.TRAY, bay, tray.present_bay_row(face, texts)
        case TrayPageFace():
            shown = tray.present_page(face, local, texts, now=now, rows=rows.tray)
            return Page.TRAY, shown, tray.present_page_row(face, local, texts)
        case TeachFace():
            return Page.TEACH, teach.present(face, texts), teach.present_row(face, texts)
        case WearFace():
            return Page.WEAR, wear.present(face, local, texts, now=now, rows=rows.wear), arrange(face.offers, texts)
        case StorageFace() if face.built is not None:
            return Page.BUILDER, builder.present(face.built, texts), builder.present_row(face, texts)
        case StorageFace():
            return Page.STORAGE, storage.present(face, local, texts, rows=rows.work), storage.present_row(face, texts)
        case JitFace():
            return Page.JIT, jit_desk.present(face, local, texts, rows=rows.work), jit_desk.present_row(face, texts)
        case ReplayFace():
            return Page.REPLAY, replay.present(face, local, texts, rows=rows.replay), replay.present_row(face, texts)
        case OutagesFace():
            listed = outages.present(face, local, texts, now=now, rows=rows.work)
            return Page.OUTAGES, listed, outages.present_row(face, texts)
        case LateFace():
            to_count = late.present(face, local, texts, now=now, rows=rows.work)
            return Page.LATE, to_count, late.present_row(face, texts)
        case HeldFace():
            waiting = held.present(face, local, texts, now=now, rows=rows.work)
            return Page.HELD, waiting, held.present_row(face, texts)
        case OrdersFace():
            of_order = orders.present(face, local, texts, now=now, rows=rows.work)
            return Page.ORDERS, of_order, orders.present_row(face, texts)
        case LoadsFace():
            loads_shown = loads.present(face, local, texts, now=now, rows=rows.work)
            return Page.LOADS, loads_shown, loads.present_row(face, texts)
        case PlacesFace():
            return Page.PLACES, places.present(face, local, texts, rows=rows.work), places.present_row(face, texts)
        case DeskFace():
            seen = desk.present(face, local, texts, now=now, rows=rows.work, sync=view.sync)
            return Page.DESK, seen, desk.present_row(face, texts)
        case LotsFace():
            return Page.LOTS, lots.present(face, local, texts, rows=rows.work), lots.present_row(face, texts)
        case PullFace():
            return Page.PULL, pull.present(face, local, texts, now=now, rows=rows.work), pull.present_row(face, texts)
        case ReceiptsFace():
            to_come = receipts.present(face, local, texts, now=now, rows=rows.work)
            return Page.RECEIPTS, to_come, receipts.present_row(face, texts)
        case SearchFace():
            found = search.present(face, local, texts, rows=rows.work, item_rows=rows.tray)
            return SEARCH_PAGES[type(found)], found, search.present_row(face, texts)
        case HistoryFace():
            then = history.present(face, local, texts, now=now, rows=rows.history, on_map=rows.on_map)
            return Page.HISTORY, then, history.present_row(face, texts)
        case PeopleFace():
            listed_people = staff.present(face, local, texts, now=now, rows=rows.work)
            return Page.PEOPLE, listed_people, staff.present_row(face, texts)
        case OtherFace():
            lent = other.present(face, local, texts, now=now, rows=rows.work)
            return Page.OTHER, lent, other.present_row(face, texts)
        case PrintersFace():
            queues = printers.present(face, local, texts, now=now, rows=rows.work)
            return Page.PRINTERS, queues, arrange(face.offers, texts)
        case CalibrationFace():
            return Page.CALIBRATION, calibration.present(face, texts), calibration.present_row(face, texts)
        case DevicesFace():
            shown_rows = rows.frames if face.device else rows.devices
            return Page.DEVICES, devices.present(face, local, texts, rows=shown_rows), devices.present_row(face, local, texts)


def _question(
    face: question_page.AskingFace, local: Local, texts: Texts, now: datetime | None = None
) -> tuple[Page, PageModel, ActionRowModel]:
    return Page.QUESTION, question_page.present(face, local, texts, now), question_page.present_row(face, local, texts)


def _letters(ask: AskText, local: Local, texts: Texts) -> questions.LettersModel:
    return questions.LettersModel(texts.ask(ask), local.entry, ask.length or 0)


def _offers(face: Face) -> tuple[Offer, ...]:
    return face.offers if isinstance(face, bars.ASKING) else ()
