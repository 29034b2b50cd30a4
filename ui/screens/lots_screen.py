"""Lots on quality hold: a line above a list in pages."""

from __future__ import annotations

from ui.screens.list_screen import ListScreen
from ui.view_models.lots import LotsModel


class LotsScreen(ListScreen):
    """Shows a LotsModel, as large as the work list; emits `lot_<number>` and the paging buttons."""

    def show_model(self, model: LotsModel) -> None:
        self.show_list(model.summary, model.rows)
