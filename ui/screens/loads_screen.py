"""What waits in the machine for somebody else: a line above a list in pages."""

from __future__ import annotations

from ui.screens.list_screen import ListScreen
from ui.view_models.loads import LoadsModel


class LoadsScreen(ListScreen):
    """Shows a LoadsModel, as large as the work list; emits `load_<code>` and the paging buttons."""

    def show_model(self, model: LoadsModel) -> None:
        self.show_list(model.summary, model.rows)
