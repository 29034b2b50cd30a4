"""The row under every face: the primary button on the side of the hand that touches, the others on the other."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.view_models.buttons import ENDING, ROW_PLACES, ActionRowModel
from ui.widgets.look import Look
from ui.widgets.touch_button import TouchButton

FEW = 2
PRIMARY_SHARE = 38  # of 100 parts of the row's width


class ActionRow(QWidget):
    """Keeps its buttons and gives them other models; emits the name of the one touched."""

    tapped = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._model = ActionRowModel()
        metrics = look.metrics
        self.setFixedHeight(metrics.primary_height_px)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.gap_px)
        self._undo = self._make_button(metrics.value_px, metrics.button_px)
        layout.addWidget(self._undo, (100 - PRIMARY_SHARE) // ROW_PLACES)
        self._secondary = [self._make_button(metrics.value_px, metrics.button_px) for _ in range(ROW_PLACES)]
        self._gap = QWidget()
        self._gap.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._primary = self._make_button(metrics.title_px, metrics.primary_width_px)
        self._rest = QWidget()  # without a primary button one or two others keep their size
        others: list[tuple[QWidget, int]] = [(each, (100 - PRIMARY_SHARE) // ROW_PLACES) for each in self._secondary]
        primary: list[tuple[QWidget, int]] = [(self._primary, PRIMARY_SHARE), (self._rest, PRIMARY_SHARE)]
        between: list[tuple[QWidget, int]] = [(self._gap, 0)]
        for widget, share in primary + between + others if look.is_left_handed else others + between + primary:
            layout.addWidget(widget, share)  # F1 to F4 stand from left to right for either hand

    @property
    def model(self) -> ActionRowModel:
        return self._model

    def show_model(self, model: ActionRowModel) -> None:
        """Show another row. Places that are not used give their room to the others."""
        if model == self._model:
            return
        self._model = model
        metrics = self._look.metrics
        self.setFixedHeight(metrics.row_height_px if model.is_low else metrics.primary_height_px)
        self._undo.setVisible(model.undo is not None)
        if model.undo is not None:
            self._undo.show_model(model.undo)
        for place, each in enumerate(self._secondary):
            each.setVisible(place < len(model.secondary))
            if place < len(model.secondary):
                each.show_model(model.secondary[place])
        self._gap.setFixedWidth(self._gap_before_primary(model))
        self._gap.setVisible(self._gap.width() > 0 and model.primary is not None)
        self._primary.setVisible(model.primary is not None)
        self._rest.setVisible(model.primary is None and len(model.secondary) <= FEW)
        if model.primary is not None:
            self._primary.show_model(model.primary)

    def _make_button(self, size_px: int, width_px: int) -> TouchButton:
        button = TouchButton(self._look, size_px=size_px)
        button.setMinimumWidth(width_px)
        button.tapped.connect(self.tapped)
        button.hide()
        return button

    def _gap_before_primary(self, model: ActionRowModel) -> int:
        """8 mm between the primary button and one that ends or skips a line: the row's own gaps make up a part of it."""
        if not model.secondary:
            return 0
        beside = model.secondary[0 if self._look.is_left_handed else -1]
        is_ending = beside.name.removeprefix("action_") in ENDING
        metrics = self._look.metrics
        return max(0, metrics.wide_gap_px - 2 * metrics.gap_px) if is_ending else 0
