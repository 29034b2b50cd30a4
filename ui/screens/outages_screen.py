"""What is out of service: a line above a list in pages."""

from __future__ import annotations

from ui.screens.list_screen import ListScreen
from ui.view_models.outages import OutagesModel


class OutagesScreen(ListScreen):
    """Shows an OutagesModel, as large as the work list; emits `outage_<tray or opening>` and the paging buttons."""

    def show_model(self, model: OutagesModel) -> None:
        self.show_list(model.summary, model.rows)
