"""The printers: a line above a list in pages."""

from __future__ import annotations

from ui.screens.list_screen import ListScreen
from ui.view_models.printers import PrintersModel


class PrintersScreen(ListScreen):
    """Shows a PrintersModel; emits `print_<job>` and the paging buttons."""

    def show_model(self, model: PrintersModel) -> None:
        self.show_list(model.summary, model.rows)
