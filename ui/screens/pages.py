"""The middle of the window: every screen, built once and kept, of which the one is seen whose model came last."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtWidgets import QStackedWidget

from ui.screens.builder_screen import BuilderScreen
from ui.screens.calibration_screen import CalibrationScreen
from ui.screens.devices_screen import DevicesScreen
from ui.screens.figures_screen import FiguresScreen
from ui.screens.found_screen import FoundItemScreen, FoundScreen, PicturesScreen
from ui.screens.held_screen import HeldScreen
from ui.screens.history_screen import ChooseTrayScreen, HistoryScreen
from ui.screens.late_screen import LateScreen
from ui.screens.loads_screen import LoadsScreen
from ui.screens.lots_screen import LotsScreen
from ui.screens.messages_screen import MessagesScreen
from ui.screens.orders_screen import OrdersScreen
from ui.screens.other_screen import OtherScreen
from ui.screens.outages_screen import OutagesScreen
from ui.screens.picture_screen import PictureScreen
from ui.screens.printers_screen import PrintersScreen
from ui.screens.pull_screen import PullScreen
from ui.screens.question_screen import LettersScreen, MoreScreen, QuestionScreen
from ui.screens.receipts_screen import ReceiptsScreen
from ui.screens.replay_screen import ReplayScreen
from ui.screens.sign_on_screen import SignOnScreen
from ui.screens.sync_screen import SyncScreen
from ui.screens.task_screen import TaskScreen
from ui.screens.teach_screen import TeachScreen
from ui.screens.tray_screen import TrayScreen, rows_of_tray
from ui.screens.wear_screen import WearScreen
from ui.screens.work_screen import WorkScreen
from ui.texts import Texts
from ui.view_models import (
    builder,
    calibration,
    desk,
    devices,
    frame,
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
from ui.widgets.look import Look
from ui.widgets.picture import Pictures


class Pages(QStackedWidget):
    """Asks for the room of the page that is shown, not of the largest one. Times in s are the station's own clock."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts, pictures: Pictures) -> None:
        super().__init__()
        self._sign_on, self._question = SignOnScreen(look, texts), QuestionScreen(look, texts)
        self._letters, self._more = LettersScreen(look, texts), MoreScreen(look)
        self._work, self._tray = WorkScreen(look, texts), TrayScreen(look, texts)
        self._task = TaskScreen(look, texts, pictures)
        self._picture = PictureScreen(look, texts, pictures)
        self._devices, self._teach = DevicesScreen(look, texts), TeachScreen(look, texts)
        self._wear = WearScreen(look, texts)
        self._outages = OutagesScreen(look, texts)
        self._late, self._loads = LateScreen(look, texts), LoadsScreen(look, texts)
        self._held, self._orders = HeldScreen(look, texts), OrdersScreen(look, texts)
        self._printers, self._other = PrintersScreen(look, texts), OtherScreen(look, texts)
        self._found, self._pictures = FoundScreen(look, texts), PicturesScreen(look, texts, pictures)
        self._found_item = FoundItemScreen(look, texts, pictures, rows=rows_of_tray(look))
        self._receipts, self._lots = ReceiptsScreen(look, texts), LotsScreen(look, texts)
        self._choose_tray, self._history = ChooseTrayScreen(look, texts), HistoryScreen(look, texts)
        self._calibration, self._replay = CalibrationScreen(look, texts), ReplayScreen(look, texts)
        self._pull, self._figures, self._builder = PullScreen(look, texts), FiguresScreen(look), BuilderScreen(look, texts)
        self.addWidget(self._figures)
        self._site, self._messages = SyncScreen(look, texts), MessagesScreen(look, texts)
        asking = (self._sign_on, self._question, self._letters, self._more)
        beside = (self._devices, self._teach, self._calibration, self._wear, self._outages, self._late, self._loads, self._held)
        found = (self._other, self._found, self._pictures, self._found_item)
        working = (self._work, self._tray, self._task, self._picture)
        others = (
            self._orders,
            *found,
            self._site,
            self._messages,
            self._printers,
            self._receipts,
            self._lots,
            self._pull,
            self._replay,
        )
        for screen in (*asking, *working, *beside, *others, self._choose_tray, self._history, self._builder):
            self.addWidget(screen)
            screen.tapped.connect(self.tapped)

    def show_model(self, model: frame.PageModel, now_s: float) -> None:
        """Show the page that this model belongs to."""
        match model:
            case task.TaskModel():
                self._task.show_model(model, now_s)
                self.setCurrentWidget(self._task)
            case tray.TrayModel():
                self._tray.show_model(model, now_s)
                self.setCurrentWidget(self._tray)
            case replay.ReplayModel():
                self._replay.show_model(model)
                self.setCurrentWidget(self._replay)
            case devices.DevicesModel():
                self._devices.show_model(model)
                self.setCurrentWidget(self._devices)
            case outages.OutagesModel():
                self._outages.show_model(model)
                self.setCurrentWidget(self._outages)
            case late.LateModel():
                self._late.show_model(model)
                self.setCurrentWidget(self._late)
            case held.HeldModel():
                self._held.show_model(model)
                self.setCurrentWidget(self._held)
            case orders.OrdersModel():
                self._orders.show_model(model)
                self.setCurrentWidget(self._orders)
            case loads.LoadsModel():
                self._loads.show_model(model)
                self.setCurrentWidget(self._loads)
            case printers.PrintersModel():
                self._printers.show_model(model)
                self.setCurrentWidget(self._printers)
            case lots.LotsModel():
                self._lots.show_model(model)
                self.setCurrentWidget(self._lots)
            case pull.PullModel():
                self._pull.show_model(model)
                self.setCurrentWidget(self._pull)
            case jit_desk.JitModel():  # likewise
                self._pull.show_list(model.summary, model.rows)
                self.setCurrentWidget(self._pull)
            case desk.DeskModel(board=board) if board is not None:
                self._figures.show_model(board)
                self.setCurrentWidget(self._figures)
            case desk.DeskModel():  # also a list like that one
                self._lots.show_list(model.summary, model.rows)
                self.setCurrentWidget(self._lots)
            case places.PlacesModel():  # a list like that one: a screen of its own would only cost memory
                self._lots.show_list(model.summary, model.rows)
                self.setCurrentWidget(self._lots)
            case staff.PeopleModel():  # a list like that one
                self._lots.show_list(model.summary, model.rows)
                self.setCurrentWidget(self._lots)
            case receipts.ReceiptsModel():
                self._receipts.show_model(model)
                self.setCurrentWidget(self._receipts)
            case search.FoundModel():
                self._found.show_model(model)
                self.setCurrentWidget(self._found)
            case search.PicturesModel():
                self._pictures.show_model(model)
                self.setCurrentWidget(self._pictures)
            case search.FoundItemModel():
                self._found_item.show_model(model)
                self.setCurrentWidget(self._found_item)
            case other.OtherModel():
                self._other.show_model(model)
                self.setCurrentWidget(self._other)
            case builder.BuilderModel():
                self._builder.show_model(model)
                self.setCurrentWidget(self._builder)
            case storage.StorageModel():  # as large as the pull board
                self._pull.show_list(model.summary, model.rows)
                self.setCurrentWidget(self._pull)
            case history.ChooseModel():
                self._choose_tray.show_model(model)
                self.setCurrentWidget(self._choose_tray)
            case history.HistoryModel():
                self._history.show_model(model)
                self.setCurrentWidget(self._history)
            case teach.TeachModel():
                self._teach.show_model(model)
                self.setCurrentWidget(self._teach)
            case wear.WearModel():
                self._wear.show_model(model)
                self.setCurrentWidget(self._wear)
            case calibration.CalibrationModel():
                self._calibration.show_model(model, now_s)
                self.setCurrentWidget(self._calibration)
            case work.WorkModel():
                self._work.show_model(model)
                self.setCurrentWidget(self._work)
            case sign_on.SignOnModel():
                self._sign_on.show_model(model)
                self.setCurrentWidget(self._sign_on)
            case question_page.QuestionPageModel():
                self._question.show_model(model)
                self.setCurrentWidget(self._question)
            case questions.LettersModel():
                self._letters.show_model(model)
                self.setCurrentWidget(self._letters)
            case site.SiteModel():
                self._site.show_model(model)
                self.setCurrentWidget(self._site)
            case picture.PictureModel():
                self._picture.show_model(model)
                self.setCurrentWidget(self._picture)
            case messages.MessagesModel():
                self._messages.show_model(model)
                self.setCurrentWidget(self._messages)
            case frame.MoreModel():
                self._more.show_model(model)
                self.setCurrentWidget(self._more)
        self.updateGeometry()

    def tick(self, now_s: float) -> None:
        """Time has passed: what counts seconds counts on."""
        self._task.tick(now_s)
        self._tray.tick(now_s)
        self._calibration.tick(now_s)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()

    def event(self, event: QEvent) -> bool:
        is_done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()  # the layout above keeps the old hint otherwise
        return is_done
