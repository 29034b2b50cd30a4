"""What a search has found: a list, the pictures in a grid, or one item beside the list of where it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.screens.list_screen import ListScreen
from ui.texts import Texts
from ui.view_models.search import FoundItemModel, FoundModel, PicturesModel
from ui.widgets.fit_label import CENTRE
from ui.widgets.look import BOLD, MEDIUM, SEMI, Look, panel
from ui.widgets.paged_list import PagedList
from ui.widgets.pager import Pager
from ui.widgets.picture import Pictures, PictureView
from ui.widgets.picture_tile import PictureTile

COLUMNS, LINES = 4, 2


class FoundScreen(ListScreen):
    """Shows a FoundModel; emits `hit_<item>` and the paging buttons."""

    def show_model(self, model: FoundModel) -> None:
        self.show_list(model.summary, model.rows)


class PicturesScreen(QWidget):
    """Shows a PicturesModel; emits `hit_<item>` and the paging buttons."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts, pictures: Pictures) -> None:
        super().__init__()
        metrics = look.metrics
        self._tiles = [PictureTile(look, pictures) for _ in range(COLUMNS * LINES)]
        self._empty = look.label(metrics.value_px, SEMI, align=CENTRE, lines=3)
        grid = QGridLayout()
        grid.setSpacing(metrics.gap_px)
        for place, tile in enumerate(self._tiles):
            tile.tapped.connect(self.tapped)
            grid.addWidget(tile, place // COLUMNS, place % COLUMNS)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        for line in range(LINES):
            grid.setRowStretch(line, 1)
        self._pager = Pager(look, up=texts.label("page_up"), down=texts.label("page_down"))
        self._pager.tapped.connect(self.tapped)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.gap_px)
        look.for_hand(layout)
        layout.addLayout(grid, 1)
        layout.addWidget(self._empty, 1)
        layout.addWidget(self._pager)

    def show_model(self, model: PicturesModel) -> None:
        for place, tile in enumerate(self._tiles):
            tile.setVisible(place < len(model.tiles))
            if place < len(model.tiles):
                tile.show_model(model.tiles[place])
        self._empty.set_text(model.empty)
        self._empty.setVisible(bool(model.empty))
        self._pager.show_page(model.page_text, has_up=model.has_up, has_down=model.has_down)


class FoundItemScreen(QWidget):
    """Shows a FoundItemModel; emits `place_<number>` and the paging buttons."""

    tapped = Signal(str)

    def __init__(self, look: Look, texts: Texts, pictures: Pictures, *, rows: int) -> None:
        super().__init__()
        metrics = look.metrics
        self._heading = look.label(metrics.body_px, SEMI)
        self._heading.setFixedHeight(round(metrics.body_px * 1.4))
        up, down = texts.label("page_up"), texts.label("page_down")
        self._rows = PagedList(look, rows=rows, up=up, down=down, lead_share=22, right_share=25)
        self._rows.tapped.connect(self.tapped)
        right = QVBoxLayout()
        right.setSpacing(metrics.px(0.8))
        right.addWidget(self._heading)
        right.addWidget(self._rows, 1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(metrics.margin_px * 2)
        layout.addWidget(self._make_left(look, pictures), 36)
        layout.addLayout(right, 64)

    def _make_left(self, look: Look, pictures: Pictures) -> QWidget:
        metrics = look.metrics
        self._picture = PictureView(look, pictures)
        self._picture.setEnabled(False)  # to be seen, not touched
        self._code = look.label(metrics.title_px, BOLD, lines=2)
        self._name = look.label(metrics.value_px, SEMI, lines=2)
        self._note = look.label(metrics.body_px, MEDIUM, lines=2)
        self._total = look.label(metrics.title_px, BOLD, color=look.theme.accent)
        left = panel()
        column = QVBoxLayout(left)
        pad = metrics.padding_px
        column.setContentsMargins(pad, pad // 2, pad, pad // 2)
        column.setSpacing(metrics.px(1))
        column.addWidget(self._picture, 6)
        for label, stretch in ((self._code, 2), (self._name, 2), (self._note, 1), (self._total, 2)):
            column.addWidget(label, stretch)
        return left

    def show_model(self, model: FoundItemModel) -> None:
        self._picture.show_picture(model.picture)
        self._picture.setVisible(bool(model.picture))
        self._code.set_text(model.code)
        self._name.set_text(model.name)
        self._note.set_text(model.note)
        self._note.setVisible(bool(model.note))
        self._total.set_text(model.total)
        self._heading.set_text(model.rows.heading)
        self._rows.show_model(model.rows)
