"""What was done without the station: a line above a list in pages."""

from __future__ import annotations

from ui.screens.list_screen import ListScreen
from ui.view_models.late import LateModel


class LateScreen(ListScreen):
    """Shows a LateModel, as large as the work list; emits the paging buttons."""

    def show_model(self, model: LateModel) -> None:
        self.show_list(model.summary, model.rows)
