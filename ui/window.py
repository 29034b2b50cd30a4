"""The one window: shows the station's View and sends what a touch, a scan or an F-key means. It decides nothing.

Screens are built once and kept. `show_view` may be called as often as one likes: only what changed is painted.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from station.commands import Command
from station.commands.teach import ScanUnclear, TeachKeys
from station.scan import CommandScan, classify
from station.scan_form import ScanForm, Stroke
from station.view.devices import DevicesFace
from station.view.teach import TeachFace
from station.view.view import View
from ui.intent import Scan, interpret
from ui.local_state import Local
from ui.metrics import Metrics
from ui.printed_press import button_of_word
from ui.screens.panel_rows import rows_of_panel
from ui.screens.spoken_pages import SpokenPages
from ui.steering import ACTING, Steer
from ui.tap_lock import TapLock
from ui.texts import Texts
from ui.theme import Theme
from ui.tongues import Tongues
from ui.view_change import brings_news, is_brief, meaning_of, needs_person
from ui.view_models import frame
from ui.view_models.bars import ask_of, ends_flash
from ui.view_models.buttons import ActionRowModel
from ui.view_models.practice_offer import BEGIN, PracticeOffer, with_practice
from ui.wedge import TakeScan, WedgeFilter
from ui.wedge_deaf import Deafness
from ui.widgets.action_row import ActionRow
from ui.widgets.focus_ring import FocusRing
from ui.widgets.lift_strip import LiftStrip
from ui.widgets.look import Look, dress
from ui.widgets.message_bar import MessageBar
from ui.widgets.paint_probe import PaintProbe
from ui.widgets.paint_turn import PaintTurn
from ui.widgets.picture import Pictures
from ui.widgets.practice_strip import PracticeStrip
from ui.widgets.status_bar import StatusBar

FLASH_MS: Final = 2500
TICK_MS: Final = 250
HOLD_MS: Final = 150
TAP_LOCK_S: Final = 0.4
# digits, letters, pages, ticks, arrows: may follow quickly
REPEATING: Final = (
    "key_",
    "pin_",
    "text_",
    "page_",
    "order_",
    "turn_",
    "slide_",
    "action_history_earlier",
    "action_history_later",
)
LANGUAGE: Final = "language_"
SPENDING: Final = frozenset({"key_enter", "pin_enter", "key_cancel"})  # these act, so they do not repeat


def _no_picture(_name: str) -> Path | None:
    return None


class MainWindow(QWidget):
    """`send` takes commands, `scan` takes codes with their source, `tongues` are the languages or the texts of the only one,
    `clock` is aware UTC, `monotonic` the station's own clock; `wedge_form` says how a typing scanner says its codes now. `lifts`
    is how many stand side by side, 0 for one alone."""

    painted = Signal(int)  # the token of a View, once it is on the screen
    practice_ended = Signal()  # a person has ended practice mode
    practice_wanted = Signal()  # a person has touched Practice on the sign-on screen of a real bay

    def __init__(
        self,
        send: Callable[[Command], None],
        scan: TakeScan,
        tongues: Tongues | Texts,
        metrics: Metrics,
        clock: Callable[[], datetime],
        *,
        pictures: Pictures = _no_picture,
        monotonic: Callable[[], float] = time.monotonic,
        tap_lock_s: float = TAP_LOCK_S,
        wedge_form: Callable[[], ScanForm] = ScanForm,
        theme: Theme | None = None,
        is_left_handed: bool = False,
        is_practice: bool = False,
        lifts: int = 0,
    ) -> None:
        super().__init__()
        strip_px = metrics.status_height_px if is_practice else 0
        lifts_px = metrics.lifts_height_px if lifts else 0
        metrics = metrics.lower_by(strip_px + lifts_px)  # the screens have the rest
        self._send, self._scan, self._clock, self._monotonic = send, scan, clock, monotonic
        self._tongues = Tongues(tongues) if isinstance(tongues, Texts) else tongues
        self._texts = self._tongues.own
        self._look = Look(metrics, theme or Theme(), is_left_handed)
        self._view: View | None = None
        self._local = Local()
        self._frame: frame.FrameModel | None = None
        look = self._look
        self._offer, self._deaf = PracticeOffer.NONE, Deafness(self)
        self._rows = rows_of_panel(look)
        self._lock = TapLock(time.monotonic, tap_lock_s)  # real time, whatever clock the station has
        self._strip = PracticeStrip(look, self._texts, height_px=strip_px) if is_practice else None
        self._lifts = LiftStrip(look, count=lifts, height_px=lifts_px) if lifts else None
        self._build(pictures)
        self._flash = self._timer(FLASH_MS, self._on_flash_over, single=True)
        self._hold = self._timer(HOLD_MS, self._show_now, single=True)
        self._tick = self._timer(TICK_MS, self._on_tick, single=False)
        self._wedge = WedgeFilter(lambda: self.isVisible() and not self._deaf.holds, self, form=wedge_form, teaches=self._teaches)
        self._wedge.scanned.connect(self._on_scanned)
        self._wedge.unclear.connect(self._on_unclear)
        self._wedge.arrived.connect(self._on_arrived)
        self._wedge.function_key.connect(self._on_function_key)
        self._wedge.steered.connect(self._on_steered)

    # --- for the station's side -----------------------------------------------------------------------------------------

    @property
    def view(self) -> View | None:
        """The last View shown."""
        return self._view

    @property
    def tap_lock_remaining_s(self) -> float:
        """How long taps are still ignored because the buttons changed their meaning."""
        return self._lock.remaining_s

    def show_view(self, view: View) -> None:
        """Show this View. What was typed or chosen for another question or page is dropped."""
        before = self._view
        self._view = view
        self._speak(self._tongues.texts_for(before, view))
        if self._lifts is not None:
            self._lifts.show_view(view, self._texts)
        if self._strip is not None:
            self._strip.show_view(view)
        if before is not None:
            self._follow(before, view)
        if self._frame is not None and is_brief(view):
            self._hold.start()  # a booking takes milliseconds: do not flicker, but say it when it takes longer
            return
        self._show_now()

    def offer_practice(self, offer: PracticeOffer) -> None:
        """Where practice stands, for the sign-on screen."""
        self._offer = offer
        self._refresh()

    def be_behind(self, is_behind: bool) -> None:
        """Another window lies over this one, and has the keys. What was typed so far belongs to neither."""
        self._wedge.forget()
        self._deaf.set(is_behind)

    def _speak(self, texts: Texts) -> None:
        if texts is not self._texts:
            self._texts = texts
            self._pages.speak(texts)

    def _follow(self, before: View, view: View) -> None:
        """What the change from one View to the next does to the screen's own state."""
        if meaning_of(before) != meaning_of(view):
            self._lock.meaning_changed()
            self._local = self._kept_local(before, view)
        if before.bar != view.bar:
            self._local = replace(self._local, asked="")
        is_over_all = self._local.is_site or self._local.is_messages
        is_over_work = self._local.is_more or self._local.is_picture
        if (is_over_work and brings_news(before, view)) or (is_over_all and needs_person(before, view)):
            self._close_cover()
        if view.flash != before.flash and view.flashed is not None:
            self._flash.start()
        elif view.bar != before.bar and ends_flash(view.bar):
            self._flash.stop()

    def _show_now(self) -> None:
        self._hold.stop()
        self._refresh()
        if self._view is not None:
            self._probe.expect(self._view.token)

    def press(self, word: str) -> None:
        """A printed command stands for a button: pressed as by a finger, if it is shown and can be used."""
        name = button_of_word(word, self._frame) if self._frame is not None else ""
        if name:
            self._on_tapped(name)

    # --- building -------------------------------------------------------------------------------------------------------

    def _build(self, pictures: Pictures) -> None:
        look, metrics = self._look, self._look.metrics
        self.setObjectName("main_window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        dress(self, "ground")
        self._status, self._bar, self._actions = StatusBar(look), MessageBar(look), ActionRow(look)
        for bar in (self._status, self._bar):
            bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pages = SpokenPages(look, pictures)
        self._pages.speak(self._texts)
        self._pages.tapped.connect(self._on_tapped)
        self._status.tapped.connect(self._on_tapped)
        self._bar.tapped.connect(self._on_tapped)
        self._actions.tapped.connect(self._on_tapped)
        middle = QVBoxLayout()
        margin = metrics.margin_px
        middle.setContentsMargins(margin, margin, margin, margin)
        middle.setSpacing(margin)
        middle.addWidget(self._pages, 1)
        middle.addWidget(self._actions)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the panel has one size; no text may stretch it
        if self._strip is not None:
            self._strip.scanned.connect(self._on_practice_scan)
            self._strip.ended.connect(self.practice_ended)
            layout.addWidget(self._strip)
        layout.addWidget(self._status)
        if self._lifts is not None:
            layout.addWidget(self._lifts)
        layout.addLayout(middle, 1)
        layout.addWidget(self._bar)
        self.resize(metrics.width_px, metrics.height_px)
        self._ring, self._is_steering = FocusRing(self, look), False
        PaintTurn(self)
        self._probe = PaintProbe(self)
        self._probe.painted.connect(self.painted, Qt.ConnectionType.QueuedConnection)

    def _timer(self, interval_ms: int, slot: Callable[[], None], *, single: bool) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval_ms)
        timer.setSingleShot(single)
        timer.timeout.connect(slot)
        return timer

    # --- showing --------------------------------------------------------------------------------------------------------

    def _refresh(self) -> None:
        if self._view is None:
            return
        model = frame.present(
            self._view, self._local, self._texts, now=self._clock(), rows=self._rows, flashes=self._flash.isActive()
        )
        model = with_practice(model, self._offer, self._view, self._texts)
        if model == self._frame:
            return
        self._frame = model
        self._status.show_model(model.status)
        self._bar.show_model(model.bar, self._monotonic())
        opens = model.has_messages and model.page is not frame.Page.MESSAGES
        self._bar.offer_messages(self._texts.label("messages_open") if opens else "")
        self._actions.show_model(model.row)
        self._actions.setVisible(model.row != ActionRowModel())
        self._pages.show_model(model.content, self._monotonic())
        if self._ring.isVisible():
            QTimer.singleShot(0, self._ring.follow)  # once it is laid out

    def _kept_local(self, before: View, view: View) -> Local:
        """Orders stay chosen and lists keep their page while the same kind of face is shown without a new question; the frames of
        a device also over a question."""
        is_same = type(before.face) is type(view.face) and ask_of(before.face) == ask_of(view.face)
        local = self._local
        if is_same:
            return replace(local, entry="", asked="", is_more=False, is_picture=False)
        was, now = before.face, view.face
        if isinstance(was, DevicesFace) and isinstance(now, DevicesFace) and was.device == now.device:
            return local.answered()
        return Local()

    # --- what people do -------------------------------------------------------------------------------------------------

    def _on_tapped(self, name: str) -> None:
        repeats = name.startswith(REPEATING) and name not in SPENDING
        if self._view is None or self._hold.isActive() or not self._lock.may_tap(name, repeats=repeats):
            return
        if name == BEGIN:
            self.practice_wanted.emit()
            return
        if name.startswith(LANGUAGE):
            self._tongues.choose(name.removeprefix(LANGUAGE))
            self._speak(self._tongues.texts_for(self._view, self._view))
            if self._lifts is not None:
                self._lifts.show_view(self._view, self._texts)
            self._refresh()
            return
        if not self._is_steering:
            self._ring.lift()
        was_covered = self._local.cover
        rows = self._rows.on(self._frame.page, self._frame.content) if self._frame else self._rows.tray
        self._local, meaning = interpret(name, self._view, self._local, page_rows=rows)
        if self._local.cover != was_covered:
            self._lock.meaning_changed()
        if isinstance(meaning, Scan):
            self._scan(meaning.text, "sample_list", at_s=self._monotonic())
        elif meaning is not None:
            self._send(meaning)
        self._refresh()

    def _on_scanned(self, text: str, at_s: float) -> None:
        """A scan is about the work, which "More", a picture or the page of the site database hides: it brings the work back.
        A printed command may be about what is shown."""
        is_command = isinstance(classify(text), CommandScan)
        if any(self._local.cover) and not is_command:
            self._close_cover()
            self._refresh()
        self._scan(text, "wedge", at_s=at_s)

    def _on_practice_scan(self, text: str) -> None:
        self._scan(text, "practice", at_s=self._monotonic())

    def _on_unclear(self) -> None:
        self._send(ScanUnclear())

    def _on_arrived(self, strokes: tuple[Stroke, ...]) -> None:
        self._send(TeachKeys(strokes))

    def _teaches(self) -> bool:
        """Whether the keys of a scanner are looked at one by one."""
        return self._view is not None and isinstance(self._view.face, TeachFace)

    def _close_cover(self) -> None:
        self._local = self._local.uncovered()
        self._lock.meaning_changed()

    def _on_function_key(self, number: int) -> None:
        button = self._frame.button_of(number) if self._frame is not None else None
        if button is not None and button.is_enabled:
            self._on_tapped(button.name)

    def _on_steered(self, steer: Steer) -> None:
        """A person's lone key. Nothing is pressed but what the ring is around: it stands nowhere until somebody has moved it."""
        self._is_steering = True
        if steer is Steer.LEAVE and self._frame is not None and self._frame.way_out:
            self._on_tapped(self._frame.way_out)
        elif steer is Steer.PRESS and self._ring.at is not None:
            self._ring.at.click()
        elif steer not in ACTING:
            self._ring.steer(steer)
        self._is_steering = False

    # --- time -----------------------------------------------------------------------------------------------------------

    def _on_tick(self) -> None:
        self._pages.tick(self._monotonic())
        self._bar.tick(self._monotonic())
        if not self._hold.isActive():
            self._refresh()  # the clock; the model is the same in most seconds

    def _on_flash_over(self) -> None:
        if not self._hold.isActive():
            self._refresh()

    # --- Qt -------------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._tick.start()
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self._wedge)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        self._tick.stop()
        self._wedge.forget()
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self._wedge)
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        self._flash.stop()
        super().closeEvent(event)
