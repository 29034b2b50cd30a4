"""The page of the site database: what its state means, four cards, and in pages what was not taken over and what is held."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.texts import Texts
from ui.view_models.site import CARDS, SiteCard, SiteModel
from ui.widgets.fit_label import RIGHT
from ui.widgets.look import BOLD, SEMI, Look, dress, panel
from ui.widgets.paged_list import PagedList, rows_in
from ui.widgets.site_mark import SiteShape

HELP_LINES = 2
GAP_MM, HEAD_PAD_MM, CARD_PAD_MM = 0.8, 0.5, 0.4


def _caption_px(look: Look) -> int:
    return round(look.metrics.caption_px * 1.4)


def _title_px(look: Look) -> int:
    return round(look.metrics.title_px * 1.05)


def _help_px(look: Look) -> int:
    return round(look.metrics.body_px * 1.22 * HELP_LINES)


def _value_px(look: Look) -> int:
    return round(look.metrics.value_px * 1.35)


def _head_px(look: Look) -> int:
    """The state and its meaning, with the room around them."""
    return _title_px(look) + _help_px(look) + 2 * look.metrics.px(HEAD_PAD_MM)


def _card_px(look: Look) -> int:
    return 2 * _caption_px(look) + _value_px(look) + 2 * look.metrics.px(CARD_PAD_MM)


def rows_of_site(look: Look) -> int:
    """How many rows a page has on this panel."""
    above = _head_px(look) + _card_px(look) + 2 * look.metrics.px(GAP_MM)
    return rows_in(look.metrics.content_height_px - above, look)


class SiteCardView(QFrame):
    """A caption over a figure, and what more is known of it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        dress(self, "panel")
        metrics = look.metrics
        self._caption, self._below = look.caption(), look.label(metrics.caption_px, SEMI)
        self._value = look.label(metrics.value_px, BOLD)
        for line, height_px in ((self._caption, _caption_px), (self._value, _value_px), (self._below, _caption_px)):
            line.setFixedHeight(height_px(look))
        column = QVBoxLayout(self)
        column.setContentsMargins(metrics.padding_px, metrics.px(CARD_PAD_MM), metrics.padding_px, metrics.px(CARD_PAD_MM))
        column.setSpacing(0)
        for widget in (self._caption, self._value, self._below):
            column.addWidget(widget)

    def show_model(self, model: SiteCard) -> None:
        self._caption.set_text(model.caption)
        self._value.set_text(model.value)
        self._below.set_text(model.below)
        dress(self, "due" if model.is_due else "panel")
        self.setAccessibleName(f"{model.caption} {model.value} {model.below}")


class SyncScreen(QWidget):
    """Shows a SiteModel; emits the paging buttons."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts) -> None:
        super().__init__()
        metrics = look.metrics
        self._shape = SiteShape(look, round(metrics.title_px * 0.8))
        self._title = look.label(metrics.title_px, BOLD)
        self._help = look.label(metrics.body_px, SEMI, lines=HELP_LINES)
        self._cards = [SiteCardView(look) for _ in range(CARDS)]
        self._foot = look.caption(align=RIGHT)
        up, down = texts.label("page_up"), texts.label("page_down")
        self._rows = PagedList(look, rows=rows_of_site(look), up=up, down=down, lead_share=20, right_share=18)
        self._rows.tapped.connect(self.tapped)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.px(GAP_MM))
        layout.addWidget(self._head(look))
        layout.addLayout(self._card_row(look))
        layout.addWidget(self._rows, 1)

    def show_model(self, model: SiteModel) -> None:
        self._shape.show_state(model.state)
        self._title.set_text(model.title)
        self._help.set_text(model.help)
        for view, card in zip(self._cards, model.cards, strict=True):
            view.show_model(card)
        self._foot.set_text(model.foot)
        self._rows.show_model(model.rows)

    def _head(self, look: Look) -> QWidget:
        """The state with its shape, over what it means."""
        metrics = look.metrics
        head = panel()
        head.setFixedHeight(_head_px(look))
        self._title.setFixedHeight(_title_px(look))
        self._help.setFixedHeight(_help_px(look))
        line = QHBoxLayout()
        line.setSpacing(metrics.px(2))
        line.addWidget(self._shape)
        line.addWidget(self._title, 3)
        line.addWidget(self._foot, 2)
        column = QVBoxLayout(head)
        column.setContentsMargins(metrics.padding_px, metrics.px(HEAD_PAD_MM), metrics.padding_px, metrics.px(HEAD_PAD_MM))
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self._help)
        return head

    def _card_row(self, look: Look) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(look.metrics.gap_px)
        for card in self._cards:
            card.setFixedHeight(_card_px(look))
            row.addWidget(card, 1)
        return row
