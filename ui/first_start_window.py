"""The window of the first start: shows where it is and sends what a touch, a scan or an F-key means. It decides nothing.

The station's own window knows only a station; here there is none yet. Language and size of the screen are chosen while it stands,
so what is in it is built anew for each: the language at once, the size with the next page.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QShowEvent
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from station.first_start.draft import TYPING
from station.first_start.pages import TEXTS, Page
from station.first_start.values import (
    Choose,
    Event,
    FirstStart,
    GoBack,
    GoOn,
    KeysArrived,
    Later,
    TextArrived,
    TypeBadge,
    TypeKey,
)
from station.scan_form import ScanForm, Stroke
from ui.metrics import Metrics
from ui.screens.first_start_screens import FirstStartPages
from ui.steering import ACTING, Steer
from ui.tap_lock import TapLock
from ui.texts import Texts
from ui.theme import Theme
from ui.view_models.first_start import FirstStartModel, present
from ui.wedge import WedgeFilter
from ui.widgets.action_row import ActionRow
from ui.widgets.focus_ring import FocusRing
from ui.widgets.look import Look, dress
from ui.widgets.message_bar import MessageBar
from ui.widgets.paint_probe import PaintProbe
from ui.widgets.status_bar import StatusBar

TICK_MS: Final = 1000
REPEATING: Final = ("sign_", "pin_", "choice_smaller", "choice_larger")
BUTTONS: Final[Mapping[str, Event]] = {
    "first_go_on": GoOn(),
    "first_back": GoBack(),
    "first_later": Later(),
    "first_type": TypeBadge(),
}


def meaning_of(name: str, state: FirstStart) -> Event | None:
    """What a touched button says to the flow; None for one of a page that is gone."""
    if name in BUTTONS:
        return BUTTONS[name]
    kind, _, rest = name.partition("_")
    if kind == "choice":
        return Choose(rest)
    if kind == "pin":
        return TypeKey(rest)
    if kind != "sign":
        return None
    if rest.isdecimal():
        keys = TEXTS[state.page].keys[state.keys] if state.page in TEXTS else ""
        return TypeKey(keys[int(rest)]) if int(rest) < len(keys) else None
    return TypeKey(" " if rest == "space" else rest)


class FirstStartWindow(QWidget):
    """`give` takes what happens, `metrics_of` tells the sizes of a screen by its diagonal in inches, `texts_of` the sentences of
    a language; `form` says how a scanner that types says its codes now. `clock` is aware UTC."""

    painted = Signal(int)
    closed = Signal()  # by a person

    def __init__(
        self,
        give: Callable[[Event], None],
        metrics_of: Callable[[float], Metrics],
        texts_of: Callable[[str], Texts],
        clock: Callable[[], datetime],
        *,
        form: Callable[[], ScanForm] = ScanForm,
        theme: Theme | None = None,
        is_left_handed: bool = False,
        tap_lock_s: float = 0.4,
    ) -> None:
        super().__init__()
        self._give, self._metrics_of, self._texts_of, self._clock = give, metrics_of, texts_of, clock
        self._theme, self._is_left_handed = theme or Theme(), is_left_handed
        self._state: FirstStart | None = None
        self._model: FirstStartModel | None = None
        self._built_for: tuple[str, float] = ("", 0.0)
        self._texts: Texts | None = None
        self._face: _Face | None = None
        self._lock = TapLock(time.monotonic, tap_lock_s)
        self.setObjectName("first_start_window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        dress(self, "ground")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the panel has one size; no text may stretch it
        self._probe = PaintProbe(self)
        self._probe.painted.connect(self.painted, Qt.ConnectionType.QueuedConnection)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._refresh)
        self._ring: FocusRing | None = None
        self._is_steering = False
        self._wedge = WedgeFilter(self.isVisible, self, form=form, teaches=self._teaches)
        self._wedge.scanned.connect(self._on_scanned)
        self._wedge.arrived.connect(self._on_arrived)
        self._wedge.function_key.connect(self._on_function_key)
        self._wedge.steered.connect(self._on_steered)

    @property
    def state(self) -> FirstStart | None:
        """What was shown last."""
        return self._state

    @property
    def model(self) -> FirstStartModel | None:
        return self._model

    @property
    def tap_lock_remaining_s(self) -> float:
        """How long touches are still ignored because the page changed."""
        return self._lock.remaining_s

    def show_state(self, state: FirstStart) -> None:
        """Show where the first start is."""
        before, self._state = self._state, state
        if before is None or (before.page, before.trial, before.is_saving) != (state.page, state.trial, state.is_saving):
            self._lock.meaning_changed()
        self._build_for(state)
        self._refresh()
        self._probe.raise_()
        self._probe.expect(0)

    # --- building -------------------------------------------------------------------------------------------------------

    def _build_for(self, state: FirstStart) -> None:
        """While the size is chosen, nothing moves under the finger: the next page has it."""
        is_sizing = state.page is Page.SCREEN and self._face is not None
        inches = self._built_for[1] if is_sizing else state.draft.diagonal_tenths / 10
        wanted = (state.draft.language, inches)
        if wanted == self._built_for:
            return
        self._built_for = wanted
        self._texts = self._texts_of(state.draft.language)
        look = Look(self._metrics_of(inches), self._theme, self._is_left_handed)
        face = _Face(look, self._texts)
        face.tapped.connect(self._on_tapped)
        if self._face is not None:
            self._layout.removeWidget(self._face)
            self._face.hide()
            self._face.deleteLater()
        self._face, self._model = face, None
        self._layout.addWidget(face)
        face.show()
        if self._ring is not None:
            self._ring.deleteLater()
        self._ring = FocusRing(self, look)

    def _refresh(self) -> None:
        if self._state is None or self._texts is None or self._face is None:
            return
        model = present(self._state, self._texts, self._clock())
        if model != self._model:
            self._model = model
            self._face.show_model(model)

    # --- what people do -------------------------------------------------------------------------------------------------

    def _on_tapped(self, name: str) -> None:
        if self._state is None or not self._lock.may_tap(name, repeats=name.startswith(REPEATING)):
            return
        if self._ring is not None and not self._is_steering:
            self._ring.lift()
        event = meaning_of(name, self._state)
        if event is not None:
            self._give(event)

    def _on_scanned(self, text: str, at_s: float) -> None:
        if self._state is not None and self._state.page is Page.ADMIN_BADGE:
            self._give(TextArrived(text))

    def _on_arrived(self, strokes: tuple[Stroke, ...]) -> None:
        self._give(KeysArrived(strokes))

    def _teaches(self) -> bool:
        state = self._state
        return state is not None and state.page is Page.SCANNER_TEACH and state.draft.scanner == TYPING

    def _on_function_key(self, number: int) -> None:
        row = self._model.row if self._model is not None else None
        buttons = (*row.secondary, row.primary) if row is not None else ()
        found = next((each for each in buttons if each is not None and each.f_key == number and each.is_enabled), None)
        if found is not None:
            self._on_tapped(found.name)

    def _on_steered(self, steer: Steer) -> None:
        """A person's lone key. Nothing is pressed but what the ring is around."""
        self._is_steering = True
        if steer is Steer.LEAVE:
            self._on_tapped("first_back")
        elif steer is Steer.PRESS and self._ring is not None and self._ring.at is not None:
            self._ring.at.click()
        elif steer not in ACTING and self._ring is not None:
            self._ring.steer(steer)
        self._is_steering = False

    # --- Qt -------------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._tick.start()
        application = QCoreApplication.instance()
        if application is not None:
            application.installEventFilter(self._wedge)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        super().closeEvent(event)
        self.closed.emit()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        self._tick.stop()
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self._wedge)
        super().hideEvent(event)


class _Face(QWidget):
    """The two bars, the page and the row, in one language and one size."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        margin = look.metrics.margin_px
        self._status, self._bar, self._actions = StatusBar(look), MessageBar(look), ActionRow(look)
        for bar in (self._status, self._bar):
            bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pages = FirstStartPages(look, texts)
        self._pages.tapped.connect(self.tapped)
        self._actions.tapped.connect(self.tapped)
        middle = QVBoxLayout()
        middle.setContentsMargins(margin, margin, margin, margin)
        middle.setSpacing(margin)
        middle.addWidget(self._pages, 1)
        middle.addWidget(self._actions)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._status)
        layout.addLayout(middle, 1)
        layout.addWidget(self._bar)

    def show_model(self, model: FirstStartModel) -> None:
        self._status.show_model(model.status)
        self._bar.show_model(model.bar, 0.0)
        self._actions.show_model(model.row)
        self._pages.show_model(model)
