"""Counts that wait for a second person: a line above a list in pages."""

from __future__ import annotations

from ui.screens.list_screen import ListScreen
from ui.view_models.held import HeldModel


class HeldScreen(ListScreen):
    """Shows a HeldModel, as large as the work list; emits the rows and the paging buttons."""

    def show_model(self, model: HeldModel) -> None:
        self.show_list(model.summary, model.rows)
